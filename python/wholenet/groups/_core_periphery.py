"""Core and periphery: who is tied to everybody, and who only to those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _core, _frames
from wholenet._checks import choice, core_of, needs_actors, seeded, whole
from wholenet._results import kind_of, listed
from wholenet._show import facts_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["CorePeriphery", "core_periphery"]

SHOWN = 10


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CorePeriphery:
    """
    The core that fits a network best.

    Parameters
    ----------
    coreness : array of shape (n,)
        In the order of `labels`. Categorical: 1 for those in the core, 0 for those in the periphery. Continuous: how
        much of the core each is, from 0.
    ideal : {"categorical", "continuous"}
        The ideal that the network was compared with.
    fit : float
        The correlation of the network with the ideal.
    p : float
        The share of permuted networks that fit at least as well, this one counted among them; NaN without permutations.
    distribution : array of shape (permutations,)
        The fits of the permuted networks.
    starts, reached : int
        How many searches there were, and how many ended with this fit.
    seed : int
        The seed of the starts and permutations.
    labels : array of shape (n,)
        The actors.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabab"), list("bccde")), directed=False)
    >>> wn.groups.core_periphery(net, permutations=0, seed=1)
    <CorePeriphery: 3 of 5 actors in the core, fit 1; 11 of 20 starts, seed 1>
    """

    coreness: NDArray[np.float64]
    ideal: str
    fit: float
    p: float
    distribution: NDArray[np.float64]
    starts: int
    reached: int
    seed: int
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the corenesses out as a table.

        Returns
        -------
        table
            One row per actor: ``actor`` and ``coreness``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("aabab"), list("bccde")), directed=False)
        >>> wn.groups.core_periphery(net, permutations=0, seed=1).to_frame()
          actor  coreness
        0     a       1.0
        1     b       1.0
        2     c       1.0
        3     d       0.0
        4     e       0.0
        """
        return _frames.make({"actor": listed(self.labels), "coreness": self.coreness}, self.kind)

    def _found(self) -> str:
        n = len(self.coreness)
        return f"{self.coreness.sum():.0f} of {n:,}" if self.ideal == "categorical" else f"coreness of {n:,}"

    def __repr__(self) -> str:
        where = " in the core" if self.ideal == "categorical" else ""
        p = "" if np.isnan(self.p) else f", p {self.p:.3g} of {len(self.distribution):,} permutations"
        return (
            f"<CorePeriphery: {self._found()} actors{where}, fit {self.fit:.4g}{p}; {self.reached} of {self.starts} "
            f"starts, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        facts = [("Fit", f"{self.fit:.4g} (correlation with the {self.ideal} ideal)")]
        if not np.isnan(self.p):
            typical = f"mean {np.nanmean(self.distribution):.4g}, highest {np.nanmax(self.distribution):.4g}"
            facts.append(("Permuted networks", f"{typical} of {len(self.distribution):,}: p {self.p:.3g}"))
        facts.append(("Found by", f"{self.reached:,} of {self.starts:,} starts (seed {self.seed})"))
        order = np.argsort(-self.coreness, kind="stable")
        if self.ideal == "categorical":
            core = self.labels[self.coreness > 0].tolist()
            more = f" and {len(core) - SHOWN:,} more" if len(core) > SHOWN else ""
            facts.append((f"Core ({len(core):,})", ", ".join(str(label) for label in core[:SHOWN]) + more))
        else:
            highest = [f"{self.labels[at]} {self.coreness[at]:.3f}" for at in order[:SHOWN].tolist()]
            facts.append(("Highest coreness", ", ".join(highest)))
        return facts_html("Core and periphery", facts, self.recipe)


def core_periphery(
    net: Network,
    *,
    kind: Literal["categorical", "continuous"] = "categorical",
    between: Literal["missing", "density"] | float = "missing",
    starts: int = 20,
    permutations: int = 1000,
    seed: int | None = None,
    progress: bool = True,
) -> CorePeriphery:
    """Core and periphery: the core that fits best, and whether it fits better than chance.

    Parameters
    ----------
    net : Network
        The network; of one mode or two.
    kind : {"categorical", "continuous"}
        The ideal: a core within which all are tied and a periphery within which nobody is; or ties in proportion to
        the product of two corenesses.
    between : {"missing", "density"} or float
        What the categorical ideal has between core and periphery: nothing (these cells are left out), their own
        density, or this value, for instance 0 (no ties) or 1 (all ties).
    starts : int
        How many random starts.
    permutations : int
        How many networks with permuted dyads are searched in the same way; 0 for no test.
    seed : int, optional
        Makes starts and permutations reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    CorePeriphery
        Coreness of each actor, fit, p-value and its distribution, how often the core was found.

    Raises
    ------
    ArgumentError
        `kind` or `between` is none of the above; `starts`, `permutations` or `seed` is not a whole number.
    SignedTiesError
        The network has negative values.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Categorical: of all divisions into core and periphery the one with the highest Pearson correlation between the
    cells of the matrix and the ideal. Each search starts from a random core and moves the actor that helps most, as
    long as any helps; it may stop at a local optimum, and `reached` tells whether more starts are needed. Continuous:
    corenesses c ≥ 0 that minimize Σ (x(i, j) - c(i)·c(j))² over the cells, found one actor after the other, and then
    scaled so that Σ c² = 1; the fit is the correlation of the cells with c(i)·c(j). Where core actors have no ties
    among each other, as in a star, the sum may fall as long as the coreness of one of them grows; there the search ends
    after 2,000 passes.

    The diagonal and cells that were not observed are left out. Values are read. The fit is NaN where no division has a
    correlation, as in a network without ties. Two modes: the cells are those between the modes, so that core actors of
    one mode are tied to core actors of the other.

    The permuted networks have the same dyads (mutual, asymmetric and valued ones) in other places. So the test asks
    whether the fit is higher than in a random network with this density and reciprocity. Actors who differ in their
    number of ties alone give a core, too.

    O(n²) time per start in practice, as much for each permutation, and O(n²) memory. The same seed gives the same
    result on any number of threads.

    Peers: UCINET has both ideals; its categorical search is a genetic algorithm, its continuous one is alike. igraph,
    networkx and sna do not have them.

    References
    ----------
    Borgatti, S. P. & Everett, M. G. (2000). Models of core/periphery structures. Social Networks 21, 375-395.
    https://doi.org/10.1016/S0378-8733(99)00019-2

    Boyd, J. P., Fitzgerald, W. J., Mahutga, M. C. & Smith, D. A. (2010). Computing continuous core/periphery structures
    for social relations data with MINRES/SVD. Social Networks 32, 125-137.
    https://doi.org/10.1016/j.socnet.2009.09.003

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("aabab"), list("bccde")), directed=False)
    >>> found = wn.groups.core_periphery(net, permutations=99, seed=1)
    >>> found.coreness
    array([1., 1., 1., 0., 0.])
    >>> found.fit
    1.0
    """
    choice("kind", kind, ("categorical", "continuous"))
    core = core_of(net, two_mode=True)
    needs_actors(core, "core_periphery")
    starts, permutations = whole(starts, "starts"), whole(permutations, "permutations", least=0)
    seed = seeded(seed)
    coreness, fit, reached, null = _core.groups_core_periphery(
        core, between if kind == "categorical" else None, starts, permutations, seed, progress
    )
    # What rounding takes from an equal fit does not make it a lower one.
    as_high = int((null >= fit - 1e-9).sum())
    return CorePeriphery(
        coreness=coreness,
        ideal=kind,
        fit=fit,
        p=(as_high + 1) / (permutations + 1) if permutations and not np.isnan(fit) else float("nan"),
        distribution=null,
        starts=starts,
        reached=reached,
        seed=seed,
        labels=net.labels,
        recipe=net.recipe,
        kind=kind_of(net),
    )
