"""What one predictor does in each category of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._narwhals import nw
from wholenet._show import table_html
from wholenet.compare._interaction_chart import Cell, interaction_chart
from wholenet.compare._least_squares import fitted, permuted, t_tests
from wholenet.errors import ArgumentError
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture
    from wholenet.compare._columns import Column
    from wholenet.compare._design import Design

__all__ = ["Interaction", "interaction_of"]


WORDS = {"p_permutation": "p, permutation", "p_robust": "p, robust", "p": "p, ordinary", "lower": "from", "upper": "to"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Interaction:
    """
    What one predictor does in each category of another; see ``Effects.interaction``.

    Parameters
    ----------
    outcome, of, within : str
        The outcome, the predictor whose effect is asked for, and the one in whose categories.
    cells : table
        One row for each combination: the columns `within` and `of`, ``networks``, ``mean`` and ``sd`` (of the networks
        as they are; ``sd`` NaN of a single one), ``adjusted`` with ``lower`` and ``upper``.
    effects : table
        One row for each category of `within` and of `of` but the reference: the columns `within`, ``effect``,
        ``estimate`` with ``lower`` and ``upper``, ``p_permutation``, ``p_robust`` and ``p``.
    contrasts : table
        How much more the effect is in each category of `within` than in its reference, with the same columns.
    points : mapping
        The outcomes of the networks in each combination, which ``plot`` draws.
    adjusted_for : tuple of str
        The other predictors.
    confidence : float
        The probability that an interval should cover the truth.
    permutations, seed : int
        The number of draws, and their seed.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({
    ...     "network": list("abcdefgh"),
    ...     "ses": ["low"] * 4 + ["high"] * 4,
    ...     "inside": [False, False, True, True] * 2,
    ...     "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
    ... })
    >>> wn.compare.effects(data, "effectiveness ~ ses * inside", permutations=99, seed=1).interaction()
    <Interaction: inside within ses on effectiveness; ses: high, inside: yes instead of no 0 (p 1); ses: low, inside: \
yes instead of no 2 (p 0.19); 99 permutations, seed 1>
    """

    outcome: str
    of: str
    within: str
    cells: Any
    effects: Any
    contrasts: Any
    points: Any
    adjusted_for: tuple[str, ...]
    confidence: float
    permutations: int
    seed: int

    def to_frame(self) -> IntoDataFrame:
        """Give the effects in each category as a table.

        Returns
        -------
        table
            ``effects``; ``cells`` and ``contrasts`` hold the other two.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({
        ...     "network": list("abcdefgh"),
        ...     "ses": ["low"] * 4 + ["high"] * 4,
        ...     "inside": [False, False, True, True] * 2,
        ...     "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
        ... })
        >>> found = wn.compare.effects(data, "effectiveness ~ ses * inside", permutations=99, seed=1).interaction()
        >>> found.to_frame()[["ses", "effect", "estimate"]].round(9)
            ses                     effect  estimate
        0  high  inside: yes instead of no       0.0
        1   low  inside: yes instead of no       2.0
        """
        native: IntoDataFrame = self.effects
        return native

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the networks as dots, and the adjusted means of the combinations with their intervals.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            The categories of `within` side by side, those of `of` by mark and line.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({
        ...     "network": list("abcdefgh"),
        ...     "ses": ["low"] * 4 + ["high"] * 4,
        ...     "inside": [False, False, True, True] * 2,
        ...     "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
        ... })
        >>> wn.compare.effects(data, "effectiveness ~ ses * inside", permutations=99, seed=1).plot()
        <Picture: effectiveness by ses and inside: networks and means with 95 % intervals>
        """
        rows = _rows(self.cells)
        cells = [
            Cell(
                row[self.within],
                row[self.of],
                tuple(self.points[row[self.within], row[self.of]]),
                row["adjusted"],
                row["lower"],
                row["upper"],
            )
            for row in rows
        ]
        means = f"means adjusted for {', '.join(self.adjusted_for)}" if self.adjusted_for else "means"
        words = f"{means} with {100 * self.confidence:g} % intervals"
        return interaction_chart(cells, (self.outcome, self.within, self.of), words, title, float(width))

    def __repr__(self) -> str:
        told = "; ".join(
            f"{self.within}: {row[self.within]}, {row['effect']} {row['estimate']:.3g} "
            f"(p {shown_p(row['p_permutation'])})"
            for row in _rows(self.effects)
        )
        return (
            f"<Interaction: {self.of} within {self.within} on {self.outcome}; {told}; {self.permutations:,} "
            f"permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        parts = {
            f"{self.outcome} by {self.within} and {self.of}": self.cells,
            f"Effect of {self.of} in each category of {self.within} ({level} intervals)": self.effects,
            f"How much more the effect of {self.of} is": self.contrasts,
        }
        tables = []
        for caption, native in parts.items():
            frame = nw.from_native(native, eager_only=True)
            header = [WORDS.get(name, name) for name in frame.columns]
            tables.append(table_html(header, (list(row.values()) for row in _rows(native)), caption))
        return "".join(tables)


def _rows(native: Any) -> list[dict[str, Any]]:
    frame: Any = nw.from_native(native, eager_only=True)
    return list(frame.iter_rows(named=True))


def interaction_of(
    design: Design,
    of: str | None,
    within: str | None,
    confidence: float,
    permutations: int,
    seed: int,
    *,
    progress: bool,
) -> Interaction:
    """Compute means of combinations, effects and contrasts."""
    of, within = _chosen(design, of, within)
    inner, outer = design.columns[of], design.columns[within]
    fit = fitted(design)
    row = {(a, b): design.at({within: a, of: b}) for a in range(len(outer.levels)) for b in range(len(inner.levels))}
    simple = [pair for pair in row if pair[1]]
    later = [pair for pair in simple if pair[0]]
    weights = np.array(
        [row[a, b] - row[a, 0] for a, b in simple] + [row[a, b] - row[a, 0] - row[0, b] + row[0, 0] for a, b in later]
    )
    found = t_tests(fit, weights, confidence)
    p = permuted(design, fit, weights, permutations, seed=seed, executor=None, progress=progress)[0]
    ends = {"lower": found.estimate - found.reach, "upper": found.estimate + found.reach}
    tests = {"estimate": found.estimate, **ends, "p_permutation": p, "p_robust": found.p_robust, "p": found.p}
    effects = {within: [outer.levels[a] for a, _ in simple], "effect": [_step(inner, b) for _, b in simple]}
    contrasts = {within: [_instead(outer, a) for a, _ in later], "effect": [_step(inner, b) for _, b in later]}
    means = t_tests(fit, np.array(list(row.values())), confidence)
    points = {(outer.levels[a], inner.levels[b]): design.y[(outer.values == a) & (inner.values == b)] for a, b in row}
    cells = {
        within: [a for a, _ in points],
        of: [b for _, b in points],
        "networks": [len(own) for own in points.values()],
        "mean": [float(own.mean()) for own in points.values()],
        "sd": [float(own.std(ddof=1)) for own in points.values()],
        "adjusted": means.estimate,
        "lower": means.estimate - means.reach,
        "upper": means.estimate + means.reach,
    }
    return Interaction(
        outcome=design.formula.outcome,
        of=of,
        within=within,
        cells=_frames.make(cells, design.kind),
        effects=_frames.make(effects | {name: part[: len(simple)] for name, part in tests.items()}, design.kind),
        contrasts=_frames.make(contrasts | {name: part[len(simple) :] for name, part in tests.items()}, design.kind),
        points={pair: tuple(own.tolist()) for pair, own in points.items()},
        adjusted_for=tuple(name for name in design.columns if name not in {of, within}),
        confidence=confidence,
        permutations=permutations,
        seed=seed,
    )


def _instead(column: Column, code: int) -> str:
    return f"{column.levels[code]} instead of {column.levels[0]}"


def _step(column: Column, code: int) -> str:
    return f"{column.name}: {_instead(column, code)}"


def _pairs(design: Design) -> Iterator[tuple[str, str]]:
    """List interactions of two predictors of categories."""
    kinds = set(design.categories())
    return (pair for pair in design.formula.interactions() if kinds >= set(pair))


def _chosen(design: Design, of: str | None, within: str | None) -> tuple[str, str]:
    """Choose what is asked for; it must interact."""
    pairs = list(_pairs(design))
    fit = [
        (one, other)
        for first, second in pairs
        for one, other in ((second, first), (first, second))
        if of in {None, one} and within in {None, other}
    ]
    if fit:
        return fit[0]
    listed = "; ".join(f"{second!r} within {first!r}" for first, second in pairs) or "none"
    asked = f"of {of!r} within {within!r}" if of or within else "of two predictors of categories"
    msg = f"the formula has no interaction {asked}. There is: {listed}. Write one as 'outcome ~ context * governance'"
    parts = dict.fromkeys(name for pair in design.formula.interactions() for name in pair)
    numbers = [repr(name) for name in parts if not design.columns[name].levels]
    if numbers:
        msg += f". Numbers are no categories: turn {' and '.join(numbers)} into text, or true and false"
    raise ArgumentError(msg)
