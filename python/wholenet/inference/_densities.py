"""Whether two networks are equally dense, or differ in another number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of, seeded, share, whole
from wholenet._ingest import first_of, flag, number
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, LabelError, ModeError
from wholenet.inference._comparison import NetworkComparison, compared
from wholenet.inference._dyads import recipes
from wholenet.inference._resamples import resampled
from wholenet.inference._statistic import dyads_of, statistic_of
from wholenet.inference._vertices import sizes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from wholenet.network import Network

__all__ = ["compare_densities", "compare_networks", "density_test"]

SHOWN = 5
R = "R: sna and netrics do not have it"


def compare_densities(
    x: Network,
    y: Network,
    *,
    paired: bool,
    draws: int = 5000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> NetworkComparison:
    """Compare the densities of two networks, with standard errors by the vertex bootstrap.

    Parameters
    ----------
    x, y : Network
        The two networks: two relations or two waves of the same actors, or networks of different actors.
    paired : bool
        Whether they are of the same actors. True: actors are matched by label, and drawn together. False: they are
        drawn for each network by themselves.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that the interval should cover the true difference.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    NetworkComparison
        Both densities, their standard errors, the difference with its standard error and interval, and p-values.

    Raises
    ------
    LabelError
        ``paired=True``, and an actor is in one of the networks only.
    ModeError
        ``paired=True``, and one of the networks has two modes or other modes.
    ArgumentError
        A density is NaN; `paired`, `draws`, `confidence` or `seed` is not what it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.
    DrawError
        No dyad of a draw was observed; the message names the draw and the seed.

    Notes
    -----
    See `bootstrap` for a draw of actors. Same actors: each draw takes the same actors from both networks, and puts the
    dyads of the same two actors between copies of one actor. The standard error is the standard deviation of the
    differences of the draws. So it is small where actors who are active in one network are so in the other. Different
    actors: it is the root of the sum of the two squared standard errors.

    The p-values count draws. Their differences, less their mean, show how a difference would vary if there were none.
    A draw is as extreme as the observed difference if it is as low, as high, or as far from 0. `t` is the difference
    ÷ its standard error, and `p_normal` its two-sided p-value from the normal distribution.

    In a valued network the density is the mean value of a dyad. Dyads that were not observed are left out, of each
    network by itself.

    Where actors do not differ the standard errors are too large (see `bootstrap`), and the test finds too little.

    O(n + m) time per draw.

    Peers: UCINET's Network > Compare densities > Paired is ``paired=True``. xucinet, sna and netrics do not have it.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> first = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> second = wn.Network.from_edges((list("aabcdab"), list("bcddede")), directed=False)
    >>> found = wn.inference.compare_densities(first, second, paired=True, seed=1)
    >>> found.first, found.second, round(found.difference, 3)
    (0.5, 0.7, -0.2)
    >>> found.se < (found.se_first**2 + found.se_second**2) ** 0.5
    True
    """
    return compare_networks(
        x, y, "density", paired=paired, draws=draws, confidence=confidence, seed=seed, executor=executor,
        progress=progress,
    )  # fmt: skip


def compare_networks(
    x: Network,
    y: Network,
    statistic: str | Callable[[Network], Any],
    *,
    paired: bool,
    draws: int = 5000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> NetworkComparison:
    """Compare any statistic of two networks, with standard errors by the vertex bootstrap.

    Parameters
    ----------
    x, y : Network
        The two networks: two relations or two waves of the same actors, or networks of different actors.
    statistic : str or callable
        The name of a measure of the network with its default definition (``"reciprocity"``), as in `wholenet.table`;
        or a function that takes a network and gives a number.
    paired : bool
        Whether they are of the same actors. True: actors are matched by label, and drawn together. False: they are
        drawn for each network by themselves.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that the interval should cover the true difference.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed; a function must then be one that it can send. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    NetworkComparison
        The statistic of both, their standard errors, the difference with its standard error and interval, and p-values.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    LabelError
        ``paired=True``, and an actor is in one of the networks only.
    ModeError
        ``paired=True``, and one of the networks has two modes or other modes.
    ArgumentError
        The statistic is not one number for the network, or NaN; `paired`, `draws`, `confidence` or `seed` is not what
        it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.
    DrawError
        The statistic fails, or is NaN, on a draw; the message names the draw and the seed.

    Notes
    -----
    As `compare_densities`, of which this is the general case. So two waves can be compared in their centralization, or
    two municipalities in their reciprocity.

    That the draws of a statistic lie higher or lower than the statistic itself, as those of measures of triangles may,
    is taken out of the p-values, which read differences from their mean.

    For each draw two networks are made, in O(n²), and measured.

    Peers: UCINET's Network > Compare densities, for density. xucinet, sna and netrics do not have it.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcde"), list("bcadea")))
    >>> found = wn.inference.compare_networks(net, net.reverse(), "mean_degree", paired=True, draws=200, seed=1)
    >>> found.difference, found.se, found.p_two_sided
    (0.0, 0.0, 1.0)
    """
    core_of(x, "x", two_mode=True)
    core_of(y, "y", two_mode=True)
    measured, draws, seed = statistic_of(statistic), whole(draws, "draws", least=2), seeded(seed)
    share(confidence, "confidence")
    together = flag(paired, "paired")
    if together:
        y = _matched(x, y)
    for net, argument in ((x, "x"), (y, "y")):
        sizes_of(net, f"the bootstrap of {argument}")
    first, second = measured.observed(x), measured.observed(y)
    one = resampled(measured, x, draws, seed=seed, executor=executor, progress=progress)
    # The same stream draws the same actors; another one draws others.
    sample = 0 if together else 1
    other = resampled(measured, y, draws, seed=seed, sample=sample, executor=executor, progress=progress)
    return compared(
        measured,
        (first, second),
        (one, other),
        design="same actors" if together else "other actors",
        confidence=confidence,
        seed=seed,
        observed=f"{dyads_of(x)} and {dyads_of(y)}",
        null=f"the two networks come from populations with the same {measured.name}",
        peers=f"UCINET: Network > Compare densities > Paired (for density of the same actors); {R}",
        recipe=recipes({"x": x, "y": y}),
        kind=kind_of(x),
    )


def density_test(
    net: Network,
    expected: float,
    *,
    draws: int = 5000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> NetworkComparison:
    """Compare the density of a network with a value that theory expects, by the vertex bootstrap.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.
    expected : float
        The density expected; in a valued network the mean value.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that the interval should cover the true difference.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    NetworkComparison
        Density and expected value, the difference with its standard error and interval, and p-values.

    Raises
    ------
    ArgumentError
        The density is NaN; `expected`, `draws`, `confidence` or `seed` is not what it may be.
    SmallNetworkError
        There are fewer than two actors, or in a mode.
    DrawError
        No dyad of a draw was observed; the message names the draw and the seed.

    Notes
    -----
    As `compare_densities`, with a second density that is known without error. The p-values count draws, less their
    mean, that are as low, as high, or as far from 0 as the observed difference.

    O(n + m) time per draw.

    Peers: UCINET's Network > Compare densities > Against theoretical. xucinet, sna and netrics do not have it.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")), directed=False)
    >>> found = wn.inference.density_test(net, 0.1, seed=1)
    >>> round(found.difference, 3), round(found.t, 1), round(found.p_upper, 2)
    (0.4, 2.2, 0.02)
    """
    core_of(net, two_mode=True)
    value = number(expected, "expected")
    if not np.isfinite(value):
        msg = f"expected must be a finite number, but is {expected!r}"
        raise ArgumentError(msg)
    measured, draws, seed = statistic_of("density"), whole(draws, "draws", least=2), seeded(seed)
    share(confidence, "confidence")
    sizes_of(net, "density_test")
    estimate = measured.observed(net)
    found = resampled(measured, net, draws, seed=seed, executor=executor, progress=progress)
    return compared(
        measured,
        (estimate, value),
        (found, np.full(draws, value)),
        design="expected value",
        confidence=confidence,
        seed=seed,
        observed=dyads_of(net),
        null=f"the network comes from a population with density {value:g}",
        peers=f"UCINET: Network > Compare densities > Against theoretical; {R}",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _matched(x: Network, y: Network) -> Network:
    """Put the actors of `y` in the order of those of `x`; they must be the same."""
    if x.two_mode != y.two_mode:
        msg = "one of the networks has two modes and the other one; networks of the same actors have the same modes"
        raise ModeError(msg)
    mine, yours = x.labels.tolist(), y.labels.tolist()
    for found, others, here, there in ((mine, set(yours), "x", "y"), (yours, set(mine), "y", "x")):
        lacking = [label for label in found if label not in others]
        if lacking:
            shown = first_of((repr(label) for label in lacking[:SHOWN]), len(lacking))
            verb = "is" if len(lacking) == 1 else "are"
            msg = (
                f"with paired=True both networks must have the same actors, but {len(lacking)} of {here} {verb} not in "
                f"{there} ({shown}). Keep those in both, with subset(...), or pass paired=False if they are different "
                "actors"
            )
            raise LabelError(msg)
    matched = y if mine == yours else y.subset(x.labels)
    if matched.labels.tolist() != mine or (matched.modes != x.modes).any():
        msg = "with paired=True both networks must have the same actors in the same modes, but some change their mode"
        raise ModeError(msg)
    return matched
