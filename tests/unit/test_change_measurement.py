"""What measurement does to the loss of ties, worked by hand."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import change
from wholenet.errors import ArgumentError, DirectionError, ModelError

STUDY = {"response": 0.7, "reporting": 0.8}
NAN = float("nan")
QUICK = {"draws": 99, "seed": 1, "progress": False}


@pytest.mark.parametrize(
    ("persistence", "union", "confirmed"),
    # The page of sources prints 71 % for .9 and confirmed: 71.8 rounded down.
    [(1.0, 19, 69), (0.9, 27, 72), (0.8, 35, 75), (0.7, 44, 78)],
)
def test_the_table_of_the_studies(persistence, union, confirmed):
    found = [
        round(100 * change.expected_loss(**STUDY, rule=rule, persistence=persistence))
        for rule in ("union", "confirmed")
    ]
    assert found == [union, confirmed]


@pytest.mark.parametrize(
    ("rule", "unanswered", "seen"),
    [
        ("union", "absent", 1 - (1 - 0.56) ** 2),
        ("confirmed", "absent", 0.56**2),
        ("sender", "absent", 0.56),
        # Two reports with probability .49, one with .42.
        ("union", "missing", (0.49 * (1 - 0.2**2) + 0.42 * 0.8) / 0.91),
        ("confirmed", "missing", 0.8**2),
        ("sender", "missing", 0.8),
    ],
)
def test_formulas(rule, unanswered, seen):
    for stays in (0.0, 0.6, 1.0):
        found = change.expected_loss(**STUDY, rule=rule, unanswered=unanswered, persistence=stays)
        assert found == pytest.approx(1 - stays * seen, abs=1e-12)


def test_the_first_wave_does_not_matter_if_waves_are_independent():
    one = change.expected_loss(response=(0.9, 0.7), reporting=(0.6, 0.8))
    assert one == pytest.approx(change.expected_loss(**STUDY), abs=1e-12)
    same = change.expected_loss(response=(0.9, 0.7), reporting=(0.6, 0.8), answer_again=0.7)
    assert same == pytest.approx(one, abs=1e-12)


def test_the_same_actors_answer():
    # Confirmed ties are those of two who answered, and they answer again.
    found = change.expected_loss(**STUDY, rule="confirmed", answer_again=1.0)
    assert found == pytest.approx(1 - 0.8**2)
    # Union: two of .49 answered, one of .42.
    two, one = 0.49 * (1 - 0.2**2), 0.42 * 0.8
    assert change.expected_loss(**STUDY, answer_again=1.0) == pytest.approx(1 - (two * 0.96 + one * 0.8) / (two + one))
    with pytest.raises(ArgumentError, match=r"from 0\.5714 to 1"):
        change.expected_loss(**STUDY, answer_again=0.3)
    # Nobody who answered does so again.
    assert change.expected_loss(response=(0.4, 0.6), reporting=1, rule="confirmed", answer_again=0.0) == 1.0
    assert np.isnan(
        change.expected_loss(response=(0.4, 0.6), reporting=1, rule="confirmed", unanswered="missing", answer_again=0.0)
    )


@pytest.mark.parametrize(
    ("option", "match"),
    [
        ({"response": 0}, "response must be a number from above 0 to 1"),
        ({"response": (0.7, 1.2)}, r"response\[1\]"),
        ({"response": (0.7,)}, "but has 1"),
        ({"reporting": NAN}, "reporting"),
        ({"reporting": "all"}, "reporting"),
        ({"persistence": -0.1}, "persistence must be a number from 0 to 1"),
        ({"rule": "either"}, "rule must be"),
        ({"unanswered": "null"}, "unanswered must be"),
        ({"answer_again": True}, "answer_again"),
    ],
)
def test_refused(option, match):
    with pytest.raises(ArgumentError, match=match):
        change.expected_loss(**{**STUDY, **option})


# Reports of four actors, of whom d does not answer at first and a not later.
ACTORS = pd.DataFrame({"name": list("abcd")})
FIRST = wn.Network.from_matrix([[0, 1, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1], [NAN, NAN, NAN, 0]], ACTORS)
LATER = wn.Network.from_matrix([[0, NAN, NAN, NAN], [1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 1, 0]], ACTORS)


def test_measured_union():
    # First: two reports on ab (both), ac (one), bc (both): reporting 4/5. Union: ab, ac, bc, and ad, cd of one report.
    # Later: bc (both), bd (one), cd (one): reporting 2/4. Seen again: ab, ac (one report each), bc, cd; ad is not.
    found = change.measured_loss(FIRST, LATER, rule="union", **QUICK)
    assert (found.agreed, found.one_sided) == ((2, 1), (1, 2))
    assert found.reporting == (pytest.approx(4 / 5), pytest.approx(1 / 2))
    assert found.response == (3 / 4, 3 / 4)
    assert (found.ties, found.kept) == (5, 4)
    assert found.apparent == pytest.approx(1 / 5)
    # One report: seen with 1/2 (ab, ac, ad); two: with 3/4 (bc, cd).
    assert found.expected == pytest.approx(1 - 3 / 5)
    assert found.persistence == pytest.approx(4 / 3)
    assert found.corrected == pytest.approx(-1 / 3)
    assert found.explained == pytest.approx(2)
    assert any("more ties are seen again" in remark for remark in found.remarks)
    assert any("as few as 3 ties" in remark for remark in found.remarks)
    assert "persistence 1.333" in repr(found)


def test_measured_confirmed():
    # ab and bc at first; bc again; ab can't be, of one report.
    absent = change.measured_loss(FIRST, LATER, rule="confirmed", **QUICK)
    assert (absent.ties, absent.kept, absent.apparent) == (2, 1, 1 / 2)
    assert absent.expected == pytest.approx(1 - (1 / 4) / 2)
    missing = change.measured_loss(FIRST, LATER, rule="confirmed", unanswered="missing", **QUICK)
    assert (missing.ties, missing.kept, missing.apparent) == (1, 1, 0)
    assert missing.expected == pytest.approx(3 / 4)
    assert missing.persistence == absent.persistence == pytest.approx(4)


def test_measured_sender():
    with pytest.raises(ArgumentError, match="reporting="):
        change.measured_loss(FIRST, LATER, rule="sender")
    # b: ba, bc kept; c: cb kept, cd gone; a's three can't be seen.
    found = change.measured_loss(FIRST, LATER, rule="sender", reporting=0.8, **QUICK)
    assert (found.ties, found.kept) == (7, 3)
    assert found.expected == pytest.approx(1 - 4 * 0.8 / 7)
    assert found.persistence == pytest.approx(3 / 3.2)
    assert np.isnan(found.se[5:]).sum() in (0, 2)
    assert found.given
    frame = found.to_frame().set_index("quantity")
    assert (
        frame.loc[["reporting, first wave", "reporting, second wave"], ["se", "lower", "upper"]].isna().all(axis=None)
    )
    missing = change.measured_loss(FIRST, LATER, rule="sender", unanswered="missing", reporting=(0.1, 0.8), **QUICK)
    assert (missing.ties, missing.apparent, missing.expected) == (4, 1 / 4, pytest.approx(0.2))


def test_measured_shows_itself():
    found = change.measured_loss(FIRST, LATER, rule="union", **QUICK)
    table = found.to_frame()
    assert table["quantity"].tolist()[:3] == ["apparent loss", "expected loss", "corrected loss"]
    assert table["estimate"].tolist() == found.estimate.tolist()
    html = found._repr_html_()
    for words in ("75.0% and 75.0% of 4 actors", "2 reported from both sides, 1 from one", "Note"):
        assert words in html
    assert "from measurement alone" in found.plot(title="Loss").svg


def test_draws_without_an_estimate_are_counted():
    """Only a and b report a tie from both sides; without them reporting can't be estimated."""
    reports = wn.Network.from_edges((list("abacdefg"), list("bacdefgh")))
    found = change.measured_loss(reports, reports, rule="union", draws=200, seed=1)
    lost = [int(remark.split()[1]) for remark in found.remarks if remark.startswith("in ")]
    assert len(lost) == 1
    assert lost[0] > 50  # a draw has no a with probability (7/8)⁸ = .34, no b likewise
    assert not np.isnan(found.se[:4]).any()


def test_measured_refuses():
    with pytest.raises(DirectionError, match="who reported what"):
        change.measured_loss(*(net.symmetrize("union", one_report="use") for net in (FIRST, LATER)), rule="union")
    nothing = wn.Network.from_matrix(np.zeros((4, 4)), ACTORS)
    with pytest.raises(ModelError, match="no tie is seen at the first wave"):
        change.measured_loss(nothing, LATER, rule="union", **QUICK)
    with pytest.raises(ModelError, match="at the second wave no tie is reported from both sides"):
        change.measured_loss(FIRST, nothing, rule="union", **QUICK)
    alone = wn.Network.from_matrix([[0, NAN, NAN, NAN], [NAN, 0, NAN, NAN], [NAN, NAN, 0, NAN], [1, 1, 1, 0]], ACTORS)
    with pytest.raises(ModelError, match="could be seen at the second"):
        change.measured_loss(FIRST, alone, rule="confirmed", reporting=0.8, **QUICK)


def test_simulated():
    certain = {"reporting": 1.0, "draws": 5, "seed": 1, "progress": False}
    # True ties ab, ac, ad, bc, cd; who answered is that of the study: a does not later, d not at first.
    both = change.simulated_loss(FIRST, LATER, rule="confirmed", **certain)
    # Seen at first: ab, ac, bc; later bc.
    assert (both.mean, both.sd, both.ties) == (pytest.approx(2 / 3), pytest.approx(0), 5)
    assert change.simulated_loss(FIRST, LATER, rule="union", **certain).mean == 0
    assert change.simulated_loss(FIRST, LATER, rule="sender", **certain).ties == 7
    # a's three of seven.
    assert change.simulated_loss(FIRST, LATER, rule="sender", **certain).mean == pytest.approx(3 / 7)
    assert change.simulated_loss(FIRST, LATER, rule="sender", unanswered="missing", **certain).mean == 0
    assert "SimulatedLoss" in repr(both)
    assert "Mean apparent loss" in both._repr_html_()
    assert "<svg" in both.plot().svg
    assert both.to_frame()["ties"].tolist() == [5]


def test_simulated_refuses():
    plain = FIRST.symmetrize("union", one_report="use")
    with pytest.raises(DirectionError, match="sender"):
        change.simulated_loss(plain, plain, reporting=0.8, rule="sender")
    nothing = wn.Network.from_matrix(np.zeros((4, 4)), ACTORS)
    with pytest.raises(ArgumentError, match="no tie"):
        change.simulated_loss(nothing, LATER, reporting=0.8)


def test_the_example_study_loses_less_than_it_seems():
    study = wn.datasets.youth_care()
    waves = [study["Waalderhaven", wave, "content knowledge"] for wave in (1, 2)]
    found = change.measured_loss(*waves, rule="confirmed", **QUICK)
    assert found.corrected < found.apparent
    assert found.explained > 0
    assert found.lower[2] < found.corrected < found.upper[2]
