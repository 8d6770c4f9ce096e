"""The networks of the reference values, and how the values read."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import wholenet as wn
from wholenet import cohesion, mixing

SHARED = Path(__file__).parents[3] / "shared"
HERE = (SHARED / "reference").is_dir()
MISSING = "the reference values in ../shared are not here"


class Case:
    """A network of the lab with what is derived from it."""

    def __init__(self, reference):
        folder = SHARED / "data" / reference["dataset"]
        with (folder / "nodes.csv").open(encoding="utf-8") as file:
            order = [row["id"] for row in csv.DictReader(file)]
        with (folder / "edges.csv").open(encoding="utf-8") as file:
            rows = [
                row
                for row in csv.DictReader(file)
                if (row["relation"], row["wave"]) == (reference["relation"], str(reference["wave"]))
            ]
        place = {label: position for position, label in enumerate(order)}
        self.directed = reference["directed"]
        self.groups = reference["cl"]
        self.net = wn.Network.from_edges(
            ([place[row["source"]] for row in rows], [place[row["target"]] for row in rows]),
            pd.DataFrame({"id": range(len(order)), "group": self.groups or "all"}),
            directed=self.directed,
        )
        self.n = self.net.n_actors
        # "u" in the calls: the ties without direction; "uc" its largest component.
        self.plain = self.net.symmetrize("union") if self.directed else self.net
        self.largest = self.plain.largest_component()

    def block(self, column):
        """A column of the sector densities, group by group."""
        table = mixing.sector_density(self.net, by="group")
        return table[column].to_numpy().reshape(len(set(self.groups)), -1)


@cache
def case(name):
    """Load a reference file: the network, and the values by call."""
    reference = json.loads((SHARED / "reference" / f"{name}.json").read_text(encoding="utf-8"))
    return Case(reference), {one["call"]: one for one in reference["measures"]}


def numbers(value):
    """Read reference values; what is not a number is written as text there."""
    if isinstance(value, dict):
        return [numbers(one) for one in value.values()]
    return [numbers(one) for one in value] if isinstance(value, list) else float(value)


def reached(net):
    """How many others each actor can reach."""
    return np.isfinite(cohesion.distances(net)).sum(axis=1) - 1


def one_piece(c):
    """Whether everybody can reach everybody."""
    return bool((reached(c.net) == c.n - 1).all())


def counts(census):
    return list(census["count"])


def sizes(net, kind):
    return np.bincount(cohesion.components(net, kind=kind)).tolist()


def together(labels):
    """Which actors are in one part."""
    labels = np.asarray(labels)
    return (labels[:, None] == labels[None, :]).astype(float)


def per_reached(scores, net):
    """A score of r ÷ s, for r actors reached, as 1 ÷ s."""
    return scores / np.maximum(reached(net), 1)
