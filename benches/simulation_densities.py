"""How often intervals for density cover the truth, on networks whose actors differ and on networks of equal dyads.

    python benches/simulation_densities.py [networks] [draws] > table.md

Actors that differ: a tie from i to j has probability expit(c + s(i) + r(j)), with s and r normal (the same in an
undirected network), and c such that density is .28. A new network has new actors, as the bootstrap has it. Equal dyads:
each is a tie with probability .28. The truth is .28 in either; the true standard error is the standard deviation of the
densities of the networks.
"""

from __future__ import annotations

import sys

import numpy as np

import wholenet as wn

DENSITY, SPREAD = 0.28, 0.8
SIZES = (20, 65, 135)


def constant(spread: float) -> float:
    """Find c, by halving, with the mean over the normal distribution of s + r taken at its quantiles."""
    grid = np.random.default_rng(0).standard_normal(400_000) * spread
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-middle - grid))).mean() < DENSITY else (low, middle)
    return low


def network(random: np.random.Generator, n: int, c: float, *, differ: bool, directed: bool) -> wn.Network:
    """Draw a network of new actors."""
    sender, receiver = (random.standard_normal((2, n)) * SPREAD) if differ else np.zeros((2, n))
    if not directed:
        receiver = sender
    p = 1 / (1 + np.exp(-(c + sender[:, None] + receiver[None, :]))) if differ else np.full((n, n), DENSITY)
    cells = (random.random((n, n)) < p).astype(float)
    if not directed:
        cells = np.triu(cells, 1) + np.triu(cells, 1).T
    np.fill_diagonal(cells, 0)
    return wn.Network.from_matrix(cells, directed=directed)


def main(networks: int = 1000, draws: int = 500) -> None:
    """Print the table."""
    # The logit of a tie has the variance of s + r: 2 · SPREAD², undirected and directed.
    c = constant(SPREAD * np.sqrt(2))
    print(f"{networks:,} networks a row, {draws:,} bootstrap draws each; coverage of the 95 % normal interval.\n")
    print("| actors | ties | n | true se | bootstrap se ÷ true | covers | jackknife se ÷ true | covers |")
    print("|---|---|---|---|---|---|---|---|")
    for differ in (True, False):
        for directed in (False, True):
            for n in SIZES:
                random = np.random.default_rng([n, differ, directed])
                made = (network(random, n, c, differ=differ, directed=directed) for _ in range(networks))
                found = np.array([one(net, seed, draws) for seed, net in enumerate(made)])
                true = found[:, 0].std(ddof=1)
                cells = [f"{true:.4f}"]
                for se, covers in ((found[:, 1], found[:, 2]), (found[:, 3], found[:, 4])):
                    cells += [f"{se.mean() / true:.2f}", f"{100 * covers.mean():.1f} %"]
                kinds = ("differ" if differ else "alike", "directed" if directed else "undirected", str(n))
                print("| " + " | ".join((*kinds, *cells)) + " |", flush=True)


def one(net: wn.Network, seed: int, draws: int) -> tuple[float, float, bool, float, bool]:
    """Estimate and, for bootstrap and jackknife, the standard error and whether the interval covers the truth."""
    boot = wn.inference.bootstrap(net, draws=draws, seed=seed, progress=False)
    jack = wn.inference.jackknife(net, progress=False)
    return (
        boot.estimate,
        boot.se,
        boot.lower <= DENSITY <= boot.upper,
        jack.se,
        jack.lower <= DENSITY <= jack.upper,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
