"""Bootstrap and jackknife by hand, and beside the true standard error."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import cohesion, inference
from wholenet.errors import ArgumentError, DrawError, KeyNotFoundError, SmallNetworkError

CHAIN = wn.Network.from_edges((["a", "b"], ["b", "c"]))
PATH = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
SILENT = [np.nan] * 5 + [0]
MIXED = wn.Network.from_matrix(
    [
        [0, 2, 0, 0, np.nan, 1],
        [0.5, 0, 1, 0, 0, 0],
        [0, 3, 0, 7, 0, 0],
        [1, 1, 0, 0, 0.1, 0],
        [0, 0, 0.3, 2, 0, 0],
        SILENT,
    ],
    labels=list("abcdef"),
)
TWO_MODE = wn.Network.from_matrix([[1, 0, 1, 0], [0, np.nan, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]], two_mode=True)
SMALL_TWO_MODE = wn.Network.from_matrix([[1, 0, 1], [0, np.nan, 1]], two_mode=True)
ACTORS = pd.DataFrame({"id": ["a", "a (2)", "b", "c"], "sector": ["care", "school", "care", "work"]})
NAMED = wn.Network.from_edges((["a", "b", "c"], ["a (2)", "a", "b"]), ACTORS)


def networks(net, draws=60, seed=1):
    """The resampled networks themselves."""
    found = []

    def keep(one):
        found.append(one)
        return 1.0

    inference.bootstrap(net, keep, draws=draws, seed=seed)
    return found[1:]  # the first is the network itself


def by_function(net):
    return cohesion.density(net)


def test_all_tied_is_all_tied_whoever_is_drawn():
    """Filled with zeros the places between copies would pull the mean down to 1 - 1/n and make the error large."""
    for directed in (False, True):
        found = inference.bootstrap(wn.Network.from_matrix(1 - np.eye(6), directed=directed), seed=1, draws=200)
        assert (found.estimate, found.se, found.bias) == (1.0, 0.0, 0.0)
        assert (found.lower, found.upper, found.percentile_lower, found.percentile_upper) == (1, 1, 1, 1)


def test_two_actors_have_one_dyad():
    found = inference.bootstrap(wn.Network.from_matrix([[0, 1], [0, 0]]), seed=1, draws=50)
    assert found.distribution.tolist() == [0.5] * 50


def test_path_of_three_by_hand():
    """Three different actors (2/9): 2/3. One twice (2/3): its dyad with the other twice, and a fill. Else three fills.

    A dyad or fill is a tie with probability 2/3; mean 2/3. Variances of the number of ties: 0; 4·2/9 + 2/9; 3·2/9.
    """
    truth = np.sqrt((2 / 3 * 10 / 9 + 1 / 9 * 6 / 9) / 9)
    found = inference.bootstrap(PATH, seed=3, draws=40_000)
    assert found.se == pytest.approx(truth, rel=0.015)  # the spread of a standard deviation of 40,000 draws is 0.3 %
    assert abs(found.bias) < 5 * found.se / np.sqrt(40_000)


def test_intervals_by_hand():
    found = inference.bootstrap(PATH, seed=3, draws=400, confidence=0.9)
    assert found.se == found.distribution.std(ddof=1)
    assert found.bias == found.distribution.mean() - 2 / 3
    assert found.upper - found.estimate == pytest.approx(1.6448536269514722 * found.se)
    assert found.estimate - found.lower == pytest.approx(1.6448536269514722 * found.se)
    assert [found.percentile_lower, found.percentile_upper] == np.quantile(found.distribution, [0.05, 0.95]).tolist()


@pytest.mark.parametrize(
    "net", [PATH, MIXED, TWO_MODE, NAMED, wn.Network.from_matrix([[0, -1, 2], [1, 0, 0], [0, 0, 0]], signed=True)]
)
def test_counts_of_actors_give_what_the_networks_give(net):
    fast, slow = (inference.bootstrap(net, one, seed=5, draws=100) for one in ("density", by_function))
    np.testing.assert_allclose(fast.distribution, slow.distribution, rtol=1e-14)
    assert (fast.name, slow.name) == ("density", "by_function")


def test_copies_carry_ties_attributes_and_labels():
    for net in networks(NAMED):
        labels, sector = net.labels.tolist(), net.attribute("sector").tolist()
        assert len(set(labels)) == 4
        assert net.attribute_names == ("sector",)
        assert net.actors["id"].tolist() == labels
        assert net.recipe[-1] == "4 actors drawn with replacement"
        assert not net.valued
        own = dict(zip(ACTORS["id"], ACTORS["sector"], strict=True))
        for label, value in zip(labels, sector, strict=True):
            assert value == own[label if label in own else label.rpartition(" (")[0]]
    # "a (2)" is an actor of its own, whose copy is not called so.
    drawn = [set(net.labels.tolist()) for net in networks(NAMED)]
    assert any({"b", "b (2)"} <= labels for labels in drawn)
    assert any("a (2) (2)" in labels for labels in drawn)
    assert any({"a", "a (3)"} <= labels and "a (2)" not in labels for labels in drawn)


def test_ties_of_the_actors_drawn_stand_between_them():
    labels = [f"{one}" for one in range(5)]
    matrix = np.arange(25.0).reshape(5, 5) * (1 - np.eye(5))
    for net in networks(wn.Network.from_matrix(matrix, labels=labels)):
        actor = [int(label.split(" ")[0]) for label in net.labels]
        cells = net.to_matrix()
        for i in range(5):
            for j in range(5):
                if actor[i] != actor[j]:
                    assert cells[i, j] == matrix[actor[i], actor[j]]
                elif i != j:  # a dyad of two others, both directions
                    first, second = np.argwhere(matrix == cells[i, j])[-1]
                    assert first != second
                    assert cells[j, i] == matrix[second, first]


def test_mutual_stays_mutual_and_undirected_undirected():
    net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0]])
    assert all(not one.n_ties or cohesion.reciprocity(one) == 1 for one in networks(net))
    assert all(not one.directed for one in networks(PATH))


def test_what_was_not_observed_moves_along():
    net = wn.Network.from_edges((list("abcd"), list("bcde")), respondents=list("abcd"))
    for one in networks(net):
        silent = {label.split(" ")[0] for label in one.missing.non_respondents}
        assert silent <= {"e"}
        copies = sum(label.split(" ")[0] == "e" for label in one.labels)
        if copies == 1:
            assert one.missing.non_respondents == ("e",)
            assert np.isnan(one.to_matrix()[one.index("e")]).sum() == 4
    assert all(one.valued for one in networks(MIXED))
    loops = wn.Network.from_matrix([[1, 1], [0, 0]], loops="keep")
    assert {tuple(one.to_matrix().diagonal()) for one in networks(loops)} == {(1, 1), (1, 0), (0, 1), (0, 0)}


def test_two_modes_are_drawn_apart():
    net = wn.Network.from_matrix(np.arange(1.0, 13).reshape(3, 4), two_mode=True)
    for one in networks(net):
        cells = one.to_matrix()
        assert cells.shape == (3, 4)
        rows, columns = (cells[:, :1] - 1) // 4, (cells[:1] - 1) % 4
        assert (cells == 4 * rows + columns + 1).all()


def test_integer_labels_become_text():
    net = wn.Network.from_edges(([1, 2], [2, 3]))
    copies = {f"{actor}{copy}" for actor in (1, 2, 3) for copy in ("", " (2)", " (3)")}
    assert all(set(one.labels) <= copies for one in networks(net))


@pytest.mark.parametrize("directed", [False, True])
def test_the_standard_error_is_the_true_one_where_actors_differ(directed):
    """Mean standard error beside the spread of density over 4,000 networks of new actors, n = 65, density about .28.

    Found: 1.04 times the truth undirected, 1.02 directed. With zeros between copies instead of random dyads 1.03 and
    1.02, but the draws are then .0041 too low on average: 1/65 of the density.
    """
    random = np.random.default_rng(7)
    n, densities, errors, jackknifed = 65, [], [], []
    for place in range(4000):
        sender, receiver = 0.8 * random.standard_normal((2, n))
        logit = -1.18 + sender[:, None] + (receiver if directed else sender)
        cells = (random.random((n, n)) < 1 / (1 + np.exp(-logit))).astype(float)
        cells = cells * (1 - np.eye(n)) if directed else np.triu(cells, 1) + np.triu(cells, 1).T
        densities.append(cells.sum() / (n * (n - 1)))
        if place < 100:
            net = wn.Network.from_matrix(cells, directed=directed)
            errors.append(inference.bootstrap(net, draws=400, seed=place).se)
            jackknifed.append(inference.jackknife(net).se)
    assert np.mean(densities) == pytest.approx(0.28, abs=0.01)
    # A standard deviation of 4,000 is known within 1.1 %, a mean of 100 standard errors within 1.5 %.
    assert np.mean(errors) / np.std(densities) == pytest.approx(1.0, abs=0.06)
    assert np.mean(jackknifed) / np.std(densities) == pytest.approx(1.0, abs=0.06)


def test_equal_dyads_make_the_bootstrap_too_wide():
    """By √3, and the jackknife by √2."""
    random = np.random.default_rng(3)
    n, boot, jack = 60, [], []
    for place in range(60):
        cells = np.triu(random.random((n, n)) < 0.3, 1).astype(float)
        net = wn.Network.from_matrix(cells + cells.T, directed=False)
        boot.append(inference.bootstrap(net, draws=400, seed=place).se)
        jack.append(inference.jackknife(net).se)
    truth = np.sqrt(0.3 * 0.7 / (n * (n - 1) / 2))
    assert np.mean(boot) / truth == pytest.approx(np.sqrt(3), rel=0.05)
    assert np.mean(jack) / truth == pytest.approx(np.sqrt(2), rel=0.05)


def test_jackknife_by_hand():
    """Without a or c the path has density 1, without b 0: the mean is 2/3."""
    found = inference.jackknife(PATH)
    assert found.distribution.tolist() == [1, 0, 1]
    assert found.se == pytest.approx(np.sqrt(2 / 3 * (1 / 9 + 4 / 9 + 1 / 9)))
    assert found.bias == pytest.approx(0)
    assert found.upper == pytest.approx(2 / 3 + 1.959963984540054 * found.se)
    assert np.isnan([found.percentile_lower, found.percentile_upper]).all()
    assert (found.draws, found.seed) == (3, None)


def test_jackknife_of_two_modes_adds_them_up():
    """Rows: without the first 1/2, without the second 2/3. Columns: 2/3 of [0, 1], [NaN, 1]; 3/4; 1/3."""
    found = inference.jackknife(SMALL_TWO_MODE)
    np.testing.assert_allclose(found.distribution, [1 / 2, 2 / 3, 2 / 3, 3 / 4, 1 / 3])
    rows = 1 / 2 * 2 * (1 / 12) ** 2
    columns = 2 / 3 * ((np.array([2 / 3, 3 / 4, 1 / 3]) - 7 / 12) ** 2).sum()
    assert found.se == pytest.approx(np.sqrt(rows + columns))
    assert found.bias == pytest.approx(1 * (7 / 12 - 3 / 5) + 2 * (7 / 12 - 3 / 5))


def test_the_same_seed_gives_the_same_bits_wherever():
    one = inference.bootstrap(MIXED, seed=11, draws=100)
    with ThreadPoolExecutor(3) as pool:
        other = inference.bootstrap(MIXED, seed=11, draws=100, executor=pool)
        left_out = inference.jackknife(PATH, by_function, executor=pool)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        third = inference.bootstrap(MIXED, seed=11, draws=100, executor=pool)
        named = inference.bootstrap(MIXED, "mean_degree", seed=11, draws=40, executor=pool)
    assert one.distribution.tobytes() == other.distribution.tobytes() == third.distribution.tobytes()
    here = inference.bootstrap(MIXED, "mean_degree", seed=11, draws=40)
    assert named.distribution.tobytes() == here.distribution.tobytes()
    assert left_out.distribution.tolist() == [1, 0, 1]
    assert one.distribution[:10].tobytes() == inference.bootstrap(MIXED, seed=11, draws=10).distribution.tobytes()
    free = inference.bootstrap(MIXED, draws=20)
    assert inference.bootstrap(MIXED, draws=20, seed=free.seed).distribution.tobytes() == free.distribution.tobytes()
    assert inference.bootstrap(MIXED, draws=20, seed=2**64 - 1).seed == 2**64 - 1


def test_what_a_result_shows():
    found = inference.bootstrap(NAMED, seed=2, draws=200)
    assert "200 bootstrap draws, 12 dyads, seed 2" in repr(found)
    assert "quantiles of the draws" in found._repr_html_()
    assert found.to_frame()["se"][0] == found.se
    assert "seed" not in inference.jackknife(NAMED).to_frame()
    assert "quantiles" not in inference.jackknife(NAMED)._repr_html_()
    assert found.plot(title="x").description == "density, drawn at random and observed"
    table = pl.DataFrame({"id": ["a", "b", "c"]})
    theirs = wn.Network.from_edges(pl.DataFrame({"source": ["a"], "target": ["b"]}), table)
    assert isinstance(inference.jackknife(theirs).to_frame(), pl.DataFrame)
    assert "24 of 30 dyads" in repr(inference.jackknife(MIXED, by_function))


def raising(net):
    if "a (2)" in net.labels.tolist():
        msg = "no copies, please"
        raise ValueError(msg)
    return 1.0


def test_statistics_that_fail():
    with pytest.raises(
        DrawError, match=r"draw \d+ of seed 4 can't be measured: 'raising' raises ValueError: no copies"
    ):
        inference.bootstrap(PATH, raising, seed=4)
    with pytest.raises(DrawError, match=r"draw \d+ of seed 4 gives no number \(NaN\)"):
        inference.bootstrap(PATH, lambda net: float("nan") if "a (2)" in net.labels else 1, seed=4)
    with pytest.raises(DrawError, match="without actor 'b' 'reciprocity' is no number"):
        inference.jackknife(CHAIN, "reciprocity")
    with pytest.raises(DrawError, match=r"without actor 'b' .* raises ActorError"):
        inference.jackknife(PATH, lambda net: net.index("b"))
    with pytest.raises(ArgumentError, match=r"'density' of the network is no finite number"):
        inference.bootstrap(wn.Network.from_matrix([[0, np.nan], [np.nan, 0]]))


@pytest.mark.parametrize("function", [inference.bootstrap, inference.jackknife])
def test_what_is_refused(function):
    with pytest.raises(KeyNotFoundError, match="did you mean 'density'"):
        function(PATH, "densty")
    with pytest.raises(ArgumentError, match="'degree' gives a number per actor"):
        function(PATH, "degree")
    with pytest.raises(ArgumentError, match="gives a str"):
        function(PATH, lambda _: "x")
    with pytest.raises(ArgumentError, match="a name or a function"):
        function(PATH, 3)
    with pytest.raises(ArgumentError, match="confidence must be a number between 0 and 1"):
        function(PATH, confidence=95)
    with pytest.raises(ArgumentError, match=r"must be a wholenet\.Network"):
        function(None)
    with pytest.raises(SmallNetworkError, match="at least two actors, but there is 1"):
        function(wn.Network.from_matrix([[0]]))
    with pytest.raises(SmallNetworkError, match="two actors in each mode, but there is 1"):
        function(wn.Network.from_matrix([[1, 0]], two_mode=True))


def test_draws_and_seeds_that_are_none():
    with pytest.raises(ArgumentError, match="draws must be a whole number of at least 2"):
        inference.bootstrap(PATH, draws=1)
    with pytest.raises(ArgumentError, match="seed must be a whole number of at least 0"):
        inference.bootstrap(PATH, seed=-1)
