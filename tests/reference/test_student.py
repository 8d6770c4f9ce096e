"""Quantiles of Student's t against scipy."""

from math import inf

import pytest
from scipy import stats

from wholenet.survey._student import quantile


@pytest.mark.parametrize("df", [0.5, 1, 2, 3.7, 10, 19, 49, 120.5, 1e4, 1e8, inf])
@pytest.mark.parametrize("share", [0.5, 0.6, 0.9, 0.975, 0.995, 0.99999])
def test_quantiles(df, share):
    # Differences of log-gammas of 1e4 and more leave ten digits; of 1e8, six.
    rel = 1e-9 if df < 1e5 or df == inf else 1e-6
    assert quantile(share, df) == pytest.approx(stats.t.ppf(share, df), rel=rel, abs=1e-12)
