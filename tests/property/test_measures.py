"""Laws and brute force on small random networks: directed or not, disconnected, partly observed."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import centrality, change, cohesion, mixing

# Sums of at most 42 terms of order 1: a few units in the 16th digit, with room to spare.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}
# The iteration stops at a residual of 1e-13; the error in the scores is that over the gap between eigenvalues.
ITERATED = {"rtol": 1e-7, "atol": 1e-7}

QUICK = settings(max_examples=100, deadline=None)


@st.composite
def matrices(draw, *, directed=None, missing=True, valued=False, smallest=1, largest=7):
    """Draw an adjacency matrix with 0, a value or NaN in each cell, and whether it is directed."""
    n = draw(st.integers(smallest, largest))
    directed = draw(st.booleans()) if directed is None else directed
    # Mostly empty, so that components, isolates and unreachable pairs are common.
    cells = [0.0, 0.0, 0.0, 1.0, 1.0]
    if valued:
        cells += [0.5, 2.0, 3.0, 4.0]
    if missing and draw(st.booleans()):
        cells += [np.nan]
    flat = draw(st.lists(st.sampled_from(cells), min_size=n * n, max_size=n * n))
    matrix = np.array(flat).reshape(n, n)
    silent = draw(st.lists(st.booleans(), min_size=n, max_size=n)) if missing and draw(st.booleans()) else []
    if directed:
        matrix[np.flatnonzero(silent)] = np.nan
    else:
        matrix[np.ix_(np.flatnonzero(silent), np.flatnonzero(silent))] = np.nan
        matrix = np.triu(matrix, 1)
        matrix = matrix + matrix.T
    np.fill_diagonal(matrix, 0)
    return matrix, directed


def network(matrix, directed):
    """Make the network of a matrix; in an undirected one, mark actors who did not answer where cells allow it."""
    silent = [] if directed else silent_in(matrix)
    if len(silent) < 2:
        return wn.Network.from_matrix(matrix, directed=directed)
    rows, columns = np.nonzero(np.triu(matrix))
    told = ~(np.isin(rows, silent) & np.isin(columns, silent))
    values = matrix[rows, columns]
    return wn.Network.from_edges(
        (rows[told], columns[told]),
        pd.DataFrame({"actor": np.arange(len(matrix))}),
        weight=values[told] if (values[told] != 1).any() else None,
        directed=False,
        respondents=np.setdiff1d(np.arange(len(matrix)), silent),
    )


def silent_in(matrix):
    """Find actors among whom no dyad was observed."""
    silent = []
    for actor in np.argsort(-np.isnan(matrix).sum(axis=0), kind="stable"):
        if np.isnan(matrix[actor, silent]).all():
            silent.append(int(actor))
    return silent


def off(matrix):
    """Which cells are dyads, seen from both ends."""
    return ~np.eye(len(matrix), dtype=bool)


def ties_of(matrix):
    """Ties read as paths and walks read them: an unobserved one is absent."""
    return np.nan_to_num(matrix)


def lengths_of(matrix, distance=None):
    """Floyd and Warshall's distances."""
    ties = ties_of(matrix)
    length = {None: lambda _: 1.0, "inverse": lambda value: 1 / value, "value": lambda value: value}[distance]
    found = np.full(ties.shape, np.inf)
    for i, j in zip(*np.nonzero(ties), strict=True):
        found[i, j] = length(ties[i, j])
    np.fill_diagonal(found, 0)
    for via in range(len(found)):
        found = np.minimum(found, found[:, [via]] + found[[via], :])
    return found


def shortest_paths(matrix):
    """Yield every shortest path in steps, as a tuple of actors, found by walking on while it gets shorter."""
    found = lengths_of(matrix)

    def walk(path, target):
        if path[-1] == target:
            yield tuple(path)
            return
        here = path[-1]
        for step in np.flatnonzero(ties_of(matrix)[here]):
            if found[here, target] == 1 + found[step, target]:
                yield from walk([*path, int(step)], target)

    for source, target in permutations(range(len(found)), 2):
        if np.isfinite(found[source, target]):
            yield source, target, list(walk([source], target))


# Dyads ----------------------------------------------------------------------------------------------------


@QUICK
@given(matrices(valued=True))
def test_density_and_mean_degree_over_observed_dyads(drawn):
    matrix, directed = drawn
    net = network(matrix, directed)
    seen = off(matrix) & ~np.isnan(matrix)
    with np.errstate(invalid="ignore"):
        expected = np.float64(matrix[seen].sum()) / seen.sum()
        share = np.float64((matrix[seen] != 0).sum()) / seen.sum()
    assert_allclose(cohesion.density(net), expected, **CLOSE)
    assert_allclose(cohesion.mean_degree(net), share * (len(matrix) - 1) if len(matrix) > 1 else 0, **CLOSE)


@QUICK
@given(matrices())
def test_degrees_and_isolates(drawn):
    matrix, directed = drawn
    net, ties = network(matrix, directed), ties_of(matrix)
    out, into = ties.sum(axis=1), ties.sum(axis=0)
    assert_array_equal(centrality.degree(net, mode="out"), out)
    assert_array_equal(centrality.degree(net, mode="in"), into)
    assert_array_equal(centrality.degree(net), out + into if directed else out)
    assert cohesion.isolates(net) == ((out + into) == 0).sum()
    assert cohesion.active_actors(net) + cohesion.isolates(net) == len(matrix)
    limit = np.full(len(matrix), 1.0) if len(matrix) > 1 else np.array([np.nan])
    assert not (centrality.degree(net, normalized=True) > limit).any()


@QUICK
@given(matrices())
def test_dyad_census_and_reciprocity(drawn):
    matrix, directed = drawn
    net = network(matrix, directed)
    pairs = [(matrix[i, j], matrix[j, i]) for i, j in combinations(range(len(matrix)), 2)]
    sums = [a + b for a, b in pairs if not np.isnan(a + b)]
    mutual, asymmetric, null = (sum(one == number for one in sums) for number in (2, 1, 0))
    assert list(cohesion.dyad_census(net)["count"]) == [mutual, asymmetric, null]
    ties = 2 * mutual + asymmetric
    assert_allclose(cohesion.reciprocity(net), 2 * mutual / ties if ties else np.nan)
    assert_allclose(cohesion.reciprocity(net, kind="dyads"), mutual / (mutual + asymmetric) if ties else np.nan)


TRIADS = {
    "003": [],
    "012": [(0, 1)],
    "102": [(0, 1), (1, 0)],
    "021D": [(1, 0), (1, 2)],
    "021U": [(0, 1), (2, 1)],
    "021C": [(0, 1), (1, 2)],
    "111D": [(0, 2), (2, 0), (1, 2)],
    "111U": [(0, 2), (2, 0), (2, 1)],
    "030T": [(0, 1), (2, 1), (0, 2)],
    "030C": [(0, 1), (1, 2), (2, 0)],
    "201": [(0, 1), (1, 0), (1, 2), (2, 1)],
    "120D": [(1, 0), (1, 2), (0, 2), (2, 0)],
    "120U": [(0, 1), (2, 1), (0, 2), (2, 0)],
    "120C": [(0, 1), (1, 2), (0, 2), (2, 0)],
    "210": [(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)],
    "300": list(permutations(range(3), 2)),
}
# Each way of tying three actors, by its type: a type's ties, relabelled in all six ways.
SHAPES = {
    frozenset((order[a], order[b]) for a, b in ties): kind
    for kind, ties in TRIADS.items()
    for order in permutations(range(3))
}


@QUICK
@given(matrices())
def test_triad_census_by_looking_at_each_triad(drawn):
    assert len(SHAPES) == 64
    matrix, directed = drawn
    expected = dict.fromkeys(TRIADS, 0)
    for trio in combinations(range(len(matrix)), 3):
        part = matrix[np.ix_(trio, trio)]
        if not np.isnan(part).any():
            expected[SHAPES[frozenset(zip(*map(np.ndarray.tolist, np.nonzero(part)), strict=True))]] += 1
    census = cohesion.triad_census(network(matrix, directed))
    assert dict(zip(census["type"], census["count"], strict=True)) == expected


@QUICK
@given(matrices(valued=True), st.data())
def test_sector_density_by_looking_at_each_dyad(drawn, data):
    matrix, directed = drawn
    groups = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(matrix), max_size=len(matrix)))
    actors = pd.DataFrame({"actor": np.arange(len(matrix)), "group": groups})
    net = network(matrix, directed).with_actors(actors)
    table = mixing.sector_density(net, by="group")
    group = np.array(groups)
    for row in table.to_dict("records"):
        block = np.ix_(group == row["from"], group == row["to"])
        cells = matrix[block][off(matrix)[block] & ~np.isnan(matrix[block])]
        halves = 2 if not directed and row["from"] == row["to"] else 1
        assert row["dyads"] == len(cells) / halves
        assert_allclose(row["ties"], cells.sum() / halves, **CLOSE)
        assert_allclose(row["density"], cells.mean() if len(cells) else np.nan, **CLOSE)
    assert table["dyads"].sum() == net.missing.observed
    kinds = len(set(groups))
    assert len(table) == (kinds * kinds if directed else kinds * (kinds + 1) // 2)
    shares = mixing.composition(net, by="group")
    assert dict(zip(shares["group"], shares["actors"], strict=True)) == {one: groups.count(one) for one in set(groups)}


@QUICK
@given(matrices(directed=True), st.data())
def test_tie_change_by_looking_at_each_dyad(drawn, data):
    before, _ = drawn
    n = len(before)
    after, _ = data.draw(matrices(directed=True, smallest=n, largest=n))
    undirected = data.draw(st.booleans())
    if undirected:
        before, after = (np.triu(one, 1) + np.triu(one, 1).T for one in (before, after))
    shift = data.draw(st.integers(0, 3))
    order = data.draw(st.permutations(range(n)))
    # The second network has the labels shift … shift + n - 1, in some order.
    labels = [shift + one for one in order]
    first = network(before, not undirected)
    second = wn.Network.from_matrix(after, labels=labels, directed=not undirected)
    tally = {"kept": 0, "dissolved": 0, "new": 0, "never": 0}
    both = [label for label in range(n) if label in labels]
    for i, j in combinations(both, 2) if undirected else permutations(both, 2):
        had, has = before[i, j], after[labels.index(i), labels.index(j)]
        if not np.isnan(had + has):
            tally[{(1, 1): "kept", (1, 0): "dissolved", (0, 1): "new", (0, 0): "never"}[had, has]] += 1
    result = change.tie_change(first, second)
    assert {name: getattr(result, name) for name in tally} == tally
    listed = list(change.ties(first, second)["state"])
    assert {state: listed.count(state) for state in ("kept", "dissolved", "new")} == {
        state: tally[state] for state in ("kept", "dissolved", "new")
    }
    assert list(result.actors) == both
    # Turned round in time, what dissolved is new.
    back = change.tie_change(second, first)
    assert (back.kept, back.dissolved, back.new, back.never) == (
        result.kept,
        result.new,
        result.dissolved,
        result.never,
    )
    assert (set(back.joiners), set(back.leavers)) == (set(result.leavers), set(result.joiners))


# Paths ----------------------------------------------------------------------------------------------------


@QUICK
@given(matrices(valued=True))
def test_distances_by_floyd_and_warshall(drawn):
    matrix, directed = drawn
    net = network(matrix, directed)
    steps = lengths_of(matrix)
    assert_array_equal(cohesion.distances(net), steps)
    finite = steps[off(matrix) & np.isfinite(steps)]
    assert_allclose(cohesion.average_distance(net), finite.mean() if len(finite) else np.nan, **CLOSE)
    assert_array_equal(cohesion.diameter(net), finite.max() if len(finite) else np.nan)
    if net.valued:
        for distance in ("inverse", "value"):
            assert_allclose(cohesion.distances(net, distance=distance), lengths_of(matrix, distance), **CLOSE)


def closeness_of(found, unreachable):
    """Closeness from a row of distances for each actor."""
    n = len(found)
    scores = []
    longest = found[np.isfinite(found)].max()
    for actor, row in enumerate(found):
        others = np.delete(row, actor)
        reached = others[np.isfinite(others)]
        stand_in = {"n": n, "max+1": longest + 1 if longest else np.nan}.get(unreachable)
        if stand_in is not None:
            others = np.where(np.isfinite(others), others, stand_in)
            scores.append((n - 1) / others.sum() if n > 1 else np.nan)
        elif unreachable == "ignore":
            scores.append(len(reached) / reached.sum() if len(reached) else np.nan)
        else:
            scores.append(len(reached) / reached.sum() * len(reached) / (n - 1) if len(reached) else 0)
    return scores


@QUICK
@given(matrices(valued=True), st.sampled_from(["ignore", "scale", "n", "max+1"]))
def test_closeness_and_harmonic_from_distances(drawn, unreachable):
    matrix, directed = drawn
    net = network(matrix, directed)
    ties = ties_of(matrix)
    for mode, read in (("out", ties), ("in", ties.T), ("all", np.maximum(ties, ties.T))):
        found = lengths_of(read)
        assert_allclose(
            centrality.closeness(net, mode=mode, unreachable=unreachable), closeness_of(found, unreachable), **CLOSE
        )
        with np.errstate(divide="ignore"):
            inverse = np.where(off(found), 1 / found, 0).sum(axis=1)
        assert_allclose(centrality.harmonic(net, mode=mode), inverse, **CLOSE)
        if len(matrix) > 1:
            assert_allclose(centrality.harmonic(net, mode=mode, normalized=True), inverse / (len(matrix) - 1), **CLOSE)
    if net.valued and unreachable in {"ignore", "scale"}:
        for mode, read in (("out", ties), ("in", ties.T)):
            for distance in ("inverse", "value"):
                found = lengths_of(read, distance)
                got = centrality.closeness(net, mode=mode, unreachable=unreachable, distance=distance)
                assert_allclose(got, closeness_of(found, unreachable), **CLOSE)
                with np.errstate(divide="ignore"):
                    inverse = np.where(off(found), 1 / found, 0).sum(axis=1)
                assert_allclose(centrality.harmonic(net, mode=mode, distance=distance), inverse, **CLOSE)


@QUICK
@given(matrices())
def test_betweenness_by_listing_all_shortest_paths(drawn):
    matrix, directed = drawn
    n = len(matrix)
    expected = np.zeros(n)
    for _, _, paths in shortest_paths(matrix):
        for path in paths:
            expected[list(path[1:-1])] += 1 / len(paths)
    if not directed:
        expected /= 2
    net = network(matrix, directed)
    assert_allclose(centrality.betweenness(net), expected, **CLOSE)
    most = (n - 1) * (n - 2) / (1 if directed else 2)
    assert_allclose(centrality.betweenness(net, normalized=True), expected / most if most else [np.nan] * n, **CLOSE)


@QUICK
@given(matrices(valued=True, missing=False), st.sampled_from(["inverse", "value"]))
def test_betweenness_over_lengths_by_counting_paths(drawn, distance):
    matrix, directed = drawn
    net = network(matrix, directed)
    assume(net.valued)
    n, found = len(matrix), lengths_of(matrix, distance)
    length = np.where(matrix > 0, np.divide(1, matrix, where=matrix > 0, out=np.zeros_like(matrix)), np.inf)
    length = length if distance == "inverse" else np.where(matrix > 0, matrix, np.inf)

    def on_the_way(here, step, target):
        return here != step and np.isclose(found[here, target], length[here, step] + found[step, target], rtol=1e-12)

    def paths(here, target):
        """Sequences of actors from here to the target, over ties that bring it nearer."""
        if here == target:
            return [[here]]
        steps = [step for step in range(n) if np.isfinite(length[here, step]) and on_the_way(here, step, target)]
        return [[here, *rest] for step in steps for rest in paths(step, target)]

    expected = np.zeros(n)
    for source, target in permutations(range(n), 2):
        if np.isfinite(found[source, target]):
            listed = paths(source, target)
            for path in listed:
                expected[path[1:-1]] += 1 / len(listed)
    if not directed:
        expected /= 2
    assert_allclose(centrality.betweenness(net, distance=distance), expected, **CLOSE)


@QUICK
@given(matrices())
def test_components_from_reachability(drawn):
    matrix, directed = drawn
    net, ties = network(matrix, directed), ties_of(matrix)
    reach = np.isfinite(lengths_of(matrix))
    either = np.isfinite(lengths_of(np.maximum(ties, ties.T)))
    for kind, joined in (("weak", either), ("strong", reach & reach.T)):
        found = cohesion.components(net, kind=kind)
        assert_array_equal(found[:, None] == found[None, :], joined)
        sizes = np.bincount(found)
        assert (np.diff(sizes) <= 0).all()
        firsts = [int(np.flatnonzero(found == one)[0]) for one in range(len(sizes))]
        assert sorted(zip(-sizes, firsts, strict=True)) == list(zip(-sizes, firsts, strict=True))


# Triangles ------------------------------------------------------------------------------------------------


@QUICK
@given(matrices())
def test_transitivity_by_looking_at_each_triple(drawn):
    matrix, directed = drawn
    ties = ties_of(matrix)
    paths = [(i, k) for i, j, k in permutations(range(len(ties)), 3) if ties[i, j] and ties[j, k]]
    closed = sum(ties[i, k] for i, k in paths)
    assert_allclose(cohesion.transitivity(network(matrix, directed)), closed / len(paths) if paths else np.nan)


@QUICK
@given(matrices())
def test_local_clustering_by_looking_at_each_pair_of_partners(drawn):
    matrix, directed = drawn
    ties = ties_of(matrix)
    both = ties + ties.T
    expected = []
    for i in range(len(ties)):
        others = [j for j in range(len(ties)) if j != i]
        if directed:
            # Fagiolo: (A + Aᵀ)³(i, i) ÷ 2(d(d - 1) - 2b).
            degree, mutual = both[i].sum(), (ties[i] * ties[:, i]).sum()
            possible = 2 * (degree * (degree - 1) - 2 * mutual)
            found = np.linalg.matrix_power(both, 3)[i, i]
        else:
            partners = [j for j in others if ties[i, j]]
            possible = len(partners) * (len(partners) - 1) / 2
            found = sum(ties[j, k] for j, k in combinations(partners, 2))
        expected.append(found / possible if possible else np.nan)
    net = network(matrix, directed)
    assert_allclose(centrality.local_clustering(net), expected, **CLOSE)
    assert_allclose(centrality.local_clustering(net, isolates="zero"), np.nan_to_num(expected), **CLOSE)


# Walks ----------------------------------------------------------------------------------------------------


@QUICK
@given(matrices(valued=True))
def test_eigenvector_solves_its_equation(drawn):
    matrix, directed = drawn
    net, ties = network(matrix, directed), ties_of(matrix)
    scores = centrality.eigenvector(net)
    if not np.linalg.matrix_power((ties > 0).astype(int), len(ties)).any():
        # No ties, or no cycle.
        assert np.isnan(scores).all()
        return
    # The largest eigenvalue of a strong component each: numpy's of the whole matrix suffer where these are equal.
    parts = cohesion.components(net, kind="strong")
    blocks = [np.flatnonzero(parts == part) for part in range(parts.max() + 1)]
    largest = max(abs(np.linalg.eigvals(ties[np.ix_(block, block)])).max() for block in blocks)
    assert_allclose(ties.T @ scores, largest * scores, **ITERATED)
    assert (scores >= 0).all()
    assert scores.max() == 1
    assert_allclose(np.linalg.norm(centrality.eigenvector(net, scale="norm")), 1)
    # The limit from equal scores: 2²⁴ steps, where a chain of components of equal λ comes as near as 1 ÷ steps.
    step = ties.T + largest / 4 * np.eye(len(ties))
    for _ in range(24):
        step = step @ step
        step /= step.max()
    limit = step.sum(axis=1)
    assert_allclose(scores, limit / limit.max(), atol=1e-5)


@QUICK
@given(matrices(valued=True), st.sampled_from([0.0, 0.5, 0.85, 0.99]))
def test_pagerank_solves_its_equation(drawn, damping):
    matrix, directed = drawn
    ties = ties_of(matrix)
    n, out = len(ties), ties.sum(axis=1, keepdims=True)
    steps = np.where(out > 0, ties / np.where(out > 0, out, 1), 1 / n)
    expected = np.linalg.solve(np.eye(n) - damping * steps.T, np.full(n, (1 - damping) / n))
    assert_allclose(centrality.pagerank(network(matrix, directed), damping=damping), expected, rtol=1e-11)


# Laws -----------------------------------------------------------------------------------------------------

ACTORS = {
    "degree": centrality.degree,
    "strength": centrality.strength,
    "closeness": centrality.closeness,
    "closeness max+1": lambda net: centrality.closeness(net, unreachable="max+1"),
    "harmonic": centrality.harmonic,
    "betweenness": centrality.betweenness,
    "pagerank": centrality.pagerank,
    "local_clustering": centrality.local_clustering,
}
SCALARS = {
    "density": cohesion.density,
    "mean_degree": cohesion.mean_degree,
    "isolates": cohesion.isolates,
    "reciprocity": cohesion.reciprocity,
    "transitivity": cohesion.transitivity,
    "average_distance": cohesion.average_distance,
    "diameter": cohesion.diameter,
    "degree centralization": cohesion.centralization,
    "closeness centralization": lambda net: cohesion.centralization(net, measure="closeness"),
    "betweenness centralization": lambda net: cohesion.centralization(net, measure="betweenness"),
    "dyads": lambda net: list(cohesion.dyad_census(net)["count"]),
    "triads": lambda net: list(cohesion.triad_census(net)["count"]),
}


@QUICK
@given(matrices(valued=True), st.data())
def test_names_do_not_matter(drawn, data):
    matrix, directed = drawn
    order = data.draw(st.permutations(range(len(matrix))))
    net, renamed = network(matrix, directed), network(matrix[np.ix_(order, order)], directed)
    for name, measure in ACTORS.items():
        assert_allclose(measure(renamed), measure(net)[order], err_msg=name, **CLOSE)
    for name, measure in SCALARS.items():
        assert_allclose(measure(renamed), measure(net), err_msg=name, **CLOSE)
    assert_array_equal(cohesion.distances(renamed), cohesion.distances(net)[np.ix_(order, order)])


@QUICK
@given(matrices(directed=True, valued=True))
def test_turning_ties_round_swaps_in_and_out(drawn):
    matrix, _ = drawn
    net = network(matrix, directed=True)
    turned = net.reverse()
    for measure in (centrality.degree, centrality.strength, centrality.closeness, centrality.harmonic):
        assert_allclose(measure(turned, mode="in"), measure(net, mode="out"), **CLOSE)
        assert_allclose(measure(turned, mode="all"), measure(net, mode="all"), **CLOSE)
    assert_array_equal(cohesion.distances(turned), cohesion.distances(net).T)
    assert_allclose(centrality.betweenness(turned), centrality.betweenness(net), **CLOSE)
    assert_allclose(centrality.local_clustering(turned), centrality.local_clustering(net), **CLOSE)
    for kind in ("weak", "strong"):
        assert_array_equal(cohesion.components(turned, kind=kind), cohesion.components(net, kind=kind))
    for measure in ("degree", "closeness"):
        assert_allclose(
            cohesion.centralization(turned, measure=measure, mode="in"),
            cohesion.centralization(net, measure=measure, mode="out"),
            **CLOSE,
        )
    for name in ("density", "mean_degree", "isolates", "reciprocity", "transitivity", "average_distance", "diameter"):
        assert_allclose(SCALARS[name](turned), SCALARS[name](net), err_msg=name, **CLOSE)
    assert SCALARS["dyads"](turned) == SCALARS["dyads"](net)
    counts = dict(zip(TRIADS, SCALARS["triads"](net), strict=True))
    swapped = [kind.translate(str.maketrans("DU", "UD")) for kind in TRIADS]
    assert SCALARS["triads"](turned) == [counts[kind] for kind in swapped]


@QUICK
@given(matrices(directed=True, valued=True))
def test_symmetrizing_keeps_what_was_not_observed(drawn):
    matrix, _ = drawn
    net = network(matrix, directed=True).symmetrize("union", one_report="missing")
    # NaN where either side was not observed.
    plain = network(np.maximum(matrix, matrix.T), directed=False)
    for name, measure in SCALARS.items():
        assert_allclose(measure(net), measure(plain), err_msg=name, **CLOSE)


@QUICK
@given(matrices(directed=False, valued=True))
def test_an_undirected_network_is_one_of_mutual_ties(drawn):
    matrix, _ = drawn
    net, mutual = network(matrix, directed=False), network(matrix, directed=True)
    assert_allclose(centrality.degree(mutual), 2 * centrality.degree(net))
    for measure in (centrality.closeness, centrality.harmonic, centrality.pagerank, centrality.local_clustering):
        assert_allclose(measure(mutual), measure(net), **CLOSE)
    assert_allclose(centrality.betweenness(mutual), 2 * centrality.betweenness(net), **CLOSE)
    for name in ("density", "mean_degree", "isolates", "reciprocity", "transitivity", "average_distance", "diameter"):
        assert_allclose(SCALARS[name](mutual), SCALARS[name](net), err_msg=name, **CLOSE)
    for name in ("dyads", "triads"):
        assert SCALARS[name](mutual) == SCALARS[name](net)


@QUICK
@given(matrices(valued=True))
def test_limits(drawn):
    matrix, directed = drawn
    net = network(matrix, directed)
    for scores in (
        centrality.degree(net, normalized=True),
        centrality.closeness(net),
        centrality.closeness(net, unreachable="scale"),
        centrality.closeness(net, unreachable="max+1"),
        centrality.harmonic(net, normalized=True),
        centrality.betweenness(net, normalized=True),
        centrality.local_clustering(net),
        centrality.pagerank(net),
    ):
        defined = scores[~np.isnan(scores)]
        assert ((defined >= 0) & (defined <= 1 + 1e-12)).all()
    modes = {"degree": ["in", "out", "all"], "closeness": ["in", "out"], "betweenness": [None]}
    for measure, allowed in modes.items():
        for mode in allowed:
            index = cohesion.centralization(net, measure=measure, mode=mode)
            assert np.isnan(index) or -1e-12 <= index <= 1 + 1e-12
    assert_allclose(centrality.pagerank(net).sum(), 1, rtol=1e-14)


@QUICK
@given(matrices(valued=True, missing=False), st.sampled_from([0.25, 3.0, 1024.0]))
def test_the_unit_of_values(drawn, unit):
    matrix, directed = drawn
    net, scaled = network(matrix, directed), network(matrix * unit, directed)
    assume(net.valued and scaled.valued)
    assert_allclose(centrality.strength(scaled), unit * centrality.strength(net), **CLOSE)
    assert_allclose(cohesion.density(scaled), unit * cohesion.density(net), **CLOSE)
    assert_allclose(centrality.pagerank(scaled), centrality.pagerank(net), **CLOSE)
    for measure in (centrality.closeness, centrality.harmonic):
        assert_allclose(measure(scaled, distance="inverse"), unit * measure(net, distance="inverse"), **CLOSE)
        assert_allclose(measure(scaled, distance="value"), measure(net, distance="value") / unit, **CLOSE)
    for name in ("mean_degree", "reciprocity", "transitivity", "average_distance", "degree centralization"):
        assert_allclose(SCALARS[name](scaled), SCALARS[name](net), err_msg=name)
