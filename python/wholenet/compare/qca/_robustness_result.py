"""What became of a solution in other settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import table_html
from wholenet.compare.qca._fit import consistency, coverage
from wholenet.compare.qca._persistence_chart import persistence
from wholenet.compare.qca._sets import CROSSOVER
from wholenet.compare.qca._terms import sum_member, terms_in

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.compare.qca._solution import Solution

__all__ = ["Robustness", "robustness_of"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Robustness:
    """
    What becomes of a solution with other cut-offs and calibrations.

    Parameters
    ----------
    solution : {"complex", "parsimonious", "intermediate"}
        Which remainders could be used.
    initial : Solution
        The solution that was tested.
    settings : dict
        Columns with an entry for each setting, the first being the initial one: ``frequency``, ``consistency``,
        ``pri``, anchors, then ``models``, ``formula`` (of the first model), ``model_consistency``, ``coverage``, and
        ``same`` (whether all models are those of the initial solution).
    terms : dict
        Columns with an entry for each term of some model in some setting, the most persistent first: ``term``,
        ``initial`` (whether the initial solution has it), ``settings`` (in how many it is), ``share``.
    rf_cov, rf_cons : float
        Coverage of the robust core ÷ that of the initial solution; consistency of the latter ÷ that of the core.
    sc_min, sc_max : float
        How alike the initial solution is to the lowest and to the highest membership in the others.
    robust, shaky, possible : tuple of str
        Cases of the initial solution that are in all others; cases of it that are not; cases of others only.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "b": [0.2, 0.9, 0.8, 0.1], "y": [1, 0.9, 0.4, 0.1]})
    >>> found = qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.9))
    >>> found.robust, found.shaky
    (('0',), ('1', '2'))
    """

    solution: str
    initial: Solution
    settings: dict[str, list[Any]]
    terms: dict[str, list[Any]]
    rf_cov: float
    rf_cons: float
    sc_min: float
    sc_max: float
    robust: tuple[str, ...]
    shaky: tuple[str, ...]
    possible: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the settings out as a table.

        Returns
        -------
        table
            One row per setting, with the columns of `settings`.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "b": [0.2, 0.9, 0.8, 0.1], "y": [1, 0.9, 0.4, 0.1]})
        >>> found = qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.9))
        >>> found.to_frame()[["consistency", "formula", "same"]]
           consistency formula   same
        0          0.7       a   True
        1          0.9    a*~b  False
        """
        return _frames.make(self.settings, self.kind)

    def plot(self, *, title: str | None = None, width: float = 640) -> Picture:
        """Draw in how many settings each term persists.

        Parameters
        ----------
        title : str, optional
            What stands above.
        width : float
            How wide the picture is.

        Returns
        -------
        Picture
            A bar per term, dark for those of the initial solution; at most 20.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "b": [0.2, 0.9, 0.8, 0.1], "y": [1, 0.9, 0.4, 0.1]})
        >>> qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.9)).plot()
        <Picture: In how many of 2 settings 2 terms persist>
        """
        rows = list(zip(self.terms["term"], self.terms["settings"], self.terms["initial"], strict=True))
        return persistence(rows, len(self.settings["same"]), title, width)

    def __repr__(self) -> str:
        many = len(self.settings["same"])
        return (
            f"<Robustness: {self.solution}, {self.settings['formula'][0]} => {self.initial.table.outcome}; {many:,} "
            f"settings, unchanged in {sum(self.settings['same']) - 1:,} of {many - 1:,} others; RF_cov "
            f"{self.rf_cov:.3f}, RF_cons {self.rf_cons:.3f}>"
        )

    def _repr_html_(self) -> str:
        caption = f"{self.initial.table.outcome}: RF_cov {self.rf_cov:.3f}, RF_cons {self.rf_cons:.3f}"
        rows = ([_plain(value) for value in row] for row in zip(*self.settings.values(), strict=True))
        return table_html(list(self.settings), rows, caption)


def robustness_of(
    initial: Solution, found: list[tuple[dict[str, Any], Solution | None]], solution: str, kind: str
) -> Robustness:
    """Compare the first solution with the others; `found` has it too, in the first place."""
    members = [_member(one, len(initial.table.y)) for _, one in found]
    y, first = initial.table.y, members[0]
    low, high = np.min(members[1:], axis=0), np.max(members[1:], axis=0)
    core = np.minimum(first, low)

    def named(which: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(initial.table.sets.cases[at] for at in np.flatnonzero(which).tolist())

    inside = first > CROSSOVER
    return Robustness(
        solution=solution,
        initial=initial,
        settings=_settings(found, initial),
        terms=_terms(found, initial),
        rf_cov=_ratio(coverage(core, y), coverage(first, y)),
        rf_cons=_ratio(consistency(first, y), consistency(core, y)),
        sc_min=_ratio(np.minimum(first, low).sum(), np.maximum(first, low).sum()),
        sc_max=_ratio(np.minimum(first, high).sum(), np.maximum(first, high).sum()),
        robust=named(inside & (low > CROSSOVER)),
        shaky=named(inside & ~(low > CROSSOVER)),
        possible=named(~inside & (high > CROSSOVER)),
        kind=kind,
    )


def _member(solution: Solution | None, cases: int) -> NDArray[np.float64]:
    """Memberships in the first model; 0 where there is none."""
    if solution is None:
        return np.zeros(cases)
    return sum_member(terms_in(solution.models[0].terms), solution.table.sets)


def _models(solution: Solution | None) -> set[frozenset[str]]:
    return {frozenset(model.terms) for model in solution.models} if solution is not None else set()


def _settings(found: list[tuple[dict[str, Any], Solution | None]], initial: Solution) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: [words[name] for words, _ in found] for name in found[0][0]}
    columns["pri"] = [float("nan") if value is None else float(value) for value in columns["pri"]]
    models = [one.models[0] if one is not None else None for _, one in found]
    columns["models"] = [len(one.models) if one is not None else 0 for _, one in found]
    columns["formula"] = [" + ".join(model.terms) if model is not None else "" for model in models]
    columns["model_consistency"] = [model.consistency if model is not None else float("nan") for model in models]
    columns["coverage"] = [model.coverage if model is not None else 0.0 for model in models]
    columns["same"] = [_models(one) == _models(initial) for _, one in found]
    return columns


def _terms(found: list[tuple[dict[str, Any], Solution | None]], initial: Solution) -> dict[str, list[Any]]:
    own = {term for model in initial.models for term in model.terms}
    counts: dict[str, int] = {}
    for _, solution in found:
        models = solution.models if solution is not None else ()
        for term in dict.fromkeys(term for model in models for term in model.terms):
            counts[term] = counts.get(term, 0) + 1
    order = sorted(counts, key=lambda term: (-counts[term], term not in own, term.count("*"), term))
    return {
        "term": order,
        "initial": [term in own for term in order],
        "settings": [counts[term] for term in order],
        "share": [counts[term] / len(found) for term in order],
    }


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")


def _plain(value: Any) -> Any:
    return "" if isinstance(value, float) and np.isnan(value) else str(value) if isinstance(value, bool) else value
