"""Durations and outcomes: how often intervals cover the truth, and how often ranks that have nothing to do agree.

Usage: python benches/simulation_flows.py [SETS]

Durations: of 30, 100 or 400 trajectories, exponential or Weibull (shape 0.7) with a median of nine months; observation
ends between half a month and four years after their start, so that about a quarter still go on. Outcomes: of 15, 50 or
200 trajectories one in six drops out, and a mark from 1 to 10 is skewed. Ranks: 8 or 40 groups of sizes that differ as
those of organisations do, whose outcomes are means of as many; outcomes have nothing to do with size.
"""

import sys

import numpy as np

from wholenet.flows._agreement import agreement
from wholenet.flows._outcomes import _interval
from wholenet.flows._survival import Survival
from wholenet.governance._accuracy import wilson

MEDIAN = 9 * 365.25 / 12
LEVEL = 0.95
DROP_OUT = 1 / 6
MARKS = np.arange(1, 11)
CHANCES = np.array([1, 1, 1, 2, 3, 5, 8, 8, 4, 2]) / 35


def spells(random, many, shape):
    """Days that trajectories were seen for, and whether they ended."""
    scale = MEDIAN / np.log(2) ** (1 / shape)
    lasting = np.maximum(np.round(scale * random.weibull(shape, many)), 1)
    watched = np.round(random.uniform(15, 1461, many))
    return np.minimum(lasting, watched).astype(np.int64), lasting <= watched


def durations(sets):
    """Coverage of the interval for the median."""
    print("| trajectories | durations | still going on | 95 % interval of the median covers | upper end not known |")
    print("|---|---|---|---|---|")
    for shape, name in ((1.0, "exponential"), (0.7, "Weibull, shape 0.7")):
        for many in (30, 100, 400):
            covered, open_ended, going = [], [], []
            for data in range(sets):
                days, ended = spells(np.random.default_rng([many, int(shape * 10), data]), many, shape)
                _, lower, upper = Survival.of(days, ended).median(LEVEL)
                covered.append(lower <= MEDIAN <= upper)
                open_ended.append(np.isinf(upper))
                going.append(1 - ended.mean())
            shares = f"{np.mean(covered):.1%} | {np.mean(open_ended):.1%}"
            print(f"| {many} | {name} | {np.mean(going):.0%} | {shares} |", flush=True)


def outcomes(sets):
    """Coverage of the intervals for shares and means."""
    mean = float((MARKS * CHANCES).sum())
    print("\n| trajectories | 95 % interval of the drop-out covers | 95 % interval of the mean mark covers |")
    print("|---|---|---|")
    for many in (15, 50, 200):
        random = np.random.default_rng(many)
        covered = np.zeros((sets, 2))
        for data in range(sets):
            _, low, high = wilson(int(random.binomial(many, DROP_OUT)), many, LEVEL)
            _, lower, upper = _interval(random.choice(MARKS, many, p=CHANCES).astype(float).tolist(), LEVEL)
            covered[data] = low <= DROP_OUT <= high, lower <= mean <= upper
        print(f"| {many} | {covered[:, 0].mean():.1%} | {covered[:, 1].mean():.1%} |", flush=True)


def ranks(sets):
    """How often ranks that have nothing to do with each other are found to agree."""
    print("\n| groups | tau rejected at 5 % | rho rejected at 5 % |")
    print("|---|---|---|")
    for many in (8, 40):
        rejected = np.zeros((sets, 2))
        for data in range(sets):
            random = np.random.default_rng([many, data])
            size = 10 + np.round(random.lognormal(3, 1, many))
            means = 6 + random.standard_normal(many) * (0.5 + 2 / np.sqrt(size))
            found = agreement(size, means, 199, data, 0, None, progress=False)
            rejected[data] = found.p_tau <= 1 - LEVEL, found.p_rho <= 1 - LEVEL
        print(f"| {many} | {rejected[:, 0].mean():.1%} | {rejected[:, 1].mean():.1%} |", flush=True)


def main():
    """Run everything."""
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    durations(sets)
    outcomes(sets)
    ranks(sets)


if __name__ == "__main__":
    main()
