"""Roles in brokerage between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of, groups_of
from wholenet._results import listed, table_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["roles"]

NAMES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


def roles(net: Network, *, by: str, kind: Literal["raw", "partial", "expected", "sd", "z"] = "raw") -> IntoDataFrame:
    """Brokerage roles: between which groups an actor brokers.

    Parameters
    ----------
    net : Network
        A directed network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    kind : {"raw", "partial", "expected", "sd", "z"}
        What the table holds, see Notes.

    Returns
    -------
    table
        One row per actor: ``actor``, then the five roles and their ``total``. In the kind of table that the network
        came from.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    DirectionError
        The network is undirected.
    ArgumentError
        `kind` is none of the words above.

    Notes
    -----
    Actor j brokers an ordered pair (i, k) when i has a tie to j and j one to k, while i has none to k. The groups of
    the three make the role of j:

    ==================  ====================  ==========================================================
    role                groups of i, j, k     who is who
    ==================  ====================  ==========================================================
    ``coordinator``     A A A                 all in one group
    ``gatekeeper``      B A A                 j lets in: from another group to its own
    ``representative``  A A B                 j stands for its own group towards another
    ``consultant``      B A B                 j, from outside, between two of one group (itinerant broker)
    ``liaison``         B A C                 three groups
    ==================  ====================  ==========================================================

    ``"raw"`` counts the pairs. In ``"partial"`` each pair counts 1 ÷ the number of its brokers, so that sole brokers
    weigh most. ``"expected"`` and ``"sd"`` are the mean and standard deviation of the raw count over all ways to deal
    the groups' labels out to the actors (exact, not simulated), the ties staying as they are; ``"z"`` is (raw -
    expected) ÷ sd, NaN where sd is 0. The total does not depend on groups: its expectation is itself.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent, which may hide a broker
    or make one; see ``net.missing``.

    O(Σ in-degree · out-degree) time, times the logarithm of the largest degree.

    Peers: sna (``brokerage``) agrees on the raw counts (its w_I, b_OI, b_IO, w_O, b_O); its expectations are those of
    random ties at the network's density, not of random groups. UCINET has the raw and partial counts. igraph and
    networkx do not have them.

    References
    ----------
    Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126. https://doi.org/10.2307/270949

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["gp", "team", "clinic"], "sector": ["health", "municipality", "health"]})
    >>> net = wn.Network.from_edges((["gp", "team"], ["team", "clinic"]), actors)
    >>> table = wn.brokerage.roles(net, by="sector")
    >>> table[["actor", "consultant", "total"]]
        actor  consultant  total
    0      gp         0.0    0.0
    1    team         1.0    1.0
    2  clinic         0.0    0.0
    """
    choice("kind", kind, ("raw", "partial", "expected", "sd", "z"))
    core = core_of(net)
    codes, _ = groups_of(net, by)
    raw, partial, expected, deviation = _core.brokerage_roles(core, codes)
    total = raw.sum(axis=1)
    if kind == "z":
        cells = np.full(raw.shape, np.nan)
        np.divide(raw - expected, deviation, out=cells, where=deviation > 0)
        last = np.full(len(raw), np.nan)
    else:
        cells = {"raw": raw, "partial": partial, "expected": expected, "sd": deviation}[kind]
        last = {"partial": partial.sum(axis=1), "sd": np.zeros(len(raw))}.get(kind, total)
    columns = {name: np.ascontiguousarray(cells[:, place]) for place, name in enumerate(NAMES)}
    labels = listed(net.labels)
    return table_of(net, {"actor": labels, **columns, "total": last})
