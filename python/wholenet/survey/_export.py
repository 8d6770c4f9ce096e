"""An export as a whole: its keys, organisations and respondents, and items that fit the roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest, _keys
from wholenet.errors import ArgumentError, LabelError, TieError
from wholenet.survey._items import Coded, Items, Rows, blocks_of, filled, labels_in, long_items, wide_items
from wholenet.survey._words import EMPTY, TIE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import narwhals as nw
    from numpy.typing import NDArray

    from wholenet.survey._members import Members
    from wholenet.survey._words import Words

    Key = tuple[Any, ...]

__all__ = ["Columns", "Export", "read"]

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what."""

    organisation: str
    alter: str | None
    answer: str | None
    relation: str | None
    alters: Any
    respondent: str | None
    by: tuple[str, ...]
    designated: Any


@dataclass(slots=True)
class Export:
    """The items of an export, with what their codes stand for, and what was left out of it."""

    items: Items
    parts: list[Key]
    relations: list[Any]
    labels: list[Any]
    columns: list[str]
    names: tuple[str, ...]
    persons: bool
    asked: list[tuple[int, int]]
    dropped: dict[str, int] = field(default_factory=dict)

    def codes_of(self, labels: Iterable[Any]) -> NDArray[np.int64]:
        """Give the codes of labels; one that is new gets the next."""
        number = {label: code for code, label in enumerate(self.labels)}
        for label in labels:
            if label not in number:
                number[label] = len(self.labels)
                self.labels.append(label)
        return np.array([number[label] for label in labels], dtype=np.int64)

    def told(self, items: Items, at: int) -> str:
        """Tell where an item stands, and who is asked about whom."""
        column = f", column {self.columns[items.column[at]]!r}" if items.column[at] >= 0 else ""
        ends = f"{self.labels[items.ego[at]]!r} → {self.labels[items.alter[at]]!r}"
        return f"{ends} in row {items.row[at]}{column}"

    def where(self, part: int) -> str:
        """Tell which network, after the word "of"."""
        return _keys.described(self.names, self.parts[part]) or "the network"

    def shown(self, which: NDArray[np.bool_]) -> str:
        """Tell of the first items of several."""
        places = np.flatnonzero(which).tolist()
        return _ingest.first_of((self.told(self.items, at) for at in places[:SHOWN]), len(places))

    # Fitting -----------------------------------------------------------------------------------------------

    def without_selves(self, loops: str) -> None:
        """Leave out what organisations say of themselves; a tie to itself must be asked for."""
        own = self.items.ego == self.items.alter
        ties = own & (self.items.state == TIE)
        if ties.any() and loops == "error":
            msg = (
                f"{_ingest.counted(int(ties.sum()), 'answer')} of an organisation about itself: {self.shown(ties)}. "
                'Correct the labels, or leave these answers out with loops="drop"'
            )
            raise TieError(msg)
        self.dropped["answers of organisations about themselves left out"] = int(ties.sum())
        self.items = self.items.keep(~own)

    def fit(self, members: Members, outsiders: str, *, wide: bool) -> None:
        """See to it that respondents and alters are on the roster."""
        if not members.given:
            self._named(members, wide=wide)
            return
        number = {label: code for code, label in enumerate(self.labels)}
        known = np.zeros((len(self.parts), len(self.labels)), dtype=bool)
        for part, key in enumerate(self.parts):
            known[part, [number[label] for label in members.known(key) if label in number]] = True
        ego, alter = known[self.items.part, self.items.ego], known[self.items.part, self.items.alter]
        # A column for an organisation of another network is empty here.
        none = ~alter & (self.items.state == EMPTY) & (self.items.column >= 0)
        if outsiders == "error":
            self._refuse_outsiders(members, ~ego, "ego")
            self._refuse_outsiders(members, ~alter & ~none, "alter")
        elif outsiders == "add":
            self._add(members, ~ego, ~alter & ~none)
        else:
            ego_lost, alter_lost = ~ego, ego & ~alter & ~none
            rows = np.unique(self.items.row[ego_lost])
            self.dropped["rows of respondents who are not on the roster left out"] = len(rows)
            self.dropped["answers about organisations that are not on the roster left out"] = int(alter_lost.sum())
            self.items = self.items.keep(ego & alter)
            return
        self.items = self.items.keep(~none)

    def _refuse_outsiders(self, members: Members, odd: NDArray[np.bool_], end: str) -> None:
        if not odd.any():
            return
        places = np.flatnonzero(odd).tolist()
        codes = getattr(self.items, end)
        first = {(int(self.items.part[at]), int(codes[at])): at for at in reversed(places)}
        told = []
        for (part, code), at in sorted(first.items(), key=lambda one: one[1])[:SHOWN]:
            label = self.labels[code]
            near = (
                _frames.near(label, members.known(self.parts[part])).removesuffix("?") if isinstance(label, str) else ""
            )
            column = self.items.column[at]
            stands = (
                f"column {self.columns[column]!r}" if end == "alter" and column >= 0 else f"row {self.items.row[at]}"
            )
            where = f" of {self.where(part)}" if self.names else ""
            told.append(f"{label!r}{where} ({stands}{near}{'?' if near else ''})")
        shown = _ingest.first_of(told, len(first))
        what = ("respondent", "respondents") if end == "ego" else ("alter", "alters")
        found = f"1 {what[0]} is" if len(first) == 1 else f"{len(first):,} {what[1]} are"
        msg = (
            f"{found} not on the roster, members=: {shown}. Correct the labels or add them to members, or choose "
            'outsiders="drop" (leave their answers out) or "add" (they belong to the network)'
        )
        raise LabelError(msg)

    def _add(self, members: Members, egos: NDArray[np.bool_], alters: NDArray[np.bool_]) -> None:
        pairs = {
            *zip(self.items.part[egos].tolist(), self.items.ego[egos].tolist(), strict=True),
            *zip(self.items.part[alters].tolist(), self.items.alter[alters].tolist(), strict=True),
        }
        found = sorted((part, self.labels[code]) for part, code in pairs)
        for part, label in found:
            members.added.setdefault(self.parts[part], []).append(label)
        self.dropped["organisations added that were not on the roster"] = len(found)

    def _named(self, members: Members, *, wide: bool) -> None:
        """Take the organisations that the export names as the roster."""
        _refuse_alike(self.labels)
        told = self.items.state != EMPTY if wide and len(self.parts) > 1 else np.ones(len(self.items), dtype=bool)
        for part, key in enumerate(self.parts):
            own = self.items.part == part
            codes = np.union1d(np.unique(self.items.ego[own]), np.unique(self.items.alter[own & told]))
            lacking = np.setdiff1d(self.items.alter[own], codes)
            if len(lacking):
                shown = _ingest.first_of((repr(self.labels[code]) for code in lacking[:SHOWN]), len(lacking))
                msg = (
                    f"{_ingest.counted(len(lacking), 'column')} ({shown}) {'is' if len(lacking) == 1 else 'are'} empty "
                    f"in every row of {self.where(part)}: whether these organisations belong to that network is for "
                    "members= to say"
                )
                raise ArgumentError(msg)
            members.named[key] = sorted(self.labels[code] for code in codes.tolist())


def read(frame: nw.DataFrame[Any], columns: Columns, words: Words) -> Export:
    """Read the items of an export."""
    labels, parts, people, relations = Coded(), Coded(), Coded(), Coded()
    egos = labels_in(frame, _frames.require(frame, columns.organisation, "organisation"))
    keys = zip(*(filled(frame, name, "by") for name in columns.by), strict=True) if columns.by else [()] * len(frame)
    persons = [None] * len(frame)
    if columns.respondent is not None:
        persons = filled(frame, columns.respondent, "respondent")
    rows = Rows(
        frame, parts.many(keys), labels.many(egos), people.many(persons), _designated(frame, columns, egos, persons)
    )
    if columns.alters is None:
        named = {"alter": columns.alter, "answer": columns.answer, "relation": columns.relation}
        items, listed = long_items(rows, words, labels, relations, named), []
    else:
        blocks = blocks_of(columns.alters)
        apart = None not in blocks
        if apart and columns.relation in frame.columns:
            msg = (
                f"alters= names a block of columns for each relation, and the table has a column {columns.relation!r} "
                "too; call the relations something else, with relation="
            )
            raise ArgumentError(msg)
        listed = [column for block in blocks.values() for column in block]
        items = wide_items(rows, words, labels, relations, blocks, None if apart else columns.relation)
    _refuse_mixed(labels.values)
    asked = sorted(set(zip(items.part.tolist(), items.relation.tolist(), strict=True)))
    return Export(
        items, parts.values, relations.values, labels.values, listed, columns.by, columns.respondent is not None, asked
    )


def _designated(frame: nw.DataFrame[Any], columns: Columns, egos: list[Any], persons: list[Any]) -> NDArray[np.bool_]:
    """Mark the rows of those whose answer counts."""
    designated = columns.designated
    if designated is None:
        return np.zeros(len(frame), dtype=bool)
    if isinstance(designated, Mapping):
        pairs = set(zip(egos, persons, strict=True))
        odd = [
            f"{ego!r}: {designated[ego]!r}"
            for ego in dict.fromkeys(egos)
            if ego in designated and (ego, designated[ego]) not in pairs
        ]
        if odd:
            msg = f"designated= names respondents that have no row: {_ingest.first_of(odd[:SHOWN], len(odd))}"
            raise LabelError(msg)
        return np.array(
            [ego in designated and designated[ego] == one for ego, one in zip(egos, persons, strict=True)], dtype=bool
        )
    if not isinstance(designated, str):
        msg = (
            "designated must be a column with true and false, or a mapping from organisation to respondent, but is "
            f"{designated!r}"
        )
        raise ArgumentError(msg)
    marks = frame[_frames.require(frame, designated, "designated")].to_list()
    unclear = [row for row, mark in enumerate(marks) if _ingest.is_empty(mark) or mark not in (True, False)]
    if unclear:
        shown = _ingest.first_of((f"row {row}: {marks[row]!r}" for row in unclear[:SHOWN]), len(unclear))
        msg = f"column {designated!r} must say true or false in each row; {len(unclear):,} do not ({shown})"
        raise ArgumentError(msg)
    return np.array(marks, dtype=bool)


def _refuse_mixed(labels: list[Any]) -> None:
    """Refuse organisations that are text here and numbers there."""
    kinds: dict[str, Any] = {}
    for label in labels:
        kinds.setdefault(_ingest.kind_word(type(label)), label)
    if len(kinds) > 1:
        seen = " and ".join(f"{kind} ({label!r})" for kind, label in kinds.items())
        msg = f"organisations and alters must be labelled alike, but labels are {seen}; make them one kind"
        raise LabelError(msg)


def _refuse_alike(labels: list[Any]) -> None:
    """Refuse labels that only capitals or blanks tell apart, where no roster says which is right."""
    seen: dict[str, Any] = {}
    for label in labels:
        if isinstance(label, str):
            other = seen.setdefault(" ".join(label.split()).casefold(), label)
            if other != label:
                msg = (
                    f"{other!r} and {label!r} look like the same organisation. Write them alike, or say with members= "
                    "which organisations there are"
                )
                raise LabelError(msg)
