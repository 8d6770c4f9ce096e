"""Regressions over networks, matched pairs and multilevel models: false positives, coverage and power.

Usage: python benches/simulation_compare.py [SETS]

Effects: networks by status (two categories) and position (two), with 10 to 40 organisations. Cells are of the same
size, or as unequal as chance makes them where half of the networks are in the first. Variances are equal, or three
times as large (in standard deviations) in the first cell, or in the last. Tests at 5 %, with 199 permutations.

Pairs: networks with and without something, whose outcome depends on the two columns that they are matched on; what is
left is normal or skewed. Multilevel: respondents in networks, a predictor of the network and one of the respondent.
"""

import sys

import numpy as np
import pandas as pd

import wholenet as wn
from wholenet.compare._columns import rows_of
from wholenet.compare._design import design_of
from wholenet.compare._formula import formula_of
from wholenet.compare._least_squares import fitted, permuted, t_tests

FORMULA = formula_of("y ~ status * inside + size")
TERMS = ("inside", "size", "interaction")
SPREAD = {"equal": (1, 1, 1, 1), "first cell larger": (3, 1, 1, 1), "last cell larger": (1, 1, 1, 3)}


def cells_of(random, n, *, alike):
    """The cell of each network; each has two networks at least."""
    if alike:
        return np.arange(n) % 4
    return np.concatenate([np.repeat(np.arange(4), 2), random.choice(4, n - 8, p=[0.5, 0.25, 0.15, 0.1])])


def tested(random, n, spread, effect, seed, *, alike):
    """The p-values of three tests of three coefficients."""
    cell = cells_of(random, n, alike=alike)
    y = 5 + (cell // 2) + effect * (cell == 3) + np.array(SPREAD[spread])[cell] * random.standard_normal(n)
    data = pd.DataFrame(
        {
            "network": np.arange(n).astype(str),
            "status": np.array(["low", "ordinary"])[cell // 2],
            "inside": cell % 2 == 1,
            "size": random.integers(10, 41, n),
            "y": y,
        }
    )
    design = design_of(FORMULA, rows_of(data, ("y", *FORMULA.names), "network", "refuse"), None, "networks")
    fit = fitted(design)
    every = np.eye(5)
    found = t_tests(fit, every, 0.95)
    p = permuted(design, fit, every, 199, seed=seed, executor=None, progress=False)[0]
    covered = np.abs(found.estimate - [5, 1, 0, 0, effect]) <= found.reach
    return np.array([found.p, found.p_robust, p])[:, 2:], covered[2:]


def effects(sets):
    """Rejections at 5 % of true hypotheses, and of one that is false."""
    print("| networks | cells | variances | coefficient | ordinary | robust | permutation | interval covers |")
    print("|---|---|---|---|---|---|---|---|")
    for n in (40, 12):
        for spread in SPREAD:
            for alike in (True, False):
                random = np.random.default_rng([n, len(spread), alike])
                found = [tested(random, n, spread, 0.0, seed, alike=alike) for seed in range(sets)]
                rejected = np.mean([p <= 0.05 for p, _ in found], axis=0)
                covered = np.mean([one for _, one in found], axis=0)
                for at in (0, 1, 2):
                    shares = " | ".join(f"{100 * one:.1f} %" for one in rejected[:, at])
                    kind = "alike" if alike else "unequal"
                    print(f"| {n} | {kind} | {spread} | {TERMS[at]} | {shares} | {100 * covered[at]:.1f} % |")
    print("\nPower, for an interaction of 1.5 standard deviations, cells alike, equal variances:\n")
    print("| networks | ordinary | robust | permutation |\n|---|---|---|---|")
    for n in (40, 12):
        random = np.random.default_rng([n, 7])
        found = [tested(random, n, "equal", 1.5, seed, alike=True)[0] for seed in range(sets)]
        print(
            f"| {n} | "
            + " | ".join(f"{100 * one:.1f} %" for one in np.mean([p[:, 2] <= 0.05 for p in found], axis=0))
            + " |"
        )


def paired(random, n, kind, effect, caliper, seed):
    """The estimate of matched pairs, whether its test rejects, whether its interval covers; NaN: too few pairs."""
    x = random.standard_normal((n, 2))
    inside = random.random(n) < 1 / (1 + np.exp(0.4 - 0.6 * x[:, 0]))
    inside[:4] = [True, True, False, False]
    left = random.standard_normal(n) if kind == "normal" else random.exponential(size=n) - 1
    y = 5 + 0.5 * x[:, 0] + effect * inside + left
    columns = {"network": np.arange(n).astype(str), "a": x[:, 0], "b": x[:, 1], "inside": inside, "y": y}
    try:
        found = wn.compare.matched(
            pd.DataFrame(columns), outcome="y", treatment="inside", on=["a", "b"], caliper=caliper, draws=999,
            seed=seed, progress=False,
        )  # fmt: skip
    except wn.errors.ModelError:
        return (np.nan,) * 3
    return found.estimate, found.p <= 0.05, found.lower <= effect <= found.upper


def pairs(sets):
    """Rejections and coverage of matched pairs."""
    print("\n| networks | what is left | caliper | true difference | estimate | rejected at 5 % | interval covers |")
    print("|---|---|---|---|---|---|---|")
    for n in (16, 40):
        for kind in ("normal", "skewed"):
            for caliper in (None, 0.5):
                for effect in (0.0, 1.0):
                    random = np.random.default_rng([n, len(kind), int(effect)])
                    found = [paired(random, n, kind, effect, caliper, seed) for seed in range(sets)]
                    mean, rejected, covered = np.nanmean(np.array(found, dtype=float), axis=0)
                    words = f"{caliper or 'none'} | {effect:g} | {mean:.2f}"
                    print(f"| {n} | {kind} | {words} | {100 * rejected:.1f} % | {100 * covered:.1f} % |")


def levels(sets):
    """Rejections, coverage and bias of multilevel models."""
    print("\n| networks | share between | rejected, network's | covers | rejected, respondent's | covers "
          "| mean share found | singular |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for n in (6, 12, 40):
        for share in (0.0, 0.1, 0.4):
            random = np.random.default_rng([n, int(10 * share)])
            found = []
            for _ in range(sets):
                code = np.repeat(np.arange(n), random.integers(4, 13, n))
                own, shared = random.standard_normal(len(code)), random.standard_normal(n)[code]
                y = np.sqrt(share) * random.standard_normal(n)[code]
                y = y + np.sqrt(1 - share) * random.standard_normal(len(code))
                data = pd.DataFrame({"network": code, "y": y, "shared": shared, "own": own})
                one = wn.compare.multilevel(data, "y ~ shared + own")
                found.append([one.p[1] <= 0.05, one.lower[1] <= 0 <= one.upper[1], one.p[2] <= 0.05,
                              one.lower[2] <= 0 <= one.upper[2], one.icc, one.singular])  # fmt: skip
            mean = np.mean(np.array(found, dtype=float), axis=0)
            shown = " | ".join(f"{100 * one:.1f} %" for one in mean[:4])
            print(f"| {n} | {share:g} | {shown} | {mean[4]:.2f} | {100 * mean[5]:.1f} % |")


if __name__ == "__main__":
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    effects(sets)
    pairs(sets)
    levels(sets)
