"""Who the actors are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._checks import core_of, groups_of, needs_actors
from wholenet._results import listed, table_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["blau", "composition", "iqv"]


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
    codes, names = groups_of(net, by)
    actors = np.bincount(codes, minlength=len(names))
    columns = {"group": listed(names), "actors": actors, "share": actors / max(net.n_actors, 1)}
    return table_of(net, columns)


def blau(net: Network, *, by: str) -> float:
    """Diversity by Blau's index: the probability that two actors drawn at random are of different groups.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.

    Returns
    -------
    float
        From 0 (one group) to 1 - 1 ÷ g for g groups of equal size.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Drawn with replacement: 1 - Σ p², with p the share of actors in each group; also the Gini-Simpson index, and 1 -
    Herfindahl. The largest value depends on the number of groups; `iqv` divides by it. Reads actors only: ties and
    what was observed do not matter. O(n log n) time.

    Peers: UCINET and sna users compute it by hand; R's migraph (``diversity``) agrees.

    References
    ----------
    Blau, P. M. (1977). Inequality and Heterogeneity. Free Press.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c", "d"], "sector": ["care", "school", "care", "care"]})
    >>> wn.mixing.blau(wn.Network.from_edges((["a"], ["b"]), actors), by="sector")
    0.375
    """
    needs_actors(core_of(net), "blau")
    codes, _ = groups_of(net, by)
    shares = np.bincount(codes) / len(codes)
    return 1 - float(shares @ shares)


def iqv(net: Network, *, by: str) -> float:
    """Index of qualitative variation: Blau's index relative to its largest value for that number of groups.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.

    Returns
    -------
    float
        From 0 to 1 (groups of equal size); NaN where there is one group.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    `blau` ÷ (1 - 1/g), with g the number of groups *in this network*: groups that have no actor here do not count.
    Reads actors only. O(n log n) time.

    Peers: as `blau`.

    References
    ----------
    Agresti, A. & Agresti, B. F. (1978). Statistical analysis of qualitative variation. Sociological Methodology 9,
    204-237. https://doi.org/10.2307/270810

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c", "d"], "sector": ["care", "school", "care", "care"]})
    >>> wn.mixing.iqv(wn.Network.from_edges((["a"], ["b"]), actors), by="sector")
    0.75
    """
    needs_actors(core_of(net), "iqv")
    groups = len(groups_of(net, by)[1])
    return blau(net, by=by) / (1 - 1 / groups) if groups > 1 else float("nan")
