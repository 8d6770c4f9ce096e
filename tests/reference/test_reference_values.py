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

from reference_case import HERE, MISSING, SHARED, Case, case, numbers
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
FUNCTION = re.compile(r"(?:sna|igraph)::[\w.]+|(?:nx|ig|iu)\.[\w.]+")


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
    pairs = [both(name, call) for name in names]
    assert any(ours.shape != theirs.shape or not np.allclose(ours, theirs, **AGREES) for ours, theirs in pairs)


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


RELATIONS = ["advice", "friendship", "reports_to"]


@pytest.mark.parametrize("relation", RELATIONS)
def test_agrees_with_ucinet(relation):
    reference = json.loads((SHARED / "reference" / "ucinet.json").read_text(encoding="utf-8"))
    c = Case({"dataset": reference["dataset"], "relation": relation, "wave": 1, "directed": True, "cl": None})
    table = cohesion.whole_network(c.net)
    theirs = reference["networks"][relation]
    names = table["ucinet"].tolist()
    assert len(names) == len(set(names)) == 33
    assert theirs.keys() <= set(names)
    # UCINET computes in single precision, and leaves out what is not defined.
    assert_allclose(table["value"], [theirs.get(name, np.nan) for name in names], rtol=2e-6)
