"""What a chapter of a report is made of: a finding, and numbers with all that a reader must know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet.errors import WholenetError
from wholenet.report._cells import folded, interval, known, number, said, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.report._ground import Ground

__all__ = ["Chapter", "Line", "Section", "frame_of", "lines", "p_value", "recipes", "written"]

NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number, and what a reader must know of it."""

    network: str
    measure: str
    value: float
    lower: float = NAN  # of the interval
    upper: float = NAN
    expected: float = NAN  # by chance
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
    """A chapter: what it asks, what was found (the answer, and more), and its parts."""

    name: str
    title: str
    question: str
    lead: str
    more: str
    content: str
    tables: Mapping[str, IntoDataFrame]

    @property
    def html(self) -> str:
        """The chapter as it stands in the page."""
        return (
            f"<section class='chapter' id='{escape(self.name)}'><h2>{escape(self.title)}</h2>"
            f"<p class='question'>{escape(self.question)}</p><div class='finding'><p><strong>"
            f"{escape(self.lead)}</strong></p><p>{escape(self.more)}</p></div>{self.content}</section>"
        )


def written(
    name: str,
    title: str,
    question: str,
    sections: Sequence[tuple[str, Callable[[Ground], Section]]],
    answers: Sequence[str],
    ground: Ground,
) -> Chapter:
    """Write a chapter; a section that is not possible says why, and the others stand.

    `answers`: the headings of the sections whose findings answer the chapter's question.
    """
    parts: list[str] = []
    findings: dict[str, str] = {}
    failed: list[str] = []
    tables: dict[str, IntoDataFrame] = {}
    for heading, write in sections:
        section, reasons = _attempted(write, ground)
        if section is None:
            failed.append(heading)
            parts.append(f"<h3>{escape(heading)}</h3>{_told('Not possible', reasons)}")
            continue
        parts.append(f"<h3>{escape(section.title)}</h3>{section.content}{_told('Left out', reasons)}")
        findings[heading] = section.finding
        tables |= {f"{name}_{one}": frame for one, frame in section.tables.items()}
    missing = f"Not possible with these data: {said([part.lower() for part in failed])}; the reasons stand there."
    lead = " ".join(findings.pop(heading, "") for heading in answers).strip()
    more = " ".join([*filter(None, findings.values()), *([missing] if failed else [])])
    lead, more = (lead, more) if lead else (more, "")
    return Chapter(
        name=name, title=title, question=question, lead=lead, more=more, content="".join(parts), tables=tables
    )


def _attempted(write: Callable[[Ground], Section], ground: Ground) -> tuple[Section | None, list[str]]:
    """Write a section; None where nothing of it is possible. And the reasons for what is not."""
    ground.tally.tried = 0
    ground.tally.left_out.clear()
    try:
        section: Section | None = write(ground)
    except WholenetError as error:
        # Where each network failed before, that is the reason; what then failed for want of networks is not.
        return None, list(ground.tally.left_out) if ground.tally.nothing else [str(error)]
    return None if ground.tally.nothing else section, list(ground.tally.left_out)


def _told(word: str, reasons: Sequence[str]) -> str:
    """Say what is not there, and why."""
    items = "".join(f"<li>{escape(reason)}</li>" for reason in dict.fromkeys(reasons))
    return f"<div class='impossible'><p>{word}:</p><ul>{items}</ul></div>" if reasons else ""


# Numbers --------------------------------------------------------------------------------------------------


def lines(found: Sequence[Line], ground: Ground, *, caption: str = "") -> str:
    """Lay numbers out, each with its interval, the range that the silent leave, and how it was made."""
    optional = {
        "By chance": [number(one.expected, share=one.share) for one in found],
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
    return table(header, rows, texts=3, caption=caption, grouped=True)


def _range(line: Line) -> str:
    found = interval(line.least, line.most, share=line.share)
    return found if line.exact or found == "–" else f"{found}, or wider"


def p_value(p: Any) -> str:
    """A p-value as papers print it."""
    if not known(p):
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
            "expected": [float(one.expected) for one in found],
            "least": [float(one.least) for one in found],
            "most": [float(one.most) for one in found],
            "p": [float(one.p) for one in found],
            "how": [one.how for one in found],
        },
        kind,
    )


def recipes(found: Mapping[str, Sequence[str]]) -> str:
    """The coding steps behind the numbers of a section, folded; steps that all networks end with stand once."""
    steps = {name: list(of) for name, of in found.items()}
    shared: list[str] = []
    while len(steps) > 1 and all(steps.values()) and len({of[-1] for of in steps.values()}) == 1:
        shared.insert(0, next(iter(steps.values()))[-1])
        steps = {name: of[:-1] for name, of in steps.items()}
    rows = [[escape(name), escape("; ".join(of))] for name, of in steps.items()]
    then = f"<p>All of them, after that: {escape('; '.join(shared))}.</p>" if shared else ""
    content = table(["Network", "Coding steps"], rows, texts=2) + then
    return folded("How these networks were coded", f"<div class='recipe'>{content}</div>") if rows else ""
