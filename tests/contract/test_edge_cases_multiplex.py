"""Several relations, and strong ties, of every awkward network: a result, or an error of ours; never nonsense."""

from functools import partial

import narwhals as nw
import numpy as np
import pytest

from edge_networks import each_network
from wholenet import multiplex, survey
from wholenet.errors import InternalError, WholenetError

TABLES = {
    "overlap": multiplex.overlap,
    "types_per_tie": multiplex.types_per_tie,
    "multiplex_degree": multiplex.multiplex_degree,
    "multiplex_degree in": lambda one: multiplex.multiplex_degree(one, mode="in"),
}
TESTS = {
    "cooccurrence": lambda one: multiplex.cooccurrence(one, permutations=9, seed=1, progress=False),
    "structures": lambda one: multiplex.structures(one, draws=9, seed=1, progress=False),
    "structures density": lambda one: multiplex.structures(one, "density", draws=9, seed=1, progress=False),
}


def tried(function, *data):
    """Give a result, or what an error of ours says."""
    try:
        return function(*data), ""
    except InternalError:
        raise
    except WholenetError as error:
        return None, str(error)


def relations(net):
    return {
        "one": net,
        "other": net.reverse(),
        "union": net if not net.directed else net.symmetrize("max", one_report="use"),
    }


def test_every_function_is_here():
    here = {name.split()[0] for name in (*TABLES, *TESTS)}
    assert here | {"multiplexity", "Cooccurrence", "StructureComparison"} == set(multiplex.__all__)


@each_network
@pytest.mark.parametrize("name", TABLES)
def test_tables(net, name):
    table = nw.from_native(TABLES[name](relations(net)), eager_only=True)
    assert len(table) == (net.n_actors if name.startswith("multiplex_degree") else 3)
    if name == "overlap":
        for column in ("jaccard", "matching", "x_also_y", "y_also_x"):
            values = table[column].to_numpy()
            assert ((values >= 0) & (values <= 1) | np.isnan(values)).all()
        counts = table["both"] + table["only_x"] + table["only_y"] + table["neither"]
        assert counts.to_list() == table["dyads"].to_list()


@each_network
def test_multiplexity(net):
    found = multiplex.multiplexity(relations(net))
    assert found.shape == (net.n_actors, net.n_actors)
    assert not (np.diag(found) != 0).any()
    assert np.isin(found[~np.isnan(found)], [0, 1, 2, 3]).all()


@each_network
@pytest.mark.parametrize("name", TESTS)
def test_tests(net, name):
    found, told = tried(TESTS[name], relations(net))
    if found is None:
        assert len(told) > 20
        return
    table = nw.from_native(found.to_frame(), eager_only=True)
    for column in ("p", "p_holm"):
        values = table[column].to_numpy()
        assert ((values > 0) & (values <= 1) | np.isnan(values)).all()
    assert repr(found)
    assert found._repr_html_()


@each_network
@pytest.mark.parametrize("word", ["missing", "use"])
@pytest.mark.parametrize("kinds", [0, 1])
def test_strong(net, word, kinds):
    pair = {"any contact": net, "other": net.reverse()}
    options = {"frequency": None, "reciprocal": net.directed, "kinds": kinds, "one_report": word}
    found = survey.strong(pair, **options)
    assert (found.n_actors, found.directed, found.valued) == (net.n_actors, False, False)
    cells, own = found.to_matrix(), net.to_matrix()
    seen = ~np.isnan(own)
    both = (seen & seen.T) if word == "missing" else (seen | seen.T)
    off = ~np.eye(net.n_actors, dtype=bool)
    assert np.array_equal(np.isnan(cells)[off], ~both[off])


@each_network
def test_strong_grid(net):
    pair = {"any contact": net, "other": net.reverse()}
    options = {"frequency": [None], "reciprocal": [net.directed], "one_report": "use"}
    found, told = tried(partial(survey.strong_grid, **options), pair, ["share_with_strong_tie", "mean_degree"])
    if found is None:
        assert net.n_actors == 0
        assert "mean_degree" in told
        return
    shares = found.estimate[0]
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
    assert repr(found)
    assert found._repr_html_()
    assert found.plot().svg.startswith("<svg")
