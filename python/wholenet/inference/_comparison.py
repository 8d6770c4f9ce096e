"""The result of comparing a number of two networks."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html
from wholenet.inference._p import p_values
from wholenet.inference._resampled import margin
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.inference._statistic import Statistic

__all__ = ["NetworkComparison", "compared"]

# Differences, relative to the values, that are none.
ROUNDING = 1e-13


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NetworkComparison:
    """
    A statistic of two networks, or of one and a value that was expected, and whether the two differ.

    Parameters
    ----------
    name : str
        What was measured.
    design : {"same actors", "other actors", "expected value"}
        What the network is compared with: another network of the same actors, one of others, or a value.
    first, second : float
        The statistic of the network and what it is compared with.
    se_first, se_second : float
        Their standard errors by the vertex bootstrap; 0 for an expected value.
    difference, se : float
        `first` minus `second`, and its standard error.
    lower, upper : float
        The normal interval of the difference.
    confidence : float
        The probability that such an interval should cover the true difference.
    t, p_normal : float
        `difference` ÷ `se`, and its two-sided p-value from the normal distribution. With an `se` of 0, infinity or NaN.
    distribution : array of shape (draws,)
        The differences of the draws, centred at 0: what they would be if there were no difference.
    p_lower, p_upper, p_two_sided : float
        (1 + number of centred draws at least as extreme) ÷ (1 + draws): as low, as high, as far from 0.
    draws : int
        The number of draws.
    seed : int
        The seed of the draws.
    observed : str
        How many dyads the statistics run over.
    null : str
        The null hypothesis.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> found = wn.inference.density_test(net, 0.5, seed=1)
    >>> found.difference, found.p_two_sided
    (0.0, 1.0)
    """

    name: str
    design: str
    first: float
    second: float
    se_first: float
    se_second: float
    difference: float
    se: float
    lower: float
    upper: float
    confidence: float
    t: float
    p_normal: float
    distribution: NDArray[np.float64]
    p_lower: float
    p_upper: float
    p_two_sided: float
    draws: int
    seed: int
    observed: str
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row.

        Returns
        -------
        table
            The columns ``statistic``, ``design``, ``first``, ``second``, ``se_first``, ``se_second``, ``difference``,
            ``se``, ``lower``, ``upper``, ``confidence``, ``t``, ``p_normal``, ``p_lower``, ``p_upper``, ``p``
            (two-sided), ``draws`` and ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.density_test(net, 0.4, seed=1).to_frame()[["statistic", "first", "second"]]
          statistic  first  second
        0   density    0.5     0.4
        """
        names = {"name": "statistic", "p_two_sided": "p"}
        shown = (
            "name", "design", "first", "second", "se_first", "se_second", "difference", "se", "lower", "upper",
            "confidence", "t", "p_normal", "p_lower", "p_upper", "p_two_sided", "draws", "seed",
        )  # fmt: skip
        return _frames.make({names.get(one, one): [getattr(self, one)] for one in shown}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of the centred draws, and where the observed difference lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram. Draws at least as high (or low) as the observed difference are dark.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
        >>> wn.inference.density_test(net, 0.4, seed=1).plot()
        <Picture: difference in density, drawn at random and observed>
        """
        words = f"p {shown_p(self.p_two_sided)} (two-sided), {self.draws:,} draws"
        drawn = Drawn("", self.difference, self.distribution, words)
        return distributions([drawn], f"difference in {self.name}", title, float(width))

    def __repr__(self) -> str:
        return (
            f"<NetworkComparison: {self.name} {self.first:.4g} and {self.second:.4g} ({self.design}), difference "
            f"{self.difference:.4g}, se {self.se:.4g}, p {shown_p(self.p_two_sided)} (two-sided) of {self.draws:,} "
            f"bootstrap draws, {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        fixed = self.design == "expected value"
        second = f"{self.second:.4g}" + (" (expected)" if fixed else f", standard error {self.se_second:.4g}")
        facts = [
            (f"{self.name}, first", f"{self.first:.4g}, standard error {self.se_first:.4g}"),
            (f"{self.name}, second", second),
            ("Difference", f"{self.difference:.4g}, standard error {self.se:.4g}"),
            (f"{level} interval", f"{self.lower:.4g} to {self.upper:.4g}"),
            ("t", f"{self.t:.4g}, p {shown_p(self.p_normal)} (normal, two-sided)"),
            ("p, as low", shown_p(self.p_lower)),
            ("p, as high", shown_p(self.p_upper)),
            ("p, two-sided", f"{shown_p(self.p_two_sided)} of {self.draws:,} bootstrap draws"),
            ("Design", self.design),
            ("Runs over", self.observed),
            ("Null hypothesis", self.null),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        return facts_html("Comparison", facts, self.recipe)


def compared(
    measured: Statistic,
    values: tuple[float, float],
    draws: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    design: str,
    confidence: float,
    **others: Any,
) -> NetworkComparison:
    """Compare two values by their draws."""
    difference = values[0] - values[1]
    apart = draws[0] - draws[1]
    # What rounding leaves of values that are the same is no difference, and no variation.
    tiny = ROUNDING * max(abs(values[0]), abs(values[1]))
    difference = 0.0 if abs(difference) <= tiny else difference
    one, other = (
        np.where(np.abs(found - value) <= tiny, value, found) for found, value in zip(draws, values, strict=True)
    )
    apart = np.where(np.abs(apart - difference) <= 2 * tiny, difference, apart)
    centred = apart - apart.mean()
    se_first, se_second = float(one.std(ddof=1)), float(other.std(ddof=1))
    se = sqrt(se_first**2 + se_second**2) if design == "other actors" else float(apart.std(ddof=1))
    t = difference / se if se else float("nan") if difference == 0 else float(np.copysign(np.inf, difference))
    lower, upper, both = p_values(np.array([difference]), centred.reshape(-1, 1), symmetric=True)
    return NetworkComparison(
        name=measured.name,
        design=design,
        first=values[0],
        second=values[1],
        se_first=se_first,
        se_second=se_second,
        difference=difference,
        se=se,
        lower=difference - margin(se, confidence),
        upper=difference + margin(se, confidence),
        confidence=confidence,
        t=t,
        p_normal=erfc(abs(t) / sqrt(2)),
        distribution=centred,
        p_lower=float(lower[0]),
        p_upper=float(upper[0]),
        p_two_sided=float(both[0]),
        draws=len(centred),
        **others,
    )
