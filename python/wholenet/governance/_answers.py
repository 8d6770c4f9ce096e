"""What the organisations of one or more networks answered about the governance mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._checks import core_of
from wholenet._ingest import first_of, is_empty
from wholenet.errors import ArgumentError
from wholenet.study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["MODES", "Answers", "Formal", "answers_of", "keyed", "named"]

MODES = ("shared", "lead organisation", "network administrative organisation")
Formal = str | Mapping[Any, str]
FEW = 2


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in one network: `perceived` (n,) holds None where nothing was answered, `formal` (n,) what is so."""

    key: tuple[Any, ...]
    net: Network
    perceived: list[str | None]
    formal: list[str]

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Who answered."""
        return np.array([one is not None for one in self.perceived], dtype=np.bool_)

    @property
    def accurate(self) -> NDArray[np.bool_]:
        """Whose answer is what is formally so."""
        pairs = zip(self.perceived, self.formal, strict=True)
        return np.array([one == other for one, other in pairs], dtype=np.bool_)


def keyed(data: Network | Study, argument: str = "net") -> tuple[tuple[str, ...], dict[tuple[Any, ...], Network]]:
    """Give what the values of a key are called, and the networks under their keys; a network alone has the key ()."""
    if not isinstance(data, Study):
        core_of(data, argument, two_mode=True)
        return (), {(): data}
    if not len(data):
        msg = "the study has no networks"
        raise ArgumentError(msg)
    return data.by, {key if isinstance(key, tuple) else (key,): net for key, net in data.items()}


def named(key: tuple[Any, ...]) -> str:
    """Name a network in a message."""
    return f"the network {key[0] if len(key) == 1 else key!r}" if key else "the network"


def answers_of(
    data: Network | Study, perceived: str, formal: Formal, modes: Sequence[str]
) -> tuple[tuple[str, ...], list[Answers]]:
    """Read and check the answers, network by network."""
    words = _modes(modes)
    by, networks = keyed(data)
    found = []
    for key, net in networks.items():
        given = [None if is_empty(one) else one for one in net.attribute(perceived).tolist()]
        _refuse_others(given, words, perceived, key, net)
        found.append(Answers(key, net, given, _formal(formal, words, key, net)))
    _refuse_repeats(by, found)
    return by, found


def _modes(modes: object) -> tuple[str, ...]:
    words = tuple(modes) if isinstance(modes, Sequence) and not isinstance(modes, str) else ()
    if len(words) < FEW or len(set(words)) < len(words) or not all(isinstance(word, str) and word for word in words):
        msg = f"modes must list at least two governance modes, each once, but is {modes!r}"
        raise ArgumentError(msg)
    return words


def _formal(formal: object, modes: tuple[str, ...], key: tuple[Any, ...], net: Network) -> list[str]:
    """Look up what is formally so: a mode, one for each value in the keys of a study, or an attribute."""
    if isinstance(formal, Mapping):
        whole = key[0] if len(key) == 1 else key
        there = [one for one in (whole, *key) if one in formal]
        if not there:
            msg = (
                f"formal has no mode for {named(key)}; it has {', '.join(map(repr, formal)) or 'none'}. Its keys must "
                "be keys of a study, or values in them, such as the municipality"
            )
            raise ArgumentError(msg)
        formal = formal[there[0]]
        if formal not in modes:
            msg = f"formal says {formal!r} for {there[0]!r}, which is none of the modes{_listed(modes)}"
            raise ArgumentError(msg)
    if not isinstance(formal, str):
        msg = f"formal must be a mode, a mapping to modes, or the name of an attribute, but is {formal!r}"
        raise ArgumentError(msg)
    if formal in modes:
        return [formal] * net.n_actors
    if formal not in net.attribute_names:
        hint = _frames.near(formal, (*modes, *net.attribute_names))
        msg = f"formal={formal!r} is neither one of the modes{_listed(modes)} nor an attribute of {named(key)}{hint}"
        raise ArgumentError(msg)
    values: list[Any] = net.attribute(formal).tolist()
    empty = [at for at, value in enumerate(values) if is_empty(value)]
    if empty:
        who = first_of((repr(net.labels[at]) for at in empty[:5]), len(empty))
        msg = (
            f"{len(empty):,} of {len(values):,} actors of {named(key)} have no formal mode in {formal!r} ({who}). Fill "
            "it in, or leave them out with net.subset(...)"
        )
        raise ArgumentError(msg)
    _refuse_others(values, modes, formal, key, net)
    return values


def _listed(modes: tuple[str, ...]) -> str:
    return f" ({', '.join(map(repr, modes))})"


def _refuse_others(values: list[Any], modes: tuple[str, ...], column: str, key: tuple[Any, ...], net: Network) -> None:
    odd = [at for at, value in enumerate(values) if value is not None and value not in modes]
    if odd:
        labels = net.labels
        who = first_of((f"{labels[at]!r}: {values[at]!r}" for at in odd[:5]), len(odd))
        msg = (
            f"{len(odd):,} of {len(values):,} actors of {named(key)} have a {column!r} that is none of the modes"
            f"{_listed(modes)}: {who}. Correct them, make them null where there is no answer, or list other modes "
            "with modes="
        )
        raise ArgumentError(msg)


def _refuse_repeats(by: tuple[str, ...], found: list[Answers]) -> None:
    """Refuse several networks of the same answers, as several relations of the same actors are."""
    alike: dict[frozenset[Any], list[Answers]] = {}
    for one in found:
        said = frozenset(zip(one.net.labels.tolist(), one.perceived, strict=True))
        for other in alike.setdefault(said, []):
            apart = [name for name, here, there in zip(by, one.key, other.key, strict=True) if here != there]
            if len(apart) == 1 and apart != ["wave"] and one.answered.any():
                value = other.key[by.index(apart[0])]
                msg = (
                    f"{named(other.key)} and {named(one.key)} hold the same answers of the same actors, which would "
                    f"count more than once. Pick one with study.select({apart[0]}={value!r})"
                )
                raise ArgumentError(msg)
        alike[said].append(one)
