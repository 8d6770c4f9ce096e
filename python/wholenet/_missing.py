"""What of a network was not observed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = ["Missing", "counts"]


@dataclass(frozen=True, slots=True)
class Missing:
    """
    What of a network was not observed.

    Parameters
    ----------
    dyads : int
        Number of dyads not observed: ordered pairs of actors in a directed network, else unordered pairs.
    observed : int
        Number of dyads observed.
    non_respondents : tuple of labels
        Actors who did not answer: their outgoing ties are not observed (in an undirected network: the dyads
        between two of them).
    unseen : tuple of labels
        Actors about whom nobody was asked: their incoming ties (undirected: all their ties) are not observed.
    single : int
        Number of single unobserved dyads, besides those of whole actors.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"], ["b"]), respondents=["a"])
    >>> net.missing.dyads, net.missing.share, net.missing.non_respondents
    (1, 0.5, ('b',))
    """

    dyads: int
    observed: int
    non_respondents: tuple[str | int, ...]
    unseen: tuple[str | int, ...]
    single: int

    @property
    def share(self) -> float:
        """Share of all dyads that was not observed; 0 where there is no dyad."""
        return self.dyads / max(self.dyads + self.observed, 1)

    @classmethod
    def of(cls, core: _core.Network, labels: NDArray[Any]) -> Missing:
        """Read off what a network did not observe."""
        senders, receivers, cells = core.unobserved()
        return cls(
            dyads=core.n_unobserved,
            observed=core.observed_dyads,
            non_respondents=tuple(labels[senders].tolist()),
            unseen=tuple(labels[receivers].tolist()),
            single=len(cells),
        )


def counts(core: _core.Network) -> tuple[int, int, int]:
    """Count dyads not observed, dyads observed and non-respondents, without making a label."""
    senders, _, _ = core.unobserved()
    return core.n_unobserved, core.observed_dyads, int(senders.sum())
