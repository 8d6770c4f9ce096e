"""Which organisations of the example study must work together, and which need not: rules that anyone can read.

The rules are assumptions. They say of the strong relations what the reform of youth care asks: light care at hand for
schools and childcare, a step from each level of care to the next, gatekeepers who know the specialists, and nobody with
more strong relations than can be kept up.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

__all__ = ["required_ties"]

COLUMNS: Final = ("rule", "who", "with_whom", "ties")
RULES: Final = (
    ("must", "sector = education", "care_level = light", "1"),
    ("must", "care_level = selective", "care_level = light", "1"),
    ("must", "care_level = light", "care_level = intensive", "1"),
    ("must", "care_level = intensive", "care_level = specialist", "1"),
    ("must", "care_level = taking over", "gatekeeper", "1"),
    ("must", "gatekeeper", "sector = mental health", "2"),
    ("must", "gatekeeper", "sector = specialist youth care", "2"),
    ("never", "sector = childcare", "care_level = taking over", ""),
    ("at_most", "", "", "capacity"),
)


def required_ties() -> pa.Table:
    """Return one row for each rule."""
    return pa.table(dict(zip(COLUMNS, zip(*RULES, strict=True), strict=True)))
