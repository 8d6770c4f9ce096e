"""Conclusions on strong ties: numbers of a network, or of two waves of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._actor_values import marks_of
from wholenet._checks import core_of
from wholenet.change import tie_change
from wholenet.cohesion import mean_degree
from wholenet.errors import ArgumentError, KeyNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["OF_MARKED", "OF_WAVES", "conclusions_of"]


def _ties_and_dyads(net: Network) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Count the ties of each actor, and the others of whom the tie with them was observed."""
    cells = core_of(net).dense()
    np.fill_diagonal(cells, np.nan)
    return np.nansum(cells, axis=1), (~np.isnan(cells)).sum(axis=1)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _share_with_strong_tie(net: Network) -> float:
    ties, dyads = _ties_and_dyads(net)
    return _ratio(int(((ties > 0) & (dyads > 0)).sum()), int((dyads > 0).sum()))


def _load_ratio(net: Network, *, mark: str) -> float:
    (ties, dyads), chosen = _ties_and_dyads(net), marks_of(net, mark)
    mine, theirs = (_ratio(ties[part].sum(), dyads[part].sum()) for part in (chosen, ~chosen))
    return _ratio(mine, theirs)


def _share_held(net: Network, *, mark: str) -> float:
    chosen, (source, target, _) = marks_of(net, mark), core_of(net).ties()
    return _ratio(int((chosen[source] | chosen[target]).sum()), len(source))


def _stability(before: Network, after: Network) -> float:
    return tie_change(before, after).jaccard


def _dissolution(before: Network, after: Network) -> float:
    return tie_change(before, after).dissolution


OF_NETWORK: dict[str, Callable[[Network], float]] = {
    "share_with_strong_tie": _share_with_strong_tie,
    "mean_degree": mean_degree,
}
OF_MARKED: dict[str, Callable[..., float]] = {"load_ratio": _load_ratio, "share_held": _share_held}
OF_WAVES: dict[str, Callable[[Network, Network], float]] = {"stability": _stability, "dissolution": _dissolution}


def conclusions_of(
    conclusions: object, mark: str | None
) -> tuple[dict[str, Callable[[Network], Any]], dict[str, Callable[[Network, Network], float]]]:
    """Look conclusions up: those of one network, and those of two waves."""
    named = dict(conclusions) if isinstance(conclusions, Mapping) else _named(conclusions)
    if not named:
        msg = "name at least one conclusion"
        raise ArgumentError(msg)
    alone: dict[str, Callable[[Network], Any]] = {}
    between: dict[str, Callable[[Network, Network], float]] = {}
    for name, one in named.items():
        if callable(one):
            alone[str(name)] = one
        elif isinstance(one, str) and one in OF_WAVES:
            between[str(name)] = OF_WAVES[one]
        else:
            alone[str(name)] = _known(one, mark)
    if mark is not None and not {one for one in named.values() if isinstance(one, str)} & set(OF_MARKED):
        msg = f"mark= is read by {' and '.join(map(repr, OF_MARKED))} only, and neither is asked for"
        raise ArgumentError(msg)
    return alone, between


def _named(conclusions: Any) -> dict[Any, Any]:
    if not isinstance(conclusions, str | Iterable) and not callable(conclusions):
        msg = f"conclusions must be names or functions, or a mapping of them, but is a {type(conclusions).__name__}"
        raise ArgumentError(msg)
    listed = [conclusions] if isinstance(conclusions, str) or callable(conclusions) else list(conclusions)
    return {one if isinstance(one, str) else getattr(one, "__name__", str(one)): one for one in listed}


def _known(one: object, mark: str | None) -> Callable[[Network], Any]:
    if isinstance(one, str) and one in OF_NETWORK:
        return OF_NETWORK[one]
    if isinstance(one, str) and one in OF_MARKED:
        if mark is None:
            msg = f"{one!r} compares marked actors with the others; name the attribute that marks them, with mark="
            raise ArgumentError(msg)
        return partial(OF_MARKED[one], mark=mark)
    known = [*OF_NETWORK, *OF_MARKED, *OF_WAVES]
    near = _frames.near(one, known) if isinstance(one, str) else ""
    msg = (
        f"a conclusion is a function of the network of strong ties or one of {', '.join(map(repr, known))}, but is "
        f"{one!r}{near}"
    )
    raise KeyNotFoundError(msg)
