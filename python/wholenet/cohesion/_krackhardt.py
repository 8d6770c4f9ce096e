"""Krackhardt's four dimensions of hierarchy: connectedness, hierarchy, efficiency, least upper bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_actors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["connectedness", "krackhardt_efficiency", "krackhardt_hierarchy", "lubness"]


def connectedness(net: Network) -> float:
    """Connectedness: the share of pairs of actors that are in one weak component.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    float
        From 0 (no ties) to 1 (one component); NaN in a network of one actor.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Σ s(s - 1) ÷ n(n - 1), with s the sizes of the weak components: paths may run against ties. Values are not read.
    Self-ties are not read. A tie that was not observed is read as absent, so that connectedness may be too low; see
    ``net.missing``.

    O(n + m) time.

    Peers: sna (``connectedness``) agrees. UCINET's whole-network table calls the share of *ordered* pairs with a
    directed path so; `whole_network` gives it. igraph and networkx do not have it.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula (Eds.),
    Computational Organization Theory, 89-111. Lawrence Erlbaum. https://doi.org/10.4324/9781315806648

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.connectedness(wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"])))
    0.4
    """
    core = core_of(net)
    needs_actors(core, "connectedness")
    n, sizes = core.n_actors, _sizes(core)
    return float((sizes * (sizes - 1)).sum()) / (n * (n - 1)) if n > 1 else float("nan")


def krackhardt_hierarchy(net: Network, *, progress: bool = True) -> float:
    """Krackhardt hierarchy: of the pairs with a path between them, the share with a path in one direction only.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 (all reach is mutual; so in every undirected network) to 1 (none is); NaN where there are no ties.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    1 - V ÷ MaxV over unordered pairs: V those who can reach each other, MaxV those of whom at least one can reach the
    other. Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see
    ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst.

    Peers: sna (``hierarchy(measure="krackhardt")``) agrees. igraph and networkx do not have it.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula (Eds.),
    Computational Organization Theory, 89-111. Lawrence Erlbaum. https://doi.org/10.4324/9781315806648

    Examples
    --------
    a and b reach each other; a reaches c, and so does b:

    >>> import wholenet as wn
    >>> wn.cohesion.krackhardt_hierarchy(wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"]))).__round__(3)
    0.667
    """
    core = core_of(net)
    needs_actors(core, "krackhardt_hierarchy")
    ordered, mutual = _core.cohesion_reach(core, progress)
    return 1 - mutual / (ordered - mutual) if ordered else float("nan")


def krackhardt_efficiency(net: Network) -> float:
    """Krackhardt efficiency: how few ties the components have beyond those that hold them together.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    float
        From 0 (components with all possible ties) to 1 (trees); NaN where no component has two actors.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    1 - V ÷ MaxV, with V the number of ties beyond the s - 1 that a weak component of s actors needs, and MaxV the
    number that would be beyond if all s(s - 1) were there, both summed over components. A tie of an undirected network
    counts as two, so that a tree of undirected ties has 1 - 1 ÷ (s - 1). Values are not read. Self-ties are
    not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n + m) time.

    Peers: sna (``efficiency``) agrees. networkx's and igraph's efficiencies are other things: see `compactness`.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula (Eds.),
    Computational Organization Theory, 89-111. Lawrence Erlbaum. https://doi.org/10.4324/9781315806648

    Examples
    --------
    Three ties in a component of three, which needs two and could have six:

    >>> import wholenet as wn
    >>> wn.cohesion.krackhardt_efficiency(wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"])))
    0.75
    """
    core = core_of(net)
    needs_actors(core, "krackhardt_efficiency")
    sizes = _sizes(core)
    needed, possible = float((sizes - 1).sum()), float((sizes * (sizes - 1)).sum())
    ties = core.n_ties * (1 if core.directed else 2)
    return 1 - (ties - needed) / (possible - needed) if possible else float("nan")


def lubness(net: Network, *, progress: bool = True) -> float:
    """Least-upper-boundedness: the share of pairs that have a closest common superior.

    Parameters
    ----------
    net : Network
        The network; ties lead from superiors to subordinates (else ``net.reverse()``).
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 to 1; 1 in undirected and in strongly connected networks; NaN where no component has three actors.

    Raises
    ------
    SmallNetworkError
        The network has no actors.
    ArgumentError
        There are more than 131,072 actors.

    Notes
    -----
    An upper bound of a pair is an actor with paths to both (or one of the two with a path to the other), and a least
    upper bound one whom all the pair's upper bounds have paths to. The score is 1 - V ÷ MaxV, with V the number of
    pairs within weak components that have none, and MaxV = Σ (s - 1)(s - 2)/2 for components of s actors: the s - 1
    pairs that a tie joins at least always have one. Values are not read. Self-ties are not read. A tie that was not
    observed is read as absent; see ``net.missing``.

    O(n³ ÷ 64) word operations, n² ÷ 8 bytes.

    Peers: sna's ``lubness`` agrees where everybody can reach everybody, and elsewhere asks for an upper bound that
    has paths to all others, the *greatest*: in Krackhardt's own reporting hierarchy (``krack_reports``) it finds
    none for the pair of the president and a vice-president. igraph and networkx do not have it.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula (Eds.),
    Computational Organization Theory, 89-111. Lawrence Erlbaum. https://doi.org/10.4324/9781315806648

    Examples
    --------
    In a tree every pair has one; two superiors of one subordinate have none:

    >>> import wholenet as wn
    >>> wn.cohesion.lubness(wn.Network.from_edges((["a", "a", "b"], ["b", "c", "d"])))
    1.0
    >>> wn.cohesion.lubness(wn.Network.from_edges((["a", "b"], ["c", "c"])))
    0.0
    """
    core = core_of(net)
    needs_actors(core, "lubness")
    bounded, pairs = _core.cohesion_least_upper_bounds(core, progress)
    most = pairs - int((_sizes(core) - 1).sum())
    return 1 - (pairs - bounded) / most if most else float("nan")


def _sizes(core: _core.Network) -> NDArray[np.float64]:
    return np.bincount(_core.cohesion_components(core, "weak")).astype(float)
