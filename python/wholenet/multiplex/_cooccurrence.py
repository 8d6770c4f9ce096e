"""Co-occurrence: which relation comes with which, more than chance has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._checks import seeded, whole
from wholenet._distribution_chart import Drawn, distributions
from wholenet._results import kind_of, listed
from wholenet._show import facts_html, table_html
from wholenet.inference._dyads import recipes
from wholenet.inference._p import adjust
from wholenet.inference._qap import How, each_pair
from wholenet.inference._results import ResamplingTest, shown_p
from wholenet.multiplex._overlap import Fourfold
from wholenet.multiplex._read import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["Cooccurrence", "cooccurrence"]

LEVEL = 0.05


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cooccurrence:
    """
    How many dyads each two relations have in common, and how many they would by chance; see `cooccurrence`.

    Parameters
    ----------
    pairs : tuple of pairs
        The k pairs of relations.
    both, dyads : arrays of shape (k,)
        The number of dyads that are tied in both, of those that both observed.
    expected, sd : arrays of shape (k,)
        Mean and standard deviation of `both` in the permutations.
    ratio : array of shape (k,)
        `both` ÷ `expected`, the lift; NaN where that is 0.
    p_lower, p_upper, p_two_sided : arrays of shape (k,)
        (1 + number of draws at least as extreme) ÷ (1 + draws): as low, as high, twice the smaller of both.
    p_holm : array of shape (k,)
        The two-sided p-values adjusted for k tests, by Holm.
    tests : tuple of ResamplingTest
        The test of each pair, of the share of dyads that are tied in both.
    permutations : int
        The number of permutations.
    seed : int
        Their seed.
    recipe : tuple of str
        The coding steps of the relations.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> wn.multiplex.cooccurrence({"advice": advice, "trust": trust}, seed=1)
    <Cooccurrence: 1 pair of relations, 0 with p < 0.05 (Holm) of 5,000 permutations, seed 1>
    """

    pairs: tuple[tuple[Any, Any], ...]
    both: NDArray[np.int64]
    dyads: NDArray[np.int64]
    expected: NDArray[np.float64]
    sd: NDArray[np.float64]
    ratio: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    p_holm: NDArray[np.float64]
    tests: tuple[ResamplingTest, ...]
    permutations: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the pairs out as a table.

        Returns
        -------
        table
            One row per pair: ``x``, ``y``, ``both``, ``expected``, ``sd``, ``ratio``, ``dyads``, ``p_lower``,
            ``p_upper``, ``p`` (two-sided) and ``p_holm``.

        Examples
        --------
        >>> import wholenet as wn
        >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
        >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
        >>> found = wn.multiplex.cooccurrence({"advice": advice, "trust": trust}, seed=1)
        >>> found.to_frame()[["x", "y", "both", "dyads"]]
                x      y  both  dyads
        0  advice  trust     3     12
        """
        columns: dict[str, Any] = {
            "x": listed([str(x) for x, _ in self.pairs]),
            "y": listed([str(y) for _, y in self.pairs]),
        }
        columns |= {name: getattr(self, name) for name in ("both", "expected", "sd", "ratio", "dyads")}
        columns |= {"p_lower": self.p_lower, "p_upper": self.p_upper, "p": self.p_two_sided, "p_holm": self.p_holm}
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the number of dyads in common in the permutations, and the observed one, for each pair.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram per pair. Draws at least as high (or low) as what was observed are dark.

        Examples
        --------
        >>> import wholenet as wn
        >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
        >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
        >>> wn.multiplex.cooccurrence({"advice": advice, "trust": trust}, seed=1).plot()
        <Picture: Dyads tied in both, drawn at random and observed: advice and trust>
        """
        rows = [
            Drawn(
                f"{x} and {y}",
                float(self.both[at]),
                self.tests[at].distribution * self.dyads[at],
                f"{self._times(at)}, p {shown_p(float(self.p_two_sided[at]))}",
            )
            for at, (x, y) in enumerate(self.pairs)
        ]
        return distributions(rows, "Dyads tied in both", title, float(width))

    def _times(self, at: int) -> str:
        ratio = self.ratio[at]
        return "none expected" if np.isnan(ratio) else f"{ratio:.3g} times the expected {self.expected[at]:.3g}"

    def __repr__(self) -> str:
        number, found = len(self.pairs), int((self.p_holm < LEVEL).sum())
        return (
            f"<Cooccurrence: {number:,} pair{'s' * (number != 1)} of relations, {found} with p < {LEVEL} (Holm) of "
            f"{self.permutations:,} permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ["", "both", "expected", "ratio", "p (two-sided)", "p (Holm)"]
        columns = (self.both, self.expected, self.ratio, self.p_two_sided, self.p_holm)
        rows = [[f"{x} and {y}", *(column[at].item() for column in columns)] for at, (x, y) in enumerate(self.pairs)]
        first = self.tests[0]
        facts = [
            ("Permutations", f"{self.permutations:,}"),
            ("Null hypothesis", first.null),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", first.peers),
        ]
        return table_html(header, rows, "Dyads tied in both relations") + facts_html("Test", facts, self.recipe)


def cooccurrence(
    relations: Mapping[Any, Network] | Study,
    *,
    permutations: int = 5000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Cooccurrence:
    """Co-occurrence of relations: whether two of them join the same actors more often than by chance.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.
    permutations : int
        How many permutations of the actors.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where permutations are computed. Default: here, on all threads.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Cooccurrence
        For each two relations the dyads tied in both, how many would be by chance, their ratio and p-values.

    Raises
    ------
    ArgumentError
        Fewer than two relations, or something else; a study of which networks differ by more than one name;
        `permutations` or `seed` is not a whole number.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.
    ModelError
        Two relations have no dyad that both observed.
    ExecutorError
        The executor died.

    Notes
    -----
    The count is ``both`` of `overlap`; the permutations are those of `inference.qap_correlation`. Each gives the actors
    of one relation new positions and keeps the other: the relations are placed on the actors independently of each
    other, and each keeps its structure, such as popular actors and reciprocity. So an overlap that comes from both
    relations having many ties is expected, and one that comes from the same actors being active in both is not.

    Observed in full, the expected number is N · x ÷ N · y ÷ N, for x and y ties among N dyads, as if ties were placed
    on dyads at random; the permutations tell how far chance strays from it. Where dyads were not observed, the share of
    common dyads that are tied in both is compared, and ``expected`` is its mean times the observed number of common
    dyads. Where both relations have actors who did not answer, those who answered are permuted among each other.

    A general relation, such as any contact, that covers the others co-occurs with each by definition.

    The one-sided p-values are those of the Jaccard coefficient and, for relations without values, of the QAP
    correlation, where all was observed: under permutations all of them rise and fall with the count.
    `inference.qap_matrix` gives these.
    A relation without ties has a ratio of NaN, and p-values of 1.

    O(n²) time per permutation and pair, O(n²) memory. The same seed gives the same bits on any number of threads, and
    on any executor.

    Peers: UCINET's QAP-Correlation tests Jaccard and Pearson coefficients by the same permutations; it has no expected
    count.

    References
    ----------
    Hubert, L. & Schultz, J. (1976). Quadratic assignment as a general data analysis strategy. British Journal of
    Mathematical and Statistical Psychology 29, 190-241. https://doi.org/10.1111/j.2044-8317.1976.tb00714.x

    Examples
    --------
    Of 12 dyads 4 are tied in each relation, so that 4 · 4 ÷ 12 would be tied in both by chance; 3 are:

    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcd"), list("bcda")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> found = wn.multiplex.cooccurrence({"advice": advice, "trust": trust}, seed=1)
    >>> found.both, found.expected.round(1), found.ratio.round(1)
    (array([3]), array([1.3]), array([2.3]))
    """
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    nets = read(relations, "cooccurrence")
    found = each_pair(nets, How("both", permutations, seed, executor, progress is not False))
    counts = [Fourfold.of(nets, x, y) for x, y in found]
    tests = tuple(found.values())
    dyads = np.array([one.dyads for one in counts], dtype=np.int64)
    drawn = [one.distribution[~np.isnan(one.distribution)] for one in tests]
    expected = dyads * np.array([one.mean() if len(one) else np.nan for one in drawn])
    both = np.array([one.both for one in counts], dtype=np.int64)
    p = np.array([one.p_two_sided for one in tests])
    return Cooccurrence(
        pairs=tuple(found),
        both=both,
        dyads=dyads,
        expected=expected,
        sd=dyads * np.array([one.std() if len(one) else np.nan for one in drawn]),
        ratio=np.divide(both, expected, out=np.full(len(both), np.nan), where=expected > 0),
        p_lower=np.array([one.p_lower for one in tests]),
        p_upper=np.array([one.p_upper for one in tests]),
        p_two_sided=p,
        p_holm=adjust(p),
        tests=tests,
        permutations=permutations,
        seed=seed,
        recipe=recipes({repr(name): net for name, net in nets.items()}),
        kind=kind_of(next(iter(nets.values()))),
    )
