"""The study: many networks under named keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from wholenet import _frames, _keys
from wholenet._show import table_html
from wholenet.errors import ArgumentError, KeyNotFoundError, WholenetError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame


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
        self._by = _keys.names_of(by)
        entries: dict[Key, Network] = {}
        for key, network in _checked(networks).items():
            entry = self._key(key)
            if entry in entries:
                msg = f"the key {key!r} stands for two networks"
                raise ArgumentError(msg)
            entries[entry] = network
        self._networks = {key: entries[key] for key in sorted(entries, key=_keys.sortable)}

    def _key(self, key: Any) -> Key:
        entry = key if isinstance(key, tuple) else (key,)
        if len(entry) != len(self._by):
            names = ", ".join(self._by)
            msg = (
                f"a key of this study has {len(self._by)} values ({names}), but {key!r} has {len(entry)}; "
                f"pick by some of them with study.select({self._by[0]}=...)"
            )
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
        loops : {"error", "drop", "keep"}
            What to do with ties from an actor to itself.
        duplicates : {"error", "sum", "max", "mean", "first"}
            What to do with a tie listed more than once in one network.
        unknown : {"error", "drop", "add"}
            What to do with ties that name an actor who is not in `actors`.
        signed : bool
            Whether negative values are meant.
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
            A column of `by` has empty cells; a network has no row in `actors`, or an actor two; or as in
            `Network.from_edges`.
        TieError
            As in `Network.from_edges`; the message says in which network and names the rows of `ties`.
        ArgumentError
            `ties` has no rows, or an option is none of those listed.

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
        names = _keys.names_of(by)
        frame = _frames.takeable(_frames.wrap(ties, "ties"))
        for name in (*names, source, target, *([] if weight is None else [weight])):
            _frames.require(frame, name, "by" if name in names else _argument(name, source, target))
        if not len(frame):
            msg = "the table of ties has no rows, so it tells of no network"
            raise ArgumentError(msg)
        table = None
        if actors is not None:
            table = _keys.Rows(_frames.numbered(_frames.wrap(actors, "actors"), "actors"), names, "actors", actor)
            table.check_once()
        answered = None
        if respondents is not None and not isinstance(respondents, str):
            label = table.label if table is not None else actor
            answered = _keys.Rows(_frames.wrap(respondents, "respondents"), names, "respondents", label)
        if actor is not None and table is None and answered is None:
            msg = "actor= names a column of the actors table, but there is none; pass actors="
            raise ArgumentError(msg)
        networks = {}
        for key, rows in _keys.groups_by(frame, names, "ties").items():
            described = _keys.described(names, key)
            try:
                networks[key] = Network._from_rows(  # noqa: SLF001 (a constructor of this package)
                    frame,
                    rows,
                    None if table is None else table.of(key),
                    source=source,
                    target=target,
                    weight=weight,
                    actor=None if table is None else table.label,
                    directed=_keys.directed_of(directed, names, key, frame),
                    loops=loops,
                    duplicates=duplicates,
                    unknown=unknown,
                    signed=signed,
                    respondents=respondents if answered is None else answered.labels(key),
                    name=described,
                )
            except WholenetError as error:
                msg = f"in the network {described}: {error}"
                raise type(error)(msg) from None
        return cls(networks, by=names)

    @property
    def by(self) -> tuple[str, ...]:
        """What the values in a key are called."""
        return self._by

    @property
    def gaps(self) -> tuple[Any, ...]:
        """Combinations of the values in use that have no network, as keys."""
        combinations = product(*map(self._values, self._by))
        return tuple(self._bare(key) for key in combinations if key not in self._networks)

    def _bare(self, key: Key) -> Any:
        return key[0] if len(self._by) == 1 else key

    def __getitem__(self, key: Any) -> Network:
        entry = self._key(key)
        try:
            return self._networks[entry]
        except KeyError:
            pass
        except TypeError:
            msg = f"{key!r} can't be the key of a network; pick several with study.select(...)"
            raise KeyNotFoundError(msg) from None
        msg = f"the study has no network {key!r}; it has {_keys.shown(map(self._bare, self._networks))}"
        raise KeyNotFoundError(msg)

    def __iter__(self) -> Iterator[Any]:
        return iter([self._bare(key) for key in self._networks])

    def __len__(self) -> int:
        return len(self._networks)

    def select(self, **values: Any) -> Self:
        """Pick the networks whose keys have given values.

        Parameters
        ----------
        **values
            For each name in `by`: a value, or several in a list (or another sequence).

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
        wanted = {
            self._by.index(name): [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
            for name, value in values.items()
        }
        chosen = {
            key: network
            for key, network in self._networks.items()
            if all(key[place] in listed for place, listed in wanted.items())
        }
        if not chosen:
            asked = ", ".join(f"{name}={value!r}" for name, value in values.items())
            there = "; ".join(f"{name}: {_keys.shown(self._values(name))}" for name in values)
            msg = f"no network of the study has {asked}. There are {there}"
            raise KeyNotFoundError(msg)
        return type(self)(chosen, by=self._by)

    def _values(self, name: str) -> list[Any]:
        """List the values that one name of `by` takes, in order."""
        place = self._by.index(name)
        return sorted({key[place] for key in self._networks}, key=_keys.sortable)

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
        if executor is not None:
            return dict(zip(self, executor.map(function, self.values()), strict=True))
        results = {}
        for key, network in self.items():
            try:
                results[key] = function(network)
            except Exception as error:
                error.add_note(f"in the network {key!r} of the study")
                raise
        return results

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
        rows = self._rows()
        return _frames.make({name: [row[place] for row in rows] for place, name in enumerate(names)}, kind)

    def _rows(self) -> list[tuple[Any, ...]]:
        rows = []
        for key, net in self._networks.items():
            missing = net.missing
            rows.append((*key, net.n_actors, net.n_ties, net.directed, len(missing.non_respondents), missing.share))
        return rows

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._values(name))} × {name}" for name in self._by)
        absent = len(self.gaps)
        gaps = f"; {absent} combination{'s' if absent > 1 else ''} absent" if absent else ""
        return f"<Study: {len(self)} networks ({counts}){gaps}>"

    def __eq__(self, other: object) -> bool:
        """Tell whether names, keys and networks are the same."""
        if not isinstance(other, Study):
            return NotImplemented
        return self._by == other._by and self._networks == other._networks

    def __hash__(self) -> int:
        return hash((self._by, tuple(self._networks.items())))

    def _repr_html_(self) -> str:
        header = (*self._by, "actors", "ties", "directed", "did not answer", "dyads not observed")
        rows = [(*row[:-3], "yes" if row[-3] else "no", row[-2], f"{row[-1]:.0%}") for row in self._rows()]
        gaps = escape(", ".join(map(repr, self.gaps)))
        return table_html(header, rows, caption=repr(self)[1:-1]) + (f"<p>Absent: {gaps}</p>" if gaps else "")


def _checked(networks: Any) -> Mapping[Any, Network]:
    """Refuse what is no mapping of networks."""
    if not isinstance(networks, Mapping):
        msg = f"networks must be a mapping from keys to networks, but is a {type(networks).__name__}"
        raise ArgumentError(msg)
    for key, network in networks.items():
        if not isinstance(network, Network):
            msg = f"a study holds networks, but under {key!r} there is a {type(network).__name__}"
            raise ArgumentError(msg)
    return networks


def _argument(name: str, source: str, target: str) -> str:
    return "source" if name == source else "target" if name == target else "weight"
