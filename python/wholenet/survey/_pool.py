"""Pooling what comes out of imputed networks: Rubin's rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import inf, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import facts_html
from wholenet._student import quantile
from wholenet._table import level
from wholenet.errors import ArgumentError
from wholenet.inference import bootstrap, jackknife

if TYPE_CHECKING:
    from collections.abc import Callable

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.survey._imputed import Imputed

__all__ = ["Pooled", "PooledActors", "pooled", "standard_error"]

BOOTSTRAP = 1000
SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pooled:
    """
    A measure of the network, pooled over imputed networks by Rubin's rules.

    Parameters
    ----------
    name : str
        What was measured.
    estimate : float
        The mean over the imputed networks.
    se : float
        Its standard error, √(within + (1 + 1/m)·between).
    lower, upper : float
        The interval of Student's t.
    confidence : float
        The probability that such an interval should cover the truth.
    within : float
        The mean squared standard error of the measure in the imputed networks; 0 where none was asked for.
    between : float
        The variance between the imputed networks.
    df : float
        Degrees of freedom; infinite where the imputed networks do not vary.
    missing_information : float
        The share of the information about the measure that is missing, from 0 to 1.
    values : array of shape (m,)
        The measure of each imputed network.
    seed : int
        The seed of the imputation.
    imputed : str
        How many dyads were imputed.
    recipe : tuple of str
        The coding steps of the network before it was imputed.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 0], [1, 1, 0]])
    >>> wn.survey.impute(net, by=None, seed=1).pool("density")
    <Pooled: density 0.6667, se 0, 95 % interval 0.6667 to 0.6667, missing information 0, 20 draws, seed 1>
    """

    name: str
    estimate: float
    se: float
    lower: float
    upper: float
    confidence: float
    within: float
    between: float
    df: float
    missing_information: float
    values: NDArray[np.float64]
    seed: int
    imputed: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row.

        Returns
        -------
        table
            The columns ``measure``, ``estimate``, ``se``, ``lower``, ``upper``, ``confidence``, ``within``,
            ``between``, ``df``, ``missing_information``, ``draws`` and ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 0], [1, 1, 0]])
        >>> wn.survey.impute(net, by=None, seed=1).pool("mean_degree").to_frame()[["measure", "estimate", "draws"]]
               measure  estimate  draws
        0  mean_degree  1.333333     20
        """
        names = ("estimate", "se", "lower", "upper", "confidence", "within", "between", "df", "missing_information")
        columns = {"measure": [self.name], **{name: [getattr(self, name)] for name in names}}
        return _frames.make({**columns, "draws": [len(self.values)], "seed": [self.seed]}, self.kind)

    def __repr__(self) -> str:
        return (
            f"<Pooled: {self.name} {self.estimate:.4g}, se {self.se:.4g}, {100 * self.confidence:g} % interval "
            f"{self.lower:.4g} to {self.upper:.4g}, missing information {self.missing_information:.2g}, "
            f"{len(self.values):,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        facts = [
            (self.name, f"{self.estimate:.4g}"),
            ("Standard error", f"{self.se:.4g} (within {sqrt(self.within):.4g}, between {sqrt(self.between):.4g})"),
            (f"{100 * self.confidence:g} % interval", f"{self.lower:.4g} to {self.upper:.4g} (t, df {self.df:.4g})"),
            ("Missing information", f"{100 * self.missing_information:.0f} %"),
            ("Imputed", f"{self.imputed}, {len(self.values):,} times"),
            ("Seed", f"{self.seed}"),
        ]
        return facts_html("Pooled over imputed networks", facts, self.recipe)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PooledActors:
    """
    A measure of actors, pooled over imputed networks.

    ``numpy.asarray(pooled)`` gives its means.

    Parameters
    ----------
    name : str
        What was measured.
    labels : array of shape (n,)
        The actors.
    estimate : array of shape (n,)
        The mean over the imputed networks in which the measure is defined for the actor; NaN where it never is.
    sd : array of shape (n,)
        The standard deviation between them, divisor one less than their number; NaN of a single one.
    defined : array of shape (n,)
        In how many imputed networks it is defined.
    draws : int
        The number of imputed networks.
    seed : int
        The seed of the imputation.
    imputed : str
        How many dyads were imputed.
    recipe : tuple of str
        The coding steps of the network before it was imputed.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 0], [1, 1, 0]])
    >>> wn.survey.impute(net, by=None, seed=1).pool("degree").estimate
    array([3., 3., 2.])
    """

    name: str
    labels: NDArray[Any]
    estimate: NDArray[np.float64]
    sd: NDArray[np.float64]
    defined: NDArray[np.int64]
    draws: int
    seed: int
    imputed: str
    recipe: tuple[str, ...]
    kind: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:  # noqa: FBT001 (numpy's protocol)
        return np.array(self.estimate, dtype=dtype, copy=copy)

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row per actor: ``actor``, ``estimate``, ``sd`` and ``defined``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 0], [1, 1, 0]], labels=["a", "b", "c"])
        >>> wn.survey.impute(net, by=None, seed=1).pool("degree").to_frame()
          actor  estimate   sd  defined
        0     a       3.0  0.0       20
        1     b       3.0  0.0       20
        2     c       2.0  0.0       20
        """
        columns = {"actor": listed(self.labels), "estimate": self.estimate, "sd": self.sd, "defined": self.defined}
        return _frames.make(columns, self.kind)

    def __repr__(self) -> str:
        return (
            f"<PooledActors: {self.name} of {len(self.labels):,} actors, mean and standard deviation over "
            f"{self.draws:,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        order = np.argsort(-np.nan_to_num(self.estimate, nan=-inf), kind="stable")[:SHOWN].tolist()
        rows = [(str(self.labels[at]), f"{self.estimate[at]:.4g} (sd {self.sd[at]:.3g})") for at in order]
        facts = [*rows, ("Imputed", f"{self.imputed}, {self.draws:,} times"), ("Seed", f"{self.seed}")]
        return facts_html(f"{self.name}, pooled over imputed networks", facts, self.recipe)


def standard_error(within: Any, measure: Any, seed: int) -> Callable[[Network], float]:
    """Read `within`: a function that gives the standard error of a measure in a network."""
    if within == "jackknife":
        return lambda net: jackknife(net, measure, progress=False).se
    if within == "bootstrap":
        return lambda net: bootstrap(net, measure, draws=BOOTSTRAP, seed=seed, progress=False).se
    if callable(within):
        return partial(_given, within)
    msg = f'within must be "jackknife", "bootstrap", a function of a network or None, but is {within!r}'
    raise ArgumentError(msg)


def _given(within: Callable[[Network], Any], net: Network) -> float:
    """Check what the caller's function gives."""
    found = within(net)
    if isinstance(found, bool) or not isinstance(found, int | float | np.number) or not 0 <= found < inf:
        msg = f"within= must give a standard error, a number of at least 0, but gives {found!r}"
        raise ArgumentError(msg)
    return float(found)


def pooled(
    name: str, values: list[Any], errors: list[float] | None, imputed: Imputed, confidence: float
) -> Pooled | PooledActors:
    """Pool the measures of imputed networks."""
    net = imputed.net
    of_actors = {level(name, value, net) for value in values} == {"actors"}
    found = np.array(values, dtype=np.float64)
    missing = net.missing
    words = f"{missing.dyads:,} of {missing.dyads + missing.observed:,} dyads"
    if of_actors:
        mean, sd, defined = _moments(found)
        return PooledActors(
            name, net.labels, mean, sd, defined, len(found), imputed.seed, words, imputed.recipe, imputed.kind
        )
    odd = ~np.isfinite(found)
    if odd.any():
        msg = (
            f"{name!r} is no finite number in {int(odd.sum()):,} of the {len(found):,} imputed networks (first in draw "
            f"{int(np.argmax(odd)):,} of seed {imputed.seed}), so that it can't be pooled"
        )
        raise ArgumentError(msg)
    rubin = _rubin(found, 0.0 if errors is None else float(np.mean(np.square(errors))))
    half = quantile(0.5 + confidence / 2, rubin.df) * rubin.se
    return Pooled(
        name=name,
        estimate=rubin.estimate,
        se=rubin.se,
        lower=rubin.estimate - half,
        upper=rubin.estimate + half,
        confidence=confidence,
        within=rubin.within,
        between=rubin.between,
        df=rubin.df,
        missing_information=rubin.lost,
        values=found,
        seed=imputed.seed,
        imputed=words,
        recipe=imputed.recipe,
        kind=imputed.kind,
    )


class _Rubin(NamedTuple):
    estimate: float
    se: float
    within: float
    between: float
    df: float
    lost: float


def _rubin(values: NDArray[np.float64], within: float) -> _Rubin:
    """Pool one number of each imputed network."""
    m = len(values)
    # Equal values have a variance of exactly 0, which rounding must not hide.
    same = bool((values == values[0]).all())
    estimate, between = (float(values[0]), 0.0) if same else (float(values.mean()), float(values.var(ddof=1)))
    extra = (1 + 1 / m) * between
    if extra == 0:
        df, lost = inf, 0.0
    elif within == 0:
        df, lost = m - 1.0, 1.0
    else:
        df, r = (m - 1) * (1 + within / extra) ** 2, extra / within
        lost = (r + 2 / (df + 3)) / (r + 1)
    return _Rubin(estimate, sqrt(within + extra), within, between, df, lost)


def _moments(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Mean and standard deviation of each column over the rows in which it is defined."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    none = np.full(values.shape[1], np.nan)
    mean = np.divide(np.where(known, values, 0).sum(axis=0), count, out=none.copy(), where=count > 0)
    squares = np.where(known, values - mean, 0) ** 2
    variance = np.divide(squares.sum(axis=0), count - 1, out=none.copy(), where=count > 1)
    return mean, np.sqrt(variance), count.astype(np.int64)
