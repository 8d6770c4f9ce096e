"""How often QAP and MRQAP reject what is true, at 5 %: autocorrelated relations, correlated predictors.

Usage: python benches/simulation_qap.py [DATA SETS]

Relations are made as in Dekker, Krackhardt & Snijders (2007): values of dyads are normal, with a part of each sender
and one of each receiver. The outcome depends on z, and x, which is correlated with z, has no effect.
"""

import sys

import numpy as np

from wholenet.inference import mrqap, qap_correlation

N = 20
PERMUTATIONS = 199
OFF = ~np.eye(N, dtype=bool)


def relation(generator, auto):
    """Normal values, of whose variance a share `auto` comes from senders, and as much from receivers."""
    sender, receiver = generator.normal(size=(2, N))
    return np.sqrt(auto) * (sender[:, None] + receiver[None, :]) + np.sqrt(1 - 2 * auto) * generator.normal(size=(N, N))


def data(generator, auto, shared):
    """An outcome that depends on z, and x that is correlated with z."""
    common = relation(generator, auto)
    x, z = (np.sqrt(shared) * common + np.sqrt(1 - shared) * relation(generator, auto) for _ in range(2))
    return z + relation(generator, auto), x, z


def silent(generator):
    """Three of ten actors do not answer: in any relation."""
    return generator.permutation(N)[: round(0.3 * N)]


def missing(generator, y):
    """What is left when three of ten actors do not answer."""
    y = y.copy()
    y[silent(generator)] = np.nan
    return y


def qap_silent(generator, seed, auto):
    """Two independent relations, in which the same actors are silent."""
    x, y = relation(generator, auto), relation(generator, auto)
    gone = silent(generator)
    x[gone] = y[gone] = np.nan
    return qap_correlation(x, y, permutations=PERMUTATIONS, seed=seed).p_two_sided


def qap(generator, seed, auto):
    """Two independent relations."""
    x, y = relation(generator, auto), relation(generator, auto)
    return qap_correlation(x, y, permutations=PERMUTATIONS, seed=seed).p_two_sided


def qap_missing(generator, seed, auto):
    """Two independent relations, one of which has silent actors."""
    x, y = relation(generator, auto), missing(generator, relation(generator, auto))
    return qap_correlation(x, y, permutations=PERMUTATIONS, seed=seed).p_two_sided


def regression(generator, seed, auto, shared, prepare=lambda _, y: y, **options):
    """The p of x."""
    y, x, z = data(generator, auto, shared)
    found = mrqap(prepare(generator, y), {"x": x, "z": z}, permutations=PERMUTATIONS, seed=seed, **options)
    return found.p_two_sided[1]


def regression_silent(generator, seed, auto, shared):
    """The p of x where the same actors are silent in all relations."""
    y, x, z = data(generator, auto, shared)
    gone = silent(generator)
    y[gone] = x[gone] = z[gone] = np.nan
    return mrqap(y, {"x": x, "z": z}, permutations=PERMUTATIONS, seed=seed).p_two_sided[1]


def tied(_, y):
    """Ties of the highest third."""
    return (y > np.quantile(y[OFF], 2 / 3)).astype(float)


def counts(generator, y):
    """Counts whose logarithm of the mean depends on the outcome."""
    return generator.poisson(np.exp(0.4 * y)).astype(float)


def cases():
    """Name, function, and what it takes."""
    for auto in (0.0, 0.3):
        words = "independent dyads" if auto == 0 else "senders and receivers differ"
        yield f"QAP correlation; {words}", qap, {"auto": auto}
        yield f"QAP correlation, 30 % of actors silent in one relation; {words}", qap_missing, {"auto": auto}
        yield f"QAP correlation, 30 % of actors silent in both; {words}", qap_silent, {"auto": auto}
        for shared in (0.0, 0.7):
            also = f"{words}; predictors {'independent' if shared == 0 else 'correlated at .7'}"
            for method in ("dsp", "x", "y"):
                yield f"MRQAP {method}; {also}", regression, {"auto": auto, "shared": shared, "method": method}
        options = {"auto": auto, "shared": 0.7}
        also = f"{words}; predictors correlated at .7"
        yield f"MRQAP dsp, robust t; {also}", regression, {**options, "se": "robust"}
        yield f"MRQAP dsp, 30 % of actors silent in the outcome; {also}", regression, {**options, "prepare": missing}
        yield f"MRQAP dsp, 30 % of actors silent in all relations; {also}", regression_silent, dict(options)
        yield f"LRQAP dsp; {also}", regression, {**options, "prepare": tied, "family": "logistic"}
        yield f"Poisson dsp; {also}", regression, {**options, "prepare": counts, "family": "poisson"}


def main(sets):
    """Print a row per case, with the share of data sets whose p is at most .05."""
    print(f"n = {N}, {PERMUTATIONS} permutations, {sets:,} data sets each\n")
    print("| test | rejected at 5 % |\n|---|---|")
    for case, (name, function, options) in enumerate(cases()):
        rejected = 0
        for number in range(sets):
            generator = np.random.default_rng([case, number])
            rejected += function(generator, number, **options) <= 0.05
        print(f"| {name} | {100 * rejected / sets:.1f} % |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
