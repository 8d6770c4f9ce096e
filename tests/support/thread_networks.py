"""Networks big enough that their measures run on threads, and a way to say on how many."""

import numpy as np

import wholenet as wn
from wholenet import _core


def network(n, ties, seed, *, directed):
    generator = np.random.default_rng(seed)
    pairs = generator.integers(0, n, size=(ties, 2))
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    if not directed:
        pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    values = generator.integers(1, 9, size=len(pairs)) / 7
    return wn.Network.from_edges((pairs[:, 0], pairs[:, 1]), weight=values, directed=directed)


# Big enough that searches leave the caller's thread and are cut into many blocks.
BIG = {directed: network(3000, 30_000, 1, directed=directed) for directed in (True, False)}
# Counting paths and adding lengths up cost more: a smaller one will do.
SMALL = {directed: network(700, 4500, 2, directed=directed) for directed in (True, False)}


def on(threads, measure, net):
    """Give the bytes of a measure on so many threads; the number of threads is then what it was."""
    before = _core.get_threads()
    _core.set_threads(threads)
    try:
        return np.asarray(measure(net)).tobytes()
    finally:
        _core.set_threads(before)
