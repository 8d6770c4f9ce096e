"""The chapter on many networks: whether governance matters more in some contexts, and which numbers can be compared."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any

from wholenet import _frames, compare
from wholenet.compare._columns import level_of
from wholenet.compare._formula import CROSS
from wholenet.errors import ArgumentError
from wholenet.report._beside import ManyNetworks
from wholenet.report._cells import counted, figure, interval, number, rows_of, said, table
from wholenet.report._chapter import Section, p_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wholenet.compare import Effects, Interaction
    from wholenet.report._ground import Ground

TITLE = "Many networks compared"
QUESTION = (
    "Why are some networks more effective than others: is it the context, is it how they are governed, and does "
    "governance matter more in one context than in another?"
)
NEEDS = ()
LEVEL = 0.05
CALIPER = 1.0
MEASURES = {"density": "density", "mean degree": "mean_degree", "degree centralization": "degree_centralization"}


def _quoted(name: str) -> str:
    """A name as it may stand in a formula."""
    return f'"{name}"' if "'" in name else f"'{name}'"


def _effects(ground: Ground) -> Effects:
    """The regression over networks."""
    many, settings = ground.table(ManyNetworks), ground.settings

    def make() -> Effects:
        outcome, context, governance, size = map(_quoted, (many.outcome, many.context, many.governance, many.size))
        return compare.effects(
            many.table, f"{outcome} ~ {context} * {governance} + {size}", network=many.name, missing="drop",
            confidence=settings.confidence, permutations=settings.permutations, seed=settings.seed, progress=False,
        )  # fmt: skip

    made: Effects = ground.once("effects", make)
    return made


def _interaction(ground: Ground) -> Interaction:
    many, found = ground.table(ManyNetworks), _effects(ground)
    made: Interaction = ground.once(
        "interaction", lambda: found.interaction(of=many.governance, within=many.context, progress=False)
    )
    return made


def _sure(row: Mapping[str, Any]) -> bool:
    """Whether the p-values that may be believed of few networks are both low."""
    return bool(max(row["p_robust"], row["p_permutation"]) < LEVEL)


def _notes(found: Effects) -> str:
    """How many networks, who was left out, and what else to know."""
    parts = [counted(len(found.networks), "network")]
    if found.dropped:
        parts.append(f"left out for a missing value: {said(found.dropped)}")
    return escape("; ".join([*parts, *found.remarks])) + "."


def _tested(row: Mapping[str, Any], context: str, effect: str) -> list[str]:
    """A row of a table of effects."""
    p = [p_value(row[name]) for name in ("p", "p_robust", "p_permutation")]
    return [escape(context), escape(effect), number(row["estimate"]), interval(row["lower"], row["upper"]), *p]


def _said(row: Mapping[str, Any], context: str) -> str:
    """An effect in words."""
    sure = "" if _sure(row) else ", which is not demonstrably different from 0"
    ends = interval(row["lower"], row["upper"])
    return f"where {context} is {row[context]}, {number(row['estimate'])} ({ends}){sure}"


def within(ground: Ground) -> Section:
    """What governance goes with in each context."""
    many, found = ground.table(ManyNetworks), _interaction(ground)
    context, effects = many.context, rows_of(found.effects)
    cells = [
        [
            escape(row[context]), escape(row[many.governance]), number(row["networks"]), number(row["mean"]),
            number(row["sd"]), number(row["adjusted"]), interval(row["lower"], row["upper"]),
        ]
        for row in rows_of(found.cells)
    ]  # fmt: skip
    tests = [_tested(row, f"{context}: {row[context]}", row["effect"]) for row in effects]
    tests += [
        _tested(row, f"{context}: {row[context]}", f"how much more: {row['effect']}")
        for row in rows_of(found.contrasts)
    ]
    told = [
        f"{effect}: {'; '.join(_said(row, context) for row in effects if row['effect'] == effect)}"
        for effect in dict.fromkeys(row["effect"] for row in effects)
    ]
    finding = f"The difference in {many.outcome} that goes with {'. That which goes with '.join(told)}."
    level = f"{ground.settings.confidence:.0%} interval"
    text = (
        f"Means of {escape(many.outcome)}, as they are and at the same size; {_notes(_effects(ground))} Effects are "
        "differences of adjusted means."
    )
    drawn = figure(found.plot(), f"{many.outcome} by {context} and {many.governance}", wide=True)
    header = [context, many.governance, "Networks", "Mean", "sd", "Adjusted for size", level]
    content = f"<p>{text}</p>{table(header, cells, texts=2, grouped=True)}{drawn}"
    header = ["Context", "Effect", "Difference", level, "p, ordinary", "p, robust", "p, permutation"]
    content += table(header, tests, texts=2)
    tables = {"cells": found.cells, "effects": found.effects, "contrasts": found.contrasts}
    return Section(title="Governance in each context", content=content, finding=finding, tables=tables)


def regression(ground: Ground) -> Section:
    """The regression behind it."""
    many, found = ground.table(ManyNetworks), _effects(ground)
    frame = found.to_frame()
    rows = [
        [
            escape(row["term"]), escape(row["meaning"]), number(row["estimate"]), interval(row["lower"], row["upper"]),
            p_value(row["p"]), p_value(row["p_robust"]), p_value(row["p_permutation"]),
        ]
        for row in rows_of(frame)
    ]  # fmt: skip
    text = (
        f"Least squares, R squared {number(found.r_squared)}. Three kinds of p: ordinary (all networks vary alike), "
        "robust (HC3: they need not, for many networks) and by permutation of residuals (for few). Intervals are "
        "robust. Believe what the last two both say."
    )
    context = [
        row for row in rows_of(frame) if row["term"].startswith(f"{many.context}: ") and CROSS not in row["term"]
    ]
    told = [f"{row['meaning']}: {number(row['estimate'])}" for row in context if _sure(row)]
    finding = f"Taken by itself, {many.context} goes with a difference ({'; '.join(told)})." if told else ""
    header = [
        "Coefficient", "Says", "Estimate", f"{ground.settings.confidence:.0%} interval", "p, ordinary", "p, robust",
        "p, permutation",
    ]  # fmt: skip
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=2)}"
    return Section(title="The regression", content=content, finding=finding, tables={"regression": frame})


def _turned(row: Mapping[str, Any], *, named: bool) -> str:
    """Whether a contrast hangs on one network, in words; named where there is more than one."""
    turned = int(row["sign_changes"])
    who = f"{counted(turned, 'network')} would turn" if turned else "No single network turns"
    which = f" ({row['term']})" if named else ""
    return (
        f"{who} the contrast between contexts{which} round by leaving; without any one of them it lies between "
        f"{number(row['lowest'])} and {number(row['highest'])}."
    )


def single(ground: Ground) -> Section:
    """Whether a single network makes the result."""
    found = compare.leave_one_out(_effects(ground), progress=False)
    rows = rows_of(found.most)[1:]
    cells = [
        [
            escape(row["term"]), number(row["estimate"]), escape(row["network"]), number(row["without_it"]),
            p_value(row["p_without_it"]), interval(row["lowest"], row["highest"]), number(row["sign_changes"]),
        ]
        for row in rows
    ]  # fmt: skip
    crossed = [row for row in rows if CROSS in row["term"]]
    finding = " ".join(_turned(row, named=len(crossed) > 1) for row in crossed)
    header = [
        "Coefficient", "All networks", "Moved most by", "Without it", "p without it", "Without any one",
        "Networks that change the sign",
    ]  # fmt: skip
    drawn = figure(found.plot(), f"{found.terms[-1]}, without single networks", wide=True)
    content = f"{table(header, cells, texts=1)}{drawn}"
    return Section(title="Single networks", content=content, finding=finding, tables={"without_one": found.to_frame()})


def alike(ground: Ground) -> Section:
    """Pairs of networks of the same context and about the same size."""
    many, settings = ground.table(ManyNetworks), ground.settings
    levels = dict.fromkeys(row[many.context] for row in rows_of(_interaction(ground).cells))
    frame = _frames.wrap(many.table, "table")
    rows, told, tables = [], [], {}
    for at, level in enumerate(levels):
        with ground.trying(f"{many.context} {level}"):
            cells = [level_of(cell) == level for cell in frame[many.context].to_list()]
            found = compare.matched(
                frame.filter(cells).to_native(), outcome=many.outcome, treatment=many.governance, on=many.size,
                caliper=CALIPER, network=many.name, missing="drop", confidence=settings.confidence, seed=settings.seed,
                progress=False,
            )  # fmt: skip
            pairs, after = rows_of(found.pairs), rows_of(found.balance)[0]
            ends = interval(found.lower, found.upper) if isfinite(found.lower) else "too few pairs for an interval"
            rows.append([
                escape(str(level)), number(len(pairs)), number(found.estimate), ends, p_value(found.p),
                number(after["before"]), number(after["after"]), escape(said(found.unmatched)),
            ])  # fmt: skip
            told.append(f"where {many.context} is {level}, {number(found.estimate)} ({ends}; {len(pairs)} pairs)")
            tables[f"pairs_{at}"] = found.pairs
    text = (
        f"Each network of one kind ({many.governance}) with one of the other kind, in the same context and of nearly "
        "the same size: the pairs with the smallest differences, none of more than one standard deviation. p by "
        "changing signs. Where size is out of balance by more than ± 0.1 after all, part of the difference may be that "
        "of size."
    )
    header = [
        many.context, "Pairs", f"Difference in {many.outcome}", f"{settings.confidence:.0%} interval", "p",
        "Size out of balance, before", "after", "Without a partner",
    ]  # fmt: skip
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=1)}"
    finding = f"Among pairs that are alike the difference is, {'; '.join(told)}."
    return Section(title="Only what is alike", content=content, finding=finding, tables=tables)


def sizes(ground: Ground) -> Section:
    """Measures of the networks on equal terms."""
    many, settings = ground.table(ManyNetworks), ground.settings
    if many.networks is None:
        msg = "the ties of these networks were not given, so that nothing can be measured of them"
        raise ArgumentError(msg)
    plain = many.networks.map(lambda net: net.dichotomize(above=0) if net.valued else net)
    study = type(many.networks)(plain, by=many.networks.by)
    found = compare.fair(study, MEASURES, draws=settings.draws, seed=settings.seed, progress=False)
    beyond = (found.percentile[:, 2] > 100 * (1 - LEVEL / 2)).sum()
    finding = (
        f"Density goes with the power {number(found.slope[0])} of size, and mean degree with the power "
        f"{number(found.slope[1])}; {beyond} of {len(study)} networks are more centralized than random ones of their "
        "size and density."
    )
    text = (
        "Numbers of networks of different size can't be compared as they are. Bars show where 95 % of random networks "
        "of the same size and number of ties lie; lines how a measure goes with size, by which the table behind this "
        f"page gives each at the common size of {found.common_size:.0f}. Density and mean degree follow from size and "
        "number of ties, and have no bars."
    )
    content = f"<p>{escape(text)}</p>{figure(found.plot(), 'Measures, by size', wide=True)}"
    return Section(
        title="Networks of different size", content=content, finding=finding, tables={"sizes": found.to_frame()}
    )


SECTIONS = (
    ("Governance in each context", within),
    ("The regression", regression),
    ("Single networks", single),
    ("Only what is alike", alike),
    ("Networks of different size", sizes),
)
ANSWERS = ("Governance in each context", "Only what is alike")
