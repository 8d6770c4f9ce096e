"""Tables of groups, without what too few actors stand behind."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet.report._cells import rows_of
from wholenet.report._suppress import suppress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["shown"]


def shown(
    rows: Sequence[Mapping[str, Any]], *, by: str, count: str, values: Sequence[str] = (), least: int
) -> tuple[list[dict[str, Any]], str]:
    """Give the rows with small counts blanked (None), within each network; and a note that says so."""
    if least <= 1 or not rows:
        return [dict(row) for row in rows], ""
    frame = _frames.make({name: [row[name] for row in rows] for name in rows[0]}, "pyarrow")
    found = suppress(frame, by=by, count=count, values=list(values), min_count=least, within="network")
    note = f"<p class='note'>{escape(found.note)}</p>" if found.note else ""
    return rows_of(found.to_frame()), note
