"""How densely groups are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core, _ingest
from wholenet._checks import core_of, groups_of
from wholenet._results import listed, table_of
from wholenet.errors import ArgumentError
from wholenet.mixing._groups import ratio

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["mixing_matrix", "sector_density"]


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
    codes, names = groups_of(net, by)
    number, ties, dyads = _core.mixing_sector_density(core, codes)
    sender, receiver = np.divmod(np.arange(number * number), max(number, 1))
    if not net.directed:
        once = sender <= receiver
        sender, receiver, ties, dyads = sender[once], receiver[once], ties[once], dyads[once]
    expected = _core.cohesion_density(core)
    density = ratio(ties, dyads)
    columns = {
        "from": listed([names[code] for code in sender]),
        "to": listed([names[code] for code in receiver]),
        "ties": ties if net.valued else ties.astype(np.int64),
        "dyads": dyads.astype(np.int64),
        "density": density,
        "expected": np.full(len(density), expected),
        "ratio": ratio(density, np.full(len(density), expected)),
    }
    return table_of(net, columns)


def mixing_matrix(net: Network, *, by: str) -> IntoDataFrame:
    """Mixing matrix: how many ties lead from each group to each.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.

    Returns
    -------
    table
        A square: one row per group of senders, in sorted order, with the column ``from`` and one column per group of
        receivers, named after it. In the kind of table that the network came from.

    Raises
    ------
    ColumnError
        There is no such attribute.
    ArgumentError
        The attribute has more than 10,000 different values, or one of them is "from".
    LabelError
        An actor has no group, or two groups look the same as text.

    Notes
    -----
    Ties are counted, in a valued network their values added up. In an undirected network the matrix is symmetric, and a
    tie within a group counts once on the diagonal. Self-ties are not read. What was not observed is not in it: compare
    groups by `sector_density`, which divides by the dyads observed.

    O(n + m + g²) time for g groups.

    Peers: R's statnet (``mixingmatrix``) agrees. networkx (``attribute_mixing_matrix(normalized=False)``) counts
    undirected ties within a group twice.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 389-391. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]), actors)
    >>> wn.mixing.mixing_matrix(net, by="sector")
         from  care  school
    0    care     2       1
    1  school     0       0
    """
    core = core_of(net)
    codes, names = groups_of(net, by)
    number, ties, _ = _core.mixing_sector_density(core, codes)
    text = _ingest.as_text(names, by)
    if "from" in text:
        msg = f"a group of {by!r} is called 'from', like the column of the senders; rename it first"
        raise ArgumentError(msg)
    # Of an undirected network a pair of groups stands in one cell or in both alike.
    cells = ties.reshape(number, number) if net.valued else ties.reshape(number, number).astype(np.int64)
    columns = {"from": listed(names), **{name: np.ascontiguousarray(cells[:, code]) for code, name in enumerate(text)}}
    return table_of(net, columns)
