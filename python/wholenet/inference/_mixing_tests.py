"""Whether ties stay within groups, or run between two of them, more than chance has it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from wholenet._checks import choice, core_of, needs_actors, needs_signless, seeded, whole
from wholenet._results import kind_of, listed
from wholenet.inference._labels import NULL, Grouped, permuted
from wholenet.inference._mixing_result import MixingTest, mixing_test
from wholenet.inference._results import ResamplingTest, tested
from wholenet.inference._statistic import dyads_of
from wholenet.mixing._groups import ratio

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["ei_test", "sector_density_test"]


@overload
def ei_test(
    net: Network, *, by: str, level: Literal["network"] = ..., permutations: int = ..., seed: int | None = ...,
    executor: Executor | None = ..., progress: bool = ...,
) -> ResamplingTest: ...  # fmt: skip
@overload
def ei_test(
    net: Network, *, by: str, level: Literal["group"], permutations: int = ..., seed: int | None = ...,
    executor: Executor | None = ..., progress: bool = ...,
) -> MixingTest: ...  # fmt: skip
def ei_test(
    net: Network,
    *,
    by: str,
    level: Literal["network", "group"] = "network",
    permutations: int = 5000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest | MixingTest:
    """Test the E-I index: whether ties stay within groups more than if the actors' groups were dealt at random.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    level : {"network", "group"}
        Whether one index over all ties is tested, or one for each group.
    permutations : int
        How often the groups are permuted among the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest or MixingTest
        For the network the index, its permutation distribution and p-values. For groups the same for each, with
        p-values that are adjusted for their number.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        `level` is none of the words above, the attribute has more than 1,000 different values, or `permutations` or
        `seed` is not a whole number.
    SmallNetworkError
        The network has no actors.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    The index is that of `mixing.ei_index`: (E - I) ÷ (E + I), with E the ties to other groups and I those within. Its
    size depends on the sizes of the groups, so that neither 0 nor its sign says whether ties keep to their group; the
    permutations do. The groups are permuted among the actors; ties, values, what was not observed, and the sizes of the
    groups stay. A low index (`p_lower`) says that ties keep to their groups.

    The two-sided p-value is twice the smaller of the other two. Where a group has no ties in a draw its index is NaN,
    which counts as extreme. In a network without ties the index and its p-values are NaN. Only observed ties count; an
    actor who did not answer has the ties that others reported.

    A permutation test holds whatever makes ties depend on each other, if the groups have nothing to do with it. Where
    actors did not answer, the groups of those who did are permuted among each other, and those of the others: groups
    that answer less often than others do not differ by that.

    O(n + m + g²) time per permutation, for g groups.

    Peers: UCINET's E-I index permutes labels in the same way; it ignores values. netrics (``heterophily``) and ideanet
    (``ei_index``) have the index in R; igraph, networkx and sna do not.

    References
    ----------
    Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly 51, 123-140. https://doi.org/10.2307/2786835

    Examples
    --------
    Of the ten ways to deal three and two labels, one leaves all four ties within groups.

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
    >>> found = wn.inference.ei_test(net, by="sector", seed=1)
    >>> found.estimate, round(found.p_lower, 2)
    (-1.0, 0.11)
    """
    choice("level", level, ("network", "group"))
    core = core_of(net)
    needs_signless(core, "ei_test")
    needs_actors(core, "ei_test")
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    grouped = Grouped.of(net, by)
    measure = _ei_network if level == "network" else _ei_groups
    estimate, found = permuted(grouped, measure, permutations, seed=seed, executor=executor, progress=progress)
    if level == "network":
        return tested(
            "E-I index",
            float(estimate[0]),
            found[:, 0],
            symmetric=False,
            seed=seed,
            observed=dyads_of(net),
            null=NULL.format(by=by),
            peers="UCINET: E-I index; R: netrics' heterophily",
            recipe=net.recipe,
            kind=kind_of(net),
        )
    external, internal = _ends(grouped.counts(grouped.codes)[0])
    return mixing_test(
        "E-I index",
        {"group": listed(grouped.names), "external": external, "internal": internal},
        estimate,
        found,
        ratio=False,
        seed=seed,
        observed=dyads_of(net),
        null=NULL.format(by=by),
        peers="UCINET: E-I index; R: netrics' heterophily",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def sector_density_test(
    net: Network,
    *,
    by: str,
    permutations: int = 5000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> MixingTest:
    """Test sector densities: which groups are tied more, or less, than if the actors' groups were dealt at random.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    permutations : int
        How often the groups are permuted among the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    MixingTest
        One row for each ordered pair of groups (unordered in an undirected network), in the order of
        `mixing.sector_density`: ties, observed dyads, density, what the density is with permuted groups on average and
        its standard deviation, their ratio, and p-values, also adjusted for the number of pairs.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        The attribute has more than 1,000 different values, or `permutations` or `seed` is not a whole number.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Densities are those of `mixing.sector_density`: ties ÷ observed dyads, in a valued network mean values. The groups
    are permuted among the actors; ties, values, what was not observed, and the sizes of the groups stay. In a network
    observed in full the mean over all permutations is the density of the whole network; `expected` comes close to it.
    It is its spread that differs: the density of small groups varies most.

    The two-sided p-value is twice the smaller of the other two. A pair of groups without observed dyads has neither
    density nor p-value; where that happens in a draw, the draw counts as extreme. Adjusted p-values are of the
    two-sided ones. Holm's hold although the pairs depend on each other: more ties within a group are fewer elsewhere.
    No p is below 2 ÷ (1 + permutations), so that of k pairs none can have an adjusted p of .05 with fewer than 40·k
    permutations.

    A permutation test holds whatever makes ties depend on each other, if the groups have nothing to do with it. Where
    actors did not answer, the groups of those who did are permuted among each other, and those of the others: groups
    that answer less often than others do not differ by that. A group
    of actors who are active towards all others has high densities with all groups, without any preference.

    The columns ``from``, ``to`` and ``ratio`` of `MixingTest.to_frame` are what a heat map takes.

    O(n + m + g²) time per permutation, and memory of permutations · g² numbers, for g groups. With 135 actors in 11
    groups 5,000 permutations take less than half a second.

    Peers: UCINET's mixing tables have observed and expected ties and their ratio, its ANOVA density models a test of
    each pair of groups against one of them. Neither these nor sna's ``mixingmatrix`` adjust for the number of pairs.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 389-391, 397-400. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70. https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
    >>> found = wn.inference.sector_density_test(net, by="sector", seed=1)
    >>> found.estimate, found.expected.round(1), found.p_upper.round(1)
    (array([1., 0., 1.]), array([0.4, 0.4, 0.4]), array([0.1, 1. , 0.4]))
    """
    needs_actors(core_of(net), "sector_density_test")
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    grouped = Grouped.of(net, by)
    number = len(grouped.names)
    one, other = np.divmod(np.arange(number * number), number)
    if not net.directed:
        one, other = one[one <= other], other[one <= other]
    measure = partial(_densities, one, other)
    estimate, found = permuted(grouped, measure, permutations, seed=seed, executor=executor, progress=progress)
    ties, dyads = (cells[one, other] for cells in grouped.counts(grouped.codes))
    rows = {
        "from": listed([grouped.names[code] for code in one.tolist()]),
        "to": listed([grouped.names[code] for code in other.tolist()]),
        "ties": ties if net.valued else ties.astype(np.int64),
        "dyads": dyads.astype(np.int64),
    }
    return mixing_test(
        "density",
        rows,
        estimate,
        found,
        ratio=True,
        seed=seed,
        observed=dyads_of(net),
        null=NULL.format(by=by),
        peers="UCINET: mixing tables, ANOVA density models (p-values not adjusted); R: sna's mixingmatrix (no test)",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _densities(
    one: NDArray[np.int64], other: NDArray[np.int64], ties: NDArray[np.float64], dyads: NDArray[np.float64]
) -> NDArray[np.float64]:
    return ratio(ties[one, other], dyads[one, other])


def _ends(ties: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum up the ties of each group to others, and those within."""
    within = ties.diagonal()
    return ties.sum(axis=0) + ties.sum(axis=1) - 2 * within, within


def _ei_groups(ties: NDArray[np.float64], _dyads: NDArray[np.float64]) -> NDArray[np.float64]:
    external, internal = _ends(ties)
    return ratio(external - internal, external + internal)


def _ei_network(ties: NDArray[np.float64], _dyads: NDArray[np.float64]) -> NDArray[np.float64]:
    external, internal = _ends(ties)
    crossing, within = external.sum(keepdims=True) / 2, internal.sum(keepdims=True)
    return ratio(crossing - within, crossing + within)
