"""Whether ties stay within groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from wholenet._checks import choice, core_of, groups_of, needs_actors, needs_signless
from wholenet._results import listed, table_of
from wholenet.errors import ArgumentError
from wholenet.mixing._groups import ratio, ties

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = ["assortativity", "ei_index", "homophily", "participation"]

MODES = ("in", "out", "all")


@overload
def ei_index(net: Network, *, by: str, level: Literal["network"] = ...) -> float: ...
@overload
def ei_index(net: Network, *, by: str, level: Literal["group"]) -> IntoDataFrame: ...
@overload
def ei_index(net: Network, *, by: str, level: Literal["actor"]) -> NDArray[np.float64]: ...
def ei_index(
    net: Network, *, by: str, level: Literal["network", "group", "actor"] = "network"
) -> float | IntoDataFrame | NDArray[np.float64]:
    """E-I index: ties to other groups minus ties within groups, relative to all ties.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    level : {"network", "group", "actor"}
        Whether over all ties, those of each group's members, or those of each actor.

    Returns
    -------
    float, table, or array of shape (n,)
        From -1 (all ties stay within groups) to 1 (none does); NaN where there are no ties. For groups a table with the
        columns ``group``, ``external``, ``internal`` and ``ei``; for actors a score each, in the order of
        ``net.labels``.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        `level` is none of the words above.
    SmallNetworkError
        The network has no actors, and one number is asked for.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    (E - I) ÷ (E + I), with E the ties to other groups and I those within; in a valued network the sums of their values.
    Of a group, I counts each tie within it once, and E each tie that one of its members sends or gets. Of an actor,
    both count the ties that it sends and gets; for one direction pass ``homophily(net, by=..., mode=...)``. The index
    depends on the sizes of the groups: with many small groups it is high even where ties are drawn at random. Self-ties
    are not read. What was not observed is in neither.

    O(n + m) time.

    Peers: UCINET's E-I index ignores values. igraph, networkx and sna do not have it; R's netrics and ideanet do.

    References
    ----------
    Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly 51, 123-140. https://doi.org/10.2307/2786835

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]), actors)
    >>> wn.mixing.ei_index(net, by="sector").__round__(3)
    -0.333
    >>> wn.mixing.ei_index(net, by="sector", level="actor").round(3)
    array([-0.333, -1.   ,  1.   ])
    """
    choice("level", level, ("network", "group", "actor"))
    core = core_of(net)
    needs_signless(core, "ei_index")
    codes, names = groups_of(net, by)
    source, target, value = ties(core)
    within = codes[source] == codes[target]
    n = core.n_actors
    external = np.bincount(source, np.where(within, 0.0, value), minlength=n)
    internal = np.bincount(source, np.where(within, value, 0.0), minlength=n)
    if level == "actor":
        return ratio(external - internal, external + internal)
    if level == "group":
        # Both ends of a tie within a group are its members.
        outside = np.bincount(codes, external, minlength=len(names))
        inside = np.bincount(codes, internal, minlength=len(names)) / 2
        scores = ratio(outside - inside, outside + inside)
        columns = {"group": listed(names), "external": outside, "internal": inside, "ei": scores}
        return table_of(net, columns)
    needs_actors(core, "ei_index")
    return float(ratio(external.sum(keepdims=True) - internal.sum(), external.sum(keepdims=True) + internal.sum())[0])


def homophily(net: Network, *, by: str, mode: Literal["in", "out", "all"] = "all") -> IntoDataFrame:
    """Homophily: how far each actor's partners are of its own group.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    mode : {"in", "out", "all"}
        Whether partners are those that an actor gets ties from, sends ties to, or both. In an undirected network the
        three are the same.

    Returns
    -------
    table
        One row per actor, with the columns

        ``actor`` : the label;
        ``partners`` : number of partners;
        ``same`` : number of partners of the own group;
        ``share`` : same ÷ partners;
        ``ei`` : (others - same) ÷ partners;
        ``yules_q`` : from -1 to 1, see Notes;
        ``correlation`` : from -1 to 1, see Notes.

        NaN where undefined. In the kind of table that the network came from.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    Among the n - 1 others let a be the partners of the own group, b the others of it who are no partners, c the
    partners of other groups, d the rest. Share and E-I depend on how large the own group is; Yule's Q = (ad - bc) ÷
    (ad + bc) and the correlation (phi) = (ad - bc) ÷ √((a + b)(c + d)(a + c)(b + d)) do not: they are 0 where the
    own group is chosen as often as it would be at random. Values are not read. Self-ties are not read. A tie that was
    not observed is read as absent; see ``net.missing``.

    O(n + m) time.

    Peers: UCINET's Ego Network Homophily has these columns. igraph, networkx and sna do not.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 15. Sage.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c", "d"], "sector": ["care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), actors, directed=False)
    >>> wn.mixing.homophily(net, by="sector").round(3)
      actor  partners  same  share   ei  yules_q  correlation
    0     a         2     1    0.5  0.0      1.0          0.5
    1     b         1     1    1.0 -1.0      1.0          1.0
    2     c         1     0    0.0  1.0     -1.0         -0.5
    3     d         0     0    NaN  NaN      NaN          NaN
    """
    choice("mode", mode, MODES)
    core = core_of(net)
    codes, names = groups_of(net, by)
    n = core.n_actors
    source, target, _ = ties(core, mode)
    # A mutual pair is one partner.
    source, target = np.divmod(np.unique(source * n + target), max(n, 1))
    partners = np.bincount(source, minlength=n)
    same = np.bincount(source, codes[source] == codes[target], minlength=n).astype(np.int64)
    own = np.bincount(codes, minlength=len(names))[codes] - 1.0
    a, b, c = same.astype(float), own - same, (partners - same).astype(float)
    d = n - 1 - own - c
    columns = {
        "actor": listed(net.labels.tolist()),
        "partners": partners,
        "same": same,
        "share": ratio(a, a + c),
        "ei": ratio(c - a, a + c),
        "yules_q": ratio(a * d - b * c, a * d + b * c),
        "correlation": ratio(a * d - b * c, np.sqrt((a + b) * (c + d) * (a + c) * (b + d))),
    }
    return table_of(net, columns)


def participation(net: Network, *, by: str, mode: Literal["in", "out", "all"] = "all") -> NDArray[np.float64]:
    """Participation: how evenly an actor's ties are spread over the groups.

    Parameters
    ----------
    net : Network
        The network.
    by : str
        Attribute that holds the group; text or integers, without nulls.
    mode : {"in", "out", "all"}
        Whether ties that the actor gets count, those it sends, or both. In an undirected network the three are the
        same.

    Returns
    -------
    array of shape (n,)
        From 0 (all ties to one group) to 1 - 1 ÷ g (spread evenly over g groups), in the order of ``net.labels``; NaN
        for actors without ties.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        `mode` is none of the words above.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    1 - Σ (k(i, s) ÷ k(i))², with k(i, s) the ties of i with members of group s, and k(i) all its ties; in a valued
    network the sums of their values. It is Blau's index of the groups that an actor's ties go to. Self-ties are not
    read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n + m log m) time.

    Peers: none of UCINET, sna, igraph and networkx has it; the Brain Connectivity Toolbox does.

    References
    ----------
    Guimerà, R. & Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), actors, directed=False)
    >>> wn.mixing.participation(net, by="sector")
    array([0.5, 0. , 0. ])
    """
    choice("mode", mode, MODES)
    core = core_of(net)
    needs_signless(core, "participation")
    codes, names = groups_of(net, by)
    source, target, value = ties(core, mode)
    cells, place = np.unique(source * max(len(names), 1) + codes[target], return_inverse=True)
    parts = np.bincount(place, value, minlength=len(cells))
    actors = cells // max(len(names), 1)
    whole = np.bincount(source, value, minlength=core.n_actors)
    return 1 - ratio(np.bincount(actors, parts**2, minlength=core.n_actors), whole**2)


def assortativity(net: Network, *, by: str | ArrayLike, kind: Literal["nominal", "numeric"] = "nominal") -> float:
    """Assortativity: whether those who are tied are alike, beyond what their numbers of ties would give.

    Parameters
    ----------
    net : Network
        The network.
    by : str, or array of shape (n,)
        Attribute that holds the group or the number; or numbers in the order of ``net.labels``, for instance
        ``centrality.degree(net)``.
    kind : {"nominal", "numeric"}
        Whether the attribute tells groups or is a number.

    Returns
    -------
    float
        At most 1 (all ties join equals); 0 where ties are as at random; below 0 where they avoid equals. NaN where
        there are no ties, or all ends of ties are alike.

    Raises
    ------
    ColumnError
        There is no such attribute.
    LabelError
        An actor has no group.
    ArgumentError
        `kind` is neither of the two words; or numbers are asked for, and `by` holds something else, or is not finite.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Nominal: (Σ e(s, s) - Σ a(s)·b(s)) ÷ (1 - Σ a(s)·b(s)), with e(s, t) the share of ties from group s to group t, and
    a and b its row and column sums. Numeric: the correlation, over ties, of the sender's number with the receiver's. An
    undirected tie counts in both directions. Values are not read. Self-ties are not read. What was not observed is not
    in it.

    O(n + m) time.

    Peers: igraph (``assortativity``, ``assortativity_nominal``) and networkx
    (``attribute_assortativity_coefficient``, ``numeric_assortativity_coefficient``) agree. The degree assortativity of
    undirected networks is ``by=centrality.degree(net), kind="numeric"``.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
    https://doi.org/10.1103/PhysRevE.67.026126

    Examples
    --------
    In a star those with many ties have them with those with one:

    >>> import wholenet as wn
    >>> star = wn.Network.from_edges((["a", "a", "a"], ["b", "c", "d"]), directed=False)
    >>> wn.mixing.assortativity(star, by=wn.centrality.degree(star), kind="numeric")
    -1.0
    """
    choice("kind", kind, ("nominal", "numeric"))
    core = core_of(net)
    needs_actors(core, "assortativity")
    source, target, _ = ties(core, "out")
    if kind == "nominal":
        if not isinstance(by, str):
            msg = 'by must be the name of an attribute, or pass kind="numeric"'
            raise ArgumentError(msg)
        codes, names = groups_of(net, by)
        number = len(names)
        shares = np.bincount(codes[source].astype(np.intp) * number + codes[target], minlength=number**2)
        cells = shares.reshape(number, number) / max(len(source), 1)
        chance = float(cells.sum(axis=0) @ cells.sum(axis=1))
        return (float(np.trace(cells)) - chance) / (1 - chance) if len(source) and chance < 1 else float("nan")
    numbers = _numbers(net, by)
    sender, receiver = numbers[source], numbers[target]
    if not len(source) or np.ptp(sender) == 0 or np.ptp(receiver) == 0:
        return float("nan")
    sender, receiver = sender - sender.mean(), receiver - receiver.mean()
    return float((sender @ receiver) / np.sqrt((sender @ sender) * (receiver @ receiver)))


def _numbers(net: Network, by: str | ArrayLike) -> NDArray[np.float64]:
    values = net.attribute(by) if isinstance(by, str) else by
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f'kind="numeric" reads numbers, but by={by!r} holds something else'
        raise ArgumentError(msg) from error
    if numbers.shape != (net.n_actors,):
        msg = f"by must hold one number for each of the {net.n_actors:,} actors, but has the shape {numbers.shape}"
        raise ArgumentError(msg)
    odd = np.flatnonzero(~np.isfinite(numbers))
    if len(odd):
        first = ", ".join(repr(label) for label in net.labels[odd[:5]].tolist())
        msg = (
            f"by must hold finite numbers, but {len(odd):,} actors have none ({first}). Leave them out: net.subset(...)"
        )
        raise ArgumentError(msg)
    return numbers
