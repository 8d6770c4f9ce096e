"""Change on every awkward network: a result, or an error of ours; never a warning, never nonsense."""

import numpy as np
import pytest

from edge_networks import each_network
from wholenet import change
from wholenet.errors import WholenetError

FEW = {"seed": 1, "progress": False}
CALLS = {
    "by_pair": lambda net: change.by_pair(net, net, by="group"),
    "by_mark": lambda net: change.by_mark(net, net, mark="group"),
    "by_value": lambda net: change.by_value(net, net),
    "by_value reciprocity": lambda net: change.by_value(net, net, reciprocity=True),
    "stability": lambda net: change.stability(net, net, permutations=9, **FEW),
    "persistence": lambda net: change.persistence(net, net, ["same(group)"], permutations=9, **FEW),
    **{
        f"measured {rule} {unanswered}": lambda net, rule=rule, unanswered=unanswered, reporting=reporting: (
            change.measured_loss(net, net, rule=rule, unanswered=unanswered, reporting=reporting, draws=9, **FEW)
        )
        for rule, reporting in (("union", None), ("confirmed", None), ("sender", 0.8))
        for unanswered in ("absent", "missing")
    },
    **{
        f"simulated {rule}": lambda net, rule=rule: change.simulated_loss(
            net, net, reporting=0.8, rule=rule, draws=9, **FEW
        )
        for rule in ("union", "confirmed", "sender")
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
    assert found.to_frame() is not None
    if hasattr(found, "plot"):
        assert found.plot().svg.startswith("<svg")


@each_network
@pytest.mark.parametrize("mode", ["in", "out", "all"])
def test_a_row_for_each_actor(net, mode):
    table = change.by_actor(net, net, mode=mode)
    assert len(table) == net.n_actors
    shares = table[["jaccard", "dissolution", "turnover"]].to_numpy(dtype=float)
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
