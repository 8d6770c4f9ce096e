"""Groups that are almost cliques: k-plexes and n-clans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import core_of, whole
from wholenet.groups._sets import sets_table

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["k_plexes", "n_clans"]

LARGEST = 2**32 - 1


def k_plexes(net: Network, *, k: int = 2, min_size: int | None = None, progress: bool = True) -> IntoDataFrame:
    """Plexes: the largest groups (k-plexes) in which everybody lacks a tie to fewer than k of the others.

    Parameters
    ----------
    net : Network
        An undirected network.
    k : int
        Everybody in a group of s is tied to at least s - k of its members. 1 gives cliques.
    min_size : int, optional
        The smallest size that is listed, at least 2k - 1. Default: 2k - 1, and 3 for k = 1.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per member of each k-plex: ``k_plex``, numbered from 0 by decreasing size; ``size``; ``actor``. In the
        kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed: say what an undirected tie is first, for instance a mutual one, with
        ``net.symmetrize("confirmed")``.
    ArgumentError
        `k` is not a whole number of at least 1, or `min_size` is below 2k - 1.

    Notes
    -----
    A k-plex is maximal: nobody can be added to it. One with at least 2k - 1 members is connected, and no two members
    are more than two steps apart; smaller ones may fall apart, and are not listed. k-plexes overlap, and there may be
    very many: raise `min_size` where the search takes too long. Values are not read. Self-ties are not read. A tie that
    was not observed is read as absent; see ``net.missing``.

    Time exponential in the size of the groups, at worst.

    Peers: UCINET (Subgroups, K-plex) finds the same; igraph, networkx and sna do not list k-plexes.

    References
    ----------
    Seidman, S. B. & Foster, B. L. (1978). A graph-theoretic generalization of the clique concept. Journal of
    Mathematical Sociology 6, 139-154. https://doi.org/10.1080/0022250X.1978.9989883

    Examples
    --------
    A ring of four: everybody lacks one tie, to the actor opposite.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcd"), list("bcda")), directed=False)
    >>> wn.groups.k_plexes(net, k=2)
       k_plex  size actor
    0       0     4     a
    1       0     4     b
    2       0     4     c
    3       0     4     d
    """
    core = core_of(net)
    k = whole(k, "k")
    least = max(2 * k - 1, 3) if min_size is None else whole(min_size, "min_size")
    return sets_table(net, "k_plex", _core.groups_k_plexes(core, min(k, LARGEST), min(least, 2 * LARGEST), progress))


def n_clans(net: Network, *, n: int = 2, min_size: int = 3, progress: bool = True) -> IntoDataFrame:
    """Clans: the largest groups (n-clans) within n steps of each other, along ties among themselves too.

    Parameters
    ----------
    net : Network
        An undirected network.
    n : int
        How many steps. 1 gives cliques.
    min_size : int
        The smallest size that is listed.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per member of each n-clan: ``n_clan``, numbered from 0 by decreasing size; ``size``; ``actor``. In the
        kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed: say what an undirected tie is first, for instance a mutual one, with
        ``net.symmetrize("confirmed")``.
    ArgumentError
        `n` or `min_size` is not a whole number of at least 1.

    Notes
    -----
    An n-clique is a largest group whose members are within n steps of each other in the network; the paths may run
    through others. An n-clan is an n-clique whose members are within n steps also when only ties among themselves
    count. There may be n-cliques and not a single n-clan. Values are not read. Self-ties are not read. A tie that was
    not observed is read as absent; see ``net.missing``.

    Time that of `cliques` in the network of those within n steps, which is dense.

    Peers: UCINET (Subgroups, N-clan) finds the same; igraph, networkx and sna do not have them.

    References
    ----------
    Mokken, R. J. (1979). Cliques, clubs and clans. Quality and Quantity 13, 161-173.
    https://doi.org/10.1007/BF00139635

    Examples
    --------
    Two 2-cliques, abcde and bcdef; but in the first, d and e are two steps apart through f only.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abacbde"), list("bccdeff")), directed=False)
    >>> found = wn.groups.n_clans(net, n=2)
    >>> found.groupby("n_clan")["actor"].agg("".join).tolist()
    ['bcdef']
    """
    core = core_of(net)
    steps = min(whole(n, "n"), LARGEST)
    found = _core.groups_n_clans(core, steps, min(whole(min_size, "min_size"), LARGEST), progress)
    return sets_table(net, "n_clan", found)
