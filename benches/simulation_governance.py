"""Mixed model of accuracy: bias and coverage; and how often its test over the ties rejects what is true.

Usage: python benches/simulation_governance.py [MODELS [TESTS]]

Models: three networks of 100 organisations, two waves, of which seven in ten answer; contact 0 to 4, kinds of exchange
0 to 3, trust related to contact; intercepts of organisations (standard deviation 1) and networks (0.4). Tests: three
networks of 60 organisations; the predictor and the log odds of accuracy follow the ties (autocorrelation .9), each for
itself, and last from wave to wave; or they do not follow them.
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


def tied_study(random, rho, n=60):
    """Networks in which a predictor and accuracy follow the ties, each for itself."""
    nets = {}
    for place in range(3):
        where = random.random((n, 2))
        near = np.exp(-((where[:, None] - where) ** 2).sum(axis=2) / 0.02)
        ties = np.triu(random.random((n, n)) < 0.6 * near, 1)
        ties = (ties | ties.T).astype(float)
        shares = ties / np.maximum(ties.sum(axis=1, keepdims=True), 1)
        fields = np.linalg.solve(np.eye(n) - rho * shares, random.standard_normal((n, 2)))
        x, field = ((fields - fields.mean(axis=0)) / fields.std(axis=0)).T
        for wave in (1, 2):
            values = x + 0.5 * random.standard_normal(n)
            nets[place, wave] = network(ties, 1.2 * field - 0.3, random, x=values)
    return wn.Study(nets, by=["place", "wave"])


def tests(sets, rho):
    """Shares of rejections at 5 %: by the normal distribution, and by draws that keep the autocorrelation."""
    naive, ours = [], []
    for data in range(sets):
        by, answers = answers_of(
            tied_study(np.random.default_rng([2, data]), rho), "perceived_mode", MODES[0], MODES.tolist()
        )
        panel = panel_of(by, answers, ["x"], "wave")
        p, _ = _checked(panel, 199, data, None, progress=False)
        ours.append(p[-1])
        others = np.column_stack([panel.x[:, :-1], *(panel.group == at for at in (1, 2))])
        chance = plain(panel.y, others)
        score = randomized(panel, spectra(panel), others, panel.x[:, -1], chance, 0, 0).score(panel.x[:, -1])
        naive.append(2 * NormalDist().cdf(-abs(score)))
    both = [float((np.array(found) <= 0.05).mean()) for found in (naive, ours)]
    print(f"| {rho} | {both[0]:.1%} | {both[1]:.1%} |", flush=True)


if __name__ == "__main__":
    counts = [int(one) for one in sys.argv[1:]] or [200, 500]
    models(counts[0])
    print("| autocorrelation | score test, normal | draws that keep it |\n|---|---|---|")
    for autocorrelation in (0.0, 0.9):
        tests(counts[-1], autocorrelation)
