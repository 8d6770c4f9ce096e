"""The result of a model of density."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html, table_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["DensityModel"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DensityModel:
    """
    A regression of ties on the groups of their two actors, with p-values from permuted groups.

    Parameters
    ----------
    model : {"constant_homophily", "variable_homophily", "structural_blockmodel"}
        What densities may differ.
    terms : tuple of str
        The names of the k coefficients, the intercept first.
    estimate : array of shape (k,)
        The coefficients: the intercept is the density of one kind of dyads, the others are how much denser another
        kind is. NaN where a kind has no observed dyads.
    dyads : array of shape (k,)
        The number of observed dyads of the kind; that of the intercept is of the kind that has no other coefficient.
    p_lower, p_upper, p_two_sided : array of shape (k,)
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, twice the smaller of both.
    distribution : array of shape (permutations, k)
        The coefficients of each draw.
    r_squared, adjusted_r_squared, f : float
        How much of the variance of the dyads the model explains: its share, that share adjusted for the number of
        coefficients, and F.
    p : float
        (1 + number of draws with an R² at least as high) ÷ (1 + draws).
    r_squared_distribution : array of shape (permutations,)
        The R² of each draw.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    observed : str
        How many dyads the model runs over.
    null : str
        The null hypothesis.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
    >>> found = wn.inference.density_model(net, by="sector", model="constant_homophily", seed=1)
    >>> found.r_squared, found.terms, found.estimate
    (1.0, ('intercept', 'within groups'), array([0., 1.]))
    """

    model: str
    terms: tuple[str, ...]
    estimate: NDArray[np.float64]
    dyads: NDArray[np.int64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    distribution: NDArray[np.float64]
    r_squared: float
    adjusted_r_squared: float
    f: float
    p: float
    r_squared_distribution: NDArray[np.float64]
    permutations: int
    seed: int
    observed: str
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row per coefficient: ``term``, ``dyads``, ``estimate``, ``p_lower``, ``p_upper`` and ``p`` (two-sided).

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
        >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
        >>> wn.inference.density_model(net, by="sector", seed=1).to_frame()[["term", "dyads", "estimate"]]
                    term  dyads  estimate
        0      intercept      6       0.0
        1    within care      3       1.0
        2  within school      1       1.0
        """
        columns = {
            "term": list(self.terms),
            "dyads": self.dyads,
            "estimate": self.estimate,
            "p_lower": self.p_lower,
            "p_upper": self.p_upper,
            "p": self.p_two_sided,
        }
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of R² in the draws, and where the observed one lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram. Draws at least as high (or low) as what was observed are dark.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
        >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
        >>> wn.inference.density_model(net, by="sector", seed=1).plot()
        <Picture: R², drawn at random and observed>
        """
        words = f"p {shown_p(self.p)} (as high), {self.permutations:,} draws"
        drawn = Drawn("", self.r_squared, self.r_squared_distribution, words)
        return distributions([drawn], "R²", title, float(width))

    def __repr__(self) -> str:
        return (
            f"<DensityModel: {self.model.replace('_', ' ')}, R² {self.r_squared:.4g}, p {shown_p(self.p)} of "
            f"{self.permutations:,} permutations, {len(self.terms)} coefficients, {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        columns = (self.estimate, self.p_lower, self.p_upper, self.p_two_sided)
        rows = [
            [term, int(dyads), *values]
            for term, dyads, *values in zip(
                self.terms, self.dyads.tolist(), *(column.tolist() for column in columns), strict=True
            )
        ]
        header = ["", "dyads", "estimate", "p, as low", "p, as high", "p, two-sided"]
        facts = [
            ("R²", f"{self.r_squared:.4g} (adjusted {self.adjusted_r_squared:.4g})"),
            ("F", f"{self.f:.4g}, p {shown_p(self.p)} of {self.permutations:,} permutations"),
            ("Runs over", self.observed),
            ("Null hypothesis", self.null),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        caption = f"Density model: {self.model.replace('_', ' ')}"
        return table_html(header, rows, caption) + facts_html("Fit", facts, self.recipe)
