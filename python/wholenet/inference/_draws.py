"""Draws of a test: here, or spread over an executor."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, wait
from pickle import PicklingError
from time import monotonic
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from wholenet._progress import Bar, bar
from wholenet.errors import ArgumentError, DrawError, ExecutorError, WholenetError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from numpy.typing import NDArray

__all__ = ["Kernel", "Patient", "drawn", "each", "failed", "stream"]

# Ranges of draws that an executor gets at least; what it returns does not depend on it.
RANGES = 32
# Seconds after which cancelled work is looked for.
TICK = 0.5
# Seconds of work after which progress shows.
PATIENCE = 1.0


class Kernel(Protocol):
    """Computes some of the draws: those from `first` on. It can be pickled."""

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Give an array whose first axis has `count` entries."""


def stream(seed: int, draw: int, sample: int = 0) -> np.random.Generator:
    """Make the stream of a draw; samples that are drawn independently of each other have streams of their own."""
    key = np.array([seed, draw], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=np.array([0, 0, 0, sample], dtype=np.uint64)))


def drawn(
    kernel: Kernel, draws: int, *, seed: int, executor: Executor | None, progress: bool | None, may_fail: bool = False
) -> NDArray[np.float64]:
    """Compute draws 0 to `draws` - 1, in one go or in ranges sent to an executor; NaN only where draws `may_fail`."""
    shown = progress is not False
    found = kernel(0, draws, progress=shown) if executor is None else _spread(kernel, draws, executor, progress=shown)
    odd = np.isnan(found.reshape(len(found), -1)).any(axis=1)
    if odd.any() and not may_fail:
        raise DrawError(failed(int(np.argmax(odd)), seed, "gives no number (NaN)"))
    return found


def failed(draw: int, seed: int, what: str) -> str:
    """Say which draw went wrong."""
    return f"draw {draw:,} of seed {seed} {what}; the same seed gives the same draw again"


def _spread(kernel: Kernel, draws: int, executor: Executor, *, progress: bool) -> NDArray[np.float64]:
    if not callable(getattr(executor, "submit", None)):
        msg = (
            "executor must be a concurrent.futures.Executor (of dask: Client(...).get_executor()), but is a "
            f"{type(executor).__name__}"
        )
        raise ArgumentError(msg)
    size = max(1, -(-draws // RANGES))
    futures: dict[Future[NDArray[np.float64]], int] = {}
    try:
        for first in range(0, draws, size):
            futures[executor.submit(kernel, first, min(size, draws - first), progress=False)] = first
        parts = _gathered(futures, draws, size, progress=progress)
    except WholenetError:
        raise
    except Exception as error:
        told = _told(error, draws)
        if told is None:
            raise
        raise told from error
    finally:
        for future in futures:
            future.cancel()
    return np.concatenate([parts[first] for first in sorted(parts)])


def _told(error: Exception, draws: int) -> WholenetError | None:
    """What went wrong with an executor, in our words; None: nothing of its own."""
    # dask's KilledWorker is not imported for its name.
    if isinstance(error, BrokenExecutor | CancelledError) or type(error).__name__ == "KilledWorker":
        what = str(error) or "its work was cancelled"
        msg = f"the executor died before all {draws:,} draws were made: {what}. Start a new one and call again"
        return ExecutorError(msg)
    if isinstance(error, PicklingError) or "pickle" in str(error):
        msg = (
            f"the statistic can't be sent to another process ({error}). Write it as a function of a module, or leave "
            "executor= out"
        )
        return ArgumentError(msg)
    return ExecutorError(f"the executor takes no work: {error}") if isinstance(error, RuntimeError) else None


def _gathered(
    futures: dict[Future[NDArray[np.float64]], int], draws: int, size: int, *, progress: bool
) -> dict[int, NDArray[np.float64]]:
    """Wait for all ranges, by their first draws."""
    parts: dict[int, NDArray[np.float64]] = {}
    left = set(futures)
    with Patient("draws", draws, progress=progress) as shown:
        while left:
            # Of futures that somebody cancels nothing is heard.
            ready = wait(left, timeout=TICK, return_when=FIRST_COMPLETED).done | {
                one for one in left if one.cancelled()
            }
            parts |= {futures[future]: future.result() for future in ready}
            left -= ready
            shown.reach(min(len(parts) * size, draws))
    return parts


class Patient:
    """A progress bar that shows once work has lasted a while."""

    def __init__(self, name: str, total: int, *, progress: bool) -> None:
        self._name, self._total, self._progress = name, total, progress
        self._started = monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def reach(self, done: int) -> None:
        """Show how far the work has come."""
        if self._bar is None and self._progress and monotonic() - self._started > PATIENCE:
            self._bar = bar(self._name, self._total)
        if self._bar is not None:
            self._bar.reach(done)


def each(
    draw: Callable[[int], float | NDArray[np.float64]], first: int, count: int, *, name: str, progress: bool
) -> NDArray[np.float64]:
    """Compute draws one by one, with a bar once they take long; each is a number, or an array of the same shape."""
    found: list[float | NDArray[np.float64]] = []
    with Patient(name, count, progress=progress) as shown:
        for place in range(count):
            found.append(draw(first + place))
            shown.reach(place + 1)
    return np.array(found, dtype=np.float64)
