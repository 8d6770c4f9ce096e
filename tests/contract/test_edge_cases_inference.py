"""Tests and models on every awkward network: a result, or an error of ours; never a warning, never nonsense."""

import numpy as np
import pytest

from edge_networks import each_network
from wholenet import inference, models
from wholenet.errors import WholenetError
from wholenet.report._tables import ACTOR_MEASURES, NETWORK_MEASURES

FEW = {"permutations": 9, "seed": 1, "progress": False}
DRAWN = {"draws": 9, "seed": 1, "progress": False}


def numbers(net):
    return np.arange(net.n_actors, dtype=float) ** 2


def halves(net):
    return np.arange(net.n_actors) % 2


def random(net):
    """Values of dyads that are as symmetric as the network."""
    shape = net.to_matrix().shape
    cells = np.random.default_rng(1).random(shape)
    return cells if net.directed or net.two_mode else (cells + cells.T) / 2


CALLS = {
    "qap_correlation": lambda net: inference.qap_correlation(net, net, **FEW),
    "qap jaccard": lambda net: inference.qap_correlation(net, net, kind="jaccard", **FEW),
    "qap gamma": lambda net: inference.qap_correlation(net, net, kind="gamma", **FEW),
    "qap matching": lambda net: inference.qap_correlation(net, net, kind="matching", **FEW),
    "qap within": lambda net: inference.qap_correlation(net, net, within="group", **FEW),
    "mrqap dsp": lambda net: inference.mrqap(net, {"x": random(net)}, **FEW),
    "mrqap y": lambda net: inference.mrqap(net, {"x": random(net)}, method="y", **FEW),
    "mrqap robust": lambda net: inference.mrqap(net, {"x": random(net)}, se="robust", **FEW),
    "mrqap words": lambda net: inference.mrqap(net, ["same(group)"], **FEW),
    "mrqap logistic": lambda net: inference.mrqap(net, {"x": random(net)}, family="logistic", **FEW),
    "mrqap poisson": lambda net: inference.mrqap(net, {"x": random(net)}, family="poisson", **FEW),
    "bootstrap": lambda net: inference.bootstrap(net, **DRAWN),
    "bootstrap other": lambda net: inference.bootstrap(net, "reciprocity", **DRAWN),
    "bootstrap_measures": lambda net: inference.bootstrap_measures(net, NETWORK_MEASURES, **DRAWN),
    "rank_intervals": lambda net: inference.rank_intervals(net, ACTOR_MEASURES, **DRAWN),
    "prominence": lambda net: inference.prominence(net, "degree", mark=net.labels[:2], within="group", **FEW),
    "prominence of all": lambda net: inference.prominence(net, "betweenness", mark=net.labels[:1], within=None, **FEW),
    "composition_test": lambda net: inference.composition_test(
        {"one": net, "other": net}, by="group", distinct=True, **FEW
    ),
    "jackknife": lambda net: inference.jackknife(net, progress=False),
    "compare_densities": lambda net: inference.compare_densities(net, net, paired=True, **DRAWN),
    "compare others": lambda net: inference.compare_densities(net, net, paired=False, **DRAWN),
    "density_test": lambda net: inference.density_test(net, 0.3, **DRAWN),
    "ei_test": lambda net: inference.ei_test(net, by="group", **FEW),
    "sector_density_test": lambda net: inference.sector_density_test(net, by="group", **FEW),
    "density_model": lambda net: inference.density_model(net, by="group", **FEW),
    "moran": lambda net: inference.moran(net, numbers(net), **FEW),
    "geary": lambda net: inference.geary(net, numbers(net), **FEW),
    "join_count": lambda net: inference.join_count(net, by="group", **FEW),
    "permutation_ttest": lambda net: inference.permutation_ttest(numbers(net), by=halves(net), net=net, **FEW),
    "permutation_anova": lambda net: inference.permutation_anova(numbers(net), by="group", net=net, **FEW),
    "permutation_regression": lambda net: inference.permutation_regression(
        numbers(net), {"half": halves(net)}, net=net, **FEW
    ),
    "effects": lambda net: models.autocorrelation(numbers(net), effects=net),
    "disturbances": lambda net: models.autocorrelation(numbers(net), disturbances=net),
    **{
        f"cug {condition}": lambda net, condition=condition: inference.cug(
            net, "density", condition=condition, by="group" if condition == "sectors" else None, **DRAWN
        )
        for condition in ("size", "density", "dyads", "degrees", "sectors")
    },
}


@each_network
@pytest.mark.parametrize("name", CALLS)
def test_a_result_or_an_error_of_ours(net, name):
    try:
        found = CALLS[name](net)
    except WholenetError as error:
        assert len(str(error)) > 20  # noqa: PT017 (that it says something)
        return
    assert repr(found).startswith("<")
    assert found._repr_html_().count("<")
    for p in ("p_lower", "p_upper", "p_two_sided"):
        values = np.atleast_1d(getattr(found, p, np.nan))
        assert (np.isnan(values) | ((values > 0) & (values <= 1))).all()
    found.to_frame()
    if hasattr(found, "plot"):
        assert found.plot().svg.startswith("<svg")
