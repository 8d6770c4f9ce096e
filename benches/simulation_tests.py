"""How often tests reject what is true, at 5 %: densities, mixing, autocorrelation of attributes, actors' outcomes, CUG.

Usage: python benches/simulation_tests.py [DATA SETS]

Ties depend on who their actors are: a tie from i to j has probability expit(c + s(i) + r(j)), with s and r normal.
Attributes have nothing to do with the ties. Networks that are compared have new actors, or the same ones with other
sociabilities (correlation .5).
"""

import sys

import numpy as np
import pandas as pd

import wholenet as wn
from wholenet import inference

N = 30
DRAWS = 199
BOOTSTRAP = 300
SPREAD = 0.8
GROUPS = np.array(["care", "school", "welfare"])


def network(random, effects=None):
    """A directed network whose actors differ."""
    sender, receiver = random.standard_normal((2, N)) * SPREAD if effects is None else effects
    p = 1 / (1 + np.exp(1.2 - sender[:, None] - receiver[None, :]))
    cells = (random.random((N, N)) < p).astype(float)
    np.fill_diagonal(cells, 0)
    table = pd.DataFrame(
        {
            "actor": range(N),
            "sector": GROUPS[random.permutation(np.arange(N) % 3)],
            "outcome": random.standard_normal(N),
        }
    )
    return wn.Network.from_matrix(cells, table)


def expected():
    """The density that these networks have on average."""
    both = np.random.default_rng(0).standard_normal(1_000_000) * SPREAD * np.sqrt(2)
    return float((1 / (1 + np.exp(1.2 - both))).mean())


DENSITY = expected()


def same_actors(random, seed):
    """Two relations of the same actors: their densities."""
    common, one, other = random.standard_normal((3, 2, N)) * SPREAD * np.sqrt(0.5)
    found = inference.compare_densities(
        network(random, common + one),
        network(random, common + other),
        paired=True,
        draws=BOOTSTRAP,
        seed=seed,
        progress=False,
    )
    return found.p_two_sided


def other_actors(random, seed):
    """Two networks of different actors: their densities."""
    one, other = network(random), network(random)
    return inference.compare_densities(one, other, paired=False, draws=BOOTSTRAP, seed=seed, progress=False).p_two_sided


def reciprocities(random, seed):
    """Two networks of different actors: their reciprocities."""
    one, other = network(random), network(random)
    options = {"paired": False, "draws": 100, "seed": seed, "progress": False}
    return inference.compare_networks(one, other, "reciprocity", **options).p_two_sided


def regression(random, seed):
    """Degrees by two predictors that are correlated, of which the first has no effect."""
    net = network(random)
    degree = wn.centrality.degree(net)
    z = degree + 3 * random.standard_normal(N)
    x = z + 3 * random.standard_normal(N)
    found = inference.permutation_regression(degree, {"x": x, "z": z}, permutations=DRAWS, seed=seed, progress=False)
    return found.p_two_sided[list(found.terms).index("x")]


def half_silent(random):
    """A network in which care answers less often than others: 6 of 10 are silent, of others 1 of 10."""
    net = network(random)
    care = net.attribute("sector") == "care"
    silent = random.random(N) < np.where(care, 0.6, 0.1)
    answered = net.labels[~silent]
    ties = net.to_edges()
    return wn.Network.from_edges(ties[ties["source"].isin(answered)], net.actors, respondents=answered.tolist())


def first(table):
    """The p of the first row."""
    return table.to_frame()["p"].iloc[0]


def uniform(condition):
    """Transitivity of networks that are random, given a condition."""

    def p(random, seed):
        cells = (random.random((N, N)) < (0.5 if condition == "size" else 0.2)).astype(float)
        np.fill_diagonal(cells, 0)
        net = wn.Network.from_matrix(cells)
        options = {"condition": condition, "draws": DRAWS, "seed": seed, "progress": False}
        return inference.cug(net, "transitivity", **options).p_two_sided

    return p


OPTIONS = {"permutations": DRAWS, "progress": False}
CASES = {
    "compare_densities, same actors": same_actors,
    "compare_densities, other actors": other_actors,
    "compare_networks, reciprocity, other actors": reciprocities,
    "density_test": lambda random, seed: (
        inference.density_test(network(random), DENSITY, draws=BOOTSTRAP, seed=seed, progress=False).p_two_sided
    ),
    "ei_test": lambda random, seed: inference.ei_test(network(random), by="sector", seed=seed, **OPTIONS).p_two_sided,
    "sector_density_test, one pair of sectors": lambda random, seed: first(
        inference.sector_density_test(network(random), by="sector", seed=seed, **OPTIONS)
    ),
    "density_model, R² of a structural block model": lambda random, seed: (
        inference.density_model(network(random), by="sector", model="structural_blockmodel", seed=seed, **OPTIONS).p
    ),
    "moran": lambda random, seed: inference.moran(network(random), "outcome", seed=seed, **OPTIONS).p_two_sided,
    "geary": lambda random, seed: inference.geary(network(random), "outcome", seed=seed, **OPTIONS).p_two_sided,
    "join_count, one pair of sectors": lambda random, seed: first(
        inference.join_count(network(random), by="sector", seed=seed, **OPTIONS)
    ),
    "ei_test, one sector answers less often": lambda random, seed: (
        inference.ei_test(half_silent(random), by="sector", seed=seed, **OPTIONS).p_two_sided
    ),
    "sector_density_test, the sector that answers less often": lambda random, seed: first(
        inference.sector_density_test(half_silent(random), by="sector", seed=seed, **OPTIONS)
    ),
    "join_count, the sector that answers less often": lambda random, seed: first(
        inference.join_count(half_silent(random), by="sector", seed=seed, **OPTIONS)
    ),
    "permutation_ttest, degrees of two groups": lambda random, seed: (
        inference.permutation_ttest(
            wn.centrality.degree(network(random)), by=np.arange(N) % 2, seed=seed, **OPTIONS
        ).p_two_sided
    ),
    "permutation_anova, degrees of three groups": lambda random, seed: (
        inference.permutation_anova(
            wn.centrality.degree(network(random)), by=np.arange(N) % 3, seed=seed, **OPTIONS
        ).p_upper
    ),
    "permutation_regression, degrees by correlated predictors": regression,
    "cug, given the size": uniform("size"),
    "cug, given the density": uniform("density"),
    "cug, given the dyad census": uniform("dyads"),
    "cug, given the degrees": uniform("degrees"),
}


def main(sets):
    """Print a row per test, with the share of data sets whose p is at most .05."""
    print(f"n = {N}, {DRAWS} permutations or {BOOTSTRAP} bootstrap draws, {sets:,} data sets each\n")
    print("| test | rejected at 5 % |\n|---|---|")
    for number, (name, function) in enumerate(CASES.items()):
        rejected = sum(function(np.random.default_rng([number, one]), one) <= 0.05 for one in range(sets))
        print(f"| {name} | {100 * rejected / sets:.1f} % |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
