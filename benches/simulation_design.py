"""Robustness: how often the test calls a random order worse than random, and how often the band covers one.

Usage: python benches/simulation_design.py [SETS]

Networks of 60 organisations whose numbers of ties differ; whoever goes first is drawn at random, independently of the
ties, so that its R is one more draw. Tests at 5 %, with 199 random orders. The band is that of the largest component
after a quarter, a half and three quarters are gone.
"""

import sys

import numpy as np

import wholenet as wn

N, DRAWS = 60, 199


def network(random, mean):
    """Ties in proportion to two propensities."""
    pull = random.gamma(1.5, size=N)
    chance = np.clip(mean * np.outer(pull, pull) * N / (pull.sum() ** 2), 0, 1)
    cells = np.triu(random.random((N, N)) < chance, 1)
    return wn.Network.from_matrix((cells | cells.T).astype(float), directed=False)


def main(sets):
    """Print a row for each number of ties."""
    print("| mean ties | p at most .05 | p at most .20 | band covers: ¼ gone | ½ gone | ¾ gone |")
    print("|---|---|---|---|---|---|")
    for mean in (2, 4, 8):
        random, found = np.random.default_rng(mean), []
        for seed in range(sets):
            net = network(random, mean)
            one = wn.design.robustness(net, order=random.random(N), draws=DRAWS, seed=seed, progress=False)
            places = [N // 4, N // 2, 3 * N // 4]
            inside = [one.lower[0, at] <= one.largest[at] <= one.upper[0, at] for at in places]
            found.append([one.p_lower <= 0.05, one.p_lower <= 0.2, *inside])
        print(
            f"| {mean} | " + " | ".join(f"{100 * share:.1f} %" for share in np.mean(found, axis=0)) + " |", flush=True
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
