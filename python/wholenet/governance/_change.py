"""Whether organisations that answered twice have become more accurate."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._checks import share
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.errors import ArgumentError, SmallNetworkError
from wholenet.governance._answers import MODES, Answers, Formal, answers_of, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["AccuracyChange", "accuracy_change"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class AccuracyChange:
    """
    The accuracy of those who answered twice.

    Parameters
    ----------
    both, gained, lost, neither : int
        How many organisations were accurate both times, the second time only, the first time only, and never.
    before, after : float
        The shares that were accurate.
    difference : float
        `after` minus `before`.
    lower, upper : float
        Its interval.
    confidence : float
        The probability that the interval should cover the truth.
    p : float
        The exact two-sided p-value of McNemar's test.
    once : int
        How many answered one of the two times, and are left out.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> first, second = ["shared", "shared", "lead organisation"], ["shared", "lead organisation", "lead organisation"]
    >>> nets = [
    ...     wn.Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": list("abc"), "perceived_mode": modes}))
    ...     for modes in (first, second)
    ... ]
    >>> wn.governance.accuracy_change(*nets, formal="lead organisation")
    <AccuracyChange: 33.3 % to 66.7 % of 3 organisations, +0.333 (95 % -0.456 to 0.856), p 1 (McNemar, exact)>
    """

    both: int
    gained: int
    lost: int
    neither: int
    before: float
    after: float
    difference: float
    lower: float
    upper: float
    confidence: float
    p: float
    once: int
    recipe: tuple[str, ...]
    kind: str

    @property
    def organisations(self) -> int:
        """How many answered twice."""
        return self.both + self.gained + self.lost + self.neither

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row: ``organisations``, ``both``, ``gained``, ``lost``, ``neither``, ``before``, ``after``,
            ``difference``, ``lower``, ``upper``, ``p`` and ``once``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> actors = pd.DataFrame({"name": ["a", "b"], "perceived_mode": ["shared", "lead organisation"]})
        >>> net = wn.Network.from_edges((["a"], ["b"]), actors)
        >>> found = wn.governance.accuracy_change(net, net, formal="shared")
        >>> found.to_frame()[["organisations", "both", "gained", "lost", "neither", "p"]]
           organisations  both  gained  lost  neither    p
        0              2     1       0     0        1  1.0
        """
        counts = ("organisations", "both", "gained", "lost", "neither")
        names = (*counts, "before", "after", "difference", "lower", "upper", "p", "once")
        return _frames.make({name: [getattr(self, name)] for name in names}, self.kind)

    def __repr__(self) -> str:
        return (
            f"<AccuracyChange: {self.before:.1%} to {self.after:.1%} of {self.organisations:,} organisations, "
            f"{self.difference:+.3f} ({self.confidence:.0%} {self.lower:.3f} to {self.upper:.3f}), p {self.p:.3g} "
            "(McNemar, exact)>"
        ).replace("%", " %")

    def _repr_html_(self) -> str:
        facts = [
            ("Accurate before", f"{self.before:.1%}"),
            ("Accurate after", f"{self.after:.1%}"),
            ("Difference", f"{self.difference:+.3f}, {self.confidence:.0%} {self.lower:.3f} to {self.upper:.3f}"),
            ("p (McNemar, exact)", f"{self.p:.3g}"),
            ("Organisations", f"{self.organisations:,} answered twice, {self.once:,} once and are left out"),
            ("Accurate both times, gained, lost, never", f"{self.both}, {self.gained}, {self.lost}, {self.neither}"),
        ]
        return facts_html("Change of accuracy", facts, self.recipe)


def accuracy_change(
    before: Network | Study,
    after: Network | Study,
    *,
    perceived: str = "perceived_mode",
    formal: Formal,
    modes: Sequence[str] = MODES,
    confidence: float = 0.95,
) -> AccuracyChange:
    """Change of accuracy among the organisations that answered twice.

    Parameters
    ----------
    before, after : Network or Study
        The first and the second wave: a network, or one for each place, as ``study.select(wave=1)`` gives them.
    perceived : str
        The attribute with the mode that each organisation perceives; null where it did not answer.
    formal : str or mapping
        What is formally so: one mode; a mapping to modes from the keys of a study or from values in them, such as the
        municipality; or the name of an attribute.
    modes : sequence of str
        The modes there may be. Default: those of Provan and Kenis.
    confidence : float
        The probability that the interval should cover the truth.

    Returns
    -------
    AccuracyChange
        The two-by-two table, the difference with its interval, and the p-value of McNemar's test.

    Raises
    ------
    ArgumentError
        As in `accuracy`; or the two studies have different places, more than one wave, or other names for them.
    ColumnError
        A network has no attribute `perceived`.
    SmallNetworkError
        No organisation answered twice.

    Notes
    -----
    Organisations are found by label, within their place: the same label in two places is not the same organisation.
    Places are told by all names in ``study.by`` but that of the waves: ``"wave"``, or else the one name that has one
    value in `before` and another one in `after`.

    With b gained and c lost of n organisations, the difference is (b - c) ÷ n, and its interval that of Bonett and
    Price: (d - z·s, d + z·s) with d = (b - c) ÷ (n + 2), s² = ((b + c + 2) ÷ (n + 2) - d²) ÷ (n + 2), cut off at -1 and
    1. The p-value asks whether gains and losses are equally probable: twice the probability of at most min(b, c) of
    b + c with probability 1/2 each, at most 1. Both take organisations as independent of each other. O(n) time.

    Peers: statsmodels' ``mcnemar`` with ``exact=True`` and R's ``exact2x2`` have the same p-value.

    References
    ----------
    McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions or percentages.
    Psychometrika 12, 153-157. https://doi.org/10.1007/BF02295996

    Bonett, D. G. & Price, R. M. (2012). Adjusted Wald confidence interval for a difference of binomial proportions
    based on paired data. Journal of Educational and Behavioral Statistics 37, 479-488.
    https://doi.org/10.3102/1076998611411915

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.datasets.youth_care().select(relation="any contact")
    >>> change = wn.governance.accuracy_change(
    ...     study.select(wave=1), study.select(wave=2), formal="lead organisation"
    ... )
    >>> change.gained > change.lost
    True
    """
    confidence = share(confidence, "confidence")
    first, second = _by_place(*(answers_of(one, perceived, formal, modes) for one in (before, after)))
    if first.keys() != second.keys():
        place = next(iter(first.keys() ^ second.keys()))
        msg = f"before and after must have the same places, but only one of them has {named(place)}"
        raise ArgumentError(msg)
    counts, once = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}, 0
    for place in first:
        one, other = _accurate(first[place]), _accurate(second[place])
        once += len(one.keys() ^ other.keys())
        for label in one.keys() & other.keys():
            counts[one[label], other[label]] += 1
    both, gained, lost, neither = counts.values()
    n = both + gained + lost + neither
    if not n:
        msg = f"no organisation answered both before and after ({once:,} answered once)"
        raise SmallNetworkError(msg)
    lower, upper = _bonett_price(gained, lost, n, confidence)
    return AccuracyChange(
        both=both,
        gained=gained,
        lost=lost,
        neither=neither,
        before=(both + lost) / n,
        after=(both + gained) / n,
        difference=(gained - lost) / n,
        lower=lower,
        upper=upper,
        confidence=confidence,
        p=_mcnemar(gained, lost),
        once=once,
        recipe=(net := next(iter(first.values())).net).recipe,
        kind=kind_of(net),
    )


Read = tuple[tuple[str, ...], list[Answers]]


def _by_place(*data: Read) -> list[dict[tuple[Any, ...], Answers]]:
    """Give the answers of both by all of their keys but the wave, and but names that one of them does not have."""
    common = [name for name in data[0][0] if name in data[1][0]]
    first, second = ({name: {one.key[by.index(name)] for one in found} for name in common} for by, found in data)
    if "wave" in common and len(first["wave"]) + len(second["wave"]) > len(data):
        msg = "before and after must have one wave each; pick it with study.select(wave=...)"
        raise ArgumentError(msg)
    # Waves of another name are told by one value in each study, which is not the same.
    apart = [name for name in common if len(first[name]) == len(second[name]) == 1 and first[name] != second[name]]
    wave = "wave" if "wave" in common else apart[0] if len(apart) == 1 else None
    told = [name for name in common if name != wave]
    places = [{tuple(one.key[by.index(name)] for name in told): one for one in found} for by, found in data]
    if any(len(one) < len(found) for one, (_, found) in zip(places, data, strict=True)):
        msg = f"before and after must be told apart by the same names, but are by {data[0][0]} and {data[1][0]}"
        raise ArgumentError(msg)
    return places


def _accurate(answers: Answers) -> dict[Any, bool]:
    """Tell for each who answered, by label, whether accurately."""
    rows = zip(answers.net.labels.tolist(), answers.answered.tolist(), answers.accurate.tolist(), strict=True)
    return {label: accurate for label, answered, accurate in rows if answered}


def _bonett_price(gained: int, lost: int, n: int, confidence: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = (gained - lost) / (n + 2)
    half = z * (((gained + lost + 2) / (n + 2) - middle**2) / (n + 2)) ** 0.5
    return max(-1.0, middle - half), min(1.0, middle + half)


def _mcnemar(gained: int, lost: int) -> float:
    changed = gained + lost
    at_most = sum(comb(changed, fewer) for fewer in range(min(gained, lost) + 1))
    # Whole numbers, so that no power of two is too small.
    share_of_all: float = 2 * at_most / 2**changed
    return min(1.0, share_of_all)
