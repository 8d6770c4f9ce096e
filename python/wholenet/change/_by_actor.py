"""What became of the ties of each actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet._checks import choice
from wholenet._results import listed, table_of
from wholenet.change._waves import Waves, quotient

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["by_actor"]


def by_actor(before: Network, after: Network, *, mode: Literal["in", "out", "all"] = "all") -> IntoDataFrame:
    """Count for each actor the ties that were kept, dissolved and new between two observations.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.
    mode : {"in", "out", "all"}
        Which ties of a directed network count: those that an actor gets, sends, or both (a mutual tie is then two).
        An undirected network has one kind only, whatever the mode.

    Returns
    -------
    table
        One row per actor in both networks, in the order of the first, with the columns

        ``actor`` : the label;
        ``before``, ``after`` : ties at the first and the second observation;
        ``kept``, ``dissolved``, ``new`` : ties both times, the first time only, the second time only;
        ``dyads`` : dyads of the actor that were observed both times;
        ``jaccard`` : kept ÷ (kept + dissolved + new);
        ``dissolution`` : dissolved ÷ before;
        ``turnover`` : (dissolved + new) ÷ (before + after).

        Shares are from 0 to 1, and NaN where they divide by 0. In the kind of table that the first network came from.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not, or `mode` is none of the three.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Runs over the dyads that `tie_change` counts: among actors in both networks, observed both times. So ``before`` may
    be less than an actor's degree: ties to those who left, and those of which one wave was not observed, are not in it.
    An actor who did not answer in one of the waves has no dyads as a sender, and NaN there. Values and self-ties are
    not read.

    ``turnover`` is 0 where all ties are kept and 1 where none is; it equals (1 - J) ÷ (1 + J) with J the Jaccard index.
    An actor with few ties has rates of few: compare them with ``dyads`` and ``before`` at hand.

    The columns add up to twice the counts of `tie_change` with ``mode="all"`` and in undirected networks, else to
    these counts.

    O(n²) time and memory.

    Peers: none of UCINET, igraph, networkx and sna has it.

    References
    ----------
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.
    https://doi.org/10.1111/j.1469-8137.1912.tb05611.x

    Examples
    --------
    a-b is kept, b-c dissolved, c-a new:

    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
    >>> after = wn.Network.from_edges((["a", "c"], ["b", "a"]), directed=False)
    >>> wn.change.by_actor(before, after)[["actor", "before", "kept", "dissolved", "new", "turnover"]]
      actor  before  kept  dissolved  new  turnover
    0     a       1     1          0    1  0.333333
    1     b       2     1          1    0  0.333333
    2     c       1     0          1    1  1.000000
    """
    choice("mode", mode, ("in", "out", "all"))
    waves = Waves.of(before, after)
    every = "all" if not waves.before.directed else mode

    def count(dyads: NDArray[np.bool_]) -> NDArray[np.int64]:
        sent, got = dyads.sum(axis=1), dyads.sum(axis=0)
        found: NDArray[np.int64] = {"out": sent, "in": got, "all": sent + got}[every]
        return found

    kept, dissolved, new, _ = map(count, waves.fates.values())
    first, second = kept + dissolved, kept + new
    columns: dict[str, Any] = {
        "actor": listed(waves.before.labels),
        "before": first,
        "after": second,
        "kept": kept,
        "dissolved": dissolved,
        "new": new,
        "dyads": count(waves.observed),
        "jaccard": quotient(kept, kept + dissolved + new),
        "dissolution": quotient(dissolved, first),
        "turnover": quotient(dissolved + new, first + second),
    }
    return table_of(before, columns)
