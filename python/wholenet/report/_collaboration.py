"""The chapter on collaboration across sectors: differentiation, integration, and who is prominent in referral."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import centrality, cohesion, inference, mixing
from wholenet.report._cells import figure, figures, folded, interval, number, rows_of, said, span, table, words_of
from wholenet.report._chapter import Line, Section, frame_of, lines, p_value, recipes
from wholenet.report._groups import density_map, shown
from wholenet.report._numbers import Asked, kind_in, measured, plain

if TYPE_CHECKING:
    from wholenet.network import Network
    from wholenet.report._ground import Ground

TITLE = "Collaboration across sectors"
QUESTION = (
    "Who takes part (differentiation), how are they connected (integration), who is prominent in the referral of "
    "clients, and do those who are meant to link others have a central position?"
)
NEEDS = ("contact", "sector")
LEVEL = 0.05
TOP = 10
FIRST = 5

CONTACTS = (
    Asked(name="mean number of contacts", measure="mean_degree", how="Network > Centrality > Degree"),
    Asked(name="density", measure="density", how="Network > Cohesion > Density"),
    Asked(
        name="degree centralization",
        measure=partial(cohesion.centralization, measure="degree"),
        how="Network > Centrality > Degree",
    ),
)


def _contacts(ground: Ground) -> dict[str, Network]:
    return ground.each(ground.contact)


def composition(ground: Ground) -> Section:
    """Organisations by sector and by level of care."""
    nets = _contacts(ground)
    content, parts = "", []
    for by in (ground.needed("sector"), ground.settings.care_level):
        if by is None:
            continue
        counted = [
            {"network": name, "group": row["group"], "actors": row["actors"]}
            for name, net in nets.items()
            for row in rows_of(mixing.composition(net, by=by))
        ]
        found, note = shown(counted, by="group", count="actors", least=ground.settings.min_count)
        cells = {(row["group"], row["network"]): row["actors"] for row in found}
        groups = sorted({row["group"] for row in found}, key=str)
        rows = [[escape(str(group)), *(number(cells.get((group, name), 0)) for name in nets)] for group in groups]
        rows.append(["<i>Blau's index</i>", *(number(mixing.blau(net, by=by)) for net in nets.values())])
        rows.append(["<i>IQV</i>", *(number(mixing.iqv(net, by=by)) for net in nets.values())])
        content += table([words_of(by), *nets], rows, texts=1, caption=f"Organisations by {words_of(by)}") + note
        content += f"<p>{escape(_alike(ground, by))}</p>"
        parts.append(f"{len(groups)} groups by {words_of(by)}")
    text = (
        "Blau's index is the chance that two organisations drawn at random differ; IQV is its share of the highest "
        "value that so many groups allow."
    )
    sizes = [net.n_actors for net in nets.values()]
    finding = f"The networks have {span(sizes)} organisations in {said(parts)}."
    return Section(title="Composition", content=f"{content}<p>{escape(text)}</p>", finding=finding)


def _alike(ground: Ground, by: str) -> str:
    """Whether places are composed alike, in words."""
    first: dict[str, Network] = {}
    for place in ground.places:
        with ground.trying(ground.name(place)):
            first[ground.name(place)] = ground.contact(place, ground.waves(place)[0])
    if len(first) <= 1:
        return ""
    test = inference.composition_test(
        first, by=by, permutations=ground.settings.permutations, seed=ground.settings.seed, progress=False
    )
    told = "differ in composition" if test.p_chi_square < LEVEL else "do not differ demonstrably in composition"
    return (
        f"By {words_of(by)}, the places {told} (Cramér's V {test.cramers_v:.2f}, permutation p "
        f"{p_value(test.p_chi_square)}, in the "
        "first wave)."
    )


def contacts(ground: Ground) -> Section:
    """How many contacts organisations have."""
    found = measured(_contacts(ground), CONTACTS, ground)
    known = [one for one in found if one.measure == CONTACTS[0].name and not np.isnan(one.value)]
    means = [round(one.value) for one in known]
    wide = max((one.upper - one.lower for one in known), default=np.nan)
    text = (
        "A contact is there when either side reports one. Intervals: vertex bootstrap, as if these organisations were "
        "drawn from others like them."
    )
    content = f"<p>{escape(text)}</p>{lines(found, ground)}"
    content += recipes({name: net.recipe for name, net in _contacts(ground).items()})
    finding = (
        f"An organisation is in contact with {span(means)} others on average (intervals are up to {wide:.0f} wide)."
    )
    return Section(
        title="Contacts", content=content, finding=finding, tables={"contacts": frame_of(found, kind_in(ground))}
    )


def sectors(ground: Ground) -> Section:
    """Ties within and between sectors: E-I, and densities as a heat map."""
    by, settings = ground.needed("sector"), ground.settings
    found, drawn = [], []
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            net, name = ground.contact(place, wave), ground.name(place, wave)
            test = inference.ei_test(net, by=by, permutations=settings.permutations, seed=settings.seed, progress=False)
            found.append(
                Line(
                    network=name, measure="E-I index", value=test.estimate, expected=float(np.mean(test.distribution)),
                    p=test.p_two_sided, observed=net.missing.observed, how="Network > Cohesion > E-I index",
                )
            )  # fmt: skip
            if wave == ground.waves(place)[-1]:
                drawn.append(figure(density_map(net, by, settings.min_count), name))
    lower = [one for one in found if one.p < LEVEL and one.value < one.expected]
    text = (
        "E-I: ties across sectors minus ties within, ÷ all ties. It is high by itself where there are many small "
        "sectors; so compare it with what permuted sectors give. The heat maps show densities between sectors in the "
        "last wave, as a multiple of the density of the whole network."
    )
    finding = (
        f"In {len(lower)} of {len(found)} networks organisations keep demonstrably more to their own sector than if "
        "sectors did not matter."
    )
    content = f"<p>{escape(text)}</p>{lines(found, ground)}{figures(drawn, large=True)}"
    return Section(title="Within and between sectors", content=content, finding=finding)


# Referral -------------------------------------------------------------------------------------------------

POSITIONS: dict[str, Any] = {
    "in-degree": partial(centrality.degree, mode="in"),
    "reach in two steps": partial(centrality.reach, k=2, mode="in"),
    "betweenness": centrality.betweenness,
}


def referral(ground: Ground) -> Section:
    """Who is prominent in client referral, with the uncertainty of their rank."""
    settings = ground.settings
    drawn, firsts = [], []
    tables: dict[str, Any] = {}
    for place in ground.places:
        with ground.trying(ground.name(place)):
            wave = ground.waves(place)[-1]
            net = plain(ground.net(place, wave, ground.needed("referral")))
            ranks = inference.rank_intervals(
                net, POSITIONS, draws=settings.draws, confidence=settings.confidence, top=TOP, seed=settings.seed,
                progress=False,
            )  # fmt: skip
            rows = rows_of(ranks.to_frame())
            best = min((row for row in rows if row["measure"] == "in-degree"), key=lambda row: row["rank"])
            low, high = best["lower"], best["upper"]
            firsts.append(f"{best['actor']} in {ground.name(place)} (rank {interval(low, high)})")
            drawn.append(figure(ranks.plot(), ground.name(place, wave)) + _first(rows, ground.name(place, wave)))
            tables[f"ranks_{len(drawn)}"] = ranks.to_frame()
    text = (
        f"Ranks in the referral of clients in the last wave, with {settings.confidence:.0%} bootstrap intervals. "
        "Where intervals overlap, the order of two organisations is not settled. In-degree counts who reports to refer "
        "to an organisation; betweenness reads the ties of those who did not answer as absent."
    )
    finding = f"Most often named in referral: {said(firsts)}."
    content = f"<p>{escape(text)}</p>{figures(drawn, large=True)}"
    return Section(title="Prominence in client referral", content=content, finding=finding, tables=tables)


def _first(rows: list[dict[str, Any]], name: str) -> str:
    """The first few by each measure of position."""
    cells = [
        [
            escape(measure), escape(str(row["actor"])), number(row["value"]),
            f"{number(row['rank'])} ({interval(row['lower'], row['upper'])})",
        ]
        for measure in POSITIONS
        for row in sorted((row for row in rows if row["measure"] == measure), key=lambda row: row["rank"])[:FIRST]
    ]  # fmt: skip
    header = ["Measure", "Organisation", "Value", "Rank (interval)"]
    return folded(f"{name}: first in reach and betweenness", table(header, cells, texts=2, grouped=True))


def linking(ground: Ground) -> Section:
    """Whether linking organisations and gatekeepers are more central than their sector would make them."""
    settings, rows = ground.settings, []
    tally: dict[str, list[bool]] = {}
    marks = {"linking organisations": settings.linking, "gatekeepers": settings.gatekeeper}
    asked = {words: mark for words, mark in marks.items() if mark is not None}
    for words, mark in (asked or {"linking organisations": ground.needed("linking")}).items():
        for place, wave in ground.sites:
            with ground.trying(ground.name(place, wave)):
                net = plain(ground.net(place, wave, ground.needed("referral")))
                test = inference.prominence(
                    net, POSITIONS["in-degree"], mark=mark, within=ground.needed("sector"),
                    permutations=settings.permutations, seed=settings.seed, progress=False,
                )  # fmt: skip
                rows.append(
                    [
                        escape(ground.name(place, wave)), escape(words), number(test.estimate[0]),
                        number(test.expected[0]),
                        p_value(test.p_upper[0]),
                    ]
                )  # fmt: skip
                tally.setdefault(words, []).append(test.p_upper[0] < LEVEL)
    header = ["Network", "Marked", "Lead over others of their sector", "Expected", "p"]
    text = (
        "The in-degree in referral of the organisations marked, minus that of others in their own sector; p: how often "
        "marks put at random within sectors give as much."
    )
    parts = [f"{words} in {sum(found)} of {len(found)} networks" for words, found in tally.items()]
    finding = f"Demonstrably more often named in referral than their sector would make them: {said(parts)}."
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=2)}"
    return Section(title="Linking organisations and gatekeepers", content=content, finding=finding)


SECTIONS = (
    ("Composition", composition),
    ("Contacts", contacts),
    ("Within and between sectors", sectors),
    ("Prominence in client referral", referral),
    ("Linking organisations and gatekeepers", linking),
)
ANSWERS = ("Contacts", "Linking organisations and gatekeepers")
