"""Whether actors that are tied have similar values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet._actor_values import named, numbers_of
from wholenet._checks import choice, core_of, needs_signless, seeded, whole
from wholenet._results import kind_of
from wholenet.errors import ModelError, SmallNetworkError
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import strata
from wholenet.inference._permuted import Permuted
from wholenet.inference._results import ResamplingTest, tested

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet import _core
    from wholenet.network import Network

__all__ = ["geary", "moran"]


@dataclass(frozen=True, slots=True)
class OverTies:
    """A sum over ties of the product of two values, or of the square of their difference, times the tie's weight."""

    kind: Literal["moran", "geary"]
    values: NDArray[np.float64]  # less their mean
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    weight: NDArray[np.float64]
    factor: float

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return len(self.source)

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Put the values in each order."""
        permuted = self.values[orders]
        one, other = permuted[:, self.source], permuted[:, self.target]
        cells = one * other if self.kind == "moran" else (one - other) ** 2
        # Rows one after the other in memory, so that each is added up in the same way however many there are.
        sums: NDArray[np.float64] = np.ascontiguousarray(cells * self.weight).sum(axis=1, keepdims=True)
        return self.factor * sums


def moran(
    net: Network,
    values: str | ArrayLike,
    *,
    weights: Literal["raw", "row"] = "raw",
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest:
    """Autocorrelation of an attribute by Moran's I: whether actors that are tied have similar values.

    Parameters
    ----------
    net : Network
        The network.
    values : str, or array of shape (n,)
        An attribute of the network, or a number for each actor in the order of ``net.labels``.
    weights : {"raw", "row"}
        Whether a tie counts by its value, or by its share in the values of all ties that the actor sends.
    permutations : int
        How many random orders of the values.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest
        I, p-values, and I in the permutations. Above -1 ÷ (n - 1) if actors that are tied have similar values, below if
        they have dissimilar ones; mostly between -1 and 1.

    Raises
    ------
    ArgumentError
        A number is missing or not finite, there is not one for each actor, or `weights` is neither word.
    ColumnError
        The network has no such attribute.
    ModelError
        The values are the same for all actors.
    SmallNetworkError
        There are no ties.
    SignedTiesError
        The network has negative values.
    ModeError
        The network has two modes.
    ExecutorError
        The executor died.

    Notes
    -----
    I = n ÷ Σ w(i, j) · Σ w(i, j)·z(i)·z(j) ÷ Σ z(i)², over pairs i ≠ j, with z the values less their mean and w(i, j)
    the value of the tie (1 without values). The null hypothesis is that the values are spread over the actors without
    regard to the ties; then the mean of I is -1 ÷ (n - 1). Two-sided: twice the smaller of the other two p-values.

    An undirected tie counts both ways. In a directed network w(i, j) and w(j, i) are added up, so that the direction
    matters with ``weights="row"`` only. Isolates count in the mean and in n. Self-ties are not read. Dyads that were
    not observed are left out; the result says how many were observed. The values of those who answered are permuted
    among each other, and those of others, since who answered may depend on the values.

    O(permutations × (n + m)) time. The same seed gives the same bits with any executor.

    Peers: UCINET's autocorrelation for interval attributes has Moran's I and Geary's C. R's sna (``nacf`` with
    ``type="moran"``) agrees at lag 1 with ``weights="raw"`` on ties without values; its further lags are those of a
    network that ties actors at distance 2, 3 …; it has no test. Those who divide rows, as R's spdep does by default,
    get what ``weights="row"`` gives.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23.
    https://doi.org/10.1093/biomet/37.1-2.17

    Cliff, A. D. & Ord, J. K. (1981). Spatial Processes: Models and Applications. Pion.

    Examples
    --------
    On a path of four with 1, 2, 3, 4 the products of tied ones are 0.75, -0.25 and 0.75, each twice, and the squares
    add up to 5: I = 4 ÷ 6 · 2.5 ÷ 5.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abc"), list("bcd")), directed=False)
    >>> found = wn.inference.moran(net, [1, 2, 3, 4], seed=1)
    >>> round(found.estimate, 4)
    0.3333
    """
    return _test("moran", net, values, weights, permutations, seed, executor, progress=progress)


def geary(
    net: Network,
    values: str | ArrayLike,
    *,
    weights: Literal["raw", "row"] = "raw",
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest:
    """Autocorrelation of an attribute by Geary's C: how different the values of tied actors are.

    Parameters
    ----------
    net : Network
        The network.
    values : str, or array of shape (n,)
        An attribute of the network, or a number for each actor in the order of ``net.labels``.
    weights : {"raw", "row"}
        Whether a tie counts by its value, or by its share in the values of all ties that the actor sends.
    permutations : int
        How many random orders of the values.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest
        C, p-values, and C in the permutations. From 0 (tied actors have equal values); below 1 if they have similar
        values, above 1 if they have dissimilar ones.

    Raises
    ------
    ArgumentError
        A number is missing or not finite, there is not one for each actor, or `weights` is neither word.
    ColumnError
        The network has no such attribute.
    ModelError
        The values are the same for all actors.
    SmallNetworkError
        There are no ties.
    SignedTiesError
        The network has negative values.
    ModeError
        The network has two modes.
    ExecutorError
        The executor died.

    Notes
    -----
    C = (n - 1) ÷ (2·Σ w(i, j)) · Σ w(i, j)·(x(i) - x(j))² ÷ Σ (x(i) - x̄)², over pairs i ≠ j, with w(i, j) the value of
    the tie (1 without values). The null hypothesis is that the values are spread over the actors without regard to the
    ties; then the mean of C is 1. Two-sided: twice the smaller of the other two p-values. C looks at differences of
    tied actors, where `moran` looks at how far both are from the mean.

    An undirected tie counts both ways. In a directed network w(i, j) and w(j, i) are added up, so that the direction
    matters with ``weights="row"`` only. Isolates count in the mean and in n. Self-ties are not read. Dyads that were
    not observed are left out; the result says how many were observed. The values of those who answered are permuted
    among each other, and those of others, since who answered may depend on the values.

    O(permutations × (n + m)) time. The same seed gives the same bits with any executor.

    Peers: UCINET's autocorrelation for interval attributes has Moran's I and Geary's C. R's sna (``nacf`` with
    ``type="geary"``) agrees at lag 1 with ``weights="raw"`` on ties without values; its further lags are those of a
    network that ties actors at distance 2, 3 …; it has no test.

    References
    ----------
    Geary, R. C. (1954). The contiguity ratio and statistical mapping. The Incorporated Statistician 5, 115-146.
    https://doi.org/10.2307/2986645

    Cliff, A. D. & Ord, J. K. (1981). Spatial Processes: Models and Applications. Pion.

    Examples
    --------
    On a path of four with 1, 2, 3, 4 each tie has a difference of 1: C = 3 ÷ (2·6) · 6 ÷ 5.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abc"), list("bcd")), directed=False)
    >>> found = wn.inference.geary(net, [1, 2, 3, 4], seed=1)
    >>> round(found.estimate, 4)
    0.3
    """
    return _test("geary", net, values, weights, permutations, seed, executor, progress=progress)


NAMES = {"moran": "Moran's I", "geary": "Geary's C"}
PEERS = {
    kind: f"UCINET: autocorrelation of interval attributes ({name}); R: sna's nacf, spdep's {kind}.mc"
    for kind, name in NAMES.items()
}


def _test(
    kind: Literal["moran", "geary"],
    net: Network,
    values: str | ArrayLike,
    weights: Literal["raw", "row"],
    permutations: int,
    seed: int | None,
    executor: Executor | None,
    *,
    progress: bool,
) -> ResamplingTest:
    choice("weights", weights, ("raw", "row"))
    core = core_of(net)
    needs_signless(core, kind)
    numbers, n = numbers_of(values, "values", net), net.n_actors
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    source, target, weight = _weighted(core, weights)
    total = weight.sum()
    if not total > 0:
        msg = f"{NAMES[kind]} compares actors that are tied, and this network has no ties"
        raise SmallNetworkError(msg)
    if np.ptp(numbers) == 0:
        msg = f"{NAMES[kind]} is not defined where all actors have the same value, as in {named(values, 'values')!r}"
        raise ModelError(msg)
    # Scaled, so that no square is too large or too small.
    centred = (numbers - numbers.mean()) / np.ptp(numbers)
    factor = (n if kind == "moran" else (n - 1) / 2) / total / (centred**2).sum()
    statistic = OverTies(kind, centred, source, target, weight, float(factor))
    among = strata(net)
    found = drawn(Permuted(statistic, n, seed, among), permutations, seed=seed, executor=executor, progress=progress)
    mean = f"; its mean is {-1 / (n - 1):.4g}, or -1 / (n - 1)" if kind == "moran" else "; its mean is 1"
    return tested(
        f"{NAMES[kind]} of {named(values, 'values')}",
        float(statistic(np.arange(n)[None, :])[0, 0]),
        found[:, 0],
        symmetric=False,
        seed=seed,
        observed=f"{n:,} actors, {core.observed_dyads:,} dyads",
        null=f"the values are spread over the actors without regard to the ties{mean if len(among) == 1 else ''}",
        peers=PEERS[kind],
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _weighted(core: _core.Network, weights: str) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """List the ties to others with their weights; undirected ones both ways if rows are divided."""
    source, target, value = core.ties()
    weight = np.ones(len(source)) if value is None else value
    ends = source.astype(np.intp), target.astype(np.intp)
    if weights == "raw":
        return *ends, weight
    if not core.directed:
        ends, weight = (np.concatenate(ends), np.concatenate(ends[::-1])), np.concatenate([weight, weight])
    totals = np.bincount(ends[0], weight, minlength=core.n_actors)[ends[0]]
    # Ties of value 0 are ties of no weight, also where an actor has no others.
    return *ends, np.divide(weight, totals, out=np.zeros(len(weight)), where=totals > 0)
