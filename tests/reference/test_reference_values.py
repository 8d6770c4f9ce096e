"""Values that R's sna and igraph, Python's networkx and igraph, and UCINET computed on classical data sets.

Each reference names the call that made it. Every call of a function that corresponds to one of our measures is either
compared to 1e-9, or stands in ONLY or DIFFERENT with the reason why our number is meant to be another.
"""

import importlib
import json
import re
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from reference_case import HERE, MISSING, SHARED, Case, case, numbers, sizes
from wholenet import centrality, cohesion

if not HERE:
    pytest.skip(MISSING, allow_module_level=True)

AGREES = {"rtol": 1e-9, "atol": 1e-9}

# Each family lists its calls in a file of its own.
MEASURES, READ, ONLY, DIFFERENT = {}, {}, {}, {}
for _path in sorted((Path(__file__).parents[1] / "support").glob("calls_*.py")):
    _calls = importlib.import_module(_path.stem)
    for _all, _name in ((MEASURES, "MEASURES"), (READ, "READ"), (ONLY, "ONLY"), (DIFFERENT, "DIFFERENT")):
        assert not _all.keys() & getattr(_calls, _name).keys(), _path
        _all.update(getattr(_calls, _name))

FILES = sorted(path.stem for path in (SHARED / "reference").glob("*_*.json"))
# The first function of a call, with its package.
FUNCTION = re.compile(r"(?:sna|igraph)::[\w.]+|(?:nx|ig)\.[\w.]+")


def comparisons():
    """Every reference value that one of MEASURES should give, unless the peer gave an error."""
    for name in FILES:
        c, values = case(name)
        for call in MEASURES:
            applies, _ = ONLY.get(call, (lambda _: True, ""))
            if "value" in values.get(call, {}) and applies(c):
                yield pytest.param(name, call, id=f"{name} {call}")


def both(name, call):
    """Ours and theirs."""
    c, values = case(name)
    return np.asarray(MEASURES[call](c), dtype=float), np.asarray(READ.get(call, numbers)(values[call]["value"]))


@pytest.mark.parametrize(("name", "call"), list(comparisons()))
def test_agrees(name, call):
    assert_allclose(*both(name, call), **AGREES)


@pytest.mark.parametrize("call", ONLY)
def test_where_a_definition_is_not_ours_the_values_differ(call):
    applies, _ = ONLY[call]
    names = [name for name in FILES if "value" in case(name)[1].get(call, {}) and not applies(case(name)[0])]
    assert any(not np.allclose(*both(name, call), **AGREES) for name in names)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("sna")])
def test_eigenvector_up_to_sign(name):
    c, values = case(name)
    ours = centrality.eigenvector(c.net.reverse(), scale="norm")
    if not np.isnan(ours).any():
        theirs = np.abs(numbers(values["Re(sna::evcent(g, gmode = gm, use.eigen = TRUE))"]["value"]))
        assert_allclose(ours, theirs, **AGREES)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("py")])
def test_mixing_in_any_order_of_groups(name):
    c, values = case(name)
    if "nx.attribute_mixing_matrix(g, 'grp').tolist()" not in values:
        return
    theirs = np.array(numbers(values["nx.attribute_mixing_matrix(g, 'grp').tolist()"]["value"]))
    ours = c.block("ties") / c.net.n_ties
    orders = permutations(range(len(ours)))
    assert any(np.allclose(ours[np.ix_(order, order)], theirs, **AGREES) for order in orders)


def test_every_call_of_such_a_function_is_accounted_for():
    functions = {FUNCTION.search(call)[0] for call in MEASURES}
    calls = {call for name in FILES for call in case(name)[1]}
    there = {call for call in calls if (found := FUNCTION.search(call)) and found[0] in functions}
    assert there <= MEASURES.keys() | DIFFERENT.keys()
    # Nothing stands here that the references do not hold.
    assert MEASURES.keys() | DIFFERENT.keys() <= calls


def wiener(net):
    """The sum of all finite distances."""
    found = cohesion.distances(net)
    return found[np.isfinite(found)].sum()


def share(net, row):
    count = cohesion.dyad_census(net)["count"]
    return count[row] / count.sum()


# What UCINET's table "Multiple measures" calls our measures.
UCINET = {
    "# of nodes": lambda net: net.n_actors,
    "# of ties": lambda net: net.n_ties,
    "Avg Degree": cohesion.mean_degree,
    "Deg Centralization": lambda net: cohesion.centralization(net.symmetrize("union")),
    "Out-Centralization": lambda net: cohesion.centralization(net, mode="out"),
    "In-Centralization": lambda net: cohesion.centralization(net, mode="in"),
    "Density": cohesion.density,
    "Components": lambda net: len(sizes(net, "strong")),
    "Largest Component": lambda net: sizes(net, "strong")[0],
    "Transitivity/Closure": cohesion.transitivity,
    "Avg Distance": cohesion.average_distance,
    "Diameter": cohesion.diameter,
    "Wiener Index": wiener,
    "Compactness": lambda net: centrality.harmonic(net, normalized=True).mean(),
    "Mutuals": lambda net: share(net, 0),
    "Asymmetrics": lambda net: share(net, 1),
    "Nulls": lambda net: share(net, 2),
    "Arc Reciprocity": cohesion.reciprocity,
    "Dyad Reciprocity": lambda net: cohesion.reciprocity(net, kind="dyads"),
}


@pytest.mark.parametrize("measure", UCINET)
@pytest.mark.parametrize("relation", ["advice", "friendship", "reports_to"])
def test_agrees_with_ucinet(relation, measure):
    table = json.loads((SHARED / "reference" / "ucinet.json").read_text(encoding="utf-8"))
    c = Case({"dataset": table["dataset"], "relation": relation, "wave": 1, "directed": True, "cl": None})
    # UCINET computes in single precision.
    assert_allclose(UCINET[measure](c.net), table["networks"][relation][measure], rtol=2e-6)
