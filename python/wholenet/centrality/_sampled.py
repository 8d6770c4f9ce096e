"""Centralities estimated from samples, with proven bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import seeded, whole
from wholenet._estimate import Estimate
from wholenet._ingest import number
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, DirectionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

    Array = NDArray[np.float64]

__all__ = ["average_distance", "betweenness", "closeness", "harmonic"]


def betweenness(
    net: Network,
    core: _core.Network,
    scale: Array | float,
    *,
    samples: int | None,
    epsilon: float | None,
    delta: float,
    seed: int | None,
    progress: bool,
) -> Estimate:
    """Estimate betweenness; `scale` turns shares of ordered pairs into scores."""
    if samples is not None and epsilon is not None:
        msg = "give samples= or epsilon=, not both"
        raise ArgumentError(msg)
    draws = None if samples is None else whole(samples, "samples")
    seed = seeded(seed)
    limit = None if epsilon is None else number(epsilon, "epsilon")
    found = _core.centrality_betweenness_sampled(core, draws, limit, number(delta, "delta"), seed, progress)
    values, lower, upper = (part * scale for part in found[:3])
    return _estimate(net, (values, lower, upper), net.labels, delta, found[3], seed)


def harmonic(
    net: Network,
    core: _core.Network,
    mode: str,
    *,
    normalized: bool,
    samples: int,
    delta: float,
    seed: int | None,
    progress: bool,
) -> Estimate:
    """Estimate harmonic centrality."""
    seed, draws, n = seeded(seed), whole(samples, "samples", least=2), net.n_actors
    moments, _ = _drawn(core, mode, draws, seed, progress=progress)
    mean, far = _mean(moments[:, 2], moments[:, 3], draws, 1.0, delta, n)
    most = float(n - 1)
    scale = n / most if normalized and most else float(n)
    bounds = np.clip([mean - far, mean + far], 0, most / n if n else 0)
    return _estimate(net, (mean * scale, bounds[0] * scale, bounds[1] * scale), net.labels, delta, draws, seed)


def closeness(
    net: Network, core: _core.Network, unreachable: str, *, samples: int, delta: float, seed: int | None, progress: bool
) -> Estimate:
    """Estimate closeness of an undirected network."""
    if core.directed:
        msg = (
            "closeness of directed networks can't be estimated from samples, since how many an actor reaches is not "
            "known. Use harmonic(net, samples=...), or symmetrize(...) first"
        )
        raise DirectionError(msg)
    if unreachable == "max+1":
        msg = 'the longest distance is not known from samples; use unreachable="ignore", "scale" or "n"'
        raise ArgumentError(msg)
    seed, draws, n = seeded(seed), whole(samples, "samples", least=2), net.n_actors
    part, reached = _reached(core)
    moments, sources = _drawn(core, "out", draws, seed, progress=progress)
    longest = _longest(part, sources, reached)
    mean, far = _mean(moments[:, 0], moments[:, 1], draws, longest, delta, n)
    # Nobody is nearer than a step, nobody farther than the longest distance that there can be.
    low, high = (np.clip(n * one, reached, reached * longest) for one in (mean - far, mean + far))

    def score(total: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            if unreachable == "n":
                return (n - 1) / (total + (n - 1 - reached) * n)
            plain = reached / total
            return plain if unreachable == "ignore" else np.where(reached == 0, 0.0, plain * reached / (n - 1))

    middle = np.clip(n * mean, low, high)
    return _estimate(net, (score(middle), score(high), score(low)), net.labels, delta, draws, seed)


def average_distance(
    net: Network, core: _core.Network, *, samples: int, delta: float, seed: int | None, progress: bool
) -> Estimate:
    """Estimate the average distance of an undirected network."""
    if core.directed:
        msg = (
            "the average distance of a directed network can't be estimated from samples, since how many pairs have a "
            "path is not known. Use symmetrize(...) first, or leave samples= out"
        )
        raise DirectionError(msg)
    seed, draws, n = seeded(seed), whole(samples, "samples", least=2), net.n_actors
    part, reached = _reached(core)
    _, sources = _drawn(core, "out", draws, seed, progress=progress)
    totals, pairs = sources[:, 1], reached.sum()
    # What one source adds up to is at most its number of others times the longest distance in its component.
    reach = float((reached * _longest(part, sources, reached)).max(initial=0.0))
    mean, far = _mean(np.array([totals.sum()]), np.array([(totals**2).sum()]), draws, reach, delta, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (n * np.array([mean[0], max(mean[0] - far[0], 0.0), mean[0] + far[0]]) / pairs).reshape(3, 1)
    # Every distance is a step at least.
    values = np.maximum(values, 1.0)
    return _estimate(net, (values[0, 0], values[1, 0], values[2, 0]), net.labels[:0], delta, draws, seed)


def _drawn(core: _core.Network, mode: str, draws: int, seed: int, *, progress: bool) -> tuple[Array, Array]:
    """Sums over sources drawn with replacement, by actor; and of each source itself, its total and its farthest."""
    return _core.paths_moments(core, mode, draws, seed, progress)


def _reached(core: _core.Network) -> tuple[NDArray[np.int64], Array]:
    """The component of each actor, and how many others it reaches."""
    part = _core.cohesion_components(core, "weak")
    return part, (np.bincount(part)[part] - 1).astype(float) if len(part) else np.zeros(0)


def _longest(part: NDArray[np.int64], sources: Array, reached: Array) -> Array:
    """A bound of the distances in the component of each actor: twice the farthest of a source, or its size."""
    bound = np.full(part.max(initial=-1) + 1, np.inf)
    np.minimum.at(bound, part[sources[:, 0].astype(np.int64)], 2 * sources[:, 2])
    return np.minimum(bound[part], reached)


def _mean(total: Array, squares: Array, draws: int, reach: Array | float, delta: float, n: int) -> tuple[Array, Array]:
    """The mean of draws from 0 to `reach`, and how far it may be off (Maurer & Pontil 2009, for all n at once)."""
    if not 0 < number(delta, "delta") < 1:
        msg = f"delta must be between 0 and 1, but is {delta!r}"
        raise ArgumentError(msg)
    mean = total / draws
    variance = np.maximum(squares - draws * mean**2, 0) / (draws - 1)
    evidence = np.log(4 * max(n, 1) / delta)
    return mean, np.sqrt(2 * variance * evidence / draws) + 7 * reach * evidence / (3 * (draws - 1))


def _estimate(
    net: Network, bounds: tuple[Array, Array, Array], labels: NDArray[np.generic], delta: float, draws: int, seed: int
) -> Estimate:
    values, lower, upper = (np.asarray(bound, dtype=np.float64) for bound in bounds)
    return Estimate(
        values=values,
        lower=lower,
        upper=upper,
        confidence=1 - delta,
        samples=draws,
        seed=seed,
        labels=labels,
        recipe=net.recipe,
        kind=kind_of(net),
    )
