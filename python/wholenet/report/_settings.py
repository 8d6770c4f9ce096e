"""What the columns and relations of a study stand for, and how its report codes and tests them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from wholenet import _frames
from wholenet._checks import choice, share, whole
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from wholenet.study import Study

__all__ = ["CHAPTERS", "MODES", "Settings"]

CHAPTERS = (
    "respondents",
    "collaboration",
    "information",
    "change",
    "awareness",
    "strong",
    "networks",
    "configurations",
    "scorecards",
    "trajectories",
    "design",
)
MODES = ("shared", "lead organisation", "network administrative organisation")
KEYS = ("wave", "relation")
ATTRIBUTES = ("sector", "care_level", "gatekeeper", "linking", "lead", "perceived_mode", "trust")
OPTIONAL = ("capacity",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the columns and relations of a study stand for, and how its report codes and tests them.

    Parameters
    ----------
    wave, relation : str, optional
        The names in ``study.by`` that order the waves and tell relations apart. Default: ``"wave"`` and ``"relation"``
        where they are there. All other names are places.
    sector, care_level, gatekeeper, linking, lead, perceived_mode, trust : str, optional
        Attributes of the actors. Default: those of these very names, where they are there. ``gatekeeper``, ``linking``
        and ``lead`` mark actors: true or false, or a kind where not empty.
    capacity : str, optional
        The attribute that says how many strong ties an actor can keep up.
    contact : str, optional
        The relation that says who is in contact with whom, and how often.
    referral : str, optional
        The relation that says who refers clients to whom.
    information : sequence of str
        The relations by which information flows: two or more are compared with each other.
    frequency : float, optional
        A strong tie has a contact of this value or more. ``None``: any contact.
    reciprocal : bool
        Whether both sides must report the contact, where both answered.
    kinds : int
        How many of the other relations a strong tie must have.
    one_report : {"use", "missing"}
        What becomes of pairs on which only one side answered: its report stands for both, or the pair counts as not
        observed.
    formal : str or mapping, optional
        The formal mode of governance: of all places, or of each.
    modes : sequence of str
        The modes of governance that there are.
    seed : int
        The seed of all draws: the same seed gives the same report.
    draws : int
        How many bootstrap draws an interval rests on.
    permutations : int
        How many permutations a p-value rests on.
    imputations : int
        How often the answers of the silent are imputed.
    confidence : float
        The probability that an interval should cover the truth.
    min_count : int
        Groups of fewer actors are left out of tables of groups; 1 shows all.
    pseudonyms : bool
        Whether actors appear under pseudonyms.
    chapters : sequence of str, optional
        Which chapters to write, of ``"respondents"``, ``"collaboration"``, ``"information"``, ``"change"``,
        ``"awareness"``, ``"strong"``, ``"networks"``, ``"configurations"``, ``"scorecards"``, ``"trajectories"`` and
        ``"design"``. Default: those for which the relations, columns and tables are there.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.report.Settings(contact="any contact", frequency=4).frequency
    4
    """

    wave: str | None = None
    relation: str | None = None
    sector: str | None = None
    care_level: str | None = None
    gatekeeper: str | None = None
    linking: str | None = None
    lead: str | None = None
    perceived_mode: str | None = None
    trust: str | None = None
    capacity: str | None = None
    contact: str | None = None
    referral: str | None = None
    information: tuple[str, ...] = ()
    frequency: float | None = 3
    reciprocal: bool = True
    kinds: int = 2
    one_report: Literal["use", "missing"] = "use"
    formal: str | Mapping[str, str] | None = None
    modes: tuple[str, ...] = MODES
    seed: int = 1
    draws: int = 300
    permutations: int = 1000
    imputations: int = 20
    confidence: float = 0.95
    min_count: int = 1
    pseudonyms: bool = False
    chapters: tuple[str, ...] | None = field(default=None)

    def __post_init__(self) -> None:
        for name in ("draws", "permutations", "imputations"):
            whole(getattr(self, name), name, least=2)
        whole(self.seed, "seed", least=0)
        whole(self.kinds, "kinds", least=0)
        whole(self.min_count, "min_count")
        share(self.confidence, "confidence")
        choice("one_report", self.one_report, ("use", "missing"))
        for name in self.chapters or ():
            choice("chapters", name, CHAPTERS)
        formal = self.formal.values() if isinstance(self.formal, Mapping) else [self.formal] if self.formal else []
        for mode in formal:
            if mode not in self.modes:
                msg = f"a formal mode of governance is {mode!r}, which is none of {', '.join(map(repr, self.modes))}"
                raise ArgumentError(msg + _frames.near(mode, self.modes))

    def of(self, study: Study) -> Self:
        """Fill in what was not said, and check that what was said is there.

        Parameters
        ----------
        study : Study
            The networks.

        Returns
        -------
        Settings
            The same, with the names of keys and attributes that the study has.

        Raises
        ------
        ArgumentError
            A name that the study does not have.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Settings().of(wn.datasets.youth_care()).sector
        'sector'
        """
        attributes = {name for net in study.values() for name in net.attribute_names}
        found: dict[str, Any] = {}
        for names, there, what in (
            (KEYS, set(study.by), "the networks are not told apart by"),
            ((*ATTRIBUTES, *OPTIONAL), attributes, "the actors have no attribute"),
        ):
            for name in names:
                found[name] = _there(getattr(self, name), name if name not in OPTIONAL else None, there, what)
        settled = replace(self, **found)
        _check_relations(settled, study)
        return settled

    def attributes(self) -> list[str]:
        """The attributes of actors that the report reads.

        Returns
        -------
        list of str
            Those that are set.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Settings(sector="kind").attributes()
        ['kind']
        """
        return [getattr(self, name) for name in (*ATTRIBUTES, *OPTIONAL) if getattr(self, name) is not None]

    def places(self, study: Study) -> tuple[str, ...]:
        """The names in ``study.by`` that are places: all but those of waves and relations.

        Parameters
        ----------
        study : Study
            The networks.

        Returns
        -------
        tuple of str
            The names.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Settings(wave="wave", relation="relation").places(wn.datasets.youth_care())
        ('municipality',)
        """
        return tuple(name for name in study.by if name not in {self.wave, self.relation})

    def changed(self) -> list[tuple[str, str]]:
        """What is set, by name, in words.

        Returns
        -------
        list of (str, str)
            Names and values of all that is not empty.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Settings(seed=7).changed()[0]
        ('frequency', '3')
        """
        found = [(one.name, getattr(self, one.name)) for one in fields(self)]
        return [(name, _words(value)) for name, value in found if value not in (None, ())]


def _check_relations(settings: Settings, study: Study) -> None:
    asked = [name for name in (settings.contact, settings.referral, *settings.information) if name is not None]
    if not asked:
        return
    if settings.relation is None:
        msg = f"a relation is named ({asked[0]!r}), but the networks are not told apart by relation; set relation="
        raise ArgumentError(msg)
    place = study.by.index(settings.relation)
    there = dict.fromkeys((key if isinstance(key, tuple) else (key,))[place] for key in study)
    for name in asked:
        if name not in there:
            msg = f"the study has no relation {name!r}; it has {', '.join(map(repr, there))}"
            raise ArgumentError(msg + _frames.near(name, map(str, there)))


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _there(asked: str | None, default: str | None, names: set[str], what: str) -> str | None:
    if asked is None:
        return default if default in names else None
    if asked not in names:
        msg = f"{what} {asked!r}{_frames.near(asked, names)}"
        raise ArgumentError(msg)
    return asked
