"""A network with some organisations and ties added, merged, and taken away."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._actor_values import marks_of
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, TieError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Altered", "altered"]

PAIR = 2


@dataclass(slots=True)
class Altered:
    """Labels, cells (1: a tie, NaN: not observed) and attributes, and what was done to them in words.

    `origin` tells for each label those of the network before that it stands for: itself, those it was merged of, or
    none. `lost` tells of each that left its attributes and those of its partners that stay.
    """

    labels: list[Any]
    cells: NDArray[np.float64]
    attributes: dict[str, list[Any]]
    origin: dict[Any, list[Any]]
    words: list[str] = field(default_factory=list)
    lost: list[tuple[dict[str, Any], list[Any]]] = field(default_factory=list)

    def place(self, label: Any) -> int:
        """Find an organisation, or refuse the label."""
        if not isinstance(label, Hashable) or label not in self.origin:
            hint = _frames.near(str(label), map(str, self.labels))
            msg = f"there is no organisation {label!r}{hint or '. Add it first, with add='}"
            raise ArgumentError(msg)
        return self.labels.index(label)

    def add(self, organisations: Mapping[Any, Any]) -> None:
        """Add organisations without ties, with some attributes."""
        for label, values in organisations.items():
            if label in self.origin:
                msg = f"add: there is an organisation {label!r} already"
                raise ArgumentError(msg)
            if not isinstance(values, Mapping):
                msg = (
                    f"add must give the attributes of {label!r}, such as {{'sector': 'welfare'}}, but gives {values!r}"
                )
                raise ArgumentError(msg)
            odd = next((name for name in values if name not in self.attributes), None)
            if odd is not None:
                hint = _frames.near(str(odd), self.attributes) or "."
                msg = f"add: there is no attribute {odd!r} (for {label!r}){hint}"
                raise ArgumentError(msg)
            self._append(label, {name: values.get(name) for name in self.attributes}, [])
            self.words.append(f"{label} is added")

    def _append(self, label: Any, values: Mapping[str, Any], origin: list[Any]) -> None:
        self.cells = np.pad(self.cells, ((0, 1), (0, 1)))
        self.labels.append(label)
        self.origin[label] = origin
        for name, column in self.attributes.items():
            column.append(values[name])

    def tie(self, pairs: Iterable[Any], argument: str, *, there: bool) -> None:
        """Make ties, or let them go."""
        for pair in pairs:
            if not isinstance(pair, tuple | list) or len(pair) != PAIR:
                msg = f"{argument} must be a list of pairs of labels, but holds {pair!r}"
                raise ArgumentError(msg)
            one, other = (self.place(label) for label in pair)
            if one == other or bool(self.cells[one, other] == 1) == there:
                what = "is a tie already" if there and one != other else "is no tie"
                msg = f"{argument}: there {what} between {pair[0]!r} and {pair[1]!r}"
                raise TieError(msg)
            self.cells[one, other] = self.cells[other, one] = float(there)
            self.words.append(f"{pair[0]} and {pair[1]} {'make a tie' if there else 'let their tie go'}")

    def merge(self, groups: Mapping[Any, Any]) -> None:
        """Put several in the place of the first of them: it has a tie where any had one."""
        for label, parts in groups.items():
            places = [self.place(one) for one in parts] if isinstance(parts, Collection) else []
            if isinstance(parts, str) or len(set(places)) < max(PAIR, len(places)):
                msg = f"merge must give two or more different organisations for {label!r}, but gives {parts!r}"
                raise ArgumentError(msg)
            if label in self.origin and label not in parts:
                msg = f"merge: there is an organisation {label!r} already, which is not one of {list(parts)!r}"
                raise ArgumentError(msg)
            rows = self.cells[places]
            tied, unknown = (rows == 1).any(axis=0), np.isnan(rows).any(axis=0)
            joined = np.where(tied, 1.0, np.where(unknown, np.nan, 0.0))
            first = places[0]
            self.cells[first], self.cells[:, first] = joined, joined
            self.cells[first, first] = 0
            origin = [one for part in parts for one in self.origin.pop(part)]
            self.labels[first] = label
            self.origin[label] = origin
            self._keep([at for at in range(len(self.labels)) if at not in places[1:]])
            self.words.append(f"{', '.join(map(str, parts))} become {label}")

    def remove(self, labels: Iterable[Any]) -> None:
        """Take organisations away."""
        gone = [self.place(label) for label in labels]
        stay = [at for at in range(len(self.labels)) if at not in set(gone)]
        for at in gone:
            self.words.append(f"{self.labels[at]} leaves")
            partners = [self.labels[other] for other in stay if self.cells[at, other] == 1]
            self.lost.append(({name: column[at] for name, column in self.attributes.items()}, partners))
            del self.origin[self.labels[at]]
        self._keep(stay)

    def _keep(self, places: list[int]) -> None:
        self.cells = self.cells[np.ix_(places, places)]
        self.labels = [self.labels[at] for at in places]
        self.attributes = {name: [column[at] for at in places] for name, column in self.attributes.items()}

    def network(self, net: Network) -> Network:
        """Make the network."""
        kind, actors = kind_of(net), None
        if self.attributes:
            name = "actor" if "actor" not in self.attributes else "label of the actor"
            actors = _frames.make({name: self.labels, **self.attributes}, kind)
        made = Network.from_matrix(
            self.cells, actors, labels=None if actors is not None else self.labels, directed=False
        )
        steps = [*net.recipe, *(["values left out"] if net.valued else []), f"what if: {'; '.join(self.words)}"]
        return type(made)._make(made._core, frame=made._frame, kind=kind, recipe=tuple(steps))  # noqa: SLF001 (as `_checks.derived`)


def altered(net: Network, remove: Any, add: Any, add_ties: Any, drop_ties: Any, merge: Any) -> Altered:
    """Do what was asked for: organisations and ties come and go first, then mergers, then losses."""
    cells = net.to_matrix()
    cells = np.where(np.isnan(cells), np.nan, cells != 0)
    np.fill_diagonal(cells, 0)
    labels = net.labels.tolist()
    attributes = {name: [_plain(cell) for cell in net.attribute(name).tolist()] for name in net.attribute_names}
    found = Altered(labels, cells, attributes, {label: [label] for label in labels})
    for argument, value in (("add", add), ("merge", merge)):
        if value is not None and not isinstance(value, Mapping):
            msg = f"{argument} must be a dictionary by the new labels, but is a {type(value).__name__}"
            raise ArgumentError(msg)
    for argument, value in (("add_ties", add_ties), ("drop_ties", drop_ties)):
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            msg = f"{argument} must be a list of pairs of labels, but is {value!r}"
            raise ArgumentError(msg)
    found.add(add or {})
    found.tie(add_ties, "add_ties", there=True)
    found.tie(drop_ties, "drop_ties", there=False)
    found.merge(merge or {})
    found.remove(_leaving(net, remove))
    if not found.words:
        msg = "nothing changes: say what does, with remove=, add=, add_ties=, drop_ties= or merge="
        raise ArgumentError(msg)
    if not found.labels:
        msg = "nobody is left: remove= takes all organisations away"
        raise ArgumentError(msg)
    return found


def _plain(cell: Any) -> Any:
    return None if _ingest.is_empty(cell) else cell


def _leaving(net: Network, remove: Any) -> list[Any]:
    """Read who leaves: an attribute that marks them, or labels."""
    if isinstance(remove, str):
        if remove not in net.attribute_names and remove in net.labels.tolist():
            msg = f"remove={remove!r} names an organisation, not an attribute that marks some. Use remove=[{remove!r}]"
            raise ArgumentError(msg)
        marked: list[Any] = net.labels[marks_of(net, remove, "remove")].tolist()
        if not marked:
            msg = f"remove={remove!r} marks nobody: the attribute is empty, false or 0 for all {net.n_actors:,} actors"
            raise ArgumentError(msg)
        return marked
    if not hasattr(remove, "__iter__"):
        msg = f"remove must be an attribute that marks organisations, or a list of labels, but is {remove!r}"
        raise ArgumentError(msg)
    listed = list(remove)
    twice = next((one for at, one in enumerate(listed) if one in listed[:at]), None)
    if twice is not None:
        msg = f"remove names {twice!r} more than once"
        raise ArgumentError(msg)
    return listed
