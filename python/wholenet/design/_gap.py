"""Required against actual ties: what rules ask for and is not there, and what is there and no rule asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._results import kind_of, listed
from wholenet.design._demands import demands_of, ground_of
from wholenet.design._gap_result import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from wholenet.design._demands import Demand, Ground
    from wholenet.design._rules import Rule
    from wholenet.network import Network

__all__ = ["capacities", "gap"]


def gap(net: Network, rules: Rule | Sequence[Rule] = (), *, required: Network | ArrayLike | None = None) -> Gap:
    """Required against actual ties: who lacks which ties, which ties no rule asks for, and who has too many.

    Parameters
    ----------
    net : Network
        The undirected network. Its attributes are those that the rules name.
    rules : Rule, or list of these
        Made by `must`, `never` and `at_most`, or from a table by `rules`.
    required : Network, or array of shape (n, n), optional
        Ties that must be there besides: those of an undirected network of some of the actors, or 1 in a symmetric array
        of 0 and 1.

    Returns
    -------
    Gap
        One row for each rule, and tables of what is missing, of ties that are not needed or forbidden, and of loads.

    Raises
    ------
    DirectionError
        The network is directed.
    ColumnError
        A rule names an attribute that is not there.
    ArgumentError
        A rule names a value that no organisation has, is about nobody, or stands there twice; a limit is no whole
        number; `required` is neither a network nor such an array; there is neither a rule nor a required tie.
    ActorError
        `required` has an actor who is not in the network.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    A rule asks something of each organisation (`must`, `at_most`) or of each pair (`never`, ``at_least="all"``,
    `required`). With t the ties that an organisation has with those whom the rule means, and u the pairs of these that
    were not observed, "at least a" is met where t ≥ a, not met where t + u < a, and else not known; "at most b" is met
    where t + u ≤ b, not met where t > b, and else not known. Of a pair that was not observed a rule is not known.

    A tie is *unneeded* where no rule asks for it: no `must` counts it for either of its ends, and it is not in
    `required`. A tie that counts is needed even where there are more of them than the rule asks for, since the rule
    does not say which. A tie is *forbidden* where `never` is about it.

    An organisation's capacity is the lowest number that an `at_most` without ``with_…`` gives it.

    Values and self-ties are not read. O(r·n²) time and memory for r rules.

    Peers: none that we know of compares required with actual ties.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcd"), "level": ["light", "light", "heavy", "heavy"]})
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), actors, directed=False)
    >>> rules = [wn.design.must(level="light", with_level="heavy"), wn.design.at_most(1)]
    >>> found = wn.design.gap(net, rules)
    >>> found.to_frame()[["rule", "asked", "met", "not_met"]]
                                                    rule  asked  met  not_met
    0  every light organisation has at least 1 tie wi...      2    1        1
    1                no organisation has more than 1 tie      4    3        1
    >>> found.missing[["actor", "has", "needs", "lacks", "partners"]]
      actor  has  needs  lacks partners
    0     b    0      1      1     c, d
    >>> found.ties
      actor other    status
    0     a     b  unneeded
    """
    ground = ground_of(net, "gap")
    words, demands, _ = demands_of(net, ground, rules, required)
    kind = kind_of(net)
    forbidden = _forbidden(ground, demands)
    needed = needed_pairs(ground, demands)
    return Gap(
        rules=_rules(ground, demands, words),
        missing=_frames.make(_missing(ground, demands, words, forbidden), kind),
        ties=_frames.make(_ties(ground, demands, forbidden, needed), kind),
        loads=_frames.make(_loads(ground, demands, needed), kind),
        recipe=net.recipe,
        kind=kind,
    )


def _forbidden(ground: Ground, demands: Sequence[Demand]) -> NDArray[np.bool_]:
    found = np.zeros(len(ground.first), dtype=bool)
    found[[int(one.pairs[0]) for one in demands if one.actor < 0 and one.high == 0]] = True
    return found


def needed_pairs(ground: Ground, demands: Sequence[Demand]) -> NDArray[np.bool_]:
    """The pairs that some rule asks for."""
    found = np.zeros(len(ground.first), dtype=bool)
    for one in demands:
        if one.low > 0:
            found[one.pairs] = True
    return found


def _status(ground: Ground, one: Demand) -> str:
    ties, unknown = int(ground.present[one.pairs].sum()), int(ground.unknown[one.pairs].sum())
    if ties + unknown < one.low or ties > one.high:
        return "not_met"
    return "met" if ties >= one.low and ties + unknown <= one.high else "not_known"


def _rules(ground: Ground, demands: Sequence[Demand], words: Sequence[str]) -> dict[str, list[Any]]:
    count = {name: [0] * len(words) for name in ("asked", "met", "not_met", "not_known")}
    for one in demands:
        count["asked"][one.rule] += 1
        count[_status(ground, one)][one.rule] += 1
    per = ["pairs"] * len(words)
    for one in demands:
        per[one.rule] = "pairs" if one.actor < 0 else "organisations"
    return {"rule": list(words), "of": per, **count}


def _missing(
    ground: Ground, demands: Sequence[Demand], words: Sequence[str], forbidden: NDArray[np.bool_]
) -> dict[str, Any]:
    """Who lacks how many ties, and with whom they could be."""
    rows = []
    for one in demands:
        ties, unknown = int(ground.present[one.pairs].sum()), int(ground.unknown[one.pairs].sum())
        if ties >= one.low:
            continue
        actor = one.actor if one.actor >= 0 else int(ground.first[one.pairs[0]])
        could = one.pairs[~ground.present[one.pairs] & ~forbidden[one.pairs]]
        others = ground.first[could] + ground.second[could] - actor
        names = _ingest.first_of((ground.labels[other] for other in others.tolist()), len(others))
        rows.append((words[one.rule], actor, ties, one.low, one.low - ties, unknown, len(could), names))
    heads = ("rule", "actor", "has", "needs", "lacks", "not_known", "could", "partners")
    columns: dict[str, Any] = {name: [row[at] for row in rows] for at, name in enumerate(heads)}
    columns["actor"] = [ground.labels[at] for at in columns["actor"]]
    return _typed(columns, ground, ("rule", "partners"), ("actor",))


def _ties(
    ground: Ground, demands: Sequence[Demand], forbidden: NDArray[np.bool_], needed: NDArray[np.bool_]
) -> dict[str, Any]:
    """Pairs whose tie is missing, not needed, forbidden, or not known though a rule is about the pair."""
    pair_needed = np.zeros(len(ground.first), dtype=bool)
    pair_needed[[int(one.pairs[0]) for one in demands if one.actor < 0 and one.low]] = True
    status = {
        "missing": pair_needed & ~ground.present & ~ground.unknown,
        "forbidden": forbidden & ground.present,
        "unneeded": ground.present & ~needed & ~forbidden,
        "not known": ground.unknown & (forbidden | pair_needed),
    }
    places = [(pair, word) for word, marks in status.items() for pair in np.flatnonzero(marks).tolist()]
    columns: dict[str, Any] = {
        "actor": [ground.labels[ground.first[pair]] for pair, _ in places],
        "other": [ground.labels[ground.second[pair]] for pair, _ in places],
        "status": [word for _, word in places],
    }
    return _typed(columns, ground, ("status",), ("actor", "other"))


def _typed(columns: dict[str, Any], ground: Ground, text: tuple[str, ...], labels: tuple[str, ...]) -> dict[str, Any]:
    """Give empty columns a type."""
    if next(iter(columns.values())):
        return columns
    sample = {**dict.fromkeys(text, ""), **dict.fromkeys(labels, ground.labels[0])}
    return {name: _frames.column(values, sample.get(name, 0)) for name, values in columns.items()}


def capacities(ground: Ground, demands: Sequence[Demand]) -> NDArray[np.float64]:
    """The lowest limit on all ties of each organisation; NaN: none."""
    found = np.full(ground.n, np.nan)
    for one in demands:
        if one.actor >= 0 and not one.low and len(one.pairs) == ground.n - 1:
            found[one.actor] = np.fmin(found[one.actor], one.high)
    return found


def _loads(ground: Ground, demands: Sequence[Demand], needed: NDArray[np.bool_]) -> dict[str, Any]:
    ties, capacity = ground.load(ground.present), capacities(ground, demands)
    return {
        "actor": listed(ground.labels),
        "ties": ties,
        "not_known": ground.load(ground.unknown),
        "unneeded": ground.load(ground.present & ~needed),
        "capacity": capacity,
        "room": capacity - ties,
    }
