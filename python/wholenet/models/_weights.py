"""Matrices of weights: who is influenced by whom, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._actor_values import LARGE
from wholenet._checks import core_of, needs_signless
from wholenet._ingest import first_of
from wholenet.errors import ArgumentError, MissingTiesError, ModelError, SignedTiesError
from wholenet.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["weights_of"]


def weights_of(given: Any, argument: str, n: int, weights: str) -> NDArray[np.float64]:
    """Lay out the weights of a network or matrix of n actors; rows add up to 1, or to 0, if `weights` is "row"."""
    matrix = _of_network(given, argument, weights) if isinstance(given, Network) else _of_matrix(given, argument)
    if matrix.shape != (n, n):
        msg = f"{argument} must have a row and a column for each of the {n:,} actors, but has the shape {matrix.shape}"
        raise ArgumentError(msg)
    np.fill_diagonal(matrix, 0.0)
    largest = np.abs(matrix).max(initial=0.0)
    if largest and not 1 / LARGE <= largest <= LARGE:
        msg = f"{argument} holds weights up to {largest:.3g}, which can't be computed with. Use another unit"
        raise ArgumentError(msg)
    if not matrix.any():
        msg = f"{argument} has no ties, so that nothing tells how strong the influence along them is. Leave it out"
        raise ModelError(msg)
    if weights == "raw":
        return matrix
    if (matrix < 0).any():
        msg = f'{argument} has negative weights, which do not add up to shares. Pass weights="raw"'
        raise SignedTiesError(msg)
    totals = matrix.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = np.divide(matrix, totals, out=matrix, where=totals > 0)
    return shares


def _of_network(net: Network, argument: str, weights: str) -> NDArray[np.float64]:
    core = core_of(net, argument)
    if weights == "row":
        needs_signless(core, "a row of shares")
    if core.n_unobserved:
        silent = net.missing.non_respondents
        who = f", among them those of {first_of(map(repr, silent), len(silent))}" if silent else ""
        msg = (
            f"{core.n_unobserved:,} dyads of {argument} were not observed{who}, and the model needs all of them. "
            'Let one report stand for both with net.symmetrize("union", one_report="use"), or leave those who did not '
            "answer out with net.subset(...)"
        )
        raise MissingTiesError(msg)
    return net.to_matrix()


def _of_matrix(given: Any, argument: str) -> NDArray[np.float64]:
    if isinstance(given, np.ma.MaskedArray):
        given = np.ma.filled(given.astype(np.float64), np.nan)
    try:
        matrix = np.array(given, dtype=np.float64, order="C")
    except (TypeError, ValueError):
        matrix = np.empty(())
    if matrix.ndim != 2:  # noqa: PLR2004 (rows and columns)
        msg = f"{argument} must be a wholenet.Network or a matrix of weights, but is a {type(given).__name__}"
        raise ArgumentError(msg)
    if not np.isfinite(matrix).all():
        row, column = np.argwhere(~np.isfinite(matrix))[0].tolist()
        msg = (
            f"{argument} must hold finite weights, but row {row}, column {column} (from 0) is {matrix[row, column]}. "
            "Fill in what was not observed, or leave these actors out first"
        )
        raise MissingTiesError(msg) if np.isnan(matrix[row, column]) else ArgumentError(msg)
    return matrix
