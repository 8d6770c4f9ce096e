"""The chapter on trajectories: how clients move between levels of care, and what counts say beside outcomes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _frames, flows
from wholenet._narwhals import nw
from wholenet.report._beside import Trajectories
from wholenet.report._cells import counted, figure, folded, interval, known, number, percent, rows_of, said, table
from wholenet.report._chapter import Section, p_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet.flows import Durations, EventLog, LevelFlows, Outcomes
    from wholenet.report._ground import Ground

TITLE = "Trajectories"
QUESTION = (
    "How do clients move between levels of care and where do they leave, and do the numbers of trajectories tell "
    "anything of their outcomes?"
)
NEEDS = ()
LEVEL = 0.05
MOST = 10
DIRECTIONS = {"up": "to a heavier level", "same": "within a level", "down": "to a lighter level"}


# What is read ---------------------------------------------------------------------------------------------


def _log(ground: Ground) -> EventLog:
    """The trajectories of all places together: one log, so that nothing can be subtracted from another."""

    def make() -> EventLog:
        given = ground.table(Trajectories)
        frame = _frames.wrap(given.table, given.words)
        for name in () if given.place is None else (given.client, given.organisation):
            # Equal names in two places are two.
            apart = nw.concat_str(
                [nw.col(name).cast(nw.String), nw.col(str(given.place)).cast(nw.String)], separator=", "
            )
            frame = frame.with_columns(apart.alias(name))
        levels = list(given.levels) or _levels(frame, given.care_level)
        held = set(frame[given.end_reason].to_list())
        return flows.event_log(
            frame.to_native(), client=given.client, organisation=given.organisation, start=given.start, end=given.end,
            level=given.care_level, levels=levels, referrer=given.referrer, end_reason=given.end_reason,
            drop_out=[one for one in given.dropped_out if one in held] or list(given.dropped_out),
            outcomes=given.outcomes, last_day=given.last_day, min_count=max(given.min_count, 2),
        )  # fmt: skip

    made: EventLog = ground.once("trajectories", make)
    return made


def _levels(frame: nw.DataFrame[Any], name: str) -> list[Any]:
    """The levels in the order that the column has; else as they come."""
    column = frame[name]
    if isinstance(column.dtype, nw.Categorical | nw.Enum):
        return list(column.cat.get_categories().to_list())
    return [one for one in dict.fromkeys(column.to_list()) if one is not None]


def _once(ground: Ground, what: str, make: Callable[[EventLog], Any]) -> Any:
    return ground.once(("trajectories", what), lambda: make(_log(ground)))


def _outcomes(ground: Ground, by: Any) -> Outcomes:
    settings = ground.settings
    found: Outcomes = _once(
        ground,
        f"outcomes by {by}",
        lambda log: flows.outcomes(
            log, by=by, confidence=settings.confidence, permutations=settings.permutations, seed=settings.seed,
            progress=False,
        ),
    )  # fmt: skip
    return found


def _note(ground: Ground, hidden: int) -> str:
    least = _log(ground).min_count
    text = (
        f"–: not shown, because it tells of fewer than {least} clients or would tell a number that does; or not known."
    )
    return f"<p class='note'>{escape(text)}</p>" if hidden else ""


# Sections -------------------------------------------------------------------------------------------------


def steps(ground: Ground) -> Section:
    """Which steps between levels are taken, and where clients leave."""
    found: LevelFlows = _once(ground, "levels", flows.levels)
    rows = rows_of(found.to_frame())
    taken = [row for row in rows if known(row["trajectories"]) and row["trajectories"] > 0]
    cells = [
        [escape(str(row["source"])), escape(str(row["target"])), row["direction"], number(row["trajectories"])]
        for row in rows
        if row["suppressed"] or row["trajectories"] > 0
    ]
    text = (
        "Each trajectory leads to the level of the client's next one, or out of care. Bands are as wide as their "
        "numbers. One who comes back after dropping out starts again."
    )
    numbers = table(["From", "To", "Direction", "Trajectories"], cells, texts=3, grouped=True)
    content = f"<p>{escape(text)}</p>{figure(found.plot(), 'Steps between levels of care', wide=True)}"
    content += folded("The numbers", numbers) + _note(ground, sum(row["suppressed"] for row in rows))
    return Section(
        title="Steps between levels of care",
        content=content,
        finding=f"{_moved(rows, taken)} {_left(_outcomes(ground, 'level'))}".strip(),
        tables={"steps": found.to_frame()},
    )


def _moved(rows: list[dict[str, Any]], taken: list[dict[str, Any]]) -> str:
    """Say how many steps lead which way."""
    ways = {way: sum(row["trajectories"] for row in taken if row["direction"] == way) for way in DIRECTIONS}
    parts = [f"{number(ways[way])} {words}" for way, words in DIRECTIONS.items()]
    never = sum(not row["suppressed"] and row["trajectories"] == 0 and row["direction"] in DIRECTIONS for row in rows)
    text = f"Of the steps that may be shown {said(parts).replace(' to ', ' lead to ', 1)}."
    if never:
        text += f" {counted(never, 'step')} between levels {'is' if never == 1 else 'are'} never taken."
    return text


def _left(levels: Outcomes) -> str:
    """Say out of which level of care clients drop out most often, for the number that ends there."""
    rows = [row for row in rows_of(levels.to_frame()) if known(row.get("drop_out"))]
    if not rows:
        return ""
    most = max(rows, key=lambda row: row["drop_out"])
    share, lower, upper = (number(most[name], share=True) for name in ("drop_out", "drop_out_lower", "drop_out_upper"))
    return f"Drop-out is highest in {most[levels.by]} care: {share} of what ended there ({lower} to {upper})."


def lasting(ground: Ground) -> Section:
    """How long trajectories last."""
    confidence = ground.settings.confidence
    everyone: Durations = _once(ground, "durations", lambda log: flows.durations(log, confidence=confidence))
    by_level: Durations = _once(
        ground, "durations by level", lambda log: flows.durations(log, by="level", confidence=confidence)
    )
    shares = rows_of(everyone.to_frame("shares"))
    cells = [
        [escape(row["duration"]), number(row["share"], share=True), number(row["ended_only"], share=True)]
        for row in shares
    ]
    text = (
        "Trajectories that still go on are known to last at least until the last day; the first column uses this "
        "(Kaplan and Meier). Those that ended are the shorter ones, so that the second column makes care look shorter "
        "than it is."
    )
    medians = rows_of(by_level.to_frame())
    longest = figure(by_level.plot(), "Median duration by level of care", wide=True)
    content = f"<p>{escape(text)}</p>" + table(["Duration", "Of all", "Of those that ended"], cells, texts=1)
    hidden = sum(row["suppressed"] for row in [*shares, *medians])
    middle = rows_of(everyone.to_frame())[0]
    finding = f"Half of all trajectories last no longer than {number(middle['median'])} months"
    finding += f" ({interval(middle['lower'], middle['upper'])})." if known(middle["lower"]) else "."
    frames = {"durations": by_level.to_frame(), "duration_shares": everyone.to_frame("shares")}
    return Section(
        title="How long it takes", content=content + longest + _note(ground, hidden), finding=finding, tables=frames
    )


def told(ground: Ground) -> Section:
    """What counts say beside what outcomes say."""
    levels, organisations = _outcomes(ground, "level"), _outcomes(ground, "organisation")
    agreed = rows_of(organisations.to_frame("agreement"))
    text = (
        "Organisations ranked by their trajectories, beside their ranks by each outcome: Kendall's tau is 1 where the "
        "ranks agree, -1 where they are turned round, and 0 where counts tell nothing. p by permutation. "
        f"Organisations with {levels.min_count} clients or more with the outcome take part; for drop-out also those "
        "whose own is not shown, or none if these are so few that the ranks would tell theirs."
    )
    header = ["Outcome", "Organisations", "Kendall's tau", "p", "Spearman's rho", "p"]
    cells = [
        [
            escape(_word(row["outcome"])), number(row["groups"]), number(row["tau"]), p_value(row["p_tau"]),
            number(row["rho"]), p_value(row["p_rho"]),
        ]
        for row in agreed
    ]  # fmt: skip
    content = f"<p>{escape(text)}</p>{table(header, cells, texts=1)}"
    content += "".join(
        figure(levels.plot(one), f"Levels of care by trajectories, and by {_word(one)}") for one in levels.measured
    )
    content += _groups(levels, "Level of care") + _note(ground, 1)
    tables = {
        "outcomes": levels.to_frame(),
        "outcomes_organisations": organisations.to_frame(),
        "agreement": organisations.to_frame("agreement"),
    }
    return Section(title="Counts beside outcomes", content=content, finding=_tells(agreed), tables=tables)


def _word(outcome: str) -> str:
    """An outcome as a sentence has it."""
    return "drop-out" if outcome == "drop_out" else outcome.replace("_", " ")


def _groups(found: Outcomes, name: str) -> str:
    """Counts and outcomes of groups, with intervals."""
    measured = found.measured
    header = [name, "Trajectories", "Clients", "Median, months"]
    header += [part for one in measured for part in (_word(one).capitalize(), "Interval")]
    cells = [
        [escape(str(row[found.by])), number(row["trajectories"]), number(row["clients"]), number(row["median_months"])]
        + [
            part
            for one in measured
            for part in (
                number(row[one], share=one == "drop_out"),
                interval(row[f"{one}_lower"], row[f"{one}_upper"], share=one == "drop_out"),
            )
        ]
        for row in rows_of(found.to_frame())
    ]
    return table(header, cells, texts=1)


def _tells(rows: list[dict[str, Any]]) -> str:
    """Say which outcomes go with counts."""
    tested = [row for row in rows if known(row["tau"])]
    if not tested:
        return "Too few organisations have enough clients to compare their counts with their outcomes."
    sure = [row for row in tested if row["p_tau"] < LEVEL]
    names = [_word(row["outcome"]) for row in sure]
    others = [_word(row["outcome"]) for row in tested if row not in sure]
    text = f"The number of trajectories of an organisation goes with its {said(names)}." if names else ""
    if others:
        text += " It" if names else "The number of trajectories of an organisation"
        text += f" tells nothing demonstrable of its {said(others)}."
    return text


def referred(ground: Ground) -> Section:
    """Who refers clients, and how they fare."""
    found = _outcomes(ground, "referrer")
    rows = [row for row in rows_of(found.to_frame()) if known(row["trajectories"])]
    every = sum(row["trajectories"] for row in rows)
    content = _groups(found, "Referred by") + _note(ground, 1)
    most = sorted(rows, key=lambda row: -row["trajectories"])[:2]
    listed = [f"{row['referrer']} ({percent(row['trajectories'] / every)})" for row in most]
    finding = f"Of the trajectories whose referrer may be shown, most come by {said(listed)}." if listed else ""
    return Section(title="Who refers", content=content, finding=finding, tables={"referrers": found.to_frame()})


def handed(ground: Ground) -> Section:
    """Between which organisations clients pass."""
    net: Any = _once(ground, "referrals", lambda log: flows.referrals(log, progress=False))
    rows = sorted(rows_of(net.to_edges()), key=lambda row: (-row["value"], str(row["source"])))
    shown = [row for row in rows if known(row["value"])]
    least = _log(ground).min_count
    cells = [[escape(str(row["source"])), escape(str(row["target"])), number(row["value"])] for row in shown[:MOST]]
    text = (
        f"From each organisation to the client's next one (trace-route). A pair is shown from {least} clients on; of "
        "others it is not observed how many pass, or whether any do."
    )
    drawn = table(["From", "To", "Clients"], cells, texts=2) if cells else ""
    missing = int(net.missing.dyads)
    finding = (
        f"{counted(len(shown), 'pair')} of organisations pass {least} clients or more to each other, and may be shown."
    )
    if missing:
        finding += f" Of {counted(missing, 'pair')} the number may not be shown."
    return Section(title="Who hands over to whom", content=f"<p>{escape(text)}</p>{drawn}", finding=finding)


SECTIONS: Sequence[tuple[str, Callable[[Ground], Section]]] = (
    ("Steps between levels of care", steps),
    ("How long it takes", lasting),
    ("Counts beside outcomes", told),
    ("Who refers", referred),
    ("Who hands over to whom", handed),
)
ANSWERS = ("Steps between levels of care", "Counts beside outcomes")
