"""What may predict that a tie persists: the tie itself at the first wave, and the attributes of its actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of
from wholenet.errors import ArgumentError, DirectionError
from wholenet.inference._dyads import many
from wholenet.inference._terms import Term
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.change._waves import Waves

__all__ = ["WORDS", "outcome", "paired", "terms"]


def paired(before: Any, after: Any) -> dict[Any, tuple[Network, Network]]:
    """Pair the networks of two waves: two networks, or two mappings with the same keys."""
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        return {(): (before, after)}
    found = []
    for nets, name in ((before, "before"), (after, "after")):
        if not isinstance(nets, Mapping):
            msg = f"{name} must be a mapping from names to networks, as the other wave is, but is a {_kind(nets)}"
            raise ArgumentError(msg)
        for key, net in nets.items():
            core_of(net, f"{name}[{key!r}]")
        found.append({key: one.source for key, one in many(nets, name).items()})
    first, second = found
    if set(first) != set(second) or _elsewhere(before, after):
        msg = f"before and after have different networks: {list(before)} and {list(after)}"
        raise ArgumentError(msg)
    return {key: (net, second[key]) for key, net in first.items()}  # type: ignore[misc]  # `many` gives networks or matrices; core_of has refused the latter


def _elsewhere(before: Mapping[Any, Network], after: Mapping[Any, Network]) -> bool:
    """Tell whether a network of one place would be paired with that of another: waves differ in one part of a key."""
    if len(before) > 1:
        return False
    (one,), (other,) = before, after
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return bool(one != other) and not all(isinstance(nets, Study) for nets in (before, after))
    return len([a for a, b in zip_longest(one, other) if a != b]) > 1


def _kind(value: object) -> str:
    return type(value).__name__


def outcome(waves: Waves) -> Network:
    """Make a network of 1 for ties kept, 0 for ties dissolved, and not observed for all other dyads."""
    cells = np.where(waves.first, waves.second.astype(np.float64), np.nan)
    if not waves.before.directed:
        cells = np.where(np.isnan(cells), cells.T, cells)
    np.fill_diagonal(cells, 0)
    return Network.from_matrix(cells, waves.before.actors, directed=waves.before.directed)


def terms(predictors: object, waves: Mapping[Any, Waves]) -> dict[str, Any]:
    """Read predictors by name: a term of attributes, or matrices for each network."""
    if isinstance(predictors, Mapping):
        listed = {str(name): value for name, value in predictors.items()}
    elif (
        isinstance(predictors, Sequence)
        and not isinstance(predictors, str)
        and all(isinstance(one, str | Term) for one in predictors)
    ):
        listed = {one if isinstance(one, str) else f"{one.word}({one.attribute})": one for one in predictors}
    else:
        msg = (
            f"predictors must be a list of {', '.join(map(repr, WORDS))} and terms such as same('sector'), or a "
            f"mapping from names to these or to matrices, but is a {_kind(predictors)}"
        )
        raise ArgumentError(msg)
    return {name: _read(value, waves) for name, value in listed.items()}


def _read(value: Any, waves: Mapping[Any, Waves]) -> Any:
    if isinstance(value, Term) or (isinstance(value, str) and value not in WORDS):
        return value
    if isinstance(value, str):
        return {key: WORDS[value](one) for key, one in waves.items()}
    return value if isinstance(value, Mapping) else dict.fromkeys(waves, value)


def _strength(waves: Waves) -> NDArray[np.float64]:
    """The value of the tie at the first wave; 0 where there is none."""
    if not waves.before.valued:
        msg = '"strength" is the value of a tie at the first wave, and these ties have no values'
        raise ArgumentError(msg)
    return waves.before.to_matrix()


def _reciprocity(waves: Waves) -> NDArray[np.float64]:
    """Whether there was a tie the other way at the first wave."""
    if not waves.before.directed:
        msg = '"reciprocity" is about ties with and without one the other way, and these networks are undirected'
        raise DirectionError(msg)
    back = waves.before.to_matrix().T
    return np.where(np.isnan(back), np.nan, (back != 0).astype(np.float64))


def _partners(waves: Waves) -> NDArray[np.float64]:
    """How many paths of two ties there were at the first wave; whole numbers, so that no order of sums matters."""
    ties = (np.nan_to_num(waves.before.to_matrix()) != 0).astype(np.int64)
    np.fill_diagonal(ties, 0)
    found: NDArray[np.float64] = (ties @ ties).astype(np.float64)
    return found


WORDS = {"strength": _strength, "reciprocity": _reciprocity, "shared partners": _partners}
