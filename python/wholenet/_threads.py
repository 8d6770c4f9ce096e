"""How many threads a call may use."""

from __future__ import annotations

import os

from wholenet import _core
from wholenet.errors import ArgumentError

__all__ = ["get_threads", "set_threads"]


def set_threads(threads: int) -> None:
    """Set how many threads a call may use.

    Parameters
    ----------
    threads : int
        At least 1. The environment variable ``WHOLENET_THREADS`` sets it at import; else it is the number of
        processors this process may run on.

    Raises
    ------
    ArgumentError
        Fewer than 1.

    Notes
    -----
    Results do not depend on it, to the last bit.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.get_threads()
    >>> wn.set_threads(1)
    >>> wn.get_threads()
    1
    >>> wn.set_threads(before)
    """
    if not isinstance(threads, int) or isinstance(threads, bool) or threads < 1:
        msg = f"threads must be a whole number of at least 1, but is {threads!r}"
        raise ArgumentError(msg)
    _core.set_threads(threads)


def get_threads() -> int:
    """Tell how many threads a call may use.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.get_threads() >= 1
    True
    """
    return _core.get_threads()


_wanted = os.environ.get("WHOLENET_THREADS")
if _wanted:
    if not _wanted.isdecimal():
        _message = f"the environment variable WHOLENET_THREADS must be a whole number of at least 1, but is {_wanted!r}"
        raise ArgumentError(_message)
    set_threads(int(_wanted))
