"""Rosters worked by hand, and exports that can't be read as they are."""

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_array_equal

import wholenet as wn
from wholenet import survey
from wholenet.errors import ArgumentError, ColumnError, LabelError, TieError

NAN = float("nan")
CODES = {"monthly": 3, "weekly": 4}
# The gp has two respondents, the school one, the team one who skips all, the clinic none.
ROWS = [
    ("gp", "ann", "school", "weekly"),
    ("gp", "ann", "team", "monthly"),
    ("gp", "ann", "clinic", "don't know"),
    ("gp", "bob", "school", "never"),
    ("gp", "bob", "team", "weekly"),
    ("gp", "bob", "clinic", None),
    ("school", "cas", "gp", " weekly "),
    ("school", "cas", "team", "never"),
    ("school", "cas", "clinic", ""),
    ("team", "dan", "gp", None),
    ("team", "dan", "school", None),
    ("team", "dan", "clinic", None),
]
LONG = pd.DataFrame(ROWS, columns=["from", "who", "to", "answer"])
MEMBERS = pd.DataFrame({"name": ["gp", "school", "team", "clinic"], "sector": ["care", "school", "care", None]})
READ = {
    "organisation": "from",
    "alter": "to",
    "answer": "answer",
    "respondent": "who",
    "codes": CODES,
    "no": "never",
    "unknown": "don't know",
    "members": MEMBERS,
}


def read(table=LONG, **changes):
    return survey.roster(table, **(READ | changes))


def rows(table):
    """Rows of a table as tuples, empty cells as None."""
    frame = nw.from_native(table, eager_only=True)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.rows()]


def test_what_each_answer_becomes():
    found = read()
    # gp → school: weekly and never make weekly; clinic: don't know and an empty cell make don't know.
    assert rows(found.ties) == [
        ("gp", "school", 4.0),
        ("gp", "team", 4.0),
        ("gp", "clinic", None),
        ("school", "gp", 4.0),
        ("school", "clinic", None),
    ]
    assert rows(found.respondents) == [("gp",), ("school",)]
    assert list(found.answers.columns) == ["organisation", "respondents", "yes", "no", "unknown", "skipped"]
    assert rows(found.answers) == [("gp", 2, 2, 0, 1, 0), ("school", 1, 1, 1, 0, 1), ("team", 0, 0, 0, 0, 3)]
    assert rows(found.to_frame()) == [(4, 2, 3, 1, 1, 1)]
    net = found.network()
    assert net.labels.tolist() == MEMBERS["name"].tolist()
    assert net.missing.non_respondents == ("team", "clinic")
    assert_array_equal(net.to_matrix(), [[0, 4, 4, NAN], [4, 0, 0, NAN], [NAN, NAN, 0, NAN], [NAN, NAN, NAN, 0]])
    assert net.attribute("sector").tolist()[:3] == ["care", "school", "care"]
    assert repr(found) == "<Roster: 1 network, 2 of 4 organisations answered; 3 yes, 1 no, 1 don't know, 1 skipped>"
    assert "<table>" in found._repr_html_()


MAJORITY = "a tie where more than half of those who answered report one, with the median of its values"


def test_the_recipe_says_how_answers_were_read():
    assert read(combine="majority").network().recipe == (
        "questionnaires of 2 of 4 organisations by 3 respondents",
        "answers coded: 'monthly' = 3; 'weekly' = 4; no tie: 'never'; don't know: \"don't know\"",
        f"respondents of an organisation combined by 'majority': {MAJORITY}",
        "dyads not observed of those who answered: 1 don't know, 1 skipped",
        "4 ties listed, directed",
        "rows with an empty value read as not observed: 2",
        "actors who did not answer, so that their outgoing ties are not observed: 2",
    )


@pytest.mark.parametrize(
    ("combine", "gp"),
    # school: weekly and never, team: monthly and weekly.
    [("any", [0, 4, 4, NAN]), ("majority", [0, 0, 3, NAN]), ("mean", [0, 2, 3.5, NAN])],
)
def test_several_respondents(combine, gp):
    assert_array_equal(read(combine=combine).network().to_matrix()[0], gp)


@pytest.mark.parametrize(("who", "gp"), [("ann", [0, 4, 3, NAN]), ("bob", [0, 0, 4, NAN])])
def test_the_designated_respondent(who, gp):
    found = read(combine="designated", designated={"gp": who})
    assert_array_equal(found.network().to_matrix()[0], gp)
    assert rows(found.answers)[0][1] == 1
    marked = LONG.assign(counts=LONG["who"] == who)
    same = read(marked, combine="designated", designated="counts")
    assert same.network() == found.network()


@pytest.mark.parametrize(
    ("answers", "value"),
    [([0, 0, 2], 0), ([0, 1, 3], 1), ([0, 2, 2, 0], 0), ([1, 2, 3, 4], 2), ([4, 1, 4], 4), ([0, 1, 2, 4], 2)],
)
def test_the_majority_and_its_median(answers, value):
    table = pd.DataFrame({"from": "a", "to": "b", "who": range(len(answers)), "answer": answers})
    found = survey.roster(table, organisation="from", alter="to", answer="answer", respondent="who", combine="majority")
    assert found.network().to_matrix()[0, 1] == value


def test_dont_know_and_skipped_do_not_vote():
    table = pd.DataFrame({"from": "a", "to": "b", "who": range(4), "answer": ["2", "?", None, "?"]})
    for combine in ("any", "majority", "mean"):
        found = survey.roster(
            table,
            organisation="from",
            alter="to",
            answer="answer",
            respondent="who",
            combine=combine,
            unknown="?",
            empty="skipped",
        )
        assert rows(found.ties) == [("a", "b", 2.0)]


# Who answered ---------------------------------------------------------------------------------------------


def test_ties_only():
    table = pd.DataFrame({"from": list("aab"), "to": list("bca")})
    found = survey.roster(table, organisation="from", alter="to")
    assert_array_equal(found.network().to_matrix(), [[0, 1, 1], [1, 0, 0], [NAN, NAN, 0]])
    assert not found.network().valued
    found = survey.roster(table, organisation="from", alter="to", answered=list("abc"))
    assert_array_equal(found.network().to_matrix(), [[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    assert rows(found.answers) == [("a", 1, 2, 0, 0, 0), ("b", 1, 1, 1, 0, 0), ("c", 0, 0, 2, 0, 0)]


def test_who_answered_can_be_said():
    marked = MEMBERS.assign(answered=[False, True, True, False])
    for answered in (["school", "team"], pd.DataFrame({"name": ["school", "team"]}), "answered"):
        found = read(members=marked, answered=answered)
        assert rows(found.respondents) == [("school",), ("team",)]
        assert_array_equal(found.network().to_matrix()[2], [NAN, NAN, 0, NAN])
        assert found.network().missing.non_respondents == ("gp", "clinic")
        assert any("answered= does not list: 6" in step for step in found.recipe)
    with pytest.raises(LabelError, match="not on the roster: 'schol'"):
        read(answered=["schol"])


def test_who_answered_in_which_wave():
    waves = pd.concat([LONG.assign(wave=wave) for wave in (1, 2)])
    answered = pd.DataFrame({"wave": [1, 1, 2], "name": ["gp", "clinic", "school"]})
    with pytest.raises(ArgumentError, match="'clinic' has rows for 0 of 3"):
        read(waves, by="wave", answered=answered)
    found = read(waves, by="wave", answered=answered, unlisted="skipped")
    assert rows(found.respondents) == [(1, "gp"), (1, "clinic"), (2, "school")]
    # The clinic answered, and it is not known what.
    assert rows(found.answers)[1] == (1, "clinic", 0, 0, 0, 0, 3)
    first, second = found.study().values()
    assert first.missing.non_respondents == ("school", "team")
    assert second.missing.non_respondents == ("gp", "team", "clinic")
    with pytest.raises(LabelError, match="not on the roster: 'dentist'"):
        read(waves, by="wave", answered=answered.assign(name=["gp", "dentist", "school"]))


def test_one_who_does_not_know_anything_has_answered():
    table = pd.DataFrame({"from": list("aab"), "to": list("bca"), "answer": ["?", "?", "1"]})
    found = survey.roster(table, organisation="from", alter="to", answer="answer", unknown="?", unlisted="no")
    assert rows(found.respondents) == [("a",), ("b",)]
    assert found.network().missing.non_respondents == ("c",)


def test_a_wave_without_respondents():
    waves = pd.concat([LONG.assign(wave=1), LONG[9:].assign(wave=2)])
    members = pd.concat([MEMBERS.assign(wave=wave) for wave in (1, 2, 3)])
    found = read(waves, members=members, by="wave")
    study = found.study()
    assert list(study) == [1, 2, 3]
    assert study[1] == read().network()
    assert [len(net.missing.non_respondents) for net in study.values()] == [2, 4, 4]
    assert survey.response(study)["response"].tolist() == [0.5, 0, 0]
    assert rows(found.to_frame())[1:] == [(2, 4, 0, 0, 0, 0, 0), (3, 4, 0, 0, 0, 0, 0)]
    assert repr(found).endswith("nobody answered in wave=2 or wave=3>")
    # Nobody answered at all.
    nobody = read(LONG[9:])
    assert (len(nobody.ties), len(nobody.respondents), len(nobody.answers)) == (0, 0, 1)
    assert nobody.network().missing.observed == 0


def test_a_relation_of_which_nobody_reports_a_tie_is_no_gap():
    table = pd.concat([LONG.assign(relation="referral"), LONG[6:9].assign(relation="budget", answer="never")])
    found = read(table, relation="relation", unlisted="skipped")
    assert found.by == ("relation",)
    study = found.study()
    assert study.gaps == ()
    net = study["budget"]
    assert (net.n_ties, net.missing.observed, net.missing.non_respondents) == (0, 3, ("gp", "team", "clinic"))
    assert study["referral"] == read().network()


# Wide tables ----------------------------------------------------------------------------------------------

WIDE = pd.DataFrame(
    {
        "from": ["gp", "gp", "school", "team"],
        "who": ["ann", "bob", "cas", "dan"],
        "gp": [None, None, "weekly", None],
        "school": ["weekly", "never", None, None],
        "team": ["monthly", "weekly", "never", None],
        "clinic": ["don't know", None, " ", None],
    }
)
WIDE_READ = READ | {"alter": None, "answer": None, "alters": ["gp", "school", "team", "clinic"]}


def test_wide_and_long_are_the_same():
    found = survey.roster(WIDE, **WIDE_READ)
    assert found.network() == read().network()
    assert rows(found.answers) == rows(read().answers)
    assert found.network().recipe == read().network().recipe


def test_labels_of_columns_and_blocks_of_relations():
    renamed = WIDE.rename(columns={name: f"q1_{name}" for name in MEMBERS["name"]})
    for name in MEMBERS["name"]:
        renamed[f"q2_{name}"] = ["never" if own != name else None for own in WIDE["from"]]
    first, second = ({f"{q}_{name}": name for name in MEMBERS["name"]} for q in ("q1", "q2"))
    assert survey.roster(renamed, **WIDE_READ | {"alters": first}).network() == read().network()
    found = survey.roster(renamed, **WIDE_READ | {"alters": {"referral": first, "budget": second}})
    assert found.by == ("relation",)
    assert found.study()["referral"] == read().network()
    assert found.study()["budget"].missing.non_respondents == ("clinic",)
    assert found.study()["budget"].n_ties == 0
    named = survey.roster(renamed, **WIDE_READ | {"alters": {"x": first}, "relation": "about"})
    assert named.by == ("about",)


def test_a_wide_table_with_a_row_for_each_relation():
    table = pd.concat([WIDE.assign(relation="a"), WIDE[2:].assign(relation="b")])
    study = survey.roster(table, **WIDE_READ | {"relation": "relation"}).study()
    assert study["a"] == read().network()
    assert study["b"].missing.non_respondents == ("gp", "team", "clinic")


def test_ticked_cells():
    table = pd.DataFrame({"from": list("abc"), "a": [None, 1, None], "b": [1, None, None], "c": [None, None, None]})
    with pytest.raises(ArgumentError, match="2 cells of respondents who answered are empty") as caught:
        survey.roster(table, organisation="from", alters=list("abc"))
    assert 'empty="no"' in str(caught.value)
    found = survey.roster(table, organisation="from", alters=list("abc"), empty="no")
    assert_array_equal(found.network().to_matrix(), [[0, 1, 0], [1, 0, 0], [NAN, NAN, 0]])
    found = survey.roster(table, organisation="from", alters=list("abc"), empty="skipped")
    assert_array_equal(found.network().to_matrix(), [[0, 1, NAN], [1, 0, NAN], [NAN, NAN, 0]])


def test_columns_of_another_place_are_empty():
    table = pd.DataFrame(
        {
            "place": ["x", "x", "y", "y"],
            "from": list("abcd"),
            "a": [None, 1, None, None],
            "b": [0, None, None, None],
            "c": [None, None, None, 1],
            "d": [None, None, 0, None],
        }
    )
    members = pd.DataFrame({"place": ["x", "x", "y", "y"], "from": list("abcd")})
    read = {"organisation": "from", "alters": list("abcd"), "by": "place"}
    study = survey.roster(table, **read, members=members).study()
    assert [net.labels.tolist() for net in study.values()] == [["a", "b"], ["c", "d"]]
    assert [net.missing.dyads for net in study.values()] == [0, 0]
    with pytest.raises(ArgumentError, match=r"2 columns \('c', 'd'\) are empty in every row of place='x'"):
        survey.roster(table, **read)


def test_an_alter_without_a_column_was_not_asked_about():
    found = survey.roster(WIDE.drop(columns="team"), **WIDE_READ | {"alters": ["gp", "school", "clinic"]})
    assert_array_equal(found.network().to_matrix()[1], [4, 0, NAN, NAN])


# What is refused ------------------------------------------------------------------------------------------


def changed(row, **cells):
    table = LONG.copy()
    for column, value in cells.items():
        table.loc[row, column] = value
    return table


def wide_changed(row, **cells):
    table = WIDE.copy()
    for column, value in cells.items():
        table.loc[row, column] = value
    return table


REFUSED = {
    "an unknown word": (lambda: read(changed(3, answer="wekly")), ArgumentError, ["'wekly' (in row 3", "'weekly'"]),
    "words without codes": (lambda: read(codes=None), ArgumentError, ["codes={'weekly': 1, 'monthly': 2}", "no="]),
    "a negative number": (
        lambda: survey.roster(
            pd.DataFrame({"from": ["a"], "to": ["b"], "answer": [-9]}), organisation="from", alter="to", answer="answer"
        ),
        ArgumentError,
        ["-9 (in row 0)", "skipped="],
    ),
    "a word in a wide table": (
        lambda: survey.roster(wide_changed(1, team="often"), **WIDE_READ),
        ArgumentError,
        ["'often' (in row 1, column 'team')"],
    ),
    "a respondent not on the roster": (
        lambda: read(changed([6, 7, 8], **{"from": "School"})),
        LabelError,
        ["1 respondent is not on the roster", "'School' (row 6; did you mean 'school'?)", 'outsiders="drop"'],
    ),
    "an alter unknown": (
        lambda: read(changed(1, to="teem")),
        LabelError,
        ["1 alter is not on the roster", "'teem' (row 1; did you mean 'team'?)"],
    ),
    "a column of an organisation unknown": (
        lambda: survey.roster(WIDE.assign(dentist="never"), **WIDE_READ | {"alters": ["gp", "dentist"]}),
        LabelError,
        ["'dentist' (column 'dentist'"],
    ),
    "answers that contradict": (
        lambda: read(changed([3, 4, 5], who="ann")),
        TieError,
        ["2 items answered differently by the same respondent", "'gp' → 'school' in row 0 and in row 3", '"last"'],
    ),
    "a repeated answer": (
        lambda: read(pd.concat([LONG, LONG[:1]])),
        TieError,
        ["1 item answered more than once: 'gp' → 'school' in row 0 and in row 12", 'duplicates="merge"'],
    ),
    "merging answers that contradict": (
        lambda: read(changed([3, 4, 5], who="ann"), duplicates="merge"),
        TieError,
        ["answered differently"],
    ),
    "respondents not told apart": (lambda: read(respondent=None), TieError, ["respondent="]),
    "a tie to itself": (lambda: read(changed(0, to="gp")), TieError, ["'gp' → 'gp' in row 0", 'loops="drop"']),
    "alters without a row": (
        lambda: read(LONG.drop(index=0)),
        ArgumentError,
        ["'gp' has rows for 2 of 3", 'unlisted="no"', 'unlisted="skipped"'],
    ),
    "a wave without members": (
        lambda: read(LONG.assign(wave=2), members=MEMBERS.assign(wave=1), by="wave"),
        LabelError,
        ["no row for wave=2"],
    ),
    "nobody designated": (
        lambda: read(LONG.assign(counts=False), combine="designated", designated="counts"),
        LabelError,
        ["'gp'"],
    ),
    "one designated who is not there": (
        lambda: read(combine="designated", designated={"gp": "zoe"}),
        LabelError,
        ["'gp': 'zoe'"],
    ),
    "designated without the rule": (lambda: read(designated="who"), ArgumentError, ["go together"]),
    "a rule without respondents": (lambda: read(respondent=None, combine="mean"), ArgumentError, ["respondent="]),
    "an answer in two places": (lambda: read(unknown="never"), ArgumentError, ["'never' stands in no= and unknown="]),
    "a code that is no number": (lambda: read(codes={"weekly": None}), ArgumentError, ["'weekly' None", "unknown="]),
    "labels that look alike": (
        lambda: read(changed(6, **{"from": "School "}), members=None),
        LabelError,
        ["'School ' and 'school' look like"],
    ),
    "labels of two kinds": (
        lambda: survey.roster(
            pd.DataFrame({"from": [1, 2], "1": [None, 1], "2": [0, None]}), organisation="from", alters=["1", "2"]
        ),
        LabelError,
        ["integer (1) and text ('1')"],
    ),
    "an empty label": (lambda: read(changed(2, to=None)), LabelError, ["'to' has 1 empty label (row 2)"]),
    "an empty key": (lambda: read(changed(2, who=None)), LabelError, ["column 'who' (for respondent=) is empty"]),
    "a column that is not there": (lambda: read(answer="anser"), ColumnError, ["did you mean 'answer'?"]),
    "long and wide": (lambda: read(alters=["gp"]), ArgumentError, ["alter=", "alters="]),
    "neither": (lambda: read(alter=None), ArgumentError, ["alter=", "alters="]),
    "codes without answers": (lambda: read(answer=None), ArgumentError, ["answer="]),
    "no rows": (lambda: read(LONG[:0]), ArgumentError, ["no rows"]),
    "no table": (lambda: read("table"), ArgumentError, ["must be a pandas, polars or pyarrow table"]),
    "a key that the tables have": (
        lambda: read(LONG.assign(value=1), by="value"),
        ArgumentError,
        ["column 'value' of their own"],
    ),
    "a word that is none": (lambda: read(combine="most"), ArgumentError, ["combine must be"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    call, error, words = REFUSED[case]
    with pytest.raises(error) as caught:
        call()
    for word in words:
        assert word in str(caught.value), str(caught.value)


def test_ways_out():
    assert rows(read(changed(1, to="teem"), outsiders="drop", unlisted="skipped").ties)[:2] == [
        ("gp", "school", 4.0),
        ("gp", "team", 4.0),
    ]
    added = read(changed(1, to="dentist"), outsiders="add", unlisted="skipped").network()
    assert added.labels.tolist() == [*MEMBERS["name"], "dentist"]
    assert_array_equal(added.to_matrix()[0], [0, 4, 4, NAN, 3])
    assert any("added that were not on the roster: 1" in step for step in added.recipe)
    twice = pd.concat([LONG, LONG[:1], LONG[5:6].assign(answer="weekly")])
    merged = read(twice, duplicates="merge").network()
    assert_array_equal(merged.to_matrix()[0], [0, 4, 4, 4])
    differ = pd.concat([LONG, LONG[:1].assign(answer="never")])
    assert_array_equal(read(differ, duplicates="last").network().to_matrix()[0], [0, 0, 4, NAN])
    assert_array_equal(read(differ, duplicates="first").network().to_matrix()[0], [0, 4, 4, NAN])
    selves = pd.concat([LONG, LONG[:1].assign(to="gp")])
    assert read(selves, loops="drop").network() == read().network()


def test_attributes_can_come_later():
    found = read(members=MEMBERS["name"].tolist())
    net = found.network(MEMBERS[::-1])
    assert net.labels.tolist() == MEMBERS["name"].tolist()
    assert net.attribute("sector").tolist()[:3] == ["care", "school", "care"]
    with pytest.raises(LabelError, match=r"also has 'dentist'.*members="):
        found.network(pd.DataFrame({"name": [*MEMBERS["name"], "dentist"]}))
    with pytest.raises(ArgumentError, match="use network"):
        found.study()
    waves = read(pd.concat([LONG.assign(wave=wave) for wave in (1, 2)]), by="wave")
    assert waves.study(MEMBERS)[2].attribute("sector").tolist()[0] == "care"
    with pytest.raises(ArgumentError, match="2 networks"):
        waves.network()


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_come_in_the_kind_of_the_export(kind):
    table = kind(dict(zip(LONG.columns, map(list, zip(*ROWS, strict=True)), strict=True)))
    members = kind({"name": MEMBERS["name"].tolist()})
    found = read(table, members=members)
    for made in (found.ties, found.respondents, found.answers, found.to_frame(), found.network().to_edges()):
        assert isinstance(made, type(table))
    assert nw.from_native(found.ties, eager_only=True)["value"].dtype == nw.Float64
    assert rows(found.ties) == rows(read().ties)
    skipped = [(*row[:-1], "") for row in ROWS]
    empty = read(kind(dict(zip(LONG.columns, map(list, zip(*skipped, strict=True)), strict=True))))
    assert nw.from_native(empty.ties, eager_only=True).columns == ["source", "target", "value"]


def test_integer_labels_and_numbers_as_text():
    table = pd.DataFrame({"from": [1, 1, 2], "to": [2, 3, 1], "answer": ["2", "0", "99"]})
    found = survey.roster(
        table, organisation="from", alter="to", answer="answer", unknown=99, members=[3, 1, 2], unlisted="skipped"
    )
    assert_array_equal(found.network().to_matrix(), [[0, NAN, NAN], [0, 0, 2], [NAN, NAN, 0]])


def test_the_example_study_as_an_export_gives_the_example_study():
    study = wn.datasets.youth_care().select(municipality="Elzerveen")
    parts = []
    for key, net in study.items():
        matrix = net.to_matrix()
        source, target = np.nonzero(~np.isnan(matrix) & ~np.eye(net.n_actors, dtype=bool))
        part = {"source_": net.labels[source], "target_": net.labels[target], "often": matrix[source, target]}
        parts.append(pd.DataFrame({**dict(zip(study.by, key, strict=True)), **part}))
    _, actors = wn.datasets.youth_care_tables("pandas")
    actors = actors[actors["municipality"] == "Elzerveen"]
    found = survey.roster(
        pd.concat(parts).sample(frac=1, random_state=1),
        organisation="source_",
        alter="target_",
        answer="often",
        relation="relation",
        by=["municipality", "wave"],
        members=actors,
    )
    assert found.study() == study
