"""The result of QAP correlations of many relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import recipe_html, table_html
from wholenet.inference._p import adjust
from wholenet.inference._results import ResamplingTest, shown_p

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["QapMatrix", "together"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class QapMatrix:
    """
    Associations of many relations, each with each.

    Parameters
    ----------
    names : tuple
        The relations.
    name : str
        How two are compared.
    estimate : array of shape (k, k)
        The associations; on the diagonal that of a relation with itself.
    p_lower, p_upper, p_two_sided : arrays of shape (k, k)
        P-values; NaN on the diagonal.
    tests : tuple of ResamplingTest
        The test of each pair, in the order of `to_frame`.
    permutations : int
        The number of permutations.
    seed : int
        Their seed.

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> wn.inference.qap_matrix({"advice": advice, "trust": trust}, seed=1)
    <QapMatrix: Pearson correlation of 2 relations, 5,000 permutations, seed 1>
    """

    names: tuple[Any, ...]
    name: str
    estimate: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    tests: tuple[ResamplingTest, ...]
    permutations: int
    seed: int

    def _pairs(self) -> list[tuple[Any, Any]]:
        return [(a, b) for place, a in enumerate(self.names) for b in self.names[place + 1 :]]

    def to_frame(self) -> IntoDataFrame:
        """Lay the pairs out as a table.

        Returns
        -------
        table
            One row per pair: ``x``, ``y``, ``estimate``, ``p_lower``, ``p_upper``, ``p`` (two-sided), and this
            adjusted for the number of pairs, ``p_holm`` and ``p_bh`` (`adjust`).

        Examples
        --------
        >>> import wholenet as wn
        >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
        >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
        >>> wn.inference.qap_matrix({"advice": advice, "trust": trust}, seed=1).to_frame()[["x", "y", "estimate"]]
                x      y  estimate
        0  advice  trust     0.625
        """
        p = [test.p_two_sided for test in self.tests]
        pairs = self._pairs()
        columns = {
            "x": [_key(a) for a, _ in pairs],
            "y": [_key(b) for _, b in pairs],
            "estimate": [test.estimate for test in self.tests],
            "p_lower": [test.p_lower for test in self.tests],
            "p_upper": [test.p_upper for test in self.tests],
            "p": p,
            "p_holm": adjust(p),
            "p_bh": adjust(p, method="bh"),
        }
        return _frames.make(columns, self.tests[0].kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the permutation distribution of each pair, and where the observed value lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram per pair.

        Examples
        --------
        >>> import wholenet as wn
        >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
        >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
        >>> wn.inference.qap_matrix({"advice": advice, "trust": trust}, seed=1).plot()
        <Picture: Pearson correlation, drawn at random and observed: advice, trust>
        """
        rows = [
            Drawn(f"{_key(a)}, {_key(b)}", test.estimate, test.distribution, f"p {shown_p(test.p_two_sided)}")
            for (a, b), test in zip(self._pairs(), self.tests, strict=True)
        ]
        return distributions(rows, self.name, title, float(width))

    def __repr__(self) -> str:
        return (
            f"<QapMatrix: {self.name} of {len(self.names)} relations, {self.permutations:,} permutations, "
            f"seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ("", *(str(_key(name)) for name in self.names))
        rows = []
        for place, name in enumerate(self.names):
            cells = [
                f"{self.estimate[place, other]:.3f} (p {shown_p(self.p_two_sided[place, other])})"
                if other != place
                else "·"
                for other in range(len(self.names))
            ]
            rows.append((str(_key(name)), *cells))
        caption = f"{self.name}, two-sided p of {self.permutations:,} permutations (seed {self.seed})"
        return table_html(header, rows, caption=caption) + recipe_html(self.tests[0].recipe)


def _key(name: Any) -> str:
    return " / ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def together(
    names: Sequence[Any], pairs: Sequence[tuple[Any, Any]], tests: Sequence[ResamplingTest], name: str
) -> QapMatrix:
    """Put the tests of all pairs together."""
    k, at = len(names), {one: place for place, one in enumerate(names)}
    found = {field: np.full((k, k), np.nan) for field in ("estimate", "p_lower", "p_upper", "p_two_sided")}
    for (a, b), test in zip(pairs, tests, strict=True):
        for field, matrix in found.items():
            matrix[at[a], at[b]] = matrix[at[b], at[a]] = getattr(test, field)
    np.fill_diagonal(found["estimate"], 0.0 if name.startswith("Hamming") else 1.0)
    return QapMatrix(
        names=tuple(names),
        name=name,
        tests=tuple(tests),
        permutations=tests[0].permutations,
        seed=tests[0].seed,
        **found,
    )
