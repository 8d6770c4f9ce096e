"""How often random data have a solution, how much it covers, and how often the test against chance rejects, at 5 %.

Usage: python benches/simulation_qca.py [DATA SETS]

Memberships are uniform (fuzzy) or 0 and 1 (crisp), and independent of each other. The outcome is as well, or it is the
higher of the two lowest memberships in the first four conditions, with noise.
"""

import sys

import numpy as np
import pandas as pd

from wholenet.compare import qca

LEVEL = 0.05
DRAWS = 99
CASES = (10, 20, 40, 100)
CONDITIONS = (3, 4, 6, 8)
PRI = 0.5
NOISE = 0.15
# Conditions of the test against chance; where there is something to find it looks at a quarter of the data sets.
TESTED, FEWER = 4, 4


def table(random, cases, conditions, *, crisp, planted=False):
    """A truth table of random data; None where some condition or the outcome does not vary."""
    members = random.random((cases, conditions))
    y = random.random(cases)
    if planted:
        ways = np.maximum(members[:, :2].min(axis=1), members[:, 2:4].min(axis=1))
        y = np.clip(ways + random.normal(0, NOISE, cases), 0, 1)
    if crisp:
        members, y = (members > 0.5).astype(float), (y > 0.5).astype(float)
    if np.ptp(members, axis=0).min() == 0 or np.ptp(y) == 0:
        return None
    names = [f"c{at}" for at in range(conditions)]
    data = pd.DataFrame(members, columns=names).assign(y=y)
    return qca.truth_table(data, outcome="y", conditions=names, pri=PRI)


def solutions(sets, cases, conditions, *, crisp):
    """How often there is a solution, mean coverage of the complex one, and how often it has more than one model."""
    there, coverage, models, made = 0, [], 0, 0
    for one in range(sets):
        found = table(np.random.default_rng([cases, conditions, one]), cases, conditions, crisp=crisp)
        if found is None:
            continue
        made += 1
        if "1" in found.codes:
            solution = qca.minimize(found, progress=False)
            there += 1
            coverage.append(solution.models[0].coverage)
            models += len(solution.models) > 1
    return 100 * there / made, np.mean(coverage) if coverage else np.nan, 100 * models / made


def rejected(sets, cases, *, crisp, planted):
    """How often there is a solution, and how often the test says that it covers more than chance has it."""
    there = found = 0
    for one in range(sets):
        made = table(np.random.default_rng([7, cases, one]), cases, TESTED, crisp=crisp, planted=planted)
        if made is None or "1" not in made.codes:
            continue
        there += 1
        solution = qca.minimize(made, progress=False)
        found += qca.chance(solution, permutations=DRAWS, seed=one, progress=False).p <= LEVEL
    return 100 * there / sets, 100 * found / sets


def main(sets):
    """Print a row per kind of data."""
    print(f"{sets:,} data sets each; consistency at least .8, PRI at least {PRI}, rows of one case or more\n")
    print("| sets | cases | conditions | have a solution | it covers | several models |\n|---|---|---|---|---|---|")
    for name, crisp in (("crisp", True), ("fuzzy", False)):
        for cases in CASES:
            for conditions in CONDITIONS:
                there, coverage, models = solutions(sets, cases, conditions, crisp=crisp)
                row = f"| {name} | {cases} | {conditions} | {there:.0f} % | {coverage:.2f} | {models:.0f} % |"
                print(row, flush=True)
    print(f"\n| `chance`, {TESTED} conditions, {DRAWS} permutations | cases | have a solution | rejected at 5 % |")
    print("|---|---|---|---|")
    for name, crisp in (("crisp", True), ("fuzzy", False)):
        for cases in (20, 40):
            for words, planted in (("nothing to find", False), ("two ways", True)):
                there, found = rejected(sets // FEWER if planted else sets, cases, crisp=crisp, planted=planted)
                print(f"| {name}, {words} | {cases} | {there:.0f} % | {found:.1f} % |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
