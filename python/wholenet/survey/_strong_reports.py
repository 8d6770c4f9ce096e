"""What the criteria of a strong tie read: reports of contact, and the kinds of exchange, of each pair of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet._checks import choice, core_of, needs_signless, whole
from wholenet._ingest_matrix import check_square
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, DirectionError, KeyNotFoundError
from wholenet.inference._dyads import aligned, recipes
from wholenet.inference._dyads import relation as read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["Cutoffs", "Reports"]


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """When a tie is strong."""

    frequency: float | None
    reciprocal: bool
    kinds: int

    @classmethod
    def of(cls, frequency: object, reciprocal: object, kinds: object) -> Self:
        """Check what a caller asks for."""
        least = None if frequency is None else _ingest.number(frequency, "frequency")
        if least is not None and not 0 < least < np.inf:
            msg = f"frequency must be a number above 0, or None for any contact, but is {frequency!r}"
            raise ArgumentError(msg)
        return cls(least, _ingest.flag(reciprocal, "reciprocal"), whole(kinds, "kinds", least=0))


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports on each pair of actors; NaN where a pair was not observed."""

    nets: Mapping[Any, Network]
    """The relations that are read, that of contact first."""
    union: NDArray[np.float64]
    """The higher of two reports of contact."""
    confirmed: NDArray[np.float64] | None
    """The lower of two reports; None in an undirected relation, or where no cut-off asks for it."""
    kinds: NDArray[np.float64] | None
    """How many other relations either side reports; None where no cut-off asks for it."""
    one_report: str | None

    @classmethod
    def of(
        cls, relations: Mapping[Any, Network], contact: Any, cutoffs: Sequence[Cutoffs], one_report: str | None
    ) -> Self:
        """Read what some cut-offs need."""
        if one_report is not None:
            choice("one_report", one_report, ("missing", "use"))
        others = _checked(relations, contact, cutoffs)
        nets = {contact: relations[contact]}
        if any(one.kinds for one in cutoffs):
            nets |= {name: relations[name] for name in others}
        for name, net in nets.items():
            needs_signless(core_of(net), f"a strong tie (relation {name!r})")
        check_square(relations[contact].n_actors, "strong reads the reports on each pair of actors")
        confirmed = [("confirmed", contact)] if any(one.reciprocal for one in cutoffs) else []
        wanted = [("union", name) for name in nets] + confirmed
        laid = aligned([read(_undirected(nets[name], rule, one_report), repr(name)) for rule, name in wanted])
        cells = [one.matrix.copy() for one in laid]
        for one in cells:
            np.fill_diagonal(one, 0)
        # A sum with NaN is NaN: a pair counts as observed if it was in all relations that are read.
        present = (np.where(np.isnan(one), np.nan, one != 0) for one in cells[1 : len(nets)])
        kinds = sum(present, np.zeros_like(cells[0]))
        return cls(
            nets=nets,
            union=cells[0],
            confirmed=cells[-1] if confirmed else None,
            kinds=kinds if len(nets) > 1 else None,
            one_report=one_report,
        )

    def strong(self, cutoffs: Cutoffs) -> Network:
        """Make the network of strong ties."""
        contact = self.confirmed if cutoffs.reciprocal and self.confirmed is not None else self.union
        tied = contact > 0 if cutoffs.frequency is None else contact >= cutoffs.frequency
        hidden = np.isnan(contact)
        if cutoffs.kinds and self.kinds is not None:
            tied = tied & (self.kinds >= cutoffs.kinds)
            hidden = hidden | np.isnan(self.kinds)
        return self._network(np.where(hidden, np.nan, tied), self._recipe(cutoffs))

    def _network(self, cells: NDArray[np.float64], recipe: tuple[str, ...]) -> Network:
        """Make a network of symmetric cells, with who did not answer as in the contact relation."""
        contact = next(iter(self.nets.values()))
        silent = core_of(contact).unobserved()[0].copy()
        rows, columns = np.nonzero(np.where(silent[:, None], 0, cells))
        values = cells[rows, columns]
        directed, _ = _core.network_from_codes(
            _ingest.label_column(contact.labels, "labels"),
            rows.astype(np.uint32),
            columns.astype(np.uint32),
            values if np.isnan(values).any() else None,
            silent if silent.any() else None,
            directed=True,
            loops="error",
            signed=False,
            binary=True,
        )
        # What became of pairs with one report is in the cells; this marks the actors in the same way.
        core = directed.symmetrize("union", self.one_report if contact.directed and self.one_report else "use")
        frame = contact._frame  # noqa: SLF001 (as `_checks.core_of`)
        return type(contact)._make(core, frame=frame, kind=kind_of(contact), recipe=recipe)

    def _recipe(self, cutoffs: Cutoffs) -> tuple[str, ...]:
        """Give the coding steps of the relations that are read, and each criterion."""
        contact, *others = self.nets
        shown = self.nets if cutoffs.kinds else {contact: self.nets[contact]}
        steps = list(recipes({repr(name): net for name, net in shown.items()}))
        level = "any value" if cutoffs.frequency is None else f"at least {cutoffs.frequency:g}"
        who = "both" if cutoffs.reciprocal else "either side"
        by = f", reported by {who}" if self.nets[contact].directed else ""
        steps.append(f"strong ties: {contact!r} of {level}{by}")
        if cutoffs.kinds:
            listed = ", ".join(map(repr, others))
            steps.append(f"strong ties: at least {cutoffs.kinds} of {listed}, reported by either side")
        if any(core_of(net).one_report_dyads for net in shown.values() if net.directed):
            steps.append(f"strong ties: dyads with one report: {self.one_report}")
        return tuple(steps)


def _undirected(net: Network, rule: Any, one_report: Any) -> Network:
    return net.symmetrize(rule, one_report=one_report) if net.directed else net


def _checked(relations: Mapping[Any, Network], contact: Any, cutoffs: Sequence[Cutoffs]) -> list[Any]:
    """List the relations beside contact, and refuse cut-offs that these can't meet."""
    if contact not in relations:
        listed = ", ".join(map(repr, relations)) or "none"
        msg = (
            f"there is no relation {contact!r} (contact=){_frames.near(contact, relations) or '.'} There are: {listed}"
        )
        raise KeyNotFoundError(msg)
    net, others = relations[contact], [name for name in relations if name != contact]
    if not net.valued and any(one.frequency is not None for one in cutoffs):
        msg = (
            f"frequency= reads tie values, and {contact!r} has none. Pass frequency=None, so that any contact counts, "
            "or give the values when making the network, with weight="
        )
        raise ArgumentError(msg)
    if not net.directed and any(one.reciprocal for one in cutoffs):
        msg = (
            f"reciprocal=True asks for the reports of both sides, and {contact!r} is undirected. Pass "
            "reciprocal=False, or hand in the directed network"
        )
        raise DirectionError(msg)
    most = max(one.kinds for one in cutoffs)
    if most > len(others):
        listed = f" ({', '.join(map(repr, others))})" if others else ""
        msg = f"kinds={most} asks for more relations than there are beside {contact!r}: {len(others)}{listed}"
        raise ArgumentError(msg)
    return others
