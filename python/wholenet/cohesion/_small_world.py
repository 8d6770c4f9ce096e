"""Small worlds: clustering and distances beside those of random networks and lattices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _core, _frames
from wholenet._checks import core_of, needs_actors, seeded, whole
from wholenet._results import kind_of
from wholenet._show import facts_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["SmallWorld", "small_world"]

MOST = 2**32 - 1


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SmallWorld:
    """
    How much of a small world a network is.

    Parameters
    ----------
    omega, sigma : float
        The two coefficients.
    clustering, distance : float
        Mean local clustering and mean distance of the network.
    references : list of dict
        The same of each random network and each lattice.
    seed : int
        The seed of these.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdab"), list("bcdacd")), directed=False)
    >>> wn.cohesion.small_world(net, draws=2, seed=1)
    <SmallWorld: ω 0, σ 1; 4 references, seed 1>
    """

    omega: float
    sigma: float
    clustering: float
    distance: float
    references: list[dict[str, Any]]
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the networks that it was compared with out as a table.

        Returns
        -------
        table
            One row per network: ``reference`` (``"random"`` or ``"lattice"``), ``clustering``, ``distance``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcdab"), list("bcdacd")), directed=False)
        >>> wn.cohesion.small_world(net, draws=1, seed=1).to_frame()
          reference  clustering  distance
        0    random         1.0       1.0
        1   lattice         1.0       1.0
        """
        columns = ("reference", "clustering", "distance")
        return _frames.make({name: [row[name] for row in self.references] for name in columns}, self.kind)

    def __repr__(self) -> str:
        return (
            f"<SmallWorld: ω {self.omega:.4g}, σ {self.sigma:.4g}; {len(self.references)} references, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        facts = [
            ("ω", f"{self.omega:.4g} (near 0: a small world; 1: random; -1: a lattice)"),
            ("σ", f"{self.sigma:.4g} (above 1: a small world)"),
            ("Clustering, distance", f"{self.clustering:.4g}, {self.distance:.4g}"),
        ]
        for kind in ("random", "lattice"):
            own = [row for row in self.references if row["reference"] == kind]
            means = [np.mean([row[name] for row in own]) for name in ("clustering", "distance")]
            facts.append((f"{len(own)} of the {kind} kind", f"{means[0]:.4g}, {means[1]:.4g}"))
        return facts_html("Small world", facts, self.recipe)


def small_world(
    net: Network, *, draws: int = 20, swaps: int = 10, seed: int | None = None, progress: bool = True
) -> SmallWorld:
    """Small world: whether clustering is that of a lattice and distances are those of a random network.

    Parameters
    ----------
    net : Network
        An undirected network.
    draws : int
        How many random networks, and how many lattices, with the same degrees it is compared with.
    swaps : int
        How many exchanges of ends per tie make a random network; ten times as many make a lattice.
    seed : int, optional
        Makes them reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    SmallWorld
        Both coefficients, ω and σ, and clustering and distance of the network and of its references.

    Raises
    ------
    DirectionError
        The network is directed: say what an undirected tie is first, with ``net.symmetrize(...)``.
    SmallNetworkError
        The network has no actors.
    ArgumentError
        `draws`, `swaps` or `seed` is not a whole number.

    Notes
    -----
    With C the mean local clustering (0 for actors with fewer than two ties) and L the mean distance of the pairs that
    have a path: ω = L(random) ÷ L - C ÷ C(lattice), from -1 (a lattice) over 0 (a small world) to 1 (random);
    σ = (C ÷ C(random)) ÷ (L ÷ L(random)), above 1 for a small world. L(random), C(random) and C(lattice) are means over
    the references. σ grows with the number of actors: compare networks by ω. NaN or infinite where a reference has no
    clustering.

    References have the degrees of the network. A random one comes of exchanging the ends of two random ties, again and
    again; a lattice of exchanging them where the ties then join actors closer to each other in a ring of random order.
    They may fall apart where the network does not.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    The time of all distances, for each reference. The same seed gives the same result on any number of threads.

    Peers: networkx (``omega``, ``sigma``) exchanges ends alike, keeps references connected, takes the most clustered of
    its lattices, and reads transitivity for σ. UCINET's "Small Worldness" divides by the expectation for random
    networks in which degrees are not kept (`whole_network`).

    References
    ----------
    Telesford, Q. K., Joyce, K. E., Hayasaka, S., Burdette, J. H. & Laurienti, P. J. (2011). The ubiquity of small-world
    networks. Brain Connectivity 1, 367-375. https://doi.org/10.1089/brain.2011.0038

    Humphries, M. D. & Gurney, K. (2008). Network 'small-world-ness'. PLoS ONE 3, e0002051.
    https://doi.org/10.1371/journal.pone.0002051

    Examples
    --------
    A ring in which everybody is tied to the nearest four is a lattice:

    >>> import wholenet as wn
    >>> ends = [(i, (i + step) % 60) for i in range(60) for step in (1, 2)]
    >>> net = wn.Network.from_edges(tuple(zip(*ends)), directed=False)
    >>> found = wn.cohesion.small_world(net, seed=1)
    >>> found.clustering, found.omega < -0.4
    (0.5, True)
    """
    core = core_of(net)
    needs_actors(core, "small_world")
    draws, swaps = min(whole(draws, "draws"), MOST), min(whole(swaps, "swaps"), MOST)
    seed = seeded(seed)
    own, random, lattice = _core.cohesion_small_world(core, draws, swaps, seed, progress)
    (clustered, far), (spread, near) = np.array(own), np.mean(random, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        omega = near / far - clustered / np.mean(lattice, axis=0)[0]
        sigma = (clustered / spread) / (far / near)
    references = [
        {"reference": kind, "clustering": clustering, "distance": distance}
        for kind, worlds in (("random", random), ("lattice", lattice))
        for clustering, distance in worlds
    ]
    return SmallWorld(
        omega=float(omega),
        sigma=float(sigma),
        clustering=own[0],
        distance=own[1],
        references=references,
        seed=seed,
        recipe=net.recipe,
        kind=kind_of(net),
    )
