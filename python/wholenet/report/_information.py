"""The chapter on information flows: how dense, how centralised, how alike, and which relations go together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING, Any

from wholenet import change, cohesion, inference, multiplex
from wholenet.report._cells import interval, number, rows_of, said, span, table
from wholenet.report._chapter import Section, frame_of, lines, p_value, recipes
from wholenet.report._numbers import QAP, Asked, kind_in, measured, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wholenet.network import Network
    from wholenet.report._ground import Ground

TITLE = "Information flows"
QUESTION = (
    "How is information exchanged, are relations, places and waves equally dense and equally centralised, and how does "
    "the structure of one kind of information differ from that of another?"
)
NEEDS = ("information",)
LEVEL = 0.05

ASKED = (
    Asked(name="density", measure="density", how="Network > Cohesion > Density"),
    Asked(
        name="in-degree centralization",
        measure=partial(cohesion.centralization, measure="degree", mode="in"),
        how="Network > Centrality > Degree",
    ),
)


def _flows(ground: Ground, place: Any, wave: Any) -> dict[str, Network]:
    return {name: plain(ground.net(place, wave, name)) for name in ground.needed("information")}


def structure(ground: Ground) -> Section:
    """Density and centralization of every kind of information, place and wave."""
    nets = {}
    for place, wave in ground.sites:
        for name in ground.needed("information"):
            with ground.trying(ground.name(place, wave, name)):
                nets[ground.name(place, wave, name)] = plain(ground.net(place, wave, name))
    found = measured(nets, ASKED, ground)
    parts = []
    for name in ground.needed("information"):
        values = [one.value for one in found if one.network.endswith(f", {name}") and one.measure == "density"]
        parts.append(f"{name} {span(values)}")
    content = lines(found, ground) + recipes({name: net.recipe for name, net in nets.items()})
    tables = {"structure": frame_of(found, kind_in(ground))}
    return Section(
        title="Density and centralization", content=content, finding=f"Density: {'; '.join(parts)}.", tables=tables
    )


def differences(ground: Ground) -> Section:
    """How the structure of one kind of information differs from that of another."""
    settings, rows = ground.settings, []
    tables: dict[str, Any] = {}
    tally: dict[str, list[tuple[bool, float]]] = {}
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            found = multiplex.structures(
                _flows(ground, place, wave), draws=settings.draws, confidence=settings.confidence, seed=settings.seed,
                progress=False,
            ).to_frame()  # fmt: skip
            tables[f"differences_{len(tables)}"] = found
            for row in rows_of(found):
                rows.append(
                    [
                        escape(ground.name(place, wave)), escape(f"{row['x']} − {row['y']}"), escape(row["statistic"]),
                        number(row["first"]), number(row["second"]), number(row["difference"]),
                        interval(row["lower"], row["upper"]), p_value(row["p_holm"]),
                    ]
                )  # fmt: skip
                kind = row["statistic"]
                tally.setdefault(kind, []).append((row["p_holm"] < LEVEL, row["difference"]))
    header = ["Network", "Relations", "Statistic", "First", "Second", "Difference", "Interval", "p (Holm)"]
    text = (
        "Both relations are measured on the same organisations, so the draws are paired. UCINET: Network > Compare "
        "densities "
        "> Paired (same node)."
    )
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=3, grouped=True)}"
    return Section(
        title="One kind of information beside another", content=content, finding=_differ(tally), tables=tables
    )


def _differ(tally: dict[str, list[tuple[bool, float]]]) -> str:
    """In how many networks the structures differ, in words."""
    parts = [f"{kind} in {sum(sure for sure, _ in found)} of {len(found)} networks" for kind, found in tally.items()]
    return f"Kinds of information differ demonstrably in {said(parts)}." if parts else ""


def between(ground: Ground) -> Section:
    """Whether waves and places are equally dense, and equally centralised."""
    rows: list[list[str]] = []
    sure = {"waves": [0, 0], "places": [0, 0]}
    for kind, where, one, other, pair in _comparisons(ground):
        with ground.trying(f"{where}, {one} and {other}"):
            x, y = pair()
            for found in _compared(x, y, ground, paired=kind == "waves"):
                sure[kind][0] += found.p_two_sided < LEVEL
                sure[kind][1] += 1
                rows.append(
                    [
                        escape(where), escape(f"{one} and {other}"), escape(found.name), number(found.first),
                        number(found.second), number(found.difference), interval(found.lower, found.upper),
                        p_value(found.p_two_sided),
                    ]
                )  # fmt: skip
    header = ["Network", "Compared", "Statistic", "First", "Second", "Difference", "Interval", "p"]
    text = (
        "Waves are compared over the organisations that are in both (paired); places have different organisations and "
        "are compared as separate samples, in their first wave. UCINET: Network > Compare densities."
    )
    parts = [f"between {kind} in {one} of {all_} comparisons" for kind, (one, all_) in sure.items() if all_]
    finding = f"Density and centralization differ demonstrably {said(parts)}." if parts else ""
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=3, grouped=True)}"
    return Section(title="Waves and places", content=content, finding=finding)


Pair = tuple[str, str, Any, Any, "Callable[[], tuple[Network, Network]]"]


def _comparisons(ground: Ground) -> Iterator[Pair]:
    """What is compared with what: two waves of a place, and two places; networks are looked up when asked for."""
    for relation in ground.needed("information"):
        for place, before, after in ground.spans:
            nets = partial(ground.net, place, relation=relation)
            yield "waves", ground.name(place, None, relation), before, after, partial(_both_waves, nets, before, after)
        for one, other in combinations(ground.places, 2):
            first = partial(_first_waves, ground, one, other, relation)
            yield "places", relation, ground.name(one), ground.name(other), first


def _both_waves(nets: Callable[..., Network], before: Any, after: Any) -> tuple[Network, Network]:
    return change.common(plain(nets(wave=before)), plain(nets(wave=after)))


def _first_waves(ground: Ground, one: Any, other: Any, relation: str) -> tuple[Network, Network]:
    x, y = (plain(ground.net(place, ground.waves(place)[0], relation)) for place in (one, other))
    return x, y


def _compared(x: Network, y: Network, ground: Ground, *, paired: bool) -> list[inference.NetworkComparison]:
    """Compare each measure; those of the same actors share their draws."""
    settings = ground.settings
    options: dict[str, Any] = {
        "draws": settings.draws,
        "confidence": settings.confidence,
        "seed": settings.seed,
        "progress": False,
    }
    if paired:
        found = multiplex.structures({"x": x, "y": y}, {one.name: one.measure for one in ASKED}, **options)
        return list(found.comparisons)
    return [
        replace(inference.compare_networks(x, y, one.measure, paired=False, **options), name=one.name) for one in ASKED
    ]


def correlations(ground: Ground) -> Section:
    """QAP correlations between relations, and between waves."""
    settings, names = ground.settings, ground.needed("information")
    cells: dict[str, dict[str, str]] = {}
    alike: list[float] = []
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            nets = {name: plain(net) for name, net in ground.relations(place, wave).items()}
            matrix = inference.qap_matrix(nets, permutations=settings.permutations, seed=settings.seed, progress=False)
            for row in rows_of(matrix.to_frame()):
                told = f"{number(row['estimate'])} ({p_value(row['p'])})"
                cells.setdefault(f"{row['x']} and {row['y']}", {})[ground.name(place, wave)] = told
                alike += [row["estimate"]] if row["x"] in names and row["y"] in names else []
    content = f"<p>{escape(f'Correlations, with p in brackets. UCINET: {QAP}.')}</p>{_crossed('Relations', cells)}"
    lasting = _lasting(ground)
    content += _crossed("Between waves", lasting) if lasting else ""
    finding = f"The QAP correlation between kinds of information is {span(alike)}." if alike else ""
    return Section(title="Which relations are alike", content=content, finding=finding)


def _lasting(ground: Ground) -> dict[str, dict[str, str]]:
    """QAP correlations between the waves of each relation."""
    settings = ground.settings
    cells: dict[str, dict[str, str]] = {}
    for place, before, after in ground.spans:
        for name in ground.relations(place, before):
            with ground.trying(f"{ground.period(place, before, after)}, {name}"):
                pair = _both_waves(partial(ground.net, place, relation=name), before, after)
                test = inference.qap_correlation(
                    *pair, permutations=settings.permutations, seed=settings.seed, progress=False
                )
                told = f"{number(test.estimate)} ({p_value(test.p_two_sided)})"
                cells.setdefault(name, {})[ground.period(place, before, after)] = told
    return cells


def _crossed(corner: str, cells: dict[str, dict[str, str]]) -> str:
    """A table with a row for each entry and a column for each network."""
    columns = list(dict.fromkeys(name for of in cells.values() for name in of))
    rows = [[escape(row), *(escape(of.get(name, "–")) for name in columns)] for row, of in cells.items()]
    return table([corner, *columns], rows, texts=1)


def together(ground: Ground) -> Section:
    """Multiplexity: how many types of relation a tie has, and which come together."""
    settings, rows, several = ground.settings, [], []
    for place, wave in ground.sites:
        with ground.trying(ground.name(place, wave)):
            nets = ground.relations(place, wave)
            kinds = {name: net for name, net in nets.items() if name != settings.contact}
            types = rows_of(multiplex.types_per_tie(nets))
            several.append(sum(row["share"] for row in types if row["types"] > 1))
            found = multiplex.cooccurrence(
                kinds, permutations=settings.permutations, seed=settings.seed, progress=False
            )
            rows += [
                [
                    escape(ground.name(place, wave)), escape(f"{row['x']} with {row['y']}"), number(row["both"]),
                    number(row["expected"]), number(row["ratio"]), p_value(row["p_holm"]),
                ]
                for row in rows_of(found.to_frame())
            ]  # fmt: skip
    text = (
        "Together: how many pairs have both relations; expected: as many as if one relation were placed on the "
        "organisations at random (QAP). UCINET: Network > Multiplex."
    )
    header = ["Network", "Relations", "Together", "Expected", "Ratio", "p (Holm)"]
    finding = f"{span(several, share=True)} of the tied pairs have more than one type of relation."
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=2, grouped=True)}"
    return Section(title="Which relations come together", content=content, finding=finding)


SECTIONS = (
    ("Density and centralization", structure),
    ("One kind of information beside another", differences),
    ("Waves and places", between),
    ("Which relations are alike", correlations),
    ("Which relations come together", together),
)
ANSWERS = ("One kind of information beside another", "Which relations are alike")
