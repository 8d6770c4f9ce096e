"""What goes with an outcome of networks: a regression over networks, with inference for few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import seeded, share, whole
from wholenet._table import table
from wholenet.compare._columns import rows_of
from wholenet.compare._design import design_of
from wholenet.compare._effects_result import Effects
from wholenet.compare._formula import formula_of
from wholenet.compare._least_squares import fitted, permuted, t_tests
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame

    from wholenet.compare._design import Design
    from wholenet.compare._least_squares import Fit

__all__ = ["effects"]

# Combinations of categories with fewer networks deserve a remark.
FEW = 5
# A network that has more than this share of its own fit does, too.
PULL = 0.5
UNIT = "networks"


def effects(
    data: IntoDataFrame | Study,
    formula: str,
    *,
    network: str | None = "network",
    reference: Mapping[str, str | bool] | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
    confidence: float = 0.95,
    permutations: int = 9999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Effects:
    """Regression over networks: what goes with an outcome, and whether governance matters more in some contexts.

    Parameters
    ----------
    data : table or Study
        One row for each network. Of a study the names in the formula are measures of the network as in
        `wholenet.table` (``"density"``), or names in ``study.by``.
    formula : str
        The outcome, ``~``, and predictors with ``+`` between. ``a * b`` is both and their interaction, ``a:b`` the
        interaction alone (which needs both beside it). Names with other signs stand in quotes. Predictors of numbers
        are taken as they are; text, and true and false, are categories.
    network : str, optional
        The column that names the networks; not read of a study, whose keys name them. None: they are called by the
        number of their row, from 0.
    reference : mapping from str to str or bool, optional
        The category with which others are compared, for any of the predictors. Default: the first in sorted order,
        or false.
    missing : {"refuse", "drop"}
        What becomes of networks without a value of the outcome or a predictor.
    confidence : float
        The probability that an interval should cover the truth.
    permutations : int
        How many random orders of the residuals.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Effects
        Of each coefficient the estimate, the ordinary and the robust standard error and p, the robust interval, and p
        by permutation; and with ``.interaction()`` the effect of one predictor in each category of another.

    Raises
    ------
    ArgumentError
        The formula can't be read; a value is missing, or a column holds neither numbers nor categories; an option is
        not what it may be.
    ColumnError
        The table has no such column. The message names the nearest.
    KeyNotFoundError
        There is no measure of that name, for a study.
    LabelError
        A network stands in two rows, or has no name.
    ModelError
        The outcome or a predictor is constant; predictors are collinear; there are not more networks than
        coefficients; a network decides a coefficient alone, as the only one of its combination of categories does; or
        nothing is left to explain.
    DependencyError
        statsmodels is not installed.
    ExecutorError
        The executor died.

    Notes
    -----
    Least squares by statsmodels, for n networks and k coefficients: b = (X'X)⁻¹X'y with residuals e and leverages h.
    Three kinds of inference, side by side:

    - *ordinary*: variance (X'X)⁻¹·Σe² ÷ (n - k), and t with n - k degrees of freedom. Right if all networks vary alike
      around what the predictors give.
    - *robust*: the HC3 variance (X'X)⁻¹X'·diag(e² ÷ (1 - h)²)·X(X'X)⁻¹ (MacKinnon & White 1985), and the same t. Right
      for many networks even if some vary more than others; intervals are of this kind.
    - *permutation*: the residuals of the model without the coefficient are put in random order and added to what that
      model gives (Freedman & Lane 1983; Winkler et al. 2014). What is compared is the robust t, so that the test holds
      for many networks even if their variances differ (DiCiccio & Romano 2017). p is (1 + draws at least as far from
      0) ÷ (1 + draws). The constant has none (NaN): another order of residuals leaves their mean as it is.

    In 400 simulated tables each, with status, position, their interaction and size as predictors, tests at 5 % rejected
    true hypotheses as follows. Of 40 networks that vary alike: ordinary 4.8 to 6.5 %, robust 3.5 to 6.0 %, permutation
    4.8 to 6.8 %, depending on the coefficient and on how many networks a combination has. With three times the standard
    deviation in one combination: 0.5 to 21 %, 0.8 to 7.8 %, and 1.8 to 8.5 %. Of 12 networks that vary alike: 3.8 to
    6.5 %, 1.8 to 4.0 %, and 3.8 to 6.2 %; else 2.0 to 16 %, 0.8 to 7.5 %, and 1.8 to 11 %. An interaction of 1.5
    standard deviations was found in 63, 58 and 61 % of tables of 40 networks, and in 23, 11 and 20 % of 12. Robust 95 %
    intervals covered in 92 to 99 %. So the permutation p is the one for few networks that vary alike, and where they do
    not, believe what robust and permutation p both say (``benches``).

    With an interaction in the formula, the coefficients of its parts hold in the reference category of the other one
    alone: ``meaning`` says which. ``.interaction()`` gives the effect in each.

    These are networks as they came to be, not as somebody assigned them. A coefficient says how networks differ that
    are alike in the other predictors; whether one makes the other is a question to the design of the study. `matched`
    and `leave_one_out` tell how much depends on the model, and on single networks. Networks that share a municipality,
    or the same network at two waves, are not independent of each other: take one wave, or see `multilevel`.

    O(permutations × n × k²) time. The same seed gives the same p with any executor, for rows in the same
    order. Estimates are those of statsmodels, on orthonormal columns, so that predictors may have any scale.

    Peers: R's ``lm`` with sandwich (``vcovHC(type = "HC3")``) and permuco (``lmperm``, without the robust t); FSL's
    randomise and PALM have Freedman-Lane. UCINET's node-level regression permutes the outcome itself.

    References
    ----------
    MacKinnon, J. G. & White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with improved
    finite sample properties. Journal of Econometrics 29, 305-325. https://doi.org/10.1016/0304-4076(85)90158-7

    Freedman, D. & Lane, D. (1983). A nonstochastic interpretation of reported significance levels. Journal of Business
    & Economic Statistics 1, 292-298. https://doi.org/10.1080/07350015.1983.10509354

    Winkler, A. M., Ridgway, G. R., Webster, M. A., Smith, S. M. & Nichols, T. E. (2014). Permutation inference for the
    general linear model. NeuroImage 92, 381-397. https://doi.org/10.1016/j.neuroimage.2014.01.060

    DiCiccio, C. J. & Romano, J. P. (2017). Robust permutation tests for correlation and regression coefficients.
    Journal of the American Statistical Association 112, 1211-1220. https://doi.org/10.1080/01621459.2016.1202117

    Examples
    --------
    Networks inside the municipality score 2 higher where status is low, and not where it is high:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({
    ...     "network": list("abcdefgh"),
    ...     "ses": ["low"] * 4 + ["high"] * 4,
    ...     "inside": [False, False, True, True] * 2,
    ...     "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
    ... })
    >>> found = wn.compare.effects(data, "effectiveness ~ ses * inside", seed=1)
    >>> dict(zip(found.terms, found.estimate.round(9).tolist()))
    {'intercept': 7.5, 'ses: low': -3.0, 'inside: yes': 0.0, 'ses: low × inside: yes': 2.0}
    >>> found.interaction().effects["estimate"].round(9).to_list()
    [0.0, 2.0]
    """
    parsed = formula_of(formula)
    confidence, permutations = share(confidence, "confidence"), whole(permutations, "permutations")
    seed = seeded(seed)
    if isinstance(data, Study):
        data, network = _measured(data, (parsed.outcome, *parsed.names))
    rows = rows_of(data, (parsed.outcome, *parsed.names), network, missing)
    design = design_of(parsed, rows, reference, UNIT)
    fit = fitted(design)
    every = np.eye(len(design.terms))
    tested = t_tests(fit, every, confidence)
    # Another order of residuals leaves their mean as it is, so that the constant can't be tested so.
    p, found = permuted(design, fit, every[1:], permutations, seed=seed, executor=executor, progress=progress)
    return Effects(
        formula=str(parsed),
        terms=design.terms,
        meaning=design.meaning,
        estimate=tested.estimate,
        se=tested.se,
        t=tested.t,
        p=tested.p,
        se_robust=tested.se_robust,
        t_robust=tested.t_robust,
        p_robust=tested.p_robust,
        lower=tested.estimate - tested.reach,
        upper=tested.estimate + tested.reach,
        p_permutation=np.append(np.nan, p),
        confidence=confidence,
        r_squared=fit.r_squared,
        networks=design.labels,
        dropped=design.dropped,
        remarks=_remarks(design, fit),
        distribution=np.column_stack([np.full(permutations, np.nan), found]),
        permutations=permutations,
        seed=seed,
        design=design,
        kind=design.kind,
    )


def _measured(study: Study, names: Sequence[str]) -> tuple[IntoDataFrame, str]:
    """Measure the networks of a study, and say which column names them: that of their keys."""
    measures = [name for name in dict.fromkeys(names) if name not in study.by]
    frame = _frames.wrap(table(study, measures or ["density"]), "data")
    if len(study.by) == 1:
        return frame.to_native(), study.by[0]
    columns = {name: frame[name].to_list() for name in frame.columns}
    keys = [", ".join(map(str, key)) for key in zip(*(columns[name] for name in study.by), strict=True)]
    return _frames.make({", ".join(study.by): keys, **columns}, _frames.kind_of(frame)), ", ".join(study.by)


def _remarks(design: Design, fit: Fit) -> tuple[str, ...]:
    """What a reader should know before believing it."""
    found = []
    for first, second in design.formula.interactions():
        one, other = design.columns[first], design.columns[second]
        if one.levels and other.levels:
            counts = {
                f"{one.level(a)}, {other.level(b)}": int(((one.values == a) & (other.values == b)).sum())
                for a in range(len(one.levels))
                for b in range(len(other.levels))
            }
            small = [f"{name} ({count})" for name, count in counts.items() if count < FEW]
            if small:
                found.append(f"few networks: {'; '.join(small)}")
    pulling = [label for label, one in zip(design.labels, fit.leverage.tolist(), strict=True) if one > PULL]
    if pulling:
        found.append(
            f"{', '.join(pulling)}: more than half of what the regression gives here comes from the network itself; "
            "see leave_one_out"
        )
    return tuple(found)
