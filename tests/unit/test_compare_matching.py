"""Pairs, networks within groups, and networks of different size: values worked by hand."""

import re
import sys

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import compare
from wholenet._svg import text_width
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    DependencyError,
    DrawError,
    KeyNotFoundError,
    LabelError,
    ModelError,
    SmallNetworkError,
)

# Sums of a few numbers near 1 by least squares.
CLOSE = 1e-9


EIGHT = {
    "network": list("abcdefgh"),
    "ses": ["low"] * 4 + ["high"] * 4,
    "inside": [False, False, True, True] * 2,
    "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
}


CROSSED = "effectiveness ~ ses * inside"


def eight(**columns):
    return pd.DataFrame(EIGHT | columns)


def few(data, formula=CROSSED, **options):
    return compare.effects(data, formula, **{"permutations": 99, "seed": 1} | options)


def star(n):
    return wn.Network.from_edges(([0] * (n - 1), [*range(1, n)]), directed=False)


def ring(n):
    return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)


# Matching -------------------------------------------------------------------------------------------------


PAIRS = {
    "network": list("abcdefg"),
    "inside": [True, True, True, False, False, False, False],
    "ses": ["low", "low", "high", "low", "low", "high", "high"],
    "organisations": [10, 20, 30, 21, 12, 40, 33],
    "effectiveness": [6.0, 7.0, 8.0, 5.0, 5.5, 9.0, 6.0],
}


def pairs(**options):
    given = {"outcome": "effectiveness", "treatment": "inside", "on": "organisations", "seed": 1}
    return compare.matched(pd.DataFrame(PAIRS), **given | options)


def test_matching_by_hand():
    """Nearest in size: a - e, b - d, c - g; differences .5, 2, 2; of 8 signs two are as far from 0."""
    found = pairs()
    assert found.pairs[["treated", "control"]].to_numpy().tolist() == [["a", "e"], ["b", "d"], ["c", "g"]]
    assert found.pairs["difference"].tolist() == [0.5, 2, 2]
    assert (found.estimate, found.p, found.exhaustive, found.draws) == (1.5, 0.25, True, 7)
    assert (found.lower, found.upper) == (-np.inf, np.inf)
    assert found.unmatched == ("f",)
    # Within groups: 100 + 0 + 100 and 5.5² + 14.5² + 13.5² + 6.5², over 7 - 2 degrees of freedom.
    sd = np.sqrt((200 + 30.25 + 210.25 + 182.25 + 42.25) / 5)
    np.testing.assert_allclose(found.pairs["distance"], np.array([2, 1, 3]) / sd, atol=CLOSE)
    spread = np.sqrt((100 + 465 / 3) / 2)
    np.testing.assert_allclose(found.balance["before"], [(20 - 26.5) / spread], atol=CLOSE)
    np.testing.assert_allclose(found.balance["after"], [(20 - 22) / spread], atol=CLOSE)


def test_interval_of_pairs_by_hand():
    """At 75 % the ends are the first and the last of the means of subsets: .5 and 2."""
    found = pairs(confidence=0.75)
    assert (found.lower, found.upper) == (0.5, 2)


def test_exact_matching_comes_first():
    found = pairs(exact="ses", on=())
    assert found.pairs["treated"].tolist() == ["a", "b", "c"]
    assert found.pairs["control"].tolist()[2] in "fg"
    assert found.pairs["distance"].tolist() == [0, 0, 0]
    assert len(found.balance) == 0
    assert pairs(exact=["ses"]).pairs["control"].tolist() == ["e", "d", "g"]


def test_caliper_by_hand():
    """c - g are 3 organisations apart; without a pair within 2.5 there are two."""
    sd = np.sqrt((200 + 30.25 + 210.25 + 182.25 + 42.25) / 5)
    found = pairs(caliper=2.5 / sd)
    assert found.pairs["treated"].tolist() == ["a", "b"]
    assert found.unmatched == ("c", "f", "g")
    with pytest.raises(ModelError, match=r"only 1 pair can be made.*larger caliper"):
        pairs(caliper=1.5 / sd)
    for odd in (0, -1, "near"):
        with pytest.raises(ArgumentError, match="caliper must be"):
            pairs(caliper=odd)


def test_matching_in_text():
    found = pairs()
    assert repr(found) == (
        "<Matched: effectiveness, inside yes less inside no: 1.5 (p 0.25), 3 pairs, too few for a 95 % interval; 1 "
        "without a partner>"
    )
    assert "Balance" in found._repr_html_()


def test_matching_errors():
    with pytest.raises(ArgumentError, match="at least one column"):
        pairs(on=())
    with pytest.raises(ArgumentError, match="Name it in exact="):
        pairs(on="ses")
    with pytest.raises(ModelError, match="holds numbers"):
        pairs(treatment="organisations")
    with pytest.raises(ArgumentError, match="outcome='ses' must hold numbers"):
        pairs(outcome="ses")
    with pytest.raises(ColumnError, match=r"no column 'organisation' \(for on=\); did you mean 'organisations'"):
        pairs(on="organisation")
    with pytest.raises(ColumnError, match=r"\(for treatment=\)"):
        pairs(treatment="insides")
    with pytest.raises(ArgumentError, match="each once"):
        pairs(on=["organisations", "organisations"])
    data = pd.DataFrame(PAIRS)
    options = {"outcome": "effectiveness", "treatment": "inside", "seed": 1}
    with pytest.raises(ModelError, match="follow from each other"):
        compare.matched(data.assign(twice=2 * data["organisations"]), on=["organisations", "twice"], **options)
    with pytest.raises(ModelError, match="the same for all networks"):
        compare.matched(data.assign(same=1), on=["same"], **options)
    with pytest.raises(ModelError, match="only 0 pair can be made, of 3 networks with inside yes and 4"):
        compare.matched(data, exact="organisations", **options)


def test_without_scipy(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(DependencyError, match="scipy"):
        pairs()


# Multilevel -----------------------------------------------------------------------------------------------


def test_multilevel_by_hand():
    """Three networks of two: mean squares 8 between and 2 within; the mean has the variance 8 ÷ 6."""
    data = pd.DataFrame({"network": list("aabbcc"), "score": [1.0, 3, 3, 5, 5, 7]})
    found = compare.multilevel(data, "score ~ 1")
    np.testing.assert_allclose([found.between, found.within, found.icc], [3, 2, 0.6], rtol=1e-6)
    np.testing.assert_allclose([found.estimate[0], found.se[0]], [4, np.sqrt(8 / 6)], rtol=1e-6)
    assert found.df.tolist() == [2]
    assert found.sizes == {"a": 2, "b": 2, "c": 2}


@pytest.mark.parametrize("tiny", [1e-2, 1e-4, 1e-6])
def test_rows_of_a_network_that_hardly_differ(tiny):
    """Means 0, 2 and 4 and a tiny step up and down: mean squares 8 between, 2·tiny² within."""
    score = np.repeat([0.0, 2, 4], 2) + tiny * np.tile([-1, 1], 3)
    found = compare.multilevel(pd.DataFrame({"network": list("aabbcc"), "score": score}), "score ~ 1")
    np.testing.assert_allclose([found.between, found.within], [4 - tiny**2, 2 * tiny**2], rtol=1e-5)
    np.testing.assert_allclose(found.se[0], np.sqrt(8 / 6), rtol=1e-6)


def test_degrees_of_freedom_between_and_within():
    data = pd.DataFrame({
        "network": np.repeat(list("abcdef"), 4), "big": np.repeat([True, False] * 3, 4), "role": list("xyxy") * 6,
        "y": np.random.default_rng(1).standard_normal(24),
    })  # fmt: skip
    found = compare.multilevel(data, "y ~ big * role")
    assert found.of_network.tolist() == [True, True, False, False]
    assert found.df.tolist() == [4, 4, 16, 16]


def test_singular_fits_are_said():
    """Where networks are alike to the last bit the model is an ordinary regression."""
    data = pd.DataFrame({"network": list("aabbcc"), "y": [1.0, 3, 1, 3, 1, 3]})
    found = compare.multilevel(data, "y ~ 1")
    assert found.singular
    assert (found.between, found.icc) == (0, 0)
    np.testing.assert_allclose(found.se, np.std(data["y"], ddof=1) / np.sqrt(6))
    assert "singular" in repr(found)
    assert "singular" in found._repr_html_()


@pytest.mark.parametrize(
    ("data", "formula", "words"),
    [
        ({"network": list("aabb"), "y": [1, 2, 3, 5]}, "y ~ 1", "at least 3 of them, but there are 2"),
        ({"network": list("abcd"), "y": [1, 2, 3, 5]}, "y ~ 1", "has one row"),
        (
            {"network": list("aabbcc"), "y": [1, 2, 3, 5, 8, 9], "x": [1, 1, 2, 2, 4, 4], "z": [1, 1, 0, 0, 1, 1]},
            "y ~ x + z",
            "3 coefficients of networks need more",
        ),
        ({"network": list("abbc"), "y": [1, 2, 3, 5], "x": [1, 5, 2, 7]}, "y ~ x", "1 coefficients within networks"),
        ({"network": list("aabbcc"), "y": [1, 1, 3, 3, 8, 8]}, "y ~ 1", "without any error"),
    ],
)
def test_multilevel_refusals(data, formula, words):
    with pytest.raises(ModelError, match=words):
        compare.multilevel(pd.DataFrame(data), formula)


def test_rows_without_network():
    with pytest.raises(ColumnError, match=r"no column 'networks' \(for group=\); did you mean 'network'"):
        compare.multilevel(pd.DataFrame({"network": ["a"], "y": [1]}), "y ~ 1", group="networks")
    with pytest.raises(LabelError, match="is empty in 1 rows"):
        compare.multilevel(pd.DataFrame({"network": ["a", "a", None], "y": [1, 2, 3]}), "y ~ 1")
    data = pd.DataFrame({"network": list("aabbccc"), "y": [1.0, 3, 3, 5, 5, 7, None]})
    assert compare.multilevel(data, "y ~ 1", missing="drop").dropped == 1


# Fair -----------------------------------------------------------------------------------------------------


def test_common_size_by_hand():
    """Mean degree of rings is 2, whatever the size, and density 2 ÷ (n - 1)."""
    study = wn.Study({n: ring(n) for n in (4, 8, 16, 32)}, by="network")
    measures = {
        "mean degree": "mean_degree",
        "falls": lambda net: 12 / net.n_actors,
        "half": lambda net: 6 * (net.n_actors > 8),
        "line": lambda net: np.log2(net.n_actors) - 3.5,
        "none": lambda net: 0.0 * net.n_actors,
    }
    found = compare.fair(study, measures, draws=2, seed=1)
    common = np.sqrt(8 * 16)
    np.testing.assert_allclose(found.common_size, common, atol=CLOSE)
    # Means are 0, 0, 6, 6: shares of the sum lie at 1 on average, of logs to the base 2 of -1.5, -.5, .5 and 1.5.
    np.testing.assert_allclose(found.slope[[0, 1, 3, 4]], [0, -1, 1 / np.log(2), 0], atol=CLOSE)
    steps = np.array([-1.5, -0.5, 0.5, 1.5])
    weights = np.exp(found.slope[2] * np.log(2) * steps)
    np.testing.assert_allclose((weights * steps).sum() / weights.sum(), 1, atol=CLOSE)
    np.testing.assert_allclose(found.at_common_size[:, [0, 1, 3, 4]], [[2, 12 / common, 0, 0]] * 4, atol=CLOSE)
    assert [trend.power for trend in found.trends] == [True, True, True, False, True]


def test_no_power_where_only_the_largest_has_any():
    study = wn.Study({n: ring(n) for n in (4, 8, 16, 32)}, by="network")
    found = compare.fair(study, {"x": lambda net: 1.0 * (net.n_actors == 32)}, draws=2, seed=1)
    assert np.isnan(found.at_common_size).all()
    assert found.plot().svg


def test_what_follows_from_the_condition_has_no_z():
    study = wn.Study({"a": ring(5), "b": star(6)}, by="network")
    found = compare.fair(study, {"d": "density", "t": "transitivity"}, draws=199, seed=1)
    assert np.isnan(found.z[:, 0]).all()
    assert np.isnan(found.percentile[:, 0]).all()
    assert np.isfinite(found.z[:, 1]).all()
    assert np.isnan(found.at_common_size).all()
    assert list(found.to_frame().columns)[:4] == ["network", "actors", "measure", "value"]


def test_chance_by_hand():
    """Of the 6 dyads of 4 actors each has a tie with probability ½: mean ½, standard deviation ½ ÷ √6."""
    study = wn.Study({"a": ring(4)}, by="network")
    found = compare.fair(study, "density", condition="size", draws=4000, seed=1)
    # Four standard errors of 4,000 draws.
    np.testing.assert_allclose(found.mean, 0.5, atol=4 * 0.2041 / np.sqrt(4000))
    np.testing.assert_allclose(found.sd, 0.5 / np.sqrt(6), atol=4 * 0.2041 / np.sqrt(8000))
    np.testing.assert_allclose(found.z, (found.value - found.mean) / found.sd)
    # 57 of 64 networks have fewer than four ties or four: 42 ÷ 64 below, and half of 15 ÷ 64.
    np.testing.assert_allclose(found.percentile, 100 * (42 + 7.5) / 64, atol=4 * 100 * 0.42 / np.sqrt(4000))


def test_fair_errors():
    study = wn.Study({"a": ring(5)}, by="network")
    with pytest.raises(ArgumentError, match=r"must be a wholenet\.Study"):
        compare.fair(ring(5), ["density"])
    with pytest.raises(ArgumentError, match="two measures are called 'density'"):
        compare.fair(study, ["density", "density"])
    with pytest.raises(ArgumentError, match="at least one measure"):
        compare.fair(study, [])
    with pytest.raises(ArgumentError, match="condition must be"):
        compare.fair(study, ["density"], condition="degrees")
    with pytest.raises(KeyNotFoundError, match="did you mean 'density'") as caught:
        compare.fair(study, ["densty"])
    assert "in the network 'a'" in caught.value.__notes__[0]
    eight = pd.DataFrame({"name": range(8)})  # three ties among them may have no two in common
    sparse = wn.Study({"a": wn.Network.from_edges(([0, 1, 3], [1, 2, 4]), eight, directed=False)}, by="network")
    with pytest.raises(DrawError, match="gives no number") as caught:
        compare.fair(sparse, ["transitivity"], seed=1)
    assert "leave this network or this measure out" in caught.value.__notes__[0]
    valued = wn.Study({"a": wn.Network.from_edges((["a"], ["b"]), weight=[2.0])}, by="network")
    with pytest.raises(ArgumentError, match="network 'a' has values"):
        compare.fair(valued, ["density"])
    lone = wn.Study({"a": wn.Network.from_edges(([], []), pd.DataFrame({"name": ["x"]}))}, by="network")
    with pytest.raises(SmallNetworkError, match="1 actors"):
        compare.fair(lone, ["isolates"])


# Pictures -------------------------------------------------------------------------------------------------


def test_pictures():
    found = few(eight())
    assert found.plot(title="Status").svg.count("networks</title>") == 4
    assert "ses: low" in found.plot().svg
    plain = few(eight(size=[1, 2, 3, 5, 2, 1, 4, 3]), "effectiveness ~ size + inside")
    assert plain.plot().description == "What goes with effectiveness, 95 % intervals"
    assert "without a" in compare.leave_one_out(plain).plot(term="size").svg
    assert pairs().plot(title="Pairs").svg.count("<g>") == 3
    study = wn.Study({n: ring(n) for n in (4, 8, 16, 32)}, by="network")
    picture = compare.fair(study, ["density", "transitivity"], draws=19, seed=1).plot(title="Size")
    assert picture.svg.count("<circle") == 8
    for one in (found, found.interaction(), compare.leave_one_out(plain)):
        assert one._repr_html_().startswith("<table")


def test_long_names_and_small_differences_of_pairs_are_not_cut():
    names = [f"A rather long name of the neighbourhood {letter}" for letter in "abcdefg"]
    data = pd.DataFrame(PAIRS).assign(network=names, effectiveness=np.arange(7) / 7000)
    found = compare.matched(data, outcome="effectiveness", treatment="inside", on="organisations", seed=1)
    svg = found.plot(width=640).svg
    # Both names of a pair show, and the figures at the right end within the picture.
    rows = re.findall(r'text-anchor="end"[^>]*>([^<]*)<', svg)
    assert all(row.count("A rather") == 2 for row in rows)
    assert len(rows) == len(found.pairs)
    figures = re.findall(r'<text x="([\d.]+)"[^>]*>([+\N{MINUS SIGN}]0\.000\d*)<', svg)
    assert len(figures) == len(found.pairs)
    assert all(float(x) + text_width(figure, 10) <= 640 for x, figure in figures)
