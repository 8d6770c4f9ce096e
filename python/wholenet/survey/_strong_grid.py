"""The sensitivity grid: what a conclusion is under every definition of a strong tie."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._relations import layers
from wholenet._results import kind_of
from wholenet._table import level
from wholenet.errors import ArgumentError
from wholenet.inference._dyads import recipes
from wholenet.survey._conclusions import OF_WAVES, conclusions_of
from wholenet.survey._strong import reports_in
from wholenet.survey._strong_reports import Cutoffs, Reports
from wholenet.survey._strong_result import SensitivityGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["strong_grid"]

Axis = tuple[Any, ...]
Alone = dict[str, "Callable[[Network], Any]"]
Between = dict[str, "Callable[[Network, Network], float]"]


def strong_grid(
    relations: Mapping[Any, Network] | Study,
    conclusions: str | Sequence[str] | Callable[[Network], Any] | Mapping[str, str | Callable[[Network], Any]],
    *,
    contact: Any = "any contact",
    frequency: Sequence[float | None] = (2, 3, 4),
    reciprocal: Sequence[bool] = (False, True),
    kinds: Sequence[int] | None = None,
    one_report: Literal["missing", "use"] | None = None,
    mark: str | None = None,
    relation: str = "relation",
    wave: str = "wave",
) -> SensitivityGrid:
    """Sensitivity grid: whether a conclusion on strong ties depends on where the cut-offs lie.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        As in `strong`.
    conclusions : str, function, sequence of these, or mapping
        Numbers to follow: a function of the network of strong ties that gives a number; or one of

        ``"share_with_strong_tie"`` : share of the actors with a strong tie or more;
        ``"mean_degree"`` : `cohesion.mean_degree`;
        ``"load_ratio"`` : mean number of strong ties of the marked actors ÷ that of the others;
        ``"share_held"`` : share of the strong ties that marked actors are in;
        ``"stability"`` : Jaccard coefficient of the strong ties of two waves;
        ``"dissolution"`` : share of the strong ties of a wave that are gone in the next.

        A mapping gives them other names.
    contact : str
        The relation whose frequency and reciprocity count.
    frequency, reciprocal, kinds : sequences
        The cut-offs to try, each as in `strong`; every combination of them is tried. Default of `kinds`: from 0 to the
        number of other relations.
    one_report : {"missing", "use"}, optional
        What becomes of pairs that only one side reported on, as in `strong`.
    mark : str, optional
        For ``"load_ratio"`` and ``"share_held"``: the attribute that marks actors such as gatekeepers, by true, 1 or
        any text; those with false, 0 or an empty cell are the others.
    relation, wave : str
        Of a study, the names in ``by`` that tell relations and waves apart.

    Returns
    -------
    SensitivityGrid
        The conclusion under each definition, for each place and wave, or each two waves that follow each other.

    Raises
    ------
    KeyNotFoundError
        A conclusion, or the relation `contact`, that is not there.
    ArgumentError
        A cut-off that is not what it may be, or twice the same; a conclusion on two waves where there are none; `mark`
        is lacking or not read, or is no attribute that marks; a conclusion that is no number; as in `strong`.
    ColumnError
        There is no attribute that is called `mark`.
    MissingTiesError, DirectionError, LabelError, SignedTiesError, ModeError
        As in `strong`.

    Notes
    -----
    Each network is that of `strong` with these cut-offs. What was not observed is left out of each conclusion:

    - ``"share_with_strong_tie"`` is over actors of whom a pair was observed. An actor all of whose strong ties are in
      pairs that were not observed counts as having none, so that it is a lower bound;
    - ``"load_ratio"`` is (s ÷ d) of the marked ÷ (s ÷ d) of the others, with s their strong ties and d their observed
      pairs added up over actors. Observed in full, that is the ratio of the mean degrees;
    - ``"stability"`` and ``"dissolution"`` are those of `change.tie_change`: among actors in both waves, over pairs
      observed both times. Waves are compared within the same place, each with the next one that is there.

    A conclusion that is not defined, such as the load ratio where no tie is strong, is NaN. The cut-offs are nested: a
    higher one, with the others as they are, leaves fewer ties; so the share of actors with a strong tie can't rise
    with it where all relations were observed alike. The range over the grid is no confidence interval: it says what
    the coding does, not what chance does.

    O(r·n²) time for r relations, and O(n²) for each combination.

    Peers: none has it.

    References
    ----------
    Simonsohn, U., Simmons, J. P. & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4,
    1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> contact = pd.DataFrame({"source": list("abac"), "target": list("baca"), "often": [3, 3, 4, 1]})
    >>> relations = {
    ...     "contact": wn.Network.from_edges(contact, weight="often"),
    ...     "referral": wn.Network.from_edges((list("ac"), list("ba"))),
    ... }
    >>> grid = wn.survey.strong_grid(relations, "mean_degree", contact="contact", frequency=[3, 4], kinds=[1])
    >>> grid.to_frame().round(3)
        conclusion  frequency  reciprocal  kinds  value
    0  mean_degree        3.0       False      1  1.333
    1  mean_degree        3.0        True      1  0.667
    2  mean_degree        4.0       False      1  0.667
    3  mean_degree        4.0        True      1  0.000
    """
    alone, between = conclusions_of(conclusions, mark)
    names, parts = layers(relations, relation)
    others = len(next(iter(parts.values()), {})) - 1
    axes = _axes(frequency, reciprocal, range(others + 1) if kinds is None else kinds)
    cutoffs = [Cutoffs.of(*one) for one in product(*axes)]
    found = reports_in(names, parts, contact, cutoffs, one_report)
    pairs = _pairs(names, list(found), wave) if between else []
    rows = [(name, key) for name in alone for key in found] + [(name, two) for name in between for two in pairs]
    columns = [_cells(found, one, alone, between, pairs) for one in cutoffs]
    steps = recipes(
        {", ".join(map(repr, (*key, name))): net for key, nets in parts.items() for name, net in nets.items()}
    )
    nets = next(iter(parts.values()))
    return SensitivityGrid(
        by=names,
        rows=tuple((name, _told(names, key, wave) if between else key) for name, key in rows),
        frequency=axes[0],
        reciprocal=axes[1],
        kinds=axes[2],
        estimate=np.array(columns, dtype=np.float64).T.reshape(len(rows), *map(len, axes)),
        recipe=(*steps, *([] if one_report is None else [f"strong ties: dyads with one report: {one_report}"])),
        kind=kind_of(nets[contact]),
    )


def _axes(frequency: object, reciprocal: object, kinds: object) -> tuple[Axis, Axis, Axis]:
    """Read the cut-offs to try; each once."""
    found = []
    for argument, given in (("frequency", frequency), ("reciprocal", reciprocal), ("kinds", kinds)):
        if not isinstance(given, Iterable) or isinstance(given, str):
            msg = f"{argument} must be a sequence of cut-offs to try, but is {given!r}"
            raise ArgumentError(msg)
        axis = tuple(given)
        if not axis or any(one in axis[:place] for place, one in enumerate(axis)):
            msg = f"{argument} must hold one cut-off or more, each once, but is {axis!r}"
            raise ArgumentError(msg)
        found.append(axis)
    return found[0], found[1], found[2]


def _pairs(names: Axis, keys: Sequence[Axis], wave: str) -> list[tuple[Axis, Axis]]:
    """Pair each wave with the next one of the same place."""
    if wave not in names:
        listed = f"the keys of the networks are {', '.join(map(repr, names))}" if names else "there is one network"
        waves = " and ".join(map(repr, OF_WAVES))
        msg = f"{waves} compare waves, and {listed}; hand in a study with {wave!r} in by=, or name it with wave="
        raise ArgumentError(msg)
    place = names.index(wave)
    parts: dict[Axis, list[Axis]] = {}
    for key in keys:
        parts.setdefault(key[:place] + key[place + 1 :], []).append(key)
    found = [two for part in parts.values() for two in pairwise(part)]
    if not found:
        msg = f"{' and '.join(map(repr, OF_WAVES))} compare waves, and no place has two of them"
        raise ArgumentError(msg)
    return found


def _told(names: Axis, key: Axis | tuple[Axis, Axis], wave: str) -> Axis:
    """Name a wave, or two of them, in text."""
    place = names.index(wave)
    first, last = key if isinstance(key[0], tuple) else (key, key)
    told = f"{first[place]}" if first == last else f"{first[place]} to {last[place]}"
    return (*first[:place], told, *first[place + 1 :])


def _cells(
    found: Mapping[Axis, Reports], cutoffs: Cutoffs, alone: Alone, between: Between, pairs: Sequence[tuple[Axis, Axis]]
) -> list[float]:
    """Draw all conclusions under one definition."""
    try:
        nets = {key: reports.strong(cutoffs) for key, reports in found.items()}
        values = [_number(name, function, net) for name, function in alone.items() for net in nets.values()]
        return values + [function(nets[one], nets[other]) for function in between.values() for one, other in pairs]
    except Exception as error:
        error.add_note(f"in the network of strong ties of {cutoffs}")
        raise


def _number(name: str, function: Callable[[Network], Any], net: Network) -> float:
    found = function(net)
    if level(name, found, net) != "network":
        msg = f"{name!r} gives a number per actor; a conclusion must be one number for the network"
        raise ArgumentError(msg)
    return float(found)
