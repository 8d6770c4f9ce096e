"""Overlap: how far two relations join the same actors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Self

from wholenet._results import listed, table_of
from wholenet.multiplex._read import laid, pairs_of, read, tied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["Fourfold", "overlap"]


@dataclass(frozen=True, slots=True)
class Fourfold:
    """How many dyads are tied in both of two relations, in one of them, in neither."""

    both: int
    only_x: int
    only_y: int
    neither: int

    @classmethod
    def of(cls, nets: Mapping[Any, Network], x: Any, y: Any) -> Self:
        """Count over the dyads that both relations observed."""
        stack = laid({x: nets[x], y: nets[y]})
        one, other = (tied(cells[stack.base]) > 0 for cells in stack.cells)
        both, first, second = int((one & other).sum()), int(one.sum()), int(other.sum())
        return cls(both, first - both, second - both, len(one) - first - second + both)

    @property
    def dyads(self) -> int:
        """All of them."""
        return self.both + self.only_x + self.only_y + self.neither

    @property
    def r(self) -> float:
        """The correlation of the two relations, without values."""
        x, y = self.both + self.only_x, self.both + self.only_y
        size = x * (self.dyads - x) * y * (self.dyads - y)
        return (self.both * self.neither - self.only_x * self.only_y) / sqrt(size) if size else float("nan")


def overlap(relations: Mapping[Any, Network] | Study) -> IntoDataFrame:
    """Overlap of relations: how many dyads two relations have in common, for each two.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.

    Returns
    -------
    table
        One row for each two relations, with the columns

        ``x``, ``y`` : the relations;
        ``both``, ``only_x``, ``only_y``, ``neither`` : dyads that are tied in both, in one, in neither;
        ``dyads`` : their sum, the dyads that both relations observed;
        ``jaccard`` : both ÷ (both + only_x + only_y);
        ``matching`` : (both + neither) ÷ dyads;
        ``x_also_y`` : share of the ties of x that are ties of y too, both ÷ (both + only_x);
        ``y_also_x`` : both ÷ (both + only_y);
        ``r`` : the correlation of the two, φ.

        In the kind of table that the first network came from. A share is NaN where its denominator is 0.

    Raises
    ------
    ArgumentError
        Fewer than two relations, or something else; a study of which networks differ by more than one name.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.

    Notes
    -----
    Dyads are ordered pairs; unordered ones where both relations are symmetric and the first is an undirected network.
    Each two relations are compared over the dyads that were observed in these two: see ``dyads``. Values and self-ties
    are not read.

    φ = (both·neither - only_x·only_y) ÷ √(x·(N - x)·y·(N - y)), for x and y ties among N dyads: the Pearson correlation
    of zeros and ones. Jaccard and φ depend on how many ties there are: a relation of few ties can't overlap much with
    one of many, though all its ties are in it. The two shares show that. `cooccurrence` tests an overlap, and
    `inference.qap_matrix` the correlations.

    O(r²·n²) time for r relations.

    Peers: UCINET's Tools > Statistics > Matrix (QAP) > QAP-Correlation prints Jaccard, simple matching and Pearson
    coefficients, too. R's sna has the last (``gcor``); igraph and networkx give the ties in both (``intersection``).

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    Of 12 ordered dyads three are tied in both relations, one in the first only, one in the second only:

    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> table = wn.multiplex.overlap({"advice": advice, "trust": trust})
    >>> table[["both", "only_x", "only_y", "neither", "jaccard", "x_also_y", "r"]]
       both  only_x  only_y  neither  jaccard  x_also_y      r
    0     3       1       1        7      0.6      0.75  0.625
    """
    nets = read(relations, "overlap")
    pairs = pairs_of(nets)
    found = [Fourfold.of(nets, x, y) for x, y in pairs]
    columns: dict[str, Any] = {
        "x": listed([str(x) for x, _ in pairs]),
        "y": listed([str(y) for _, y in pairs]),
        "both": [one.both for one in found],
        "only_x": [one.only_x for one in found],
        "only_y": [one.only_y for one in found],
        "neither": [one.neither for one in found],
        "dyads": [one.dyads for one in found],
        "jaccard": [_share(one.both, one.dyads - one.neither) for one in found],
        "matching": [_share(one.both + one.neither, one.dyads) for one in found],
        "x_also_y": [_share(one.both, one.both + one.only_x) for one in found],
        "y_also_x": [_share(one.both, one.both + one.only_y) for one in found],
        "r": [one.r for one in found],
    }
    return table_of(next(iter(nets.values())), columns)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
