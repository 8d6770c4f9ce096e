"""Text of files, with errors that say what is wrong."""

from __future__ import annotations

from pathlib import Path

from wholenet import _export
from wholenet.errors import FormatError

__all__ = ["decoded", "store"]


def decoded(path: Path, encoding: str) -> str:
    """Read a text file, without its byte order mark."""
    try:
        return _export.read(path).decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        msg = f'{path} is not {encoding} from byte {error.start:,}; older files are often encoding="cp1252"'
        raise FormatError(msg) from error


def store(path: str | Path, text: str) -> None:
    """Write a text file as UTF-8; one that exists is replaced once the new one is whole."""
    _export.write(Path(path), text.encode())
