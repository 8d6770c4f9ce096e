"""Models of density by the groups of two actors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet._checks import choice, core_of, needs_actors, seeded, whole
from wholenet._results import kind_of
from wholenet.errors import ModelError
from wholenet.inference._density_result import DensityModel
from wholenet.inference._labels import NULL, Grouped, permuted
from wholenet.inference._p import p_values
from wholenet.inference._statistic import dyads_of
from wholenet.mixing._groups import ratio

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["density_model"]

MODELS = ("constant_homophily", "variable_homophily", "structural_blockmodel")


def density_model(
    net: Network,
    *,
    by: str,
    model: Literal["constant_homophily", "variable_homophily", "structural_blockmodel"] = "variable_homophily",
    permutations: int = 5000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> DensityModel:
    """Density model: how far the groups of two actors account for the tie between them.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    model : {"constant_homophily", "variable_homophily", "structural_blockmodel"}
        What densities may differ: within groups from between groups; within each group from between groups; or each
        pair of groups (ordered in a directed network) from each other one.
    permutations : int
        How often the groups are permuted among the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    DensityModel
        Coefficients with p-values, R², adjusted R², F and the p-value of both.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ModelError
        Fewer than two of the densities that the model compares have observed dyads, or all dyads are the same.
    ArgumentError
        `model` is none of the words above, the attribute has more than 1,000 different values, or `permutations` or
        `seed` is not a whole number.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    The least-squares regression of the observed dyads (tie values; without values 1 for a tie and 0 for none) on one
    dummy variable for each kind of dyad but one. Dyads are ordered pairs of actors in a directed network, unordered
    pairs in an undirected one. The intercept is the density of the kind left out: between groups; in the structural
    block model the last pair of groups that has dyads. A coefficient is how much denser another kind is. A kind without
    observed dyads has NaN.

    With N dyads and k coefficients, the intercept included, adjusted R² is 1 - (1 - R²)·(N - 1) ÷ (N - k), and F is
    R² ÷ (k - 1) over (1 - R²) ÷ (N - k). Dyads depend on each other, so that F has no F distribution: p-values come
    from permuting the groups among the actors, while ties, values and what was not observed stay. That of F is that of
    R², as high. Of a coefficient they count the coefficients of the draws; the two-sided one is twice the smaller of
    the other two. A draw in which a kind has no observed dyads counts as extreme.

    O(n + m + g²) time per permutation, for g groups.

    Peers: UCINET's ANOVA density models are these; its adjusted R² is not the one above, it ignores its seed, and it
    reads missing ties as numbers. R: sna and netrics do not have them; xucinet does.

    References
    ----------
    Hanneman, R. A. & Riddle, M. (2005). Introduction to Social Network Methods, chapter 18. University of California,
    Riverside. https://faculty.ucr.edu/~hanneman/nettext/

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("aab"), list("bcc")), actors, directed=False)
    >>> found = wn.inference.density_model(net, by="sector", seed=1)
    >>> found.terms, found.estimate
    (('intercept', 'within care', 'within school'), array([0., 1., 0.]))
    """
    choice("model", model, MODELS)
    needs_actors(core_of(net), "density_model")
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    grouped = Grouped.of(net, by)
    kinds, names = _kinds(grouped, model)
    ties, dyads = grouped.counts(grouped.codes)
    sizes = np.bincount(kinds[kinds >= 0], weights=dyads.ravel()[kinds >= 0], minlength=len(names))
    there, spread = np.flatnonzero(sizes), _spread(grouped, float(dyads.sum()), float(ties.sum()))
    _needs_contrast(there, spread, by, model)
    # The structural block model leaves out its last pair, the other models the dyads between groups, which come last.
    left_out = int(there[-1])
    order = [left_out, *(kind for kind in range(len(names)) if kind != left_out)]
    measure = partial(_fit, kinds, np.array(order), spread)
    estimate, found = permuted(grouped, measure, permutations, seed=seed, executor=executor, progress=progress)
    lower, upper, both = p_values(estimate, found, symmetric=False)
    r_squared = float(estimate[-1])
    adjusted, f = _adjusted(r_squared, float(dyads.sum()), len(there))
    return DensityModel(
        model=model,
        terms=("intercept", *(names[kind] for kind in order[1:])),
        estimate=estimate[:-1],
        dyads=sizes[order].astype(np.int64),
        p_lower=lower[:-1],
        p_upper=upper[:-1],
        p_two_sided=both[:-1],
        distribution=found[:, :-1],
        r_squared=r_squared,
        adjusted_r_squared=adjusted,
        f=f,
        p=float(upper[-1]),
        r_squared_distribution=found[:, -1],
        permutations=permutations,
        seed=seed,
        observed=dyads_of(net),
        null=NULL.format(by=by),
        peers=f"UCINET: ANOVA density models, {model.replace('_', ' ')}; R: xucinet",
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _kinds(grouped: Grouped, model: str) -> tuple[NDArray[np.int64], list[str]]:
    """Number the kinds of dyads of a model: for each cell of the table of groups its kind, -1 for none; their names."""
    number = len(grouped.names)
    one, other = np.divmod(np.arange(number * number), number)
    there = (one <= other) | grouped.directed
    if model == "structural_blockmodel":
        arrow = "→" if grouped.directed else "-"
        kinds = np.where(there, np.cumsum(there) - 1, -1)
        pairs = zip(one[there].tolist(), other[there].tolist(), strict=True)
        return kinds, [f"{grouped.names[a]} {arrow} {grouped.names[b]}" for a, b in pairs]
    if model == "constant_homophily":
        return np.where(there, one != other, -1), ["within groups", "between groups"]
    kinds = np.where(there, np.where(one == other, one, number), -1)
    return kinds, [*(f"within {name}" for name in grouped.names), "between groups"]


def _adjusted(r_squared: float, dyads: float, k: int) -> tuple[float, float]:
    """Adjust R² for the number of coefficients, and make F of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        unexplained = np.float64(1 - r_squared) / (dyads - k)
        return float(1 - unexplained * (dyads - 1)), float(r_squared / (k - 1) / unexplained)


def _needs_contrast(there: NDArray[np.int64], spread: float, by: str, model: str) -> None:
    """Refuse data that have nothing to explain, or nothing to explain it by."""
    if len(there) <= 1:
        msg = (
            f"model={model!r} compares densities of different groups of {by!r}, but only {len(there)} of them has "
            "observed dyads. Take an attribute with more groups"
        )
        raise ModelError(msg)
    if not spread:
        msg = "all observed dyads have the same value, so that there is nothing to explain"
        raise ModelError(msg)


def _spread(grouped: Grouped, dyads: float, ties: float) -> float:
    """Sum the squared deviations of the observed dyads from their mean."""
    if not dyads:
        return 0.0
    mean = ties / dyads
    value = np.ones(len(grouped.source)) if grouped.value is None else grouped.value
    squares = float(((value - mean) ** 2).sum() + (dyads - len(value)) * mean**2)
    # Of values that are the same rounding leaves a little.
    return squares if squares > 1e-26 * dyads * mean**2 else 0.0


def _fit(
    kinds: NDArray[np.int64],
    order: NDArray[np.int64],
    spread: float,
    ties: NDArray[np.float64],
    dyads: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Fit the coefficients, and R² as the last."""
    there = kinds >= 0
    total = np.bincount(kinds[there], weights=ties.ravel()[there], minlength=len(order))
    sizes = np.bincount(kinds[there], weights=dyads.ravel()[there], minlength=len(order))
    means = ratio(total, sizes)
    explained = np.where(sizes > 0, sizes * (means - total.sum() / sizes.sum()) ** 2, 0.0).sum()
    coefficients = means[order] - means[order[0]]
    coefficients[0] = means[order[0]]
    return np.append(coefficients, explained / spread)
