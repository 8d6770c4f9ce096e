"""The chapter on scorecards: whether the success factors of the network are in place, as its members see it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet.report._beside import Scorecards
from wholenet.report._cells import (
    counted,
    figure,
    folded,
    interval,
    key_of,
    known,
    name_of,
    number,
    rows_of,
    said,
    span,
    table,
    values_of,
)  # fmt: skip
from wholenet.report._chapter import Section, p_value
from wholenet.study import Study
from wholenet.survey import scales

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet.report._ground import Ground

TITLE = "Scorecards"
QUESTION = (
    "Are the success factors in place, as those who work in the network see it; did they get better; and do central "
    "organisations see them differently?"
)
NEEDS = ()
LEVEL = 0.05
# The smallest p that a permutation test can give is this many times below the level after adjustment.
ENOUGH = 5
# What is usual for comparing groups by alpha, and for taking means by rwg.
USUAL = 0.7
TEMPLATES: dict[str, Callable[[], scales.Scorecard]] = {
    "integrated youth care": scales.integrated_youth_care,
    "trust and value": scales.partnership_trust_value,
}


def _card(ground: Ground) -> scales.Scorecard:
    return TEMPLATES[ground.table(Scorecards).template]()


def _factors(ground: Ground) -> list[str]:
    return [one.name for one in _card(ground).scales]


def _wave(ground: Ground) -> str | None:
    """The column with the waves, where there are several."""
    wave, given = ground.settings.wave, ground.table(Scorecards)
    if wave is None or wave not in given.by:
        return None
    return wave if _frames.wrap(given.table, given.words)[wave].n_unique() > 1 else None


def _scores(ground: Ground) -> scales.Scores:
    def make() -> scales.Scores:
        given = ground.table(Scorecards)
        return scales.scores(
            given.table, _card(ground), by=given.by, organisation=given.organisation, respondent=given.respondent,
            confidence=ground.settings.confidence,
        )  # fmt: skip

    made: scales.Scores = ground.once("scorecards", make)
    return made


def _few(ground: Ground, *counts: int) -> bool:
    """Whether numbers rest on too few organisations to be shown; none is no secret."""
    return any(0 < count < ground.settings.min_count for count in counts)


def _note(ground: Ground, hidden: int) -> str:
    least = ground.settings.min_count
    text = f"{counted(hidden, 'row')} left out that would tell of fewer than {least} organisations."
    return f"<p class='note'>{escape(text)}</p>" if hidden else ""


def _numbers(header: Sequence[str], cells: Sequence[Sequence[str]], drawn: str) -> str:
    """The numbers; folded below a picture of them."""
    content = table(header, cells, texts=2, grouped=True)
    return folded("The numbers", content) if drawn else content


def _frame(header: Sequence[str], rows: Sequence[Sequence[Any]], ground: Ground) -> Any:
    """A table to be written beside the report."""
    kind = _frames.kind_of(_frames.wrap(ground.table(Scorecards).table, Scorecards.words))
    return _frames.make({name: [row[at] for row in rows] for at, name in enumerate(header)}, kind) if rows else None


# Sections -------------------------------------------------------------------------------------------------


def reliable(ground: Ground) -> Section:
    """Whether the items of each factor go together."""
    given, wave = ground.table(Scorecards), _wave(ground)
    by = () if wave is None else (wave,)
    found = scales.reliability(given.table, _card(ground), by=by, confidence=ground.settings.confidence)
    names = _factors(ground)
    rows = sorted(rows_of(found.to_frame()), key=lambda row: names.index(row["scale"]))
    cells = [
        [
            escape(row["scale"]), escape(name_of(key_of(row, by), by)), number(row["complete"]), number(row["alpha"]),
            interval(row["lower"], row["upper"]), number(row["omega"]),
        ]
        for row in rows
    ]  # fmt: skip
    header = ["Factor", "Wave", "Respondents", "Alpha", f"{found.confidence:.0%} interval", "Omega"]
    text = (
        "Alpha and omega say how well the items of a factor go together, from 0 to 1; .7 is usual for comparing "
        "groups. They run over the respondents who answered all items of the factor."
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in found.notes)
    content = f"<p>{escape(text)}</p>{table(header, cells, texts=2, grouped=True)}" + (
        f"<p>To look at:</p><ul>{notes}</ul>" if notes else ""
    )
    weak = list(dict.fromkeys(row["scale"] for row in rows if known(row["alpha"]) and row["alpha"] < USUAL))
    together = f"The items of a factor go together (alpha {span(row['alpha'] for row in rows)})"
    finding = f"{together}, but not so well (below {USUAL:g}) for {said(weak)}." if weak else f"{together}."
    return Section(title="Do the items go together?", content=content, finding=finding)


def agreed(ground: Ground) -> Section:
    """Whether respondents of one network agree, and networks differ."""
    given = ground.table(Scorecards)
    # How those answer who know nothing but tend to one side is known for five answers.
    nulls = ("uniform", "slight skew") if given.template == "integrated youth care" else ("uniform",)
    found = [
        scales.agreement(given.table, _card(ground), group=given.by, null=null, confidence=ground.settings.confidence)
        for null in nulls
    ]
    first, *others = (rows_of(one.to_frame()) for one in found)
    cells = [
        [
            escape(row["scale"]), *(f"{number(one[at]['rwg_median'])} ({number(one[at]['rwg_lowest'])})"
                                    for one in (first, *others)),
            number(row["icc1"]), interval(row["lower"], row["upper"]), number(row["icc2"]),
        ]
        for at, row in enumerate(first)
    ]  # fmt: skip
    header = ["Factor", "rwg, median (lowest)", *["against a stricter null" for _ in others], "ICC(1)"]
    header += [f"{ground.settings.confidence:.0%} interval", "ICC(2)"]
    stricter = "; stricter: if they tend to the same side" if others else ""
    text = (
        "rwg is 1 where all respondents of a network say the same and 0 where they differ as those who know nothing "
        f"would, if any answer is as likely{stricter}. ICC(1) is the share of the differences between respondents that "
        "lies between networks (places and waves); ICC(2) says how surely means of networks tell them apart. Several "
        "respondents of one organisation make ICC look surer than it is."
    )
    rwg, *strict = ([row["rwg_median"] for row in one if known(row["rwg_median"])] for one in (first, *others))
    agree = "agree" if rwg and min(rwg) >= USUAL else "do not agree on every factor"
    harder = "".join(f", against a stricter null {span(one)}" for one in strict)
    icc = span(row["icc1"] for row in first)
    finding = f"Within networks respondents {agree} (median rwg {span(rwg)}{harder}); ICC(1) is {icc}."
    return Section(
        title="Do members agree?", content=f"<p>{escape(text)}</p>{table(header, cells, texts=1)}", finding=finding
    )


def profile(ground: Ground) -> Section:
    """The score of each network on each factor."""
    found, wave, names = _scores(ground), _wave(ground), _factors(ground)
    rows = sorted(rows_of(found.to_frame()), key=lambda row: names.index(row["scale"]))
    shown = [row for row in rows if not _few(ground, row["organisations"])]
    cells = [
        [
            escape(row["scale"]), escape(name_of(key_of(row, found.by), found.by)), number(row["organisations"]),
            number(row["respondents"]), number(row["score"]), interval(row["lower"], row["upper"]),
        ]
        for row in shown
    ]  # fmt: skip
    header = ["Factor", "Network", "Organisations", "Respondents", "Score", f"{found.confidence:.0%} interval"]
    low, high = found.ends
    text = (
        f"Mean of the organisations that answered, each by the mean of its respondents, from {low:g} to {high:g}. The "
        "interval takes those who answered as a sample; that those who did not may think otherwise, it does not know."
    )
    # A picture of networks that a table leaves out would show them.
    drawn = figure(found.plot(wave=wave), "Scores of each network", wide=True) if len(shown) == len(rows) else ""
    content = f"<p>{escape(text)}</p>{drawn}{_numbers(header, cells, drawn)}"
    content += _note(ground, len(rows) - len(shown))
    columns = [*found.by, "scale", "organisations", "respondents", "score", "lower", "upper"]
    frame = _frame(columns, [[row[name] for name in columns] for row in shown], ground)
    return Section(
        title="How each network scores", content=content, finding=_ranked(shown, wave),
        tables={} if frame is None else {"scores": frame},
    )  # fmt: skip


def _ranked(rows: list[dict[str, Any]], wave: str | None) -> str:
    """Name the factors with the highest and the lowest mean over networks, in the last wave."""
    last = [row for row in rows if wave is None or row[wave] == max(one[wave] for one in rows)]
    means = {
        name: float(np.mean([row["score"] for row in last if row["scale"] == name]))
        for name in dict.fromkeys(row["scale"] for row in last if known(row["score"]))
    }
    if len(means) < 2:  # noqa: PLR2004 (one is not ranked)
        return ""
    best, worst = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    return f"Strongest is {best} ({number(means[best])} on average), weakest {worst} ({number(means[worst])})."


def changed(ground: Ground) -> Section:
    """What changed between the first and the last wave, among the same organisations."""
    given, wave, names = ground.table(Scorecards), _wave(ground), _factors(ground)
    title = "Did it change?"
    if wave is None:
        return Section(title=title, content="<p>There is one wave: nothing can be said.</p>")
    place = tuple(name for name in given.by if name != wave)
    waves = sorted(set(_frames.wrap(given.table, given.words)[wave].to_list()))
    found = scales.change(
        given.table, _card(ground), between=(waves[0], waves[-1]), wave=wave, place=place,
        organisation=given.organisation, respondent=given.respondent, confidence=ground.settings.confidence,
    )  # fmt: skip
    rows = sorted(rows_of(found.to_frame()), key=lambda row: names.index(row["scale"]))
    # Who answered once could be worked out from the means of all and of the pairs.
    shown = [row for row in rows if not _few(ground, row["pairs"], row["only_before"] + row["only_after"])]
    cells = [
        [
            escape(row["scale"]), escape(name_of(key_of(row, place), place)), number(row["pairs"]),
            number(row["difference"]), interval(row["lower"], row["upper"]),
            *(escape(p_value(row[name])) for name in ("p", "holm")),
        ]
        for row in shown
    ]  # fmt: skip
    header = ["Factor", "Network", "Organisations", "Change", f"{found.confidence:.0%} interval", "p", "p (Holm)"]
    text = (
        f"Change from {wave} {waves[0]} to {waves[-1]} of the organisations that answered in both, paired t-test; the "
        f"second p is adjusted for {counted(len(rows), 'comparison')}."
    )
    drawn = figure(found.plot(), "Change of scores", wide=True) if len(shown) == len(rows) else ""
    content = f"<p>{escape(text)}</p>{drawn}{_numbers(header, cells, drawn)}"
    content += _note(ground, len(rows) - len(shown))
    columns = [*place, "scale", "pairs", "difference", "lower", "upper", "p", "holm"]
    frame = _frame(columns, [[row[name] for name in columns] for row in shown], ground)
    return Section(
        title=title, content=content, finding=_moved(shown, len({key_of(row, place) for row in rows})),
        tables={} if frame is None else {"change": frame},
    )  # fmt: skip


def _moved(rows: list[dict[str, Any]], networks: int) -> str:
    """Say which factors rose or fell demonstrably, and in how many networks."""
    words = []
    for verb, sign in (("Rose", 1), ("Fell", -1)):
        sure = [
            row["scale"] for row in rows if known(row["holm"]) and row["holm"] < LEVEL and row["difference"] * sign > 0
        ]
        listed = [f"{name} (in {sure.count(name)} of {networks})" for name in dict.fromkeys(sure)]
        words.append(f"{verb} demonstrably: {said(listed)}.")
    return " ".join(words)


def placed(ground: Ground) -> Section:
    """Whether scores go with being named as a contact."""
    given, scores, settings = ground.table(Scorecards), _scores(ground), ground.settings
    contact = ground.needed("contact")
    keys = set(zip(*(scores.rows[name] for name in scores.by), strict=True)) if scores.by else {()}
    names = (*ground.place_names, *([] if settings.wave is None else [settings.wave]))
    nets = {}
    for place, wave in ground.sites:
        key = (*place, *([] if wave is None else [wave]))
        parts = dict(zip(names, key, strict=True))
        if tuple(parts.get(name) for name in scores.by) in keys:
            with ground.trying(ground.name(place, wave)):
                nets[key or ("network",)] = ground.net(place, wave, contact)
    # So many that the adjustment for all correlations leaves small p-values small.
    draws = max(settings.permutations, round(ENOUGH * len(nets) * len(scores.scales) / LEVEL))
    found = scales.position(
        scores, Study(nets, by=names or ("network",)), permutations=draws, seed=settings.seed, progress=False
    )
    tests = len(found.rows["scale"])
    rows = [row for row in rows_of(found.to_frame()) if not _few(ground, row["organisations"])]
    networks = list(dict.fromkeys(key_of(row, given.by) for row in rows))
    cells = {(row["scale"], key_of(row, given.by)): f"{number(row['pearson'])}{_star(row)}" for row in rows}
    header = ["Factor", *(name_of(values_of(key), given.by) for key in networks)]
    body = [[escape(one), *(cells.get((one, key), "–") for key in networks)] for one in _factors(ground)]
    text = (
        f"Correlation (Pearson) of an organisation's score with how many others name it ({contact}), by permutation "
        f"test ({draws:,} random orders). *: p below .05 after adjustment for {counted(tests, 'correlation')} "
        "(Holm). Where neighbours in the network are alike in other ways, too, this is found too often."
    )
    columns = [*given.by, "scale", "organisations", "pearson", "p_pearson", "spearman", "p_spearman", "holm_pearson"]
    frame = _frame(columns, [[row[name] for name in columns] for row in rows], ground)
    return Section(
        title="Scores and position", content=f"<p>{escape(text)}</p>{table(header, body, texts=1)}",
        finding=_central(rows, len(networks)), tables={} if frame is None else {"position": frame},
    )  # fmt: skip


def _star(row: dict[str, Any]) -> str:
    return "*" if known(row["holm_pearson"]) and row["holm_pearson"] < LEVEL else ""


def _central(rows: list[dict[str, Any]], networks: int) -> str:
    """Name the factors that central organisations see differently."""
    words = []
    for verb, sign in (("more", 1), ("less", -1)):
        sure = [row["scale"] for row in rows if _star(row) and row["pearson"] * sign > 0]
        listed = [f"{name} (in {sure.count(name)} of {networks} networks)" for name in dict.fromkeys(sure)]
        if listed:
            words.append(f"Organisations that many name see {verb} of {said(listed)}.")
    return " ".join(words) or "Organisations that many name do not demonstrably see it differently."


SECTIONS = (
    ("Do the items go together?", reliable),
    ("Do members agree?", agreed),
    ("How each network scores", profile),
    ("Did it change?", changed),
    ("Scores and position", placed),
)
ANSWERS = ("How each network scores", "Did it change?", "Scores and position")
