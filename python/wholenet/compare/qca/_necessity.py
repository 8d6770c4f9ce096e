"""How far conditions are necessary for an outcome, and terms sufficient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet.compare.qca._fit import consistency, coverage, pri, relevance, unique_coverages
from wholenet.compare.qca._sets import listed_names, read_outcome, read_sets
from wholenet.compare.qca._terms import Term, member, parsed, sum_member, written
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame

__all__ = ["apart", "necessity", "sufficiency"]


def necessity(
    data: IntoDataFrame,
    *,
    outcome: str,
    conditions: str | Sequence[str],
    unions: str | Sequence[str] = (),
    cases: str | None = None,
) -> IntoDataFrame:
    """How far conditions are necessary: whether the outcome is found only where they are.

    Parameters
    ----------
    data : table
        One row per case, with memberships between 0 and 1.
    outcome : str
        The column of the outcome; with a ``~`` in front its absence.
    conditions : str or list of str
        The columns of the conditions. Each is looked at as it is, and negated.
    unions : str or list of str
        Sums such as ``"culture + ~direction"``: any of the conditions will do. Take those that mean something together.
    cases : str, optional
        The column that names the cases. Default: they are named by their rows, from 0.

    Returns
    -------
    table
        A row for each condition, its negation, and each union: ``condition``, ``consistency``, ``coverage``, ``ron``.
        Of the caller's kind.

    Raises
    ------
    ArgumentError
        A membership is not between 0 and 1, or missing; the outcome is the same in all cases; a union can't be read.
    ColumnError
        There is no such column.

    Notes
    -----
    With memberships x in the condition and y in the outcome: consistency = Σ min(x, y) ÷ Σ y, coverage = Σ min(x, y) ÷
    Σ x, and relevance of necessity (RoN) = Σ (1 - x) ÷ Σ (1 - min(x, y)), all from 0 to 1. A union has the highest of
    its members' memberships. NaN where a sum below the line is 0. A condition is called necessary from a consistency of
    .9 on; where RoN is low it is there in nearly every case, and its necessity trivial.

    Many unions are necessary by arithmetic alone: the more conditions, the higher the consistency.

    O(n·k) time.

    Peers: R's QCA (``pof``, ``superSubset``) and fsQCA have the same consistency and coverage, R's QCA and SetMethods
    the same RoN.

    References
    ----------
    Schneider, C. Q. & Wagemann, C. (2012). Set-theoretic methods for the social sciences, ch. 3, 5 and 9. Cambridge
    University Press. https://doi.org/10.1017/CBO9781139004244

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 1, 0]})
    >>> qca.necessity(data, outcome="y", conditions=["a", "b"], unions="a + b").round(2)
      condition  consistency  coverage   ron
    0         a         0.67       1.0  1.00
    1        ~a         0.33       0.5  0.67
    2         b         0.67       1.0  1.00
    3        ~b         0.33       0.5  0.67
    4     a + b         1.00       1.0  1.00
    """
    names = listed_names(conditions, "conditions")
    sums: list[list[Term]] = [[((name, present),)] for name in names for present in (True, False)]
    sums += [parsed(text, "unions") for text in ([unions] if isinstance(unions, str) else unions)]
    known = list(dict.fromkeys([*names, *(name for terms in sums for term in terms for name, _ in term)]))
    apart(outcome, known)
    _, y = read_outcome(data, outcome, cases)
    sets = read_sets(data, known, "conditions", cases)
    found = [sum_member(terms, sets) for terms in sums]
    columns = {
        "condition": [" + ".join(map(written, terms)) for terms in sums],
        "consistency": [coverage(x, y) for x in found],
        "coverage": [consistency(x, y) for x in found],
        "ron": [relevance(x, y) for x in found],
    }
    return _frames.make(columns, sets.kind)


def sufficiency(
    data: IntoDataFrame, *, outcome: str, terms: str | Sequence[str], cases: str | None = None
) -> IntoDataFrame:
    """How far terms are sufficient: whether the outcome is found wherever they are.

    Parameters
    ----------
    data : table
        One row per case, with memberships between 0 and 1.
    outcome : str
        The column of the outcome; with a ``~`` in front its absence.
    terms : str or list of str
        Terms of conditions, such as ``"culture*~ses"``; a sum of terms counts as several.
    cases : str, optional
        The column that names the cases. Default: they are named by their rows, from 0.

    Returns
    -------
    table
        A row for each term and one for their sum: ``term``, ``consistency``, ``pri``, ``raw_coverage``,
        ``unique_coverage`` (of the sum: NaN). Of the caller's kind.

    Raises
    ------
    ArgumentError
        A membership is not between 0 and 1, or missing; the outcome is the same in all cases; a term can't be read.
    ColumnError
        There is no such column.

    Notes
    -----
    With memberships x in the term (the lowest of those in its conditions) and y in the outcome: consistency (inclusion)
    = Σ min(x, y) ÷ Σ x; PRI = Σ [min(x, y) - min(x, y, 1 - y)] ÷ Σ [x - min(x, y, 1 - y)], which leaves out what speaks
    for the outcome and for its absence at once; raw coverage = Σ min(x, y) ÷ Σ y; unique coverage = the coverage of all
    terms together - that of the others. All from 0 to 1; NaN where a sum below the line is 0.

    O(n·t²) time, for t terms.

    Peers: R's QCA (``pof``) and fsQCA have the same numbers; R's QCA gives no unique coverage where there is one term,
    here it is the raw one.

    References
    ----------
    Ragin, C. C. (2006). Set relations in social research: evaluating their consistency and coverage. Political Analysis
    14, 291-310. https://doi.org/10.1093/pan/mpj019

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 0], "y": [1, 1, 1, 0]})
    >>> qca.sufficiency(data, outcome="y", terms="a + b").round(2)
        term  consistency  pri  raw_coverage  unique_coverage
    0      a          1.0  1.0          0.67             0.33
    1      b          1.0  1.0          0.67             0.33
    2  a + b          1.0  1.0          1.00              NaN
    """
    listed = [term for text in ([terms] if isinstance(terms, str) else list(terms)) for term in parsed(text, "terms")]
    if not listed:
        msg = "terms must name at least one term"
        raise ArgumentError(msg)
    known = list(dict.fromkeys(name for term in listed for name, _ in term))
    apart(outcome, known)
    _, y = read_outcome(data, outcome, cases)
    sets = read_sets(data, known, "terms", cases)
    found = [member(term, sets) for term in listed]
    whole = sum_member(listed, sets)
    columns = {
        "term": [*map(written, listed), " + ".join(map(written, listed))],
        "consistency": [consistency(x, y) for x in (*found, whole)],
        "pri": [pri(x, y) for x in (*found, whole)],
        "raw_coverage": [coverage(x, y) for x in (*found, whole)],
        "unique_coverage": [*unique_coverages(found, y), float("nan")],
    }
    return _frames.make(columns, sets.kind)


def apart(outcome: object, names: Sequence[str]) -> None:
    """Refuse an outcome that is among its own conditions."""
    if isinstance(outcome, str) and outcome.strip().removeprefix("~").strip() in names:
        msg = f"{outcome!r} can't be the outcome and a condition of it at once"
        raise ArgumentError(msg)
