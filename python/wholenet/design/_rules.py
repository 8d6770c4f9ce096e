"""Rules in words: which organisations must, may not, or may at most have ties with which others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames, _ingest
from wholenet._actor_values import marks_of
from wholenet._checks import whole
from wholenet.errors import ArgumentError, ColumnError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["Rule", "at_most", "must", "never"]

WITH = "with_"
# The attributes of a kind, each with the values that will do.
Kind = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Rule:
    """
    One rule about ties; see `must`, `never` and `at_most`.

    Parameters
    ----------
    kind : {"must", "never", "at_most"}
        What the rule says.
    ties : int or str
        How many ties; ``"all"``: with each of them; of `at_most`, also the attribute that holds the number. Of `never`
        0.
    who, whom : tuple of (str, tuple)
        Attributes with the values that will do; empty: everybody.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.design.must(care_level="universal", with_care_level="selective")
    <Rule: every universal organisation has at least 1 tie with a selective one>
    """

    kind: Literal["must", "never", "at_most"]
    ties: int | str
    who: Kind
    whom: Kind

    def __str__(self) -> str:
        who = described(self.who, "organisation")
        if self.kind == "never":
            return f"no {who} has a tie with {_other(self.whom)}"
        if self.kind == "must" and self.ties == "all":
            return f"every {who} has a tie with every {described(self.whom, 'one') if self.whom else 'other one'}"
        several = partners(self.whom, 2)
        if self.kind == "must":
            count = f"{self.ties:,} tie{'s' * (self.ties != 1)}"
            return f"every {who} has at least {count}{f' with {_other(self.whom)}' if self.ties == 1 else several}"
        limit = f"than its {self.ties}" if isinstance(self.ties, str) else f"than {self.ties:,}"
        ties = "tie" if self.ties == 1 else "ties"
        if isinstance(self.ties, str):
            return f"no {who} has more ties{several} {limit}"
        return f"no {who} has more {limit} {ties}{several}"

    def __repr__(self) -> str:
        return f"<Rule: {self}>"


def must(at_least: int | Literal["all"] = 1, **selectors: Any) -> Rule:
    """Rule: each organisation of one kind has ties with organisations of another.

    Parameters
    ----------
    at_least : int or "all"
        With how many of them each must have a tie; ``"all"``: with every one.
    **selectors : str, int, bool, or list of these
        Who, and with whom: ``attribute=value`` tells the organisations that must have ties, ``with_attribute=value``
        those with whom. A list means any of its values. True means marked by this attribute, False not marked (see
        Notes). Several attributes must all hold. Without any: every organisation, or with any other.

    Returns
    -------
    Rule
        The rule, to be used in `gap` and `plan`; it says itself in words.

    Raises
    ------
    ArgumentError
        `at_least` is neither a whole number of at least 1 nor ``"all"``, or a selector is no value.

    Notes
    -----
    An organisation of both kinds does not count as its own partner. One whose attribute is empty has none of
    its values. Marked is where an attribute is true, 1, or text such as a kind of gatekeeper; not where it is false, 0,
    or empty, so that False finds those as well. Attributes and values are looked up when the rule meets a network.

    Peers: none that we know of has rules of this kind.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.design.must(2, gatekeeper=True, with_sector="mental health")
    <Rule: every gatekeeper organisation has at least 2 ties with mental health ones>
    >>> wn.design.must("all", lead=True, with_care_level=["light", "selective"])
    <Rule: every lead organisation has a tie with every light or selective one>
    """
    ties = at_least if at_least == "all" else _count(at_least, "at_least", least=1, word='"all"')
    who, whom = _kinds(selectors)
    return Rule("must", ties, who, whom)


def never(**selectors: Any) -> Rule:
    """Rule: no organisation of one kind has a tie with one of another.

    Parameters
    ----------
    **selectors : str, int, bool, or list of these
        Who, and with whom, as in `must`; at least one.

    Returns
    -------
    Rule
        The rule, to be used in `gap` and `plan`; it says itself in words.

    Raises
    ------
    ArgumentError
        There is no selector, or one is no value.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.design.never(care_level="universal", with_care_level="taking over")
    <Rule: no universal organisation has a tie with a taking over one>
    """
    who, whom = _kinds(selectors)
    if not who and not whom:
        msg = (
            'never needs to be told whose ties are meant, for instance never(sector="safety", with_sector="childcare")'
        )
        raise ArgumentError(msg)
    return Rule("never", 0, who, whom)


def at_most(ties: int | str, **selectors: Any) -> Rule:
    """Rule: no organisation of a kind has more than some number of ties.

    Parameters
    ----------
    ties : int or str
        How many, or the attribute that holds the number for each organisation.
    **selectors : str, int, bool, or list of these
        Who, and with whom, as in `must`.

    Returns
    -------
    Rule
        The rule, to be used in `gap` and `plan`; it says itself in words.

    Raises
    ------
    ArgumentError
        `ties` is neither a whole number of at least 0 nor the name of an attribute, or a selector is no value.

    Notes
    -----
    An organisation without a number (an empty cell of the attribute) has no limit by this rule.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.design.at_most(12, gatekeeper=True)
    <Rule: no gatekeeper organisation has more than 12 ties>
    >>> wn.design.at_most("capacity")
    <Rule: no organisation has more ties than its capacity>
    """
    limit = ties if isinstance(ties, str) and ties else _count(ties, "ties", least=0, word="the name of an attribute")
    who, whom = _kinds(selectors)
    return Rule("at_most", limit, who, whom)


def _count(value: object, argument: str, *, least: int, word: str) -> int:
    try:
        return whole(value, argument, least=least)
    except ArgumentError:
        msg = f"{argument} must be a whole number of at least {least}, or {word}, but is {value!r}"
        raise ArgumentError(msg) from None


def _kinds(selectors: dict[str, Any]) -> tuple[Kind, Kind]:
    """Part selectors into who and with whom."""
    who: list[tuple[str, tuple[Any, ...]]] = []
    whom: list[tuple[str, tuple[Any, ...]]] = []
    for name, values in selectors.items():
        own = name.removeprefix(WITH)
        listed = tuple(values) if isinstance(values, list | tuple | set | frozenset | np.ndarray) else (values,)
        if isinstance(values, set | frozenset):
            listed = tuple(sorted(listed, key=str))
        if not own or not listed or any(_ingest.is_empty(one) or not isinstance(one, VALUES) for one in listed):
            msg = f"{name} must be a value of the attribute {own!r}, or a list of values, but is {values!r}"
            raise ArgumentError(msg)
        (whom if name.startswith(WITH) else who).append((own, listed))
    return tuple(who), tuple(whom)


VALUES = (str, int, float, np.generic)


def described(kind: Kind, noun: str) -> str:
    """Say a kind of organisation: 'universal or light organisation'."""
    return " ".join([*(_adjective(name, values) for name, values in kind), noun])


def _adjective(name: str, values: tuple[Any, ...]) -> str:
    words = []
    for value in values:
        if isinstance(value, bool | np.bool_):
            words.append(name if value else f"non-{name}")
        else:
            words.append(value if isinstance(value, str) else f"{name} {value}")
    return " or ".join(words)


def _other(whom: Kind) -> str:
    """Say one of a kind: 'a selective one', 'an intensive one', 'any other'."""
    if not whom:
        return "any other"
    return _article(described(whom, "one"))


def _article(words: str) -> str:
    return f"{'an' if words[0].lower() in 'aeio' else 'a'} {words}"


def partners(whom: Kind, count: int, noun: str = "one") -> str:
    """Say with whom some ties are: ' with a selective one', ' with selective ones', or nothing."""
    if not whom:
        return ""
    return f" with {_article(described(whom, noun))}" if count == 1 else f" with {described(whom, noun)}s"


def chosen(net: Network, kind: Kind, rule: Rule) -> NDArray[np.bool_]:
    """Tell which organisations are of a kind; an unknown attribute, value or mixture is refused."""
    found = np.ones(net.n_actors, dtype=bool)
    for name, values in kind:
        found &= _matching(net, name, values, rule)
    if not found.any():
        msg = (
            f"the rule that {rule} is about nobody: none of the {net.n_actors:,} organisations is "
            f"{described(kind, '').strip() or 'there'}. Leave it out, or correct its values"
        )
        raise ArgumentError(msg)
    return found


def _matching(net: Network, name: str, values: tuple[Any, ...], rule: Rule) -> NDArray[np.bool_]:
    if name not in net.attribute_names:
        listed = ", ".join(map(repr, net.attribute_names)) or "none"
        hint = _frames.near(name, net.attribute_names) or "."
        msg = f"there is no attribute {name!r} (in the rule that {rule}){hint} The attributes are: {listed}"
        raise ColumnError(msg)
    if all(isinstance(one, bool | np.bool_) for one in values):
        marked = marks_of(net, name, "a rule's attribute")
        wanted: NDArray[np.bool_] = np.isin(marked, np.array(values, dtype=bool))
        return wanted
    cells = net.attribute(name).tolist()
    known = list(dict.fromkeys(one for one in cells if not _ingest.is_empty(one)))
    for value in values:
        if value not in known:
            hint = _frames.near(str(value), map(str, known)) or "."
            shown = ", ".join(sorted(map(repr, known))[:SHOWN]) + (", …" if len(known) > SHOWN else "")
            msg = f"no organisation has the {name} {value!r} (in the rule that {rule}){hint} There are: {shown}"
            raise ArgumentError(msg)
    return np.array([not _ingest.is_empty(one) and one in values for one in cells], dtype=bool)


SHOWN = 20
