"""The rules by which items become cells, one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _keys
from wholenet.survey._build import Built, built
from wholenet.survey._combine import RULES, combined, counting_designated, once
from wholenet.survey._fill import active, fill_empty, fill_unlisted, with_silent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.survey._export import Export
    from wholenet.survey._items import Items
    from wholenet.survey._members import Answered, Members
    from wholenet.survey._roster_result import Roster

__all__ = ["Rules", "assembled"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the caller says about answers: as in `roster`."""

    words: str
    combine: str
    duplicates: str
    empty: str | None
    unlisted: str | None
    implied: bool
    answered: Answered | None


def assembled(export: Export, roll: Members, rules: Rules, relation: str | None, kind: str) -> Roster:
    """Make a roster of the items of an export."""
    asked = _with_members(export, roll)
    known = {part: export.codes_of(roll.known(key)) for part, key in enumerate(export.parts)}
    told = None if rules.answered is None else rules.answered.all(export.parts)
    items = export.items if told is None else _of_told(export, told, asked)
    items = _once(export, items, rules)
    acting = active(items) if told is None else np.ones(len(items), dtype=bool)
    items, empties = fill_empty(items, acting, rules.empty, implied=rules.implied)
    people = _people(items, acting)
    items, added = fill_unlisted(export, items, acting, known, asked, rules.unlisted)
    cells = combined(items.keep(items.ego != items.alter), rules.combine)
    names = (*export.names, *([] if relation is None else [relation]))
    keys = [
        ((*export.parts[part], *([] if relation is None else [export.relations[one]])), part, one)
        for part, one in asked
    ]
    keys.sort(key=lambda key: _keys.sortable(key[0]))
    recipe = _steps(export, rules, empties, added)
    return built(cells, Built(export, roll, keys, names, people, told, recipe, kind))


def _with_members(export: Export, roll: Members) -> list[tuple[int, int]]:
    """List the relations asked about in each part; in one that only `members` tells of, all of them."""
    more = [part for part in roll.parts() if part not in set(export.parts)]
    start = len(export.parts)
    export.parts += more
    relations = range(len(export.relations))
    return [*export.asked, *((part, one) for part in range(start, len(export.parts)) for one in relations)]


def _of_told(export: Export, told: dict[int, set[Any]], asked: list[tuple[int, int]]) -> Items:
    """Keep the items of organisations that answered, as the caller says, each of which has one."""
    marked = np.zeros((len(export.parts), len(export.labels)), dtype=bool)
    for part, labels in told.items():
        marked[part, export.codes_of(labels)] = True
    items = export.items.keep(marked[export.items.part, export.items.ego])
    lost = len(export.items) - len(items)
    export.dropped["answers left out of organisations that answered= does not list"] = lost
    return with_silent(items, _silent(export, items, told, asked))


def _silent(
    export: Export, items: Items, told: dict[int, set[Any]], asked: list[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """List the organisations that answered, as the caller says, and have no row: part, relation and code."""
    listed = set(zip(items.part.tolist(), items.ego.tolist(), strict=True))
    first = dict(reversed(asked))
    wanted = [(part, code) for part, labels in told.items() for code in sorted(export.codes_of(labels).tolist())]
    return [(part, first[part], code) for part, code in wanted if (part, code) not in listed]


def _once(export: Export, items: Items, rules: Rules) -> Items:
    """Leave one answer for each item of each person who counts."""
    before = len(items)
    items = once(items, rules.duplicates, export.told, persons=export.persons)
    export.dropped[f"repeated answers merged by {rules.duplicates!r}"] = before - len(items)
    return counting_designated(items, export.labels) if rules.combine == "designated" else items


def _people(items: Items, acting: NDArray[np.bool_]) -> Counter[tuple[int, int]]:
    """Count the persons who answered, for each part and organisation with a row; none counts 0."""
    rows = set(zip(items.part.tolist(), items.ego.tolist(), items.person.tolist(), acting.tolist(), strict=True))
    counts: Counter[tuple[int, int]] = Counter()
    for part, ego, person, acts in rows:
        counts[part, ego] += acts and person >= 0
    return counts


def _steps(export: Export, rules: Rules, empties: int, added: int) -> tuple[str, ...]:
    """Say in the recipe how the answers were read."""
    steps = [rules.words] if rules.words else []
    if export.persons:
        steps.append(f"respondents of an organisation combined by {rules.combine!r}: {RULES[rules.combine]}")
    if rules.answered is not None:
        steps.append("who answered: as given, not by the answers")
    counts = {
        **export.dropped,
        "empty cells of those who answered read as no": empties,
        f"alters not listed by those who answered read as {rules.unlisted}": added,
    }
    steps += [f"{text}: {count:,} in the whole export" for text, count in counts.items() if count]
    return tuple(steps)
