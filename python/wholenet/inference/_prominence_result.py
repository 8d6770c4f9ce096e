"""The result of testing how prominent marked actors are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._results import listed
from wholenet._show import facts_html, table_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Prominence"]

TITLES = {"difference": "mean above others of the sector", "place": "share of others of the sector below"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Prominence:
    """
    How much more prominent marked actors are than others of their sectors, and what permuted marks give.

    Parameters
    ----------
    measure : str
        What was measured.
    names : tuple of str
        The two statistics, ``"difference"`` and ``"place"``.
    estimate : array of shape (2,)
        The statistics of the data.
    expected, sd : array of shape (2,)
        Their mean and standard deviation with permuted marks.
    p_lower, p_upper, p_two_sided : array of shape (2,)
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, twice the smaller of both.
    distribution : array of shape (permutations, 2)
        The statistics of each draw.
    actors : array of shape (k,)
        The marked actors.
    actor_groups : list
        Their sectors.
    actor_values : array of shape (k,)
        Their values; NaN where there is none.
    others : array of shape (k,)
        How many others of the sector are not marked and have a value.
    others_mean : array of shape (k,)
        The mean of these others.
    percentile : array of shape (k,)
        The share of these others that are below the actor; equal ones count half.
    actor_peers : array of shape (k,)
        How many of these others answered as the actor did (or did not).
    actor_p_lower, actor_p_upper, actor_p : array of shape (k,)
        Exact p-values of each actor among its peers: as low, as high, two-sided.
    actor_p_holm : array of shape (k,)
        The two-sided ones, adjusted for k tests by Holm.
    counted : int
        How many marked actors the statistics run over.
    left_out : int
        How many marked actors are of sectors in which all are marked, which carry no information.
    fixed : int
        How many of those counted have a mark that no permutation can move.
    unknown : int
        How many marked actors have no value.
    sectors : tuple of int
        The number of sectors with marked and other actors, and of all.
    within : str or None
        The attribute within which actors are compared.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "care", "school"]})
    >>> net = wn.Network.from_edges((list("acde"), list("bbba")), actors, directed=False)
    >>> wn.inference.prominence(net, "degree", mark=["b"], seed=1)
    <Prominence: degree of 1 marked actor, 1.67 above others of its sector, p 0.499 (two-sided) of 5,000 permutations, \
seed 1>
    """

    measure: str
    names: tuple[str, ...]
    estimate: NDArray[np.float64]
    expected: NDArray[np.float64]
    sd: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    distribution: NDArray[np.float64]
    actors: NDArray[Any]
    actor_groups: list[Any]
    actor_values: NDArray[np.float64]
    others: NDArray[np.int64]
    others_mean: NDArray[np.float64]
    percentile: NDArray[np.float64]
    actor_peers: NDArray[np.int64]
    actor_p_lower: NDArray[np.float64]
    actor_p_upper: NDArray[np.float64]
    actor_p: NDArray[np.float64]
    actor_p_holm: NDArray[np.float64]
    counted: int
    left_out: int
    fixed: int
    unknown: int
    sectors: tuple[int, int]
    within: str | None
    permutations: int
    seed: int
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay out the marked actors as a table of one row for each.

        Returns
        -------
        table
            The columns ``actor``, ``group``, ``value``, ``others``, ``others_mean``, ``percentile``, ``peers``,
            ``p_lower``, ``p_upper``, ``p`` (two-sided) and ``p_holm``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "care", "school"]})
        >>> net = wn.Network.from_edges((list("acde"), list("bbba")), actors, directed=False)
        >>> wn.inference.prominence(net, "degree", mark=["b"], seed=1).to_frame()[["actor", "group", "value"]]
          actor group  value
        0     b  care    3.0
        """
        columns = {
            "actor": listed(self.actors),
            "group": self.actor_groups,
            "value": self.actor_values,
            "others": self.others,
            "others_mean": self.others_mean,
            "percentile": self.percentile,
            "peers": self.actor_peers,
            "p_lower": self.actor_p_lower,
            "p_upper": self.actor_p_upper,
            "p": self.actor_p,
            "p_holm": self.actor_p_holm,
        }
        return _frames.make(columns, self.kind)

    def tests(self) -> IntoDataFrame:
        """Lay out both statistics as a table of one row for each.

        Returns
        -------
        table
            The columns ``statistic``, ``estimate``, ``expected``, ``sd``, ``p_lower``, ``p_upper``, ``p`` (two-sided),
            ``marked``, ``permutations`` and ``seed``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "care", "school"]})
        >>> net = wn.Network.from_edges((list("acde"), list("bbba")), actors, directed=False)
        >>> wn.inference.prominence(net, "degree", mark=["b"], seed=1).tests()[["statistic", "estimate", "marked"]]
            statistic  estimate  marked
        0  difference  1.666667       1
        1       place  1.000000       1
        """
        columns = {
            "statistic": list(self.names),
            "estimate": self.estimate,
            "expected": self.expected,
            "sd": self.sd,
            "p_lower": self.p_lower,
            "p_upper": self.p_upper,
            "p": self.p_two_sided,
            "marked": [self.counted] * 2,
            "permutations": [self.permutations] * 2,
            "seed": [self.seed] * 2,
        }
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of both statistics with permuted marks, and where the observed ones lie.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            Two histograms. Draws at least as high (or low) as what was observed are dark.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "care", "school"]})
        >>> net = wn.Network.from_edges((list("acde"), list("bbba")), actors, directed=False)
        >>> wn.inference.prominence(net, "degree", mark=["b"], seed=1).plot()
        <Picture: degree, drawn at random and observed: mean above others of the sector, share of others of the sector \
below>
        """
        rows = [
            Drawn(
                TITLES[name],
                float(self.estimate[at]),
                self.distribution[:, at],
                f"p {shown_p(float(self.p_two_sided[at]))} (two-sided)",
            )
            for at, name in enumerate(self.names)
        ]
        return distributions(rows, self.measure, title, float(width))

    def __repr__(self) -> str:
        who, whose = ("actor", "its sector") if self.counted == 1 else ("actors", "their sectors")
        side, p = "above" if self.estimate[0] >= 0 else "below", shown_p(float(self.p_two_sided[0]))
        return (
            f"<Prominence: {self.measure} of {self.counted} marked {who}, {abs(self.estimate[0]):.3g} {side} others of "
            f"{whose}, p {p} (two-sided) of {self.permutations:,} permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ["", "observed", "permuted", "sd", "p, as low", "p, as high", "p, two-sided"]
        columns = (self.estimate, self.expected, self.sd, self.p_lower, self.p_upper, self.p_two_sided)
        tests = [[TITLES[name], *(float(one[at]) for one in columns)] for at, name in enumerate(self.names)]
        shown = (self.actor_values, self.others_mean, self.percentile, self.actor_p, self.actor_p_holm)
        rows = [
            [str(self.actors[at]), str(self.actor_groups[at]), *(float(one[at]) for one in shown)]
            for at in np.argsort(-self.percentile, kind="stable").tolist()
        ]
        names = ["", "group", self.measure, "others of the group", "share of them below", "p (two-sided)", "p (Holm)"]
        facts = [
            ("Marked", f"{self.counted:,} compared, in {self.sectors[0]:,} of {self.sectors[1]:,} groups"),
            *([("Left out", f"{self.left_out:,}: all of their group are marked")] if self.left_out else []),
            *([("No value", f"{self.unknown:,} marked actors")] if self.unknown else []),
            *([("Can't move", f"{self.fixed:,} marks: nobody else of the group answered alike")] if self.fixed else []),
            ("Permutations", f"{self.permutations:,}, within groups, of those who answered and those who did not"),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        return (
            table_html(header, tests, f"Prominence of marked actors by {self.measure}")
            + table_html(names, rows, "Marked actors")
            + facts_html("Test", facts, self.recipe)
        )
