"""What shuffled outcomes give: whether a solution covers more than chance has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._checks import seeded, whole
from wholenet._show import facts_html
from wholenet.compare.qca._minimize import solved
from wholenet.compare.qca._solution import needs_solution
from wholenet.compare.qca._truth_table import tabulated
from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare.qca._solution import Solution

__all__ = ["Chance", "chance"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Chance:
    """
    What the same analysis finds when the outcome is dealt among the cases at random.

    Parameters
    ----------
    formula : str
        The first model of the solution that was tested.
    coverage : float
        Its coverage.
    distribution : array of shape (permutations,)
        The coverage that each permuted outcome gave; 0 where no row was sufficient.
    p : float
        The share of permuted outcomes that gave a coverage at least as high, this one counted among them.
    any_solution : float
        The share of permuted outcomes that gave any solution.
    seed : int
        The seed of the permutations.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 0, 0]})
    >>> found = qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b"]))
    >>> qca.chance(found, permutations=99, seed=1).any_solution
    1.0
    """

    formula: str
    coverage: float
    distribution: NDArray[np.float64]
    p: float
    any_solution: float
    seed: int
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the test out as a table.

        Returns
        -------
        table
            One row: ``formula``, ``coverage``, ``mean`` of the permuted outcomes, ``any_solution``, ``p``.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 0, 0]})
        >>> found = qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b"]))
        >>> qca.chance(found, permutations=99, seed=1).to_frame()
          formula  coverage  mean  any_solution    p
        0       a       1.0   1.0           1.0  1.0
        """
        columns = {
            "formula": [self.formula],
            "coverage": [self.coverage],
            "mean": [float(self.distribution.mean())],
            "any_solution": [self.any_solution],
            "p": [self.p],
        }
        return _frames.make(columns, self.kind)

    def __repr__(self) -> str:
        return (
            f"<Chance: coverage {self.coverage:.3f} of {self.formula}; with shuffled outcomes "
            f"{self.distribution.mean():.3f} on average, a solution in {self.any_solution:.0%} of "
            f"{len(self.distribution):,}, p {self.p:.3g}; seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        mean, high = self.distribution.mean(), self.distribution.max()
        facts = [
            ("Coverage", f"{self.coverage:.3f} ({self.formula})"),
            ("Shuffled outcomes", f"mean {mean:.3f}, highest {high:.3f} of {len(self.distribution):,}"),
            ("A solution at all", f"{self.any_solution:.1%} of them"),
            ("p", f"{self.p:.3g} (seed {self.seed})"),
        ]
        return facts_html("What chance gives", facts, ())


def chance(
    solution: Solution,
    *,
    permutations: int = 999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Chance:
    """Test a solution against chance: how often the same analysis covers as much when the outcome is shuffled.

    Parameters
    ----------
    solution : Solution
        The solution to test.
    permutations : int
        How often the outcome is permuted among the cases.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Chance
        The coverage, its permutation distribution, the p-value, and how often there was any solution.

    Raises
    ------
    ArgumentError
        `solution` is none, or `permutations` or `seed` is not a whole number.

    Notes
    -----
    For each permutation the truth table is made anew, with the same cut-offs, and minimized in the same way. So the
    test knows that terms were searched for: it does not ask whether a given term fits better than by chance, but
    whether the whole analysis finds more than it finds where there is nothing. p = (1 + number of permuted outcomes
    whose first model has a coverage at least as high) ÷ (1 + permutations); consistency is held to the cut-offs in
    both. It holds if cases could be exchanged where the conditions do not matter: not for cases that depend on each
    other, such as neighbours.

    The test is about covering by chance, not about what causes what. With few cases and many conditions nearly every
    case has a row of its own, so that any outcome can be covered: `any_solution` and the mean are near 1 then, and p
    says rightly that nothing was shown.

    One permutation takes as long as `truth_table` and `minimize`. The same seed gives the same bits with any executor.

    Peers: QCAfalsePositive (R) permutes to test single consistencies. R's QCA, fsQCA and SetMethods have no such test.

    References
    ----------
    Braumoeller, B. F. (2015). Guarding against false positives in qualitative comparative analysis. Political Analysis
    23, 471-487. https://doi.org/10.1093/pan/mpv017

    Examples
    --------
    Two cases of four have the outcome, and two conditions tell all four apart: any outcome can be covered.

    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 0, 0]})
    >>> found = qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b"]))
    >>> qca.chance(found, permutations=99, seed=1)
    <Chance: coverage 1.000 of a; with shuffled outcomes 1.000 on average, a solution in 100% of 99, p 1; seed 1>
    """
    needs_solution(solution)
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    kernel = _Shuffled(solution, seed)
    found = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress)
    first = solution.models[0]
    _, upper, _ = p_values(np.array([first.coverage]), found[:, :1], symmetric=False)
    return Chance(
        formula=" + ".join(first.terms),
        coverage=first.coverage,
        distribution=found[:, 0],
        p=float(upper[0]),
        any_solution=float(found[:, 1].mean()),
        seed=seed,
        kind=solution.table.sets.kind,
    )


@dataclass(frozen=True, slots=True)
class _Shuffled:
    """The coverage of the first model for a permuted outcome, and whether there is one."""

    solution: Solution
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._draw, first, count, name="permutations", progress=progress)

    def _draw(self, draw: int) -> NDArray[np.float64]:
        table = self.solution.table
        y = stream(self.seed, draw).permutation(table.y)
        shuffled = tabulated(table.sets, table.outcome, y, table.cutoffs)
        if "1" not in shuffled.codes:
            return np.zeros(2)
        found = solved(shuffled, self.solution.solution, self.solution.expectations, progress=False)
        return np.array([found.models[0].coverage, 1.0])
