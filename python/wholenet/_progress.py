"""Progress bars for calls that last longer than a second."""

from __future__ import annotations

import warnings

__all__ = ["Bar", "bar"]


class Bar:
    """A progress bar that is told how far the work has come."""

    def __init__(self, name: str, total: int) -> None:
        with warnings.catch_warnings():
            # Without ipywidgets tqdm warns and draws a text bar, which is what is wanted then.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm

            self._bar = tqdm(total=total, desc=name, leave=False)

    def reach(self, done: int) -> None:
        """Draw the bar at `done` units."""
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


def bar(name: str, total: int) -> Bar:
    """Show a bar for `total` units of work."""
    return Bar(name, total)
