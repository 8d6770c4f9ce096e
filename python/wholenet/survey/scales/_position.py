"""Whether scores go with the position of organisations in their network."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._actor_values import array_of, named, numbers_of
from wholenet._checks import core_of, seeded, whole
from wholenet._ingest import is_empty
from wholenet._keys import described
from wholenet._results import kind_of
from wholenet._table import functions_of, level
from wholenet.centrality import degree
from wholenet.errors import ArgumentError
from wholenet.inference._p import adjust
from wholenet.study import Study
from wholenet.survey.scales._answers import laid_out
from wholenet.survey.scales._placed import FEWEST, Placed
from wholenet.survey.scales._position_result import Position
from wholenet.survey.scales._scores_result import Scores

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

    Key = tuple[Any, ...]
    Floats = NDArray[np.float64]

__all__ = ["position"]

INDEGREE = "indegree"
# What is usual for a p-value to be called small.
LEVEL = 0.05


def position(
    scores: Scores,
    net: Network | Study,
    *,
    measure: str | Callable[[Network], Any] | ArrayLike = INDEGREE,
    permutations: int = 9999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Position:
    """Position: whether the scores of organisations go with where they stand in the network, by permutation test.

    Parameters
    ----------
    scores : Scores
        The scores of organisations, from `scores`.
    net : Network or Study
        The network of the organisations; for scores of several networks and waves a study whose keys have the names of
        ``scores.by``, with one network for each.
    measure : str, callable, or array of shape (n,)
        The position: ``"indegree"``, another measure by name (`wholenet.table`), a function of a network that gives a
        number for each actor, or with one network these numbers, NaN where there is none.
    permutations : int
        How many random orders of the scores.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Position
        Per network and scale Pearson's and Spearman's correlation with p-values, and how many organisations were left
        out for which reason.

    Raises
    ------
    ArgumentError
        The scores are of several networks and the study has no name for them, or two networks for the same scores; a
        network has no scores; no organisation is an actor; or the measure does not give a number for each actor.
    KeyNotFoundError
        There is no measure of that name.
    ModeError
        A network has two modes.
    ExecutorError
        The executor died.

    Notes
    -----
    The n organisations of a row have a score and a finite position; actors without a score (``without_score``), those
    with a score and no position (``without_position``), and organisations with a score that are no actors of the
    network (``not_in_network``) are left out and counted. Nothing is filled.

    Pearson's r measures how nearly the relation is a straight line, Spearman's is Pearson's of the ranks (ties have
    their mean rank). Each draw puts the scores in random order among these organisations and correlates again; p is
    two-sided, (1 + number with |r| at least as large) ÷ (1 + permutations). ``holm_pearson`` and ``holm_spearman``
    adjust for the number of rows (`inference.adjust`). None of them is below rows ÷ (1 + permutations), so that many
    rows need many permutations; a note says so where that is .05 or more. Scores and positions that differ by no more
    than rounding (1e-12 of the largest) are equal. NaN with fewer than three organisations, and where scores or
    positions are all the same; the notes say so.

    The test is exact if either scores or positions are spread over organisations without regard to ties. Where both
    follow the same ties, as between organisations that are close, it rejects too often; `models.autocorrelation` and
    `governance.accuracy_model` go further. In 1,000 simulated networks of 60 organisations, of which 42 had a
    score that had nothing to do with ties, it rejected in 5.5 % (Pearson) and 5.8 % (Spearman) at the level .05
    (``benches/simulation_scales.py``). A
    correlation does not say what comes first: those who find the culture good may seek ties.

    Indegree needs no answer of the organisation itself, so that it is known for those who did not answer the roster,
    too, though lower for all where others did not answer: dyads that were not observed count as no tie.

    O(permutations × n) time for each network and set of scales that the same organisations have a score on. The same
    seed gives the same bits with any executor.

    Peers: scipy's ``pearsonr`` and ``spearmanr`` give the same correlations; UCINET has the test as node-level
    regression with one predictor.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 8. Sage.

    Examples
    --------
    Of four organisations those with more ties that arrive have the higher score:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> from wholenet.survey import scales
    >>> net = wn.Network.from_edges((list("abcabb"), list("dddcca")), pd.DataFrame({"name": list("abcd")}))
    >>> answers = pd.DataFrame({"organisation": list("abcd"), "trust": [2, 1, 3, 4]})
    >>> card = scales.Scale("trust", ["trust"])
    >>> found = scales.position(scales.scores(answers, card, by=(), respondent=None), net, seed=1)
    >>> found
    <Position: 1 scale with indegree in 1 network, 9,999 draws, seed 1>
    >>> found.rows["pearson"], found.rows["spearman"]
    ([1.0], [1.0])
    """
    _check(scores)
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    pairs = _networks(scores, net)
    name, places = _positions(measure, [one for _, one in pairs])
    labels, values, keys = _listed(scores)
    rows: list[list[Any]] = []
    for (key, one), where in zip(pairs, places, strict=True):
        own = {labels[at]: values[at] for at in range(len(labels)) if keys[at] == key}
        data = Placed.read(one, own, where, described(scores.by, key) or "the network")
        found = data.test(permutations, seed, executor, progress=progress)
        rows += [[*key, scale, *data.counts(at), *found[at].tolist()] for at, scale in enumerate(scores.scales)]
    names = [*scores.by, "scale", "organisations", "without_score", "without_position", "not_in_network"]
    names += ["pearson", "p_pearson", "spearman", "p_spearman"]
    listed = laid_out([*names, "holm_pearson", "holm_spearman"], [[*row, None, None] for row in rows])
    for kind in ("pearson", "spearman"):
        listed[f"holm_{kind}"] = adjust(listed[f"p_{kind}"]).tolist()
    first = pairs[0][1]
    return Position(
        rows=listed,
        by=scores.by,
        measure=name,
        permutations=permutations,
        seed=seed,
        notes=tuple(_notes(rows, scores.by) + _coarse(listed["p_pearson"], permutations)),
        recipe=first.recipe,
        kind=kind_of(first),
    )


def _check(scores: object) -> None:
    if not isinstance(scores, Scores):
        msg = f"scores must be the result of survey.scales.scores, but is a {type(scores).__name__}"
        raise ArgumentError(msg)


def _networks(scores: Scores, data: object) -> list[tuple[Key, Network]]:
    """Find the network of each key of the scores."""
    keys = list(dict.fromkeys(zip(*(scores.rows[name] for name in scores.by), strict=True))) if scores.by else [()]
    if not isinstance(data, Study):
        core_of(data, "net")
        if len(keys) > 1:
            msg = (
                f"the scores are of {len(keys)} networks or waves (by {', '.join(scores.by)}), and net is one network. "
                "Pass a study whose keys have these names, or take scores of one of them"
            )
            raise ArgumentError(msg)
        return [(keys[0], data)]  # type: ignore[list-item]  # core_of refuses what is no network
    unknown = [name for name in scores.by if name not in data.by]
    if unknown:
        msg = f"the study has no key {unknown[0]!r}, by which scores are told apart; it has {', '.join(data.by)}"
        raise ArgumentError(msg)
    found: dict[Key, Network] = {}
    for key, net in data.items():
        parts = dict(zip(data.by, key if isinstance(key, tuple) else (key,), strict=True))
        own = tuple(parts[name] for name in scores.by)
        if own in found:
            msg = (
                f"the study has several networks for {described(scores.by, own) or 'the scores'}; take one with "
                "study.select(...), such as one relation"
            )
            raise ArgumentError(msg)
        core_of(net, "net")
        found[own] = net
    lacking = [key for key in found if key not in keys]
    if lacking or len(found) < len(keys):
        key, which, where = (
            (lacking[0], "scores", "leave the network out with study.select(...)")
            if lacking
            else (next(key for key in keys if key not in found), "network", "leave its rows out of the scores")
        )
        msg = f"there is no {which} for {described(scores.by, key)}; {where}, or correct the names"
        raise ArgumentError(msg)
    return [(key, found[key]) for key in keys]


def _positions(measure: Any, nets: list[Network]) -> tuple[str, list[Floats]]:
    """Measure the actors of each network."""
    if isinstance(measure, str) or callable(measure):
        indegree = isinstance(measure, str) and measure == INDEGREE
        given = {INDEGREE: partial(degree, mode="in")} if indegree else measure
        ((name, function),) = functions_of(given).items()
        found = []
        for net in nets:
            values = function(net)
            if level(name, values, net) != "actors":
                msg = f"{name!r} gives one number for the network; a position is one number for each actor"
                raise ArgumentError(msg)
            found.append(np.asarray(values, dtype=np.float64))
        return name, found
    if len(nets) > 1:
        msg = "measure must be a name or a function where there are several networks, since each has its own actors"
        raise ArgumentError(msg)
    cells = array_of(measure, "measure").tolist()
    if len(cells) != nets[0].n_actors:
        msg = f"measure must hold a number for each of the {nets[0].n_actors:,} actors, but holds {len(cells):,}"
        raise ArgumentError(msg)
    known = np.array([not is_empty(cell) for cell in cells], dtype=np.bool_)
    values = np.full(len(cells), np.nan)
    values[known] = numbers_of(np.array(cells, dtype=object)[known], "measure", None)
    return named(measure, "measure"), [values]


def _listed(scores: Scores) -> tuple[list[Any], Floats, list[Key]]:
    """List organisations: labels, scores (n, scales), and the keys of their networks."""
    parts = scores.parts
    values = np.column_stack([np.asarray(parts[scale], dtype=np.float64) for scale in scores.scales])
    labels = list(parts[scores.organisation])
    keys = list(zip(*(parts[name] for name in scores.by), strict=True)) if scores.by else [()] * len(labels)
    return labels, values, keys


def _coarse(p: list[float], permutations: int) -> list[str]:
    """Say if so few draws can't give a small p after adjustment."""
    tests = int((~np.isnan(p)).sum())
    least = tests / (1 + permutations)
    if least < LEVEL:
        return []
    adjusted = (
        f"with {tests} correlations and {permutations:,} permutations no p is below {min(least, 1):.2g} after Holm"
    )
    return [f"{adjusted}; take many more than {tests / LEVEL:,.0f}"]


def _notes(rows: list[list[Any]], by: tuple[str, ...]) -> list[str]:
    at, notes = len(by), []
    for row in rows:
        name = f"{described(by, tuple(row[:at]))}: {row[at]}" if by else str(row[at])
        if np.isnan(row[at + 5]):
            few = row[at + 1] < FEWEST
            why = f"{row[at + 1]} organisations, too few" if few else "scores or positions that are all the same"
            notes.append(f"{name} has no correlation: {why}")
        if row[at + 4]:
            notes.append(f"{name}: {row[at + 4]} organisations with a score are no actors of the network")
    return notes
