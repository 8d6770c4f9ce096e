"""The map of one network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core, _labels, _legend
from wholenet._classes import Scheme, Values, empty
from wholenet._legend import Row
from wholenet._nodes import Radii, symbol
from wholenet._picture import page
from wholenet._svg import SOFT, element, number, shorten, text, title
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet._layout import Layout
    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["Looks", "render"]

FLOOR, CEILING = 0.55, 1.0  # height of the map, as a share of its width
HEADING = 26.0
ARROWS = 120  # ties up to which heads are drawn
CALM = "#3d74b0"
ONE_WAY, MUTUAL = "#8a94a0", "#39434d"


@dataclass(frozen=True, slots=True)
class Looks:
    """What the caller wants to see of a network."""

    layout: Layout
    colour: Values | None
    mark: Values | None
    size: Values | None
    labels: str
    heading: str | None
    width: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the page that the map fills."""

    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Actors:
    """How actors are shown, one entry each."""

    classes: list[int]
    sizes: NDArray[np.float64]
    marked: NDArray[np.bool_]
    silent: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where actors are on the page, and how large."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    radius: NDArray[np.float64]


def render(net: Network, looks: Looks) -> Picture:
    """Draw the map with its legend."""
    scheme, actors = _scheme(looks), _actors(net, looks)
    ties = _ties(net)
    top = HEADING if looks.heading else 0.0
    heading, symbols = _size_name(net, looks), _symbols(looks, scheme, actors)
    lines = _tie_rows(net, ties)
    room = _legend.width([*symbols, Row(f"size: {heading}"), *lines], looks.width)
    frame = _frame(looks.layout, top, looks.width - room)
    radii = Radii.of(actors.sizes, float(np.sqrt(frame.width * frame.height / max(len(looks.layout), 1))))
    legend, end = _legend.draw([*symbols, *_size_rows(heading, radii), *lines], frame.width, top + 10, room)
    nodes = _nodes(net, looks, actors, radii, frame)
    height = max(top + frame.height, end + 10)
    parts = [
        _heading(looks),
        *_draw_ties(net, ties, nodes),
        *_draw_nodes(net, looks, scheme, actors, nodes),
        *_draw_labels(net, looks, actors, nodes, frame),
        legend,
    ]
    if not net.n_actors:
        middle = frame.width / 2
        parts.append(text("no actors", middle, height / 2, font_size=12, text_anchor="middle", fill=SOFT))
    return page(looks.width, height, parts, _description(net))


def _description(net: Network) -> str:
    actors = f"{net.n_actors:,} actor{'s' * (net.n_actors != 1)}"
    ties = f"{net.n_ties:,} {'directed' if net.directed else 'undirected'} tie{'s' * (net.n_ties != 1)}"
    return f"Map of a network of {actors} and {ties}"


def _heading(looks: Looks) -> str:
    if not looks.heading:
        return ""
    return text(shorten(looks.heading, 14, looks.width - 24), 12, 20, font_size=14, font_weight=600)


# What is shown --------------------------------------------------------------------------------------------


def _scheme(looks: Looks) -> Scheme | None:
    if looks.colour is None:
        return None
    shared = looks.layout._schemes.get(looks.colour.name) if looks.colour.attribute else None  # noqa: SLF001
    return shared or Scheme.of([looks.colour])


def _actors(net: Network, looks: Looks) -> Actors:
    scheme = _scheme(looks)
    marks = looks.mark.entries if looks.mark else (False,) * net.n_actors
    return Actors(
        classes=scheme.codes(looks.colour) if scheme and looks.colour else [0] * net.n_actors,
        sizes=_sizes(net, looks.size),
        marked=np.array([bool(mark) and not empty(mark) for mark in marks], dtype=bool),
        silent=net._core.unobserved()[0],  # noqa: SLF001
    )


def _sizes(net: Network, size: Values | None) -> NDArray[np.float64]:
    if size is None:
        return _core.centrality_degree(net._core, "in" if net.directed else "all", normalized=False)  # noqa: SLF001
    try:
        numbers = np.array([np.nan if empty(value) else float(value) for value in size.entries], dtype=np.float64)
    except ValueError:
        msg = f"size must be numbers, but {size.name!r} holds text"
        raise ArgumentError(msg) from None
    bad = np.flatnonzero((numbers < 0) | np.isinf(numbers))
    if len(bad):
        msg = f"size must be finite and not negative, but is {numbers[bad[0]]:g} for {net.labels[bad[0]]!r}"
        raise ArgumentError(msg)
    return numbers


def _size_name(net: Network, looks: Looks) -> str:
    if looks.size is not None:
        return looks.size.name
    return "ties received" if net.directed else "ties"


def _symbols(looks: Looks, scheme: Scheme | None, actors: Actors) -> list[Row]:
    """Legend of colours and shapes; the catch-all classes only where there is someone in them."""
    rows = []
    if scheme and looks.colour:
        counts, plain = Counter(actors.classes), len(scheme.names) - 2
        rows.append(Row(looks.colour.name))
        for code, (name, colour) in enumerate(zip(scheme.names, scheme.colours, strict=True)):
            if code < plain or counts[code]:
                rows.append(Row(name, counts[code], partial(symbol, radius=5.5, fill=colour)))
    marked, silent = int(actors.marked.sum()), int(actors.silent.sum())
    if looks.mark and marked:
        draw = partial(symbol, radius=5, fill="#c3cad1", marked=True)
        rows.append(Row(looks.mark.name, marked, draw, above=8))
    if silent:
        draw = partial(symbol, radius=5, fill=SOFT, silent=True)
        rows.append(Row("did not answer", silent, draw, above=0 if looks.mark and marked else 8))
    return rows


def _size_rows(name: str, radii: Radii) -> list[Row]:
    rows = [Row(f"size: {name}", above=8)]
    for value in radii.examples():
        radius = float(radii(np.array([value]))[0])
        draw = partial(symbol, radius=radius, fill="#c3cad1")
        rows.append(Row(f"{value:,.6g}", None, draw, height=max(16.0, 2 * radius + 2)))
    return rows if len(rows) > 1 else []


def _tie_rows(net: Network, ties: dict[str, NDArray[np.int64]]) -> list[Row]:
    if not (net.directed or net.signed):
        return []
    kinds = [(name, len(pairs)) for name, pairs in ties.items() if len(pairs)]
    return [
        Row(name, count, partial(_line, name), above=0 if place else 8) for place, (name, count) in enumerate(kinds)
    ]


def _line(kind: str, x: float, y: float) -> str:
    return element("path", d=f"M{number(x - 8)} {number(y)}h16", fill="none", **_pen(kind, 0.9))


# Where things are -----------------------------------------------------------------------------------------


def _frame(layout: Layout, top: float, width: float) -> Frame:
    spread = np.ptp(layout.positions, axis=0) if len(layout) else np.ones(2)
    share = float(spread[1] / spread[0]) if spread[0] > 0 else CEILING
    return Frame(top, width, width * min(max(share, FLOOR), CEILING))


def _nodes(net: Network, looks: Looks, actors: Actors, radii: Radii, frame: Frame) -> Nodes:
    """Positions on the page: as large as fits, in the middle, y downwards."""
    points, radius = looks.layout.of(net), radii(actors.sizes)
    if not len(points):
        return Nodes(np.zeros(0), np.zeros(0), radius)
    low, high = looks.layout.positions.min(axis=0), looks.layout.positions.max(axis=0)
    margin = radii.largest + (0.06 if looks.labels == "none" else 0.12) * frame.width / 2
    inner = np.array([frame.width, frame.height]) - 2 * margin
    spread = high - low
    scale = min((room / one for room, one in zip(inner, spread, strict=True) if one > 0), default=0.0)
    centred = (points - (low + high) / 2) * scale
    return Nodes(frame.width / 2 + centred[:, 0], frame.top + frame.height / 2 - centred[:, 1], radius)


# Ties -----------------------------------------------------------------------------------------------------


def _ties(net: Network) -> dict[str, NDArray[np.int64]]:
    """Pairs of positions by kind of tie, each dyad once."""
    source, target, value = net._core.ties()  # noqa: SLF001
    pairs = np.column_stack([source, target]).astype(np.int64)
    negative = np.zeros(len(pairs), dtype=bool) if value is None else value < 0
    if not net.directed:
        return {"tie": pairs[~negative], "negative tie": pairs[negative]}
    keys = pairs[:, 0] * net.n_actors + pairs[:, 1]
    mutual = np.isin(pairs[:, 1] * net.n_actors + pairs[:, 0], keys)
    once = pairs[:, 0] < pairs[:, 1]
    return {
        "one-way tie": pairs[~mutual & ~negative],
        "mutual tie": pairs[mutual & once & ~negative],
        "negative tie": pairs[negative & (once | ~mutual)],
    }


def _pen(kind: str, opacity: float) -> dict[str, float | str | None]:
    """Stroke of a kind of tie: one-way ties lighter and thinner than the others."""
    one_way = kind == "one-way tie"
    return {
        "stroke": ONE_WAY if one_way else MUTUAL,
        "stroke_width": 0.7 if one_way else 0.9,
        "stroke_opacity": round(opacity * (0.8 if one_way else 1.0), 2),
        "stroke_dasharray": "3 2" if kind == "negative tie" else None,
    }


def _draw_ties(net: Network, ties: dict[str, NDArray[np.int64]], nodes: Nodes) -> list[str]:
    """Fainter the more there are, with heads where these can be told apart."""
    count = sum(map(len, ties.values()))
    opacity = float(np.clip(16 / np.sqrt(max(count, 1)), 0.3, 0.9))
    drawn = []
    for kind, pairs in ties.items():
        lines = [element("path", d=line) for line in _lines(nodes, pairs)]
        drawn.append(element("g", lines, fill="none", **_pen(kind, opacity)) if lines else "")
        if net.directed and count <= ARROWS and lines:
            ends = pairs if kind == "one-way tie" else np.concatenate([pairs, pairs[:, ::-1]])
            heads = "".join(_head(nodes, *end) for end in ends.tolist())
            drawn.append(element("path", d=heads, fill=ONE_WAY if kind == "one-way tie" else MUTUAL))
    return drawn


def _lines(nodes: Nodes, pairs: NDArray[np.int64]) -> list[str]:
    ends = [nodes.x[pairs[:, 0]], nodes.y[pairs[:, 0]], nodes.x[pairs[:, 1]], nodes.y[pairs[:, 1]]]
    return [
        f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}" for x, y, to_x, to_y in np.column_stack(ends).tolist()
    ]


def _head(nodes: Nodes, source: int, target: int) -> str:
    """An arrow head at the border of the target."""
    start = np.array([nodes.x[source], nodes.y[source]])
    end = np.array([nodes.x[target], nodes.y[target]])
    length = float(np.hypot(*(end - start)))
    if length <= nodes.radius[source] + nodes.radius[target]:
        return ""
    step = (end - start) / length
    tip = end - step * (nodes.radius[target] + 1.5)
    side = np.array([-step[1], step[0]]) * 2.4
    corners = (tip, tip - step * 6.5 + side, tip - step * 6.5 - side)
    return "M" + "L".join(f"{number(px)} {number(py)}" for px, py in corners) + "Z"


# Actors ---------------------------------------------------------------------------------------------------


def _draw_nodes(net: Network, looks: Looks, scheme: Scheme | None, actors: Actors, nodes: Nodes) -> list[str]:
    """Large ones first, so that small ones stay to be seen."""
    tips = _tips(net, looks, actors)
    drawn = []
    for actor in np.argsort(-nodes.radius, kind="stable").tolist():
        fill = scheme.colours[actors.classes[actor]] if scheme else CALM
        x, y, radius = float(nodes.x[actor]), float(nodes.y[actor]), float(nodes.radius[actor])
        marked, silent = bool(actors.marked[actor]), bool(actors.silent[actor])
        drawn.append(symbol(x, y, radius, fill, marked=marked, silent=silent, inside=title(tips[actor])))
    return drawn


def _tips(net: Network, looks: Looks, actors: Actors) -> list[str]:
    """What shows when one points at an actor."""
    words = {"receives": "in", "sends": "out"} if net.directed else {"ties": "all"}
    degrees = {word: _core.centrality_degree(net._core, mode, normalized=False) for word, mode in words.items()}  # noqa: SLF001
    tips = []
    for actor, label in enumerate(net.labels.tolist()):
        shown = [values for values in (looks.colour, looks.mark) if values is not None]
        lines = [str(label), *(f"{values.name}: {values.worded(actor)}" for values in shown)]
        lines.append(", ".join(f"{word} {degree[actor]:.0f}" for word, degree in degrees.items()))
        if looks.size is not None:
            lines.append(f"{looks.size.name}: {looks.size.worded(actor)}")
        if actors.silent[actor]:
            lines.append("did not answer")
        tips.append("\n".join(lines))
    return tips


def _draw_labels(net: Network, looks: Looks, actors: Actors, nodes: Nodes, frame: Frame) -> list[str]:
    if looks.labels == "none":
        return []
    chosen = np.flatnonzero(actors.marked) if looks.labels == "marked" else np.arange(net.n_actors)
    discs = np.column_stack([nodes.x, nodes.y, nodes.radius])
    page = (0.0, frame.top, frame.width, frame.top + frame.height)
    return _labels.draw(net.labels.tolist(), chosen.tolist(), discs, page)
