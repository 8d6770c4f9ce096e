"""The matrix as a picture: every cell is there, in the order of the groups."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import draw, groups, positions
from wholenet._palette import UNKNOWN
from wholenet._svg import INK
from wholenet.errors import ArgumentError, ColumnError

ACTORS = pd.DataFrame({"id": list("abcd"), "sector": ["care", "school", "care", "<b>"]})
NET = wn.Network.from_edges((["a", "b", "c"], ["c", "d", "a"]), ACTORS)


def squares(picture, colour):
    """Left and top of each cell of a colour."""
    root = ET.fromstring(picture.svg)  # noqa: S314 (our own)
    paths = [one.get("d") for one in root.iter("{http://www.w3.org/2000/svg}path") if one.get("fill") == colour]
    return [tuple(map(float, move)) for path in paths for move in re.findall(r"M([\d.]+) ([\d.]+)h", path)]


def words(picture):
    root = ET.fromstring(picture.svg)  # noqa: S314 (our own)
    return [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_square_for_every_tie():
    assert len(squares(draw.matrix(NET), INK)) == 3
    assert draw.matrix(NET).description == "Matrix of 4 actors"


def test_groups_stand_beside_each_other():
    picture = draw.matrix(NET, by="sector")
    assert picture.description == "Matrix of 4 actors in 3 groups"
    # Sorted: <b> (d), care (a, c), school (b). Ties a → c, c → a, b → d are cells (1, 2), (2, 1), (3, 0).
    found = np.array(squares(picture, INK))
    side = np.diff(np.unique(found[:, 0])).min()
    cells = np.round((found - found.min(axis=0)) / side).astype(int)
    assert sorted(map(tuple, cells[:, ::-1].tolist())) == [(0, 2), (1, 1), (2, 0)]
    assert [word for word in words(picture) if word in set("abcd")] == ["d", "a", "c", "b"]
    assert "<b>" in words(picture)


def test_values_and_cells_that_were_not_observed():
    net = wn.Network.from_matrix([[0, 2, np.nan], [5, 0, 2], [0, 1, 0]])
    picture = draw.matrix(net)
    assert len(squares(picture, UNKNOWN)) == 1
    assert words(picture)[-4:] == ["1", "2", "5", "not observed"]
    many = wn.Network.from_matrix(np.arange(49.0).reshape(7, 7) * (1 - np.eye(7)))
    assert sum(" to " in word for word in words(draw.matrix(many))) == 5


@pytest.mark.parametrize(
    ("by", "groups_named"),
    [
        (lambda net: positions.blockmodel(net, blocks=2, starts=5, seed=1), ["0", "1"]),
        (lambda net: groups.core_periphery(net, starts=5, permutations=0, seed=1), ["core", "periphery"]),
        (lambda net: groups.core_periphery(net, kind="continuous", permutations=0, seed=1), []),
        (lambda net: groups.leiden(net, seed=1), ["0", "1"]),
        (lambda _: [1, 1, 0, 0, 1], ["0", "1"]),
    ],
)
def test_what_was_found(by, groups_named):
    net = wn.Network.from_edges((list("aabad"), list("bccde")), directed=False)
    picture = draw.matrix(net, by=by(net))
    assert len(squares(picture, INK)) == 10
    shown = [word for word in words(picture) if word not in set("abcde")]
    assert set(shown) - {"tie"} == set(groups_named)


def test_what_is_refused():
    with pytest.raises(ColumnError):
        draw.matrix(NET, by="level")
    with pytest.raises(ArgumentError, match="one entry per actor"):
        draw.matrix(NET, by=[1, 2])
    with pytest.raises(ArgumentError, match="by is of 5 actors"):
        draw.matrix(NET, by=groups.leiden(wn.Network.from_matrix(1 - np.eye(5), directed=False), seed=1))
    with pytest.raises(ArgumentError, match="at most 2,000"):
        draw.matrix(wn.Network.from_matrix(np.zeros((2001, 2001))))
    assert draw.matrix(wn.Network.from_matrix(np.zeros((0, 0)))).description == "Matrix of 0 actors"
