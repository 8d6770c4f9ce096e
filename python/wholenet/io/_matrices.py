"""What UCINET's files hold: one or several matrices with the same rows and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet.errors import ArgumentError, KeyNotFoundError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Matrices", "matrices_of"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Matrices:
    """
    One or several matrices with the same rows and columns, as UCINET keeps them in a file.

    Parameters
    ----------
    cells : array of shape (m, r, c)
        The matrices, one after the other; NaN where a cell is missing.
    rows, columns : tuple of str
        The labels of rows and columns; numbers from 1 where the file has none.
    relations : tuple of str
        The names of the matrices; numbers from 1 where the file has none.
    title : str
        What the file says of itself.

    Examples
    --------
    >>> import numpy as np
    >>> from wholenet import io
    >>> io.Matrices(np.zeros((1, 2, 2)), rows=("a", "b"), columns=("a", "b"), relations=("advice",), title="")
    <Matrices: 1 of 2 by 2 (advice)>
    """

    cells: NDArray[np.float64]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    relations: tuple[str, ...]
    title: str

    def network(
        self,
        relation: str | None = None,
        *,
        directed: bool = True,
        loops: Literal["error", "drop", "keep"] = "error",
        signed: bool = False,
    ) -> Network:
        """Make a network of one matrix.

        Parameters
        ----------
        relation : str, optional
            Which; may be left out where there is one.
        directed : bool
            Whether cells (i, j) and (j, i) are two ties. An undirected network takes a symmetric matrix only.
        loops : {"error", "drop", "keep"}
            What to do with a diagonal that is not 0.
        signed : bool
            Whether negative values are accepted.

        Returns
        -------
        Network
            The network; of two modes where rows and columns have different labels. Missing cells are unobserved.

        Raises
        ------
        KeyNotFoundError
            There is no such matrix.
        ArgumentError
            No matrix is named, and there are several; or the matrix does not fit the arguments.

        Examples
        --------
        >>> import numpy as np
        >>> from wholenet import io
        >>> cells = np.array([[[0, 1], [0, 0]]])
        >>> io.Matrices(cells, rows=("a", "b"), columns=("a", "b"), relations=("advice",), title="").network()
        <Network: 2 actors, 1 directed ties>
        """
        if relation is None and len(self.relations) != 1:
            msg = f"there are {len(self.relations)} matrices ({', '.join(self.relations)}); name one, or use study()"
            raise ArgumentError(msg)
        if relation is not None and relation not in self.relations:
            msg = f"there is no matrix {relation!r}{_frames.near(relation, self.relations)}"
            raise KeyNotFoundError(msg)
        cells = self.cells[0 if relation is None else self.relations.index(relation)]
        if self.rows != self.columns:
            return Network.from_matrix(cells, labels=(self.rows, self.columns), signed=signed, two_mode=True)
        return Network.from_matrix(cells, labels=self.rows, directed=directed, loops=loops, signed=signed)

    def study(
        self, *, directed: bool = True, loops: Literal["error", "drop", "keep"] = "error", signed: bool = False
    ) -> Study:
        """Make a study of all matrices, by relation.

        Parameters
        ----------
        directed : bool
            Whether cells (i, j) and (j, i) are two ties.
        loops : {"error", "drop", "keep"}
            What to do with diagonals that are not 0.
        signed : bool
            Whether negative values are accepted.

        Returns
        -------
        Study
            A network for each matrix, under its name.

        Raises
        ------
        ArgumentError
            Two matrices have the same name, or one does not fit the arguments.

        Examples
        --------
        >>> import numpy as np
        >>> from wholenet import io
        >>> two = io.Matrices(np.zeros((2, 2, 2)), rows=("a", "b"), columns=("a", "b"), relations=("x", "y"), title="")
        >>> list(two.study())
        ['x', 'y']
        """
        if len(set(self.relations)) < len(self.relations):
            msg = f"two matrices have the same name ({', '.join(self.relations)}); take them one by one from .cells"
            raise ArgumentError(msg)
        networks = {name: self.network(name, directed=directed, loops=loops, signed=signed) for name in self.relations}
        return Study(networks, by="relation")

    def to_frame(self, kind: str | None = None) -> IntoDataFrame:
        """Lay the first matrix out as a table: of an attribute file, one row per actor and one column per attribute.

        Parameters
        ----------
        kind : {"pandas", "polars", "pyarrow"}, optional
            Kind of table to make. Default: pandas if installed, else polars, else pyarrow.

        Returns
        -------
        table
            Column ``actor``, then the columns of the matrix; NaN where missing.

        Raises
        ------
        ArgumentError
            There are several matrices, or a column is called "actor" or repeated.

        Examples
        --------
        >>> import numpy as np
        >>> from wholenet import io
        >>> cells = np.array([[[3.0], [5.0]]])
        >>> io.Matrices(cells, rows=("a", "b"), columns=("size",), relations=("1",), title="").to_frame("pandas")
          actor  size
        0     a   3.0
        1     b   5.0
        """
        if len(self.relations) != 1:
            msg = f"a table holds one matrix, and there are {len(self.relations)} ({', '.join(self.relations)})"
            raise ArgumentError(msg)
        names = ("actor", *self.columns)
        if len(set(names)) < len(names):
            msg = f"columns must have different names, and none may be called 'actor', but they are {self.columns}"
            raise ArgumentError(msg)
        cells = {name: np.ascontiguousarray(self.cells[0, :, place]) for place, name in enumerate(self.columns)}
        return _frames.make({"actor": list(self.rows), **cells}, _frames.check_kind(kind))

    def __repr__(self) -> str:
        count, rows, columns = self.cells.shape
        return f"<Matrices: {count} of {rows} by {columns} ({', '.join(self.relations)})>"


def matrices_of(data: object) -> Matrices:
    """Lay networks out as matrices of the same rows and columns."""
    if isinstance(data, Matrices):
        return data
    if isinstance(data, Network):
        networks: dict[Any, Network] = {"1": data}
    elif isinstance(data, Study):
        networks = dict(data.items())
    else:
        msg = f"only a Network, a Study or Matrices can be written, but this is a {type(data).__name__}"
        raise ArgumentError(msg)
    if not networks:
        msg = "the study has no networks"
        raise ArgumentError(msg)
    labels = [_labels(net) for net in networks.values()]
    if any(one != labels[0] for one in labels):
        msg = (
            "a file holds matrices of the same actors in the same order, and these networks have different ones; "
            "write a file for each, or choose some with study.select(...)"
        )
        raise ArgumentError(msg)
    names = (" ".join(map(str, key)) if isinstance(key, tuple) else str(key) for key in networks)
    values = np.array([net.to_matrix() for net in networks.values()])
    return Matrices(values, rows=labels[0][0], columns=labels[0][1], relations=tuple(names), title="")


def _labels(net: Network) -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = [str(label) for label in net.labels.tolist()]
    if not net.two_mode:
        return tuple(text), tuple(text)
    first = int((net.modes == 0).sum())
    return tuple(text[:first]), tuple(text[first:])
