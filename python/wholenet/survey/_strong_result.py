"""The result of a sensitivity grid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._grid_chart import Panel, panels
from wholenet._show import recipe_html, table_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["SensitivityGrid"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SensitivityGrid:
    """
    Conclusions on strong ties under many definitions of a strong tie; see `strong_grid`.

    Parameters
    ----------
    by : tuple of str
        What the values in a key are called, such as place and wave.
    rows : tuple of (str, tuple)
        For each of the r rows of `estimate`: the conclusion, and the key of the network.
    frequency : tuple of float or None
        The lowest values of contact that were tried; None: any contact.
    reciprocal : tuple of bool
        Whether both sides had to report it.
    kinds : tuple of int
        How many other relations there had to be.
    estimate : array of shape (r, frequencies, reciprocals, kinds)
        The conclusions; NaN where one is not defined.
    recipe : tuple of str
        The coding steps of the relations.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.datasets.youth_care().select(municipality="Elzerveen")
    >>> wn.survey.strong_grid(study, "share_with_strong_tie", one_report="use")
    <SensitivityGrid: share_with_strong_tie 0.523 to 1 in 2 networks; 24 definitions of a strong tie>
    """

    by: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Any, ...]], ...]
    frequency: tuple[float | None, ...]
    reciprocal: tuple[bool, ...]
    kinds: tuple[int, ...]
    estimate: NDArray[np.float64]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the grid out as a table.

        Returns
        -------
        table
            One row per conclusion, network and definition: ``conclusion``, the columns of `by`, ``frequency`` (empty
            for any contact), ``reciprocal``, ``kinds`` and ``value``. Where conclusions compare waves, the wave is in
            text, such as "1" or "1 to 2".

        Examples
        --------
        >>> import wholenet as wn
        >>> study = wn.datasets.youth_care().select(municipality="Elzerveen")
        >>> grid = wn.survey.strong_grid(study, "stability", frequency=[3], kinds=[2], one_report="use")
        >>> grid.to_frame().round(2)
          conclusion municipality    wave  frequency  reciprocal  kinds  value
        0  stability    Elzerveen  1 to 2        3.0       False      2   0.45
        1  stability    Elzerveen  1 to 2        3.0        True      2   0.41
        """
        cells = list(product(self.frequency, self.reciprocal, self.kinds))
        keys = [key for _, key in self.rows for _ in cells]
        columns: dict[str, Any] = {"conclusion": [name for name, _ in self.rows for _ in cells]}
        columns |= {name: [key[place] for key in keys] for place, name in enumerate(self.by)}
        tried = cells * len(self.rows)
        columns["frequency"] = np.array([np.nan if one is None else one for one, _, _ in tried], dtype=np.float64)
        columns["reciprocal"] = [one for _, one, _ in tried]
        columns["kinds"] = [one for _, _, one in tried]
        columns["value"] = self.estimate.reshape(-1)
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 720) -> Picture:
        """Draw a table of numbers on shades for each conclusion and network.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            Rows are frequencies, above for contact reported by either side, below by both; columns are the numbers of
            kinds. Darker is higher, on one scale for each conclusion.

        Examples
        --------
        >>> import wholenet as wn
        >>> study = wn.datasets.youth_care().select(municipality="Elzerveen")
        >>> wn.survey.strong_grid(study, "mean_degree", one_report="use").plot()
        <Picture: Conclusions under 24 definitions of a strong tie: mean degree>
        """
        levels = ["any" if one is None else f"≥ {one:g}" for one in self.frequency]
        sides = ["both sides" if one else "either side" for one in self.reciprocal]
        bands = {
            name.replace("_", " "): [
                Panel(_key(key), values.transpose(1, 0, 2))
                for (own, key), values in zip(self.rows, self.estimate, strict=True)
                if own == name
            ]
            for name in self._names()
        }
        description = f"Conclusions under {self._definitions()}: {', '.join(bands)}"
        return panels(bands, (sides, levels, list(map(str, self.kinds))), title, description, float(width))

    def _names(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in self.rows))

    def _definitions(self) -> str:
        count = len(self.frequency) * len(self.reciprocal) * len(self.kinds)
        return f"{count:,} definition{'s' * (count != 1)} of a strong tie"

    def _range(self, name: str) -> str:
        """Say from where to where a conclusion goes."""
        places = [place for place, (own, _) in enumerate(self.rows) if own == name]
        number = f" in {len(places)} networks" if len(places) > 1 else ""
        return f"{name} {_span(self.estimate[places])}{number}"

    def __repr__(self) -> str:
        return f"<SensitivityGrid: {'; '.join(map(self._range, self._names()))}; {self._definitions()}>"

    def _repr_html_(self) -> str:
        header = ["", *self.by, "lowest", "under", "highest", "under"]
        rows = [
            (name, *map(str, key), *self._extreme(values, np.argmin), *self._extreme(values, np.argmax))
            for (name, key), values in zip(self.rows, self.estimate, strict=True)
        ]
        return table_html(header, rows, f"Conclusions under {self._definitions()}") + recipe_html(self.recipe)

    def _extreme(self, values: NDArray[np.float64], pick: Any) -> tuple[object, str]:
        """Give the lowest or highest value, and the first definition that it is found under."""
        known = np.flatnonzero(~np.isnan(values.reshape(-1)))
        if not len(known):
            return "–", "not defined under any"
        at = int(known[pick(values.reshape(-1)[known])])
        frequency, reciprocal, kinds = (
            axis[place]
            for axis, place in zip(
                (self.frequency, self.reciprocal, self.kinds), np.unravel_index(at, values.shape), strict=True
            )
        )
        level = "any contact" if frequency is None else f"frequency ≥ {frequency:g}"
        side = "both sides" if reciprocal else "either side"
        return float(values.reshape(-1)[at]), f"{level}, {side}, {kinds} kinds"


def _span(values: NDArray[np.float64]) -> str:
    known = values[~np.isnan(values)]
    lost = values.size - known.size
    undefined = f" (not defined in {lost} cells)" if lost and known.size else ""
    return f"{known.min():.3g} to {known.max():.3g}{undefined}" if known.size else "not defined"


def _key(key: tuple[Any, ...]) -> str:
    return ", ".join(map(str, key))
