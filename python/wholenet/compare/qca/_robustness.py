"""Whether a solution holds for other cut-offs and calibrations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import choice
from wholenet.compare.qca._calibrate import anchors_in_order, memberships
from wholenet.compare.qca._minimize import SOLUTIONS, expectations_for, no_row, solved
from wholenet.compare.qca._necessity import apart
from wholenet.compare.qca._robustness_result import Robustness, robustness_of
from wholenet.compare.qca._sets import CROSSOVER, Sets, listed_names, numbers_in, read_sets
from wholenet.compare.qca._terms import name_of
from wholenet.compare.qca._truth_table import cutoffs_of, tabulated
from wholenet.errors import ArgumentError
from wholenet.inference._draws import Patient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare.qca._solution import Solution
    from wholenet.compare.qca._truth_table_result import TruthTable

__all__ = ["robustness"]

# More settings than these take hours, and nobody reads them.
MOST_SETTINGS = 10_000
ANCHORS = 3


def robustness(
    data: IntoDataFrame,
    *,
    outcome: str,
    conditions: str | Sequence[str],
    solution: Literal["complex", "parsimonious", "intermediate"] = "complex",
    expectations: Mapping[str, int] | None = None,
    cases: str | None = None,
    frequency: Sequence[int] = (1,),
    consistency: Sequence[float] = (0.8, 0.75, 0.85),
    pri: Sequence[float | None] = (None,),
    anchors: Mapping[str, Sequence[tuple[float, float, float]]] | None = None,
    progress: bool = True,
) -> Robustness:
    """Robustness of a solution: what becomes of it with other cut-offs and calibrations.

    Parameters
    ----------
    data : table
        One row per case, with memberships between 0 and 1; measured values in the columns that `anchors` name.
    outcome : str
        The column of the outcome; with a ``~`` in front its absence.
    conditions : str or list of str
        The columns of the conditions.
    solution : {"complex", "parsimonious", "intermediate"}
        Which remainders may be used, as for `minimize`.
    expectations : dict, optional
        For an intermediate solution: which conditions are expected to be present (1) or absent (0).
    cases : str, optional
        The column that names the cases. Default: they are named by their rows, from 0.
    frequency, consistency, pri : list of numbers
        Cut-offs, as for `truth_table`. The first of each is that of the solution to be tested.
    anchors : dict, optional
        For columns of measured values the calibrations, each as (out, crossover, full). The first is that of the
        solution to be tested.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Robustness
        A row per setting, in how many settings each term persists, and how well the robust core fits.

    Raises
    ------
    ArgumentError
        With the first cut-offs and anchors no row is sufficient; there is only one setting, or more than 10,000;
        anchors are not in order; besides what `truth_table` and `minimize` refuse.
    ColumnError
        There is no such column.

    Notes
    -----
    All combinations of the cut-offs and calibrations are settings; the first is the initial solution IS, the others are
    the test set. With memberships in the first model of each: the robust core RC is the lowest of those in IS and in
    all test solutions (Oana & Schneider 2021). ``rf_cov`` = coverage of RC ÷ coverage of IS, ``rf_cons`` = consistency
    of IS ÷ consistency of RC: both are 1 where nothing changes. ``sc_min`` and ``sc_max`` compare IS with the lowest
    and the highest membership in the test solutions: Σ min ÷ Σ max. A setting in which no row is sufficient has an
    empty solution, with memberships of 0. The outcome has its first calibration in all of these.

    Cases of IS are robust if they are in all test solutions, else shaky; cases of some test solution that are not in IS
    are possible.

    A term persists in a setting if one of the models there has it, letter by letter: a term that became longer or
    shorter does not, though its cases may stay. Settings are no sample: a term in most of them is not more true, only
    less dependent on choices. Solutions with several models are in doubt whatever the cut-offs are.

    Time as for `minimize`, for each setting.

    Peers: SetMethods (R) has ``rob.fit`` and ``rob.cases``, which its manual applies to solutions made one by one.

    References
    ----------
    Oana, I.-E. & Schneider, C. Q. (2024). A robustness test protocol for applied QCA: theory and R software
    application. Sociological Methods & Research 53, 57-88. https://doi.org/10.1177/00491241211036158

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "b": [0.2, 0.9, 0.8, 0.1], "y": [1, 0.9, 0.4, 0.1]})
    >>> qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.9))
    <Robustness: complex, a => y; 2 settings, unchanged in 0 of 1 others; RF_cov 0.522, RF_cons 0.885>
    """
    choice("solution", solution, SOLUTIONS)
    names = listed_names(conditions, "conditions")
    apart(outcome, names)
    name, present = name_of(str(outcome))
    expected = expectations_for(names, solution, expectations)
    cuts = [_several("frequency", frequency), _several("consistency", consistency), _several("pri", pri)]
    shifts = _shifts(anchors, [*names, name])
    count = int(np.prod([len(one) for one in (*cuts, *shifts.values())]))
    if not 1 < count <= MOST_SETTINGS:
        few = "there is one setting only; give more cut-offs or anchors, the first being those of the solution to test"
        many = f"{count:,} settings are too many; {MOST_SETTINGS:,} at most"
        raise ArgumentError(few if count == 1 else many)
    reader = _Reader(data, cases, names, name, present, shifts)
    settings = list(product(*cuts, *shifts.values()))

    def table(setting: tuple[Any, ...]) -> TruthTable:
        return reader.table(setting[: len(cuts)], setting[len(cuts) :])

    with Patient("settings", count, progress=progress) as shown:
        start = table(settings[0])
        if "1" not in start.codes:
            raise ArgumentError(no_row(start))
        initial = solved(start, solution, expected, progress=False)
        found: list[tuple[dict[str, Any], Solution | None]] = [(reader.words(settings[0]), initial)]
        for setting in settings[1:]:
            shown.reach(len(found))
            made = table(setting)
            one = solved(made, solution, expected, progress=False) if "1" in made.codes else None
            found.append((reader.words(setting), one))
    return robustness_of(initial, found, solution, reader.kind)


@dataclass(slots=True)
class _Reader:
    """Makes the truth table of a setting."""

    data: IntoDataFrame
    cases: str | None
    names: tuple[str, ...]
    outcome: str
    present: bool
    shifts: dict[str, list[tuple[float, float, float]]]

    @property
    def kind(self) -> str:
        """The kind of the caller's table."""
        return _frames.kind_of(_frames.wrap(self.data, "data"))

    def table(self, cuts: Sequence[Any], calibrations: Sequence[tuple[float, float, float]]) -> TruthTable:
        """Calibrate, and make the table."""
        chosen = dict(zip(self.shifts, calibrations, strict=True))
        fixed = [name for name in (*self.names, self.outcome) if name not in chosen]
        read = read_sets(self.data, fixed, "conditions", self.cases)
        columns = {name: read.members[:, at] for at, name in enumerate(fixed)}
        columns |= {name: self._calibrated(name, anchors) for name, anchors in chosen.items()}
        y = columns[self.outcome]
        if np.ptp(y) == 0:
            msg = f"the outcome {self.outcome!r} is {y[0]:g} in every case, so that nothing tells the cases apart"
            raise ArgumentError(msg)
        sets = Sets(self.names, np.column_stack([columns[name] for name in self.names]), read.cases, read.kind)
        label = self.outcome if self.present else f"~{self.outcome}"
        return tabulated(sets, label, y if self.present else 1 - y, cutoffs_of(*cuts))

    def _calibrated(self, name: str, anchors: tuple[float, float, float]) -> NDArray[np.float64]:
        frame = _frames.wrap(self.data, "data")
        values = numbers_in(frame.get_column(_frames.require(frame, name, "anchors")).to_list(), repr(name))
        if not np.isfinite(values).all():
            row = int(np.flatnonzero(~np.isfinite(values))[0])
            msg = f"{name!r} must hold a finite number for every case, but row {row} has none"
            raise ArgumentError(msg)
        return memberships(values, *anchors)

    def words(self, setting: Sequence[Any]) -> dict[str, Any]:
        """The cut-offs, and the anchors as text."""
        cuts = dict(zip(("frequency", "consistency", "pri"), setting, strict=False))
        texts = (f"{out:g}, {crossover:g}, {full:g}" for out, crossover, full in setting[len(cuts) :])
        return cuts | {f"anchors of {name}": text for name, text in zip(self.shifts, texts, strict=True)}


def _several(argument: str, values: object) -> list[Any]:
    if not isinstance(values, list | tuple | np.ndarray) or not len(values):
        msg = f"{argument} must list cut-offs, the first being that of the solution to test, but is {values!r}"
        raise ArgumentError(msg)
    found = list(dict.fromkeys(values if isinstance(values, list | tuple) else values.tolist()))
    for value in found:
        parts: dict[str, Any] = {"frequency": 1, "consistency": CROSSOVER, "pri": None} | {argument: value}
        cutoffs_of(parts["frequency"], parts["consistency"], parts["pri"])
    return found


def _shifts(anchors: object, names: Sequence[str]) -> dict[str, list[tuple[float, float, float]]]:
    if anchors is None:
        return {}
    if not isinstance(anchors, dict):
        msg = f"anchors must be a dict from columns to lists of (out, crossover, full), but is {anchors!r}"
        raise ArgumentError(msg)
    found = {}
    for name, listed in anchors.items():
        if name not in names:
            hint = _frames.near(str(name), names) or "."
            msg = f"anchors name {name!r}, which is no condition and not the outcome{hint}"
            raise ArgumentError(msg)
        triples = list(listed) if isinstance(listed, list | tuple) else []
        if not triples or not all(isinstance(one, list | tuple) and len(one) == ANCHORS for one in triples):
            msg = f"anchors[{name!r}] must list calibrations, each as (out, crossover, full), but is {listed!r}"
            raise ArgumentError(msg)
        found[name] = [anchors_in_order(*one) for one in triples]
    return found
