"""Where actors stand on a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of
from wholenet._classes import Scheme, values_of
from wholenet.errors import ActorError, ArgumentError, LabelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["Layout", "arrange"]

Label = str | int
SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Layout:
    """Positions of actors on a map, the same in each network that is drawn with it.

    Parameters
    ----------
    labels : tuple of labels
        The actors.
    positions : array of shape (n, 2)
        Their x and y in the unit square, y upwards; read-only.
    seed : int
        The seed of the layout.

    Notes
    -----
    A layout also remembers the values of the actors' attributes, so that a sector has the same colour in every map
    drawn with it.

    Examples
    --------
    >>> import wholenet as wn
    >>> layout = wn.draw.layout(wn.Network.from_edges((["a", "b"], ["b", "c"])))
    >>> layout["b"]
    (0.5, 0.5)
    """

    labels: tuple[Label, ...]
    positions: NDArray[np.float64]
    seed: int
    _index: Mapping[Label, int] = field(init=False)
    _schemes: dict[str, Scheme] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        positions = np.array(self.positions, dtype=np.float64)
        if positions.shape != (len(self.labels), 2) or not np.isfinite(positions).all():
            msg = f"positions must be finite numbers in an array of shape ({len(self.labels)}, 2), one row per label"
            raise ArgumentError(msg)
        positions.flags.writeable = False
        object.__setattr__(self, "positions", positions)
        object.__setattr__(self, "_index", {label: place for place, label in enumerate(self.labels)})

    def __getitem__(self, label: Label) -> tuple[float, float]:
        x, y = self.positions[self._find([label])[0]].tolist()
        return x, y

    def __len__(self) -> int:
        return len(self.labels)

    def __eq__(self, other: object) -> bool:
        """Same actors at the same positions."""
        if not isinstance(other, Layout):
            return NotImplemented
        return self.labels == other.labels and np.array_equal(self.positions, other.positions)

    def __hash__(self) -> int:
        return hash((self.labels, self.positions.tobytes()))

    def __repr__(self) -> str:
        return f"<Layout: {len(self.labels):,} actors, seed {self.seed}>"

    def of(self, net: Network) -> NDArray[np.float64]:
        """Look up the positions of a network's actors.

        Parameters
        ----------
        net : Network
            A network whose actors are all in the layout.

        Returns
        -------
        array of shape (n, 2)
            Their x and y, in the order of ``net.labels``.

        Raises
        ------
        ActorError
            The layout has no position for some of them.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
        >>> wn.draw.layout(net).of(net.subset(["c", "b"]))
        array([[1. , 0.5],
               [0.5, 0.5]])
        """
        core_of(net)
        return self.positions[self._find(net.labels.tolist())]

    def _find(self, labels: Sequence[Label]) -> list[int]:
        lacking = [label for label in labels if label not in self._index]
        if lacking:
            shown = ", ".join(map(repr, lacking[:SHOWN])) + (", …" if len(lacking) > SHOWN else "")
            msg = (
                f"the layout has no position for {len(lacking)} actor{'s' * (len(lacking) > 1)} ({shown}). Make one "
                "layout for all networks that are to be compared: draw.layout([first, second])"
            )
            raise ActorError(msg)
        return [self._index[label] for label in labels]


def arrange(nets: Sequence[Network], *, seed: int, progress: bool) -> Layout:
    """Lay out the union of networks."""
    labels = _union(nets)
    place = {label: position for position, label in enumerate(labels)}
    keys = [np.zeros(0, dtype=np.int64)]
    for net in nets:
        own = np.array([place[label] for label in net.labels.tolist()], dtype=np.int64)
        source, target, _ = core_of(net).ties()
        ends = np.sort(np.column_stack([own[source], own[target]]), axis=1)
        keys.append(ends[:, 0] * len(labels) + ends[:, 1])
    pairs = np.unique(np.concatenate(keys))
    source, target = (end.astype(np.uint32) for end in np.divmod(pairs, max(len(labels), 1)))
    union, _ = _core.network_from_codes(
        np.arange(len(labels)), source, target, None, None, directed=False, loops="drop", signed=False, binary=True
    )
    positions = _core.draw_stress(union, seed, progress)
    layout = Layout(labels, positions, seed)
    for name in dict.fromkeys(name for net in nets for name in net.attribute_names):
        columns = [values_of(net, name, name) for net in nets if name in net.attribute_names]
        layout._schemes[name] = Scheme.of(columns)  # noqa: SLF001 (it is being made)
    return layout


def _union(nets: Sequence[Network]) -> tuple[Label, ...]:
    labels = tuple(dict.fromkeys(label for net in nets for label in net.labels.tolist()))
    if len({type(label) for label in labels}) > 1:
        msg = "the networks have labels of different types (text and integers), so that none is the same actor"
        raise LabelError(msg)
    return labels
