"""Attributes and ties: who the actors are, and how densely their groups are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet._checks import core_of

if TYPE_CHECKING:
    from typing import Any

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["composition", "sector_density"]


def composition(net: Network, *, by: str) -> IntoDataFrame:
    """Composition: how many actors there are of each group.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.

    Returns
    -------
    table
        Columns ``group`` (in sorted order), ``actors`` (their number) and ``share`` (of all actors, from 0 to 1), in
        the kind of table that the network came from. No rows in a network of no actors.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.

    Notes
    -----
    Reads actors only: ties, values and what was observed do not matter. O(n log n) time.

    Peers: a frequency table of the attribute, in any of them.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 29. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c", "d"], "sector": ["care", "school", "care", "care"]})
    >>> wn.mixing.composition(wn.Network.from_edges((["a"], ["b"]), actors), by="sector")
        group  actors  share
    0    care       3   0.75
    1  school       1   0.25
    """
    core_of(net)
    codes, names = _ingest.groups(net.attribute(by), by, net.labels)
    actors = np.bincount(codes, minlength=len(names))
    columns = {"group": _column(names), "actors": actors, "share": actors / max(net.n_actors, 1)}
    return _frames.make(columns, net._kind)  # noqa: SLF001


def sector_density(net: Network, *, by: str) -> IntoDataFrame:
    """Sector density: how densely each group of actors is tied to each, against the whole network.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.

    Returns
    -------
    table
        One row for each ordered pair of groups (unordered in an undirected network), in sorted order, with the columns

        ``from``, ``to`` : the groups of sender and receiver;
        ``ties`` : number of ties, in a valued network the sum of their values;
        ``dyads`` : number of observed dyads between them;
        ``density`` : ties ÷ dyads, NaN where there are none;
        ``expected`` : the density of the whole network, the same in each row;
        ``ratio`` : density ÷ expected, NaN where either is undefined or expected is 0.

        In the kind of table that the network came from. No rows in a network of no actors.

    Raises
    ------
    ColumnError
        There is no such attribute.
    ArgumentError
        The attribute has more than 10,000 different values.
    LabelError
        An actor has no group.

    Notes
    -----
    With g and h actors in two groups there are g·h dyads between them if all were observed; within a group g(g - 1),
    or g(g - 1)/2 in an undirected network. Ties and dyads add up to those of the network (`cohesion.density`). A
    ratio above 1 says that the two groups are tied more densely than the network as a whole.

    In a valued network the density is a mean value. Self-ties are not read. Only observed dyads count: an actor who
    did not answer adds none as a sender.

    O(n + m + g²) time for g groups.

    Peers: sna (``blockmodel``, which gives density blocks) agrees on the densities of networks observed in full.
    igraph and networkx have mixing matrices of counts (``attribute_mixing_matrix``) only; UCINET sums missing cells as
    if they were values.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 389-391, 397-400. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]), actors)
    >>> wn.mixing.sector_density(net, by="sector")
         from      to  ties  dyads  density  expected  ratio
    0    care    care     2      2      1.0       0.5    2.0
    1    care  school     1      2      0.5       0.5    1.0
    2  school    care     0      2      0.0       0.5    0.0
    3  school  school     0      0      NaN       0.5    NaN
    """
    core = core_of(net)
    codes, names = _ingest.groups(net.attribute(by), by, net.labels)
    groups, ties, dyads = _core.mixing_sector_density(core, codes)
    sender, receiver = np.divmod(np.arange(groups * groups), max(groups, 1))
    if not net.directed:
        once = sender <= receiver
        sender, receiver, ties, dyads = sender[once], receiver[once], ties[once], dyads[once]
    expected = _core.cohesion_density(core)
    density = _ratio(ties, dyads)
    columns = {
        "from": _column([names[code] for code in sender]),
        "to": _column([names[code] for code in receiver]),
        "ties": ties if net.valued else ties.astype(np.int64),
        "dyads": dyads.astype(np.int64),
        "density": density,
        "expected": np.full(len(density), expected),
        "ratio": _ratio(density, np.full(len(density), expected)),
    }
    return _frames.make(columns, net._kind)  # noqa: SLF001


def _column(names: list[Any]) -> Any:
    """Group names as a column; an empty list would have no type to go by."""
    return names or np.array([], dtype="U1")


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """`part` ÷ `whole`, NaN where the whole is 0."""
    shares: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole != 0)
    return shares
