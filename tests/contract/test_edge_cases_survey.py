"""Response, reports and agreement of every awkward network."""

import pytest

from edge_networks import NETWORKS, each_network
from wholenet import survey
from wholenet.errors import DirectionError

TABLES = {"response": survey.response, "reports": survey.reports, "agreement": survey.agreement}


@each_network
@pytest.mark.parametrize("name", TABLES)
def test_tables(net, name):
    if not net.directed:
        with pytest.raises(DirectionError, match="undirected"):
            TABLES[name](net)
        return
    table = TABLES[name](net)
    assert len(table) == (net.n_actors if name == "agreement" else 1)
    shares = table[[one for one in table.columns if one in {"response", "agreement", "agreement_on_ties", "kappa"}]]
    assert not (shares.abs() > 1).any(axis=None)
    if name == "reports":
        row = table.iloc[0]
        assert row["two_reports"] + row["one_report"] + row["no_report"] == row["dyads"]
        assert 2 * row["two_reports"] + row["one_report"] == net.missing.observed


def test_self_ties_are_not_read():
    for measure in TABLES.values():
        assert measure(NETWORKS["directed ring with self-ties"]).equals(measure(NETWORKS["directed ring"]))
