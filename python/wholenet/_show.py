"""How results look in Jupyter."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wholenet.network import Network

__all__ = ["facts_html", "network_html", "recipe_html", "table_html"]


def table_html(header: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Lay out rows as an HTML table; numbers stand right."""

    def cell(value: object) -> str:
        side = "right" if isinstance(value, int | float) else "left"
        text = f"{value:,.3g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
        return f"<td style='text-align:{side}'>{escape(text)}</td>"

    head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    title = f"<caption style='text-align:left'>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def facts_html(title: str, facts: Iterable[tuple[str, str]], recipe: Sequence[str]) -> str:
    """Lay out facts as a two-column table with a title, the recipe folded below it."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th><td style='text-align:left'>{escape(value)}</td></tr>"
        for name, value in facts
    )
    return f"<div><strong>{escape(title)}</strong><table>{rows}</table>{recipe_html(recipe)}</div>"


def recipe_html(recipe: Sequence[str]) -> str:
    """Fold the coding steps away; nothing where there are none."""
    steps = "".join(f"<li>{escape(step)}</li>" for step in recipe)
    return f"<details><summary>Recipe</summary><ol>{steps}</ol></details>" if recipe else ""


def network_html(net: Network, lost: int, seen: int, silent: int) -> str:
    """Show what a network holds, and how many dyads and respondents it lacks."""
    direction = "between two modes" if net.two_mode else "directed" if net.directed else "undirected"
    facts = [
        (
            "Actors",
            " and ".join(f"{size:,}" for size in np.bincount(net.modes)) if net.two_mode else f"{net.n_actors:,}",
        ),
        ("Ties", f"{net.n_ties:,} {direction}{', with values' if net.valued else ''}"),
        ("Dyads observed", f"{seen:,} of {seen + lost:,}"),
    ]
    if silent:
        facts.append(("Did not answer", f"{silent:,} actors"))
    attributes = net.attribute_names
    if attributes:
        facts.append(("Attributes", ", ".join(attributes)))
    return facts_html("Network", facts, net.recipe)
