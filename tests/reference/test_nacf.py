"""Moran's I and Geary's C as R's sna has them: of ages along advice, at distances 1, 2 and 3."""

import csv
import json

import numpy as np
import pytest

import wholenet as wn
from reference_case import HERE, MISSING, SHARED
from wholenet import cohesion
from wholenet.inference import geary, moran

pytestmark = pytest.mark.skipif(not HERE, reason=MISSING)


@pytest.mark.parametrize(("name", "test"), [("moran", moran), ("geary", geary)])
def test_lags(name, test):
    """nacf's lag k looks at actors at distance k; lag 0 is what an actor has with itself."""
    reference = json.loads((SHARED / "reference" / "cug.json").read_text(encoding="utf-8"))["nacf"]
    folder = SHARED / "data" / "krackhardt_hightech"
    with (folder / "nodes.csv").open(encoding="utf-8") as file:
        actors = list(csv.DictReader(file))
    with (folder / "edges.csv").open(encoding="utf-8") as file:
        ties = [row for row in csv.DictReader(file) if row["relation"] == "advice"]
    net = wn.Network.from_edges(([int(row["source"]) for row in ties], [int(row["target"]) for row in ties]))
    assert net.labels.tolist() == [int(row["id"]) for row in actors]
    ages, steps = [float(row["age"]) for row in actors], cohesion.distances(net)
    assert reference[name][0] == {"moran": 1, "geary": 0}[name]
    for lag in (1, 2, 3):
        apart = wn.Network.from_matrix((steps == lag).astype(float))
        found = test(apart, ages, permutations=1, seed=1)
        assert found.estimate == pytest.approx(reference[name][lag], rel=1e-12)
    # Its third kind is a correlation: Moran's I times (n - 1) ÷ n.
    n = len(ages)
    assert reference["correlation"][1:] == pytest.approx(np.array(reference["moran"][1:]) * (n - 1) / n)
