"""The result of resampling actors: how sure a number is."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Resampled", "margin"]


def margin(se: float, confidence: float) -> float:
    """How far a normal interval reaches to either side."""
    return NormalDist().inv_cdf(0.5 + confidence / 2) * se


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Resampled:
    """
    A statistic of a network with its standard error and confidence interval.

    Parameters
    ----------
    name : str
        What was measured.
    method : {"bootstrap", "jackknife"}
        Whether actors were drawn with replacement, or left out one at a time.
    estimate : float
        The statistic of the network.
    se : float
        Its standard error.
    bias : float
        How far resampling puts it above the truth on average; `estimate` is not corrected for it.
    lower, upper : float
        The normal interval: `estimate` minus and plus a quantile of the normal distribution times `se`.
    percentile_lower, percentile_upper : float
        The interval between two quantiles of the draws; NaN for the jackknife.
    confidence : float
        The probability that such an interval should cover the truth.
    distribution : array of shape (draws,)
        The statistic of each draw; for the jackknife without each actor, in the order of the actors.
    draws : int
        The number of draws; for the jackknife the number of actors.
    seed : int or None
        The seed of the draws; None for the jackknife, which draws nothing.
    observed : str
        How many dyads the statistic runs over.
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
    >>> wn.inference.jackknife(net)
    <Resampled: density 0.5, se 0.2108, 95 % interval 0.0868 to 0.9132, jackknife of 5 actors, 10 dyads>
    """

    name: str
    method: str
    estimate: float
    se: float
    bias: float
    lower: float
    upper: float
    percentile_lower: float
    percentile_upper: float
    confidence: float
    distribution: NDArray[np.float64]
    draws: int
    seed: int | None
    observed: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row.

        Returns
        -------
        table
            The columns ``statistic``, ``method``, ``estimate``, ``se``, ``bias``, ``lower``, ``upper``,
            ``percentile_lower``, ``percentile_upper``, ``confidence``, ``draws`` and, for the bootstrap, ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.jackknife(net).to_frame()[["statistic", "method", "estimate"]]
          statistic     method  estimate
        0   density  jackknife       0.5
        """
        names = ("name", "method", "estimate", "se", "bias", "lower", "upper", "percentile_lower", "percentile_upper")
        columns = {{"name": "statistic"}.get(name, name): [getattr(self, name)] for name in names}
        columns |= {"confidence": [self.confidence], "draws": [self.draws]}
        if self.seed is not None:
            columns["seed"] = [self.seed]
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of the draws, and where the observed statistic lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.bootstrap(net, seed=1).plot()
        <Picture: density, drawn at random and observed>
        """
        words = f"se {self.se:.4g}, {self._drawn()}"
        return distributions(
            [Drawn("", self.estimate, self.distribution, words, test=False)], self.name, title, float(width)
        )

    def _drawn(self) -> str:
        if self.method == "jackknife":
            return f"jackknife of {self.draws:,} actors"
        return f"{self.draws:,} bootstrap draws"

    def __repr__(self) -> str:
        seed = "" if self.seed is None else f", seed {self.seed}"
        return (
            f"<Resampled: {self.name} {self.estimate:.4g}, se {self.se:.4g}, {100 * self.confidence:g} % interval "
            f"{self.lower:.4g} to {self.upper:.4g}, {self._drawn()}, {self.observed}{seed}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        facts = [
            (self.name, f"{self.estimate:.4g}"),
            ("Standard error", f"{self.se:.4g} ({self._drawn()})"),
            (f"{level} interval", f"{self.lower:.4g} to {self.upper:.4g} (normal)"),
            ("Bias", f"{self.bias:.3g}"),
            ("Runs over", self.observed),
            ("Corresponds to", self.peers),
        ]
        if self.seed is not None:
            quantiles = f"{self.percentile_lower:.4g} to {self.percentile_upper:.4g} (quantiles of the draws)"
            facts[3:3] = [(f"{level} interval", quantiles)]
            facts.append(("Seed", f"{self.seed}"))
        return facts_html(f"Standard error by {self.method}", facts, self.recipe)
