"""Which measures ties can only raise, or only lower: where bounds are exact. The one place that says so."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from wholenet import centrality, cohesion, mixing
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wholenet.network import Network

__all__ = ["Rule", "rule_of"]

Way = Literal["increasing", "decreasing", "reciprocity", "ei_index"]
MODES = ("in", "out", "all")
ANY = None


@dataclass(frozen=True, slots=True)
class Rule:
    """How a measure of a network observed in full depends on its ties, the actors being given.

    `reads_values`: whether it depends on the values of ties, too, or the argument with which it does; it then depends
    on them in the same way.
    `arguments`: those for which this holds, with the values that they may have (None: any). `by`: the attribute that
    the measure at hand reads.
    """

    way: Way
    reads_values: bool | str = False
    arguments: Mapping[str, tuple[Any, ...] | None] = field(default_factory=dict)
    by: str = ""


MODE = {"mode": MODES}
RULES: dict[Callable[..., Any], Rule] = {
    # Counts and sums of ties.
    cohesion.density: Rule("increasing", reads_values=True),
    cohesion.mean_degree: Rule("increasing"),
    centrality.degree: Rule("increasing", arguments={**MODE, "normalized": ANY}),
    centrality.strength: Rule("increasing", reads_values=True, arguments=MODE),
    cohesion.active_actors: Rule("increasing"),
    cohesion.isolates: Rule("decreasing"),
    # One more tie can only shorten paths, and join what was apart.
    centrality.reach: Rule("increasing", arguments={**MODE, "k": ANY}),
    centrality.harmonic: Rule(
        "increasing", reads_values="distance", arguments={**MODE, "normalized": ANY, "distance": (None, "inverse")}
    ),
    cohesion.compactness: Rule("increasing"),
    cohesion.breadth: Rule("decreasing"),
    cohesion.connectedness: Rule("increasing"),
    cohesion.fragmentation: Rule("decreasing", arguments={"weighted": ANY}),
    # A set whose members all have k ties within it keeps them; closed walks stay, and new ones come.
    centrality.coreness: Rule("increasing", arguments=MODE),
    centrality.subgraph: Rule("increasing", reads_values=True),
    # These do not depend on ties at all.
    mixing.blau: Rule("increasing", arguments={"by": ANY}),
    mixing.iqv: Rule("increasing", arguments={"by": ANY}),
    # 2M ÷ (2M + A) and M ÷ (M + A) fall with A, rise with M and do not with a null dyad in place of either.
    cohesion.reciprocity: Rule("reciprocity", arguments={"kind": ANY}),
    # (E - I) ÷ (E + I) rises with E and falls with I, for the network and for each actor.
    mixing.ei_index: Rule("ei_index", reads_values=True, arguments={"by": ANY, "level": ("network", "actor")}),
}
# Numbers that are names: no answer makes them lower or higher.
NAMES = (cohesion.components,)


def rule_of(name: str, function: Callable[[Network], Any]) -> Rule | None:
    """Find the rule of a measure; None where it depends on ties in no known way."""
    given: dict[str, Any] = {}
    while isinstance(function, partial) and not function.args:
        given = {**function.keywords, **given}
        function = function.func
    if isinstance(function, Hashable) and function in NAMES:
        msg = (
            f"{name!r} numbers the groups that actors are in, and such numbers have no lowest and highest. Count them: "
            'wn.survey.bounds(net, lambda net: len(set(wn.cohesion.components(net))), monotone="decreasing")'
        )
        raise ArgumentError(msg)
    rule = RULES.get(function) if isinstance(function, Hashable) else None
    given.pop("progress", None)
    if rule is None or not all(_allowed(rule, one, value) for one, value in given.items()):
        return None
    reads = rule.reads_values
    if isinstance(reads, str):
        reads = given.get(reads) is not None
    return replace(rule, reads_values=reads, by=given.get("by", ""))


def _allowed(rule: Rule, argument: str, value: object) -> bool:
    if argument not in rule.arguments:
        return False
    values = rule.arguments[argument]
    return values is None or value in values
