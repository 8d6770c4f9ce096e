"""Whether networks are composed alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of, groups_of, needs_actors, seeded, whole
from wholenet._results import kind_of
from wholenet.errors import ArgumentError
from wholenet.inference._composition_result import CompositionTest
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import recipes
from wholenet.inference._p import p_values
from wholenet.inference._permuted import Permuted
from wholenet.mixing import blau, iqv

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["composition_test"]

# Networks that share this share of the smaller one's labels are taken for the same organisations.
SAME = 0.8
LEAST = 2


def composition_test(
    networks: Study | Mapping[Any, Network],
    *,
    by: str = "sector",
    distinct: bool = False,
    permutations: int = 5000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> CompositionTest:
    """Test composition: whether networks of different actors have the same mix of groups.

    Parameters
    ----------
    networks : Study or mapping
        Two networks or more, by name, of different actors: one for each place, of one wave and relation
        (``study.select(wave=1, relation="client referral")``). Ties are not read.
    by : str
        Attribute that holds the group, such as sector or care level; text or integers, without nulls.
    distinct : bool
        Whether equal labels in two networks are different actors, however many there are. Default: networks that share
        80 % of the labels of the smaller one or more are refused.
    permutations : int
        How often the actors are permuted over the networks.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    CompositionTest
        Counts and shares of each group side by side, Blau's index and the IQV of each network, chi-square and
        likelihood ratio with permutation p-values, and Cramér's V.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    SmallNetworkError
        A network has no actors.
    ArgumentError
        There are fewer than two networks or groups; two networks hold the same actors; `permutations` or `seed` is not
        a whole number.
    ModeError
        A network has two modes.

    Notes
    -----
    With O the number of actors of a group in a network, and E = its row total · column total ÷ N: chi-square is
    Σ (O - E)² ÷ E, the likelihood ratio G = 2·Σ O·ln(O ÷ E), and Cramér's V = √(chi-square ÷ (N·(k - 1))), with k the
    smaller of the number of groups and networks; it runs from 0 (composed alike) to 1. `expected_v` is its mean over
    the permutations: small networks differ by chance alone, so that V is never 0.

    Null hypothesis: the actors of all networks are dealt to them at random, sizes of networks and of groups given. The
    p-value, (1 + number of draws at least as high) ÷ (1 + draws), is that of Fisher's exact test with these statistics
    in place of the probability of the table, by simulation: it holds for small groups, where the chi-square
    distribution does not.

    A whole network is no sample of organisations: the test asks whether the difference is larger than dealing at random
    would make it, and the shares say what it is.

    **Waves** of one place hold mostly the same organisations, and relations of one wave hold the same. They are not
    independent, and permuting them as if they were makes two waves look more alike than they are. Such networks
    are refused; `mixing.composition` of each, and who joined and left (`change.tie_change`), say what became of a
    place. Whether actors are the same is told by their labels: names such as "Police" may be common to different
    places, so that fewer than 80 % in common are taken as different organisations (`common_labels` counts them).

    O(N) time per permutation.

    Peers: R's ``chisq.test(simulate.p.value = TRUE)`` and ``fisher.test(simulate.p.value = TRUE)``, scipy's
    ``chi2_contingency`` with a permutation method; UCINET has no counterpart.

    References
    ----------
    Agresti, A. (1992). A survey of exact inference for contingency tables. Statistical Science 7, 131-153.
    https://doi.org/10.1214/ss/1177011454

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "care"]})
    >>> west = pd.DataFrame({"name": list("de"), "sector": ["school", "school"]})
    >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
    >>> found = wn.inference.composition_test(nets, seed=1)
    >>> found.chi_square, found.cramers_v, round(found.p_chi_square, 2)
    (5.0, 1.0, 0.11)
    >>> found.to_frame()
        group  E  share E  W  share W
    0    care  3      1.0  0      0.0
    1  school  0      0.0  2      1.0
    """
    nets = _networks(networks)
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    common = _common(nets, distinct=distinct)
    groups, codes, places = _pooled(nets, by)
    test = _Table(codes, places, (len(groups), len(nets)))
    estimate = test(np.arange(len(codes))[None, :])[0]
    kernel = Permuted(test, len(codes), seed)
    found = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress)
    _, upper, _ = p_values(estimate, found, symmetric=False)
    least = len(codes) * (min(len(groups), len(nets)) - 1)
    chi, likelihood = (float(one) for one in estimate)
    first = next(iter(nets.values()))
    return CompositionTest(
        by=by,
        networks=list(nets),
        groups=groups,
        counts=np.bincount(codes * len(nets) + places, minlength=len(groups) * len(nets)).reshape(len(groups), -1),
        blau=np.array([blau(net, by=by) for net in nets.values()]),
        iqv=np.array([iqv(net, by=by) for net in nets.values()]),
        chi_square=chi,
        likelihood_ratio=likelihood,
        p_chi_square=float(upper[0]),
        p_likelihood_ratio=float(upper[1]),
        cramers_v=float(np.sqrt(chi / least)),
        expected_v=float(np.sqrt(found[:, 0] / least).mean()),
        common_labels=common,
        distribution=found,
        permutations=permutations,
        seed=seed,
        peers="R: chisq.test, fisher.test (simulate.p.value = TRUE); UCINET: none",
        recipe=recipes(nets),
        kind=kind_of(first),
    )


def _networks(networks: object) -> dict[str, Network]:
    """Read the networks, by their names as text."""
    if not isinstance(networks, Mapping):
        msg = f"networks must be a Study or a mapping from names to networks, but is a {type(networks).__name__}"
        raise ArgumentError(msg)
    found = dict(zip(_names(list(networks)), networks.values(), strict=True))
    if len(found) < max(LEAST, len(networks)):
        msg = f"networks must hold two or more, of different names, but holds {len(networks):,}"
        raise ArgumentError(msg)
    for name, net in found.items():
        needs_actors(core_of(net, f"networks[{name!r}]"), "composition_test")
    return found


def _names(keys: list[Any]) -> list[str]:
    """Give keys as text; of those of several parts what tells them apart."""
    if not keys or not all(isinstance(key, tuple) and len(key) == len(keys[0]) for key in keys):
        return [str(key) for key in keys]
    telling = [at for at in range(len(keys[0])) if len({key[at] for key in keys}) > 1]
    return [", ".join(str(key[at]) for at in telling) for key in keys]


def _common(nets: Mapping[str, Network], *, distinct: bool) -> int:
    """Count the labels that occur in two networks or more; networks of the same actors are refused."""
    labels = {name: set(net.labels.tolist()) for name, net in nets.items()}
    for (one, first), (other, second) in combinations(labels.items(), 2):
        shared, least = len(first & second), min(len(first), len(second))
        if not distinct and shared >= SAME * least:
            msg = (
                f"the networks {one!r} and {other!r} share {shared:,} of {least:,} labels, so that they seem to hold "
                "the same actors (two waves, or two relations, of one place), and this test compares different ones. "
                "Select one wave and relation; or, if equal labels are different actors, pass distinct=True"
            )
            raise ArgumentError(msg)
    return sum(map(len, labels.values())) - len(set().union(*labels.values()))


def _pooled(nets: Mapping[str, Network], by: str) -> tuple[list[Any], NDArray[np.intp], NDArray[np.intp]]:
    """Number the groups over all networks, in sorted order, and give the group and the network of each actor."""
    read = []
    for name, net in nets.items():
        try:
            read.append(groups_of(net, by))
        except Exception as error:
            error.add_note(f"in the network {name!r}")
            raise
    kinds = {isinstance(one, str) for _, names in read for one in names}
    if len(kinds) > 1:
        msg = f"{by!r} holds text in one network and numbers in another; make them one kind"
        raise ArgumentError(msg)
    groups = sorted({one for _, names in read for one in names})
    if len(groups) < LEAST:
        msg = f"all actors of all networks are {groups[0]!r} by {by!r}, so that there is nothing to compare"
        raise ArgumentError(msg)
    place = {name: at for at, name in enumerate(groups)}
    codes = [np.array([place[one] for one in names], dtype=np.intp)[own] for own, names in read]
    return groups, np.concatenate(codes), np.repeat(np.arange(len(read)), [len(one) for one in codes])


@dataclass(frozen=True, slots=True)
class _Table:
    """Chi-square and likelihood ratio of groups by networks, with actors in other orders."""

    codes: NDArray[np.intp]
    places: NDArray[np.intp]
    shape: tuple[int, int]

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return max(len(self.codes), self.shape[0] * self.shape[1])

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        rows, columns = self.shape
        size = rows * columns
        cells = self.codes[orders] * columns + self.places + np.arange(len(orders))[:, None] * size
        table = np.bincount(cells.ravel(), minlength=len(orders) * size).reshape(len(orders), size).astype(np.float64)
        expected = np.outer(np.bincount(self.codes, minlength=rows), np.bincount(self.places)).ravel() / len(self.codes)
        chi = ((table - expected) ** 2 / expected).sum(axis=1)
        logs = np.log(table / expected, out=np.zeros_like(table), where=table > 0)
        return np.column_stack([chi, 2 * (table * logs).sum(axis=1)])
