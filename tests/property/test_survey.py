"""Rosters and reports: definitions by brute force, and laws."""

from itertools import combinations
from statistics import median_low

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from wholenet import Network, cohesion, survey, testing

QUICK = settings(max_examples=60, deadline=None)
FEW = settings(max_examples=30, deadline=None)
NAN = float("nan")
ANSWERS = ["often", "seldom", "never", "?", None]
VALUES = {"often": 2.0, "seldom": 1.0, "never": 0.0}
READ = {
    "codes": {"often": 2, "seldom": 1},
    "no": "never",
    "unknown": "?",
    "empty": "skipped",
    "respondent": "who",
    "organisation": "from",
}
RULES = st.sampled_from(["any", "majority", "mean"])


@st.composite
def exports(draw):
    """A long export in which every respondent has a row for every alter and relation."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=5, unique=True))
    people = [(one, who) for one in names for who in range(draw(st.integers(0, 3)))]
    if not people:
        people = [(names[0], 0)]
    asked = [(relation, *one, alter) for relation in ("x", "y") for one in people for alter in names if alter != one[0]]
    answers = draw(st.lists(st.sampled_from(ANSWERS), min_size=len(asked), max_size=len(asked)))
    rows = [(*item, answer) for item, answer in zip(asked, answers, strict=True)]
    return names, pd.DataFrame(rows, columns=["relation", "from", "who", "to", "answer"]).astype({"answer": object})


def long(names, table, **options):
    return survey.roster(table, **READ, alter="to", answer="answer", relation="relation", members=names, **options)


def cell(answers, rule):
    """One cell, by the definition: its value, NaN where nobody said yes or no."""
    told = [VALUES[answer] for answer in answers if answer in VALUES]
    ties = sorted(value for value in told if value)
    if not told:
        return NAN
    if rule == "any":
        return max(told)
    if rule == "mean":
        return sum(told) / len(told)
    return median_low(ties) if len(ties) * 2 > len(told) else 0.0


@given(exports(), RULES)
@FEW
def test_every_cell_by_its_definition(export, rule):
    names, table = export
    found = long(names, table, combine=rule)
    for relation, net in found.study().items():
        own = table[table["relation"] == relation]
        for i, ego in enumerate(names):
            for j, alter in enumerate(names):
                if i != j:
                    answers = own[(own["from"] == ego) & (own["to"] == alter)]["answer"].tolist()
                    assert_allclose(net.to_matrix()[i, j], cell(answers, rule), rtol=1e-15)
        told = own[own["answer"].notna()]["from"]
        assert set(net.missing.non_respondents) == set(names) - set(told)
    counts = found.answers[["yes", "no", "unknown", "skipped"]].to_numpy()
    assert (counts.sum(axis=1) == len(names) - 1).all()
    assert counts[:, 0].sum() == sum(net.n_ties for net in found.study().values())


@given(exports(), RULES, st.integers(0, 99))
@FEW
def test_the_order_of_rows_does_not_matter(export, rule, seed):
    names, table = export
    found = long(names, table, combine=rule)
    other = long(names, table.sample(frac=1, random_state=seed), combine=rule)
    assert found.study() == other.study()
    for name in ("ties", "respondents", "answers"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(other, name))


@given(exports(), RULES)
@FEW
def test_wide_and_long_are_the_same(export, rule):
    names, table = export
    cells = {(*row[:4],): row[4] for row in table.itertuples(index=False)}
    people = table[["from", "who"]].drop_duplicates()
    blocks, wide = {}, {"from": people["from"].tolist(), "who": people["who"].tolist()}
    for relation in ("x", "y"):
        blocks[relation] = {f"{relation}_{alter}": alter for alter in names}
        for column, alter in blocks[relation].items():
            one = [cells.get((relation, *person, alter)) for person in people.itertuples(index=False)]
            wide[column] = np.array(one, dtype=object)
    found = survey.roster(pd.DataFrame(wide), **READ, alters=blocks, members=names, combine=rule)
    same = long(names, table, combine=rule)
    assert found.study() == same.study()
    pd.testing.assert_frame_equal(found.answers, same.answers)
    # What is skipped may as well be left out.
    listed = table[table["answer"].notna()]
    if set(listed["relation"]) == {"x", "y"}:
        assert long(names, listed, combine=rule, unlisted="skipped").study() == same.study()


@given(exports(), RULES)
@FEW
def test_other_labels_give_the_same_networks(export, rule):
    names, table = export
    other = {name: f"organisation {ord(name) * 7919 % 101}" for name in names}
    renamed = table.assign(**{"from": table["from"].map(other), "to": table["to"].map(other)})
    found = long([other[name] for name in names], renamed, combine=rule).study()
    for relation, net in long(names, table, combine=rule).study().items():
        assert_array_equal(found[relation].to_matrix(), net.to_matrix())


@given(exports())
@FEW
def test_ties_only_are_what_the_noes_say(export):
    """Leaving the rows of "no" out of the export changes nothing, once it is said that these mean no."""
    names, table = export
    table = table[table["answer"].isin(["often", "seldom", "never"])]
    answered = table[table["answer"] != "never"][["from", "who"]].drop_duplicates()
    table = table.merge(answered)  # one who says no only leaves no trace
    ties = table[table["answer"] != "never"]
    if set(ties["relation"]) != {"x", "y"}:
        return
    whole = [
        (relation, *person, alter)
        for relation in ("x", "y")
        for person in answered.itertuples(index=False)
        for alter in names
        if alter != person[0]
    ]
    full = pd.DataFrame(whole, columns=["relation", "from", "who", "to"]).merge(ties, how="left")
    full["answer"] = full["answer"].fillna("never")
    assert long(names, ties, unlisted="no").study() == long(names, full).study()


REPORTED = testing.networks(directed=True, max_actors=6, loops=None)


@given(REPORTED)
@QUICK
def test_reports_by_counting_dyads(net):
    matrix = net.to_matrix()
    two, first, second = [], [], []
    counts = [0, 0, 0]
    for i, j in combinations(range(net.n_actors), 2):
        pair = (matrix[i, j], matrix[j, i])
        seen = 2 - int(np.isnan(pair).sum())
        counts[seen] += 1
        if seen == 2:
            two.append(int(pair[0] != 0) + int(pair[1] != 0))
            first += [pair[0] != 0, pair[1] != 0]
            second += [pair[1] != 0, pair[0] != 0]
    row = survey.reports(net).iloc[0]
    assert row[["no_report", "one_report", "two_reports"]].tolist() == counts
    assert row[["neither", "one_sided", "both"]].tolist() == [two.count(ends) for ends in (0, 1, 2)]
    if len(set(first)) > 1:
        # Kappa is the correlation of the two reports, each dyad taken both ways.
        assert_allclose(row["kappa"], np.corrcoef(first, second)[0, 1], atol=1e-12)
    else:
        assert np.isnan(row["kappa"])


@given(REPORTED)
@QUICK
def test_agreement_by_two_raters(net):
    seen, tie = ~np.isnan(net.to_matrix()), np.nan_to_num(net.to_matrix()) != 0
    table = survey.agreement(net)
    for i in range(net.n_actors):
        both = seen[i] & seen[:, i] & (np.arange(net.n_actors) != i)
        ego, alter = tie[i, both], tie[both, i]
        n = both.sum()
        assert table["dyads"][i] == n
        if n:
            equal = (ego == alter).mean()
            chance = ego.mean() * alter.mean() + (1 - ego.mean()) * (1 - alter.mean())
            assert_allclose(table["agreement"][i], equal)
            if abs(1 - chance) > 1e-12:
                assert_allclose(table["kappa"][i], (equal - chance) / (1 - chance), atol=1e-12)
            else:
                assert np.isnan(table["kappa"][i])
    sums = table[["dyads", "confirmed", "unconfirmed_by_alter"]].sum()
    row = survey.reports(net).iloc[0]
    assert sums.tolist() == [2 * row["two_reports"], 2 * row["both"], row["one_sided"]]


@given(REPORTED)
@QUICK
def test_the_order_of_actors_does_not_matter(net):
    for name in ("kappa", "agreement_on_ties", "two_reports"):
        testing.assert_relabelling_law(lambda one, name=name: survey.reports(one)[name][0], net)
    for name in ("kappa", "confirmed"):
        testing.assert_relabelling_law(lambda one, name=name: survey.agreement(one)[name].to_numpy(dtype=float), net)


@given(testing.networks(directed=True, min_actors=2, max_actors=6, missing=False, loops=False))
@QUICK
def test_agreement_on_ties_is_the_reciprocity_of_dyads(net):
    row = survey.reports(net).iloc[0]
    assert_allclose(row["agreement_on_ties"], cohesion.reciprocity(net, kind="dyads"), atol=1e-15)


@given(testing.networks(directed=True, max_actors=6, missing=True, attributes={"group": ["x", "y", None]}))
@QUICK
def test_response_counts_those_who_answered(net):
    mute = np.isin(net.labels, np.array(net.missing.non_respondents, dtype=net.labels.dtype))
    row = survey.response(net).iloc[0]
    assert row[["actors", "answered"]].tolist() == [net.n_actors, net.n_actors - mute.sum()]
    parts = survey.response(net, by="group") if net.n_actors else pd.DataFrame({"actors": [0], "answered": [0]})
    assert parts[["actors", "answered"]].sum().tolist() == row[["actors", "answered"]].tolist()
    assert isinstance(net, Network)
