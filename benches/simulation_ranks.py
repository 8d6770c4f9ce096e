"""How often rank intervals cover the rank of an expected value, and how often the test of prominence finds something.

    python benches/simulation_ranks.py [networks] [draws] [tests] [permutations] > table.md

65 organisations have a popularity and an activity that last, both normal with standard deviation .8; the log odds of a
tie are a constant plus the activity of its sender plus the popularity of its receiver. Each network is one survey of
it; in half of the rows a random 30 % did not answer. The truth is the rank of what a measure is on average: of
in-degree by its formula, of others over networks observed in full.
"""

import sys
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import rankdata

import wholenet as wn

N, SPREAD, TOP = 65, 0.8, 10
GATEKEEPERS, LEVEL = 8, 0.05
CONSTANTS = {0.3: -1.0, 0.1: -2.5}
RESPONSES = (1.0, 0.7)
AVERAGED = 200
MEASURES = {
    "in-degree": partial(wn.centrality.degree, mode="in"),
    "harmonic in": partial(wn.centrality.harmonic, mode="in"),
    "betweenness": wn.centrality.betweenness,
}
LABELS = [f"organisation {place}" for place in range(N)]
SECTORS = np.repeat([f"sector {place}" for place in range(8)], [16, 12, 10, 8, 7, 5, 4, 3])


def probabilities(generator, constant):
    """The probability of each tie."""
    popularity, activity = generator.normal(0, SPREAD, (2, N))
    found = 1 / (1 + np.exp(-(constant + activity[:, None] + popularity)))
    np.fill_diagonal(found, 0)
    return found


def network(generator, chance, response=1.0, marks=None):
    """One survey."""
    cells = (generator.random((N, N)) < chance).astype(float)
    cells[generator.random(N) >= response] = np.nan
    np.fill_diagonal(cells, 0)
    actors = pd.DataFrame({"name": LABELS, "sector": SECTORS})
    if marks is not None:
        actors["gatekeeper"] = marks
    return wn.Network.from_matrix(cells, actors)


def truths(generator, chance):
    """The rank of each actor's expected value, by each measure."""
    surveys = [network(generator, chance) for _ in range(AVERAGED)]
    means = [np.mean([measure(net) for net in surveys], axis=0) for measure in MEASURES.values()]
    means[0] = chance.sum(axis=0)
    return np.array([rankdata(-mean) for mean in means])


def ranks(networks, draws):
    """A table of how often rank intervals cover, and how long they are."""
    print(f"{networks:,} networks a row, {draws:,} draws each; 95 % intervals.\n")
    print("| density | response | measure | covers | of the 10 highest | mean length | of the 10 highest |")
    print("|---|---|---|---|---|---|---|")
    for density, constant in CONSTANTS.items():
        for response in RESPONSES:
            found = np.array([_ranks(seed, constant, response, draws) for seed in range(networks)]).mean(axis=0)
            for name, row in zip(MEASURES, found, strict=True):
                if response < 1 and name == "betweenness":
                    continue  # it reads what non-respondents send
                cells = (
                    " | ".join(f"{one:.3f}" for one in row[:2]) + " | " + " | ".join(f"{one:.1f}" for one in row[2:])
                )
                print(f"| {density} | {response:.0%} | {name} | {cells} |", flush=True)


def _ranks(seed, constant, response, draws):
    """Shares covered and lengths, for each measure."""
    generator = np.random.default_rng([seed, round(-10 * constant)])
    chance = probabilities(generator, constant)
    truth = truths(generator, chance)
    found = wn.inference.rank_intervals(
        network(generator, chance, response), MEASURES, draws=draws, seed=seed, progress=False
    )
    inside, length = (found.lower <= truth) & (truth <= found.upper), found.upper - found.lower
    rows = []
    for row in range(len(truth)):
        high = truth[row] <= TOP
        rows.append([inside[row].mean(), inside[row][high].mean(), length[row].mean(), length[row][high].mean()])
    return rows


def prominence(networks, permutations):
    """A table of how often the test of prominence finds something, with and without an effect."""
    print(
        f"\n{networks:,} networks a row, {permutations:,} permutations each; {GATEKEEPERS} gatekeepers of {N}, in "
        "sectors of 16 to 3.\n"
    )
    print("| gatekeepers | response | p < .05, mean | p < .05, place | p < .05, one gatekeeper |")
    print("|---|---|---|---|---|")
    for effect in (0.0, 1.0):
        for response in RESPONSES:
            rows = np.concatenate([_prominence(seed, effect, response, permutations) for seed in range(networks)])
            shares = " | ".join(f"{one:.3f}" for one in np.nanmean(rows, axis=0))
            print(f"| popularity + {effect:g} | {response:.0%} | {shares} |", flush=True)


def _prominence(seed, effect, response, permutations):
    generator = np.random.default_rng([seed, 7])
    marks = generator.permutation(N) < GATEKEEPERS
    chance = probabilities(generator, -2.0)
    odds = chance / (1 - chance) * np.exp(effect * marks)
    raised = odds / (1 + odds)
    net = network(generator, raised, response, marks)
    found = wn.inference.prominence(
        net, MEASURES["in-degree"], mark="gatekeeper", permutations=permutations, seed=seed, progress=False
    )
    own = found.actor_p[np.isfinite(found.actor_p)] < LEVEL
    return [[*(found.p_two_sided < LEVEL), own.mean() if len(own) else np.nan]]


def main(networks=60, draws=300, tests=1000, permutations=399):
    """Print both tables."""
    ranks(networks, draws)
    prominence(tests, permutations)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
