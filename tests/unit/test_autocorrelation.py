"""Network autocorrelation by hand, and what it refuses."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    ConvergenceError,
    LabelError,
    MissingTiesError,
    ModeError,
    ModelError,
    SignedTiesError,
)
from wholenet.models import autocorrelation

CHAIN = wn.Network.from_edges((list("bcdefgh"), list("abcdefg")))
Y = np.array([1.0, 3, 2, 5, 4, 4, 7, 5])
X = np.array([0.0, 1, 0, 2, 1, 3, 2, 2])
RING = wn.Network.from_edges(
    ([*range(12), *range(0, 12, 2)], [(i + 1) % 12 for i in range(12)] + [(i + 5) % 12 for i in range(0, 12, 2)]),
    pd.DataFrame(
        {"id": range(12), "size": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], "age": [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]}
    ),
)


def least_squares(y, x):
    """Coefficients, the mean squared residual, and their covariance with that variance."""
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    variance = ((y - x @ beta) ** 2).mean()
    return beta, variance, variance * np.linalg.inv(x.T @ x)


def test_without_ties_it_is_ordinary_regression():
    """With x = 0, 1, 2 and y = 1, 3, 8: slope 3.5, constant 0.5, residuals 0.5, -1, 0.5."""
    found = autocorrelation([1, 3, 8, 4.5], [0, 1, 2, 1.25])
    beta, variance, covariance = least_squares(np.array([1, 3, 8, 4.5]), np.column_stack([np.ones(4), [0, 1, 2, 1.25]]))
    assert found.which == "neither"
    assert found.terms == ("intercept", "x")
    assert found.estimate == pytest.approx(beta)
    assert found.sigma == pytest.approx(np.sqrt(variance))
    assert found.se == pytest.approx(np.sqrt(np.diag(covariance)))
    assert found.sigma_se == pytest.approx(np.sqrt(variance / 8))
    assert found.log_likelihood == pytest.approx(-2 * (np.log(2 * np.pi * variance) + 1))
    assert found.aic == pytest.approx(-2 * found.log_likelihood + 6)
    assert found.bic == pytest.approx(-2 * found.log_likelihood + 3 * np.log(4))
    by_hand = autocorrelation([1, 3, 8, 4], [0, 1, 2, 1])
    assert by_hand.estimate == pytest.approx([0.5, 3.5])
    assert by_hand.residuals == pytest.approx([0.5, -1, 0.5, 0])


def test_a_chain_is_regression_on_what_came_before():
    """Nobody acts on himself in a roundabout way: the determinant is 1 for every rho."""
    found = autocorrelation(Y, X, effects=CHAIN)
    before = np.append(0.0, Y[:-1])
    beta, variance, _ = least_squares(Y, np.column_stack([np.ones(8), X, before]))
    assert found.which == "effects"
    assert found.terms == ("intercept", "x", "rho")
    assert found.estimate == pytest.approx(beta)
    assert found.sigma == pytest.approx(np.sqrt(variance))
    assert found.residuals == pytest.approx(Y - np.column_stack([np.ones(8), X, before]) @ beta)
    assert found.log_likelihood == pytest.approx(-4 * (np.log(2 * np.pi * variance) + 1))
    # z and p of a normal distribution.
    assert found.z == pytest.approx(found.estimate / found.se)
    exact = autocorrelation([1, 2, 2, 5, 4], effects=wn.Network.from_edges((list("bcde"), list("abcd"))))
    assert exact.estimate == pytest.approx([(14 - 10 * 8 / 14) / 5, 8 / 14])


def test_disturbances_along_a_chain():
    """Without predictors u is y, so that effects and disturbances are the same model."""
    lag = autocorrelation(Y, effects=CHAIN, intercept=False)
    error = autocorrelation(Y, disturbances=CHAIN, intercept=False)
    assert lag.estimate == pytest.approx([Y[:-1] @ Y[1:] / (Y[:-1] @ Y[:-1])])
    assert (lag.terms, error.terms) == (("rho",), ("lambda",))
    for name in ("estimate", "se", "sigma", "sigma_se", "log_likelihood", "residuals"):
        assert getattr(error, name) == pytest.approx(getattr(lag, name))


def test_two_pairs_by_hand():
    """Of pairs whose members act on each other, sums and differences are independent: rho is in closed form.

    With A y = [[1, -r], [-r, 1]] y, the sum s has (1 - r)·s and the difference d has (1 + r)·d, and |A| = 1 - r² for
    each of m pairs. With S = Σ s², D = Σ d², the best r sets r = (S - D) ÷ (S + D)·…: m·log(1 - r²) is added to
    -m·log((1 - r)²S + (1 + r)²D), whose slope is 0 at (√S - √D) ÷ (√S + √D).
    """
    y = np.array([1.0, 2, 3, 1, -1, 2, 2, 2])
    pairs = wn.Network.from_edges((list("aceg"), list("bdfh")), directed=False)
    s, d = ((y[::2] + y[1::2]) ** 2).sum(), ((y[::2] - y[1::2]) ** 2).sum()
    found = autocorrelation(y, effects=pairs, intercept=False)
    assert found.estimate == pytest.approx([(np.sqrt(s) - np.sqrt(d)) / (np.sqrt(s) + np.sqrt(d))])


def test_weights_and_self_ties():
    """Rows are divided, isolates stay without influence, the diagonal is not read."""
    matrix = np.zeros((12, 12))
    matrix[0, [1, 2, 3]] = [1, 2, 1]
    matrix[4, [0, 5]] = [3, 1]
    matrix[6:9, 0] = 2
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    y = RING.attribute("size")
    given = autocorrelation(y, effects=matrix + 5 * np.eye(12))
    divided = autocorrelation(y, effects=shares, weights="raw")
    assert given.estimate == pytest.approx(divided.estimate)
    raw = autocorrelation(y, effects=matrix, weights="raw")
    assert raw.estimate[1] != pytest.approx(divided.estimate[1])
    # Twice the weights, half of rho.
    double = autocorrelation(y, effects=2 * matrix, weights="raw")
    assert double.estimate == pytest.approx(raw.estimate / [1, 2])
    assert double.se == pytest.approx(raw.se / [1, 2])
    assert matrix[0, 1] == 1  # what was given is as it was


@pytest.mark.parametrize("which", ["effects", "disturbances"])
def test_ways_to_give_predictors(which):
    """Attributes, arrays, names, tables: one model."""
    ties = {which: RING}
    wanted = autocorrelation("size", "age", **ties)
    assert wanted.terms == ("intercept", "age", "rho" if which == "effects" else "lambda")
    age = RING.attribute("age")
    for x in (["age"], {"age": age}, {"age": "age"}, pd.DataFrame({"age": age}), pl.DataFrame({"age": age})):
        found = autocorrelation("size", x, **ties)
        assert found.terms == wanted.terms
        assert found.estimate.tobytes() == wanted.estimate.tobytes()
    assert autocorrelation("size", age, **ties).terms[1] == "x"
    assert autocorrelation("size", pd.Series(age, name="age"), **ties).terms[1] == "age"
    assert autocorrelation("size", np.column_stack([age, age**2]), **ties).terms[1:3] == ("x1", "x2")
    assert autocorrelation(pd.Series(RING.attribute("size"), name="size"), **ties).outcome == "size"


def test_both_terms():
    """The combined model fits at least as well as either, and reports both."""
    other = wn.Network.from_edges(
        (list(range(11)), list(range(1, 12))), pd.DataFrame({"id": range(12)}), directed=False
    )
    both = autocorrelation("size", "age", effects=RING, disturbances=other)
    assert both.which == "both"
    assert both.terms == ("intercept", "age", "rho", "lambda")
    for part in ({"effects": RING}, {"disturbances": other.with_actors(RING.actors)}):
        assert both.log_likelihood >= autocorrelation("size", "age", **part).log_likelihood - 1e-9


def test_how_it_looks():
    found = autocorrelation("size", "age", effects=RING)
    table = found.to_frame()
    assert list(table.columns) == ["term", "estimate", "se", "z", "p"]
    assert table["term"].tolist() == list(found.terms)
    assert repr(found).startswith("<Autocorrelation: size of 12 actors, intercept ")
    assert "lnam" in found._repr_html_()
    assert "Null hypothesis" in found._repr_html_()
    assert found.recipe == RING.recipe
    assert "UCINET: no routine" in found.peers
    assert pickle.loads(pickle.dumps(found)).estimate.tolist() == found.estimate.tolist()  # noqa: S301 (our own bytes)


def test_missing_values_are_refused_by_name():
    holey = RING.with_actors(
        pd.DataFrame({"id": range(12), "size": [None, 2.0, np.inf, *range(9)], "sector": ["a"] * 12})
    )
    with pytest.raises(ArgumentError, match=r"y must hold finite numbers, but 2 of 12 actors have none \(0, 2\)"):
        autocorrelation("size", effects=holey)
    with pytest.raises(ArgumentError, match=r"x must hold numbers, but holds something else.*0 and 1"):
        autocorrelation(range(12), "sector", effects=holey)
    with pytest.raises(
        ArgumentError, match=r"x\['a'\] must hold finite numbers, but 1 of 3 actors have none \(row 1\)"
    ):
        autocorrelation([1, 2, 4], {"a": [1, None, 2]})
    with pytest.raises(ColumnError, match="no column 'height'"):
        autocorrelation("height", effects=RING)
    with pytest.raises(ArgumentError, match="names an attribute, and there is no network"):
        autocorrelation("height")


def test_unobserved_dyads_are_refused():
    silent = wn.Network.from_edges((list("ab"), list("bc")), respondents=["a", "b"])
    with pytest.raises(
        MissingTiesError, match=r"2 dyads of effects were not observed, among them those of 'c'.*one_report"
    ):
        autocorrelation([1, 2, 4], effects=silent)
    with pytest.raises(MissingTiesError, match="row 0, column 1"):
        autocorrelation([1, 2, 4], disturbances=[[0, np.nan, 1], [1, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ({"a": [2] * 12}, "'a' is the same for all 12 actors"),
        ({"a": range(12), "b": [2 * i + 1 for i in range(12)]}, "'b' is collinear: it follows from 'intercept', 'a'"),
        (np.random.default_rng(1).normal(size=(12, 9)), "12 parameters need more actors than that, but there are 12"),
    ],
)
def test_predictors_that_cannot_be_told_apart(x, message):
    with pytest.raises(ModelError, match=message):
        autocorrelation(RING.attribute("size"), x, effects=RING)


def test_units():
    """A far origin and odd units leave the same model; squares that are no numbers are refused."""
    wanted = autocorrelation("size", "age", effects=RING)
    size, age = RING.attribute("size"), RING.attribute("age")
    far = autocorrelation(size + 1e6, age * 1e12 + 1e12, disturbances=RING)
    near = autocorrelation(size, age, disturbances=RING)
    assert far.p[1:] == pytest.approx(near.p[1:], rel=1e-6)
    pairs = np.kron(np.eye(6), [[0, 1], [1, 0]])
    for y in (size, size + 1e6):
        both = autocorrelation(y, age, effects=RING, disturbances=pairs)
        assert both.n == 12
    small = autocorrelation(size * 1e-50, age * 1e50, effects=RING)
    assert small.estimate == pytest.approx(wanted.estimate * [1e-50, 1e-100, 1])
    for unit in (1e-80, 1e80):
        with pytest.raises(ArgumentError, match="Use another unit"):
            autocorrelation(size * unit, age, effects=RING)


def test_what_has_no_maximum():
    """A complete network: the mean of the others is the sum less oneself."""
    complete = wn.Network.from_matrix(1 - np.eye(8), directed=False)
    with pytest.raises(ConvergenceError, match="no maximum with rho between -7 and 1"):
        autocorrelation(Y, effects=complete)
    with pytest.raises(ModelError, match="collinear with the predictors"):
        autocorrelation(Y, {"before": np.append(0.0, Y[:-1])}, effects=CHAIN)
    with pytest.raises(ModelError, match="effects has no ties"):
        autocorrelation(Y, effects=np.eye(8))
    with pytest.raises(ModelError, match="without any error"):
        autocorrelation(2 * X + 1, X, effects=CHAIN)
    with pytest.raises(ModelError, match="is 0 for all actors"):
        autocorrelation(Y, np.zeros(8), intercept=False)


def test_what_is_no_network_and_no_matrix():
    with pytest.raises(ArgumentError, match='weights must be "row" or "raw"'):
        autocorrelation(Y, effects=CHAIN, weights="column")
    with pytest.raises(ArgumentError, match=r"effects must be a wholenet\.Network or a matrix"):
        autocorrelation(Y, effects="friends")
    with pytest.raises(ArgumentError, match="a row and a column for each of the 8 actors"):
        autocorrelation(Y, effects=np.ones((3, 3)))
    with pytest.raises(ArgumentError, match="y must hold a value for each of the 8 actors, but holds 7"):
        autocorrelation(Y[1:], effects=CHAIN)
    with pytest.raises(ArgumentError, match="y holds 8 actors, but the predictor 'x' 7"):
        autocorrelation(Y, X[1:])
    with pytest.raises(SignedTiesError):
        autocorrelation(Y, effects=-np.ones((8, 8)))
    signed = wn.Network.from_edges((list("abcdefgh"), list("bcdefgha")), weight=[-1.0, *[1.0] * 7], signed=True)
    with pytest.raises(SignedTiesError):
        autocorrelation(Y, effects=signed)
    assert autocorrelation(Y, effects=signed, weights="raw").n == 8
    two = wn.Network.from_edges((["p", "q"], ["A", "B"]), two_mode=True)
    with pytest.raises(ModeError):
        autocorrelation([1, 2, 3, 5], effects=two)
    with pytest.raises(LabelError, match="same actors in the same order"):
        autocorrelation(Y, effects=CHAIN, disturbances=CHAIN.subset(CHAIN.labels[::-1]))
    with pytest.raises(ArgumentError, match="called 'rho'"):
        autocorrelation(Y, {"rho": X}, effects=CHAIN)
    with pytest.raises(ArgumentError, match="called 'intercept'"):
        autocorrelation(Y, {"intercept": X})
    with pytest.raises(ArgumentError, match="names a predictor twice"):
        autocorrelation("size", ["age", "age"], effects=RING)
    with pytest.raises(ArgumentError, match="different lengths"):
        autocorrelation(Y, [[1, 2], [1]])
