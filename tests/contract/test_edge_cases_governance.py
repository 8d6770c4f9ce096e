"""Governance on every awkward network: a result, or an error of ours; never a warning."""

import numpy as np
import pytest

from edge_networks import each_network
from wholenet import governance
from wholenet.errors import WholenetError

MODES = {"formal": "even", "perceived": "group", "modes": ["even", "odd"]}
CALLS = {
    "confusion": lambda net: governance.confusion(net, **MODES),
    "accuracy": lambda net: governance.accuracy(net, **MODES),
    "accuracy_change": lambda net: governance.accuracy_change(net, net, **MODES),
    "accuracy_model": lambda net: governance.accuracy_model(
        net, {"x": np.arange(net.n_actors) ** 2}, permutations=9, seed=1, **MODES
    ),
    "load": lambda net: governance.load(net, mark=np.arange(net.n_actors) == 0, permutations=9, seed=1),
}


def test_every_function_is_here():
    assert set(CALLS) == {name for name in governance.__all__ if name.islower()}


@each_network
@pytest.mark.parametrize("name", CALLS)
def test_result_or_error(net, name):
    try:
        found = CALLS[name](net)
    except WholenetError:
        return
    table = found if name in {"confusion", "accuracy"} else found.to_frame()
    assert len(table) <= max(net.n_actors, 3)
    assert repr(found)
    if name not in {"confusion", "accuracy"}:
        assert found._repr_html_().startswith(("<div", "<table"))
