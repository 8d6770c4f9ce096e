"""Tables of groups, without what too few actors stand behind."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, draw, mixing
from wholenet._checks import unvalued
from wholenet.report._cells import rows_of
from wholenet.report._suppress import suppress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wholenet.network import Network

__all__ = ["density_map", "shown"]


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


def density_map(net: Network, by: str, least: int) -> draw.Picture:
    """Densities between groups as a multiple of that of the network; groups of too few actors stay blank."""
    sizes = {row["group"]: row["actors"] for row in rows_of(mixing.composition(net, by=by))}
    rows = rows_of(mixing.sector_density(unvalued(net), by=by))
    groups = sorted({row["from"] for row in rows} | {row["to"] for row in rows}, key=str)
    place = {group: at for at, group in enumerate(groups)}
    ratio = np.full((len(groups), len(groups)), np.nan)
    for row in rows:
        ratio[place[row["from"]], place[row["to"]]] = row["ratio"]
        if not net.directed:
            ratio[place[row["to"]], place[row["from"]]] = row["ratio"]
    small = [place[group] for group in groups if sizes[group] < least]
    ratio[small, :] = ratio[:, small] = np.nan
    words = [str(group) for group in groups]
    return draw.heatmap(ratio, words, words)
