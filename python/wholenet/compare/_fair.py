"""Measures of networks of different size, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, core_of, seeded, whole
from wholenet._results import kind_of
from wholenet.compare._fair_result import Fair
from wholenet.compare._sizes import trend_of
from wholenet.errors import ArgumentError, DrawError, SmallNetworkError, WholenetError
from wholenet.inference._cug import cug
from wholenet.inference._draws import Patient, stream
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

    from wholenet.inference._results import ResamplingTest
    from wholenet.network import Network

    Measures = Iterable[str | Callable[[Network], Any]] | Mapping[str, str | Callable[[Network], Any]]

__all__ = ["fair"]

# Random networks between these shares are the middle of the picture.
TAILS = (0.025, 0.975)
# Draws that are equal but for rounding do not vary.
SAME = 1e-12
# The actors of a dyad.
DYAD = 2


def fair(
    study: Study,
    measures: Measures,
    *,
    condition: Literal["size", "density"] = "density",
    draws: int = 1000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Fair:
    """Put measures of networks of different size on equal terms: each beside random networks of its own size.

    Parameters
    ----------
    study : Study
        The networks; of one mode, without values.
    measures : sequence of names or functions, or mapping
        Measures of the network, as `wholenet.table` takes them; also the names that `inference.cug` has
        (``"degree_centralization"``). A mapping gives them names.
    condition : {"density", "size"}
        What random networks have in common with a network: actors and number of ties, or actors alone (each dyad has a
        tie with probability 1/2).
    draws : int
        How many random networks, for each network and measure.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where the draws are made. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Fair
        For each network and measure the number as it is; mean, standard deviation and middle of its random networks;
        z and percentile; and what the number would be at a common size.

    Raises
    ------
    ArgumentError
        `study` is no study or has no networks, a network has values, or a measure gives no number for the network or an
        option is not what it may be.
    KeyNotFoundError
        There is no measure of that name.
    ModeError
        A network has two modes.
    SmallNetworkError
        A network has fewer than two actors.
    DrawError
        A measure has no number in a random network. The message names the draw.
    ExecutorError
        The executor died.

    Notes
    -----
    Numbers of networks of different size can't be compared as they are. An organisation keeps up so many ties, however
    many others there are: as the network grows, its mean degree hardly grows, and density = mean degree ÷ (n - 1)
    falls. So a dense network may only be a small one. What other measures can be, and are by chance, depends on size
    and density too (Anderson, Butts & Carley 1999), and no single correction makes all comparisons fair (van Wijk, Stam
    & Daffertshofer 2010). Two are given:

    - **Beside chance** (a conditional uniform graph test, `inference.cug`): z = (value - mean of draws) ÷ standard
      deviation of draws, and the percentile, 100·(draws below + half of those equal) ÷ draws. They say how unusual the
      number is among random networks of this size (and density). Where a measure follows from the condition, as density
      and mean degree from ``"density"``, z and percentile are NaN. z grows with size where all networks deviate alike:
      a larger network shows a deviation more clearly. The percentile does not tell networks apart that are all beyond
      their draws.
    - **At a common size**: ``at_common_size`` is what the number would be at the geometric mean N of the sizes, by how
      the measure goes with size in these networks. Of a measure that is nowhere negative: value·(N ÷ n)^slope, for n
      actors and E(value) = c·n^slope, fitted by Poisson pseudo-likelihood (Santos Silva & Tenreyro 2006), which takes
      zeros as they are. A slope of -1 for density says that mean degree does not depend on size. Of other measures:
      value - slope·log(n ÷ N), by least squares. It says which network is high for its size; this is the one for
      density and mean degree. It needs four networks and two sizes (else NaN). Of a study of several relations take
      one.

    The common size is a description of these networks, and no law. The slope is known from them alone: with few, or of
    sizes that hardly differ, it is mostly chance, and so is the correction (of four random networks of 20 to 23 actors,
    all of density 0.2, slopes had a standard deviation of 1.3). It takes away all that goes with size, also what size
    itself brings about. A number may come out that the measure can't have, such as a density above 1 for a large
    network that is dense: read it as "dense for its size", and no more. Look at the picture, whether the line fits.

    The seed of a network's draws comes from `seed` and its place in the study. O(draws × measure) time for each
    network.

    Peers: R's sna (``cug.test``) has the test for one network; none that we know of has the table.

    References
    ----------
    Anderson, B. S., Butts, C. & Carley, K. (1999). The interaction of size and density with graph-level indices. Social
    Networks 21, 239-267. https://doi.org/10.1016/S0378-8733(99)00011-8

    van Wijk, B. C. M., Stam, C. J. & Daffertshofer, A. (2010). Comparing brain networks of different size and
    connectivity density using graph theory. PLoS ONE 5, e13701. https://doi.org/10.1371/journal.pone.0013701

    Santos Silva, J. M. C. & Tenreyro, S. (2006). The log of gravity. Review of Economics and Statistics 88, 641-658.
    https://doi.org/10.1162/rest.88.4.641

    Examples
    --------
    Rings of 5 and of 8 organisations: each has two partners, but the densities differ by size alone:

    >>> import wholenet as wn
    >>> def ring(n):
    ...     return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)
    >>> study = wn.Study({f"ring of {n}": ring(n) for n in (5, 8)}, by="network")
    >>> found = wn.compare.fair(study, ["mean_degree", "density"], condition="size", draws=99, seed=1)
    >>> found.to_frame()[["network", "measure", "value"]].round(3)
           network      measure  value
    0    ring of 5  mean_degree  2.000
    1    ring of 5      density  0.500
    2    ring of 8  mean_degree  2.000
    3    ring of 8      density  0.286
    """
    if not isinstance(study, Study) or not len(study):
        what = "has no networks" if isinstance(study, Study) else f"is a {type(study).__name__}"
        msg = f"study must be a wholenet.Study of networks, but {what}"
        raise ArgumentError(msg)
    choice("condition", condition, ("size", "density"))
    draws, seed = whole(draws, "draws"), seeded(seed)
    statistics = _named(measures)
    for key, net in study.items():
        _check(net, key)
    found = []
    with Patient("networks", len(study), progress=progress) as shown:
        for place, (key, net) in enumerate(study.items()):
            own = int(stream(seed, place).integers(1 << 32))
            for name, one in statistics.items():
                try:
                    found.append(cug(net, one, condition=condition, draws=draws, seed=own, executor=executor,
                                     progress=False))  # fmt: skip
                except WholenetError as error:
                    way_out = "; leave this network or this measure out" if isinstance(error, DrawError) else ""
                    error.add_note(f"in the network {key!r} of the study, for {name!r}{way_out}")
                    raise
            shown.reach(place + 1)
    return _result(study, list(statistics), found, condition, draws, seed)


def _named(measures: Any) -> dict[str, Any]:
    """Name the measures; those that are text are looked up later, by the test."""
    if isinstance(measures, str) or callable(measures):
        measures = [measures]
    pairs = list(measures.items()) if isinstance(measures, Mapping) else [(_name(one), one) for one in measures]
    names = [str(name) for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None or not names:
        what = f"two measures are called {twice!r}; name them with a mapping" if names else "name at least one measure"
        raise ArgumentError(what)
    return dict(zip(names, (one for _, one in pairs), strict=True))


def _name(one: Any) -> str:
    inner = one.func if isinstance(one, partial) else one
    return inner if isinstance(inner, str) else str(getattr(inner, "__name__", inner))


def _check(net: Network, key: Any) -> None:
    core = core_of(net, f"study[{key!r}]")
    if core.valued:
        msg = (
            f"the network {key!r} has values, and random networks have none. Say which ties count in all of them, with "
            "net.dichotomize(above=0) or another cut-off"
        )
        raise ArgumentError(msg)
    if core.n_actors < DYAD:
        msg = f"the network {key!r} has {core.n_actors} actors, and so no dyad"
        raise SmallNetworkError(msg)


def _result(study: Study, names: list[str], found: list[ResamplingTest], condition: str, draws: int, seed: int) -> Fair:
    keys = [key if len(study.by) > 1 else (key,) for key in study]
    nets = list(study.values())
    shape = (len(keys), len(names))
    value = np.array([one.estimate for one in found]).reshape(shape)
    distribution = np.array([one.distribution for one in found]).reshape(*shape, draws)
    mean, sd = distribution.mean(axis=2), distribution.std(axis=2)
    sd[np.ptp(distribution, axis=2) <= SAME * np.abs(mean)] = 0.0
    below = (distribution < value[:, :, None]).mean(axis=2) + (distribution == value[:, :, None]).mean(axis=2) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 0, (value - mean) / sd, np.nan)
    low, high = np.quantile(distribution, TAILS, axis=2)
    sizes = np.array([net.n_actors for net in nets])
    trends = tuple(trend_of(column, sizes) for column in value.T)
    return Fair(
        by=study.by,
        keys=tuple(keys),
        measures=tuple(names),
        actors=sizes,
        value=value,
        mean=mean,
        sd=sd,
        low=low,
        high=high,
        z=z,
        percentile=np.where(sd > 0, 100 * below, np.nan),
        at_common_size=np.column_stack([t.common_size(v, sizes) for t, v in zip(trends, value.T, strict=True)]),
        slope=np.array([trend.slope for trend in trends]),
        trends=trends,
        common_size=trends[0].common,
        condition=condition,
        draws=draws,
        seed=seed,
        recipe=nets[0].recipe,
        kind=kind_of(nets[0]),
    )
