"""Dyads that were not observed, and networks in which they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _core, _ingest
from wholenet._checks import core_of, derived
from wholenet.errors import ArgumentError
from wholenet.study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["filled", "one_network", "partners", "unobserved"]


def one_network(net: object, what: str, *, two_mode: bool = False) -> _core.Network:
    """Get at the compiled part of a network; a study is told how to go through its networks."""
    if isinstance(net, Study):
        msg = (
            f"{what} takes one network, and this is a Study of {len(net):,}. Call it for each: "
            f"study.map(lambda net: wn.survey.{what}(net)), with the other arguments in it"
        )
        raise ArgumentError(msg)
    return core_of(net, two_mode=two_mode)


def unobserved(net: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the dyads that were not observed, by the places of their actors; an undirected one once."""
    cells = net.to_matrix()
    if not net.directed and not net.two_mode:
        cells = np.triu(cells)
    source, target = np.nonzero(np.isnan(cells))
    return source.astype(np.int64), target.astype(np.int64) + (len(cells) if net.two_mode else 0)


def partners(net: Network, cells: tuple[NDArray[np.int64], NDArray[np.int64]]) -> NDArray[np.float64]:
    """What the other side reported of unobserved dyads of a directed network; NaN where it did not either."""
    source, target = cells
    found: NDArray[np.float64] = net.to_matrix()[target, source]
    return found


def filled(
    net: Network,
    cells: tuple[NDArray[np.int64], NDArray[np.int64]],
    values: NDArray[np.float64],
    step: str,
) -> Network:
    """Make the same network with values in its unobserved dyads: 0 is no tie, NaN stays not observed."""
    core = core_of(net, two_mode=True)
    source, target, value = core.ties()
    loops, loop_values = core.loops()
    told = values != 0
    given = np.ones(len(source)) if value is None else value
    silent = _silent(net, cells, values)
    # The rows of those who did not answer are marked as a whole.
    told &= ~silent[cells[0]]
    value = np.concatenate([given, loop_values, values[told]])
    made, _ = _core.network_from_codes(
        _labels(net),
        np.concatenate([source, loops, cells[0][told]]).astype(np.uint32),
        np.concatenate([target, loops, cells[1][told]]).astype(np.uint32),
        value if net.valued or np.isnan(value).any() else None,
        silent if silent.any() else None,
        directed=net.directed or net.two_mode,
        loops="keep",
        signed=net.signed,
        binary=not net.valued,
    )
    if core.first_mode is not None:
        made = made.modes((net.modes == 1).tolist())
    return derived(net, made, step)


def _labels(net: Network) -> Any:
    labels = net.labels
    return _ingest.label_column(labels if labels.dtype.kind == "i" else labels.tolist(), "labels")


def _silent(
    net: Network, cells: tuple[NDArray[np.int64], NDArray[np.int64]], values: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell whose outgoing dyads are all still not observed."""
    silent = np.zeros(net.n_actors, dtype=bool)
    left = np.isnan(values)
    if not left.any() or not (net.directed or net.two_mode):
        return silent
    first = int((net.modes == 0).sum())
    others = net.n_actors - (first if net.two_mode else 1)
    silent[:] = np.bincount(cells[0][left], minlength=net.n_actors) == others
    silent[first:] = False
    return silent
