"""Tables for LaTeX, with the rules of the package booktabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wholenet.io._sheet import Sheet

__all__ = ["latex"]

# A longer table is broken over pages.
PAGE = 40
SPECIAL = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    # After \\ these would be read as an option of it.
    "[": "{[}",
    "*": "{*}",
    "−": r"$-$",
    "∞": r"$\infty$",
}
SPECIALS = re.compile("|".join(map(re.escape, SPECIAL)))


def escaped(text: str) -> str:
    """Escape what LaTeX would read as a command; two hyphens stay two hyphens."""
    line = " ".join(SPECIALS.sub(lambda found: SPECIAL[found[0]], text).split())
    return re.sub(r"-(?=-)", "-{}", line)


def latex(sheet: Sheet) -> bytes:
    """Lay out a table; a long one as a longtable, which repeats its header."""
    align = "".join("r" if column.numeric else "l" for column in sheet.columns)
    header = _row([column.header for column in sheet.columns])
    body = [_row(row) for row in zip(*(column.texts() for column in sheet.columns), strict=True)]
    caption = rf"\caption{{{escaped(sheet.title)}}}"
    notes = [rf"{{\footnotesize {escaped(note)}\par}}" for note in sheet.notes]
    lines = _long if sheet.rows > PAGE else _short
    return "\n".join([*lines(align, header, body, caption if sheet.title else "", notes), ""]).encode()


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return " & ".join(map(escaped, cells)) + r" \\"


def _short(align: str, header: str, body: list[str], caption: str, notes: list[str]) -> list[str]:
    return [
        r"% needs \usepackage{booktabs}",
        r"\begin{table}[htbp]",
        r"\centering",
        *([caption] if caption else []),
        rf"\begin{{tabular}}{{{align}}}",
        r"\toprule",
        header,
        r"\midrule",
        *body,
        r"\bottomrule",
        r"\end{tabular}",
        *([r"\par\smallskip"] if notes else []),
        *notes,
        r"\end{table}",
    ]


def _long(align: str, header: str, body: list[str], caption: str, notes: list[str]) -> list[str]:
    return [
        r"% needs \usepackage{booktabs,longtable}",
        rf"\begin{{longtable}}{{{align}}}",
        *([caption + r" \\"] if caption else []),
        r"\toprule",
        header,
        r"\midrule",
        r"\endfirsthead",
        r"\toprule",
        header,
        r"\midrule",
        r"\endhead",
        r"\bottomrule",
        r"\endfoot",
        *body,
        r"\end{longtable}",
        *notes,
    ]
