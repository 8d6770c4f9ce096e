"""Blockmodels: groups of actors whose ties to each other group are of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet._checks import core_of, groups_of, seeded, whole
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = ["Blockmodel", "block_density", "block_image", "blockmodel"]

KINDS = ("null", "complete", "regular")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Blockmodel:
    """
    The best blockmodel that a search found.

    Parameters
    ----------
    membership : array of shape (n,)
        The block of each actor, numbered from 0 by decreasing size.
    errors : int
        Number of cells of the matrix that contradict the ideal.
    image : array of shape (k, k)
        The type of each pair of blocks, sender's by receiver's: ``"null"``, ``"complete"`` or ``"regular"``.
    starts, reached : int
        How many searches there were, and how many ended with this number of errors.
    solutions : int
        How many different partitions with this number of errors they found.
    seed : int
        The seed of the random starts.
    labels : array of shape (n,)
        The actors.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
    >>> wn.positions.blockmodel(net, blocks=2, starts=10, seed=1)
    <Blockmodel: 3 actors in blocks of 2 and 1, 0 errors; 10 of 10 starts, 1 solution, seed 1>
    """

    membership: NDArray[np.int64]
    errors: int
    image: NDArray[np.object_]
    starts: int
    reached: int
    solutions: int
    seed: int
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the blocks out as a table.

        Returns
        -------
        table
            One row per actor: ``actor`` and ``block``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
        >>> wn.positions.blockmodel(net, blocks=2, starts=10, seed=1).to_frame()
          actor  block
        0     a      0
        1     b      0
        2     c      1
        """
        return _frames.make({"actor": self.labels.tolist(), "block": self.membership}, self.kind)

    def __repr__(self) -> str:
        sizes = " and ".join(str(size) for size in np.bincount(self.membership))
        errors = f"{self.errors} error{'' if self.errors == 1 else 's'}"
        solutions = f"{self.solutions} solution{'' if self.solutions == 1 else 's'}"
        return (
            f"<Blockmodel: {len(self.membership)} actors in blocks of {sizes}, {errors}; "
            f"{self.reached} of {self.starts} starts, {solutions}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        facts = [
            ("Errors", f"{self.errors:,}"),
            ("Found by", f"{self.reached:,} of {self.starts:,} starts (seed {self.seed})"),
            ("Different solutions", f"{self.solutions:,}"),
        ]
        for block, row in enumerate(self.image.tolist()):
            members = ", ".join(str(label) for label in self.labels[self.membership == block])
            facts.append((f"Block {block}", f"{members} · {', '.join(row)}"))
        return facts_html("Blockmodel", facts, self.recipe)


def blockmodel(
    net: Network,
    *,
    blocks: int,
    types: Sequence[Literal["null", "complete", "regular"]] = ("null", "complete"),
    starts: int = 100,
    seed: int | None = None,
    progress: bool = True,
) -> Blockmodel:
    """Blockmodel: the partition whose blocks come closest to an ideal, by direct optimisation.

    Parameters
    ----------
    net : Network
        The network.
    blocks : int
        How many blocks.
    types : sequence of {"null", "complete", "regular"}
        What a pair of blocks may be: no ties, all ties, or at least one tie in each row and each column. The default
        is structural equivalence, ``("null", "regular")`` regular equivalence.
    starts : int
        How many random partitions the search starts from.
    seed : int, optional
        Makes the starts reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Blockmodel
        The best partition found, its errors and image, and how often it was found.

    Raises
    ------
    ArgumentError
        `blocks` is below 1 or above the number of actors; `types` is empty or has another word; `starts` is below 1.

    Notes
    -----
    The criterion is the number of cells of the matrix that contradict the ideal, each pair of blocks being of the type
    in `types` with the fewest (the one named first among equals): in a null block its ties, in a complete block its
    absent ties, in a regular block the cells of rows without a tie and of columns without a tie. Cells on the diagonal
    and dyads that were not observed contradict nothing. In an undirected network each dyad is two cells.

    Each search moves an actor to another block, or exchanges two, as long as that lowers the criterion. It may stop at
    a local optimum: `reached` and `solutions` of the result tell whether more starts are needed, and whether the
    solution is the only one.

    Values are not read. Self-ties are not read.

    O(n²·(n + k²)) time per step for k blocks. The same seed gives the same result on any number of threads.

    Peers: UCINET's optimisation methods and Pajek's generalized blockmodeling have the same criterion for these types.
    igraph, networkx and sna do not optimise one.

    References
    ----------
    Batagelj, V., Ferligoj, A. & Doreian, P. (1992). Direct and indirect methods for structural equivalence. Social
    Networks 14, 63-90. https://doi.org/10.1016/0378-8733(92)90014-X

    Doreian, P., Batagelj, V. & Ferligoj, A. (2005). Generalized Blockmodeling. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511584176

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
    >>> found = wn.positions.blockmodel(net, blocks=2, starts=10, seed=1)
    >>> found.image.tolist()
    [['null', 'complete'], ['null', 'null']]
    """
    core = core_of(net)
    kinds: list[str] = [types] if isinstance(types, str) else list(types)
    if not kinds or any(kind not in KINDS for kind in kinds):
        msg = f'types must hold "null", "complete" or "regular", but is {types!r}'
        raise ArgumentError(msg)
    blocks, starts = whole(blocks, "blocks"), whole(starts, "starts")
    seed = seeded(seed)
    membership, errors, image, reached, solutions = _core.positions_blockmodel(
        core, blocks, kinds, starts, seed, progress
    )
    return Blockmodel(
        membership=membership.astype(np.int64),
        errors=errors,
        image=np.array(image, dtype=object).reshape(blocks, blocks),
        starts=starts,
        reached=reached,
        solutions=solutions,
        seed=seed,
        labels=net.labels,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def block_density(net: Network, *, by: str | ArrayLike) -> NDArray[np.float64]:
    """Block density: the density of ties from each block to each.

    Parameters
    ----------
    net : Network
        The network.
    by : str or array of int of shape (n,)
        The blocks: an attribute of the actors, or the block of each actor, numbered from 0.

    Returns
    -------
    array of shape (k, k)
        Ties ÷ observed dyads from the block of the row to that of the column, in sorted order of the attribute's
        values or of the numbers; NaN where there is no observed dyad. In a valued network mean values.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no block.
    ArgumentError
        The array does not hold one whole number per actor.

    Notes
    -----
    Reads tie values. Self-ties are not read. Dyads that were not observed count nowhere. `mixing.sector_density` gives
    the same as a table, with numbers of ties and dyads.

    O(n + m + k²) time for k blocks.

    Peers: sna (``blockmodel``, density blocks) agrees on networks observed in full; UCINET reads the missing cells of
    such tables as values.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 389-391. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
    >>> wn.positions.block_density(net, by=[0, 0, 1])
    array([[ 0.,  1.],
           [ 0., nan]])
    """
    core = core_of(net)
    groups, ties, dyads = _core.mixing_sector_density(core, _blocks(net, by))
    density = np.full(groups * groups, np.nan)
    np.divide(ties, dyads, out=density, where=dyads > 0)
    return density.reshape(groups, groups)


def block_image(net: Network, *, by: str | ArrayLike, above: float | None = None) -> NDArray[np.int64]:
    """Block image: which blocks have ties to which, by a cut-off of their density.

    Parameters
    ----------
    net : Network
        The network.
    by : str or array of int of shape (n,)
        The blocks: an attribute of the actors, or the block of each actor, numbered from 0.
    above : float, optional
        A pair of blocks counts as tied when its density is above this. Default: the density of the whole network (the
        α-density criterion); 0 asks for any tie (the *lean fit*).

    Returns
    -------
    array of shape (k, k)
        1 where the block of the row is tied to that of the column, else 0, in the order of `block_density`. 0 where
        there is no observed dyad.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no block.
    ArgumentError
        The array does not hold one whole number per actor, or `above` is not a number.

    Notes
    -----
    Reads tie values: densities of valued networks are mean values. See `block_density`.

    O(n + m + k²) time for k blocks.

    Peers: UCINET's Blockmodel and sna's ``blockmodel`` give the densities; the cut is then made by hand.

    References
    ----------
    Arabie, P., Boorman, S. A. & Levitt, P. R. (1978). Constructing blockmodels: how and why. Journal of Mathematical
    Psychology 17, 21-63. https://doi.org/10.1016/0022-2496(78)90034-2

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
    >>> wn.positions.block_image(net, by=[0, 0, 1])
    array([[0, 1],
           [0, 0]])
    """
    cut = _core.cohesion_density(core_of(net)) if above is None else _ingest.number(above, "above")
    density = block_density(net, by=by)
    # A comparison with NaN is false.
    return (density > cut).astype(np.int64)


def _blocks(net: Network, by: str | ArrayLike) -> NDArray[np.uint32]:
    if isinstance(by, str):
        codes, _ = groups_of(net, by)
        return codes
    blocks = np.asarray(by)
    if blocks.shape != (net.n_actors,) or (len(blocks) and blocks.dtype.kind not in "iu"):
        msg = f"by must be an attribute, or an array of {net.n_actors} whole numbers, one per actor"
        raise ArgumentError(msg)
    if len(blocks) and blocks.min() < 0:
        msg = f"blocks are numbered from 0, but one is {blocks.min()}"
        raise ArgumentError(msg)
    return np.unique(blocks, return_inverse=True)[1].astype(np.uint32)
