"""Network autocorrelation: outcomes of actors that depend on those of the actors they are tied to."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._actor_values import columns_of, design, kind_from, named, numbers_of
from wholenet._checks import choice
from wholenet._show import recipe_html, table_html
from wholenet.errors import ArgumentError, LabelError, ModelError
from wholenet.models._likelihood import Influence, Likelihood, Point
from wholenet.models._weights import weights_of
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Autocorrelation", "autocorrelation"]

PEERS = "UCINET: no routine; R: sna's lnam, spatialreg's lagsarlm, errorsarlm and sacsarlm"
MODELS = {
    (True, True): "both",
    (True, False): "effects",
    (False, True): "disturbances",
    (False, False): "neither",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Autocorrelation:
    """
    A network autocorrelation model that was fitted.

    Parameters
    ----------
    terms : tuple of str
        The coefficients: ``intercept``, the predictors, ``rho`` (the others' outcomes), ``lambda`` (the others'
        disturbances).
    estimate, se, z, p : arrays of shape (k,)
        Of each coefficient the estimate, its standard error, their ratio, and the two-sided p-value of that ratio in a
        normal distribution.
    sigma, sigma_se : float
        The standard deviation of the innovations ν, and its standard error.
    log_likelihood, aic, bic : float
        Of the model; σ counts as a parameter.
    n : int
        The number of actors.
    which : {"effects", "disturbances", "both", "neither"}
        Which terms of influence the model has.
    residuals : array of shape (n,)
        The estimated innovations ν.
    outcome : str
        What was explained.
    null : str
        The null hypothesis.
    peers : str
        The UCINET procedure and the R functions that it corresponds to.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("bcde"), list("abcd")))
    >>> wn.models.autocorrelation([1, 2, 2, 5, 4], effects=net)
    <Autocorrelation: y of 5 actors, intercept 1.657, rho 0.5714 (p 0.0554), sigma 1.116, log-likelihood -7.644>
    """

    terms: tuple[str, ...]
    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]
    sigma: float
    sigma_se: float
    log_likelihood: float
    aic: float
    bic: float
    n: int
    which: str
    residuals: NDArray[np.float64]
    outcome: str
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row per coefficient: ``term``, ``estimate``, ``se``, ``z`` and ``p``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("bcde"), list("abcd")))
        >>> wn.models.autocorrelation([1, 2, 2, 5, 4], effects=net).to_frame().round(2)
                term  estimate    se     z     p
        0  intercept      1.66  0.78  2.13  0.03
        1        rho      0.57  0.30  1.92  0.06
        """
        columns = {"estimate": self.estimate, "se": self.se, "z": self.z, "p": self.p}
        return _frames.make({"term": list(self.terms), **columns}, self.kind)

    def __repr__(self) -> str:
        found = [
            f"{term} {value:.4g}" + (f" (p {p:.3g})" if term in {"rho", "lambda"} else "")
            for term, value, p in zip(self.terms, self.estimate.tolist(), self.p.tolist(), strict=True)
        ]
        return (
            f"<Autocorrelation: {self.outcome} of {self.n:,} actors, {', '.join(found)}, sigma {self.sigma:.4g}, "
            f"log-likelihood {self.log_likelihood:.4g}>"
        )

    def _repr_html_(self) -> str:
        rows = zip(self.terms, *(one.tolist() for one in (self.estimate, self.se, self.z, self.p)), strict=True)
        caption = (
            f"Network autocorrelation of {self.outcome}, {self.n:,} actors: sigma {self.sigma:.4g}, log-likelihood "
            f"{self.log_likelihood:.4g}, AIC {self.aic:.4g}, BIC {self.bic:.4g}. {self.null} Corresponds "
            f"to {self.peers}"
        )
        return table_html(["term", "estimate", "se", "z", "p"], rows, caption) + recipe_html(self.recipe)


def autocorrelation(
    y: str | ArrayLike,
    x: str | Sequence[str] | Mapping[str, Any] | IntoDataFrame | ArrayLike | None = None,
    *,
    effects: Network | ArrayLike | None = None,
    disturbances: Network | ArrayLike | None = None,
    weights: Literal["row", "raw"] = "row",
    intercept: bool = True,
) -> Autocorrelation:
    """Network autocorrelation model: outcomes that depend on those of the actors one is tied to, by maximum likelihood.

    Parameters
    ----------
    y : str, or array of shape (n,)
        The outcome: an attribute of the network, or a number for each actor in the order of ``net.labels``.
    x : str, sequence of str, mapping, table, or array of shape (n,) or (n, predictors), optional
        The predictors: attributes of the network, arrays by name, columns of a table, or columns of an array (then
        called ``x1``, ``x2`` …). Numbers; groups as columns of 0 and 1.
    effects : Network, or array of shape (n, n), optional
        W, the ties along which outcomes act on outcomes: row i says whose outcome acts on that of i. Of a directed
        network these are the actors that i sends ties to; ``net.reverse()`` turns that round.
    disturbances : Network, or array of shape (n, n), optional
        M, the ties along which the disturbances act, read alike.
    weights : {"row", "raw"}
        Whether each row of W and M is divided by its sum, so that the weighted mean of the others acts, or taken as it
        is, so that their sum does.
    intercept : bool
        Whether there is a constant.

    Returns
    -------
    Autocorrelation
        Coefficients with standard errors and p-values, σ, log-likelihood, AIC, BIC, residuals.

    Raises
    ------
    ArgumentError
        A length or name does not fit, something is no finite number, or `weights` is neither word. The message names
        the actors.
    ColumnError
        The network has no such attribute.
    LabelError
        `effects` and `disturbances` are networks of different actors, or order them differently.
    MissingTiesError
        Dyads of W or M were not observed.
    SignedTiesError
        Weights are negative, and rows are to be divided by their sums.
    ModeError
        A network has two modes.
    ModelError
        A predictor is constant beside the intercept, or collinear with the others or with the others' outcomes; the
        predictors give y without error; there are as many parameters as actors; W or M has no ties.
    ConvergenceError
        The likelihood has no maximum, as where (almost) all are tied to all.

    Notes
    -----
    y = ρWy + Xβ + u, u = λMu + ν, where the innovations ν are independent and normal with mean 0 and variance σ². With
    A = I - ρW and B = I - λM, ν = B(Ay - Xβ), and the log-likelihood is log|A| + log|B| - n/2·log(2πσ²) - ν'ν ÷ 2σ².
    Without W there is no ρ, without M no λ; without both the model is ordinary regression, to compare with.

    ρ lies between 1 ÷ the lowest and 1 ÷ the highest real part of the eigenvalues of W, λ likewise; with rows that add
    up to 1 the upper bound is 1. Where nobody acts on himself in a roundabout way there is no bound. The maximum is
    searched on a grid within these bounds (200 points, or 40 × 40) and then by Newton's method from up to five maxima
    of the grid and from where ν'ν is least, until a step is below 10⁻⁸ standard errors.

    Rows of actors without ties stay 0: the model takes 0 for the mean of those they are tied to. Where outcomes are
    far from 0 a few such actors pull ρ down, so leave them out (``net.drop_isolates()`` of an undirected network) or
    centre y. Values are read as weights. Self-ties are not read. Unobserved dyads are refused: let one report stand for
    both, with ``net.symmetrize("union", one_report="use")``, or leave actors who did not answer out, with
    ``net.subset(...)``.

    Standard errors come from the inverse of the observed information (the negative second derivatives of the
    log-likelihood with respect to β, ρ, λ and σ² at the maximum). σ is √(ν'ν ÷ n), without correction for degrees of
    freedom; its standard error is that of σ² ÷ 2σ. AIC is -2·log-likelihood + 2·k and BIC -2·log-likelihood + k·log n,
    with k the number of coefficients plus 1 for σ.

    Estimates of ρ are too low on average, the more so the denser the network (Mizruchi & Neuman 2008), and p-values
    rely on many actors. In simulated data of 100 actors with five ties each (``benches/simulation_autocorrelation.py``)
    ρ of 0, 0.3 and 0.6 is too low by 0.03 to 0.06 and λ by 0.06 to 0.11; intervals of 1.96 standard errors hold the
    true ρ, λ and slope in 93 to 95 % of 500 data sets, but the constant of the model with λ = 0.6 in 86 %. With both
    terms along the same ties and predictors that explain little, ρ and λ are hard to tell apart.

    O(n³) time, for the eigenvalues, and O(n²) memory.

    Peers: UCINET has no routine. R's sna (``lnam``) agrees on estimates, log-likelihood, and standard errors of the
    coefficients, which it takes from the observed information too; what it gives as standard error of σ is the square
    of it. Its residuals are y - Â⁻¹Xβ̂. It takes W as it is (``weights="raw"``), adds no constant, and can take several
    W. R's spatialreg fits the same models. Standard errors from the expected information, as in Doreian (1981), differ
    where there are few actors.

    References
    ----------
    Ord, K. (1975). Estimation methods for models of spatial interaction. Journal of the American Statistical
    Association 70, 120-126. https://doi.org/10.1080/01621459.1975.10480272

    Doreian, P. (1981). Estimating linear models with spatially distributed data. Sociological Methodology 12, 359-388.
    https://doi.org/10.2307/270747

    Leenders, R. Th. A. J. (2002). Modeling social influence through network autocorrelation: constructing the weight
    matrix. Social Networks 24, 21-47. https://doi.org/10.1016/S0378-8733(01)00049-1

    Mizruchi, M. S. & Neuman, E. J. (2008). The effect of density on the level of bias in the network autocorrelation
    model. Social Networks 30, 190-200. https://doi.org/10.1016/j.socnet.2008.02.002

    Examples
    --------
    A chain in which b follows a, c follows b, and so on: the determinant is 1, and the estimates are those of least
    squares of y on a constant and what came before (0 for a), that is of 1, 2, 2, 5, 4 on 0, 1, 2, 2, 5.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("bcde"), list("abcd")))
    >>> found = wn.models.autocorrelation([1, 2, 2, 5, 4], effects=net)
    >>> dict(zip(found.terms, found.estimate.round(3).tolist()))
    {'intercept': 1.657, 'rho': 0.571}
    """
    choice("weights", weights, ("row", "raw"))
    net = _network_of(effects, disturbances)
    outcome, columns = numbers_of(y, "y", net), columns_of(x, net)
    taken = sorted({"rho", "lambda"} & set(columns))
    if taken:
        msg = f"a predictor is called {taken[0]!r}, which is the name of a coefficient of the network; rename it"
        raise ArgumentError(msg)
    n, given = len(outcome), (effects is not None, disturbances is not None)
    influences = [
        None if one is None else weights_of(one, argument, n, weights)
        for argument, one in (("effects", effects), ("disturbances", disturbances))
    ]
    terms, matrix = design(columns, n, intercept=intercept, others=sum(given) + 1)
    likelihood = Likelihood(outcome, matrix, *(Influence(one, n) for one in influences))
    terms += [name for name, there in zip(("rho", "lambda"), given, strict=True) if there]
    which = MODELS[given]
    return _fitted(likelihood, terms, which, named(y, "y"), net, kind_from(net, y, x))


def _network_of(effects: object, disturbances: object) -> Network | None:
    """Find the network that attributes are of; two must have the same actors."""
    networks = [one for one in (effects, disturbances) if isinstance(one, Network)]
    if len(networks) > 1 and networks[0].labels.tolist() != networks[1].labels.tolist():
        msg = (
            "effects and disturbances must have the same actors in the same order, but have not. Make both from one "
            "actors table, or bring one in the order of the other with net.subset(other.labels)"
        )
        raise LabelError(msg)
    return networks[0] if networks else None


def _fitted(
    likelihood: Likelihood, terms: list[str], which: str, outcome: str, net: Network | None, kind: str
) -> Autocorrelation:
    """Make a result of the maximum."""
    point, k, n = likelihood.maximum(), len(terms), len(likelihood.y)
    spread = _covariance(likelihood, point)
    coefficients = [*point.beta.tolist(), point.rho, point.lam]
    p = len(coefficients) - 2
    estimate = np.array([*coefficients[:p], *(coefficients[p + at] for at in likelihood.free)])
    errors = np.sqrt(np.diag(spread))
    z = estimate / errors[:k]
    sigma = sqrt(point.variance)
    return Autocorrelation(
        terms=tuple(terms),
        estimate=estimate,
        se=errors[:k],
        z=z,
        p=np.array([erfc(abs(one) / sqrt(2)) for one in z.tolist()]),
        sigma=sigma,
        sigma_se=float(errors[k]) / (2 * sigma),
        log_likelihood=point.value,
        aic=-2 * point.value + 2 * (k + 1),
        bic=-2 * point.value + (k + 1) * float(np.log(n)),
        n=n,
        which=which,
        residuals=point.innovations,
        outcome=outcome,
        null="Null hypothesis of each row: the coefficient is 0.",
        peers=PEERS,
        recipe=() if net is None else net.recipe,
        kind=kind,
    )


def _covariance(likelihood: Likelihood, point: Point) -> NDArray[np.float64]:
    """Invert the observed information, with parameters in units in which its diagonal is 1."""
    information = likelihood.information(point)
    scale = np.sqrt(np.diag(information))
    values, axes = np.linalg.eigh(information / np.outer(scale, scale))
    if not values.min() > np.finfo(float).eps * len(values):
        msg = (
            "the likelihood is flat at its maximum: the data can't tell the parameters apart. Use fewer predictors, or "
            "only one of effects and disturbances"
        )
        raise ModelError(msg)
    covariance: NDArray[np.float64] = (axes / values) @ axes.T / np.outer(scale, scale)
    return covariance
