"""Distances to the others: closeness and harmonic centrality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from wholenet import _core
from wholenet._checks import choice, core_of, needs_values
from wholenet._shared import totals
from wholenet.centrality import _sampled
from wholenet.centrality._modes import two_mode_closeness, unlengthened
from wholenet.errors import ArgumentError, ModeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet._estimate import Estimate
    from wholenet.network import Network

__all__ = ["closeness", "harmonic"]


@overload
def closeness(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = ...,
    unreachable: Literal["ignore", "scale", "n", "max+1"] = ...,
    distance: Literal["inverse", "value"] | None = ...,
    samples: None = ...,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> NDArray[np.float64]: ...


@overload
def closeness(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = ...,
    unreachable: Literal["ignore", "scale", "n", "max+1"] = ...,
    distance: None = ...,
    samples: int,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> Estimate: ...


def closeness(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = "out",
    unreachable: Literal["ignore", "scale", "n", "max+1"] = "ignore",
    distance: Literal["inverse", "value"] | None = None,
    samples: int | None = None,
    delta: float = 0.1,
    seed: int | None = None,
    progress: bool = True,
) -> NDArray[np.float64] | Estimate:
    """Closeness: the inverse of the mean distance between an actor and the others.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    unreachable : {"ignore", "scale", "n", "max+1"}
        What an actor counts for that no path leads to, see Notes.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    samples : int, optional
        Estimate the scores from the distances to so many random actors, at least 2. Default: they are exact.
    delta : float
        With `samples`: the probability, at most, that the true score of some actor is out of its bounds.
    seed : int, optional
        With `samples`: makes the draws reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,), or Estimate
        A score for each actor, in the order of ``net.labels``. In steps from 0 to 1, where 1 is a tie to everybody
        (with ``"ignore"``: to everybody whom a path leads to); per unit of length with `distance`. With `samples` an
        estimate of it, with bounds.

    Raises
    ------
    ArgumentError
        `mode`, `unreachable` or `distance` is none of the words above; `distance` is given and the network has no
        values, or one that is not above 0; `distance` is given with ``unreachable="n"`` or ``"max+1"``, which are
        numbers of steps; `distance` is given with ``mode="all"`` in a directed network (use ``net.symmetrize(...)``
        first, to say what the value of a mutual tie is). `samples`, `delta` or `seed` is out of its range; or
        `samples` is given with `distance` or ``unreachable="max+1"``.
    DirectionError
        The network is directed, and `samples` is given: how many an actor reaches is not known then.
    ModeError
        The network has two modes, and `distance`, ``unreachable="n"`` or ``"max+1"`` or `samples` is given.

    Notes
    -----
    Let r be the number of other actors that can be reached and s the sum of the distances to them.

    ============== ============================================ ===================================================
    `unreachable`  score                                        reaches nobody
    ============== ============================================ ===================================================
    ``"ignore"``   r ÷ s                                        NaN
    ``"scale"``    (r ÷ s) · r ÷ (n - 1)                        0
    ``"n"``        (n - 1) ÷ (s + (n - 1 - r) · n)              1 ÷ n
    ``"max+1"``    (n - 1) ÷ (s + (n - 1 - r) · (longest + 1))   1 ÷ (longest + 1); NaN where there are no ties at all
    ============== ============================================ ===================================================

    *longest* is the longest distance between any two actors of the network. In a connected (directed: strongly
    connected) network the four agree. In a disconnected one ``"ignore"`` compares actors of different components only
    with their own: a pair of actors scores 1. Where networks fall apart, `harmonic` is the better measure.

    In a two-mode network the shortest distances that there can be are 1 to actors of the other mode and 2 to those of
    the own mode, so that r is replaced in the first factor by r' + 2r″, for r' actors reached in the other mode and r″
    in the own mode (Borgatti & Everett 1997: (n' + 2(n″ - 1)) ÷ s in a connected network). ``"n"``, ``"max+1"`` and
    `distance` are refused there.

    ``"out"`` looks at paths from the actor, ``"in"`` at paths to it, ``"all"`` at paths that ignore direction.
    Self-ties are not read. A tie that was not observed is read as absent, so paths may be too long; see
    ``net.missing``. A network of one actor gives NaN (``"scale"``: 0).

    Estimates: sources are drawn with replacement, and s is n times the mean of the distances to them, 0 where there is
    no path. Bounds are those of Maurer and Pontil (2009), from the mean and variance of the draws and from twice the
    farthest distance of a source; they hold for all actors at once with probability 1 - delta. r is exact.

    In steps O(n·m ÷ 64) word operations at best (searches from 64 actors at once), n·m at worst; with `distance`
    O(n·(m + n log n)). O(n + m) memory per thread.

    Peers: ``"ignore"`` is igraph's ``closeness(normalized=True)`` and networkx's with ``wf_improved=False`` (which
    has 0 for isolates); ``"scale"`` is networkx's default (Wasserman & Faust). networkx measures distances *to* the
    actor: ours with ``mode="in"``. sna agrees in connected networks and gives 0 to every actor that can't reach all
    others. UCINET's Freeman closeness uses ``"max+1"`` by default. ``"n"`` is what igraph did before version 0.10.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 184-187, 200-201. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Maurer, A. & Pontil, M. (2009). Empirical Bernstein bounds and sample variance penalization. COLT.
    https://arxiv.org/abs/0907.3740

    Examples
    --------
    A path of three and a pair:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.closeness(net).round(3)
    array([0.667, 1.   , 0.667, 1.   , 1.   ])
    >>> wn.centrality.closeness(net, unreachable="scale").round(3)
    array([0.333, 0.5  , 0.333, 0.25 , 0.25 ])
    >>> wn.centrality.closeness(net, unreachable="max+1").round(3)
    array([0.444, 0.5  , 0.444, 0.4  , 0.4  ])
    """
    core = core_of(net, two_mode=True)
    needs_values(core, distance)
    if samples is not None and core.first_mode is None:
        unlengthened(distance)
        choice("mode", mode, ("in", "out", "all"))
        choice("unreachable", unreachable, ("ignore", "scale", "n", "max+1"))
        return _sampled.closeness(net, core, unreachable, samples=samples, delta=delta, seed=seed, progress=progress)
    if core.first_mode is not None and distance is None and samples is None and unreachable in {"ignore", "scale"}:
        choice("mode", mode, ("in", "out", "all"))
        return two_mode_closeness(core, unreachable, progress=progress)
    if core.first_mode is not None:
        msg = 'closeness in a two-mode network counts all steps, and takes unreachable="ignore" or "scale"'
        raise ModeError(msg)
    if distance is not None and unreachable in {"n", "max+1"}:
        msg = (
            f"unreachable={unreachable!r} is a number of steps, and distance={distance!r} gives paths a length. Pass "
            'unreachable="ignore" or "scale", or leave distance= out'
        )
        raise ArgumentError(msg)
    return _core.centrality_closeness(totals(core, mode, distance, progress=progress), unreachable)


@overload
def harmonic(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = ...,
    normalized: bool = ...,
    distance: Literal["inverse", "value"] | None = ...,
    samples: None = ...,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> NDArray[np.float64]: ...


@overload
def harmonic(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = ...,
    normalized: bool = ...,
    distance: None = ...,
    samples: int,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> Estimate: ...


def harmonic(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = "out",
    normalized: bool = False,
    distance: Literal["inverse", "value"] | None = None,
    samples: int | None = None,
    delta: float = 0.1,
    seed: int | None = None,
    progress: bool = True,
) -> NDArray[np.float64] | Estimate:
    """Harmonic closeness: the sum of 1 ÷ distance to every other actor.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    normalized : bool
        Whether to divide by the largest score that is possible, see Notes.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    samples : int, optional
        Estimate the scores from the distances to so many random actors, at least 2. Default: they are exact.
    delta : float
        With `samples`: the probability, at most, that the true score of some actor is out of its bounds.
    seed : int, optional
        With `samples`: makes the draws reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,), or Estimate
        A score for each actor, in the order of ``net.labels``: in steps from 0 (reaches nobody) to n - 1 (tied to
        everybody), normalized from 0 to 1, and NaN in a network of one actor. With `samples` an estimate of it, with
        bounds.

    Raises
    ------
    ArgumentError
        `mode` or `distance` is none of the words above; `distance` is given and the network has no values, or one
        that is not above 0; `distance` is given with ``mode="all"`` in a directed network (use
        ``net.symmetrize(...)`` first). `samples`, `delta` or `seed` is out of its range, or `distance` is given, too.
    ModeError
        The network has two modes, and normalized scores are asked for.

    Notes
    -----
    An actor that can't be reached adds 0, so disconnected networks need no special rule. Denominator when
    normalized: n - 1; with `distance` that is a mean of 1 ÷ length, which is not bound by 1.

    A two-mode network has no denominator here: normalized is refused there.

    ``"out"`` looks at paths from the actor, ``"in"`` at paths to it, ``"all"`` at paths that ignore direction.
    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    Estimates: sources are drawn with replacement, and the score is n times the mean of 1 ÷ distance to them. Bounds are
    those of Maurer and Pontil (2009), from the mean and variance of the draws; they hold for all actors at once with
    probability 1 - delta.

    In steps O(n·m ÷ 64) word operations at best, n·m at worst; with `distance` O(n·(m + n log n)). O(n + m) memory
    per thread.

    Peers: igraph for Python and sna (``closeness``, cmode ``"suminvdir"``) divide by n - 1 by default, igraph for R
    does not; networkx returns the sum, of distances *to* the actor: ours with ``mode="in"``. sna's ``"gil-schmidt"``
    divides by the number of actors reached.

    References
    ----------
    Marchiori, M. & Latora, V. (2000). Harmony in the small-world. Physica A 285, 539-546.
    https://doi.org/10.1016/S0378-4371(00)00311-3

    Boldi, P. & Vigna, S. (2014). Axioms for centrality. Internet Mathematics 10, 222-262.
    https://doi.org/10.1080/15427951.2013.865686

    Maurer, A. & Pontil, M. (2009). Empirical Bernstein bounds and sample variance penalization. COLT.
    https://arxiv.org/abs/0907.3740

    Examples
    --------
    A path of three and a pair:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.harmonic(net)
    array([1.5, 2. , 1.5, 1. , 1. ])
    >>> wn.centrality.harmonic(net, normalized=True)
    array([0.375, 0.5  , 0.375, 0.25 , 0.25 ])
    """
    core = core_of(net, two_mode=True)
    needs_values(core, distance)
    if core.first_mode is not None and normalized:
        msg = "harmonic closeness has no denominator for a two-mode network; leave normalized= out"
        raise ModeError(msg)
    if samples is not None:
        unlengthened(distance)
        choice("mode", mode, ("in", "out", "all"))
        return _sampled.harmonic(
            net, core, mode, normalized=normalized, samples=samples, delta=delta, seed=seed, progress=progress
        )
    return _core.centrality_harmonic(totals(core, mode, distance, progress=progress), normalized)
