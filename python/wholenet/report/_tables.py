"""The tables of a report: every actor, every network, every change between waves."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, centrality, change, cohesion
from wholenet._checks import unvalued
from wholenet._narwhals import nw
from wholenet._results import kind_of
from wholenet._table import table
from wholenet.errors import ArgumentError, ConvergenceError, SignedTiesError, SmallNetworkError

if TYPE_CHECKING:
    from collections.abc import Callable

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["actors", "changes", "networks", "wave_changes"]

ACTOR_MEASURES: dict[str, Callable[[Network], Any]] = {
    "degree_in": partial(centrality.degree, mode="in"),
    "degree_out": partial(centrality.degree, mode="out"),
    "strength_in": partial(centrality.strength, mode="in"),
    "strength_out": partial(centrality.strength, mode="out"),
    "harmonic_in": partial(centrality.harmonic, mode="in", normalized=True),
    "harmonic_out": partial(centrality.harmonic, mode="out", normalized=True),
    "betweenness": centrality.betweenness,
    "eigenvector": centrality.eigenvector,
    "pagerank": centrality.pagerank,
    "local_clustering": centrality.local_clustering,
}

# Measures that read the ties an actor sends: not known of one who did not answer.
SENT = {"degree_out", "strength_out", "harmonic_out", "betweenness", "local_clustering"}

NETWORK_MEASURES: dict[str, Callable[[Network], Any]] = {
    "actors": lambda net: net.n_actors,
    "non_respondents": lambda net: len(net.missing.non_respondents),
    "ties": lambda net: net.n_ties,
    "directed": lambda net: int(net.directed),
    "dyads_observed": lambda net: net.missing.observed,
    "share_unobserved": lambda net: net.missing.share,
    "density": lambda net: cohesion.density(unvalued(net)),
    "mean_value": lambda net: cohesion.density(net) if net.valued else np.nan,
    "mean_degree": cohesion.mean_degree,
    "active_actors": cohesion.active_actors,
    "isolates": cohesion.isolates,
    "components": lambda net: int(cohesion.components(net).max(initial=-1)) + 1,
    "reciprocity": cohesion.reciprocity,
    "transitivity": cohesion.transitivity,
    "average_distance": cohesion.average_distance,
    "diameter": cohesion.diameter,
    "centralization_in": partial(cohesion.centralization, measure="degree", mode="in"),
    "centralization_out": partial(cohesion.centralization, measure="degree", mode="out"),
    "centralization_betweenness": partial(cohesion.centralization, measure="betweenness"),
}


def actors(study: Study) -> IntoDataFrame:
    """Measure every actor of every network.

    Parameters
    ----------
    study : Study
        The networks.

    Returns
    -------
    table
        One row per network and actor: the columns of ``study.by``, the actors table, and degree and strength
        (in, out), normalised harmonic closeness (in, out), betweenness, eigenvector, PageRank and local
        clustering; ``nan`` where a measure is undefined or would misread negative ties, and, in a directed network,
        for actors who did not answer where it reads the ties that they send (all "out", betweenness, clustering).

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.Study({1: wn.Network.from_edges((["a"], ["b"]))}, by="wave")
    >>> wn.report.actors(study)["degree_in"].tolist()
    [0.0, 1.0]
    """
    return table(study, {name: _of_actors(measure, name in SENT) for name, measure in ACTOR_MEASURES.items()})


def networks(study: Study) -> IntoDataFrame:
    """Measure every network as a whole.

    Parameters
    ----------
    study : Study
        The networks.

    Returns
    -------
    table
        One row per network: the columns of ``study.by``; counts of actors, non-respondents, ties and observed
        dyads; density, mean tie value, mean degree, active actors, isolates, components, reciprocity, transitivity,
        average distance, diameter, centralization; and the dyad and triad census.

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.Study({1: wn.Network.from_edges((["a"], ["b"]))}, by="wave")
    >>> wn.report.networks(study)["density"].tolist()
    [0.5]
    """
    measured = _frames.wrap(
        table(study, {name: _where_defined(measure) for name, measure in NETWORK_MEASURES.items()}), "networks"
    )
    counts = [
        {
            **_counts("dyads", cohesion.dyad_census(net)),
            **_counts("triads", cohesion.triad_census(net, progress=False)),
        }
        for net in study.values()
    ]
    kind = _frames.kind_of(measured)
    columns = [nw.new_series(name, [row[name] for row in counts], backend=kind) for name in counts[0]]  # type: ignore[arg-type]
    native: IntoDataFrame = measured.with_columns(*columns).to_native()
    return native


def _counts(prefix: str, census: IntoDataFrame) -> dict[str, int]:
    frame = _frames.wrap(census, "census")
    pairs = zip(frame["type"].to_list(), frame["count"].to_list(), strict=True)
    return {f"{prefix}_{name}": int(count) for name, count in pairs}


def changes(study: Study, *, wave: str = "wave") -> IntoDataFrame:
    """Follow the ties of each network from one wave to the next.

    Parameters
    ----------
    study : Study
        The networks.
    wave : str
        The name in ``study.by`` that orders the waves.

    Returns
    -------
    table
        One row per network and pair of successive waves: the other columns of ``study.by``, ``from_wave``,
        ``to_wave``, then counts and shares as in `wholenet.change.tie_change`, with the numbers of joiners and leavers.

    Raises
    ------
    ArgumentError
        `wave` is not in ``study.by``, or no network has two waves.

    Examples
    --------
    >>> import wholenet as wn
    >>> first = wn.Network.from_edges((["a"], ["b"]))
    >>> study = wn.Study({1: first, 2: first.reverse()}, by="wave")
    >>> wn.report.changes(study)["kept"].tolist()
    [0]
    """
    found = wave_changes(study, wave)
    if not found:
        msg = f"no network of the study was observed in two waves (values of {wave!r})"
        raise ArgumentError(msg)
    others = [name for name in study.by if name != wave]
    rows = [
        {
            **dict(zip(others, rest, strict=True)),
            "from_wave": before,
            "to_wave": after,
            "actors": len(one.actors),
            "joiners": len(one.joiners),
            "leavers": len(one.leavers),
            "kept": one.kept,
            "dissolved": one.dissolved,
            "new": one.new,
            "never": one.never,
            "jaccard": one.jaccard,
            "dissolution": one.dissolution,
            "formation": one.formation,
        }
        for (rest, before, after), one in found.items()
    ]
    kind = kind_of(next(iter(study.values())))
    return _frames.make({name: [row[name] for row in rows] for name in rows[0]}, kind)


def wave_changes(study: Study, wave: str) -> dict[tuple[tuple[Any, ...], Any, Any], change.TieChange]:
    """Tie changes by the rest of the key and the two waves."""
    if wave not in study.by:
        msg = f"the networks are told apart by {', '.join(study.by)}; none of these is {wave!r}"
        raise ArgumentError(msg + _frames.near(wave, study.by))
    place = study.by.index(wave)
    series: dict[tuple[Any, ...], list[tuple[Any, Network]]] = {}
    for key, net in study.items():
        values = key if isinstance(key, tuple) else (key,)
        series.setdefault(values[:place] + values[place + 1 :], []).append((values[place], net))
    return {
        (rest, before, after): change.tie_change(first, second)
        for rest, waves in series.items()
        for (before, first), (after, second) in pairwise(waves)
    }


def _of_actors(measure: Callable[[Network], Any], sent: bool) -> Callable[[Network], Any]:  # noqa: FBT001
    """The measure, with nan for networks that it refuses and for actors who were not heard."""

    def result(net: Network) -> Any:
        try:
            scores = np.array(measure(net), dtype=np.float64)
        except (SignedTiesError, ConvergenceError):
            return np.full(net.n_actors, np.nan)
        if sent and net.directed:
            scores[[net.index(label) for label in net.missing.non_respondents]] = np.nan
        return scores

    return result


def _where_defined(measure: Callable[[Network], Any]) -> Callable[[Network], Any]:
    """The measure, or nan for networks that it refuses."""

    def result(net: Network) -> Any:
        try:
            return measure(net)
        except (SignedTiesError, SmallNetworkError, ConvergenceError):
            return np.nan

    return result
