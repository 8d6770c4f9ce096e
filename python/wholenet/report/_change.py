"""The chapter on change: what lasts, what goes, and how much of the loss is measurement."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import change
from wholenet._actor_values import marks_of
from wholenet.errors import KeyNotFoundError
from wholenet.report._cells import counted, figure, figures, interval, number, percent, rows_of, said, span, table
from wholenet.report._chapter import Section, p_value, recipes
from wholenet.report._numbers import QAP, plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.report._ground import Ground

TITLE = "Change between waves"
QUESTION = (
    "Which ties last and which are gone, does it depend on who has them and how strong they are, and how much of the "
    "loss would measurement alone produce?"
)
NEEDS = ("wave", "relation")
LEVEL = 0.05


def _pairs(ground: Ground, relation: str) -> dict[str, tuple[Network, Network]]:
    """The networks of a relation in two successive waves."""
    found = {}
    for place, before, after in ground.spans:
        with ground.trying(f"{ground.period(place, before, after)}, {relation}"):
            pair = (ground.net(place, before, relation), ground.net(place, after, relation))
            found[ground.period(place, before, after)] = pair
    if not found:
        msg = f"no place has two waves of {relation!r}"
        raise KeyNotFoundError(msg)
    return found


def _all_relations(ground: Ground) -> list[str]:
    return list(dict.fromkeys(name for place, wave in ground.sites for name in ground.relations(place, wave)))


def fates(ground: Ground) -> Section:
    """Kept, dissolved and new ties of every relation, and how stable they are."""
    settings, rows = ground.settings, []
    gone: dict[str, list[float]] = {}
    pairs = {relation: _pairs(ground, relation) for relation in _all_relations(ground)}
    for name in dict.fromkeys(name for of in pairs.values() for name in of):
        for relation, (before, after) in {relation: of[name] for relation, of in pairs.items() if name in of}.items():
            with ground.trying(f"{name}, {relation}"):
                one = change.tie_change(before, after)
                found = change.stability(
                    before, after, permutations=settings.permutations, seed=settings.seed,
                    confidence=settings.confidence, progress=False,
                )  # fmt: skip
                gone.setdefault(relation, []).append(one.dissolution)
                rows.append(
                    [
                        escape(name), escape(relation), *map(number, (one.kept, one.dissolved, one.new)),
                        percent(one.dissolution), number(found.jaccard),
                        interval(found.jaccard_lower, found.jaccard_upper), number(found.qap.estimate),
                        p_value(found.qap.p_upper),
                    ]
                )  # fmt: skip
    header = ["Network", "Relation", "Kept", "Dissolved", "New", "Gone", "Jaccard", "Interval", "QAP r", "p"]
    text = (
        "Over the organisations in both waves and the dyads that were observed in both. A tie that one wave's "
        "respondent "
        "forgets looks dissolved: see below. Jaccard: kept ÷ (kept + dissolved + new), with a jackknife "
        "interval. "
        f"QAP r: {QAP} in UCINET."
    )
    parts = [f"{relation} {span(shares, share=True)}" for relation, shares in gone.items()]
    finding = f"Of the ties reported in the first wave, these seem gone in the second: {'; '.join(parts)}."
    content = f"<p>{escape(text)}</p>{table(header, rows, texts=2, grouped=True)}"
    return Section(title="Kept, dissolved and new", content=content, finding=finding)


MEASURED = ["Network", "A tie is there when", "Seems gone", "Without any change", "Corrected", "Interval", "Explained"]
SAID: dict[Literal["union", "confirmed"], str] = {"union": "either reports it", "confirmed": "both report it"}


def measurement(ground: Ground) -> Section:
    """How much of the apparent loss measurement alone would produce."""
    settings, rows, drawn, told = ground.settings, [], [], []
    for name, (before, after) in _pairs(ground, ground.needed("contact")).items():
        for rule, words in SAID.items():
            found = change.measured_loss(
                plain(before), plain(after), rule=rule, draws=settings.draws, confidence=settings.confidence,
                seed=settings.seed, progress=False,
            )  # fmt: skip
            values = {row["quantity"]: row for row in rows_of(found.to_frame())}
            within = interval(values["corrected loss"]["lower"], values["corrected loss"]["upper"], share=True)
            shares = [percent(share) for share in (found.apparent, found.expected, found.corrected)]
            rows.append([escape(name), words, *shares, within, percent(found.explained)])
            if rule == "union":
                drawn.append(figure(found.plot(width=460), name))
                told.append(f"{name}: {shares[0]} seem gone, corrected {shares[2]} ({within})")
    text = (
        f"Contacts ('{ground.needed('contact')}'). Without any change: the loss that those who did not answer in the "
        "second wave, and those who did not report a contact that is there, would produce by themselves. How often a "
        "contact is reported is estimated from pairs where both sides answered, as if reports were independent and "
        "never invented."
    )
    content = f"<p>{escape(text)}</p>{table(MEASURED, rows, texts=2, grouped=True)}{figures(drawn)}"
    finding = f"Part of the loss is measurement ({'; '.join(told)})."
    return Section(title="How much of the loss is measurement", content=content, finding=finding)


def by_kind(ground: Ground) -> Section:
    """Loss by strength, and by gatekeepers."""
    relation = ground.settings.contact or _all_relations(ground)[0]
    mark, sector = ground.settings.gatekeeper, ground.settings.sector
    rows: list[list[str]] = []
    for name, (before, after) in _pairs(ground, relation).items():
        parts = [("strength", change.by_value(before, after))] if before.valued else []
        parts += [("gatekeepers", change.by_mark(before, after, mark=mark))] if mark else []
        for kind, found in parts:
            rows += [
                [
                    escape(name), kind, escape(_ties(next(iter(row.values())))), number(row["kept"]),
                    number(row["dissolved"]), percent(row["dissolution"]),
                ]
                for row in rows_of(found.to_frame())
            ]  # fmt: skip
        if sector:
            rows += _within(name, rows_of(change.by_pair(before, after, by=sector).to_frame()))
    header = ["Network", "By", "Ties", "Kept", "Dissolved", "Gone"]
    content = f"<p>{escape(f'Ties of {relation!r} as reported.')}</p>{table(header, rows, texts=3, grouped=True)}"
    return Section(title="Which ties are gone", content=content)


def _ties(value: Any) -> str:
    """Which ties a row is about: of a strength, or by who is marked."""
    return f"of {value:g}" if isinstance(value, float) else str(value).replace("marked", "gatekeepers")


def _within(name: str, pairs: list[dict[str, Any]]) -> list[list[str]]:
    """Ties within sectors and between them."""
    found = []
    for inside, words in ((True, "within a sector"), (False, "between sectors")):
        chosen = [row for row in pairs if (row["from"] == row["to"]) == inside]
        kept, gone = (sum(row[fate] for row in chosen) for fate in ("kept", "dissolved"))
        share = gone / (kept + gone) if kept + gone else float("nan")
        found.append([escape(name), "sectors", words, number(kept), number(gone), percent(share)])
    return found


def model(ground: Ground) -> Section:
    """What predicts whether a tie persists."""
    settings, relation = ground.settings, ground.needed("contact")
    pairs = _pairs(ground, relation)
    predictors = _predictors(ground, pairs)
    found = change.persistence(
        {name: pair[0] for name, pair in pairs.items()},
        {name: pair[1] for name, pair in pairs.items()},
        predictors,
        permutations=settings.permutations, confidence=settings.confidence, seed=settings.seed, progress=False,
    )  # fmt: skip
    frame = found.to_frame()
    rows = [row for row in rows_of(frame) if row["term"] != "intercept"]
    cells = [
        [
            escape(row["term"]), number(row["odds_ratio"]), interval(np.exp(row["lower"]), np.exp(row["upper"])),
            p_value(row["p"]), p_value(row["p_lrqap"]),
        ]
        for row in rows
    ]  # fmt: skip
    sure = [row for row in rows if row["p"] < LEVEL and row["p_lrqap"] < LEVEL]
    more = [row["term"] for row in sure if row["odds_ratio"] > 1]
    less = [row["term"] for row in sure if row["odds_ratio"] < 1]
    told = [f"more often with {said(more)}"] * bool(more) + [f"less often with {said(less)}"] * bool(less)
    finding = (
        f"Reported contacts persist {' and '.join(told)} (both tests)."
        if told
        else "No predictor of persistence is settled."
    )
    header = ["Predictor", "Odds ratio", "Interval", "p (dyadic robust)", "p (LRQAP)"]
    text = (
        f"Logistic regression of whether a reported tie of '{relation}' is reported again, all places together. Ties "
        "that "
        "share an organisation are not independent; both p-values allow for that."
    )
    content = f"<p>{escape(text)}</p>{table(header, cells, texts=1)}{recipes({'All places': found.recipe})}"
    return Section(title="What predicts persistence", content=content, finding=finding, tables={"persistence": frame})


def _predictors(ground: Ground, pairs: dict[str, tuple[Network, Network]]) -> dict[str, Any]:
    """What may predict persistence, as far as the study has it."""
    settings, first = ground.settings, next(iter(pairs.values()))[0]
    found: dict[str, Any] = {}
    if settings.sector is not None:
        found["same sector"] = f"same({settings.sector})"
    if settings.gatekeeper is not None:
        keeper = settings.gatekeeper
        ends = {name: _either(change.common(*pair)[0], keeper) for name, pair in pairs.items()}
        found["a gatekeeper at an end"] = ends
    found |= {"strength": "strength"} if first.valued else {}
    found |= {"reciprocity": "reciprocity"} if first.directed else {}
    return found | {"shared partners": "shared partners"}


def _either(net: Network, mark: str) -> NDArray[np.float64]:
    """1 for the dyads of which an actor is marked."""
    marked = marks_of(net, mark)
    return (marked[:, None] | marked[None, :]).astype(np.float64)


def members(ground: Ground) -> Section:
    """Who joined, and who left."""
    rows = []
    for place, before, after in ground.spans:
        with ground.trying(ground.period(place, before, after)):
            first = next(iter(ground.relations(place, before).values()))
            second = next(iter(ground.relations(place, after).values()))
            joined, left = change.joiners(first, second), change.leavers(first, second)
            words = [counted(first.n_actors, "organisation"), _some(joined), _some(left)]
            rows.append([escape(f"{ground.name(place)}, {before} → {after}"), *map(escape, words)])
    text = "Organisations that joined or left make no tie new or dissolved."
    content = f"<p>{escape(text)}</p>{table(['Network', 'At first', 'Joined', 'Left'], rows, texts=4)}"
    return Section(title="Who joined and who left", content=content)


def _some(labels: tuple[Any, ...], most: int = 6) -> str:
    shown = ", ".join(map(str, labels[:most]))
    return f"{len(labels)}: {shown}{', …' if len(labels) > most else ''}" if labels else "nobody"


SECTIONS = (
    ("Kept, dissolved and new", fates),
    ("How much of the loss is measurement", measurement),
    ("Which ties are gone", by_kind),
    ("What predicts persistence", model),
    ("Who joined and who left", members),
)
ANSWERS = ("Kept, dissolved and new", "How much of the loss is measurement")
