"""The table of whole-network measures that UCINET prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_actors, unvalued
from wholenet._results import table_of
from wholenet._shared import distance_counts, shared
from wholenet.centrality import coreness
from wholenet.cohesion._centralization import centralization
from wholenet.cohesion._closure import reciprocity, transitivity
from wholenet.cohesion._density import density, mean_degree
from wholenet.cohesion._distances import average_distance, diameter
from wholenet.cohesion._reach import breadth, compactness

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["whole_network"]

NEAR = 3


def whole_network(net: Network, *, progress: bool = True) -> IntoDataFrame:
    """Whole-network measures: the 33 numbers of UCINET's table "Multiple measures".

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        33 rows in UCINET's order: ``ucinet``, its name; ``measure``, what gives the number here; ``value``. In the
        kind of table that the network came from.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Names are UCINET's where ours mean something else: its connectedness and fragmentation are the shares of *ordered*
    pairs with and without a path, and its components are strong. D is the density, d a distance, and p the number of
    ordered pairs that a path joins.

    ====================== =========================================================================================
    measure                definition
    ====================== =========================================================================================
    Indeg H-Index          the largest h such that h actors have in-degree h or more
    K-core index           the largest coreness in the undirected network
    Indeg Corr, Outdeg …   correlation over ordered pairs of the tie with the difference (absolute) of their degrees
    Component Ratio        (strong components - 1) ÷ (n - 1)
    Transitivity Index     (transitivity - D) ÷ (1 - D)
    Reciprocity Index      (arc reciprocity - D) ÷ (1 - D)
    Prop within 3          share of ordered pairs with d ≤ 3
    SD Distance            population standard deviation over the p pairs
    Wiener Index           Σ d over the p pairs
    Dependency Sum         Wiener Index - p
    Small Worldness        (transitivity ÷ D) ÷ (L ÷ ((ln n - γ) ÷ ln k + ½)), with L the average distance, k the
                           mean degree and γ Euler's constant .5772 (Fronczak, Fronczak & Hołyst 2004); NaN where
                           some pair is not joined
    ====================== =========================================================================================

    A tie of an undirected network counts as two, as in UCINET's matrix. Values are not read. Self-ties are not read.
    What was not observed is left out where the measure named leaves it out (density, reciprocity, the census), and
    else read as absent; of pairs with one report that report counts in the undirected network. See ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst.

    Peers: agrees with UCINET 6 to its single precision on three directed networks of 21 actors.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Freeman, L. C. (2002). UCINET for Windows: software for social network analysis.
    Analytic Technologies.

    Fronczak, A., Fronczak, P. & Hołyst, J. A. (2004). Average path length in random networks. Physical Review E 70,
    056110. https://doi.org/10.1103/PhysRevE.70.056110

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"]))
    >>> table = wn.cohesion.whole_network(net)
    >>> table[table["ucinet"].isin(["Density", "Connectedness", "Arc Reciprocity"])].round(3)
                 ucinet                           measure  value
    10          Density                           density  0.500
    14    Connectedness  mean of reachability, off diagonal  0.667
    29  Arc Reciprocity                       reciprocity  0.667
    """
    needs_actors(core_of(net), "whole_network")
    plain = unvalued(net)
    with shared():
        rows = _rows(plain, core_of(plain), progress=progress)
    names, measures, values = zip(*rows, strict=True)
    columns = {"ucinet": list(names), "measure": list(measures), "value": [float(value) for value in values]}
    return table_of(net, columns)


def _rows(net: Network, core: _core.Network, *, progress: bool) -> list[tuple[str, str, float]]:
    n = core.n_actors
    pairs = n * (n - 1)
    ties = core.n_ties * (1 if core.directed else 2)
    counts = distance_counts(core, progress=progress)[1:].astype(float)
    steps = np.arange(1, len(counts) + 1)
    joined, wiener = counts.sum(), float(counts @ steps)
    average = average_distance(net, progress=progress)
    deviation = np.sqrt(counts @ (steps - average) ** 2 / joined) if joined else np.nan
    degree, share = mean_degree(net), density(net)
    closed, returned = transitivity(net), reciprocity(net)
    strong = np.bincount(_core.cohesion_components(core, "strong"))
    undirected = net.symmetrize("union", one_report="use") if net.directed else net
    indegree, outdegree = (_core.centrality_degree(core, mode, normalized=False) for mode in ("in", "out"))
    census = _core.cohesion_dyad_census(core)
    reached = _ratio(joined, pairs)
    dyads = sum(census)
    return [
        ("# of nodes", "net.n_actors", n),
        ("# of ties", "net.n_ties", ties),
        ("Avg Degree", "mean_degree", degree),
        ("Indeg H-Index", "h-index of centrality.degree", _h_index(indegree)),
        ("K-core index", "largest centrality.coreness, undirected", coreness(undirected).max()),
        ("Deg Centralization", "centralization, undirected", centralization(undirected)),
        ("Out-Centralization", "centralization(mode='out')", centralization(net, mode="out")),
        ("In-Centralization", "centralization(mode='in')", centralization(net, mode="in")),
        ("Indeg Corr", "correlation of ties with degree differences", _correlation(core, indegree)),
        ("Outdeg Corr", "correlation of ties with degree differences", _correlation(core, outdegree)),
        ("Density", "density", share),
        ("Components", "components(kind='strong')", len(strong)),
        ("Largest Component", "components(kind='strong')", strong[0]),
        ("Component Ratio", "components(kind='strong')", _ratio(len(strong) - 1, n - 1)),
        ("Connectedness", "mean of reachability, off diagonal", reached),
        ("Fragmentation", "1 - mean of reachability, off diagonal", 1 - reached),
        ("Transitivity/Closure", "transitivity", closed),
        ("Transitivity Index", "transitivity beyond density", _ratio(closed - share, 1 - share)),
        ("Avg Distance", "average_distance", average),
        ("Prop within 3", "mean of centrality.reach(k=3)", _ratio(counts[:NEAR].sum(), pairs)),
        ("SD Distance", "deviation of distances", deviation),
        ("Diameter", "diameter", diameter(net, progress=progress)),
        ("Wiener Index", "sum of distances", wiener),
        ("Dependency Sum", "sum of distances - 1", wiener - joined),
        ("Breadth", "breadth", breadth(net, progress=progress)),
        ("Compactness", "compactness", compactness(net, progress=progress)),
        ("Mutuals", "dyad_census", _ratio(census[0], dyads)),
        ("Asymmetrics", "dyad_census", _ratio(census[1], dyads)),
        ("Nulls", "dyad_census", _ratio(census[2], dyads)),
        ("Arc Reciprocity", "reciprocity", returned),
        ("Dyad Reciprocity", "reciprocity(kind='dyads')", reciprocity(net, kind="dyads")),
        ("Reciprocity Index", "reciprocity beyond density", _ratio(returned - share, 1 - share)),
        ("Small Worldness", "transitivity and average_distance", _small(n, degree, closed, share, average, reached)),
    ]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _h_index(degrees: NDArray[np.float64]) -> int:
    falling = np.sort(degrees)[::-1]
    return int((falling >= np.arange(1, len(falling) + 1)).sum())


def _correlation(core: _core.Network, degrees: NDArray[np.float64]) -> float:
    """Correlate, over ordered pairs, the tie with the size of the difference in degree."""
    n = core.n_actors
    source, target, _ = core.ties()
    twice = 1 if core.directed else 2
    # Over all pairs the sums follow from the sorted degrees.
    first = 2 * float(np.sort(degrees) @ (2.0 * np.arange(n) - (n - 1)))
    second = 2 * float(n * (degrees @ degrees) - degrees.sum() ** 2)
    pairs, ties = n * (n - 1), twice * len(source)
    both = twice * float(np.abs(degrees[source] - degrees[target]).sum())
    spread = (ties * pairs - ties**2) * (second * pairs - first**2)
    return (both * pairs - ties * first) / float(np.sqrt(spread)) if spread > 0 else float("nan")


def _small(n: int, degree: float, closed: float, share: float, average: float, reached: float) -> float:
    """Compare closure and distance with those of a random network of that size and mean degree."""
    if reached < 1 or degree <= 1:
        return float("nan")
    random = (np.log(n) - np.euler_gamma) / np.log(degree) + 0.5
    return float((closed / share) / (average / random))
