"""Treatments of non-response on every awkward network: a result, or an error of ours; never a warning."""

import pytest

from edge_networks import each_network
from wholenet import survey
from wholenet.errors import WholenetError

CALLS = {
    "null_ties": survey.null_ties,
    "reconstruct": survey.reconstruct,
    "complete_cases": survey.complete_cases,
    "impute": lambda net: survey.impute(net, by="group", draws=2, seed=1).networks,
    "impute one": lambda net: survey.impute(net, by=None, draws=2, seed=1).to_frame(),
    "pool": lambda net: survey.impute(net, by="group", draws=3, seed=1).pool("density"),
    "pool within": lambda net: survey.impute(net, by=None, draws=2, seed=1).pool("density", within="jackknife"),
    "pool actors": lambda net: survey.impute(net, by=None, draws=2, seed=1).pool("closeness").to_frame(),
    "bounds": lambda net: survey.bounds(net, "density", values=(1, 10) if net.valued else None),
    "bounds actors": lambda net: survey.bounds(net, "degree").to_frame(),
    "bounds searched": lambda net: survey.bounds(
        net, "diameter", draws=10, seed=1, values=(1, 10) if net.valued else None
    ),
    "treatments": lambda net: survey.treatments(net, "mean_degree", by="group", draws=2, seed=1).plot(),
}


@each_network
@pytest.mark.parametrize("name", CALLS)
def test_a_result_or_an_error_of_ours(net, name):
    try:
        found = CALLS[name](net)
    except WholenetError as error:
        found = error
    assert len(repr(found)) > 5
    if name in {"null_ties", "impute"} and not isinstance(found, WholenetError):
        made = found if name == "impute" else [found]
        assert all(one.missing.dyads == 0 and one.n_actors == net.n_actors for one in made)
