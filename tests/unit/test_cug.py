"""Conditional uniform graph tests by hand, and what they refuse."""

import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from math import comb
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import cohesion, errors
from wholenet.inference import cug

FIVE = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
PAIRS = wn.Network.from_edges((list("abcd"), list("badc")), FIVE)
TWO_MODE = wn.Network.from_edges((list("aabbcc"), list("xyyzzw")), two_mode=True)
RING = wn.Network.from_edges((list(range(60)) * 2, [(i + step) % 60 for step in (1, 7) for i in range(60)]))


def spread(share, draws):
    """How far a share may be from its probability: four standard errors, beyond which it is once in 16,000 times."""
    return 4 * np.sqrt(share * (1 - share) / draws)


def test_returned_ties_among_four():
    """Of the C(20, 4) networks with four ties C(10, 2) have them in two mutual dyads."""
    found = cug(PAIRS, "reciprocity", condition="density", draws=20_000, seed=1)
    share = comb(10, 2) / comb(20, 4)
    assert found.estimate == 1
    assert found.p_upper == pytest.approx(share, abs=spread(share, 20_000))
    assert found.p_upper == (1 + (found.distribution == 1).sum()) / 20_001
    assert found.p_lower == 1
    assert found.p_two_sided == 2 * found.p_upper
    # No tie returned: both ends of ten dyads taken at most once.
    none = comb(10, 4) * 2**4 / comb(20, 4)
    assert (found.distribution == 0).mean() == pytest.approx(none, abs=spread(none, 20_000))


def test_ties_with_probability_one_half():
    found = cug(PAIRS, "density", condition="size", draws=20_000, seed=2)
    # Binomial(20, 1/2) ÷ 20; four standard errors.
    assert found.distribution.mean() == pytest.approx(0.5, abs=4 * np.sqrt(1 / 80 / 20_000))
    assert found.distribution.var() == pytest.approx(1 / 80, rel=4 * np.sqrt(2 / 20_000))
    low = sum(comb(20, k) for k in range(5)) / 2**20
    assert found.p_lower == pytest.approx(low, abs=spread(low, 20_000))


def test_a_directed_triangle_or_the_other_way_round():
    """Each is as likely; exchanges of two ties would lead nowhere."""
    net = wn.Network.from_edges((list("abc"), list("bca")))
    found = cug(net, tie_from_a_to_b, condition="degrees", draws=4_000, seed=3)
    assert found.estimate == 1
    assert found.distribution.mean() == pytest.approx(0.5, abs=spread(0.5, 4_000))


def tie_from_a_to_b(net):
    return net.to_matrix()[0, 1]


def test_ties_between_two_sectors():
    """One of six cells has the tie within care, and one of six the tie from care to school."""
    net = wn.Network.from_edges((list("ab"), list("bd")), FIVE)
    found = cug(net, tie_from_a_to_b, condition="sectors", by="sector", draws=6_000, seed=4)
    assert found.distribution.mean() == pytest.approx(1 / 6, abs=spread(1 / 6, 6_000))
    assert found.null == "ties lie at random, given their number from each group to each of 'sector'"
    undirected = wn.Network.from_edges((list("ab"), list("bd")), FIVE, directed=False)
    found = cug(undirected, tie_from_a_to_b, condition="sectors", by="sector", draws=6_000, seed=4)
    assert found.distribution.mean() == pytest.approx(1 / 3, abs=spread(1 / 3, 6_000))
    assert "between each two groups" in found.null


def test_what_was_not_observed_stays_so():
    """c answered not: of the four dyads that were observed two have a tie."""
    net = wn.Network.from_edges((list("ab"), list("bc")), respondents=["a", "b"])

    def seen(random):
        assert random.missing == net.missing
        assert np.array_equal(np.isnan(random.to_matrix()), np.isnan(net.to_matrix()))
        return random.to_matrix()[0, 1]

    found = cug(net, seen, condition="density", draws=2_000, seed=5)
    assert found.distribution.mean() == pytest.approx(0.5, abs=spread(0.5, 2_000))
    assert found.observed == "4 dyads"


def test_random_networks_have_the_actors_and_their_attributes():
    def same(net):
        assert net.labels.tolist() == list("abcde")
        assert net.attribute("sector").tolist() == FIVE["sector"].tolist()
        assert net.directed
        assert not net.valued
        return net.n_ties

    def step(net):
        return len(net.recipe)

    assert (cug(PAIRS, same, condition="dyads", draws=5, seed=1).distribution == 4).all()
    assert (cug(PAIRS, step, condition="dyads", draws=5, seed=1).distribution == len(PAIRS.recipe) + 1).all()


def test_self_ties_stay():
    net = wn.Network.from_edges((list("aab"), list("abc")), loops="keep")
    found = cug(net, lambda random: np.trace(random.to_matrix()), condition="density", draws=5, seed=1)
    assert found.distribution.tolist() == [1] * 5


@pytest.mark.parametrize("condition", ["size", "density", "degrees"])
def test_two_modes(condition):
    found = cug(TWO_MODE, "components", condition=condition, draws=50, seed=1)
    assert found.observed == "12 dyads"
    again = cug(TWO_MODE, pieces, condition=condition, draws=50, seed=1)
    assert np.array_equal(found.distribution, again.distribution)


def pieces(net):
    assert net.two_mode
    return np.int64(cohesion.components(net).max() + 1)


def test_what_follows_from_the_condition_is_the_same_in_all_draws():
    for condition, statistic in (
        ("density", "density"),
        ("dyads", "reciprocity"),
        ("degrees", "degree_centralization"),
    ):
        found = cug(PAIRS, statistic, condition=condition, draws=99, seed=1)
        assert (found.distribution == found.estimate).all()
        assert (found.p_lower, found.p_upper, found.p_two_sided) == (1, 1, 1)


def test_the_result():
    found = cug(PAIRS, "reciprocity", condition="density", draws=99)
    again = cug(PAIRS, "reciprocity", condition="density", draws=99, seed=found.seed)
    assert np.array_equal(found.distribution, again.distribution)
    assert (found.permutations, len(found.distribution)) == (99, 99)
    assert found.null == "ties lie at random among the observed dyads, given their number"
    assert found.peers == 'R sna: cug.test(cmode = "edges")'
    assert found.recipe == PAIRS.recipe
    table = found.to_frame()
    assert isinstance(table, pd.DataFrame)
    assert table["statistic"].tolist() == ["reciprocity"]
    assert "given their number" in found._repr_html_()
    assert cug(PAIRS, "indegree_centralization", condition="size", draws=9).name == "indegree centralization"
    assert cug(PAIRS, pieces_of_one, condition="size", draws=9).name == "pieces_of_one"
    assert cug(PAIRS, partial(pieces_of_one), condition="size", draws=9).name == "pieces_of_one"
    assert cug(PAIRS, lambda net: net.n_ties, condition="size", draws=9).name == "statistic"


def pieces_of_one(net):
    return float(cohesion.components(net).max())


def test_an_undefined_statistic_of_the_network_has_no_p():
    empty = wn.Network.from_matrix(np.zeros((3, 3)))
    with pytest.raises(errors.DrawError, match="draw 0 of seed 1 gives no number"):
        cug(empty, "transitivity", condition="density", draws=9, seed=1)
    found = cug(empty, lambda net: 1.0 if net.n_ties else np.nan, condition="size", draws=2, seed=1)
    assert np.isnan([found.estimate, found.p_lower, found.p_upper, found.p_two_sided]).all()


# What goes wrong ------------------------------------------------------------------------------------------


def failing(net):
    if net.n_ties == 10:
        msg = "no"
        raise ValueError(msg)
    return 1.0


def test_a_statistic_that_fails():
    with pytest.raises(
        errors.DrawError, match=r"draw \d+ of seed 7 makes the statistic fail \(ValueError: no\)"
    ) as found:
        cug(PAIRS, failing, condition="size", seed=7)
    assert isinstance(found.value.__cause__, ValueError)
    # The message names the first such draw, and the same one with an executor.
    draw = int(str(found.value).split()[1])
    ties = cug(PAIRS, lambda net: net.n_ties, condition="size", seed=7).distribution
    assert draw == np.flatnonzero(ties == 10)[0]
    with ThreadPoolExecutor(2) as pool, pytest.raises(errors.DrawError, match="of seed 7 makes the statistic fail"):
        cug(PAIRS, failing, condition="size", seed=7, executor=pool)


@pytest.mark.parametrize("value", [np.nan, np.inf, "x", None, [1.0], 1j, np.zeros(1)])
def test_a_statistic_that_is_no_number(value):
    def statistic(net):
        return value if net != PAIRS else 1

    with pytest.raises(errors.DrawError, match=r"draw 0 of seed 1 gives .*no finite number"):
        cug(PAIRS, statistic, condition="density", seed=1, draws=3)
    # Undefined for the network itself: no p.
    if not isinstance(value, float) or np.isinf(value):
        with pytest.raises(errors.ArgumentError, match="statistic must give a finite number"):
            cug(PAIRS, lambda _: value, condition="density", seed=1, draws=3)


def test_a_built_in_statistic_that_is_undefined():
    net = PAIRS.symmetrize("union")
    with pytest.raises(errors.DrawError, match="draw 0 of seed 1 gives no number"):
        cug(net, "closeness_centralization", condition="density", draws=9, seed=1)


@pytest.mark.parametrize(
    ("error", "match", "net", "options"),
    [
        (errors.ArgumentError, "net must be a wholenet.Network", "net", {}),
        (errors.ArgumentError, 'condition must be "size", ', PAIRS, {"condition": "edges"}),
        (errors.KeyNotFoundError, "no measure 'gtrans'", PAIRS, {"statistic": "gtrans"}),
        (errors.ArgumentError, "a name or a function of a network, but is a int", PAIRS, {"statistic": 3}),
        (errors.ArgumentError, "needs by=", PAIRS, {"condition": "sectors"}),
        (errors.ArgumentError, "by='sector' has no meaning", PAIRS, {"by": "sector"}),
        (errors.ColumnError, "place", PAIRS, {"condition": "sectors", "by": "place"}),
        (errors.ArgumentError, "draws must be a whole number of at least 1", PAIRS, {"draws": 0}),
        (errors.ArgumentError, "seed must be", PAIRS, {"seed": -1}),
        (errors.ArgumentError, "executor must be", PAIRS, {"executor": 2}),
        (errors.ArgumentError, "dichotomize", wn.Network.from_edges(([0], [1]), weight=[2]), {}),
        (errors.DirectionError, 'condition="density"', PAIRS.symmetrize("union"), {"condition": "dyads"}),
        (errors.DirectionError, "undirected", TWO_MODE, {"condition": "dyads", "statistic": "components"}),
        (errors.ModeError, "net.project", TWO_MODE, {"statistic": "transitivity"}),
        (errors.SmallNetworkError, "at least one actor", wn.Network.from_matrix(np.zeros((0, 0))), {}),
    ],
)
def test_what_is_refused(error, match, net, options):
    with pytest.raises(error, match=match):
        cug(net, **{"statistic": "density", "condition": "density", **options})


def test_more_draws_than_memory_holds():
    with pytest.raises(errors.ArgumentError, match="draws must be so few that they fit in memory"):
        cug(PAIRS, "density", condition="density", draws=2**60)


def test_an_actor_without_a_sector():
    net = wn.Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": ["a", "b"], "sector": ["care", None]}))
    with pytest.raises(errors.LabelError, match="'b'"):
        cug(net, "density", condition="sectors", by="sector")


# Threads and executors ------------------------------------------------------------------------------------


def triangles(net):
    return float(cohesion.transitivity(net))


@pytest.mark.parametrize("condition", ["size", "density", "dyads", "degrees"])
def test_the_same_bits_wherever_draws_are_made(condition):
    options = {"condition": condition, "draws": 70, "seed": 11}
    before = wn.get_threads()
    try:
        wn.set_threads(1)
        wanted = cug(RING, "transitivity", **options).distribution.tobytes()
        for threads in (2, 8):
            wn.set_threads(threads)
            assert cug(RING, "transitivity", **options).distribution.tobytes() == wanted
    finally:
        wn.set_threads(before)
    assert cug(RING, triangles, **options).distribution.tobytes() == wanted
    with ThreadPoolExecutor(3) as pool:
        for statistic in ("transitivity", triangles):
            assert cug(RING, statistic, executor=pool, **options).distribution.tobytes() == wanted


def test_the_same_bits_in_other_processes():
    options = {"condition": "density", "draws": 70, "seed": 11}
    wanted = cug(PAIRS, "reciprocity", **options).distribution.tobytes()
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
        assert cug(PAIRS, "reciprocity", executor=pool, **options).distribution.tobytes() == wanted
        # One that the other process can import.
        assert cug(PAIRS, cohesion.reciprocity, executor=pool, **options).distribution.tobytes() == wanted


def test_a_result_can_be_pickled():
    found = cug(PAIRS, "reciprocity", condition="density", draws=9, seed=1)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 (our own bytes)
    assert again.p_upper == found.p_upper


CODE = """
import numpy as np
import wholenet as wn
ends = np.random.default_rng(1).integers(0, 300, (9_000, 2))
net = wn.Network.from_edges(ends, loops="drop", duplicates="first")
print("ready", flush=True)
try:
    wn.inference.cug(net, {statistic}, condition="degrees", draws=10_000_000, progress=False)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("statistic", ['"transitivity"', "wn.cohesion.transitivity"])
def test_ctrl_c(statistic):
    code = CODE.format(statistic=statistic)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout.readline() == "ready\n"
            time.sleep(0.3)
            sent = time.monotonic()
            child.send_signal(signal.SIGINT)
            assert child.stdout.readline() == "stopped\n"
            # Wide enough for a busy machine.
            assert time.monotonic() - sent < 2
            assert child.wait(60) == 0
        finally:
            child.kill()


def test_measures_of_the_package_by_name():
    """What has no kernel of its own is called as a function."""
    named = cug(PAIRS, "centralization", condition="density", draws=9, seed=1)
    fast = cug(PAIRS, "degree_centralization", condition="density", draws=9, seed=1)
    assert named.name == "centralization"
    np.testing.assert_allclose(named.distribution, fast.distribution, atol=1e-12)
