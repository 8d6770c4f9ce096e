"""The page of a study's report: one HTML file that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from wholenet import _core
from wholenet.report._cells import counted, folded, name_of, number, rows_of, table, values_of
from wholenet.report._places import Plan, place_section
from wholenet.report._style import STYLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.change import TieChange
    from wholenet.network import Network
    from wholenet.report._chapter import Chapter
    from wholenet.report._settings import Settings
    from wholenet.study import Study

__all__ = ["render"]

GLANCE = {
    "actors": "Actors",
    "non_respondents": "Did not answer",
    "ties": "Ties",
    "share_unobserved": "Unobserved dyads",
    "density": "Density",
    "mean_degree": "Mean degree",
    "isolates": "Isolates",
    "reciprocity": "Reciprocity",
    "transitivity": "Transitivity",
    "average_distance": "Distance",
    "centralization_in": "Central. in",
    "centralization_out": "Central. out",
}
SHARES = {"share_unobserved"}

NOTES = (
    (
        "Density",
        "ties as a share of the observed dyads (ordered pairs of actors where ties have a direction).",
    ),
    (
        "Mean degree",
        "density × (n − 1): the mean number of ties that an actor sends (and receives), as far as observed.",
    ),
    ("Reciprocity", "share of the ties that are returned, among pairs observed both ways."),
    ("Transitivity", "share of two-step paths i → j → k with a tie i → k."),
    ("Distance", "mean number of steps between actors joined by a path."),
    (
        "Centralization",
        "Freeman: summed lead of the actor with the most ties, ÷ the most that a network of this size can have.",
    ),
    (
        "Betweenness",
        "number of shortest paths between others that pass through an actor (shares where there are several).",
    ),
    (
        "Not observed",
        (
            "ties that an actor who did not answer may have. Densities, reciprocity and change leave these dyads "
            "out; measures that follow paths read them as absent, and so understate."
        ),
    ),
    (
        "Change",
        (
            "over actors in both waves and dyads observed in both: kept ÷ (kept + dissolved + new) is Jaccard's index; "
            "dissolved ÷ (kept + dissolved) the share of ties gone. Part of an apparent loss is measurement: a tie "
            "that one wave's respondent forgets looks dissolved."
        ),
    ),
)


def render(
    study: Study,
    tables: Mapping[str, IntoDataFrame],
    found: Mapping[tuple[tuple[Any, ...], Any, Any], TieChange],
    chapters: Sequence[Chapter],
    unwritten: Mapping[str, str],
    *,
    title: str,
    notice: str | None,
    settings: Settings,
) -> str:
    """Lay out the page."""
    plan = Plan.of(study, settings.wave)
    places: dict[tuple[Any, ...], dict[Any, Network]] = {}
    for key, net in study.items():
        places.setdefault(plan.part(key, plan.places), {})[key] = net
    networks, measured = rows_of(tables["networks"]), rows_of(tables["actors"])
    parts = [_head(study, title, notice, settings.wave), _short(chapters)]
    parts += [chapter.html for chapter in chapters]
    parts.append(_glance(study, networks))
    for place, nets in places.items():
        parts.append(place_section(plan, place, nets, networks, measured, found, settings))
    parts += [_definitions(), _recipes(study), _made(settings, unwritten)]
    body = "\n".join(parts)
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


# Parts of the page ----------------------------------------------------------------------------------------


def _head(study: Study, title: str, notice: str | None, wave: str | None) -> str:
    warning = f"<p class='notice'>{escape(notice)}</p>" if notice else ""
    answered = [net.missing.share for net in study.values()]
    unobserved = (
        "Every dyad was observed."
        if not any(answered)
        else f"Between {min(answered):.0%} and {max(answered):.0%} of the dyads of a network were not observed, "
        "because actors did not answer or single answers are empty; nothing was filled in for them."
    )
    waves = "" if wave else " There is one wave, so that nothing is said about change."
    gaps = f" Combinations without a network: {', '.join(map(str, study.gaps))}." if study.gaps else ""
    return (
        f"<h1>{escape(title)}</h1>{warning}"
        f"<p class='lead'>{escape(counted(len(study), 'network'))}, told apart by {escape(', '.join(study.by))}. "
        f"{escape(unobserved + waves + gaps)}</p>"
    )


def _short(chapters: Sequence[Chapter]) -> str:
    """What was found, a paragraph for each chapter, with a link to it."""
    if not chapters:
        return ""
    items = "".join(
        f"<dt><a href='#{escape(one.name)}'>{escape(one.title)}</a></dt><dd>{escape(one.lead)}</dd>" for one in chapters
    )
    return f"<h2>In short</h2><dl class='short'>{items}</dl>"


def _glance(study: Study, networks: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for row in networks:
        cells = [number(row[name], share=name in SHARES) for name in GLANCE]
        rows.append([*(escape(str(row[name])) for name in study.by), *cells])
    return "<h2>The networks at a glance</h2>" + table([*study.by, *GLANCE.values()], rows, texts=len(study.by))


def _definitions() -> str:
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in NOTES)
    return f"<h2>What the numbers mean</h2><dl>{items}</dl>"


def _recipes(study: Study) -> str:
    rows = []
    for key, net in study.items():
        steps = "".join(f"<li>{escape(step)}</li>" for step in net.recipe)
        rows.append(folded(name_of(values_of(key), study.by), f"<ol>{steps}</ol>"))
    return f"<h2>Recipe</h2><p>The coding steps behind each network as it was read.</p>{''.join(rows)}"


def _made(settings: Settings, unwritten: Mapping[str, str]) -> str:
    """How the report was made, and which chapters it has not."""
    rows = [[escape(name), escape(value)] for name, value in settings.changed()]
    items = "".join(f"<li>{escape(name)}: {escape(why)}.</li>" for name, why in unwritten.items())
    missing = f"<p>Chapters that were not written:</p><ul>{items}</ul>" if unwritten else ""
    version = f"<p>Made by wholenet {_core.__version__}. The same settings give the same report.</p>"
    return f"<h2>How this report was made</h2>{version}{missing}{table(['Setting', 'Value'], rows, texts=2)}"
