"""The result of resampling actors for many statistics: how sure each number is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html, table_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["ResampledMeasures"]

# Histograms of a picture.
SHOWN = 12
NUMBERS = ("estimate", "se", "bias", "lower", "upper", "percentile_lower", "percentile_upper", "failed")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ResampledMeasures:
    """
    Statistics of a network with their standard errors and confidence intervals, from the same draws.

    Parameters
    ----------
    names : tuple of str
        The k measures.
    estimate : array of shape (k,)
        The measures of the network.
    se : array of shape (k,)
        Their standard errors.
    bias : array of shape (k,)
        How far resampling puts each above the truth on average; `estimate` is not corrected for it.
    lower, upper : array of shape (k,)
        The normal intervals: `estimate` minus and plus a quantile of the normal distribution times `se`.
    percentile_lower, percentile_upper : array of shape (k,)
        The intervals between two quantiles of the draws.
    failed : array of shape (k,)
        In how many draws each had no number; these are left out of the other columns.
    reasons : mapping
        By the name of a measure that failed, why it did so first.
    confidence : float
        The probability that such an interval should cover the truth.
    distribution : array of shape (draws, k)
        The measures of each draw; NaN where there is no number.
    draws : int
        The number of draws.
    seed : int
        The seed of the draws.
    observed : str
        How many dyads of the network were observed.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> wn.inference.bootstrap_measures(net, ["density", "mean_degree"], seed=1)
    <ResampledMeasures: density, mean_degree; 95 % intervals of 1,000 bootstrap draws, 10 dyads, seed 1>
    """

    names: tuple[str, ...]
    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    bias: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    percentile_lower: NDArray[np.float64]
    percentile_upper: NDArray[np.float64]
    failed: NDArray[np.int64]
    reasons: Mapping[str, str]
    confidence: float
    distribution: NDArray[np.float64]
    draws: int
    seed: int
    observed: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row for each measure.

        Returns
        -------
        table
            The columns ``statistic``, ``estimate``, ``se``, ``bias``, ``lower``, ``upper``, ``percentile_lower``,
            ``percentile_upper``, ``failed``, ``draws``, ``confidence`` and ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.bootstrap_measures(net, ["density"], seed=1).to_frame()[["statistic", "estimate", "draws"]]
          statistic  estimate  draws
        0   density       0.5   1000
        """
        k = len(self.names)
        columns: dict[str, Any] = {"statistic": list(self.names), **{name: getattr(self, name) for name in NUMBERS}}
        columns |= {"draws": [self.draws] * k, "confidence": [self.confidence] * k, "seed": [self.seed] * k}
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of the draws of each measure, and where the estimate lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram for each of the first 12 measures.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.bootstrap_measures(net, ["density", "mean_degree"], seed=1).plot()
        <Picture: value, drawn at random and observed: density, mean_degree>
        """
        rows = [
            Drawn(name, float(self.estimate[at]), self.distribution[:, at], f"se {self.se[at]:.4g}", test=False)
            for at, name in enumerate(self.names[:SHOWN])
        ]
        return distributions(rows, "value", title, float(width))

    def __repr__(self) -> str:
        some = int((self.failed > 0).sum())
        odd = f"; {some} of them undefined in some draws" if some else ""
        return (
            f"<ResampledMeasures: {', '.join(self.names)}{odd}; {100 * self.confidence:g} % intervals of "
            f"{self.draws:,} bootstrap draws, {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        header = ["", "estimate", "se", "bias", f"{level} from", "to", "quantiles from", "to", "undefined in"]
        rows = [
            [name, *(float(getattr(self, one)[at]) for one in NUMBERS[:-1]), int(self.failed[at])]
            for at, name in enumerate(self.names)
        ]
        facts = [
            ("Draws", f"{self.draws:,}"),
            *((f"Undefined: {name}", why) for name, why in self.reasons.items()),
            ("Runs over", self.observed),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        return table_html(header, rows, "Statistics of the network") + facts_html("Bootstrap", facts, self.recipe)
