"""Scores of networks on the scales of a scorecard."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import choice, share
from wholenet._ingest import counted, is_empty
from wholenet._student import quantile
from wholenet.errors import ArgumentError, LabelError, ModelError
from wholenet.survey.scales._answers import (
    Answers,
    alike,
    answers_of,
    columns_named,
    laid_out,
    named,
    refuse_repeats,
    refuse_twice,
)
from wholenet.survey.scales._scale import largest_of
from wholenet.survey.scales._scores_result import Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.survey.scales._scale import Scale, Scorecard

    Key = tuple[Any, ...]
    Floats = NDArray[np.float64]

__all__ = ["Organisations", "interval", "organisations_of", "scores"]

PAIR = 2


def scores(
    table: IntoDataFrame,
    scorecard: Scorecard | Scale,
    *,
    by: str | Sequence[str] = ("municipality", "wave"),
    organisation: str = "organisation",
    respondent: str | None = "respondent",
    unit: Literal["organisation", "respondent"] = "organisation",
    confidence: float = 0.95,
) -> Scores:
    """Scores: the mean of each scale in each network and wave, with an interval.

    Parameters
    ----------
    table : table
        One row for each respondent (and wave), one column for each item; pandas, polars or pyarrow.
    scorecard : Scorecard or Scale
        The scales.
    by : str or sequence of str
        Columns that tell networks and waves apart; an empty sequence puts all rows together.
    organisation : str
        The column with the organisation of a respondent.
    respondent : str, optional
        The column that tells respondents of one organisation apart. One who stands twice in a network is refused. None:
        every row is another respondent.
    unit : {"organisation", "respondent"}
        Whether each organisation counts once, by the mean of its respondents, or each respondent does.
    confidence : float
        The probability that an interval should cover the truth.

    Returns
    -------
    Scores
        A row for each network and scale (``.to_frame()``) and one for each organisation, to join to actors
        (``.organisations``).

    Raises
    ------
    ArgumentError
        An answer lies outside the scale or is no number (the rows are named), `unit` is neither word, a scale or a
        column of `by` is called like a column of the result, or the table has no rows.
    ColumnError
        The table has no column of an item, `by`, `organisation` or `respondent`.
    LabelError
        A row has no organisation, network or respondent, or a respondent stands twice in a network.
    ModelError
        Nobody answered enough items of any scale.

    Notes
    -----
    The score of a respondent is the mean of the items answered, reversed ones turned, if at least ``least`` of them
    were (`Scale`); others have no score, are left out and counted (``without``). The score of an organisation is the
    mean of its respondents who have one; that of a network the mean of its organisations (``unit="organisation"``) or
    of its respondents. So with organisations an organisation with three respondents does not count thrice. Rows
    with the same name of an organisation are one where `by` is the same: name the places in it.

    The interval is mean ± t · sd ÷ √n, with n organisations (or respondents) and the quantile of t of n - 1 degrees of
    freedom; NaN with fewer than two. It is not cut off at the ends of the scale. Three things it does not know:

    - The network is a census with non-response. The interval takes those who answered as a sample of many more, and
      would be shorter by √(1 - share that answered) if they were a random sample of the members and the question were
      only what these members would have said.
    - Organisations that did not answer may think differently. No interval covers that.
    - With ``unit="respondent"`` it takes respondents of one organisation as independent, and is too short where they
      are alike. In 1,000 simulated networks each of 45 organisations of one to three respondents, 95 % intervals
      covered in 95 to 96 % by organisations and in 90 to 92 % by respondents (``benches/simulation_scales.py``).

    O(n) time.

    Peers: none that we know of; elsewhere it is two group-by steps and a t interval.

    References
    ----------
    Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J. Klein & S. W. J. Kozlowski
    (eds), Multilevel Theory, Research, and Methods in Organizations, 349-381. Jossey-Bass.

    Examples
    --------
    The school answered twice, with 2 and 4, so that it has 3; the team has 5 and the network (3 + 5) ÷ 2.

    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"who": ["school", "school", "team"], "person": [1, 2, 3], "trust": [2, 4, 5]})
    >>> card = scales.Scale("trust", ["trust"])
    >>> found = scales.scores(answers, card, by=(), organisation="who", respondent="person")
    >>> found
    <Scores: 1 scale, 2 organisations of 3 respondents in 1 network>
    >>> found.rows["score"]
    [4.0]
    >>> found.organisations
          who  respondents  trust
    0  school            2    3.0
    1    team            1    5.0
    """
    confidence = share(confidence, "confidence")
    choice("unit", unit, ("organisation", "respondent"))
    answers = answers_of(table, scorecard)
    by = columns_named(answers, by, "by")
    found = organisations_of(answers, by, organisation, respondent)
    rows, each = [], answers.every()
    for key, which in answers.groups(by):
        here = found.of(key)
        for place, scale in enumerate(answers.scales):
            own = each[which, place]
            scored = found.scores[here, place]
            values = scored if unit == "organisation" else own
            values = values[~np.isnan(values)]
            counts = [int((~np.isnan(scored)).sum()), int((~np.isnan(own)).sum()), int(np.isnan(own).sum())]
            rows.append([*key, scale.name, *counts, *interval(values, confidence, largest_of(scale))])
    names = [*by, "scale", "organisations", "respondents", "without", "score", "sd", "lower", "upper"]
    low, high = min(scale.low for scale in answers.scales), max(scale.high for scale in answers.scales)
    return Scores(
        rows=laid_out(names, rows),
        parts=found.columns(by, organisation, answers),
        by=by,
        organisation=organisation,
        scales=tuple(scale.name for scale in answers.scales),
        ends=(float(low), float(high)),
        unit=unit,
        confidence=confidence,
        notes=tuple(_notes(rows, by, unit)),
        kind=answers.kind,
    )


def _notes(rows: list[list[Any]], by: tuple[str, ...], unit: str) -> list[str]:
    at, count = len(by), len(by) + (1 if unit == "organisation" else 2)
    return [
        f"{named(by, tuple(row[:at]))}{row[at]} has no interval, with a score of {counted(row[count], unit)}"
        for row in rows
        if np.isnan(row[-1])
    ]


@dataclass(frozen=True, slots=True)
class Organisations:
    """The scores of organisations (n, scales): NaN where nobody has one; each belongs to a network, its key."""

    keys: list[Key]
    labels: list[Any]
    respondents: NDArray[np.int64]
    scores: Floats

    def of(self, key: Key) -> NDArray[np.intp]:
        """Find the organisations of a network."""
        return np.flatnonzero([one == key for one in self.keys])

    def columns(self, by: tuple[str, ...], organisation: str, answers: Answers) -> dict[str, Any]:
        """Lay them out as a table: one row each, a column for each scale."""
        names = [*by, organisation, "respondents", *(scale.name for scale in answers.scales)]
        refuse_twice(names)
        listed = {name: [key[at] for key in self.keys] for at, name in enumerate(by)}
        own = {scale.name: self.scores[:, place] for place, scale in enumerate(answers.scales)}
        return {**listed, organisation: self.labels, "respondents": self.respondents, **own}


def organisations_of(answers: Answers, by: tuple[str, ...], organisation: str, respondent: str | None) -> Organisations:
    """Take the mean of the respondents of each organisation in each network; one that has no score is kept, as NaN."""
    _frames.require(answers.frame, organisation, "organisation")
    if organisation in by:
        msg = (
            f"by= names the column of organisations, {organisation!r}; scores are of networks of several organisations"
        )
        raise ArgumentError(msg)
    empty = [row for row, label in enumerate(answers.frame[organisation].to_list()) if is_empty(label)]
    if empty:
        msg = f"column {organisation!r} of the table is empty in {len(empty):,} rows (row {empty[0]}); fill it in"
        raise LabelError(msg)
    if respondent is not None:
        _frames.require(answers.frame, respondent, "respondent")
        refuse_repeats(answers, by, organisation, respondent)
    groups = answers.groups((*by, organisation))
    each = answers.every()
    if np.isnan(each).all():
        msg = "nobody answered enough items of any scale for a score; see least= of the scales"
        raise ModelError(msg)
    found = np.full((len(groups), each.shape[1]), np.nan)
    for at, (_, which) in enumerate(groups):
        for place in range(each.shape[1]):
            own = each[which, place]
            own = own[~np.isnan(own)]
            if len(own):
                found[at, place] = own.mean()
    return Organisations(
        [key[:-1] for key, _ in groups],
        [key[-1] for key, _ in groups],
        np.array([len(which) for _, which in groups], dtype=np.int64),
        found,
    )


def interval(values: Floats, confidence: float, largest: float) -> list[float]:
    """Give mean, standard deviation, and the ends of the t interval of the mean; NaN where there are too few.

    `largest`: the largest answer, by which it is told what is a difference and what is rounding.
    """
    n = len(values)
    mean = float(values.mean()) if n else np.nan
    if n < PAIR:
        return [mean, np.nan, np.nan, np.nan]
    sd = float(values.std(ddof=1)) if not alike(values, largest) else 0.0
    reach = quantile((1 + confidence) / 2, n - 1) * sd / sqrt(n)
    return [mean, sd, mean - reach, mean + reach]
