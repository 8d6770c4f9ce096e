"""The tables about many networks, trajectories, scorecards and capacities meet their targets."""

from __future__ import annotations

import csv
from typing import Final

import pytest

import wholenet as wn
from steering_targets import LAST_DAY, STEERING, TABLES, rows_of

BANDS: Final = {
    row["target"]: (float(row["low"]), float(row["high"]))
    for row in csv.DictReader((TABLES.parent / "targets.csv").read_text(encoding="utf-8").splitlines())
}


@pytest.mark.parametrize("target", STEERING)
def test_target_is_met(target: str) -> None:
    low, high = BANDS[target]
    for value in STEERING[target]():
        assert low <= value <= high


def test_trajectories_are_of_members_and_in_order() -> None:
    rows = rows_of("trajectories")
    levels = {(row["municipality"], row["organisation"]): row["care_level"] for row in rows_of("actors")}
    ways = {"as planned", "early, by the client", "early, by the organisation"}
    for row in rows:
        assert levels[row["municipality"], row["organisation"]] == row["care_level"]
        assert row["start"] <= LAST_DAY
        assert (row["end"] is None) == (row["end_reason"] is None)
        if row["end"] is None:
            assert row["satisfaction"] is row["goals"] is None
        else:
            assert row["start"] < row["end"] <= LAST_DAY
            assert row["end_reason"] in ways
    assert {row["satisfaction"] for row in rows} <= {None, *range(1, 11)}


def test_scorecards_are_of_organisations_that_answered() -> None:
    answered = {
        (row["municipality"], row["wave"], row["organisation"]) for row in rows_of("actors") if row["responded"]
    }
    rows = rows_of("scorecards")
    assert {(row["municipality"], row["wave"], row["organisation"]) for row in rows} == answered
    assert len({(row["municipality"], row["wave"], row["respondent"]) for row in rows}) == len(rows)
    ratings = {value for row in rows for name, value in row.items() if name[-2:] in {"_1", "_2", "_3"}}
    assert ratings == {None, 1, 2, 3, 4, 5}


def test_neighbourhoods_are_those_of_the_networks() -> None:
    study = wn.datasets.neighbourhood_networks()
    sizes = {row["network"]: row["organisations"] for row in rows_of("neighbourhoods")}
    found = {key[0] if isinstance(key, tuple) else key: net.n_actors for key, net in study.items()}
    assert found == sizes
    for row in rows_of("neighbourhoods"):
        assert row["respondents"] <= row["organisations"]


def test_rules_name_what_is_there() -> None:
    actors = rows_of("actors")
    for row in rows_of("required_ties"):
        assert row["rule"] in {"must", "never", "at_most"}
        for words in (row["who"], row["with_whom"]):
            attribute, _, value = (part.strip() for part in words.partition("="))
            if value:
                assert value in {str(actor[attribute]) for actor in actors}
            elif attribute:
                assert attribute in actors[0]
