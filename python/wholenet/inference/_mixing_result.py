"""The result of testing every group, or every pair of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html, table_html
from wholenet.inference._p import adjust, p_values
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["MixingTest", "mixing_test"]

SHOWN = 12
LEVEL = 0.05


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MixingTest:
    """
    A statistic of each group, or pair of groups, and what it is with the labels of the actors permuted.

    Parameters
    ----------
    name : str
        What was measured.
    rows : mapping
        The columns that tell the k rows apart, such as ``from`` and ``to``, and what was counted in each.
    estimate : array of shape (k,)
        The statistic of the data.
    expected, sd : array of shape (k,)
        Its mean and standard deviation with permuted labels.
    ratio : array of shape (k,), or None
        `estimate` ÷ `expected`, for densities; NaN where `expected` is 0.
    p_lower, p_upper, p_two_sided : array of shape (k,)
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, twice the smaller of both. NaN where
        the statistic is.
    p_holm, p_bh : array of shape (k,)
        The two-sided p-values adjusted for k tests, by Holm and by Benjamini and Hochberg; see `adjust`.
    distribution : array of shape (permutations, k)
        The statistic of each draw.
    permutations : int
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
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
    >>> wn.inference.sector_density_test(net, by="sector", seed=1)
    <MixingTest: density of 3 pairs of groups, 0 with p < 0.05 (Holm) of 5,000 permutations, 10 dyads, seed 1>
    """

    name: str
    rows: Mapping[str, Any]
    estimate: NDArray[np.float64]
    expected: NDArray[np.float64]
    sd: NDArray[np.float64]
    ratio: NDArray[np.float64] | None
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    p_holm: NDArray[np.float64]
    p_bh: NDArray[np.float64]
    distribution: NDArray[np.float64]
    permutations: int
    seed: int
    observed: str
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row for each group or pair of groups.

        Returns
        -------
        table
            What tells the rows apart, the statistic (``density`` or ``ei``), ``expected``, ``sd``, for densities
            ``ratio``, then ``p_lower``, ``p_upper``, ``p`` (two-sided), ``p_holm`` and ``p_bh``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
        >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
        >>> wn.inference.sector_density_test(net, by="sector", seed=1).to_frame()[["from", "to", "density"]]
             from      to  density
        0    care    care      1.0
        1    care  school      0.0
        2  school  school      1.0
        """
        columns: dict[str, Any] = {**self.rows, self._column(): self.estimate, "expected": self.expected, "sd": self.sd}
        if self.ratio is not None:
            columns["ratio"] = self.ratio
        columns |= {"p_lower": self.p_lower, "p_upper": self.p_upper, "p": self.p_two_sided}
        return _frames.make({**columns, "p_holm": self.p_holm, "p_bh": self.p_bh}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of the draws of each row, and where the observed statistic lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram for each of the 12 rows with the lowest p-values. Draws at least as high (or low) as what was
            observed are dark.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
        >>> net = wn.Network.from_edges((list("abcd"), list("bcae")), actors, directed=False)
        >>> wn.inference.ei_test(net, by="sector", level="group", seed=1).plot()
        <Picture: E-I index, drawn at random and observed: care, school>
        """
        drawn = [
            Drawn(self._named(row), float(self.estimate[row]), self.distribution[:, row], self._words(row))
            for row in self._order()
        ]
        return distributions(drawn, self.name, title, float(width))

    def _column(self) -> str:
        return "ei" if self.ratio is None else "density"

    def _words(self, row: int) -> str:
        return f"p {shown_p(float(self.p_two_sided[row]))}, Holm {shown_p(float(self.p_holm[row]))}"

    def _named(self, row: int) -> str:
        if "from" in self.rows:
            return f"{self.rows['from'][row]} to {self.rows['to'][row]}"
        return str(self.rows["group"][row])

    def _order(self) -> list[int]:
        """Rows that have a test, lowest p-values first."""
        order = np.argsort(self.p_two_sided, kind="stable")
        return [row for row in order.tolist() if not np.isnan(self.p_two_sided[row])][:SHOWN]

    def __repr__(self) -> str:
        what = "pairs of groups" if "from" in self.rows else "groups"
        found = int((self.p_holm < LEVEL).sum())
        return (
            f"<MixingTest: {self.name} of {len(self.estimate):,} {what}, {found} with p < {LEVEL} (Holm) of "
            f"{self.permutations:,} permutations, {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ["", self._column(), "expected", "sd", "p (two-sided)", "p (Holm)", "p (BH)"]
        columns = (self.estimate, self.expected, self.sd, self.p_two_sided, self.p_holm, self.p_bh)
        rows = [[self._named(row), *(float(column[row]) for column in columns)] for row in self._order()]
        facts = [
            ("Permutations", f"{self.permutations:,}"),
            ("Runs over", self.observed),
            ("Null hypothesis", self.null),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        caption = f"{self.name}: lowest p-values, {len(rows)} of {len(self.estimate):,}"
        return table_html(header, rows, caption) + facts_html("Test", facts, self.recipe)


def mixing_test(
    name: str,
    rows: Mapping[str, Any],
    estimate: NDArray[np.float64],
    distribution: NDArray[np.float64],
    *,
    ratio: bool,
    **others: Any,
) -> MixingTest:
    """Make a result of estimates and their draws."""
    lower, upper, both = p_values(estimate, distribution, symmetric=False)
    there = ~np.isnan(distribution)
    known = there.sum(axis=0)
    filled = np.where(there, distribution, 0.0)
    expected = np.divide(filled.sum(axis=0), known, out=np.full(len(estimate), np.nan), where=known > 0)
    squares = (np.where(there, distribution - expected, 0.0) ** 2).sum(axis=0)
    sd = np.sqrt(np.divide(squares, known, out=np.full(len(estimate), np.nan), where=known > 0))
    share = np.divide(estimate, expected, out=np.full(len(estimate), np.nan), where=expected != 0)
    return MixingTest(
        name=name,
        rows=rows,
        estimate=estimate,
        expected=expected,
        sd=sd,
        ratio=share if ratio else None,
        p_lower=lower,
        p_upper=upper,
        p_two_sided=both,
        p_holm=adjust(both, method="holm"),
        p_bh=adjust(both, method="bh"),
        distribution=distribution,
        permutations=len(distribution),
        **others,
    )
