"""What an answer says: a tie and its value, no tie, don't know, skipped, or nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _frames, _ingest
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["EMPTY", "NO", "SKIPPED", "TIE", "UNKNOWN", "Words"]

# From the least to the most that a cell tells.
EMPTY, SKIPPED, UNKNOWN, NO, TIE = range(5)
SHOWN = 5


class Words:
    """What each word or number in the answers stands for."""

    def __init__(self, codes: object, no: object, unknown: object, skipped: object) -> None:
        self.states: dict[Any, tuple[int, float]] = {}
        self.coded = codes is not None
        self.codes = _checked_codes(codes)
        self.listed = {"no": _listed(no, "no"), "unknown": _listed(unknown, "unknown")}
        self.listed["skipped"] = _listed(skipped, "skipped")
        self._places: dict[Any, str] = {}
        for word, value in self.codes.items():
            self._put(word, (TIE if value > 0 else NO, value), "codes")
        for argument, state in (("no", NO), ("unknown", UNKNOWN), ("skipped", SKIPPED)):
            for word in self.listed[argument]:
                self._put(word, (state, 0.0), argument)

    def _put(self, word: Any, meaning: tuple[int, float], argument: str) -> None:
        key = _plain(word)
        if key in self._places:
            where = f"{self._places[key]}= and {argument}="
            msg = f"the answer {word!r} stands in {where}" if self._places[key] != argument else ""
            raise ArgumentError((msg or f"{argument}= has the answer {word!r} twice") + "; leave it in one place")
        self._places[key] = argument
        self.states[key] = meaning

    def meaning(self, answer: Any) -> tuple[int, float] | None:
        """Tell the state and value that an answer stands for; None where it stands for none."""
        if _ingest.is_empty(answer) or (isinstance(answer, str) and not answer.strip()):
            return EMPTY, 0.0
        key = _plain(answer)
        if key in self.states:
            return self.states[key]
        if self.coded or not isinstance(key, float) or not np.isfinite(key) or key < 0:
            return None
        return (TIE if key > 0 else NO), key

    def read(self, answers: list[Any], where: Callable[[int], str]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
        """Read all answers; `where` names the place of one in the caller's table."""
        found: dict[Any, tuple[int, float] | None] = {}
        answers = [None if _ingest.is_empty(answer) else answer for answer in answers]
        for answer in answers:
            if not isinstance(answer, Hashable):
                msg = f"an answer must be a number or a word, but there is {answer!r}"
                raise ArgumentError(msg)
            if answer not in found:
                found[answer] = self.meaning(answer)
        odd = [answer for answer, meaning in found.items() if meaning is None]
        if odd:
            self._refuse(odd, answers, where)
        known = [found[answer] or (EMPTY, 0.0) for answer in answers]
        states = np.array([state for state, _ in known], dtype=np.int8)
        return states, np.array([value for _, value in known], dtype=np.float64)

    def _refuse(self, odd: list[Any], answers: list[Any], where: Callable[[int], str]) -> NoReturn:
        """Name the answers that stand for nothing, where they are, and the words that are near."""
        words = [word for word in (*self.codes, *sum(self.listed.values(), ())) if isinstance(word, str)]
        odd = list(dict.fromkeys(answer.strip() if isinstance(answer, str) else answer for answer in odd))
        told = []
        for answer in odd[:SHOWN]:
            places = [place for place, one in enumerate(answers) if _plain(one) == _plain(answer)]
            near = _frames.near(answer, words).removesuffix("?") if isinstance(answer, str) else ""
            times = f"{len(places):,} times, first in" if len(places) > 1 else "in"
            told.append(f"{answer!r} ({times} {where(places[0])}{near}{'?' if near else ''})")
        shown = "; ".join(told) + ("; …" if len(odd) > SHOWN else "")
        if self.coded:
            what, way = "not in codes=", "Add them there, or"
        elif all(isinstance(_plain(answer), float) for answer in odd):
            what, way = "not numbers from 0 up", "A code for no answer goes into skipped= or unknown=; otherwise"
        else:
            example = ", ".join(f"{answer!r}: {place}" for place, answer in enumerate(odd[:SHOWN], 1))
            what, way = "not numbers", f"Give each a number, as codes={{{example}}}, or"
        count = "1 answer is" if len(odd) == 1 else f"{len(odd):,} different answers are"
        msg = f"{count} {what}: {shown}. {way} list them in no= (no tie), unknown= (don't know) or skipped="
        raise ArgumentError(msg)

    @property
    def step(self) -> str:
        """Say in the recipe what the answers stand for; empty where they are plain numbers."""
        told = [f"{word!r} = {value:g}" for word, value in self.codes.items()]
        for argument, name in (("no", "no tie"), ("unknown", "don't know"), ("skipped", "skipped")):
            if self.listed[argument]:
                told.append(f"{name}: {', '.join(map(repr, self.listed[argument]))}")
        return f"answers coded: {'; '.join(told)}" if told else ""


def _plain(answer: Any) -> Any:
    """See a number as a number, also where it is written as text, and text without blanks around it."""
    if isinstance(answer, bool | np.bool_ | Real):
        return float(answer)
    if not isinstance(answer, str):
        return answer
    text = answer.strip()
    try:
        number = float(text) if "_" not in text else np.nan
    except ValueError:
        return text
    return number if np.isfinite(number) else text


def _checked_codes(codes: object) -> dict[Any, float]:
    """Read ``codes=``: a number from 0 up for each word."""
    if codes is None:
        return {}
    if not isinstance(codes, Mapping) or not codes:
        msg = f"codes must be a mapping from answers to numbers, such as {{'monthly': 3}}, but is {codes!r}"
        raise ArgumentError(msg)
    for word, value in codes.items():
        if not isinstance(value, Real) or not 0 <= float(value) < np.inf:
            msg = (
                f"codes must give each answer a number from 0 up, but gives {word!r} {value!r}. An answer that is no "
                "number of a tie goes into no=, unknown= (don't know) or skipped="
            )
            raise ArgumentError(msg)
    return {word: float(value) for word, value in codes.items()}


def _listed(words: object, argument: str) -> tuple[Any, ...]:
    """Read an argument that is one answer or several."""
    if isinstance(words, str | Real):
        return (words,)
    if isinstance(words, Iterable) and not isinstance(words, Mapping):
        found = tuple(words)
        if not any(_ingest.is_empty(word) or word == "" for word in found):
            return found
        msg = f"{argument} holds an empty answer; what empty cells mean is said with empty="
        raise ArgumentError(msg)
    msg = f"{argument} must be an answer or a list of answers, but is {words!r}"
    raise ArgumentError(msg)
