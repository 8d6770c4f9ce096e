"""How imputed densities and reciprocities compare with those of the networks before actors fell silent.

    python benches/simulation_nonresponse.py [networks] [draws] > table.md

Dyads within and between sectors are mutual, one way or null with probabilities of the pair of sectors: denser within.
30 % of the actors fall silent: anywhere, or (last rows) more in the sectors that are denser within. The truth is that
of the network itself, before; for `population` the expected density, with standard errors within by the jackknife.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

import wholenet as wn

NETWORKS, DRAWS = 400, 20
SILENT = 0.3
CASES = ((65, 11, True, False), (110, 11, True, False), (110, 11, False, False), (110, 3, True, True))
POPULATION = (40, 3, True, False)


def probabilities(groups: int, *, dense_first: bool) -> np.ndarray:
    """Give mutual and one-way probabilities of each pair of groups: (groups, groups, 2)."""
    near = np.eye(groups)
    boost = near * np.linspace(1.6, 0.6, groups)[:, None] if dense_first else near
    return np.stack([0.08 + 0.22 * boost, 0.04 + 0.03 * near], axis=2)


def network(
    random: np.random.Generator, n: int, groups: int, *, directed: bool, uneven: bool
) -> tuple[wn.Network, wn.Network, float]:
    """Draw a network, the same with silent actors, and its expected density."""
    codes = np.arange(n) % groups
    p = probabilities(groups, dense_first=uneven)
    i, j = np.triu_indices(n, 1)
    mutual, one_way = p[codes[i], codes[j]].T
    chance, cells = random.random(len(i)), np.zeros((n, n))
    if directed:
        cells[i, j] = chance < mutual + one_way
        cells[j, i] = (chance < mutual) | ((chance >= mutual + one_way) & (chance < mutual + 2 * one_way))
        expected = float((mutual + one_way).mean())
    else:
        cells[i, j] = cells[j, i] = chance < mutual
        expected = float(mutual.mean())
    share = np.linspace(0.5, 0.1, groups)[codes] if uneven else np.full(n, SILENT)
    silent = random.random(n) < share
    actors = pd.DataFrame({"actor": np.arange(n), "sector": codes})
    seen = cells.copy()
    seen[silent] = np.nan
    if not directed:
        seen = np.where(np.isnan(seen) & np.isnan(seen.T), np.nan, cells)
    np.fill_diagonal(seen, 0)
    full = wn.Network.from_matrix(cells, actors, directed=directed)
    return full, wn.Network.from_matrix(seen, actors, directed=directed), expected


def row(case: tuple[int, int, bool, bool], measure: str, networks: int, draws: int, *, population: bool = False) -> str:
    """One row of the table."""
    n, groups, directed, uneven = case
    random, found = np.random.default_rng([n, groups, directed, uneven]), []
    for seed in range(networks):
        full, seen, expected = network(random, n, groups, directed=directed, uneven=uneven)
        if not seen.missing.dyads or not seen.missing.observed:
            continue
        within = "jackknife" if population else None
        pooled = wn.survey.impute(seen, draws=draws, seed=seed).pool(measure, within=within)
        measured = getattr(wn.cohesion, measure)
        truth = expected if population else measured(full)
        null = measured(wn.survey.null_ties(seen))
        covered = pooled.lower <= truth <= pooled.upper
        found.append((truth, measured(seen) - truth, null - truth, pooled.estimate - truth, pooled.se, covered))
    table = np.array(found)
    bias, spread = table[:, 1:4].mean(axis=0), table[:, 3].std(ddof=1)
    who = ("uneven" if uneven else "even") + (", population" if population else "")
    words = [f"{n}", f"{groups}", "directed" if directed else "undirected", who, measure, f"{table[:, 0].mean():.4f}"]
    words += [f"{one:+.4f}" for one in bias]
    # The error of the bias that these networks leave, and how often it is covered.
    words += [f"{spread / np.sqrt(len(table)):.4f}", f"{table[:, 4].mean():.4f} / {spread:.4f}"]
    return "| " + " | ".join([*words, f"{100 * table[:, 5].mean():.1f} %"]) + " |"


def main(networks: int = NETWORKS, draws: int = DRAWS) -> None:
    """Print the table."""
    print(f"{networks:,} networks a row, {draws} imputations each; coverage of the 95 % interval.\n")
    head = ("actors", "sectors", "ties", "silence", "measure", "truth", "available: bias", "null: bias", "impute: bias")
    head = (*head, "± (its error)", "se: stated / true", "covers")
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for case in CASES:
        for measure in ("density", "reciprocity") if case[2] else ("density",):
            print(row(case, measure, networks, draws), flush=True)
    print(row(POPULATION, "density", networks, draws, population=True), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
