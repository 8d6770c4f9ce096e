"""What a truth table comes down to: the shortest sums of terms that explain the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import table_html
from wholenet.compare.qca._fit import consistency, coverage, pri, unique_coverages
from wholenet.compare.qca._sets import CROSSOVER
from wholenet.compare.qca._terms import Term, sum_member, terms_in, written
from wholenet.compare.qca._xy_plot import xy_picture
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.compare.qca._truth_table_result import TruthTable

__all__ = ["Model", "Solution", "model_of", "needs_solution"]

# How many of several models a repr shows.
SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Model:
    """
    One way to explain the outcome: a sum of terms.

    Parameters
    ----------
    name : str
        ``"M1"``, ``"M2"``, and so on.
    terms : tuple of str
        The terms, such as ``"culture*~ses"``.
    consistency, pri, coverage : float
        Of the sum of the terms, against the outcome.
    fits : tuple of tuple of float
        For each term its consistency, PRI, raw coverage and unique coverage.
    cases : tuple of tuple of str
        For each term the cases that are more in it than out of it.
    deviant : tuple of str
        Cases that are in the model but do not have the outcome.
    uncovered : tuple of str
        Cases that have the outcome but are not in the model.
    assumptions : tuple of int
        The numbers of the remainders that the model takes to have the outcome.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 0, 0]})
    >>> qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b"])).models[0]
    <M1: a; consistency 1.000, PRI 1.000, coverage 1.000>
    """

    name: str
    terms: tuple[str, ...]
    consistency: float
    pri: float
    coverage: float
    fits: tuple[tuple[float, float, float, float], ...]
    cases: tuple[tuple[str, ...], ...]
    deviant: tuple[str, ...]
    uncovered: tuple[str, ...]
    assumptions: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<{self.name}: {' + '.join(self.terms)}; {_fit(self)}>"


def _fit(model: Model) -> str:
    return f"consistency {model.consistency:.3f}, PRI {model.pri:.3f}, coverage {model.coverage:.3f}"


def model_of(
    name: str, members: dict[Term, NDArray[np.float64]], table: TruthTable, assumptions: tuple[int, ...]
) -> Model:
    """Work out how well a sum of terms fits, from the memberships in each."""
    sets, y, terms = table.sets, table.y, list(members)
    x = list(members.values())
    whole = np.max(x, axis=0)

    def named(which: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(case for case, one in zip(sets.cases, which.tolist(), strict=True) if one)

    unique = unique_coverages(x, y)
    fits = [(consistency(one, y), pri(one, y), coverage(one, y), own) for one, own in zip(x, unique, strict=True)]
    return Model(
        name=name,
        terms=tuple(written(term) for term in terms),
        consistency=consistency(whole, y),
        pri=pri(whole, y),
        coverage=coverage(whole, y),
        fits=tuple(fits),
        cases=tuple(named(one > CROSSOVER) for one in x),
        deviant=named((whole > CROSSOVER) & (y < CROSSOVER)),
        uncovered=named((whole < CROSSOVER) & (y > CROSSOVER)),
        assumptions=assumptions,
    )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Solution:
    """
    All shortest solutions of a truth table.

    Parameters
    ----------
    solution : {"complex", "parsimonious", "intermediate"}
        Which remainders could be used.
    models : tuple of Model
        The solutions with the fewest terms; if intermediate, for each pair of a complex and a parsimonious model. More
        than one: the data do not tell them apart.
    complete : bool
        Whether these are all; no more than 1,000 are listed.
    implicants : tuple of str
        The prime implicants: terms from which nothing can be left out.
    essential : tuple of str
        Those of them without which some sufficient row would not be explained.
    chart : tuple of tuple of int
        For each prime implicant the numbers of the sufficient rows that it covers.
    expectations : dict
        Of an intermediate solution: which conditions were expected to be present (1) or absent (0) with the outcome.
    table : TruthTable
        The truth table.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "c": [1, 1, 0, 1], "y": [1, 1, 1, 0]})
    >>> qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b", "c"]))
    <Solution: complex
    a*c + ~a*b*~c => y; consistency 1.000, PRI 1.000, coverage 1.000>
    """

    solution: str
    models: tuple[Model, ...]
    complete: bool
    implicants: tuple[str, ...]
    essential: tuple[str, ...]
    chart: tuple[tuple[int, ...], ...]
    expectations: dict[str, int]
    table: TruthTable

    def to_frame(self) -> IntoDataFrame:
        """Lay the terms of all models out as a table.

        Returns
        -------
        table
            One row per model and term, and one per model for the sum of its terms: ``model``, ``term``,
            ``consistency``, ``pri``, ``raw_coverage``, ``unique_coverage`` (of the sum: NaN), ``cases``.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 0, 0]})
        >>> qca.minimize(qca.truth_table(data, outcome="y", conditions=["a", "b"])).to_frame()
          model      term  consistency  pri  raw_coverage  unique_coverage cases
        0    M1         a          1.0  1.0           1.0              1.0  0, 1
        1    M1  solution          1.0  1.0           1.0              NaN  0, 1
        """
        header = ("model", "term", "consistency", "pri", "raw_coverage", "unique_coverage", "cases")
        rows = list(self._rows())
        return _frames.make({name: [row[at] for row in rows] for at, name in enumerate(header)}, self.table.sets.kind)

    def plot(self, *, model: str = "M1", term: str | None = None, width: float = 560) -> Picture:
        """Draw the cases by their memberships in a model, or a term of it, and in the outcome.

        Parameters
        ----------
        model : str
            Which model.
        term : str, optional
            One of its terms. Default: the whole model.
        width : float
            How wide the picture is.

        Returns
        -------
        Picture
            The XY plot, as `xy_plot` makes it.

        Raises
        ------
        ArgumentError
            There is no such model, or it has no such term.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 0.8, 0.1, 0], "y": [1, 0.9, 0.3, 0]})
        >>> qca.minimize(qca.truth_table(data, outcome="y", conditions="a")).plot()
        <Picture: Memberships of 4 cases in a and in y>
        """
        found = next((one for one in self.models if one.name == model), None)
        if found is None or (term is not None and term not in found.terms):
            known = [one.name for one in self.models[:SHOWN]] if found is None else found.terms
            wanted = f"model must be one of the models, but is {model!r}" if found is None else f"term is {term!r}"
            msg = f"{wanted}. There are: {', '.join(known)}"
            raise ArgumentError(msg)
        text = term if term is not None else " + ".join(found.terms)
        x = sum_member(terms_in([term] if term is not None else found.terms), self.table.sets)
        return xy_picture(x, self.table.y, self.table.sets.cases, text, self.table.outcome, None, width)

    def _rows(self) -> Any:
        for model in self.models:
            for term, fit, cases in zip(model.terms, model.fits, model.cases, strict=True):
                yield (model.name, term, *fit, ", ".join(cases))
            covered = dict.fromkeys(case for cases in model.cases for case in cases)
            listed = [case for case in self.table.sets.cases if case in covered]
            fit = (model.consistency, model.pri, model.coverage, float("nan"))
            yield (model.name, "solution", *fit, ", ".join(listed))

    def _formula(self, model: Model) -> str:
        lead = f"{model.name}: " if len(self.models) > 1 else ""
        return f"{lead}{' + '.join(model.terms)} => {self.table.outcome}"

    def _kind(self) -> str:
        if len(self.models) == 1:
            return self.solution
        more = "" if self.complete else "more than "
        return f"{self.solution}, {more}{len(self.models):,} models"

    def __repr__(self) -> str:
        lines = [f"{self._formula(model)}; {_fit(model)}" for model in self.models[:SHOWN]]
        if len(self.models) > SHOWN:
            lines.append(f"and {len(self.models) - SHOWN:,} more")
        return f"<Solution: {self._kind()}\n" + "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        shown = {model.name for model in self.models[:SHOWN]}
        header = ("model", "term", "consistency", "PRI", "raw coverage", "unique coverage", "cases")
        rows = [[*row[:5], "" if row[1] == "solution" else row[5], row[6]] for row in self._rows() if row[0] in shown]
        formulas = "<br>".join(escape(self._formula(model)) for model in self.models[:SHOWN])
        caption = f"Solution: {self._kind()}"
        return f"<div><p>{formulas}</p>{table_html(header, rows, caption)}</div>"


def needs_solution(solution: object) -> None:
    """Refuse what is no solution."""
    if not isinstance(solution, Solution):
        msg = f"solution must be one as qca.minimize makes it, but is a {type(solution).__name__}"
        raise ArgumentError(msg)
