"""Loss corrected for measurement: bias and coverage. Models of persistence: how often true hypotheses are rejected.

    python benches/simulation_change.py [studies] > table.md

Measured loss: true undirected networks of density .2, in which actors differ (expit(c + s(i) + s(j)), s with a standard
deviation of .6); 70 % of the true ties persist; 70 % of the actors answer in each wave, 80 % of true ties are reported.
Three kinds: all actors alike in what they report; two halves that report 95 % and 65 %, the same ones in both waves;
and persistence that differs between actors (two halves, .85 and .55, on average of both ends).

Persistence model: directed networks of density .2; whether a tie is kept depends on effects of its sender and its
receiver (standard deviation .8 each on the log odds), and not on the predictors: a group of actors, a number of the
sender, the value of the tie, reciprocity and shared partners.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

import wholenet as wn

DENSITY, SPREAD, RESPONSE, REPORTING, STAYS = 0.2, 0.6, 0.7, 0.8, 0.7
SIZES = (65, 135)
EFFECT = 0.8


def expit(x):
    return 1 / (1 + np.exp(-x))


def symmetric(upper):
    return np.triu(upper, 1) | np.triu(upper, 1).T


def reports(random, true, q, silent):
    cells = (true & (random.random(true.shape) < q[:, None])).astype(float)
    cells[silent] = np.nan
    np.fill_diagonal(cells, 0)
    return wn.Network.from_matrix(cells)


def study(random, n, kind):
    """Two waves of reports, and the share of true ties that persisted on average."""
    s = random.standard_normal(n) * SPREAD
    true = symmetric(random.random((n, n)) < expit(np.log(DENSITY / (1 - DENSITY)) + s[:, None] + s[None, :]))
    half = random.random(n) < 0.5
    q = np.where(half, 0.95, 0.65) if kind == "reporting differs" else np.full(n, REPORTING)
    own = np.where(half, 0.85, 0.55) if kind == "persistence differs" else np.full(n, STAYS)
    still = true & symmetric(random.random((n, n)) < (own[:, None] + own[None, :]) / 2)
    fresh = ~true & symmetric(random.random((n, n)) < DENSITY * (1 - STAYS) / (1 - DENSITY))
    waves = [reports(random, one, q, random.random(n) >= RESPONSE) for one in (true, still | fresh)]
    return *waves, STAYS


def losses(studies):
    print("| actors | kind | rule | mean apparent loss | true loss | mean corrected | sd | mean se | covers |")
    print("|---|---|---|---|---|---|---|---|---|")
    for n in SIZES:
        for kind in ("alike", "reporting differs", "persistence differs"):
            for rule in ("union", "confirmed"):
                random = np.random.default_rng([n, len(kind), len(rule)])
                found = []
                for seed in range(studies):
                    before, after, stays = study(random, n, kind)
                    one = wn.change.measured_loss(before, after, rule=rule, draws=200, seed=seed, progress=False)
                    covers = one.lower[2] <= 1 - stays <= one.upper[2]
                    found.append((one.apparent, 1 - stays, one.corrected, one.se[2], covers))
                a = np.array(found)
                means = a.mean(axis=0)
                print(
                    f"| {n} | {kind} | {rule} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.3f} | "
                    f"{a[:, 2].std(ddof=1):.3f} | {means[3]:.3f} | {100 * means[4]:.0f} % |",
                    flush=True,
                )


def panel(random, n):
    """Two waves in which persistence depends on the actors, and on no attribute."""
    sender, receiver = random.standard_normal((2, n)) * EFFECT
    base = random.random((n, n)) < DENSITY
    np.fill_diagonal(base, val=False)
    values = np.where(base, random.integers(1, 5, (n, n)), 0).astype(float)
    stays = random.random((n, n)) < expit(sender[:, None] + receiver[None, :])
    actors = {
        "name": np.arange(n),
        "sector": random.integers(0, 4, n).astype(str),
        "size": random.standard_normal(n),
    }
    table = pd.DataFrame(actors)
    before = wn.Network.from_matrix(values, table)
    return before, wn.Network.from_matrix((base & stays).astype(float), table)


TERMS = ("same(sector)", "sender(size)", "receiver(size)", "strength", "reciprocity", "shared partners")


def models(studies):
    print("\n| actors | term | classical | dyadic robust | the same, for few actors | LRQAP |")
    print("|---|---|---|---|---|---|")
    for n in (35, *SIZES):
        random = np.random.default_rng(n)
        found = []
        for seed in range(studies):
            before, after = panel(random, n)
            one = wn.change.persistence(before, after, TERMS, permutations=99, seed=seed, progress=False)
            classical = np.abs(one.estimate / one.regression.se) > 1.959964
            plain = np.abs(one.estimate / one.sandwich) > 1.959964
            found.append([classical[1:], plain[1:], one.p[1:] < 0.05, one.p_lrqap[1:] <= 0.05])
        rates = 100 * np.array(found).mean(axis=0)
        for at, term in enumerate(TERMS):
            print(f"| {n} | {term} | " + " | ".join(f"{rate:.1f} %" for rate in rates[:, at]) + " |", flush=True)


def main(studies: int = 400) -> None:
    """Print both tables."""
    print(f"{studies:,} studies a row.\n")
    losses(studies)
    models(studies)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
