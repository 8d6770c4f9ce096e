"""The loss of ties that measurement alone produces, by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet.change._reports import Coding, chance, pair
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from wholenet.change._reports import Rule, Unanswered

__all__ = ["expected_loss", "retained"]

# What rounding takes from a response that is possible.
SLACK = 1e-12


def expected_loss(
    *,
    response: float | tuple[float, float],
    reporting: float | tuple[float, float],
    rule: Rule = "union",
    unanswered: Unanswered = "absent",
    persistence: float = 1.0,
    answer_again: float | None = None,
) -> float:
    """Compute what share of ties seems gone at a second wave, for non-response and imperfect reports.

    Parameters
    ----------
    response : float or pair of floats
        The share of the actors who answer, of each wave or of the first and the second; above 0, at most 1.
    reporting : float or pair of floats
        The probability that an actor who answers reports a tie that is there; above 0, at most 1.
    rule : {"union", "confirmed", "sender"}
        What counts as a tie: one that either actor reports, one that both do, or (of directed ties) one that its sender
        reports, the only one who is asked.
    unanswered : {"absent", "missing"}
        What becomes of reports that were not given: they count as reports of no tie; or dyads are not observed, and
        left out, as `tie_change` does: for ``"union"`` those without a report, for ``"confirmed"`` those without two.
    persistence : float
        The share of true ties that are there at the second wave again, from 0 to 1.
    answer_again : float, optional
        The share of those who answered at the first wave who answer at the second. Default: as many as of all, so that
        waves are independent.

    Returns
    -------
    float
        The expected share of ties coded at the first wave that are not coded as ties at the second, among those that
        count as observed: `TieChange.dissolution`. NaN where no tie would be observed twice.

    Raises
    ------
    ArgumentError
        A share or probability is not one, `answer_again` does not go with `response`, or a word is none of these.

    Notes
    -----
    A true tie is seen, in a wave of response r in which q of the true ties are reported, with probability

    =============  ====================================  ==================================
    rule           unanswered is absent                  unanswered is missing
    =============  ====================================  ==================================
    ``union``      1 - (1 - r·q)²                        [1 - (1 - r·q)²] ÷ [1 - (1 - r)²]
    ``confirmed``  (r·q)²                                q²
    ``sender``     r·q                                   q
    =============  ====================================  ==================================

    and the loss is 1 - ρ·P, with P that of the second wave and ρ the persistence. The first wave does not matter if
    the waves are independent: which ties it saw says nothing about who answers later. If the same actors tend to
    answer, ties seen at first are those of actors who answer again. With ``answer_again`` P is, for the a of those who
    answered and (r₂ - r₁·a) ÷ (1 - r₁) of the others who answer at the second wave, the mean over all who may answer
    at either, weighted by the probability that the tie was seen at first.

    Assumptions: actors answer independently of each other and of their ties; a report depends on neither the other
    actor's, nor the other wave's, nor the tie; a tie that is not there is never reported. Where some actors report
    more of their ties than others, in both waves, the loss is less than this.

    With 70 % response and 80 % reporting the loss is 19 % by the union and 69 % by what is confirmed although no tie
    has gone, and 27 % and 72 % where one tie in ten has.

    Peers: none that we know of.

    References
    ----------
    Kossinets, G. (2006). Effects of missing data in social networks. Social Networks 28, 247-268.
    https://doi.org/10.1016/j.socnet.2005.07.002

    Stork, D. & Richards, W. D. (1992). Nonrespondents in communication network studies: problems and possibilities.
    Group & Organization Management 17, 193-209. https://doi.org/10.1177/1059601192172006

    Examples
    --------
    (.7 · .8)² = .3136 of the ties are confirmed at the second wave:

    >>> import wholenet as wn
    >>> round(wn.change.expected_loss(response=0.7, reporting=0.8, rule="confirmed"), 4)
    0.6864
    >>> round(wn.change.expected_loss(response=0.7, reporting=0.8, rule="union"), 4)
    0.1936
    """
    coding = Coding.of(rule, unanswered)
    answers, reports = pair(response, "response"), pair(reporting, "reporting")
    stays = chance(persistence, "persistence", zero=True)
    if answer_again is not None:
        answer_again = retained(answers, answer_again)
    return 1 - stays * (1 - coding.loss(answers, reports, answer_again))


def retained(response: tuple[float, float], answer_again: object) -> float:
    """Check that as many can answer again."""
    again = chance(answer_again, "answer_again", zero=True)
    first, second = response
    most, least = min(1.0, second / first), max(0.0, (second - (1 - first)) / first)
    if not least - SLACK <= again <= most + SLACK:
        msg = (
            f"with a response of {first:g} and {second:g} the share of the first respondents who answer again is from "
            f"{least:.4g} to {most:.4g}, but answer_again is {again:g}"
        )
        raise ArgumentError(msg)
    return again
