"""What was not filled in: empty cells, alters without a row, organisations without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np

from wholenet import _ingest
from wholenet.errors import ArgumentError
from wholenet.survey._combine import numbered
from wholenet.survey._items import Items
from wholenet.survey._words import EMPTY, NO, SKIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from wholenet.survey._export import Export

__all__ = ["active", "fill_empty", "fill_unlisted", "with_silent"]

SHOWN = 3


def with_silent(items: Items, silent: list[tuple[int, int, int]]) -> Items:
    """Add a person for each organisation that answered, as the caller says, and has no row: an item about itself."""
    if not silent:
        return items
    part, relation, ego = (np.array(column, dtype=np.int64) for column in zip(*silent, strict=True))
    return Items.joined([items, _made(part, relation, ego, np.full(len(part), -1), ego, EMPTY)])


def _made(
    part: NDArray[np.int64],
    relation: NDArray[np.int64],
    ego: NDArray[np.int64],
    person: NDArray[np.int64],
    alter: NDArray[np.int64],
    state: int,
) -> Items:
    n = len(part)
    return Items(
        part=part,
        relation=relation,
        ego=ego,
        person=person,
        alter=alter,
        state=np.full(n, state, dtype=np.int8),
        value=np.zeros(n),
        row=np.full(n, -1),
        column=np.full(n, -1),
        designated=np.zeros(n, dtype=bool),
    )


def active(items: Items) -> NDArray[np.bool_]:
    """Mark the items of persons who answered one or more of them."""
    codes = numbered(items.part, items.ego, items.person)
    answered = np.bincount(codes, weights=items.state > SKIPPED) > 0
    return np.asarray(answered[codes], dtype=bool)


def fill_empty(items: Items, acting: NDArray[np.bool_], empty: str | None, *, implied: bool) -> tuple[Items, int]:
    """Read the empty cells of those who answered as no, or as skipped; say how many were read as no."""
    cells = acting & (items.state == EMPTY)
    silent = np.setdiff1d(items.relation[cells], items.relation[items.state == NO])
    if empty is None and not implied and len(silent):
        count = int((cells & np.isin(items.relation, silent)).sum())
        msg = (
            f"{_ingest.counted(count, 'cell')} of respondents who answered {'is' if count == 1 else 'are'} empty, and "
            'no answer there says "no tie". Say what an empty cell is: empty="no", as where only ties are ticked, or '
            'empty="skipped"'
        )
        raise ArgumentError(msg)
    state = np.where(cells, NO if empty == "no" else SKIPPED, items.state).astype(np.int8)
    state[state == EMPTY] = SKIPPED
    return items.changed(state=state), int(cells.sum()) if empty == "no" else 0


def fill_unlisted(
    export: Export,
    items: Items,
    acting: NDArray[np.bool_],
    known: Mapping[int, NDArray[np.int64]],
    asked: list[tuple[int, int]],
    unlisted: str | None,
) -> tuple[Items, int]:
    """Add an item for each alter whom a respondent who answered has no row or column for; say how many."""
    made, lists = [], []
    for part, relation in asked:
        own = items.part == part
        people = np.unique(np.column_stack([items.ego[own & acting], items.person[own & acting]]), axis=0)
        members = known[part]
        place = np.full(len(export.labels), -1)
        place[members] = np.arange(len(members))
        listed = np.zeros((len(people), len(members)), dtype=bool)
        number = {tuple(pair): row for row, pair in enumerate(people.tolist())}
        here = np.flatnonzero(own & acting & (items.relation == relation))
        rows = [number[pair] for pair in zip(items.ego[here].tolist(), items.person[here].tolist(), strict=True)]
        listed[rows, place[items.alter[here]]] = True
        listed |= people[:, :1] == members
        person, alter = np.nonzero(~listed)
        if len(person) and unlisted is None:
            _refuse_unlisted(export, part, relation, listed, people)
        lists.append(len(person))
        made.append(
            _made(
                np.full(len(person), part),
                np.full(len(person), relation),
                people[person, 0],
                people[person, 1],
                members[alter],
                NO if unlisted == "no" else SKIPPED,
            )
        )
    return Items.joined([items, *made]), sum(lists)


def _refuse_unlisted(
    export: Export, part: int, relation: int, listed: NDArray[np.bool_], people: NDArray[np.int64]
) -> NoReturn:
    lacking = np.flatnonzero(~listed.all(axis=1))
    counts = {export.labels[people[at, 0]]: int(listed[at].sum()) - 1 for at in lacking.tolist()}
    others = listed.shape[1] - 1
    shown = _ingest.first_of(
        (f"{label!r} has rows for {count:,} of {others:,}" for label, count in list(counts.items())[:SHOWN]),
        len(counts),
    )
    of = f", {export.relations[relation]!r}" if export.relations[relation] is not None else ""
    msg = (
        f"{len(lacking):,} of {len(people):,} respondents of {export.where(part)}{of} have no row for some of the "
        f'other organisations ({shown}). Say what that means: unlisted="no" where only ties are listed, '
        'unlisted="skipped" where they were not asked or did not answer'
    )
    raise ArgumentError(msg)
