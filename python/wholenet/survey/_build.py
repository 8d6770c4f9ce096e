"""From the cells of all organisations to networks and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest, _keys
from wholenet._checks import core_of
from wholenet._narwhals import nw
from wholenet.network import Network
from wholenet.survey._roster_result import COUNTS, Roster
from wholenet.survey._words import NO, SKIPPED, TIE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wholenet.survey._combine import Cells
    from wholenet.survey._export import Export
    from wholenet.survey._members import Members

    Key = tuple[Any, ...]

__all__ = ["Built", "built"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a roster is made of, besides its cells."""

    export: Export
    members: Members
    keys: Sequence[tuple[Key, int, int]]
    names: tuple[str, ...]
    persons: Mapping[tuple[int, int], int]
    answered: Mapping[int, set[Any]] | None
    recipe: tuple[str, ...]
    kind: str


class _Tables:
    """The rows of the three tables of a roster."""

    def __init__(self) -> None:
        self.ties: list[tuple[Any, ...]] = []
        self.respondents: list[tuple[Any, ...]] = []
        self.answers: list[tuple[Any, ...]] = []


def built(cells: Cells, made: Built) -> Roster:
    """Make a roster of what each organisation said about each alter."""
    tables, networks = _Tables(), {}
    valued = bool((cells.value[cells.state == TIE] != 1).any())
    for key, part, relation in made.keys:
        which = (cells.part == part) & (cells.relation == relation)
        networks[key] = _network(_taken(cells, which), key, part, made, tables, valued=valued)
    labels = made.export.labels
    like = labels[0] if labels else ""
    keyed = dict.fromkeys(made.names, "")
    keyed |= dict(zip(made.names, next(iter(networks)), strict=True))
    return Roster(
        ties=_table(tables.ties, {**keyed, "source": like, "target": like, "value": 0.5}, made.kind),
        respondents=_table(tables.respondents, {**keyed, "organisation": like}, made.kind),
        answers=_table(
            tables.answers, {**keyed, "organisation": like, "respondents": 0, **dict.fromkeys(COUNTS, 0)}, made.kind
        ),
        by=made.names,
        networks=networks,
        recipe=made.recipe,
        kind=made.kind,
    )


def _taken(cells: Cells, which: Any) -> list[tuple[int, int, int, float]]:
    """List the cells of one network: ego, alter, state and value."""
    columns = (cells.ego, cells.alter, cells.state, cells.value)
    return list(zip(*(column[which].tolist() for column in columns), strict=True))


def _network(
    cells: list[tuple[int, int, int, float]], key: Key, part: int, made: Built, tables: _Tables, *, valued: bool
) -> Network:
    """Make one network, and add its rows to the tables."""
    labels, order = made.export.labels, made.members.known(made.export.parts[part])
    place = {label: at for at, label in enumerate(order)}
    answered = {labels[ego] for ego, _, state, _ in cells if state > SKIPPED}
    if made.answered is not None:
        answered = made.answered[part]
    cells.sort(key=lambda cell: (place[labels[cell[0]]], place[labels[cell[1]]]))
    counts: dict[int, list[int]] = {
        ego: [0] * len(COUNTS) for one, ego in made.persons if one == part and labels[ego] in place
    }
    ties = []
    for ego, alter, state, value in cells:
        count = counts.setdefault(ego, [0] * len(COUNTS))
        if state > SKIPPED:
            count[(TIE, NO, UNKNOWN).index(state)] += 1
        if state != NO and labels[ego] in answered:
            ties.append((labels[ego], labels[alter], value if state == TIE else None))
    for count in counts.values():
        count[-1] = len(order) - 1 - sum(count)
    tables.ties += [(*key, *tie) for tie in ties]
    tables.respondents += [(*key, label) for label in order if label in answered]
    egos = sorted(counts, key=lambda ego: place[labels[ego]])
    tables.answers += [(*key, labels[ego], made.persons.get((part, ego), 0), *counts[ego]) for ego in egos]
    silent = {labels[ego]: counts[ego] for ego in egos if labels[ego] in answered}
    first = _told(key, made, part, answered, silent, len(order))
    return _made(ties, made.members.table(made.export.parts[part], made.kind), answered, made, first, valued=valued)


def _told(
    key: Key, made: Built, part: int, answered: set[Any], counts: Mapping[Any, list[int]], members: int
) -> tuple[str, ...]:
    """Say in the recipe who answered, and what was not observed of them."""
    persons = sum(
        count for (one, ego), count in made.persons.items() if one == part and made.export.labels[ego] in answered
    )
    by = f" by {_ingest.counted(persons, 'respondent')}" if made.export.persons else ""
    name = f"{_keys.described(made.names, key)}: " if key else ""
    steps = [f"{name}questionnaires of {len(answered):,} of {members:,} organisations{by}", *made.recipe]
    unknown, skipped = (sum(count[place] for count in counts.values()) for place in (-2, -1))
    if unknown or skipped:
        steps.append(f"dyads not observed of those who answered: {unknown:,} don't know, {skipped:,} skipped")
    return tuple(steps)


def _made(
    ties: list[tuple[Any, Any, float | None]],
    actors: Any,
    answered: set[Any],
    made: Built,
    first: tuple[str, ...],
    *,
    valued: bool,
) -> Network:
    hidden = any(value is None for _, _, value in ties)
    weight = np.array([value for _, _, value in ties], dtype=np.float64)
    net = Network.from_edges(
        ([tie[0] for tie in ties], [tie[1] for tie in ties]),
        actors,
        weight=weight if valued or hidden else None,
        actor=made.members.label,
        respondents=sorted(answered),
    )
    core = core_of(net)
    core = core if valued or not core.valued else core.unvalued()
    frame, recipe = net._frame, (*first, *net.recipe)  # noqa: SLF001 (a constructor of this package)
    return Network._make(core, frame=frame, kind=made.kind, recipe=recipe)


def _table(rows: list[tuple[Any, ...]], like: Mapping[str, Any], kind: str) -> Any:
    """Make a table; where it has no rows, `like` gives the kind of each column."""
    columns: dict[str, Any] = {}
    for place, (name, sample) in enumerate(like.items()):
        columns[name] = _frames.column([row[place] for row in rows], sample)
    frame = _frames.wrap(_frames.make(columns, kind), "ties")
    if "value" in like:
        frame = frame.with_columns(nw.col("value").cast(nw.Float64))
    return frame.to_native()
