"""What may stand in ``study.toml``: its parts, their names, and what each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["BESIDE", "PARTS", "READING", "SETTINGS", "TABLES", "parts_of"]

# Which names may stand in which part of the file, and what they hold.
TEXT, LIST, WHOLE, NUMBER, FLAG = "text", "a list of texts", "a whole number", "a number", "true or false"
ANCHORS = "a list of three numbers for each column"
READING = {"delimiter": TEXT, "decimal": TEXT, "encoding": TEXT}
PARTS: dict[str, dict[str, str]] = {
    "": {"title": TEXT, "notice": TEXT, "out": TEXT, "chapters": LIST},
    "ties": {
        "file": TEXT, "by": LIST, "source": TEXT, "target": TEXT, "value": TEXT, "undirected": LIST, "loops": TEXT,
        "duplicates": TEXT, "unknown": TEXT, "signed": FLAG, **READING,
    },
    "organisations": {
        "file": TEXT, "name": TEXT, "responded": TEXT, "sector": TEXT, "care_level": TEXT, "gatekeeper": TEXT,
        "linking": TEXT, "lead": TEXT, "capacity": TEXT, **READING,
    },
    "relations": {"wave": TEXT, "relation": TEXT, "contact": TEXT, "referral": TEXT, "information": LIST},
    "strong": {"frequency": NUMBER, "reciprocal": FLAG, "kinds": WHOLE, "one_report": TEXT},
    "governance": {"perceived_mode": TEXT, "trust": TEXT, "modes": LIST, "formal": "a mode, or one for each place"},
    "inference": {"seed": WHOLE, "draws": WHOLE, "permutations": WHOLE, "imputations": WHOLE, "confidence": NUMBER},
    "publish": {"min_count": WHOLE, "pseudonyms": FLAG, "tables": LIST},
    "networks": {
        "file": TEXT, "name": TEXT, "outcome": TEXT, "context": TEXT, "governance": TEXT, "size": TEXT,
        "anchors": ANCHORS, "ties": TEXT, "organisations": TEXT, **READING,
    },
    "scorecards": {
        "file": TEXT, "by": LIST, "organisation": TEXT, "respondent": TEXT, "template": TEXT, **READING,
    },
    "trajectories": {
        "file": TEXT, "place": TEXT, "client": TEXT, "organisation": TEXT, "care_level": TEXT, "levels": LIST,
        "referrer": TEXT, "start": TEXT, "end": TEXT, "end_reason": TEXT, "dropped_out": LIST, "outcomes": LIST,
        "last_day": TEXT, "min_count": WHOLE, **READING,
    },
    "required": {"file": TEXT, "among": TEXT, **READING},
}  # fmt: skip
SETTINGS = {
    "organisations": ("sector", "care_level", "gatekeeper", "linking", "lead", "capacity"),
    "relations": ("wave", "relation", "contact", "referral", "information"),
    "strong": ("frequency", "reciprocal", "kinds", "one_report"),
    "governance": ("perceived_mode", "trust", "modes", "formal"),
    "inference": ("seed", "draws", "permutations", "imputations", "confidence"),
    "publish": ("min_count", "pseudonyms"),
    "": ("chapters",),
}
NEEDED = (("ties", "file"), ("ties", "by"))
TABLES = ("xlsx", "docx", "tex")
# Parts that name a table beside the networks.
BESIDE = ("networks", "scorecards", "trajectories", "required")


def parts_of(content: Mapping[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    """Sort what the file says by part, and refuse what is not known."""
    parts: dict[str, dict[str, Any]] = {name: {} for name in PARTS}
    for name, value in content.items():
        if name in PARTS and isinstance(value, dict):
            for inner, one in value.items():
                parts[name][inner] = _known(name, inner, one, path)
        else:
            parts[""][name] = _known("", name, value, path)
    needed = [*NEEDED, *((part, "file") for part in BESIDE if parts[part])]
    for part, name in needed:
        if name not in parts[part]:
            msg = f"{path}: [{part}] must say {name} = {PARTS[part][name]}"
            raise ArgumentError(msg)
    odd = [one for one in parts["publish"].get("tables", ()) if one not in TABLES]
    if odd:
        msg = f"{path}: tables are written as {', '.join(TABLES)}, not as {odd[0]!r}"
        raise ArgumentError(msg + _frames.near(odd[0], TABLES))
    return parts


def _known(part: str, name: str, value: Any, path: Path) -> Any:
    """Check a name and the kind of its value."""
    where = f"[{part}]" if part else "the first part"
    if name not in PARTS[part]:
        msg = f"{path}: {where} has no {name!r}; it may have {', '.join(PARTS[part])}"
        others = [other for other in PARTS if other] if not part else []
        raise ArgumentError(msg + _frames.near(name, [*PARTS[part], *others]))
    wanted = PARTS[part][name]
    fits = {
        TEXT: isinstance(value, str),
        LIST: isinstance(value, list) and all(isinstance(one, str) for one in value),
        WHOLE: isinstance(value, int) and not isinstance(value, bool),
        NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        FLAG: isinstance(value, bool),
        ANCHORS: isinstance(value, dict),
    }
    if not fits.get(wanted, isinstance(value, str | dict)):
        msg = f"{path}: {name} in {where} must be {wanted}, but is {value!r}"
        raise ArgumentError(msg)
    return value
