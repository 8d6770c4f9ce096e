"""Pajek's files: networks with their relations, partitions and vectors."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from wholenet import _frames
from wholenet._checks import choice
from wholenet.errors import ArgumentError, FormatError, KeyNotFoundError
from wholenet.io._text import decoded
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["Pajek", "read_pajek"]

TOKEN = re.compile(r'"([^"]*)"|(\S+)')
COORDINATES = ("x", "y", "z")
TIES = ("arcs", "edges", "arcslist", "edgeslist", "matrix")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pajek:
    """
    What a Pajek file holds.

    Parameters
    ----------
    networks : dict of Network
        The networks by name: of one relation each.
    partitions : dict of array of int
        A class for each vertex, by name.
    vectors : dict of array of float
        A value for each vertex, by name.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"], ["b"]))
    >>> wn.io.Pajek(networks={"advice": net}, partitions={}, vectors={})
    <Pajek: 1 network (advice), 0 partitions, 0 vectors>
    """

    networks: dict[str, Network]
    partitions: dict[str, NDArray[np.int64]]
    vectors: dict[str, NDArray[np.float64]]

    def network(self, name: str | None = None) -> Network:
        """Take one network.

        Parameters
        ----------
        name : str, optional
            Which; may be left out where there is one.

        Returns
        -------
        Network
            The network. Partitions and vectors with as many entries as it has actors are attributes.

        Raises
        ------
        KeyNotFoundError
            There is no such network.
        ArgumentError
            No network is named, and there are several, or none.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> wn.io.Pajek(networks={"advice": net}, partitions={}, vectors={}).network()
        <Network: 2 actors, 1 directed ties>
        """
        if name is None and len(self.networks) != 1:
            msg = f"there are {len(self.networks)} networks ({', '.join(self.networks)}); name one, or use study()"
            raise ArgumentError(msg)
        if name is not None and name not in self.networks:
            msg = f"there is no network {name!r}{_frames.near(name, self.networks)}"
            raise KeyNotFoundError(msg)
        return next(iter(self.networks.values())) if name is None else self.networks[name]

    def study(self) -> Study:
        """Make a study of all networks, by relation.

        Returns
        -------
        Study
            The networks under their names.

        Raises
        ------
        ArgumentError
            There is no network.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> list(wn.io.Pajek(networks={"advice": net, "trust": net}, partitions={}, vectors={}).study())
        ['advice', 'trust']
        """
        if not self.networks:
            msg = "there is no network in the file"
            raise ArgumentError(msg)
        return Study(self.networks, by="relation")

    def __repr__(self) -> str:
        counts = [
            f"{len(found)} {word}{'' if len(found) == 1 else 's'}"
            for found, word in ((self.networks, "network"), (self.partitions, "partition"), (self.vectors, "vector"))
        ]
        return f"<Pajek: {counts[0]} ({', '.join(self.networks)}), {counts[1]}, {counts[2]}>"


def read_pajek(
    path: str | Path,
    *,
    labels: Literal["label", "number"] = "label",
    loops: Literal["error", "drop", "keep"] = "error",
    duplicates: Literal["error", "sum", "max", "mean", "first"] = "error",
    signed: bool = False,
    encoding: str = "utf-8",
) -> Pajek:
    r"""Read a Pajek file: ``.net``, ``.clu``, ``.vec``, or a project of them, ``.paj``.

    Parameters
    ----------
    path : str or Path
        The file.
    labels : {"label", "number"}
        Whether actors go by the labels of vertices or by their numbers, where labels are not different.
    loops : {"error", "drop", "keep"}
        What to do with lines from a vertex to itself.
    duplicates : {"error", "sum", "max", "mean", "first"}
        What value a line gets that is listed more than once.
    signed : bool
        Whether negative values are accepted.
    encoding : str
        The character encoding of the file; older files are often ``"cp1252"``.

    Returns
    -------
    Pajek
        Its networks, partitions and vectors; ``.network()`` or ``.study()`` makes something of them.

    Raises
    ------
    MissingFileError
        There is no such file.
    FileAccessError
        It can't be read.
    FormatError
        It is no Pajek file, is not whole, or holds what can't be read: with the line.
    ArgumentError
        `labels` is neither of the two words; lines that `loops`, `duplicates` or `signed` would accept.

    Notes
    -----
    Reads ``*Vertices`` (also of two modes), ``*Arcs``, ``*Edges``, ``*Arcslist``, ``*Edgeslist`` and ``*Matrix``, each
    for several relations (``*Arcs :2 "advice"``). A network without arcs is undirected; where there are arcs and edges
    it is directed, and an edge is a tie each way. Without values other than 1 the network has none. Coordinates become
    attributes x, y and z where all vertices have them; colours, shapes and times are not read. Partitions and vectors
    with as many entries as a network has vertices become attributes of it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "advice.net")
    ...     _ = file.write_text('*Vertices 3\n1 "ann"\n2 "bob"\n3 "cat"\n*Arcs\n1 2\n2 3 2\n')
    ...     wn.io.read_pajek(file).network()
    <Network: 3 actors, 2 directed ties, valued>
    """
    path = Path(path)
    choice("labels", labels, ("label", "number"))
    sections = list(_sections(path, decoded(path, encoding)))
    rules = {"loops": loops, "duplicates": duplicates, "signed": signed}
    networks: dict[str, Network] = {}
    partitions: dict[str, NDArray[np.int64]] = {}
    vectors: dict[str, NDArray[np.float64]] = {}
    parts = _parts(path, sections)
    for part in parts:
        if part.kind == "partition":
            partitions[_fresh(part.name or path.stem, partitions)] = part.numbers(path, whole=True).astype(np.int64)
        elif part.kind == "vector":
            vectors[_fresh(part.name or path.stem, vectors)] = part.numbers(path, whole=False)
    for part in [part for part in parts if part.kind == "network"]:
        graph = _Graph(path, part, labels)
        for relation, ties in graph.relations().items():
            name = relation or part.name or path.stem
            networks[_fresh(name, networks)] = graph.network(ties, {**partitions, **vectors}, rules)
    return Pajek(networks, partitions, vectors)


# Reading --------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    number: int
    words: list[str]


@dataclass
class _Section:
    """A line that starts with an asterisk, and those below."""

    line: int
    words: list[str]
    rest: str
    rows: list[_Line] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.words[0][1:].lower()


@dataclass
class _Part:
    kind: str
    name: str
    sections: list[_Section]

    def numbers(self, path: Path, *, whole: bool) -> NDArray[np.float64]:
        """The numbers of a partition or vector."""
        vertices = next((section for section in self.sections if section.kind == "vertices"), None)
        if vertices is None:
            msg = f"{path}: a partition or vector has a line *Vertices with their number, and there is none"
            raise FormatError(msg)
        count = _count(path, vertices)
        words = [(word, row.number) for row in vertices.rows for word in row.words]
        found = [_number(path, word, line) for word, line in words]
        if len(found) != count:
            msg = f"{path}: line {vertices.line} announces {count:,} numbers, and {len(found):,} follow"
            raise FormatError(msg)
        odd = next((line for value, (_, line) in zip(found, words, strict=True) if whole and value != int(value)), None)
        if odd is not None:
            msg = f"{path}: line {odd}: a partition holds whole numbers"
            raise FormatError(msg)
        return np.array(found, dtype=np.float64)


def _sections(path: Path, text: str) -> Iterator[_Section]:
    section = None
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        bare = line.strip()
        if not bare or bare.startswith(("%", "/*")):
            continue
        if bare.startswith("*"):
            if section is not None:
                yield section
            words = [match[1] if match[1] is not None else match[2] for match in TOKEN.finditer(bare)]
            section = _Section(number, words, bare[len(words[0]) :].strip())
            continue
        if section is None:
            msg = f"{path}: line {number}: a Pajek file starts with *Vertices or *Network, not {bare[:40]!r}"
            raise FormatError(msg)
        section.rows.append(
            _Line(number, [match[1] if match[1] is not None else match[2] for match in TOKEN.finditer(bare)])
        )
    if section is None:
        msg = f"{path} is empty: a Pajek file starts with a line such as *Vertices or *Network"
        raise FormatError(msg)
    yield section


def _parts(path: Path, sections: list[_Section]) -> list[_Part]:
    """Put sections together that make a network, partition or vector."""
    plain = {".clu": "partition", ".vec": "vector"}.get(path.suffix.lower(), "network")
    parts: list[_Part] = []
    for section in sections:
        if section.kind in {"network", "partition", "vector"}:
            parts.append(_Part(section.kind, section.rest, []))
        elif section.kind in {"vertices", *TIES}:
            again = section.kind == "vertices" and parts and any(one.kind == "vertices" for one in parts[-1].sections)
            if not parts or again:
                parts.append(_Part(plain, "", []))
            parts[-1].sections.append(section)
        elif section.kind in {"permutation", "cluster", "hierarchy", "events", "partitions", "vectors"}:
            msg = f"{path}: line {section.line}: {section.words[0]} is not read; leave it out of the file"
            raise FormatError(msg)
        else:
            msg = f"{path}: line {section.line}: {section.words[0]!r} is nothing that Pajek files have"
            raise FormatError(msg)
    return parts


def _fresh(name: str, taken: dict[str, Any]) -> str:
    """A name that is not taken yet."""
    names = (name, *(f"{name} ({count})" for count in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _number(path: Path, word: str, line: int) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"{path}: line {line}: a number is expected, not {word!r}"
        raise FormatError(msg)
    return value


def _count(path: Path, section: _Section) -> int:
    value = _number(path, section.words[1], section.line) if len(section.words) > 1 else -1
    if value < 0 or value != int(value):
        msg = f"{path}: line {section.line}: *Vertices is followed by their number"
        raise FormatError(msg)
    return int(value)


@dataclass
class _Ties:
    """The lines of one relation, by the places of their ends."""

    arcs: list[tuple[int, int, float]] = field(default_factory=list)
    edges: list[tuple[int, int, float]] = field(default_factory=list)


class _Graph:
    """The vertices and lines of a network."""

    def __init__(self, path: Path, part: _Part, labels: str) -> None:
        self.path, self.part = path, part
        heads = [section for section in part.sections if section.kind == "vertices"]
        if not heads:
            msg = f"{path}: a network has a line *Vertices with their number, and there is none"
            raise FormatError(msg)
        head = heads[0]
        self.n = _count(path, head)
        self.first = int(_number(path, head.words[2], head.line)) if len(head.words) > 2 else None  # noqa: PLR2004
        self.labels: list[Any] = [str(number) for number in range(1, self.n + 1)]
        self.places: dict[str, list[float | None]] = {}
        for row in head.rows:
            at = self.vertex(row.words[0], row.number)
            if len(row.words) > 1:
                self.labels[at] = row.words[1].strip()
            self._coordinates(at, row)
        if labels == "number":
            self.labels = list(range(1, self.n + 1))
        seen: dict[Any, int] = {}
        for number, label in enumerate(self.labels, 1):
            if label in seen:
                msg = (
                    f'{path}: vertices {seen[label]} and {number} are both called {label!r}. Pass labels="number" to '
                    "call actors by their numbers, or make the labels different"
                )
                raise FormatError(msg)
            seen[label] = number

    def _coordinates(self, at: int, row: _Line) -> None:
        for name, word in zip(COORDINATES, row.words[2:5], strict=False):
            try:
                value = float(word)
            except ValueError:
                return
            self.places.setdefault(name, [None] * self.n)[at] = value

    def vertex(self, word: str, line: int) -> int:
        """The place of a vertex."""
        if not word.isdigit() or not 1 <= int(word) <= self.n:
            msg = f"{self.path}: line {line}: a vertex is a whole number from 1 to {self.n:,}, not {word!r}"
            raise FormatError(msg)
        return int(word) - 1

    def relations(self) -> dict[str, _Ties]:
        """The lines by the name of their relation; one without a name is ""."""
        found: dict[str, _Ties] = {}
        names: dict[str, str] = {}
        for section in self.part.sections:
            if section.kind == "vertices":
                continue
            number = section.words[1][1:] if len(section.words) > 1 and section.words[1].startswith(":") else ""
            if len(section.words) > 2:  # noqa: PLR2004 (number and name)
                names[number] = section.words[2]
            if section.kind == "matrix":
                self._matrix(section, found.setdefault(number, _Ties()))
                continue
            for row in section.rows:
                own = number
                if section.kind in {"arcs", "edges"} and row.words[0].endswith(":"):
                    own, row = row.words[0][:-1], _Line(row.number, row.words[1:])  # noqa: PLW2901
                self._read(section.kind, row, found.setdefault(own, _Ties()))
            found.setdefault(number, _Ties())
        if not found:
            return {"": _Ties()}
        named = {number: ties for number, ties in found.items() if number}
        # Lines without a relation, beside ones that have one, are there if there is something in them.
        if named and not (found.get("", _Ties()).arcs or found.get("", _Ties()).edges):
            found = named
        return {names.get(number, number): ties for number, ties in found.items()}

    def _read(self, kind: str, row: _Line, ties: _Ties) -> None:
        if len(row.words) < 2:  # noqa: PLR2004 (two ends)
            msg = f"{self.path}: line {row.number}: a line has two ends, and here is {' '.join(row.words)!r}"
            raise FormatError(msg)
        into = ties.edges if kind.startswith("edges") else ties.arcs
        source = self.vertex(row.words[0], row.number)
        if kind.endswith("list"):
            into.extend((source, self.vertex(word, row.number), 1.0) for word in row.words[1:])
            return
        value = _number(self.path, row.words[2], row.number) if len(row.words) > 2 else 1.0  # noqa: PLR2004
        into.append((source, self.vertex(row.words[1], row.number), value))

    def _matrix(self, section: _Section, ties: _Ties) -> None:
        offset = self.first or 0
        rows, columns = self.first or self.n, self.n - offset
        if len(section.rows) != rows or any(len(row.words) != columns for row in section.rows):
            msg = f"{self.path}: line {section.line}: {rows:,} rows of {columns:,} numbers must follow, and do not"
            raise FormatError(msg)
        for source, row in enumerate(section.rows):
            values = [_number(self.path, word, row.number) for word in row.words]
            ties.arcs += [(source, offset + at, value) for at, value in enumerate(values) if value != 0]

    def network(self, ties: _Ties, attributes: dict[str, NDArray[Any]], rules: dict[str, Any]) -> Network:
        """Make the network of one relation."""
        directed = bool(ties.arcs)
        lines = ties.arcs + ties.edges
        if ties.arcs:
            lines += [(b, a, value) for a, b, value in ties.edges if a != b]
        values = [value for _, _, value in lines]
        columns: dict[str, Any] = {"actor": self.labels if self.n else np.array([], dtype="U1")}
        columns |= {name: found for name, found in self.places.items() if None not in found}
        columns |= {name: found for name, found in attributes.items() if len(found) == self.n and name != "actor"}
        if self.first is not None:
            columns["mode"] = [0 if at < self.first else 1 for at in range(self.n)]
            directed = False
            # A line of a two-mode network may be listed from either mode.
            lines = [(a, b, value) if a < self.first else (b, a, value) for a, b, value in ties.arcs + ties.edges]
            values = [value for _, _, value in lines]
            rules = {name: rule for name, rule in rules.items() if name != "loops"}
        ends = ([self.labels[a] for a, _, _ in lines], [self.labels[b] for _, b, _ in lines])
        empty = np.array([], dtype=np.asarray(self.labels).dtype if self.n else "U1")
        return Network.from_edges(
            ends if lines else (empty, empty),
            _frames.make(columns, _frames.default_kind()),
            actor="actor",
            weight=values if any(value != 1 for value in values) else None,
            directed=None if self.first is not None else directed,
            two_mode="mode" if self.first is not None else False,
            **rules,
        )
