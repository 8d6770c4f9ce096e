"""Networks of two waves among the actors in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet.change._tie_change import aligned

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["common"]


def common(before: Network, after: Network) -> tuple[Network, Network]:
    """Keep the actors in both of two networks.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.

    Returns
    -------
    tuple of Network
        Both networks among the actors in both, found by label, in the order of the first; so that tests of the same
        actors (`inference.qap_correlation`, `inference.compare_networks` with ``paired=True``) can take them.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Ties with others are gone with these. O(n + m) time.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["d", "b"], ["a", "a"]))
    >>> first, second = wn.change.common(before, after)
    >>> first.labels.tolist(), second.labels.tolist(), second.n_ties
    (['a', 'b'], ['a', 'b'], 1)
    """
    return aligned(before, after)
