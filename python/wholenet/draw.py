"""Pictures: maps of networks, and charts of what was measured on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _charts, _core, _layout, _map, _matrix_chart
from wholenet._checks import choice, core_of
from wholenet._classes import values_of
from wholenet._layout import Layout
from wholenet._picture import Picture
from wholenet.errors import ArgumentError
from wholenet.groups import Communities, CorePeriphery
from wholenet.network import Network
from wholenet.positions import Blockmodel, Concor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Layout", "Picture", "change", "degree_distribution", "heatmap", "layout", "matrix", "network"]

NARROWEST = 240
LARGEST_MATRIX = 2000
AXES = {"in": "ties received (in-degree)", "out": "ties sent (out-degree)", "all": "ties (degree)"}


def layout(
    nets: Network | Mapping[object, Network] | Iterable[Network], *, seed: int = 1, progress: bool = True
) -> Layout:
    """Lay actors out so that distances on the map resemble steps in the network.

    Parameters
    ----------
    nets : Network, or several as a mapping (a Study) or a sequence
        One network; or several of the same place (waves, relations), which get one layout: of all their actors, on
        all their ties together. So an actor stands at the same position in every map.
    seed : int
        Seed of the layout, from 0; the same seed always gives the same positions.
    progress : bool
        Whether to show a progress bar when it takes more than a second.

    Returns
    -------
    Layout
        The positions.

    Raises
    ------
    ArgumentError
        `nets` holds something else than networks, `seed` is no whole number from 0, or more than 20,000 actors hang
        together.
    LabelError
        Some networks have text labels and others integers.

    Notes
    -----
    Minimizes the stress, the sum of (distance on the map - steps)² / steps² over pairs of actors, by majorization
    (Gansner, Koren & North 2004), from a start by pivot scaling (Brandes & Pich 2007) and, up to 2,000 actors,
    three more by stochastic descent (Zheng, Pawar & Goodman 2019); the best is taken. Ties are read without
    direction and value; ties that were not observed are read as absent.

    Components are laid out by themselves: the largest stands left, the others beside it, isolates in rows below. The
    whole is scaled to the unit square, proportions kept.

    O(n²) time per pass and memory. The same bits on any number of threads.

    References
    ----------
    Gansner, E. R., Koren, Y. & North, S. (2004). Graph drawing by stress majorization. Graph Drawing, LNCS 3383,
    239-250. https://doi.org/10.1007/978-3-540-31843-9_25

    Brandes, U. & Pich, C. (2007). Eigensolver methods for progressive multidimensional scaling of large data. Graph
    Drawing, LNCS 4372, 42-53. https://doi.org/10.1007/978-3-540-70904-6_6

    Zheng, J. X., Pawar, S. & Goodman, D. F. M. (2019). Graph drawing by stochastic gradient descent. IEEE
    Transactions on Visualization and Computer Graphics 25, 2738-2748. https://doi.org/10.1109/TVCG.2018.2859997

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> wn.draw.layout(net).of(net)
    array([[0. , 0.5],
           [0.5, 0.5],
           [1. , 0.5]])
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**64:
        msg = f"seed must be a whole number from 0, but is {seed!r}"
        raise ArgumentError(msg)
    if isinstance(nets, Network):
        nets = [nets]
    listed = list(nets.values()) if isinstance(nets, Mapping) else list(nets)
    for net in listed:
        core_of(net, "nets")
    return _layout.arrange(listed, seed=int(seed), progress=progress)


def network(
    net: Network,
    *,
    layout: Layout | None = None,
    colour: str | ArrayLike | None = None,
    mark: str | ArrayLike | None = None,
    size: str | ArrayLike | None = None,
    labels: Literal["none", "marked", "all"] = "none",
    title: str | None = None,
    width: int = 640,
) -> Picture:
    """Draw the map of a network.

    Parameters
    ----------
    net : Network
        The network.
    layout : Layout, optional
        Where the actors stand, from `layout`. Give the same one for maps that are to be compared. Default: the layout
        of this network.
    colour : str or array of shape (n,), optional
        Attribute (or values) that colours the actors.
    mark : str or array of shape (n,), optional
        Attribute (or values) that marks actors as diamonds with a dark rim: those where it is true, or holds
        something.
    size : str or array of shape (n,), optional
        Attribute (or values, such as a centrality; from 0) that the area of the nodes grows with. Default: the
        number of ties, in a directed network of ties received.
    labels : {"none", "marked", "all"}
        Whose labels are written. In any case pointing at an actor shows its label and values.
    title : str, optional
        Heading.
    width : int
        Width in pixels, at least 240; the picture scales to any other.

    Returns
    -------
    Picture
        The map with its legend.

    Raises
    ------
    ArgumentError
        An argument is none of the above, or sizes are negative, infinite, or text.
    ColumnError
        The actors have no such attribute.
    ActorError
        The layout lacks actors of this network.

    Notes
    -----
    Up to twelve values of `colour` have colours of their own, chosen to differ for the colour-blind, and in
    lightness; beyond that the eleven most frequent have, and the rest shares a grey. A quantity (more than twelve
    different numbers) is cut into fifths, drawn light to dark. In maps with the same layout the same value has the
    same colour.

    Mutual ties are darker than those that go one way; ties have heads where there are at most 120. Negative ties are
    dashed. Actors who did not answer are hollow with a dashed rim: what they would have named is not on the map.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["gp", "school", "team"], "sector": ["health", "education", "youth"]})
    >>> net = wn.Network.from_edges((["gp", "school"], ["team", "team"]), actors)
    >>> wn.draw.network(net, colour="sector", labels="all")
    <Picture: Map of a network of 3 actors and 2 directed ties>
    """
    core_of(net)
    choice("labels", labels, ("none", "marked", "all"))
    looks = _map.Looks(
        layout=_layout.arrange([net], seed=1, progress=True) if layout is None else layout,
        colour=None if colour is None else values_of(net, colour, "colour"),
        mark=None if mark is None else values_of(net, mark, "mark"),
        size=None if size is None else values_of(net, size, "size"),
        labels=labels,
        heading=title,
        width=_width(width),
    )
    return _map.render(net, looks)


def degree_distribution(
    nets: Network | Mapping[str, Network],
    *,
    mode: Literal["in", "out", "all"] = "all",
    title: str | None = None,
    width: int = 640,
) -> Picture:
    """Draw how many actors have how many ties.

    Parameters
    ----------
    nets : Network or mapping of names to networks
        One network, or several to compare: their charts stand below each other on the same axes.
    mode : {"in", "out", "all"}
        Which ties are counted, as in `wholenet.centrality.degree`.
    title : str, optional
        Heading.
    width : int
        Width in pixels, at least 240.

    Returns
    -------
    Picture
        A histogram per network, with the mean as a dashed line.

    Raises
    ------
    ArgumentError
        `mode` is none of the three, or `nets` holds something else than networks.

    Notes
    -----
    Ties that were not observed are not counted, so that degrees are lower bounds.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]))
    >>> wn.draw.degree_distribution({"wave 1": net, "wave 2": net.reverse()}, mode="out")
    <Picture: How many actors have how many ties sent (out-degree): wave 1, wave 2>
    """
    choice("mode", mode, ("in", "out", "all"))
    named = nets if isinstance(nets, Mapping) else {"": nets}
    rows = [
        (str(name), _core.centrality_degree(core_of(net, "nets"), mode, normalized=False))
        for name, net in named.items()
    ]
    directed = any(net.directed for net in named.values())
    return _charts.degrees(rows, AXES[mode if directed else "all"], title, _width(width))


def change(rows: Iterable[tuple[str, int, int, int]], *, title: str | None = None, width: int = 640) -> Picture:
    """Draw how many ties were kept, dissolved and new between two waves.

    Parameters
    ----------
    rows : sequence of (name, kept, dissolved, new)
        A bar each, for instance from `wholenet.change.tie_change`.
    title : str, optional
        Heading.
    width : int
        Width in pixels, at least 240.

    Returns
    -------
    Picture
        Bars with dissolved ties left of a line, kept ones right of it and then new ones: what lies left of the
        end of the kept ones was there the first time, what lies right of the line the second time.

    Raises
    ------
    ArgumentError
        A row is not a name and three counts from 0.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.draw.change([("referral", 120, 80, 75), ("information", 60, 140, 150)])
    <Picture: Ties dissolved, kept and new between waves>
    """
    bars = [_bar(row) for row in rows]
    return _charts.changes(bars, title, _width(width))


def heatmap(
    matrix: ArrayLike,
    rows: Sequence[object],
    columns: Sequence[object],
    *,
    title: str | None = None,
    centre: float = 1,
    width: int = 640,
) -> Picture:
    """Draw a table of numbers on colours, such as densities between sectors.

    Parameters
    ----------
    matrix : array of shape (r, c)
        The numbers: from 0 unless ``centre=0``; NaN stands for none.
    rows, columns : sequences of r and of c names
        Names of the rows and of the columns.
    title : str, optional
        Heading.
    centre : float
        The number that has no colour: 1 for ratios of observed to expected; 0 for differences.
    width : int
        Width in pixels, at least 240.

    Returns
    -------
    Picture
        The table: blue below the centre, orange to brown above.

    Raises
    ------
    ArgumentError
        The matrix has other than r rows and c columns, infinite numbers, or negative ones though `centre` is not 0;
        or `centre` is negative.

    Notes
    -----
    Around a centre above 0 colours follow the logarithm: half as much is as far from the centre as twice as much, and
    a quarter or less, or four times or more, have full colour. Around 0 they follow the difference, up to the largest.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.draw.heatmap([[2.0, 0.5], [0.4, 1.1]], ["care", "school"], ["care", "school"])
    <Picture: Table of numbers on colours>
    """
    cells = np.asarray(matrix, dtype=np.float64)
    if cells.shape != (len(rows), len(columns)):
        msg = f"matrix must have {len(rows)} rows and {len(columns)} columns, as named, but has shape {cells.shape}"
        raise ArgumentError(msg)
    if not (np.isfinite(centre) and centre >= 0):
        msg = f"centre must be a number from 0, but is {centre!r}"
        raise ArgumentError(msg)
    if np.isinf(cells).any() or (centre > 0 and (cells < 0).any()):
        msg = "the numbers of matrix must be finite, and not negative unless centre=0"
        raise ArgumentError(msg)
    names = [str(name) for name in rows], [str(name) for name in columns]
    return _charts.heatmap(cells, *names, title, float(centre), _width(width))


def matrix(
    net: Network,
    *,
    by: str | ArrayLike | Blockmodel | Communities | Concor | CorePeriphery | None = None,
    title: str | None = None,
    width: int = 640,
) -> Picture:
    """Draw the matrix of a network with the members of each group beside each other.

    Parameters
    ----------
    net : Network
        The network, of 2,000 actors at most.
    by : str, array of shape (n,), or a result, optional
        The groups: an attribute, one entry per actor, or what `blockmodel`, `concor`, `core_periphery` or a search for
        communities found. Default: no groups.
    title : str, optional
        Heading.
    width : int
        Width in pixels, at least 240.

    Returns
    -------
    Picture
        Senders as rows, receivers as columns; ties dark, by five shades in a valued network.

    Raises
    ------
    ColumnError
        There is no such attribute.
    ArgumentError
        `by` has not one entry per actor; there are more than 2,000 actors; `width` is below 240.

    Notes
    -----
    Groups stand in sorted order, or as the result numbers them; the core first. Within a group those with more ties
    come first; with a continuous core those with a higher coreness, all in one group. Cells that were not observed are
    grey. Actors are named where there is room.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["c", "c"]))
    >>> wn.draw.matrix(net, by=wn.positions.blockmodel(net, blocks=2, seed=1))
    <Picture: Matrix of 3 actors in 2 groups>
    """
    core = core_of(net)
    if net.n_actors > LARGEST_MATRIX:
        msg = f"a matrix of {net.n_actors:,} actors can't be read; draw at most {LARGEST_MATRIX:,}, of a subset"
        raise ArgumentError(msg)
    entries, names = _groups_in(net, by)
    rank = _core.centrality_degree(core, "all", normalized=False)
    if isinstance(by, CorePeriphery):
        # Corenesses first, degrees among equal ones.
        rank = by.coreness + 1e-9 * rank
    order = np.lexsort((-rank, entries))
    sizes = np.bincount(entries, minlength=len(names))
    held = tuple(name for name, size in zip(names, sizes.tolist(), strict=True) if size)
    groups = _matrix_chart.Groups(held, (0, *np.cumsum(sizes[sizes > 0]).tolist()))
    cells = net.to_matrix()[np.ix_(order, order)]
    labels = [str(label) for label in net.labels[order].tolist()]
    return _matrix_chart.matrix(cells, labels, groups, title, _width(width), valued=net.valued)


def _groups_in(
    net: Network, by: str | ArrayLike | Blockmodel | Communities | Concor | CorePeriphery | None
) -> tuple[NDArray[np.int64], list[str]]:
    """Number the group of each actor from 0, and name the groups."""
    if isinstance(by, CorePeriphery):
        discrete = by.ideal == "categorical"
        entries = (by.coreness == 0) * int(discrete)
        names = ["core", "periphery"] if discrete else [""]
    elif by is None:
        entries, names = np.zeros(net.n_actors, dtype=np.int64), [""]
    elif isinstance(by, Blockmodel | Communities | Concor):
        entries, names = by.membership, [str(one) for one in range(int(by.membership.max(initial=-1)) + 1)]
    else:
        values = values_of(net, by, "by")
        worded = [values.worded(actor) for actor in range(net.n_actors)]
        names = sorted(set(worded))
        entries = np.array([names.index(word) for word in worded], dtype=np.int64)
    if len(entries) != net.n_actors:
        msg = f"by is of {len(entries):,} actors, and the network has {net.n_actors:,}"
        raise ArgumentError(msg)
    return entries, names


def _bar(row: tuple[str, int, int, int]) -> _charts.Change:
    try:
        name, *counts = row
        kept, dissolved, new = (int(count) for count in counts)
    except (TypeError, ValueError):
        msg = f"a row must be a name and three counts (kept, dissolved, new), but is {row!r}"
        raise ArgumentError(msg) from None
    if min(kept, dissolved, new) < 0:
        msg = f"counts of ties can't be negative, but are in {row!r}"
        raise ArgumentError(msg)
    return _charts.Change(str(name), kept, dissolved, new)


def _width(width: int) -> float:
    if not np.isfinite(width) or width < NARROWEST:
        msg = f"width must be a number of pixels from {NARROWEST}, but is {width!r}"
        raise ArgumentError(msg)
    return float(width)
