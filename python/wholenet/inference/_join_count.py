"""Whether ties within and between groups are more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._actor_values import groups_in, named
from wholenet._checks import core_of, seeded, whole
from wholenet._distribution_chart import Drawn, distributions
from wholenet._results import kind_of, listed
from wholenet._show import recipe_html, table_html
from wholenet.errors import ModelError, SmallNetworkError
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import strata
from wholenet.inference._p import adjust, p_values
from wholenet.inference._permuted import Permuted
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["JoinCount", "join_count"]

NULL = "Null hypothesis of each row: the groups are spread over the actors without regard to the ties."
PEERS = "UCINET: autocorrelation of categorical attributes (join count); R: spdep's joincount.mc"
# How many pairs of groups a picture shows.
SHOWN = 6


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class JoinCount:
    """
    How many ties lie within and between groups, and how many do in permuted data.

    Parameters
    ----------
    groups : tuple
        The groups.
    sender, receiver : arrays of shape (k,)
        Of each pair of groups the two, as their places in `groups`. In an undirected network each pair is there once.
    observed, expected, sd : arrays of shape (k,)
        The number of ties, its mean over all permutations, and the standard deviation of the draws.
    p_lower, p_upper, p_two_sided : arrays of shape (k,)
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, twice the smaller of the two. NaN
        where the groups have no dyad between them.
    p_holm, p_bh : arrays of shape (k,)
        Two-sided p-values, adjusted for the number of pairs by `adjust`.
    distribution : array of shape (permutations, k)
        The number of ties in each draw.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    directed : bool
        Whether pairs are ordered.
    by : str
        What tells the groups.
    dyads : int
        How many dyads were observed.
    null : str
        The null hypothesis.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcab"), list("bcade")), directed=False)
    >>> wn.inference.join_count(net, by=list("xxxyy"), seed=1)
    <JoinCount: 5 ties among 2 groups (by), 3 pairs, lowest adjusted p 0.638 (Holm) of 10,000 permutations, seed 1>
    """

    groups: tuple[Any, ...]
    sender: NDArray[np.intp]
    receiver: NDArray[np.intp]
    observed: NDArray[np.int64]
    expected: NDArray[np.float64]
    sd: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    p_holm: NDArray[np.float64]
    p_bh: NDArray[np.float64]
    distribution: NDArray[np.float64]
    permutations: int
    seed: int
    directed: bool
    by: str
    dyads: int
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def _columns(self) -> dict[str, Any]:
        return {
            "from": listed([self.groups[at] for at in self.sender.tolist()]),
            "to": listed([self.groups[at] for at in self.receiver.tolist()]),
            "observed": self.observed,
            "expected": self.expected,
            "sd": self.sd,
            "p_lower": self.p_lower,
            "p_upper": self.p_upper,
            "p": self.p_two_sided,
            "p_holm": self.p_holm,
            "p_bh": self.p_bh,
        }

    def to_frame(self) -> IntoDataFrame:
        """Lay the counts out as a table.

        Returns
        -------
        table
            One row per pair of groups: ``from``, ``to``, ``observed``, ``expected``, ``sd``, ``p_lower``, ``p_upper``,
            ``p`` (two-sided), ``p_holm`` and ``p_bh``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcab"), list("bcade")), directed=False)
        >>> wn.inference.join_count(net, by=list("xxxyy"), seed=1).to_frame()[["from", "to", "observed", "expected"]]
          from to  observed  expected
        0    x  x         3       1.5
        1    x  y         2       3.0
        2    y  y         0       0.5
        """
        return _frames.make(self._columns(), self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distributions of the pairs of groups that are farthest from what was expected.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram for each of at most six pairs, by how many standard deviations lie between. Draws at least as
            high (or low) as what was observed are dark.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcab"), list("bcade")), directed=False)
        >>> wn.inference.join_count(net, by=list("xxxyy"), seed=1).plot()
        <Picture: ties, drawn at random and observed: x - x, x - y, y - y>
        """
        away = np.abs(self.observed - self.expected)
        far = np.divide(away, self.sd, out=np.zeros(len(away)), where=self.sd > 0)
        mark = "→" if self.directed else "-"
        rows = [
            Drawn(
                f"{self.groups[self.sender[at]]} {mark} {self.groups[self.receiver[at]]}",
                float(self.observed[at]),
                self.distribution[:, at],
                f"p {shown_p(float(self.p_two_sided[at]))}",
            )
            for at in np.argsort(-far, kind="stable")[:SHOWN].tolist()
        ]
        return distributions(rows, "ties", title, float(width))

    def __repr__(self) -> str:
        lowest = shown_p(float(np.nanmin(self.p_holm)))
        return (
            f"<JoinCount: {self.observed.sum():,} ties among {len(self.groups):,} groups ({self.by}), "
            f"{len(self.observed):,} pairs, lowest adjusted p {lowest} (Holm) of {self.permutations:,} permutations, "
            f"seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        columns = {name: getattr(column, "tolist", lambda c=column: c)() for name, column in self._columns().items()}
        caption = (
            f"Join counts by {self.by}: {self.dyads:,} dyads, {self.permutations:,} permutations (seed {self.seed}). "
            f"{self.null} Corresponds to {self.peers}"
        )
        return table_html(list(columns), zip(*columns.values(), strict=True), caption) + recipe_html(self.recipe)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ties each pair of groups has."""

    codes: NDArray[np.intp]
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    pair: NDArray[np.intp]  # the place in the result of each two groups

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return max(len(self.source), self.pair.size)

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Put the groups in each order."""
        permuted, size = self.codes[orders], int(self.pair.max()) + 1
        pairs = self.pair[permuted[:, self.source], permuted[:, self.target]]
        pairs += size * np.arange(len(orders))[:, None]
        counts = np.bincount(pairs.ravel(), minlength=size * len(orders))
        return counts.reshape(len(orders), size).astype(np.float64)


def join_count(
    net: Network,
    *,
    by: str | ArrayLike,
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> JoinCount:
    """Join counts: whether ties within and between groups are more or fewer than chance, by permutation.

    Parameters
    ----------
    net : Network
        The network.
    by : str, or array of shape (n,)
        The groups: an attribute of the network, or a group for each actor in the order of ``net.labels``.
    permutations : int
        How many random orders of the groups.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    JoinCount
        For each pair of groups (ordered in a directed network) the number of ties, what is expected, and p-values,
        also adjusted for the number of pairs.

    Raises
    ------
    ArgumentError
        There is not one group for each actor.
    ColumnError
        The network has no such attribute.
    LabelError
        An actor has no group.
    ModelError
        All actors are in one group.
    SmallNetworkError
        There are no ties.
    ModeError
        The network has two modes.
    ExecutorError
        The executor died.

    Notes
    -----
    The ties stay and the groups are put in random order; where actors did not answer, those of actors who answered
    among these, and those of the others: since groups that answer less often have fewer ties reported. With m ties and
    n(k) actors in group k, the mean over all orders is m·n(k)·(n(l) - [k = l]) ÷ (n·(n - 1)), and twice that for two
    groups in an undirected network; with silent actors it is added up over both kinds of actors. The null
    hypothesis is that the groups are spread over the actors without regard to the ties. Two-sided: twice the smaller of
    the other two p-values. The tests of different pairs depend on each other; Holm's adjustment holds all the same.

    Values are not read. Self-ties are not read. Isolates count among the actors. Dyads that were not observed stay
    where they are, as the ties do.

    O(permutations × (n + m + g²)) time for g groups. The same seed gives the same bits with any executor.

    Peers: UCINET has join counts for categorical attributes. R's spdep (``joincount.mc``) tests ties within
    groups.

    References
    ----------
    Cliff, A. D. & Ord, J. K. (1981). Spatial Processes: Models and Applications. Pion.

    Moran, P. A. P. (1948). The interpretation of statistical maps. Journal of the Royal Statistical Society B 10,
    243-251. https://doi.org/10.1111/j.2517-6161.1948.tb00012.x

    Examples
    --------
    A triangle of x, with a y attached to two of them. Of 10 pairs of actors 3 are of x, and of 5 ties all 3 are there.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcab"), list("bcade")), directed=False)
    >>> found = wn.inference.join_count(net, by=list("xxxyy"), seed=1)
    >>> found.observed
    array([3, 2, 0])
    >>> found.expected
    array([1.5, 3. , 0.5])
    """
    core = core_of(net)
    codes, names = groups_in(by, "by", net)
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    if core.n_ties == 0:
        msg = "join_count counts ties, and this network has none"
        raise SmallNetworkError(msg)
    number, n = len(names), net.n_actors
    if number <= 1:
        msg = f"all {n:,} actors are in one group of {named(by, 'by')!r}, so that nothing can be compared"
        raise ModelError(msg)
    sender, receiver, pair = _pairs(number, directed=core.directed)
    source, target, _ = core.ties()
    statistic = Counts(codes, source.astype(np.intp), target.astype(np.intp), pair)
    among = strata(net)
    found = drawn(Permuted(statistic, n, seed, among), permutations, seed=seed, executor=executor, progress=progress)
    observed = statistic(np.arange(n)[None, :])[0]
    dyads = _dyads(codes, sender, receiver, directed=core.directed)
    lower, upper, both = p_values(np.where(dyads > 0, observed, np.nan), found, symmetric=False)
    return JoinCount(
        groups=tuple(names),
        sender=sender,
        receiver=receiver,
        observed=observed.astype(np.int64),
        expected=_expected(statistic, among, number)[sender, receiver],
        sd=found.std(axis=0),
        p_lower=lower,
        p_upper=upper,
        p_two_sided=both,
        p_holm=adjust(both),
        p_bh=adjust(both, method="bh"),
        distribution=found,
        permutations=permutations,
        seed=seed,
        directed=core.directed,
        by=named(by, "by"),
        dyads=core.observed_dyads,
        null=NULL,
        peers=PEERS,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _expected(statistic: Counts, among: tuple[NDArray[np.intp], ...], number: int) -> NDArray[np.float64]:
    """The mean number of ties between groups over all orders of the groups within strata."""
    stratum = np.empty(len(statistic.codes), dtype=np.intp)
    sizes = np.zeros((len(among), number))
    for place, actors in enumerate(among):
        stratum[actors] = place
        sizes[place] = np.bincount(statistic.codes[actors], minlength=number)
    ties = np.zeros((len(among), len(among)))
    np.add.at(ties, (stratum[statistic.source], stratum[statistic.target]), 1.0)
    expected = np.zeros((number, number))
    for (one, other), count in np.ndenumerate(ties):
        if count:
            same = one == other
            pairs = np.outer(sizes[one], sizes[other]) - same * np.diag(sizes[one])
            expected += count * pairs / (sizes[one].sum() * (sizes[other].sum() - same))
    if statistic.pair[0, -1] == statistic.pair[-1, 0] and number > 1:
        # Undirected: a tie between two groups counts in whatever order they are.
        expected = expected + expected.T - np.diag(np.diag(expected))
    return expected


def _dyads(
    codes: NDArray[np.intp], sender: NDArray[np.intp], receiver: NDArray[np.intp], *, directed: bool
) -> NDArray[np.intp]:
    """Count the ordered pairs of actors between groups; in an undirected network both ways."""
    sizes, within = np.bincount(codes), sender == receiver
    dyads: NDArray[np.intp] = sizes[sender] * (sizes[receiver] - within) * np.where(within | directed, 1, 2)
    return dyads


def _pairs(number: int, *, directed: bool) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """List the pairs of groups, each once if undirected, and tell the place of each two groups in the list."""
    pair = np.empty((number, number), dtype=np.intp)
    if directed:
        sender, receiver = np.indices(pair.shape).reshape(2, -1)
    else:
        sender, receiver = np.triu_indices(number)
        pair[receiver, sender] = np.arange(len(sender))
    pair[sender, receiver] = np.arange(len(sender))
    return sender, receiver, pair
