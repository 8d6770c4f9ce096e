"""Pairs of networks that are alike in what is known, and differ in what is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import seeded, share, whole
from wholenet._ingest import number
from wholenet.compare._columns import Rows, column_of, rows_of
from wholenet.compare._matched_result import Matched
from wholenet.compare._sign_flips import Flips, sign_flips
from wholenet.errors import ArgumentError, DependencyError, ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare._columns import Column

    Array = NDArray[np.float64]

__all__ = ["matched"]

# A difference of one pair has no spread.
PAIRS = 2
# Below this share of its length a column is a mixture of the others.
COLLINEAR = 1e-9
# Distances that differ by less than this share of the largest one are the same: rounding must not choose partners.
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of the table, in the order of the networks' names."""

    labels: tuple[str, ...]
    outcome: Array
    treated: NDArray[np.bool_]
    covariates: Array  # (n, k)
    strata: list[tuple[str, ...]]
    groups: tuple[str, str]  # what those not treated, and those treated, are called


def matched(
    data: IntoDataFrame,
    *,
    outcome: str,
    treatment: str,
    on: str | Sequence[str] = (),
    exact: str | Sequence[str] = (),
    caliper: float | None = None,
    network: str = "network",
    missing: Literal["refuse", "drop"] = "refuse",
    confidence: float = 0.95,
    draws: int = 9999,
    seed: int | None = None,
    progress: bool = True,
) -> Matched:
    """Matched pairs: networks with and without something, paired by context and size, and how their outcomes differ.

    Parameters
    ----------
    data : table
        One row for each network.
    outcome : str
        The column with the outcome; numbers.
    treatment : str
        The column with what is asked about: true and false, or two categories, of which the second in sorted order is
        compared with the first.
    on : str or sequence of str
        Columns in which paired networks should be alike: numbers, or true and false.
    exact : str or sequence of str
        Columns in which paired networks must be the same: categories, or true and false.
    caliper : float, optional
        The largest distance of a pair, in standard deviations where `on` has one column. Default: any.
    network : str
        The column that names the networks.
    missing : {"refuse", "drop"}
        What becomes of networks without a value in one of these columns.
    confidence : float
        The probability that the interval should cover the truth.
    draws : int
        How many random signs, where there are more combinations of signs than that; else all are taken.
    seed : int, optional
        Makes random signs reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Matched
        The mean difference of the pairs with interval and p, the pairs, the balance before and after, and who has no
        partner.

    Raises
    ------
    ArgumentError
        Neither `on` nor `exact` names a column, a column holds what it may not, a value is missing, or an option is not
        what it may be.
    ColumnError
        The table has no such column.
    LabelError
        A network stands in two rows, or has no name.
    ModelError
        `treatment` has not two categories, a column of `on` is constant or follows from others, or fewer than two pairs
        can be made.
    DependencyError
        scipy is not installed.

    Notes
    -----
    Among networks that are the same in `exact`, each of the smaller group gets a partner from the larger one, such that
    the sum of distances over all pairs is as small as it can be (Rosenbaum 1989; an assignment problem, solved by
    scipy); with a `caliper` first such that as many pairs as possible are no farther apart than that, and only these
    are kept. The distance is Mahalanobis': √((x - y)'S⁻¹(x - y)), with S the covariance within the two groups, pooled,
    over all networks; 0 without `on`. Who is left over is in ``unmatched``. Where several pairings are as good, one of
    them is taken, the same for any order of rows and columns, but another one if networks were called otherwise. So
    with `exact` alone, where all pairs are as good, p and interval depend on the names, and so does the difference
    itself unless both groups have as many networks: name something in `on`.

    The mean difference is that of the pairs: of networks like those of the smaller group (among those that are the same
    in `exact`), and with a `caliper` only of those that have a network near them. It is not the difference over all
    networks, where it is not the same for all.

    The p-value asks whether the mean difference is 0 if in each pair either network could as well have been the treated
    one: then signs of the differences are as good as random. All 2^m combinations of signs of m pairs are taken where
    these are no more than `draws` + 1, and p is exact: combinations at least as far from 0 ÷ 2^m. Else p is twice
    (1 + draws at least as high, or low) ÷ (1 + draws), whichever is smaller. The interval holds all differences that
    the same test does not reject: its ends are means of subsets of the pairs, counted from below and above (Hartigan
    1969). With so few pairs that no p can be below 1 - `confidence`, it has no ends. It covers the mean difference of
    pairs like these, if differences lie symmetrically about it.

    ``balance`` gives standardized mean differences, (mean of treated - mean of others) ÷ √((s₁² + s₂²) ÷ 2), with the
    standard deviations before matching in both (Austin 2011). Beyond ± 0.1 groups are usually called out of balance.

    In 400 simulated tables each, of 16 and 40 networks whose position depended on a predictor of the outcome, the test
    at 5 % rejected a true hypothesis in 4 to 7 %, and 95 % intervals covered the truth in 92 to 96 %, for normal and
    for skewed outcomes. Without a `caliper` estimates were 0.07 to 0.15 standard deviations too high, since some
    partners are far: ``balance`` shows it. With a caliper of 0.5 they were right to 0.06, and intervals of 40 networks
    covered in 95 to 96 %; but an effect of one standard deviation was found in 45 to 51 % instead of 80 %, and 16
    networks left too few pairs for any p below 5 % (``benches``).

    Pairs are alike in what was matched on; whatever else differs stays.

    O(n³) time for n networks.

    Peers: R's MatchIt (``method = "optimal"``, ``distance = "mahalanobis"``) makes such pairs; scipy's
    ``permutation_test`` (``permutation_type="samples"``) has the same exact p.

    References
    ----------
    Rosenbaum, P. R. (1989). Optimal matching for observational studies. Journal of the American Statistical Association
    84, 1024-1032. https://doi.org/10.1080/01621459.1989.10478868

    Hartigan, J. A. (1969). Using subsample values as typical values. Journal of the American Statistical Association
    64, 1303-1317. https://doi.org/10.1080/01621459.1969.10501057

    Austin, P. C. (2011). An introduction to propensity score methods for reducing the effects of confounding in
    observational studies. Multivariate Behavioral Research 46, 399-424. https://doi.org/10.1080/00273171.2011.568786

    Examples
    --------
    Of the two ways to pair b with a or c, c is nearer in size:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({
    ...     "network": list("abcde"),
    ...     "inside": [False, True, False, True, False],
    ...     "organisations": [10, 20, 21, 30, 33],
    ...     "effectiveness": [5.0, 7.0, 6.0, 8.0, 6.0],
    ... })
    >>> found = wn.compare.matched(data, outcome="effectiveness", treatment="inside", on="organisations", seed=1)
    >>> found.pairs[["treated", "control", "difference"]]
      treated control  difference
    0       b       c         1.0
    1       d       e         2.0
    >>> found.estimate, found.p, found.unmatched
    (1.5, 0.5, ('a',))
    """
    on, exact = _names(on, "on"), _names(exact, "exact")
    if not on and not exact:
        msg = "name at least one column that paired networks should be alike in, with on= or exact="
        raise ArgumentError(msg)
    confidence, draws, seed = share(confidence, "confidence"), whole(draws, "draws"), seeded(seed)
    frame = _frames.wrap(data, "data")
    for argument, names in {"outcome": [outcome], "treatment": [treatment], "on": on, "exact": exact}.items():
        for name in names:
            _frames.require(frame, name, argument)
    rows = rows_of(data, (outcome, treatment, *on, *exact), network, missing)
    read = _read(rows, outcome, treatment, on, exact)
    pairs, distances = _paired(read, _positive(caliper))
    if len(pairs) < PAIRS:
        msg = (
            f"only {len(pairs):,} pair can be made, of {int(read.treated.sum()):,} networks with {read.groups[1]} and "
            f"{int((~read.treated).sum()):,} with {read.groups[0]}. Use fewer columns in exact=, or a larger caliper"
        )
        raise ModelError(msg)
    differences = read.outcome[pairs[:, 0]] - read.outcome[pairs[:, 1]]
    flips = sign_flips(differences, draws, confidence, seed, progress=progress)
    return _result(rows, read, pairs, distances, flips, (outcome, treatment, on, exact), confidence, seed)


def _names(names: str | Sequence[str], argument: str) -> tuple[str, ...]:
    listed = (names,) if isinstance(names, str) else tuple(names)
    if not all(isinstance(name, str) for name in listed) or len(set(listed)) < len(listed):
        msg = f"{argument} must name columns, each once, but is {names!r}"
        raise ArgumentError(msg)
    return listed


def _positive(caliper: object) -> float:
    if caliper is None:
        return np.inf
    found = number(caliper, "caliper")
    if found <= 0:
        msg = f"caliper must be a positive number, but is {caliper!r}"
        raise ArgumentError(msg)
    return found


def _read(rows: Rows, outcome: str, treatment: str, on: Sequence[str], exact: Sequence[str]) -> _Read:
    """Read the columns, and put the networks in the order of their names."""
    order = sorted(range(len(rows.labels)), key=lambda row: rows.labels[row])
    groups = column_of(rows, treatment)
    if len(groups.levels) != PAIRS:
        what = f"has {len(groups.levels)} categories" if groups.levels else "holds numbers"
        msg = f"treatment={treatment!r} must be true and false, or have two categories, but {what}"
        raise ModelError(msg)
    values = column_of(rows, outcome)
    if values.levels:
        msg = f"outcome={outcome!r} must hold numbers, but holds {', '.join(values.levels)}"
        raise ArgumentError(msg)
    columns = [_number(column_of(rows, name)) for name in on]
    strata = zip(*(map(str, rows.cells(name)) for name in exact), strict=True) if exact else [()] * len(order)
    kinds = list(strata)
    low, high = (f"{treatment} {level}" for level in groups.levels)
    return _Read(
        labels=tuple(rows.labels[row] for row in order),
        outcome=values.values[order],
        treated=groups.values[order] == 1,
        covariates=np.column_stack([np.empty((len(order), 0)), *(one[order] for one in columns)]),
        strata=[kinds[row] for row in order],
        groups=(low, high),
    )


def _number(column: Column) -> Array:
    if column.levels and set(column.levels) != {"no", "yes"}:
        msg = f"on= names {column.name!r}, which holds categories ({', '.join(column.levels)}). Name it in exact="
        raise ArgumentError(msg)
    if np.ptp(column.values) == 0:
        msg = f"{column.name!r} is the same for all networks, so that it can't tell which are alike. Leave it out"
        raise ModelError(msg)
    return column.values


def _scaled(read: _Read) -> Array:
    """Turn covariates so that their distances are Mahalanobis'."""
    x, k = read.covariates, read.covariates.shape[1]
    if not k:
        return x
    within = np.concatenate([x[group] - x[group].mean(axis=0) for group in (read.treated, ~read.treated)])
    lengths = np.sqrt((within**2).sum(axis=0))
    enough = bool(lengths.all()) and len(x) - PAIRS >= k
    r = np.linalg.qr(within / lengths)[1] if enough else np.zeros((k, k))
    if (np.abs(np.diag(r)) <= COLLINEAR).any():
        msg = (
            "within the two groups the columns of on= do not differ or follow from each other, or there are too few "
            f"networks ({len(x):,}) for {k:,} of them, so that distances can't be measured. Name fewer, or others"
        )
        raise ModelError(msg)
    scaled: Array = np.linalg.solve(r.T, (x / lengths).T).T * np.sqrt(len(x) - PAIRS)
    return scaled


def _paired(read: _Read, caliper: float) -> tuple[NDArray[np.intp], Array]:
    """Pair the networks of each stratum: (m, 2) with the treated first, and their distances."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        msg = "matching needs scipy; install it with pip install 'wholenet[models]'"
        raise DependencyError(msg) from error
    scaled = _scaled(read)
    pairs, distances = [], []
    for stratum in dict.fromkeys(read.strata):
        own = np.array([one == stratum for one in read.strata])
        treated, others = np.flatnonzero(own & read.treated), np.flatnonzero(own & ~read.treated)
        apart = np.sqrt(((scaled[treated][:, None] - scaled[others][None]) ** 2).sum(axis=2))
        near = apart <= caliper * (1 + SAME)
        # Whole numbers, of which sums are exact. One pair that is too far costs more than all others together.
        steps = np.rint(apart / (SAME * float(apart.max(initial=0.0)) or 1.0))
        far = 1 + min(apart.shape) * float(steps.max(initial=0.0))
        for a, b in zip(*linear_sum_assignment(np.where(near, steps, far)), strict=True):
            if near[a, b]:
                pairs.append((treated[a], others[b]))
                distances.append(apart[a, b])
    order = sorted(range(len(pairs)), key=lambda at: pairs[at])
    return np.array([pairs[at] for at in order]).reshape(-1, 2), np.array([distances[at] for at in order])


def _balance(read: _Read, names: Sequence[str], pairs: NDArray[np.intp]) -> dict[str, object]:
    """Standardized mean differences of all networks, and of those in pairs."""
    x, treated = read.covariates, read.treated
    spread = np.sqrt((x[treated].var(axis=0, ddof=1) + x[~treated].var(axis=0, ddof=1)) / 2)
    before = x[treated].mean(axis=0) - x[~treated].mean(axis=0)
    after = x[pairs[:, 0]].mean(axis=0) - x[pairs[:, 1]].mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {"column": list(names), "before": before / spread, "after": after / spread}


def _listed(read: _Read, pairs: NDArray[np.intp], distances: Array) -> dict[str, object]:
    """The pairs, with their outcomes."""
    labels, left, right = np.array(read.labels, dtype=object), pairs[:, 0], pairs[:, 1]
    return {
        "treated": labels[left].tolist(),
        "control": labels[right].tolist(),
        "distance": distances,
        "outcome_treated": read.outcome[left],
        "outcome_control": read.outcome[right],
        "difference": read.outcome[left] - read.outcome[right],
    }


def _result(
    rows: Rows,
    read: _Read,
    pairs: NDArray[np.intp],
    distances: Array,
    flips: Flips,
    names: tuple[str, str, Sequence[str], Sequence[str]],
    confidence: float,
    seed: int,
) -> Matched:
    outcome, treatment, on, exact = names
    used = set(pairs.ravel().tolist())
    balance = _balance(read, on, pairs) if on else {"column": np.array([], dtype="U1"), "before": [], "after": []}
    return Matched(
        outcome=outcome,
        treatment=treatment,
        treated=read.groups[1],
        control=read.groups[0],
        on=tuple(on),
        exact=tuple(exact),
        estimate=flips.estimate,
        lower=flips.lower,
        upper=flips.upper,
        p=flips.p,
        pairs=_frames.make(_listed(read, pairs, distances), rows.kind),
        balance=_frames.make(balance, rows.kind),
        unmatched=tuple(label for at, label in enumerate(read.labels) if at not in used),
        dropped=rows.dropped,
        confidence=confidence,
        exhaustive=flips.exhaustive,
        draws=flips.draws,
        seed=seed,
        kind=rows.kind,
    )
