"""Design on every awkward network: a result, or an error of ours; never a warning."""

import numpy as np
import pytest

from edge_networks import each_network
from wholenet import design
from wholenet.errors import WholenetError

RULES = [design.must(), design.at_most(3)]
CALLS = {
    "gap": lambda net: design.gap(net, RULES),
    "plan": lambda net: design.plan(net, RULES, time_limit=5, progress=False),
    "plan that survives": lambda net: design.plan(net, survive_any_leaver=True, time_limit=5, progress=False),
    "what_if": lambda net: design.what_if(net, remove=[net.labels[0]] if net.n_actors else (), levels=None),
    "robustness": lambda net: design.robustness(net, draws=9, seed=1),
    "robustness by betweenness": lambda net: design.robustness(net, order="betweenness", draws=9, seed=1),
    "robustness by number": lambda net: design.robustness(net, order=np.arange(net.n_actors), draws=9, seed=1),
}
# What makes rules, and reads no network.
WORDS = {"must", "never", "at_most", "rules"}


def test_every_function_is_here():
    assert {name.split()[0] for name in CALLS} | WORDS == {name for name in design.__all__ if name.islower()}


@each_network
@pytest.mark.parametrize("name", CALLS)
def test_result_or_error(net, name):
    try:
        found = CALLS[name](net)
    except WholenetError:
        return
    assert len(found.to_frame()) >= 0
    assert repr(found)
    assert found._repr_html_().startswith(("<div", "<table"))
    assert found.plot().svg.startswith("<svg")
