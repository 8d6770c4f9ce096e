"""Communities: groups with more ties within than their numbers of ties would give."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _core, _frames
from wholenet._checks import choice, core_of, groups_of, needs_actors, seeded, whole
from wholenet._results import kind_of, listed, table_of
from wholenet._show import facts_html
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = [
    "Communities",
    "agreement",
    "communities_of",
    "leiden",
    "louvain",
    "modularity",
    "resolution_profile",
]

SHOWN = 10
# Of a Leiden search; more gain little.
ROUNDS = 3


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Communities:
    """
    A partition of the actors that a search for communities found.

    Parameters
    ----------
    membership : array of shape (n,)
        The community of each actor, in the order of `labels`, numbered from 0 by decreasing size.
    modularity : float
        Its modularity, at `resolution`.
    resolution : float
        The resolution of the search.
    seed : int or None
        The seed of the random order in which actors are looked at; None where nothing was left to chance.
    labels : array of shape (n,)
        The actors.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.leiden(net, seed=1)
    <Communities: 6 actors in 2 communities, modularity 0.5 at resolution 1, seed 1>
    """

    membership: NDArray[np.int64]
    modularity: float
    resolution: float
    seed: int | None
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the communities out as a table.

        Returns
        -------
        table
            One row per actor: ``actor`` and ``community``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "c"], ["b", "d"]), directed=False)
        >>> wn.groups.louvain(net, seed=1).to_frame()
          actor  community
        0     a          0
        1     b          0
        2     c          1
        3     d          1
        """
        labels = listed(self.labels)
        return _frames.make({"actor": labels, "community": self.membership}, self.kind)

    def __repr__(self) -> str:
        number = int(self.membership.max(initial=-1)) + 1
        seed = "" if self.seed is None else f", seed {self.seed}"
        return (
            f"<Communities: {len(self.membership):,} actors in {number:,} communit{'y' if number == 1 else 'ies'}, "
            f"modularity {self.modularity:.4g} at resolution {self.resolution:g}{seed}>"
        )

    def _repr_html_(self) -> str:
        sizes = np.bincount(self.membership)
        facts = [
            ("Communities", f"{len(sizes):,}"),
            ("Modularity", f"{self.modularity:.4g} at resolution {self.resolution:g}"),
        ]
        if self.seed is not None:
            facts.append(("Seed", str(self.seed)))
        for community in range(min(len(sizes), SHOWN)):
            members = self.labels[self.membership == community]
            listed = ", ".join(str(label) for label in members[:SHOWN])
            more = f" and {len(members) - SHOWN:,} more" if len(members) > SHOWN else ""
            facts.append((f"Community {community} ({len(members):,})", listed + more))
        if len(sizes) > SHOWN:
            facts.append(("And", f"{len(sizes) - SHOWN:,} smaller ones"))
        return facts_html("Communities", facts, self.recipe)


def modularity(net: Network, *, by: str | ArrayLike | Communities, resolution: float = 1.0) -> float:
    """Modularity: the share of ties within groups, less what chance would give.

    Parameters
    ----------
    net : Network
        The network.
    by : str, array of int of shape (n,), or Communities
        The groups: an attribute of the actors, or the group of each actor, numbered from 0.
    resolution : float
        What chance counts; above 1 smaller groups score better.

    Returns
    -------
    float
        At most 1; 0 for a single group at resolution 1. NaN where there are no ties.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        The array does not hold one whole number per actor.
    SmallNetworkError
        The network has no actors.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    Σ over groups of l ÷ m - γ·(s ÷ m)(r ÷ m), with l the ties within the group, s those that its members send and r
    those that they get, m all ties and γ the resolution; an undirected tie is sent both ways. In a valued network the
    sums are of values. Self-ties are not read. What was not observed is not in it.

    O(n + m) time.

    Peers: igraph and networkx (``modularity``) agree on networks without self-ties.

    References
    ----------
    Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating community structure in networks. Physical Review E 69,
    026113. https://doi.org/10.1103/PhysRevE.69.026113

    Leicht, E. A. & Newman, M. E. J. (2008). Community structure in directed networks. Physical Review Letters 100,
    118703. https://doi.org/10.1103/PhysRevLett.100.118703

    Examples
    --------
    Two triangles: half of the chances are within groups, and all ties.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.modularity(net, by=[0, 0, 0, 1, 1, 1])
    0.5
    """
    core = core_of(net)
    needs_actors(core, "modularity")
    if isinstance(by, str):
        codes, _ = groups_of(net, by)
    else:
        codes = _membership(by, "by")
        if len(codes) != net.n_actors:
            msg = f"by must hold one whole number for each of the {net.n_actors:,} actors, but holds {len(codes):,}"
            raise ArgumentError(msg)
    return _core.groups_modularity(core, codes, resolution)


def louvain(net: Network, *, resolution: float = 1.0, seed: int | None = None) -> Communities:
    """Louvain communities: modularity raised by moving actors, then whole communities.

    Parameters
    ----------
    net : Network
        An undirected network.
    resolution : float
        What chance counts; above 1 communities are smaller.
    seed : int, optional
        Makes the order in which actors are looked at reproducible. Default: one is drawn, and kept in the result.

    Returns
    -------
    Communities
        The membership, its modularity, and the seed.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.
    ArgumentError
        `resolution` is below 0, or `seed` is not a whole number.

    Notes
    -----
    The search stops at a local optimum, which depends on the seed: compare several seeds (`agreement`,
    `resolution_profile`). A Louvain community may even fall apart; `leiden` mends that, and is the better choice. It
    is here because earlier studies used it. Values are read as strengths. Self-ties are not read. Isolates, and all
    actors of a network without ties, are communities by themselves. A tie that was not observed is read as absent; see
    ``net.missing``.

    O(m) time per round, of which there are few. The same seed gives the same result on any number of threads.

    Peers: igraph (``community_multilevel``) and networkx (``louvain_communities``) search alike, and find communities
    of about the same modularity.

    References
    ----------
    Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of communities in large
    networks. Journal of Statistical Mechanics, P10008. https://doi.org/10.1088/1742-5468/2008/10/P10008

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.louvain(net, seed=1).membership
    array([0, 0, 0, 1, 1, 1])
    """
    core = core_of(net)
    seed = seeded(seed)
    return communities_of(net, _core.groups_louvain(core, resolution, seed), resolution, seed)


def leiden(net: Network, *, resolution: float = 1.0, rounds: int = ROUNDS, seed: int | None = None) -> Communities:
    """Leiden communities: modularity raised by moving actors and well connected parts of communities.

    Parameters
    ----------
    net : Network
        An undirected network.
    resolution : float
        What chance counts; above 1 communities are smaller.
    rounds : int
        How often all is repeated from what was found, at most; it ends before where modularity no longer rises.
    seed : int, optional
        Makes the random choices reproducible. Default: one is drawn, and kept in the result.

    Returns
    -------
    Communities
        The membership, its modularity, and the seed.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.
    ArgumentError
        `resolution` is below 0, or `rounds` or `seed` is not a whole number.

    Notes
    -----
    Each round moves actors between communities as long as modularity rises (in networks of more than 65,000 actors two
    looks at each are the limit: another round gains more), splits communities into well connected parts, and goes on
    with these as units. A community never falls apart. The search stops at a local optimum, which
    depends on the seed: compare several (`agreement`, `resolution_profile`). Values are read as strengths. Self-ties
    are not read. Isolates, and all actors of a network without ties, are communities by themselves. A tie that was not
    observed is read as absent; see ``net.missing``.

    O(m) time per level of a round, of which there are few. The same seed gives the same result on any number of
    threads.

    Peers: igraph (``community_leiden`` with ``objective_function="modularity"``) and leidenalg search alike, and find
    communities of about the same modularity. networkx and sna do not have it.

    References
    ----------
    Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected communities.
    Scientific Reports 9, 5233. https://doi.org/10.1038/s41598-019-41695-z

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.leiden(net, seed=1).membership
    array([0, 0, 0, 1, 1, 1])
    """
    core = core_of(net)
    rounds = whole(rounds, "rounds")
    seed = seeded(seed)
    found = _core.groups_leiden(core, resolution, min(rounds, 2**32 - 1), seed)
    return communities_of(net, found, resolution, seed)


def agreement(
    one: ArrayLike | Communities, other: ArrayLike | Communities, *, kind: Literal["ari", "nmi"] = "ari"
) -> float:
    """Agreement: how alike two partitions of the same actors are.

    Parameters
    ----------
    one, other : array of int of shape (n,), or Communities
        The group of each actor, in the same order; whatever numbers name the groups.
    kind : {"ari", "nmi"}
        The adjusted Rand index, or normalized mutual information.

    Returns
    -------
    float
        1 for equal partitions. The adjusted Rand index is 0 on average for partitions drawn at random with the same
        sizes, and may be below; normalized mutual information is from 0 to 1. NaN for no actors.

    Raises
    ------
    ArgumentError
        `kind` is neither of the two words, or the arrays do not hold one whole number for each of the same actors.

    Notes
    -----
    Adjusted Rand: of the pairs of actors, those together in both partitions, less their expectation with the sizes
    given, ÷ the mean of those together in either, less the same. Two partitions that are both of single actors, or
    both of one group, are equal. Normalized mutual information: 2·I ÷ (H + H′), with I the mutual information and H the
    entropies; 1 where both are 0. It is not adjusted for chance: many small groups agree by themselves.

    O(n log n) time.

    Peers: igraph (``compare_communities``, ``"adjusted_rand"`` and ``"nmi"``) agrees, and so does scikit-learn.

    References
    ----------
    Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    https://doi.org/10.1007/BF01908075

    Danon, L., Díaz-Guilera, A., Duch, J. & Arenas, A. (2005). Comparing community structure identification. Journal of
    Statistical Mechanics, P09008. https://doi.org/10.1088/1742-5468/2005/09/P09008

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.groups.agreement([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    >>> wn.groups.agreement([0, 0, 1, 1], [0, 1, 0, 1])
    -0.5
    """
    choice("kind", kind, ("ari", "nmi"))
    first, second = (
        np.unique(_membership(part, name), return_inverse=True)[1] for part, name in ((one, "one"), (other, "other"))
    )
    n = len(first)
    if n != len(second):
        msg = f"the two partitions must be of the same actors, but are of {n:,} and {len(second):,}"
        raise ArgumentError(msg)
    if n == 0:
        return float("nan")
    both = np.unique(first * (second.max() + 1) + second, return_counts=True)[1].astype(float)
    rows, columns = np.bincount(first).astype(float), np.bincount(second).astype(float)
    if kind == "nmi":
        joint, entropies = _entropy(both / n), _entropy(rows / n) + _entropy(columns / n)
        return 2 * (entropies - joint) / entropies if entropies > 0 else 1.0
    pairs, together, sums = n * (n - 1) / 2, _pairs(both), (_pairs(rows), _pairs(columns))
    expected, most = sums[0] * sums[1], (sums[0] + sums[1]) / 2 * pairs
    return (together * pairs - expected) / (most - expected) if most != expected else 1.0


def resolution_profile(
    net: Network, resolutions: Sequence[float], *, runs: int = 10, seed: int | None = None
) -> IntoDataFrame:
    """Resolution profile: how many communities there are at each resolution, and how sure that is.

    Parameters
    ----------
    net : Network
        An undirected network.
    resolutions : sequence of float
        The resolutions to try, each at least 0.
    runs : int
        How many searches at each, with different seeds.
    seed : int, optional
        The seed of the first search; the others follow it. Default: one is drawn.

    Returns
    -------
    table
        One row per resolution: ``resolution``; ``communities``, ``modularity`` and ``seed`` of the search with the
        highest modularity at that resolution; ``agreement``, the mean adjusted Rand index of all pairs of searches,
        NaN for one run. In the kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.
    ArgumentError
        A resolution is below 0 or there is none, or `runs` or `seed` is not a whole number.

    Notes
    -----
    Searches are `leiden`. Where agreement is near 1 over a range of resolutions with the same number of communities,
    the structure does not hang on the seed or on the resolution; where it is low, report no single partition. ``seed``
    gives the best partition back: ``leiden(net, resolution=…, seed=…)``.

    Peers: R's igraph has ``resolution_parameter`` and no profile; CHAMP and leidenalg's ``resolution_profile`` bisect.

    References
    ----------
    Reichardt, J. & Bornholdt, S. (2006). Statistical mechanics of community detection. Physical Review E 74, 016110.
    https://doi.org/10.1103/PhysRevE.74.016110

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.resolution_profile(net, [0.5, 1, 4], runs=3, seed=1)
       resolution  communities  modularity  seed  agreement
    0         0.5            2    0.750000     1        1.0
    1         1.0            2    0.500000     1        1.0
    2         4.0            6   -0.666667     1        1.0
    """
    core = core_of(net)
    runs = whole(runs, "runs")
    seed = seeded(seed)
    tried = [float(one) for one in resolutions]
    if not tried:
        msg = "resolutions must hold at least one number"
        raise ArgumentError(msg)
    rows: list[dict[str, float]] = []
    for resolution in tried:
        found = [_core.groups_leiden(core, resolution, ROUNDS, seed + run) for run in range(runs)]
        parts = [membership for membership, _ in found]
        best = int(np.argmax([modularity for _, modularity in found]))
        pairs = [agreement(one, other) for one, other in combinations(parts, 2)]
        rows.append(
            {
                "resolution": resolution,
                "communities": len(np.unique(parts[best])),
                "modularity": found[best][1],
                "seed": seed + best,
                "agreement": float(np.mean(pairs)) if pairs else float("nan"),
            }
        )
    return table_of(net, {name: [row[name] for row in rows] for name in rows[0]})


def communities_of(
    net: Network, found: tuple[NDArray[np.uint32], float], resolution: float, seed: int | None
) -> Communities:
    """Wrap up what a search found."""
    membership, score = found
    return Communities(
        membership=membership.astype(np.int64),
        modularity=score,
        resolution=float(resolution),
        seed=seed,
        labels=net.labels,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _membership(part: ArrayLike | Communities, argument: str) -> NDArray[np.uint32]:
    codes = part.membership if isinstance(part, Communities) else np.asarray(part)
    if codes.ndim != 1 or (codes.dtype.kind not in "iu" and codes.size) or codes.min(initial=0) < 0:
        msg = f"{argument} must hold whole numbers of at least 0, one per actor"
        raise ArgumentError(msg)
    # Numbers may leave gaps.
    return np.unique(codes, return_inverse=True)[1].astype(np.uint32)


def _entropy(shares: NDArray[np.float64]) -> float:
    return float(-(shares * np.log(shares)).sum())


def _pairs(sizes: NDArray[np.float64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
