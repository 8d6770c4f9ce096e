"""Time minimization of truth tables, and plans of ties: the sizes that the example study and its like have."""

from time import perf_counter

import numpy as np
import pandas as pd

import wholenet as wn

CONDITIONS = 12
TABLES = 5
PLANS = {
    "the rules": {},
    "and whoever leaves, it holds": {"survive_any_leaver": True},
    "and four steps between levels": {"within": 4},
    "and three steps between levels": {"within": 3},
    "and both (three steps)": {"within": 3, "survive_any_leaver": True},
}


def random_rows(seed, rows):
    """A crisp truth table of cases that all differ, half of them with the outcome."""
    random = np.random.default_rng(seed)
    codes = random.choice(1 << CONDITIONS, rows, replace=False)
    names = [f"c{at:02d}" for at in range(CONDITIONS)]
    data = pd.DataFrame((codes[:, None] >> np.arange(CONDITIONS)) & 1, columns=names)
    data["y"] = random.permutation(np.arange(rows) % 2)
    return wn.compare.qca.truth_table(data, outcome="y", conditions=names)


def configurations(table):
    """The slowest of some random tables, complex and parsimonious."""
    for rows in (40, 60, 80):
        for solution in ("complex", "parsimonious"):
            slowest = 0.0
            for seed in range(TABLES):
                made = random_rows(seed, rows)
                started = perf_counter()
                wn.compare.qca.minimize(made, solution=solution, progress=False)
                slowest = max(slowest, perf_counter() - started)
            name = f"{solution} solution, {CONDITIONS} conditions, {rows} random rows, slowest of {TABLES} tables"
            table.add(name, slowest, target="< 1 s" if rows == 40 else "")


def plans(table):
    """Plans for the 135 organisations of the example study; the proven gap stands in the name."""
    study = wn.survey.strong(wn.datasets.youth_care().select(municipality="Waalderhaven", wave=1), one_report="use")
    net = study if isinstance(study, wn.Network) else next(iter(study.values()))
    rules = wn.design.rules(wn.datasets.required_ties())
    for words, options in PLANS.items():
        started = perf_counter()
        plan = wn.design.plan(net, rules, progress=False, **options)
        seconds = perf_counter() - started
        name = f"plan of ties, {net.n_actors} organisations: {words}; {plan.cost:g} changes, gap {plan.gap:.2%}"
        table.add(name, seconds, target="< 60 s, gap ≤ 1 %")
