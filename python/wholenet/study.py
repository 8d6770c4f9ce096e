"""The study: many networks under named keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import narwhals as nw
import numpy as np

from wholenet import _frames
from wholenet._show import table_html
from wholenet.errors import ArgumentError, KeyNotFoundError, LabelError, WholenetError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Study"]

T = TypeVar("T")
Key = tuple[Any, ...]


class Study(Mapping[Any, Network]):
    """Many networks under named keys, such as municipality, wave and relation.

    A study is a mapping: ``study[key]`` is a network, ``len(study)`` counts them, iterating gives the keys in
    sorted order. A key is a tuple with a value for each name in `by`, or, when there is one name only, the
    value itself. Combinations that do not occur are simply absent: see `gaps`.

    Parameters
    ----------
    networks : mapping from keys to Network
        The networks.
    by : str or sequence of str
        What the values in a key are called.

    Attributes
    ----------
    by : tuple of str
        What the values in a key are called.

    Examples
    --------
    >>> import wholenet as wn
    >>> first = wn.Network.from_edges((["a"], ["b"]))
    >>> second = wn.Network.from_edges((["a", "b"], ["b", "a"]))
    >>> study = wn.Study({1: first, 2: second}, by="wave")
    >>> study[2].n_ties
    2
    """

    def __init__(self, networks: Mapping[Any, Network], *, by: str | Sequence[str]) -> None:
        self._by = (by,) if isinstance(by, str) else tuple(by)
        if not self._by or len(set(self._by)) != len(self._by):
            msg = f"by= needs one or more different names, but is {by!r}"
            raise ArgumentError(msg)
        entries = {self._key(key): network for key, network in networks.items()}
        self._networks = {key: entries[key] for key in sorted(entries, key=_sortable)}

    def _key(self, key: Any) -> Key:  # noqa: ANN401 (a key may be anything)
        entry = key if isinstance(key, tuple) else (key,)
        if len(entry) != len(self._by):
            msg = f"a key of this study has {len(self._by)} values ({', '.join(self._by)}), but {key!r} has {len(entry)}"
            raise KeyNotFoundError(msg)
        return entry

    @classmethod
    def from_edges(
        cls,
        ties: IntoDataFrame,
        actors: IntoDataFrame | None = None,
        *,
        by: str | Sequence[str],
        source: str = "source",
        target: str = "target",
        weight: str | None = None,
        actor: str | None = None,
        directed: bool | Mapping[Any, bool] = True,
        loops: Literal["error", "drop", "keep"] = "error",
        duplicates: Literal["error", "sum", "max", "mean", "first"] = "error",
        unknown: Literal["error", "drop", "add"] = "error",
        signed: bool = False,
        respondents: str | IntoDataFrame | None = None,
    ) -> Self:
        """Make a study from one table of ties: a network for each combination that occurs in it.

        Parameters
        ----------
        ties : table
            One row per tie, with the columns `by`, `source`, `target` and, if there are values, `weight`.
        actors : table, optional
            One row per actor, or per actor and wave, and so on: the columns of `by` that it has say which
            networks a row belongs to. So actors without ties are there, an organisation may join in the second
            wave, and attributes may change. Without it the actors of a network are those named in its ties.
        by : str or sequence of str
            Columns of `ties` that tell the networks apart.
        source, target : str
            Columns of `ties` with the sender and the receiver: text or integers.
        weight : str, optional
            Column of `ties` with the tie's value; an empty value means that the dyad was not observed.
        actor : str, optional
            Column of `actors` with the label. Default: its first column that is not in `by`.
        directed : bool or mapping
            Whether ties have a direction: for all, or for each value of one of the columns in `by`, for
            instance ``{"contact": False, "referral": True}``.
        loops, duplicates, unknown, signed
            As in `Network.from_edges`.
        respondents : str or table, optional
            Who answered: a column of `actors` with true and false, or a table with a row for each actor who did,
            with the label in a column named as in `actors` and any of the columns of `by`. Default: everybody.

        Returns
        -------
        Study
            The networks.

        Raises
        ------
        ColumnError
            A column named is not there.
        LabelError
            A column of `by` has empty cells; a network has no row in `actors`; or as in `Network.from_edges`.
        TieError
            As in `Network.from_edges`; the message says in which network and names the rows of `ties`.

        Notes
        -----
        A network is absent from the study when no tie of it is listed: the table of ties can't tell a relation
        that was not asked about from one that nobody has. `gaps` lists the absent combinations.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> ties = pd.DataFrame({"wave": [1, 2, 2], "source": ["a", "a", "c"], "target": ["b", "c", "b"]})
        >>> actors = pd.DataFrame({"name": ["a", "b", "a", "b", "c"], "wave": [1, 1, 2, 2, 2]})
        >>> study = wn.Study.from_edges(ties, actors, by="wave")
        >>> study[1].n_actors, study[2].n_actors
        (2, 3)
        """
        names = (by,) if isinstance(by, str) else tuple(by)
        frame = _frames.wrap(ties, "ties")
        for name in names:
            _frames.require(frame, name, "by")
        table = None if actors is None else _Rows(_frames.wrap(actors, "actors"), names, "actors", actor)
        answered = None
        if respondents is not None and not isinstance(respondents, str):
            label = table.label if table is not None else actor
            answered = _Rows(_frames.wrap(respondents, "respondents"), names, "respondents", label)
        networks = {}
        for key, rows in _groups(frame, names, "ties").items():
            described = ", ".join(f"{name}={value!r}" for name, value in zip(names, key, strict=True))
            try:
                networks[key] = Network._from_rows(  # noqa: SLF001 (a constructor of this package)
                    frame,
                    rows,
                    None if table is None else table.of(key, described),
                    source=source,
                    target=target,
                    weight=weight,
                    actor=None if table is None else table.label,
                    directed=_directed(directed, names, key, frame),
                    loops=loops,
                    duplicates=duplicates,
                    unknown=unknown,
                    signed=signed,
                    respondents=respondents if answered is None else answered.labels(key),
                    name=described,
                )
            except WholenetError as error:
                msg = f"in the network {described}: {error}"
                raise type(error)(msg) from error
        return cls(networks, by=names)

    @property
    def by(self) -> tuple[str, ...]:
        """What the values in a key are called."""
        return self._by

    @property
    def gaps(self) -> tuple[Any, ...]:
        """Combinations of the values in use that have no network, as keys."""
        values = [sorted({key[place] for key in self._networks}, key=_sortable) for place in range(len(self._by))]
        return tuple(self._bare(key) for key in product(*values) if key not in self._networks)

    def _bare(self, key: Key) -> Any:  # noqa: ANN401
        return key[0] if len(self._by) == 1 else key

    def __getitem__(self, key: Any) -> Network:  # noqa: ANN401
        entry = self._key(key)
        try:
            return self._networks[entry]
        except KeyError:
            have = ", ".join(repr(self._bare(one)) for one in list(self._networks)[:6])
            more = ", …" if len(self._networks) > 6 else ""  # noqa: PLR2004
            msg = f"the study has no network {key!r}; it has {have}{more}"
            raise KeyNotFoundError(msg) from None

    def __iter__(self) -> Iterator[Any]:
        return iter([self._bare(key) for key in self._networks])

    def __len__(self) -> int:
        return len(self._networks)

    def select(self, **values: Any) -> Self:  # noqa: ANN401
        """Pick the networks whose keys have given values.

        Parameters
        ----------
        **values
            For each name in `by`: a value, or a list of values.

        Returns
        -------
        Study
            The networks that fit all of them, under the same keys.

        Raises
        ------
        ArgumentError
            A name that is not in `by`.
        KeyNotFoundError
            No network fits.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> study = wn.Study({("north", 1): net, ("north", 2): net, ("south", 1): net}, by=["place", "wave"])
        >>> list(study.select(wave=1))
        [('north', 1), ('south', 1)]
        """
        for name in values:
            if name not in self._by:
                msg = f"the networks of this study are told apart by {', '.join(self._by)}, not by {name!r}"
                raise ArgumentError(msg + _frames.near(name, self._by))
        wanted = {name: value if isinstance(value, list | tuple | set) else [value] for name, value in values.items()}
        chosen = {
            key: network
            for key, network in self._networks.items()
            if all(key[self._by.index(name)] in value for name, value in wanted.items())
        }
        if not chosen:
            msg = f"no network of the study has {', '.join(f'{name}={value!r}' for name, value in values.items())}"
            raise KeyNotFoundError(msg)
        return type(self)(chosen, by=self._by)

    def map(self, function: Callable[[Network], T], *, executor: Executor | None = None) -> dict[Any, T]:
        """Apply a function to each network.

        Parameters
        ----------
        function : callable
            Takes a network.
        executor : concurrent.futures.Executor, optional
            Where to run; also a dask client's executor. Default: here, one after the other, so that Ctrl-C
            stops at once; measures use all threads by themselves.

        Returns
        -------
        dict
            What the function returned, under the study's keys.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> wn.Study({1: net}, by="wave").map(wn.cohesion.density)
        {1: 0.5}
        """
        results = map(function, self._networks.values()) if executor is None else executor.map(function, self.values())
        return dict(zip(self, results, strict=True))

    def overview(self) -> IntoDataFrame:
        """Show what the study holds, one row per network.

        Returns
        -------
        table
            The columns of `by`, then ``actors``, ``ties``, ``directed``, ``non_respondents`` and ``unobserved``
            (the share of dyads not observed).

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]))
        >>> wn.Study({1: net}, by="wave").overview()
           wave  actors  ties  directed  non_respondents  unobserved
        0     1       2     1      True                0         0.0
        """
        kind = next((net._kind for net in self._networks.values()), None) or _frames.default_kind()  # noqa: SLF001
        names = (*self._by, "actors", "ties", "directed", "non_respondents", "unobserved")
        columns = list(zip(*self._rows(), strict=True)) or [[] for _ in names]
        return _frames.make({name: list(column) for name, column in zip(names, columns, strict=True)}, kind)

    def _rows(self) -> list[tuple[Any, ...]]:
        rows = []
        for key, net in self._networks.items():
            missing = net.missing
            rows.append((*key, net.n_actors, net.n_ties, net.directed, len(missing.non_respondents), missing.share))
        return rows

    def __repr__(self) -> str:
        values = [len({key[place] for key in self._networks}) for place in range(len(self._by))]
        counts = ", ".join(f"{count} × {name}" for name, count in zip(self._by, values, strict=True))
        gaps = f"; {len(self.gaps)} combinations absent" if self.gaps else ""
        return f"<Study: {len(self)} networks ({counts}){gaps}>"

    def _repr_html_(self) -> str:
        header = (*self._by, "actors", "ties", "directed", "did not answer", "dyads not observed")
        rows = [(*row[:-3], "yes" if row[-3] else "no", row[-2], f"{row[-1]:.0%}") for row in self._rows()]
        gaps = ", ".join(map(repr, self.gaps))
        return table_html(header, rows, caption=repr(self)[1:-1]) + (f"<p>Absent: {gaps}</p>" if gaps else "")


def _sortable(value: Any) -> Any:  # noqa: ANN401
    """Order keys of numbers by number and of text by text, numbers first."""
    if isinstance(value, tuple):
        return tuple(map(_sortable, value))
    return (0, value, "") if isinstance(value, int | float) else (1, 0, str(value))


def _directed(directed: bool | Mapping[Any, bool], names: Key, key: Key, frame: nw.DataFrame[Any]) -> bool:  # noqa: FBT001
    if not isinstance(directed, Mapping):
        return bool(directed)
    for name, value in zip(names, key, strict=True):
        if value in directed:
            return bool(directed[value])
    unknown = ", ".join(map(repr, directed))
    known = "; ".join(f"{name}: {', '.join(map(repr, frame[name].unique().to_list()[:8]))}" for name in names)
    msg = f"directed= must name every value of one column of by=; it names {unknown}, and none of {key!r}. There are {known}"
    raise ArgumentError(msg)


def _groups(frame: nw.DataFrame[Any], names: Key, argument: str) -> dict[Key, NDArray[np.int64]]:
    """Rows of each combination of the columns `names`, in the order of the table."""
    codes = np.zeros(len(frame), dtype=np.int64)
    levels: list[list[Any]] = []
    for name in names:
        column = frame[name].to_arrow()
        whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
        encoded = whole.dictionary_encode()
        if encoded.null_count:
            empty = np.flatnonzero(np.asarray(encoded.is_null()))
            shown = ", ".join(map(str, empty[:5].tolist()))
            msg = f"column {name!r} of {argument} is empty in {len(empty)} rows (first: {shown}); every row needs a value there"
            raise LabelError(msg)
        levels.append(encoded.dictionary.to_pylist())
        codes = codes * max(len(levels[-1]), 1) + encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    groups = {}
    for rows in np.split(order, starts[1:]) if len(order) else []:
        code, key = int(codes[rows[0]]), []
        for level in reversed(levels):
            code, place = divmod(code, len(level))
            key.append(level[place])
        groups[tuple(reversed(key))] = rows
    return groups


class _Rows:
    """The rows of a table of actors that belong to each network."""

    def __init__(self, frame: nw.DataFrame[Any], names: Key, argument: str, label: str | None) -> None:
        self.frame = frame
        self.argument = argument
        self.places = [place for place, name in enumerate(names) if name in frame.columns]
        shared = tuple(names[place] for place in self.places)
        others = [name for name in frame.columns if name not in shared]
        if label is None and not others:
            msg = f"the {argument} table has no column beside {', '.join(shared)}"
            raise ArgumentError(msg)
        self.label = _frames.require(frame, label or others[0], "actor")
        self.columns = [self.label, *(name for name in others if name != self.label)]
        self.groups = _groups(frame, shared, argument) if shared else {(): np.arange(len(frame))}

    def of(self, key: Key, described: str) -> IntoDataFrame:
        """The rows of one network, without the columns of the key."""
        rows = self.groups.get(tuple(key[place] for place in self.places))
        if rows is None:
            msg = f"the {self.argument} table has no row for {described}; every network needs its actors"
            raise LabelError(msg)
        native: IntoDataFrame = self.frame[rows.tolist(), :].select(self.columns).to_native()
        return native

    def labels(self, key: Key) -> list[Any]:
        """The labels listed for one network; none is legal."""
        rows = self.groups.get(tuple(key[place] for place in self.places), np.array([], dtype=np.int64))
        return self.frame[self.label][rows.tolist()].to_list()
