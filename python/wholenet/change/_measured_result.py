"""The result of setting the apparent loss of ties beside what measurement produces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._show import facts_html, table_html
from wholenet.change._estimates_chart import Shown, estimates

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["QUANTITIES", "MeasuredLoss"]

QUANTITIES = (
    "apparent loss",
    "expected loss",
    "corrected loss",
    "persistence",
    "explained",
    "reporting, first wave",
    "reporting, second wave",
)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MeasuredLoss:
    """
    The apparent loss of ties, what measurement alone would produce, and the loss without it; see `measured_loss`.

    Parameters
    ----------
    estimate, se, lower, upper : arrays of shape (7,)
        Apparent, expected and corrected loss, persistence, share explained, and the share of ties that are reported in
        the first and the second wave; their standard errors and normal intervals (a given reporting has none).
    kept, ties : int
        How many ties are seen in both waves; in the first (and observed in the second).
    agreed, one_sided : pair of int
        In each wave, of the dyads with two reports: those in which both report a tie, and those in which one does.
    response : pair of floats
        The share of the actors in both networks who answered, in each wave.
    given : bool
        Whether reporting was given, not estimated.
    remarks : tuple of str
        What a reader should know about these numbers.
    coding : str
        How reports became ties, in words.
    actors : int
        How many actors are in both networks.
    confidence : float
        The probability that such an interval should cover the truth.
    draws, seed : int
        How many bootstrap draws, and their seed.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    apparent, expected, corrected : float
        The three losses.
    persistence : float
        1 - `corrected`: kept ÷ what would be kept if no tie had gone. Above 1 where more is.
    explained : float
        `expected` ÷ `apparent`.
    reporting : pair of floats
        The share of true ties that an actor who answers reports, in each wave.

    Examples
    --------
    >>> import wholenet as wn
    >>> reports = wn.Network.from_edges((list("abbcca"), list("bacbac")))
    >>> wn.change.measured_loss(reports, reports, rule="union", draws=99, seed=1).kept
    3
    """

    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    kept: int
    ties: int
    agreed: tuple[int, int]
    one_sided: tuple[int, int]
    response: tuple[float, float]
    given: bool
    remarks: tuple[str, ...]
    coding: str
    actors: int
    confidence: float
    draws: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    @property
    def apparent(self) -> float:
        """The share of the ties seen at first that is not seen later."""
        return float(self.estimate[0])

    @property
    def expected(self) -> float:
        """What that share would be if no tie had gone."""
        return float(self.estimate[1])

    @property
    def corrected(self) -> float:
        """The estimated share of true ties that have gone."""
        return float(self.estimate[2])

    @property
    def persistence(self) -> float:
        """The estimated share of true ties that are still there."""
        return float(self.estimate[3])

    @property
    def explained(self) -> float:
        """Expected ÷ apparent loss."""
        return float(self.estimate[4])

    @property
    def reporting(self) -> tuple[float, float]:
        """The share of true ties that an actor who answers reports, in each wave."""
        return float(self.estimate[5]), float(self.estimate[6])

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each ``quantity``, with ``estimate``, ``se``, ``lower`` and ``upper``.

        Examples
        --------
        >>> import wholenet as wn
        >>> reports = wn.Network.from_edges((list("abbcca"), list("bacbac")))
        >>> found = wn.change.measured_loss(reports, reports, rule="union", draws=99, seed=1)
        >>> found.to_frame()[["quantity", "estimate"]]
                         quantity  estimate
        0           apparent loss       0.0
        1           expected loss       0.0
        2          corrected loss       0.0
        3             persistence       1.0
        4               explained       NaN
        5   reporting, first wave       1.0
        6  reporting, second wave       1.0
        """
        columns = {"estimate": self.estimate, "se": self.se, "lower": self.lower, "upper": self.upper}
        return _frames.make({"quantity": list(QUANTITIES), **columns}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the apparent loss, the loss expected without change, and the corrected loss, with their intervals.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            Three dots with intervals.

        Examples
        --------
        >>> import wholenet as wn
        >>> reports = wn.Network.from_edges((list("abbcca"), list("bacbac")))
        >>> wn.change.measured_loss(reports, reports, rule="union", draws=99, seed=1).plot()
        <Picture: Share of ties lost: apparent, from measurement alone, corrected>
        """
        names = ("apparent", "from measurement alone", "corrected")
        rows = [Shown(name, *self._numbers(at), f"{self.estimate[at]:.0%}") for at, name in enumerate(names)]
        axis = f"share of ties lost, with {100 * self.confidence:g} % intervals ({self.coding})"
        return estimates(rows, axis, title, float(width), f"Share of ties lost: {', '.join(names)}", none=0.0)

    def _numbers(self, at: int) -> tuple[float, float, float]:
        return float(self.estimate[at]), float(self.lower[at]), float(self.upper[at])

    def _interval(self, at: int) -> str:
        return f"{self.lower[at]:.1%} to {self.upper[at]:.1%}"

    def __repr__(self) -> str:
        remarks = "".join(f"; {remark}" for remark in self.remarks)
        return (
            f"<MeasuredLoss: apparent loss {self.apparent:.1%}, {self.expected:.1%} expected from measurement alone, "
            f"corrected {self.corrected:.1%} ({self._interval(2)}); {self.ties:,} ties at first, {self.coding}, "
            f"seed {self.seed}{remarks}>"
        )

    def _repr_html_(self) -> str:
        rows = [
            (name, *(float(column[at]) for column in (self.estimate, self.se, self.lower, self.upper)))
            for at, name in enumerate(QUANTITIES)
        ]
        counts = [
            f"{both:,} reported from both sides, {one:,} from one"
            for both, one in zip(self.agreed, self.one_sided, strict=True)
        ]
        facts = [
            ("Ties seen", f"{self.ties:,} at first, {self.kept:,} of them again"),
            ("Coding", self.coding),
            ("Response", f"{self.response[0]:.1%} and {self.response[1]:.1%} of {self.actors:,} actors in both waves"),
            ("Ties in dyads with two reports", "; ".join(counts)),
            ("Reporting", "as given" if self.given else "estimated: 2 both ÷ (2 both + one)"),
            *(("Note", remark) for remark in self.remarks),
            ("Bootstrap", f"{self.draws:,} draws of actors, {100 * self.confidence:g} % intervals (seed {self.seed})"),
        ]
        header = ("", "estimate", "se", "lower", "upper")
        return table_html(header, rows) + facts_html("Loss of ties and measurement", facts, self.recipe)
