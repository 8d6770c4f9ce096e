"""Numbers of whole networks for a chapter: each with its interval and the range that the silent leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from wholenet import inference, survey
from wholenet._results import kind_of
from wholenet.errors import WholenetError
from wholenet.report._cells import rows_of
from wholenet.report._chapter import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wholenet.change import Stability
    from wholenet.network import Network
    from wholenet.report._ground import Ground

__all__ = ["QAP", "Asked", "kind_in", "measured", "plain", "stability_lines"]

QAP = "Tools > Statistics > Matrix (QAP) > QAP-Correlation"
# How many answers a search for the range tries.
SEARCHES = 100
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A measure to be taken of networks."""

    name: str
    measure: str | Callable[[Network], Any]
    how: str
    share: bool = False
    sampled: bool = True  # whether there is an interval: not of what copies of actors in a draw distort
    monotone: Literal["increasing", "decreasing"] | None = None  # what ties do to it, where `survey` does not know


def measured(nets: Mapping[str, Network], asked: Sequence[Asked], ground: Ground) -> list[Line]:
    """Take measures of networks: value, bootstrap interval, range, and how many dyads they rest on."""
    settings = ground.settings
    found: list[Line] = []
    for name, net in nets.items():
        drawn = inference.bootstrap_measures(
            net,
            {one.name: one.measure for one in asked},
            draws=settings.draws,
            confidence=settings.confidence,
            seed=settings.seed,
            progress=False,
        )
        rows = {row["statistic"]: row for row in rows_of(drawn.to_frame())}
        for one in asked:
            row = rows[one.name]
            least, most, exact = _range(net, one, ground)
            low, high = (row["lower"], row["upper"]) if one.sampled else (NAN, NAN)
            found.append(
                Line(
                    network=name, measure=one.name, value=row["estimate"], lower=low, upper=high,
                    least=least, most=most, exact=exact, observed=net.missing.observed, how=one.how, share=one.share,
                )
            )  # fmt: skip
    return found


def _range(net: Network, asked: Asked, ground: Ground) -> tuple[float, float, bool]:
    """What the measure may be, whatever those who did not answer had said."""
    if not net.missing.share:
        return NAN, NAN, True
    try:
        found = survey.bounds(
            net, asked.measure, monotone=asked.monotone, draws=SEARCHES, seed=ground.settings.seed, progress=False
        )
    except WholenetError:
        return NAN, NAN, True
    return float(found.lower), float(found.upper), found.exact


def kind_in(ground: Ground) -> str:
    """The kind of table that the study came from."""
    return kind_of(next(iter(ground.study.values())))


def plain(net: Network) -> Network:
    """The network without the values of its ties."""
    return net.dichotomize(above=0) if net.valued else net


def stability_lines(name: str, stable: Stability) -> list[Line]:
    """What is told of the stability of a network."""
    return [
        Line(
            network=name, measure="Jaccard", value=stable.jaccard, lower=stable.jaccard_lower,
            upper=stable.jaccard_upper, how="kept ÷ (kept + dissolved + new)",
        ),
        Line(
            network=name, measure="QAP correlation of the waves", value=stable.qap.estimate, p=stable.qap.p_upper,
            how=QAP,
        ),
    ]  # fmt: skip
