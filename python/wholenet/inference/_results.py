"""The result of a test of one statistic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["ResamplingTest", "shown_p", "tested"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ResamplingTest:
    """
    One statistic, and what it is in permuted, resampled or random networks.

    Parameters
    ----------
    name : str
        What was measured.
    estimate : float
        The statistic of the data.
    distribution : array of shape (permutations,)
        The statistic of each draw; NaN where it is not defined.
    p_lower, p_upper, p_two_sided : float
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, either.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    observed : str
        How many dyads, or actors, the statistic runs over.
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
    >>> x = wn.Network.from_edges((list("aabcd"), list("bcdde")))
    >>> wn.inference.qap_correlation(x, x, seed=1)
    <ResamplingTest: Pearson correlation 1, p 0.019 (two-sided) of 5,000 draws, 20 ordered dyads, seed 1>
    """

    name: str
    estimate: float
    distribution: NDArray[np.float64]
    p_lower: float
    p_upper: float
    p_two_sided: float
    permutations: int
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
            The columns ``statistic``, ``estimate``, ``mean`` and ``sd`` (of the draws), ``p_lower``, ``p_upper``,
            ``p`` (two-sided), ``permutations`` and ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> x = wn.Network.from_edges((list("aabcd"), list("bcdde")))
        >>> wn.inference.qap_correlation(x, x, seed=1).to_frame()[["statistic", "estimate"]]
                     statistic  estimate
        0  Pearson correlation       1.0
        """
        mean, sd = self._moments()
        columns = {
            "statistic": [self.name],
            "estimate": [self.estimate],
            "mean": [mean],
            "sd": [sd],
            "p_lower": [self.p_lower],
            "p_upper": [self.p_upper],
            "p": [self.p_two_sided],
            "permutations": [self.permutations],
            "seed": [self.seed],
        }
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
            A histogram. Draws at least as high (or low) as the observed value are dark.

        Examples
        --------
        >>> import wholenet as wn
        >>> x = wn.Network.from_edges((list("aabcd"), list("bcdde")))
        >>> wn.inference.qap_correlation(x, x, seed=1).plot()
        <Picture: Pearson correlation, drawn at random and observed>
        """
        words = f"p {shown_p(self.p_two_sided)} (two-sided), {self.permutations:,} draws"
        return distributions([Drawn("", self.estimate, self.distribution, words)], self.name, title, float(width))

    def _moments(self) -> tuple[float, float]:
        """Mean and standard deviation of the draws in which the statistic is defined."""
        known = self.distribution[~np.isnan(self.distribution)]
        return (float(known.mean()), float(known.std())) if len(known) else (np.nan, np.nan)

    def __repr__(self) -> str:
        return (
            f"<ResamplingTest: {self.name} {self.estimate:.4g}, p {shown_p(self.p_two_sided)} (two-sided) of "
            f"{self.permutations:,} draws, {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        mean, sd = self._moments()
        failed = int(np.isnan(self.distribution).sum())
        facts = [
            (self.name, f"{self.estimate:.4g}"),
            ("In the draws", f"mean {mean:.4g}, standard deviation {sd:.4g}, of {self.permutations:,}"),
            ("p, as low", shown_p(self.p_lower)),
            ("p, as high", shown_p(self.p_upper)),
            ("p, two-sided", shown_p(self.p_two_sided)),
            *([("Undefined", f"in {failed:,} draws, which count as extreme")] if failed else []),
            ("Runs over", self.observed),
            ("Null hypothesis", self.null),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        return facts_html("Test", facts, self.recipe)


def shown_p(p: float) -> str:
    """Write a p-value."""
    return f"{p:.3g}"


def tested(
    name: str,
    estimate: float,
    distribution: NDArray[np.float64],
    *,
    symmetric: bool,
    seed: int,
    observed: str,
    null: str,
    peers: str,
    recipe: tuple[str, ...],
    kind: str,
) -> ResamplingTest:
    """Make a result of an estimate and its draws."""
    lower, upper, both = p_values(np.array([estimate]), distribution.reshape(-1, 1), symmetric=symmetric)
    return ResamplingTest(
        name=name,
        estimate=float(estimate),
        distribution=distribution,
        p_lower=float(lower[0]),
        p_upper=float(upper[0]),
        p_two_sided=float(both[0]),
        permutations=len(distribution),
        seed=seed,
        observed=observed,
        null=null,
        peers=peers,
        recipe=recipe,
        kind=kind,
    )
