"""Strong ties: the definition pair by pair, and laws of the cut-offs."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import wholenet as wn
from wholenet import survey

QUICK = settings(max_examples=120, deadline=None)
NAN = float("nan")


@st.composite
def relations(draw):
    """Contact from 0 to 4 and up to three other relations; rows and single reports may be missing."""
    n, k = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    found = {}
    for name in ["contact", "referral", "advice", "money"][:k]:
        cells = draw(arrays(np.int64, (n, n), elements=st.sampled_from([0, 0, 1, 2, 3, 4]))).astype(float)
        cells[draw(arrays(np.bool_, n, elements=st.sampled_from([False, False, True])))] = NAN
        cells[draw(arrays(np.bool_, (n, n), elements=st.sampled_from([False] * 9 + [True])))] = NAN
        np.fill_diagonal(cells, 0)
        found[name] = cells
    # A matrix of zeros and ones gives a network without values, which have no frequency.
    assume((found["contact"] > 1).any())
    return found


FREQUENCY = st.sampled_from([None, 1, 2, 3, 4])
WORD = st.sampled_from(["missing", "use"])


def made(cells):
    return {name: wn.Network.from_matrix(one) for name, one in cells.items()}


def brute(cells, i, j, frequency, reciprocal, kinds, one_report):
    """Whether a pair is strong; None: not observed."""
    read = cells if kinds else {"contact": cells["contact"]}
    reports = {name: [one for one in (x[i, j], x[j, i]) if not np.isnan(one)] for name, x in read.items()}
    needed = 2 if one_report == "missing" else 1
    if any(len(one) < needed for one in reports.values()):
        return None
    enough = [one > 0 if frequency is None else one >= frequency for one in reports.pop("contact")]
    return (all(enough) if reciprocal else any(enough)) and sum(any(one) for one in reports.values()) >= kinds


@given(relations(), FREQUENCY, st.booleans(), st.integers(0, 3), WORD)
@QUICK
def test_pair_by_pair(cells, frequency, reciprocal, kinds, word):
    kinds = min(kinds, len(cells) - 1)
    options = {"frequency": frequency, "reciprocal": reciprocal, "kinds": kinds, "one_report": word}
    found = survey.strong(made(cells), contact="contact", **options).to_matrix()
    n = len(found)
    for i in range(n):
        assert found[i, i] == 0
        for j in range(n):
            if i != j:
                wanted = brute(cells, i, j, **options)
                assert np.isnan(found[i, j]) if wanted is None else found[i, j] == wanted


@given(relations(), WORD)
@QUICK
def test_higher_cut_offs_leave_fewer_ties(cells, word):
    """And whether a pair was observed has nothing to do with frequency and reciprocity."""
    nets = made(cells)

    def matrix(frequency, *, reciprocal, kinds):
        return survey.strong(
            nets, contact="contact", frequency=frequency, reciprocal=reciprocal, kinds=kinds, one_report=word
        ).to_matrix()

    most = len(cells) - 1
    base = matrix(2, reciprocal=False, kinds=min(1, most))
    for higher in (
        matrix(3, reciprocal=False, kinds=min(1, most)),
        matrix(2, reciprocal=True, kinds=min(1, most)),
        matrix(2, reciprocal=False, kinds=most),
    ):
        assert np.array_equal(np.isnan(base), np.isnan(higher))
        assert not (higher > base).any()


@given(relations(), st.integers(0, 2**32 - 1), WORD)
@QUICK
def test_relabelling(cells, seed, word):
    order = np.random.default_rng(seed).permutation(len(cells["contact"]))
    kinds = len(cells) - 1
    options = {"contact": "contact", "kinds": kinds, "one_report": word}
    one = survey.strong(made(cells), **options).to_matrix()
    other = survey.strong(made({name: x[np.ix_(order, order)] for name, x in cells.items()}), **options).to_matrix()
    assert np.array_equal(one[np.ix_(order, order)], other, equal_nan=True)


@given(relations(), WORD)
@QUICK
def test_what_was_answered_does_not_decide_what_was_observed(cells, word):
    other = {name: np.where(np.isnan(x), NAN, 4 - x) for name, x in cells.items()}
    for x in other.values():
        np.fill_diagonal(x, 0)
    assume((other["contact"] > 1).any())
    options = {"contact": "contact", "kinds": len(cells) - 1, "one_report": word}
    one, two = (survey.strong(made(one), **options).to_matrix() for one in (cells, other))
    assert np.array_equal(np.isnan(one), np.isnan(two))
