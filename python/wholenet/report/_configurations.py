"""The chapter on configurations: which combinations of conditions go with the outcome, over many networks."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._ingest import is_empty
from wholenet.compare import qca
from wholenet.compare.qca._calibrate import anchors_in_order, memberships
from wholenet.compare.qca._sets import numbers_in
from wholenet.errors import ArgumentError
from wholenet.report._beside import ManyNetworks
from wholenet.report._cells import counted, figure, folded, known, number, percent, rows_of, said, table, words_of
from wholenet.report._chapter import Section, p_value

if TYPE_CHECKING:
    from wholenet.report._ground import Ground

TITLE = "Configurations"
QUESTION = (
    "Which combinations of conditions go with a good outcome, which networks show it, and would chance show as much?"
)
NEEDS = ()
LEVEL = 0.05
CONSISTENCY, PRI, NECESSARY = 0.8, 0.5, 0.9
# Cut-offs that are tried beside those of the analysis; the outcome's anchors move by this share of their distance.
CONSISTENCIES, PRIS, FREQUENCIES, SHIFT = (CONSISTENCY, 0.75, 0.85), (PRI, 0.4, 0.6), (1, 2), 0.05
NAMED, WIDEST = 8, 3


@dataclass(frozen=True, slots=True)
class _Sets:
    """Memberships of networks, with the measured outcome beside them, and how many networks lack a value."""

    data: Any
    name: str
    outcome: str
    conditions: list[str]
    anchors: tuple[float, float, float]
    measured: list[float]
    without: int


def _sets(ground: Ground) -> _Sets:
    """Calibrate the columns that have anchors; the governance counts as a set where it is true or false."""
    given = ground.table(ManyNetworks)
    frame = _frames.wrap(given.table, given.words)
    conditions = [name for name in given.anchors if name != given.outcome]
    if given.outcome not in given.anchors or not conditions:
        msg = (
            f"configurations need anchors (fully out, crossover, fully in) of the outcome {given.outcome!r} and of at "
            "least one condition; say them in the settings of the table of many networks"
        )
        raise ArgumentError(msg)
    columns = {name: frame.get_column(name).to_list() for name in (given.name, given.outcome, *conditions)}
    crisp = frame.get_column(given.governance).to_list()
    if given.governance not in conditions and all(is_empty(cell) or cell in (0, 1) for cell in crisp):
        columns[given.governance] = crisp
        conditions.insert(0, given.governance)
    whole = [at for at in range(len(frame)) if not any(is_empty(cells[at]) for cells in columns.values())]
    kept = {name: [cells[at] for at in whole] for name, cells in columns.items()}
    data: dict[str, Any] = {given.name: [str(label) for label in kept[given.name]]}
    for name in (*conditions, given.outcome):
        values = numbers_in(kept[name], repr(name))
        data[name] = memberships(values, *anchors_in_order(*given.anchors[name])) if name in given.anchors else values
    return _Sets(
        _frames.make(data, _frames.kind_of(frame)), given.name, given.outcome, conditions,
        anchors_in_order(*given.anchors[given.outcome]), kept[given.outcome], len(frame) - len(whole),
    )  # fmt: skip


def _table(ground: Ground) -> qca.TruthTable:
    def make() -> qca.TruthTable:
        sets = _sets(ground)
        return qca.truth_table(
            sets.data, outcome=sets.outcome, conditions=sets.conditions, cases=sets.name, consistency=CONSISTENCY,
            pri=PRI,
        )  # fmt: skip

    made: qca.TruthTable = ground.once("truth table", make)
    return made


def _solution(ground: Ground) -> qca.Solution:
    made: qca.Solution = ground.once("solution", lambda: qca.minimize(_table(ground), progress=False))
    return made


def _name(ground: Ground, name: str) -> str:
    """What it means to be in a set: of measured values a high one, or a low one where these are fully in."""
    anchors = ground.table(ManyNetworks).anchors.get(name)
    return words_of(name) if anchors is None else f"{'high' if anchors[2] > anchors[0] else 'low'} {words_of(name)}"


def _words(ground: Ground, term: str) -> str:
    """A term in words: what is there, and what is not."""
    parts = term.split("*")
    there = [_name(ground, part) for part in parts if not part.startswith("~")]
    lacking = [f"not {_name(ground, part[1:])}" for part in parts if part.startswith("~")]
    return " but ".join(said(some) for some in (there, lacking) if some)


def _few(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return said([*names[:NAMED], *([f"{more} more"] if more > 0 else [])])


# Sections -------------------------------------------------------------------------------------------------


def suffices(ground: Ground) -> Section:
    """The truth table and what it comes down to."""
    sets, found = _sets(ground), _table(ground)
    rows = rows_of(found.to_frame())
    header = [*(_name(ground, name) for name in sets.conditions), "Code", "Networks without the outcome"]
    header += ["Networks", "Consistency", "PRI"]
    cells = [
        ["yes" if row[name] else "no" for name in sets.conditions]
        + [row["outcome"], escape(row["deviant"]), number(row["n"]), number(row["consistency"]), number(row["pri"])]
        for row in rows
    ]
    text = (
        f"Each network belongs to one combination of {said([_name(ground, name) for name in sets.conditions])}. A "
        f"combination is sufficient (1) from a consistency of {CONSISTENCY:g} and a PRI of {PRI:g} on; C: some of its "
        f"networks have the outcome ({words_of(sets.outcome)}) and others do not, which is not explained away."
    )
    lost = f" {counted(sets.without, 'network')} left out for want of a value." if sets.without else ""
    lost += f" In no combination, being exactly at a crossover: {said(found.unassigned)}." if found.unassigned else ""
    content = (
        f"<p>{escape(text + lost)}</p>{folded('The truth table', table(header, cells, texts=len(sets.conditions) + 2))}"
    )
    solution = _solution(ground)
    short = qca.minimize(found, solution="parsimonious", progress=False)
    content += "".join(_models(one) for one in (solution, short))
    first = solution.models[0]
    widest = sorted(zip(first.terms, first.fits, strict=True), key=lambda pair: -pair[1][2])[:WIDEST]
    best = "; ".join(f"{_words(ground, term)} (covers {percent(fit[2])})" for term, fit in widest)
    finding = (
        f"{counted(len(first.terms), 'combination')} {'goes' if len(first.terms) == 1 else 'go'} with "
        f"{words_of(sets.outcome)}, covering {percent(first.coverage)} of it with a consistency of "
        f"{number(first.consistency)}; the widest: {best}."
    )
    if len(solution.models) > 1:
        finding += f" {len(solution.models):,} answers are equally good; this is the first."
    return Section(
        title="Which combinations suffice", content=content, finding=finding,
        tables={"truth_table": found.to_frame(), "solution": solution.to_frame()},
    )  # fmt: skip


def _models(solution: qca.Solution) -> str:
    """The models of a solution, as a table."""
    what = {
        "complex": "Complex solution: only combinations that were seen",
        "parsimonious": "Parsimonious solution: combinations that no network has may count as sufficient",
    }[solution.solution]
    several = (
        "" if len(solution.models) == 1 else f" ({len(solution.models):,} models, which the data do not tell apart)"
    )
    rows = [
        [
            escape(model.name), escape(term), escape(_few(cases)), number(fit[0]), number(fit[1]), percent(fit[2]),
            percent(fit[3]),
        ]
        for model in solution.models[:NAMED]
        for term, fit, cases in zip(model.terms, model.fits, model.cases, strict=True)
    ]  # fmt: skip
    header = ["Model", "Term", "Networks", "Consistency", "PRI", "Covers", "Alone"]
    return table(header, rows, texts=3, caption=what + several, grouped=True)


def needed(ground: Ground) -> Section:
    """Whether some condition is necessary."""
    sets = _sets(ground)
    rows = rows_of(qca.necessity(sets.data, outcome=sets.outcome, conditions=sets.conditions, cases=sets.name))
    cells = [[escape(_words(ground, row["condition"])), *map(number, list(row.values())[1:])] for row in rows]
    text = (
        f"A condition is necessary if the outcome is found only where it is: from a consistency of {NECESSARY:g} on. "
        "Where its relevance (RoN) is low, nearly every network has it, and that says little."
    )
    found = [
        _words(ground, row["condition"])
        for row in rows
        if known(row["consistency"]) and row["consistency"] >= NECESSARY
    ]
    finding = f"Necessary: {said(found)}." if found else "No single condition is necessary."
    content = f"<p>{escape(text)}</p>{table(['Condition', 'Consistency', 'Coverage', 'RoN'], cells, texts=1)}"
    return Section(title="Is anything necessary?", content=content, finding=finding)


def fitting(ground: Ground) -> Section:
    """Which networks fit, and which do not."""
    solution = _solution(ground)
    model = solution.models[0]
    text = (
        "Each dot is a network. Those at the upper right fit; those at the upper left have the outcome for another "
        "reason; those at the lower right, marked, speak against the solution."
    )
    drawn = figure(solution.plot(), f"Memberships in the complex solution{' (M1)' if len(solution.models) > 1 else ''}")
    against = f"Against it: {_few(model.deviant)}. Not explained: {_few(model.uncovered)}."
    speak = "speaks" if len(model.deviant) == 1 else "speak"
    are = "is" if len(model.uncovered) == 1 else "are"
    finding = (
        f"{counted(len(model.deviant), 'network')} {speak} against it, and {counted(len(model.uncovered), 'network')} "
        f"with the outcome {are} not explained by it."
    )
    content = f"<p>{escape(text)}</p>{drawn}<p>{escape(against)}</p>"
    return Section(title="Which networks fit", content=content, finding=finding)


def holds(ground: Ground) -> Section:
    """What becomes of the solution with other cut-offs and another calibration of the outcome."""
    sets = _sets(ground)
    move = SHIFT * (sets.anchors[2] - sets.anchors[0])
    low, middle, high = sets.anchors
    shifted = [(low + by, middle + by, high + by) for by in (0, -move, move)]
    columns = {
        name: _frames.wrap(sets.data, "data").get_column(name).to_list() for name in (sets.name, *sets.conditions)
    }
    scores = _frames.make(columns | {sets.outcome: sets.measured}, _table(ground).sets.kind)
    found = qca.robustness(
        scores, outcome=sets.outcome, conditions=sets.conditions, cases=sets.name, frequency=FREQUENCIES,
        consistency=CONSISTENCIES, pri=PRIS, anchors={sets.outcome: shifted}, progress=False,
    )  # fmt: skip
    many = len(found.settings["same"])
    text = (
        "The complex solution again, with other cut-offs (networks per combination, consistency, PRI) and with the "
        f"outcome calibrated {percent(SHIFT)} of its range lower or higher: {many:,} settings. A term persists if it "
        "comes back letter by letter."
    )
    fit = (
        f"Robust core: RF_cov {number(found.rf_cov)}, RF_cons {number(found.rf_cons)} (1: nothing changes). Networks "
        f"in the solution in every setting: {_few(found.robust)}."
    )
    content = (
        f"<p>{escape(text)}</p>{figure(found.plot(), 'In how many settings each term persists')}<p>{escape(fit)}</p>"
    )
    shares = dict(zip(found.terms["term"], found.terms["share"], strict=True))
    own = {term: shares[term] for term in found.initial.models[0].terms}
    best = max(own, key=lambda term: own[term])
    finding = (
        f"Of its combinations {_words(ground, best)} depends least on cut-offs: it comes back in "
        f"{percent(own[best])} of {many} settings."
    )
    return Section(title="Does it hold with other cut-offs?", content=content, finding=finding)


def luck(ground: Ground) -> Section:
    """What shuffled outcomes give."""
    settings = ground.settings
    found = qca.chance(_solution(ground), permutations=settings.permutations, seed=settings.seed, progress=False)
    text = (
        "The outcome was dealt among the networks at random, and the whole analysis repeated. With enough conditions "
        "there is nearly always some solution, so that having one means nothing."
    )
    row = [percent(found.coverage), percent(found.distribution.mean()), percent(found.any_solution), p_value(found.p)]
    header = ["Covered", "With shuffled outcomes", "Of these have a solution", "p"]
    content = f"<p>{escape(text)}</p>{table(header, [row], texts=0)}"
    sure = found.p < LEVEL
    finding = (
        f"Shuffled outcomes are covered to {percent(found.distribution.mean())} on average, which is "
        f"{'less than' if sure else 'not demonstrably less than'} what was found (p {p_value(found.p)})"
        f"{'' if sure else ': such combinations could be chance'}."
    )
    return Section(title="Could it be chance?", content=content, finding=finding)


SECTIONS = (
    ("Which combinations suffice", suffices),
    ("Is anything necessary?", needed),
    ("Which networks fit", fitting),
    ("Does it hold with other cut-offs?", holds),
    ("Could it be chance?", luck),
)
ANSWERS = ("Which combinations suffice", "Could it be chance?")
