"""Many measures of one bootstrap, and rank intervals, by hand."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from statistics import NormalDist

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import inference
from wholenet.errors import (
    ActorError,
    ArgumentError,
    KeyNotFoundError,
    ModeError,
    SmallNetworkError,
)
from wholenet.inference._ranks import _in_draw, _quantile, _ranks, levels_of
from wholenet.inference._vertices import Picked
from wholenet.report._tables import ACTOR_MEASURES, NETWORK_MEASURES

IN = partial(wn.centrality.degree, mode="in")
STAR = wn.Network.from_edges((list("abcdac"), list("eeeebd")))
CELLS = (np.random.default_rng(3).random((12, 12)) < 0.3).astype(float)
np.fill_diagonal(CELLS, 0)
CELLS[[2, 7]] = np.nan
HALF = wn.Network.from_matrix(CELLS)
TWO_MODE = wn.Network.from_matrix([[1, 0, 1, 0], [0, np.nan, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]], two_mode=True)
NAN = float("nan")


def mean_in(net):
    return float(IN(net).mean())


def sometimes(net):
    """Fails in draws that hold a second copy of e, and has no number in those with a third."""
    labels = net.labels.tolist()
    if "e (3)" in labels:
        return NAN
    if "e (2)" in labels:
        msg = "no copies of e, please"
        raise ValueError(msg)
    return len(set(labels))


# Many measures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("net", [STAR, HALF, TWO_MODE])
def test_one_measure_gives_what_many_give(net):
    names = {12: ["density", "reciprocity", "mean_degree"], 5: ["density", "isolates"]}.get(net.n_actors, ["density"])
    many = inference.bootstrap_measures(net, names, seed=4, draws=60)
    for place, name in enumerate(names):
        one = inference.bootstrap(net, name, seed=4, draws=60)
        assert many.distribution[:, place].tobytes() == one.distribution.tobytes()
        for column in ("estimate", "se", "bias", "lower", "upper", "percentile_lower", "percentile_upper"):
            assert getattr(many, column)[place] == pytest.approx(getattr(one, column), rel=1e-14)
    assert many.failed.tolist() == [0] * len(names)


def test_failures_are_counted_and_told():
    found = inference.bootstrap_measures(STAR, {"odd": sometimes, "ties": lambda net: net.n_ties}, seed=1, draws=300)
    copies = [np.bincount(Picked.of((5,), _stream(draw)).rows, minlength=5)[4] for draw in range(300)]
    assert found.failed.tolist() == [sum(one > 1 for one in copies), 0]
    assert found.reasons == {"odd": _reason(copies)}
    left = found.distribution[np.array(copies) <= 1, 0]
    assert found.se[0] == pytest.approx(left.std(ddof=1))
    assert found.percentile_lower[0] == np.quantile(left, 0.025)
    assert found.upper[0] == pytest.approx(5 + NormalDist().inv_cdf(0.975) * left.std(ddof=1))
    assert "1 of them undefined in some draws" in repr(found)
    assert "Undefined: odd" in found._repr_html_()


def _stream(draw):
    from wholenet.inference._draws import stream

    return stream(1, draw)


def _reason(copies):
    first = next(one for one in copies if one > 1)
    return "no finite number (nan)" if first > 2 else "ValueError: no copies of e, please"


def test_a_measure_without_a_number_has_a_row_of_nan():
    found = inference.bootstrap_measures(
        STAR, {"none": lambda _: NAN, "endless": lambda _: float("inf"), "density": "density"}, seed=1, draws=20
    )
    assert found.failed.tolist() == [20, 20, 0]
    assert np.isnan(found.se).tolist() == [True, True, False]
    assert np.isnan(found.lower[:2]).all()
    assert found.to_frame()["statistic"].tolist() == ["none", "endless", "density"]


def test_mean_degree_of_the_directed_and_undirected_and_of_non_respondents():
    """Mean degree is density times n - 1, whatever was not observed, and so are its standard error and interval."""
    undirected = HALF.symmetrize("union", one_report="missing")
    for net in (STAR, HALF, undirected):
        found = inference.bootstrap_measures(net, ["density", "mean_degree"], seed=2, draws=200)
        one = inference.bootstrap(net, "mean_degree", seed=2, draws=200)
        scale = net.n_actors - 1
        np.testing.assert_allclose(found.distribution[:, 1], scale * found.distribution[:, 0], rtol=1e-12)
        assert (one.estimate, one.se) == pytest.approx((scale * found.estimate[0], scale * found.se[0]))
        assert one.lower < one.estimate < one.upper


def test_all_measures_of_a_report():
    found = inference.bootstrap_measures(HALF, NETWORK_MEASURES, seed=1, draws=20)
    assert len(found.names) == len(NETWORK_MEASURES)
    assert inference.rank_intervals(HALF, ACTOR_MEASURES, seed=1, draws=20).ranks.shape == (10, 12)


def test_attributes_reach_functions_that_ask():
    actors = pd.DataFrame({"id": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    net = wn.Network.from_edges((list("abcdac"), list("eeeebd")), actors)
    found = inference.bootstrap_measures(net, {"ei": partial(wn.mixing.ei_index, by="sector")}, seed=1, draws=30)
    one = inference.bootstrap(net, partial(wn.mixing.ei_index, by="sector"), seed=1, draws=30)
    assert found.distribution[:, 0].tolist() == one.distribution.tolist()


def test_what_many_measures_refuse():
    for wrong, error, match in (
        (["densty"], KeyNotFoundError, "did you mean 'density'"),
        (["density", "density"], ArgumentError, "two measures are called 'density'"),
        ([], ArgumentError, "at least one measure"),
        (["degree"], ArgumentError, "'degree' gives a number per actor"),
        (3, ArgumentError, "a name or a function"),
    ):
        with pytest.raises(error, match=match):
            inference.bootstrap_measures(STAR, wrong)
    with pytest.raises(ZeroDivisionError):
        inference.bootstrap_measures(STAR, [lambda _: 1 / 0])
    with pytest.raises(ArgumentError, match="draws must be a whole number of at least 2"):
        inference.bootstrap_measures(STAR, "density", draws=1)
    with pytest.raises(SmallNetworkError):
        inference.bootstrap_measures(wn.Network.from_matrix([[0]]), "density")


def test_what_many_measures_show():
    net = wn.Network.from_edges(pl.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    found = inference.bootstrap_measures(net, ["density", "mean_degree"], seed=1, draws=20)
    assert isinstance(found.to_frame(), pl.DataFrame)
    assert found.plot(title="x").description == "value, drawn at random and observed: density, mean_degree"
    assert "undefined in" in found._repr_html_()


# Ranks ----------------------------------------------------------------------------------------------------


def test_levels_and_ranks():
    assert levels_of(np.array([3.0, 1, 3 + 1e-12, 2])).tolist() == [2, 0, 2, 1]
    assert levels_of(np.array([np.inf, 1, np.inf, -np.inf])).tolist() == [2, 1, 2, 0]
    assert levels_of(np.array([])).tolist() == []
    np.testing.assert_array_equal(_ranks(np.array([[5.0, NAN, 2, 5, 1]])), [[1.5, NAN, 3, 1.5, 4]])


def test_quantiles_are_those_of_numpy():
    ranks = np.random.default_rng(1).random((50, 2, 7))
    ranks[ranks < 0.4] = NAN
    ranks[:, 0, 3] = NAN
    ranks[1:, 1, 2] = NAN
    ranks[0, 1, 2] = 4
    for tail in (0.025, 0.5, 0.975):
        kept = np.delete(ranks.reshape(50, 14), 3, axis=1)
        expected = np.insert(np.nanquantile(kept, tail, axis=0), 3, NAN)
        np.testing.assert_allclose(_quantile(ranks, tail).ravel(), expected, rtol=1e-14)


def test_ranks_of_one_draw_by_hand():
    """Positions a a b c c of actors a to e. The copies of a have 5 and 1, b 3, the copies of c 3 and 1.

    Other positions of a: three (3, 3, 1), so that s = (5 - 1) ÷ 3. Its copy with 5 has rank 1; that with 1 has two
    above it and one equal: 1 + 2·4/3 to 1 + 3·4/3. Means: 1 + 4/3 to 3. b has four others, s = 1: 5 is above, one 3
    equal: 2 to 3. c has three others (5, 1, 3): its 3 has one above, one equal, its 1 has two above, one equal:
    ranks 1 + 4/3 to 1 + 8/3 and 1 + 8/3 to 5: means 3 to 1 + 10/3.
    """
    rows = np.array([0, 0, 1, 2, 2])
    picked = Picked(rows, rows, (rows[:0], rows[:0]))
    found = _in_draw(np.array([[5.0, 1, 3, 3, 1]]), picked, np.array([5]))[:, 0]
    np.testing.assert_allclose(found[0], [1 + 4 / 3, 2, 3, NAN, NAN])
    np.testing.assert_allclose(found[1], [3, 3, 1 + 10 / 3, NAN, NAN])


def test_actors_without_a_value_count_for_nobody():
    """As before, but b has no value: four actors have ranks, so that s = (4 - 1) ÷ 2.

    The copy of a with 5 has rank 1, that with 1 has 3 above it and 1 equal: 1 + s to 1 + 2·s. The copy of c with 3 has
    5 above it: 1 + s; that with 1 too, and 1 equal.
    """
    rows = np.array([0, 0, 1, 2, 2])
    picked = Picked(rows, rows, (rows[:0], rows[:0]))
    found = _in_draw(np.array([[5.0, 1, NAN, 3, 1]]), picked, np.array([4]))[:, 0]
    np.testing.assert_allclose(found[0], [1.75, NAN, 2.5, NAN, NAN])
    np.testing.assert_allclose(found[1], [2.5, NAN, 3.25, NAN, NAN])


def test_a_draw_of_one_actor_ranks_nobody():
    rows = np.zeros(3, dtype=np.int64)
    picked = Picked(rows, rows, (rows[:0], rows[:0]))
    assert np.isnan(_in_draw(np.array([[1.0, 2, 3]]), picked, np.array([3]))).all()


def test_intervals_of_a_star():
    found = inference.rank_intervals(STAR, {"in": IN}, seed=1, top=1)
    assert found.to_frame()["value"].tolist() == [0, 1, 0, 1, 4]
    assert found.ranks.tolist() == [[4.5, 2.5, 4.5, 2.5, 1]]
    assert (found.lower[0, 4], found.upper[0, 4], found.top_share[0, 4]) == (1, 1, 1)
    assert ((found.lower >= 1) & (found.upper <= 5) & (found.lower <= found.upper)).all()
    assert abs(found.drawn.mean() / 1000 - (1 - 0.8**5)) < 0.03
    assert np.isnan(found.distribution).sum() == 5000 - found.drawn.sum()


def test_everybody_equal_is_sure_of_nothing():
    net = wn.Network.from_matrix(1 - np.eye(6))
    found = inference.rank_intervals(net, "degree", seed=1, draws=50, top=3)
    assert found.ranks.tolist() == [[3.5] * 6]
    assert (found.lower.tolist(), found.upper.tolist()) == ([[1] * 6], [[6] * 6])
    assert found.top_share.tolist() == [[0] * 6]


def answered(net):
    values = wn.centrality.degree(net, mode="out")
    values[[net.index(one) for one in net.missing.non_respondents]] = NAN
    return values


def test_non_respondents_without_a_value_have_no_rank_in_any_draw():
    found = inference.rank_intervals(HALF, answered, seed=1, draws=100)
    silent = np.isin(np.arange(12), [2, 7])
    for column in (found.ranks, found.lower, found.upper, found.top_share):
        assert np.isnan(column[0]).tolist() == silent.tolist()
    assert np.nanmax(found.upper) <= 10
    assert (found.drawn[0] > 0).tolist() == (~silent).tolist()


def failing(net):
    if "e (2)" in net.labels.tolist():
        msg = "no copies of e, please"
        raise ValueError(msg)
    return IN(net)


def test_draws_that_fail_have_no_ranks():
    found = inference.rank_intervals(STAR, {"in": IN, "odd": failing}, seed=1, draws=100)
    alone = [len(set(Picked.of((5,), _stream(draw)).rows.tolist())) == 1 for draw in range(100)]
    assert found.failed[0] == sum(alone)
    assert found.failed[1] > 10
    assert "Undefined: odd" in found._repr_html_()
    both = ~np.isnan(found.distribution[:, 1])
    assert found.distribution[:, 1][both].tolist() == found.distribution[:, 0][both].tolist()


def test_the_same_seed_gives_the_same_bits_wherever():
    measures = {"in": IN, "betweenness": "betweenness"}
    here = inference.rank_intervals(HALF, measures, seed=9, draws=70)
    many = inference.bootstrap_measures(HALF, ["density", "reciprocity"], seed=9, draws=70)
    with ThreadPoolExecutor(3) as pool, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for executor in (pool, processes):
            other = inference.rank_intervals(HALF, measures, seed=9, draws=70, executor=executor)
            assert here.distribution.tobytes() == other.distribution.tobytes()
            same = inference.bootstrap_measures(HALF, ["density", "reciprocity"], seed=9, draws=70, executor=executor)
            assert many.distribution.tobytes() == same.distribution.tobytes()


def test_what_ranks_show():
    found = inference.rank_intervals(STAR, {"in": IN, "betweenness": "betweenness"}, seed=1, draws=50)
    assert "highest e (rank 1, 1 to 1)" in repr(found)
    assert "share of draws in top 10" in found._repr_html_()
    assert len(found.to_frame()) == 10
    assert found.to_frame()["measure"].tolist()[::5] == ["in", "betweenness"]
    picture = found.plot(measure="betweenness", actors=3, mark=["b"], marked="gatekeeper", width=600)
    assert picture.description == "Ranks by betweenness, 95 % intervals"
    assert picture.svg.count("<circle") + picture.svg.count("l6 6l-6 6") >= 3
    assert "gatekeeper" in picture.svg
    nobody = inference.rank_intervals(STAR, {"none": lambda net: np.full(net.n_actors, NAN)}, seed=1, draws=5)
    assert "of which nobody has a value" in repr(nobody)
    assert nobody.plot().svg
    with pytest.raises(ArgumentError, match='measure must be "in" or "betweenness"'):
        found.plot(measure="degree")
    with pytest.raises(ActorError, match="mark names 'z'"):
        found.plot(mark=["z"])


def test_what_ranks_refuse():
    with pytest.raises(ArgumentError, match="'density' gives one number for the network"):
        inference.rank_intervals(STAR, "density")
    with pytest.raises(ArgumentError, match="top must be a whole number"):
        inference.rank_intervals(STAR, "degree", top=0)
    with pytest.raises(ModeError):
        inference.rank_intervals(TWO_MODE, "degree")
    with pytest.raises(SmallNetworkError, match="at least two actors"):
        inference.rank_intervals(wn.Network.from_matrix([[0]]), "degree")
    with pytest.raises(KeyNotFoundError):
        inference.rank_intervals(STAR, "degre")
