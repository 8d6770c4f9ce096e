"""The network: one relation among one set of actors at one time."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from wholenet import _core, _export, _frames, _ingest, _ingest_graphs, _ingest_matrix, _two_mode
from wholenet._around import around
from wholenet._missing import Missing, counts
from wholenet._show import network_html
from wholenet.errors import ActorError, ArgumentError, FormatError, ModeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import igraph
    import narwhals as nw
    import networkx as nx
    import scipy.sparse
    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet._core import Network as CoreNetwork

__all__ = ["Network"]

# Each pair of groups takes memory.
GROUPS = 10_000


class Network:
    """One relation among one set of actors at one time.

    A network knows its actors (labels and attributes), its ties (present, absent or not observed, with a
    value where the relation has them) and the *recipe*: the coding steps that made it. It never changes;
    every method that changes something gives a new network. Make one with `from_edges`, `from_matrix`,
    `from_networkx`, `from_igraph` or `open`.

    Attributes
    ----------
    n_actors : int
        Number of actors.
    n_ties : int
        Number of ties between different actors; an undirected tie counts once.
    directed : bool
        Whether ties have a direction.
    valued : bool
        Whether ties have values.
    signed : bool
        Whether any value is negative.
    two_mode : bool
        Whether the actors are of two modes, such as organisations and meetings, with ties between the modes only.

    Notes
    -----
    Actors stand in the order of the actors table, or without one in sorted order of their labels; in a two-mode
    network the first mode stands before the second. Every actor-level result is an array of length n in that order.

    Values mean strength. Self-ties, where ``loops="keep"`` let them in, are stored and exported but read by
    no measure.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "a"]))
    >>> net
    <Network: 3 actors, 3 directed ties>
    >>> net.labels
    array(['a', 'b', 'c'], dtype=object)
    """

    __slots__ = ("__weakref__", "_core", "_index", "_kind", "_labels", "_missing", "_recipe", "_rows")

    _core: CoreNetwork
    _index: dict[Any, int] | None
    _missing: Missing | None
    _kind: str
    _labels: NDArray[np.object_] | NDArray[np.int64] | None
    _recipe: tuple[str, ...]
    _rows: nw.DataFrame[Any] | Callable[[], nw.DataFrame[Any] | None] | None
    """The actors table, or what makes it when it is first asked for."""

    def __init__(self) -> None:
        msg = "make a network with Network.from_edges, from_matrix, from_networkx, from_igraph or open"
        raise ArgumentError(msg)

    @classmethod
    def _make(
        cls,
        core: CoreNetwork,
        *,
        frame: nw.DataFrame[Any] | Callable[[], nw.DataFrame[Any] | None] | None,
        kind: str,
        recipe: tuple[str, ...],
    ) -> Self:
        net = object.__new__(cls)
        net._core = core
        net._rows = frame
        net._kind = kind
        net._recipe = recipe
        net._labels = None
        net._index = None
        net._missing = None
        return net

    def _derive(self, core: CoreNetwork, step: str, *, keep: NDArray[np.uint32] | None = None) -> Self:
        rows = self._rows
        if keep is not None and self._frame is not None:
            rows = _frames.numbered(self._frame[keep.astype(np.int64), :], "actors")
        return type(self)._make(core, frame=rows, kind=self._kind, recipe=(*self._recipe, step))

    # Making -----------------------------------------------------------------------------------------------

    @classmethod
    def from_edges(
        cls,
        ties: IntoDataFrame | ArrayLike | tuple[ArrayLike, ArrayLike],
        actors: IntoDataFrame | None = None,
        *,
        source: str = "source",
        target: str = "target",
        weight: str | ArrayLike | None = None,
        actor: str | None = None,
        directed: bool | None = None,
        loops: Literal["error", "drop", "keep"] = "error",
        duplicates: Literal["error", "sum", "max", "mean", "first"] = "error",
        unknown: Literal["error", "drop", "add"] = "error",
        signed: bool = False,
        respondents: str | ArrayLike | None = None,
        two_mode: bool | str = False,
    ) -> Self:
        """Make a network from a list of ties.

        Parameters
        ----------
        ties : table, array of shape (m, 2), or pair of arrays of length m
            One row per tie. A pandas, polars or pyarrow table; or an array with senders in the first column
            and receivers in the second; or the two as separate arrays.
        actors : table, optional
            One row per actor: also those without ties, in the order that the network takes over. Its other
            columns are the actors' attributes. Without it the actors are those named in the ties.
        source, target : str
            Columns of `ties` with the sender and the receiver: text or integers.
        weight : str or array of length m, optional
            Column of `ties` (or array) with the tie's value: finite. An empty value (null, NaN) means that
            this dyad was *not observed*; 0 means an observed absence.
        actor : str, optional
            Column of `actors` with the label. Default: its first column.
        directed : bool, optional
            Whether a row is a tie from source to target (the default), or one between the two. A two-mode network is
            undirected.
        loops : {"error", "drop", "keep"}
            What to do with ties from an actor to itself.
        duplicates : {"error", "sum", "max", "mean", "first"}
            What to do with a tie listed more than once. Without values each row counts 1, so that ``"sum"``
            makes a valued network of counts.
        unknown : {"error", "drop", "add"}
            What to do with ties that name an actor who is not in `actors`.
        signed : bool
            Whether negative values are meant.
        respondents : str or sequence of labels, optional
            Who answered: a column of `actors` with true and false, or the labels. Ties *from* the others are
            then not observed (in an undirected network: the dyads of which neither actor answered). Without
            `actors`, one who answered and has no ties is an actor too. Default: everybody answered. In a two-mode
            network it is the first mode that answers.
        two_mode : bool or str
            Whether the two columns hold two kinds of actors: those of `source` become the first mode, those of
            `target` the second. The name of a column of `actors` with two values, where there are actors without
            ties: the mode of the first sender is the first.

        Returns
        -------
        Network
            The network, with every choice that changed something in its recipe.

        Raises
        ------
        ColumnError
            A column named is not there.
        LabelError
            Labels that are null, of mixed types, repeated in `actors`, or absent from it.
        TieError
            Rows that need one of the choices above: the message names the first of them and the choice.
        ArgumentError
            Ties in another shape, values that are not numbers, or no ties at all without `actors`; ``directed=True``
            or a choice of `loops` for a two-mode network.

        Notes
        -----
        O(m + n log n) time. Labels are turned into codes in compiled code, in parallel.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> ties = pd.DataFrame({"source": ["gp", "gp"], "target": ["school", "team"], "per_year": [12, 4]})
        >>> actors = pd.DataFrame({"name": ["gp", "school", "team", "clinic"], "answered": [True, True, False, True]})
        >>> net = wn.Network.from_edges(ties, actors, weight="per_year", respondents="answered")
        >>> net
        <Network: 4 actors, 2 directed ties, valued; 3 of 12 dyads not observed>
        >>> net.to_matrix()
        array([[ 0., 12.,  4.,  0.],
               [ 0.,  0.,  0.,  0.],
               [nan, nan,  0., nan],
               [ 0.,  0.,  0.,  0.]])
        """
        modes = two_mode if isinstance(two_mode, str) else _ingest.flag(two_mode, "two_mode")
        if modes is not False:
            _two_mode.check(directed, loops)
        made = _ingest.edges(
            ties,
            actors,
            source=source,
            target=target,
            weight=weight,
            actor=actor,
            directed=directed is None or _ingest.flag(directed, "directed") or modes is not False,
            loops=loops if modes is False else "keep",
            duplicates=duplicates,
            unknown=unknown,
            signed=signed,
            respondents=respondents,
        )
        made = made if modes is False else _two_mode.edges(made, modes)
        return cls._make(made.core, frame=made.frame, kind=made.kind, recipe=made.recipe)

    @classmethod
    def _from_rows(
        cls, frame: nw.DataFrame[Any], rows: NDArray[np.int64], actors: IntoDataFrame | None, **options: Any
    ) -> Self:
        """Read some rows of a table of ties; errors and the recipe speak of the whole table."""
        made = _ingest.edges(frame[rows, :], actors, rows=rows, **options)
        return cls._make(made.core, frame=made.frame, kind=made.kind, recipe=made.recipe)

    @classmethod
    def from_matrix(
        cls,
        matrix: ArrayLike | IntoDataFrame | scipy.sparse.sparray | scipy.sparse.spmatrix,
        actors: IntoDataFrame | None = None,
        *,
        labels: Sequence[str] | Sequence[int] | tuple[Sequence[Any], Sequence[Any]] | None = None,
        actor: str | None = None,
        directed: bool | None = None,
        loops: Literal["error", "drop", "keep"] = "error",
        signed: bool = False,
        two_mode: bool = False,
    ) -> Self:
        """Make a network from a matrix: actors by actors, or first mode by second mode.

        Parameters
        ----------
        matrix : array of shape (n, n), table, or scipy sparse array
            Row i, column j holds the tie from i to j: 0 is no tie, NaN is *not observed*, anything else the
            tie's value. A matrix of zeros and ones gives a network without values. NaN on the diagonal is
            nothing; NaN in the whole of a row means that the actor did not answer. A pandas table needs
            equal index and columns; a polars or pyarrow table is named by its columns. In a sparse array
            entries listed twice add up, as scipy has it.
        actors : table, optional
            One row per actor, in the order of the rows of the matrix.
        labels : sequence of str or int, optional
            The actors' labels. Default: those of `actors`, else those of a table, else 0 to n - 1. In a two-mode
            network a pair: labels of the rows and labels of the columns.
        actor : str, optional
            Column of `actors` with the label. Default: its first column.
        directed : bool, optional
            Whether cells (i, j) and (j, i) are two ties (the default). An undirected network takes a symmetric matrix
            only; a two-mode network is undirected.
        loops : {"error", "drop", "keep"}
            What to do with a diagonal that is not 0.
        signed : bool
            Whether negative values are meant.
        two_mode : bool
            Whether rows and columns are two kinds of actors, the first mode and the second.

        Returns
        -------
        Network
            The network.

        Raises
        ------
        ArgumentError
            The matrix is not square, its index differs from its columns, it is not symmetric though
            ``directed=False``, or the labels do not fit; or `actors` has the same labels in another order. `actors`
            or `loops` for a two-mode network: give attributes afterwards, with `with_actors`.
        LabelError
            Labels that are null, of mixed types, or repeated.
        TieError
            Self-ties, infinite or negative values that no argument accepts.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [1, 0, 1], [0, 1, 0]], labels=["a", "b", "c"], directed=False)
        >>> net
        <Network: 3 actors, 2 undirected ties>
        """
        if _ingest.flag(two_mode, "two_mode"):
            _two_mode.check(directed, loops, actors)
            made = _two_mode.matrix(matrix, labels, signed=_ingest.flag(signed, "signed"))
        else:
            directed = directed is None or _ingest.flag(directed, "directed")
            names: Any = labels
            made = _ingest_matrix.matrix(
                matrix, actors, labels=names, actor=actor, directed=directed, loops=loops, signed=signed
            )
        return cls._make(made.core, frame=made.frame, kind=made.kind, recipe=made.recipe)

    @classmethod
    def from_networkx(cls, graph: nx.Graph, *, weight: str | None = None) -> Self:
        """Make a network from a NetworkX graph.

        Parameters
        ----------
        graph : networkx.Graph or networkx.DiGraph
            Nodes must be strings or integers; their order and attributes are kept.
        weight : str, optional
            Edge attribute with the tie's value; an edge without it counts 1. Default: no values.

        Returns
        -------
        Network
            The network, with self-loops kept.

        Raises
        ------
        ArgumentError
            A multigraph, or attributes that do not fit a table.
        ColumnError
            No edge has the attribute `weight`.
        LabelError
            Nodes that are neither strings nor integers, or a mix.

        Examples
        --------
        >>> import networkx as nx
        >>> import wholenet as wn
        >>> wn.Network.from_networkx(nx.path_graph(3))
        <Network: 3 actors, 2 undirected ties>
        """
        made = _ingest_graphs.networkx(graph, weight=weight)
        return cls._make(made.core, frame=made.frame, kind=made.kind, recipe=made.recipe)

    @classmethod
    def from_igraph(cls, graph: igraph.Graph, *, weight: str | None = None) -> Self:
        """Make a network from an igraph graph.

        Parameters
        ----------
        graph : igraph.Graph
            Labels are the vertex attribute ``name``, else the vertex ids; other attributes are kept.
        weight : str, optional
            Edge attribute with the tie's value. Default: no values.

        Returns
        -------
        Network
            The network, with self-loops kept.

        Raises
        ------
        TieError
            Multiple edges.
        ColumnError
            Edges have no attribute `weight`.
        LabelError
            Names that are neither strings nor integers, or a mix, or repeated.

        Examples
        --------
        >>> import igraph as ig
        >>> import wholenet as wn
        >>> wn.Network.from_igraph(ig.Graph.Ring(4))
        <Network: 4 actors, 4 undirected ties>
        """
        made = _ingest_graphs.igraph(graph, weight=weight)
        return cls._make(made.core, frame=made.frame, kind=made.kind, recipe=made.recipe)

    # Looking ----------------------------------------------------------------------------------------------

    @property
    def n_actors(self) -> int:
        """Number of actors."""
        return self._core.n_actors

    @property
    def n_ties(self) -> int:
        """Number of ties between different actors; an undirected tie counts once."""
        return self._core.n_ties

    @property
    def directed(self) -> bool:
        """Whether ties have a direction."""
        return self._core.directed

    @property
    def valued(self) -> bool:
        """Whether ties have values."""
        return self._core.valued

    @property
    def signed(self) -> bool:
        """Whether any tie value is negative."""
        return self._core.signed

    @property
    def two_mode(self) -> bool:
        """Whether the actors are of two modes, with ties between the modes only."""
        return self._core.first_mode is not None

    @property
    def modes(self) -> NDArray[np.int64]:
        """The mode of each actor: 0 for the first (or only) mode, 1 for the second."""
        first = self.n_actors if self._core.first_mode is None else self._core.first_mode
        return (np.arange(self.n_actors) >= first).astype(np.int64)

    @property
    def labels(self) -> NDArray[np.object_] | NDArray[np.int64]:
        """Labels of the actors, in order: an array of str objects, or of int64."""
        if self._labels is None:
            labels = self._core.labels()
            self._labels = np.array(labels, dtype=object) if isinstance(labels, list) else labels
            self._labels.flags.writeable = False
        return self._labels

    @property
    def actors(self) -> IntoDataFrame:
        """The actors table, in the kind of table it came in: a row per actor, labels and attributes."""
        native: IntoDataFrame = self._table().clone().to_native()
        return native

    @property
    def _frame(self) -> nw.DataFrame[Any] | None:
        rows = self._rows
        # Read once: another thread may put the table in its place meanwhile.
        if callable(rows):
            rows = self._rows = rows()
        return rows

    def _table(self) -> nw.DataFrame[Any]:
        """Give the actors table itself, which nobody may change."""
        if self._frame is not None:
            return self._frame
        names = self.labels.tolist() or np.array([], dtype=np.str_ if self.labels.dtype == object else np.int64)
        return _frames.wrap(_frames.make({"actor": names}, self._kind), "actors")

    @property
    def ties(self) -> IntoDataFrame:
        """The ties as a table; the same as ``to_edges()``."""
        return self.to_edges()

    @property
    def missing(self) -> Missing:
        """What was not observed: counts, and who did not answer."""
        if self._missing is None:
            self._missing = Missing.of(self._core, self.labels)
        return self._missing

    @property
    def recipe(self) -> tuple[str, ...]:
        """The coding steps that made this network, in order."""
        return self._recipe

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the actors' attributes."""
        return () if self._frame is None else tuple(self._frame.columns[1:])

    def attribute(self, name: str) -> NDArray[Any]:
        """Look up one attribute of the actors.

        Parameters
        ----------
        name : str
            A column of the actors table.

        Returns
        -------
        array of shape (n,)
            The attribute in the order of the actors.

        Raises
        ------
        ColumnError
            There is no such column.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": ["a", "b"], "sector": ["care", "school"]})
        >>> wn.Network.from_edges((["a"], ["b"]), actors).attribute("sector").tolist()
        ['care', 'school']
        """
        frame = self._table()
        return np.array(frame[_frames.require(frame, name, "attribute")].to_numpy())

    def index(self, label: str | int) -> int:
        """Find the position of an actor in the network's order.

        Parameters
        ----------
        label : str or int
            The actor's label.

        Returns
        -------
        int
            From 0 to n - 1.

        Raises
        ------
        ActorError
            There is no such actor.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"])).index("b")
        1
        """
        if self._index is None:
            self._index = {label: position for position, label in enumerate(self.labels.tolist())}
        try:
            return self._index[label]
        except (KeyError, TypeError):
            hint = _frames.near(str(label), map(str, self._index))
        msg = f"the network has no actor {label!r}{hint}"
        if str(label) in hint:
            kind = "text" if self.labels.dtype == object else "integers"
            msg = f"the network has no actor {label!r}: its labels are {kind}"
        raise ActorError(msg)

    # Changing: each gives a new network -------------------------------------------------------------------

    def symmetrize(
        self,
        rule: Literal["union", "confirmed", "mean", "max", "min", "sum"],
        *,
        one_report: Literal["missing", "use"] | None = None,
    ) -> Self:
        """Make the network undirected.

        Parameters
        ----------
        rule : {"union", "confirmed", "mean", "max", "min", "sum"}
            ``"union"``: a tie where either side reports one (with the larger value); ``"confirmed"``: where
            both do (with the smaller value); else the mean, larger, smaller or summed value, an absent tie
            counting 0.
        one_report : {"missing", "use"}, optional
            What becomes of dyads that only one side reported on, because the other did not answer:
            ``"missing"`` makes them not observed; ``"use"`` lets the one report stand for both. Must be given
            when there are such dyads.

        Returns
        -------
        Network
            The undirected network.

        Raises
        ------
        DirectionError
            The network is undirected already.
        MissingTiesError
            There are dyads with one report, and `one_report` is not given.
        SignedTiesError
            ``"union"`` or ``"confirmed"`` on negative values.
        ArgumentError
            A word that is none of these.

        Notes
        -----
        Whether a dyad counts as observed depends on who answered, never on what was answered: keeping the
        reported ties of a dyad but not its reported absences would bias every density.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "b"], ["b", "a", "c"]))
        >>> net.symmetrize("union").n_ties, net.symmetrize("confirmed").n_ties
        (2, 1)
        """
        note = f", dyads with one report: {one_report}" if self._core.one_report_dyads else ""
        return self._derive(self._core.symmetrize(rule, one_report), f"symmetrized by {rule!r}{note}")

    def dichotomize(self, *, above: float | None = None, at_least: float | None = None) -> Self:
        """Keep the ties whose value passes a cut-off, without their values.

        Parameters
        ----------
        above : float, optional
            Keep values greater than this.
        at_least : float, optional
            Keep values of this or more. Give exactly one of the two.

        Returns
        -------
        Network
            The network without values. Unobserved dyads stay so, and absent ties stay absent, whatever the cut-off.

        Raises
        ------
        ArgumentError
            Neither or both are given, or it is not a number.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1, 4])
        >>> net.dichotomize(at_least=2).n_ties
        1
        """
        if (above is None) == (at_least is None):
            msg = "give one cut-off, either above= or at_least="
            raise ArgumentError(msg)
        if at_least is None:
            cut, sign = _ingest.number(above, "above"), ">"
        else:
            cut, sign = _ingest.number(at_least, "at_least"), ">="
        core = self._core.above(cut, inclusive=at_least is not None)
        return self._derive(core, f"dichotomized: value {sign} {cut:g}")

    def subset(self, actors: ArrayLike) -> Self:
        """Keep some of the actors.

        Parameters
        ----------
        actors : sequence of labels, or array of bool of shape (n,)
            Whom to keep. Labels also set the order; in a two-mode network within each mode.

        Returns
        -------
        Network
            The network among them; ties to others are gone.

        Raises
        ------
        ActorError
            A label is not in the network.
        ArgumentError
            A label is given twice, or the boolean array has another length than n.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "a"]))
        >>> net.subset(["c", "a"]).labels.tolist()
        ['c', 'a']
        """
        keep = self._positions(actors)
        keep = keep[np.argsort(self.modes[keep], kind="stable")]
        step = f"subset: {len(keep)} of {self.n_actors} actors"
        return self._derive(self._core.subset(keep.tolist()), step, keep=keep)

    def ego(
        self,
        actor: str | int,
        *,
        steps: int = 1,
        mode: Literal["in", "out", "all"] = "all",
        include: bool = True,
    ) -> Self:
        """Keep an actor and those around it: its ego network.

        Parameters
        ----------
        actor : label
            The ego.
        steps : int
            How far to go, at least 1: to partners, partners of partners, and so on.
        mode : {"in", "out", "all"}
            Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
            are the same.
        include : bool
            Whether the ego itself is kept.

        Returns
        -------
        Network
            The network among them, in the order of the actors, with all their ties to each other.

        Raises
        ------
        ActorError
            The label is not in the network.
        ArgumentError
            `steps` is not a whole number of at least 1, or `mode` is none of the words above.

        Notes
        -----
        A tie that was not observed is read as absent, so that partners may be left out. `brokerage.ego_networks` sums
        up the ego networks of all actors in one table.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "d"]))
        >>> net.ego("b").labels.tolist()
        ['a', 'b', 'c']
        >>> net.ego("b", mode="out", steps=2, include=False).labels.tolist()
        ['c', 'd']
        """
        place = self.index(actor)
        if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
            msg = f"steps must be a whole number of at least 1, but is {steps!r}"
            raise ArgumentError(msg)
        if mode not in {"in", "out", "all"}:
            msg = f'mode must be "in", "out" or "all", but is {mode!r}'
            raise ArgumentError(msg)
        keep = around(self._core, place, steps=steps, mode=mode, include=include)
        return self._derive(
            self._core.subset(keep.tolist()), f"ego network of {actor!r}: {len(keep)} actors", keep=keep
        )

    def _positions(self, actors: Any) -> NDArray[np.uint32]:
        if isinstance(actors, str) or not hasattr(actors, "__iter__"):
            msg = f"actors must be a sequence of labels or a boolean array, but is {actors!r}"
            raise ArgumentError(msg)
        # Labels in a list are looked up as they are: numpy would make text of a mix.
        listed = np.asarray(actors).tolist() if hasattr(actors, "__array__") else list(actors)
        if listed and all(isinstance(one, bool | np.bool_) for one in listed):
            if len(listed) != self.n_actors:
                msg = f"a boolean array must have one entry per actor ({self.n_actors}), but has {len(listed)}"
                raise ArgumentError(msg)
            return np.flatnonzero(listed).astype(np.uint32)
        keep = np.array([self.index(label) for label in listed], dtype=np.uint32)
        if len(set(keep.tolist())) < len(keep):
            repeated = next(one for place, one in enumerate(listed) if one in listed[:place])
            msg = f"each actor can be kept once, but {repeated!r} is listed more than once"
            raise ArgumentError(msg)
        return keep

    def drop_isolates(self) -> Self:
        """Keep the actors that have a tie.

        Returns
        -------
        Network
            Without the actors that neither send nor receive a tie to or from another.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [0, 0, 0], [0, 0, 0]])
        >>> net.drop_isolates().n_actors
        2
        """
        keep = np.flatnonzero(_core.centrality_degree(self._core, "all", normalized=False)).astype(np.uint32)
        step = f"isolates dropped: {self.n_actors - len(keep)} of {self.n_actors} actors"
        return self._derive(self._core.subset(keep.tolist()), step, keep=keep)

    def largest_component(self, kind: Literal["weak", "strong"] = "weak") -> Self:
        """Keep the actors of the largest component.

        Parameters
        ----------
        kind : {"weak", "strong"}
            Whether paths may run against the ties. In an undirected network the two are the same.

        Returns
        -------
        Network
            The largest component; among equals, the one with the first actor.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]))
        >>> net.largest_component().labels.tolist()
        ['a', 'b', 'c']
        """
        keep = np.flatnonzero(_core.cohesion_components(self._core, kind) == 0).astype(np.uint32)
        step = f"largest {kind} component: {len(keep)} of {self.n_actors} actors"
        return self._derive(self._core.subset(keep.tolist()), step, keep=keep)

    def reverse(self) -> Self:
        """Turn every tie round.

        Returns
        -------
        Network
            Ties from i to j become ties from j to i; an undirected network stays as it is.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"])).reverse().to_matrix().tolist()
        [[0.0, 0.0], [1.0, 0.0]]
        """
        return self._derive(self._core.reverse(), "ties reversed")

    def project(
        self,
        mode: Literal["first", "second"] = "first",
        *,
        values: Literal["count", "product", "newman", "jaccard"] = "count",
        incomplete: Literal["missing", "count"] | None = None,
    ) -> Self:
        """Make a network of one mode from a two-mode network: two actors are tied when they share a partner.

        Parameters
        ----------
        mode : {"first", "second"}
            Whose network is made: that of the first mode's actors (who share actors of the second) or the other way
            round.
        values : {"count", "product", "newman", "jaccard"}
            What the value of a tie is. ``"count"``: the number of shared partners. ``"product"``: Σ over shared
            partners of the product of the two tie values. ``"newman"``: Σ over shared partners of 1 ÷ (k - 1), for a
            partner with k ties, so that a meeting of many binds less. ``"jaccard"``: shared partners ÷ partners of
            either.
        incomplete : {"missing", "count"}, optional
            What becomes of actors of whom a dyad with the other mode was not observed: ``"missing"`` makes all their
            projected dyads not observed; ``"count"`` counts the shared partners that were observed, a lower bound.
            Must be given when there are such actors.

        Returns
        -------
        Network
            An undirected network with values; attributes are kept. Leave the values out with
            ``dichotomize(above=0)``.

        Raises
        ------
        ModeError
            The network has one mode.
        MissingTiesError
            There are unobserved dyads, and `incomplete` is not given.
        ArgumentError
            A word that is none of these; ``values="product"`` for a network without values.

        Notes
        -----
        O(Σ k²) time, over the numbers k of ties of the actors of the other mode.

        Peers: networkx's ``bipartite.weighted_projected_graph`` agrees with ``"count"``, and its
        ``collaboration_weighted_projected_graph`` with ``"newman"``. UCINET's Affiliations calls ``"product"`` the sum
        of cross-products.

        References
        ----------
        Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53, 181-190.
        https://doi.org/10.2307/2576011

        Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
        https://doi.org/10.1103/PhysRevE.64.016132

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["gp", "school", "team", "team"], ["m1", "m1", "m1", "m2"]), two_mode=True)
        >>> net.project().to_edges()
           source  target  value
        0      gp  school    1.0
        1      gp    team    1.0
        2  school    team    1.0
        >>> net.project("second", values="jaccard").to_matrix()[0, 1].round(3)
        np.float64(0.333)
        """
        if not self.two_mode:
            msg = "the network has one mode; only a network that was made with two_mode= can be projected"
            raise ModeError(msg)
        if mode not in {"first", "second"}:
            msg = f'mode must be "first" or "second", but is {mode!r}'
            raise ArgumentError(msg)
        if values == "product" and not self.valued:
            msg = 'values="product" reads tie values, and this network has none; use values="count"'
            raise ArgumentError(msg)
        core = self._core.project(mode == "second", values, incomplete)
        keep = np.flatnonzero(self.modes == (mode == "second")).astype(np.uint32)
        note = f", incomplete partners: {incomplete}" if self._core.n_unobserved else ""
        return self._derive(core, f"projected on the {mode} mode, values: {values}{note}", keep=keep)

    def collapse(self, *, by: str) -> Self:
        """Merge actors into groups.

        Parameters
        ----------
        by : str
            Attribute that holds the group; text or integers, without nulls.

        Returns
        -------
        Network
            One actor per group, in sorted order, its label the group as text. A tie's value is the sum of the
            tie values (without values: the number of ties) from one group to the other, over the observed
            dyads; the sum within a group stands as a self-tie (self-ties of actors are left out). A pair of
            groups without a single observed dyad is not observed.

        Raises
        ------
        ColumnError
            There is no such attribute.
        LabelError
            An actor has no group, or two groups look the same as text.
        ArgumentError
            More than 10,000 groups.
        ModeError
            The network has two modes.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
        >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "c"]), actors)
        >>> net.collapse(by="sector").to_matrix()
        array([[1., 2.],
               [0., 0.]])
        """
        if self.two_mode:
            msg = "actors of two modes can't be merged into groups; use net.project(...) first"
            raise ModeError(msg)
        codes, names = _ingest.groups(self.attribute(by), by, self.labels)
        if len(names) > GROUPS:
            msg = (
                f"{by!r} has {len(names):,} different values; a network can be collapsed into {GROUPS:,} groups at most"
            )
            raise ArgumentError(msg)
        names = _ingest.as_text(names, by)
        core = self._core.collapse(codes.tolist(), names)
        column = names or np.array([], dtype=np.str_)
        frame = _frames.wrap(_frames.make({by: column}, self._kind), "actors")
        step = f"collapsed by {by!r}: {len(names)} groups"
        return type(self)._make(core, frame=frame, kind=self._kind, recipe=(*self._recipe, step))

    def with_actors(self, actors: IntoDataFrame, *, actor: str | None = None) -> Self:
        """Give the actors other attributes.

        Parameters
        ----------
        actors : table
            One row for each actor of the network, in any order.
        actor : str, optional
            Column with the label. Default: the first.

        Returns
        -------
        Network
            The same ties among the same actors in the same order.

        Raises
        ------
        LabelError
            Actors of the network are not in the table, or the other way round, or a label is repeated.
        ColumnError
            There is no such column.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> net.with_actors(pd.DataFrame({"name": ["b", "a"], "size": [3, 9]})).attribute("size").tolist()
        [9, 3]
        """
        order, frame = _ingest.matched(actors, actor, self.labels.tolist())
        frame = _frames.numbered(frame[order, :], "actors")
        return type(self)._make(
            self._core,
            frame=frame,
            kind=_frames.kind_of(frame),
            recipe=(*self._recipe, "attributes replaced"),
        )

    # Exporting --------------------------------------------------------------------------------------------

    def to_matrix(self) -> NDArray[np.float64]:
        """Lay the network out as a matrix.

        Returns
        -------
        array of shape (n, n)
            Row i, column j: the value of the tie from i to j (1 without values), 0 where there is none, NaN
            where the dyad was not observed; self-ties on the diagonal. In a two-mode network a row for each actor
            of the first mode and a column for each of the second.

        Raises
        ------
        ArgumentError
            More than 65,536 actors: the matrix would not fit in memory.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"]), directed=False).to_matrix()
        array([[0., 1.],
               [1., 0.]])
        """
        _ingest_matrix.check_square(self.n_actors, "to_sparse() gives the ties only")
        dense = self._core.dense()
        first = self._core.first_mode
        return dense if first is None else np.ascontiguousarray(dense[:first, first:])

    def to_sparse(self) -> scipy.sparse.csr_array:
        """Turn the network into a scipy sparse array.

        Returns
        -------
        scipy.sparse.csr_array
            Tie values in the shape of `to_matrix`; a sparse array can't hold unobserved dyads, see `missing`.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"])).to_sparse().nnz
        1
        """
        return _export.sparse(self._core)

    def to_edges(self, *, missing: Literal["leave", "null"] = "leave") -> IntoDataFrame:
        """List the ties in a table.

        Parameters
        ----------
        missing : {"leave", "null"}
            Whether unobserved dyads are left out, or listed with an empty value.

        Returns
        -------
        table
            Columns ``source``, ``target`` (labels) and, in a valued network or with ``missing="null"``,
            ``value``; an undirected tie once; self-ties last. In the kind of table the network came from.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"]), weight=[2]).to_edges()
          source target  value
        0      a      b    2.0
        """
        if missing == "null":
            _ingest_matrix.check_square(self.n_actors, 'missing="leave" gives the ties only')
        return _export.edges(self._core, self.labels, self._kind, missing=missing)

    def to_networkx(self) -> nx.Graph:
        """Turn the network into a NetworkX graph.

        Returns
        -------
        networkx.DiGraph or networkx.Graph
            Nodes are labels with the actors' attributes; values are the edge attribute ``weight``. Unobserved
            dyads are absent there, see `missing`. In a two-mode network nodes have the attribute ``bipartite``, 0 or 1.

        Raises
        ------
        ArgumentError
            Actors of a two-mode network have an attribute that is called ``bipartite``.

        Examples
        --------
        >>> import wholenet as wn
        >>> sorted(wn.Network.from_edges((["a"], ["b"])).to_networkx().edges)
        [('a', 'b')]
        """
        return _export.networkx(self._core, self.labels, self._frame)

    def to_igraph(self) -> igraph.Graph:
        """Turn the network into an igraph graph.

        Returns
        -------
        igraph.Graph
            Labels are the vertex attribute ``name``; values the edge attribute ``weight``. Unobserved dyads
            are absent there, see `missing`. In a two-mode network the vertex attribute ``type`` marks the second mode.

        Raises
        ------
        ArgumentError
            The actors have an attribute that is called ``name``, or in a two-mode network ``type``.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.from_edges((["a"], ["b"])).to_igraph().vs["name"]
        ['a', 'b']
        """
        return _export.igraph(self._core, self.labels, self._frame)

    # Keeping ----------------------------------------------------------------------------------------------

    def save(self, path: str | Path) -> None:
        """Write the network to a file.

        Parameters
        ----------
        path : str or Path
            The file; one that exists is replaced once the new one is whole.

        Raises
        ------
        MissingFileError
            There is no such folder.
        FileAccessError
            The file can't be written.
        ArgumentError
            An attribute holds values that can't be saved, such as lists of different things.

        Examples
        --------
        >>> import tempfile
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     net.save(folder + "/referral.wholenet")
        ...     wn.Network.open(folder + "/referral.wholenet") == net
        True
        """
        _export.write(Path(path), self._to_bytes())

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Read a network from a file that `save` wrote.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Network
            The network with its attributes and recipe.

        Raises
        ------
        MissingFileError
            There is no such file.
        FileAccessError
            It can't be read.
        FormatError
            It is foreign, truncated or damaged, or of a format version that this release does not know.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.Network.open("nowhere.wholenet")
        Traceback (most recent call last):
        wholenet.errors.MissingFileError: there is no file nowhere.wholenet
        """
        content = _export.read(Path(path))
        try:
            return cls._from_bytes(content, _frames.default_kind())
        except FormatError as error:
            msg = f"{path}: {error}"
            raise FormatError(msg) from None

    def _to_bytes(self) -> bytes:
        attributes = b"" if self._frame is None else _export.pack(self._frame)
        return self._core.to_bytes(list(self._recipe), attributes)

    @classmethod
    def _from_bytes(cls, content: bytes, kind: str) -> Self:
        core, recipe, attributes = _core.Network.from_bytes(content)
        if not find_spec(kind):
            kind = _frames.default_kind()
        frame = _export.unpack(attributes, kind, core.n_actors) if attributes else None
        return cls._make(core, frame=frame, kind=kind, recipe=tuple(recipe))

    def __reduce__(self) -> tuple[Any, tuple[bytes, str]]:
        return self._from_bytes, (self._to_bytes(), self._kind)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    # Comparing and showing --------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        """Tell whether actors, their order and attributes, ties, values and what was not observed are the same."""
        if not isinstance(other, Network):
            return NotImplemented
        return self._core.equals(other._core) and _export.same_attributes(self._frame, other._frame)

    def __hash__(self) -> int:
        return self._core.fingerprint

    def __repr__(self) -> str:
        direction = "directed" if self.directed else "undirected"
        kind = ", signed" if self.signed else ", valued" if self.valued else ""
        text = f"{self.n_actors:,} actors, {self.n_ties:,} {direction} ties{kind}"
        first = self._core.first_mode
        if first is not None:
            text = f"two modes of {first:,} and {self.n_actors - first:,} actors, {self.n_ties:,} ties{kind}"
        lost, seen, _ = counts(self._core)
        unseen = f"; {lost:,} of {lost + seen:,} dyads not observed" if lost else ""
        return f"<Network: {text}{unseen}>"

    def _repr_html_(self) -> str:
        return network_html(self, *counts(self._core))
