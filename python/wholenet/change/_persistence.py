"""What predicts whether a tie persists."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import seeded, share, whole
from wholenet._results import kind_of
from wholenet.change._dyadic import ends, robust
from wholenet.change._persistence_result import Persistence
from wholenet.change._persistence_terms import outcome, paired, terms
from wholenet.change._waves import Waves
from wholenet.errors import ModelError
from wholenet.inference._dyads import many, recipes, stacked
from wholenet.inference._least_squares import Design
from wholenet.inference._mrqap import mrqap
from wholenet.inference._resampled import margin
from wholenet.inference._terms import predictors_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.inference import Regression, Term
    from wholenet.network import Network
    from wholenet.study import Study

    Array = NDArray[np.float64]

__all__ = ["persistence"]

# Below this share of the largest eigenvalue of a correlation matrix one is 0 but for rounding.
ROUNDING = 1e-12


def persistence(
    before: Network | Mapping[Any, Network] | Study,
    after: Network | Mapping[Any, Network] | Study,
    predictors: Sequence[str | Term] | Mapping[str, Any],
    *,
    permutations: int = 2000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Persistence:
    """Model of persistence: what predicts whether a tie of the first wave is still there at the second.

    Parameters
    ----------
    before : Network, or several
        The network at the first observation, whose actors have the attributes. Several (a mapping or a study, for
        instance of places) are pooled into one regression.
    after : Network, or several
        The network at the second observation; directed if the first is. Of several the same keys.
    predictors : list or mapping
        Words about the tie at the first wave: ``"strength"``, its value; ``"reciprocity"``, whether there was a tie the
        other way; ``"shared partners"``, the number of paths of two ties from the one to the other. Terms of the
        attributes of its actors, ``"same(sector)"``, ``"sender(gatekeeper)"``, ``"receiver(…)"``, ``"both(…)"``,
        ``"absdiff(…)"``, as in `inference.mrqap`. Or a mapping from names to these, to matrices or to networks of the
        actors in both waves.
    permutations : int
        How many permutations of the actors, for each predictor.
    confidence : float
        The probability that an interval should cover the true coefficient.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Persistence
        Coefficients and odds ratios, dyadic cluster-robust standard errors, p-values from these and from permutations.

    Raises
    ------
    ArgumentError
        A predictor that is none, ``"strength"`` of ties without values, one of the waves directed and the other not,
        different networks in both waves; `permutations`, `confidence` or `seed` that is not what it may be.
    DirectionError
        ``"reciprocity"`` or a term of one end in undirected networks.
    ColumnError
        There is no such attribute.
    LabelError
        The labels of one network are text and those of the other integers.
    ModelError
        All ties are kept, or none; a predictor that is the same for all ties, or that others determine; too few ties;
        separation, where a predictor tells kept from dissolved ties without exception.
    ConvergenceError
        The regression does not settle.
    ExecutorError
        The executor died.

    Notes
    -----
    Logistic regression over the ties of the first wave among actors in both networks, observed both times:
    log(π ÷ (1 - π)) = β₀ + Σ β·x, with π the probability that the tie is kept. exp(β) is an odds ratio: above 1, ties
    with more of x persist more often. Attributes are those of the first wave. Ties for which a predictor is not known
    (a tie whose other actor did not answer has no ``"reciprocity"``; an actor without the attribute) are left out, and
    counted. ``"shared partners"`` takes ties that were not observed for absent.

    Ties that share an actor depend on each other. Two remedies, whose p-values should lead to the same conclusion:

    - *Dyadic cluster-robust standard errors* (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015): the covariance
      is H⁻¹·(Σ s(d)·s(e)')·H⁻¹ with H = Σ π(1 - π)·x·x' and s(d) = x·(y - π), the inner sum over all pairs of ties
      that share an actor, each tie with itself among them. These are in `sandwich`. They hold as the number of actors
      grows, and are too small for networks of organisations: with 65 actors true hypotheses were rejected at 5 % in
      7 to 10 % of simulated studies, with 35 in 10 to 14 % (those of ``se`` in 3 to 7 %, LRQAP in 2 to 7 %, classical
      standard errors in up to 32 % for attributes of senders and receivers). So ``se`` is a small-sample version:
      Σ s(d)·s(e)' is Σ S(i)·S(i)' - Σ S(i,j)·S(i,j)', with S sums over the ties of an actor, and of two; in the first
      sum H⁻¹ is replaced by the inverse of H over the ties without actor i, as a jackknife that leaves out actors has
      it (MacKinnon, Nielsen & Webb 2023). ``z`` = β ÷ se and ``p`` are normal. Where the ties without one actor do not
      tell a coefficient, as that of an attribute which one actor has, ``se`` is NaN and `alone` names the actor. The
      covariance need not be positive definite; then `positive_definite` is False, and a standard error may be NaN.
    - *LRQAP*: `inference.mrqap` with ``family="logistic"`` on a matrix that is 1 for ties kept, 0 for ties dissolved,
      and not observed elsewhere. What the other predictors leave of a predictor is permuted among the actors, rows and
      columns alike. ``p_lrqap`` is two-sided. Predictors are matrices of all dyads here: ``"strength"`` is 0 where
      there was no tie. The intercept has no such p-value.

    Ties that are not seen again because nobody answered or reported them count as dissolved, as in `tie_change`; see
    `measured_loss`. If this has to do with a predictor, its coefficient says so too.

    O(n²·k²) time per permutation and predictor, O(n²·k) memory, for k predictors.

    Peers: R's sna (``netlogit``) and UCINET's LR-QAP fit it with dyads without a tie left out as missing; neither has
    dyadic robust standard errors.

    References
    ----------
    Aronow, P. M., Samii, C. & Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic data. Political
    Analysis 23, 564-577. https://doi.org/10.1093/pan/mpv018

    Fafchamps, M. & Gubert, F. (2007). The formation of risk sharing networks. Journal of Development Economics 83,
    326-350. https://doi.org/10.1016/j.jdeveco.2006.05.005

    MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). Fast and reliable jackknife and bootstrap methods for
    cluster-robust inference. Journal of Applied Econometrics 38, 671-694. https://doi.org/10.1002/jae.2969

    Dekker, D., Krackhardt, D. & Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
    autocorrelation conditions. Psychometrika 72, 563-581. https://doi.org/10.1007/s11336-007-9016-1

    Examples
    --------
    Of four ties of value 1 one is kept, of four of value 2 three: odds of 1/3 and 3, an odds ratio of 9.

    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((list("abcdeabc"), list("bcdeacde")), weight=[1, 1, 1, 1, 2, 2, 2, 2])
    >>> after = wn.Network.from_edges((list("aeab"), list("bacd")), before.actors)
    >>> found = wn.change.persistence(before, after, ["strength"], permutations=99, seed=1)
    >>> found.odds_ratio.round(6)
    array([0.037037, 9.      ])
    """
    permutations, confidence, seed = (
        whole(permutations, "permutations"), share(confidence, "confidence"), seeded(seed)
    )  # fmt: skip
    pairs = paired(before, after)
    waves = {key: Waves.of(first, second) for key, (first, second) in pairs.items()}
    for key, one in waves.items():
        if not one.first.any():
            where = f" of {key!r}" if key else ""
            msg = f"before{where} has no tie among actors in both networks that was observed both times"
            raise ModelError(msg)
    y = {key: outcome(one) for key, one in waves.items()}
    named = terms(predictors, waves)
    regression = mrqap(
        y, named, family="logistic", permutations=permutations, seed=seed, executor=executor, progress=progress
    )
    return _result(waves, regression, _Robust.of(waves, y, named, regression.estimate), confidence)


@dataclass(frozen=True, slots=True)
class _Robust:
    """Standard errors of the coefficients, and the outcome of the ties that they run over."""

    se: Array
    sandwich: Array
    alone: dict[int, str | int]
    positive_definite: bool
    y: Array

    @classmethod
    def of(cls, waves: Mapping[Any, Waves], y: Mapping[Any, Network], named: dict[str, Any], beta: Array) -> _Robust:
        read = many(y, "y")
        found = predictors_of(named, None, read)
        design = Design.of(stacked([read, *found.values()], None), tuple(found))
        x = np.stack(design.columns, axis=1)
        made = robust(x, design.y, beta, *ends(design.stack.layout, design.dyads))
        labels = [label for one in waves.values() for label in one.before.labels.tolist()]
        alone = {place: labels[actor] for place, actor in made.alone.items()}
        return cls(_roots(made.left_out), _roots(made.sandwich), alone, _positive(made.left_out), design.y)


def _result(waves: Mapping[Any, Waves], regression: Regression, found: _Robust, confidence: float) -> Persistence:
    z = regression.estimate / found.se
    reach = np.array([margin(one, confidence) for one in found.se.tolist()])
    kept = int(found.y.sum())
    nets = {
        f"{name} {key[0] if isinstance(key, tuple) and len(key) == 1 else key}" if len(waves) > 1 else name: net
        for key, one in waves.items()
        for name, net in (("before", one.before), ("after", one.after))
    }
    return Persistence(
        terms=regression.terms,
        estimate=regression.estimate,
        se=found.se,
        z=z,
        p=np.array([erfc(abs(one) / np.sqrt(2)) for one in z.tolist()]),
        p_lrqap=regression.p_two_sided,
        lower=regression.estimate - reach,
        upper=regression.estimate + reach,
        sandwich=found.sandwich,
        alone={regression.terms[place]: actor for place, actor in found.alone.items()},
        positive_definite=found.positive_definite,
        regression=regression,
        kept=kept,
        dissolved=len(found.y) - kept,
        left_out=sum(int(one.first.sum()) for one in waves.values()) - len(found.y),
        actors=sum(one.before.n_actors for one in waves.values()),
        networks=len(waves),
        confidence=confidence,
        permutations=regression.permutations,
        seed=regression.seed,
        recipe=recipes(nets),
        kind=kind_of(next(iter(waves.values())).before),
    )


def _roots(covariance: Array) -> Array:
    variance = np.diag(covariance)
    found: Array = np.sqrt(np.where(variance > 0, variance, np.nan))
    return found


def _positive(covariance: Array) -> bool:
    """Tell whether a covariance is positive definite, whatever the units."""
    variance = np.diag(covariance)
    if not (variance > 0).all():
        return False
    scale = np.sqrt(variance)
    values = np.linalg.eigvalsh(covariance / scale[:, None] / scale[None, :])
    return bool(values.min() > ROUNDING * values.max())
