"""Measures as tidy tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from inspect import Parameter, isfunction, signature
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _export, _frames, brokerage, centrality, cohesion, mixing
from wholenet._narwhals import nw
from wholenet._results import table_of
from wholenet._shared import shared
from wholenet.errors import ArgumentError, KeyNotFoundError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from narwhals.typing import IntoDataFrame

__all__ = ["functions_of", "level", "table"]

FAMILIES = (centrality, brokerage, cohesion, mixing)


def table(
    data: Network | Study,
    measures: Iterable[str | Callable[[Network], Any]] | Mapping[str, str | Callable[[Network], Any]],
) -> IntoDataFrame:
    """Compute measures into one tidy table.

    Parameters
    ----------
    data : Network or Study
        What to measure.
    measures : sequence of names or functions, or mapping
        Names of measures with their default definition (``"betweenness"``), functions that take a network
        (also your own, or `functools.partial` for other arguments); a mapping gives the columns names.
        Either all for actors, or all for the whole network.

    Returns
    -------
    table
        Measures of actors: one row per actor, with the actors table's columns and then the measures.
        Measures of the network: one row. For a study the columns of ``study.by`` come first, and the rows of all
        networks stand below each other. In the kind of table that the data came in.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        Measures of actors and of the network are mixed, a function returns neither, or a measure that is named needs an
        argument.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
    >>> wn.table(net, ["degree", "betweenness"])
      actor  degree  betweenness
    0     a     1.0          0.0
    1     b     2.0          1.0
    2     c     1.0          0.0
    >>> wn.table(net, {"density": "density", "ties": lambda net: net.n_ties})
        density  ties
    0  0.666667     2
    """
    native: IntoDataFrame = _measured(data, functions_of(measures)).to_native()
    return native


def _measured(data: Any, functions: Mapping[str, Callable[[Network], Any]]) -> nw.DataFrame[Any]:
    if isinstance(data, Network):
        return _rows(data, functions)
    if not isinstance(data, Study):
        msg = f"table takes a Network or a Study, but got a {type(data).__name__}"
        raise ArgumentError(msg)
    if not len(data):
        msg = "the study has no networks"
        raise ArgumentError(msg)
    taken = [name for name in functions if name in data.by]
    if taken:
        msg = f"the study's networks are told apart by {taken} already; give the measures other names, with a mapping"
        raise ArgumentError(msg)
    parts = []
    for key, net in data.items():
        try:
            rows = _rows(net, functions)
        except Exception as error:
            error.add_note(f"in the network {key!r} of the study")
            raise
        parts.append(_keyed(rows, dict(zip(data.by, key if len(data.by) > 1 else (key,), strict=True))))
    return _stacked(parts)


def _keyed(rows: nw.DataFrame[Any], key: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """Put the network's key before its rows."""
    for name, value in key.items():
        if name in rows.columns and any(one != value for one in rows[name].to_list()):
            msg = f"the actors table has a column {name!r} too, with other values than the study's; rename it first"
            raise ArgumentError(msg)
    kind: Any = _frames.kind_of(rows)
    columns = [
        nw.new_series(name, [value] * len(rows), backend=kind) if len(rows) else nw.lit(value).alias(name)
        for name, value in key.items()
    ]
    others = [name for name in rows.columns if name not in key]
    return rows.with_columns(*columns).select(*key, *others)


def _stacked(parts: list[nw.DataFrame[Any]]) -> nw.DataFrame[Any]:
    """Put tables below each other; where one column is of several kinds of numbers, they become one."""
    kind = _frames.kind_of(parts[0])
    parts = [part if _frames.kind_of(part) == kind else _export.in_kind(_arrow(part), kind) for part in parts]
    types: dict[str, set[Any]] = {}
    for part in parts:
        for name, dtype in part.schema.items():
            types.setdefault(name, set()).add(dtype)
    wanted = {name: _common(name, dtypes) for name, dtypes in types.items()}
    parts = [
        part.with_columns(
            *(nw.col(name).cast(wanted[name]) for name, own in part.schema.items() if wanted[name] not in {None, own})
        )
        for part in parts
    ]
    try:
        return nw.maybe_reset_index(nw.concat(parts, how="diagonal"))
    except Exception as error:
        mixed = [name for name, dtypes in types.items() if len(dtypes) > 1]
        msg = f"the tables of the networks do not fit: columns {mixed} hold values of different kinds"
        raise ArgumentError(msg) from error


def _common(name: str, dtypes: set[Any]) -> Any:
    """Choose the kind of a column that is of several kinds in different tables; None leaves it as it is."""
    known = {dtype for dtype in dtypes if dtype != nw.Unknown}
    numeric = {dtype for dtype in known if dtype.is_numeric()}
    if numeric and numeric != known:
        msg = (
            f"the networks' tables do not fit below each other: column {name!r} holds numbers in one and not in another"
        )
        raise ArgumentError(msg)
    if len(numeric) > 1:
        return nw.Int64() if all(dtype.is_integer() for dtype in numeric) else nw.Float64()
    if len(known) > 1 and all(isinstance(dtype, nw.String | nw.Categorical | nw.Enum) for dtype in known):
        return nw.String()
    return next(iter(known)) if len(known) == 1 else None


def _arrow(rows: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    return nw.from_native(rows.to_arrow(), eager_only=True)


def functions_of(measures: Any) -> dict[str, Callable[[Network], Any]]:
    """Look measures up by name, and name those that are given as functions."""
    if isinstance(measures, str) or callable(measures):
        measures = [measures]
    pairs = list(measures.items()) if isinstance(measures, Mapping) else [(_name(one), one) for one in measures]
    names = [name for name, _ in pairs]
    if not names:
        msg = "name at least one measure"
        raise ArgumentError(msg)
    repeated = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if repeated is not None:
        msg = (
            f"two measures are called {repeated!r}; name the columns with a mapping, for instance {{'in': …, 'out': …}}"
        )
        raise ArgumentError(msg)
    return {name: measure(one) if isinstance(one, str) else _callable(one) for name, one in pairs}


def _callable(one: Any) -> Callable[[Network], Any]:
    if callable(one):
        return one  # type: ignore[no-any-return]
    msg = f"a measure is a name or a function of a network, but one is {one!r}"
    raise ArgumentError(msg)


def _name(one: Any) -> str:
    if isinstance(one, str):
        return one
    return _name(one.func) if isinstance(one, partial) else str(getattr(one, "__name__", one))


def measure(name: str) -> Callable[[Network], Any]:
    """Find a measure by name."""
    names = {one: family for family in FAMILIES for one in family.__all__ if isfunction(getattr(family, one))}
    if name not in names:
        msg = f"there is no measure {name!r}{_frames.near(name, names)}"
        raise KeyNotFoundError(msg)
    function: Callable[[Network], Any] = getattr(names[name], name)
    needed = [one.name for one in list(signature(function).parameters.values())[1:] if one.default is Parameter.empty]
    if needed:
        family = names[name].__name__.split(".")[-1]
        given = ", ".join(f"{one}=..." for one in needed)
        msg = f"{name} needs {given}; pass functools.partial(wn.{family}.{name}, {given}) in place of its name"
        raise ArgumentError(msg)
    return function


def _rows(net: Network, functions: Mapping[str, Callable[[Network], Any]]) -> nw.DataFrame[Any]:
    with shared():
        results = {name: function(net) for name, function in functions.items()}
    levels = {name: level(name, result, net) for name, result in results.items()}
    if len(set(levels.values())) > 1:
        listed = "; ".join(f"{name}: {level}" for name, level in levels.items())
        msg = f"a table holds measures of actors or of the network, not both ({listed}); make two tables"
        raise ArgumentError(msg)
    if "network" in levels.values():
        row = {name: [value] for name, value in results.items()}
        return _frames.wrap(table_of(net, row), "data")
    frame = _frames.wrap(net.actors, "actors")
    taken = [name for name in results if name in frame.columns]
    if taken:
        msg = f"the actors table has columns {taken} already; give the measures other names, with a mapping"
        raise ArgumentError(msg)
    # The actors table may be of another kind than that of the ties.
    kind: Any = _frames.kind_of(frame)
    columns = [nw.new_series(name, values, backend=kind) for name, values in results.items()]
    return frame.with_columns(*columns)


def level(name: str, result: Any, net: Network) -> str:
    """Tell whether a result is one number per actor or one for the network; anything else is refused."""
    if isinstance(result, np.ndarray) and result.shape == (net.n_actors,):
        return "actors"
    if isinstance(result, Real | np.bool_):
        return "network"
    shape = f" of shape {result.shape}" if isinstance(result, np.ndarray) else ""
    msg = (
        f"{name!r} gives a {type(result).__name__}{shape}, not one number per actor or one for the network; "
        "call it by itself"
    )
    raise ArgumentError(msg)
