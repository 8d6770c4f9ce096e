"""QAP: are two relations of the same actors related."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, seeded, whole
from wholenet.errors import ArgumentError, ModelError
from wholenet.inference._associations import STATISTICS
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import Relation, Stack, aligned, many, stacked
from wholenet.inference._qap_matrix import QapMatrix, together
from wholenet.inference._results import ResamplingTest, tested

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network
    from wholenet.study import Study

    Array = NDArray[np.float64]

__all__ = ["How", "Kind", "each_pair", "qap_correlation", "qap_matrix"]

Kind = Literal["pearson", "jaccard", "matching", "gamma", "hamming", "spearman"]
NAMES = {
    "pearson": "Pearson correlation",
    "jaccard": "Jaccard coefficient",
    "matching": "Simple matching coefficient",
    "gamma": "Goodman and Kruskal's gamma",
    "hamming": "Hamming distance",
    "spearman": "Spearman's rank correlation",
}
# With what `multiplex.cooccurrence` tests.
TESTED = {**NAMES, "both": "Share of dyads tied in both"}
# Measures of association that are symmetric about 0 when there is none.
SYMMETRIC = ("pearson", "spearman", "gamma")
# Differences, relative to the values, that are none.
ROUNDING = 1e-13
PEERS = "UCINET: Tools > Statistics > Matrix (QAP) > QAP-Correlation; R: sna::qaptest"


def qap_correlation(
    x: Network | ArrayLike | Study | Mapping[Any, Network] | Sequence[Network],
    y: Network | ArrayLike | Study | Mapping[Any, Network] | Sequence[Network],
    *,
    kind: Kind = "pearson",
    permutations: int = 5000,
    seed: int | None = None,
    within: str | ArrayLike | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> ResamplingTest:
    """QAP correlation: whether two relations of the same actors go together.

    Parameters
    ----------
    x, y : Network, matrix, or several networks
        Two relations of the same actors. Networks are aligned by their labels; matrices have rows and columns in the
        same order, NaN where a dyad was not observed, and a diagonal that is not read. Several networks (a study, a
        mapping, a sequence) are pooled: actors are permuted within each network.
    kind : {"pearson", "jaccard", "matching", "gamma", "hamming", "spearman"}
        How the two are compared.
    permutations : int
        How many permutations of the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    within : str or array of shape (n,), optional
        Actors are permuted only within these groups: an attribute of the actors, or a group for each.
    executor : concurrent.futures.Executor, optional
        Where to run the permutations (of dask: ``Client(...).get_executor()``). Default: here, on all threads.
    progress : bool, optional
        Whether work longer than about a second shows a progress bar. Default: it does.

    Returns
    -------
    ResamplingTest
        The association, its permutation distribution and p-values.

    Raises
    ------
    ArgumentError
        Something that is no relation, relations of different size, an unknown `kind`, `permutations` below 1.
    LabelError
        Actors of one network that are not in the other.
    DirectionError
        Of several networks some are directed and some are not.
    ModelError
        A relation is the same in all dyads, or there is no dyad that both observed.
    ExecutorError
        The executor died.

    Notes
    -----
    Over the N dyads that both relations observed (ordered pairs; unordered ones where both are symmetric):

    - ``"pearson"``: r = Σ(x - x̄)(y - ȳ) ÷ √(Σ(x - x̄)² Σ(y - ȳ)²), from -1 to 1;
    - ``"spearman"``: r of the ranks, ties at their mean rank; a rank is that among all observed dyads of the relation;
    - ``"gamma"``: (C - D) ÷ (C + D), of pairs of dyads that the relations order alike (C) and the other way round (D);
      for relations without values Yule's Q;
    - ``"jaccard"``: dyads tied in both ÷ dyads tied in either; values are not read;
    - ``"matching"``: share of dyads with the same value;
    - ``"hamming"``: Σ|x - y|, for relations without values the number of dyads that differ.

    Each permutation gives the actors of x new positions, rows and columns alike (two modes: each apart), and keeps y.
    So what depends on the structure of each relation, such as popular actors and reciprocity, stays. Dyads that were
    not observed move with their actors, and are left out pairwise. Where both relations have actors that did not
    answer, those of x who answered are permuted among each other, and those who did not: so every permutation runs over
    as many dyads as the data. Null hypothesis: which actor holds which position
    in one relation has nothing to do with the other.

    p-values are (1 + number of permutations at least as extreme) ÷ (1 + permutations). Two-sided ones compare absolute
    values for ``"pearson"``, ``"spearman"`` and ``"gamma"``, and are twice the smaller one-sided p for the others.
    Permutations in which the association is not defined, since too few dyads are observed in both, count as extreme.

    O(n²) time per permutation, O(n²) memory. The same seed gives the same bits on any number of threads, and on any
    executor.

    Peers: UCINET (QAP-Correlation) and R's sna (``qaptest`` with ``gcor``) find the same correlations; sna counts
    p-values without the data themselves, so that they may be 0.

    References
    ----------
    Hubert, L. & Schultz, J. (1976). Quadratic assignment as a general data analysis strategy. British Journal of
    Mathematical and Statistical Psychology 29, 190-241. https://doi.org/10.1111/j.2044-8317.1976.tb00714.x

    Krackhardt, D. (1987). QAP partialling as a test of spuriousness. Social Networks 9, 171-186.
    https://doi.org/10.1016/0378-8733(87)90012-8

    Goodman, L. A. & Kruskal, W. H. (1954). Measures of association for cross classifications. Journal of the American
    Statistical Association 49, 732-764. https://doi.org/10.1080/01621459.1954.10501231

    Examples
    --------
    Of 12 ordered dyads three are tied in both relations, one in the first only, one in the second only:

    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> found = wn.inference.qap_correlation(advice, trust, seed=1)
    >>> found.estimate
    0.625
    >>> wn.inference.qap_correlation(advice, trust, kind="jaccard", seed=1).estimate
    0.6
    """
    choice("kind", kind, tuple(NAMES))
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    stack = stacked([many(x, "x"), many(y, "y")], within)
    how = How(kind, permutations, seed, executor, progress is not False)
    return _test(stack, ("x", "y"), how)


def qap_matrix(
    relations: Mapping[str, Network | ArrayLike | Mapping[Any, Network]] | Study,
    *,
    kind: Kind = "pearson",
    permutations: int = 5000,
    seed: int | None = None,
    within: str | ArrayLike | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> QapMatrix:
    """QAP correlations of many relations: each with each, under the same permutations.

    Parameters
    ----------
    relations : mapping of networks or matrices, or Study
        Relations of the same actors, by name. A study gives its networks, by key.
    kind : {"pearson", "jaccard", "matching", "gamma", "hamming", "spearman"}
        How two relations are compared.
    permutations : int
        How many permutations of the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    within : str or array of shape (n,), optional
        Actors are permuted only within these groups: an attribute of the actors, or a group for each.
    executor : concurrent.futures.Executor, optional
        Where to run the permutations (of dask: ``Client(...).get_executor()``). Default: here, on all threads.
    progress : bool, optional
        Whether work longer than about a second shows a progress bar. Default: it does.

    Returns
    -------
    QapMatrix
        The associations, and p-values with those adjusted for the number of pairs.

    Raises
    ------
    ArgumentError
        Fewer than two relations, or what `qap_correlation` refuses.
    LabelError
        Actors of one network that are not in another.
    DirectionError
        Of several networks some are directed and some are not.
    ModelError
        A relation is the same in all dyads, or two have no observed dyad in common.
    ExecutorError
        The executor died.

    Notes
    -----
    Each pair is what `qap_correlation` gives with the same seed: the relation that comes first is permuted, over the
    dyads that the pair observed. Pairs share the permutations, so their p-values depend on each other; Holm's adjusted
    p-values hold all the same.

    O(n²) time per permutation and pair.

    Peers: UCINET (QAP-Correlation of several matrices) prints the same table, without adjusting p-values.

    References
    ----------
    Hubert, L. & Schultz, J. (1976). Quadratic assignment as a general data analysis strategy. British Journal of
    Mathematical and Statistical Psychology 29, 190-241. https://doi.org/10.1111/j.2044-8317.1976.tb00714.x

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> wn.inference.qap_matrix({"advice": advice, "trust": trust}, seed=1).estimate
    array([[1.   , 0.625],
           [0.625, 1.   ]])
    """
    choice("kind", kind, tuple(NAMES))
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    names = list(relations) if hasattr(relations, "items") else []
    if len(names) <= 1:
        msg = "relations must be a mapping from names to two or more relations, or a study with two networks or more"
        raise ArgumentError(msg)
    how = How(kind, permutations, seed, executor, progress is not False)
    tests = each_pair(relations, how, within)
    return together(names, list(tests), list(tests.values()), NAMES[kind])


def each_pair(relations: Mapping[Any, Any], how: How, within: Any = None) -> dict[Any, ResamplingTest]:
    """Test each two relations, under the same permutations."""
    read = _all_aligned({name: many(one, repr(name)) for name, one in relations.items()})
    return {
        (a, b): _test(stacked([read[a], read[b]], within), (repr(a), repr(b)), how) for a, b in combinations(read, 2)
    }


def _all_aligned(read: dict[str, dict[Any, Relation]]) -> dict[str, dict[Any, Relation]]:
    """Put the actors of all relations in one order, so that pairs share permutations."""
    keys = next(iter(read.values()))
    if any(set(one) != set(keys) for one in read.values()):
        return read  # which the first pair of them will say
    ordered = {key: dict(zip(read, aligned([one[key] for one in read.values()]), strict=True)) for key in keys}
    return {name: {key: ordered[key][name] for key in keys} for name in read}


@dataclass(frozen=True, slots=True)
class How:
    """How relations are compared."""

    kind: str
    permutations: int
    seed: int
    executor: Executor | None
    progress: bool


def _test(stack: Stack, names: tuple[str, str], how: How) -> ResamplingTest:
    x, y = stack.cells
    common = stack.base
    if not common.any():
        msg = f"{names[0]} and {names[1]} have no dyad that both observed"
        raise ModelError(msg)
    if how.kind == "spearman":
        x, y = _ranks(x, stack), _ranks(y, stack)
    if how.kind in {"jaccard", "both"}:
        x, y = _tied(x), _tied(y)
    if how.kind not in {"matching", "hamming", "both"}:
        _needs_variation(x, y, common, names, how.kind)
    estimate, kernel = STATISTICS[how.kind](stack, x, y, how.seed)
    found = drawn(kernel, how.permutations, seed=how.seed, executor=how.executor, progress=how.progress, may_fail=True)
    return tested(
        TESTED[how.kind],
        estimate,
        found,
        symmetric=how.kind in SYMMETRIC,
        seed=how.seed,
        observed=stack.words(int(common.sum())),
        null="Which actor holds which position in one relation has nothing to do with the other",
        peers=PEERS,
        recipe=stack.recipe,
        kind=stack.kind,
    )


def _tied(cells: Array) -> Array:
    return np.where(np.isnan(cells), np.nan, (cells != 0).astype(float))


def _ranks(cells: Array, stack: Stack) -> Array:
    """Ranks among the observed dyads, ties at their mean."""
    here = stack.dyads & ~np.isnan(cells)
    values, counts = np.unique(cells[here], return_counts=True)
    mean = np.cumsum(counts) - (counts - 1) / 2
    ranks = np.full(len(cells), np.nan)
    known = ~np.isnan(cells)
    # The other half of a symmetric matrix has the values of the first.
    ranks[known] = mean[np.searchsorted(values, cells[known])] if len(values) else np.nan
    return ranks


def _needs_variation(x: Array, y: Array, common: NDArray[np.bool_], names: tuple[str, str], kind: str) -> None:
    for cells, name in ((x, names[0]), (y, names[1])):
        seen = cells[common]
        if kind == "jaccard":
            if not (x[common] + y[common]).any():
                msg = (
                    f"neither {names[0]} nor {names[1]} has a tie in the {int(common.sum()):,} dyads that both observed"
                )
                raise ModelError(msg)
        elif np.ptp(seen) <= ROUNDING * np.abs(seen).max():
            msg = (
                f"{name} is {seen[0]:g} in all {len(seen):,} dyads that both relations observed; an association needs "
                "dyads that differ"
            )
            raise ModelError(msg)
