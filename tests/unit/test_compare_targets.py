"""Comparing the example's neighbourhoods finds again what they were made to show."""

import csv
from pathlib import Path

import numpy as np
import pytest

import wholenet as wn

TARGETS = (Path(wn.datasets.__file__).parent / "targets.csv").read_text(encoding="utf-8")
BANDS = {row["target"]: (float(row["low"]), float(row["high"])) for row in csv.DictReader(TARGETS.splitlines())}


@pytest.fixture(scope="module")
def found():
    data = wn.datasets.neighbourhoods("pandas")
    return wn.compare.effects(data, "effectiveness ~ ses * inside", reference={"ses": "low"}, permutations=999, seed=1)


def test_higher_at_high_status_and_inside_helps_where_it_is_low(found):
    """Without size beside them effects are the differences of means that the targets are about."""
    higher, helps = found.estimate[found.terms.index("ses: high")], found.interaction().effects["estimate"]
    values = {
        "effectiveness at high status": higher,
        "effectiveness inside, low status": helps[0],
        "effectiveness inside, high status": helps[1],
    }
    for target, value in values.items():
        low, high = BANDS[target]
        assert low <= value <= high, target


def test_it_is_sure_only_where_status_is_low(found):
    effects = found.interaction().effects
    assert max(effects.loc[0, ["p_robust", "p_permutation"]]) < 0.01
    assert min(effects.loc[1, ["p_robust", "p_permutation"]]) > 0.05
    assert found.interaction().contrasts.loc[0, "p_permutation"] < 0.05


def test_density_falls_with_size_and_mean_degree_does_not():
    networks = wn.datasets.neighbourhood_networks("pandas")
    fair = wn.compare.fair(networks, ["density", "mean_degree"], draws=9, seed=1)
    assert len(fair.keys) == BANDS["neighbourhood networks"][0]
    assert -1.3 < fair.slope[0] < -0.8
    assert abs(fair.slope[1]) < 0.2
    assert np.isnan(fair.z).all()
