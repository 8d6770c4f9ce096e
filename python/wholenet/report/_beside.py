"""Tables that stand beside the networks of a study: what they hold, and what their columns stand for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from wholenet import _frames
from wholenet._checks import choice, whole
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet.study import Study

__all__ = ["Beside", "ManyNetworks", "RequiredTies", "Scorecards", "Trajectories", "under_pseudonyms"]

ANCHORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyNetworks:
    """
    Many networks, one row each, for the chapters that compare them.

    Parameters
    ----------
    table : table
        One row per network.
    name, outcome, context, governance, size : str
        Its columns: what the network is called, what is to be explained, the context it stands in, how it is governed,
        and how many organisations it has.
    anchors : mapping from str to three numbers, optional
        For configurations: of the outcome and of each condition, the values that are fully out, the crossover, and
        fully in.
    networks : Study, optional
        The networks themselves, under the same names.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.report.ManyNetworks(table=wn.datasets.neighbourhoods()).outcome
    'effectiveness'
    """

    words: ClassVar[str] = "table of many networks"
    table: IntoDataFrame
    name: str = "network"
    outcome: str = "effectiveness"
    context: str = "ses"
    governance: str = "inside"
    size: str = "organisations"
    anchors: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    networks: Study | None = None

    def __post_init__(self) -> None:
        _columns(self, "name", "outcome", "context", "governance", "size")
        _require(self, self.anchors)
        for name, three in self.anchors.items():
            numbers = isinstance(three, list | tuple) and all(isinstance(one, int | float) for one in three)
            if not numbers or len(three) != ANCHORS:
                msg = f"the anchors of {name!r} must be three numbers (fully out, crossover, fully in), not {three!r}"
                raise ArgumentError(msg)
            out, crossover, full = three
            if not (out < crossover < full or out > crossover > full):
                msg = (
                    f"the anchors of {name!r} must be in order, with the crossover between fully out and fully in, but "
                    f"are {', '.join(map(str, three))}"
                )
                raise ArgumentError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecards:
    """
    Scorecards: what respondents think of the success factors of their network.

    Parameters
    ----------
    table : table
        One row per respondent and wave, with the items that the template names.
    by : sequence of str
        The columns that tell networks apart, as in the study: places and wave.
    organisation, respondent : str
        Its columns: whom the respondent works for, spelled as in the study, and who it is.
    template : {"integrated youth care", "trust and value"}
        Which items there are.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.report.Scorecards(table=wn.datasets.scorecards()).by
    ('municipality', 'wave')
    """

    words: ClassVar[str] = "table of scorecards"
    table: IntoDataFrame
    by: tuple[str, ...] = ("municipality", "wave")
    organisation: str = "organisation"
    respondent: str = "respondent"
    template: Literal["integrated youth care", "trust and value"] = "integrated youth care"

    def __post_init__(self) -> None:
        choice("template", self.template, ("integrated youth care", "trust and value"))
        _columns(self, "organisation", "respondent")
        _require(self, self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectories:
    """
    Trajectories of clients: an event log. No row of it is ever written.

    Parameters
    ----------
    table : table
        One row per trajectory.
    place : str, optional
        The column that tells places apart, as in the study; ``None``: there is one place.
    client, organisation, care_level, referrer, start, end, end_reason : str
        Its columns. An empty end means that the trajectory was still going on at the last day.
    levels : sequence of str, optional
        The care levels, from light to heavy. Default: the order that the column has.
    dropped_out : sequence of str
        The reasons of an end that mean that the client dropped out.
    outcomes : sequence of str
        Columns with outcome measures: numbers, empty where not known.
    last_day : date or str, optional
        The last day of observation. Default: the last day in the table.
    min_count : int
        Counts of fewer clients are not shown.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.report.Trajectories(table=wn.datasets.trajectories()).min_count
    10
    """

    words: ClassVar[str] = "table of trajectories"
    table: IntoDataFrame
    place: str | None = "municipality"
    client: str = "client"
    organisation: str = "organisation"
    care_level: str = "care_level"
    referrer: str = "referrer"
    start: str = "start"
    end: str = "end"
    end_reason: str = "end_reason"
    levels: tuple[str, ...] = ()
    dropped_out: tuple[str, ...] = ("early, by the client",)
    outcomes: tuple[str, ...] = ("satisfaction", "goals")
    last_day: Any = None
    min_count: int = 10

    def __post_init__(self) -> None:
        whole(self.min_count, "min_count")
        _columns(self, "client", "organisation", "care_level", "referrer", "start", "end", "end_reason")
        _require(self, [*self.outcomes, *([] if self.place is None else [self.place])])


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredTies:
    """
    Rules that say who must work together, and who need not.

    Parameters
    ----------
    table : table
        One row per rule, as `wholenet.design.rules` reads them.
    among : {"strong", "contact"}
        Which ties the rules are about: strong relations, or any contact.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.report.RequiredTies(table=wn.datasets.required_ties()).among
    'strong'
    """

    words: ClassVar[str] = "table of required ties"
    table: IntoDataFrame
    among: Literal["strong", "contact"] = "strong"

    def __post_init__(self) -> None:
        choice("among", self.among, ("strong", "contact"))
        _frames.wrap(self.table, self.words)


Beside = ManyNetworks | Scorecards | Trajectories | RequiredTies


def _columns(one: Any, *roles: str) -> None:
    """Check that the columns which roles name are there."""
    _require(one, [getattr(one, role) for role in roles])


def _require(one: Any, names: Any) -> None:
    frame = _frames.wrap(one.table, one.words)
    for name in names:
        _frames.require(frame, name, one.words)


def under_pseudonyms(beside: Any, key: IntoDataFrame, places: tuple[str, ...]) -> Any:
    """Put pseudonyms in the place of the organisations that a table names; the key lacks those outside the study."""
    if not isinstance(beside, Scorecards | Trajectories):
        return beside
    known = {
        (*(str(row[name]) for name in places), str(row["actor"])): row["pseudonym"]
        for row in _frames.wrap(key, "key").iter_rows(named=True)
    }
    frame = _frames.wrap(beside.table, beside.words)
    owners = zip(*(frame[name].to_list() for name in (*places, beside.organisation)), strict=True)
    lacking: dict[tuple[str, ...], str] = {}
    names = []
    for owner in owners:
        of = tuple(map(str, owner))
        names.append(known.get(of) or lacking.setdefault(of, f"other-{secrets.token_hex(3)}"))
    hidden = nw.new_series(beside.organisation, names, backend=frame.implementation)
    return replace(beside, table=frame.with_columns(hidden).to_native())
