"""Values of actors, as tests and models read them: an attribute, or an array in the order of the actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, LabelError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["LARGE", "array_of", "columns_of", "design", "groups_in", "kind_from", "marks_of", "named", "numbers_of"]

# Below this share of its length a column is a mixture of the others.
COLLINEAR = 1e-9
# Fourth powers of numbers up to this size, and down to its inverse, are still numbers.
LARGE = 1e60


def named(values: object, default: str) -> str:
    """Tell what values are called: the attribute's name, that of a series, or a default."""
    name = values if isinstance(values, str) else getattr(values, "name", None)
    return name if isinstance(name, str) and name else default


def kind_from(net: Network | None, *values: object) -> str:
    """The kind of table that results follow: that of the network, else of the first table or column handed in."""
    if net is not None:
        return kind_of(net)
    for one in values:
        parts = one.values() if isinstance(one, Mapping) else [one]
        for part in parts:
            package = type(part).__module__.partition(".")[0]
            if package in {"pandas", "polars", "pyarrow"}:
                return package
    return _frames.default_kind()


def numbers_of(values: object, argument: str, net: Network | None) -> NDArray[np.float64]:
    """Read a number for each actor; one that is missing or not finite is refused by the actor's name."""
    found = _looked_up(values, argument, net)
    if found.ndim != 1:
        msg = f"{argument} must hold one number for each actor, but has the shape {found.shape}"
        raise ArgumentError(msg)
    cells = [np.nan if _ingest.is_empty(cell) else cell for cell in found.tolist()]
    numeric = found.dtype.kind in "biufO" and not any(isinstance(cell, str | bytes) for cell in cells)
    try:
        numbers = np.array(cells if numeric else None, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        numeric = False
    if not numeric:
        msg = (
            f"{argument} must hold numbers, but holds something else. Groups become numbers as columns of 0 and 1, one "
            "for each group but one"
        )
        raise ArgumentError(msg)
    odd = np.flatnonzero(~np.isfinite(numbers))
    if len(odd):
        msg = (
            f"{argument} must hold finite numbers, but {len(odd):,} of {len(numbers):,} actors have none "
            f"({_who(odd, net)}). Fill them in, or leave these actors out{'' if net is None else ': net.subset(...)'}"
        )
        raise ArgumentError(msg)
    largest = np.abs(numbers).max(initial=0.0)
    if largest and not 1 / LARGE <= largest <= LARGE:
        msg = f"{argument} holds numbers up to {largest:.3g}, whose squares can't be computed with. Use another unit"
        raise ArgumentError(msg)
    return numbers


def groups_in(by: object, argument: str, net: Network | None) -> tuple[NDArray[np.intp], list[Any]]:
    """Number the groups from 0 in sorted order; every actor must have one."""
    found = _looked_up(by, argument, net)
    if found.ndim != 1:
        msg = f"{argument} must hold one group for each actor, but has the shape {found.shape}"
        raise ArgumentError(msg)
    empty = np.flatnonzero([_ingest.is_empty(cell) for cell in found.tolist()])
    if len(empty):
        msg = (
            f"{len(empty):,} of {len(found):,} actors have no group in {argument} ({_who(empty, net)}). Fill it in, or "
            f"leave these actors out{'' if net is None else ': net.subset(...)'}"
        )
        raise LabelError(msg)
    codes, names = _ingest.groups(found, named(by, argument), np.arange(len(found)))
    return codes.astype(np.intp), names


def marks_of(net: Network, mark: object, argument: str = "mark") -> NDArray[np.bool_]:
    """Tell which actors an attribute, or an array, marks: true, 1, or any text; not false, 0, or an empty cell."""
    found = _looked_up(mark, argument, net)
    if found.ndim != 1:
        msg = f"{argument} must hold one value for each actor, but has the shape {found.shape}"
        raise ArgumentError(msg)
    cells = found.tolist()
    odd = [cell for cell in cells if not _ingest.is_empty(cell) and not isinstance(cell, str) and cell not in (0, 1)]
    if odd:
        name = f"{argument}={mark!r}" if isinstance(mark, str) else argument
        msg = (
            f"{name} must be an attribute of true and false, of 1 and 0, or of text that is empty for actors "
            f"who are not marked, but holds {odd[0]!r}"
        )
        raise ArgumentError(msg)
    return np.array([not _ingest.is_empty(cell) and bool(cell) for cell in cells], dtype=bool)


def columns_of(x: object, net: Network | None) -> dict[str, NDArray[np.float64]]:
    """Read predictors: an attribute or several, named arrays, a table, or an array with a column for each."""
    if x is None:
        return {}
    if isinstance(x, str):
        return {x: numbers_of(x, "x", net)}
    if isinstance(x, Mapping):
        return _once({name: numbers_of(values, f"x[{name!r}]", net) for name, values in x.items()})
    if _frames.is_frame(x):
        frame = _frames.wrap(x, "x")
        return _once(
            {name: numbers_of(frame.get_column(name).to_numpy(), f"x[{name!r}]", net) for name in frame.columns}
        )
    if isinstance(x, Sequence) and len(x) and all(isinstance(name, str) for name in x):
        if len(set(x)) < len(x):
            msg = f"x names a predictor twice: {list(x)}"
            raise ArgumentError(msg)
        return {name: numbers_of(name, "x", net) for name in x}
    return _of_array(x, net)


def _once(columns: dict[Any, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Call predictors by text; two must not be called the same."""
    names = [str(name) for name in columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        msg = f"two predictors are called {twice!r}, as text; rename one of them"
        raise ArgumentError(msg)
    return dict(zip(names, columns.values(), strict=True))


def _of_array(x: object, net: Network | None) -> dict[str, NDArray[np.float64]]:
    """Read one predictor, or a column for each."""
    array = array_of(x, "x")
    if array.ndim == 1:
        return {named(x, "x"): numbers_of(x, "x", net)}
    if array.ndim != 2:  # noqa: PLR2004 (rows and columns)
        msg = f"x must be an array of shape (n,) or (n, predictors), but has the shape {array.shape}"
        raise ArgumentError(msg)
    return {f"x{at + 1}": numbers_of(column, f"column {at} of x", net) for at, column in enumerate(array.T)}


def design(
    columns: dict[str, NDArray[np.float64]], n: int, *, intercept: bool, others: int
) -> tuple[list[str], NDArray[np.float64]]:
    """Lay out the predictors in a matrix; `others` is how many parameters there are besides."""
    needed = intercept + len(columns) + others
    if n <= needed:
        msg = f"{needed:,} parameters need more actors than that, but there are {n:,}. Use fewer predictors"
        raise ModelError(msg)
    for name, column in columns.items():
        if len(column) != n:
            msg = f"y holds {n:,} actors, but the predictor {name!r} {len(column):,}"
            raise ArgumentError(msg)
        if intercept and np.ptp(column) == 0:
            msg = f"the predictor {name!r} is the same for all {n:,} actors, as the intercept is. Leave it out"
            raise ModelError(msg)
    terms = [*(["intercept"] if intercept else []), *columns]
    if len(set(terms)) < len(terms):
        msg = "a predictor is called 'intercept', which is the name of the constant; rename it, or pass intercept=False"
        raise ArgumentError(msg)
    matrix = np.column_stack([np.empty((n, 0)), *([np.ones(n)] if intercept else []), *columns.values()])
    _refuse_collinear(terms, matrix)
    return terms, matrix


def _refuse_collinear(terms: list[str], matrix: NDArray[np.float64]) -> None:
    """Refuse a column that the ones before it give."""
    if not terms:
        return
    lengths = np.linalg.norm(matrix, axis=0)
    if not lengths.all():
        msg = f"the predictor {terms[int(np.argmin(lengths))]!r} is 0 for all actors. Leave it out"
        raise ModelError(msg)
    # What is left of each column beside those before it, as a share of its length.
    left = np.abs(np.diag(np.linalg.qr(matrix / lengths, mode="r")))
    at = int(np.argmax(left <= COLLINEAR))
    if left[at] <= COLLINEAR:
        others = ", ".join(repr(term) for term in terms[:at])
        msg = f"the predictor {terms[at]!r} is collinear: it follows from {others}. Leave one of them out"
        raise ModelError(msg)


def _looked_up(values: object, argument: str, net: Network | None) -> NDArray[Any]:
    """Get at the attribute, or the array, and check that it fits the network."""
    if isinstance(values, str):
        if net is None:
            msg = f"{argument}={values!r} names an attribute, and there is no network to look it up in"
            raise ArgumentError(msg)
        return net.attribute(values)
    found = array_of(values, argument)
    if net is not None and found.ndim and len(found) != net.n_actors:
        msg = f"{argument} must hold a value for each of the {net.n_actors:,} actors, but holds {len(found):,}"
        raise ArgumentError(msg)
    return found


def array_of(values: Any, argument: str) -> NDArray[Any]:
    if isinstance(values, np.ma.MaskedArray):
        # A cell that is masked is one that is not known.
        cells = values.data.astype(object)
        cells[np.ma.getmaskarray(values)] = None
        values = cells
    try:
        # Text among numbers would turn all into text.
        mixed = isinstance(values, list | tuple) and any(isinstance(one, str) for one in values)
        found: NDArray[Any] = np.array(values, dtype=object) if mixed else np.asarray(values)
    except ValueError:
        msg = f"{argument} must be an array with a value for each actor, but its parts have different lengths"
        raise ArgumentError(msg) from None
    if found.ndim == 0:
        msg = f"{argument} must be the name of an attribute or an array, but is {values!r}"
        raise ArgumentError(msg)
    return found


def _who(places: NDArray[np.intp], net: Network | None) -> str:
    """Name the first actors: by label, or without a network by their place, from 0."""
    labels = places if net is None else net.labels[places]
    words = "row " if net is None else ""
    return _ingest.first_of((f"{words}{label!r}" for label in labels.tolist()), len(places))
