"""Structures of relations side by side, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._checks import seeded, share, whole
from wholenet._results import kind_of
from wholenet._show import facts_html, table_html
from wholenet._table import functions_of
from wholenet.cohesion import centralization
from wholenet.errors import ArgumentError
from wholenet.inference._comparison import NetworkComparison, compared
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import recipes
from wholenet.inference._p import adjust
from wholenet.inference._resamples import Measured
from wholenet.inference._results import shown_p
from wholenet.inference._statistic import Statistic, dyads_of
from wholenet.inference._vertices import sizes_of
from wholenet.multiplex._read import laid, pairs_of, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["StructureComparison", "structures"]

LEVEL = 0.05
MEASURES: dict[str, str | Callable[[Network], Any]] = {
    "density": "density",
    "in-degree centralization": partial(centralization, mode="in"),
    "out-degree centralization": partial(centralization, mode="out"),
    "reciprocity": "reciprocity",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class StructureComparison:
    """
    Measures of several relations, and how each two relations differ in them; see `structures`.

    Parameters
    ----------
    pairs : tuple of pairs
        The relations that each of the k comparisons is of.
    comparisons : tuple of NetworkComparison
        The comparisons: each measure of each two relations.
    p_holm : array of shape (k,)
        The two-sided p-values adjusted for k tests, by Holm.
    draws : int
        The number of draws.
    seed : int
        Their seed.
    recipe : tuple of str
        The coding steps of the relations.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcdea"), list("bcdeac")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> wn.multiplex.structures({"advice": advice, "trust": trust}, "density", draws=200, seed=1)
    <StructureComparison: 1 measure of 2 relations, 0 of 1 differences with p < 0.05 (Holm) of 200 draws, seed 1>
    """

    pairs: tuple[tuple[Any, Any], ...]
    comparisons: tuple[NetworkComparison, ...]
    p_holm: NDArray[np.float64]
    draws: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the comparisons out as a table.

        Returns
        -------
        table
            One row for each measure of each two relations: ``statistic``, ``x``, ``y`` (the relations), ``first``,
            ``second`` (its value in each), ``se_first``, ``se_second``, ``difference``, ``se``, ``lower``, ``upper``,
            ``p`` (two-sided) and ``p_holm``.

        Examples
        --------
        >>> import wholenet as wn
        >>> advice = wn.Network.from_edges((list("abcdea"), list("bcdeac")))
        >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
        >>> found = wn.multiplex.structures({"advice": advice, "trust": trust}, "density", draws=200, seed=1)
        >>> found.to_frame()[["statistic", "x", "y", "first", "second", "difference"]]
          statistic       x      y  first  second  difference
        0   density  advice  trust    0.3     0.2         0.1
        """
        columns: dict[str, Any] = {"statistic": [one.name for one in self.comparisons]}
        columns |= {name: [str(pair[place]) for pair in self.pairs] for place, name in enumerate(("x", "y"))}
        for name in ("first", "second", "se_first", "se_second", "difference", "se", "lower", "upper"):
            columns[name] = [getattr(one, name) for one in self.comparisons]
        columns["p"] = [one.p_two_sided for one in self.comparisons]
        columns["p_holm"] = self.p_holm
        return _frames.make(columns, self.kind)

    def __repr__(self) -> str:
        measures = len({one.name for one in self.comparisons})
        relations = len({name for pair in self.pairs for name in pair})
        found = int((self.p_holm < LEVEL).sum())
        return (
            f"<StructureComparison: {measures} measure{'s' * (measures != 1)} of {relations} relations, {found} of "
            f"{len(self.pairs)} differences with p < {LEVEL} (Holm) of {self.draws:,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ["", "", "first", "second", "difference", "interval", "p (Holm)"]
        rows = [
            [one.name, f"{x}, {y}", one.first, one.second, one.difference, f"{one.lower:.3g} to {one.upper:.3g}", p]
            for one, (x, y), p in zip(self.comparisons, self.pairs, map(shown_p, self.p_holm.tolist()), strict=True)
        ]
        first = self.comparisons[0]
        facts = [
            ("Intervals", f"{100 * first.confidence:g} %"),
            ("Draws", f"{self.draws:,}, the same actors from all relations"),
            ("Seed", f"{self.seed}"),
            ("Corresponds to", first.peers),
        ]
        return table_html(header, rows, "Structures side by side") + facts_html("Test", facts, self.recipe)


def structures(
    relations: Mapping[Any, Network] | Study,
    measures: str
    | Callable[[Network], Any]
    | Iterable[str | Callable[[Network], Any]]
    | Mapping[str, str | Callable[[Network], Any]]
    | None = None,
    *,
    draws: int = 2000,
    confidence: float = 0.95,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> StructureComparison:
    """Side by side the structures of relations: in which measures they differ, by the paired vertex bootstrap.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.
    measures : str, function, sequence of these, or mapping, optional
        Measures of the network: names with their default definition, as in `wholenet.table`, or functions that take a
        network and give a number; a mapping gives them other names. Default: density, in- and out-degree
        centralization, and reciprocity.
    draws : int
        How many networks of resampled actors, at least 2.
    confidence : float
        The probability that an interval should cover the true difference.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed; a function must then be one that it can send. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    StructureComparison
        For each measure and each two relations both values, the difference with standard error and interval, and its
        p-value, adjusted for the number of comparisons.

    Raises
    ------
    KeyNotFoundError
        There is no measure of that name.
    ArgumentError
        Fewer than two relations, or something else; a study of which networks differ by more than one name; a measure
        is not one number for the network, or NaN; `draws`, `confidence` or `seed` is not what it may be.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.
    SmallNetworkError
        There are fewer than two actors.
    DrawError
        A measure fails, or is NaN, on a draw; the message names the draw and the seed.

    Notes
    -----
    Each comparison is `inference.compare_networks` with ``paired=True`` and the same seed, the actors in the order of
    the first relation: each draw takes the same actors from all relations. Holm's adjustment is over all rows of the
    table, and holds though they depend on each other.

    Dyads that were not observed are treated as each measure does it: left out of density and reciprocity, read as
    absent by centralization. So relations on which other actors answered differ in their centralization by that alone.
    In a valued network the density is the mean value; take ``net.dichotomize(above=0)`` first to count ties.

    For each draw and relation a network is made, in O(n²), and measured.

    Peers: UCINET's Network > Compare densities > Paired, for density of two relations.

    References
    ----------
    Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2), 161-170.

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("abcdea"), list("bcdeac")))
    >>> trust = wn.Network.from_edges((list("abcc"), list("bcdb")), advice.actors)
    >>> found = wn.multiplex.structures({"advice": advice, "trust": trust}, "density", draws=200, seed=1)
    >>> alone = wn.inference.compare_densities(advice, trust, paired=True, draws=200, seed=1)
    >>> found.comparisons[0].se == alone.se
    True
    """
    wanted = _measures(measures)
    draws, seed = whole(draws, "draws", least=2), seeded(seed)
    share(confidence, "confidence")
    nets = _in_one_order(read(relations, "structures"))
    for name, net in nets.items():
        sizes_of(net, f"the bootstrap of {name!r}")
    values = {name: [one.observed(net) for one in wanted] for name, net in nets.items()}
    # The same stream draws the same actors of each relation.
    draws_of = {
        name: drawn(
            Measured.of(tuple(wanted), net, seed=seed, strict=True),
            draws, seed=seed, executor=executor, progress=progress,
        )
        for name, net in nets.items()
    }  # fmt: skip
    found = [
        (pair, one)
        for place, measured in enumerate(wanted)
        for pair, one in _paired(
            measured, nets, {name: (of[place], draws_of[name][:, place]) for name, of in values.items()},
            confidence=confidence, seed=seed,
        ).items()
    ]  # fmt: skip
    return StructureComparison(
        pairs=tuple(pair for pair, _ in found),
        comparisons=tuple(one for _, one in found),
        p_holm=adjust([one.p_two_sided for _, one in found]),
        draws=draws,
        seed=seed,
        recipe=recipes({repr(name): net for name, net in nets.items()}),
        kind=kind_of(next(iter(nets.values()))),
    )


def _paired(
    measured: Statistic,
    nets: Mapping[Any, Network],
    found: Mapping[Any, tuple[float, NDArray[np.float64]]],
    *,
    confidence: float,
    seed: int,
) -> dict[tuple[Any, Any], NetworkComparison]:
    """Compare each two relations, of which `found` holds the value and the draws."""
    return {
        (x, y): compared(
            measured,
            (found[x][0], found[y][0]),
            (found[x][1], found[y][1]),
            design="same actors",
            confidence=confidence,
            seed=seed,
            observed=f"{dyads_of(nets[x])} and {dyads_of(nets[y])}",
            null=f"the two relations come from populations with the same {measured.name}",
            peers="UCINET: Network > Compare densities > Paired (for density)",
            recipe=recipes({repr(x): nets[x], repr(y): nets[y]}),
            kind=kind_of(nets[x]),
        )
        for x, y in pairs_of(nets)
    }


def _measures(measures: Any) -> list[Statistic]:
    """Look measures up; those that are given by name read no attributes."""
    if measures is not None and not isinstance(measures, str | Iterable) and not callable(measures):
        msg = f"measures must be names or functions, or a mapping of them, but is a {type(measures).__name__}"
        raise ArgumentError(msg)
    asked = MEASURES if measures is None else measures
    listed = [asked] if isinstance(asked, str) or callable(asked) else list(asked)
    given = list(asked.values()) if isinstance(asked, Mapping) else listed
    functions = functions_of(asked if isinstance(asked, Mapping) else listed)
    plain = [isinstance(one, str) or one in MEASURES.values() for one in given]
    return [Statistic(name, function, named) for (name, function), named in zip(functions.items(), plain, strict=True)]


def _in_one_order(nets: dict[Any, Network]) -> dict[Any, Network]:
    """Put the actors in the order of the first relation; all must have the same."""
    laid(nets)
    labels = next(iter(nets.values())).labels
    return {name: net if net.labels.tolist() == labels.tolist() else net.subset(labels) for name, net in nets.items()}
