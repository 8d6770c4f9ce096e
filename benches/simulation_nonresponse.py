"""How imputed densities and reciprocities compare with those of the networks before actors fell silent.

    python benches/simulation_nonresponse.py [networks] [draws] > table.md

Dyads within and between sectors are mutual, one way or null with probabilities of the pair of sectors: denser within.
30 % of the actors fall silent: anywhere, or (`uneven`) more in the sectors that are denser within. In `differ` the
probabilities of pairs of sectors differ, too. The truth is that of the network itself, before; for `population` the
expected density, with standard errors within by the jackknife.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

import wholenet as wn

NETWORKS, DRAWS = 200, 20
SILENT = 0.3
CASES = (
    (65, 11, True, "even"),
    (65, 11, True, "differ"),
    (110, 11, True, "even"),
    (110, 11, False, "even"),
    (110, 3, True, "uneven"),
)
POPULATION = (40, 3, True, "even")


def probabilities(groups: int, kind: str) -> np.ndarray:
    """Give mutual and one-way probabilities of each pair of groups: (groups, groups, 2)."""
    near = np.eye(groups)
    boost = near * np.linspace(1.6, 0.6, groups)[:, None] if kind == "uneven" else near
    found = np.stack([0.08 + 0.22 * boost, 0.04 + 0.03 * near], axis=2)
    if kind == "differ":
        times = np.minimum(np.random.default_rng(0).gamma(1.5, 1 / 1.5, (groups, groups, 2)), 2)
        found *= times
        # A pair of groups is the same from either side.
        lower = np.tril_indices(groups, -1)
        found[lower] = found.transpose(1, 0, 2)[lower]
    return found


def network(
    random: np.random.Generator, n: int, groups: int, *, directed: bool, kind: str
) -> tuple[wn.Network, wn.Network, float]:
    """Draw a network, the same with silent actors, and its expected density."""
    codes = np.arange(n) % groups
    p = probabilities(groups, kind)
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
    share = np.linspace(0.5, 0.1, groups)[codes] if kind == "uneven" else np.full(n, SILENT)
    silent = random.random(n) < share
    actors = pd.DataFrame({"actor": np.arange(n), "sector": codes})
    seen = cells.copy()
    seen[silent] = np.nan
    if not directed:
        seen = np.where(np.isnan(seen) & np.isnan(seen.T), np.nan, cells)
    np.fill_diagonal(seen, 0)
    full = wn.Network.from_matrix(cells, actors, directed=directed)
    return full, wn.Network.from_matrix(seen, actors, directed=directed), expected


def rows(case: tuple[int, int, bool, str], networks: int, draws: int, *, population: bool = False) -> list[str]:
    """Rows of the table for one kind of network."""
    n, groups, directed, kind = case
    random = np.random.default_rng([n, groups, directed, len(kind)])
    measures = ("density", "reciprocity") if directed and not population else ("density",)
    found: dict[str, list[tuple[float, ...]]] = {measure: [] for measure in measures}
    for seed in range(networks):
        full, seen, expected = network(random, n, groups, directed=directed, kind=kind)
        imputed, null = wn.survey.impute(seen, draws=draws, seed=seed), wn.survey.null_ties(seen)
        for measure in measures:
            pooled = imputed.pool(measure, within="jackknife" if population else None, progress=False)
            measured = getattr(wn.cohesion, measure)
            truth = expected if population else measured(full)
            covered = pooled.lower <= truth <= pooled.upper
            biases = measured(seen) - truth, measured(null) - truth, pooled.estimate - truth
            found[measure].append((truth, *biases, pooled.se, covered))
    who = kind + (", population" if population else "")
    first = [f"{n}", f"{groups}", "directed" if directed else "undirected", who]
    return ["| " + " | ".join([*first, measure, *_words(np.array(found[measure]))]) + " |" for measure in measures]


def _words(table: np.ndarray) -> list[str]:
    """Truth, biases, the error that these networks leave in the last, standard errors, and coverage."""
    spread = table[:, 3].std(ddof=1)
    biases = [f"{one:+.4f}" for one in table[:, 1:4].mean(axis=0)]
    error, stated = spread / np.sqrt(len(table)), f"{table[:, 4].mean():.4f} / {spread:.4f}"
    return [f"{table[:, 0].mean():.4f}", *biases, f"{error:.4f}", stated, f"{100 * table[:, 5].mean():.1f} %"]


def main(networks: int = NETWORKS, draws: int = DRAWS) -> None:
    """Print the table."""
    print(f"{networks:,} networks a row, {draws} imputations each; coverage of the 95 % interval.\n")
    head = ("actors", "sectors", "ties", "case", "measure", "truth", "available: bias", "null: bias", "impute: bias")
    head = (*head, "± (its error)", "se: stated / true", "covers")
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for case in CASES:
        print("\n".join(rows(case, networks, draws)), flush=True)
    print("\n".join(rows(POPULATION, networks, draws, population=True)), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
