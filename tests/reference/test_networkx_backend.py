"""The NetworkX backend: NetworkX's own tests, and every claimed function beside NetworkX's on random graphs."""

import inspect
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from wholenet._networkx import BACKEND
from wholenet._networkx._graph import CLAIMS, NAMES

# NetworkX's test modules that call claimed functions.
MODULES = [
    "networkx.algorithms.centrality",
    "networkx.algorithms.components",
    "networkx.algorithms.link_analysis",
    "networkx.algorithms.shortest_paths",
    "networkx.algorithms.assortativity",
    "networkx.algorithms.connectivity",
    "networkx.algorithms.approximation.tests.test_kcomponents",
    *(
        f"networkx.algorithms.tests.test_{name}"
        for name in (
            *("bridges", "chains", "cluster", "core", "cycles", "distance_measures", "dominating", "efficiency"),
            *("isolate", "reciprocity", "smallworld", "structuralholes", "threshold", "triads", "wiener"),
        )
    ),
]


@pytest.fixture(autouse=True)
def quiet():
    """NetworkX says with each cached conversion that it is one."""
    nx.config.warnings_to_ignore.add("cache")
    yield
    nx.config.warnings_to_ignore.discard("cache")


def function(name):
    return getattr(nx, NAMES.get(name, name))


def test_networkx_finds_the_backend():
    found = entry_points(group="networkx.backends", name="wholenet")
    assert [one.load() for one in found] == [BACKEND]


def test_networkx_tests_pass(tmp_path):
    count = tmp_path / "count_calls.py"
    count.write_text(
        "from pathlib import Path\n"
        "from wholenet._networkx import Backend\n"
        "seen, find = set(), Backend.__getattr__\n"
        "def counted(self, name):\n"
        "    function = find(self, name)\n"
        "    def run(*args, **kwargs):\n"
        "        seen.add(name)\n"
        "        return function(*args, **kwargs)\n"
        "    return run\n"
        "Backend.__getattr__ = counted\n"
        "def pytest_sessionfinish(session):\n"
        f"    Path({str(tmp_path / 'seen')!r}).write_text(' '.join(sorted(seen)))\n"
    )
    environment = {
        **os.environ,
        "NETWORKX_TEST_BACKEND": "wholenet",
        "NETWORKX_FALLBACK_TO_NX": "True",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "count_calls",
        "-p",
        "no:cacheprovider",
        "--pyargs",
        *MODULES,
    ]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-5000:]
    passed = re.search(r"(\d+) passed", run.stdout)
    assert int(passed[1]) > 1500
    assert "failed" not in run.stdout.splitlines()[-1]
    # Every claimed function was called by them.
    assert set((tmp_path / "seen").read_text().split()) == CLAIMS.keys()


def test_at_least_sixty_functions():
    assert len(CLAIMS) >= 60


@pytest.mark.parametrize("name", CLAIMS)
def test_signatures_are_networkxs(name):
    ours, theirs = CLAIMS[name].signature, inspect.signature(function(name).orig_func)
    assert [(one.name, one.default, one.kind) for one in ours.parameters.values()] == [
        (one.name, one.default, one.kind) for one in theirs.parameters.values()
    ]
    assert function(name).name == name


def graphs():
    generator = np.random.default_rng(5)
    for directed in (False, True):
        kind = nx.DiGraph if directed else nx.Graph
        for n, ties in ((1, 0), (2, 0), (2, 1), (5, 4), (12, 20), (12, 60), (30, 45), (30, 200)):
            graph = kind()
            graph.add_nodes_from(f"n{(7 * node) % n}" for node in range(n))
            for source, target in generator.integers(0, n, size=(ties, 2)).tolist():
                if source != target:
                    graph.add_edge(f"n{source}", f"n{target}", weight=float(generator.integers(1, 5)))
            yield f"{kind.__name__} {n} {ties}", graph


GRAPHS = dict(graphs())
# What a function needs besides the graph, and where NetworkX's is the answer of an iteration that stops early, how far.
ARGUMENTS = {
    "node_connected_component": {"n": "n0"},
    "katz_centrality": {"alpha": 0.01, "tol": 1e-12},
    "katz_centrality_numpy": {"alpha": 0.01},
    "pagerank": {"tol": 1e-12, "max_iter": 1000},
    "eigenvector_centrality": {"tol": 1e-12, "max_iter": 10_000},
}
# Without order: NetworkX's searches give sets and edges as they come upon them.
UNORDERED = {
    *("biconnected_components", "biconnected_component_edges", "articulation_points"),
    "strongly_connected_components",
}


def plain(name, result):
    result = list(result) if isinstance(result, Iterator) else result
    if name == "biconnected_component_edges":
        return {frozenset(map(frozenset, block)) for block in result}
    return {frozenset(one) if isinstance(one, set) else one for one in result} if name in UNORDERED else result


def bare(graph):
    """The graph without weights, which NetworkX's hits reads without being asked."""
    plain = nx.create_empty_copy(graph)
    plain.add_edges_from(graph.edges)
    return plain


def outcome(name, graph, backend, **arguments):
    try:
        return plain(name, function(name)(graph, backend=backend, **{**ARGUMENTS.get(name, {}), **arguments}))
    except (nx.NetworkXException, ZeroDivisionError, ValueError, TypeError, RuntimeError) as error:
        return type(error)


def same(ours, theirs):
    if isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in theirs)
    if isinstance(theirs, tuple | list):
        return type(ours) is type(theirs) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(theirs, float):
        return isinstance(ours, float | int) and (math.isclose(ours, theirs, rel_tol=1e-7, abs_tol=1e-7) or
                                                  (math.isnan(ours) and math.isnan(theirs)))  # fmt: skip
    if isinstance(theirs, np.ndarray):
        return type(ours) is type(theirs) and np.allclose(ours, theirs, rtol=1e-9, equal_nan=True)
    return ours == theirs


def one_vector(graph):
    """Whether one singular value is the largest; where two are, NetworkX's hubs are any mix of theirs."""
    sizes = np.linalg.svd(nx.to_numpy_array(graph, weight=None), compute_uv=False)
    return len(sizes) < 3 or sizes[1] < 0.999 * sizes[0]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("which", GRAPHS)
@pytest.mark.parametrize("name", CLAIMS)
def test_same_as_networkx(name, which):
    graph = bare(GRAPHS[which]) if name == "hits" else GRAPHS[which]
    weights = [{}] if CLAIMS[name].weight is None else [{}, {CLAIMS[name].weight: "weight"}]
    for weight in weights:
        if CLAIMS[name].refusal(graph, **{**ARGUMENTS.get(name, {}), **weight}):
            continue
        ours, theirs = (outcome(name, graph, backend, **weight) for backend in ("wholenet", "networkx"))
        if name in {"all_pairs_shortest_path_length", "all_pairs_dijkstra_path_length"}:
            ours, theirs = ([dict(sorted(row.items())) for _, row in one] for one in (ours, theirs))
        if name == "harmonic_centrality":
            # NetworkX's are in the order of a set.
            theirs = {node: theirs[node] for node in graph}
        if name == "hits" and not one_vector(graph):
            continue
        if name == "eigenvector_centrality" and theirs is nx.PowerIterationFailedConvergence:
            continue
        assert same(ours, theirs), (weight, ours, theirs)


def test_what_is_left_to_networkx():
    path = nx.path_graph(4)
    loop = nx.Graph([(0, 0), (0, 1)])
    for graph, name, arguments, reason in (
        (nx.MultiGraph([(0, 1), (0, 1)]), "betweenness_centrality", {}, "multigraph"),
        (path, "betweenness_centrality", {"k": 2}, "k= is not done"),
        (path, "betweenness_centrality", {"weight": max}, "not the name of an edge attribute"),
        (path, "closeness_centrality", {"u": 0}, "u= is not done"),
        (path, "pagerank", {"personalization": {0: 1}}, "personalization= is not done"),
        (loop, "pagerank", {}, "self-loops"),
        (nx.Graph([(0, 1, {"weight": -1})]), "pagerank", {}, "numbers above 0"),
        (nx.Graph([(0, 1, {"weight": "x"})]), "pagerank", {}, "numbers above 0"),
    ):
        said = BACKEND.can_run(name, (graph,), arguments)
        assert isinstance(said, str)
        assert reason in said
    assert BACKEND.can_run("pagerank", (path,), {}) is True
    with pytest.raises(NotImplementedError):
        nx.betweenness_centrality(path, k=2, backend="wholenet")


def test_networkxs_exceptions():
    with pytest.raises(nx.NetworkXPointlessConcept):
        nx.is_connected(nx.Graph(), backend="wholenet")
    with pytest.raises(nx.NetworkXError, match="not connected"):
        nx.diameter(nx.Graph([(0, 1), (2, 3)]), backend="wholenet")
    with pytest.raises(nx.AmbiguousSolution):
        nx.eigenvector_centrality_numpy(nx.Graph([(0, 1), (2, 3)]), backend="wholenet")
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.connected_components(nx.DiGraph([(0, 1)]), backend="wholenet")


def test_conversion_is_cached_until_the_graph_changes():
    graph = nx.path_graph(4)
    nx.betweenness_centrality(graph, backend="wholenet")
    (kept,) = graph.__networkx_cache__["backends"]["wholenet"].values()
    network = kept.network()
    nx.closeness_centrality(graph, backend="wholenet")
    assert next(iter(graph.__networkx_cache__["backends"]["wholenet"].values())).network() is network
    graph.add_edge(0, 3)
    assert nx.betweenness_centrality(graph, normalized=False, backend="wholenet") == dict.fromkeys(range(4), 0.5)


def test_components_come_after_those_that_they_lead_to():
    for graph in GRAPHS.values():
        if graph.is_directed():
            met = set()
            for part in nx.strongly_connected_components(graph, backend="wholenet"):
                assert {other for node in part for other in graph[node]} <= met | part
                met |= part


def test_automatic_dispatch():
    with nx.config.backend_priority(algos=["wholenet"]):
        assert nx.betweenness_centrality(nx.path_graph(3)) == {0: 0.0, 1: 1.0, 2: 0.0}


def test_the_docs_list_what_is_claimed():
    page = (Path(__file__).parents[2] / "docs" / "networkx.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", page, flags=re.MULTILINE)
    assert dict(listed) == {name: one.measure for name, one in CLAIMS.items()}
