"""Layouts, maps and charts."""

from __future__ import annotations

import pickle
import re
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import errors

SVG = "{http://www.w3.org/2000/svg}"
NASTY = ["<script>alert(1)</script>", "\"Quotes\" & 'more'", "]]> <!-- -->", "tab\tnew\nline", "bell\x07 \x00 \ufffe"]


def parsed(picture: wn.draw.Picture) -> ET.Element:
    return ET.fromstring(picture.svg)  # noqa: S314 (our own)


def texts(picture: wn.draw.Picture) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(picture).iter() if one.tag in {SVG + "text", SVG + "title"}]


def shapes(picture: wn.draw.Picture) -> dict[str, tuple[float, float]]:
    """Where each actor is drawn, by the first line of its tip."""
    found = {}
    for one in parsed(picture).iter():
        tip = one.find(SVG + "title")
        if tip is None or one.tag == SVG + "text":
            continue
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", one.get("d", ""))]
        where = (float(one.get("cx", 0)), float(one.get("cy", 0))) if not numbers else (numbers[0], numbers[3])
        found[str(tip.text).split("\n", maxsplit=1)[0]] = where
    return found


def ring(n: int, **attributes: object) -> wn.Network:
    names = [f"actor {place:03}" for place in range(n)]
    actors = pd.DataFrame({"name": names, **attributes})
    return wn.Network.from_edges((names, names[1:] + names[:1]), actors)


def fills(picture: wn.draw.Picture) -> set[str | None]:
    return {one.get("fill") for one in parsed(picture).iter(SVG + "circle")}


# Layout ---------------------------------------------------------------------------------------------------


def test_layout_is_the_same_every_time_and_on_any_number_of_threads() -> None:
    net = wn.datasets.youth_care()["Elzerveen", 1, "client referral"]
    before = wn.get_threads()
    try:
        layouts = []
        for threads in (1, 2, 8):
            wn.set_threads(threads)
            layouts.append(wn.draw.layout(net, seed=7))
    finally:
        wn.set_threads(before)
    assert layouts[0] == layouts[1] == layouts[2]
    assert wn.draw.network(net, layout=layouts[0]) == wn.draw.network(net, layout=layouts[1])
    assert hash(layouts[0]) == hash(layouts[1])


def test_one_layout_for_all_waves_and_relations() -> None:
    study = wn.datasets.youth_care().select(municipality="Elzerveen")
    layout = wn.draw.layout(study)
    first, second = (study["Elzerveen", wave, name] for wave, name in ((1, "any contact"), (2, "steering information")))
    assert set(layout.labels) == {label for net in study.values() for label in net.labels.tolist()}
    both = set(first.labels.tolist()) & set(second.labels.tolist())
    assert both < set(layout.labels)
    looks = {"colour": "sector", "mark": "gatekeeper"}
    one, other = (shapes(wn.draw.network(net, layout=layout, **looks)) for net in (first, second))
    assert {label: one[label] for label in both} == {label: other[label] for label in both}


def test_layout_looks_up_and_of() -> None:
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    layout = wn.draw.layout(net)
    assert layout["b"] == (0.5, 0.5)
    np.testing.assert_array_equal(layout.of(net.subset(["c", "a"])), layout.positions[[2, 0]])
    assert not layout.positions.flags.writeable
    assert pickle.loads(pickle.dumps(layout)) == layout  # noqa: S301
    assert repr(layout) == "<Layout: 3 actors, seed 1>"
    with pytest.raises(errors.ActorError, match=r"no position for 2 actors \('x', 'y'\)"):
        layout.of(wn.Network.from_edges((["x"], ["y"])))
    with pytest.raises(errors.ArgumentError, match="finite"):
        wn.draw.Layout(("a",), np.array([[np.nan, 0.0]]), 1)


def test_layout_of_small_networks() -> None:
    assert wn.draw.layout([]).positions.shape == (0, 2)
    assert wn.draw.layout(wn.Network.from_matrix(np.zeros((0, 0)))).labels == ()
    assert wn.draw.layout(wn.Network.from_matrix([[0]])).positions.tolist() == [[0.5, 0.5]]
    apart = wn.draw.layout(wn.Network.from_matrix(np.zeros((7, 7)))).positions
    assert len(np.unique(apart, axis=0)) == 7


def test_layout_refuses() -> None:
    net = ring(3)
    for seed in (-1, 1.5, True, 2**64, "a"):
        with pytest.raises(errors.ArgumentError, match="seed must be a whole number"):
            wn.draw.layout(net, seed=seed)
    with pytest.raises(errors.ArgumentError, match=r"nets must be a wholenet\.Network"):
        wn.draw.layout([net, "net"])
    with pytest.raises(errors.LabelError, match="different types"):
        wn.draw.layout([net, wn.Network.from_edges(([1], [2]))])


# Maps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("labels", ["none", "marked", "all"])
def test_labels_are_text_never_markup(labels: str) -> None:
    actors = pd.DataFrame({"name": NASTY, "<b>sector</b>": NASTY, "mark": [True] * 5})
    net = wn.Network.from_edges((NASTY[:4], NASTY[1:]), actors)
    picture = wn.draw.network(net, colour="<b>sector</b>", mark="mark", labels=labels, title=NASTY[0])
    assert "<script" not in picture.svg
    assert "<b>" not in picture.svg
    assert {one.tag.removeprefix(SVG) for one in parsed(picture).iter()} <= {
        "svg", "rect", "g", "path", "circle", "text", "tspan", "title",
    }  # fmt: skip
    shown = texts(picture)
    assert NASTY[0] in shown
    assert any(text.startswith(NASTY[0] + "\n<b>sector</b>: " + NASTY[0]) for text in shown)
    assert any(text.startswith("bell\ufffd \ufffd \ufffd\n") for text in shown)


def test_no_script_no_style_no_link() -> None:
    picture = wn.draw.network(wn.datasets.youth_care()["Elzerveen", 1, "any contact"], colour="sector")
    assert not re.search(r"<style|<script|href|url\(|\bid=|\bon\w+=", picture.svg)


def test_maps_of_small_networks() -> None:
    for n in (0, 1, 2, 30):
        net = wn.Network.from_matrix(np.zeros((n, n)))
        picture = wn.draw.network(net, labels="all", colour=np.zeros(n), mark=np.ones(n, dtype=bool), size=np.zeros(n))
        assert len([text for text in texts(picture) if "receives 0, sends 0" in text]) == n
    assert "no actors" in texts(wn.draw.network(wn.Network.from_matrix(np.zeros((0, 0)))))


def test_sixty_sectors_share_colours_and_say_so() -> None:
    sectors = [f"sector {place % 60:02}" if place < 90 else "sector 07" for place in range(100)]
    picture = wn.draw.network(ring(100, sector=sectors), colour="sector")
    assert "other (49 kinds)\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}68" in texts(picture)
    # Eleven own colours, the shared grey, and the grey of the size legend.
    assert len(fills(picture)) == 13


def test_twelve_sectors_have_colours_of_their_own() -> None:
    picture = wn.draw.network(ring(24, sector=[f"s{place % 12}" for place in range(24)]), colour="sector")
    assert not any("other" in text for text in texts(picture))
    assert len(fills(picture)) == 13


def test_the_same_sector_has_the_same_colour_in_each_wave() -> None:
    first, second = ring(4, sector=["care", "law", "school", "care"]), ring(3, sector=["school", "law", "school"])
    layout = wn.draw.layout([first, second])

    def colour(net: wn.Network) -> dict[str, str | None]:
        tips = {
            str(one.findtext(SVG + "title")): one.get("fill")
            for one in parsed(wn.draw.network(net, layout=layout, colour="sector")).iter()
        }
        return {tip.split("sector: ")[1].split("\n")[0]: fill for tip, fill in tips.items() if "sector: " in tip}

    one, other = colour(first), colour(second)
    assert one["law"] == other["law"]
    assert one["school"] == other["school"]
    assert len(set(one.values())) == 3


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_attributes_with_nulls(frame: type) -> None:
    columns = {"name": ["a", "b", "c", "d"], "sector": ["x", None, "", "y"], "kind": [None, "GP", "", "GP"]}
    net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "d"]), frame(columns))
    shown = texts(wn.draw.network(net, colour="sector", mark="kind", size=[1.0, np.nan, 3.0, 0.0]))
    space = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    assert f"not known{space}2" in shown
    assert f"kind{space}2" in shown
    assert "a\nsector: x\nkind: not known\nreceives 0, sends 1\nvalue: 1" in shown


def test_a_quantity_is_cut_into_fifths() -> None:
    shown = texts(wn.draw.network(ring(50, staff=range(50)), colour="staff"))
    space = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    assert [f"{name}{space}10" in shown for name in ("0 to 9", "10 to 19", "20 to 29", "30 to 39", "40 to 49")] == [
        True
    ] * 5


def test_ordered_categories_keep_their_order() -> None:
    levels = pd.Categorical(["low", "high", "middle"] * 2, categories=["low", "middle", "high"], ordered=True)
    shown = texts(wn.draw.network(ring(6, level=levels), colour="level"))
    place = [
        next(index for index, text in enumerate(shown) if text.startswith(name + "\N{NO-BREAK SPACE}"))
        for name in ("low", "middle", "high")
    ]
    assert place == sorted(place)


def test_long_and_right_to_left_labels() -> None:
    labels = ["x" * 200, "בית ספר לנוער", "مركز الشباب", "e\u0301" * 90, "青少年支援中心"]
    actors = pd.DataFrame({"name": labels, "sector": labels})
    net = wn.Network.from_edges((labels[:4], labels[1:]), actors)
    picture = wn.draw.network(net, labels="all", colour="sector", title="y" * 300)
    tips = [text for text in texts(picture) if "\n" in text]
    assert [any(tip.startswith(label) for tip in tips) for label in labels] == [True] * 5
    cut = [text for text in texts(picture) if re.fullmatch("x+…|y+…", text)]
    assert len(cut) == 2
    assert max(map(len, cut)) < 100


def test_non_respondents_and_marks_have_a_look_and_a_line_in_the_legend() -> None:
    actors = pd.DataFrame({"name": ["a", "b", "c"], "answered": [True, False, True], "gatekeeper": [False, True, True]})
    net = wn.Network.from_edges((["a", "c"], ["b", "b"]), actors, respondents="answered")
    picture = wn.draw.network(net, mark="gatekeeper")
    space = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    assert {f"gatekeeper{space}2", f"did not answer{space}1", f"one-way tie{space}2"} <= set(texts(picture))
    dashed = [one for one in parsed(picture).iter() if one.get("stroke-dasharray")]
    assert len(dashed) == 2
    assert any("did not answer" in text and text.startswith("b\n") for text in texts(picture))


def test_mutual_ties_are_drawn_once_and_heads_where_few() -> None:
    net = wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"]))
    shown = set(texts(wn.draw.network(net)))
    space = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    assert {f"mutual tie{space}1", f"one-way tie{space}1"} <= shown
    heads = re.findall(r'd="(?:M[\d. ]+L[\d. ]+L[\d. ]+Z)+"', wn.draw.network(net).svg)
    assert len(heads) == 2
    undirected = wn.draw.network(net.symmetrize("union"))
    assert not any("tie" in text and space in text for text in texts(undirected))


def test_negative_ties_are_dashed() -> None:
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1, -1], signed=True, directed=False)
    picture = wn.draw.network(net)
    assert "negative tie\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}1" in texts(picture)
    assert 'stroke-dasharray="3 2"' in picture.svg


def test_all_equal_values_and_kept_loops() -> None:
    net = wn.Network.from_edges((["a", "b", "b"], ["b", "c", "b"]), weight=[2, 2, 2], loops="keep")
    assert len(shapes(wn.draw.network(net, size=[5, 5, 5]))) == 3


def test_map_refuses() -> None:
    net = ring(4, sector=["a", "b", "c", "d"])
    with pytest.raises(errors.ColumnError, match="did you mean 'sector'"):
        wn.draw.network(net, colour="sectr")
    with pytest.raises(errors.ArgumentError, match=r"mark must be .* one entry per actor \(4\)"):
        wn.draw.network(net, mark=[True])
    with pytest.raises(errors.ArgumentError, match="size must be numbers"):
        wn.draw.network(net, size="sector")
    with pytest.raises(errors.ArgumentError, match="size must be finite and not negative, but is -1 for 'actor 001'"):
        wn.draw.network(net, size=[0, -1, 0, 0])
    with pytest.raises(errors.ArgumentError, match="labels must be"):
        wn.draw.network(net, labels="some")
    with pytest.raises(errors.ArgumentError, match="width must be"):
        wn.draw.network(net, width=10)
    with pytest.raises(errors.ActorError, match="no position"):
        wn.draw.network(net, layout=wn.draw.layout(ring(3)))
    with pytest.raises(errors.ArgumentError, match=r"net must be a wholenet\.Network"):
        wn.draw.network("net")


# Charts ---------------------------------------------------------------------------------------------------


def test_degree_distribution_counts_every_actor() -> None:
    net = wn.datasets.youth_care()["Elzerveen", 1, "any contact"]
    for mode in ("in", "out", "all"):
        tips = [tip.text for tip in parsed(wn.draw.degree_distribution(net, mode=mode)).iter(SVG + "title")]
        assert sum(int(str(tip).rsplit(": ", 1)[1]) for tip in tips) == net.n_actors
    small = wn.draw.degree_distribution({"one": ring(3), "two": ring(5), NASTY[0]: wn.Network.from_matrix([[0]])})
    assert {"2: 3", "2: 5", "0: 1"} <= set(texts(small))
    assert NASTY[0] in texts(small)
    parsed(wn.draw.degree_distribution({}))
    parsed(wn.draw.degree_distribution(wn.Network.from_matrix(np.zeros((0, 0)))))
    with pytest.raises(errors.ArgumentError, match="mode must be"):
        wn.draw.degree_distribution(net, mode="both")
    with pytest.raises(errors.ArgumentError, match="nets must be"):
        wn.draw.degree_distribution([net])


def test_change_draws_and_refuses() -> None:
    picture = wn.draw.change([("contact", 100, 40, 3), (NASTY[0], 0, 0, 0)])
    assert {"contact: 100 kept", "contact: 40 dissolved", "contact: 3 new", NASTY[0]} <= set(texts(picture))
    parsed(wn.draw.change([]))
    for row in (("a", 1, 2), ("a", 1, 2, -3), ("a", "b", "c", "d"), 3):
        with pytest.raises(errors.ArgumentError, match=r"a row must be|can't be negative"):
            wn.draw.change([row])


def test_heatmap_draws_and_refuses() -> None:
    picture = wn.draw.heatmap([[2, np.nan, 0], [1, 250, 12]], ["a", NASTY[0]], [NASTY[1], "y", "z"], title=NASTY[0])
    assert {"2.00", "–", "0.00", "250", "12.0"} <= set(texts(picture))
    assert f"{NASTY[0]} → y: 250" in texts(picture)
    assert {"≤ 0.25", "0.5", "1", "2", "≥ 4"} <= set(texts(picture))
    thirds = wn.draw.heatmap([[0.2, 0.5]], ["a"], ["b", "c"], centre=1 / 3)
    assert {"≤ 0.083", "0.17", "0.33", "0.67", "≥ 1.3"} <= set(texts(thirds))
    assert "≥ 1,000" in texts(wn.draw.heatmap([[1.0]], ["a"], ["b"], centre=250))
    cells = [one for one in parsed(picture).iter(SVG + "rect") if one.find(SVG + "title") is not None]
    assert len({one.get("fill") for one in cells}) == 5
    differences = wn.draw.heatmap([[-1.0, 0.0], [0.5, 1.0]], [1, 2], [3, 4], centre=0)
    assert "-1.00" in texts(differences)
    parsed(wn.draw.heatmap(np.zeros((0, 0)), [], []))
    parsed(wn.draw.heatmap([[np.nan]], ["a"], ["b"], centre=0))
    parsed(wn.draw.heatmap(np.ones((60, 60)), range(60), range(60)))
    with pytest.raises(errors.ArgumentError, match="2 rows and 1 columns"):
        wn.draw.heatmap([[1.0]], ["a", "b"], ["c"])
    for cell in (-1.0, np.inf):
        with pytest.raises(errors.ArgumentError, match="finite, and not negative"):
            wn.draw.heatmap([[cell]], ["a"], ["b"])
    with pytest.raises(errors.ArgumentError, match="centre"):
        wn.draw.heatmap([[1.0]], ["a"], ["b"], centre=-1)


# Pictures -------------------------------------------------------------------------------------------------


def test_picture_saves_as_svg_only(tmp_path) -> None:
    picture = wn.draw.network(ring(3))
    picture.save(tmp_path / "map.svg")
    content = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert content.endswith(picture.svg + "\n")
    ET.fromstring(content)  # noqa: S314
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]
    with pytest.raises(errors.ArgumentError, match=r"saved as \.svg, and 'map\.png'"):
        picture.save(tmp_path / "map.png")
    assert picture._repr_svg_() in picture._repr_html_()
    assert picture == wn.draw.network(ring(3))
    with pytest.raises(AttributeError):
        picture.svg = ""


def test_palette_stays_apart_without_a_kind_of_cone_and_spreads_in_grey() -> None:
    from wholenet._palette import CATEGORIES

    rgb = np.array([[int(one[place : place + 2], 16) / 255 for place in (1, 3, 5)] for one in CATEGORIES])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    # Machado, Oliveira & Fernandes (2009), severity 1: no red, green, blue cones.
    sights = [
        np.eye(3),
        np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    ]
    to_cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                         [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    to_lab = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                       [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    for sight in sights:
        lab = np.cbrt(np.clip(linear @ sight.T, 0, 1) @ to_cones.T) @ to_lab.T
        gaps = np.linalg.norm(lab[:, None] - lab, axis=2)[np.triu_indices(12, 1)]
        assert gaps.min() > 0.08
    lightness = np.sort((np.cbrt(linear @ to_cones.T) @ to_lab.T)[:, 0])
    assert np.ptp(lightness) > 0.45
    assert np.diff(lightness).min() > 0.02
