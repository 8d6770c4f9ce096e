"""Loss corrected for measurement, stability: bias and coverage. Persistence: how often true hypotheses are rejected.

    python benches/simulation_change.py [studies] > table.md

Measured loss: true undirected networks of density .2, in which actors differ (expit(c + s(i) + s(j)), s with a standard
deviation of .6); 70 % of the true ties persist; 70 % of the actors answer in each wave, 80 % of true ties are reported.
Three kinds: all actors alike in what they report; two halves that report 95 % and 65 %, the same ones in both waves;
and persistence that differs between actors (two halves, .85 and .55, on average of both ends).

Stability: directed networks of density .15 in which actors differ in ties sent and got (standard deviation .6 each on
the log odds) and in how well their ties keep (likewise, for both ends); in half of the rows 30 % of the actors do not
answer, in each wave others. The truth is the ratio of expectations, from networks of 700 actors.

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


def waves(random, n, silent=0.0):
    """Two waves in which actors differ in the ties that they have and in those that they keep."""
    sent, got, keeps = random.standard_normal((3, n)) * SPREAD
    chance = expit(np.log(0.15 / 0.85) + sent[:, None] + got[None, :])
    before = random.random((n, n)) < chance
    kept = random.random((n, n)) < expit(0.8 + keeps[:, None] + keeps[None, :])
    after = np.where(before, kept, random.random((n, n)) < 0.3 * chance)
    cells = [one.astype(float) for one in (before, after)]
    for one in cells:
        one[random.random(n) < silent] = np.nan
        np.fill_diagonal(one, 0)
    return cells


def stabilities(studies):
    print("\n| actors | answer | measure | truth | mean | sd | mean se | covers |")
    print("|---|---|---|---|---|---|---|---|")
    random = np.random.default_rng(1)
    kept, gone, new = np.sum(
        [[(b * a).sum(), (b * (1 - a)).sum(), ((1 - b) * a).sum()] for b, a in (waves(random, 700) for _ in range(40))],
        axis=0,
    )
    truth = {"jaccard": kept / (kept + gone + new), "dissolution": gone / (kept + gone)}
    for n in (35, *SIZES):
        for silent in (0.0, 1 - RESPONSE):
            random = np.random.default_rng([n, round(100 * silent)])
            found = []
            for seed in range(studies):
                nets = [wn.Network.from_matrix(one) for one in waves(random, n, silent)]
                one = wn.change.stability(*nets, permutations=1, seed=seed, progress=False)
                found.append(one.to_frame().iloc[0])
            table = pd.DataFrame(found)
            for name, true in truth.items():
                covers = (table[f"{name}_lower"] <= true) & (true <= table[f"{name}_upper"])
                print(
                    f"| {n} | {1 - silent:.0%} | {name} | {true:.3f} | {table[name].mean():.3f} | "
                    f"{table[name].std():.4f} | {table[f'{name}_se'].mean():.4f} | {100 * covers.mean():.0f} % |",
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
    """Print the tables."""
    print(f"{studies:,} studies a row.\n")
    losses(studies)
    stabilities(studies)
    models(studies)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
