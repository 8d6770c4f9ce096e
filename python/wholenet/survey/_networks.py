"""What the tables of the reports read: a network, or the networks of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._checks import core_of
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, DirectionError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable

    from narwhals.typing import IntoDataFrame

__all__ = ["rows_of"]


def rows_of(
    data: object, rows: Callable[[Network], list[dict[str, Any]]], like: dict[str, Any], *, why: str
) -> IntoDataFrame:
    """Put the rows of each network below each other, the key first; `like` gives the columns, `why` the direction."""
    if isinstance(data, Network):
        named: list[tuple[tuple[Any, ...], Network]] = [((), data)]
        by: tuple[str, ...] = ()
    elif isinstance(data, Study):
        by = data.by
        named = [(key if len(by) > 1 else (key,), net) for key, net in data.items()]
    else:
        msg = f"net must be a wholenet.Network or Study, but is a {type(data).__name__}"
        raise ArgumentError(msg)
    if not named:
        msg = "the study has no networks"
        raise ArgumentError(msg)
    taken = [name for name in by if name in like]
    if taken:
        msg = f"the table has columns {taken} of its own; call the names in the study's by= something else"
        raise ArgumentError(msg)
    found: list[dict[str, Any]] = []
    for key, net in named:
        _check(net, why, ", ".join(f"{name}={value!r}" for name, value in zip(by, key, strict=True)))
        found += [dict(zip(by, key, strict=True)) | row for row in rows(net)]
    samples = dict(zip(by, named[0][0], strict=True)) | like
    columns = {name: _frames.column([row[name] for row in found], sample) for name, sample in samples.items()}
    return _frames.make(columns, kind_of(named[0][1]))


def _check(net: Network, why: str, where: str) -> None:
    if core_of(net).directed:
        return
    msg = (
        f"{f'the network {where}' if where else 'the network'} is undirected, and {why}. Take the directed network of "
        "the reports, before symmetrize(...)"
    )
    raise DirectionError(msg)
