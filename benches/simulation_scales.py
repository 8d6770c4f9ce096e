"""Scorecards: how often intervals cover the truth, and how often tests reject what is true.

Usage: python benches/simulation_scales.py [SETS]

Answers are normal variables rounded to 1 to 5. Alpha: 60 respondents, three items with equal or unequal loadings, in
the middle or piled up at the high end of the scale, or 30 organisations with two respondents each who share two fifths
of what they answer; the truth is alpha of 400,000 respondents. Scores: 45 organisations with one to three respondents
who share two fifths. Change: 30 organisations answer twice, nothing changes. Agreement: six networks of 20 or of 5 to
35 respondents. Position: a network of 60, seven in ten have a score, which has nothing to do with the ties, or follows
them as the indegree does (a hidden place on a line, by which ties are chosen).
"""

import sys

import numpy as np
import pandas as pd

import wholenet as wn
from wholenet.survey import scales
from wholenet.survey.scales._agreement import anova
from wholenet.survey.scales._coefficients import alpha, alpha_interval

CARD = scales.Scale("x", ["i1", "i2", "i3"])
EQUAL, UNEQUAL = np.array([0.75, 0.75, 0.75]), np.array([0.9, 0.7, 0.5])
SHARED = 0.4


def rounded(values):
    return np.clip(np.round(values), 1, 5)


def items(random, cause, loadings, middle=3.0):
    """Answers to items with a cause in common."""
    noise = random.standard_normal((len(cause), len(loadings))) * np.sqrt(1 - loadings**2)
    return rounded(middle + 1.1 * (cause[:, None] * loadings + noise))


def causes(random, codes):
    """What respondents think, of which those with the same code share some."""
    own = random.standard_normal(len(codes))
    return np.sqrt(SHARED) * random.standard_normal(codes.max() + 1)[codes] + np.sqrt(1 - SHARED) * own


def percent(marks):
    return f"{np.mean(marks):.1%}"


def alphas(sets):
    print("| 60 respondents, three items | true alpha | 95 % interval covers |\n|---|---|---|")
    apart, pairs = np.arange(60), np.repeat(np.arange(30), 2)
    for name, loadings, middle, codes in (
        ("equal loadings", EQUAL, 3.0, apart),
        ("loadings .9, .7, .5", UNEQUAL, 3.0, apart),
        ("equal loadings, answers piled up", EQUAL, 4.3, apart),
        ("two respondents of each organisation", EQUAL, 3.0, pairs),
    ):
        random = np.random.default_rng(1)
        truth = alpha(items(random, random.standard_normal(400_000), loadings, middle))
        covered = []
        for _ in range(sets):
            cause = causes(random, codes) if codes is pairs else random.standard_normal(60)
            _, lower, upper = alpha_interval(items(random, cause, loadings, middle), 0.95)
            covered.append(lower <= truth <= upper)
        print(f"| {name} | {truth:.3f} | {percent(covered)} |")


def survey(random, organisations, waves=1, middle=3.0):
    """A table of respondents: one to three of each organisation."""
    sizes = random.integers(1, 4, size=organisations)
    parts = []
    steady = random.standard_normal(organisations)
    for wave in range(waves):
        codes = np.repeat(np.arange(organisations), sizes)
        own = random.standard_normal(len(codes))
        cause = np.sqrt(SHARED) * steady[codes] + np.sqrt(1 - SHARED) * own
        columns = dict(zip(CARD.items, items(random, cause, EQUAL, middle).T, strict=True))
        parts.append(pd.DataFrame({"wave": wave, "organisation": codes, **columns}))
    return pd.concat(parts)


def scores(sets):
    print("\n| 45 organisations | unit | 95 % interval covers |\n|---|---|---|")
    for name, middle in (("in the middle", 3.0), ("piled up", 4.3)):
        random = np.random.default_rng(2)
        truth = 3.0 if middle == 3.0 else items(random, random.standard_normal(10**6), EQUAL, middle).mean()
        covered = {"organisation": [], "respondent": []}
        for _ in range(sets):
            table = survey(random, 45, middle=middle)
            for unit, found in covered.items():
                rows = scales.scores(table, CARD, by=(), respondent=None, unit=unit).rows
                found.append(rows["lower"][0] <= truth <= rows["upper"][0])
        for unit, found in covered.items():
            print(f"| {name} | {unit} | {percent(found)} |")


def changes(sets):
    print("\n| 30 organisations in two waves | p < .05 |\n|---|---|")
    for name, middle in (("in the middle", 3.0), ("piled up", 4.3)):
        random = np.random.default_rng(3)
        p = [
            scales.change(survey(random, 30, 2, middle), CARD, place=(), respondent=None).rows["p"][0]
            for _ in range(sets)
        ]
        print(f"| no change, {name} | {percent(np.array(p) < 0.05)} |")


def agreements(sets):
    print("\n| six networks | F: p < .05 | 95 % interval of ICC(1) covers |\n|---|---|---|")
    for name, sizes in (("of 20", [20] * 6), ("of 5 to 35", [5, 10, 15, 20, 35, 35])):
        codes = np.repeat(np.arange(6), sizes)
        for share in (0.0, 0.2):
            random = np.random.default_rng(4)
            rejected, covered = [], []
            for _ in range(2 * sets):
                networks = np.sqrt(share) * random.standard_normal(6)[codes]
                values = networks + np.sqrt(1 - share) * random.standard_normal(len(codes))
                row = anova(values, codes).row(0.95)
                rejected.append(row[4] < 0.05)
                covered.append(row[6] <= share <= row[7])
            print(f"| {name}, ICC(1) {share:g} | {percent(rejected)} | {percent(covered)} |")
    random, rejected = np.random.default_rng(5), []
    pairs, codes = np.repeat(np.arange(60), 2), np.repeat(np.arange(6), 20)
    for _ in range(2 * sets):
        rejected.append(anova(causes(random, pairs), codes).row(0.95)[4] < 0.05)
    print(f"| of 20, two respondents of each organisation, ICC(1) 0 | {percent(rejected)} | - |")


def network(random, n=60):
    """Ties go to those who are high on a line, and that is where they are."""
    place = random.standard_normal(n)
    chance = 1 / (1 + np.exp(2.2 - 0.8 * place))
    cells = (random.random((n, n)) < chance).astype(float)
    np.fill_diagonal(cells, 0)
    return wn.Network.from_matrix(cells, pd.DataFrame({"name": np.arange(n)})), place


def positions(sets):
    print("\n| network of 60, 42 with a score | Pearson: p < .05 | Spearman: p < .05 |\n|---|---|---|")
    for name, effect in (("score has nothing to do with ties", 0.0), ("correlation with the place of .4", 0.4)):
        random, p = np.random.default_rng(6), []
        for _ in range(sets):
            net, place = network(random)
            cause = effect * place + np.sqrt(1 - effect**2) * random.standard_normal(60)
            table = pd.DataFrame({"organisation": range(60)}).assign(
                **dict(zip(CARD.items, items(random, cause, EQUAL).T, strict=True))
            )
            scored = scales.scores(table.iloc[random.permutation(60)[:42]], CARD, by=(), respondent=None)
            rows = scales.position(scored, net, permutations=199, seed=int(random.integers(2**31))).rows
            p.append([rows["p_pearson"][0], rows["p_spearman"][0]])
        found = (np.array(p) <= 0.05).mean(axis=0)
        print(f"| {name} | {found[0]:.1%} | {found[1]:.1%} |")


def main():
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    alphas(2 * sets)
    scores(sets)
    changes(sets)
    agreements(sets)
    positions(sets)


if __name__ == "__main__":
    main()
