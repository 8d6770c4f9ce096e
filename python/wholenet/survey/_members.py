"""The roster itself: which organisations belong to a network, and who of them answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wholenet import _frames, _ingest, _keys
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    Key = tuple[Any, ...]

__all__ = ["Answered", "Members"]


class Members:
    """The organisations of each network, from a table, from a list, or from those that an export names."""

    def __init__(self, members: object, names: tuple[str, ...], label: str | None, organisation: str) -> None:
        self.names = names
        self.rows: _keys.Rows | None = None
        self.listed: list[Any] | None = None
        self.added: dict[Key, list[Any]] = {}
        self.named: dict[Key, list[Any]] = {}
        if members is None:
            return
        if not _frames.is_frame(members):
            self.listed = _ingest.as_list(_ingest.label_column(members, "members"))
            twice = next((one for one in self.listed if self.listed.count(one) > 1), None)
            if twice is not None:
                msg = f"members lists {twice!r} more than once"
                raise LabelError(msg)
            return
        frame = _frames.numbered(_frames.wrap(members, "members"), "members")
        if label is None and organisation in frame.columns:
            label = organisation
        self.rows = _keys.Rows(frame, names, "members", label)
        self.rows.check_once()

    @property
    def given(self) -> bool:
        """Whether the organisations were told, or are those that the export names."""
        return self.rows is not None or self.listed is not None

    @property
    def label(self) -> str:
        """The column with the labels."""
        return "organisation" if self.rows is None else self.rows.label

    def parts(self) -> list[Key]:
        """List the networks that the table tells of by itself; none unless it has all columns of the key."""
        return list(self.rows.groups) if self.rows is not None and self.rows.shared == self.names else []

    def known(self, part: Key) -> list[Any]:
        """List the labels of the organisations of one network."""
        if self.rows is not None:
            table = _frames.wrap(self.rows.of(part), "members")
            known = _ingest.as_list(_ingest.label_column(table[self.label].to_native(), self.label))
        else:
            known = self.named.get(part, []) if self.listed is None else self.listed
        return [*known, *self.added.get(part, [])]

    def table(self, part: Key, kind: str) -> IntoDataFrame:
        """Give the actors table of one network."""
        if self.rows is None:
            return _frames.make({self.label: self.known(part)}, kind)
        table = self.rows.of(part)
        more = self.added.get(part, [])
        if not more:
            return table
        native: IntoDataFrame = _ingest.with_added(_frames.wrap(table, "members"), more).to_native()
        return native


class Answered:
    """Who answered, where the caller says so: a column of `members`, a table, or a list of labels."""

    def __init__(self, answered: object, members: Members, names: tuple[str, ...]) -> None:
        self.rows: _keys.Rows | None = None
        self.labels: list[Any] | None = None
        self.column: str | None = None
        self.members = members
        if isinstance(answered, str):
            if members.rows is None:
                msg = "answered= names a column of the members table, but there is none; pass members=, or the labels"
                raise ArgumentError(msg)
            self.column = _frames.require(members.rows.frame, answered, "answered")
        elif _frames.is_frame(answered):
            frame = _frames.wrap(answered, "answered")
            label = next((one for one in (members.label, "organisation") if one in frame.columns), None)
            self.rows = _keys.Rows(frame, names, "answered", label)
        else:
            self.labels = _ingest.as_list(_ingest.label_column(answered, "answered"))

    def all(self, parts: list[Key]) -> dict[int, set[Any]]:
        """Tell which organisations of each network answered; all that are listed must be in one."""
        if self.column is not None:
            return {at: self._marked(part) for at, part in enumerate(parts)}
        known = [set(self.members.known(part)) for part in parts]
        if self.labels is not None:
            _refuse_strangers([label for label in self.labels if not any(label in one for one in known)])
            return {at: set(self.labels) & one for at, one in enumerate(known)}
        assert self.rows is not None  # noqa: S101 (the third of three forms)
        labels = self.rows.frame[self.rows.label].to_list()
        listed: dict[int, set[Any]] = {}
        for at, part in enumerate(parts):
            rows = self.rows.groups.get(tuple(part[place] for place in self.rows.places))
            listed[at] = set() if rows is None else {labels[row] for row in rows.tolist()}
            # A table without all columns of the key lists organisations of other networks too.
            _refuse_strangers([label for label in listed[at] if not self._fits(label, known, at)])
            listed[at] &= known[at]
        return listed

    def _fits(self, label: Any, known: list[set[Any]], at: int) -> bool:
        whole = self.rows is not None and self.rows.shared == self.members.names
        return label in known[at] if whole else any(label in one for one in known)

    def _marked(self, part: Key) -> set[Any]:
        """Read the column of true and false."""
        assert self.members.rows is not None  # noqa: S101 (a column of the members table was found there)
        frame = _frames.wrap(self.members.rows.of(part), "members")
        marks = frame[str(self.column)].to_list()
        labels = frame[self.members.label].to_list()
        odd = [place for place, mark in enumerate(marks) if _ingest.is_empty(mark) or mark not in (True, False)]
        if odd:
            first = _ingest.first_of((f"{labels[at]!r}: {marks[at]!r}" for at in odd[: _ingest.SHOWN]), len(odd))
            msg = f"column {self.column!r} must say true or false for each organisation; {len(odd)} do not ({first})"
            raise ArgumentError(msg)
        return {label for label, mark in zip(labels, marks, strict=True) if mark}


def _refuse_strangers(labels: list[Any]) -> None:
    if labels:
        shown = _ingest.first_of(map(repr, sorted(labels, key=str)[: _ingest.SHOWN]), len(labels))
        msg = (
            f"answered= lists organisations that are not on the roster: {shown}. Correct the labels, or add them to "
            "members="
        )
        raise LabelError(msg)
