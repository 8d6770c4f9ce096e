"""Measures as tidy tables."""

from __future__ import annotations

from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from wholenet import _frames, centrality, cohesion
from wholenet.errors import ArgumentError, KeyNotFoundError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from narwhals.typing import IntoDataFrame

__all__ = ["table"]

FAMILIES = (centrality, cohesion)


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
        Measures of actors and of the network are mixed, or a function returns neither.

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
    functions = _functions(measures)
    if isinstance(data, Network):
        return _rows(data, functions).to_native()
    if not isinstance(data, Study):
        msg = f"table takes a Network or a Study, but got a {type(data).__name__}"
        raise ArgumentError(msg)
    if not len(data):
        msg = "the study has no networks"
        raise ArgumentError(msg)
    parts = []
    for key, net in data.items():
        rows = _rows(net, functions)
        values = key if len(data.by) > 1 else (key,)
        labels = [nw.lit(value).alias(name) for name, value in zip(data.by, values, strict=True)]
        parts.append(rows.select(*labels, *(nw.col(name) for name in rows.columns if name not in data.by)))
    combined: IntoDataFrame = nw.concat(parts, how="diagonal").to_native()
    return combined


def _functions(measures: Any) -> dict[str, Callable[[Network], Any]]:  # noqa: ANN401
    if isinstance(measures, str) or callable(measures):
        measures = [measures]
    pairs = measures.items() if hasattr(measures, "items") else [(_name(one), one) for one in measures]
    functions = {name: measure(one) if isinstance(one, str) else one for name, one in pairs}
    if not functions:
        msg = "name at least one measure"
        raise ArgumentError(msg)
    return functions


def _name(one: Any) -> str:  # noqa: ANN401
    if isinstance(one, str):
        return one
    return _name(one.func) if isinstance(one, partial) else str(getattr(one, "__name__", one))


def measure(name: str) -> Callable[[Network], Any]:
    """Find a measure by name."""
    names = {one: family for family in FAMILIES for one in family.__all__}
    if name not in names:
        msg = f"there is no measure {name!r}{_frames.near(name, names)}"
        raise KeyNotFoundError(msg)
    function: Callable[[Network], Any] = getattr(names[name], name)
    return function


def _rows(net: Network, functions: Mapping[str, Callable[[Network], Any]]) -> nw.DataFrame[Any]:
    results = {name: function(net) for name, function in functions.items()}
    levels = {name: _level(name, result, net) for name, result in results.items()}
    if len(set(levels.values())) > 1:
        listed = "; ".join(f"{name}: {level}" for name, level in levels.items())
        msg = f"a table holds measures of actors or of the network, not both ({listed}); make two tables"
        raise ArgumentError(msg)
    kind = net._kind  # noqa: SLF001 (a table follows the network's kind)
    if "network" in levels.values():
        return _frames.wrap(_frames.make({name: [value] for name, value in results.items()}, kind), "data")
    frame = _frames.wrap(net.actors, "actors")
    taken = [name for name in results if name in frame.columns]
    if taken:
        msg = f"the actors table has columns {taken} already; give the measures other names, with a mapping"
        raise ArgumentError(msg)
    columns = [nw.new_series(name, np.asarray(values), backend=kind) for name, values in results.items()]  # type: ignore[arg-type]
    return frame.with_columns(*columns)


def _level(name: str, result: Any, net: Network) -> str:  # noqa: ANN401
    if isinstance(result, np.ndarray) and result.shape == (net.n_actors,):
        return "actors"
    if isinstance(result, Real):
        return "network"
    msg = f"{name!r} gives a {type(result).__name__}, not one number per actor or one for the network; call it by itself"
    raise ArgumentError(msg)
