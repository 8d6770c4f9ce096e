"""The chapter on awareness of governance: who perceives the mode that is formally so, and what goes with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import centrality, governance
from wholenet._actor_values import marks_of
from wholenet.report._cells import interval, known, number, percent, rows_of, said, span, table
from wholenet.report._chapter import Line, Section, lines, p_value
from wholenet.report._numbers import plain
from wholenet.study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.report._ground import Ground

TITLE = "Awareness of governance"
QUESTION = (
    "Do the members of the network perceive the mode of governance that is formally so, does that improve, and what "
    "goes with it?"
)
NEEDS = ("perceived_mode", "formal")
LEVEL = 0.05


def _study(ground: Ground) -> Study:
    """One network for each place and wave: that of contacts, or the first relation that there is."""

    def make() -> Study:
        names = ground.place_names + ((str(ground.settings.wave),) if ground.settings.wave else ())
        found = {}
        for place, wave in ground.sites:
            with ground.trying(ground.name(place, wave)):
                relations = ground.relations(place, wave)
                key = (*place, *([] if wave is None else [wave]))
                found[key or ("network",)] = relations.get(
                    ground.settings.contact or "", next(iter(relations.values()))
                )
        return Study(found, by=names or ("network",))

    made: Study = ground.once("awareness", make)
    return made


def _said(ground: Ground) -> dict[str, Any]:
    settings = ground.settings
    return {"perceived": settings.perceived_mode, "formal": settings.formal, "modes": settings.modes}


def confusion(ground: Ground) -> Section:
    """Perceived against formal modes."""
    study = _study(ground)
    frame = governance.confusion(study, **_said(ground))
    rows = []
    for row in rows_of(frame):
        name = ", ".join(str(row[one]) for one in study.by)
        counts = [number(row[mode]) for mode in ground.settings.modes]
        rows.append([escape(name), escape(str(row["formal"])), *counts, number(row["no answer"])])
    header = ["Network", "Formally", *[f"Perceived: {mode}" for mode in ground.settings.modes], "No answer"]
    content = table(header, rows, texts=2)
    return Section(title="Perceived and formal modes", content=content, tables={"confusion": frame})


def accuracy(ground: Ground) -> Section:
    """How many perceive the formal mode, with intervals, and whether that changes."""
    study, settings = _study(ground), ground.settings
    frame = governance.accuracy(study, **_said(ground), confidence=settings.confidence)
    found = [
        Line(
            network=", ".join(str(row[one]) for one in study.by), measure="perceive the formal mode",
            value=row["share"], lower=row["lower"], upper=row["upper"], least=row["accurate"] / row["actors"],
            most=(row["accurate"] + row["actors"] - row["answered"]) / row["actors"], observed=row["answered"],
            how="Wilson interval", share=True,
        )
        for row in rows_of(frame)
    ]  # fmt: skip
    shares = [one.value for one in found]
    finding = f"{span(shares, share=True)} of those who answered perceive the mode that is formally so."
    content = lines(found, ground)
    if ground.spans:
        more, paragraph = _panel(ground, study)
        finding, content = f"{finding} {more}", content + paragraph
    return Section(title="How many perceive it", content=content, finding=finding, tables={"accuracy": frame})


def _panel(ground: Ground, study: Study) -> tuple[str, str]:
    """Whether those who answered in the first and in the last wave became more accurate: a sentence and a paragraph."""
    settings, waves = ground.settings, sorted({wave for _, wave in ground.sites})
    first, last = (study.select(**{str(settings.wave): wave}) for wave in (waves[0], waves[-1]))
    panel = governance.accuracy_change(first, last, **_said(ground), confidence=settings.confidence)
    told = "rose" if panel.difference > 0 else "fell" if panel.difference < 0 else "went"
    sure = "" if panel.p < LEVEL else " (not demonstrably)"
    finding = (
        f"Of the {panel.organisations} organisations that answered twice this {told} from {percent(panel.before)} to "
        f"{percent(panel.after)}{sure}."
    )
    text = (
        f"Of the organisations that answered in both waves {panel.both} saw it both times, {panel.gained} only "
        "the second time, "
        f" {panel.lost} only the first time, {panel.neither} never: a difference of {number(panel.difference)} "
        f"({interval(panel.lower, panel.upper)}), exact McNemar p {p_value(panel.p)}."
    )
    return finding, f"<p>{escape(text)}</p>"


# What goes with it ----------------------------------------------------------------------------------------


def _to_lead(net: Network, lead: NDArray[np.bool_], *, valued: bool) -> NDArray[np.float64]:
    """What each actor reports of its relation with a lead organisation; NaN where it is not known, and for leads."""
    cells = net.to_matrix()[:, lead]
    told = cells if valued else np.where(np.isnan(cells), np.nan, (cells != 0).astype(np.float64))
    strongest = np.fmax.reduce(told, axis=1, initial=-np.inf) if told.shape[1] else np.full(len(told), np.nan)
    return np.where(np.isneginf(strongest) | lead, np.nan, strongest)


def _predictors(ground: Ground) -> dict[str, Any]:
    """What may go with accuracy: trust, interaction with the lead organisation, strength, and position."""
    settings = ground.settings
    found: dict[str, Any] = {}
    if settings.trust is not None:
        found["trust"] = settings.trust
    if settings.lead is not None and settings.contact is not None:
        interaction, strength = {}, {}
        for place, wave in ground.sites:
            with ground.trying(ground.name(place, wave)):
                key = (*place, *([] if wave is None else [wave]))
                key = key[0] if len(key) == 1 else key
                relations = ground.relations(place, wave)
                lead = marks_of(ground.net(place, wave, settings.contact), settings.lead)
                interaction[key] = _to_lead(relations[settings.contact], lead, valued=True)
                kinds = [
                    _to_lead(net, lead, valued=False) for name, net in relations.items() if name != settings.contact
                ]
                strength[key] = np.sum(kinds, axis=0)
        found["interaction with the lead organisation"] = interaction
        found["strength of the relation with it"] = strength
    found["contacts (in-degree)"] = _in_degree
    return found


def _in_degree(net: Network) -> NDArray[np.float64]:
    return centrality.degree(plain(net), mode="in" if net.directed else "all")


def model(ground: Ground) -> Section:
    """The mixed model of accuracy."""
    settings = ground.settings
    found = governance.accuracy_model(
        _study(ground), _predictors(ground), **_said(ground), wave=settings.wave, confidence=settings.confidence,
        permutations=settings.permutations, seed=settings.seed, progress=False,
    )  # fmt: skip
    frame = found.to_frame()
    rows = [row for row in rows_of(frame) if row["term"] != "intercept"]
    cells = [
        [
            escape(row["term"]), number(row["odds_ratio"]), interval(row["lower"], row["upper"]), p_value(row["p"]),
            p_value(row["p_network"]),
        ]
        for row in rows
    ]  # fmt: skip
    tested = [row for row in rows if known(row["p_network"])]
    sure = [row["term"] for row in tested if row["p"] < LEVEL and row["p_network"] < LEVEL]
    open_ = [row["term"] for row in tested if row["term"] not in sure]
    finding = f"What goes with it: {said(sure)}; not demonstrably: {said(open_)}."
    text = (
        f"Odds ratios of a mixed model with random intercepts for organisations and places ({found.estimator}), "
        f"{found.observations} answers of {found.organisations} organisations; {found.silent} did not answer, and "
        f"{sum(found.incomplete.values())} answers lack a predictor. Second p: against predictors that are as alike "
        "among tied "
        "organisations as these, but otherwise at random."
    )
    header = ["Predictor", "Odds ratio", "Interval", "p", "p (network)"]
    content = f"<p>{escape(text)}</p>{table(header, cells, texts=1)}"
    return Section(title="What goes with it", content=content, finding=finding, tables={"model": frame})


SECTIONS = (
    ("Perceived and formal modes", confusion),
    ("How many perceive it", accuracy),
    ("What goes with it", model),
)
ANSWERS = ("How many perceive it", "What goes with it")
