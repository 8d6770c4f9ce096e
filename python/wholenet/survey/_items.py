"""The items of a questionnaire: who was asked about whom, in the rows or in the columns of an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet.errors import ArgumentError, LabelError
from wholenet.survey._words import TIE

if TYPE_CHECKING:
    import narwhals as nw
    from numpy.typing import NDArray

    from wholenet.survey._words import Words

__all__ = ["Blocks", "Coded", "Items", "Rows", "blocks_of", "filled", "labels_in", "long_items", "wide_items"]

RELATION = "relation"


class Coded:
    """Things numbered from 0 in the order in which they come up."""

    def __init__(self) -> None:
        self.codes: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        return self.codes.setdefault(value, len(self.codes))

    def many(self, values: Iterable[Any]) -> NDArray[np.int64]:
        """Number several."""
        codes = self.codes
        return np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)

    @property
    def values(self) -> list[Any]:
        """What the numbers stand for."""
        return list(self.codes)


@dataclass(frozen=True, slots=True)
class Items:
    """
    One entry for each item: what one person of an organisation was asked about another organisation.

    All are codes but `state` and `value`; `row` and `column` tell where in the caller's table the item stands, and
    `designated` whether its respondent is the one whose answer counts.
    """

    part: NDArray[np.int64]
    relation: NDArray[np.int64]
    ego: NDArray[np.int64]
    person: NDArray[np.int64]
    alter: NDArray[np.int64]
    state: NDArray[np.int8]
    value: NDArray[np.float64]
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    designated: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.row)

    def keep(self, which: NDArray[Any]) -> Items:
        """Take some of the items."""
        return Items(**{name: getattr(self, name)[which] for name in self.__slots__})

    def changed(self, **columns: Any) -> Items:
        """Put other columns in."""
        return replace(self, **columns)

    @classmethod
    def joined(cls, parts: list[Items]) -> Items:
        """Put items below each other."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of the caller's table say, besides the answers."""

    frame: nw.DataFrame[Any]
    part: NDArray[np.int64]
    ego: NDArray[np.int64]
    person: NDArray[np.int64]
    designated: NDArray[np.bool_]


Blocks = dict[Any, dict[str, Any]]


def long_items(rows: Rows, words: Words, labels: Coded, relations: Coded, names: Mapping[str, str | None]) -> Items:
    """Read a table with a row for each respondent, alter and relation."""
    frame, alter = rows.frame, _frames.require(rows.frame, str(names["alter"]), "alter")
    n = len(frame)
    if names["answer"] is None:
        state, value = np.full(n, TIE, dtype=np.int8), np.ones(n)
    else:
        answers = frame[_frames.require(frame, names["answer"], "answer")].to_list()
        state, value = words.read(answers, lambda place: f"row {place}")
    relation = names["relation"]
    return Items(
        part=rows.part,
        relation=relations.many([None] * n)
        if relation is None
        else relations.many(filled(frame, relation, "relation")),
        ego=rows.ego,
        person=rows.person,
        alter=labels.many(labels_in(frame, alter)),
        state=state,
        value=value,
        row=np.arange(n),
        column=np.full(n, -1),
        designated=rows.designated,
    )


def wide_items(
    rows: Rows, words: Words, labels: Coded, relations: Coded, blocks: Blocks, relation: str | None
) -> Items:
    """Read a table with a column for each alter, or for each alter and relation."""
    frame, n = rows.frame, len(rows.frame)
    own = None if relation is None else relations.many(filled(frame, relation, "relation"))
    parts, place = [], 0
    for name, columns in blocks.items():
        for column, label in columns.items():
            answers = frame[_frames.require(frame, column, "alters")].to_list()
            state, value = words.read(answers, lambda at, column=column: f"row {at}, column {column!r}")  # type: ignore[misc]
            parts.append(
                Items(
                    part=rows.part,
                    relation=np.full(n, relations(name)) if own is None else own,
                    ego=rows.ego,
                    person=rows.person,
                    alter=np.full(n, labels(label)),
                    state=state,
                    value=value,
                    row=np.arange(n),
                    column=np.full(n, place),
                    designated=rows.designated,
                )
            )
            place += 1
    return Items.joined(parts)


def blocks_of(alters: object) -> Blocks:
    """Read ``alters=``: columns, columns with labels, or either for each relation."""
    if isinstance(alters, Mapping) and any(isinstance(one, Mapping | list | tuple) for one in alters.values()):
        blocks = {name: _block(one, f"alters[{name!r}]") for name, one in alters.items()}
        columns = [column for block in blocks.values() for column in block]
        twice = next((column for column in columns if columns.count(column) > 1), None)
        if twice is not None:
            msg = f"alters= has the column {twice!r} in two relations; each column holds the answers on one"
            raise ArgumentError(msg)
        return blocks
    return {None: _block(alters, "alters")}


def _block(columns: object, argument: str) -> dict[str, Any]:
    if not isinstance(columns, Mapping):
        if isinstance(columns, str) or not isinstance(columns, Iterable):
            msg = f"{argument} must be a list of columns, or a mapping from column to label, but is {columns!r}"
            raise ArgumentError(msg)
        listed = list(columns)
        columns = dict(zip(listed, listed, strict=True))
        if len(columns) < len(listed):
            msg = f"{argument} names a column twice"
            raise ArgumentError(msg)
    if not columns:
        msg = f"{argument} names no column"
        raise ArgumentError(msg)
    labels = list(columns.values())
    odd = next((one for one in (*columns, *labels) if _ingest.kind_word(type(one)) not in {"text", "integer"}), None)
    if odd is not None:
        msg = f"{argument} must hold columns and labels of text or integers, but holds {odd!r}"
        raise ArgumentError(msg)
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        msg = f"{argument} has two columns for {twice!r}; each organisation has one"
        raise ArgumentError(msg)
    return dict(columns)


def labels_in(frame: nw.DataFrame[Any], column: str) -> list[Any]:
    """List the labels in a column; every row must have one."""
    return _ingest.as_list(_ingest.label_column(frame[column].to_native(), column))


def filled(frame: nw.DataFrame[Any], column: str, argument: str) -> list[Any]:
    """List the values of a column in which every row must have one."""
    found = frame[_frames.require(frame, column, argument)].to_list()
    empty = [row for row, value in enumerate(found) if _ingest.is_empty(value) or value == ""]
    if empty:
        rows = _ingest.first_of(map(str, empty[: _ingest.SHOWN]), len(empty))
        msg = (
            f"column {column!r} (for {argument}=) is empty in {_ingest.counted(len(empty), 'row')} ({rows}); fill it in"
        )
        raise LabelError(msg)
    return found
