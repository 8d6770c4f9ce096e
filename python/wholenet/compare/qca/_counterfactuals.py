"""Easy counterfactuals, and what is wrong with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wholenet.compare.qca._truth_table_result import TruthTable

__all__ = ["easy"]

Cube = tuple[int, int]


def easy(
    table: TruthTable,
    complex_models: Iterable[Sequence[Cube]],
    parsimonious_models: Sequence[Sequence[Cube]],
    expected: dict[str, int],
) -> list[frozenset[int]]:
    """Give the easy counterfactuals (rows, from 0) of each pair of models; each set once."""
    taken = {number - 1 for number, code in zip(table.numbers.tolist(), table.codes, strict=True) if code != "?"}
    last = len(table.conditions) - 1
    bits = {name: 1 << (last - at) for at, name in enumerate(table.conditions)}
    hoped = sum(bits[name] for name in expected), sum(bits[name] for name, value in expected.items() if value)
    known: dict[tuple[Cube, Cube], frozenset[int]] = {}
    found: dict[frozenset[int], None] = {}
    for one in complex_models:
        for other in parsimonious_models:
            rows: set[int] = set()
            for pair in ((inner, outer) for inner in one for outer in other if _contains(outer, inner)):
                if pair not in known:
                    known[pair] = frozenset(_between(*pair, hoped, last + 1)) - taken
                rows |= known[pair]
            found[frozenset(rows)] = None
    return list(found)


def _contains(outer: Cube, inner: Cube) -> bool:
    return outer[0] & inner[0] == outer[0] and inner[1] & outer[0] == outer[1]


def _between(inner: Cube, outer: Cube, hoped: tuple[int, int], conditions: int) -> Iterable[int]:
    """Rows of the outer term that differ from the inner one only where they are as expected."""
    # Literals of the inner term that may turn: not in the outer one, and against what is expected.
    turning = inner[0] & ~outer[0] & hoped[0] & (inner[1] ^ hoped[1])
    free = turning | (~inner[0] & ((1 << conditions) - 1))
    base = inner[1] & ~turning
    part = free
    while True:
        yield base | part
        if not part:
            return
        part = (part - 1) & free
