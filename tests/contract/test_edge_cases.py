"""Every measure on every awkward network: it returns what its docstring promises, or raises what it promises."""

from functools import partial

import narwhals as nw
import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from wholenet import centrality, change, cohesion, mixing
from wholenet.errors import ArgumentError, InternalError, SmallNetworkError

# Every public measure, with each word that its arguments may be: its name, the call, and what it gives.
ACTORS = {
    **{f"degree {mode}": partial(centrality.degree, mode=mode) for mode in ("in", "out", "all")},
    "degree normalized": partial(centrality.degree, normalized=True),
    **{f"strength {mode}": partial(centrality.strength, mode=mode) for mode in ("in", "out", "all")},
    **{
        f"closeness {mode} {rule}": partial(centrality.closeness, mode=mode, unreachable=rule)
        for mode in ("in", "out", "all")
        for rule in ("ignore", "scale", "n", "max+1")
    },
    **{f"harmonic {mode}": partial(centrality.harmonic, mode=mode) for mode in ("in", "out", "all")},
    "harmonic normalized": partial(centrality.harmonic, normalized=True),
    "betweenness": centrality.betweenness,
    "betweenness normalized": partial(centrality.betweenness, normalized=True),
    "eigenvector": centrality.eigenvector,
    "eigenvector norm": partial(centrality.eigenvector, scale="norm"),
    "pagerank": centrality.pagerank,
    "pagerank undamped": partial(centrality.pagerank, damping=0),
    "local_clustering": centrality.local_clustering,
    "local_clustering zero": partial(centrality.local_clustering, isolates="zero"),
}
LENGTHS = {
    f"{measure.__name__} {distance}": partial(measure, distance=distance)
    for measure in (centrality.closeness, centrality.harmonic, centrality.betweenness, cohesion.distances)
    for distance in ("inverse", "value")
}
# Scalars that need an actor.
SCALARS = {
    "density": cohesion.density,
    "mean_degree": cohesion.mean_degree,
    "reciprocity": cohesion.reciprocity,
    "reciprocity dyads": partial(cohesion.reciprocity, kind="dyads"),
    "transitivity": cohesion.transitivity,
    "average_distance": cohesion.average_distance,
    "diameter": cohesion.diameter,
    "centralization": cohesion.centralization,
    "centralization in": partial(cohesion.centralization, mode="in"),
    "centralization out": partial(cohesion.centralization, mode="out"),
    "centralization closeness": partial(cohesion.centralization, measure="closeness"),
    "centralization closeness in": partial(cohesion.centralization, measure="closeness", mode="in"),
    "centralization betweenness": partial(cohesion.centralization, measure="betweenness"),
}
COUNTS = {"active_actors": cohesion.active_actors, "isolates": cohesion.isolates}
TABLES = {
    "dyad_census": (cohesion.dyad_census, ["type", "count"]),
    "triad_census": (cohesion.triad_census, ["type", "count"]),
    "composition": (partial(mixing.composition, by="group"), ["group", "actors", "share"]),
    "sector_density": (
        partial(mixing.sector_density, by="group"),
        ["from", "to", "ties", "dyads", "density", "expected", "ratio"],
    ),
    "ties": (lambda net: change.ties(net, net), ["source", "target", "state"]),
}


def test_every_measure_is_here():
    here = {name.split()[0] for name in (*ACTORS, *SCALARS, *COUNTS, *TABLES, *LENGTHS)}
    elsewhere = {"components", "tie_change", "joiners", "leavers", "TieChange"}
    public = {name for family in (centrality, cohesion, mixing, change) for name in family.__all__}
    # Families may grow; what is here must exist, and what was there at first must be here.
    assert here | elsewhere <= public


@each_network
@pytest.mark.parametrize("name", ACTORS)
def test_actor_measures(net, name):
    scores = ACTORS[name](net)
    assert scores.shape == (net.n_actors,)
    assert scores.dtype == np.float64
    assert scores.flags.c_contiguous
    assert not np.isinf(scores).any()
    # Nobody has less than nothing, nor a zero with a sign.
    assert not (scores < 0).any()
    assert not np.signbit(scores[scores == 0]).any()
    if "normalized" in name or name.split()[0] in {"closeness", "local_clustering", "pagerank", "eigenvector"}:
        assert not (scores > 1 + 1e-12).any()


@each_network
@pytest.mark.parametrize("name", LENGTHS)
def test_lengths_need_values(net, name):
    if net.valued:
        LENGTHS[name](net)
        return
    with pytest.raises(ArgumentError, match="reads tie values, and this network has none"):
        LENGTHS[name](net)


@each_network
@pytest.mark.parametrize("name", SCALARS)
def test_network_measures(net, name):
    if net.n_actors == 0:
        with pytest.raises(SmallNetworkError, match=f"{name.split()[0]} needs at least one actor"):
            SCALARS[name](net)
        return
    value = SCALARS[name](net)
    assert type(value) is float
    assert not np.isinf(value)
    assert not value < 0
    if not net.valued and name not in {"mean_degree", "average_distance", "diameter"}:
        assert not value > 1 + 1e-12


@each_network
@pytest.mark.parametrize("name", COUNTS)
def test_counts(net, name):
    count = COUNTS[name](net)
    assert type(count) is int
    assert 0 <= count <= net.n_actors


@each_network
@pytest.mark.parametrize("kind", ["weak", "strong"])
def test_components(net, kind):
    parts = cohesion.components(net, kind=kind)
    assert parts.shape == (net.n_actors,)
    assert parts.dtype == np.int64
    assert set(parts.tolist()) == set(range(len(set(parts.tolist()))))


@each_network
def test_distances(net):
    found = cohesion.distances(net)
    n = net.n_actors
    assert found.shape == (n, n)
    assert not np.isnan(found).any()
    assert (np.diag(found) == 0).all()
    assert (found[~np.eye(n, dtype=bool)] >= 1).all()


@each_network
@pytest.mark.parametrize("name", TABLES)
def test_tables(net, name):
    measure, columns = TABLES[name]
    table = nw.from_native(measure(net), eager_only=True)
    assert table.columns == columns
    rows = {"dyad_census": 3, "triad_census": 16}.get(name)
    assert rows is None or len(table) == rows
    if name == "dyad_census":
        assert (table["count"] >= 0).all()
    if name == "sector_density" and net.n_actors:
        assert table["dyads"].sum() == net.missing.observed


@each_network
def test_change_of_nothing(net):
    result = change.tie_change(net, net)
    assert (result.dissolved, result.new) == (0, 0)
    assert result.kept == net.n_ties
    assert result.kept + result.never == net.missing.observed
    assert change.joiners(net, net) == change.leavers(net, net) == ()
    assert repr(result)
    assert result._repr_html_()


@pytest.mark.parametrize("direction", ["directed", "undirected"])
def test_values_on_the_smallest(direction):
    one, two, tied = (NETWORKS[f"{direction} {name}"] for name in ("of one", "of two apart", "of two tied"))
    for net in (one, two):
        for name in ("reciprocity", "transitivity", "average_distance", "diameter"):
            assert np.isnan(SCALARS[name](net))
        assert np.isnan(centrality.eigenvector(net)).all()
        assert np.isnan(centrality.closeness(net)).all()
        assert np.isnan(centrality.closeness(net, unreachable="max+1")).all()
        assert (centrality.closeness(net, unreachable="scale") == 0).all()
        assert (centrality.harmonic(net) == 0).all()
        assert np.isnan(centrality.betweenness(net, normalized=True)).all()
        assert (centrality.betweenness(net) == 0).all()
        assert centrality.pagerank(net).sum() == 1
        assert cohesion.isolates(net) == net.n_actors
    assert np.isnan(cohesion.density(one))
    assert np.isnan(cohesion.centralization(one))
    assert cohesion.mean_degree(one) == 0
    assert np.isnan(centrality.degree(one, normalized=True)).all()
    assert np.isnan(centrality.harmonic(one, normalized=True)).all()
    assert cohesion.density(two) == 0
    assert cohesion.mean_degree(two) == 0
    assert cohesion.density(tied) == (0.5 if direction == "directed" else 1)
    assert cohesion.average_distance(tied) == cohesion.diameter(tied) == 1


@pytest.mark.parametrize("direction", ["directed", "undirected"])
def test_complete(direction):
    net = NETWORKS[f"{direction} complete"]
    for scores in (
        centrality.degree(net, normalized=True),
        centrality.closeness(net),
        centrality.harmonic(net, normalized=True),
        centrality.eigenvector(net).round(12),
        centrality.local_clustering(net),
    ):
        assert (scores == 1).all()
    assert (centrality.betweenness(net) == 0).all()
    for name in ("density", "reciprocity", "transitivity", "average_distance", "diameter"):
        assert SCALARS[name](net) == 1
    for name in ("centralization", "centralization closeness", "centralization betweenness"):
        assert SCALARS[name](net) == 0


@pytest.mark.parametrize("direction", ["directed", "undirected"])
@pytest.mark.parametrize("name", [*ACTORS, *SCALARS])
def test_self_ties_are_read_by_no_measure(direction, name):
    measure = {**ACTORS, **SCALARS}[name]
    np.testing.assert_array_equal(
        measure(NETWORKS[f"{direction} ring with self-ties"]), measure(NETWORKS[f"{direction} ring"])
    )


def test_nobody_observed():
    net = NETWORKS["directed where nobody answered"]
    for name in ("density", "mean_degree", "reciprocity"):
        assert np.isnan(SCALARS[name](net))
    assert (cohesion.dyad_census(net)["count"] == 0).all()
    assert (cohesion.triad_census(net)["count"] == 0).all()
    assert (mixing.sector_density(net, by="group")["dyads"] == 0).all()
    assert cohesion.isolates(net) == 4


WRONG = [
    (centrality.degree, {"mode": None}),
    (centrality.degree, {"mode": "IN"}),
    (centrality.strength, {"mode": 1}),
    (centrality.closeness, {"unreachable": None}),
    (centrality.closeness, {"mode": ["in"]}),
    (centrality.closeness, {"distance": "weight"}),
    (centrality.harmonic, {"distance": 2}),
    (centrality.eigenvector, {"scale": True}),
    (centrality.pagerank, {"damping": 1}),
    (centrality.local_clustering, {"isolates": None}),
    (cohesion.components, {"kind": "connected"}),
    (cohesion.reciprocity, {"kind": None}),
    (cohesion.centralization, {"measure": "pagerank"}),
    (cohesion.centralization, {"mode": ""}),
]


@pytest.mark.parametrize(("measure", "arguments"), WRONG)
def test_wrong_words(measure, arguments):
    with pytest.raises(ArgumentError, match=next(iter(arguments))):
        measure(NETWORKS["directed ring"], **arguments)
    with pytest.raises(ArgumentError):
        measure("ring", **arguments)


@pytest.mark.parametrize(
    "measure", [*ACTORS.values(), *SCALARS.values(), *COUNTS.values(), cohesion.components, cohesion.distances]
)
def test_a_graph_of_another_package_is_refused(measure):
    try:
        measure(NETWORKS["directed ring"].to_matrix())
    except InternalError:
        pytest.fail("no input may cause an internal error")
    except ArgumentError as error:
        assert "must be a wholenet.Network, but is a ndarray" in str(error)  # noqa: PT017 (after InternalError)
