"""Laws of random networks: what they keep, and that a test errs as often as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wholenet as wn
from wholenet import _core, cohesion, mixing
from wholenet.errors import ModeError
from wholenet.inference import cug
from wholenet.inference._cug import BUILT_IN
from wholenet.testing import networks

SECTORS = {"sector": ["care", "school", "work"]}
SEEDS = st.integers(0, 2**64 - 1)


def plain(**options):
    """Networks without values; those with unobserved dyads are drawn with."""
    return networks(valued=False, missing=None, loops=None, min_actors=1, attributes=SECTORS, **options).map(
        lambda net: net.dichotomize(above=0) if net.valued else net
    )


NETWORKS, DIRECTED = plain(), plain(directed=True)

PUBLIC = {
    **{name: getattr(cohesion, name) for name in BUILT_IN if hasattr(cohesion, name)},
    "components": lambda net: cohesion.components(net).max() + 1,
    "degree_centralization": cohesion.centralization,
    "indegree_centralization": lambda net: cohesion.centralization(net, mode="in"),
    "outdegree_centralization": lambda net: cohesion.centralization(net, mode="out"),
    "closeness_centralization": lambda net: cohesion.centralization(net, measure="closeness"),
    "betweenness_centralization": lambda net: cohesion.centralization(net, measure="betweenness"),
}


def random_of(net, condition, seed, *, by=None):
    """A random network, as a statistic meets it."""
    met = []

    def statistic(random):
        met.append(random)
        return 0

    cug(net, statistic, condition=condition, by=by, draws=1, seed=seed)
    return met[1]


def cells(net):
    """Ties, unobserved dyads as NaN, nothing on the diagonal."""
    matrix = net.to_matrix()
    if not net.two_mode:
        np.fill_diagonal(matrix, 0)
    return matrix


@given(NETWORKS, SEEDS)
def test_actors_and_what_was_not_observed_stay(net, seed):
    for condition in ("size", "density", "degrees", "sectors"):
        random = random_of(net, condition, seed, by="sector" if condition == "sectors" else None)
        assert random.labels.tolist() == net.labels.tolist()
        assert random.attribute("sector").tolist() == net.attribute("sector").tolist()
        assert random.missing == net.missing
        assert random.directed == net.directed
        assert not random.valued
        one, other = random.to_matrix(), net.to_matrix()
        assert np.array_equal(np.isnan(one), np.isnan(other))
        assert np.array_equal(np.diag(one), np.diag(other))
        if not net.directed:
            assert np.array_equal(one, one.T, equal_nan=True)
        assert set(np.unique(one[~np.isnan(one)]).tolist()) <= {0.0, 1.0}


@given(NETWORKS, SEEDS)
def test_the_number_of_ties_stays(net, seed):
    assert random_of(net, "density", seed).n_ties == net.n_ties


@given(NETWORKS, SEEDS)
def test_the_degrees_stay(net, seed):
    one, other = cells(random_of(net, "degrees", seed)), cells(net)
    for axis in (0, 1):
        assert np.array_equal(np.nansum(one, axis=axis), np.nansum(other, axis=axis))


@given(NETWORKS, SEEDS)
def test_the_ties_between_sectors_stay(net, seed):
    one = mixing.sector_density(random_of(net, "sectors", seed, by="sector"), by="sector")
    assert one.equals(mixing.sector_density(net, by="sector"))


@given(DIRECTED, SEEDS)
def test_the_census_of_dyads_stays(net, seed):
    random = random_of(net, "dyads", seed)
    assert cohesion.dyad_census(random).equals(cohesion.dyad_census(net))
    one, other = cells(random), cells(net)
    half = np.isnan(other).T & ~np.isnan(other)
    assert one[half].sum() == other[half].sum()


def two_mode(matrix):
    return wn.Network.from_matrix(matrix, two_mode=True)


@st.composite
def incidences(draw):
    """Two-mode networks, with dyads that were not observed."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    value = st.sampled_from([0.0, 1.0, np.nan])
    return two_mode(np.array(draw(st.lists(value, min_size=rows * columns, max_size=rows * columns))).reshape(rows, -1))


@given(incidences(), SEEDS)
def test_two_modes_stay_apart(net, seed):
    for condition in ("size", "density", "degrees"):
        random = random_of(net, condition, seed)
        assert random.two_mode
        assert np.array_equal(random.modes, net.modes)
        one, other = cells(random), cells(net)
        assert np.array_equal(np.isnan(one), np.isnan(other))
        if condition != "size":
            assert random.n_ties == net.n_ties
        if condition == "degrees":
            for axis in (0, 1):
                assert np.array_equal(np.nansum(one, axis=axis), np.nansum(other, axis=axis))


@given(NETWORKS | incidences())
def test_built_in_statistics_are_the_measures_of_cohesion(net):
    """To the last bit but one, where sums are made in another order."""
    for name, measure in PUBLIC.items():
        if net.two_mode and not BUILT_IN[name]:
            with pytest.raises(ModeError):
                measure(net)
        else:
            found = _core.inference_statistic(net._core, name)
            assert found == pytest.approx(measure(net), rel=1e-15, abs=1e-15, nan_ok=True), name


def test_every_built_in_statistic_has_a_measure():
    assert set(PUBLIC) == set(BUILT_IN)


@given(DIRECTED, SEEDS)
def test_a_name_and_its_measure_give_the_same_draws(net, seed):
    for condition in ("size", "density", "dyads", "degrees"):
        one = cug(net, "isolates", condition=condition, draws=5, seed=seed)
        other = cug(net, cohesion.isolates, condition=condition, draws=5, seed=seed)
        assert np.array_equal(one.distribution, other.distribution)


def test_the_test_errs_as_often_as_it_says():
    """Networks that are themselves drawn from the null have a p of .05 or less in about one of twenty."""
    random = np.random.default_rng(5)
    trials, low = 300, {"density": 0, "degrees": 0}
    for trial in range(trials):
        ties = (random.random((14, 14)) < 0.25) & ~np.eye(14, dtype=bool)
        net = wn.Network.from_matrix(ties.astype(float))
        for condition in low:
            found = cug(net, "transitivity", condition=condition, draws=99, seed=trial)
            low[condition] += found.p_upper <= 0.05
    # Binomial(300, .05): outside 4 to 30 less than once in a thousand times.
    assert all(4 <= count <= 30 for count in low.values()), low
