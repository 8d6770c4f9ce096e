"""The chapter on who answered, and what becomes of conclusions when the silent are treated otherwise."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import survey
from wholenet.report._cells import figure, figures, folded, number, percent, rows_of, span, table
from wholenet.report._chapter import Section, recipes
from wholenet.report._groups import shown
from wholenet.report._numbers import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wholenet.network import Network
    from wholenet.report._ground import Ground

TITLE = "Who answered, and what that leaves open"
QUESTION = (
    "How many organisations answered, do the two reports of a relation agree, and how much do conclusions depend on "
    "how missing answers are treated?"
)
NEEDS = ("contact",)


def answered(ground: Ground) -> Section:
    """Response by place and wave, and by group."""
    nets = ground.each(partial(_contact, ground))
    overall = {name: rows_of(survey.response(net))[0] for name, net in nets.items()}
    rows = [
        [escape(name), number(row["actors"]), number(row["answered"]), percent(row["response"])]
        for name, row in overall.items()
    ]
    content = table(["Network", "Organisations", "Answered", "Response"], rows, texts=1)
    for by in (ground.settings.sector, ground.settings.gatekeeper):
        if by is not None:
            content += folded(f"By {by}", _by(nets, by, ground.settings.min_count))
    shares = [row["response"] for row in overall.values()]
    finding = (
        f"{span(shares, share=True)} of the organisations answered. What the others would have said is not known, "
        "and is nowhere read as 'no'."
    )
    return Section(title="Who answered", content=content, finding=finding)


def _by(nets: Mapping[str, Network], by: str, least: int) -> str:
    """Response in each group: rows are groups, columns are networks."""
    found = [
        {"network": name, "group": str(row["group"]), "actors": row["actors"], "answered": row["answered"]}
        for name, net in nets.items()
        for row in rows_of(survey.response(net, by=by))
    ]
    rows, note = shown(found, by="group", count="actors", values=("answered",), least=least)
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        known = "–" if row["actors"] is None else f"{row['answered']} of {row['actors']}"
        cells.setdefault(row["group"], {})[row["network"]] = known
    lines = [[escape(group), *(escape(one.get(name, "–")) for name in nets)] for group, one in cells.items()]
    return table([by, *nets], lines, texts=1) + note


def agreement(ground: Ground) -> Section:
    """How far the two reports of a relation agree."""
    rows, shares = [], []
    for name, net in ground.each(partial(_contact, ground)).items():
        if not net.directed:
            continue
        row = rows_of(survey.reports(net))[0]
        shares.append(row["agreement_on_ties"])
        numbers = [row[name] for name in ("two_reports", "one_report", "no_report")]
        rows.append(
            [
                escape(name),
                *map(number, numbers),
                percent(row["agreement"]),
                percent(row["agreement_on_ties"]),
                number(row["kappa"]),
            ]
        )
    header = ["Network", "Two reports", "One", "None", "Agree", "Agree on a tie", "Kappa"]
    text = (
        f"Pairs of organisations by how many reports of '{ground.needed('contact')}' there are; of those with two, "
        "the share on which both say the same, and of those with a tie by either report, the share that both report."
    )
    finding = (
        f"Where both sides answered, {span(shares, share=True)} of the contacts that one reports are confirmed by the "
        "other."
    )
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=1)}"
    return Section(title="Do two reports agree?", content=content, finding=finding)


def treated(ground: Ground) -> Section:
    """Density under each treatment of those who did not answer."""
    drawn, findings = [], []
    tables: dict[str, Any] = {}
    for place in ground.places:
        with ground.trying(ground.name(place)):
            wave = ground.waves(place)[-1]
            net = plain(_contact(ground, place, wave))
            compared = survey.treatments(
                net,
                "density",
                by=ground.needed("sector"),
                draws=ground.settings.imputations,
                seed=ground.settings.seed,
            )
            rows = [row for row in rows_of(compared.to_frame()) if row["value"] == row["value"]]
            name = ground.name(place, wave)
            drawn.append(figure(compared.plot(width=480), name))
            tables[f"treatments_{len(drawn)}"] = compared.to_frame()
            values = [row["value"] for row in rows]
            findings.append(f"{name}: {span(values)}")
    finding = (
        f"The density of reported contact depends on the treatment ({'; '.join(findings)}), so every number below says "
        "what it rests on."
    )
    text = (
        "The density of contact when those who did not answer are treated in different ways. The band: whatever they "
        "had answered, it lies there."
    )
    content = f"<p>{escape(text)}</p>{figures(drawn)}"
    content += recipes({name: net.recipe for name, net in ground.each(partial(_contact, ground)).items()})
    return Section(title="How much depends on the treatment", content=content, finding=finding, tables=tables)


def _contact(ground: Ground, place: Any, wave: Any) -> Network:
    return ground.net(place, wave, ground.needed("contact"))


SECTIONS = (
    ("Who answered", answered),
    ("Do two reports agree?", agreement),
    ("How much depends on the treatment", treated),
)
ANSWERS = ("Who answered", "How much depends on the treatment")
