"""The strong ties that key organisations have to keep up."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._actor_values import marks_of, numbers_of
from wholenet._checks import core_of, needs_undirected, seeded, share, whole
from wholenet._ingest import first_of, is_empty
from wholenet._results import kind_of
from wholenet._show import table_html
from wholenet.errors import ArgumentError
from wholenet.governance._answers import keyed, named
from wholenet.inference import permutation_ttest
from wholenet.inference._draws import drawn, each, stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["Load", "load"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Load:
    """
    How many ties marked organisations have, beside the others and their capacity; see `load`.

    Parameters
    ----------
    networks : mapping from str to list
        One entry for each network in every column; see `to_frame`.
    actors : table
        One row for each actor: the names in ``study.by``, ``actor``, ``marked``, ``degree``, ``unobserved`` (the number
        of its dyads that were not observed), ``capacity`` (NaN where it has none) and ``over`` (degree above capacity).
    mark : str
        What marks them.
    confidence : float
        The probability that an interval should cover the truth.
    permutations, seed : int
        The number of draws for each interval and p-value, and their seed.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "gatekeeper": ["GP", None, None, None, None]})
    >>> net = wn.Network.from_edges((list("aaab"), list("bcdc")), actors, directed=False)
    >>> wn.governance.load(net, seed=1)
    <Load: 1 marked and 4 others in 1 network, 9,999 draws, seed 1>
    """

    networks: Mapping[str, list[Any]]
    actors: IntoDataFrame
    mark: str
    confidence: float
    permutations: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each network: the names in ``study.by``, ``marked`` and ``others`` (how many), ``mean_marked``
            and ``mean_others`` (ties), ``ratio`` of the means with ``lower`` and ``upper``, ``share_of_ties`` (with a
            marked end at least), ``over_capacity`` (how many marked; NaN where no capacity is known), and ``p``
            (two-sided).

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "gatekeeper": ["GP", None, None, None, None]})
        >>> net = wn.Network.from_edges((list("aaab"), list("bcdc")), actors, directed=False)
        >>> wn.governance.load(net, capacity=2, seed=1).to_frame()[["ratio", "share_of_ties", "over_capacity"]]
           ratio  share_of_ties  over_capacity
        0    2.4           0.75              1
        """
        return _frames.make(self.networks, self.kind)

    def __repr__(self) -> str:
        many = len(self.networks["marked"])
        marked, others = sum(self.networks["marked"]), sum(self.networks["others"])
        where = "1 network" if many == 1 else f"{many:,} networks"
        return (
            f"<Load: {marked:,} marked and {others:,} others in {where}, {self.permutations:,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        caption = f"Ties of actors marked by {self.mark!r}, {self.confidence:.0%} intervals; seed {self.seed}"
        return table_html(list(self.networks), zip(*self.networks.values(), strict=True), caption)


def load(
    net: Network | Study,
    *,
    mark: str | ArrayLike = "gatekeeper",
    capacity: str | float | None = None,
    confidence: float = 0.95,
    permutations: int = 9999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Load:
    """Load of key organisations: how many ties they have, against what they can carry and against the others.

    Parameters
    ----------
    net : Network or Study
        The undirected network of the ties that cost something, such as strong ones; or several.
    mark : str, or array of shape (n,)
        The attribute (or values) that marks key organisations: those where it is true, 1, or text such as a kind; not
        where it is false, 0, or empty. An array goes with one network only.
    capacity : str or float, optional
        How many ties an organisation can keep up: an attribute, or one number for all that are marked.
    confidence : float
        The probability that the interval of the ratio should cover the truth.
    permutations : int
        How many draws for the interval, and as many permutations for the p-value.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Load
        Per network the means, their ratio with an interval, the share of all ties that marked organisations hold, and
        a p-value; per actor (``.actors``) the ties and the capacity.

    Raises
    ------
    ArgumentError
        No actor of a network is marked, or all are; a capacity is negative or no number; an array goes with a study.
    ColumnError
        A network has no such attribute.
    DirectionError
        A network is directed.
    ModeError
        A network has two modes.

    Notes
    -----
    Ties are counted, whatever their values, self-ties left out. A dyad that was not observed counts as no tie;
    ``unobserved`` tells how many of an actor's are such, and those of organisations that did not answer are more.

    ``ratio`` is the mean of the marked ÷ the mean of the others; NaN where the others have no ties. Its interval lies
    between quantiles of draws, each of which resamples the marked and the others with replacement, with the ties that
    they have; where the others of a draw have no ties it is infinite, and so the upper end may be. It takes the number
    of ties of one organisation as not depending on that of another, and is too short with few marked ones: it is NaN
    with one. ``p`` is that of `inference.permutation_ttest` on the difference of the means: whether the mark is spread
    over the organisations without regard to their ties; NaN where all have as many ties. ``share_of_ties`` is NaN
    without ties.

    O(m + permutations × n) time. The same seed gives the same bits with any executor.

    Peers: in UCINET it is Centrality > Degree, and then the node-level t-test.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 8. Sage.

    Examples
    --------
    Of five organisations the GP has three of four ties, and the others have 5 ÷ 4 on average:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "gatekeeper": ["GP", None, None, None, None]})
    >>> net = wn.Network.from_edges((list("aaab"), list("bcdc")), actors, directed=False)
    >>> found = wn.governance.load(net, capacity=2, seed=1)
    >>> found.networks["mean_marked"], found.networks["mean_others"]
    ([3.0], [1.25])
    >>> found.actors[["actor", "degree", "capacity", "over"]].head(2)
      actor  degree  capacity   over
    0     a       3       2.0   True
    1     b       2       NaN  False
    """
    confidence, permutations = share(confidence, "confidence"), whole(permutations, "permutations")
    seed = seeded(seed)
    by, networks = keyed(net)
    if by and not isinstance(mark, str):
        msg = "mark must name an attribute where there are several networks, since each has its own actors"
        raise ArgumentError(msg)
    read = [_Actors.read(key, one, mark, capacity) for key, one in networks.items()]
    rows = []
    for number, one in enumerate(read):
        ends = _interval(one, confidence, permutations, seed, number, executor, progress=progress)
        p = _p(one, permutations, seed, executor, progress=progress)
        rows.append([*one.key, *one.summary(*ends), p])
    names = [*by, "marked", "others", "mean_marked", "mean_others", "ratio", "lower", "upper"]
    names += ["share_of_ties", "over_capacity", "p"]
    first = next(iter(networks.values()))
    return Load(
        networks={name: [row[at] for row in rows] for at, name in enumerate(names)},
        actors=_frames.make(_table(by, read), kind_of(first)),
        mark=mark if isinstance(mark, str) else "mark",
        confidence=confidence,
        permutations=permutations,
        seed=seed,
        recipe=first.recipe,
        kind=kind_of(first),
    )


@dataclass(frozen=True, slots=True)
class _Actors:
    """The actors of one network: (n,) each."""

    key: tuple[Any, ...]
    labels: list[Any]
    marked: NDArray[np.bool_]
    degree: NDArray[np.int64]
    unobserved: NDArray[np.int64]
    capacity: NDArray[np.float64]
    ties: int
    held: int

    @classmethod
    def read(cls, key: tuple[Any, ...], net: Network, mark: object, capacity: object) -> _Actors:
        """Count the ties of a network, and look up marks and capacities."""
        core = core_of(net)
        needs_undirected(core, "load")
        marked = _marks(key, net, mark)
        source, target, _ = core.ties()
        ends = np.concatenate([source, target])
        return cls(
            key,
            net.labels.tolist(),
            marked,
            np.bincount(ends, minlength=net.n_actors).astype(np.int64),
            _unobserved(net),
            _capacities(key, net, capacity, marked),
            len(source),
            int((marked[source] | marked[target]).sum()),
        )

    @property
    def over(self) -> NDArray[np.bool_]:
        """Who has more ties than its capacity."""
        with np.errstate(invalid="ignore"):
            above: NDArray[np.bool_] = self.degree > self.capacity
        return above

    def summary(self, lower: float, upper: float) -> list[Any]:
        """Give the columns of the network but the p-value."""
        here, there = self.degree[self.marked], self.degree[~self.marked]
        mean, others = float(here.mean()), float(there.mean())
        ratio = mean / others if others else np.nan
        held = self.held / self.ties if self.ties else np.nan
        known = not np.isnan(self.capacity[self.marked]).all()
        over = int(self.over[self.marked].sum()) if known else np.nan
        return [len(here), len(there), mean, others, ratio, lower, upper, held, over]


def _unobserved(net: Network) -> NDArray[np.int64]:
    """Count the dyads of each actor that were not observed."""
    if not net.missing.dyads:
        return np.zeros(net.n_actors, dtype=np.int64)
    cells = np.isnan(net.to_matrix())
    np.fill_diagonal(cells, val=False)
    lost: NDArray[np.int64] = cells.sum(axis=1).astype(np.int64)
    return lost


def _marks(key: tuple[Any, ...], net: Network, mark: object) -> NDArray[np.bool_]:
    marked = marks_of(net, mark)
    if not marked.any() or marked.all():
        name = repr(mark) if isinstance(mark, str) else "mark"
        what = "no actor" if not marked.any() else "every actor"
        msg = (
            f"{what} of {named(key)} is marked by {name}, so that there are none to compare. Give another mark=, or "
            "leave the network out with study.select(...)"
        )
        raise ArgumentError(msg)
    return marked


def _capacities(key: tuple[Any, ...], net: Network, capacity: Any, marked: NDArray[np.bool_]) -> NDArray[np.float64]:
    if capacity is None:
        return np.full(net.n_actors, np.nan)
    if isinstance(capacity, str):
        cells = net.attribute(capacity)
        known = np.array([not is_empty(cell) for cell in cells.tolist()], dtype=np.bool_)
        found = np.full(net.n_actors, np.nan)
        found[known] = numbers_of(np.array(cells.tolist(), dtype=object)[known], f"capacity={capacity!r}", None)
    else:
        number = numbers_of([capacity], "capacity", None)[0]
        found = np.where(marked, number, np.nan)
    low = np.flatnonzero(found < 0)
    if len(low):
        who = first_of((repr(net.labels[at]) for at in low[:5]), len(low))
        msg = f"capacity must be 0 or more, but in {named(key)} it is {found[low[0]]:g} ({who})"
        raise ArgumentError(msg)
    return found


@dataclass(frozen=True, slots=True)
class _Ratios:
    """The ratio of the means of resampled actors: infinite where the others have no ties, NaN where none have."""

    here: NDArray[np.int64]
    there: NDArray[np.int64]
    seed: int
    sample: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._draw, first, count, name="draws", progress=progress)

    def _draw(self, draw: int) -> float:
        random = stream(self.seed, draw, self.sample)
        mean, others = (float(one[random.integers(len(one), size=len(one))].mean()) for one in (self.here, self.there))
        return mean / others if others else np.inf if mean else np.nan


def _interval(
    one: _Actors,
    confidence: float,
    draws: int,
    seed: int,
    sample: int,
    executor: Executor | None,
    *,
    progress: bool,
) -> tuple[float, float]:
    here, there = one.degree[one.marked], one.degree[~one.marked]
    if len(here) == 1 or not there.any():
        return np.nan, np.nan
    kernel = _Ratios(here, there, seed, sample)
    found = drawn(kernel, draws, seed=seed, executor=executor, progress=progress, may_fail=True)
    ordered = np.sort(found[~np.isnan(found)]).tolist()
    if not ordered:
        return np.nan, np.nan
    return _quantile(ordered, (1 - confidence) / 2), _quantile(ordered, (1 + confidence) / 2)


def _quantile(ordered: list[float], tail: float) -> float:
    """A quantile as `numpy.quantile` has it, but also among infinite numbers."""
    place = (len(ordered) - 1) * tail
    below, above = ordered[int(place)], ordered[ceil(place)]
    return below if below == above else below + (above - below) * (place - int(place))


def _p(one: _Actors, draws: int, seed: int, executor: Executor | None, *, progress: bool) -> float:
    if np.ptp(one.degree) == 0:
        return np.nan
    found = permutation_ttest(
        one.degree, by=one.marked, permutations=draws, seed=seed, executor=executor, progress=progress
    )
    return found.p_two_sided


def _table(by: tuple[str, ...], read: list[_Actors]) -> dict[str, Any]:
    columns: dict[str, Any] = {name: [one.key[at] for one in read for _ in one.labels] for at, name in enumerate(by)}
    columns["actor"] = [label for one in read for label in one.labels]
    for name in ("marked", "degree", "unobserved", "capacity", "over"):
        columns[name] = np.concatenate([getattr(one, name) for one in read])
    return columns
