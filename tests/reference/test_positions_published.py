"""Positions that were published."""

import csv

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from reference_case import MISSING, SHARED
from wholenet import positions

FOLDER = SHARED / "data" / "sampson_monastery"
if not FOLDER.is_dir():
    pytest.skip(MISSING, allow_module_level=True)

RELATIONS = ("liking", "disliking", "esteem", "disesteem", "influence", "neg_influence", "praise", "blame")


def test_breiger_boorman_and_arabies_blocks_of_the_monastery():
    """Breiger, Boorman & Arabie (1975); White, Boorman & Breiger (1976), who number the monks as the labels do."""
    with (FOLDER / "nodes.csv").open(encoding="utf-8") as file:
        number = {row["id"]: int(row["label"].split("_")[1]) for row in csv.DictReader(file)}
    with (FOLDER / "edges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    monks = pd.DataFrame({"monk": sorted(number.values())})
    nets = []
    for relation in RELATIONS:
        # Liking was asked at three times; the others speak of the last before the break, listed as the first wave.
        own = [
            row for row in rows if row["relation"] == relation and row["wave"] == ("3" if relation == "liking" else "1")
        ]
        ties = ([number[row["source"]] for row in own], [number[row["target"]] for row in own])
        nets.append(wn.Network.from_edges(ties, monks, weight=[float(row["weight"]) for row in own]))
    found = positions.concor(nets, mode="in", depth=2)
    blocks = {frozenset((np.flatnonzero(found.membership == block) + 1).tolist()) for block in range(4)}
    loyal, outcasts, turks = {4, 5, 6, 8, 9, 10, 11}, {3, 13, 17, 18}, {1, 2, 7, 12, 14, 15, 16}
    assert {frozenset(loyal), frozenset(outcasts)} <= blocks
    assert frozenset().union(*(blocks - {frozenset(loyal), frozenset(outcasts)})) == turks
    # The first split sets the young Turks apart.
    assert set((np.flatnonzero(found.levels[0] == found.levels[0][0]) + 1).tolist()) == turks
