"""The chapter on trajectories says what the analyses say, and never tells of few clients."""

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet.report._flows import TITLE

SETTINGS = replace(wn.report.Config.example().settings, permutations=50, chapters=("trajectories",))
LEVELS = ("universal", "selective", "light", "intensive", "specialist", "intensive-and-specialist", "taking over")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trajectories")
    study = wn.datasets.youth_care().select(municipality="Elzerveen")
    beside = [wn.report.Trajectories(table=wn.datasets.trajectories("pandas"), last_day="2019-12-31", levels=LEVELS)]
    files = wn.report.write(study, folder, settings=SETTINGS, beside=beside)
    text = html.unescape(files[-1].read_text(encoding="utf-8"))
    return re.search(r"<section class='chapter' id='trajectories'.*?</section>", text, re.DOTALL)[0], folder


def log():
    table = wn.datasets.trajectories("pandas")
    for name in ("client", "organisation"):
        table[name] = table[name] + ", " + table["municipality"]
    return wn.flows.event_log(
        table, client="client", organisation="organisation", start="start", end="end", level="care_level",
        levels=LEVELS, referrer="referrer", end_reason="end_reason", drop_out=["early, by the client"],
        outcomes=["satisfaction", "goals"], last_day="2019-12-31",
    )  # fmt: skip


def test_the_numbers_are_those_of_the_analyses(whole):
    text, folder = whole
    assert f"<h2>{TITLE}</h2>" in text
    assert "<div class='impossible'>" not in text
    written = pd.read_csv(folder / "tables" / "trajectories_steps.csv", keep_default_na=False, na_values=[""])
    wanted = wn.flows.levels(log()).to_frame()
    np.testing.assert_array_equal(written["trajectories"], wanted["trajectories"])
    agreement = wn.flows.outcomes(log(), permutations=50, seed=SETTINGS.seed).to_frame("agreement")
    found = pd.read_csv(folder / "tables" / "trajectories_agreement.csv")
    np.testing.assert_allclose(found["tau"], agreement["tau"], rtol=1e-12)  # as text and back
    median = wn.flows.durations(log()).medians["median"][0]
    assert f"Half of all trajectories last no longer than {median:.2f} months" in text


def test_what_was_built_in_is_found_again():
    """Shares by duration, referrers, drop-out, and that counts tell nothing of outcomes: datasets/targets.csv."""
    targets = pd.read_csv(Path(wn.datasets.__file__).with_name("targets.csv")).set_index("target")
    found, told = log(), {}
    shares = wn.flows.durations(found).to_frame("shares").set_index("duration")["share"]
    names = ["under 3 months", "3-6 months", "6-12 months", "1-2 years", "2-3 years", "3-4 years", "4 years or more"]
    told |= {f"duration: {name}": share for name, share in zip(names, shares, strict=True)}
    referrers = wn.flows.outcomes(found, by="referrer", permutations=9, seed=1).to_frame().set_index("referrer")
    counts = referrers["trajectories"]
    told |= {
        f"referrer: {name}": count / 4113 for name, count in counts.items() if f"referrer: {name}" in targets.index
    }
    levels = wn.flows.outcomes(found, by="level", permutations=9, seed=1).to_frame()
    told["drop-out"] = (levels["drop_out"] * levels["ended"]).sum() / levels["ended"].sum()
    agreement = wn.flows.outcomes(found, permutations=9, seed=1).to_frame("agreement").set_index("outcome")["tau"]
    told |= {f"counts against {name}": agreement[name] for name in ("satisfaction", "goals")}
    assert len(told) == 17
    for name, value in told.items():
        assert targets.loc[name, "low"] <= value <= targets.loc[name, "high"], (name, value)


def test_no_client_and_no_small_count_is_written(whole):
    text, folder = whole
    table = wn.datasets.trajectories("pandas")
    files = [path.read_text(encoding="utf-8") for path in (folder / "tables").glob("trajectories_*.csv")]
    assert len(files) >= 6
    for client in table["client"].iloc[:50]:
        assert not any(re.search(rf"\b{re.escape(client)}\b", one) for one in [text, *files])
    for path in (folder / "tables").glob("trajectories_*.csv"):
        frame = pd.read_csv(path)
        for name in set(frame) & {"trajectories", "clients", "satisfaction_answered", "goals_answered"}:
            assert not frame[name].between(1, 9).any(), (path.name, name)
