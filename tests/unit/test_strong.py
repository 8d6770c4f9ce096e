"""Strong ties by hand: five organisations, of which e did not answer."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import survey
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    DirectionError,
    KeyNotFoundError,
    LabelError,
    MissingTiesError,
    ModeError,
    SignedTiesError,
)

NAN = float("nan")
ACTORS = pd.DataFrame(
    {"name": list("abcde"), "keeper": ["gp", None, None, "team", None], "answered": [True, True, True, True, False]}
)


def net(pairs, values=None, **options):
    ties = pd.DataFrame({"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]})
    if values is not None:
        ties["often"] = values
    options = {"respondents": "answered", **options}
    return wn.Network.from_edges(ties, ACTORS, weight=None if values is None else "often", **options)


CONTACT = net(["ab", "ba", "ac", "ca", "bc", "cb", "ad", "da", "ae", "be"], [3, 4, 4, 2, 1, 1, 3, 3, 4, 2])
RELATIONS = {
    "contact": CONTACT,
    "referral": net(["ab", "ca", "ae", "bc"]),
    "advice": net(["ba", "ca", "be"]),
}


def strong(relations=RELATIONS, **options):
    return survey.strong(relations, contact="contact", **{"one_report": "use", **options})


def pairs(found):
    table = found.to_edges()
    return sorted(table["source"] + table["target"])


def test_each_criterion_by_hand():
    """
    a-b: 3 and 4, referral and advice. a-c: 4 and 2, both kinds (from c). b-c: 1, referral. a-d: 3 and 3, no kinds.

    a-e: 4, referral, and b-e: 2, advice, by one report.
    """
    assert pairs(strong()) == ["ab"]
    assert pairs(strong(reciprocal=False)) == ["ab", "ac"]
    assert pairs(strong(frequency=2)) == ["ab", "ac"]
    assert pairs(strong(frequency=2, kinds=1)) == ["ab", "ac", "ae", "be"]
    assert pairs(strong(kinds=1)) == ["ab", "ae"]
    assert pairs(strong(kinds=0)) == ["ab", "ad", "ae"]
    assert pairs(strong(kinds=0, frequency=4)) == ["ae"]
    assert pairs(strong(kinds=0, frequency=4, reciprocal=False)) == ["ab", "ac", "ae"]
    assert pairs(strong(kinds=0, frequency=None)) == ["ab", "ac", "ad", "ae", "bc", "be"]
    assert pairs(strong(kinds=1, frequency=None)) == ["ab", "ac", "ae", "bc", "be"]


def test_one_report():
    """Whether a pair counts as observed depends on who answered: that b reports 2 of e, too low, settles nothing."""
    found = strong(one_report="missing", kinds=1)
    assert pairs(found) == ["ab"]
    assert np.isnan(found.to_matrix()).sum() == 8
    assert found.missing.dyads == 4
    assert strong(kinds=1).missing.dyads == 0
    with pytest.raises(MissingTiesError, match="one_report="):
        survey.strong(RELATIONS, contact="contact")
    complete = {name: one.subset(list("abcd")) for name, one in RELATIONS.items()}
    assert pairs(survey.strong(complete, contact="contact")) == ["ab"]
    with pytest.raises(ArgumentError, match="one_report"):
        strong(one_report="drop")


def test_of_two_who_did_not_answer_nothing_is_known():
    answered = ACTORS.assign(answered=[True, True, True, False, False])
    relations = {
        name: wn.Network.from_edges(
            one.subset(list("abce")).to_edges(), answered, weight=weight, respondents="answered"
        )
        for name, one, weight in [("contact", CONTACT, "value"), ("referral", RELATIONS["referral"], None)]
    }
    found = strong(relations, kinds=1)
    assert found.missing.non_respondents == ("d", "e")
    assert found.missing.dyads == 1
    assert np.isnan(found.to_matrix()[3, 4])
    assert pairs(found) == ["ab", "ae"]


def test_a_kind_that_was_not_asked_everybody():
    """Item non-response: c did not answer on advice."""
    silent = net(["ba", "be"], respondents=list("abd"))
    relations = {**RELATIONS, "advice": silent}
    assert np.isnan(strong(relations).to_matrix()).sum() == 2  # c-e, of whom neither answered on advice
    found = strong(relations, one_report="missing")
    hidden = np.isnan(found.to_matrix())
    assert hidden[2].tolist() == [True, True, False, True, True]
    assert strong(relations, kinds=0).missing.dyads == 0


def test_kinds_of_none_is_dichotomized_contact():
    for word in ("missing", "use"):
        for rule, reciprocal in (("confirmed", True), ("union", False)):
            wanted = CONTACT.symmetrize(rule, one_report=word).dichotomize(at_least=3)
            found = strong(kinds=0, reciprocal=reciprocal, one_report=word)
            assert found == wanted
            assert found.missing == wanted.missing


def test_recipe_tells_each_criterion():
    assert strong().recipe[-3:] == (
        "strong ties: 'contact' of at least 3, reported by both",
        "strong ties: at least 2 of 'referral', 'advice', reported by either side",
        "strong ties: dyads with one report: use",
    )
    alone = strong(kinds=0, reciprocal=False, frequency=None)
    assert alone.recipe[-2] == "strong ties: 'contact' of any value, reported by either side"
    assert alone.recipe[:-2] == CONTACT.recipe


def test_a_rule_that_leaves_no_tie():
    found = strong(frequency=99)
    assert (found.n_ties, found.n_actors, found.missing.dyads) == (0, 5, 0)
    assert "at least 99" in found.recipe[-3]


def test_result_is_like_the_contact_relation():
    found = strong()
    assert not found.directed
    assert not found.valued
    assert found.labels.tolist() == list("abcde")
    assert found.actors.equals(CONTACT.actors)
    numbered = {
        name: wn.Network.from_matrix(np.nan_to_num(one.to_matrix()), labels=[7, 5, 3, 1, 2])
        for name, one in RELATIONS.items()
    }
    assert strong(numbered).labels.tolist() == [7, 5, 3, 1, 2]


def test_actors_in_another_order():
    shuffled = {
        name: one.subset(list("edcba") if name != "contact" else list("abcde")) for name, one in RELATIONS.items()
    }
    assert strong(shuffled, kinds=1) == strong(kinds=1)


def test_undirected_relations_are_read_as_they_are():
    relations = {
        "contact": CONTACT.symmetrize("mean", one_report="use"),
        "referral": RELATIONS["referral"].symmetrize("union", one_report="use"),
        "advice": RELATIONS["advice"],
    }
    assert pairs(strong(relations, reciprocal=False)) == ["ab", "ac"]
    assert pairs(strong(relations, reciprocal=False, one_report="missing")) == ["ab", "ac"]
    assert strong(relations, reciprocal=False, one_report="missing").missing.dyads == 4
    with pytest.raises(DirectionError, match="reciprocal=False"):
        strong(relations)


def test_self_ties_are_not_read():
    matrix = np.array([[4, 3], [3, 0]])
    found = survey.strong({"contact": wn.Network.from_matrix(matrix, loops="keep")}, contact="contact", kinds=0)
    assert found.to_matrix().tolist() == [[0, 1], [1, 0]]


def study(**parts):
    return wn.Study(
        {
            (place, wave, name): one
            for place, wave in parts.get("keys", [("x", 1), ("x", 2)])
            for name, one in RELATIONS.items()
        },
        by=["place", "wave", "relation"],
    )


def test_of_a_study():
    found = strong(study())
    assert found.by == ("place", "wave")
    assert list(found) == [("x", 1), ("x", 2)]
    assert found["x", 1] == strong()
    alone = wn.Study(RELATIONS, by="relation")
    assert strong(alone) == strong()
    named = wn.Study(RELATIONS, by="tie")
    assert strong(named, relation="tie") == strong()


def test_a_relation_that_a_wave_lacks():
    gappy = wn.Study({key: one for key, one in study().items() if key != ("x", 2, "advice")}, by=study().by)
    with pytest.raises(KeyNotFoundError, match="no network of 'advice' for place='x', wave=2"):
        strong(gappy)


def test_errors_say_in_which_network():
    odd = wn.Study({**study(), ("x", 2, "contact"): RELATIONS["advice"]}, by=study().by)
    with pytest.raises(ArgumentError, match="in the network place='x', wave=2: frequency= reads tie values"):
        strong(odd)


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"frequency": 0}, ArgumentError, "frequency must be a number above 0"),
        ({"frequency": "3"}, ArgumentError, "frequency"),
        ({"frequency": NAN}, ArgumentError, "frequency"),
        ({"reciprocal": 1}, ArgumentError, "reciprocal"),
        ({"kinds": -1}, ArgumentError, "kinds"),
        ({"kinds": 1.5}, ArgumentError, "kinds"),
        ({"kinds": 3}, ArgumentError, "kinds=3 asks for more relations than there are beside 'contact': 2"),
    ],
)
def test_cut_offs_that_are_none(options, error, match):
    with pytest.raises(error, match=match):
        strong(**options)


def test_relations_that_are_none():
    with pytest.raises(ArgumentError, match="mapping"):
        strong([CONTACT])
    with pytest.raises(ArgumentError, match=r"relations\['contact'\] must be a wholenet.Network"):
        strong({"contact": np.zeros((2, 2))})
    with pytest.raises(KeyNotFoundError, match="did you mean 'contact'"):
        survey.strong(RELATIONS, contact="contacts")
    with pytest.raises(KeyNotFoundError, match="There are: none"):
        strong({})
    with pytest.raises(ArgumentError, match="did you mean 'relation'"):
        strong(study(), relation="relations")
    with pytest.raises(LabelError, match="'referral'"):
        strong({**RELATIONS, "referral": RELATIONS["referral"].subset(list("abcd"))})
    with pytest.raises(SignedTiesError, match="'advice'"):
        strong({**RELATIONS, "advice": net(["ab"], [-1], signed=True)})
    with pytest.raises(ModeError):
        strong({**RELATIONS, "advice": wn.Network.from_edges((["a"], ["m"]), two_mode=True)})
    with pytest.raises(ArgumentError, match="frequency=None"):
        strong({"contact": RELATIONS["advice"]}, kinds=0)


# The grid -------------------------------------------------------------------------------------------------


def grid(conclusions, relations=RELATIONS, **options):
    return survey.strong_grid(relations, conclusions, contact="contact", **{"one_report": "use", **options})


def test_grid_by_hand():
    """At 2 or more by both, one kind: a-b, a-c, a-e, b-e. Gatekeepers a and d have three of eight ends."""
    found = grid(
        ["share_with_strong_tie", "mean_degree", "load_ratio", "share_held"],
        frequency=[2],
        reciprocal=[True],
        kinds=[1],
        mark="keeper",
    )
    assert found.estimate.shape == (4, 1, 1, 1)
    assert found.estimate.reshape(-1) == pytest.approx([4 / 5, 8 / 5, (3 / 2) / (5 / 3), 3 / 4])


def test_grid_leaves_out_what_was_not_observed():
    """Without pairs with e: a-b and a-c. Of a, b, c, d three have a tie; a and d have 2 ties in 6 pairs, b and c 2."""
    found = grid(
        ["share_with_strong_tie", "mean_degree", "load_ratio"],
        frequency=[2],
        reciprocal=[True],
        kinds=[1],
        mark="keeper",
        one_report="missing",
    )
    assert found.estimate.reshape(-1) == pytest.approx([3 / 4, 4 * 2 / 6, (2 / 6) / (2 / 6)])


def test_grid_is_strong_in_every_cell():
    found = grid({"ties": lambda net: net.n_ties, "mean_degree": wn.cohesion.mean_degree}, frequency=[None, 2, 3, 4])
    assert found.kinds == (0, 1, 2)
    assert found.estimate.shape == (2, 4, 2, 3)
    table = found.to_frame()
    assert list(table) == ["conclusion", "frequency", "reciprocal", "kinds", "value"]
    for row in table.itertuples():
        frequency = None if np.isnan(row.frequency) else row.frequency
        net = strong(frequency=frequency, reciprocal=row.reciprocal, kinds=row.kinds)
        assert row.value == {"ties": net.n_ties, "mean_degree": wn.cohesion.mean_degree(net)}[row.conclusion]


def test_grid_of_waves():
    """In wave 2 c sees weekly contact with a: a-c is new under both; under 2 nothing changes."""
    later = net(["ab", "ba", "ac", "ca", "bc", "cb", "ad", "da", "ae", "be"], [3, 4, 4, 4, 1, 1, 3, 3, 4, 2])
    waves = {("x", 1, name): one for name, one in RELATIONS.items()}
    waves |= {("x", 2, name): one for name, one in {**RELATIONS, "contact": later}.items()}
    options = {"frequency": [2, 3], "reciprocal": [True], "kinds": [2]}
    found = grid(
        ["stability", "dissolution", "mean_degree"], wn.Study(waves, by=["place", "wave", "relation"]), **options
    )
    assert found.rows == (
        ("mean_degree", ("x", "1")),
        ("mean_degree", ("x", "2")),
        ("stability", ("x", "1 to 2")),
        ("dissolution", ("x", "1 to 2")),
    )
    assert found.estimate.reshape(4, 2).tolist() == [[0.8, 0.4], [0.8, 0.8], [1.0, 0.5], [0.0, 0.0]]
    alone = wn.Study({key[1:]: one for key, one in waves.items()}, by=["wave", "relation"])
    assert grid("stability", alone, **options).rows == (("stability", ("1 to 2",)),)
    apart = wn.Study({(f"x{key[1]}", *key[1:]): one for key, one in waves.items()}, by=["place", "wave", "relation"])
    with pytest.raises(ArgumentError, match="no place has two"):
        grid("stability", apart)


def test_what_is_not_defined_is_nan():
    found = grid(["load_ratio", "share_held", "mean_degree"], frequency=[99], kinds=[1], mark="keeper")
    assert np.isnan(found.estimate[:2]).all()
    assert (found.estimate[2] == 0).all()
    assert "load_ratio not defined" in repr(found)
    found._repr_html_()
    assert "–" in found.plot().svg
    half = grid("load_ratio", frequency=[3, 99], mark="keeper")
    assert "not defined in 6 cells" in repr(half)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ([True, False, None], [True, False, False]),
        ([1, 0, 1], [True, False, True]),
        (["gp", None, ""], [True, False, False]),
        ([1.0, NAN, 0.0], [True, False, False]),
    ],
)
def test_marks(cells, wanted):
    matrix = np.array([[0, 3, 0], [3, 0, 3], [0, 3, 0]])
    actors = pd.DataFrame({"name": list("abc"), "keeper": pd.Series(cells, dtype=object)})
    made = wn.Network.from_matrix(matrix, actors)
    held = grid("share_held", {"contact": made}, frequency=[3], kinds=[0], mark="keeper").estimate.max()
    assert held == sum(wanted[a] or wanted[b] for a, b in ((0, 1), (1, 2))) / 2


def test_grid_is_in_the_callers_kind():
    relations = {
        name: wn.Network.from_edges(pl.DataFrame(one.to_edges()), weight="value" if name == "contact" else None)
        for name, one in RELATIONS.items()
    }
    relations = {name: one.subset(list("abc")) for name, one in relations.items() if name != "advice"}
    found = survey.strong_grid(relations, "mean_degree", contact="contact", kinds=[1]).to_frame()
    assert isinstance(found, pl.DataFrame)


@pytest.mark.parametrize(
    ("conclusions", "options", "error", "match"),
    [
        ([], {}, ArgumentError, "at least one"),
        (None, {}, ArgumentError, "names or functions"),
        ("mean_degre", {}, KeyNotFoundError, "did you mean 'mean_degree'"),
        ([3], {}, KeyNotFoundError, "is 3"),
        ("load_ratio", {}, ArgumentError, "mark="),
        ("mean_degree", {"mark": "keeper"}, ArgumentError, "mark= is read by"),
        ("load_ratio", {"mark": "keepers"}, ColumnError, "keepers"),
        ("load_ratio", {"mark": "name"}, ArgumentError, "true and false"),
        ("stability", {}, ArgumentError, "there is one network"),
        ("mean_degree", {"frequency": 3}, ArgumentError, "sequence of cut-offs"),
        ("mean_degree", {"frequency": "34"}, ArgumentError, "sequence of cut-offs"),
        ("mean_degree", {"kinds": []}, ArgumentError, "one cut-off or more"),
        ("mean_degree", {"kinds": [1, 1]}, ArgumentError, "each once"),
        (wn.centrality.degree, {}, ArgumentError, "number per actor"),
        (repr, {}, ArgumentError, "call it by itself"),
    ],
)
def test_grids_that_are_none(conclusions, options, error, match):
    relations = RELATIONS
    if options.get("mark") == "name":
        numbered = np.nan_to_num(CONTACT.to_matrix())
        relations = {"contact": wn.Network.from_matrix(numbered, pd.DataFrame({"name": [3, 4, 5, 6, 7]}))}
    with pytest.raises(error, match=match):
        grid(conclusions, relations, **options)


def test_an_error_in_a_conclusion_says_under_which_definition():
    with pytest.raises(ZeroDivisionError) as caught:
        grid(lambda net: 1 / net.n_ties, frequency=[3, 99])
    assert "frequency=99" in caught.value.__notes__[0]


def test_pictures():
    youth = wn.datasets.youth_care()
    found = survey.strong_grid(youth, ["load_ratio", "stability"], mark="gatekeeper", one_report="use")
    picture = found.plot(title="Sensitivity")
    assert picture.svg.count("<title>") == 24 * 9
    assert "load ratio" in picture.svg
    assert found.estimate.shape == (9, 3, 2, 4)
    html = found._repr_html_()
    assert "Brinkelaar" in html
    assert "Recipe" in html
    one = survey.strong_grid(RELATIONS, "mean_degree", contact="contact", one_report="use").plot()
    assert one.description == "Conclusions under 18 definitions of a strong tie: mean degree"
