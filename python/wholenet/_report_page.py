"""The page of a study's report: one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _core, _frames, draw, mixing
from wholenet._checks import unvalued
from wholenet._report_style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.change import TieChange
    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["render"]

TOP = 10
LISTED = 12

GLANCE = {
    "actors": "Actors",
    "non_respondents": "Did not answer",
    "ties": "Ties",
    "share_unobserved": "Unobserved dyads",
    "density": "Density",
    "mean_degree": "Mean degree",
    "isolates": "Isolates",
    "reciprocity": "Reciprocity",
    "transitivity": "Transitivity",
    "average_distance": "Distance",
    "centralization_in": "Central. in",
    "centralization_out": "Central. out",
}
SHARES = {"share_unobserved"}

NOTES = (
    (
        "Density",
        "ties as a share of the observed dyads (ordered pairs of actors where ties have a direction).",
    ),
    (
        "Mean degree",
        "density × (n − 1): the mean number of ties that an actor sends (and receives), as far as observed.",
    ),
    ("Reciprocity", "share of the ties that are returned, among pairs observed both ways."),
    ("Transitivity", "share of two-step paths i → j → k with a tie i → k."),
    ("Distance", "mean number of steps between actors joined by a path."),
    (
        "Centralization",
        "Freeman: summed lead of the actor with the most ties, ÷ the most that a network of this size can have.",
    ),
    (
        "Betweenness",
        "number of shortest paths between others that pass through an actor (shares where there are several).",
    ),
    (
        "Not observed",
        (
            "ties that an actor who did not answer may have. Densities, reciprocity and change leave these dyads "
            "out; measures that follow paths read them as absent, and so understate."
        ),
    ),
    (
        "Change",
        (
            "over actors in both waves and dyads observed in both: kept ÷ (kept + dissolved + new) is Jaccard's index; "
            "dissolved ÷ (kept + dissolved) the share of ties gone. Part of an apparent loss is measurement: a tie "
            "that one wave's respondent forgets looks dissolved."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the names in a study's keys lay out its report."""

    by: tuple[str, ...]
    wave: str | None
    places: tuple[str, ...]
    layers: tuple[str, ...]

    @classmethod
    def of(cls, study: Study, wave: str | None) -> Plan:
        """Names whose values share their actors are layers of one place; the others are places."""
        keys = {_values(key): set(net.labels.tolist()) for key, net in study.items()}
        layers = tuple(name for place, name in enumerate(study.by) if name != wave and _shares_actors(keys, place))
        places = tuple(name for name in study.by if name != wave and name not in layers)
        return cls(study.by, wave, places, layers)

    def part(self, key: Any, names: Sequence[str]) -> tuple[Any, ...]:
        """The values of some names in a key."""
        return tuple(_values(key)[self.by.index(name)] for name in names)


def _values(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _shares_actors(keys: Mapping[tuple[Any, ...], set[Any]], place: int) -> bool:
    """Whether networks that differ in one name only have most of their actors in common."""
    groups: dict[tuple[Any, ...], list[set[Any]]] = {}
    for key, actors in keys.items():
        groups.setdefault(key[:place] + key[place + 1 :], []).append(actors)
    overlaps = [
        len(first & other) / max(len(first | other), 1) for first, *others in groups.values() for other in others
    ]
    return not overlaps or float(np.mean(overlaps)) > 0.5  # noqa: PLR2004


def render(
    study: Study,
    tables: Mapping[str, IntoDataFrame],
    found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange],
    *,
    title: str,
    notice: str | None,
    wave: str | None,
    sector: str | None,
    gatekeeper: str | None,
) -> str:
    """Lay out the page."""
    plan = Plan.of(study, wave)
    places: dict[tuple[Any, ...], dict[Any, Network]] = {}
    for key, net in study.items():
        places.setdefault(plan.part(key, plan.places), {})[key] = net
    networks, measured = _rows(tables["networks"]), _rows(tables["actors"])
    parts = [_head(study, title, notice, wave), _glance(study, networks)]
    for place, nets in places.items():
        parts.append(_place(plan, place, nets, networks, measured, found, sector, gatekeeper))
    parts += [_definitions(), _recipes(study)]
    body = "\n".join(parts)
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _rows(table: IntoDataFrame) -> list[dict[str, Any]]:
    return list(_frames.wrap(table, "table").iter_rows(named=True))


def _key_of(row: Mapping[str, Any], by: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in by)


def _name(values: Iterable[Any], names: Sequence[str]) -> str:
    return ", ".join(
        str(value) if isinstance(value, str) else f"{name} {value}" for name, value in zip(names, values, strict=True)
    )


# Parts of the page ----------------------------------------------------------------------------------------


def _head(study: Study, title: str, notice: str | None, wave: str | None) -> str:
    warning = f"<p class='notice'>{escape(notice)}</p>" if notice else ""
    answered = [net.missing.share for net in study.values()]
    unobserved = (
        "Every dyad was observed."
        if not any(answered)
        else f"Between {min(answered):.0%} and {max(answered):.0%} of the dyads of a network were not observed, "
        "because actors did not answer or single answers are empty; nothing was filled in for them."
    )
    waves = "" if wave else " There is one wave, so that nothing is said about change."
    gaps = f" Combinations without a network: {', '.join(map(str, study.gaps))}." if study.gaps else ""
    return (
        f"<h1>{escape(title)}</h1>{warning}"
        f"<p class='lead'>{escape(_counted(len(study), 'network'))}, told apart by {escape(', '.join(study.by))}. "
        f"{escape(unobserved + waves + gaps)}</p>"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _glance(study: Study, networks: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for row in networks:
        cells = [_number(row[name], share=name in SHARES) for name in GLANCE]
        rows.append([*(escape(str(row[name])) for name in study.by), *cells])
    return "<h2>At a glance</h2>" + _table([*study.by, *GLANCE.values()], rows, texts=len(study.by))


def _place(
    plan: Plan,
    place: tuple[Any, ...],
    nets: Mapping[Any, Network],
    networks: Sequence[Mapping[str, Any]],
    measured: Sequence[Mapping[str, Any]],
    found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange],
    sector: str | None,
    gatekeeper: str | None,
) -> str:
    heading = _name(place, plan.places) or "The networks"
    # Waves of the same layer stand beside each other.
    nets = dict(sorted(nets.items(), key=lambda item: _orderly(plan, item[0])))
    layout = draw.layout(list(nets.values()))
    parts = [f"<section><h2>{escape(heading)}</h2>", _finding(plan, nets, networks)]
    parts.append(_maps(plan, nets, layout, sector, gatekeeper))
    parts.append(_change(plan, place, found))
    parts.append(_degrees(plan, nets))
    parts.append(_rankings(plan, nets, measured, sector, gatekeeper))
    if sector is not None:
        parts.append(_sectors(plan, nets, sector))
    return "\n".join(parts) + "</section>"


def _orderly(plan: Plan, key: Any) -> tuple[Any, ...]:
    names = [*plan.layers, *([plan.wave] if plan.wave else [])]
    return tuple((isinstance(value, str), value) for value in plan.part(key, names))


def _finding(plan: Plan, nets: Mapping[Any, Network], networks: Sequence[Mapping[str, Any]]) -> str:
    rows = {_key_of(row, plan.by): row for row in networks}
    chosen = {key: rows[_values(key)] for key in nets}
    known = {key: row for key, row in chosen.items() if row["density"] is not None and row["density"] == row["density"]}
    if not known:
        return ""
    dense = max(known, key=lambda key: known[key]["density"])
    sparse = min(known, key=lambda key: known[key]["density"])
    sizes = sorted({row["actors"] for row in chosen.values()})
    size = f"{sizes[0]} actors" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]} actors"
    text = f"{size}. "
    if dense == sparse:
        text += (
            f"Density is {known[dense]['density']:.2f}; an actor has {known[dense]['mean_degree']:.1f} ties on average."
        )
    else:
        rest = [name for name in plan.by if name not in plan.places]
        text += (
            f"Of the observed dyads, {known[dense]['density']:.0%} hold a tie in the densest network "
            f"({_name(plan.part(dense, rest), rest)}; {known[dense]['mean_degree']:.1f} ties per actor on average) and "
            f"{known[sparse]['density']:.0%} in the sparsest ({_name(plan.part(sparse, rest), rest)}; "
            f"{known[sparse]['mean_degree']:.1f})."
        )
    return f"<p class='finding'>{escape(text)}</p>"


def _maps(
    plan: Plan, nets: Mapping[Any, Network], layout: draw.Layout, sector: str | None, gatekeeper: str | None
) -> str:
    figures = []
    for key, net in nets.items():
        names = [name for name in plan.by if name not in plan.places]
        caption = _name(plan.part(key, names), names)
        colour = sector if sector in net.attribute_names else None
        mark = gatekeeper if gatekeeper in net.attribute_names else None
        picture = draw.network(net, layout=layout, colour=colour, mark=mark, width=640)
        figures.append(_figure(picture, caption))
    text = "An actor stands at the same place in every map. Point at an actor to read its name."
    return f"<h3>Maps</h3><p>{text}</p><div class='grid'>{''.join(figures)}</div>"


def _change(plan: Plan, place: tuple[Any, ...], found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange]) -> str:
    others = [name for name in plan.by if name != plan.wave]
    rows, bars, moves = [], [], []
    for (rest, before, after), one in found.items():
        values = dict(zip(others, rest, strict=True))
        if tuple(values[name] for name in plan.places) != place:
            continue
        layer = _name([values[name] for name in plan.layers], plan.layers)
        period = f"{before} → {after}"
        numbers = [len(one.actors), one.kept, one.dissolved, one.new, one.jaccard, one.dissolution]
        rows.append([escape(layer), escape(period), *map(_number, numbers)])
        bars.append((f"{layer} {period}".strip(), one.kept, one.dissolved, one.new))
        moves.append((period, one.joiners, one.leavers))
    if not rows:
        return ""
    header = [
        ", ".join(plan.layers) or "",
        f"{plan.wave}",
        "Actors in both",
        "Kept",
        "Dissolved",
        "New",
        "Jaccard",
        "Share gone",
    ]
    listed = [
        f"<p>{escape(period)}: {_people(joiners, 'joined')}; {_people(leavers, 'left')}.</p>"
        for period, joiners, leavers in dict.fromkeys(moves)
    ]
    figure = f"<figure class='wide'>{draw.change(bars).svg}</figure>"
    return f"<h3>Change</h3>{_table(header, rows, texts=2)}{figure}{''.join(listed)}"


def _people(labels: Sequence[Any], verb: str) -> str:
    if not labels:
        return f"nobody {verb}"
    shown = ", ".join(escape(str(label)) for label in labels[:LISTED])
    more = f" and {len(labels) - LISTED} more" if len(labels) > LISTED else ""
    return f"{len(labels)} {verb} ({shown}{more})"


def _degrees(plan: Plan, nets: Mapping[Any, Network]) -> str:
    figures = []
    names = [name for name in plan.by if name not in plan.places]
    layers: dict[tuple[Any, ...], dict[str, Network]] = {}
    for key, net in nets.items():
        label = _name(plan.part(key, [plan.wave]), [plan.wave]) if plan.wave else _name(plan.part(key, names), names)
        layers.setdefault(plan.part(key, plan.layers), {})[label] = net
    for layer, group in layers.items():
        picture = draw.degree_distribution(group, mode="in")
        figures.append(_figure(picture, _name(layer, plan.layers)))
    text = "Number of actors by the ties they received, as far as those who answered report them; dotted: the mean."
    return f"<h3>How ties are spread</h3><p>{text}</p><div class='grid'>{''.join(figures)}</div>"


def _rankings(
    plan: Plan,
    nets: Mapping[Any, Network],
    measured: Sequence[Mapping[str, Any]],
    sector: str | None,
    gatekeeper: str | None,
) -> str:
    names = [name for name in plan.by if name not in plan.places]
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in measured:
        groups.setdefault(_key_of(row, plan.by), []).append(row)
    folded: list[str] = []
    for key, net in nets.items():
        label = _frames.wrap(net.actors, "actors").columns[0]
        shown = [name for name in (sector, gatekeeper) if name in net.attribute_names]
        columns = {"degree_in": "In-degree", "degree_out": "Out-degree", "betweenness": "Betweenness"}
        if not net.directed:
            columns = {"degree_in": "Degree", "betweenness": "Betweenness"}
        best = sorted(groups[_values(key)], key=lambda row: -row["degree_in"])[:TOP]
        rows = [
            [
                escape(str(row[label])),
                *("" if row[name] is None or row[name] != row[name] else escape(str(row[name])) for name in shown),
                *(_number(row[name]) for name in columns),
            ]
            for row in best
        ]
        content = _table([label, *shown, *columns.values()], rows, texts=1 + len(shown))
        title = escape(_name(plan.part(key, names), names))
        folded.append(f"<details{'' if folded else ' open'}><summary>{title}</summary>{content}</details>")
    text = (
        f"The {TOP} actors named most often. A dash: the actor did not answer, so that the ties it sends are not known."
    )
    return f"<h3>Most prominent actors</h3><p>{text}</p>{''.join(folded)}"


def _sectors(plan: Plan, nets: Mapping[Any, Network], sector: str) -> str:
    names = [name for name in plan.by if name not in plan.places]
    figures = []
    for key, net in nets.items():
        if sector not in net.attribute_names or not net.n_ties:
            continue
        frame = _frames.wrap(mixing.sector_density(unvalued(net), by=sector), "table")
        groups = sorted({*frame["from"].to_list(), *frame["to"].to_list()}, key=str)
        place = {group: position for position, group in enumerate(groups)}
        ratio = np.full((len(groups), len(groups)), np.nan)
        for row in frame.iter_rows(named=True):
            ratio[place[row["from"]], place[row["to"]]] = row["ratio"]
            if not net.directed:
                ratio[place[row["to"]], place[row["from"]]] = row["ratio"]
        picture = draw.heatmap(ratio, [str(group) for group in groups], [str(group) for group in groups])
        caption = _name(plan.part(key, names), names)
        figures.append(_figure(picture, caption))
    heading = f"Ties within and between: {sector}"
    text = (
        f"Density of the ties from one {sector} (row) to another (column), as a multiple of the network's density: "
        f"1 is as expected if {sector} did not matter."
    )
    return f"<h3>{escape(heading)}</h3><p>{escape(text)}</p><div class='grid'>{''.join(figures)}</div>"


def _definitions() -> str:
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in NOTES)
    return f"<h2>What the numbers mean</h2><dl>{items}</dl>"


def _recipes(study: Study) -> str:
    rows = []
    for key, net in study.items():
        steps = "".join(f"<li>{escape(step)}</li>" for step in net.recipe)
        rows.append(f"<details><summary>{escape(_name(_values(key), study.by))}</summary><ol>{steps}</ol></details>")
    version = f"Made by wholenet {_core.__version__}."
    return f"<h2>Recipe</h2><p>The coding steps behind each network. {version}</p>{''.join(rows)}"


def _figure(picture: draw.Picture, caption: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{picture.svg}</figure>"


# Cells ----------------------------------------------------------------------------------------------------


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int) -> str:
    """A table of ready cells; the first `texts` columns stand left, the numbers right."""
    side = ["text" if place < texts else "number" for place in range(len(header))]
    head = "".join(f"<th class='{kind}'>{escape(name)}</th>" for kind, name in zip(side, header, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td class='{kind}'>{cell}</td>" for kind, cell in zip(side, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _number(value: Any, *, share: bool = False) -> str:
    if value is None or value != value:  # noqa: PLR0124 (only NaN differs from itself)
        return "–"
    if share:
        return f"{value:.0%}"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004
