"""Names, threads, processes: what holds for the package as a whole."""

import ast
import importlib
import inspect
import os
import pickle
import pkgutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import Network, Study, _core, errors, testing

PACKAGE = Path(wn.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules([str(PACKAGE)])
    if not module.name.startswith("_") and module.name != "cli"
)
FAMILIES = [(name, importlib.import_module(f"wholenet.{name}")) for name in MODULES]
FAMILIES += [
    (f"{name}.{one}", getattr(family, one))
    for name, family in FAMILIES
    for one in family.__all__
    if inspect.ismodule(getattr(family, one))
]
FUNCTIONS = [
    pytest.param(getattr(family, name), id=f"{family.__name__}.{name}")
    for _, family in FAMILIES
    for name in family.__all__
    if inspect.isfunction(getattr(family, name))
]


# Names ----------------------------------------------------------------------------------------------------


def test_every_public_name_is_there():
    assert list(wn.__all__) == sorted(wn.__all__)
    for name in wn.__all__:
        assert hasattr(wn, name), name
    for _, family in FAMILIES:
        assert len(set(family.__all__)) == len(family.__all__)
        for name in family.__all__:
            assert getattr(family, name) is not None, (family, name)


def test_every_family_is_a_public_name():
    measures = {name for name in MODULES if name not in {"network", "study", "testing"}}
    assert measures <= set(wn.__all__)


@pytest.mark.parametrize(("name", "family"), FAMILIES, ids=[name for name, _ in FAMILIES])
def test_what_a_family_defines_and_does_not_hide_is_listed(name, family):
    own = {
        found
        for found, value in vars(family).items()
        if not found.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == family.__name__
    }
    assert own <= set(family.__all__), name


def test_the_version_is_that_of_the_core():
    assert wn.__version__ == _core.__version__


def test_the_stub_lists_what_the_core_has():
    tree = ast.parse((PACKAGE / "_core.pyi").read_text(encoding="utf-8"))
    listed = next(node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "__all__")
    there = {name for name in dir(_core) if not name.startswith("_") or name == "__version__"}
    assert set(ast.literal_eval(listed)) == there


def test_importing_brings_in_no_heavy_package():
    """What a measure does not need is imported when something does."""
    heavy = ("pandas", "polars", "scipy", "networkx", "igraph", "hypothesis", "tqdm")
    code = f"import sys, wholenet; print([name for name in {heavy} if name in sys.modules])"
    assert python(code).strip() == "[]"


def python(code, **variables):
    """Run code in a new interpreter and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# Errors ---------------------------------------------------------------------------------------------------


def test_errors_are_of_the_package_and_of_the_builtin_that_fits():
    for name in errors.__all__:
        error = getattr(errors, name)
        assert issubclass(error, wn.WholenetError)
        if error is not wn.WholenetError:
            fits = [base for base in error.__mro__ if base.__module__ == "builtins"]
            assert set(fits) - {Exception, BaseException, object}, name
        assert str(error("it's not there")) == "it's not there"  # a KeyError would add quotes
        found = pickle.loads(pickle.dumps(error("x")))  # noqa: S301 (our own bytes)
        assert (type(found), str(found)) == (error, "x")


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("bad", [None, 3, "net", pd.DataFrame({"a": [1]}), object(), np.zeros((2, 2))])
def test_no_function_panics_on_what_is_no_network(function, bad):
    needed = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    takes = [parameter.name for parameter in needed]
    if not set(takes) & {"net", "data", "study", "before", "first", "network", "measure"}:
        return
    with pytest.raises((wn.WholenetError, TypeError, AttributeError, ValueError)) as caught:
        call(function, needed, bad)
    assert not isinstance(caught.value, errors.InternalError)


def call(function, needed, value):
    keyword = {one.name: value for one in needed if one.kind is one.KEYWORD_ONLY}
    return function(*[value for one in needed if one.kind is not one.KEYWORD_ONLY], **keyword)


ODD = [None, -1, 0, 1.5, float("nan"), 2**70, "", "all", "\0", b"x", [], [1], {}, object(), True, (1, 2)]


@pytest.mark.parametrize(
    "function", [case for case in FUNCTIONS if case.id.startswith(("wholenet.centrality", "wholenet.cohesion"))]
)
def test_no_measure_panics_on_odd_options(function):
    net = Network.from_edges((["a", "b", "c"], ["b", "c", "a"]), weight=[1, 2, 3])
    options = [one for one in inspect.signature(function).parameters.values() if one.kind is one.KEYWORD_ONLY]
    for option in options:
        for value in ODD:
            try:
                function(net, **{option.name: value})
            except errors.InternalError:
                raise
            except (wn.WholenetError, TypeError, OverflowError, ValueError):
                pass


def test_the_core_does_not_panic_on_codes_out_of_range():
    """Not public, but a panic there would be a crash here."""
    net = Network.from_edges((["a", "b"], ["b", "c"]))._core
    calls = [
        lambda: net.subset([7]),
        lambda: net.subset([0, 0]),
        lambda: net.collapse([0, 1], ["x"]),
        lambda: net.collapse([0, 9, 1], ["x"]),
        lambda: _core.Network.from_bytes(b""),
        lambda: _core.mixing_sector_density(net, np.array([0, 1], dtype=np.uint32)),
    ]
    for each in calls:
        with pytest.raises((wn.WholenetError, ValueError, TypeError)) as caught:
            each()
        assert not isinstance(caught.value, errors.InternalError)


# Threads --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large():
    """Enough ties that work leaves the caller's thread."""
    ends = np.random.default_rng(4).integers(0, 1500, (9000, 2))
    return Network.from_edges(ends, loops="drop", duplicates="sum")


MEASURES = {
    "harmonic": lambda net: wn.centrality.harmonic(net, mode="out", progress=False),
    "betweenness": lambda net: wn.centrality.betweenness(net, progress=False),
    "closeness": lambda net: wn.centrality.closeness(net, mode="in", progress=False),
    "pagerank": wn.centrality.pagerank,
    "clustering": wn.centrality.local_clustering,
    "subset": lambda net: net.subset(net.labels[::3]).reverse().to_sparse().toarray(),
    "symmetrize": lambda net: net.symmetrize("mean").to_sparse().toarray(),
    "incoming": lambda net: wn.centrality.degree(net, mode="in"),
}


@pytest.mark.parametrize("name", ["harmonic", "betweenness", "closeness", "pagerank", "clustering"])
def test_the_same_bits_on_any_number_of_threads(large, name):
    testing.assert_same_bits(MEASURES[name], large)


def test_threads_that_share_a_network_get_the_same(large):
    wanted = {name: measure(large).tobytes() for name, measure in MEASURES.items()}
    shared = pickle.loads(pickle.dumps(large))  # noqa: S301 (our own bytes; nothing is made ahead in it)
    jobs = [name for name in MEASURES for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: (name, MEASURES[name](shared).tobytes()), jobs))
    assert all(wanted[name] == result for name, result in found)


def test_other_threads_run_while_the_core_works(large):
    """The interpreter is released."""
    beats, done = [], threading.Event()

    def beat():
        while not done.wait(0.0005):
            beats.append(1)

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        while len(beats) < 3:
            MEASURES["harmonic"](large)
    finally:
        done.set()
        thread.join()
    assert len(beats) >= 3


def test_making_networks_on_many_threads():
    ties = pd.DataFrame(
        {"source": [f"a{place % 97}" for place in range(3000)], "target": [f"b{place}" for place in range(3000)]}
    )
    wanted = Network.from_edges(ties)
    with ThreadPoolExecutor(8) as pool:
        assert all(net == wanted for net in pool.map(lambda _: Network.from_edges(ties), range(16)))


def test_a_study_on_threads(large):
    study = Study({1: large, 2: large.reverse()}, by="wave")
    with ThreadPoolExecutor(4) as pool:
        found = study.map(MEASURES["harmonic"], executor=pool)
    assert all(np.array_equal(found[key], MEASURES["harmonic"](net)) for key, net in study.items())


@pytest.mark.parametrize("bad", [0, -1, 1.5, "2", None, True])
def test_a_number_of_threads_that_is_none(bad):
    with pytest.raises(errors.ArgumentError, match="whole number of at least 1"):
        wn.set_threads(bad)


def test_threads_can_be_set_by_the_environment():
    code = "import wholenet; print(wholenet.get_threads())"
    assert python(code, WHOLENET_THREADS="3").strip() == "3"
    code = "try:\n import wholenet\nexcept ValueError as error:\n print(error)"
    assert "WHOLENET_THREADS" in python(code, WHOLENET_THREADS="many")


# Processes ------------------------------------------------------------------------------------------------

# Python warns that a fork of a process with threads may hang; that it does not is what is tested.
forks = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


@forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_computes_after_the_parent_used_threads(large):
    wanted = MEASURES["harmonic"](large).tobytes()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, b"same" if MEASURES["harmonic"](large).tobytes() == wanted else b"else")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b"same"
    assert os.waitpid(child, 0)[1] == 0
    assert MEASURES["harmonic"](large).tobytes() == wanted  # and the parent goes on


@forks
@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_children_of_every_start_method_compute(large, method):
    wanted = float(wn.centrality.harmonic(large, progress=False).sum())
    with get_context(method).Pool(1) as pool:
        found = pool.apply_async(wn.centrality.harmonic, (large,), {"progress": False}).get(60)
    assert float(found.sum()) == wanted


@forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_while_another_thread_computes(large):
    """The child has none of the threads that the computation ran on."""
    stop = threading.Event()

    def work():
        while not stop.is_set():
            MEASURES["harmonic"](large)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        child = os.fork()
        if child == 0:
            ok = len(MEASURES["betweenness"](large)) == large.n_actors
            os._exit(0 if ok else 1)
        assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        thread.join()
