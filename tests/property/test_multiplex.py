"""Several relations at once: definitions dyad by dyad, laws, and numpy and scipy beside them."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import inference, multiplex

QUICK = settings(max_examples=100, deadline=None)
NAN = float("nan")


@st.composite
def relations(draw, least=1, *, complete=False):
    """Up to four directed relations with values; rows and single cells may be missing."""
    n, k = draw(st.integers(2, 6)), draw(st.integers(least, 4))
    found = {}
    for name in "abcd"[:k]:
        cells = draw(arrays(np.int64, (n, n), elements=st.sampled_from([0, 0, 1, 2]))).astype(float)
        if not complete:
            cells[draw(arrays(np.bool_, n, elements=st.sampled_from([False, False, False, True])))] = NAN
            cells[draw(arrays(np.bool_, (n, n), elements=st.sampled_from([False] * 9 + [True])))] = NAN
        np.fill_diagonal(cells, 0)
        found[name] = cells
    return found


def made(cells):
    return {name: wn.Network.from_matrix(one) for name, one in cells.items()}


@given(relations())
@QUICK
def test_multiplexity_dyad_by_dyad(cells):
    found = multiplex.multiplexity(made(cells))
    table = multiplex.types_per_tie(made(cells))
    counts = dict.fromkeys(range(1, len(cells) + 1), 0)
    for i, j in np.ndindex(found.shape):
        reports = [one[i, j] for one in cells.values()]
        if i == j:
            assert found[i, j] == 0
        elif any(map(np.isnan, reports)):
            assert np.isnan(found[i, j])
        else:
            types = sum(one > 0 for one in reports)
            assert found[i, j] == types
            if types:
                counts[types] += 1
    assert dict(zip(table["types"], table["dyads"], strict=True)) == counts
    if sum(counts.values()):
        assert table["share"].sum() == pytest.approx(1)
    else:
        assert np.isnan(table["share"]).all()


@given(relations(least=2))
@QUICK
def test_overlap_dyad_by_dyad(cells):
    for row in multiplex.overlap(made(cells)).itertuples():
        x, y = cells[row.x], cells[row.y]
        seen = ~np.isnan(x) & ~np.isnan(y) & ~np.eye(len(x), dtype=bool)
        one, other = (x[seen] > 0).astype(int), (y[seen] > 0).astype(int)
        wanted = [(one & other).sum(), (one > other).sum(), (one < other).sum(), (one + other == 0).sum()]
        assert [row.both, row.only_x, row.only_y, row.neither] == wanted
        assert row.dyads == seen.sum()
        if len(one) and np.ptp(one) and np.ptp(other):
            assert row.r == pytest.approx(np.corrcoef(one, other)[0, 1])
        else:
            assert np.isnan(row.r)


@given(relations(least=2, complete=True))
@QUICK
def test_overlap_is_what_qap_correlates(cells):
    cells = {name: (one > 0).astype(float) for name, one in cells.items()}
    nets = {name: wn.Network.from_matrix(one) for name, one in cells.items()}
    inside = ~np.eye(len(cells["a"]), dtype=bool)
    assume(all(np.ptp(one[inside]) for one in cells.values()))
    table = multiplex.overlap(nets)
    for kind, column in (("pearson", "r"), ("jaccard", "jaccard"), ("matching", "matching")):
        wanted = inference.qap_matrix(nets, kind=kind, permutations=5, seed=1).to_frame()["estimate"]
        assert_allclose(table[column], wanted, rtol=1e-12, atol=1e-12)


@given(relations(), st.sampled_from(["in", "out", "all"]))
@QUICK
def test_degrees_actor_by_actor(cells, mode):
    table = multiplex.multiplex_degree(made(cells), mode=mode)
    plain = {name: np.nan_to_num(one) > 0 for name, one in cells.items()}
    hidden = np.any([np.isnan(one) for one in cells.values()], axis=0)
    for row in table.itertuples():
        i = row.actor
        ways = {"out": lambda m, i=i: m[i], "in": lambda m, i=i: m[:, i], "all": lambda m, i=i: m[i] | m[:, i]}[mode]
        others = {name: set(np.flatnonzero(ways(one))) for name, one in plain.items()}
        assert [getattr(row, name) for name in cells] == [len(one) for one in others.values()]
        assert row.partners == len(set().union(*others.values()))
        assert row.ties == sum(map(len, others.values()))
        assert row.observed == len(hidden) - 1 - ways(hidden).sum()
        if row.partners:
            assert row.types_per_partner == row.ties / row.partners
            assert 1 <= row.types_per_partner <= len(cells)
        else:
            assert np.isnan(row.types_per_partner)


@given(relations(least=2, complete=True))
@QUICK
def test_expected_is_the_product_of_densities(cells):
    """Over all permutations a dyad of one relation meets every dyad of the other equally often."""
    found = multiplex.cooccurrence(made(cells), permutations=2000, seed=1, progress=False)
    n = len(cells["a"])
    for at, (x, y) in enumerate(found.pairs):
        wanted = (cells[x] > 0).sum() * (cells[y] > 0).sum() / (n * (n - 1))
        # Five standard errors of the mean of 2,000 draws.
        assert found.expected[at] == pytest.approx(wanted, abs=5 * found.sd[at] / np.sqrt(2000) + 1e-9)


@given(relations(least=2))
@QUICK
def test_counts_of_all_functions_agree(cells):
    nets = made(cells)
    types = multiplex.types_per_tie(nets)
    assert (types["types"] * types["dyads"]).sum() == np.nansum(multiplex.multiplexity(nets))
    table = multiplex.overlap({name: nets[name] for name in "ab"}).iloc[0]
    two = multiplex.types_per_tie({name: nets[name] for name in "ab"})
    assert two["dyads"].tolist() == [table["only_x"] + table["only_y"], table["both"]]


@given(relations(least=2), st.integers(0, 2**32 - 1))
@QUICK
def test_relabelling(cells, seed):
    order = np.random.default_rng(seed).permutation(len(cells["a"]))
    other = {name: one[np.ix_(order, order)] for name, one in cells.items()}
    assert_array_equal(multiplex.multiplexity(made(cells))[np.ix_(order, order)], multiplex.multiplexity(made(other)))
    assert multiplex.overlap(made(cells)).equals(multiplex.overlap(made(other)))
    turned = {name: one.T.copy() for name, one in cells.items()}
    assert multiplex.overlap(made(cells)).equals(multiplex.overlap(made(turned)))
    assert_array_equal(multiplex.multiplexity(made(cells)).T, multiplex.multiplexity(made(turned)))
