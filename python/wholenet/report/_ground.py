"""The networks of a study, as the chapters of its report ask for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from wholenet import survey
from wholenet.errors import ArgumentError, KeyNotFoundError, WholenetError
from wholenet.report._cells import name_of, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wholenet.network import Network
    from wholenet.report._beside import Beside
    from wholenet.report._settings import Settings
    from wholenet.study import Study

__all__ = ["Ground", "Tally"]

Place = tuple[Any, ...]
One = TypeVar("One", bound="Beside")


@dataclass(slots=True)
class Tally:
    """What a section tried, and what it left out, with the reason."""

    tried: int = 0
    left_out: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether all that was tried failed."""
        return bool(self.left_out) and len(self.left_out) == self.tried


@dataclass(frozen=True, slots=True)
class Ground:
    """The networks of a study by place, wave and relation; what is made of them is made once."""

    study: Study
    settings: Settings
    beside: tuple[Beside, ...] = ()
    made: dict[Any, Any] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    @property
    def place_names(self) -> tuple[str, ...]:
        """The names of the study's keys that are places."""
        return self.settings.places(self.study)

    def _part(self, key: Any, name: str | None) -> Any:
        return None if name is None else values_of(key)[self.study.by.index(name)]

    def _place(self, key: Any) -> Place:
        return tuple(self._part(key, name) for name in self.place_names)

    @property
    def places(self) -> list[Place]:
        """The places, in the order of the study."""
        return list(dict.fromkeys(map(self._place, self.study)))

    def waves(self, place: Place) -> list[Any]:
        """The waves of a place, in order; one that is None where there are none."""
        return list(
            dict.fromkeys(self._part(key, self.settings.wave) for key in self.study if self._place(key) == place)
        )

    @property
    def sites(self) -> list[tuple[Place, Any]]:
        """Every place in each of its waves."""
        return [(place, wave) for place in self.places for wave in self.waves(place)]

    @property
    def spans(self) -> list[tuple[Place, Any, Any]]:
        """Every place with two successive waves."""
        return [
            (place, before, after)
            for place in self.places
            for before, after in zip(self.waves(place)[:-1], self.waves(place)[1:], strict=True)
        ]

    def name(self, place: Place, wave: Any = None, relation: Any = None) -> str:
        """Name a network in words."""
        names = [*self.place_names, *([] if wave is None else [str(self.settings.wave)])]
        found = name_of([*place, *([] if wave is None else [wave])], names)
        parts = [found, *([] if relation is None else [str(relation)])]
        return ", ".join(part for part in parts if part) or "The network"

    def relations(self, place: Place, wave: Any) -> dict[str, Network]:
        """The relations of a place in a wave, by name."""
        return {
            str(self._part(key, self.settings.relation) or "ties"): net
            for key, net in self.study.items()
            if self._place(key) == place and self._part(key, self.settings.wave) == wave
        }

    def part(self, place: Place) -> Study:
        """The networks of one place."""
        return self.study.select(**dict(zip(self.place_names, place, strict=True))) if place else self.study

    def net(self, place: Place, wave: Any, relation: str) -> Network:
        """One network."""
        found = self.relations(place, wave)
        if relation not in found:
            msg = f"{self.name(place, wave)} has no relation {relation!r}: no tie of it is listed"
            raise KeyNotFoundError(msg)
        return found[relation]

    @contextmanager
    def trying(self, name: str) -> Iterator[None]:
        """Go on without a network for which something is not possible, and keep the reason."""
        self.tally.tried += 1
        try:
            yield
        except WholenetError as error:
            self.tally.left_out.append(f"{name}: {error}")

    def each(self, make: Callable[[Place, Any], Network]) -> dict[str, Network]:
        """A network for every place and wave in which it is possible, by name."""
        found = {}
        for place, wave in self.sites:
            with self.trying(self.name(place, wave)):
                found[self.name(place, wave)] = make(place, wave)
        if not found:
            msg = "there is no network for this"
            raise KeyNotFoundError(msg)
        return found

    def period(self, place: Place, before: Any, after: Any) -> str:
        """Name two waves of a place in words."""
        return ", ".join(part for part in (self.name(place) if place else "", f"{before} → {after}") if part)

    def needed(self, name: str) -> Any:
        """A setting that a chapter cannot do without."""
        value = getattr(self.settings, name)
        if value in {None, ()}:
            msg = f"the settings do not say which {name.replace('_', ' ')} there is; set {name} = … in study.toml"
            raise ArgumentError(msg)
        return value

    def table(self, kind: type[One]) -> One:
        """The table of a kind that stands beside the networks."""
        for one in self.beside:
            if isinstance(one, kind):
                return one
        msg = f"no {kind.words} was given"
        raise ArgumentError(msg)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What a key stands for, made when first asked for."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def contact(self, place: Place, wave: Any) -> Network:
        """Who is in contact with whom: a tie where either side reports one, without values."""

        def make() -> Network:
            net = self.net(place, wave, self.needed("contact"))
            plain = net.dichotomize(above=0) if net.valued else net
            return plain.symmetrize("union", one_report=self.settings.one_report) if net.directed else plain

        found: Network = self.once(("contact", place, wave), make)
        return found

    def strong(self, place: Place, wave: Any) -> Network:
        """The strong relations, as the settings define them."""
        found: Network = self.once(
            ("strong", place, wave), lambda: self.strong_by(place, wave, self.settings.frequency)
        )
        return found

    def strong_by(self, place: Place, wave: Any, frequency: float | None) -> Network:
        """The strong relations, from another frequency of contact on."""
        settings = self.settings
        found: Any = survey.strong(
            self.relations(place, wave),
            contact=self.needed("contact"),
            frequency=frequency,
            reciprocal=settings.reciprocal,
            kinds=settings.kinds,
            one_report=settings.one_report,
        )
        made: Network = found
        return made
