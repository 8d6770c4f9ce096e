"""Which definition each peer uses, and where to find its menus and functions here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, brokerage, centrality, cohesion
from wholenet._checks import choice, core_of
from wholenet._crosswalk import ROWS
from wholenet._results import table_of
from wholenet.errors import KeyNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["DEFINITIONS", "crosswalk", "definitions"]


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to define a measure, and the call that gives it."""

    name: str
    formula: str
    peers: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    prepared: str = "net"


def _on(net: Network, prepared: str) -> Network:
    """Prepare a network as a definition asks for."""
    if prepared == "net.reverse()":
        return net.reverse()
    # One report stands for both: a peer that reads what is not observed as absent has it so.
    return net.symmetrize("union", one_report="use") if prepared != "net" else net


UNION = 'net.symmetrize("union")'
DEFINITIONS: dict[Callable[..., Any], tuple[Definition, ...]] = {
    centrality.degree: (
        Definition("number of ties", "in + out; undirected: number of partners", "igraph, sna, UCINET"),
        Definition("received", "Σ a(j, i)", "igraph, sna, UCINET", {"mode": "in"}),
        Definition("sent", "Σ a(i, j)", "igraph, sna, UCINET", {"mode": "out"}),
        Definition("partners", "number of others with any tie", "-", {}, UNION),
        Definition("share", "÷ n - 1, directed 2(n - 1)", "networkx (directed too ÷ n - 1)", {"normalized": True}),
    ),
    centrality.closeness: (
        Definition("of those reached", "r ÷ Σ d", "igraph (normalized), networkx (wf_improved=False, mode in)"),
        Definition("of all, scaled", "(r ÷ Σ d)·r ÷ (n - 1)", "networkx", {"mode": "in", "unreachable": "scale"}),
        Definition("unreachable: n", "(n - 1) ÷ Σ d", "igraph before 0.10", {"unreachable": "n"}),
        Definition("unreachable: longest + 1", "(n - 1) ÷ Σ d", "UCINET", {"unreachable": "max+1"}),
    ),
    centrality.harmonic: (
        Definition("sum", "Σ 1 ÷ d", "igraph for R, networkx (mode in)"),
        Definition("mean", "Σ 1 ÷ d ÷ (n - 1)", "igraph for Python, sna (suminvdir)", {"normalized": True}),
    ),
    centrality.betweenness: (
        Definition("pairs", "Σ share of shortest paths", "igraph, sna, networkx (normalized=False), UCINET"),
        Definition("share of pairs", "÷ (n - 1)(n - 2), undirected half of it", "networkx", {"normalized": True}),
    ),
    centrality.eigenvector: (
        Definition("received, largest 1", "λx(i) = Σ a(j, i)x(j)", "igraph"),
        Definition("received, norm 1", "λx(i) = Σ a(j, i)x(j)", "networkx", {"scale": "norm"}),
        Definition("sent, norm 1", "λx(i) = Σ a(i, j)x(j)", "sna", {"scale": "norm"}, "net.reverse()"),
    ),
    centrality.local_clustering: (
        Definition("undefined below two partners", "ties among partners ÷ pairs", "igraph"),
        Definition("0 below two partners", "ties among partners ÷ pairs", "networkx", {"isolates": "zero"}),
        Definition("direction ignored", "ties among partners ÷ pairs", "igraph on directed networks", {}, UNION),
    ),
    centrality.coreness: (
        Definition("in + out", "largest k-core", "igraph, sna, networkx"),
        Definition("received", "largest k-core by in-degree", "igraph, sna", {"mode": "in"}),
        Definition("sent", "largest k-core by out-degree", "igraph, sna", {"mode": "out"}),
        Definition("partners", "largest k-core, mutual ties once", "UCINET", {}, UNION),
    ),
    centrality.eccentricity: (
        Definition("of those reached", "max d(i, j)", "igraph (0 for isolates)"),
        Definition("direction ignored", "max d(i, j)", "igraph (mode all)", {"mode": "all"}),
    ),
    centrality.average_neighbour_degree: (
        Definition("degree of partners", "mean of in + out", "-"),
        Definition("out-degree of those sent to", "mean", "networkx (0 for none)", {"mode": "out"}),
        Definition("partners, undirected", "mean degree", "igraph (knn)", {}, UNION),
    ),
    brokerage.constraint: (
        Definition("whole network", "Σ (p(i, j) + Σ p(i, q)p(q, j))²", "igraph, networkx"),
        Definition("ego network", "p(q, j) over the ego network of i", "UCINET", {"scope": "ego"}),
    ),
    brokerage.effective_size: (
        Definition("whole network", "contacts - redundancy", "networkx (nodes=; NaN for who sends no ties)"),
        Definition("ego network", "m(j, q) over the ego network of i", "UCINET", {"scope": "ego"}),
    ),
    cohesion.density: (Definition("observed", "ties ÷ observed dyads", "all, on networks observed in full"),),
    cohesion.reciprocity: (
        Definition("of ties", "2M ÷ (2M + A)", "igraph, networkx, sna (edgewise), UCINET (arc)"),
        Definition("of tied pairs", "M ÷ (M + A)", "igraph (ratio), sna (dyadic.nonnull), UCINET", {"kind": "dyads"}),
    ),
    cohesion.transitivity: (
        Definition("transitive", "transitive ÷ two-paths", "sna (weak), UCINET"),
        Definition("direction ignored", "3·triangles ÷ triples", "igraph; networkx if undirected", {}, UNION),
    ),
    cohesion.average_distance: (
        Definition("of pairs joined", "Σ d ÷ pairs with a path", "igraph, UCINET; networkx if connected"),
        Definition("direction ignored", "Σ d ÷ pairs with a path", "igraph (directed=False)", {}, UNION),
    ),
    cohesion.fragmentation: (
        Definition("no path both ways", "1 - Σ s(s - 1) ÷ n(n - 1)", "UCINET (undirected)"),
        Definition("by distance", "1 - mean 1 ÷ d", "UCINET (breadth)", {"weighted": True}),
    ),
}


def definitions(net: Network, measure: str) -> IntoDataFrame:
    """List the definitions of a measure: which peer uses each, how to get it here, and its value on a network.

    Parameters
    ----------
    net : Network
        The network.
    measure : str
        Its name, for instance ``"closeness"``.

    Returns
    -------
    table
        One row per definition, with the columns

        ``definition`` : what is special about it;
        ``formula`` : in short, the function's docstring tells all;
        ``peers`` : which programs give it by default, or with which argument;
        ``call`` : what gives it here;
        ``value`` : its value on the network; of actors the mean over those for whom it is defined;
        ``lowest``, ``highest`` : of the actors;
        ``undefined`` : number of actors for whom it is not.

        In the kind of table that the network came from.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name of which peers have more than one definition.

    Notes
    -----
    The values are those of our own functions with the arguments in ``call``. Directions are ignored by uniting the two
    of a pair. `crosswalk` lists the functions and menus of a peer.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"]))
    >>> wn.definitions(net, "reciprocity")[["definition", "call", "value"]].round(3)
          definition                                     call  value
    0        of ties                cohesion.reciprocity(net)  0.667
    1  of tied pairs  cohesion.reciprocity(net, kind='dyads')  0.500
    """
    core = core_of(net)
    names = {function.__name__: function for function in DEFINITIONS}
    if measure not in names:
        msg = f"no definitions are listed of {measure!r}{_frames.near(measure, names)}; see its docstring"
        raise KeyNotFoundError(msg)
    function = names[measure]
    family = function.__module__.split(".")[1]
    columns: dict[str, list[Any]] = {
        one: [] for one in ("definition", "formula", "peers", "call", "value", "lowest", "highest", "undefined")
    }
    for one in DEFINITIONS[function]:
        prepared = one.prepared if net.directed else "net"
        if prepared == UNION and core.one_report_dyads:
            prepared = 'net.symmetrize("union", one_report="use")'
        given = "".join(f", {key}={value!r}" for key, value in one.arguments.items())
        found = np.atleast_1d(np.asarray(function(_on(net, prepared), **one.arguments), dtype=float))
        known = found[~np.isnan(found)]
        row = (one.name, one.formula, one.peers, f"{family}.{measure}({prepared}{given})")
        numbers = (known.mean(), known.min(), known.max()) if len(known) else (np.nan,) * 3
        for column, cell in zip(columns, (*row, *map(float, numbers), len(found) - len(known)), strict=True):
            columns[column].append(cell)
    return table_of(net, columns)


def crosswalk(program: str) -> IntoDataFrame:
    """List what stands here for the menus or functions of another program.

    Parameters
    ----------
    program : {"UCINET", "sna", "igraph", "networkx"}
        The program. Names are those of UCINET 6's menus, of R's sna, and of igraph's and networkx's Python packages.

    Returns
    -------
    table
        One row per menu or function: ``theirs``; ``ours``, the call that gives it here; ``note``, where the numbers
        differ and why. As pandas table if pandas is installed, else polars or pyarrow.

    Raises
    ------
    ArgumentError
        There is no table for that program.

    Examples
    --------
    >>> import wholenet as wn
    >>> table = wn.crosswalk("sna")
    >>> table[table["theirs"] == "evcent"]["ours"].item()
    'centrality.eigenvector(net.reverse(), scale="norm")'
    """
    choice("program", program, tuple(ROWS))
    theirs, ours, notes = zip(*ROWS[program], strict=True)
    columns = {"theirs": list(theirs), "ours": list(ours), "note": list(notes)}
    return _frames.make(columns, _frames.default_kind())
