"""Several relations of the same actors: by name, or as the networks of a study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._checks import core_of
from wholenet.errors import ArgumentError, KeyNotFoundError
from wholenet.study import Study

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["layers", "relations_of"]

PAIR = 2
Key = tuple[Any, ...]


def relations_of(relations: object, *, least: int = PAIR) -> dict[Any, Network]:
    """Read relations by name: a mapping, or a study of which one name of `by` alone differs between networks."""
    found = _of_study(relations) if isinstance(relations, Study) else _of_mapping(relations)
    if len(found) < least:
        listed = ", ".join(map(repr, found)) or "none"
        msg = f"relations must hold {least} relations or more, but holds {len(found)} ({listed})"
        raise ArgumentError(msg)
    return found


def layers(relations: object, relation: str) -> tuple[Key, dict[Key, dict[Any, Network]]]:
    """Read the relations of each place and wave: the other names of `by`, and the relations under each key.

    A mapping is one place and wave, with the key ``()``. A relation that is there under some keys only is refused.
    """
    if not isinstance(relations, Study):
        return (), {(): _of_mapping(relations)}
    if relation not in relations.by:
        listed = ", ".join(map(repr, relations.by))
        msg = (
            f"the networks of the study are told apart by {listed}, and none of these is {relation!r}"
            f"{_frames.near(relation, relations.by)}. Name the one that holds the relation, with relation="
        )
        raise ArgumentError(msg)
    place = relations.by.index(relation)
    names = tuple(name for name in relations.by if name != relation)
    found: dict[Key, dict[Any, Network]] = {}
    for key, net in relations.items():
        whole = key if isinstance(key, tuple) else (key,)
        core_of(net, f"relations[{key!r}]")
        found.setdefault(whole[:place] + whole[place + 1 :], {})[whole[place]] = net
    _check_gaps(names, found)
    return names, found


def _check_gaps(names: Key, found: dict[Key, dict[Any, Network]]) -> None:
    """Refuse a relation that some places or waves lack: the others would be told apart by what was asked."""
    known = list(dict.fromkeys(name for one in found.values() for name in one))
    for key, one in found.items():
        lacking = [name for name in known if name not in one]
        if lacking:
            where = ", ".join(f"{name}={value!r}" for name, value in zip(names, key, strict=True))
            msg = (
                f"the study has no network of {', '.join(map(repr, lacking))} for {where}, though it has for others, "
                "so that a tie would not mean the same everywhere. Leave out the relation, or what lacks it, with "
                "study.select(...)"
            )
            raise KeyNotFoundError(msg)


def _of_mapping(relations: object) -> dict[Any, Network]:
    if not isinstance(relations, Mapping):
        msg = (
            "relations must be a mapping from names to networks of the same actors, or a Study, but is a "
            f"{type(relations).__name__}"
        )
        raise ArgumentError(msg)
    for name, net in relations.items():
        core_of(net, f"relations[{name!r}]")
    return dict(relations)


def _of_study(study: Study) -> dict[Any, Network]:
    keys = [key if isinstance(key, tuple) else (key,) for key in study]
    differ = [place for place in range(len(study.by)) if len({key[place] for key in keys}) > 1]
    if len(differ) > 1:
        listed = ", ".join(repr(study.by[place]) for place in differ)
        msg = (
            f"the networks of the study differ by {listed}, and here they may differ by the relation only. Pick one "
            f"place and wave with study.select({study.by[differ[0]]}=...)"
        )
        raise ArgumentError(msg)
    # A study of one network has one relation, whatever it is called.
    place = differ[0] if differ else len(study.by) - 1
    return _of_mapping({key[place]: net for key, net in zip(keys, study.values(), strict=True)})
