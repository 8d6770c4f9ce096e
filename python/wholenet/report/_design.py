"""The chapter on required ties: how far the rules are met, what would close the gap, and what a loss would do."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, centrality, design
from wholenet._actor_values import marks_of
from wholenet._results import kind_of
from wholenet.report._beside import RequiredTies
from wholenet.report._cells import counted, figure, figures, folded, number, percent, rows_of, said, span, table
from wholenet.report._chapter import Section, p_value, recipes

if TYPE_CHECKING:
    from wholenet.network import Network
    from wholenet.report._ground import Ground, Place

TITLE = "Required and actual ties"
QUESTION = (
    "Do those who must work together do so; which ties does nobody ask for; who has more than it can keep up; and what "
    "would mend it?"
)
NEEDS = ("contact",)
# Seconds for the plan of one place.
PATIENCE = 20.0
# What a row of a rule counts.
COLUMNS = ("asked", "met", "not_met", "not_known")
ACTION = ("Organisation", "With", "Action", "What for")
# How many steps a care path may have.
STEPS = 2


def _sites(ground: Ground) -> list[tuple[Place, Any, str]]:
    """The places in their last wave."""
    return [(place, ground.waves(place)[-1], ground.name(place, ground.waves(place)[-1])) for place in ground.places]


def _net(ground: Ground, place: Place, wave: Any) -> Network:
    strong = ground.table(RequiredTies).among == "strong"
    return ground.strong(place, wave) if strong else ground.contact(place, wave)


def _gap(ground: Ground, place: Place, wave: Any) -> design.Gap:
    def make() -> design.Gap:
        return design.gap(_net(ground, place, wave), design.rules(ground.table(RequiredTies).table))

    made: design.Gap = ground.once(("gap", place, wave), make)
    return made


def _plan(ground: Ground, place: Place, wave: Any) -> design.Plan:
    def make() -> design.Plan:
        rules = design.rules(ground.table(RequiredTies).table)
        return design.plan(_net(ground, place, wave), rules, time_limit=PATIENCE, progress=False)

    made: design.Plan = ground.once(("plan", place, wave), make)
    return made


def _public(ground: Ground, gap: design.Gap) -> list[dict[str, Any]]:
    """The rules that are asked of enough organisations to be shown."""
    least = ground.settings.min_count
    return [row for row in rows_of(gap.to_frame()) if not 0 < row["asked"] < least]


def met(ground: Ground) -> Section:
    """How far each rule is met."""
    rows: list[list[str]] = []
    drawn, shares, hidden = [], [], 0
    nets: dict[str, Network] = {}
    tables: dict[str, Any] = {}
    needed = {str(rule) for rule in design.rules(ground.table(RequiredTies).table) if rule.kind == "must"}
    for place, wave, name in _sites(ground):
        with ground.trying(name):
            gap = _gap(ground, place, wave)
            shown = _public(ground, gap)
            hidden += len(gap.rules["rule"]) - len(shown)
            asked = [row for row in shown if row["rule"] in needed]
            known = sum(row["met"] + row["not_met"] for row in asked)
            shares.append(sum(row["met"] for row in asked) / known if known else np.nan)
            rows += [[escape(name), escape(row["rule"]), *(number(row[column]) for column in COLUMNS)] for row in shown]
            nets[name] = _net(ground, place, wave)
            if len(shown) == len(gap.rules["rule"]):
                drawn.append(figure(gap.plot(), name))
            if shown:
                columns = {one: [row[one] for row in shown] for one in shown[0]}
                tables[f"rules_{len(tables)}"] = _frames.make(columns, kind_of(nets[name]))
    header = ["Network", "Rule", "Asked", "Met", "Not met", "Not known"]
    note = f"<p class='note'>{counted(hidden, 'rule')} left out that few organisations are asked.</p>" if hidden else ""
    among = "strong relations" if ground.table(RequiredTies).among == "strong" else "contacts"
    text = (
        f"Rules about {among}. Where organisations did not answer, nobody can tell of some whether they meet a rule: "
        "these are not known, and are in no share."
    )
    content = f"<p>{escape(text)}</p>{figures(drawn, large=True)}"
    content += folded("The numbers", table(header, rows, texts=2, grouped=True), shown=not drawn) + note
    content += recipes({name: net.recipe for name, net in nets.items()})
    held = [share for share in shares if not np.isnan(share)]
    finding = (
        f"Of the demands that organisations have certain ties, {span(held, share=True)} are met, where this is known."
        if held
        else ""
    )
    return Section(title="Are the rules met?", content=content, finding=finding, tables=tables)


def loads(ground: Ground) -> Section:
    """Missing ties, ties that no rule asks for, and loads."""
    rows, over, spare = [], [], []
    for place, wave, name in _sites(ground):
        with ground.trying(name):
            gap = _gap(ground, place, wave)
            each, ties = rows_of(gap.loads), rows_of(gap.ties)
            count = {word: sum(row["status"] == word for row in ties) for word in ("forbidden", "unneeded")}
            lacking = sum(row["lacks"] for row in rows_of(gap.missing))
            over.append(sum(row["room"] < 0 for row in each))
            spare.append(count["unneeded"] / (sum(row["ties"] for row in each) / 2 or np.nan))
            numbers = [lacking, count["forbidden"], count["unneeded"], over[-1]]
            rows.append([escape(name), *map(number, numbers)])
    header = ["Network", "Ties lacking", "Forbidden ties", "Ties no rule asks for", "Over capacity"]
    text = (
        "A tie lacks for each that a rule asks of an organisation and is not known to be there. No rule asks for a tie "
        "if it counts for neither end. That is a question about the rules as much as about the tie."
    )
    finding = (
        f"No rule asks for {span(spare, share=True)} of the ties; {span(over)} organisations of each network have more "
        "than they can keep up."
    )
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=1)}"
    return Section(title="Ties lacking, and ties too many", content=content, finding=finding)


def planned(ground: Ground) -> Section:
    """What would close the gap."""
    rows, told, lists, worst = [], [], [], 0.0
    tables: dict[str, Any] = {}
    for place, wave, name in _sites(ground):
        with ground.trying(name):
            plan = _plan(ground, place, wave)
            kinds = plan.table["action"]
            drops = kinds.count("let the tie go")
            asks = sum(one.startswith("ask") for one in kinds)
            proven = f"{plan.gap:.1%}" if np.isfinite(plan.gap) else "–"
            rows.append([escape(name), *map(number, (len(kinds) - drops - asks, asks, drops)), proven])
            worst = max(worst, plan.gap)
            told.append(f"in {ground.name(place)} {len(kinds) - drops} to make and {drops} to let go")
            if ground.settings.min_count == 1:
                columns = [plan.table[one] for one in ("actor", "other", "action", "because")]
                cells = [[escape(str(one)) for one in row] for row in zip(*columns, strict=True)]
                lists.append(folded(f"The actions: {name}", table(ACTION, cells, texts=4)))
                lists.append(folded(f"Whose load changes: {name}", figure(plan.plot(), name)))
                tables[f"actions_{len(tables)}"] = plan.to_frame()
    header = ["Network", "Ties to make", "To ask after first", "To let go", "At most above the least"]
    text = (
        "The fewest changes so that all rules hold and nobody exceeds its capacity. Several plans may be as small: "
        "this is a proposal. A tie to ask after is between two that did not answer. The last column: by how much the "
        "plan may be larger than the smallest there is."
    )
    private = "" if lists or not rows else "<p class='note'>Actions name single organisations, and are left out.</p>"
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=1)}{''.join(lists)}{private}"
    few = "The fewest ties to change" if not worst else "Ties to change (perhaps not the fewest)"
    finding = f"{few} so that all rules hold: {said(told)}." if told else ""
    return Section(title="What would mend it", content=content, finding=finding, tables=tables)


def losses(ground: Ground) -> Section:
    """What the loss of the gatekeeper with most ties would do."""
    mark, settings = ground.needed("gatekeeper"), ground.settings
    rows, broken = [], []
    for place, wave, name in _sites(ground):
        with ground.trying(name):
            net = _net(ground, place, wave)
            marked = np.flatnonzero(marks_of(net, mark))
            if not len(marked):
                continue
            one = net.labels[marked[int(np.argmax(centrality.degree(net)[marked]))]]
            capacity = settings.capacity
            found = design.what_if(net, remove=[one], levels=settings.care_level, within=STEPS, capacity=capacity)
            values = {row["measure"]: row for row in rows_of(found.to_frame())}
            split, reach = values["fragmentation"], values[f"reach within {STEPS}"]
            broken.append(len(rows_of(found.broken)))
            over = sum(row["over"] > 0 for row in rows_of(found.loads)) if capacity else "–"
            who = escape(str(one)) if settings.min_count == 1 else "–"
            rows.append(
                [
                    escape(name), who, number(-values["ties"]["difference"]),
                    f"{percent(split['before'])} → {percent(split['after'])}",
                    f"{percent(reach['before'])} → {percent(reach['after'])}", number(broken[-1]),
                    number(over) if capacity else "–",
                ]
            )  # fmt: skip
    header = ["Network", "Who leaves", "Ties lost", "Pairs that can't reach each other", f"Reach within {STEPS}"]
    header += ["Care paths broken", "Then over capacity"]
    text = (
        f"The gatekeeper with most ties leaves. A care path leads from an organisation to a level of care in {STEPS} "
        "steps at most. Over capacity: if others of the same level take over its ties evenly."
    )
    finding = f"If the gatekeeper with most ties leaves, {span(broken)} care paths break." if broken else ""
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=2)}"
    return Section(title="If the busiest gatekeeper leaves", content=content, finding=finding)


def robust(ground: Ground) -> Section:
    """How soon the network falls apart."""
    mark, settings = ground.needed("gatekeeper"), ground.settings
    rows, drawn, halves = [], [], []
    for place, wave, name in _sites(ground):
        with ground.trying(name):
            net = _net(ground, place, wave)
            found = design.robustness(net, order=mark, draws=settings.draws, seed=settings.seed, progress=False)
            n = net.n_actors
            half, by_chance = (int(np.argmax(one < 1 / 2)) for one in (found.largest, found.random[0]))
            halves.append(half / n)
            rows.append([escape(name), f"{half:,} of {n:,}", f"{by_chance:,} of {n:,}", number(found.r)])
            rows[-1] += [number(found.r_random), p_value(found.p_lower)]
            drawn.append(figure(found.plot(), name))
    header = ["Network", "Gone until half is apart", "At random", "R", "R at random", "p"]
    text = (
        "Gatekeepers leave first, those with most ties before others; beside it, organisations leave at random. R: the "
        "mean share of all organisations in the largest part that hangs together. p: how often a random order has as "
        "low an R. Whoever has many ties leaves a large hole: the distance between the curves is what counts."
    )
    gone = f"Once {span(halves, share=True)} of the organisations are gone, gatekeepers first"
    finding = f"{gone}, less than half hang together." if halves else ""
    content = f"<p>{escape(text)}</p>{figures(drawn, large=True)}{table(header, rows, texts=1)}"
    return Section(title="How much hangs on gatekeepers", content=content, finding=finding)


SECTIONS = (
    ("Are the rules met?", met),
    ("Ties lacking, and ties too many", loads),
    ("What would mend it", planned),
    ("If the busiest gatekeeper leaves", losses),
    ("How much hangs on gatekeepers", robust),
)
ANSWERS = ("Are the rules met?", "Ties lacking, and ties too many", "What would mend it")
