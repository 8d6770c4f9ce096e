"""The columns of an event log, put in order and cut by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet.errors import ArgumentError, LabelError
from wholenet.flows import _read
from wholenet.flows._part import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet._narwhals import nw

__all__ = ["Columns", "cut", "known", "named", "places_of"]


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns, in the order of the table: (m,) each."""

    client: NDArray[np.uint32]
    clients: int
    organisation: NDArray[np.uint32]
    times: _read.Times
    reason: NDArray[np.int8]
    level: NDArray[np.int64] | None
    referrer: NDArray[np.int64] | None
    outcomes: dict[str, NDArray[np.float64]]

    def rest(self) -> NDArray[np.int64]:
        """What orders a client's trajectories of the same days: level, reason, referrer, organisation."""
        found = np.zeros(len(self.client), dtype=np.int64)
        for codes in (self.level, self.reason, self.referrer, self.organisation):
            if codes is not None:
                found *= int(codes.max(initial=0)) + 1
                found += codes
        return found

    def part(self, key: tuple[Any, ...], rows: NDArray[Any]) -> Part:
        """Take rows out."""
        times = self.times
        whole = Part(
            key, self.client, self.organisation, times.start, times.end, self.reason, self.level, self.referrer,
            self.outcomes,
        )  # fmt: skip
        return whole.take(rows)


def known(organisations: Any) -> tuple[nw.DataFrame[Any] | None, list[Any] | None]:
    """Read the list or the table of organisations."""
    if organisations is None:
        return None, None
    if _frames.is_frame(organisations):
        frame, labels = _ingest.actor_table(organisations, None)
    else:
        frame, labels = None, _ingest.label_column(organisations, "organisations")
    known = _ingest.as_list(labels)
    if len(set(known)) < len(known):
        twice = next(label for at, label in enumerate(known) if label in known[:at])
        msg = f"organisations= lists {twice!r} twice; each organisation stands there once"
        raise LabelError(msg)
    return frame, known


def named(outcomes: Any) -> list[str]:
    if isinstance(outcomes, str) or not all(isinstance(name, str) for name in outcomes):
        msg = f"outcomes= is a list of columns, but is {outcomes!r}"
        raise ArgumentError(msg)
    return list(dict.fromkeys(outcomes))


def places_of(frame: nw.DataFrame[Any], by: str) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    codes, names = _read.groups(frame, by, "by", None)
    return codes, [(name,) for name in names]


def cut(
    columns: Columns,
    place: NDArray[np.int64] | None,
    places: list[tuple[Any, ...]],
    overlaps: str,
    duplicates: str,
    *,
    ends: bool,
) -> tuple[tuple[Part, ...], list[tuple[str, int]]]:
    """Sort the trajectories, and cut them by place; and say what was found."""
    times = columns.times
    until = np.where(times.ended, times.end, np.iinfo(np.int64).max)
    order = _core.flows_order(columns.client, columns.clients, times.start, until, columns.rest())
    del until
    cuts = [order] if place is None else [order[place[order] == at] for at in range(len(places))]
    parts, repeated, crossing = [], [], []
    for key, rows in zip(places, cuts, strict=True):
        part = columns.part(key, rows)
        if (same := part.repeated).any():
            repeated.append(rows[same])
            part, rows = part.take(np.flatnonzero(~same)), rows[~same]  # noqa: PLW2901 (what is left of them)
        parts.append(part)
        if ends:
            crossing.append(rows[part.overlaps])
    _refused(repeated, duplicates, "list a trajectory that stands there already", "duplicates", "drop")
    what = "start while the client is still in another trajectory at the organisation"
    _refused(crossing, overlaps, what, "overlaps", "keep")
    counts = [sum(map(len, found)) for found in (repeated, crossing)]
    told = ("repeated trajectories dropped", "overlaps at one organisation kept")
    return tuple(parts), list(zip(told, counts, strict=True))


def _refused(found: list[NDArray[np.uint32]], choice: str, what: str, argument: str, word: str) -> None:
    """Refuse rows that the caller has not accepted."""
    if choice == "error" and any(map(len, found)):
        rows = np.sort(np.concatenate(found)).astype(np.int64)
        _read.refuse_rows(rows, what, f'Correct them, or pass {argument}="{word}"')
