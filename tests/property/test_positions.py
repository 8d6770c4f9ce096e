"""Positions: definitions by brute force, laws, and peers."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

import wholenet as wn
from wholenet import positions, testing

# Sums of at most 50 terms of order 10.
CLOSE = {"rtol": 1e-10, "atol": 1e-10}
QUICK = settings(max_examples=60, deadline=None)


def profiles(matrix, modes, i, j):
    thirds = [k for k in range(len(matrix)) if k not in (i, j)]
    a, b = [], []
    if "out" in modes:
        a, b = [*matrix[i, thirds], matrix[i, j]], [*matrix[j, thirds], matrix[j, i]]
    if "in" in modes:
        a, b = [*a, *matrix[thirds, i], matrix[j, i]], [*b, *matrix[thirds, j], matrix[i, j]]
    return np.array(a), np.array(b)


@given(testing.networks(min_actors=2, missing=None, loops=None), st.sampled_from(["in", "out", "all"]))
@QUICK
def test_structural_equivalence_is_its_definition(net, mode):
    matrix = net.to_matrix()
    kinds = ("euclidean", "hamming", "jaccard")
    found = {kind: positions.structural_equivalence(net, mode=mode, kind=kind) for kind in kinds}
    correlations = positions.structural_equivalence(net, mode=mode, kind="correlation")
    modes = ("out",) if not net.directed else ("in", "out") if mode == "all" else (mode,)
    for i, j in product(range(net.n_actors), repeat=2):
        if i == j:
            continue
        a, b = profiles(matrix, modes, i, j)
        seen = ~(np.isnan(a) | np.isnan(b))
        total, a, b = len(a), a[seen], b[seen]
        if not len(a):
            assert all(np.isnan(one[i, j]) for one in found.values())
            continue
        assert_allclose(found["euclidean"][i, j], np.sqrt(((a - b) ** 2).sum() * total / len(a)), **CLOSE)
        assert_allclose(found["hamming"][i, j], (a != b).sum() * total / len(a), **CLOSE)
        either = ((a != 0) | (b != 0)).sum()
        share = ((a != 0) & (b != 0)).sum() / either if either else np.nan
        assert_allclose(found["jaccard"][i, j], share, **CLOSE)
        spread = len(set(a)) > 1 and len(set(b)) > 1
        assert_allclose(correlations[i, j], np.corrcoef(a, b)[0, 1] if spread else np.nan, **CLOSE)


@given(testing.networks(min_actors=2, missing=None), st.permutations(range(7)))
@QUICK
def test_structural_equivalence_follows_the_actors(net, order):
    order = [place for place in order if place < net.n_actors]
    again = positions.structural_equivalence(net.subset(net.labels[order]))
    assert_allclose(again, positions.structural_equivalence(net)[np.ix_(order, order)], **CLOSE)
    assert_allclose(positions.structural_equivalence(net.reverse()), positions.structural_equivalence(net), **CLOSE)


@given(st.integers(2, 9), st.integers(0, 2**32 - 1), st.sampled_from(["single", "complete", "average"]))
@QUICK
def test_hierarchy_is_scipys(n, seed, method):
    distances = np.random.default_rng(seed).random((n, n))
    distances = distances + distances.T
    np.fill_diagonal(distances, 0)
    ours, theirs = positions.hierarchy(distances, method=method), linkage(squareform(distances), method)
    assert_allclose(ours[:, 2:], theirs[:, 2:], **CLOSE)
    assert_array_equal(np.sort(ours[:, :2], axis=1), np.sort(theirs[:, :2], axis=1))


def contradictions(matrix, groups, k, types):
    total = 0
    for a, b in product(range(k), repeat=2):
        cells = [(i, j) for i in np.flatnonzero(groups == a) for j in np.flatnonzero(groups == b) if i != j]
        values = np.array([matrix[cell] for cell in cells])
        block = np.nan_to_num(matrix[np.ix_(groups == a, groups == b)]) * 1.0
        rows, columns = (block != 0).any(axis=1).sum(), (block != 0).any(axis=0).sum()
        cost = {
            "null": int(np.nansum(values != 0) - np.isnan(values).sum()) if len(values) else 0,
            "complete": int((values == 0).sum()),
            "regular": (block.shape[0] - rows) * block.shape[1] + (block.shape[1] - columns) * rows,
        }
        total += min(cost[kind] for kind in types)
    return total


@given(
    testing.networks(min_actors=2, max_actors=5, missing=None),
    st.integers(1, 3),
    st.sampled_from([("null", "complete"), ("null", "regular"), ("null", "complete", "regular")]),
)
@QUICK
def test_blockmodel_is_the_best_of_all_partitions(net, k, types):
    k, n = min(k, net.n_actors), net.n_actors
    matrix = net.to_matrix()
    every = [np.array(groups) for groups in product(range(k), repeat=n) if set(groups) == set(range(k))]
    best = min(contradictions(matrix, groups, k, types) for groups in every)
    found = positions.blockmodel(net, blocks=k, types=types, starts=40, seed=3)
    assert found.errors == best == contradictions(matrix, found.membership, k, types)
    assert (np.diff(np.bincount(found.membership, minlength=k)) <= 0).all()


@given(testing.networks(min_actors=3, missing=False))
@QUICK
def test_concor_starts_from_the_correlations(net):
    try:
        found = positions.concor(net, depth=2)
    except wn.WholenetError:
        return
    assert_array_equal(found.correlations, positions.structural_equivalence(net, kind="correlation"))
    # A later level only splits.
    for group in set(found.membership.tolist()):
        assert len(set(found.levels[0][found.membership == group].tolist())) == 1
    # Actors with the same ties are never apart.
    same = positions.structural_equivalence(net) == 0
    assert (found.membership[:, None] == found.membership[None, :])[same].all()
