"""Whether those who answer for one network agree, before their scores are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import share
from wholenet._export import needs
from wholenet._ingest import counted, first_of
from wholenet.errors import ArgumentError
from wholenet.survey.scales._agreement_result import Agreement
from wholenet.survey.scales._answers import NOTHING, alike, answers_of, columns_named, laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.survey.scales._scale import Scale, Scorecard

    Floats = NDArray[np.float64]

__all__ = ["SKEWED", "agreement"]

# How often each of five answers is given by chance: the variances are those of LeBreton & Senter (2008, table 2).
SKEWED = {
    "slight skew": (0.05, 0.15, 0.20, 0.35, 0.25),
    "moderate skew": (0.0, 0.10, 0.15, 0.40, 0.35),
    "heavy skew": (0.0, 0.0, 0.10, 0.40, 0.50),
}
FIVE = 5
# There is nothing to agree on with fewer.
PAIR = 2


def agreement(
    table: IntoDataFrame,
    scorecard: Scorecard | Scale,
    *,
    group: str | Sequence[str] = ("municipality", "wave"),
    null: str | float = "uniform",
    confidence: float = 0.95,
) -> Agreement:
    """Agreement within groups of respondents, before a group's mean is taken: rwg(j), ICC(1) and ICC(2).

    Parameters
    ----------
    table : table
        One row for each respondent, one column for each item; pandas, polars or pyarrow.
    scorecard : Scorecard or Scale
        The scales.
    group : str or sequence of str
        Columns that tell the groups apart whose members should agree, such as networks, or organisations in them.
    null : {"uniform", "slight skew", "moderate skew", "heavy skew"}, or float
        How those answer who know nothing: any answer as often; more or less bunched towards the high end (of five
        answers); or the variance of their answers.
    confidence : float
        The probability that the interval of ICC(1) should cover the truth.

    Returns
    -------
    Agreement
        A row for each scale (``.to_frame()``) and one for each group and scale (``.groups``); groups that are too small
        are named in ``.notes``.

    Raises
    ------
    ArgumentError
        An answer lies outside the scale or is no number (the rows are named); `null` is unknown, no variance, or a
        skewed one for a scale that has not five answers; a column of `group` is called like a column of the result; or
        the table has no rows.
    ColumnError
        The table has no column of an item, or of `group`.
    LabelError
        A row has no group.
    DependencyError
        scipy is not installed.

    Notes
    -----
    rwg(j) of a group and a scale of j items: with q = mean of the j variances within the group (n - 1) ÷ variance of
    the null, rwg(j) = j(1 - q) ÷ (j(1 - q) + q); for j = 1 it is 1 - q. It is 1 where all give the same answers, 0
    where they differ as those who know nothing would, and set to 0 where they differ more, as James et al. do; ``q``
    tells how much more. It rises with j. It runs over those who answered every item of the scale (``complete``) and is
    NaN with fewer than two. The variance of the null is ((high - low + 1)² - 1) ÷ 12 for ``"uniform"``, if answers are
    whole numbers; with five answers 1.34, .90 and .44 for ``"slight skew"``, ``"moderate skew"`` and ``"heavy skew"``.
    Which of them holds is not known: people who know nothing tend to agree, and then ``"uniform"`` is too kind. Report
    it beside ``"slight skew"``.

    ICC(1) and ICC(2) come from a one-way analysis of variance of the respondents' scores (those who have one,
    ``respondents``), with MSB and MSW the mean squares between and within G groups, N respondents, and
    k = (N - Σ n² ÷ N) ÷ (G - 1), which is the size of the groups where all are as large:

    - ICC(1) = (MSB - MSW) ÷ (MSB + (k - 1)·MSW): the share of the variance that lies between groups; how alike two
      members of one group are. Negative where members differ more than strangers. F = MSB ÷ MSW tests whether it is 0.
    - ICC(2) = (MSB - MSW) ÷ MSB: how well means of groups of size k tell groups apart. It is ICC(1) stepped up by
      Spearman and Brown's formula, k·ICC(1) ÷ (1 + (k - 1)·ICC(1)).
    - The interval of ICC(1) is that of Searle (F divided by its quantiles), exact for normal scores and groups as large
      as each other, and an approximation otherwise.

    Each row counts as another respondent. Groups of one respondent count in the analysis of variance and have no
    rwg(j). With one group, or with no more respondents than groups, there is no analysis of variance, and its numbers
    are NaN. Where respondents do not differ at all, F is NaN; where they differ between groups only, it is infinite and
    ICC(1) is 1; where they differ within groups only, ICC(2) is NaN.

    The two ask different things. rwg(j) asks whether members of this group agree; ICC whether groups differ. Networks
    that all agree on the same score have a high rwg(j) and an ICC near 0. F takes respondents as independent within
    groups: with several of one organisation, or the same ones in two waves, p is too small. In simulated networks that
    do not differ, p was below .05 in 4 % with independent respondents and in 16 % with two of each organisation who
    share two fifths of what they think (``benches/simulation_scales.py``). Look at one wave, and at organisations first
    (``group=("municipality", "wave", "organisation")``).

    O(n · j) time for a scale.

    Peers: R's multilevel (``rwg.j``, ``ICC1``, ``ICC2``) has the same definitions, with the mean size of the groups for
    k; pingouin's ``intraclass_corr`` agrees (ICC(1,1) and ICC(1,k)) where groups are as large as each other.

    References
    ----------
    James, L. R., Demaree, R. G. & Wolf, G. (1984). Estimating within-group interrater reliability with and without
    response bias. Journal of Applied Psychology 69, 85-98. https://doi.org/10.1037/0021-9010.69.1.85

    LeBreton, J. M. & Senter, J. L. (2008). Answers to 20 questions about interrater reliability and interrater
    agreement. Organizational Research Methods 11, 815-852. https://doi.org/10.1177/1094428106296642

    Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J. Klein & S. W. J. Kozlowski
    (eds), Multilevel Theory, Research, and Methods in Organizations, 349-381. Jossey-Bass.

    Donner, A. (1986). A review of inference procedures for the intraclass correlation coefficient in the one-way random
    effects model. International Statistical Review 54, 67-82. https://doi.org/10.2307/1403259

    Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability. Psychological
    Bulletin 86, 420-428. https://doi.org/10.1037/0033-2909.86.2.420

    Examples
    --------
    Two groups of two, scores 4, 5 and 1, 2: MSB = 9, MSW = .5, ICC(1) = 8.5 ÷ 9.5. In each group the variance is .5,
    where those who know nothing have 2: rwg = 1 - .25.

    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"place": ["A", "A", "B", "B"], "trust": [4, 5, 1, 2]})
    >>> found = scales.agreement(answers, scales.Scale("trust", ["trust"]), group="place")
    >>> found
    <Agreement: 1 scale, 4 respondents in 2 groups; ICC(1) 0.89, median rwg 0.75>
    """
    confidence = share(confidence, "confidence")
    answers = answers_of(table, scorecard)
    by = columns_named(answers, group, "group")
    if not by:
        msg = "group must name at least one column that tells groups apart"
        raise ArgumentError(msg)
    groups = answers.groups(by)
    variances = [_null(null, scale) for scale in answers.scales]
    rows, parts = [], []
    for place, scale in enumerate(answers.scales):
        scores, items = answers.scores(place), answers.items[place]
        own = [[*key, scale.name, *_within(scores[which], items[which], variances[place])] for key, which in groups]
        codes = np.empty(len(scores), dtype=np.int64)
        for code, (_, which) in enumerate(groups):
            codes[which] = code
        found = anova(scores[~np.isnan(scores)], codes[~np.isnan(scores)])
        rows.append([scale.name, *found.row(confidence), *_summary([one[-1] for one in own])])
        parts += own
    names = ["scale", "respondents", "groups", "size", "f", "p", "icc1", "lower", "upper", "icc2"]
    names += ["rwg_median", "rwg_lowest"]
    columns = [*by, "scale", "respondents", "complete", "q", "rwg"]
    return Agreement(
        scales=laid_out(names, rows),
        parts=laid_out(columns, parts),
        by=by,
        null=null if isinstance(null, str) else f"a variance of {null:g}",
        confidence=confidence,
        notes=tuple(_notes(by, parts, rows)),
        kind=answers.kind,
    )


def _null(null: object, scale: Scale) -> float:
    """Give the variance of the answers of those who know nothing."""
    if null == "uniform":
        return ((scale.high - scale.low + 1) ** 2 - 1) / 12
    if isinstance(null, str) and null in SKEWED:
        if scale.high - scale.low + 1 != FIVE:
            msg = (
                f"null={null!r} is known for five answers, but the scale {scale.name!r} goes from {scale.low:g} to "
                f"{scale.high:g}. Give the variance of the null as a number"
            )
            raise ArgumentError(msg)
        shares = np.array(SKEWED[null])
        answers = np.arange(FIVE)
        return float((shares * answers**2).sum() - (shares * answers).sum() ** 2)
    if not isinstance(null, bool | str) and isinstance(null, int | float | np.number) and 0 < null < np.inf:
        return float(null)
    listed = ", ".join(map(repr, ("uniform", *SKEWED)))
    msg = f"null must be one of {listed}, or a variance above 0, but is {null!r}"
    raise ArgumentError(msg)


def _within(scores: Floats, items: Floats, variance: float) -> list[Any]:
    """Agreement in one group: who has a score, who answered all, q and rwg(j)."""
    whole = items[~np.isnan(items).any(axis=1)]
    scored, j = int((~np.isnan(scores)).sum()), items.shape[1]
    if len(whole) < PAIR:
        return [scored, len(whole), np.nan, np.nan]
    q = float(whole.var(axis=0, ddof=1).mean()) / variance
    return [scored, len(whole), q, j * (1 - q) / (j * (1 - q) + q) if q < 1 else 0.0]


def _summary(found: list[float]) -> list[float]:
    known = [one for one in found if not np.isnan(one)]
    return [float(np.median(known)), min(known)] if known else [np.nan] * 2


@dataclass(frozen=True, slots=True)
class Anova:
    """A one-way analysis of variance; NaN where there is none."""

    n: int
    groups: int
    size: float
    between: float
    within: float

    @property
    def ratio(self) -> float:
        """F; infinite where nothing varies within groups, NaN where nothing varies."""
        if self.within > 0 or np.isnan(self.within):
            return self.between / self.within
        return np.inf if self.between > 0 else np.nan

    def icc(self, ratio: float) -> float:
        """ICC(1) for a value of F."""
        return 1.0 if np.isinf(ratio) else (ratio - 1) / (ratio + self.size - 1)

    def row(self, confidence: float) -> list[Any]:
        """Give what is told of a scale."""
        with needs("scipy"):
            from scipy.stats import f

        ratio = self.ratio
        if np.isnan(ratio):
            return [self.n, self.groups, self.size, *[np.nan] * 6]
        df = (self.groups - 1, self.n - self.groups)
        high, low = f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], *df).tolist()
        ends = [self.icc(ratio / high), self.icc(ratio / low)]
        icc2 = 1.0 if np.isinf(ratio) else (ratio - 1) / ratio if ratio > 0 else np.nan
        return [self.n, self.groups, self.size, ratio, float(f.sf(ratio, *df)), self.icc(ratio), *ends, icc2]


def anova(scores: Floats, codes: NDArray[np.int64]) -> Anova:
    """Mean squares between and within groups, and the size of groups that stands for unequal ones."""
    _, codes = np.unique(codes, return_inverse=True)
    sizes = np.bincount(codes)
    n, groups = len(scores), len(sizes)
    if groups < PAIR or n <= groups:
        return Anova(n, groups, np.nan, np.nan, np.nan)
    # Less the overall mean, so that rounding does not depend on the level; equal scores differ by nothing at all.
    largest, scores = float(np.abs(scores).max()), scores - float(scores.mean())
    means = np.bincount(codes, scores) / sizes
    apart = scores - means[codes]
    within = 0.0 if np.abs(apart).max() <= NOTHING * largest else float((apart**2).sum()) / (n - groups)
    between = 0.0 if alike(means, largest) else float((sizes * means**2).sum()) / (groups - 1)
    return Anova(n, groups, (n - float((sizes**2).sum()) / n) / (groups - 1), between, within)


def _notes(by: tuple[str, ...], parts: list[list[Any]], rows: list[list[Any]]) -> list[str]:
    """Name groups that are too small, and scales without an analysis of variance."""
    notes, at = [], len(by)
    for scale, n, groups, _, ratio, *_ in rows:
        small = [tuple(one[:at]) for one in parts if one[at] == scale and one[at + 2] < PAIR]
        if small:
            shown = first_of((" ".join(map(str, key)) for key in small), len(small))
            notes.append(
                f"{scale}: no rwg with fewer than two complete respondents in {counted(len(small), 'group')} ({shown})"
            )
        if groups < PAIR:
            notes.append(f"{scale}: {groups} group has a score, and ICC compares groups")
        elif n <= groups:
            notes.append(f"{scale}: no group has two respondents with a score, so that there is no ICC")
        elif np.isnan(ratio):
            notes.append(f"{scale}: all respondents have the same score, so that there is no ICC")
    return notes
