"""The chapter on strong relations: how many there are, what holds them together, and how much rests on gatekeepers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import brokerage, change, cohesion, governance, groups, survey
from wholenet._actor_values import marks_of
from wholenet.network import Network
from wholenet.report._cells import figure, figures, interval, number, percent, rows_of, said, span, table
from wholenet.report._chapter import Line, Section, frame_of, lines, p_value, recipes
from wholenet.report._numbers import Asked, kind_in, measured, stability_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.report._ground import Ground

TITLE = "Strong relations"
QUESTION = (
    "How many organisations have strong relations, which hold the network together, do they last, and how many must "
    "the "
    "gatekeepers keep up?"
)
NEEDS = ("contact",)
LEVEL = 0.05
KEY = 3  # how many key players are looked for
ROWS = 45  # of a dendrogram


def _share_active(net: Network) -> float:
    return cohesion.active_actors(net) / net.n_actors if net.n_actors else float("nan")


ASKED = (
    Asked(
        name="organisations with a strong relation",
        measure=_share_active,
        how="Network > Centrality > Degree",
        share=True,
        sampled=False,
        monotone="increasing",
    ),
    Asked(name="isolates", measure="isolates", sampled=False, how="Network > Regions > Components"),
    Asked(name="mean number of strong relations", measure="mean_degree", how="Network > Centrality > Degree"),
    Asked(name="density", measure="density", how="Network > Cohesion > Density"),
)


def _strong(ground: Ground) -> dict[str, Network]:
    return ground.each(ground.strong)


def counted_strong(ground: Ground) -> Section:
    """How many strong relations there are."""
    nets = _strong(ground)
    found = measured(nets, ASKED, ground)
    settings = ground.settings
    active = [one.value for one in found if one.share]
    at_least = "any contact" if settings.frequency is None else f"contact of {settings.frequency:g} or more"
    both = ", reported by both sides where both answered" if settings.reciprocal else ", reported by either side"
    kinds = f", with {settings.kinds} or more other relations" if settings.kinds else ""
    text = f"A relation is strong here if there is {at_least}{both}{kinds}. Other definitions follow below."
    if settings.one_report == "use" and any(net.missing.share for net in nets.values()):
        text += (
            " Where one side did not answer, the other's report stands for both. Two things then work against each "
            "other: nobody can deny the contact (too many), and only one side tells of the other relations (too few)."
            " The range 'had all answered' varies only pairs without any report."
        )
    ties = {name: net.n_ties for name, net in nets.items()}
    finding = f"{span(active, share=True)} of the organisations have at least one strong relation."
    content = f"<p>{escape(text)}</p>{lines(found, ground)}"
    content += f"<p>Strong relations: {escape('; '.join(f'{name}: {count}' for name, count in ties.items()))}.</p>"
    content += recipes({name: net.recipe for name, net in nets.items()})
    return Section(
        title="How many", content=content, finding=finding, tables={"numbers": frame_of(found, kind_in(ground))}
    )


def definitions(ground: Ground) -> Section:
    """How much the conclusions depend on what a strong relation is."""
    settings = ground.settings
    names = ["share_with_strong_tie", *(["load_ratio"] if settings.gatekeeper else [])]
    tables: dict[str, Any] = {}
    drawn: list[str] = []
    told: list[str] = []
    for place in ground.places:
        with ground.trying(ground.name(place)):
            waves = ground.waves(place)
            study = ground.part(place)
            found = survey.strong_grid(
                study, [*names, *(["stability"] if len(waves) > 1 else [])], contact=ground.needed("contact"),
                one_report=settings.one_report, mark=settings.gatekeeper, relation=str(settings.relation),
                wave=str(settings.wave or "wave"),
            )  # fmt: skip
            rows = rows_of(found.to_frame())
            shares = [row["value"] for row in rows if row["conclusion"] == names[0]]
            told.append(f"{ground.name(place)} {span(shares, share=True)}")
            tables[f"definitions_{len(drawn)}"] = found.to_frame()
            drawn.append(figure(found.plot(), ground.name(place)))
    text = (
        "The same conclusions for every combination of cut-offs: how frequent the contact must be, whether both "
        "sides must "
        "report it, and how many other relations it must have."
    )
    finding = (
        f"How many organisations have a strong relation depends on the definition: {'; '.join(told)} over all cut-offs "
        "tried."
    )
    content = f"<p>{escape(text)}</p>{figures(drawn, large=True)}"
    return Section(title="Other definitions", content=content, finding=finding, tables=tables)


def lasting(ground: Ground) -> Section:
    """Whether strong relations last, of gatekeepers and of others."""
    settings, found = ground.settings, []
    if not ground.spans:
        return Section(title="Do they last?", content="<p>There is one wave: nothing can be said.</p>")
    gone: dict[str, list[float]] = {}
    for place, before, after in ground.spans:
        with ground.trying(ground.period(place, before, after)):
            first, second = change.common(ground.strong(place, before), ground.strong(place, after))
            name = f"{ground.name(place)}, {before} → {after}"
            stable = change.stability(
                first,
                second,
                permutations=settings.permutations,
                confidence=settings.confidence,
                seed=settings.seed,
                progress=False,
            )
            found += stability_lines(name, stable)
            parts = _ends(first, settings.gatekeeper) if settings.gatekeeper is not None else {}
            for kind, keep in parts.items():
                with ground.trying(f"{name}, {kind}"):
                    line = _gone(name, kind, _only(first, keep), _only(second, keep), ground)
                    gone.setdefault(kind, []).append(line.value)
                    found.append(line)
    shares = "; ".join(f"{kind}: {span(values, share=True)}" for kind, values in gone.items())
    finding = f"Of the strong relations of the first wave, these were gone in the second: {shares}." if gone else ""
    return Section(title="Do they last?", content=lines(found, ground), finding=finding)


def _gone(name: str, kind: str, first: Network, second: Network, ground: Ground) -> Line:
    """The share of ties that are gone, with its interval."""
    settings = ground.settings
    part = change.stability(
        first, second, permutations=2, confidence=settings.confidence, seed=settings.seed, progress=False,
    )  # fmt: skip
    return Line(
        network=name, measure=f"gone, {kind}", value=part.dissolution, share=True, lower=part.dissolution_lower,
        upper=part.dissolution_upper, how="share of the ties of the first wave (jackknife over actors)",
    )  # fmt: skip


def cohesive(ground: Ground) -> Section:
    """Lambda sets: who stay connected when ties are lost."""
    rows, drawn, tops = [], [], []
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            net = ground.strong(place, wave)
            found = groups.lambda_sets(net, progress=False)
            top = rows_of(found.to_frame())
            if not top:
                continue
            first = top[0]
            rows.append(
                [escape(ground.name(place, wave)), number(len(top)), number(first["level"]), number(first["size"])]
            )
            if wave == ground.waves(place)[-1]:
                drawn.append(
                    figure(
                        found.plot(mark=_marks(net, ground.settings.gatekeeper), least=_least(net)),
                        ground.name(place, wave),
                    )
                )
                inside = [row for row in top if row["size"] >= KEY]
                if inside:
                    tops.append(f"{inside[0]['size']} organisations of {ground.name(place)} (λ {inside[0]['level']:g})")
    text = (
        "The members of a lambda set have more paths without common ties to each other than to anybody outside: λ is "
        "how "
        "many ties must go before two of them are cut off from each other."
    )
    header = ["Network", "Lambda sets", "Highest λ", "Size of that set"]
    how = "UCINET: Network > Subgroups > Lambda sets."
    content = f"<p>{escape(text)} {escape(how)}</p>{table(header, rows, texts=1)}{figures(drawn, large=True)}"
    finding = f"The strongest cores of three or more: {said(tops)}." if tops else ""
    return Section(title="Lambda sets", content=content, finding=finding)


def _ends(net: Network, mark: str) -> dict[str, NDArray[np.bool_]]:
    """The dyads with a gatekeeper at an end, and the others."""
    marked = marks_of(net, mark)
    either = marked[:, None] | marked[None, :]
    return {"with a gatekeeper": either, "among others": ~either}


def _only(net: Network, keep: NDArray[np.bool_]) -> Network:
    """The network of some dyads; the others count as not observed."""
    cells = np.where(keep, net.to_matrix(), np.nan)
    np.fill_diagonal(cells, 0)
    return Network.from_matrix(cells, net.actors, directed=net.directed)


def _least(net: Network) -> float:
    """The lowest λ from which a picture has room for the organisations."""
    others = ~np.eye(net.n_actors, dtype=bool)
    highest = np.sort(cohesion.edge_connectivity(net, progress=False).max(axis=1, where=others, initial=0))
    return float(highest[-ROWS - 1] + 1) if len(highest) > ROWS else 1.0


def _marks(net: Network, mark: str | None) -> Any:
    return None if mark is None else marks_of(net, mark)


def load(ground: Ground) -> Section:
    """How many strong relations gatekeepers keep up."""
    mark, settings = ground.needed("gatekeeper"), ground.settings
    rows, ratios, shares, sure = [], [], [], 0
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            found = governance.load(
                ground.strong(place, wave), mark=mark, capacity=settings.capacity, permutations=settings.permutations,
                confidence=settings.confidence, seed=settings.seed, progress=False,
            )  # fmt: skip
            row = rows_of(found.to_frame())[0]
            ratios.append(row["ratio"])
            shares.append(row["share_of_ties"])
            sure += row["lower"] > 1
            rows.append(
                [
                    escape(ground.name(place, wave)), number(row["mean_marked"]), number(row["mean_others"]),
                    f"{number(row['ratio'])} ({interval(row['lower'], row['upper'])})", p_value(row["p"]),
                    percent(row["share_of_ties"]), number(row["over_capacity"]) if settings.capacity else "–",
                ]
            )  # fmt: skip
    header = ["Network", "Gatekeepers", "Others", "Ratio (interval)", "p", "Share of ties held", "Over capacity"]
    finding = (
        f"A gatekeeper keeps up {span(ratios)} times as many strong relations as another organisation; "
        f"{span(shares, share=True)} of all strong relations have a gatekeeper at an end. The interval of the ratio "
        f"lies above 1 in {sure} of {len(rows)} networks."
    )
    text = (
        "Mean number of strong relations of gatekeepers and of others; the share of ties with a gatekeeper at an end."
    )
    return Section(
        title="The load of gatekeepers", content=f"<p>{escape(text)}</p>{table(header, rows, texts=1)}", finding=finding
    )


def critical(ground: Ground) -> Section:
    """Critical ties, removal of gatekeepers, and key players."""
    settings, rows, players, serious = ground.settings, [], [], 0
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            net = ground.strong(place, wave)
            ties = rows_of(cohesion.critical_ties(net, progress=False))
            bridges = sum(row["bridge"] for row in ties)
            cells = [escape(ground.name(place, wave)), number(len(ties)), number(bridges)]
            cells += [number(cohesion.fragmentation(net, progress=False))]
            if settings.gatekeeper is not None:
                found = brokerage.removal(
                    net, actors=settings.gatekeeper, draws=settings.draws, seed=settings.seed, progress=False
                )
                after = rows_of(found.to_frame())[-1]
                serious += after["p_fragmentation"] < LEVEL
                cells += [number(after["fragmentation"]), p_value(after["p_fragmentation"])]
            rows.append(cells)
            key = brokerage.key_players(net, size=KEY, criterion="fragmentation", progress=False)
            players.append(
                [
                    escape(ground.name(place, wave)),
                    escape(", ".join(map(str, key.members))),
                    number(key.value) + ("" if key.exact else " (found by exchanges)"),
                ]
            )
    header = ["Network", "Ties", "Bridges", "Fragmentation"]
    header += ["Without gatekeepers", "p"] if settings.gatekeeper is not None else []
    text = (
        "A bridge is a tie whose loss splits the network. Fragmentation: the share of pairs that no path joins. p: how "
        "often the removal of as many organisations drawn at random splits it as much."
    )
    title = f"The {KEY} organisations whose loss splits the network most (UCINET: Key player)"
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=1)}"
    content += table(["Network", title, "Fragmentation without them"], players, texts=2)
    finding = ""
    if settings.gatekeeper is not None:
        finding = (
            f"Without its gatekeepers {serious} of {len(rows)} networks would demonstrably fall apart more than "
            "without "
            "as many others."
        )
    return Section(title="What holds the network together", content=content, finding=finding)


SECTIONS = (
    ("How many", counted_strong),
    ("Other definitions", definitions),
    ("Do they last?", lasting),
    ("Lambda sets", cohesive),
    ("The load of gatekeepers", load),
    ("What holds the network together", critical),
)
ANSWERS = ("How many", "Do they last?", "The load of gatekeepers")
