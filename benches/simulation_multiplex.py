"""How often tests of several relations reject what is true, at 5 %, and what the three states of strong ties are worth.

Usage: python benches/simulation_multiplex.py [DATA SETS]

Ties depend on who their actors are: a tie from i to j has probability expit(c + s(i) + r(j)), with s and r normal. Of
relations that are independent each has its own; of those of the same structure half the variance is in common.
"""

import sys

import numpy as np

import wholenet as wn
from wholenet import multiplex, survey

N = 30
DRAWS = 199
BOOTSTRAP = 300
SPREAD = 0.8
LEVEL = 0.05
RESPONSE = 0.7
NAMES = ("referral", "advice", "money")


def cells(random, effects=None):
    """A directed relation whose actors differ."""
    sender, receiver = random.standard_normal((2, N)) * SPREAD if effects is None else effects
    p = 1 / (1 + np.exp(1.2 - sender[:, None] - receiver[None, :]))
    found = (random.random((N, N)) < p).astype(float)
    np.fill_diagonal(found, 0)
    return found


def relations(random, *, effects=lambda: None, silent=None):
    """Relations that are placed on the actors independently, unless `effects` says otherwise."""
    found = {}
    for name in NAMES:
        own = cells(random, effects())
        if silent is not None:
            own[silent] = np.nan
            np.fill_diagonal(own, 0)
        found[name] = wn.Network.from_matrix(own)
    return found


def independent(random, seed):
    """Relations observed in full."""
    return multiplex.cooccurrence(relations(random), permutations=DRAWS, seed=seed, progress=False)


def non_response(random, seed):
    """The same three actors in ten did not answer on any of the relations."""
    silent = random.random(N) > RESPONSE
    return multiplex.cooccurrence(relations(random, silent=silent), permutations=DRAWS, seed=seed, progress=False)


def alike(random, seed):
    """Relations of the same structure: each measure of each pair."""
    common = random.standard_normal((2, N)) * SPREAD * np.sqrt(0.5)

    def effects():
        return common + random.standard_normal((2, N)) * SPREAD * np.sqrt(0.5)

    nets = relations(random, effects=effects)
    return multiplex.structures(nets, draws=BOOTSTRAP, seed=seed, progress=False)


def rejected(function, sets, number):
    """Shares of data sets in which the first p is at most .05, and in which any adjusted one is."""
    first = any_of_them = 0
    for one in range(sets):
        found = function(np.random.default_rng([number, one]), one)
        p = found.p_two_sided[0] if hasattr(found, "p_two_sided") else found.comparisons[0].p_two_sided
        first += p <= LEVEL
        any_of_them += (found.p_holm <= LEVEL).any()
    return 100 * first / sets, 100 * any_of_them / sets


def densities(random):
    """Density of strong ties: the truth, and as found where three in ten did not answer."""
    strength = random.standard_normal((N, N))
    contact = np.clip(np.rint(2 + strength + strength.T + 0.5 * random.standard_normal((N, N))), 0, 4)
    np.fill_diagonal(contact, 0)
    nets = {"any contact": wn.Network.from_matrix(contact)}
    truth = wn.cohesion.density(survey.strong(nets, kinds=0))
    contact[random.random(N) > RESPONSE] = np.nan
    np.fill_diagonal(contact, 0)
    nets = {"any contact": wn.Network.from_matrix(contact)}
    found = [wn.cohesion.density(survey.strong(nets, kinds=0, one_report=word)) for word in ("missing", "use")]
    # Kleene's logic: a report of rare contact settles that a pair is not strong.
    pairs = np.triu_indices(N, 1)
    one, other = contact[pairs], contact.T[pairs]
    settled = (one < 3) | (other < 3) | ~np.isnan(one + other)
    strong = (one >= 3) & (other >= 3)
    return truth, *found, float(strong[settled].mean())


def main(sets):
    """Print a row per test, and the mean densities of strong ties."""
    print(f"n = {N}, {DRAWS} permutations or {BOOTSTRAP} bootstrap draws, {sets:,} data sets each\n")
    print("| test | rejected at 5 %, first pair | any pair, Holm |\n|---|---|---|")
    cases = {
        "cooccurrence, observed in full": independent,
        "cooccurrence, 30 % did not answer": non_response,
        "structures, four measures": alike,
    }
    for number, (name, function) in enumerate(cases.items()):
        count = sets // 10 if function is alike else sets
        first, adjusted = rejected(function, count, number)
        print(f"| {name} | {first:.1f} % | {adjusted:.1f} % |", flush=True)
    found = np.array([densities(np.random.default_rng([9, one])) for one in range(sets)])
    rows = ("everybody answered", 'one_report="missing"', 'one_report="use"', "pairs that one report settles kept")
    print("\n| strong ties by both reports, 30 % did not answer | mean density | standard error |\n|---|---|---|")
    for name, own in zip(rows, found.T, strict=True):
        print(f"| {name} | {own.mean():.4f} | {own.std() / np.sqrt(sets):.4f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
