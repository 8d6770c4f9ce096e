"""What rules ask of a network: sums of pairs that have a least or a highest value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _ingest
from wholenet._checks import core_of, needs_actors, needs_undirected
from wholenet.design._rules import Rule, chosen
from wholenet.errors import ArgumentError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["Demand", "Ground", "demands_of", "ground_of", "limits_of"]

# Above this many actors the pairs no longer fit a programme, nor a matrix a reader's memory.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Ground:
    """A network by its pairs i < j: which have a tie, which are not known, and their numbers, (n, n)."""

    n: int
    labels: list[Any]
    present: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    number: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    def load(self, tied: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the ties of each organisation."""
        ends = np.concatenate([self.first[tied], self.second[tied]])
        counted: NDArray[np.int64] = np.bincount(ends, minlength=self.n).astype(np.int64)
        return counted

    def name(self, pair: int) -> str:
        """Say a pair: 'A and B'."""
        return f"{self.labels[self.first[pair]]} and {self.labels[self.second[pair]]}"


@dataclass(frozen=True, slots=True)
class Demand:
    """Of these pairs at least `low` and at most `high` have a tie; `actor`: whose demand it is, -1 for a pair's."""

    rule: int
    actor: int
    pairs: NDArray[np.int64]
    low: int
    high: int


def ground_of(net: Network, function: str) -> Ground:
    """Read an undirected network of one mode."""
    core = core_of(net)
    needs_actors(core, function)
    needs_undirected(core, function)
    n = net.n_actors
    if n > MOST:
        msg = f"{function} looks at each pair, and {n:,} organisations are too many (at most {MOST:,}). Use net.subset"
        raise ArgumentError(msg)
    first, second = (one.astype(np.int64) for one in np.triu_indices(n, 1))
    number = np.zeros((n, n), dtype=np.int64)
    number[first, second] = number[second, first] = np.arange(len(first))
    cells = net.to_matrix()[first, second]
    unknown = np.isnan(cells)
    return Ground(n, net.labels.tolist(), ~unknown & (cells != 0), unknown, number, first, second)


def demands_of(
    net: Network, ground: Ground, rules: object, required: object
) -> tuple[tuple[str, ...], list[Demand], tuple[Rule, ...]]:
    """Turn rules, and a network of required ties, into demands; `words` says each rule."""
    listed = listed_rules(rules)
    demands = [one for at, rule in enumerate(listed) for one in _of_rule(net, ground, rule, at)]
    words = [str(rule) for rule in listed]
    if required is not None:
        pairs = _required(net, ground, required)
        demands += [Demand(len(words), -1, pairs[at : at + 1], 1, 1) for at in range(len(pairs))]
        words.append(f"the {len(pairs):,} required tie{'s are' if len(pairs) != 1 else ' is'} there")
    if not words:
        msg = "there are no rules, and no required ties. Give some: [design.must(...), design.at_most(...)]"
        raise ArgumentError(msg)
    return tuple(words), demands, listed


def listed_rules(rules: object) -> tuple[Rule, ...]:
    """Read one rule or several; one that stands there twice is refused."""
    found: tuple[Any, ...] = (rules,) if isinstance(rules, Rule) else tuple(_each(rules))
    for at, rule in enumerate(found):
        if not isinstance(rule, Rule):
            msg = f"rules must be made by must, never, at_most or rules(table), but number {at} is {rule!r}"
            raise ArgumentError(msg)
        if rule in found[:at]:
            msg = f"the rule that {rule} stands there twice (numbers {found.index(rule)} and {at}). Leave one out"
            raise ArgumentError(msg)
    return found


def _each(rules: object) -> Iterable[Any]:
    if isinstance(rules, list | tuple):
        return rules
    msg = (
        f"rules must be a list of rules, but is a {type(rules).__name__}. A table becomes rules by design.rules(table)"
    )
    raise ArgumentError(msg)


def _of_rule(net: Network, ground: Ground, rule: Rule, at: int) -> list[Demand]:
    who, whom = chosen(net, rule.who, rule), chosen(net, rule.whom, rule)
    if rule.kind == "never" or rule.ties == "all":
        either = np.outer(who, whom)
        pairs = np.flatnonzero((either | either.T)[ground.first, ground.second])
        value = int(rule.kind == "must")
        return [Demand(at, -1, pairs[one : one + 1], value, value) for one in range(len(pairs))]
    actors = np.flatnonzero(who).tolist()
    limits = limits_of(net, rule.ties) if rule.kind == "at_most" else np.zeros(ground.n)
    found = []
    for actor in actors:
        partners = whom.copy()
        partners[actor] = False
        pairs = np.sort(ground.number[actor, partners])
        if rule.kind == "must":
            found.append(Demand(at, actor, pairs, int(rule.ties), len(pairs)))
        elif not np.isnan(limits[actor]):
            found.append(Demand(at, actor, pairs, 0, int(limits[actor])))
    return found


def limits_of(net: Network, ties: int | str) -> NDArray[np.float64]:
    """Read how many ties each may have; NaN: no limit."""
    if not isinstance(ties, str):
        return np.full(net.n_actors, float(ties))
    cells = net.attribute(ties).tolist()
    found = np.full(net.n_actors, np.nan)
    for at, cell in enumerate(cells):
        if _ingest.is_empty(cell):
            continue
        number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if not number or cell < 0 or not float(cell).is_integer():
            msg = (
                f"the attribute {ties!r} must hold whole numbers of ties, of at least 0 (or be empty: no limit), but "
                f"{net.labels[at]!r} has {cell!r}"
            )
            raise ArgumentError(msg)
        found[at] = cell
    return found


def _required(net: Network, ground: Ground, required: Any) -> NDArray[np.int64]:
    """The pairs that must have a tie, in order."""
    if isinstance(required, Network):
        core = core_of(required, "required")
        needs_undirected(core, "required")
        places = np.array([net.index(label) for label in required.labels.tolist()], dtype=np.int64)
        source, target, _ = core.ties()
        return np.unique(ground.number[places[source], places[target]])
    try:
        cells = np.asarray(required, dtype=np.float64)
    except (TypeError, ValueError):
        cells = np.empty(0)
    n = ground.n
    if cells.shape != (n, n):
        msg = f"required must be a Network, or an array of shape ({n}, {n}) with 1 where a tie must be"
        raise ArgumentError(msg)
    odd = np.argwhere(np.isnan(cells) | (cells != cells.T) | ((cells != 0) & (cells != 1)))
    if len(odd):
        one, other = odd[0].tolist()
        msg = (
            f"required must hold 0 and 1, the same on both sides of the diagonal, but between {ground.labels[one]!r} "
            f"and {ground.labels[other]!r} it has {cells[one, other]:g} and {cells[other, one]:g}"
        )
        raise ArgumentError(msg)
    return np.flatnonzero(cells[ground.first, ground.second])


def touching(demands: Sequence[Demand], ground: Ground, actor: int) -> list[int]:
    """The demands that one organisation's ties alone decide."""
    return [
        at
        for at, one in enumerate(demands)
        if one.actor == actor or (one.actor < 0 and actor in (ground.first[one.pairs[0]], ground.second[one.pairs[0]]))
    ]
