"""Quantiles of Student's t against scipy."""

from math import inf

import pytest
from scipy import stats

from wholenet._student import quantile


@pytest.mark.parametrize("df", [0.5, 1, 2, 3.7, 10, 19, 49, 120.5, 1e4, 9e4, 1e5, 1e8, 1e12, 1e16, inf])
@pytest.mark.parametrize("share", [0.5, 0.6, 0.9, 0.975, 0.995, 0.99999])
def test_quantiles(df, share):
    # Differences of log-gammas of 1e4 and more leave ten digits.
    assert quantile(share, df) == pytest.approx(stats.t.ppf(share, df), rel=1e-9, abs=1e-12)
