"""Treatments of dyads that were not observed, each by one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._checks import derived
from wholenet.errors import DirectionError
from wholenet.survey._cells import filled, one_network, partners, unobserved

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["complete_cases", "null_ties", "reconstruct"]


def null_ties(net: Network) -> Network:
    """Null-tie treatment: what was not observed becomes an absent tie.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.

    Returns
    -------
    Network
        The same actors and ties, with every dyad observed. The recipe says how many were filled.

    Raises
    ------
    ArgumentError
        This is no network, but for instance a study.

    Notes
    -----
    What most programs do with an empty row when nobody says otherwise. Those who did not answer then send no ties:
    density, mean degree and reciprocity come out too low, and more so the fewer answered. The measure of the network
    treated so is the lower bound of every measure that ties can only raise; see `bounds`.

    O(n + m) time.

    Peers: UCINET, sna and igraph read an empty row so where missing cells are recoded to 0.

    References
    ----------
    Huisman, M. (2009). Imputation of missing network data: some simple procedures. Journal of Social Structure
    10(1), 1-29.

    Žnidaršič, A., Ferligoj, A. & Doreian, P. (2012). Non-response in social networks: the impact of different
    non-response treatments on the stability of blockmodels. Social Networks 34, 438-450.
    https://doi.org/10.1016/j.socnet.2012.02.002

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]])
    >>> wn.survey.null_ties(net).to_matrix()
    array([[0., 1., 0.],
           [0., 0., 0.],
           [0., 1., 0.]])
    >>> wn.survey.null_ties(net).recipe[-1]
    'unobserved dyads made absent: 2'
    """
    core = one_network(net, "null_ties", two_mode=True)
    step = f"unobserved dyads made absent: {core.n_unobserved:,}"
    if not core.n_unobserved:
        return derived(net, core, step)
    none = np.empty(0, dtype=np.int64)
    return filled(net, (none, none), np.empty(0), step)


def reconstruct(net: Network) -> Network:
    """Reconstruction: an unobserved tie takes what the partner reported of the two.

    Parameters
    ----------
    net : Network
        A directed network.

    Returns
    -------
    Network
        The same actors, with the value of (j, i) in each unobserved (i, j) of which (j, i) was observed. What neither
        side reported stays not observed. The recipe counts both.

    Raises
    ------
    DirectionError
        The network is undirected: one report stands for both sides there already.
    ModeError
        The network has two modes.
    ArgumentError
        This is no network, but for instance a study.

    Notes
    -----
    Who did not answer is given the ties that others report with it, present or absent, value included. Every
    reconstructed dyad is mutual or null, so that reciprocity comes out too high; where ties run one way by their nature
    (steering, advice) they are turned round, and the treatment has no ground. Check how far two reports agree first,
    among the dyads that have both. Dyads between two actors who did not answer stay not observed: treat what is left
    with another rule, or not at all.

    O(n²) time and memory.

    Peers: none of UCINET, sna, igraph and networkx has it as a function.

    References
    ----------
    Stork, D. & Richards, W. D. (1992). Nonrespondents in communication network studies: problems and possibilities.
    Group & Organization Management 17, 193-209. https://doi.org/10.1177/1059601192172006

    Huisman, M. (2009). Imputation of missing network data: some simple procedures. Journal of Social Structure
    10(1), 1-29.

    Examples
    --------
    Neither b nor c answered. a reports a tie to b and none to c; of b and c nobody reports.

    >>> import wholenet as wn
    >>> nan = float("nan")
    >>> net = wn.Network.from_matrix([[0, 1, 0], [nan, 0, nan], [nan, nan, 0]], labels=["a", "b", "c"])
    >>> treated = wn.survey.reconstruct(net)
    >>> treated.to_matrix()
    array([[ 0.,  1.,  0.],
           [ 1.,  0., nan],
           [ 0., nan,  0.]])
    >>> treated.recipe[-1]
    "reconstructed from the partner's report: 2 of 4 unobserved dyads, 2 left"
    """
    core = one_network(net, "reconstruct")
    if not core.directed:
        msg = (
            "reconstruct takes the partner's report of a directed tie, and this network is undirected: one report "
            "stands for both sides already. Use it before net.symmetrize(...), or another treatment (null_ties, "
            "complete_cases, impute)"
        )
        raise DirectionError(msg)
    cells = unobserved(net)
    values = partners(net, cells)
    left = int(np.isnan(values).sum())
    step = (
        f"reconstructed from the partner's report: {len(values) - left:,} of {len(values):,} unobserved dyads, "
        f"{left:,} left"
    )
    return filled(net, cells, values, step) if len(values) else derived(net, core, step)


def complete_cases(net: Network) -> Network:
    """Complete cases: keep the actors who answered, and the ties among them.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.

    Returns
    -------
    Network
        The network of those who answered and about whom others were asked. In a two-mode network the actors of the
        first mode who did not answer go, and those of the second about whom nobody was asked. The recipe counts who is
        left, and the single dyads among them that stay not observed.

    Raises
    ------
    ArgumentError
        This is no network, but for instance a study.

    Notes
    -----
    Actors go, single dyads do not make one go: an actor who answered and skipped a question keeps its place, and that
    dyad stays not observed. In an undirected network an actor who did not answer goes, too, although others report on
    it and all its dyads may be observed.

    The reports about those who did not answer are thrown away. What is left is another, smaller network: counts of
    ties and of partners, paths and components are of that network, and centralities of the actors in it. Density and
    reciprocity compare, if those who did not answer are like those who did.

    O(n + m) time.

    Peers: UCINET, sna and igraph by dropping vertices. It is called listwise deletion, too.

    References
    ----------
    Huisman, M. (2009). Imputation of missing network data: some simple procedures. Journal of Social Structure
    10(1), 1-29.

    Žnidaršič, A., Ferligoj, A. & Doreian, P. (2012). Non-response in social networks: the impact of different
    non-response treatments on the stability of blockmodels. Social Networks 34, 438-450.
    https://doi.org/10.1016/j.socnet.2012.02.002

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]], labels=["a", "b", "c"])
    >>> treated = wn.survey.complete_cases(net)
    >>> treated.labels.tolist(), treated.n_ties
    (['a', 'c'], 0)
    >>> treated.recipe[-1]
    'complete cases: 2 of 3 actors'
    """
    core = one_network(net, "complete_cases", two_mode=True)
    silent, unseen, _ = core.unobserved()
    keep = np.flatnonzero(~(silent | unseen)).astype(np.uint32)
    kept = core.subset(keep.tolist())
    left = f"; {kept.n_unobserved:,} single dyads among them stay not observed" if kept.n_unobserved else ""
    step = f"complete cases: {len(keep):,} of {core.n_actors:,} actors{left}"
    return net._derive(kept, step, keep=keep)  # noqa: SLF001 (as `_checks.derived`, with fewer actors)
