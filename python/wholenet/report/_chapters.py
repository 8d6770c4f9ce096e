"""The chapters of a report: which there are, what they need, and in which order they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet.report import (
    _awareness,
    _change,
    _collaboration,
    _compare,
    _configurations,
    _design,
    _flows,
    _information,
    _respondents,
    _scorecards,
    _strong,
)
from wholenet.report._beside import ManyNetworks, RequiredTies, Scorecards, Trajectories
from wholenet.report._chapter import Chapter, written
from wholenet.report._settings import CHAPTERS

if TYPE_CHECKING:
    from wholenet.report._beside import Beside
    from wholenet.report._ground import Ground

__all__ = ["chapters"]

MODULES = {
    "respondents": _respondents,
    "collaboration": _collaboration,
    "information": _information,
    "change": _change,
    "awareness": _awareness,
    "strong": _strong,
    "networks": _compare,
    "configurations": _configurations,
    "scorecards": _scorecards,
    "trajectories": _flows,
    "design": _design,
}

# Of chapters that need more than the networks: the kind of table.
BESIDE: dict[str, type[Beside]] = {
    "networks": ManyNetworks,
    "configurations": ManyNetworks,
    "scorecards": Scorecards,
    "trajectories": Trajectories,
    "design": RequiredTies,
}


def chapters(ground: Ground) -> tuple[list[Chapter], dict[str, str]]:
    """Write the chapters that were asked for, or all that are possible; and say why the others are not there."""
    asked = ground.settings.chapters
    found: list[Chapter] = []
    without: dict[str, str] = {}
    for name in CHAPTERS:
        module = MODULES[name]
        if asked is not None and name not in asked:
            continue
        lacking = [need for need in module.NEEDS if getattr(ground.settings, need) in {None, ()}]
        if lacking and asked is None:
            without[module.TITLE] = f"the settings do not name {', '.join(lacking)}"
            continue
        kind = BESIDE.get(name)
        if kind is not None and asked is None and not any(isinstance(one, kind) for one in ground.beside):
            without[module.TITLE] = f"no {kind.words} was given"
            continue
        found.append(written(name, module.TITLE, module.QUESTION, module.SECTIONS, module.ANSWERS, ground))
    return found, without
