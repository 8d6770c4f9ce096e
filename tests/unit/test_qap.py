"""QAP and MRQAP: values worked by hand, what is refused, how results look."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet.errors import (
    ArgumentError,
    DirectionError,
    ExecutorError,
    LabelError,
    ModelError,
)
from wholenet.inference import absdiff, both, mrqap, qap_correlation, qap_matrix, receiver, same, sender

ACTORS = pd.DataFrame(
    {"name": list("abcd"), "sector": list("xxyy"), "size": [1, 2, 4, 8], "lead": [True, False, True, True]}
)
ADVICE = wn.Network.from_edges((list("abcd"), list("bcda")), ACTORS)
TRUST = wn.Network.from_edges((list("abcc"), list("bcdb")), ACTORS)


def tied(pairs, n=4):
    matrix = np.zeros((n, n))
    for a, b in pairs:
        matrix[a, b] = 1
    return matrix


# QAP ------------------------------------------------------------------------------------------------------


def test_by_hand():
    """12 ordered dyads: 3 in both, 1 in each alone, 7 in none."""
    values = {
        "pearson": (3 * 7 - 1) / (4 * 8),  # (ad - bc) ÷ √ of the four margins
        "spearman": (3 * 7 - 1) / (4 * 8),
        "jaccard": 3 / 5,
        "matching": 10 / 12,
        "hamming": 2,
        "gamma": (21 - 1) / (21 + 1),  # Yule's Q
    }
    for kind, value in values.items():
        assert qap_correlation(ADVICE, TRUST, kind=kind, permutations=9, seed=1).estimate == pytest.approx(value), kind


def test_valued_by_hand():
    x, y = np.array([[0, 1, 2], [3, 0, 4], [5, 6, 0]]), np.array([[9, 2, 2], [4, 9, 4], [5, 9, 9]])
    found = {
        kind: qap_correlation(x, y, kind=kind, permutations=9, seed=1).estimate
        for kind in ("matching", "hamming", "gamma")
    }
    assert found["matching"] == 3 / 6  # 2, 4 and 5
    assert found["hamming"] == 1 + 0 + 1 + 0 + 0 + 3
    assert found["gamma"] == 1.0  # never the other way round


def test_unobserved_dyads_are_left_out():
    x = ADVICE.to_matrix()
    x[0, 1] = np.nan
    found = qap_correlation(x, TRUST, kind="jaccard", permutations=9, seed=1)
    assert found.estimate == 2 / 4
    assert found.observed == "11 ordered dyads (1 not observed)"


def test_undirected_counts_dyads_once():
    plain = [net.symmetrize("union") for net in (ADVICE, TRUST)]
    found = qap_correlation(*plain, kind="hamming", permutations=9, seed=1)
    assert found.observed == "6 dyads"
    assert found.estimate == 1  # d - a


def test_p_values_count_the_data():
    found = qap_correlation(ADVICE, TRUST, permutations=99, seed=1)
    higher = (found.distribution >= found.estimate - 1e-12).sum()
    assert found.p_upper == (1 + higher) / 100
    assert found.permutations == 99
    assert min(found.p_lower, found.p_upper, found.p_two_sided) >= 0.01


def test_matrix_of_relations():
    found = qap_matrix({"advice": ADVICE, "trust": TRUST, "back": ADVICE.reverse()}, permutations=50, seed=2)
    table = found.to_frame()
    assert table["x"].tolist() == ["advice", "advice", "trust"]
    assert table["y"].tolist() == ["trust", "back", "back"]
    one = qap_correlation(ADVICE, TRUST, permutations=50, seed=2)
    assert found.estimate[0, 1] == one.estimate
    np.testing.assert_array_equal(found.tests[0].distribution, one.distribution)
    p = sorted(table["p"])
    assert min(table["p_holm"]) == pytest.approx(min(1, 3 * p[0]))
    assert "advice" in found._repr_html_()


def test_a_study_gives_its_relations():
    study = wn.Study({("advice", 1): ADVICE, ("trust", 1): TRUST}, by=("relation", "wave"))
    found = qap_matrix(study, permutations=9, seed=1)
    assert found.to_frame()["x"].tolist() == ["advice / 1"]


# MRQAP ----------------------------------------------------------------------------------------------------


def test_densities_as_coefficients():
    """One binary predictor: the intercept is the density without it, the slope the difference."""
    found = mrqap(ADVICE, ["same(sector)"], permutations=9, seed=1)
    assert found.estimate == pytest.approx([2 / 8, 2 / 4 - 2 / 8])
    assert found.n == 12
    # R² is the squared correlation; phi of the table 2, 2, 2, 6 is (12 - 4) ÷ √(4·8·4·8).
    assert found.r_squared == pytest.approx((8 / 32) ** 2)
    assert found.standardized[1] == pytest.approx(8 / 32)
    assert found.vif[1] == pytest.approx(1)
    logit = mrqap(ADVICE, ["same(sector)"], family="logistic", permutations=9, seed=1)
    assert logit.estimate == pytest.approx([np.log(2 / 6), np.log(2 / 2) - np.log(2 / 6)])
    rates = mrqap(ADVICE, ["same(sector)"], family="poisson", permutations=9, seed=1)
    assert rates.estimate == pytest.approx([np.log(2 / 8), np.log(2 / 4) - np.log(2 / 8)])
    # log-likelihood of a Poisson: Σ y·log μ - μ.
    assert rates.aic == pytest.approx(4 - 2 * (2 * np.log(1 / 4) + 2 * np.log(1 / 2) - 4))


def test_words():
    """What each word makes of the attributes."""

    def columns(term, net=ADVICE):
        from wholenet.inference._dyads import many
        from wholenet.inference._terms import predictors_of

        return {name: one[None].matrix for name, one in predictors_of([term], None, many(net, "y")).items()}

    assert columns(same("sector"))["same(sector)"][0].tolist() == [1, 1, 0, 0]
    assert columns("sender(size)")["sender(size)"][:, 0].tolist() == [1, 2, 4, 8]
    assert columns(receiver("size"))["receiver(size)"][0].tolist() == [1, 2, 4, 8]
    assert columns(absdiff("size"))["absdiff(size)"][0].tolist() == [0, 1, 3, 7]
    assert columns(both("lead"))["both(lead)"][0].tolist() == [1, 0, 1, 1]
    assert list(columns(sender("sector"))) == ["sender(sector)[y]"]
    assert columns(sender("sector"))["sender(sector)[y]"][:, 0].tolist() == [0, 0, 1, 1]
    assert columns("sender(lead)")["sender(lead)"][:, 0].tolist() == [1, 0, 1, 1]


def test_missing_attributes_are_not_observed():
    gone = ADVICE.with_actors(ACTORS.assign(size=[1, None, 4, 8], sector=["x", None, "y", "y"]))
    assert mrqap(gone, [absdiff("size")], permutations=9, seed=1).n == 6
    assert mrqap(gone, [same("sector")], permutations=9, seed=1).n == 6


def test_formula_and_names():
    size = np.arange(16.0).reshape(4, 4) ** 2
    one = mrqap(
        ADVICE, "advice ~ trust + same('sector') + cost", data={"trust": TRUST, "cost": size}, permutations=9, seed=1
    )
    two = mrqap(ADVICE, {"trust": TRUST, "same(sector)": same("sector"), "cost": size}, permutations=9, seed=1)
    assert one.terms == two.terms == ("intercept", "trust", "same(sector)", "cost")
    np.testing.assert_array_equal(one.estimate, two.estimate)


def test_pooled():
    other = ADVICE.subset(["d", "c", "b", "a"])
    found = mrqap([ADVICE, other], {"trust": [TRUST, TRUST], "alike": same("sector")}, permutations=9, seed=1)
    assert found.observed == "24 ordered dyads in 2 networks"


# Same bits ------------------------------------------------------------------------------------------------


def calls(executor=None):
    generator = np.random.default_rng(1)
    x, y = generator.random((20, 20)), generator.random((20, 20))
    gaps = np.where(generator.random((20, 20)) < 0.2, np.nan, y)
    ties = (y > 0.5).astype(float)
    options = {"permutations": 70, "seed": 5, "executor": executor}
    yield from (qap_correlation(x, z, **options).distribution for z in (y, gaps))
    yield from (qap_correlation(x.round(1), z.round(1), kind="gamma", **options).distribution for z in (y, gaps))
    for method in ("dsp", "y", "x"):
        yield from (mrqap(z, {"x": x, "t": x.T}, method=method, **options).distribution for z in (y, gaps))
        yield mrqap(y, {"x": x, "t": x.T}, method=method, se="robust", **options).distribution
        yield mrqap(ties, {"x": x, "t": x.T}, method=method, family="logistic", **options).distribution


def test_same_bits_on_any_number_of_threads_and_any_executor():
    expected = list(calls())
    before = wn.get_threads()
    try:
        for threads in (1, 2, 8):
            wn.set_threads(threads)
            for one, other in zip(calls(), expected, strict=True):
                np.testing.assert_array_equal(one, other)
    finally:
        wn.set_threads(before)
    with ThreadPoolExecutor(3) as executor:
        for one, other in zip(calls(executor), expected, strict=True):
            np.testing.assert_array_equal(one, other)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        for one, other in zip(calls(executor), expected, strict=True):
            np.testing.assert_array_equal(one, other)


class Dying(ThreadPoolExecutor):
    def submit(self, *_, **__):
        msg = "a worker was killed"
        raise BrokenProcessPool(msg)


def test_an_executor_that_dies():
    with Dying(1) as executor, pytest.raises(ExecutorError, match=r"died before all 9 draws .* killed"):
        qap_correlation(ADVICE, TRUST, permutations=9, seed=1, executor=executor)
    stopped = ThreadPoolExecutor(1)
    stopped.shutdown()
    with pytest.raises(ExecutorError, match="takes no work"):
        qap_correlation(ADVICE, TRUST, permutations=9, seed=1, executor=stopped)
    with pytest.raises(ArgumentError, match=r"executor must be a concurrent.futures.Executor"):
        qap_correlation(ADVICE, TRUST, permutations=9, seed=1, executor="dask")


# What is refused ------------------------------------------------------------------------------------------

LESS = TRUST.subset(list("abc"))
SPLIT = wn.Network.from_edges((list("aabb"), list("cdcd")), ACTORS)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: qap_correlation(ADVICE, LESS), LabelError, r"1 actor of x is not in y: 'd'"),
        (lambda: qap_correlation(ADVICE, np.zeros((3, 3))), ArgumentError, "y is 3 × 3 and x is 4 × 4"),
        (lambda: qap_correlation(ADVICE, np.ones((4, 4))), ModelError, "y is 1 in all 12 dyads"),
        (lambda: qap_correlation(ADVICE, np.full((4, 4), np.nan)), ModelError, "no dyad that both observed"),
        (lambda: qap_correlation(ADVICE, "trust"), ArgumentError, "y must be a Network or a matrix of numbers"),
        (lambda: qap_correlation(ADVICE, [1, 2]), ArgumentError, "has 1 dimensions"),
        (lambda: qap_correlation(ADVICE, np.full((4, 4), np.inf)), ArgumentError, "infinite in row 0, column 0"),
        (lambda: qap_correlation(ADVICE, TRUST, permutations=0), ArgumentError, "permutations must be a whole number"),
        (lambda: qap_correlation(ADVICE, TRUST, kind="r"), ArgumentError, 'kind must be "pearson"'),
        (lambda: qap_correlation(ADVICE, TRUST, within="place"), KeyError, "place"),
        (lambda: qap_correlation(ADVICE, TRUST, within=[1, 2]), ArgumentError, "a group for each of the 4 actors"),
        (lambda: qap_correlation([ADVICE], {"a": TRUST}), ArgumentError, "different networks"),
        (lambda: qap_matrix({"advice": ADVICE}), ArgumentError, "two or more relations"),
        (lambda: mrqap(ADVICE, {"one": np.ones((4, 4))}), ModelError, "'one' is 1 in all 12 dyads in which everything"),
        (lambda: mrqap(ADVICE, {"t": TRUST, "u": TRUST}), ModelError, "'u' follows from t in all dyads"),
        (lambda: mrqap(np.ones((4, 4)), {"t": TRUST}), ModelError, "the outcome is 1 in all 12 dyads"),
        (lambda: mrqap(TRUST, {"t": TRUST}), ModelError, "give the outcome exactly"),
        (lambda: mrqap(ADVICE, {}), ArgumentError, "predictors is empty"),
        (lambda: mrqap(ADVICE, 3), ArgumentError, "predictors must be a mapping"),
        (lambda: mrqap(ADVICE, ["same"]), ArgumentError, "'same' is no term"),
        (lambda: mrqap(ADVICE, ["sane(sector)"]), ArgumentError, "did you mean 'same'"),
        (lambda: mrqap(ADVICE, ["absdiff(sector)"]), ArgumentError, "needs an attribute of numbers"),
        (lambda: mrqap(ADVICE, ["both(size)"]), ArgumentError, "True and False"),
        (lambda: mrqap(ADVICE.to_matrix(), ["same(sector)"]), ArgumentError, "which is a matrix"),
        (lambda: mrqap(ADVICE, "thrust", data={"trust": TRUST}), ArgumentError, "did you mean 'trust'"),
        (lambda: mrqap(ADVICE, {"t": TRUST}, data={"t": TRUST}), ArgumentError, "data= gives the relations"),
        (lambda: mrqap(ADVICE.symmetrize("union"), ["sender(size)"]), DirectionError, "not the same both ways"),
        (lambda: mrqap(SPLIT, ["same(sector)"], family="logistic"), ModelError, "separation"),
        (lambda: mrqap(ADVICE.to_matrix() / 2, {"t": TRUST}, family="logistic"), ModelError, r"and there is 0\.5"),
        (lambda: mrqap(ADVICE.to_matrix() / 2, {"t": TRUST}, family="poisson"), ModelError, "counts"),
        (lambda: mrqap(ADVICE, {"t": TRUST}, family="logistic", se="robust"), ArgumentError, "linear regression"),
        (lambda: mrqap(np.zeros((2, 2)), {"t": np.eye(2)}), ModelError, "too few"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_draws_with_too_little_in_common_count_as_extreme():
    x, y = np.full((4, 4), np.nan), np.full((4, 4), np.nan)
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)):
        x[a, b] = y[a, b] = a
    found = qap_correlation(x, y, permutations=50, seed=1)
    gone = np.isnan(found.distribution)
    assert gone.any()
    as_high = (found.distribution[~gone] >= found.estimate - 1e-9).sum()
    assert found.p_upper == (1 + gone.sum() + as_high) / 51
    assert f"in {gone.sum()} draws" in found._repr_html_()
    assert found.plot().svg.startswith("<svg")


# What a reader might trip over -----------------------------------------------------------------------------


def test_draws_without_bound_do_not_make_all_others_extreme():
    """Sectors and regions that cross: in some permutations they coincide, and t is infinite."""
    actors = pd.DataFrame({"name": list("abcdefghi"), "sector": list("aaabbbccc"), "region": list("abcabcabc")})
    sector = actors["sector"].to_numpy()
    net = wn.Network.from_matrix((sector[:, None] == sector) & ~np.eye(9, dtype=bool), actors)
    found = mrqap(net, ["same(region)"], permutations=2000, seed=1)
    region = actors["region"].to_numpy()
    other = qap_correlation(net, (region[:, None] == region).astype(float), permutations=2000, seed=1)
    assert np.isinf(found.distribution[:, 1]).any()
    # The outcome is symmetric, that of the matrix too; the same permutations, of x in one and of y in the other.
    assert found.p_two_sided[1] == pytest.approx(other.p_two_sided, abs=0.05)
    assert found.p_two_sided[1] < 0.9


def hub(silent=3):
    generator = np.random.default_rng(3)
    y = np.zeros((20, 20))
    y[0, 1:] = 1
    x, z = generator.normal(size=(20, 20)), generator.normal(size=(20, 20))
    x[:silent] = np.nan
    y[0, 3] = 0
    y[5, 6] = 1
    return y, x, z


def test_draws_in_which_the_outcome_does_not_vary_count_as_extreme():
    y, x, z = hub()
    for method in ("dsp", "y"):
        found = mrqap(y, {"x": x, "z": z}, method=method, permutations=400, seed=1)
        values = found.distribution[:, 1]
        assert found.failed[1] == np.isnan(values).sum()
        assert not np.isinf(values).any()


def test_labels_align_relations_with_each_other():
    generator = np.random.default_rng(1)
    labels = [f"o{number}" for number in range(12)]
    y = generator.random((12, 12))
    one, other = (wn.Network.from_matrix(generator.random((12, 12)), labels=labels, loops="drop") for _ in range(2))
    turned = other.subset(labels[::-1])
    expected = mrqap(y, {"a": one, "b": other}, permutations=9, seed=1)
    np.testing.assert_allclose(mrqap(y, {"a": one, "b": turned}, permutations=9, seed=1).t, expected.t)
    with pytest.raises(LabelError, match="not in b: 'o11'"):
        mrqap(y, {"a": one, "b": other.subset(labels[:-1])}, permutations=9, seed=1)
    frame = pd.DataFrame(other.to_matrix(), labels, labels)
    expected = qap_correlation(one, other, permutations=9, seed=1)
    found = qap_correlation(one, frame.loc[labels[::-1], labels[::-1]], permutations=9, seed=1)
    assert found.estimate == pytest.approx(expected.estimate)
    with pytest.raises(ArgumentError, match="same labels in the same order"):
        qap_correlation(one, frame[labels[::-1]], permutations=9, seed=1)
    group = np.arange(12) % 3
    three = {"a": one, "b": turned, "c": one.reverse()}
    found = qap_matrix(three, within=group, permutations=20, seed=1)
    straight = qap_matrix({**three, "b": other}, within=group, permutations=20, seed=1)
    np.testing.assert_allclose(found.p_two_sided, straight.p_two_sided)


def test_masked_and_sparse_matrices():
    import scipy.sparse

    generator = np.random.default_rng(1)
    x, y = generator.random((6, 6)), generator.random((6, 6))
    masked = np.ma.masked_array(x, mask=np.eye(6, k=1, dtype=bool))
    assert qap_correlation(masked, y, permutations=9, seed=1).observed == "25 ordered dyads (5 not observed)"
    found = qap_correlation(scipy.sparse.csr_array(x), y, permutations=9, seed=1)
    assert found.estimate == qap_correlation(x, y, permutations=9, seed=1).estimate
    with pytest.raises(ArgumentError, match="must be numbers"):
        qap_correlation(x + 1j, y)


def test_values_of_any_size():
    generator = np.random.default_rng(1)
    x = generator.random((9, 9))
    y = x + generator.random((9, 9))
    expected = qap_correlation(x, y, permutations=99, seed=1)
    for scale in (1e200, 1e-200):
        found = qap_correlation(x * scale, y, permutations=99, seed=1)
        assert found.estimate == pytest.approx(expected.estimate)
        assert found.p_two_sided == expected.p_two_sided
    far = mrqap(y + 1e7, {"x": x + 1e6}, permutations=9, seed=1)
    assert far.estimate[1] == pytest.approx(mrqap(y, {"x": x}, permutations=9, seed=1).estimate[1], rel=1e-5)
    x[0, 1] = np.nan
    for method in ("dsp", "y"):
        far = mrqap(y, {"x": 1e6 + x}, method=method, permutations=50, seed=1)
        near = mrqap(y, {"x": x}, method=method, permutations=50, seed=1)
        np.testing.assert_allclose(far.distribution[:, 1], near.distribution[:, 1], rtol=1e-6)


def test_a_regression_that_only_looks_separated():
    """Columns far from 0, or with a long tail: the coefficients have a bound."""
    actors = pd.DataFrame({"name": range(20), "year": 2010 + np.arange(20) % 6})
    generator = np.random.default_rng(1)
    net = wn.Network.from_matrix((generator.random((20, 20)) < 0.3) & ~np.eye(20, dtype=bool), actors)
    far = mrqap(net, ["receiver(year)"], family="logistic", permutations=9, seed=1)
    near = net.with_actors(actors.assign(year=actors["year"] - 2010))
    near = mrqap(near, ["receiver(year)"], family="logistic", permutations=9, seed=1)
    np.testing.assert_allclose([far.estimate[1], far.se[1]], [near.estimate[1], near.se[1]], rtol=1e-6)
    x = np.exp(2 * generator.normal(size=(40, 40)))
    y = (generator.random((40, 40)) < 1 / (1 + np.exp(1 - x))).astype(float)
    found = mrqap(y, {"x": x}, family="logistic", permutations=9, seed=1)
    assert found.estimate[1] == pytest.approx(1, abs=4 * found.se[1])
    counts = generator.poisson(1e6, size=(10, 10)).astype(float)
    found = mrqap(counts, {"x": generator.random((10, 10))}, family="poisson", permutations=9, seed=1)
    assert found.estimate[0] == pytest.approx(np.log(1e6), rel=1e-3)


def test_studies_are_pooled_by_what_tells_their_networks_apart():
    study = wn.Study(
        {("a", "advice"): ADVICE, ("b", "advice"): ADVICE.reverse(), ("a", "trust"): TRUST, ("b", "trust"): TRUST},
        by=("place", "relation"),
    )
    advice, trust = (study.select(relation=name) for name in ("advice", "trust"))
    found = mrqap(advice, {"trust": trust}, permutations=9, seed=1)
    expected = mrqap([ADVICE, ADVICE.reverse()], {"trust": [TRUST, TRUST]}, permutations=9, seed=1)
    np.testing.assert_array_equal(found.t, expected.t)
    with pytest.raises(DirectionError, match="pooled are of one kind"):
        qap_correlation([ADVICE, ADVICE.symmetrize("union")], [TRUST, TRUST.symmetrize("union")])


def test_an_undirected_outcome_counts_dyads_once():
    plain = ADVICE.symmetrize("union")
    both = wn.Network.from_matrix(TRUST.symmetrize("union").to_matrix(), labels=list("abcd"))
    assert mrqap(plain, {"trust": both}, permutations=9, seed=1).n == 6


def test_recipes_keep_networks_apart():
    valued = wn.Network.from_edges((list("abcd"), list("bcda")), weight=[1, 2, 3, 4]).dichotomize(above=1)
    found = qap_correlation(valued, TRUST, permutations=9, seed=1)
    assert any(step.startswith("x: dichotomized") for step in found.recipe)
    assert any(step.startswith("y: ") for step in found.recipe)
    assert qap_correlation(TRUST, TRUST, permutations=9, seed=1).recipe == TRUST.recipe


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: mrqap(ADVICE.with_actors(ACTORS.assign(kind="x")), ["sender(kind)"]),
            ModelError,
            "wherever it is not",
        ),
        (lambda: mrqap(ADVICE, {"intercept": TRUST}), ArgumentError, "called 'intercept' too"),
        (lambda: qap_correlation(ADVICE, [[0, 1], [1]]), ArgumentError, "different lengths"),
        (lambda: qap_correlation(ADVICE, TRUST, within=[[1], 2, 3, 4]), ArgumentError, "can't be a group"),
        (lambda: qap_correlation(ADVICE, TRUST, permutations=10**14), ArgumentError, "fit in memory"),
        (lambda: qap_correlation(ADVICE, 0.3 * TRUST.to_matrix() * 0 + 0.1 + 0.2), ModelError, "in all 12 dyads"),
    ],
)
def test_more_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_missing_numbers_are_not_alike():
    gone = ADVICE.with_actors(ACTORS.assign(size=[1.0, np.nan, 2.0, 1.0]))
    found = mrqap(gone, ["same(size)"], permutations=9, seed=1)
    assert found.n == 6


def test_cancelled_work_is_told():
    class Cancelling(ThreadPoolExecutor):
        def submit(self, *arguments, **options):
            future = super().submit(*arguments, **options)
            self.shutdown(wait=False, cancel_futures=True)
            return future

    x = np.random.default_rng(1).random((60, 60))
    blocked = Cancelling(1)
    with pytest.raises(ExecutorError):
        qap_correlation(x, x.T, permutations=5000, seed=1, executor=blocked)


def test_what_cannot_be_sent_is_told():
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor,
        pytest.raises(ArgumentError, match="can't be sent to another process"),
    ):
        wn.inference.cug(ADVICE, lambda net: net.n_ties, condition="size", draws=4, seed=1, executor=executor)


# Looks ----------------------------------------------------------------------------------------------------


def test_results_show_themselves():
    found = qap_correlation(ADVICE, TRUST, permutations=99, seed=1)
    assert "Null hypothesis" in found._repr_html_()
    assert "sna::qaptest" in found._repr_html_()
    assert found.plot().svg.startswith("<svg")
    table = mrqap(ADVICE, {"<b>": TRUST}, permutations=99, seed=1)
    assert "&lt;b&gt;" in table._repr_html_()
    assert "<b>" not in table.plot().svg
    assert repr(table).startswith("<Regression: linear, 1 predictors, 12 ordered dyads, R² 0.391; 99 permutations")


def test_tables_follow_the_kind_that_went_in():
    frame = pl.DataFrame({"source": list("abcd"), "target": list("bcda")})
    net = wn.Network.from_edges(frame)
    found = qap_correlation(net, net.reverse(), permutations=9, seed=1)
    assert isinstance(found.to_frame(), pl.DataFrame)


def test_a_relation_in_another_order_keeps_its_recipe_and_direction():
    labels = list("dcba")
    cut = wn.Network.from_edges((list("abcc"), list("bcdb")), ACTORS, weight=[2, 3, 4, 5]).dichotomize(above=2)
    found = qap_matrix({"advice": ADVICE, "trust": cut.subset(labels)}, permutations=9, seed=1)
    assert any("dichotomized" in step for step in found.tests[0].recipe)
    # Directed relations that happen to be symmetric have ordered dyads, in whatever order their actors come.
    mutual = wn.Network.from_edges((list("abcd"), list("badc")), ACTORS)
    other = wn.Network.from_edges((list("acad"), list("cada")), ACTORS)
    for turned in (other, other.subset(labels)):
        both = qap_matrix({"x": turned, "y": mutual}, permutations=9, seed=1)
        assert both.tests[0].observed == "12 ordered dyads"


def test_logistic_draws_in_which_the_outcome_does_not_vary():
    y, x, z = hub()
    y[5, 6] = 0
    y[5, 7:12] = 1
    y[0] = 0
    found = mrqap(y, {"x": x, "z": z}, family="logistic", method="y", permutations=200, seed=1)
    gone = np.isnan(found.distribution[:, 1])
    assert gone.any()
    assert found.failed[1] == gone.sum()
    known = found.distribution[~gone, 1]
    # No z of a coefficient that was not estimated, which would be 0 but for rounding.
    assert (np.abs(known) > 1e-6).all()


def test_an_error_of_an_executor_that_is_not_its_death_is_passed_on():
    class Odd(ThreadPoolExecutor):
        def submit(self, *_, **__):
            raise ZeroDivisionError

    with Odd(1) as executor, pytest.raises(ZeroDivisionError):
        qap_correlation(ADVICE, TRUST, permutations=9, seed=1, executor=executor)
