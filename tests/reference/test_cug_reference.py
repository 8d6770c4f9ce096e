"""R sna's ``cug.test`` on classical networks, and networkx's random graphs with given degrees.

Of sna there are the mean, the standard deviation and p of 1,000 draws: bounds are four standard errors of both.
"""

import json

import networkx as nx
import numpy as np
import pytest

import wholenet as wn
from reference_case import HERE, MISSING, SHARED, case
from wholenet.inference import cug

# The calls took sna's grecip as "edgewise" and the centralization of betweenness: so the observed values tell.
NAMES = {"gtrans": "transitivity", "grecip": "reciprocity", "centralization": "betweenness_centralization"}
CONDITIONS = {"size": "size", "edges": "density", "dyad.census": "dyads"}
DRAWS = 10_000
WIDE = 4.0

TESTS = json.loads((SHARED / "reference" / "cug.json").read_text(encoding="utf-8"))["tests"] if HERE else []


@pytest.mark.skipif(not HERE, reason=MISSING)
@pytest.mark.parametrize("test", TESTS, ids=lambda one: f"{one['network']}-{one['fun']}-{one['cmode']}")
def test_sna(test):
    net = case(f"sna_igraph_{test['network']}")[0].net
    found = cug(net, NAMES[test["fun"]], condition=CONDITIONS[test["cmode"]], draws=DRAWS, seed=1)
    assert found.estimate == pytest.approx(test["obs"], rel=1e-12)
    errors = np.sqrt(1 / test["reps"] + 1 / DRAWS)
    deviation = found.distribution.std()
    assert found.distribution.mean() == pytest.approx(test["dist_mean"], rel=1e-12, abs=WIDE * deviation * errors)
    # The error of a standard deviation, from the fourth moment.
    fourth = ((found.distribution - found.distribution.mean()) ** 4).mean()
    spread = np.sqrt(max(fourth - deviation**4, 0)) / (2 * deviation) if deviation > 1e-12 else 0
    assert deviation == pytest.approx(test["dist_sd"], rel=1e-12, abs=WIDE * spread * errors + 1e-12)
    for theirs, ours in ((test["p_ge"], found.p_upper), (test["p_le"], found.p_lower)):
        bound = WIDE * np.sqrt(ours * (1 - ours) * (1 / test["reps"] + 1 / DRAWS)) + 1 / DRAWS
        assert ours == pytest.approx(theirs, abs=bound)


@pytest.mark.parametrize("directed", [True, False])
def test_degrees_beside_random_networks_of_networkx(directed):
    """Networks of the configuration model without double ties and self-ties: all with these degrees equally likely."""
    ties = [(i, (i + step) % 9) for i in range(9) for step in (1, 2)][:13]
    net = wn.Network.from_edges(tuple(zip(*ties, strict=True)), directed=directed)
    into = wn.centrality.degree(net, mode="in").astype(int).tolist()
    out = wn.centrality.degree(net, mode="out").astype(int).tolist()
    random, theirs = np.random.RandomState(1), []
    while len(theirs) < 300:
        if directed:
            graph = nx.directed_configuration_model(into, out, seed=random)
        else:
            graph = nx.configuration_model(out, seed=random)
        if nx.number_of_selfloops(graph) == 0 and not any(graph.number_of_edges(i, j) > 1 for i, j in graph.edges()):
            simple = nx.DiGraph(graph) if directed else nx.Graph(graph)
            theirs.append(wn.cohesion.transitivity(wn.Network.from_networkx(simple)))
    found = cug(net, "transitivity", condition="degrees", draws=DRAWS, seed=1).distribution
    bound = WIDE * found.std() * np.sqrt(1 / len(theirs) + 1 / DRAWS)
    assert found.mean() == pytest.approx(np.mean(theirs), abs=bound)
