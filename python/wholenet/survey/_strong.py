"""Strong ties: frequent, reciprocated, of several kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from wholenet._relations import layers
from wholenet.errors import WholenetError
from wholenet.study import Study
from wholenet.survey._strong_reports import Cutoffs, Reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wholenet.network import Network

__all__ = ["reports_in", "strong"]

Key = tuple[Any, ...]


def strong(
    relations: Mapping[Any, Network] | Study,
    *,
    contact: Any = "any contact",
    frequency: float | None = 3,
    reciprocal: bool = True,
    kinds: int = 2,
    one_report: Literal["missing", "use"] | None = None,
    relation: str = "relation",
) -> Network | Study:
    """Strong ties: those of frequent contact, reported by both sides, with several kinds of exchange.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. A study has relations under one of the names in its ``by``.
    contact : str
        The relation whose frequency and reciprocity count. The others are the kinds of exchange.
    frequency : float or None
        The lowest value of contact. None: any contact will do.
    reciprocal : bool
        Whether both sides must report contact of that value. False: one of them is enough.
    kinds : int
        How many of the other relations there must be between the two; either side may report them. 0: they are not
        read.
    one_report : {"missing", "use"}, optional
        What becomes of pairs that only one side reported on, because the other did not answer, as in
        ``Network.symmetrize``: ``"missing"`` makes them not observed; ``"use"`` lets the one report stand for both.
        Must be given when there are such pairs.
    relation : str
        Of a study, the name in ``by`` that tells the relations apart.

    Returns
    -------
    Network or Study
        The undirected network of strong ties, without values, of the actors of the contact relation in their order,
        with their attributes; each criterion is a step of its recipe. Of a study with other names in ``by``, such as
        place and wave, a study with such a network under each of their keys.

    Raises
    ------
    KeyNotFoundError
        There is no relation that is called `contact`; the study lacks a relation under some keys.
    ArgumentError
        Something else than relations; no name in ``by`` that is called `relation`; `frequency` for a relation without
        values; more `kinds` than other relations; an option that is none of those listed.
    MissingTiesError
        There are pairs with one report, and `one_report` is not given.
    DirectionError
        ``reciprocal=True``, and the contact relation is undirected.
    LabelError
        An actor is in one of the relations only.
    SignedTiesError
        A relation that is read has negative values.
    ModeError
        A relation has two modes.

    Notes
    -----
    With reports x(i, j) of contact, a pair i, j is strong if all of these hold:

    - frequency f and reciprocity: min(x(i, j), x(j, i)) ≥ f; with ``reciprocal=False`` max(x(i, j), x(j, i)) ≥ f;
      with ``frequency=None`` the same with > 0;
    - kinds k: at least k of the other relations have a tie from i to j or from j to i.

    Three states. A pair was *observed* if it was in every relation that is read: both sides answered or, with
    ``one_report="use"``, one of them. It is then strong or not strong; else it is not observed. So whether a pair
    counts as observed depends on who answered, never on what was answered. A report of rare contact settles that a pair
    can't be strong by both reports, whatever the other side would have said; but keeping such pairs, and not those of
    which the one report is of frequent contact, would put every density too low.

    With ``"use"`` two things work against each other in pairs with one report. Nobody can contradict: under
    ``reciprocal=True`` too many pass for contact. And only one side tells of the other relations, where either would
    do: the more `kinds` are asked, the more pairs fail. Which one prevails depends on the network: in the example
    study, with three in ten silenced at random, the density came out 6 to 11 % too high with ``kinds=0``, but 5 to 10 %
    too low with ``kinds=2``. With ``"missing"`` it is right, if who answered has nothing to do with ties. Try both
    words. Relations that the cut-offs do not read (all but contact with
    ``kinds=0``) do not count for what was observed.

    Undirected relations are read as they are. Self-ties are not read. A rule that no pair meets gives a network without
    ties, whose recipe names the rule.

    O(r·n²) time and memory for r relations.

    Peers: none has it in one step. UCINET: Transform > Dichotomize, Transform > Symmetrize and Tools > Matrix algebra,
    one after the other.

    References
    ----------
    Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology 78, 1360-1380.
    https://doi.org/10.1086/225469

    Marsden, P. V. & Campbell, K. E. (1984). Measuring tie strength. Social Forces 63, 482-501.
    https://doi.org/10.1093/sf/63.2.482

    Blanken, M., Mathijssen, J., van Nieuwenhuizen, C., Raab, J. & van Oers, H. (2023). Examining preconditions for
    integrated care: a comparative social network analysis of the structure and dynamics of strong relations in child
    service networks. BMC Health Services Research 23.
    https://doi.org/10.1186/s12913-023-10128-z

    Examples
    --------
    a and b both report monthly contact (3), a and c weekly contact (4) that c sees as yearly (1):

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> contact = pd.DataFrame({"source": list("abac"), "target": list("baca"), "often": [3, 3, 4, 1]})
    >>> relations = {
    ...     "contact": wn.Network.from_edges(contact, weight="often"),
    ...     "referral": wn.Network.from_edges((list("ac"), list("ba"))),
    ...     "advice": wn.Network.from_edges((list("bc"), list("aa"))),
    ... }
    >>> net = wn.survey.strong(relations, contact="contact")
    >>> net.to_edges()
      source target
    0      a      b
    >>> wn.survey.strong(relations, contact="contact", reciprocal=False).n_ties
    2
    """
    cutoffs = Cutoffs.of(frequency, reciprocal, kinds)
    names, parts = layers(relations, relation)
    found = reports_in(names, parts, contact, [cutoffs], one_report)
    nets = {key: reports.strong(cutoffs) for key, reports in found.items()}
    return Study(nets, by=names) if names else nets[()]


def reports_in(
    names: Key, parts: Mapping[Key, Mapping[Any, Network]], contact: Any, cutoffs: Sequence[Cutoffs], one_report: Any
) -> dict[Key, Reports]:
    """Read the reports of each place and wave, under its key."""
    found = {}
    for key, nets in parts.items():
        try:
            found[key] = Reports.of(nets, contact, cutoffs, one_report)
        except WholenetError as error:
            if not names:
                raise
            where = ", ".join(f"{name}={value!r}" for name, value in zip(names, key, strict=True))
            msg = f"in the network {where}: {error}"
            raise type(error)(msg) from None
    return found
