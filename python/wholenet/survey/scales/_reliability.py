"""How well the items of a scale measure one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import share
from wholenet.errors import ModelError
from wholenet.survey.scales._answers import Answers, answers_of, columns_named, laid_out, named
from wholenet.survey.scales._coefficients import against, alpha_interval, one_factor, part_of
from wholenet.survey.scales._reliability_result import Reliability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.survey.scales._scale import Scale, Scorecard

    Floats = NDArray[np.float64]

__all__ = ["reliability"]

# Below, a variance has no interval, and a correlation no value.
FEWEST = 3
# A model with one factor has as many loadings as correlations.
IDENTIFIED = 3


def reliability(
    table: IntoDataFrame,
    scorecard: Scorecard | Scale,
    *,
    by: str | Sequence[str] = (),
    confidence: float = 0.95,
) -> Reliability:
    """Reliability of scales: Cronbach's alpha with an interval, McDonald's omega, and how each item does.

    Parameters
    ----------
    table : table
        One row for each respondent, one column for each item; pandas, polars or pyarrow.
    scorecard : Scorecard or Scale
        The scales.
    by : str or sequence of str
        Columns that tell groups apart, such as the wave: reliability is computed in each. Default: in all rows.
    confidence : float
        The probability that the interval of alpha should cover the truth.

    Returns
    -------
    Reliability
        A row for each group and scale (``.to_frame()``), a row for each of their items (``.items``), and what to look
        at before believing them (``.notes``).

    Raises
    ------
    ArgumentError
        An answer lies outside the scale or is no number (the rows are named), a column of `by` is called like a column
        of the result, or the table has no rows.
    ColumnError
        The table has no column of an item, or of `by`.
    ModelError
        An item is answered the same by all; or no group has three respondents who answered all items of some scale.
    DependencyError
        statsmodels is not installed.

    Notes
    -----
    All numbers but ``answered`` and ``mean`` of an item run over the respondents who answered every item of the scale
    (``complete``): nothing is filled, and covariances of different respondents for different pairs of items need not
    fit together. With k items, s²(i) the variance of item i and s² that of the sum of the items, all with n - 1:

    - alpha = k ÷ (k - 1) · (1 - Σ s²(i) ÷ s²), at most 1, and negative where items contradict each other; NaN for one
      item. It equals the reliability of the sum if all items measure the same thing equally strongly, and is a lower
      bound of it if errors are unrelated.
    - Its interval (Feldt): 1 - (1 - alpha) · F, with F the quantiles of the F distribution at (1 ± confidence) ÷ 2, of
      n - 1 and (n - 1)(k - 1) degrees of freedom. It takes respondents as independent and answers as normal with equal
      covariances. In 2,000 simulated surveys each of 60 respondents who answer from 1 to 5, intervals of 95 % covered
      the truth in 95.3 %, with loadings as unequal as .9, .7 and .5 in 94.8 %, with two respondents of each
      organisation in 94.5 %, and where answers pile up at the high end in 92.3 % (``benches/simulation_scales.py``).
    - omega is omega total of a model with one factor: (Σ loading)² ÷ ((Σ loading)² + Σ unique variance), from the
      maximum likelihood estimates of statsmodels (``Factor``), in units of the items. From 0 to 1. It needs three
      items, which may measure the thing more or less strongly. NaN with a note where no model with one factor fits:
      where a unique variance would have to be negative, or the estimates do not settle.
    - ``item_rest`` is the correlation of an item with the sum of the others, ``alpha_without`` the alpha of the others
      (NaN where one is left). The item with the lowest ``item_rest`` is named in the notes if that is negative: was it
      asked the other way round? So is the next, if it stays negative with the first turned round, with what it is then.

    The same respondent in several waves is several rows: take one wave, or pass ``by="wave"``. Respondents who answered
    nothing are left out of ``answered``. Groups with fewer than three complete respondents,
    and groups in which an item is answered the same by all, have NaN and a note. Reversed items are turned before
    anything is computed, the mean of an item included.

    O(n · k) time for a scale; omega by an optimizer, which is not promised to the last bit on other machines.

    Peers: pingouin (``cronbach_alpha``) agrees in alpha and its interval; R's psych has the same alpha, and its omega
    fits the factor by minimum residuals unless told otherwise.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16, 297-334.
    https://doi.org/10.1007/BF02310555

    Feldt, L. S., Woodruff, D. J. & Salih, F. A. (1987). Statistical inference for coefficient alpha. Applied
    Psychological Measurement 11, 93-103. https://doi.org/10.1177/014662168701100107

    Revelle, W. & Zinbarg, R. E. (2009). Coefficients alpha, beta, omega, and the glb: comments on Sijtsma.
    Psychometrika 74, 145-154. https://doi.org/10.1007/s11336-008-9102-z

    Examples
    --------
    Four respondents. Two items have a variance of 5 ÷ 3 each, their sum one of 16 ÷ 3: alpha = 2 · (1 - 10 ÷ 16).

    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [2, 1, 4, 3]})
    >>> found = scales.reliability(answers, scales.Scale("trust", ["t1", "t2"]))
    >>> found
    <Reliability: 1 scale, 4 respondents; alpha 0.75>
    """
    confidence = share(confidence, "confidence")
    answers = answers_of(table, scorecard)
    by = columns_named(answers, by, "by")
    _refuse_constant(answers)
    groups = answers.groups(by)
    rows: list[list[Any]] = []
    items: list[list[Any]] = []
    notes: list[str] = []
    for place, scale in enumerate(answers.scales):
        for key, which in groups:
            one = _One.of(scale, answers.items[place][which], confidence)
            rows.append([*key, *one.row])
            items += [[*key, *row] for row in one.items]
            notes += [named(by, key) + note for note in one.notes]
    _refuse_few(rows, answers)
    return Reliability(
        scales=laid_out([*by, "scale", "items", "answered", "complete", "alpha", "lower", "upper", "omega"], rows),
        parts=laid_out([*by, *PARTS], items),
        by=by,
        confidence=confidence,
        notes=tuple(notes),
        kind=answers.kind,
    )


PARTS = ("scale", "item", "reversed", "answered", "mean", "sd", "item_rest", "alpha_without")


def _refuse_constant(answers: Answers) -> None:
    for scale, values in zip(answers.scales, answers.items, strict=True):
        for item, column in zip(scale.items, values.T, strict=True):
            known = column[~np.isnan(column)]
            if not len(known) or np.ptp(known) == 0:
                what = f"has the same answer ({known[0]:g}) in all {len(known):,} rows" if len(known) else "is empty"
                msg = (
                    f"{item!r} of the scale {scale.name!r} {what}, so that it goes with nothing. Leave it out of the "
                    "scale"
                )
                raise ModelError(msg)


def _refuse_few(rows: list[list[Any]], answers: Answers) -> None:
    """Refuse a scale for which no group has enough respondents."""
    at = len(rows[0]) - len(("scale", "items", "answered", "complete", "alpha", "lower", "upper", "omega"))
    for scale in answers.scales:
        most = max(row[at + 3] for row in rows if row[at] == scale.name)
        if most < FEWEST:
            msg = (
                f"{most} respondents answered all items of the scale {scale.name!r}, and reliability needs {FEWEST} at "
                "least. Leave items out that few answered, or take larger groups"
            )
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class _One:
    """One scale in one group."""

    row: list[Any]
    items: list[list[Any]]
    notes: list[str]

    @classmethod
    def of(cls, scale: Scale, values: Floats, confidence: float) -> _One:
        """Compute all numbers."""
        known = ~np.isnan(values)
        whole = values[known.all(axis=1)]
        notes: list[str] = []
        numbers, parts = [np.nan] * 4, [[np.nan] * 3] * len(scale.items)
        still = [item for item, column in zip(scale.items, whole.T, strict=True) if len(whole) and np.ptp(column) == 0]
        if len(whole) < FEWEST:
            notes.append(f"{scale.name}: {len(whole)} respondents answered all items, too few for any number")
        elif still:
            notes.append(f"{scale.name}: all give the same answer to {', '.join(still)}, so that there is no alpha")
        else:
            numbers = [*alpha_interval(whole, confidence), _omega(scale, whole, notes)]
            parts = [part_of(whole, at) for at in range(len(scale.items))]
            notes += _turned(scale, against(whole))
        items = [
            [scale.name, item, item in scale.reversed, int(known[:, at].sum()), _mean(values[known[:, at], at]), *part]
            for at, (item, part) in enumerate(zip(scale.items, parts, strict=True))
        ]
        return cls([scale.name, len(scale.items), int(known.any(axis=1).sum()), len(whole), *numbers], items, notes)


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else np.nan


def _turned(scale: Scale, found: list[tuple[int, float]]) -> list[str]:
    """Say of each item that goes against the others what to look at."""
    notes: list[str] = []
    items = [scale.items[at] for at, _ in found]
    for place, (item, (_, correlation)) in enumerate(zip(items, found, strict=True)):
        asked = (
            "declared as reversed; was it asked the same way as the others? Then take it out of reversed="
            if item in scale.reversed
            else f"was it asked the other way round? Then declare reversed=({item!r},)"
        )
        once = f" once {', '.join(items[:place])} {'are' if place > 1 else 'is'} turned round" if place else ""
        notes.append(
            f"{scale.name}: {item} goes against the other items{once} (correlation {correlation:.2f}): {asked}"
        )
    return notes


def _omega(scale: Scale, values: Floats, notes: list[str]) -> float:
    """Omega total by maximum likelihood, with a note where there is none."""
    k = values.shape[1]
    if k < IDENTIFIED:
        return np.nan
    loadings = one_factor(values)
    if loadings is None:
        notes.append(
            f"{scale.name}: no model with one factor fits, so that there is no omega; do the items belong together?"
        )
        return np.nan
    common = float(loadings.sum()) ** 2
    return common / (common + float((values.var(axis=0, ddof=1) - loadings**2).sum()))
