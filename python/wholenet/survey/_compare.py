"""All treatments of what was not observed, side by side for one measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import choice, seeded, whole
from wholenet._results import kind_of
from wholenet._table import functions_of, level
from wholenet.errors import ArgumentError, WholenetError
from wholenet.survey._bounds import bounds as bounds_of
from wholenet.survey._cells import one_network
from wholenet.survey._compare_result import Row, TreatmentComparison
from wholenet.survey._impute import impute
from wholenet.survey._pool import Pooled
from wholenet.survey._treatments import complete_cases, null_ties, reconstruct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet.network import Network
    from wholenet.survey._bounds_result import Bounds

__all__ = ["treatments"]

ALL = ("available", "null", "reconstruct", "union", "confirmed", "impute", "complete")
UNDIRECTED = "of an undirected network"
NOTES = {
    "available": "unobserved dyads left out, or read as absent, as the measure has it",
    "null": "unobserved dyads made absent",
    "reconstruct": "the partner's report stands for both",
    "union": f"{UNDIRECTED}: a tie where either side reports one, one report stands for both",
    "confirmed": f"{UNDIRECTED}: a tie where both sides report one, dyads with one report not observed",
    "impute": "missing at random within and between groups",
    "complete": "those who answered, among each other",
}


def treatments(
    net: Network,
    measure: str | Callable[[Network], Any],
    *,
    by: str | None = "sector",
    treatments: Sequence[str] = ALL,
    bounds: bool = True,
    draws: int = 20,
    values: Sequence[float] | None = None,
    seed: int | None = None,
    progress: bool = True,
) -> TreatmentComparison:
    """Compare treatments: what a measure is after each way to deal with what was not observed.

    Parameters
    ----------
    net : Network
        The network; directed, for all treatments to be possible.
    measure : str or callable
        The name of a measure of the network with its default definition, as in `wholenet.table`, or a function of a
        network that gives one number.
    by : str or None
        Attribute that holds the groups for the imputation. None: all actors are one group.
    treatments : sequence of str
        Which, in the order of the rows: "available", "null", "reconstruct", "union", "confirmed", "impute",
        "complete".
    bounds : bool
        Whether the bounds are found, too.
    draws : int
        How many networks are imputed, at least 2.
    values : pair of float, optional
        The least and the most that a tie can be worth, for the bounds of a measure that reads values.
    seed : int, optional
        Makes the imputation, and the search for bounds where one is needed, reproducible. Default: one is drawn, and
        kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    TreatmentComparison
        A row for each treatment, with a picture. A treatment that is not possible, and one after which the measure is
        not defined, has a row that says so.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        The measure gives a number per actor; no treatment is named, or one that is none of the above, or one twice; or
        `draws` or `seed` is not a whole number.
    ModeError
        The network has two modes.

    Notes
    -----
    =========== =======================================================================================================
    available   the network as it is: unobserved dyads are left out of density and of other measures of dyads, and read
                as absent by measures of paths
    null        `null_ties`: absent
    reconstruct `reconstruct`: the partner's report; what neither reported stays not observed
    union       ``net.symmetrize("union", one_report="use")``: undirected
    confirmed   ``net.symmetrize("confirmed", one_report="missing")``: undirected
    impute      `impute`, pooled by Rubin's rules over `draws` networks, with the 95 % interval of the measure of this
                network had everybody answered
    complete    `complete_cases`: those who answered
    bounds      `bounds`: the lowest and highest that any answers of the others allow for
    =========== =======================================================================================================

    Union and confirmed make an undirected network. Their values are no answers to what the directed network would have
    been: a density of pairs is not one of ordered pairs, and they may lie outside the bounds. The notes of the rows
    mark this. Complete cases is another, smaller network, whose value may lie outside, too.

    Values that agree say that the conclusion does not hang on the treatment. They do not say which is right.

    Actor-level measures: see `bounds` and `Imputed.pool`.

    Peers: none of UCINET, sna, igraph and networkx has it.

    References
    ----------
    Huisman, M. (2009). Imputation of missing network data: some simple procedures. Journal of Social Structure
    10(1), 1-29.

    Žnidaršič, A., Ferligoj, A. & Doreian, P. (2012). Non-response in social networks: the impact of different
    non-response treatments on the stability of blockmodels. Social Networks 34, 438-450.
    https://doi.org/10.1016/j.socnet.2012.02.002

    Examples
    --------
    d did not answer. Of the nine dyads observed four have a tie.

    >>> import wholenet as wn
    >>> nan = float("nan")
    >>> net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [nan, nan, nan, 0]])
    >>> which = ["available", "null", "reconstruct", "complete"]
    >>> found = wn.survey.treatments(net, "density", by=None, treatments=which, seed=1)
    >>> found.to_frame()[["treatment", "value", "lower", "upper", "actors", "dyads"]].round(2)
         treatment  value  lower  upper  actors  dyads
    0    available   0.44    NaN    NaN       4      9
    1         null   0.33    NaN    NaN       4     12
    2  reconstruct   0.50    NaN    NaN       4     12
    3     complete   0.33    NaN    NaN       3      6
    4       bounds    NaN   0.33   0.58       4     12
    """
    one_network(net, "treatments")
    named = _named(treatments)
    ((name, function),) = functions_of(measure if isinstance(measure, str) else [measure]).items()
    draws, seed = whole(draws, "draws", least=2), seeded(seed)

    def row(treatment: str) -> Row:
        if treatment == "impute":
            return _imputed(net, name, function, by, draws, seed, progress=progress)
        return _treated(net, name, function, treatment)

    rows = [row(treatment) for treatment in named]
    limits, note = _limits(net, measure, values, seed, progress=progress) if bounds else (None, "")
    if bounds:
        rows.append(_bounds_row(net, limits, note))
    return TreatmentComparison(name, tuple(rows), limits, draws, seed, net.recipe, kind_of(net))


def _named(treatments: Sequence[str]) -> list[str]:
    if isinstance(treatments, str) or not hasattr(treatments, "__iter__"):
        msg = f"treatments must be a sequence of names, such as {list(ALL[:2])}, but is {treatments!r}"
        raise ArgumentError(msg)
    named = list(treatments)
    if not named:
        msg = f"treatments names none; it may name {', '.join(ALL)}"
        raise ArgumentError(msg)
    for place, one in enumerate(named):
        choice("a treatment", one, ALL)
        if one in named[:place]:
            msg = f"treatments names {one!r} twice"
            raise ArgumentError(msg)
    return named


def _network(net: Network, treatment: str) -> Network:
    if treatment == "union":
        return net.symmetrize("union", one_report="use")
    if treatment == "confirmed":
        return net.symmetrize("confirmed", one_report="missing")
    ways = {"null": null_ties, "reconstruct": reconstruct, "complete": complete_cases}
    return ways[treatment](net) if treatment in ways else net


def _number(name: str, function: Callable[[Network], Any], net: Network) -> float:
    found = function(net)
    if level(name, found, net) == "actors":
        raise _NotOneNumberError(name)
    return float(found)


class _NotOneNumberError(ArgumentError):
    """Not a matter of the treatment: raised, not noted."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} gives a number per actor, and treatments are compared by one number for the network. Give a "
            "function for one, such as the mean; or see wn.survey.bounds and Imputed.pool for actors"
        )


def _treated(net: Network, name: str, function: Callable[[Network], Any], treatment: str) -> Row:
    """Measure the network after a treatment, or say why that is not possible."""
    try:
        treated = _network(net, treatment)
    except WholenetError as error:
        return Row(treatment, note=f"not possible: {error}")
    row = Row(treatment, actors=treated.n_actors, dyads=treated.missing.observed, recipe=treated.recipe)
    if treated.n_actors == 0:
        return replace(row, note="not defined: no actor is left")
    try:
        value = _number(name, function, treated)
    except _NotOneNumberError:
        raise
    except WholenetError as error:
        return replace(row, note=f"not defined: {error}")
    lost = treated.missing.dyads
    note = NOTES[treatment] + (f"; {lost:,} dyads not observed" if lost and treatment != "available" else "")
    if np.isnan(value):
        note = f"not defined for this network; {note}"
    return replace(row, value=value, note=note)


def _imputed(
    net: Network,
    name: str,
    function: Callable[[Network], Any],
    by: str | None,
    draws: int,
    seed: int,
    *,
    progress: bool,
) -> Row:
    try:
        imputed = impute(net, by=by, draws=draws, seed=seed)
        _number(name, function, imputed[0])
        found = imputed.pool(function, progress=progress)
    except _NotOneNumberError:
        raise
    except WholenetError as error:
        return Row("impute", note=f"not possible: {error}")
    unseen = int(imputed.blocks.unseen.sum())
    groups = f", by {by}" if by is not None else ""
    note = f"{NOTES['impute']}{groups}; {draws:,} networks, 95 % interval"
    if unseen:
        note += f"; {unseen:,} pairs of groups with nothing observed"
    missing = net.missing
    limits = (found.estimate, found.lower, found.upper) if isinstance(found, Pooled) else (np.nan,) * 3
    return Row(
        "impute",
        *limits,
        actors=net.n_actors,
        dyads=missing.observed + missing.dyads,
        note=note,
        recipe=imputed[0].recipe,
    )


def _limits(
    net: Network, measure: str | Callable[[Network], Any], values: Sequence[float] | None, seed: int, *, progress: bool
) -> tuple[Bounds | None, str]:
    """Find the bounds, or why there are none."""
    try:
        found = bounds_of(net, measure, values=values, seed=seed, progress=progress)
    except WholenetError as error:
        return None, f"none: {error}"
    if np.ndim(found.lower):
        raise _NotOneNumberError(found.name)
    return found, ""


def _bounds_row(net: Network, limits: Bounds | None, note: str) -> Row:
    if limits is None:
        return Row("bounds", note=note)
    missing = net.missing
    words = f"exact: {limits.how}" if limits.exact else limits.how
    return Row(
        "bounds",
        lower=float(limits.lower),
        upper=float(limits.upper),
        actors=net.n_actors,
        dyads=missing.observed + missing.dyads,
        note=words,
    )
