"""Mixed model of accuracy: bias and coverage; and how often its test over the ties rejects what is true.

Usage: python benches/simulation_governance.py [MODELS [TESTS]]

Models: three networks of 100 organisations, two waves, of which seven in ten answer; contact 0 to 4, kinds of exchange
0 to 3, trust related to contact; intercepts of organisations (standard deviation 1) and networks (0.4). Tests: three
networks of 60 organisations; the predictor and the log odds of accuracy follow the ties, each for itself, and last from
wave to wave. Organisations are near the mean of those that they are tied to, or near their sum (autocorrelation .9), or
alike where they are close to each other (ties go to those who are close), or where they are of one of six groups, in
which most ties are; or they do not follow the ties. With an effect the log odds rise by 0.4 for a standard deviation.
"""

import sys
from statistics import NormalDist

import numpy as np
import pandas as pd

import wholenet as wn
from wholenet.governance._answers import answers_of
from wholenet.governance._mixed import plain
from wholenet.governance._model import _checked
from wholenet.governance._panel import panel_of
from wholenet.governance._spectral import randomized, spectra

MODES = np.array(["lead organisation", "shared"])
TRUE = {"wave 2": 0.45, "contact": 0.6, "exchange": 0.85, "trust": 0.0}
RESPONSE = 0.7


def network(cells, score, random, **columns):
    """A network whose actors answer by chance, accurately with the log odds given."""
    n = len(cells)
    mode = MODES[(random.random(n) > 1 / (1 + np.exp(-score))).astype(int)].astype(object)
    mode[random.random(n) > RESPONSE] = None
    return wn.Network.from_matrix(cells, pd.DataFrame({"name": range(n), "perceived_mode": mode, **columns}))


def panel_study(random, n=100):
    """Networks with known coefficients; ties are of no account here."""
    nets = {}
    for place in range(3):
        active, trusting, own = random.standard_normal((3, n))
        shift = 0.4 * random.standard_normal()
        for wave in (1, 2):
            contact = np.clip(np.round(1.2 + 0.8 * active + 0.8 * random.standard_normal(n)), 0, 4)
            exchange = random.binomial(3, np.where(contact > 0, 0.35, 0))
            trust = 3.4 + 0.1 * contact + 0.5 * trusting + 0.4 * random.standard_normal(n)
            score = -1.9 + 0.6 * contact + 0.85 * exchange + 0.45 * (wave - 1) + own + shift
            columns = {"contact": contact, "exchange": exchange, "trust": trust}
            nets[place, wave] = network(np.zeros((n, n)), score, random, **columns)
    return wn.Study(nets, by=["place", "wave"])


def models(sets):
    """Bias and coverage of the coefficients, and the standard deviations of the intercepts."""
    estimates, errors, sds = [], [], []
    for data in range(sets):
        study = panel_study(np.random.default_rng([1, data]))
        found = wn.governance.accuracy_model(study, list(TRUE)[1:], formal=MODES[0], permutations=0)
        estimates.append(found.coefficient[1:])
        errors.append(found.se[1:])
        sds.append([found.sd_organisation, found.sd_network])
    true = np.array(list(TRUE.values()))
    gap, errors = np.array(estimates) - true, np.array(errors)
    covered = (np.abs(gap) < NormalDist().inv_cdf(0.975) * errors).mean(axis=0)
    print("| term | true | bias | sd of estimates | mean se | 95 % interval covers |\n|---|---|---|---|---|---|")
    for at, (term, value) in enumerate(TRUE.items()):
        numbers = f"{gap.mean(axis=0)[at]:+.3f} | {gap.std(axis=0)[at]:.3f} | {errors.mean(axis=0)[at]:.3f}"
        print(f"| {term} | {value} | {numbers} | {covered[at]:.1%} |")
    middle = np.median(sds, axis=0)
    print(f"\nIntercepts, median sd: organisations {middle[0]:.2f} (true 1), networks {middle[1]:.2f} (true 0.4).\n")


def close_by(random, n):
    """Ties among organisations that are close to each other, and how close they are (squared distances)."""
    where = random.random((n, 2))
    apart = ((where[:, None] - where) ** 2).sum(axis=2)
    ties = np.triu(random.random((n, n)) < 0.6 * np.exp(-apart / 0.02), 1)
    return (ties | ties.T).astype(float), apart


def fields(random, likeness, n):
    """Ties, and a predictor and log odds that follow them, each for itself."""
    noise = random.standard_normal((n, 2))
    ties, apart = close_by(random, n)
    if likeness == "mean of contacts":
        shares = ties / np.maximum(ties.sum(axis=1, keepdims=True), 1)
        found = np.linalg.solve(np.eye(n) - 0.9 * shares, noise)
    elif likeness == "sum of contacts":
        found = np.linalg.solve(np.eye(n) - 0.9 * ties / np.linalg.eigvalsh(ties)[-1], noise)
    elif likeness == "close to each other":
        found = np.linalg.cholesky(np.exp(-apart / 0.05) + 1e-6 * np.eye(n)) @ noise
    elif likeness == "groups":
        group = random.integers(6, size=n)
        ties = np.triu(random.random((n, n)) < np.where(group[:, None] == group, 0.35, 0.02), 1).astype(float)
        ties, found = ties + ties.T, 2 * random.standard_normal((6, 2))[group] + noise
    else:
        found = noise
    return ties, ((found - found.mean(axis=0)) / found.std(axis=0)).T


def tied_study(random, likeness, effect, n=60):
    """Networks in which a predictor and accuracy follow the ties."""
    nets = {}
    for place in range(3):
        ties, (x, field) = fields(random, likeness, n)
        for wave in (1, 2):
            values = x + 0.5 * random.standard_normal(n)
            nets[place, wave] = network(ties, 1.2 * field - 0.3 + effect * x, random, x=values)
    return wn.Study(nets, by=["place", "wave"])


def tests(sets, likeness, effect):
    """Shares of rejections at 5 %: by the normal distribution, and by draws that keep the autocorrelation."""
    naive, ours = [], []
    for data in range(sets):
        study = tied_study(np.random.default_rng([2, data]), likeness, effect)
        by, answers = answers_of(study, "perceived_mode", MODES[0], MODES.tolist())
        panel = panel_of(by, answers, ["x"], "wave")
        p, _ = _checked(panel, 199, data, None, progress=False)
        ours.append(p[-1])
        others = np.column_stack([panel.x[:, :-1], *(panel.group == at for at in (1, 2))])
        chance = plain(panel.y, others)
        score = randomized(panel, spectra(panel)[0], others, panel.x[:, -1], chance, 0, 0).score(panel.x[:, -1])
        naive.append(2 * NormalDist().cdf(-abs(score)))
    both = [float((np.array(found) <= 0.05).mean()) for found in (naive, ours)]
    print(f"| {likeness} | {effect} | {both[0]:.1%} | {both[1]:.1%} |", flush=True)


LIKENESS = ("none", "mean of contacts", "sum of contacts", "close to each other", "groups")

if __name__ == "__main__":
    counts = [int(one) for one in sys.argv[1:]] or [200, 500]
    models(counts[0])
    print("| alike | effect | score test, normal | draws that keep it |\n|---|---|---|---|")
    for alike in LIKENESS:
        tests(counts[-1], alike, 0.0)
    for alike in LIKENESS[:2]:
        tests(counts[-1], alike, 0.4)
