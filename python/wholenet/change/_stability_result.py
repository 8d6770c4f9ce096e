"""The result of asking how stable a network is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._show import facts_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.inference import ResamplingTest

__all__ = ["Stability"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Stability:
    """
    How much of a network is the same at two observations; see `stability`.

    Parameters
    ----------
    jaccard, jaccard_se, jaccard_lower, jaccard_upper : float
        Kept ÷ (kept + dissolved + new), its standard error and interval by the jackknife over actors.
    dissolution, dissolution_se, dissolution_lower, dissolution_upper : float
        Dissolved ÷ (kept + dissolved), likewise.
    expected_jaccard : float
        The Jaccard index of networks of the same densities whose ties have nothing to do with each other.
    hamming : int
        Number of dyads that changed: dissolved + new.
    hamming_share : float
        `hamming` ÷ dyads.
    qap : ResamplingTest
        The QAP correlation of both waves, with its p-values.
    confidence : float
        The probability that such an interval should cover the truth.
    seed : int
        The seed of the permutations.
    observed : str
        How many dyads it runs over, in words.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((list("aabcd"), list("bcdde")))
    >>> after = wn.Network.from_edges((list("aabcd"), list("bcdea")))
    >>> found = wn.change.stability(before, after, permutations=99, seed=1)
    >>> found.hamming, found.jaccard
    (4, 0.42857142857142855)
    """

    jaccard: float
    jaccard_se: float
    jaccard_lower: float
    jaccard_upper: float
    dissolution: float
    dissolution_se: float
    dissolution_lower: float
    dissolution_upper: float
    expected_jaccard: float
    hamming: int
    hamming_share: float
    qap: ResamplingTest
    confidence: float
    seed: int
    observed: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row.

        Returns
        -------
        table
            The columns ``jaccard``, ``jaccard_se``, ``jaccard_lower``, ``jaccard_upper``, ``expected_jaccard``, the
            same four of ``dissolution``, ``hamming``, ``hamming_share``, ``qap`` (the correlation), ``qap_p_lower``,
            ``qap_p_upper``, ``qap_p`` (two-sided), ``confidence``, ``permutations``, ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((list("aabcd"), list("bcdde")))
        >>> after = wn.Network.from_edges((list("aabcd"), list("bcdea")))
        >>> found = wn.change.stability(before, after, permutations=99, seed=1)
        >>> found.to_frame()[["hamming", "hamming_share", "dissolution"]]
           hamming  hamming_share  dissolution
        0        4            0.2          0.4
        """
        names = (
            "jaccard", "jaccard_se", "jaccard_lower", "jaccard_upper", "expected_jaccard", "dissolution",
            "dissolution_se", "dissolution_lower", "dissolution_upper", "hamming", "hamming_share",
        )  # fmt: skip
        columns = {name: [getattr(self, name)] for name in names}
        columns |= {
            "qap": [self.qap.estimate],
            "qap_p_lower": [self.qap.p_lower],
            "qap_p_upper": [self.qap.p_upper],
            "qap_p": [self.qap.p_two_sided],
            "confidence": [self.confidence],
            "permutations": [self.qap.permutations],
            "seed": [self.seed],
        }
        return _frames.make(columns, self.kind)

    def __repr__(self) -> str:
        return (
            f"<Stability: Jaccard {self.jaccard:.3f} ({self.jaccard_lower:.3f} to {self.jaccard_upper:.3f}; "
            f"{self.expected_jaccard:.3f} if independent), QAP r {self.qap.estimate:.3f}, p "
            f"{shown_p(self.qap.p_two_sided)}; {self.observed}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        jaccard = f"{self.jaccard:.3f} ({level}: {self.jaccard_lower:.3f} to {self.jaccard_upper:.3f})"
        gone = f"{level}: {self.dissolution_lower:.1%} to {self.dissolution_upper:.1%}"
        p = f"p {shown_p(self.qap.p_two_sided)} (two-sided) of {self.qap.permutations:,} permutations"
        facts = [
            ("Jaccard", f"{jaccard}; {self.expected_jaccard:.3f} if the waves were independent"),
            ("Dissolved", f"{self.dissolution:.1%} of the first ties ({gone})"),
            ("Hamming", f"{self.hamming:,} dyads changed, {self.hamming_share:.1%}"),
            ("QAP correlation", f"{self.qap.estimate:.3f}, {p}"),
            ("Runs over", self.observed),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", "UCINET: Tools > Statistics > Matrix (QAP) > QAP-Correlation, with Jaccard"),
        ]
        return facts_html("Stability", facts, self.recipe)
