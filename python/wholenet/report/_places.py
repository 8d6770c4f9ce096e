"""The networks of one place: maps, change, degrees, who is prominent, and ties between sectors."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, draw
from wholenet.errors import WholenetError
from wholenet.report._cells import figure, figures, folded, key_of, name_of, number, table, values_of
from wholenet.report._groups import density_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wholenet.change import TieChange
    from wholenet.network import Network
    from wholenet.report._settings import Settings
    from wholenet.study import Study

__all__ = ["Plan", "place_section"]

TOP = 10
LISTED = 12
# Networks that differ in one name only, and have more than this share of their actors in common, are of one place.
COMMON = 0.5


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
        keys = {values_of(key): set(net.labels.tolist()) for key, net in study.items()}
        layers = tuple(name for place, name in enumerate(study.by) if name != wave and _shares_actors(keys, place))
        places = tuple(name for name in study.by if name != wave and name not in layers)
        return cls(study.by, wave, places, layers)

    def part(self, key: Any, names: Sequence[str]) -> tuple[Any, ...]:
        """The values of some names in a key."""
        return tuple(values_of(key)[self.by.index(name)] for name in names)


def _shares_actors(keys: Mapping[tuple[Any, ...], set[Any]], place: int) -> bool:
    """Whether networks that differ in one name only have most of their actors in common."""
    groups: dict[tuple[Any, ...], list[set[Any]]] = {}
    for key, actors in keys.items():
        groups.setdefault(key[:place] + key[place + 1 :], []).append(actors)
    overlaps = [
        len(first & other) / max(len(first | other), 1) for first, *others in groups.values() for other in others
    ]
    return not overlaps or float(np.mean(overlaps)) > COMMON


def place_section(
    plan: Plan,
    place: tuple[Any, ...],
    nets: Mapping[Any, Network],
    networks: Sequence[Mapping[str, Any]],
    measured: Sequence[Mapping[str, Any]],
    found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange],
    settings: Settings,
) -> str:
    """The section of one place."""
    sector, gatekeeper = settings.sector, settings.gatekeeper
    heading = name_of(place, plan.places) or "The networks"
    # Waves of the same layer stand beside each other.
    nets = dict(sorted(nets.items(), key=lambda item: _orderly(plan, item[0])))
    layout = draw.layout(list(nets.values()))
    parts = [f"<section><h2>{escape(heading)}</h2>", _finding(plan, nets, networks)]
    parts.append(_maps(plan, nets, layout, sector, gatekeeper))
    parts.append(_change(plan, place, found))
    parts.append(_degrees(plan, nets))
    parts.append(_rankings(plan, nets, measured, sector, gatekeeper))
    if sector is not None:
        parts.append(_sectors(plan, nets, sector, settings.min_count))
    return "\n".join(parts) + "</section>"


def _orderly(plan: Plan, key: Any) -> tuple[Any, ...]:
    names = [*plan.layers, *([plan.wave] if plan.wave else [])]
    return tuple((isinstance(value, str), value) for value in plan.part(key, names))


def _finding(plan: Plan, nets: Mapping[Any, Network], networks: Sequence[Mapping[str, Any]]) -> str:
    rows = {key_of(row, plan.by): row for row in networks}
    chosen = {key: rows[values_of(key)] for key in nets}
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
            f"({name_of(plan.part(dense, rest), rest)}; {known[dense]['mean_degree']:.1f} ties per actor on average) "
            "and "
            f"{known[sparse]['density']:.0%} in the sparsest ({name_of(plan.part(sparse, rest), rest)}; "
            f"{known[sparse]['mean_degree']:.1f})."
        )
    return f"<p class='finding'>{escape(text)}</p>"


def _maps(
    plan: Plan, nets: Mapping[Any, Network], layout: draw.Layout, sector: str | None, gatekeeper: str | None
) -> str:
    drawn = []
    for key, net in nets.items():
        names = [name for name in plan.by if name not in plan.places]
        caption = name_of(plan.part(key, names), names)
        colour = sector if sector in net.attribute_names else None
        mark = gatekeeper if gatekeeper in net.attribute_names else None
        picture = draw.network(net, layout=layout, colour=colour, mark=mark, width=640)
        drawn.append(figure(picture, caption))
    text = "An actor stands at the same place in every map. Point at an actor to read its name."
    return f"<h3>Maps</h3><p>{text}</p>{figures(drawn)}"


def _change(plan: Plan, place: tuple[Any, ...], found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange]) -> str:
    others = [name for name in plan.by if name != plan.wave]
    rows, bars, moves = [], [], []
    for (rest, before, after), one in found.items():
        values = dict(zip(others, rest, strict=True))
        if tuple(values[name] for name in plan.places) != place:
            continue
        layer = name_of([values[name] for name in plan.layers], plan.layers)
        period = f"{before} → {after}"
        numbers = [len(one.actors), one.kept, one.dissolved, one.new, one.jaccard, one.dissolution]
        rows.append([escape(layer), escape(period), *map(number, numbers)])
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
    picture = f"<figure class='wide'>{draw.change(bars).svg}</figure>"
    return f"<h3>Change</h3>{table(header, rows, texts=2)}{picture}{''.join(listed)}"


def _people(labels: Sequence[Any], verb: str) -> str:
    if not labels:
        return f"nobody {verb}"
    shown = ", ".join(escape(str(label)) for label in labels[:LISTED])
    more = f" and {len(labels) - LISTED} more" if len(labels) > LISTED else ""
    return f"{len(labels)} {verb} ({shown}{more})"


def _degrees(plan: Plan, nets: Mapping[Any, Network]) -> str:
    drawn = []
    names = [name for name in plan.by if name not in plan.places]
    layers: dict[tuple[Any, ...], dict[str, Network]] = {}
    for key, net in nets.items():
        label = (
            name_of(plan.part(key, [plan.wave]), [plan.wave]) if plan.wave else name_of(plan.part(key, names), names)
        )
        layers.setdefault(plan.part(key, plan.layers), {})[label] = net
    for layer, group in layers.items():
        picture = draw.degree_distribution(group, mode="in")
        drawn.append(figure(picture, name_of(layer, plan.layers)))
    text = "Number of actors by the ties they received, as far as those who answered report them; dotted: the mean."
    return f"<h3>How ties are spread</h3><p>{text}</p>{figures(drawn)}"


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
        groups.setdefault(key_of(row, plan.by), []).append(row)
    parts: list[str] = []
    for key, net in nets.items():
        label = _frames.wrap(net.actors, "actors").columns[0]
        shown = [name for name in (sector, gatekeeper) if name in net.attribute_names]
        columns = {"degree_in": "In-degree", "degree_out": "Out-degree", "betweenness": "Betweenness"}
        if not net.directed:
            columns = {"degree_in": "Degree", "betweenness": "Betweenness"}
        best = sorted(groups[values_of(key)], key=lambda row: -row["degree_in"])[:TOP]
        rows = [
            [
                escape(str(row[label])),
                *("" if row[name] is None or row[name] != row[name] else escape(str(row[name])) for name in shown),
                *(number(row[name]) for name in columns),
            ]
            for row in best
        ]
        content = table([label, *shown, *columns.values()], rows, texts=1 + len(shown))
        title = name_of(plan.part(key, names), names)
        parts.append(folded(title, content, shown=not parts))
    text = (
        f"The {TOP} actors named most often. A dash: the actor did not answer, so that the ties it sends are not known."
    )
    return f"<h3>Most prominent actors</h3><p>{text}</p>{''.join(parts)}"


def _sectors(plan: Plan, nets: Mapping[Any, Network], sector: str, least: int) -> str:
    names = [name for name in plan.by if name not in plan.places]
    heading = f"Ties within and between: {sector}"
    drawn = []
    for key, net in nets.items():
        if sector not in net.attribute_names or not net.n_ties:
            continue
        try:
            picture = density_map(net, sector, least)
        except WholenetError as error:
            return f"<h3>{escape(heading)}</h3><div class='impossible'><p>Not possible: {escape(str(error))}</p></div>"
        caption = name_of(plan.part(key, names), names)
        drawn.append(figure(picture, caption))
    text = (
        f"Density of the ties from one {sector} (row) to another (column), as a multiple of the network's density: "
        f"1 is as expected if {sector} did not matter."
    )
    return f"<h3>{escape(heading)}</h3><p>{escape(text)}</p>{figures(drawn)}"
