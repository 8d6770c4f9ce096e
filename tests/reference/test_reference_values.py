"""Values that R's sna and igraph, Python's networkx and igraph, and UCINET computed on classical data sets.

Each reference names the call that made it. Every call of a function that corresponds to one of our measures is either
compared to 1e-9, or stands in ONLY or DIFFERENT with the reason why our number is meant to be another.
"""

import csv
import json
import re
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import centrality, cohesion, mixing

SHARED = Path(__file__).parents[3] / "shared"
if not (SHARED / "reference").is_dir():
    pytest.skip("the reference values in ../shared are not here", allow_module_level=True)

AGREES = {"rtol": 1e-9, "atol": 1e-9}


class Case:
    """A network of the lab with what is derived from it."""

    def __init__(self, reference):
        folder = SHARED / "data" / reference["dataset"]
        with (folder / "nodes.csv").open(encoding="utf-8") as file:
            order = [row["id"] for row in csv.DictReader(file)]
        with (folder / "edges.csv").open(encoding="utf-8") as file:
            rows = [
                row
                for row in csv.DictReader(file)
                if (row["relation"], row["wave"]) == (reference["relation"], str(reference["wave"]))
            ]
        place = {label: position for position, label in enumerate(order)}
        self.directed = reference["directed"]
        self.groups = reference["cl"]
        self.net = wn.Network.from_edges(
            ([place[row["source"]] for row in rows], [place[row["target"]] for row in rows]),
            pd.DataFrame({"id": range(len(order)), "group": self.groups or "all"}),
            directed=self.directed,
        )
        self.n = self.net.n_actors
        # "u" in the calls: the ties without direction; "uc" its largest component.
        self.plain = self.net.symmetrize("union") if self.directed else self.net
        self.largest = self.plain.largest_component()

    def block(self, column):
        """A column of the sector densities, group by group."""
        table = mixing.sector_density(self.net, by="group")
        return table[column].to_numpy().reshape(len(set(self.groups)), -1)


@cache
def case(name):
    """Load a reference file: the network, and the values by call."""
    reference = json.loads((SHARED / "reference" / f"{name}.json").read_text(encoding="utf-8"))
    return Case(reference), {one["call"]: one for one in reference["measures"]}


def numbers(value):
    """Read reference values; what is not a number is written as text there."""
    if isinstance(value, dict):
        return [numbers(one) for one in value.values()]
    return [numbers(one) for one in value] if isinstance(value, list) else float(value)


def reached(net):
    """How many others each actor can reach."""
    return np.isfinite(cohesion.distances(net)).sum(axis=1) - 1


def one_piece(c):
    """Whether everybody can reach everybody."""
    return bool((reached(c.net) == c.n - 1).all())


def counts(census):
    return list(census["count"])


def sizes(net, kind):
    return np.bincount(cohesion.components(net, kind=kind)).tolist()


def together(labels):
    """Which actors are in one part."""
    labels = np.asarray(labels)
    return (labels[:, None] == labels[None, :]).astype(float)


def per_reached(scores, net):
    """A score of r ÷ s, for r actors reached, as 1 ÷ s."""
    return scores / np.maximum(reached(net), 1)


# Rows of the triad census that an undirected network fills: 003, 102, 201, 300.
MUTUAL = [0, 2, 10, 15]

# Each call of a peer with ours.
MEASURES = {
    # networkx ---------------------------------------------------------------------------------------------
    "nx.density(g)": lambda c: cohesion.density(c.net),
    # ÷ (n - 1) whatever the direction.
    "nx.degree_centrality(g)": lambda c: centrality.degree(c.net) / (c.n - 1),
    "nx.closeness_centrality(g)": lambda c: centrality.closeness(c.net, mode="in", unreachable="scale"),
    "nx.closeness_centrality(g, wf_improved=False)": lambda c: np.nan_to_num(centrality.closeness(c.net, mode="in")),
    "nx.closeness_centrality(g.reverse() if dir else g)": lambda c: centrality.closeness(c.net, unreachable="scale"),
    "nx.harmonic_centrality(g)": lambda c: centrality.harmonic(c.net, mode="in"),
    "nx.betweenness_centrality(g, normalized=False)": lambda c: centrality.betweenness(c.net),
    "nx.betweenness_centrality(g)": lambda c: centrality.betweenness(c.net, normalized=True),
    "nx.betweenness_centrality(u, normalized=False)": lambda c: centrality.betweenness(c.plain),
    "nx.eigenvector_centrality_numpy(g)": lambda c: centrality.eigenvector(c.net, scale="norm"),
    "nx.pagerank(g, tol=1e-14, max_iter=1000)": lambda c: centrality.pagerank(c.net),
    "nx.clustering(g)": lambda c: centrality.local_clustering(c.net, isolates="zero"),
    "nx.clustering(u)": lambda c: centrality.local_clustering(c.plain, isolates="zero"),
    "nx.average_clustering(g)": lambda c: centrality.local_clustering(c.net, isolates="zero").mean(),
    "nx.average_clustering(u)": lambda c: centrality.local_clustering(c.plain, isolates="zero").mean(),
    "nx.transitivity(u)": lambda c: np.nan_to_num(cohesion.transitivity(c.plain)),
    "nx.transitivity(g)": lambda c: np.nan_to_num(cohesion.transitivity(c.net)),
    "nx.triadic_census(g)": lambda c: counts(cohesion.triad_census(c.net)),
    "nx.overall_reciprocity(g)": lambda c: cohesion.reciprocity(c.net),
    "nx.number_connected_components(u)": lambda c: len(sizes(c.net, "weak")),
    "sorted(map(len, nx.strongly_connected_components(g)), reverse=True)": lambda c: sizes(c.net, "strong"),
    "nx.number_of_nonisomorphic_trees if False else nx.number_of_isolates(g)": lambda c: cohesion.isolates(c.net),
    "nx.global_efficiency(u)": lambda c: centrality.harmonic(c.plain, normalized=True).mean(),
    "nx.wiener_index(uc)": lambda c: (
        cohesion.average_distance(c.largest) * c.largest.n_actors * (c.largest.n_actors - 1) / 2
    ),
    "nx.average_shortest_path_length(uc)": lambda c: cohesion.average_distance(c.largest),
    "nx.diameter(uc)": lambda c: cohesion.diameter(c.largest),
    # igraph for Python ------------------------------------------------------------------------------------
    "ig.betweenness(directed=True)": lambda c: centrality.betweenness(c.net),
    "ig.betweenness(directed=False)": lambda c: centrality.betweenness(c.plain),
    "ig.closeness(mode='out', normalized=True)": lambda c: centrality.closeness(c.net),
    "ig.closeness(mode='in', normalized=True)": lambda c: centrality.closeness(c.net, mode="in"),
    "ig.closeness(mode='all', normalized=True)": lambda c: centrality.closeness(c.net, mode="all"),
    "ig.harmonic_centrality(mode='out')": lambda c: centrality.harmonic(c.net, normalized=True),
    "ig.pagerank()": lambda c: centrality.pagerank(c.net),
    "ig.transitivity_undirected()": lambda c: cohesion.transitivity(c.plain),
    "ig.transitivity_local_undirected()": lambda c: centrality.local_clustering(c.plain),
    "ig.transitivity_avglocal_undirected()": lambda c: np.nanmean(centrality.local_clustering(c.plain)),
    "ig.reciprocity()": lambda c: cohesion.reciprocity(c.net),
    "ig.reciprocity(mode='ratio')": lambda c: cohesion.reciprocity(c.net, kind="dyads"),
    "list(ig.dyad_census())": lambda c: counts(cohesion.dyad_census(c.net)),
    "list(ig.triad_census())": lambda c: counts(cohesion.triad_census(c.net)),
    "ig.diameter(directed=dir)": lambda c: cohesion.diameter(c.net),
    "ig.average_path_length(directed=dir)": lambda c: cohesion.average_distance(c.net),
    # sna --------------------------------------------------------------------------------------------------
    "sna::gden(g, mode = gm)": lambda c: cohesion.density(c.net),
    "sna::dyad.census(g)": lambda c: [counts(cohesion.dyad_census(c.net))],
    "sna::mutuality(g)": lambda c: counts(cohesion.dyad_census(c.net))[:1],
    "sna::triad.census(g, mode = gm)": lambda c: [
        [counts(cohesion.triad_census(c.net))[kind] for kind in (range(16) if c.directed else MUTUAL)]
    ],
    "sna::isolates(g)": lambda c: (np.flatnonzero(centrality.degree(c.net) == 0) + 1).tolist(),
    "sna::degree(g, gmode = gm, cmode = 'freeman')": lambda c: centrality.degree(c.net),
    "sna::degree(g, gmode = gm, cmode = 'indegree')": lambda c: centrality.degree(c.net, mode="in"),
    "sna::degree(g, gmode = gm, cmode = 'outdegree')": lambda c: centrality.degree(c.net, mode="out"),
    "sna::betweenness(g, gmode = gm, cmode = cm)": lambda c: centrality.betweenness(c.net),
    "sna::betweenness(g, gmode = 'digraph', cmode = 'undirected')": lambda c: centrality.betweenness(c.plain),
    # 0 for whoever can't reach everybody.
    "sna::closeness(g, gmode = gm, cmode = cm)": lambda c: np.where(
        reached(c.net) == c.n - 1, centrality.closeness(c.net), 0
    ),
    "sna::closeness(g, gmode = 'digraph', cmode = 'undirected')": lambda c: np.where(
        reached(c.plain) == c.n - 1, centrality.closeness(c.plain), 0
    ),
    "sna::closeness(g, gmode = gm, cmode = if (gm == 'graph') 'suminvundir' else 'suminvdir')": lambda c: (
        centrality.harmonic(c.net, normalized=True)
    ),
    # The mean of 1 ÷ distance over the actors reached.
    "sna::closeness(g, gmode = gm, cmode = 'gil-schmidt')": lambda c: per_reached(centrality.harmonic(c.net), c.net),
    # sna reads outgoing ties.
    "sna::evcent(g, gmode = gm)": lambda c: centrality.eigenvector(c.net.reverse(), scale="norm"),
    "sna::prestige(g, gmode = gm, cmode = 'eigenvector')": lambda c: centrality.eigenvector(c.net, scale="norm"),
    "sna::prestige(g, gmode = gm, cmode = 'domain')": lambda c: reached(c.net.reverse()),
    # 0 for whom not everybody can reach.
    "sna::prestige(g, gmode = gm, cmode = 'domain.proximity')": lambda c: np.where(
        reached(c.net.reverse()) == c.n - 1, centrality.closeness(c.net, mode="in", unreachable="scale"), 0
    ),
    "sna::centralization(g, sna::degree, mode = gm)": lambda c: cohesion.centralization(c.net),
    "sna::centralization(g, sna::degree, mode = gm, cmode = 'indegree')": lambda c: cohesion.centralization(
        c.net, mode="in"
    ),
    "sna::centralization(g, sna::degree, mode = gm, cmode = 'outdegree')": lambda c: cohesion.centralization(
        c.net, mode="out"
    ),
    "sna::centralization(g, sna::betweenness, mode = gm)": lambda c: cohesion.centralization(
        c.net, measure="betweenness"
    ),
    "sna::centralization(g, sna::closeness, mode = gm)": lambda c: cohesion.centralization(c.net, measure="closeness"),
    # The numerator: the index times its denominator.
    "sna::centralization(g, sna::degree, mode = gm, normalize = FALSE)": lambda c: (
        cohesion.centralization(c.net) * (c.n - 1) * (c.n - 2) * (2 if c.directed else 1)
    ),
    "sna::centralization(g, sna::betweenness, mode = gm, normalize = FALSE)": lambda c: (
        cohesion.centralization(c.net, measure="betweenness") * (c.n - 1) ** 2 * (c.n - 2) / (1 if c.directed else 2)
    ),
    "sna::gtrans(g, mode = gm, measure = 'weak')": lambda c: cohesion.transitivity(c.net),
    "sna::grecip(g, measure = 'dyadic.nonnull')": lambda c: [cohesion.reciprocity(c.net, kind="dyads")],
    "sna::grecip(g, measure = 'edgewise')": lambda c: [cohesion.reciprocity(c.net)],
    "sna::component.dist(g, connected = 'weak')": lambda c: together(cohesion.components(c.net)),
    "sna::component.dist(g, connected = 'strong')": lambda c: together(cohesion.components(c.net, kind="strong")),
    "sna::geodist(g)$gdist": lambda c: cohesion.distances(c.net),
    "sna::reachability(g)": lambda c: np.isfinite(cohesion.distances(c.net)) * 1,
    "sna::blockmodel(g, as.integer(factor(cl)))$block.model": lambda c: c.block("density"),
    # igraph for R -----------------------------------------------------------------------------------------
    "igraph::degree(ig, mode = 'all')": lambda c: centrality.degree(c.net),
    "igraph::degree(ig, mode = 'in')": lambda c: centrality.degree(c.net, mode="in"),
    "igraph::degree(ig, mode = 'out')": lambda c: centrality.degree(c.net, mode="out"),
    "igraph::strength(ig, mode = 'all')": lambda c: centrality.strength(c.net),
    "igraph::betweenness(ig, directed = TRUE, weights = NA)": lambda c: centrality.betweenness(c.net),
    "igraph::betweenness(ig, directed = FALSE, weights = NA)": lambda c: centrality.betweenness(c.plain),
    "igraph::betweenness(ig, directed = dir, weights = NA, normalized = TRUE)": lambda c: centrality.betweenness(
        c.net, normalized=True
    ),
    # Without normalization: 1 ÷ sum of distances.
    "igraph::closeness(ig, mode = 'out', weights = NA)": lambda c: per_reached(centrality.closeness(c.net), c.net),
    "igraph::closeness(ig, mode = 'in', weights = NA)": lambda c: per_reached(
        centrality.closeness(c.net, mode="in"), c.net.reverse()
    ),
    "igraph::closeness(ig, mode = 'all', weights = NA)": lambda c: per_reached(
        centrality.closeness(c.net, mode="all"), c.plain
    ),
    "igraph::closeness(ig, mode = 'out', weights = NA, normalized = TRUE)": lambda c: centrality.closeness(c.net),
    "igraph::harmonic_centrality(ig, mode = 'out', weights = NA)": lambda c: centrality.harmonic(c.net),
    "igraph::harmonic_centrality(ig, mode = 'in', weights = NA)": lambda c: centrality.harmonic(c.net, mode="in"),
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$vector": lambda c: centrality.eigenvector(c.net),
    "igraph::page_rank(ig, damping = 0.85, weights = NA)$vector": lambda c: centrality.pagerank(c.net),
    "igraph::transitivity(ig, type = 'global')": lambda c: cohesion.transitivity(c.plain),
    "igraph::transitivity(ig, type = 'local')": lambda c: centrality.local_clustering(c.plain),
    "igraph::transitivity(ig, type = 'localaverage')": lambda c: np.nanmean(centrality.local_clustering(c.plain)),
    "igraph::transitivity(ig, type = 'localaverage', isolates = 'zero')": lambda c: centrality.local_clustering(
        c.plain, isolates="zero"
    ).mean(),
    "igraph::reciprocity(ig)": lambda c: cohesion.reciprocity(c.net),
    "igraph::reciprocity(ig, mode = 'ratio')": lambda c: cohesion.reciprocity(c.net, kind="dyads"),
    "igraph::edge_density(ig)": lambda c: cohesion.density(c.net),
    "igraph::diameter(ig, directed = dir, weights = NA)": lambda c: cohesion.diameter(c.net),
    "igraph::mean_distance(ig, directed = dir, unconnected = TRUE)": lambda c: cohesion.average_distance(c.net),
    "igraph::distances(ig, mode = 'out', weights = NA)": lambda c: cohesion.distances(c.net),
    "igraph::components(ig, mode = 'weak')$csize": lambda c: sizes(c.net, "weak"),
    "igraph::components(ig, mode = 'strong')$csize": lambda c: sizes(c.net, "strong"),
    "igraph::dyad_census(ig)": lambda c: counts(cohesion.dyad_census(c.net)),
    "igraph::triad_census(igraph::as.directed(ig, 'mutual'))": lambda c: counts(cohesion.triad_census(c.net)),
    "igraph::centr_degree(ig, mode = 'in', loops = FALSE)$centralization": lambda c: cohesion.centralization(
        c.net, mode="in"
    ),
    "igraph::centr_degree(ig, mode = 'out', loops = FALSE)$centralization": lambda c: cohesion.centralization(
        c.net, mode="out"
    ),
    "igraph::centr_betw(ig, directed = dir)$centralization": lambda c: cohesion.centralization(
        c.net, measure="betweenness"
    ),
    "igraph::centr_clo(ig, mode = 'out')$centralization": lambda c: cohesion.centralization(c.net, measure="closeness"),
}

# How a reference value becomes comparable, where it is not a number or an array in the order of actors.
READ = {
    "sna::component.dist(g, connected = 'weak')": lambda value: together(value["membership"]),
    "sna::component.dist(g, connected = 'strong')": lambda value: together(value["membership"]),
    # igraph numbers components by their first actor.
    "igraph::components(ig, mode = 'weak')$csize": lambda value: sorted(np.atleast_1d(value), reverse=True),
    "igraph::components(ig, mode = 'strong')$csize": lambda value: sorted(np.atleast_1d(value), reverse=True),
}

# Where a definition is ours only on some networks: which, and why not on the others.
ONLY = {
    "nx.transitivity(g)": (
        lambda c: not c.directed,
        "networkx counts triangles and triples of a directed network in a mix of directions",
    ),
    "nx.overall_reciprocity(g)": (lambda c: c.directed, "networkx says 0 for undirected networks, we 1"),
    "sna::centralization(g, sna::closeness, mode = gm)": (
        one_piece,
        "sna scores actors 0 who can't reach everybody; ours then counts n steps, or is undefined (undirected)",
    ),
    "igraph::centr_clo(ig, mode = 'out')$centralization": (
        one_piece,
        "igraph compares each actor with those it can reach only; NaN with actors who reach nobody",
    ),
    "ig.betweenness(directed=False)": (
        lambda c: not c.directed,
        "igraph reads a mutual tie as two parallel edges, so that paths along it count twice",
    ),
    "igraph::betweenness(ig, directed = FALSE, weights = NA)": (
        lambda c: not c.directed,
        "igraph reads a mutual tie as two parallel edges, so that paths along it count twice",
    ),
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$vector": (
        lambda c: not np.isnan(centrality.eigenvector(c.net)).any(),
        "krack_reports has no cycle, so that the largest eigenvalue is 0: igraph says 0 for all, we NaN",
    ),
}

# Calls of functions that have a measure of ours, in a definition that is not ours.
DIFFERENT = {
    "nx.betweenness_centrality(g, endpoints=True, normalized=False)": "counts the ends of a path as on it",
    "sna::betweenness(g, gmode = gm, cmode = 'endpoints')": "counts the ends of a path as on it",
    "sna::betweenness(g, gmode = gm, cmode = 'proximalsrc')": "counts the last actor before the target only",
    "sna::betweenness(g, gmode = gm, cmode = 'proximaltar')": "counts the first actor after the source only",
    "sna::betweenness(g, gmode = gm, cmode = 'proximalsum')": "the sum of the two",
    "sna::betweenness(g, gmode = gm, cmode = 'lengthscaled')": "weighs paths by 1 ÷ length",
    "sna::betweenness(g, gmode = gm, cmode = 'linearscaled')": "weighs paths by the position of the actor",
    "Re(sna::evcent(g, gmode = gm, use.eigen = TRUE))": "the sign is arbitrary; compared in absolute value below",
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$value": "the eigenvalue, not the scores",
    "sna::geodist(g)$counts": "the number of shortest paths, not their length",
    "sna::centralization(g, sna::evcent, mode = gm)": "centralizes a measure whose maximum we do not publish",
    "sna::centralization(g, sna::graphcent, mode = gm)": "centralizes a measure that we do not have",
    "sna::centralization(g, sna::stresscent, mode = gm)": "centralizes a measure that we do not have; exceeds 1",
    "sna::gtrans(g, mode = gm, measure = 'strong')": "counts triples that are no two-path",
    "sna::gtrans(g, mode = gm, measure = 'weakcensus')": "a count, of which 'weak' is the share",
    "sna::gtrans(g, mode = gm, measure = 'strongcensus')": "a count, of which 'strong' is the share",
    "sna::gtrans(g, mode = gm, measure = 'rank')": "for valued ties",
    "sna::gtrans(g, mode = gm, measure = 'correlation')": "a correlation of ties and two-paths",
    "sna::grecip(g, measure = 'dyadic')": "counts pairs without a tie as reciprocal",
    "sna::grecip(g, measure = 'edgewise.lrr')": "the logarithm of reciprocity ÷ density",
    "sna::grecip(g, measure = 'correlation')": "a correlation of the two ties of a pair",
    "igraph::centr_degree(ig, mode = 'all')$centralization": "allows for self-ties in the denominator",
    "nx.attribute_mixing_matrix(g, 'grp').tolist()": "orders groups by chance; compared in any order below",
}

FILES = sorted(path.stem for path in (SHARED / "reference").glob("*_*.json"))
# The first function of a call, with its package.
FUNCTION = re.compile(r"(?:sna|igraph)::[\w.]+|(?:nx|ig)\.[\w.]+")


def comparisons():
    """Every reference value that one of MEASURES should give, unless the peer gave an error."""
    for name in FILES:
        c, values = case(name)
        for call in MEASURES:
            applies, _ = ONLY.get(call, (lambda _: True, ""))
            if "value" in values.get(call, {}) and applies(c):
                yield pytest.param(name, call, id=f"{name} {call}")


def both(name, call):
    """Ours and theirs."""
    c, values = case(name)
    return np.asarray(MEASURES[call](c), dtype=float), np.asarray(READ.get(call, numbers)(values[call]["value"]))


@pytest.mark.parametrize(("name", "call"), list(comparisons()))
def test_agrees(name, call):
    assert_allclose(*both(name, call), **AGREES)


@pytest.mark.parametrize("call", ONLY)
def test_where_a_definition_is_not_ours_the_values_differ(call):
    applies, _ = ONLY[call]
    names = [name for name in FILES if "value" in case(name)[1].get(call, {}) and not applies(case(name)[0])]
    assert any(not np.allclose(*both(name, call), **AGREES) for name in names)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("sna")])
def test_eigenvector_up_to_sign(name):
    c, values = case(name)
    ours = centrality.eigenvector(c.net.reverse(), scale="norm")
    if not np.isnan(ours).any():
        theirs = np.abs(numbers(values["Re(sna::evcent(g, gmode = gm, use.eigen = TRUE))"]["value"]))
        assert_allclose(ours, theirs, **AGREES)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("py")])
def test_mixing_in_any_order_of_groups(name):
    c, values = case(name)
    if "nx.attribute_mixing_matrix(g, 'grp').tolist()" not in values:
        return
    theirs = np.array(numbers(values["nx.attribute_mixing_matrix(g, 'grp').tolist()"]["value"]))
    ours = c.block("ties") / c.net.n_ties
    orders = permutations(range(len(ours)))
    assert any(np.allclose(ours[np.ix_(order, order)], theirs, **AGREES) for order in orders)


def test_every_call_of_such_a_function_is_accounted_for():
    functions = {FUNCTION.search(call)[0] for call in MEASURES}
    calls = {call for name in FILES for call in case(name)[1]}
    there = {call for call in calls if (found := FUNCTION.search(call)) and found[0] in functions}
    assert there <= MEASURES.keys() | DIFFERENT.keys()
    # Nothing stands here that the references do not hold.
    assert MEASURES.keys() | DIFFERENT.keys() <= calls


def wiener(net):
    """The sum of all finite distances."""
    found = cohesion.distances(net)
    return found[np.isfinite(found)].sum()


def share(net, row):
    count = cohesion.dyad_census(net)["count"]
    return count[row] / count.sum()


# What UCINET's table "Multiple measures" calls our measures.
UCINET = {
    "# of nodes": lambda net: net.n_actors,
    "# of ties": lambda net: net.n_ties,
    "Avg Degree": cohesion.mean_degree,
    "Deg Centralization": lambda net: cohesion.centralization(net.symmetrize("union")),
    "Out-Centralization": lambda net: cohesion.centralization(net, mode="out"),
    "In-Centralization": lambda net: cohesion.centralization(net, mode="in"),
    "Density": cohesion.density,
    "Components": lambda net: len(sizes(net, "strong")),
    "Largest Component": lambda net: sizes(net, "strong")[0],
    "Transitivity/Closure": cohesion.transitivity,
    "Avg Distance": cohesion.average_distance,
    "Diameter": cohesion.diameter,
    "Wiener Index": wiener,
    "Compactness": lambda net: centrality.harmonic(net, normalized=True).mean(),
    "Mutuals": lambda net: share(net, 0),
    "Asymmetrics": lambda net: share(net, 1),
    "Nulls": lambda net: share(net, 2),
    "Arc Reciprocity": cohesion.reciprocity,
    "Dyad Reciprocity": lambda net: cohesion.reciprocity(net, kind="dyads"),
}


@pytest.mark.parametrize("measure", UCINET)
@pytest.mark.parametrize("relation", ["advice", "friendship", "reports_to"])
def test_agrees_with_ucinet(relation, measure):
    table = json.loads((SHARED / "reference" / "ucinet.json").read_text(encoding="utf-8"))
    c = Case({"dataset": table["dataset"], "relation": relation, "wave": 1, "directed": True, "cl": None})
    # UCINET computes in single precision.
    assert_allclose(UCINET[measure](c.net), table["networks"][relation][measure], rtol=2e-6)
