"""Logical minimization of truth tables."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice
from wholenet._frames import near
from wholenet.compare.qca._counterfactuals import easy
from wholenet.compare.qca._solution import Solution, model_of
from wholenet.compare.qca._terms import member, term_of, written
from wholenet.compare.qca._truth_table_result import TruthTable
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["SOLUTIONS", "Minimum", "expectations_for", "minimize", "minimum", "no_row", "solved"]

# So many models are listed.
MOST = 1000
# Of complex and of parsimonious models so many are paired to make intermediate ones.
PAIRED = 100
OUT, IN, FREE = 0, 1, 2
SOLUTIONS = ("complex", "parsimonious", "intermediate")

Cube = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Minimum:
    """Prime implicants (masks and values), the essential ones, and the smallest sums of them."""

    implicants: tuple[Cube, ...]
    essential: frozenset[Cube]
    models: tuple[tuple[Cube, ...], ...]
    complete: bool


def minimize(
    table: TruthTable,
    *,
    solution: Literal["complex", "parsimonious", "intermediate"] = "complex",
    expectations: Mapping[str, int] | None = None,
    progress: bool = True,
) -> Solution:
    """Minimize a truth table: the shortest sums of terms that cover all its sufficient rows.

    Parameters
    ----------
    table : TruthTable
        The truth table.
    solution : {"complex", "parsimonious", "intermediate"}
        Which remainders may be taken to have the outcome: none (also called the conservative solution), any that make
        the solution shorter, or of these only easy counterfactuals.
    expectations : dict, optional
        For an intermediate solution: conditions that are expected to be present (1) or absent (0) where the outcome is,
        such as ``{"ses": 1}``. Those not named may go either way.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Solution
        All models with the fewest terms, with consistency, PRI and coverages of each and of its terms, cases, and
        the remainders that it uses.

    Raises
    ------
    ArgumentError
        No row of the table is sufficient; `solution` is none of the words above; `expectations` goes with another
        solution, names no condition, or holds something else than 0 and 1.

    Notes
    -----
    Prime implicants are the terms that cover no row with the code 0 or C (and no remainder that may not be used), and
    from which nothing can be left out. A model is a set of them that covers all rows with the code 1, and has as few
    terms as any. All such sets are found (up to 1,000), exactly. How long the terms are does not decide between models,
    as in Ragin (1987), but short ones come first. Where there are several models the data do not tell them apart:
    report them all.

    Intermediate (Ragin & Sonnett 2005): a remainder is an easy counterfactual if the parsimonious solution uses it and
    it differs from a term of the complex solution, which a term of the parsimonious one contains, only in conditions
    that it has as expected. The table is minimized with these as the only remainders, for each pair of a complex and a
    parsimonious model (of up to 100 each); the models of all pairs are listed, those with the fewest terms first.

    Contradictory rows (C) are treated as rows without the outcome. What remainders are taken to have, `assumptions`
    lists; nobody saw such a case.

    A solution that is found does not show that there is something to find: random data with few cases and many
    conditions have one, too. See the simulations of the documentation, and `robustness`.

    O(k·3^k) time for the terms (16 conditions: about a second), and for the models a search that may take exponential
    time: with 12 conditions about a hundredth of a second for 40 to 80 random rows that all differ, a tenth for 100,
    and up to seconds for 200. It can be stopped.

    Peers: R's QCA (``minimize``) has the same models; it lists longer ones with ``all.sol=TRUE``. fsQCA lets the user
    choose prime implicants where there are several models.

    References
    ----------
    Ragin, C. C. (1987). The comparative method, ch. 6-7. University of California Press.

    Ragin, C. C. & Sonnett, J. (2005). Between complexity and parsimony: limited diversity, counterfactual cases, and
    comparative analysis. In S. Kropp & M. Minkenberg (eds.), Vergleichen in der Politikwissenschaft, 180-197. VS.
    https://doi.org/10.1007/978-3-322-80441-9_9

    Baumgartner, M. & Thiem, A. (2017). Model ambiguities in configurational comparative research. Sociological Methods
    & Research 46, 954-987. https://doi.org/10.1177/0049124115610351

    Examples
    --------
    Cases have the outcome with a and b, or with c; nobody has a without b.

    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 1, 0], "c": [1, 0, 0, 1], "y": [1, 1, 0, 1]})
    >>> table = qca.truth_table(data, outcome="y", conditions=["a", "b", "c"])
    >>> qca.minimize(table)
    <Solution: complex
    a*b + ~a*~b*c => y; consistency 1.000, PRI 1.000, coverage 1.000>
    >>> qca.minimize(table, solution="parsimonious").models[0].terms
    ('a', '~b')
    """
    _needs_table(table)
    choice("solution", solution, SOLUTIONS)
    expected = expectations_for(table.conditions, solution, expectations)
    if "1" not in table.codes:
        raise ArgumentError(no_row(table))
    return solved(table, solution, expected, progress=progress)


def _needs_table(table: object) -> None:
    if not isinstance(table, TruthTable):
        msg = f"table must be a truth table as qca.truth_table makes it, but is a {type(table).__name__}"
        raise ArgumentError(msg)


def solved(table: TruthTable, solution: str, expected: dict[str, int], *, progress: bool) -> Solution:
    """Minimize a table that has a sufficient row."""
    codes = coded(table, remainders=FREE if solution == "parsimonious" else OUT)
    found = [minimum(codes, progress=progress)]
    if solution == "intermediate":
        parsimonious = minimum(coded(table, remainders=FREE), progress=progress)
        cut = max(len(found[0].models), len(parsimonious.models)) > PAIRED
        options = easy(table, found[0].models[:PAIRED], parsimonious.models[:PAIRED], expected)
        found = [minimum(_with(codes, rows), progress=progress) for rows in options]
        found = [Minimum(one.implicants, one.essential, one.models, one.complete and not cut) for one in found]
    return _solution(table, solution, expected, found)


def coded(table: TruthTable, *, remainders: int) -> NDArray[np.uint8]:
    """Code all 2^k rows: 1 sufficient, 0 not, or what remainders are."""
    codes = np.full(2 ** len(table.conditions), remainders, dtype=np.uint8)
    for number, code in zip(table.numbers.tolist(), table.codes, strict=True):
        if code != "?":
            codes[number - 1] = IN if code == "1" else OUT
    return codes


def minimum(codes: NDArray[np.uint8], *, progress: bool) -> Minimum:
    """Minimize a coded table."""
    masks, values, essential, models, complete = _core.qca_minimize(codes, MOST, progress)
    cubes = tuple(zip(masks.tolist(), values.tolist(), strict=True))
    listed = tuple(tuple(cubes[at] for at in model) for model in models)
    return Minimum(cubes, frozenset(cubes[at] for at in essential), listed, complete)


def _with(codes: NDArray[np.uint8], rows: frozenset[int]) -> NDArray[np.uint8]:
    freed = codes.copy()
    freed[list(rows)] = FREE
    return freed


def _solution(table: TruthTable, solution: str, expected: dict[str, int], found: list[Minimum]) -> Solution:
    """Bring what was found into the order of terms, each model and implicant once."""
    models = list(dict.fromkeys(model for one in found for model in one.models))
    models.sort(key=lambda model: (len(model), sum(mask.bit_count() for mask, _ in model)))
    cubes = list(dict.fromkeys(cube for one in found for cube in one.implicants))
    essential = frozenset.intersection(*(one.essential for one in found))
    empty = np.flatnonzero(coded(table, remainders=FREE) == FREE)
    positive = np.flatnonzero(coded(table, remainders=OUT) == IN)

    def name(cube: Cube) -> str:
        return written(term_of(*cube, table.conditions))

    filled = {(mask, value): (empty & mask) == value for model in models for mask, value in model}

    def used(model: tuple[Cube, ...]) -> tuple[int, ...]:
        taken = np.logical_or.reduce([filled[cube] for cube in model])
        return tuple((empty[taken] + 1).tolist())

    terms = {cube: term_of(*cube, table.conditions) for model in models for cube in model}
    members = {term: member(term, table.sets) for term in terms.values()}
    listed = [
        model_of(f"M{at}", {terms[cube]: members[terms[cube]] for cube in model}, table, used(model))
        for at, model in enumerate(models[:MOST], 1)
    ]
    return Solution(
        solution=solution,
        models=tuple(listed),
        complete=len(models) <= MOST and all(one.complete for one in found),
        implicants=tuple(map(name, cubes)),
        essential=tuple(name(cube) for cube in cubes if cube in essential),
        chart=tuple(tuple((positive[(positive & mask) == value] + 1).tolist()) for mask, value in cubes),
        expectations=expected,
        table=table,
    )


def expectations_for(conditions: Sequence[str], solution: str, expectations: object) -> dict[str, int]:
    """Check what is expected of conditions."""
    if solution != "intermediate":
        if expectations is not None:
            msg = f'expectations= go with solution="intermediate", not with {solution!r}'
            raise ArgumentError(msg)
        return {}
    if not isinstance(expectations, dict) or not expectations:
        msg = (
            "an intermediate solution needs expectations=, such as "
            f"{{{conditions[0]!r}: 1}}: which conditions should be present (1) or absent (0) with the outcome"
        )
        raise ArgumentError(msg)
    for name, value in expectations.items():
        if name not in conditions:
            hint = near(name, conditions) or "."
            msg = f"expectations name no condition {name!r}{hint} There are: {', '.join(conditions)}"
            raise ArgumentError(msg)
        if not isinstance(value, Real | np.bool_) or value not in (0, 1):
            msg = f"expectations[{name!r}] must be 1 (present) or 0 (absent), but is {value!r}"
            raise ArgumentError(msg)
    return {name: int(value) for name, value in expectations.items()}


def no_row(table: TruthTable) -> str:
    """Say which cut-off would make a row sufficient."""
    cut = table.cutoffs
    if not table.n.sum():
        return (
            "no case is in any row of the truth table: each has a membership of .5 in some condition. Move crossovers"
        )
    fitting = table.n >= cut.frequency
    if not fitting.any():
        return (
            f"no row of the truth table has {cut.frequency:,} cases, so that all are remainders. The largest has "
            f"{table.n.max():,}: make the table with frequency={table.n.max()}"
        )
    fits = {"consistency": (table.consistency, cut.consistency)}
    fits |= {} if cut.pri is None else {"pri": (table.pri, cut.pri)}
    # How much of the cut-offs a row reaches.
    reached = np.min([np.minimum(np.nan_to_num(values) / least, 1) for values, least in fits.values()], axis=0)
    best = int(np.argmax(np.where(fitting, reached, -1)))
    there = [f"{name} {values[best]:.3f} (cut-off {least:g})" for name, (values, least) in fits.items()]
    lower = {
        name: np.floor(values[best] * 1000) / 1000 for name, (values, least) in fits.items() if values[best] < least
    }
    hint = " with ".join(f"{name}={value:g}" for name, value in lower.items())
    able = all(value > 0 for value in lower.values())
    way = f"{hint} would take it, if that is still convincing" if able else "no cut-off is that low"
    return (
        f"no row of the truth table is sufficient for {table.outcome!r}. The best one, row {table.numbers[best]}, has "
        f"{' and '.join(there)}: {way}"
    )
