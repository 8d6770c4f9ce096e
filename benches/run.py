"""Time wholenet beside its peers, in one run, and write the table to a Markdown file.

Usage: python benches/run.py [FILE]

Every row runs the peer and ours on the same input, one after the other, and prints both times and their ratio.
Memory and start-up are measured in processes of their own.
"""

import importlib.metadata
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import igraph as ig
import networkit as nk
import networkx as nx
import numpy as np
import pandas as pd
import rustworkx as rx
import scipy.sparse
from flows import flows
from steering import configurations, plans

import wholenet as wn
from wholenet.report._tables import ACTOR_MEASURES, NETWORK_MEASURES

# What there is to say of the numbers.
ABOUT = Path(__file__).with_name("about.md")
PEERS = ("igraph", "networkit", "networkx", "rustworkx", "scipy", "numpy", "pandas", "polars", "pyarrow")


def timed(function, repeats=1):
    """Best time of some repeats, in seconds, with the last result."""
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        best = min(best, time.perf_counter() - start)
    return best, result


def shown(seconds):
    """A time in the unit that reads best."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"


def child(code):
    """Run code in a fresh process; what it prints, as floats."""
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    return [float(word) for word in run.stdout.split()]


class Table:
    """Rows of a Markdown table, printed as they come."""

    def __init__(self):
        self.rows = []

    def add(self, work, ours, peer="", theirs=None, target=""):
        """Add a row; `ours` and `theirs` in seconds, or ready text."""
        own = ours if isinstance(ours, str) else shown(ours)
        other = "" if theirs is None else f"{peer} {shown(theirs)}"
        ratio = "" if theirs is None else f"{theirs / ours:.1f} ×"
        self.rows.append((work, own, other, ratio, target))
        print(" | ".join(self.rows[-1]), flush=True)

    def text(self):
        """Render the table."""
        lines = ["| work | wholenet | peer | ratio | target |", "|---|---|---|---|---|"]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows])


def start_up(table):
    """Import time, each in a fresh process, and the overhead of a call."""
    once = "import time; s = time.perf_counter(); import wholenet; print(time.perf_counter() - s)"
    table.add("`import wholenet` (best of 5)", min(child(once)[0] for _ in range(5)), target="< 0.25 s")
    net = small()
    calls = 2000
    for name, call in (
        ("degree", lambda: wn.centrality.degree(net)),
        ("density", lambda: wn.cohesion.density(net)),
    ):
        elapsed, _ = timed(lambda call=call: [call() for _ in range(calls)], 3)
        table.add(f"one call of `{name}`, n = 135", elapsed / calls, target="< 30 µs")


def small():
    """A directed network of the size of a municipality's."""
    random.seed(1)
    return wn.Network.from_igraph(ig.Graph.Erdos_Renyi(n=135, m=3061, directed=True))


def small_measures(table):
    """Measures of 135 actors, from an existing network."""
    net = small()
    graph, other = net.to_igraph(), net.to_networkx()
    rows = (
        ("betweenness", wn.centrality.betweenness, graph.betweenness, nx.betweenness_centrality),
        ("closeness", wn.centrality.closeness, lambda: graph.closeness(mode="out"), nx.closeness_centrality),
        (
            "harmonic",
            wn.centrality.harmonic,
            lambda: graph.harmonic_centrality(mode="out"),
            nx.harmonic_centrality,
        ),
        ("eigenvector", wn.centrality.eigenvector, graph.eigenvector_centrality, nx.eigenvector_centrality),
        ("pagerank", wn.centrality.pagerank, graph.pagerank, nx.pagerank),
        ("local clustering, directed", wn.centrality.local_clustering, None, nx.clustering),
        ("constraint", wn.brokerage.constraint, graph.constraint, nx.constraint),
        ("triad census", wn.cohesion.triad_census, graph.triad_census, nx.triadic_census),
        (
            "distances",
            wn.cohesion.distances,
            graph.distances,
            lambda g: dict(nx.all_pairs_shortest_path_length(g)),
        ),
    )
    for name, ours, igraph_call, networkx_call in rows:
        mine, _ = timed(lambda ours=ours: [ours(net) for _ in range(20)], 5)
        work = f"{name}, n = 135, m = 3,061"
        if igraph_call is not None:
            table.add(work, mine / 20, "igraph", timed(igraph_call, 10)[0])
        table.add(work, mine / 20, "networkx", timed(lambda call=networkx_call: call(other), 2)[0])


def string_ties(ties, labels):
    """A table of ties between actors with long names."""
    generator = np.random.default_rng(1)
    source = generator.integers(0, labels, ties)
    target = (source + generator.integers(1, labels, ties)) % labels
    names = np.array([f"organisation-{number:07d}" for number in range(labels)], dtype=object)
    return pd.DataFrame({"source": names[source], "target": names[target]}).drop_duplicates(ignore_index=True)


def ingest(table):
    """A million ties from a pandas table, against both peers."""
    frame = string_ties(1_000_000, 100_000)
    mine, net = timed(lambda: wn.Network.from_edges(frame), 3)
    theirs, _ = timed(lambda: ig.Graph.DataFrame(frame, directed=True, use_vids=False))
    table.add("1 M string ties, pandas → network", mine, "igraph", theirs, "≥ 10 ×")
    theirs, other = timed(lambda: nx.from_pandas_edgelist(frame, create_using=nx.DiGraph))
    table.add("1 M string ties, pandas → network", mine, "networkx", theirs, "≥ 20 ×")
    assert net.n_ties == other.number_of_edges()  # noqa: S101


MEMORY = """
    import time, numpy as np, pyarrow as pa, pyarrow.compute as pc
    import wholenet as wn
    generator = np.random.default_rng(1)
    labels, ties = {labels}, {ties}
    names = pa.array([f"organisation-{{number:07d}}" for number in range(labels)])
    source = generator.integers(0, labels, ties)
    target = (source + generator.integers(1, labels, ties)) % labels
    frame = pa.table({{"source": names.take(pa.array(source)), "target": names.take(pa.array(target))}})
    del source, target, names
    if {kind!r} == "pandas":
        frame = frame.to_pandas()
    elif {kind!r} == "polars":
        import polars as pl
        frame = pl.from_arrow(frame)
    import gc; gc.collect(); pa.default_memory_pool().release_unused()
    wn.Network.from_edges((["a"], ["b"]))
    def field(name):
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) / 1024
    open("/proc/self/clear_refs", "w").write("5")
    before = field("VmRSS")
    start = time.perf_counter()
    net = wn.Network.from_edges(frame, duplicates="first")
    print(time.perf_counter() - start, field("VmHWM") - before)
"""


def large_ingest(table):
    """Ten million ties over a million labels, from each kind of table, with peak memory."""
    for kind in ("pandas", "polars", "pyarrow"):
        seconds, peak = child(MEMORY.format(labels=1_000_000, ties=10_000_000, kind=kind))
        table.add(
            f"10 M string ties, 1 M labels, {kind} → network",
            f"{shown(seconds)}, {peak:.0f} MB above the input",
            target="< 4 s, < 500 MB",
        )


def recursive_matrix(scale, ties):
    """An R-MAT network of 2^scale actors, with the probabilities of the Graph500 benchmark."""
    draws = np.random.default_rng(1).random((ties, scale))
    bits = np.searchsorted(np.cumsum([0.57, 0.19, 0.19]), draws)
    ends = [(bits >> side & 1) @ (1 << np.arange(scale)) for side in (1, 0)]
    graph = ig.Graph(2**scale, list(zip(*(end.tolist() for end in ends), strict=True)))
    return graph.simplify()


def betweenness(table):
    """Exact betweenness of large networks, on one thread and two."""
    random.seed(1)
    graphs = {
        "Barabási-Albert, n = 1,000": ig.Graph.Barabasi(1_000, 5),
        "Barabási-Albert, n = 20,000": ig.Graph.Barabasi(20_000, 10),
        "R-MAT, n = 16,384": recursive_matrix(14, 260_000),
        "leafy power law, n = 20,000": ig.Graph.Static_Power_Law(20_000, 40_000, 2.1),
    }
    for name, graph in graphs.items():
        net = wn.Network.from_igraph(graph)
        work = f"exact betweenness, {name}, m = {net.n_ties:,}"
        theirs, expected = timed(graph.betweenness)
        targets = ("≥ 6 ×", "≥ 10 ×") if net.n_actors > 1_000 else ("", "")
        for threads, target in zip((1, 2), targets, strict=True):
            wn.set_threads(threads)
            mine, found = timed(lambda net=net: wn.centrality.betweenness(net, progress=False))
            np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-6)
            table.add(f"{work}, {threads} thread{'s' * (threads > 1)}", mine, "igraph", theirs, target)
        if net.n_actors == 1_000:
            theirs, _ = timed(lambda graph=graph: nx.betweenness_centrality(graph.to_networkx(), normalized=False))
            table.add(f"{work}, 2 threads", mine, "networkx", theirs)
    wn.set_threads(os.cpu_count())


def distances_of_all(table):
    """Exact closeness and harmonic centrality of 100,000 actors; igraph from 300 of them, by actor."""
    random.seed(1)
    graph = ig.Graph.Barabasi(100_000, 10)
    net = wn.Network.from_igraph(graph)
    some = random.sample(range(100_000), 300)
    for name, ours, peer in (
        ("closeness", wn.centrality.closeness, graph.closeness),
        ("harmonic", wn.centrality.harmonic, graph.harmonic_centrality),
    ):
        mine, found = timed(lambda ours=ours: ours(net, progress=False))
        theirs, expected = timed(lambda peer=peer: peer(vertices=some))
        np.testing.assert_allclose(found[some], np.array(expected) * (1 if name == "closeness" else 99_999), rtol=1e-9)
        work = f"exact {name}, per actor, Barabási-Albert, n = 100,000, m = 1 M"
        table.add(work, mine / 100_000, "igraph", theirs / 300, "≥ 10 ×")


INTERRUPT = """
    import random, signal, time, igraph as ig, wholenet as wn
    # Whoever started all this may have told it to ignore the signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed(1)
    net = wn.Network.from_igraph(ig.Graph.Barabasi(100_000, 10))
    print("ready", flush=True)
    try:
        wn.centrality.betweenness(net, progress=False)
    except KeyboardInterrupt:
        print(time.time(), flush=True)
"""


def interrupt(table):
    """From Ctrl-C to the end of a long betweenness."""
    latencies = []
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(INTERRUPT)], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(1.5)
        sent = time.time()
        process.send_signal(signal.SIGINT)
        latencies.append(float(process.stdout.readline()) - sent)
        process.wait()
    table.add("Ctrl-C during betweenness, n = 100,000, m = 1 M (worst of 5)", max(latencies), target="< 0.2 s")


def study(table):
    """The example study, as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "wholenet.cli", "study", "--example", "--out", folder]
        seconds, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    table.add("`wholenet study --example`", seconds, target="< 20 s")


def small_fast_peers(table):
    """The measures of 135 actors of which another peer than igraph is the fastest, or igraph on undirected ones."""
    net = small()
    plain = net.symmetrize("union")
    kit = nk.GraphFromCoo(coordinates(net), n=135, directed=True)
    rust = rx.PyDiGraph()
    rust.add_nodes_from(range(135))
    rust.extend_from_edge_list(list(zip(*(end.tolist() for end in coordinates(net)[1]), strict=True)))
    graph = plain.to_igraph()
    for name, ours, peer, theirs in (
        ("distances", lambda: wn.cohesion.distances(net), "rustworkx", lambda: rx.digraph_distance_matrix(rust)),
        ("closeness", lambda: wn.centrality.closeness(net), "networkit", lambda: kit_closeness(kit)),
        (
            "local clustering, undirected",
            lambda: wn.centrality.local_clustering(plain),
            "igraph",
            graph.transitivity_local_undirected,
        ),
    ):
        mine, _ = timed(lambda ours=ours: [ours() for _ in range(20)], 5)
        table.add(f"{name}, n = 135", mine / 20, peer, timed(theirs, 10)[0])


def coordinates(net):
    """The ties as networkit takes them: values, and the two ends."""
    edges = net.to_edges()
    ends = (edges["source"].to_numpy(dtype=np.int64), edges["target"].to_numpy(dtype=np.int64))
    return np.ones(len(edges)), ends


def kit_closeness(graph):
    """Closeness by networkit."""
    return (
        nk.centrality.Closeness(graph, normalized=False, variant=nk.centrality.ClosenessVariant.GENERALIZED)
        .run()
        .scores()
    )


def large(table):
    """A Barabási-Albert network of a million actors and ten million ties, beside the fastest peers."""
    random.seed(1)
    graph = ig.Graph.Barabasi(1_000_000, 10)
    listed = np.array(graph.get_edgelist(), dtype=np.int64)
    source, target = np.ascontiguousarray(listed[:, 0]), np.ascontiguousarray(listed[:, 1])
    del listed
    n = graph.vcount()
    nk.setNumberOfThreads(wn.get_threads())
    made = f"Barabási-Albert, n = 1 M, m = {len(source) / 1e6:.0f} M"
    theirs, kit = timed(lambda: nk.GraphFromCoo((np.ones(len(source)), (source, target)), n=n))
    mine, net = timed(lambda: wn.Network.from_edges((source, target), directed=False), 2)
    table.add(f"columns of integers → network, {made}", mine, "networkit", theirs, "≥ 3 ×")
    for name, ours, peer, call, wanted in (
        ("local clustering", wn.centrality.local_clustering, "igraph", graph.transitivity_local_undirected, "≥ 2 ×"),
        ("transitivity", wn.cohesion.transitivity, "igraph", graph.transitivity_undirected, "≥ 2 ×"),
        ("PageRank", wn.centrality.pagerank, "scipy", walker(source, target, n), "≥ 1.5 ×"),
        ("components", wn.cohesion.components, "networkit", nk.components.ConnectedComponents(kit).run, "≥ 1.5 ×"),
        ("core numbers", wn.centrality.coreness, "networkit", nk.centrality.CoreDecomposition(kit).run, "≥ 1.5 ×"),
    ):
        table.add(f"{name}, {made}", timed(lambda ours=ours: ours(net), 2)[0], peer, timed(call, 2)[0], wanted)
    for threads in (1, 2):
        wn.set_threads(threads)
        nk.setNumberOfThreads(threads)
        mine, found = timed(lambda: wn.groups.leiden(net, seed=1))
        theirs, parts = timed(lambda: nk.community.PLM(kit, refine=True).run().getPartition())
        quality = nk.community.Modularity().getQuality(parts, kit)
        work = f"Leiden, modularity {found.modularity:.4f} (networkit, PLM with refinement: {quality:.4f}), {made}"
        table.add(f"{work}, {threads} thread{'s' * (threads > 1)}", mine, "networkit", theirs, "≥ 2 ×")


def skewed(table):
    """Local clustering of an R-MAT network of a million actors, beside networkit."""
    graph = recursive_matrix(20, 10_000_000)
    net = wn.Network.from_igraph(graph)
    kit = nk.GraphFromCoo(coordinates(net), n=net.n_actors)
    kit.indexEdges()
    mine, found = timed(lambda: wn.centrality.local_clustering(net, isolates="zero"), 2)
    score = nk.centrality.LocalClusteringCoefficient(kit)
    theirs, _ = timed(score.run)
    np.testing.assert_allclose(found, score.scores(), atol=1e-9)
    work = f"local clustering, R-MAT, n = 1 M, m = {net.n_ties / 1e6:.1f} M"
    table.add(work, mine, "networkit", theirs, "≥ 2 ×")


INTEGERS = """
    import time, numpy as np, wholenet as wn
    generator = np.random.default_rng(1)
    n, ties = 1_000_000, 10_000_000
    source = generator.integers(0, n, ties)
    target = (source + generator.integers(1, n, ties)) % n
    wn.Network.from_edges((["a"], ["b"]))
    def field(name):
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) / 1024
    open("/proc/self/clear_refs", "w").write("5")
    before = field("VmRSS")
    start = time.perf_counter()
    net = wn.Network.from_edges((source, target), duplicates="first")
    print(time.perf_counter() - start, field("VmHWM") - before)
"""


def integer_memory(table):
    """Ten million ties between integers: the peak of memory, in a process of its own."""
    seconds, peak = child(INTEGERS)
    work = "columns of integers → network, uniform at random, n = 1 M, m = 10 M"
    table.add(work, f"{shown(seconds)}, {peak:.0f} MB above the input", target="≤ 500 MB")


def walker(source, target, n):
    """PageRank by scipy's sparse product, until the scores change by less than 1e-10 in sum."""
    ties = scipy.sparse.coo_array((np.ones(len(source)), (target, source)), shape=(n, n)).tocsr()
    ties = (ties + ties.T).tocsr()
    share = 1 / np.maximum(ties.sum(axis=0), 1)

    def scores():
        now, change = np.full(n, 1 / n), 1.0
        while change > 1e-10:
            following = 0.85 * (ties @ (now * share)) + 0.15 / n
            change, now = np.abs(following - now).sum(), following
        return now

    return scores


# What R's sna 2.7.1 needs for the same on this kind of machine (R is not installed for this run): CPU seconds.
SNA = "R sna, an earlier run:"


def inference(table):
    """Permutation tests; beside R's sna as it was timed before, where it was."""
    generator = np.random.default_rng(1)

    def matrices(n, count):
        return [generator.random((n, n)) for _ in range(count)]

    n = 135
    y, *x = matrices(n, 5)
    ties = (y < 3061 / (n * (n - 1))).astype(float)
    named = {f"x{number}": one for number, one in enumerate(x)}
    options = {"seed": 1, "progress": False}
    for name, call, theirs, target in (
        (
            "QAP correlation, n = 135, 10,000 permutations",
            lambda: wn.inference.qap_correlation(y, x[0], permutations=10_000, **options),
            25.7,
            "< 0.15 s, ≥ 150 ×",
        ),
        (
            "MRQAP dsp, n = 135, 4 predictors × 2,000 permutations",
            lambda: wn.inference.mrqap(y, named, permutations=2000, **options),
            260.0,
            "< 0.25 s, ≥ 1,000 ×",
        ),
        (
            "LRQAP dsp, n = 135, 4 predictors × 1,000 permutations",
            lambda: wn.inference.mrqap(ties, named, family="logistic", permutations=1000, **options),
            240.0,
            "< 10 s",
        ),
    ):
        table.add(name, timed(call, 3)[0], SNA, theirs, target)
    y, *x = matrices(500, 4)
    named = {f"x{number}": one for number, one in enumerate(x)}
    mine, _ = timed(lambda: wn.inference.mrqap(y, named, permutations=1000, **options))
    table.add("MRQAP dsp, n = 500, 3 predictors × 1,000 permutations", mine, SNA, 2100.0, "< 3 s")
    net = small()
    mine, _ = timed(lambda: wn.inference.cug(net, "transitivity", condition="dyads", draws=10_000, **options))
    table.add("CUG, transitivity given the dyad census, n = 135, 10,000 networks", mine, target="< 2 s")
    bootstrapped(table)
    seconds, peak = child(REGRESSION)
    table.add(
        "MRQAP dsp, n = 2,000 (4 M dyads), 4 predictors × 1,000 permutations",
        f"{shown(seconds)}, {peak:.0f} MB in all",
        target="≤ 4 GB",
    )


def plain(n, ties):
    """A random undirected network."""
    random.seed(1)
    return wn.Network.from_igraph(ig.Graph.Erdos_Renyi(n=n, m=ties))


def falling_apart(table):
    """Lambda sets, critical ties, key players and removal, as studies of strong relations need them."""
    net = plain(135, 500)
    graph = net.to_networkx()
    nx.set_edge_attributes(graph, 1, "capacity")
    mine, _ = timed(lambda: wn.groups.lambda_sets(net), 5)
    theirs, _ = timed(lambda: nx.gomory_hu_tree(graph))
    table.add("lambda sets, n = 135, m = 500", mine, "networkx, the tree alone", theirs, "< 0.2 s")
    large = plain(2_000, 40_000)
    mine, found = timed(lambda: wn.cohesion.edge_connectivity(large, progress=False))
    other = large.to_networkx()
    some = [(0, far) for far in range(1, 6)]
    theirs, flows = timed(lambda: [nx.edge_connectivity(other, *ends) for ends in some])
    np.testing.assert_array_equal(found[0, 1:6], flows)
    work = "edge connectivity of all pairs, n = 2,000, m = 40,000"
    table.add(work, mine, "networkx, n - 1 flows as 5 took:", theirs / len(some) * (large.n_actors - 1), "< 20 s")
    mine, _ = timed(lambda: wn.cohesion.critical_ties(net), 3)
    table.add("critical ties, n = 135, m = 500", mine, target="< 2 s")
    for criterion in ("fragmentation", "distance_fragmentation", "reach", "distance_reach"):
        mine, players = timed(
            lambda criterion=criterion: wn.brokerage.key_players(net, size=5, criterion=criterion, progress=False), 3
        )
        how = "exact" if players.exact else "exchanges"
        table.add(f"key players, {criterion}, 5 of n = 135, m = 500 ({how})", mine, target="< 1 s")
    mine, found = timed(lambda: wn.brokerage.removal(net, seed=1, draws=1), 3)

    def without(gone):
        rest = graph.subgraph(set(graph) - {gone})
        return nx.number_connected_components(rest), 1 - nx.global_efficiency(rest)

    theirs, expected = timed(lambda: [without(gone) for gone in graph])
    np.testing.assert_allclose(found.distance_fragmentation[1:], [one[1] for one in expected], rtol=1e-9)
    table.add("removal of each actor, n = 135, m = 500", mine, "networkx", theirs)


def bootstrapped(table):
    """All measures of a report, of 1,000 networks of resampled actors, on one thread and on two."""
    net = wn.datasets.youth_care()["Waalderhaven", 1, "any contact"]
    options = {"draws": 1000, "seed": 1, "progress": False}

    def work(executor=None):
        wn.inference.bootstrap_measures(net, NETWORK_MEASURES, executor=executor, **options)
        wn.inference.rank_intervals(net, ACTOR_MEASURES, executor=executor, **options)

    count = f"{len(NETWORK_MEASURES)} measures of the network and ranks by {len(ACTOR_MEASURES)}"
    name = f"vertex bootstrap, n = 135, {count} of actors, 1,000 draws"
    table.add(name, timed(work)[0], target="< 5 s")
    with ThreadPoolExecutor(2) as pool:
        table.add(f"{name}, executor of 2 threads", timed(lambda: work(pool))[0], target="< 5 s")


REGRESSION = """
    import time, numpy as np, wholenet as wn
    generator = np.random.default_rng(1)
    y, *x = (generator.random((2000, 2000)) for _ in range(5))
    named = {f"x{number}": one for number, one in enumerate(x)}
    start = time.perf_counter()
    wn.inference.mrqap(y, named, permutations=1000, seed=1, progress=False)
    elapsed = time.perf_counter() - start
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
    print(elapsed, peak)
"""


def machine():
    """What this runs on."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    return (
        f"{os.cpu_count()} processors ({model}), {platform.system()}, Python {platform.python_version()}; "
        f"wholenet {wn.__version__}, {versions}. {time.strftime('%Y-%m-%d')}."
    )


def main():
    """Run everything and write the file."""
    table = Table()
    parts = (
        start_up,
        small_measures,
        small_fast_peers,
        ingest,
        large_ingest,
        inference,
        falling_apart,
        integer_memory,
        large,
        skewed,
        betweenness,
        distances_of_all,
        flows,
        configurations,
        plans,
        interrupt,
        study,
    )
    for part in parts:
        part(table)
    page = (
        "# Benchmarks\n\n"
        "Made by `make bench`, which runs each peer and wholenet on the same input in the same run. Times are the best "
        "of a few repeats, single runs where they take seconds.\n\n"
        f"{machine()}\n\n{table.text()}\n\n{ABOUT.read_text(encoding='utf-8')}"
    )
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
