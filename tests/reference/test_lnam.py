"""Network autocorrelation as R's sna fits it."""

import json

import numpy as np
import pytest

from reference_case import HERE, MISSING, SHARED
from wholenet.models import autocorrelation

pytestmark = pytest.mark.skipif(not HERE, reason=MISSING)
NAMES = ["krackhardt tenure, lag advice", "krackhardt tenure, disturbance advice"]
# lnam stops once a step gains little: its log-likelihood is below ours by d up to 6e-10. Then its parameters are off by
# up to √(2d) standard errors, and so are these, relative to their size.
NEAR = 4e-5


@pytest.fixture(params=NAMES)
def pair(request):
    """What lnam found, and what we do."""
    fits = json.loads((SHARED / "reference" / "lnam.json").read_text(encoding="utf-8"))["fits"]
    fit = next(one for one in fits if one["name"] == request.param)
    columns = dict(zip(fit["x_names"], np.array(fit["x"], dtype=float).T, strict=True))
    ties = {"effects": fit["W1"]} if fit["W1"] else {"disturbances": fit["W2"]}
    return fit, autocorrelation(fit["y"], columns, weights="raw", intercept=False, **ties)


def test_all_fits_are_here():
    fits = json.loads((SHARED / "reference" / "lnam.json").read_text(encoding="utf-8"))["fits"]
    assert [fit["name"] for fit in fits] == NAMES


def test_estimates_and_their_errors(pair):
    """lnam takes standard errors from the observed information, too."""
    fit, found = pair
    own = "1" if fit["W1"] else "2"
    assert found.terms == ("const", "age", "level", "rho" if fit["W1"] else "lambda")
    assert (abs(found.estimate - [*fit["beta"], fit["rho" + own]]) < NEAR * found.se).all()
    assert found.se == pytest.approx([*fit["beta_se"], fit[f"rho{own}_se"]], rel=NEAR)
    assert found.sigma == pytest.approx(fit["sigma"][0][0], rel=NEAR)


def test_log_likelihood_and_aic(pair):
    fit, found = pair
    theirs = fit["lnlik"][0][0]
    assert theirs <= found.log_likelihood == pytest.approx(theirs, rel=1e-10)
    assert found.aic == pytest.approx(-2 * theirs + 2 * fit["df_model"])
    assert found.n == fit["df_model"] + fit["df_residual"]


def test_the_error_of_sigma_is_squared_there(pair):
    """What lnam calls the standard error of sigma is its variance."""
    fit, found = pair
    assert found.sigma_se**2 == pytest.approx(fit["sigma_se"][0][0], rel=NEAR)


def test_residuals_are_defined_otherwise_there(pair):
    """lnam takes y less what the predictors give, passed on along the ties; ours are the innovations."""
    fit, found = pair
    x, y = np.array(fit["x"], dtype=float), np.array(fit["y"], dtype=float)
    ties = np.array(fit["W1"] or fit["W2"])
    passing = np.eye(len(y)) - found.estimate[3] * ties
    expected = x @ found.estimate[:3]
    theirs = y - (np.linalg.solve(passing, expected) if fit["W1"] else expected)
    ours = passing @ y - expected if fit["W1"] else passing @ (y - expected)
    # Differences of numbers up to 30, known to NEAR.
    assert theirs == pytest.approx(fit["residuals"], abs=30 * NEAR)
    assert found.residuals == pytest.approx(ours)
