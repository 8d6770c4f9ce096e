"""A picture: SVG that shows itself in a notebook and writes itself to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wholenet import _export, _svg
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Picture", "page"]


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture, as SVG.

    It shows itself in a notebook, scales without loss, and needs no other file, font or script.

    Parameters
    ----------
    svg : str
        The picture: one ``<svg>`` element, as it may stand in a page.
    description : str
        What it shows, in words.

    Examples
    --------
    >>> import wholenet as wn
    >>> picture = wn.draw.network(wn.Network.from_edges((["a"], ["b"])))
    >>> picture
    <Picture: Map of a network of 2 actors and 1 directed tie>
    >>> picture.svg[:4]
    '<svg'
    """

    svg: str
    description: str = ""

    def save(self, path: str | Path) -> None:
        """Write the picture to a file.

        Parameters
        ----------
        path : str or Path
            The file, whose name ends in ``.svg``; one that exists is replaced once the new one is whole.

        Raises
        ------
        ArgumentError
            The name has another ending.

        Examples
        --------
        >>> import tempfile
        >>> import wholenet as wn
        >>> picture = wn.draw.network(wn.Network.from_edges((["a"], ["b"])))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     picture.save(folder + "/map.svg")
        """
        path = Path(path)
        if path.suffix.lower() != ".svg":
            msg = (
                f"a picture is saved as .svg, and {path.name!r} ends otherwise. Save it as .svg; browsers, Inkscape "
                "and word processors open that, and turn it into PDF or PNG"
            )
            raise ArgumentError(msg)
        _export.write(path, f"<?xml version='1.0' encoding='UTF-8'?>\n{self.svg}\n".encode())

    def __repr__(self) -> str:
        return f"<Picture: {self.description}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return f"<div>{self.svg}</div>"


def page(width: float, height: float, content: Iterable[str], description: str) -> Picture:
    """Put markup on a page of its own."""
    return Picture(_svg.document(width, height, content, description), description)
