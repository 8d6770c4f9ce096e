"""Standard errors of statistics of a network, by the vertex bootstrap and by leaving actors out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of, seeded, share, whole
from wholenet._results import kind_of
from wholenet.errors import DrawError
from wholenet.inference._draws import drawn, each
from wholenet.inference._resampled import Resampled, margin
from wholenet.inference._resamples import resampled
from wholenet.inference._statistic import Statistic, dyads_of, statistic_of
from wholenet.inference._vertices import sizes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["bootstrap", "jackknife"]


def bootstrap(
    net: Network,
    statistic: str | Callable[[Network], Any] = "density",
    *,
    draws: int = 5000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Resampled:
    """Vertex bootstrap: the standard error of a statistic, when ties depend on who their actors are.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.
    statistic : str or callable
        The name of a measure of the network with its default definition (``"density"``, ``"reciprocity"``), as in
        `wholenet.table`; or a function that takes a network and gives a number.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that the intervals should cover the truth.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed; a function must then be one that it can send. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Resampled
        Estimate, standard error, bias, normal and percentile interval, and the statistic of each draw.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        The statistic is not one number for the network, or NaN of this network; `draws`, `confidence` or `seed` is not
        what it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.
    DrawError
        The statistic fails, or is NaN, on a draw; the message names the draw and the seed.

    Notes
    -----
    For one draw n actors are drawn with replacement. Between two positions stands the dyad of the two actors drawn, in
    both directions. Where they hold the same actor there is no such dyad, and one of two different actors, drawn at
    random from the whole network, takes its place: both directions together, so that mutual dyads stay mutual. Left
    empty, these places would lower the density of every draw by 1 in n. Dyads that were not observed move along as not
    observed, and so do attributes; copies of an actor are labelled "gp", "gp (2)", "gp (3)". In two modes the actors of
    each are drawn by themselves, and no place stays empty.

    The standard error is the standard deviation of the draws (divisor draws - 1), the bias their mean minus the
    estimate. The percentile interval lies between two quantiles of the draws.

    The actors are taken as drawn from a population of actors who differ. Then ties of one actor depend on each other
    and density varies much more than n(n - 1) separate dyads would let it. The variance is a little too large: for
    density by 4·s² ÷ n² (undirected), where s² is the variance of a dyad given its two actors and 2·s² ÷ n² its proper
    share. Where actors differ that is little. Where all dyads are drawn independently of each other with the same
    probability, it is all there is: the standard error is then up to √3 times too large (1.6 times with 20 actors, 1.7
    with 65), and an interval wider than need be.

    A statistic that counts paths or triangles sees more of them among copies of one actor; `bias` tells how much.

    O(n + m) time per draw for density; for others O(n²) to make a network, and what the statistic takes. Density:
    5,000 draws of 135 actors take less than half a second.

    Peers: UCINET's Compare densities prints it for density. R's packages that resample vertices fill the dyads of an
    actor with its copy in other ways, which may make the standard error too small; xucinet, sna and netrics do not have
    it.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> found = wn.inference.bootstrap(net, seed=1)
    >>> found.estimate, round(found.se, 2)
    (0.5, 0.19)

    All are tied to all, whoever is drawn:

    >>> wn.inference.bootstrap(wn.Network.from_matrix([[0, 1], [1, 0]]), "reciprocity", seed=1, draws=100).se
    0.0
    """
    core_of(net, two_mode=True)
    measured, draws, confidence, seed = (
        statistic_of(statistic), whole(draws, "draws", least=2), share(confidence, "confidence"), seeded(seed)
    )  # fmt: skip
    sizes_of(net, "the bootstrap")
    estimate = measured.observed(net)
    found = resampled(measured, net, draws, seed=seed, executor=executor, progress=progress)
    se = float(found.std(ddof=1))
    tail = (1 - confidence) / 2
    low, high = np.quantile(found, [tail, 1 - tail]).tolist()
    return Resampled(
        name=measured.name,
        method="bootstrap",
        estimate=estimate,
        se=se,
        bias=float(found.mean()) - estimate,
        lower=estimate - margin(se, confidence),
        upper=estimate + margin(se, confidence),
        percentile_lower=low,
        percentile_upper=high,
        confidence=confidence,
        distribution=found,
        draws=draws,
        seed=seed,
        observed=dyads_of(net),
        peers="UCINET: Network > Compare densities (for density); R: no exact counterpart",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def jackknife(
    net: Network,
    statistic: str | Callable[[Network], Any] = "density",
    *,
    confidence: float = 0.95,
    executor: Executor | None = None,
    progress: bool = True,
) -> Resampled:
    """Jackknife: the standard error of a statistic, by leaving out one actor at a time.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.
    statistic : str or callable
        The name of a measure of the network with its default definition (``"density"``, ``"reciprocity"``), as in
        `wholenet.table`; or a function that takes a network and gives a number.
    confidence : float
        The probability that the interval should cover the truth.
    executor : concurrent.futures.Executor, optional
        Where it is computed; a function must then be one that it can send. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Resampled
        Estimate, standard error, bias, normal interval, and the statistic without each actor. Nothing is drawn, so
        that there is no seed.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        The statistic is not one number for the network, or NaN of this network; `confidence` is not what it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.
    DrawError
        The statistic fails, or is NaN, without one of the actors; the message names the actor.

    Notes
    -----
    With z(-i) the statistic without actor i and m their mean, the variance is (n - 1) ÷ n · Σ (z(-i) - m)², and the
    bias (n - 1)·(m - z). In two modes it is the sum of what the formula gives for the actors of each.

    The formula holds where actors are drawn from a population of actors who differ, and is then a little too large
    rather than too small (Lin, Lunde & Sarkar 2020). Snijders & Borgatti (1999) put (n - 2) ÷ (2n) before the sum.
    That would do if dyads were independent of each other given the density, and is half of what is needed where actors
    differ in their number of ties, as they nearly always do. If they do not, this standard error of density is √2
    times too large.

    The statistic of n networks of n - 1 actors.

    Peers: none that we know of.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Lin, Q., Lunde, R. & Sarkar, P. (2020). On the theoretical properties of the network jackknife. Proceedings of
    Machine Learning Research 119, 6105-6115. https://arxiv.org/abs/2004.08935

    Examples
    --------
    Two of three actors are tied. Without one of the two the density is 0, without the third 1: the variance is
    2/3 · (1/9 + 1/9 + 4/9) = 4/9.

    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]], directed=False)
    >>> round(wn.inference.jackknife(net).se, 4)
    0.6667
    """
    core_of(net, two_mode=True)
    measured, confidence = statistic_of(statistic), share(confidence, "confidence")
    sizes = sizes_of(net, "the jackknife")
    estimate = measured.observed(net)
    # Nothing is drawn: the seed of the draws is that of nothing.
    found = drawn(_LeftOut(measured, net), net.n_actors, seed=0, executor=executor, progress=progress, may_fail=True)
    if np.isnan(found).any():
        label = net.labels[int(np.argmax(np.isnan(found)))]
        msg = f"without actor {label!r} {measured.name!r} is no number (NaN), so that there is no jackknife"
        raise DrawError(msg)
    variance = bias = 0.0
    for n, part in zip(sizes, np.split(found, np.cumsum(sizes)[:-1]), strict=True):
        variance += (n - 1) / n * float(((part - part.mean()) ** 2).sum())
        bias += (n - 1) * (float(part.mean()) - estimate)
    se = float(np.sqrt(variance))
    return Resampled(
        name=measured.name,
        method="jackknife",
        estimate=estimate,
        se=se,
        bias=bias,
        lower=estimate - margin(se, confidence),
        upper=estimate + margin(se, confidence),
        percentile_lower=float("nan"),
        percentile_upper=float("nan"),
        confidence=confidence,
        distribution=found,
        draws=net.n_actors,
        seed=None,
        observed=dyads_of(net),
        peers="none that we know of",
        recipe=net.recipe,
        kind=kind_of(net),
    )


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """The statistic without each actor."""

    statistic: Statistic
    net: Network

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._one, first, count, name="actors", progress=progress)

    def _one(self, actor: int) -> float:
        kept = np.arange(self.net.n_actors) != actor
        try:
            return self.statistic.of(self.net.subset(kept))
        except Exception as error:
            label, name = self.net.labels[actor], self.statistic.name
            msg = f"without actor {label!r} {name!r} can't be measured: it raises {type(error).__name__}: {error}"
            raise DrawError(msg) from error
