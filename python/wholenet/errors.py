"""What can go wrong, by kind.

Every error derives from `WholenetError` and from the builtin that fits, so that both
``except wholenet.WholenetError`` and ``except ValueError`` work. Messages say what was found, what was
expected, where, and what to do.
"""

from __future__ import annotations

__all__ = [
    "ActorError",
    "ArgumentError",
    "ColumnError",
    "ConvergenceError",
    "DependencyError",
    "DirectionError",
    "DrawError",
    "ExecutorError",
    "FileAccessError",
    "FormatError",
    "InfeasibleError",
    "InternalError",
    "KeyNotFoundError",
    "LabelError",
    "MissingFileError",
    "MissingTiesError",
    "ModeError",
    "ModelError",
    "SignedTiesError",
    "SmallNetworkError",
    "TieError",
    "WholenetError",
]


class WholenetError(Exception):
    """The base of all errors of this package."""

    def __str__(self) -> str:
        # KeyError would show the message as a quoted literal.
        return str(self.args[0]) if len(self.args) == 1 else super().__str__()


class ArgumentError(WholenetError, ValueError):
    """An argument has a value that it may not have."""


class ColumnError(WholenetError, KeyError):
    """A table has no column of the name asked for."""


class LabelError(WholenetError, ValueError):
    """Labels are null, of mixed types, repeated, or not in the actors table."""


class ActorError(WholenetError, KeyError):
    """The network has no actor of the label asked for."""


class KeyNotFoundError(WholenetError, KeyError):
    """The study has no network under the key asked for, or there is no measure of that name."""


class TieError(WholenetError, ValueError):
    """Ties are listed that a network can't take as they are."""


class DirectionError(WholenetError, ValueError):
    """The measure reads directed networks only, or undirected networks only."""


class ModeError(WholenetError, ValueError):
    """The measure reads networks of one mode only, or two-mode networks only."""


class SignedTiesError(WholenetError, ValueError):
    """The measure would misread negative tie values."""


class MissingTiesError(WholenetError, ValueError):
    """Something has to be decided about ties that were not observed."""


class SmallNetworkError(WholenetError, ValueError):
    """The network has too few actors or dyads for the number asked for."""


class ConvergenceError(WholenetError, RuntimeError):
    """An iteration did not settle."""


class ModelError(WholenetError, ValueError):
    """A model can't be fitted to these data: predictors that are constant or collinear, separation, too few dyads."""


class DrawError(WholenetError, RuntimeError):
    """A statistic failed, or is not a number, on a draw of a test; the message names the draw and the seed."""


class ExecutorError(WholenetError, RuntimeError):
    """The executor that the draws were sent to died."""


class FormatError(WholenetError, ValueError):
    """A file is not what it should be: foreign, damaged, truncated, or of an unknown version."""


class MissingFileError(WholenetError, FileNotFoundError):
    """A file, or the folder it should be in, is not there."""


class FileAccessError(WholenetError, OSError):
    """A file can't be read or written: no permission, a folder, a full disk."""


class DependencyError(WholenetError, ImportError):
    """A package that this call needs is not installed."""


class InfeasibleError(WholenetError, ValueError):
    """No network meets all rules; `conflict` holds those that conflict, in words."""

    conflict: tuple[str, ...] = ()


class InternalError(WholenetError, RuntimeError):
    """Something that no input should cause; please report it."""
