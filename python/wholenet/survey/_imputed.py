"""Imputed networks: made when asked for, measured, and pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np

from wholenet import _frames
from wholenet._checks import share
from wholenet._results import listed
from wholenet._show import facts_html
from wholenet._table import functions_of
from wholenet.errors import ArgumentError
from wholenet.inference._draws import Patient
from wholenet.survey._cells import filled
from wholenet.survey._pool import Pooled, PooledActors, pooled, standard_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.survey._blocks import Blocks

__all__ = ["Imputed"]

T = TypeVar("T")
SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Imputed:
    """
    Networks in which what was not observed is imputed, each time anew.

    ``len(imputed)``, ``imputed[0]`` and ``for net in imputed`` work; a network is made when asked for, and is the same
    each time.

    Parameters
    ----------
    net : Network
        The network as it was observed.
    by : str or None
        The attribute that held the groups.
    cells : pair of arrays of shape (u,)
        The unobserved dyads, by the places of their actors in ``net.labels``; an undirected one once.
    values : array of shape (draws, u)
        What was imputed in each: 0 is no tie.
    blocks : object
        What was observed of each pair of groups; see `to_frame`.
    seed : int
        The seed of the draws.
    recipe : tuple of str
        The coding steps of the network; those of the imputed networks have one more.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    draws : int
        The number of networks.
    networks : tuple of Network
        All of them, made at once.

    Examples
    --------
    >>> import wholenet as wn
    >>> nan = float("nan")
    >>> net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [nan, nan, nan, 0]])
    >>> imputed = wn.survey.impute(net, by=None, draws=10, seed=1)
    >>> len(imputed), imputed[3].recipe[-1]
    (10, 'imputed: 3 of 12 dyads by a block model, draw 3 of 10 (from 0), seed 1')
    """

    net: Network
    by: str | None
    cells: tuple[NDArray[np.int64], NDArray[np.int64]]
    values: NDArray[np.float64]
    blocks: Blocks
    seed: int
    recipe: tuple[str, ...]
    kind: str

    @property
    def draws(self) -> int:
        """The number of networks."""
        return len(self.values)

    @property
    def networks(self) -> tuple[Network, ...]:
        """All networks, made at once."""
        return tuple(self)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Network]:
        return (self[draw] for draw in range(len(self)))

    def __getitem__(self, draw: int) -> Network:
        """Make the network of one draw."""
        place = range(len(self))[draw]
        return filled(self.net, self.cells, self.values[place], self._step(place))

    def _step(self, draw: int) -> str:
        groups = "" if self.by is None else f" within and between {self.by!r}"
        unseen = int(self.blocks.unseen.sum())
        prior = f", {unseen:,} pairs of groups without any report" if unseen else ""
        return (
            f"imputed: {self._count()} by a block model{groups}{prior}, draw {draw:,} of {len(self):,} (from 0), "
            f"seed {self.seed}"
        )

    def _count(self) -> str:
        missing = self.net.missing
        return f"{missing.dyads:,} of {missing.dyads + missing.observed:,} dyads"

    def map(self, function: Callable[[Network], T]) -> list[T]:
        """Apply a function to each imputed network.

        Parameters
        ----------
        function : callable
            Takes a network.

        Returns
        -------
        list
            What it returned, in the order of the draws.

        Examples
        --------
        >>> import wholenet as wn
        >>> nan = float("nan")
        >>> net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [nan, nan, nan, 0]])
        >>> wn.survey.impute(net, by=None, draws=4, seed=1).map(lambda net: net.n_actors)
        [4, 4, 4, 4]
        """
        return [function(net) for net in self]

    def pool(
        self,
        measure: str | Callable[[Network], Any],
        *,
        within: Literal["jackknife", "bootstrap"] | Callable[[Network], float] | None = None,
        confidence: float = 0.95,
        progress: bool = True,
    ) -> Pooled | PooledActors:
        """Measure each imputed network and pool what comes out, by Rubin's rules.

        Parameters
        ----------
        measure : str or callable
            The name of a measure with its default definition, as in `wholenet.table`, or a function of a network. One
            number for the network, or one for each actor.
        within : {"jackknife", "bootstrap"} or callable, optional
            The standard error of the measure in a network observed in full: by leaving out one actor at a time
            (`inference.jackknife`), by the vertex bootstrap (`inference.bootstrap`, 1,000 draws with the seed of the
            imputation), or by a function that gives it for a network. Default: none, see Notes. Not for actors.
        confidence : float
            The probability that the interval should cover the truth.
        progress : bool
            Whether work longer than about a second shows a progress bar.

        Returns
        -------
        Pooled or PooledActors
            Estimate, standard error, interval and share of missing information; of a measure of actors the mean and the
            standard deviation over the imputed networks for each.

        Raises
        ------
        KeyNotFoundError
            There is no measure of that name.
        ArgumentError
            The measure is neither one number nor one per actor, or NaN or infinite for an imputed network; `within` is
            none of the above, gives no standard error, or is given for a measure of actors.
        DrawError
            The measure fails on a resampled network.

        Notes
        -----
        With q(i) the measure of imputed network i of m and u(i) its squared standard error, the estimate is q̄, the mean
        of q(i); W the mean of u(i); B the variance of q(i), divisor m - 1; the standard error √(W + (1 + 1/m)·B). The
        interval is that of Student's t with (m - 1)·(1 + W ÷ ((1 + 1/m)·B))² degrees of freedom. The share of missing
        information is (r + 2 ÷ (df + 3)) ÷ (r + 1), where r = (1 + 1/m)·B ÷ W (Rubin 1987, 3.1).

        Without `within` W is 0: the interval is for the measure of *this* network, had everybody answered, and all that
        is not known is what is missing (the share is 1; df = m - 1). With it the interval is for the population of
        actors that these actors stand for, and wider. See `inference.bootstrap` for what these standard errors hold
        for.

        Of measures of actors NaN in some networks (a measure that isolates do not have) are left out; the result
        counts them.

        References
        ----------
        Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.
        https://doi.org/10.1002/9780470316696

        Examples
        --------
        Two ties are known, and four of the twelve dyads are not.

        >>> import wholenet as wn
        >>> nan = float("nan")
        >>> net = wn.Network.from_matrix([[0, 1, 0, nan], [1, 0, 0, 0], [0, 0, 0, 0], [nan, nan, nan, 0]])
        >>> found = wn.survey.impute(net, by=None, draws=100, seed=1).pool("density")
        >>> bool(2 / 12 <= found.estimate <= 6 / 12), found.df, found.missing_information
        (True, 99.0, 1.0)
        """
        confidence = share(confidence, "confidence")
        ((name, function),) = functions_of(measure if isinstance(measure, str) else [measure]).items()
        error = None if within is None else standard_error(within, measure, self.seed)
        values, errors = [], []
        with Patient("imputed networks", len(self), progress=progress) as shown:
            for draw, net in enumerate(self):
                values.append(function(net))
                if error is not None and not isinstance(values[-1], np.ndarray):
                    errors.append(error(net))
                shown.reach(draw + 1)
        if error is not None and not errors:
            msg = f"within= is for one number of the network, and {name!r} gives one per actor; leave it out"
            raise ArgumentError(msg)
        return pooled(name, values, errors or None, self, confidence)

    def to_frame(self) -> IntoDataFrame:
        """List the pairs of groups, and what was observed of each.

        Returns
        -------
        table
            One row for each unordered pair of groups that has dyads: ``from``, ``to``, ``dyads`` (pairs of actors),
            ``two_reports``, ``one_report``, ``no_report``, ``imputed`` (unobserved dyads, ordered in a directed
            network), and ``note``: "nothing observed: prior only" where that is so. In an undirected network every
            observed dyad counts as one with two reports.

        Examples
        --------
        >>> import wholenet as wn
        >>> nan = float("nan")
        >>> net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [nan, nan, nan, 0]])
        >>> wn.survey.impute(net, by=None, draws=4, seed=1).to_frame()[["two_reports", "one_report", "imputed"]]
           two_reports  one_report  imputed
        0            3           3        3
        """
        blocks = self.blocks
        here = blocks.dyads > 0
        one = (blocks.ahead + blocks.behind).sum(axis=1)
        lacking = one + blocks.none * (2 if blocks.directed else 1)
        counts = {"dyads": blocks.dyads, "two_reports": blocks.two.sum(axis=1), "one_report": one}
        counts |= {"no_report": blocks.none, "imputed": lacking}
        notes = np.where(blocks.unseen[here], "nothing observed: prior only", "").tolist()
        return _frames.make(
            {
                "from": listed([blocks.names[code] for code in blocks.first[here].tolist()]),
                "to": listed([blocks.names[code] for code in blocks.second[here].tolist()]),
                **{name: count[here].astype(np.int64) for name, count in counts.items()},
                "note": listed(notes),
            },
            self.kind,
        )

    def __repr__(self) -> str:
        unseen = int(self.blocks.unseen.sum())
        prior = f", {unseen:,} pairs of groups with nothing observed" if unseen else ""
        return (
            f"<Imputed: {len(self):,} networks of {self.net.n_actors:,} actors, {self._count()} imputed{prior}, "
            f"seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        blocks = self.blocks
        unseen = [
            f"{blocks.names[blocks.first[at]]} - {blocks.names[blocks.second[at]]}"
            for at in np.flatnonzero(blocks.unseen)[:SHOWN].tolist()
        ]
        more = int(blocks.unseen.sum()) - len(unseen)
        facts = [
            ("Networks", f"{len(self):,} of {self.net.n_actors:,} actors"),
            ("Imputed", self._count()),
            ("Groups", "none" if self.by is None else f"{self.by}, {len(blocks.names):,}"),
            *([("Nothing observed", ", ".join(unseen) + (f" and {more:,} more" if more else ""))] if unseen else []),
            ("Assumes", "missing at random, given the group and the partner's report"),
            ("Seed", f"{self.seed}"),
        ]
        return facts_html("Multiple imputation", facts, self.recipe)
