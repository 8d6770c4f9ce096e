"""The XY plot: cases by their memberships in a term and in the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet.compare.qca._fit import consistency, coverage, pri
from wholenet.compare.qca._necessity import apart
from wholenet.compare.qca._sets import read_outcome, read_sets
from wholenet.compare.qca._terms import parsed, sum_member
from wholenet.compare.qca._xy_chart import Dot, xy_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["xy_picture", "xy_plot"]


def xy_plot(
    data: IntoDataFrame,
    *,
    x: str,
    outcome: str,
    cases: str | None = None,
    title: str | None = None,
    width: float = 560,
) -> Picture:
    """Draw the cases by their memberships in a term, or a sum of terms, and in the outcome.

    Parameters
    ----------
    data : table
        One row per case, with memberships between 0 and 1.
    x : str
        A term or a sum of terms, such as ``"culture*direction + ~ses"``.
    outcome : str
        The column of the outcome; with a ``~`` in front its absence.
    cases : str, optional
        The column that names the cases. Default: they are named by their rows, from 0.
    title : str, optional
        What stands above. Default: the terms and the outcome.
    width : float
        How wide the picture is.

    Returns
    -------
    Picture
        A dot for each case, with lines at .5 and the diagonal.

    Raises
    ------
    ArgumentError
        A membership is not between 0 and 1, or missing; the outcome is the same in all cases; `x` can't be read.
    ColumnError
        There is no such column.

    Notes
    -----
    Where a term is perfectly sufficient all cases lie on or above the diagonal, where it is necessary on or below it.
    The lines at .5 make four quarters: cases at the upper right are typical; those at the lower right, marked, are in
    the term but do not have the outcome, and speak against sufficiency; those at the upper left have the outcome for
    another reason; those at the lower left tell nothing about sufficiency. Cases at one place share a dot; a name for
    which there is no room shows when one points at the dot. Consistency, PRI and coverage below are those of
    `sufficiency`.

    Peers: fsQCA, R's QCA (``XYplot``) and SetMethods (``xy.plot``) draw the same.

    References
    ----------
    Schneider, C. Q. & Rohlfing, I. (2013). Combining QCA and process tracing in set-theoretic multi-method research.
    Sociological Methods & Research 42, 559-597. https://doi.org/10.1177/0049124113481341

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 0.8, 0.1, 0], "b": [0, 0.9, 0.8, 1], "y": [1, 0.9, 0.3, 0]})
    >>> qca.xy_plot(data, x="a*~b", outcome="y")
    <Picture: Memberships of 4 cases in a*~b and in y>
    """
    terms = parsed(x, "x")
    names = list(dict.fromkeys(name for term in terms for name, _ in term))
    apart(outcome, names)
    label, y = read_outcome(data, outcome, cases)
    sets = read_sets(data, names, "x", cases)
    return xy_picture(sum_member(terms, sets), y, sets.cases, x.strip(), label, title, width)


def xy_picture(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    cases: Sequence[str],
    text: str,
    outcome: str,
    title: str | None,
    width: float,
) -> Picture:
    """Draw memberships; cases at one place share a dot."""
    places: dict[tuple[float, float], list[str]] = {}
    for at, case in enumerate(cases):
        places.setdefault((float(np.round(x[at], 9)), float(np.round(y[at], 9))), []).append(case)
    dots = [Dot(*place, tuple(names)) for place, names in places.items()]
    fit = f"consistency {consistency(x, y):.3f}, PRI {pri(x, y):.3f}, coverage {coverage(x, y):.3f}"
    heading = f"{text} => {outcome}" if title is None else title
    description = f"Memberships of {len(cases):,} cases in {text} and in {outcome}"
    return xy_chart(dots, text, outcome, heading, fit, width, description)
