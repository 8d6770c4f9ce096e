"""Governance beside statsmodels."""

import numpy as np
import pytest

from wholenet.governance._accuracy import wilson
from wholenet.governance._change import _mcnemar
from wholenet.governance._mixed import plain

proportion = pytest.importorskip("statsmodels.stats.proportion")
tables = pytest.importorskip("statsmodels.stats.contingency_tables")
api = pytest.importorskip("statsmodels.api")


@pytest.mark.parametrize(("count", "total"), [(0, 5), (5, 5), (3, 10), (41, 91)])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_wilson(count, total, confidence):
    wanted = proportion.proportion_confint(count, total, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(wilson(count, total, confidence)[1:], wanted, atol=1e-12)


@pytest.mark.parametrize(("gained", "lost"), [(3, 1), (24, 11), (0, 4), (5, 5), (0, 0)])
def test_mcnemar(gained, lost):
    if gained + lost == 0:
        assert _mcnemar(gained, lost) == 1
        return
    wanted = tables.mcnemar([[3, lost], [gained, 4]], exact=True).pvalue
    assert _mcnemar(gained, lost) == pytest.approx(wanted, rel=1e-12)


def test_logistic_regression_without_random_effects():
    random = np.random.default_rng(4)
    x = np.column_stack([np.ones(200), random.standard_normal((200, 2)) * [1, 30]])
    y = (random.random(200) < 1 / (1 + np.exp(-x @ [0.3, 0.8, -0.02]))).astype(float)
    wanted = api.GLM(y, x, family=api.families.Binomial()).fit(tol=1e-12).fittedvalues
    np.testing.assert_allclose(plain(y, x), wanted, rtol=1e-8)
