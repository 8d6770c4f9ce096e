"""Draws of a test: here, or spread over an executor."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, as_completed
from time import monotonic
from typing import TYPE_CHECKING, Protocol

import numpy as np

from wholenet._progress import bar
from wholenet.errors import ArgumentError, DrawError, ExecutorError, WholenetError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from numpy.typing import NDArray

__all__ = ["Kernel", "drawn", "each"]

# Ranges of draws that an executor gets at least; what it returns does not depend on it.
RANGES = 32
# Seconds of work after which progress shows.
PATIENCE = 1.0


class Kernel(Protocol):
    """Computes some of the draws: those from `first` on. It can be pickled."""

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Give an array whose first axis has `count` entries."""


def drawn(
    kernel: Kernel, draws: int, *, seed: int, executor: Executor | None, progress: bool, may_fail: bool = False
) -> NDArray[np.float64]:
    """Compute draws 0 to `draws` - 1, in one go or in ranges sent to an executor; NaN is refused unless it `may_fail`."""
    if executor is None:
        found = kernel(0, draws, progress=progress)
    else:
        found = _spread(kernel, draws, executor, progress=progress)
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
    firsts = range(0, draws, size)
    shown, started = None, monotonic()
    futures: dict[Future[NDArray[np.float64]], int] = {}
    try:
        for first in firsts:
            futures[executor.submit(kernel, first, min(size, draws - first), progress=False)] = first
        parts: dict[int, NDArray[np.float64]] = {}
        for future in as_completed(futures):
            parts[futures[future]] = future.result()
            if progress and shown is None and monotonic() - started > PATIENCE:
                shown = bar("draws", draws)
            if shown is not None:
                shown.reach(min(len(parts) * size, draws))
    except BrokenExecutor as error:
        msg = f"the executor died before all {draws:,} draws were made: {error}. Start a new one and call again"
        raise ExecutorError(msg) from error
    except WholenetError:
        raise
    except RuntimeError as error:
        msg = f"the executor takes no work: {error}"
        raise ExecutorError(msg) from error
    finally:
        for future in futures:
            future.cancel()
        if shown is not None:
            shown.close()
    return np.concatenate([parts[first] for first in firsts])


def each(
    draw: Callable[[int], float | NDArray[np.float64]], first: int, count: int, *, name: str, progress: bool
) -> NDArray[np.float64]:
    """Compute draws one by one, with a bar once they take long; each is a number, or an array of the same shape."""
    found: list[float | NDArray[np.float64]] = []
    shown, started = None, monotonic()
    try:
        for place in range(count):
            found.append(draw(first + place))
            if progress and shown is None and monotonic() - started > PATIENCE:
                shown = bar(name, count)
            if shown is not None:
                shown.reach(place + 1)
    finally:
        if shown is not None:
            shown.close()
    return np.array(found, dtype=np.float64)
