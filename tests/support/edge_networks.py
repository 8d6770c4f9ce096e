"""Every awkward network, directed and undirected: for tests that run each measure over all of them."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn

NAN = float("nan")


def network(matrix, *, directed=True, loops="keep"):
    """Make a network with a group for each actor."""
    matrix = np.asarray(matrix, dtype=float)
    groups = ["even" if actor % 2 == 0 else "odd" for actor in range(len(matrix))]
    actors = pd.DataFrame({"actor": np.arange(len(matrix)), "group": np.array(groups, dtype=object)})
    return wn.Network.from_matrix(matrix, actors, directed=directed, loops=loops)


def edges(n, pairs):
    matrix = np.zeros((n, n))
    for source, target in pairs:
        matrix[source, target] = 1
    return matrix


def unobserved(n, rows):
    matrix = edges(n, [(i, (i + 1) % n) for i in range(n)])
    matrix[rows] = NAN
    np.fill_diagonal(matrix, 0)
    return matrix


RING = edges(5, [(i, (i + 1) % 5) for i in range(5)])
STAR = edges(5, [(0, i) for i in range(1, 5)])
PARTS = edges(6, [(0, 1), (1, 2), (3, 4)])
MATRICES = {
    "of nobody": np.zeros((0, 0)),
    "of one": np.zeros((1, 1)),
    "of one with a self-tie": np.ones((1, 1)),
    "of two apart": np.zeros((2, 2)),
    "of two tied": edges(2, [(0, 1)]),
    "of isolates": np.zeros((5, 5)),
    "complete": np.ones((5, 5)) - np.eye(5),
    "star": STAR,
    "ring": RING,
    "disconnected": PARTS,
    "of self-ties only": np.eye(4),
    "ring with self-ties": RING + np.eye(5),
    "of values": 2.5 * STAR,
    "where nobody answered": np.where(np.eye(4), 0, NAN),
    "where one of two answered": np.array([[0, 1], [NAN, 0]]),
    "where two of five did not answer": unobserved(5, [1, 3]),
    "with one dyad unobserved": np.where(np.arange(25).reshape(5, 5) == 3, NAN, RING),
}
NETWORKS = {}
for _name, _matrix in MATRICES.items():
    NETWORKS[f"directed {_name}"] = network(_matrix)
    _upper = np.triu(_matrix) if len(_matrix) else _matrix
    NETWORKS[f"undirected {_name}"] = network(np.maximum(_upper, _upper.T), directed=False)

each_network = pytest.mark.parametrize("net", NETWORKS.values(), ids=NETWORKS)
