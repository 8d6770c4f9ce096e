"""Standard errors of many statistics of a network, from the same draws of its actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of, seeded, share, whole
from wholenet._results import kind_of
from wholenet.inference._draws import drawn
from wholenet.inference._measures_result import ResampledMeasures
from wholenet.inference._resampled import margin
from wholenet.inference._resamples import Measured
from wholenet.inference._statistic import dyads_of, statistics_of
from wholenet.inference._vertices import sizes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["bootstrap_measures"]

# Draws that a standard error needs.
LEAST = 2


def bootstrap_measures(
    net: Network,
    measures: Iterable[str | Callable[[Network], Any]] | Mapping[str, str | Callable[[Network], Any]],
    *,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResampledMeasures:
    """Vertex bootstrap of many statistics at once: how sure each is, from the same draws of actors.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.
    measures : sequence of names or functions, or mapping
        Names of measures of the network with their default definition (``"density"``, ``"mean_degree"``), or functions
        that take a network and give a number, as in `wholenet.table`; a mapping gives the rows names.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that each interval should cover the truth.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed; functions must then be ones that it can send. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResampledMeasures
        For each measure estimate, standard error, bias, normal and percentile interval, and in how many draws it had no
        number; and the measures of each draw.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        There is no measure, two have one name, or one is not one number for the network; `draws`, `confidence` or
        `seed` is not what it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.

    Notes
    -----
    Draws, standard errors and intervals are those of `bootstrap`: with the same seed it gives the same numbers for one
    measure. All measures read the same networks, so that their draws can be subtracted or correlated, and what several
    of them need (distances) is computed once per draw.

    A measure that raises an error, is NaN or infinite in a draw has no number there: `failed` counts these draws, and
    the other numbers are of the draws that are left. They then tell how the measure varies *where it is defined*; with
    many failures they tell little. One that has no number for `net` itself has a row of NaN. One that raises for `net`
    raises here too.

    Intervals hold for each measure by itself, not for all at once.

    The time of `bootstrap`, with the network of a draw made once. The nineteen measures of `wholenet.report.networks`,
    of 135 actors: 1,000 draws in 2 seconds. With ``executor=ThreadPoolExecutor(2)`` two threads share the work, as
    measures release the interpreter.

    Peers: none that we know of has more than one statistic at a time.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> found = wn.inference.bootstrap_measures(net, ["density", "mean_degree", "transitivity"], seed=1)
    >>> found.to_frame()[["statistic", "estimate", "failed"]]
          statistic  estimate  failed
    0       density       0.5       0
    1   mean_degree       2.0       0
    2  transitivity       0.0      62

    Mean degree is density times n - 1, and so is its standard error:

    >>> round(float(found.se[1] / found.se[0]), 9)
    4.0
    """
    core_of(net, two_mode=True)
    statistics = statistics_of(measures)
    draws, confidence, seed = whole(draws, "draws", least=LEAST), share(confidence, "confidence"), seeded(seed)
    sizes_of(net, "the bootstrap")
    estimate = np.array([one.of(net) for one in statistics])
    kernel = Measured.of(statistics, net, seed=seed)
    found = drawn(kernel, draws, seed=seed, executor=executor, progress=progress, may_fail=True)
    found[~np.isfinite(found)] = np.nan
    spread = _spread(np.where(np.isfinite(estimate), estimate, np.nan), found, confidence)
    odd = np.isnan(found)
    return ResampledMeasures(
        names=tuple(one.name for one in statistics),
        estimate=estimate,
        **spread,
        failed=odd.sum(axis=0),
        reasons={
            one.name: kernel.reason(place, int(np.argmax(odd[:, place])))
            for place, one in enumerate(statistics)
            if odd[:, place].any()
        },
        confidence=confidence,
        distribution=found,
        draws=draws,
        seed=seed,
        observed=dyads_of(net),
        peers="UCINET: Network > Compare densities (for density); R: no exact counterpart",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _spread(
    estimate: NDArray[np.float64], found: NDArray[np.float64], confidence: float
) -> dict[str, NDArray[np.float64]]:
    """Standard errors, biases and intervals, each of the draws in which a measure has a number."""
    shape = len(estimate)
    se, bias, low, high = (np.full(shape, np.nan) for _ in range(4))
    tail = (1 - confidence) / 2
    for place in range(shape):
        known = found[~np.isnan(found[:, place]), place]
        if len(known) >= LEAST and not np.isnan(estimate[place]):
            se[place], bias[place] = known.std(ddof=1), known.mean() - estimate[place]
            low[place], high[place] = np.quantile(known, [tail, 1 - tail])
    reach = np.array([margin(one, confidence) for one in se.tolist()])
    return {
        "se": se,
        "bias": bias,
        "lower": estimate - reach,
        "upper": estimate + reach,
        "percentile_lower": low,
        "percentile_upper": high,
    }
