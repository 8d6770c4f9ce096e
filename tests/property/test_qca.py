"""Laws of qualitative comparative analysis, and minimization against brute force."""

import re
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wholenet import _core
from wholenet.compare import qca

# Sums of at most 30 memberships.
CLOSE = 1e-12
FREE = 2
EVERY = 10_000


def found_in(table):
    """Prime implicants and models, as sets of rows: each term as a number with a bit for each row it covers."""
    rows = np.arange(len(table))
    masks, values, _, models, complete = _core.qca_minimize(np.asarray(table, dtype=np.uint8), EVERY, progress=False)
    assert complete
    covered = [
        sum(1 << row for row in rows[(rows & mask) == value].tolist())
        for mask, value in zip(masks, values, strict=True)
    ]
    return set(covered), {frozenset(covered[at] for at in model) for model in models}


def terms_of(conditions):
    """Every term of so many conditions, as a number with a bit for each row that it covers, by its definition."""
    return [
        sum(1 << row for row in range(1 << conditions)
            if all(wanted in (FREE, row >> bit & 1) for bit, wanted in enumerate(term)))
        for term in product((0, 1, FREE), repeat=conditions)
    ]  # fmt: skip


def bits(table, value):
    return sum(1 << row for row, code in enumerate(table) if code == value)


def primes_of(table, terms):
    """Terms that cover no 0 and some 1, none of them within another one that covers no 0."""
    allowed = [term for term in terms if not term & bits(table, 0)]
    return {
        term
        for term in allowed
        if term & bits(table, 1) and not any(term & other == term != other for other in allowed)
    }


def smallest_covers(table, terms):
    """All sets of as few prime implicants as can be that cover every 1, by looking at sets of ever more."""
    primes, wanted = sorted(primes_of(table, terms)), bits(table, 1)
    for size in range(len(primes) + 1):
        covers = {
            frozenset(some) for some in combinations(primes, size)
            if not wanted & ~sum_of(some)
        }  # fmt: skip
        if covers:
            return covers
    raise AssertionError


def sum_of(terms):
    together = 0
    for term in terms:
        together |= term
    return together


@pytest.mark.parametrize("conditions", [1, 2, 3])
def test_every_table_with_remainders_of_up_to_three_conditions(conditions):
    terms = terms_of(conditions)
    for table in product((0, 1, FREE), repeat=1 << conditions):
        primes, models = found_in(table)
        assert primes == primes_of(table, terms), table
        assert models == smallest_covers(table, terms), table


def test_every_function_of_four_conditions():
    """Sets of terms by their number: a sum of m terms is one of m - 1 and one more, over all 65,536 functions."""
    terms = terms_of(4)
    least = np.full(1 << 16, -1)
    least[0], reached, size = 0, np.array([0]), 0
    while len(reached):
        size += 1
        reached = np.unique((reached[:, None] | np.array(terms)).ravel())
        reached = reached[least[reached] < 0]
        least[reached] = size
    for function in range(1 << 16):
        table = [function >> row & 1 for row in range(16)]
        primes, models = found_in(table)
        assert {len(model) for model in models} == {least[function]}
        assert all(sum_of(model) == function for model in models)
        # Terms are prime: none is within a larger one of them, and each is wholly within the function.
        assert all(not term & ~function for term in primes)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from([0, 1, FREE]), min_size=16, max_size=16))
def test_tables_with_remainders_of_four_conditions(table):
    terms = terms_of(4)
    primes, models = found_in(table)
    assert primes == primes_of(table, terms)
    assert models == smallest_covers(table, terms)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9999))
def test_larger_tables(seed):
    """Five and six conditions with many remainders, as in real data."""
    random = np.random.default_rng(seed)
    conditions = int(random.integers(5, 7))
    table = np.full(1 << conditions, FREE)
    seen = random.choice(1 << conditions, size=12, replace=False)
    table[seen] = random.integers(0, 2, 12)
    terms = terms_of(conditions)
    assert found_in(table) == (primes_of(table, terms), smallest_covers(table, terms))


# Through the public functions -----------------------------------------------------------------------------


@st.composite
def cases(draw):
    """A crisp or fuzzy table of four conditions and an outcome that goes with them, with a sufficient row."""
    random = np.random.default_rng(draw(st.integers(0, 9999)))
    n = draw(st.integers(5, 30))
    members = random.random((n, 4))
    y = np.clip(np.maximum(members[:, 0] * members[:, 1], 1 - members[:, 2]) + random.normal(0, 0.2, n), 0, 1)
    if draw(st.booleans()):
        members, y = members.round(), y.round()
    data = pd.DataFrame(members, columns=list("abcd")).assign(y=y)
    data.loc[0] = [1, 1, 0, 0, 1]
    data.loc[1] = [0, 0, 1, 1, 0]
    return data


def formulas(data, names="abcd", **settings):
    table = qca.truth_table(data, outcome="y", conditions=list(names), consistency=0.7)
    if "1" not in table.codes:
        return None
    return {
        frozenset(frozenset(term.split("*")) for term in model.terms)
        for model in qca.minimize(table, **settings).models
    }


@settings(deadline=None, max_examples=30)
@given(cases(), st.sampled_from(list(permutations("abcd"))), st.sampled_from(["complex", "parsimonious"]))
def test_the_order_of_conditions_and_cases_does_not_matter(data, order, solution):
    turned = data.sample(frac=1, random_state=1)
    assert formulas(turned, order, solution=solution) == formulas(data, solution=solution)


@settings(deadline=None, max_examples=30)
@given(cases(), st.sampled_from(["complex", "parsimonious"]))
def test_a_negated_condition_is_negated_in_the_solution(data, solution):
    found = formulas(data.assign(b=1 - data["b"]), solution=solution)
    swap = {"b": "~b", "~b": "b"}
    back = found and {frozenset(frozenset(swap.get(one, one) for one in term) for term in model) for model in found}
    assert back == formulas(data, solution=solution)


@settings(deadline=None, max_examples=30)
@given(cases(), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1), min_size=1))
def test_intermediate_lies_between_complex_and_parsimonious(data, expectations):
    table = qca.truth_table(data, outcome="y", conditions=list("abcd"), consistency=0.7)
    if "1" not in table.codes:
        return
    positive = set(table.numbers[np.array(table.codes) == "1"].tolist())
    found = {
        kind: qca.minimize(table, solution=kind, expectations=expectations if kind == "intermediate" else None)
        for kind in ("complex", "parsimonious", "intermediate")
    }
    allowed = {row for model in found["parsimonious"].models for row in model.assumptions}
    for kind, solution in found.items():
        for model in solution.models:
            rows = rows_of(model.terms)
            assert positive <= rows
            assert rows - positive == set(model.assumptions)
            assert set(model.assumptions) <= (set() if kind == "complex" else allowed)
            assert not rows & set(table.numbers[np.isin(table.codes, ["0", "C"])].tolist())
    sizes = [len(found[kind].models[0].terms) for kind in ("complex", "intermediate", "parsimonious")]
    assert sizes == sorted(sizes, reverse=True)


def rows_of(terms):
    """Numbers of the rows that a sum of terms covers, by working out each row."""
    if tuple(terms) == ("1",):
        return set(range(1, 17))
    found = set()
    for number, present in enumerate(product((False, True), repeat=4), 1):
        names = dict(zip("abcd", present, strict=True))
        if any(all(names[one[-1]] != one.startswith("~") for one in term.split("*")) for term in terms):
            found.add(number)
    return found


@settings(deadline=None, max_examples=30)
@given(cases())
def test_fits_of_terms_are_those_of_sufficiency(data):
    table = qca.truth_table(data, outcome="y", conditions=list("abcd"), consistency=0.7)
    if "1" not in table.codes:
        return
    for model in qca.minimize(table).models:
        frame = qca.sufficiency(data, outcome="y", terms=list(model.terms))
        columns = frame[["consistency", "pri", "raw_coverage", "unique_coverage"]].to_numpy()
        np.testing.assert_allclose(columns[:-1], model.fits, atol=CLOSE)
        np.testing.assert_allclose(columns[-1, :3], [model.consistency, model.pri, model.coverage], atol=CLOSE)


@settings(deadline=None, max_examples=30)
@given(cases())
def test_what_is_sufficient_is_necessary_the_other_way_round(data):
    """Consistency of necessity is coverage of sufficiency; and the other way round."""
    necessary = qca.necessity(data, outcome="y", conditions="a").iloc[0]
    sufficient = qca.sufficiency(data, outcome="y", terms="a").iloc[0]
    assert necessary["consistency"] == pytest.approx(sufficient["raw_coverage"], abs=CLOSE)
    assert necessary["coverage"] == pytest.approx(sufficient["consistency"], abs=CLOSE)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(-10, 10), st.floats(0.1, 10), st.floats(0.1, 10)
)
def test_calibration_keeps_the_order_and_turns_with_its_anchors(values, crossover, down, up):
    anchors = {"out": crossover - down, "crossover": crossover + 1e-7, "full": crossover + up}
    found = qca.calibrate(values, **anchors)
    assert ((found >= 0) & (found <= 1)).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    turned = qca.calibrate(values, out=anchors["full"], crossover=anchors["crossover"], full=anchors["out"])
    np.testing.assert_allclose(turned, 1 - found, atol=CLOSE)


TERM = st.dictionaries(st.sampled_from("ABCDE"), st.booleans(), min_size=1, max_size=4)


@settings(deadline=None, max_examples=200)
@given(st.lists(TERM, min_size=1, max_size=6))
def test_a_factorized_sum_says_the_same(terms):
    """By all 32 rows, read as Python."""
    text = " + ".join("*".join(name if there else f"~{name}" for name, there in term.items()) for term in terms)
    (factored,) = qca.factorize(text)

    def read(formula):
        code = re.sub(r"~(\w)", r"(not \1)", formula).replace("*", " and ").replace("+", " or ")
        return [eval(code, dict(zip("ABCDE", row, strict=True))) for row in product((False, True), repeat=5)]  # noqa: S307 (our own text)

    assert read(factored) == read(text)
    assert len(re.findall(r"[A-E]", factored)) <= len(re.findall(r"[A-E]", text))


@settings(deadline=None, max_examples=15)
@given(cases())
def test_the_robust_core_is_within_the_solution(data):
    cuts = (0.7, 0.6, 0.9)
    if formulas(data) is None:
        return
    found = qca.robustness(data, outcome="y", conditions=list("abcd"), consistency=cuts)
    assert 0 <= found.rf_cov <= 1
    assert set(found.robust).isdisjoint(found.shaky)
    again = qca.robustness(data, outcome="y", conditions=list("abcd"), consistency=[0.7, 0.9, 0.6])
    assert (again.rf_cov, again.sc_max) == (found.rf_cov, found.sc_max)
    assert sorted(again.terms["term"]) == sorted(found.terms["term"])
