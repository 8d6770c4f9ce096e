"""Parts that every picture is made of: escaped text, elements, and how wide text runs."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FONT",
    "INK",
    "PAPER",
    "SOFT",
    "Attributes",
    "document",
    "element",
    "number",
    "shorten",
    "text",
    "text_width",
    "title",
]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
INK, SOFT, PAPER = "#1b1f24", "#57606a", "#ffffff"

# Widths of characters in sans-serif fonts, as shares of the font size.
NARROW = frozenset("iljtfrI.,:;!|'()[] ")
WIDE = frozenset("mwMW@%")
SHARE = {"narrow": 0.34, "wide": 0.92, "capital": 0.68, "other": 0.58, "full": 1.0}

# What XML 1.0 can't hold, however it is written.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(value: object) -> str:
    """Give a label as text that XML can hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(value))


def number(value: float, digits: int = 1) -> str:
    """Write a coordinate, short."""
    short = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if short == "-0" else short


Attributes = dict[str, float | str | None]


def element(tag: str, content: str | Iterable[str] = "", /, **attributes: float | str | None) -> str:
    """Write an element; `content` is markup. Underscores in names stand for hyphens, None leaves out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value, 2))}"'
        for name, value in attributes.items()
        if value is not None
    )
    content = content if isinstance(content, str) else "".join(content)
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def title(content: object) -> str:
    """Write what shows when one points at the element around it."""
    return f"<title>{escape(clean(content))}</title>"


def text(content: object, x: float, y: float, /, **attributes: float | str | None) -> str:
    """Write text, in its own direction."""
    shown = escape(clean(content).replace("\n", " "))
    return element("text", shown, x=number(x), y=number(y), unicode_bidi="plaintext", **attributes)


def text_width(content: str, size: float) -> float:
    """Estimate how wide text runs."""
    return size * sum(map(_share, content))


def _share(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return SHARE["full"]
    if character in NARROW:
        return SHARE["narrow"]
    if character in WIDE:
        return SHARE["wide"]
    return SHARE["capital" if character.isupper() else "other"]


def shorten(content: object, size: float, room: float) -> str:
    """Cut text to what fits, with an ellipsis where something is gone."""
    whole = " ".join(clean(content).split())
    if text_width(whole, size) <= room:
        return whole
    room -= text_width("…", size)
    kept = ""
    for character in whole:
        room -= size * _share(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…"


def document(width: float, height: float, content: Iterable[str], label: str) -> str:
    """Write a whole picture on white paper; `label` is what a screen reader says."""
    paper = element("rect", width=width, height=height, fill=PAPER)
    return element(
        "svg",
        [paper, *content],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        style=f"max-width:{number(width)}px;width:100%;height:auto",
        font_family=FONT,
        fill=INK,
        role="img",
        aria_label=clean(label),
    )
