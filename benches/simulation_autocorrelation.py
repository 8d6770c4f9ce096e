"""Bias and coverage of the network autocorrelation model, on data that follow it.

Usage: python benches/simulation_autocorrelation.py [DATA SETS] [ACTORS]

For each kind of model and each true value, data are drawn on a random network anew, and the model is fitted. A row says
how far the estimates are from the truth on average, with the standard error of that mean; how far they spread, beside
the mean standard error; and how often the interval of 1.96 standard errors holds the truth.
"""

import sys

import numpy as np

from wholenet.models import autocorrelation

SEED = 2026
TIES = 5  # that an actor sends, on average
SLOPE = 1.0


def drawn(rng, actors, which, strength):
    """A network, its weights divided by rows, and y and x of the model."""
    ties = (rng.random((actors, actors)) < TIES / (actors - 1)) & ~np.eye(actors, dtype=bool)
    weights = ties / np.maximum(ties.sum(axis=1, keepdims=True), 1)
    passed = np.eye(actors) - strength * weights
    x, noise = rng.normal(size=actors), rng.normal(size=actors)
    expected = 1 + SLOPE * x
    y = np.linalg.solve(passed, expected + noise if which == "effects" else noise)
    return ties.astype(float), x, y if which == "effects" else y + expected


def simulation(which, strength, sets, actors):
    """Print a row for each coefficient."""
    rng = np.random.default_rng(SEED)
    found, errors = [], []
    for _ in range(sets):
        ties, x, y = drawn(rng, actors, which, strength)
        fit = autocorrelation(y, x, **{which: ties})
        found.append(fit.estimate)
        errors.append(fit.se)
    found, errors, truth = np.array(found), np.array(errors), np.array([1, SLOPE, strength])
    bias, spread = found.mean(axis=0) - truth, found.std(axis=0, ddof=1)
    covered = (abs(found - truth) <= 1.96 * errors).mean(axis=0)
    for at, term in enumerate(fit.terms):
        print(
            f"{which:<13}{strength:>5.1f} {term:<10}{bias[at]:>8.3f} ±{spread[at] / np.sqrt(sets):.3f}"
            f"{spread[at]:>9.3f}{errors[:, at].mean():>9.3f}{covered[at]:>9.1%}"
        )


def main():
    sets, actors = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 500), (2, 100)))
    print(
        f"{sets} data sets of {actors} actors, {TIES} ties each, seed {SEED}; coverage strays by {coverage(sets):.1%}"
    )
    print(f"{'model':<13}{'true':>5} {'term':<10}{'bias':>8}        {'spread':>7}{'mean se':>9}{'covered':>9}")
    for which in ("effects", "disturbances"):
        for strength in (0.0, 0.3, 0.6):
            simulation(which, strength, sets, actors)


def coverage(sets):
    """1.96 standard errors of a share of 95 %."""
    return 1.96 * np.sqrt(0.95 * 0.05 / sets)


if __name__ == "__main__":
    main()
