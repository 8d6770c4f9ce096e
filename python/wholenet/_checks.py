"""What every measure checks before it calls the core."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _ingest
from wholenet.errors import ArgumentError, DirectionError, ModeError, SignedTiesError, SmallNetworkError
from wholenet.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = [
    "choice",
    "core_of",
    "derived",
    "groups_of",
    "needs_actors",
    "needs_signless",
    "needs_undirected",
    "needs_values",
    "seeded",
    "share",
    "unvalued",
    "whole",
]


def core_of(net: object, argument: str = "net", *, two_mode: bool = False) -> _core.Network:
    """Get at the compiled part of a network, or say that `net` is none; `two_mode` ones must be asked for."""
    if not isinstance(net, Network):
        msg = (
            f"{argument} must be a wholenet.Network, but is a {type(net).__name__}. Make one with "
            "Network.from_edges, from_matrix, from_networkx or from_igraph"
        )
        raise ArgumentError(msg)
    core = net._core  # noqa: SLF001 (the measures are the other half of Network)
    if core.first_mode is not None and not two_mode:
        msg = (
            f"{argument} has two modes ({core.first_mode:,} and {core.n_actors - core.first_mode:,} actors), and this "
            "is defined for networks of one mode. Make one of it first, with net.project(...)"
        )
        raise ModeError(msg)
    return core


def derived(net: Network, core: _core.Network, step: str) -> Network:
    """Give a network of the same actors, made by one more step."""
    return net._derive(core, step)  # noqa: SLF001 (as core_of)


def unvalued(net: Network) -> Network:
    """Give a network without its values, whatever their sign."""
    return derived(net, core_of(net, two_mode=True).unvalued(), "values left out") if net.valued else net


def groups_of(net: Network, by: str) -> tuple[NDArray[np.uint32], list[Any]]:
    """Number the groups of an attribute from 0 in sorted order; every actor must have one."""
    return _ingest.groups(net.attribute(by), by, net.labels)


def choice(argument: str, value: object, words: tuple[str, ...]) -> None:
    """Check that an argument is one of the words it may be."""
    if value not in words:
        listed = ", ".join(f'"{word}"' for word in words[:-1]) + f' or "{words[-1]}"'
        msg = f"{argument} must be {listed}, but is {value!r}"
        raise ArgumentError(msg)


def needs_actors(core: _core.Network, measure: str) -> None:
    """Refuse a network without actors."""
    if core.n_actors == 0:
        msg = f"{measure} needs at least one actor, and this network has none"
        raise SmallNetworkError(msg)


def needs_undirected(core: _core.Network, measure: str) -> None:
    """Refuse a directed network."""
    if core.directed:
        msg = (
            f"{measure} is defined for undirected networks, and this one is directed. Say what an undirected tie is "
            "with net.symmetrize(...) first"
        )
        raise DirectionError(msg)


def needs_signless(core: _core.Network, measure: str) -> None:
    """Refuse negative values."""
    if core.signed:
        msg = (
            f"{measure} reads values as strengths, and this network has negative ones. Keep the positive ties with "
            "net.dichotomize(above=0)"
        )
        raise SignedTiesError(msg)


def needs_values(core: _core.Network, distance: str | None) -> None:
    """Refuse lengths of ties that have no values."""
    if distance is not None and not core.valued:
        msg = (
            f"distance={distance!r} reads tie values, and this network has none. Leave distance= out (paths then "
            "count steps), or give the values when making the network, with weight="
        )
        raise ArgumentError(msg)


def whole(value: object, argument: str, *, least: int = 1) -> int:
    """Check that an argument is a whole number."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value < 1 << 64:
        msg = f"{argument} must be a whole number of at least {least}, but is {value!r}"
        raise ArgumentError(msg)
    return int(value)


def seeded(seed: object) -> int:
    """Give the seed that was asked for, or draw one."""
    return secrets.randbits(32) if seed is None else whole(seed, "seed", least=0)


def share(value: object, argument: str) -> float:
    """Check that an argument is a number between 0 and 1."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < value < 1:
        msg = f"{argument} must be a number between 0 and 1, but is {value!r}"
        raise ArgumentError(msg)
    return float(value)
