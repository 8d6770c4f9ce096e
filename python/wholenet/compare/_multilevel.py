"""Organisations or respondents in networks: what goes with their answers, and how much of it is the network's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import share
from wholenet.compare._columns import rows_of
from wholenet.compare._design import design_of
from wholenet.compare._formula import formula_of
from wholenet.compare._multilevel_result import Multilevel
from wholenet.compare._reml import reml
from wholenet.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare._design import Design

__all__ = ["multilevel"]

UNIT = "rows"
# Networks that a variance between networks needs.
LEAST = 3
FEW = 10
# A predictor that varies within networks by no more than this share of its range is the network's.
SAME = 1e-12


def multilevel(
    data: IntoDataFrame,
    formula: str,
    *,
    group: str = "network",
    reference: Mapping[str, str | bool] | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
    confidence: float = 0.95,
) -> Multilevel:
    """Multilevel model: what goes with an outcome of organisations or respondents who belong to networks.

    Parameters
    ----------
    data : table
        One row for each organisation or respondent.
    formula : str
        As of `effects`. Predictors may be the respondent's own, or the network's: the same in all rows of a network.
        ``"outcome ~ 1"`` has none.
    group : str
        The column that names the network of each row.
    reference : mapping from str to str or bool, optional
        As of `effects`.
    missing : {"refuse", "drop"}
        What becomes of rows without a value of the outcome or a predictor.
    confidence : float
        The probability that an interval should cover the truth.

    Returns
    -------
    Multilevel
        Of each coefficient estimate, standard error, degrees of freedom, interval and p; the variances between and
        within networks, with the intraclass correlation; and how many rows each network has.

    Raises
    ------
    ArgumentError
        The formula can't be read; a value is missing; a column holds what it may not; an option is not what it may be.
    ColumnError
        The table has no such column.
    LabelError
        A row has no network.
    ModelError
        There are fewer than three networks, no network has two rows, or more coefficients of networks than networks;
        and as of `effects`.
    DependencyError
        statsmodels is not installed.

    Notes
    -----
    outcome = Σ coefficient · predictor + u(network) + e, with u and e normal and independent of each other, of
    variances τ² and σ². Variances are estimated by restricted maximum likelihood (REML). For θ = τ² ÷ σ² and m rows in
    a network, each value less (1 - 1 ÷ √(1 + mθ)) times its network's mean makes an ordinary regression (statsmodels'
    OLS), whose coefficients and standard errors are those of the model; θ is where the restricted likelihood of that
    regression is largest. It is looked for in one dimension, on a grid first: statsmodels' own ``MixedLM`` did not
    settle in one of five simulated tables, where τ² is small.

    Degrees of freedom are of *between and within* (as in SAS' PROC MIXED, ``ddfm=bw``): of a coefficient whose column
    is the same within each network, the networks less the coefficients of that kind; of others, the rows less the
    networks less the coefficients of this kind. The uncertainty of θ is not added to standard errors, as Kenward and
    Roger (1997) do.

    In 400 simulated tables each, of 6, 12 and 40 networks with 4 to 12 rows, a share of 0, 0.1 and 0.4 of the variance
    between them, tests at 5 % rejected true hypotheses about networks in 1.2 to 5.5 %, too seldom where networks are
    few and hardly differ, and about rows in 1.8 to 6.8 %; 95 % intervals covered accordingly in 93 to 99 %. The mean
    share found between networks was at most 0.04 off. Fits of networks that do not differ were singular in half or
    more; where the share is 0.1, in a third with 6 networks, and in 1 % with 40 (``benches``).

    The intraclass correlation τ² ÷ (τ² + σ²) is given of the model, and of the model without predictors
    (``icc_empty``): the share of differences between rows that is between networks. Where τ² is 0, the fit is
    *singular*: the networks do not differ more than their rows by chance make them, and the model is an ordinary
    regression. That is said, and no error; with few networks it also happens where they do differ.

    O(n·k²) time for n rows and k coefficients, a hundred times.

    Peers: R's lme4 (``lmer``) and statsmodels' ``MixedLM`` fit the same model; lmerTest has other degrees of freedom
    (Satterthwaite's, Kenward and Roger's).

    References
    ----------
    Kenward, M. G. & Roger, J. H. (1997). Small sample inference for fixed effects from restricted maximum likelihood.
    Biometrics 53, 983-997. https://doi.org/10.2307/2533558

    Schluchter, M. D. & Elashoff, J. T. (1990). Small-sample adjustments to tests with unbalanced repeated measures
    assuming several covariance structures. Journal of Statistical Computation and Simulation 37, 69-87.
    https://doi.org/10.1080/00949659008811295

    Examples
    --------
    Three networks with means 2, 4 and 6, and 1 up and down within: the mean squares are 8 between and 2 within, and the
    variance between networks (8 - 2) ÷ 2:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({"network": list("aabbcc"), "score": [1.0, 3.0, 3.0, 5.0, 5.0, 7.0]})
    >>> found = wn.compare.multilevel(data, "score ~ 1")
    >>> round(found.between, 6), round(found.within, 6), round(found.icc, 6)
    (3.0, 2.0, 0.6)
    """
    confidence = share(confidence, "confidence")
    parsed = formula_of(formula)
    _frames.require(_frames.wrap(data, "data"), group, "group")
    rows = rows_of(data, (parsed.outcome, *parsed.names), group, missing, repeated=True)
    design = design_of(parsed, rows, reference, UNIT)
    networks, codes = np.unique(np.array(design.labels), return_inverse=True)
    sizes = np.bincount(codes)
    shared = _shared(design, codes)
    _check(design, networks, sizes, shared)
    fit = reml(design.y, design.x, codes)
    empty = reml(design.y, np.ones((len(design.y), 1)), codes)
    df = _degrees(shared, len(design.y), len(networks))
    from scipy import stats

    t = fit.beta / fit.se
    reach = stats.t.ppf(0.5 + confidence / 2, df) * fit.se
    return Multilevel(
        formula=str(parsed),
        group=group,
        terms=design.terms,
        meaning=design.meaning,
        of_network=shared,
        estimate=fit.beta,
        se=fit.se,
        df=df,
        t=t,
        p=2 * stats.t.sf(np.abs(t), df),
        lower=fit.beta - reach,
        upper=fit.beta + reach,
        between=fit.between,
        within=fit.within,
        icc=fit.between / (fit.between + fit.within),
        icc_empty=empty.between / (empty.between + empty.within),
        sizes=dict(zip(networks.tolist(), sizes.tolist(), strict=True)),
        singular=fit.between == 0,
        dropped=len(design.dropped),
        remarks=_remarks(fit.between, len(networks)),
        confidence=confidence,
        kind=design.kind,
    )


def _shared(design: Design, codes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which columns are the same within each network."""
    first = np.unique(codes, return_index=True)[1][codes]
    gap = np.abs(design.x - design.x[first]).max(axis=0)
    found: NDArray[np.bool_] = gap <= SAME * np.abs(design.x).max(axis=0)
    return found


def _degrees(shared: NDArray[np.bool_], rows: int, networks: int) -> NDArray[np.float64]:
    """Between and within: networks, or rows beside networks, less the coefficients of that kind."""
    between = int(shared.sum())
    return np.where(shared, networks - between, rows - networks - (len(shared) - between)).astype(np.float64)


def _check(design: Design, networks: NDArray[np.str_], sizes: NDArray[np.intp], shared: NDArray[np.bool_]) -> None:
    n, j = len(design.y), len(networks)
    if j < LEAST:
        msg = f"a variance between networks needs at least {LEAST} of them, but there are {j:,}"
        raise ModelError(msg)
    if sizes.max() == 1:
        msg = f"each of the {j:,} networks has one row, so that nothing tells networks from rows. See effects"
        raise ModelError(msg)
    between, own = int(shared.sum()), len(shared) - int(shared.sum())
    if j <= between:
        msg = f"{between:,} coefficients of networks need more networks than that, but there are {j:,}"
        raise ModelError(msg)
    if n - j <= own:
        msg = f"{own:,} coefficients within networks need more than {own + j:,} rows in {j:,} networks; there are {n:,}"
        raise ModelError(msg)


def _remarks(between: float, networks: int) -> tuple[str, ...]:
    found = []
    if between == 0:
        found.append(
            "singular: no variance between networks is left beside the predictors, so that this is an ordinary "
            "regression of the rows"
        )
    if networks < FEW:
        found.append(f"with {networks} networks the variance between them is hardly known")
    return tuple(found)
