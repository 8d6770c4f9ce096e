"""Parts that every page of a report is made of: tables, figures, numbers and words."""

from __future__ import annotations

from html import escape
from math import isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.draw import Picture

from wholenet import _frames

__all__ = [
    "counted", "figure", "figures", "folded", "interval", "key_of", "known", "name_of", "number", "percent", "rows_of",
    "said", "span", "table", "values_of", "words_of",
]  # fmt: skip

LARGE = 10


def values_of(key: Any) -> tuple[Any, ...]:
    """The values of a key, also of one that has one only."""
    return key if isinstance(key, tuple) else (key,)


def name_of(values: Iterable[Any], names: Sequence[str]) -> str:
    """Name a network in words: text as it is, numbers with what they count."""
    return ", ".join(
        str(value) if isinstance(value, str) else f"{name} {value}" for name, value in zip(names, values, strict=True)
    )


def rows_of(frame: IntoDataFrame) -> list[dict[str, Any]]:
    """The rows of a table, as dictionaries."""
    return list(_frames.wrap(frame, "table").iter_rows(named=True))


def words_of(name: str) -> str:
    """A name of a column, in words."""
    return name.replace("_", " ")


def key_of(row: Mapping[str, Any], by: Sequence[str]) -> tuple[Any, ...]:
    """The values of some columns of a row."""
    return tuple(row[name] for name in by)


# Words ----------------------------------------------------------------------------------------------------


def counted(count: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def said(words: Sequence[str]) -> str:
    """List words as a sentence does."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def known(value: Any) -> bool:
    """Whether there is a number: not empty, and not NaN."""
    return value is not None and not isnan(value)


def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{value:.0%}" if known(value) else "–"


def number(value: Any, *, share: bool = False) -> str:
    """A number as a reader wants it; a dash where there is none."""
    if not known(value):
        return "–"
    if share:
        return f"{value:.0%}"
    if value in {float("inf"), float("-inf")}:
        return "∞" if value > 0 else "-∞"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= LARGE else f"{value:.2f}"


def interval(low: Any, high: Any, *, share: bool = False) -> str:
    """From one number to another; a dash where there are none."""
    if not (known(low) and known(high)):
        return "–"
    return f"{number(low, share=share)} to {number(high, share=share)}"


def span(values: Iterable[float], *, share: bool = False) -> str:
    """From the lowest to the highest, or the one number that all are."""
    found = [value for value in values if known(value)]
    if not found:
        return "an unknown number"
    low, high = number(min(found), share=share), number(max(found), share=share)
    return low if low == high else f"{low} to {high}"


# Markup ---------------------------------------------------------------------------------------------------


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int, caption: str = "", grouped: bool = False
) -> str:
    """A table of ready cells: the first `texts` columns stand left, the numbers right.

    `grouped`: what the first column says stands once for the rows below that say the same.
    """
    shown = [list(row) for row in rows]
    for above, row in zip(shown[-2::-1], shown[:0:-1], strict=True) if grouped else ():
        row[0] = "" if row[0] == above[0] else row[0]
    side = ["text" if place < texts else "number" for place in range(len(header))]
    head = "".join(f"<th class='{kind}'>{escape(name)}</th>" for kind, name in zip(side, header, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td class='{kind}'>{cell}</td>" for kind, cell in zip(side, row, strict=True)) + "</tr>"
        for row in shown
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<div class='scroll'><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def figure(picture: Picture, caption: str, *, wide: bool = False) -> str:
    """A picture under its caption."""
    kind = " class='wide'" if wide else ""
    return f"<figure{kind}><figcaption>{escape(caption)}</figcaption>{picture.svg}</figure>"


def figures(parts: Iterable[str], *, large: bool = False) -> str:
    """Figures beside each other; on paper large ones stand below each other."""
    return f"<div class='grid{' large' if large else ''}'>{''.join(parts)}</div>"


def folded(title: str, content: str, *, shown: bool = False) -> str:
    """Something that opens when asked for."""
    return f"<details{' open' if shown else ''}><summary>{escape(title)}</summary>{content}</details>"
