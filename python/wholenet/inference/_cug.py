"""Conditional uniform graph tests: a statistic beside those of random networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of, derived, groups_of, needs_actors, seeded, whole
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, DrawError
from wholenet.inference._draws import drawn, each, failed
from wholenet.inference._results import tested
from wholenet.inference._statistic import statistic_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.inference._results import ResamplingTest
    from wholenet.network import Network

__all__ = ["cug"]

# Built-in statistics, and whether they are defined for two modes.
BUILT_IN = {
    "density": True,
    "reciprocity": False,
    "transitivity": False,
    "degree_centralization": False,
    "indegree_centralization": False,
    "outdegree_centralization": False,
    "closeness_centralization": False,
    "betweenness_centralization": False,
    "average_distance": True,
    "diameter": True,
    "compactness": False,
    "fragmentation": False,
    "connectedness": False,
    "krackhardt_hierarchy": False,
    "krackhardt_efficiency": False,
    "components": True,
    "isolates": True,
}

# The null hypothesis of each condition, and the words of sna for it.
NULLS = {
    "size": ("each observed dyad has a tie with probability 1/2, whatever the others have", '"size"'),
    "density": ("ties lie at random among the observed dyads, given their number", '"edges"'),
    "dyads": (
        "the mutual, asymmetric and null dyads lie at random, given how many there are of each",
        '"dyad.census"',
    ),
    "degrees": ("ties lie at random among the observed dyads, given how many each actor {has}", None),
    "sectors": ("ties lie at random, given their number {between} of {by!r}", None),
}


def cug(
    net: Network,
    statistic: str | Callable[[Network], float],
    *,
    condition: Literal["size", "density", "dyads", "degrees", "sectors"],
    by: str | None = None,
    draws: int = 1000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest:
    """Conditional uniform graph (CUG) test: a statistic of the network beside that of random networks like it.

    Parameters
    ----------
    net : Network
        A network without values.
    statistic : str or callable
        The statistic: a name from the table under Notes, which is fast, or that of another measure of the network as in
        `wholenet.table` (``"centralization"``); or anything that takes a `Network` and gives a finite number.
    condition : {"size", "density", "dyads", "degrees", "sectors"}
        What the random networks have in common with this one, beside its actors and unobserved dyads.

        ``"size"`` : nothing more. Each observed dyad has a tie with probability 1/2.
        ``"density"`` : the number of ties.
        ``"dyads"`` : the numbers of mutual, asymmetric and null dyads, in a directed network.
        ``"degrees"`` : the number of ties of each actor, in a directed network of those it sends and of those it gets.
        ``"sectors"`` : the number of ties from each group of `by` to each (between each two in an undirected network).
    by : str, optional
        With ``condition="sectors"``: the attribute that holds the group; text or integers, without nulls.
    draws : int
        How many random networks are drawn.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where the draws are made; the result does not depend on it. In other processes a callable `statistic` must be
        one that can be pickled: a function of a module, not a lambda. Default: built-in statistics on threads, others
        one after the other.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest
        The statistic, its distribution over the random networks, and p-values: lower, upper, and two-sided, which is
        twice the smaller of the two. p is NaN where the statistic of the network itself is undefined.

    Raises
    ------
    ArgumentError
        The network has values (leave them out with ``net.dichotomize(...)``); `statistic`, `condition`, `draws` or
        `seed` is not what it may be, or `statistic` gives no number for the network; `by` is missing for ``"sectors"``
        or given for another condition.
    DirectionError
        ``condition="dyads"`` for an undirected network.
    ModeError
        A built-in statistic that has no two-mode meaning, for a two-mode network.
    ColumnError
        There is no attribute `by`.
    LabelError
        An actor has no group.
    SmallNetworkError
        The network has no actors.
    DrawError
        The statistic fails or is no finite number on one of the random networks, such as a distance where there are no
        ties; the message names the draw.
    ExecutorError
        The executor died.

    Notes
    -----
    All networks that meet the condition are equally likely. p is (1 + random networks whose statistic is at least as
    extreme) ÷ (1 + draws).

    Built-in statistics are those of `cohesion`, with their defaults, by name: ``density``, ``reciprocity``,
    ``transitivity``, ``average_distance``, ``diameter``, ``compactness``, ``fragmentation``, ``connectedness``,
    ``krackhardt_hierarchy``, ``krackhardt_efficiency``, ``isolates``; ``components``, their number; and
    `cohesion.centralization` as ``degree_centralization``, ``indegree_centralization``, ``outdegree_centralization``,
    ``closeness_centralization`` (in a directed network along the ties) and ``betweenness_centralization``. They are
    computed in compiled code. In a two-mode network there are ``density``, ``average_distance``, ``diameter``,
    ``components`` and ``isolates``.

    Random networks have the actors with their attributes, the direction and the modes of the network. Dyads that were
    not observed stay so: ties lie in observed dyads only, and those of an actor are counted as far as observed. With
    ``"dyads"`` the dyads observed both ways are counted by kind, and of those observed one way the ties. Self-ties stay
    as they are. In a two-mode network groups of the two modes are different ones, whatever their names.

    The networks of ``"degrees"`` come of exchanges of ends between ties, a → b and c → d to a → d and c → b, each tried
    from the observed network on and made if it leads to another network of this kind. In directed networks cycles
    a → b → c → a are turned round, too, and where dyads were not observed three ties or more exchange ends: so every
    network with these degrees can be reached, and in the long run all are equally likely. There are 20 tries for each
    tie (for each dyad without one, where these are fewer), and at least 2,000, or 10,000 where dyads were not observed.
    In networks of 60 actors in dense groups of ten that is as good as ten times as many. Each random network starts
    again from the observed one, so that they do not depend on each other.

    A statistic that follows from the condition, as ``density`` from ``"density"``, is the same in all draws, and p is
    1.

    O(n + m) time for a draw, n² for ``"size"`` and where more than half of the dyads have a tie, 20·m for
    ``"degrees"``; and the statistic. The same seed gives the same result on any number of threads and any executor.

    Peers: R's sna (``cug.test``) has ``"size"``, ``"edges"`` (``"density"`` here) and ``"dyad.census"``; it divides by
    the number of draws, so that its p can be 0, and its ``grecip`` counts null dyads as reciprocal unless told
    otherwise. R's migraph has ``test_random`` and ``test_configuration``. networkx and Python's igraph have none.

    References
    ----------
    Anderson, B. S., Butts, C. & Carley, K. (1999). The interaction of size and density with graph-level indices. Social
    Networks 21, 239-267. https://doi.org/10.1016/S0378-8733(99)00011-8

    Holland, P. W. & Leinhardt, S. (1976). Local structure in social networks. Sociological Methodology 7, 1-45.
    https://doi.org/10.2307/270703

    Rao, A. R., Jana, R. & Bandyopadhyay, S. (1996). A Markov chain Monte Carlo method for generating random
    (0, 1)-matrices with given marginals. Sankhyā A 58, 225-242. https://www.jstor.org/stable/25051102

    Fosdick, B. K., Larremore, D. B., Nishimura, J. & Ugander, J. (2018). Configuring random graph models with fixed
    degree sequences. SIAM Review 60, 315-355. https://doi.org/10.1137/16M1087175

    Examples
    --------
    All four ties are returned. Of the 4,845 networks of five actors with four ties 45 have that, or .0093:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde")})
    >>> net = wn.Network.from_edges((list("abcd"), list("badc")), actors)
    >>> found = wn.inference.cug(net, "reciprocity", condition="density", seed=1)
    >>> found
    <ResamplingTest: reciprocity 1, p 0.018 (two-sided) of 1,000 draws, 20 dyads, seed 1>
    >>> found.p_upper.__round__(3)
    0.009

    Any statistic; here one that follows from the condition:

    >>> def most_named(net):
    ...     return wn.centrality.degree(net, mode="in").max()
    >>> wn.inference.cug(net, most_named, condition="degrees", draws=99, seed=1).p_two_sided
    1.0
    """
    core = core_of(net, two_mode=not isinstance(statistic, str) or BUILT_IN.get(statistic, True))
    needs_actors(core, "cug")
    if core.valued:
        msg = (
            "the network has values, and random networks have none. Say which ties count with net.dichotomize(above=0) "
            "or another cut-off"
        )
        raise ArgumentError(msg)
    choice("condition", condition, tuple(NULLS))
    measure = _measure(statistic)
    draws, seed = whole(draws, "draws"), seeded(seed)
    kernel = _Draws(net, measure, condition, _groups(net, condition, by), seed)
    estimate = _estimate(core, net, measure)
    distribution = drawn(kernel, draws, seed=seed, executor=executor, progress=progress)
    return tested(
        _name(measure),
        estimate,
        distribution,
        symmetric=False,
        seed=seed,
        observed=f"{core.observed_dyads:,} dyads",
        null=_null(core, condition, by),
        peers=_peers(condition),
        recipe=net.recipe,
        kind=kind_of(net),
    )


@dataclass(frozen=True, slots=True)
class _Draws:
    """The statistic of random networks."""

    net: Network
    statistic: str | Callable[[Network], float]
    condition: str
    groups: NDArray[np.uint32] | None
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        if not isinstance(self.statistic, str):
            one = partial(self._one, self.statistic)
            return each(one, first, count, name="cug", progress=progress)
        core = core_of(self.net, two_mode=True)
        return _core.inference_cug(core, self.statistic, self.condition, self.groups, first, count, self.seed, progress)

    def _one(self, statistic: Callable[[Network], float], draw: int) -> float:
        core = core_of(self.net, two_mode=True)
        core = _core.inference_random_network(core, self.condition, self.groups, draw, self.seed)
        step = f"random network given {self.condition}, draw {draw:,} of seed {self.seed}"
        net = derived(self.net, core, step)
        try:
            found = statistic(net)
        except Exception as error:  # whatever the caller's function raises
            what = f"makes the statistic fail ({type(error).__name__}: {error})"
            raise DrawError(failed(draw, self.seed, what)) from error
        number = _number(found)
        if number is None or not np.isfinite(number):
            raise DrawError(failed(draw, self.seed, f"gives {found!r}, which is no finite number"))
        return number


def _measure(statistic: Any) -> Any:
    if callable(statistic):
        return statistic
    if not isinstance(statistic, str):
        msg = f"statistic must be a name or a function of a network, but is a {type(statistic).__name__}"
        raise ArgumentError(msg)
    return statistic if statistic in BUILT_IN else statistic_of(statistic).function


def _groups(net: Network, condition: str, by: str | None) -> NDArray[np.uint32] | None:
    if condition == "sectors":
        if by is None:
            msg = 'condition="sectors" needs by=, the attribute of the actors that holds their group'
            raise ArgumentError(msg)
        return groups_of(net, by)[0]
    if by is not None:
        msg = f'by={by!r} has no meaning for condition={condition!r}; leave it out, or take condition="sectors"'
        raise ArgumentError(msg)
    return None


def _estimate(core: _core.Network, net: Network, measure: str | Callable[[Network], float]) -> float:
    """Measure the network itself: undefined may be NaN."""
    if isinstance(measure, str):
        return _core.inference_statistic(core, measure)
    found = measure(net)
    number = _number(found)
    if number is None or np.isinf(number):
        msg = f"statistic must give a finite number, but for the network it gives {found!r}"
        raise ArgumentError(msg)
    return number


def _number(found: object) -> float | None:
    """Read a number; None where it is none."""
    if isinstance(found, np.ndarray) and found.ndim == 0:
        found = found[()]
    return float(found) if isinstance(found, int | float | np.integer | np.floating | np.bool_) else None


def _name(measure: str | Callable[[Network], float]) -> str:
    if isinstance(measure, str):
        return measure.replace("_", " ")
    inner = measure.func if isinstance(measure, partial) else measure
    name = str(getattr(inner, "__name__", type(inner).__name__))
    return "statistic" if name == "<lambda>" else name


def _null(core: _core.Network, condition: str, by: str | None) -> str:
    has = "sends and gets" if core.directed else "has"
    between = "from each group to each" if core.directed else "between each two groups"
    return NULLS[condition][0].format(has=has, between=between, by=by)


def _peers(condition: str) -> str:
    word = NULLS[condition][1]
    return f"R sna: cug.test(cmode = {word})" if word else "none in R's sna"
