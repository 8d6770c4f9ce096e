"""Bounds of a measure over all answers to what was not observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, groups_of, needs_signless, seeded, whole
from wholenet._results import kind_of
from wholenet._table import functions_of, level
from wholenet.errors import ArgumentError, WholenetError
from wholenet.survey._bounds_result import Bounds
from wholenet.survey._cells import one_network, partners, unobserved
from wholenet.survey._monotone import Rule, rule_of
from wholenet.survey._search import Answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["bounds"]

# So many answers are all tried.
ALL = 4096
WORDS = {
    "increasing": "a tie can only raise it: measured with all ties absent and with all present",
    "decreasing": "a tie can only lower it: measured with all ties absent and with all present",
    "reciprocity": "measured with the answers that return every tie, and with those that return none",
    "ei_index": "measured with all ties within groups and none between, and the other way round",
}


def bounds(
    net: Network,
    measure: str | Callable[[Network], Any],
    *,
    monotone: Literal["increasing", "decreasing"] | None = None,
    values: Sequence[float] | None = None,
    draws: int = 1000,
    seed: int | None = None,
    progress: bool = True,
) -> Bounds:
    """Bounds: the lowest and highest value of a measure that any answer of the non-respondents allows for.

    Parameters
    ----------
    net : Network
        The network; of one mode or two. Every dyad not observed counts, of whole actors and single ones.
    measure : str or callable
        The name of a measure with its default definition, as in `wholenet.table`; a `functools.partial` of it; or any
        function of a network. One number for the network, or one for each actor.
    monotone : {"increasing", "decreasing"}, optional
        Whether ties (in a network with values: ties and greater values) can only raise the measure, or only lower it,
        where you know so and the table in Notes does not.
    values : pair of float, optional
        The least and the most that a tie can be worth, such as ``(1, 4)``, where the network has values that the
        measure reads.
    draws : int
        How many answers are tried where a search is needed, at least 10.
    seed : int, optional
        Makes the search reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Bounds
        ``lower`` and ``upper``, whether they are ``exact``, and ``how`` they were found.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        The measure has no bounds: it is neither one number nor one per actor, or reads values and `values` is not
        given; or an argument is not what it may be, or said what is known already.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    An *answer* is a network in which every unobserved dyad has a tie or none. The bounds are the lowest and highest of
    the measure over all answers (in which it is defined), and so hold whatever made people not answer. They are wide:
    that is what the data by themselves say, without any assumption.

    Exact bounds, by two answers:

    =============== ===================================================================================================
    all ties absent density, mean_degree, degree, strength, active_actors, reach, harmonic, compactness, connectedness,
    and all present coreness, subgraph (raised by ties); isolates, fragmentation, breadth (lowered); what `monotone`
                    says; blau and iqv (not affected)
    returned or not reciprocity, of all kinds: it rises with mutual dyads and falls with asymmetric ones, so that it is
                    highest where every report is returned and what nobody reported is mutual, lowest where none is and
                    what nobody reported runs one way
    within, between ei_index of the network and of actors: it rises with ties between groups and falls with ties within
    =============== ===================================================================================================

    These hold with the arguments that do not change this (``mode``, ``normalized`` …), and for all actors at once.
    Where there are 4,096 answers or fewer (12 dyads) in a network without values, all are measured, and the bounds
    are exact for any measure.

    Else the range is *sampled*, and ``exact`` is false: none tied, all tied, answers at random of every density, and
    from the best of these, answers changed step by step, one dyad or some or a whole actor at a time. It is an inner
    range: the true one may be wider. With values, ties in such answers are worth the least or the most. Answers
    in which the measure is not defined are counted and left out.

    O(n²) time and memory, and what the measure takes for two networks, or for `draws`.

    Peers: none of UCINET, sna, igraph and networkx has it.

    References
    ----------
    Manski, C. F. (2003). Partial Identification of Probability Distributions. Springer.
    https://doi.org/10.1007/b97478

    Examples
    --------
    b did not answer. Two of six ties are there, and two are not known:

    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]])
    >>> found = wn.survey.bounds(net, "density")
    >>> round(found.lower, 3), round(found.upper, 3), found.exact
    (0.333, 0.667, True)

    b returns none of the two ties, or both:

    >>> wn.survey.bounds(net, "reciprocity")
    <Bounds: reciprocity from 0 to 1 (observed nan), exact, 2 dyads not observed>
    """
    core = one_network(net, "bounds", two_mode=True)
    needs_signless(core, "bounds")
    if monotone is not None:
        choice("monotone", monotone, ("increasing", "decreasing"))
    draws = whole(draws, "draws", least=10)
    ((name, function),) = functions_of(measure if isinstance(measure, str) else [measure]).items()
    rule = rule_of(name, function)
    if rule is not None and monotone is not None:
        msg = f"how {name!r} depends on ties is known ({rule.way}); leave monotone={monotone!r} out"
        raise ArgumentError(msg)
    if rule is None and monotone is not None:
        rule = Rule(monotone, reads_values=True)
    least, most = _worth(net, name, values, needed=rule is None or bool(rule.reads_values))
    answers = Answers(net, name, function, unobserved(net))
    seed, exact, how = _found(answers, rule, least, most, draws, seed, progress=progress)
    if answers.error is not None and answers.undefined == answers.count:
        raise answers.error
    lower, upper = answers.lower, answers.upper
    return Bounds(
        name=name,
        lower=lower if answers.of_actors else float(lower),
        upper=upper if answers.of_actors else float(upper),
        observed=_observed(net, name, function, lower),
        exact=exact,
        how=how,
        answers=answers.count,
        undefined=answers.undefined,
        unobserved=core.n_unobserved,
        values=None if values is None else (least, most),
        labels=net.labels if answers.of_actors else net.labels[:0],
        seed=seed,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _found(
    answers: Answers, rule: Rule | None, least: float, most: float, draws: int, seed: int | None, *, progress: bool
) -> tuple[int | None, bool, str]:
    """Measure the answers that are needed; the seed if one was, whether that is exact, and how it was done."""
    k = len(answers.cells[0])
    if k == 0:
        answers.measure(np.empty(0))
        return None, True, "everything was observed"
    if rule is not None:
        one, other = (answers.measure(answer) for answer in _extremes(answers, rule, most))
        # Ratios are left out where they are 0 ÷ 0; what else is not defined at one end may lie anywhere near it.
        if rule.way in {"reciprocity", "ei_index"} or not (np.isnan(one) != np.isnan(other)).any():
            return None, True, WORDS[rule.way]
    if not answers.net.valued and 1 << k <= ALL:
        answers.every(most)
        return None, True, f"all {answers.count:,} answers measured"
    seed = seeded(seed)
    answers.search(least, most, draws, seed, progress=progress)
    how = f"sampled: the lowest and highest of {answers.count:,} answers tried; the true range may be wider"
    return seed, False, how


def _extremes(answers: Answers, rule: Rule, most: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the two answers between which a measure lies."""
    net, cells = answers.net, answers.cells
    none, every = np.zeros(len(cells[0])), np.full(len(cells[0]), most)
    if rule.way == "reciprocity" and net.directed:
        reported = partners(net, cells)
        nobody = np.isnan(reported)
        # Of what nobody reported, one direction of each dyad.
        ahead = nobody & (cells[0] < cells[1])
        return np.where(ahead | (reported == 0), most, 0.0), np.where(nobody | (reported > 0), most, 0.0)
    if rule.way == "ei_index":
        codes, _ = groups_of(net, rule.by)
        within = codes[cells[0]] == codes[cells[1]]
        return np.where(within, most, 0.0), np.where(within, 0.0, most)
    return none, every


def _worth(net: Network, name: str, values: Sequence[float] | None, *, needed: bool) -> tuple[float, float]:
    """Read the least and the most that a tie may be worth."""
    if values is None:
        if net.valued and needed and net.missing.dyads:
            msg = (
                f"{name!r} may read values, and an unobserved tie could have any: it has no bounds. Say the least and "
                "the most that a tie can be worth, for instance values=(1, 4), or leave values out with "
                "net.dichotomize(...)"
            )
            raise ArgumentError(msg)
        return 1.0, 1.0
    if not net.valued:
        msg = f"values={values!r} is for a network with values, and this one has none; leave it out"
        raise ArgumentError(msg)
    pair = np.asarray(values, dtype=object).ravel().tolist()
    numbers = [one for one in pair if isinstance(one, int | float | np.number) and not isinstance(one, bool)]
    if len(pair) != 2 or len(numbers) != 2 or not 0 < numbers[0] <= numbers[1] < np.inf:  # noqa: PLR2004 (a pair)
        msg = f"values must be a pair of the least and the most that a tie can be worth, above 0, but is {values!r}"
        raise ArgumentError(msg)
    least, most = float(numbers[0]), float(numbers[1])
    found = net._core.ties()[2]  # noqa: SLF001 (as `_checks.core_of`)
    if found is not None and len(found) and not (least <= found.min() and found.max() <= most):
        msg = f"values={values!r}, but the observed ties have values from {found.min():g} to {found.max():g}"
        raise ArgumentError(msg)
    return least, most


def _observed(net: Network, name: str, function: Callable[[Network], Any], like: NDArray[np.float64]) -> Any:
    """Measure the network as it was observed; NaN where that can't be done."""
    try:
        found = function(net)
    except WholenetError:
        return float("nan") if like.ndim == 0 else np.full(like.shape, np.nan)
    level(name, found, net)
    return float(found) if like.ndim == 0 else np.asarray(found, dtype=np.float64)
