"""What a chapter of a report is made of: a finding, and numbers with all that a reader must know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet.errors import WholenetError
from wholenet.report._cells import folded, interval, number, said, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.report._ground import Ground

__all__ = ["Chapter", "Line", "Section", "lines", "recipes", "written"]

NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number, and what a reader must know of it."""

    network: str
    measure: str
    value: float
    lower: float = NAN  # of the interval
    upper: float = NAN
    least: float = NAN  # whatever the silent had answered
    most: float = NAN
    exact: bool = True  # whether least and most are proven
    p: float = NAN
    observed: int | None = None  # how many dyads, actors or ties it rests on
    how: str = ""  # the procedure in UCINET, or the method
    share: bool = False  # written as a percentage


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a chapter: markup, a sentence that sums it up, and the tables behind it."""

    title: str
    content: str
    finding: str = ""
    tables: Mapping[str, IntoDataFrame] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: what it asks, what was found, and its parts."""

    name: str
    title: str
    question: str
    finding: str
    content: str
    tables: Mapping[str, IntoDataFrame]

    @property
    def html(self) -> str:
        """The chapter as it stands in the page."""
        return (
            f"<section class='chapter' id='{escape(self.name)}'><h2>{escape(self.title)}</h2>"
            f"<p class='question'>{escape(self.question)}</p><p class='finding'>{escape(self.finding)}</p>"
            f"{self.content}</section>"
        )


def written(
    name: str, title: str, question: str, sections: Sequence[tuple[str, Callable[[Ground], Section]]], ground: Ground
) -> Chapter:
    """Write a chapter; a section that is not possible says why, and the others stand."""
    parts: list[str] = []
    findings: list[str] = []
    failed: list[str] = []
    tables: dict[str, IntoDataFrame] = {}
    for heading, write in sections:
        try:
            section = write(ground)
        except WholenetError as error:
            failed.append(heading)
            reason = f"<p class='impossible'>Not possible: {escape(str(error))}.</p>"
            parts.append(f"<h3>{escape(heading)}</h3>{reason}")
            continue
        parts.append(f"<h3>{escape(section.title)}</h3>{section.content}")
        findings += [section.finding] if section.finding else []
        tables |= {f"{name}_{one}": frame for one, frame in section.tables.items()}
    missing = f"Not possible with these data: {said([part.lower() for part in failed])}; the reasons stand there."
    finding = " ".join([*findings, *([missing] if failed else [])])
    return Chapter(name=name, title=title, question=question, finding=finding, content="".join(parts), tables=tables)


# Numbers --------------------------------------------------------------------------------------------------


def lines(found: Sequence[Line], ground: Ground, *, caption: str = "") -> str:
    """Lay numbers out, each with its interval, the range that the silent leave, and how it was made."""
    optional = {
        f"{ground.settings.confidence:.0%} interval": [
            interval(one.lower, one.upper, share=one.share) for one in found
        ],
        "Had all answered": [_range(one) for one in found],
        "p": [p_value(one.p) for one in found],
        "Observed": ["–" if one.observed is None else f"{one.observed:,}" for one in found],
    }
    shown = {name: cells for name, cells in optional.items() if set(cells) != {"–"}}
    rows = [
        [escape(one.network), escape(one.measure), escape(one.how), number(one.value, share=one.share)]
        + [escape(cells[place]) for cells in shown.values()]
        for place, one in enumerate(found)
    ]
    header = ["Network", "Measure", "UCINET, or how", "Value", *shown]
    return table(header, rows, texts=3, caption=caption)


def _range(line: Line) -> str:
    found = interval(line.least, line.most, share=line.share)
    return found if line.exact or found == "–" else f"{found} or more"


def p_value(p: Any) -> str:
    """A p-value as papers print it."""
    if p is None or p != p:  # noqa: PLR0124 (only NaN differs from itself)
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"  # noqa: PLR2004 (three figures)


def frame_of(found: Sequence[Line], kind: str) -> IntoDataFrame:
    """The numbers as a table, to be written beside the report."""
    return _frames.make(
        {
            "network": [one.network for one in found],
            "measure": [one.measure for one in found],
            "value": [float(one.value) for one in found],
            "lower": [float(one.lower) for one in found],
            "upper": [float(one.upper) for one in found],
            "least": [float(one.least) for one in found],
            "most": [float(one.most) for one in found],
            "p": [float(one.p) for one in found],
            "how": [one.how for one in found],
        },
        kind,
    )


def recipes(found: Mapping[str, Sequence[str]]) -> str:
    """The coding steps behind the numbers of a section, folded; networks made alike stand together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, steps in found.items():
        alike.setdefault(tuple(steps), []).append(name)
    parts = [
        f"<p>{escape('; '.join(names))}</p><ol>{''.join(f'<li>{escape(step)}</li>' for step in steps)}</ol>"
        for steps, names in alike.items()
    ]
    return folded("How these networks were coded", "".join(parts)) if parts else ""
