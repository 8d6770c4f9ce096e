"""Generator of the invented example study ``youth_care``.

Three invented municipalities, two survey waves, four relations among the organisations around
youth care. No row describes a real organisation; the figures in ``targets.csv`` say what the
study is calibrated to. The model has four steps.

1. **True relations.** Each pair of organisations has a probability of contact: a logistic score of
   both sides' activity (gatekeepers, the lead and linking organisations are more active), a shared
   sector, the distance between their care levels and between their places in town. A few pairs
   cooperate closely: contact by the month or the week, in which clients and knowledge pass both
   ways. Gatekeepers have many close partners, others a few. Given contact, content knowledge goes to
   one's own sector and to near care levels, steering information to and from the lead and the town
   hall, clients to gatekeepers and to heavier care. Intercepts are solved so that the expected mean
   number of contacts and of close partners does not depend on the size of the municipality.
2. **Persistence.** Every relation is decided by a latent uniform draw: it exists when the draw is
   below its probability. Between the waves a draw is kept with a certain probability, or else made
   afresh. So relations come and go while the expected density stays as it was. Draws of close
   cooperation with a gatekeeper are mostly kept, those of others mostly not. Some organisations
   leave and some join.
3. **Reporting.** A respondent names a contact with a probability that rises with its frequency,
   now and then misjudges the frequency by one step, and forgets some of what is exchanged. Nothing
   is invented. What looks dissolved in the reports is thus true change plus forgetting.
4. **Response.** About seven in ten answer a wave. A disposition that lasts makes the waves slightly
   alike; the lead organisation always answers.

What respondents think of the governance mode and how far they trust the network is drawn afterwards, see
``_perceptions``; so are ``_capacities``, ``_scorecards`` and ``_trajectories``. The ``_neighbourhoods`` and the rules
of ``_required`` have files of their own, too.

The expected value of every target lies inside its band, but a single draw of so few organisations
strays: ``SEED`` is the first, counted from 1, whose draw meets all targets in every network. About
one seed in a hundred does; the others miss a few, mostly those about the few gatekeepers.

Only uniform draws of a seeded ``numpy.random.Generator`` are used, so the tables are the same from
run to run. ``python -m wholenet.datasets._generate DIR`` writes them to DIR (without it: to the
package's own folder ``tables``).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from wholenet.datasets._capacities import capacities
from wholenet.datasets._chance import logistic, logit, solve
from wholenet.datasets._neighbourhoods import neighbourhoods
from wholenet.datasets._perceptions import Perceptions, perceptions
from wholenet.datasets._required import required_ties
from wholenet.datasets._scorecards import scorecards
from wholenet.datasets._trajectories import trajectories

__all__ = ["CARE_LEVELS", "MUNICIPALITIES", "RELATIONS", "SECTORS", "SEED", "generate", "tables", "write"]

SEED: Final = 32
DESCRIPTION: Final = "Synthetic: an invented study of youth care. No organisation in it exists."
RELATIONS: Final = ("any contact", "client referral", "content knowledge", "steering information")
SECTORS: Final = (
    "municipality",
    "welfare",
    "primary health care",
    "youth health care",
    "medical care",
    "mental health",
    "specialist youth care",
    "education",
    "childcare",
    "safety",
    "disability care",
)
CARE_LEVELS: Final = (
    "universal",
    "selective",
    "light",
    "intensive",
    "specialist",
    "intensive-and-specialist",
    "taking over",
)
# Level of each code used in the roster below.
UNI, SEL, LIG, INT, SPE, INS, TAK = range(len(CARE_LEVELS))
REFERRAL, CONTENT, STEERING = range(len(RELATIONS) - 1)

# Expected true figures per organisation, and what decides them. Scores are logits.
MEAN_CONTACTS: Final = 26.0
CLOSE_OF_GATEKEEPER: Final = 13.4
CLOSE_AMONG_OTHERS: Final = 1.95
FREQUENT: Final = {"close": 0.70, "quarterly": 0.50, "monthly": 0.05}
CLOSE_EXCHANGE: Final = {"content": 0.92, "referral": 0.90, "referral of others": 0.60, "steering": 0.30}
# Shares of latent draws that are kept from wave 1 to wave 2.
KEPT: Final = {"contact": 0.70, "close": 0.40, "close to gatekeeper": 0.84, "frequency": 0.50}
# The same for client referral, content knowledge and steering information.
KEPT_EXCHANGE: Final = np.array([0.40, 0.17, 0.36])
# Probability that a respondent names a contact, by its frequency (0: none), and then an exchange with it.
RECALL: Final = np.array([0.0, 0.76, 0.86, 0.94, 0.97])
RECALL_EXCHANGE: Final = 0.95
MISJUDGED: Final = 0.06

Reals = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_DISTRICTS = "North South East West Centre Harbour"
_STREETS = "Lindenhof Molenweg Parkzicht Stationsplein Kastanjelaan Waterkant Kerkpad Zuiderpoort"
_SCHOOLS = (
    "De_Brug De_Regenboog De_Wegwijzer Het_Kompas De_Vlieger De_Boomhut De_Zonnebloem De_Vuurtoren Het_Palet "
    "De_Ark De_Springplank De_Klaver De_Horizon Het_Anker De_Meerpaal De_Windroos De_Schakel De_Wilgenhof"
)
_HOUSES = "Meander Kadans Zilverlinde De_Oever Noorderlicht Het_Baken De_Vaart Getij Wilgenrijk De_Hoeve Kiem Vlinder"


@dataclass(frozen=True)
class Place:
    """One municipality: its size in wave 1, the share that answers each wave, how many leave and join."""

    name: str
    size: int
    response: tuple[float, float]
    leavers: int
    joiners: int


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: what it is, and how many a small, middle and large place have."""

    sector: str
    title: str
    level: int
    counts: tuple[int, int, int]
    names: str = ""
    gatekeeper: str | None = None
    linking: bool = False


PLACES: Final = (
    Place("Elzerveen", 65, (0.72, 0.69), leavers=4, joiners=3),
    Place("Brinkelaar", 110, (0.70, 0.73), leavers=5, joiners=7),
    Place("Waalderhaven", 135, (0.68, 0.71), leavers=7, joiners=6),
)
MUNICIPALITIES: Final = tuple(place.name for place in PLACES)
LEAD: Final = "Municipal youth department"
ADVISING: Final = "Centre for youth and family"

ROSTER: Final = (
    Kind("municipality", LEAD, SEL, (1, 1, 1)),
    Kind("municipality", "Municipal access team", LIG, (2, 4, 4), _DISTRICTS, "municipal access team"),
    Kind("municipality", "Debt counselling desk", SEL, (1, 1, 1)),
    Kind("municipality", "Work and income service", SEL, (1, 1, 1)),
    Kind("municipality", "School attendance office", SEL, (1, 1, 1)),
    Kind("municipality", "Municipal sports service", UNI, (0, 1, 1)),
    Kind("welfare", ADVISING, SEL, (1, 1, 1), linking=True),
    Kind("welfare", "Youth work", UNI, (2, 3, 4), _DISTRICTS),
    Kind("welfare", "Neighbourhood social work", LIG, (2, 3, 4), _DISTRICTS),
    Kind("welfare", "Community centre", UNI, (1, 3, 4), _STREETS),
    Kind("welfare", "Family volunteers", SEL, (1, 2, 3), _HOUSES),
    Kind("welfare", "Women's refuge", INT, (0, 1, 1), _HOUSES),
    Kind("primary health care", "GP practice", LIG, (2, 4, 5), _STREETS, "GP"),
    Kind("primary health care", "Midwifery practice", UNI, (1, 2, 3), _STREETS),
    Kind("primary health care", "Primary care psychologist", LIG, (2, 3, 4), _STREETS),
    Kind("primary health care", "Speech therapy practice", LIG, (1, 2, 2), _STREETS),
    Kind("youth health care", "Youth doctor team", SEL, (1, 2, 2), _DISTRICTS, "youth doctor"),
    Kind("youth health care", "Infant health clinic", UNI, (1, 3, 4), _DISTRICTS),
    Kind("youth health care", "School nurse service", UNI, (1, 1, 2), _DISTRICTS),
    Kind("youth health care", "Healthy start prevention desk", SEL, (0, 1, 1)),
    Kind("medical care", "Paediatric department", SPE, (1, 1, 2), _HOUSES, "medical specialist"),
    Kind("medical care", "Hospital social work", INT, (1, 1, 1)),
    Kind("medical care", "Child rehabilitation centre", SPE, (0, 1, 1), _HOUSES),
    Kind("mental health", "Youth mental health", SPE, (3, 5, 6), _HOUSES),
    Kind("mental health", "Child psychiatry practice", INS, (1, 2, 3), _STREETS),
    Kind("mental health", "Addiction care", SPE, (1, 2, 2), _HOUSES),
    Kind("mental health", "Trauma centre for children", INS, (0, 1, 1), _HOUSES),
    Kind("specialist youth care", "Parenting support at home", INT, (1, 3, 4), _HOUSES),
    Kind("specialist youth care", "Family treatment", INT, (2, 3, 4), _HOUSES),
    Kind("specialist youth care", "Day treatment", INS, (1, 2, 3), _HOUSES),
    Kind("specialist youth care", "Crisis care", INS, (0, 1, 1), _HOUSES),
    Kind("specialist youth care", "Foster care", TAK, (1, 2, 2), _HOUSES),
    Kind("specialist youth care", "Residential youth care", TAK, (1, 2, 3), _HOUSES),
    Kind("education", "Primary school", UNI, (8, 12, 15), _SCHOOLS),
    Kind("education", "Secondary school", UNI, (2, 4, 5), _SCHOOLS),
    Kind("education", "Special needs school", SEL, (1, 2, 2), _SCHOOLS),
    Kind("education", "Vocational college", UNI, (1, 1, 1), _STREETS),
    Kind("education", "Partnership for inclusive education", SEL, (1, 1, 1), linking=True),
    Kind("childcare", "Day nursery", UNI, (5, 7, 8), _SCHOOLS),
    Kind("childcare", "After-school care", UNI, (3, 5, 6), _SCHOOLS),
    Kind("childcare", "Playgroup", UNI, (2, 3, 4), _SCHOOLS),
    Kind("childcare", "Childminder agency", UNI, (1, 1, 1), _HOUSES),
    Kind("safety", "Police district team", UNI, (1, 2, 2), _DISTRICTS),
    Kind(
        "safety",
        "Certified institution for youth protection",
        TAK,
        (1, 1, 1),
        _HOUSES,
        "certified institution",
    ),
    Kind("safety", "Child protection board", TAK, (1, 1, 1)),
    Kind("safety", "Child abuse advice and report centre", INT, (1, 1, 1)),
    Kind("safety", "Care and safety house", INT, (1, 1, 1), linking=True),
    Kind("safety", "Youth offence diversion office", LIG, (0, 1, 1)),
    Kind("disability care", "Disability support", SPE, (2, 4, 5), _HOUSES),
    Kind("disability care", "Respite home", INT, (1, 2, 2), _HOUSES),
    Kind("disability care", "Autism centre", SPE, (0, 1, 1), _HOUSES),
    Kind("disability care", "Independent client advice", LIG, (1, 1, 1)),
)


@dataclass(frozen=True)
class Organisations:
    """All that ever belong to a place, in roster order; ``member`` and ``answers`` are (2, n)."""

    labels: list[str]
    kinds: list[Kind]
    sector: Codes
    level: Codes
    gatekeeper: Flags
    lead: Flags
    linking: Flags
    member: Flags
    answers: Flags


@dataclass(frozen=True)
class Chances:
    """What the latent draws of a place are held against: (n, n), exchanges (3, n, n)."""

    contact: Reals
    close: Reals
    exchange: Reals
    exchange_if_close: Reals


@dataclass(frozen=True)
class Draws:
    """The latent uniform draws of one wave: the first three symmetric (n, n), exchange (3, n, n)."""

    contact: Reals
    close: Reals
    frequency: Reals
    exchange: Reals


def generate(seed: int = SEED) -> tuple[pa.Table, pa.Table]:
    """Return the tables of ties and of actors, the same from run to run for a seed."""
    ties: list[tuple[str, int, str, str, str, int]] = []
    actors: list[tuple[object, ...]] = []
    for index, place in enumerate(PLACES):
        rng = np.random.default_rng([seed, index])
        organisations = _organisations(place, index, rng)
        chances = _chances(organisations, place.size, rng)
        draws = _draws(len(organisations.labels), rng)
        reports = []
        for wave in (1, 2):
            if wave > 1:
                draws = _next_draws(draws, organisations, rng)
            frequency, exchange = _relations(chances, draws)
            reports.append(_reports(frequency, exchange, organisations, wave, rng))
            ties += _tie_rows(reports[-1], organisations, place.name, wave)
        perceived = _perceived(reports, organisations, (seed, index))
        can_keep = capacities(organisations.gatekeeper, (seed, index))
        for wave in (1, 2):
            actors += _actor_rows(organisations, perceived, can_keep, place.name, wave)
    return _ties_table(ties), _actors_table(actors)


def tables(seed: int = SEED) -> dict[str, pa.Table]:
    """Return all tables of the example study by name."""
    ties, actors = generate(seed)
    return {
        "ties": ties,
        "actors": actors,
        **neighbourhoods(),
        "scorecards": scorecards(ties, actors),
        "trajectories": trajectories(ties, actors),
        "required_ties": required_ties(),
    }


def write(folder: Path, seed: int = SEED) -> None:
    """Write all tables as Parquet into ``folder``, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(seed).items():
        marked = table.replace_schema_metadata({"description": DESCRIPTION})
        pq.write_table(marked, folder / f"{name}.parquet", compression="zstd", compression_level=19)


# -- who takes part ------------------------------------------------------------------------------


def _organisations(place: Place, index: int, rng: np.random.Generator) -> Organisations:
    labels: list[str] = []
    kinds: list[Kind] = []
    for kind in ROSTER:
        count = kind.counts[index]
        labels += _labels(kind, count, rng)
        kinds += [kind] * count
    gatekeeper = np.array([kind.gatekeeper is not None for kind in kinds])
    lead = np.array([kind.title == LEAD for kind in kinds])
    linking = np.array([kind.linking for kind in kinds])
    member = _membership(place, gatekeeper | lead | linking, rng)
    return Organisations(
        labels=labels,
        kinds=kinds,
        sector=np.array([SECTORS.index(kind.sector) for kind in kinds], dtype=np.int64),
        level=np.array([kind.level for kind in kinds], dtype=np.int64),
        gatekeeper=gatekeeper,
        lead=lead,
        linking=linking,
        member=member,
        answers=_answers(place, member, lead, rng),
    )


def _labels(kind: Kind, count: int, rng: np.random.Generator) -> list[str]:
    """Return ``count`` labels of one kind; districts are given out in order, other names by lot."""
    names = [name.replace("_", " ") for name in kind.names.split()]
    if not names:
        return [kind.title] * count
    order = np.argsort(rng.random(len(names)), kind="stable")
    if kind.names == _DISTRICTS:
        order.sort()
    return [f"{kind.title} {names[position]}" for position in order[:count]]


def _membership(place: Place, fixed: Flags, rng: np.random.Generator) -> Flags:
    """Return (2, n): who belongs in each wave; the ``fixed`` neither join nor leave."""
    order = np.argsort(rng.random(fixed.size) + fixed, kind="stable")
    member = np.ones((2, fixed.size), dtype=np.bool_)
    member[0, order[: place.joiners]] = False
    member[1, order[place.joiners : place.joiners + place.leavers]] = False
    return member


def _answers(place: Place, member: Flags, lead: Flags, rng: np.random.Generator) -> Flags:
    """Return (2, n): who answers; a lasting disposition makes the waves a little alike."""
    disposition = rng.random(lead.size)
    answers = np.zeros_like(member)
    for wave, share in enumerate(place.response):
        inclination = 0.4 * disposition + rng.random(lead.size) + 2 * lead
        order = np.argsort(np.where(member[wave], -inclination, np.inf), kind="stable")
        answers[wave, order[: round(share * int(member[wave].sum()))]] = True
    return answers


# -- true relations ------------------------------------------------------------------------------


def _chances(organisations: Organisations, size: int, rng: np.random.Generator) -> Chances:
    n = len(organisations.labels)
    place_in_town = rng.random((n, 2))
    distance = np.sqrt(((place_in_town[:, None] - place_in_town) ** 2).sum(axis=2))
    activity = 0.25 * logit(rng.random(n))
    warmth = 0.10 * logit(rng.random(n))
    close = _close(organisations, distance, warmth, size)
    exchange, exchange_if_close = _exchange(organisations)
    return Chances(_contact(organisations, distance, activity, close, size), close, exchange, exchange_if_close)


def _contact(organisations: Organisations, distance: Reals, activity: Reals, close: Reals, size: int) -> Reals:
    """Return the chance of a contact that is not close, such that contacts in all have their mean."""
    active = activity + 1.3 * organisations.gatekeeper + 2.8 * organisations.lead + 1.0 * organisations.linking
    same_sector = _same(organisations.sector)
    score = _pairwise(active) + 1.4 * same_sector - 0.15 * _gap(organisations.level) - 2.0 * distance
    pairs = ~np.eye(len(active), dtype=np.bool_)

    def mean_chance(intercept: float) -> float:
        return float((1 - (1 - close) * (1 - logistic(score + intercept)))[pairs].mean())

    return logistic(score + solve(mean_chance, MEAN_CONTACTS / (size - 1)))


def _close(organisations: Organisations, distance: Reals, warmth: Reals, size: int) -> Reals:
    """Return the chance of close cooperation, solved apart for gatekeepers and among the others."""
    score = _pairwise(warmth) + 0.8 * _same(organisations.sector) - 1.0 * distance
    keeper = organisations.gatekeeper
    chance = np.zeros_like(score)
    for pairs, row, wanted in (
        (keeper[:, None] | keeper, keeper, CLOSE_OF_GATEKEEPER),
        (~(keeper[:, None] | keeper), ~keeper, CLOSE_AMONG_OTHERS),
    ):
        counted = pairs & row[:, None] & ~np.eye(keeper.size, dtype=np.bool_)

        def mean_chance(intercept: float, counted: Flags = counted) -> float:
            return float(logistic(score + intercept)[counted].mean())

        chance[pairs] = logistic(score + solve(mean_chance, wanted / (size - 1)))[pairs]
    return chance


def _exchange(organisations: Organisations) -> tuple[Reals, Reals]:
    """Return the chances, given contact, of each specific relation: in general, and if close."""
    keeper, level = organisations.gatekeeper, organisations.level
    advising = np.array([kind.title == ADVISING for kind in organisations.kinds])
    town_hall = (organisations.sector == SECTORS.index("municipality")) & ~keeper
    hub = 2.9 * organisations.lead + 1.5 * town_hall + 0.4 * (level >= SPE)
    heavier = np.sign(level - level[:, None])
    score = np.empty((3, level.size, level.size))
    score[REFERRAL] = -2.2 + 1.2 * keeper[:, None] + 1.8 * keeper + 0.6 * heavier - 3.0 * advising
    score[CONTENT] = -0.4 + 0.8 * _same(organisations.sector) - 0.15 * _gap(level) - _pairwise(1.2 * town_hall)
    score[STEERING] = -2.6 + _pairwise(hub)
    chance = logistic(score)
    if_close = chance.copy()
    with_keeper = keeper[:, None] | keeper
    referral = np.where(with_keeper, CLOSE_EXCHANGE["referral"], CLOSE_EXCHANGE["referral of others"])
    if_close[REFERRAL] = np.where(advising, chance[REFERRAL], referral)
    if_close[CONTENT] = CLOSE_EXCHANGE["content"]
    if_close[STEERING] = np.maximum(chance[STEERING], CLOSE_EXCHANGE["steering"])
    return chance, if_close


def _relations(chances: Chances, draws: Draws) -> tuple[Codes, Flags]:
    """Return the true frequency of contact (n, n), 0 to 4, and the true exchanges (3, n, n)."""
    close = draws.close < chances.close
    contact = close | (draws.contact < chances.contact)
    np.fill_diagonal(contact, val=False)
    lighter = 1 + (draws.frequency < FREQUENT["quarterly"]) + (draws.frequency < FREQUENT["monthly"])
    frequency = np.where(close, 3 + (draws.frequency < FREQUENT["close"]), lighter) * contact
    exchange = contact & (draws.exchange < np.where(close, chances.exchange_if_close, chances.exchange))
    return frequency.astype(np.int64), exchange


# -- persistence ---------------------------------------------------------------------------------


def _draws(n: int, rng: np.random.Generator) -> Draws:
    return Draws(_mirrored(rng, n), _mirrored(rng, n), _mirrored(rng, n), rng.random((3, n, n)))


def _next_draws(draws: Draws, organisations: Organisations, rng: np.random.Generator) -> Draws:
    """Return the draws of the next wave: each kept with its probability, or else made afresh."""
    n = len(organisations.labels)
    fresh = _draws(n, rng)
    lot = _draws(n, rng)
    keeper = organisations.gatekeeper
    keep_close = np.where(keeper[:, None] | keeper, KEPT["close to gatekeeper"], KEPT["close"])
    return Draws(
        contact=np.where(lot.contact < KEPT["contact"], draws.contact, fresh.contact),
        close=np.where(lot.close < keep_close, draws.close, fresh.close),
        frequency=np.where(lot.frequency < KEPT["frequency"], draws.frequency, fresh.frequency),
        exchange=np.where(lot.exchange < KEPT_EXCHANGE[:, None, None], draws.exchange, fresh.exchange),
    )


# -- reporting -----------------------------------------------------------------------------------


def _reports(
    frequency: Codes, exchange: Flags, organisations: Organisations, wave: int, rng: np.random.Generator
) -> Codes:
    """Return the reported frequencies, 0 to 4, of the four relations: (4, n, n), rows report."""
    n = len(frequency)
    member = organisations.member[wave - 1]
    answers = organisations.answers[wave - 1]
    named = (rng.random((n, n)) < RECALL[frequency]) & answers[:, None] & member
    slip = rng.random((n, n))
    judged = frequency + (slip < MISJUDGED) - (slip > 1 - MISJUDGED)
    contact = np.clip(judged, 1, 4) * named
    told = exchange & (rng.random((3, n, n)) < RECALL_EXCHANGE)
    rarer = (3 * rng.random((3, n, n)) ** 2).astype(np.int64)
    specific = np.maximum(contact - rarer, 1) * (told & named)
    return np.concatenate((contact[None], specific))


def _perceived(reports: list[Codes], organisations: Organisations, seed: tuple[int, int]) -> Perceptions:
    """Return what respondents think of the governance, given what they report about the lead."""
    about_lead = np.array([wave[:, :, organisations.lead][:, :, 0] for wave in reports])
    exchange = (about_lead[:, 1:] > 0).sum(axis=1)
    return perceptions(about_lead[:, 0], exchange, organisations.lead, organisations.answers, seed)


# -- tables --------------------------------------------------------------------------------------


def _actor_rows(
    organisations: Organisations, perceived: Perceptions, can_keep: Codes, municipality: str, wave: int
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for at in np.flatnonzero(organisations.member[wave - 1]):
        kind = organisations.kinds[at]
        answered = bool(organisations.answers[wave - 1, at])
        about = (kind.sector, CARE_LEVELS[kind.level], kind.gatekeeper, kind.title == LEAD, kind.linking)
        thinks = (perceived.mode[wave - 1][at], perceived.trust[wave - 1][at])
        rows.append((organisations.labels[at], municipality, wave, *about, answered, *thinks, int(can_keep[at])))
    return sorted(rows, key=lambda row: str(row[0]))


def _tie_rows(
    reports: Codes, organisations: Organisations, municipality: str, wave: int
) -> list[tuple[str, int, str, str, str, int]]:
    labels = organisations.labels
    found = zip(*np.nonzero(reports), strict=True)
    return sorted(
        (
            municipality,
            wave,
            RELATIONS[relation],
            labels[source],
            labels[target],
            int(reports[relation, source, target]),
        )
        for relation, source, target in found
    )


def _ties_table(rows: list[tuple[str, int, str, str, str, int]]) -> pa.Table:
    names = ("municipality", "wave", "relation", "source", "target", "frequency")
    return pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))


def _actors_table(rows: list[tuple[object, ...]]) -> pa.Table:
    names = (
        "organisation",
        "municipality",
        "wave",
        "sector",
        "care_level",
        "gatekeeper",
        "lead",
        "linking",
        "responded",
        "perceived_mode",
        "trust",
        "capacity",
    )
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    codes = pa.array([CARE_LEVELS.index(str(level)) for level in columns["care_level"]], pa.int8())
    ordered = pa.DictionaryArray.from_arrays(codes, pa.array(CARE_LEVELS), ordered=True)
    return pa.table({**columns, "care_level": ordered})


# -- arithmetic ----------------------------------------------------------------------------------


def _mirrored(rng: np.random.Generator, n: int) -> Reals:
    """Return an (n, n) symmetric matrix of uniform draws with a zero diagonal."""
    upper = np.triu(rng.random((n, n)), k=1)
    return upper + upper.T


def _pairwise(value: Reals) -> Reals:
    return value[:, None] + value


def _same(code: Codes) -> Flags:
    same: Flags = code[:, None] == code
    return same


def _gap(code: Codes) -> Codes:
    gap: Codes = np.abs(code[:, None] - code)
    return gap


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
