"""The result of comparing who the actors of networks are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._charts import heatmap
from wholenet._results import listed
from wholenet._show import facts_html, table_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["CompositionTest"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CompositionTest:
    """
    The actors of k networks by g groups, side by side, and whether the networks differ.

    Parameters
    ----------
    by : str
        The attribute that holds the group.
    networks : list of str
        The names of the networks.
    groups : list
        The groups, in sorted order.
    counts : array of shape (g, k)
        How many actors of each group each network has.
    blau, iqv : array of shape (k,)
        Blau's index and the index of qualitative variation of each network, as in `mixing`.
    chi_square, likelihood_ratio : float
        The test statistics.
    p_chi_square, p_likelihood_ratio : float
        (1 + number of draws at least as high) ÷ (1 + draws).
    cramers_v : float
        How much the networks differ, from 0 to 1.
    expected_v : float
        Its mean over the permutations.
    common_labels : int
        How many labels occur in another network too; these are taken as different actors.
    distribution : array of shape (permutations, 2)
        Both statistics of each draw.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "care"]})
    >>> west = pd.DataFrame({"name": list("de"), "sector": ["school", "school"]})
    >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
    >>> wn.inference.composition_test(nets, seed=1)
    <CompositionTest: 2 networks by sector, Cramér's V 1, p 0.106 (chi-square) of 5,000 permutations, seed 1>
    """

    by: str
    networks: list[str]
    groups: list[Any]
    counts: NDArray[np.int64]
    blau: NDArray[np.float64]
    iqv: NDArray[np.float64]
    chi_square: float
    likelihood_ratio: float
    p_chi_square: float
    p_likelihood_ratio: float
    cramers_v: float
    expected_v: float
    common_labels: int
    distribution: NDArray[np.float64]
    permutations: int
    seed: int
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the composition out as a table of one row for each group, networks side by side.

        Returns
        -------
        table
            The column ``group``, and for each network its name with the number of actors, and ``share`` and its name
            with their share of all its actors.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "care"]})
        >>> west = pd.DataFrame({"name": list("de"), "sector": ["school", "school"]})
        >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
        >>> wn.inference.composition_test(nets, seed=1).to_frame()
            group  E  share E  W  share W
        0    care  3      1.0  0      0.0
        1  school  0      0.0  2      1.0
        """
        columns: dict[str, Any] = {"group": listed(self.groups)}
        for name, counts, shares in zip(self.networks, self.counts.T, self._shares().T, strict=True):
            columns |= {name: counts, f"share {name}": shares}
        return _frames.make(columns, self.kind)

    def diversity(self) -> IntoDataFrame:
        """Lay out how diverse each network is.

        Returns
        -------
        table
            The columns ``network``, ``actors``, ``groups`` (that have an actor), ``blau`` and ``iqv``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "school"]})
        >>> west = pd.DataFrame({"name": list("de"), "sector": ["care", "school"]})
        >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
        >>> wn.inference.composition_test(nets, seed=1).diversity().round(3)
          network  actors  groups   blau    iqv
        0       E       3       2  0.444  0.889
        1       W       2       2  0.500  1.000
        """
        columns = {
            "network": self.networks,
            "actors": self.counts.sum(axis=0),
            "groups": (self.counts > 0).sum(axis=0),
            "blau": self.blau,
            "iqv": self.iqv,
        }
        return _frames.make(columns, self.kind)

    def tests(self) -> IntoDataFrame:
        """Lay out the tests as a table of one row for each statistic.

        Returns
        -------
        table
            The columns ``statistic``, ``estimate``, ``expected``, ``p``, ``cramers_v``, ``permutations`` and ``seed``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "care"]})
        >>> west = pd.DataFrame({"name": list("de"), "sector": ["school", "school"]})
        >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
        >>> wn.inference.composition_test(nets, seed=1).tests()[["statistic", "estimate"]].round(2)
                  statistic  estimate
        0        chi-square      5.00
        1  likelihood ratio      6.73
        """
        columns = {
            "statistic": ["chi-square", "likelihood ratio"],
            "estimate": [self.chi_square, self.likelihood_ratio],
            "expected": self.distribution.mean(axis=0),
            "p": [self.p_chi_square, self.p_likelihood_ratio],
            "cramers_v": [self.cramers_v] * 2,
            "permutations": [self.permutations] * 2,
            "seed": [self.seed] * 2,
        }
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the share of each group in each network, relative to its share of all actors.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A table of numbers on colours: 1 is the share among all, 2 twice as many.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> east = pd.DataFrame({"name": list("abc"), "sector": ["care", "care", "care"]})
        >>> west = pd.DataFrame({"name": list("de"), "sector": ["school", "school"]})
        >>> nets = {"E": wn.Network.from_edges((["a"], ["b"]), east), "W": wn.Network.from_edges((["d"], ["e"]), west)}
        >>> wn.inference.composition_test(nets, seed=1).plot()
        <Picture: Share of each sector, relative to all networks>
        """
        pooled = self.counts.sum(axis=1) / self.counts.sum()
        heading = title or f"Share of each {self.by}, relative to all networks"
        names = [str(group) for group in self.groups]
        return heatmap(self._shares() / pooled[:, None], names, self.networks, heading, 1.0, float(width))

    def _shares(self) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.counts / self.counts.sum(axis=0)
        return found

    def __repr__(self) -> str:
        return (
            f"<CompositionTest: {len(self.networks)} networks by {self.by}, Cramér's V {self.cramers_v:.3g}, p "
            f"{shown_p(self.p_chi_square)} (chi-square) of {self.permutations:,} permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        shares = self._shares()
        rows: list[list[object]] = [
            [str(group), *(f"{self.counts[at, of]:,} ({shares[at, of]:.0%})" for of in range(len(self.networks)))]
            for at, group in enumerate(self.groups)
        ]
        rows += [
            ["Actors", *(f"{one:,}" for one in self.counts.sum(axis=0).tolist())],
            ["Blau", *(f"{one:.3f}" for one in self.blau.tolist())],
            ["IQV", *(f"{one:.3f}" for one in self.iqv.tolist())],
        ]
        facts = [
            ("Chi-square", f"{self.chi_square:.4g}, p {shown_p(self.p_chi_square)}"),
            ("Likelihood ratio", f"{self.likelihood_ratio:.4g}, p {shown_p(self.p_likelihood_ratio)}"),
            ("Cramér's V", f"{self.cramers_v:.3g}; if actors are dealt at random {self.expected_v:.3g}"),
            ("Permutations", f"{self.permutations:,}, of actors over networks"),
            ("Labels in common", f"{self.common_labels:,}, taken as different actors"),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", self.peers),
        ]
        table = table_html([self.by, *self.networks], rows, f"Composition by {self.by}")
        return table + facts_html("Test", facts, self.recipe)
