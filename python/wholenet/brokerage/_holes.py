"""Structural holes: what an actor gains or loses by how its contacts are tied to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import core_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["constraint", "effective_size", "efficiency", "hierarchy"]


def constraint(net: Network, *, scope: Literal["whole", "ego"] = "whole", progress: bool = True) -> NDArray[np.float64]:
    """Constraint: how far an actor's contacts lead back to each other.

    Parameters
    ----------
    net : Network
        The network.
    scope : {"whole", "ego"}
        Over which of its own ties a contact divides itself: all it has, or those within the ego network of the actor
        looked at.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        From just above 0 (many contacts who are not tied) to 1 and a little above (two or three contacts who are tied
        to each other), in the order of ``net.labels``; NaN for an isolate.

    Raises
    ------
    ArgumentError
        `scope` is neither of the two words.
    SignedTiesError
        A tie value is negative.

    Notes
    -----
    Let w(i, j) = x(i, j) + x(j, i), and p(i, j) = w(i, j) ÷ Σ over k of w(i, k) the share of j in the ties of i. With
    ``scope="ego"`` the sum of a contact q of i runs over i and the contacts of i only, so that q divides itself over
    these.

    The constraint of i is Σ over its contacts j of (p(i, j) + Σ over its other contacts q of p(i, q) · p(q, j))². An
    actor with one contact has 1.

    Reads tie values as strengths. Direction: a tie either way counts, and a mutual tie with the sum of both values.
    Self-ties are not read. An isolate has NaN; disconnected networks need no special rule, since only contacts and
    their ties matter. A tie that was not observed is read as absent, which makes contacts look less connected; see
    ``net.missing``.

    O(Σ d²) time over the degrees d. O(n + m) memory.

    Peers: igraph and networkx (``constraint``) agree with ``scope="whole"``, with values and direction too, and have
    NaN for isolates as well. UCINET's default is ``scope="ego"``, its whole-network model ``scope="whole"``. sna does
    not have it.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2. Harvard University Press.
    https://doi.org/10.4159/9780674029095

    Examples
    --------
    A broker between two who are tied and one who is not tied to these:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "b"], ["b", "c", "d", "c"]), directed=False)
    >>> wn.brokerage.constraint(net).round(3)
    array([0.611, 1.007, 1.007, 1.   ])
    """
    return _core.brokerage_constraint(core_of(net), scope, progress)


def effective_size(
    net: Network, *, scope: Literal["whole", "ego"] = "whole", progress: bool = True
) -> NDArray[np.float64]:
    """Effective size: the number of an actor's contacts, less what is redundant in them.

    Parameters
    ----------
    net : Network
        The network.
    scope : {"whole", "ego"}
        Over which of its own ties a contact divides itself: all it has, or those within the ego network of the actor
        looked at.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        From 1 to the number of contacts, in the order of ``net.labels``; NaN for an isolate. Valued or directed ties
        may take it below 1.

    Raises
    ------
    ArgumentError
        `scope` is neither of the two words.
    SignedTiesError
        A tie value is negative.

    Notes
    -----
    Let w(i, j) = x(i, j) + x(j, i), and p(i, j) = w(i, j) ÷ Σ over k of w(i, k) the share of j in the ties of i. With
    ``scope="ego"`` the sum of a contact q of i runs over i and the contacts of i only, so that q divides itself over
    these. Let m(j, q) = w(j, q) ÷ the largest w of j (within the same scope).

    The effective size of i is N - Σ over pairs of its N contacts j, q of p(i, q) · m(j, q). In an undirected network
    without values that is N - 2t ÷ N for t ties among the contacts (Borgatti 1997): N less the mean number of ties
    that a contact has with the others.

    Reads tie values as strengths. Direction: a tie either way counts, and a mutual tie with the sum of both values.
    Self-ties are not read. An isolate has NaN; disconnected networks need no special rule, since only contacts and
    their ties matter. A tie that was not observed is read as absent, which makes contacts look less connected; see
    ``net.missing``.

    O(Σ d²) time over the degrees d. O(n + m) memory.

    Peers: networkx (``effective_size``) agrees with ``scope="whole"`` in undirected networks, and in directed ones when
    `nodes` is given, for actors who send ties (without `nodes`, networkx 3.6 rounds shares of values that are whole
    numbers down). UCINET agrees in undirected networks without values. igraph and sna do not have it.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2. Harvard University Press.
    https://doi.org/10.4159/9780674029095

    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20(1), 35-38.

    Examples
    --------
    A broker between two who are tied and one who is not tied to these:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "b"], ["b", "c", "d", "c"]), directed=False)
    >>> wn.brokerage.effective_size(net).round(3)
    array([2.333, 1.   , 1.   , 1.   ])
    """
    return _core.brokerage_effective_size(core_of(net), scope, progress)


def efficiency(net: Network, *, scope: Literal["whole", "ego"] = "whole", progress: bool = True) -> NDArray[np.float64]:
    """Efficiency: an actor's effective size as a share of the number of its contacts.

    Parameters
    ----------
    net : Network
        The network.
    scope : {"whole", "ego"}
        Over which of its own ties a contact divides itself: all it has, or those within the ego network of the actor
        looked at.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        Mostly from 0 to 1, where 1 means that no two contacts are tied, in the order of ``net.labels``; NaN for an
        isolate.

    Raises
    ------
    ArgumentError
        `scope` is neither of the two words.
    SignedTiesError
        A tie value is negative.

    Notes
    -----
    `effective_size` ÷ the number of contacts.

    Reads tie values as strengths. Direction: a tie either way counts, and a mutual tie with the sum of both values.
    Self-ties are not read. An isolate has NaN; disconnected networks need no special rule, since only contacts and
    their ties matter. A tie that was not observed is read as absent, which makes contacts look less connected; see
    ``net.missing``.

    O(Σ d²) time over the degrees d. O(n + m) memory.

    Peers: UCINET agrees in undirected networks without values. igraph, networkx and sna do not have it.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2. Harvard University Press.
    https://doi.org/10.4159/9780674029095

    Examples
    --------
    A broker between two who are tied and one who is not tied to these:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "b"], ["b", "c", "d", "c"]), directed=False)
    >>> wn.brokerage.efficiency(net).round(3)
    array([0.778, 0.5  , 0.5  , 1.   ])
    """
    return _core.brokerage_efficiency(core_of(net), scope, progress)


def hierarchy(net: Network, *, scope: Literal["whole", "ego"] = "whole", progress: bool = True) -> NDArray[np.float64]:
    """Hierarchy: whether an actor's constraint comes from one contact rather than from all alike.

    Parameters
    ----------
    net : Network
        The network.
    scope : {"whole", "ego"}
        Over which of its own ties a contact divides itself: all it has, or those within the ego network of the actor
        looked at.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        From 0 (every contact adds the same) towards 1 (one contact adds it all), in the order of ``net.labels``; NaN
        for an actor with fewer than two contacts.

    Raises
    ------
    ArgumentError
        `scope` is neither of the two words.
    SignedTiesError
        A tie value is negative.

    Notes
    -----
    Let w(i, j) = x(i, j) + x(j, i), and p(i, j) = w(i, j) ÷ Σ over k of w(i, k) the share of j in the ties of i. With
    ``scope="ego"`` the sum of a contact q of i runs over i and the contacts of i only, so that q divides itself over
    these.

    Let c(j) = (p(i, j) + Σ over the other contacts q of p(i, q) · p(q, j))² be what contact j adds to the `constraint`
    of i, r(j) = c(j) ÷ the mean of the N contacts' c. The hierarchy is Σ r(j) · ln r(j) ÷ (N · ln N), the
    Coleman-Theil index. With one contact it is 0 ÷ 0.

    Reads tie values as strengths. Direction: a tie either way counts, and a mutual tie with the sum of both values.
    Self-ties are not read. An isolate has NaN; disconnected networks need no special rule, since only contacts and
    their ties matter. A tie that was not observed is read as absent, which makes contacts look less connected; see
    ``net.missing``.

    O(Σ d²) time over the degrees d. O(n + m) memory.

    Peers: UCINET has it (``scope="ego"`` is its default). netrics uses the contacts' own constraint in place of c.
    igraph, networkx and sna do not have it.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2. Harvard University Press.
    https://doi.org/10.4159/9780674029095

    Examples
    --------
    A broker between two who are tied and one who is not tied to these:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "b"], ["b", "c", "d", "c"]), directed=False)
    >>> wn.brokerage.hierarchy(net).round(3)
    array([0.052, 0.01 , 0.01 ,   nan])
    """
    return _core.brokerage_hierarchy(core_of(net), scope, progress)
