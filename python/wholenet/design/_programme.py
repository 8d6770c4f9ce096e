"""A programme of yes-or-no choices, solved by HiGHS: reproducibly, and until Ctrl-C."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.errors import ConvergenceError, DependencyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Clock", "Programme", "Row", "Solved"]

# Seconds between looks at Ctrl-C and the progress bar.
TICK = 0.05
# HiGHS takes what is this near to a whole number for one; its bounds are as exact.
NEAR = 1e-6
# Of a choice between 0 and 1.
HALF = 0.5
# HiGHS's word for a solution that meets all rows.
FOUND = 2
# The seed of HiGHS's choices between equals: always the same.
SEED = 1


@dataclass(slots=True)
class Clock:
    """How long a call may take, and what shows meanwhile."""

    limit: float
    show: Any = None
    started: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return monotonic() - self.started

    @property
    def left(self) -> float:
        """Until the limit; never below 0."""
        return max(0.0, self.limit - self.seconds)

    def tick(self) -> None:
        """Show how far it is."""
        if self.show is not None:
            self.show.reach(min(int(self.seconds), int(self.limit)))


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found: choices (None: none), a proven lower bound of the cost, and whether there is no solution."""

    choice: NDArray[np.bool_] | None
    bound: float
    infeasible: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of `signs` times these columns is from `low` to `high`."""

    columns: NDArray[np.int64]
    signs: NDArray[np.int64] | NDArray[np.float64]
    low: float
    high: float


class Programme:
    """Choose columns at the least cost so that each row's sum lies between its bounds."""

    def __init__(self, cost: NDArray[np.float64]) -> None:
        try:
            import highspy
        except ImportError as error:
            msg = "a plan needs the solver HiGHS; install it with pip install 'wholenet[design]'"
            raise DependencyError(msg) from error
        self._kind = highspy
        # Whether a row without columns has a sum that may not be 0: HiGHS does not look at those.
        self._impossible = False
        self._highs = _quiet(highspy)
        for option, value in (
            ("threads", 1),
            ("random_seed", SEED),
            ("parallel", "off"),
            ("mip_abs_gap", NEAR),
            ("presolve", "off"),
        ):
            self._highs.setOptionValue(option, value)
        self._highs.HandleUserInterrupt = True
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(cost), 0
        lp.col_cost_ = cost.astype(np.float64)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(cost)), np.ones(len(cost))
        lp.a_matrix_.start_ = np.zeros(len(cost) + 1, dtype=np.int32)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
        self._highs.passModel(lp)

    def price(self, cost: NDArray[np.float64]) -> None:
        """Give the columns other costs."""
        self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost.astype(np.float64))

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        self._impossible |= any(not len(one.columns) and not one.low <= 0 <= one.high for one in rows)
        rows = [one for one in rows if len(one.columns)]
        if not rows:
            return
        starts = np.concatenate([[0], np.cumsum([len(one.columns) for one in rows])[:-1]]).astype(np.int32)
        index = np.concatenate([one.columns for one in rows]).astype(np.int32)
        value = np.concatenate([one.signs for one in rows]).astype(np.float64)
        low = np.array([one.low for one in rows], dtype=np.float64)
        high = np.array([one.high for one in rows], dtype=np.float64)
        self._highs.addRows(len(rows), low, high, len(index), starts, index, value)

    def start(self, choice: NDArray[np.bool_]) -> None:
        """Tell a solution that is known."""
        solution = self._kind.HighsSolution()
        solution.col_value = choice.astype(np.float64)
        self._highs.setSolution(solution)

    def solve(self, gap: float, clock: Clock) -> Solved:
        """Search until the cost is proven to be at most `gap` (a share) above the least, or time is out."""
        highs, kinds = self._highs, self._kind.HighsModelStatus
        if self._impossible or not highs.getNumCol():
            return Solved(np.zeros(highs.getNumCol(), dtype=bool), 0.0, infeasible=self._impossible)
        # HiGHS takes it as a share of the cost found.
        highs.setOptionValue("mip_rel_gap", gap / (1 + gap))
        # HiGHS's own clock runs on from solve to solve.
        highs.setOptionValue("time_limit", highs.getRunTime() + clock.left)
        self._run(clock)
        status = highs.getModelStatus()
        if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
            return Solved(None, np.inf, infeasible=True)
        if status not in {kinds.kOptimal, kinds.kTimeLimit, kinds.kInterrupt}:
            msg = f"HiGHS ended with {highs.modelStatusToString(status)!r}, which should not happen. Please report it"
            raise ConvergenceError(msg)
        info, columns = highs.getInfo(), highs.getNumCol()
        known = info.primal_solution_status == FOUND
        found = np.array(highs.getSolution().col_value[:columns]) > HALF if known else None
        bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else 0.0
        return Solved(found, max(0.0, float(bound)), infeasible=False)

    def relaxed(self, clock: Clock) -> NDArray[np.float64] | None:
        """Solve with choices in part; None: there is no solution, or no time."""
        highs, columns = self._highs, self._highs.getNumCol()
        if self._impossible:
            return None
        self._whole(columns, self._kind.HighsVarType.kContinuous)
        highs.setOptionValue("time_limit", highs.getRunTime() + clock.left)
        self._run(clock)
        solved = highs.getModelStatus() == self._kind.HighsModelStatus.kOptimal
        found = np.array(highs.getSolution().col_value[:columns]) if solved else None
        self._whole(columns, self._kind.HighsVarType.kInteger)
        return found

    def slack(self, first: int) -> NDArray[np.bool_]:
        """Which rows from `first` on do not bind in the solution with choices in part."""
        solution = self._highs.getSolution()
        values, low = np.array(solution.row_value), np.array(self._highs.getLp().row_lower_)
        loose: NDArray[np.bool_] = values[first:] > low[first : len(values)] + NEAR
        return loose

    def drop(self, rows: NDArray[np.int64]) -> None:
        """Take rows away."""
        self._highs.deleteRows(len(rows), rows.astype(np.int32))

    @property
    def rows(self) -> int:
        """How many rows there are."""
        count: int = self._highs.getNumRow()
        return count

    def _whole(self, columns: int, kind: Any) -> None:
        self._highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), np.array([kind] * columns))

    def _run(self, clock: Clock) -> None:
        """Solve on another thread, so that this one hears Ctrl-C."""
        thread = Thread(target=self._highs.work)
        try:
            thread.start()
            while thread.is_alive():
                thread.join(TICK)
                clock.tick()
                if not clock.left:
                    self._highs.cancelSolve()
        except BaseException:
            # The solver may hear it as late as half a second after. Its thread keeps its memory until then, and nobody
            # waits for it but the end of Python.
            self._highs.cancelSolve()
            raise


def _quiet(highspy: Any) -> Any:
    """Make a solver that prints nothing, not even its name when it starts."""

    class Quiet(highspy.Highs):  # type: ignore[misc]  # highspy is known only once it is asked for
        def enableCallbacks(self) -> None:  # noqa: N802 (highspy calls it so)
            self.setOptionValue("output_flag", False)  # noqa: FBT003 (as highspy has it)
            super().enableCallbacks()

        def work(self) -> None:
            # As highspy's startSolve, which lets one solver run at a time in all of Python.
            self.run()
            self.resetThreadScheduler(False)  # noqa: FBT003 (as highspy has it)

    return Quiet()
