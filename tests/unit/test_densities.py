"""Comparing densities by hand: what the difference, its standard error and p-values must be."""

from math import erfc, sqrt

import numpy as np
import pytest

import wholenet as wn
from wholenet import cohesion, inference
from wholenet.errors import ArgumentError, KeyNotFoundError, LabelError, ModeError, SmallNetworkError

RANDOM = np.random.default_rng(2)
LABELS = [f"o{place}" for place in range(12)]


def made(p, n=12, labels=None):
    cells = (RANDOM.random((n, n)) < p) * (1 - np.eye(n))
    return wn.Network.from_matrix(cells, labels=labels or LABELS[:n])


X, Y = made(0.3), made(0.5)
COMPLEMENT = wn.Network.from_matrix(1 - X.to_matrix() - np.eye(12), labels=LABELS)
TWO_MODE = wn.Network.from_matrix((RANDOM.random((5, 7)) < 0.4) * 1.0, two_mode=True)


def test_a_network_beside_itself():
    found = inference.compare_densities(X, X, paired=True, seed=1, draws=200)
    assert (found.difference, found.se, found.p_two_sided, found.p_lower) == (0, 0, 1, 1)
    assert np.isnan(found.t)
    assert np.isnan(found.p_normal)
    assert found.se_first == found.se_second == inference.bootstrap(X, seed=1, draws=200).se


def test_a_network_beside_its_complement():
    """The same draw: the two densities add up to 1, so that the difference varies twice as much as either."""
    found = inference.compare_densities(X, COMPLEMENT, paired=True, seed=1, draws=300)
    assert found.se == pytest.approx(2 * found.se_first)
    assert found.difference == pytest.approx(2 * cohesion.density(X) - 1)
    assert found.t == pytest.approx(found.difference / found.se)
    assert found.p_normal == pytest.approx(erfc(abs(found.t) / sqrt(2)))
    apart = inference.compare_densities(X, COMPLEMENT, paired=False, seed=1, draws=300)
    assert apart.se == sqrt(apart.se_first**2 + apart.se_second**2)
    assert apart.se_first == found.se_first
    assert apart.se_second != found.se_second


def test_p_values_count_centred_draws():
    found = inference.compare_densities(X, Y, paired=True, seed=4, draws=500)
    one, other = (inference.bootstrap(net, seed=4, draws=500).distribution for net in (X, Y))
    centred = one - other - (one - other).mean()
    np.testing.assert_allclose(found.distribution, centred)
    near = 1e-9
    assert found.p_lower == (1 + (centred <= found.difference + near).sum()) / 501
    assert found.p_upper == (1 + (centred >= found.difference - near).sum()) / 501
    assert found.p_two_sided == (1 + (abs(centred) >= abs(found.difference) - near).sum()) / 501
    assert found.upper - found.difference == pytest.approx(1.959963984540054 * found.se)
    back = inference.compare_densities(Y, X, paired=True, seed=4, draws=500)
    assert (back.p_lower, back.p_upper, back.p_two_sided) == (found.p_upper, found.p_lower, found.p_two_sided)


def test_actors_are_matched_by_label():
    shuffled = Y.subset(LABELS[::-1])
    one, other = (inference.compare_densities(X, y, paired=True, seed=4, draws=50) for y in (Y, shuffled))
    assert one.distribution.tobytes() == other.distribution.tobytes()
    columns = list(TWO_MODE.labels[5:])
    turned = TWO_MODE.subset([*TWO_MODE.labels[:5], *columns[::-1]])
    assert inference.compare_densities(TWO_MODE, turned, paired=True, seed=1, draws=50).se == 0


def test_any_statistic_in_the_same_way():
    named = inference.compare_networks(X, Y, "density", paired=True, seed=4, draws=60)
    own = inference.compare_networks(X, Y, cohesion.mean_degree, paired=True, seed=4, draws=60)
    np.testing.assert_allclose(own.distribution, 11 * named.distribution)
    assert own.p_two_sided == named.p_two_sided
    assert own.name == "mean_degree"
    assert "same mean_degree" in own.null


def test_networks_of_other_sizes():
    found = inference.compare_densities(X, TWO_MODE, paired=False, seed=4, draws=60)
    assert found.design == "other actors"
    assert found.second == cohesion.density(TWO_MODE)


def test_an_expected_density():
    found = inference.density_test(X, 0.2, seed=4, draws=400)
    boot = inference.bootstrap(X, seed=4, draws=400)
    assert found.se == pytest.approx(boot.se)
    assert (found.se_first, found.se_second) == (boot.se, 0)
    assert found.difference == pytest.approx(cohesion.density(X) - 0.2)
    assert found.lower == pytest.approx(boot.lower - 0.2)
    centred = boot.distribution - boot.distribution.mean()
    assert found.p_upper == (1 + (centred >= found.difference - 1e-9).sum()) / 401
    full = inference.density_test(wn.Network.from_matrix(1 - np.eye(4)), 0.5, seed=1, draws=50)
    assert (full.t, full.p_normal, full.p_two_sided) == (np.inf, 0, 1 / 51)


def test_values_are_averaged():
    valued = wn.Network.from_matrix(3 * X.to_matrix(), labels=LABELS)
    found = inference.compare_densities(valued, X, paired=True, seed=4, draws=60)
    assert found.difference == pytest.approx(2 * cohesion.density(X))
    assert found.se == pytest.approx(2 * found.se_second)


def test_the_paired_test_rejects_as_often_as_it_says():
    """Two relations with the same expected density, of actors who are active in both: 5 % or a little less."""
    random, n, sets, rejected = np.random.default_rng(5), 30, 150, 0
    for place in range(sets):
        active = 0.8 * random.standard_normal(n)
        pair = []
        for _ in range(2):
            own = active + 0.5 * random.standard_normal(n)
            p = 1 / (1 + np.exp(1.2 - own[:, None] - own))
            pair.append(wn.Network.from_matrix((random.random((n, n)) < p) * (1 - np.eye(n))))
        rejected += inference.compare_densities(*pair, paired=True, draws=199, seed=place).p_two_sided <= 0.05
    # 150 sets: 5 % has a standard error of 1.8 %.
    assert 0 < rejected / sets <= 0.1


def test_what_a_result_shows():
    found = inference.compare_densities(X, Y, paired=True, seed=4, draws=100)
    assert "(same actors)" in repr(found)
    assert found.peers.startswith("UCINET: Network > Compare densities > Paired")
    assert found.null == "the two networks come from populations with the same density"
    assert found.null in found._repr_html_()
    assert found.to_frame()["p"][0] == found.p_two_sided
    # The two were made alike, which is said once.
    assert found.recipe == X.recipe == Y.recipe
    assert found.plot().description == "difference in density, drawn at random and observed"
    assert "(expected)" in inference.density_test(X, 0.2, seed=4, draws=100)._repr_html_()


def test_actors_that_differ():
    other = made(0.3, labels=[*LABELS[:10], "x", "y"])
    with pytest.raises(LabelError, match=r"2 of x are not in y \('o10', 'o11'\).*paired=False"):
        inference.compare_densities(X, other, paired=True)
    with pytest.raises(LabelError, match=r"1 of y is not in x \('o11'\)"):
        inference.compare_densities(X.subset(LABELS[:11]), X, paired=True)
    with pytest.raises(ModeError, match="one of the networks has two modes"):
        inference.compare_densities(X, TWO_MODE, paired=True)
    swapped = wn.Network.from_matrix(np.ones((7, 5)), labels=(list(range(5, 12)), list(range(5))), two_mode=True)
    with pytest.raises(ModeError, match="in the same modes"):
        inference.compare_densities(TWO_MODE, swapped, paired=True)


def test_what_is_refused():
    with pytest.raises(TypeError, match="paired"):
        inference.compare_densities(X, Y)
    with pytest.raises(ArgumentError, match="paired must be True or False"):
        inference.compare_densities(X, Y, paired=None)
    with pytest.raises(ArgumentError, match="y must be a wholenet"):
        inference.compare_densities(X, 3, paired=True)
    with pytest.raises(ArgumentError, match="confidence"):
        inference.compare_densities(X, Y, paired=True, confidence=1)
    with pytest.raises(ArgumentError, match="expected must be a number"):
        inference.density_test(X, "0.2")
    with pytest.raises(KeyNotFoundError):
        inference.compare_networks(X, Y, "nothing", paired=True)
    with pytest.raises(SmallNetworkError, match="bootstrap of y needs at least two actors"):
        inference.compare_densities(X, made(0.3, 1), paired=False)


def test_what_does_not_vary_but_for_rounding():
    """All dyads have the value .3, however .3 adds up."""
    for value in (0.1, 0.3, 1 / 3, 123.456):
        net = wn.Network.from_matrix(value * (1 - np.eye(8)))
        found = wn.inference.density_test(net, value, draws=100, seed=1)
        assert (found.difference, found.se, found.p_two_sided) == (0.0, 0.0, 1.0)
    with pytest.raises(ArgumentError, match="finite"):
        wn.inference.density_test(net, float("inf"))
