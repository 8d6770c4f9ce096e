"""Scales of items, and scorecards of scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._checks import whole
from wholenet._ingest import counted, number
from wholenet._show import table_html
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

__all__ = ["Scale", "Scorecard", "largest_of", "scales_of"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scale:
    """
    Items that measure one thing together, answered by numbers from `low` to `high`.

    Parameters
    ----------
    name : str
        What is measured.
    items : sequence of str
        The columns of a table that hold the answers; one at least.
    low, high : float
        The lowest and the highest answer that there is.
    reversed : sequence of str
        Items that are asked the other way round, so that a high answer means little of what is measured. Their answers
        x are read as low + high - x.
    words : mapping from str to str
        The wording of items.
    least : int, optional
        How many items a respondent has to answer to have a score, the mean of the items answered. Default: all.

    Raises
    ------
    ArgumentError
        There is no item, one is listed twice, `low` is not below `high`, `least` is more than the number of items, or
        `reversed` or `words` name an item that is not listed.

    Notes
    -----
    A score from fewer than all items takes the items that were not answered as if they had the mean of the others.
    Where items differ in how easily people agree with them, that moves the score.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.survey.scales.Scale("trust", ["trust_1", "trust_2", "trust_3"], reversed=["trust_3"], least=2)
    <Scale 'trust': 3 items from 1 to 5, 1 reversed; a score needs 2>
    """

    name: str
    items: Sequence[str]
    _: KW_ONLY
    low: float = 1
    high: float = 5
    reversed: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    least: int | None = None

    def __post_init__(self) -> None:
        _check_name(self.name, "Scale")
        items = _names(self.items, "items", self.name)
        if not items:
            msg = f"the scale {self.name!r} needs at least one item"
            raise ArgumentError(msg)
        turned = _names(self.reversed, "reversed", self.name)
        words = _wordings(self.words, self.name)
        for argument, named in (("reversed", turned), ("words", words)):
            for item in named:
                if item not in items:
                    listed = ", ".join(map(repr, items))
                    msg = (
                        f"{argument} of the scale {self.name!r} names {item!r}, which is none of its items"
                        f"{_frames.near(item, items) or '.'} They are {listed}"
                    )
                    raise ArgumentError(msg)
        if not number(self.low, "low") < number(self.high, "high") < float("inf") or self.low == -float("inf"):
            msg = f"low must be a number below high in the scale {self.name!r}, but they are {self.low} and {self.high}"
            raise ArgumentError(msg)
        if self.least is not None and whole(self.least, "least") > len(items):
            msg = f"least={self.least} asks for more answers than the scale {self.name!r} has items ({len(items)})"
            raise ArgumentError(msg)
        for attribute, value in (("items", items), ("reversed", turned), ("words", words)):
            object.__setattr__(self, attribute, value)

    @property
    def needed(self) -> int:
        """How many items a respondent has to answer to have a score."""
        return len(self.items) if self.least is None else self.least

    def __repr__(self) -> str:
        turned = f", {len(self.reversed)} reversed" if self.reversed else ""
        needs = "all" if self.needed == len(self.items) else f"{self.needed}"
        return (
            f"<Scale {self.name!r}: {counted(len(self.items), 'item')} from {self.low:g} to {self.high:g}{turned}; "
            f"a score needs {needs}>"
        )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scorecard:
    """
    Several scales that are asked together, such as the success factors of a network.

    Parameters
    ----------
    name : str
        What the scorecard is of.
    scales : sequence of Scale
        The scales, each of another name.

    Raises
    ------
    ArgumentError
        There is no scale, one is no `Scale`, or two have the same name.

    Examples
    --------
    >>> from wholenet.survey.scales import Scale, Scorecard
    >>> Scorecard("climate", [Scale("trust", ["t1", "t2"]), Scale("value", ["v1", "v2"])])
    <Scorecard 'climate': 2 scales, 4 items>
    """

    name: str
    scales: Sequence[Scale]

    def __post_init__(self) -> None:
        _check_name(self.name, "Scorecard")
        given = tuple(self.scales) if isinstance(self.scales, Sequence) else ()
        if not given or not all(isinstance(one, Scale) for one in given):
            msg = f"the scorecard {self.name!r} needs one or more scales (survey.scales.Scale), but has {self.scales!r}"
            raise ArgumentError(msg)
        names = [one.name for one in given]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            msg = f"two scales of the scorecard {self.name!r} are called {twice!r}; rename one"
            raise ArgumentError(msg)
        object.__setattr__(self, "scales", given)

    def to_frame(self, kind: str | None = None) -> IntoDataFrame:
        """Lay the scorecard out as a codebook.

        Parameters
        ----------
        kind : {"pandas", "polars", "pyarrow"}, optional
            The kind of table. Default: pandas if it is installed, else polars, else pyarrow.

        Returns
        -------
        table
            One row for each item of each scale: ``scale``, ``item``, ``wording`` (empty where none was given), ``low``,
            ``high`` and ``reversed``.

        Examples
        --------
        >>> from wholenet.survey.scales import integrated_youth_care
        >>> integrated_youth_care().to_frame()[["scale", "item"]].head(1)
                    scale        item
        0  right partners  partners_1
        """
        rows = [(scale, item) for scale in self.scales for item in scale.items]
        columns = {
            "scale": [scale.name for scale, _ in rows],
            "item": [item for _, item in rows],
            "wording": [scale.words.get(item, "") for scale, item in rows],
            "low": [float(scale.low) for scale, _ in rows],
            "high": [float(scale.high) for scale, _ in rows],
            "reversed": [item in scale.reversed for scale, item in rows],
        }
        return _frames.make(columns, _frames.check_kind(kind))

    def __repr__(self) -> str:
        items = sum(len(scale.items) for scale in self.scales)
        return f"<Scorecard {self.name!r}: {counted(len(self.scales), 'scale')}, {counted(items, 'item')}>"

    def _repr_html_(self) -> str:
        rows = [
            (scale.name, item, scale.words.get(item, ""), "reversed" if item in scale.reversed else "")
            for scale in self.scales
            for item in scale.items
        ]
        return table_html(["scale", "item", "wording", ""], rows, self.name)


def scales_of(scorecard: object) -> tuple[Scale, ...]:
    """List the scales of a scorecard; one scale alone is a scorecard, too."""
    if isinstance(scorecard, Scale):
        return (scorecard,)
    if isinstance(scorecard, Scorecard):
        return tuple(scorecard.scales)
    msg = (
        f"scorecard must be a Scorecard or a Scale, but is a {type(scorecard).__name__}. Declare one with "
        "survey.scales.Scale(name, items), or take survey.scales.integrated_youth_care()"
    )
    raise ArgumentError(msg)


def largest_of(scale: Scale) -> float:
    """Give the largest answer, whatever its sign."""
    return float(max(abs(scale.low), abs(scale.high)))


def _check_name(name: object, kind: str) -> None:
    if not isinstance(name, str) or not name:
        msg = f"the name of a {kind} must be text, but is {name!r}"
        raise ArgumentError(msg)


def _wordings(words: object, scale: str) -> Mapping[str, str]:
    if not isinstance(words, Mapping):
        msg = f"words of the scale {scale!r} must be a mapping from items to wordings, but is {words!r}"
        raise ArgumentError(msg)
    return MappingProxyType(dict(words))


def _names(names: object, argument: str, scale: str) -> tuple[str, ...]:
    """Read names of items; a text alone would be read letter by letter."""
    found = tuple(names) if isinstance(names, Sequence) and not isinstance(names, str) else None
    if found is None or not all(isinstance(one, str) and one for one in found) or len(set(found)) < len(found):
        msg = f"{argument} of the scale {scale!r} must list different names of columns, but is {names!r}"
        raise ArgumentError(msg)
    return found
