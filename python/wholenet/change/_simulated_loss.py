"""The loss of ties that measurement alone produces, by simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._checks import seeded, whole
from wholenet._distribution_chart import Drawn, distributions
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.change._reports import Coding, chance, pair
from wholenet.change._tie_change import aligned
from wholenet.errors import ArgumentError, DirectionError
from wholenet.inference._draws import drawn, each, stream

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.change._reports import Rule, Unanswered
    from wholenet.network import Network

__all__ = ["SimulatedLoss", "simulated_loss"]

TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SimulatedLoss:
    """
    The loss that two waves of imperfect reports on a network show; see `simulated_loss`.

    Parameters
    ----------
    mean, sd : float
        Of the draws in which a tie was seen at first.
    lower, upper : float
        Between which 95 % of the draws lie.
    distribution : array of shape (draws,)
        The apparent loss of each draw; NaN where no tie was seen at first.
    ties : int
        How many ties the true network has.
    draws, seed : int
        How many draws, and their seed.
    coding : str
        How reports became ties, in words.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")))
    >>> wn.change.simulated_loss(net, net, reporting=1.0, draws=10, seed=1)
    <SimulatedLoss: mean 0, 95 % of draws 0 to 0; 5 true ties, union, unanswered absent, 10 draws, seed 1>
    """

    mean: float
    sd: float
    lower: float
    upper: float
    distribution: NDArray[np.float64]
    ties: int
    draws: int
    seed: int
    coding: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row.

        Returns
        -------
        table
            The columns ``mean``, ``sd``, ``lower``, ``upper``, ``ties``, ``draws`` and ``seed``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")))
        >>> wn.change.simulated_loss(net, net, reporting=1.0, draws=10, seed=1).to_frame()
           mean   sd  lower  upper  ties  draws  seed
        0   0.0  0.0    0.0    0.0     5     10     1
        """
        names = ("mean", "sd", "lower", "upper", "ties", "draws", "seed")
        return _frames.make({name: [getattr(self, name)] for name in names}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the losses of the draws.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")))
        >>> wn.change.simulated_loss(net, net, reporting=0.8, draws=10, seed=1).plot()
        <Picture: apparent loss, drawn at random and observed>
        """
        words = f"mean {self.mean:.1%}, {self.coding}, {self.draws:,} draws"
        drawn_losses = Drawn("", float("nan"), self.distribution, words, test=False)
        return distributions([drawn_losses], "apparent loss", title, float(width))

    def __repr__(self) -> str:
        return (
            f"<SimulatedLoss: mean {self.mean:.4g}, 95 % of draws {self.lower:.4g} to {self.upper:.4g}; "
            f"{self.ties:,} true ties, {self.coding}, {self.draws:,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        facts = [
            ("Mean apparent loss", f"{self.mean:.1%}, standard deviation {self.sd:.1%}"),
            ("95 % of draws", f"{self.lower:.1%} to {self.upper:.1%}"),
            ("True ties", f"{self.ties:,}"),
            ("Coding", self.coding),
            ("Draws", f"{self.draws:,} (seed {self.seed})"),
        ]
        return facts_html("Simulated loss", facts, self.recipe)


def simulated_loss(
    before: Network,
    after: Network,
    *,
    reporting: float | tuple[float, float],
    response: float | tuple[float, float] | None = None,
    rule: Rule = "union",
    unanswered: Unanswered = "absent",
    persistence: float = 1.0,
    draws: int = 1000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> SimulatedLoss:
    """Simulate what share of ties seems gone at a second wave, on a network of this shape and with its respondents.

    Parameters
    ----------
    before : Network
        The network at the first observation. Its ties are taken for the true ones.
    after : Network
        The network at the second observation; directed if the first is. Only who is in it, and who answered, is read.
    reporting : float or pair of floats
        The probability that an actor who answers reports a tie that is there, in each wave or in the first and the
        second; above 0, at most 1.
    response : float or pair of floats, optional
        The share of the actors who answer; in each draw others do. Default: those who answered in each of the networks.
    rule : {"union", "confirmed", "sender"}
        What counts as a tie; see `expected_loss`.
    unanswered : {"absent", "missing"}
        What becomes of reports that were not given; see `expected_loss`.
    persistence : float
        The share of true ties that are there at the second wave again, from 0 to 1.
    draws : int
        How many pairs of waves are simulated.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    SimulatedLoss
        The loss of each draw, with mean and interval.

    Raises
    ------
    ArgumentError
        A share or probability is not one, a word is none of these, one of the networks is directed and the other is
        not, or `before` has no tie among actors in both.
    DirectionError
        ``rule="sender"`` of undirected networks.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    The true network is that of the actors in both networks, with a tie where either reports one at first (for
    ``rule="sender"`` its directed ties), the same at the second wave but for ties that do not persist. That ties which
    nobody reported are not in it does not matter to the loss, unless they are those of actors who answer more or less
    often than others. Each actor who answers reports each of its true ties with probability `reporting`, each wave
    anew; none is reported that is not there. The reports are coded by `rule` and `unanswered`, and the loss is
    dissolved ÷ (kept + dissolved) over the dyads that count as observed in both waves.

    With drawn respondents the mean is that of `expected_loss` but for a ratio of small numbers; the spread tells how
    far one study may lie from it. With the respondents of the study actors who answer twice count as they do there.
    An actor did not answer if its outgoing ties were not observed (undirected: those to other such actors).

    O(n²) time per draw.

    Peers: none that we know of.

    References
    ----------
    Kossinets, G. (2006). Effects of missing data in social networks. Social Networks 28, 247-268.
    https://doi.org/10.1016/j.socnet.2005.07.002

    Examples
    --------
    Everybody answered and reports all there is:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabcd"), list("bcdde")))
    >>> wn.change.simulated_loss(net, net, reporting=1.0, persistence=0.0, draws=10, seed=1).mean
    1.0
    """
    coding = Coding.of(rule, unanswered)
    reports, stays = pair(reporting, "reporting"), chance(persistence, "persistence", zero=True)
    answers = None if response is None else pair(response, "response")
    draws, seed = whole(draws, "draws"), seeded(seed)
    first, second = aligned(before, after)
    if rule == "sender" and not first.directed:
        msg = 'rule="sender" reads the reports of directed networks, and these are undirected'
        raise DirectionError(msg)
    true = np.nan_to_num(first.to_matrix()) != 0
    np.fill_diagonal(true, val=False)
    if rule != "sender":
        true = np.triu(true | true.T)
    if not true.any():
        msg = "before has no tie among the actors in both networks, so that none can be lost"
        raise ArgumentError(msg)
    silent = tuple(np.isin(np.arange(net.n_actors), _silent(net)) for net in (first, second))
    kernel = _Simulated(true, silent, answers, reports, stays, coding, seed)
    found = drawn(kernel, draws, seed=seed, executor=executor, progress=progress, may_fail=True)
    known = found[~np.isnan(found)]
    low, high = np.quantile(known, TAILS).tolist() if len(known) else (np.nan, np.nan)
    return SimulatedLoss(
        mean=float(known.mean()) if len(known) else float("nan"),
        sd=float(known.std(ddof=1)) if len(known) > 1 else float("nan"),
        lower=low,
        upper=high,
        distribution=found,
        ties=int(true.sum()),
        draws=draws,
        seed=seed,
        coding=f"{rule}, unanswered {unanswered}",
        recipe=(*before.recipe, f"ties by {rule!r}, reports not given: {unanswered}"),
        kind=kind_of(before),
    )


def _silent(net: Network) -> list[int]:
    return [net.index(label) for label in net.missing.non_respondents]


@dataclass(frozen=True, slots=True)
class _Simulated:
    """Losses of simulated waves."""

    true: NDArray[np.bool_]
    silent: tuple[NDArray[np.bool_], ...]
    response: tuple[float, float] | None
    reporting: tuple[float, float]
    persistence: float
    coding: Coding
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._one, first, count, name="draws", progress=progress)

    def _one(self, draw: int) -> float:
        random = stream(self.seed, draw)
        n = len(self.true)
        there = self.true
        waves = []
        for wave in (0, 1):
            if wave:
                there = there & (random.random((n, n)) < self.persistence)
            silent = self.silent[wave] if self.response is None else random.random(n) >= self.response[wave]
            known = there if self.coding.rule == "sender" else there | there.T
            reports = (known & (random.random((n, n)) < self.reporting[wave])).astype(np.float64)
            reports[silent] = np.nan
            waves.append(self.coding.coded(reports))
        seen = (waves[0] == 1) & ~np.isnan(waves[1])
        return float((waves[1][seen] == 0).mean()) if seen.any() else float("nan")
