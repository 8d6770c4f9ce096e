"""Writing Pajek's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import choice
from wholenet.errors import ArgumentError, FormatError
from wholenet.io._text import store
from wholenet.network import Network
from wholenet.study import Study

__all__ = ["write_pajek"]

ENDINGS = (".net", ".paj", ".clu", ".vec")


def write_pajek(
    data: Network | Study,
    path: str | Path,
    *,
    attribute: str | None = None,
    missing: Literal["error", "absent"] = "error",
) -> None:
    """Write a Pajek file: ``.net``, a project with attributes, ``.paj``, or an attribute, ``.clu`` or ``.vec``.

    Parameters
    ----------
    data : Network or Study
        What to write: of a study a relation for each network, all of the same actors.
    path : str or Path
        Where to; a file that is there is replaced.
    attribute : str, optional
        For a ``.clu`` or ``.vec`` file: which attribute of the actors.
    missing : {"error", "absent"}
        What becomes of dyads that were not observed, for which Pajek has no sign.

    Raises
    ------
    ArgumentError
        Networks of different actors; dyads that were not observed, and `missing` does not say that they are absent;
        another ending of the file; an attribute that is not named or can't be written so.
    FormatError
        A label holds a double quote or a line break, or starts or ends with a space, which Pajek can't keep.
    FileAccessError
        The file can't be written.

    Notes
    -----
    Labels in double quotes, UTF-8; values in full. In a project every attribute of numbers is a vector, one of text or
    of True and False a partition, numbered in sorted order from 1 (0 where there is none), with a comment that names
    the classes. Of a study the attributes are those of its first network.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_pajek(net, f"{folder}/advice.net")
    ...     wn.io.read_pajek(f"{folder}/advice.net").network() == net
    True
    """
    choice("missing", missing, ("error", "absent"))
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        msg = f"Pajek files end in {', '.join(ENDINGS)}, but this is {Path(path).name!r}"
        raise ArgumentError(msg)
    if not isinstance(data, Network | Study) or (isinstance(data, Study) and not len(data)):
        msg = f"only a Network, or a Study that has one, can be written, but this is {data!r}"
        raise ArgumentError(msg)
    networks = {"": data} if isinstance(data, Network) else dict(data.items())
    first = next(iter(networks.values()))
    if ending in {".clu", ".vec"}:
        if attribute is None:
            msg = f"name the attribute that {Path(path).name} is to hold, with attribute="
            raise ArgumentError(msg)
        store(path, "\n".join(_attribute(first, attribute, ending)) + "\n")
        return
    lines = ["*Network " + Path(path).stem] if ending == ".paj" else []
    lines += _network_lines(networks, missing)
    if ending == ".paj":
        for name in _attributes(first):
            numbers = _is_number(first.attribute(name))
            lines += [
                f"*{'Vector' if numbers else 'Partition'} {name}",
                *_attribute(first, name, ".vec" if numbers else ".clu"),
            ]
    store(path, "\n".join(lines) + "\n")


def _quoted(label: object) -> str:
    text = str(label)
    if set(text) & set('"\r\n') or text != text.strip():
        msg = (
            f"the label {text!r} holds a double quote or a line break, or starts or ends with a space, which Pajek "
            "files can't keep; rename it first"
        )
        raise FormatError(msg)
    return f'"{text}"'


def _network_lines(networks: dict[Any, Network], missing: str) -> list[str]:
    first = next(iter(networks.values()))
    labels = first.labels.tolist()
    if any(net.labels.tolist() != labels or net.two_mode != first.two_mode for net in networks.values()):
        msg = (
            "a Pajek file holds relations of the same actors in the same order, and these networks have "
            "different ones; write a file for each, or choose some with study.select(...)"
        )
        raise ArgumentError(msg)
    hidden = next((key for key, net in networks.items() if net.missing.share > 0), None)
    if hidden is not None and missing == "error":
        msg = (
            "Pajek has no sign for dyads that were not observed, and there are some"
            f'{f" in {hidden!r}" if hidden else ""}. Pass missing="absent" to write them as absent ties'
        )
        raise ArgumentError(msg)
    modes = f" {int((first.modes == 0).sum())}" if first.two_mode else ""
    lines = [f"*Vertices {len(labels)}{modes}"]
    lines += [f"{number} {_quoted(label)}" for number, label in enumerate(labels, 1)]
    place = {label: number for number, label in enumerate(labels, 1)}
    for number, (key, net) in enumerate(networks.items(), 1):
        name = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        relation = f" :{number} {_quoted(name)}" if len(networks) > 1 or name else ""
        lines.append(("*Arcs" if net.directed else "*Edges") + relation)
        edges = _frames.wrap(net.to_edges(), "ties")
        values = edges["value"].to_list() if "value" in edges.columns else [1.0] * len(edges)
        for source, target, value in zip(edges["source"].to_list(), edges["target"].to_list(), values, strict=True):
            lines.append(f"{place[source]} {place[target]} {value:.17g}")
    return lines


def _attributes(net: Network) -> list[str]:
    return [name for name in _frames.wrap(net.actors, "actors").columns[1:] if name != "mode" or not net.two_mode]


def _is_number(values: Any) -> bool:
    return bool(np.asarray(values).dtype.kind in "iuf")


def _attribute(net: Network, name: str, ending: str) -> list[str]:
    values = np.asarray(net.attribute(name))
    head = [f"*Vertices {net.n_actors}"]
    if ending == ".vec":
        if not _is_number(values) or np.isnan(values.astype(float)).any():
            msg = f"a vector holds numbers, and the attribute {name!r} is not for all actors; write a .clu file"
            raise ArgumentError(msg)
        return head + [f"{value:.17g}" for value in values.astype(float).tolist()]
    if _is_number(values) and (values == np.floor(values)).all():
        return head + [f"{int(value)}" for value in values.tolist()]
    known = [None if value is None or value != value else str(value) for value in values.tolist()]  # noqa: PLR0124 (NaN)
    classes = sorted({value for value in known if value is not None})
    comments = [f"% {number} {' '.join(one.split())}" for number, one in enumerate(classes, 1)]
    return comments + head + [str(0 if value is None else classes.index(value) + 1) for value in known]
