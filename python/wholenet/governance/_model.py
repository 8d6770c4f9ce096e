"""What goes with an accurate perception of the governance mode."""

from __future__ import annotations

from operator import itemgetter
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from wholenet._checks import core_of, seeded, share, whole
from wholenet._results import kind_of
from wholenet.errors import ModelError
from wholenet.governance._answers import MODES, Formal, answers_of
from wholenet.governance._mixed import Mixed, mixed, plain
from wholenet.governance._model_result import AccuracyModel
from wholenet.governance._panel import Panel, Predictors, mixtures, panel_of
from wholenet.governance._spectral import randomized, spectra
from wholenet.inference._draws import drawn
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["accuracy_model"]

ESTIMATOR = "variational Bayes (statsmodels, BinomialBayesMixedGLM), standard errors by the joint information"


def accuracy_model(
    net: Network | Study,
    predictors: Predictors,
    *,
    perceived: str = "perceived_mode",
    formal: Formal,
    modes: Sequence[str] = MODES,
    wave: str | None = "wave",
    confidence: float = 0.95,
    permutations: int = 999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> AccuracyModel:
    """Mixed model of accuracy: what goes with perceiving the governance mode that is formally so.

    Parameters
    ----------
    net : Network or Study
        The network, or one for each place and wave; its ties are those that the draws keep.
    predictors : str, sequence of str, or mapping
        Attributes; or a mapping from names to attributes, to functions that take a network and give a number for each
        actor (such as ``centrality.betweenness``), or to arrays: one array where there is one network, for a study
        a mapping from its keys to arrays.
    perceived : str
        The attribute with the mode that each organisation perceives; null where it did not answer.
    formal : str or mapping
        What is formally so: one mode; a mapping to modes from the keys of a study or from values in them, such as the
        municipality; or the name of an attribute.
    modes : sequence of str
        The modes there may be. Default: those of Provan and Kenis.
    wave : str, optional
        The name in ``study.by`` of the waves. Organisations of the same label are one in all waves, and each wave but
        the first has a coefficient. None: no name is that of waves.
    confidence : float
        The probability that an interval should cover the truth.
    permutations : int
        How many draws of each predictor; 0 for none.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    AccuracyModel
        Odds ratios with intervals and two p-values each, the standard deviations of the random intercepts, and how many
        answers are complete.

    Raises
    ------
    ArgumentError
        As in `accuracy`; or a predictor holds no numbers, not one for each actor, or none for a network.
    ColumnError
        A network has no such attribute.
    ModelError
        There are too few complete answers, all are accurate or none is, a predictor is constant or collinear, or
        predictors tell accurate answers from others without exception.
    ConvergenceError
        The estimates did not settle.
    ModeError
        A network has two modes.
    DependencyError
        statsmodels is not installed.

    Notes
    -----
    log odds(accurate) = intercept + waves + Σ coefficient · predictor + u(organisation) + v(place), with u and v normal
    with mean 0. With one place there is no v. Organisations that did not answer, and answers without a value of some
    predictor, are left out; ``silent`` and ``incomplete`` count them. What does not apply to an organisation, as the
    contact of the lead with itself, should be empty.

    Estimates are those of statsmodels' ``BinomialBayesMixedGLM.fit_vb`` (variational Bayes): predictors are
    standardized, with normal priors of standard deviation 10 for their coefficients and 1 for the logs of the standard
    deviations of u and v. Its own posterior standard deviations leave out how estimates depend on each other and are
    too short: 95 % intervals by them covered the truth in 57 to 92 % of 60 simulated panels (of 3 × 100 organisations,
    two waves, seven in ten answer). Standard errors here come from the inverse of the information about coefficients, u
    and v together, at the estimates, which takes the standard deviations of u and v as known. Their 95 % intervals
    covered in 87 % (kinds of exchange), 88 % (wave), 93 % (trust) and 98 % (contact) of these panels, so that some are
    still somewhat short. The bias of coefficients was at most 0.06; the standard deviation of u came out at 0.93 in the
    median where it is 1, that of v at 0.38 where it is 0.4, and with two or three places it is hardly known.

    ``p_network`` asks whether a predictor goes with accuracy beyond what two independent patterns over the same ties
    would. Where tied organisations are alike both in the predictor and in accuracy, other p-values are too small, since
    organisations that are tied are not as many as they look. What the other terms do not explain of the predictor is
    turned at random within each place, by Moran spectral randomization ("singleton": signs change at random, sizes
    stay): its mean, its variance and Moran's I over the ties stay, in all waves the same turn is made, so that an
    organisation's waves stay together. The statistic is the score of the logistic regression of the other terms (and of
    the places, in which the predictor is not 0 on average), divided by its standard deviation. Ties are those of the
    waves together, in either direction, without their values; dyads that were not observed count as no tie. The network
    need not be connected: vectors of equal eigenvalues, as isolates have, are turned as one, and without ties any turn
    is as probable. A wave in which an organisation did not answer gets its mean over the other waves for the turn
    alone, and organisations without any complete answer are left out, so that what is tested keeps its mean, variance
    and Moran's I only nearly. A predictor that is the same for all organisations of a place can't be tested so: its
    ``p_network`` is 1.

    Draws are like the predictor only by the weights that likeness spreads by, which nobody knows. So they are made
    twice: with ties that count 1 in each wave, and with ties divided by the number of an actor's (row-standardised).
    ``p_network`` is the larger of both p-values, and ``distribution`` holds the draws that it comes from.

    In 500 simulated studies each of three times 60 organisations, predictor and accuracy followed the ties closely
    (autocorrelation .9) and independently of each other. A test at 5 % by the normal distribution rejected in 20 to
    23 %, and this one in 6 %, whether organisations were near the mean or the sum of their contacts. Where likeness
    came from something else that ties followed (places close to each other; groups), it rejected in 8 %, the other in
    15 and 25 %: much better, and still somewhat too often. Without autocorrelation it rejected in 4 %. This costs
    power: of an effect that the other test found in 53 to 54 %, it found 43 % without autocorrelation and 26 % with it
    (``benches``).

    O(n³) time for the ties of n organisations, O(n²) for a draw. The draws are the same with any executor; the
    estimates come from an optimizer, and are not promised to the last bit on other machines.

    Peers: R's lme4 and glmmTMB fit the same model by Laplace approximation; UCINET and sna have no such model.

    References
    ----------
    Provan, K. G. & Kenis, P. (2008). Modes of network governance: structure, management, and effectiveness. Journal of
    Public Administration Research and Theory 18, 229-252. https://doi.org/10.1093/jopart/mum015

    Wagner, H. H. & Dray, S. (2015). Generating spatially constrained null models for irregularly spaced data using
    Moran spectral randomization methods. Methods in Ecology and Evolution 6, 1169-1178.
    https://doi.org/10.1111/2041-210X.12407

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.datasets.youth_care().select(relation="any contact", municipality="Elzerveen")
    >>> found = wn.governance.accuracy_model(
    ...     study, ["trust"], formal="lead organisation", permutations=99, seed=1, progress=False
    ... )
    >>> found.terms
    ('intercept', 'wave 2', 'trust')
    >>> bool(found.lower[2] < 1 < found.upper[2])
    True
    """
    confidence, permutations = share(confidence, "confidence"), whole(permutations, "permutations", least=0)
    seed = seeded(seed)
    by, answers = answers_of(net, perceived, formal, modes)
    for one in answers:
        core_of(one.net)
    panel = panel_of(by, answers, predictors, wave)
    if np.ptp(panel.y) == 0:
        msg = f"all {len(panel.y):,} complete answers are {'' if panel.y[0] else 'not '}accurate: nothing to predict"
        raise ModelError(msg)
    # Separation is looked for here; variational Bayes would give some number.
    plain(panel.y, panel.x)
    fit = mixed(panel)
    p_network, distribution = _checked(panel, permutations, seed, executor, progress=progress)
    return _result(panel, fit, confidence, p_network, distribution, seed)


def _checked(
    panel: Panel, permutations: int, seed: int, executor: Executor | None, *, progress: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Test each predictor by draws that keep its autocorrelation, beside the others and the places."""
    first = len(panel.terms) - len(panel.predictors)
    p = np.full(len(panel.terms), np.nan)
    if not permutations:
        return p, np.empty((0, len(panel.predictors)))
    each_weight = spectra(panel)
    columns = []
    for term in range(first, len(panel.terms)):
        others = _beside(panel, term)
        chance, tests = plain(panel.y, others), []
        for places in each_weight:
            kernel = randomized(panel, places, others, panel.x[:, term], chance, seed, term)
            found = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress)
            estimate = kernel.score(panel.x[:, term])
            tests.append((float(p_values(np.array([estimate]), found[:, None], symmetric=True)[2][0]), found))
        p[term], found = max(tests, key=itemgetter(0))
        columns.append(found)
    return p, np.column_stack(columns)


def _beside(panel: Panel, term: int) -> NDArray[np.float64]:
    """Lay out all terms but one, and places; but none that has no chance of its own, or follows from the others."""
    others = np.delete(panel.x, term, axis=1)
    varied = [at for at in range(len(panel.places)) if np.ptp(panel.y[panel.group == at]) > 0]
    for at in varied[1:]:
        larger = np.column_stack([others, panel.group == at])
        if not len(mixtures(larger)):
            others = larger
    return others


def _result(
    panel: Panel,
    fit: Mixed,
    confidence: float,
    p_network: NDArray[np.float64],
    distribution: NDArray[np.float64],
    seed: int,
) -> AccuracyModel:
    normal = NormalDist()
    reach = normal.inv_cdf(0.5 + confidence / 2) * fit.se
    net = panel.answers[0].net
    return AccuracyModel(
        terms=tuple(panel.terms),
        coefficient=fit.beta,
        se=fit.se,
        odds_ratio=np.exp(fit.beta),
        lower=np.exp(fit.beta - reach),
        upper=np.exp(fit.beta + reach),
        confidence=confidence,
        p=np.array([2 * normal.cdf(-abs(z)) for z in (fit.beta / fit.se).tolist()]),
        p_network=p_network,
        sd_organisation=fit.sd_organisation,
        sd_network=fit.sd_network,
        observations=len(panel.y),
        organisations=int(panel.organisation.max()) + 1,
        networks=len(panel.places),
        silent=panel.silent,
        incomplete=panel.incomplete,
        estimator=ESTIMATOR,
        distribution=distribution,
        permutations=len(distribution),
        seed=seed,
        recipe=net.recipe,
        kind=kind_of(net),
    )
