"""The example study meets its targets: every quantity is worked out here anew, in plain numpy."""

from __future__ import annotations

import csv
import importlib.util
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wholenet as wn
from steering_targets import STEERING as OF_STEERING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

DATASETS: Final = Path(__file__).parents[2] / "python" / "wholenet" / "datasets"
CONTACT: Final = "any contact"
REFERRAL: Final = "client referral"
CONTENT: Final = "content knowledge"
STEERING: Final = "steering information"
SPECIFIC: Final = (REFERRAL, CONTENT, STEERING)
FORMAL_MODE: Final = "lead organisation"
# A paper whose DOI is not at hand is named by its journal.
AWARENESS: Final = "Health Policy 127 (2023) 29-36"
# What has no DOI is named by what it is.
NAMED: Final = {AWARENESS, "survey of coordinators of neighbourhood teams", "national statistics of youth care"}

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Wave:
    """One municipality in one wave: columns of its actors (n,) and reported frequencies (n, n)."""

    labels: Words
    sector: Words
    gatekeeper: Words
    linking: Flags
    responded: Flags
    lead: Flags
    perceived: Words
    trust: Reals
    capacity: Codes
    frequency: dict[str, Codes]

    @property
    def n(self) -> int:
        """The number of organisations."""
        return len(self.labels)

    def reports(self, relation: str) -> Flags:
        """Return who names whom, (n, n)."""
        return self.frequency[relation] > 0

    def take(self, at: Codes) -> Wave:
        """Return the same wave among the actors at the given positions."""
        among = {relation: matrix[np.ix_(at, at)] for relation, matrix in self.frequency.items()}
        columns = {
            name: getattr(self, name)[at]
            for name in (
                "labels",
                "sector",
                "gatekeeper",
                "linking",
                "responded",
                "lead",
                "perceived",
                "trust",
                "capacity",
            )
        }
        return Wave(**columns, frequency=among)


def _strings(table: pa.Table, column: str) -> Words:
    return np.array([value or "" for value in table[column].to_pylist()], dtype=np.str_)


def _waves(ties: pa.Table, actors: pa.Table) -> dict[tuple[str, int], Wave]:
    place, wave = _strings(actors, "municipality"), np.array(actors["wave"].to_pylist())
    keys = dict.fromkeys(zip(place.tolist(), wave.tolist(), strict=True))
    return {
        key: _wave(_rows(ties, *key), actors.filter(pa.array((place == key[0]) & (wave == key[1])))) for key in keys
    }


def _rows(table: pa.Table, municipality: str, wave: int) -> pa.Table:
    here = (_strings(table, "municipality") == municipality) & (np.array(table["wave"].to_pylist()) == wave)
    return table.filter(pa.array(here))


def _wave(ties: pa.Table, actors: pa.Table) -> Wave:
    labels = _strings(actors, "organisation")
    position = {label: at for at, label in enumerate(labels.tolist())}
    frequency = {relation: np.zeros((len(labels),) * 2, dtype=np.int64) for relation in (CONTACT, *SPECIFIC)}
    for row in ties.to_pylist():
        frequency[row["relation"]][position[row["source"]], position[row["target"]]] = row["frequency"]
    linking, responded, lead = (np.array(actors[column].to_pylist()) for column in ("linking", "responded", "lead"))
    sector, gatekeeper, perceived = (_strings(actors, name) for name in ("sector", "gatekeeper", "perceived_mode"))
    trust = np.array(actors["trust"].to_pylist(), dtype=np.float64)
    capacity = np.array(actors["capacity"].to_pylist())
    return Wave(labels, sector, gatekeeper, linking, responded, lead, perceived, trust, capacity, frequency)


# -- quantities of one wave ----------------------------------------------------------------------


def _off_diagonal(n: int) -> Flags:
    return ~np.eye(n, dtype=np.bool_)


def _contacts(net: Wave) -> Flags:
    """Return the pairs in contact: either side reports it."""
    reports = net.reports(CONTACT)
    return reports | reports.T


def _observed(net: Wave) -> Flags:
    """Return the pairs of which at least one side answered."""
    return (net.responded[:, None] | net.responded) & _off_diagonal(net.n)


def _density(net: Wave) -> float:
    """Return the density of contacts over the observed pairs."""
    return float(_contacts(net)[_observed(net)].mean())


def _strong(net: Wave, *, least_frequency: int = 3, least_relations: int = 2, reciprocated: bool = True) -> Flags:
    """Return the strong pairs: frequent contact, confirmed where both answered, of several kinds.

    ``reciprocated`` asks both reports of frequent contact where both sides answered; one report
    does where the other side did not. Kinds are the specific relations that either side reports.
    """
    frequent = net.frequency[CONTACT] >= least_frequency
    both = net.responded[:, None] & net.responded
    agreed = np.where(both & reciprocated, frequent & frequent.T, frequent | frequent.T)
    kinds = sum((net.reports(relation) | net.reports(relation).T).astype(int) for relation in SPECIFIC)
    strong: Flags = agreed & (kinds >= least_relations)
    return strong


def _strong_ratio(net: Wave, *, to_all: bool) -> float:
    degree, keeper = _strong(net).sum(axis=1), net.gatekeeper != ""
    return float(degree[keeper].mean() / degree[keeper < 1 if not to_all else slice(None)].mean())


def _confirmed(net: Wave) -> float:
    """Return the share of contacts between two respondents that both report."""
    reports = net.take(np.flatnonzero(net.responded)).reports(CONTACT)
    return float((reports & reports.T).sum() / (reports | reports.T).sum())


def _sector_ratio(net: Wave) -> float:
    same = net.sector[:, None] == net.sector
    contacts, observed = _contacts(net), _observed(net)
    return float(contacts[observed & same].mean() / contacts[observed & ~same].mean())


def _cross_sector(net: Wave) -> float:
    return float((net.sector[:, None] != net.sector)[_contacts(net)].mean())


def _centralization(net: Wave, relation: str) -> float:
    """Return Freeman's in-degree centralization, the reports as they are."""
    degree = net.reports(relation).sum(axis=0)
    return float((degree.max() - degree).sum() / (net.n - 1) ** 2)


def _contact_centralization(net: Wave) -> float:
    """Return Freeman's degree centralization of the undirected contacts."""
    degree = _contacts(net).sum(axis=1)
    return float((degree.max() - degree).sum() / ((net.n - 1) * (net.n - 2)))


def _layers_r(net: Wave) -> float:
    """Return the QAP correlation of content knowledge and steering information, respondents' rows."""
    cells = net.responded[:, None] & _off_diagonal(net.n)
    return float(np.corrcoef(net.reports(CONTENT)[cells], net.reports(STEERING)[cells])[0, 1])


def _linking_below(net: Wave) -> float:
    referred = net.reports(REFERRAL).sum(axis=0)
    return float((referred[net.linking] < np.median(referred)).sum())


def _referral_rank(net: Wave) -> float:
    """Return the mean mid-rank, 0 to 1, of GPs and access teams by clients referred to them."""
    referred = net.reports(REFERRAL).sum(axis=0)
    rank = (referred[:, None] > referred).mean(axis=1) + (referred[:, None] == referred).mean(axis=1) / 2
    return float(rank[np.isin(net.gatekeeper, ["GP", "municipal access team"])].mean())


def _accuracy(net: Wave, among: Flags | None = None) -> float:
    """Return the share of accurate answers, of those who gave one."""
    answered = (net.perceived != "") & (True if among is None else among)
    return float((net.perceived[answered] == FORMAL_MODE).mean())


def _with_lead(net: Wave) -> tuple[Codes, Codes]:
    """Return the contact with the lead that each reports, 0 to 4, and the number of kinds of exchange with it."""
    contact, *kinds = (net.frequency[relation][:, net.lead][:, 0] for relation in (CONTACT, *SPECIFIC))
    exchange: Codes = sum((kind > 0).astype(np.int64) for kind in kinds)
    return contact, exchange


def _accuracy_by_contact(net: Wave) -> float:
    """Return the accuracy of those in contact with the lead less that of the others; without the lead."""
    contact, _ = _with_lead(net)
    return _accuracy(net, ~net.lead & (contact > 0)) - _accuracy(net, ~net.lead & (contact == 0))


def _predictors(net: Wave) -> tuple[Flags, Reals]:
    """Return whose perceptions are complete, without the lead, and their contact, exchange and trust: (m, 3)."""
    complete = ~net.lead & (net.perceived != "") & ~np.isnan(net.trust)
    return complete, np.column_stack([*_with_lead(net), net.trust])[complete]


# -- quantities of change, over organisations in both waves ---------------------------------------


def _in_both(first: Wave, second: Wave) -> tuple[Wave, Wave]:
    _, here, there = np.intersect1d(first.labels, second.labels, return_indices=True)
    return first.take(here), second.take(there)


def _strong_loss(first: Wave, second: Wave, *, of_gatekeepers: bool) -> float:
    first, second = _in_both(first, second)
    keeper = (first.gatekeeper[:, None] != "") | (first.gatekeeper != "")
    pairs = _observed(first) & _observed(second) & (keeper == of_gatekeepers) & _strong(first)
    return float(1 - _strong(second)[pairs].mean())


def _information(first: Wave, second: Wave, relation: str) -> tuple[Flags, Flags]:
    """Return the reports of both waves in the cells of those who answered both."""
    first, second = _in_both(first, second)
    cells = (first.responded & second.responded)[:, None] & _off_diagonal(first.n)
    return first.reports(relation)[cells], second.reports(relation)[cells]


def _loss(first: Wave, second: Wave, relation: str) -> float:
    before, after = _information(first, second, relation)
    return float(1 - after[before].mean())


def _jaccard(first: Wave, second: Wave, relation: str) -> float:
    before, after = _information(first, second, relation)
    return float((before & after).sum() / (before | after).sum())


def _r_above_implied(first: Wave, second: Wave, relation: str) -> float:
    before, after = _information(first, second, relation)
    implied = 1 - (1 - after[before].mean()) / (1 - (before.mean() + after.mean()) / 2)
    return float(np.corrcoef(before, after)[0, 1] - implied)


def _density_ratio(first: Wave, second: Wave, relation: str) -> float:
    before, after = (
        net.reports(relation)[net.responded[:, None] & _off_diagonal(net.n)].mean() for net in (first, second)
    )
    return float(after / before)


# -- quantities of the study ----------------------------------------------------------------------


def _logit_of_accuracy(waves: dict[tuple[str, int], Wave], predictor: int) -> float:
    """Return a coefficient of the logistic regression of accuracy on contact, exchange, trust, wave and place."""
    places = sorted({place for place, _ in waves})
    rows, accurate = [], []
    for (place, wave), net in waves.items():
        complete, predictors = _predictors(net)
        about = np.tile([wave == 2, *(place == other for other in places)], (len(predictors), 1))
        rows.append(np.column_stack([predictors, about]))
        accurate.append(net.perceived[complete] == FORMAL_MODE)
    x, y = np.concatenate(rows), np.concatenate(accurate)
    coefficients = np.zeros(x.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-x @ coefficients))
        coefficients += np.linalg.solve((x.T * (chance * (1 - chance))) @ x, x.T @ (y - chance))
    return float(coefficients[predictor])


def _alike(waves: dict[tuple[str, int], Wave]) -> float:
    """Return the share of those who answered twice that were accurate both times or neither time."""
    alike = []
    for place in {place for place, _ in waves}:
        first, second = _in_both(waves[place, 1], waves[place, 2])
        twice = (first.perceived != "") & (second.perceived != "")
        alike.append(((first.perceived == FORMAL_MODE) == (second.perceived == FORMAL_MODE))[twice])
    return float(np.concatenate(alike).mean())


# -- the targets ---------------------------------------------------------------------------------

SMALL, MIDDLE, LARGE = 0, 1, 2
OF_A_WAVE: Final[dict[str, Callable[[Wave], float]]] = {
    "sectors": lambda net: float(len(np.unique(net.sector))),
    "response": lambda net: float(net.responded.mean()),
    "mean contacts": lambda net: float(_contacts(net).sum() / net.n),
    "mean contacts, scaled": lambda net: _density(net) * (net.n - 1),
    "contact centralization": _contact_centralization,
    "reports confirmed": _confirmed,
    "sector density ratio": _sector_ratio,
    "cross-sector contacts": _cross_sector,
    "organisations with a strong relation": lambda net: float(_strong(net).any(axis=1).mean()),
    "gatekeepers' strong ties to others'": lambda net: _strong_ratio(net, to_all=False),
    "gatekeepers above capacity": lambda net: float(
        (_strong(net).sum(axis=1) > net.capacity)[net.gatekeeper != ""].mean()
    ),
    "gatekeepers' strong ties to the mean": lambda net: _strong_ratio(net, to_all=True),
    "linking organisations seldom referred to": _linking_below,
    "referral rank of GPs and access teams": _referral_rank,
    "steering less content centralization": lambda net: _centralization(net, STEERING) - _centralization(net, CONTENT),
    "content with steering, QAP r": _layers_r,
    "perceptions given": lambda net: float((net.perceived != "")[net.responded].mean()),
    "perceptions accurate": _accuracy,
    "perceptions by contact": _accuracy_by_contact,
}
OF_CHANGE: Final[dict[str, Callable[[Wave, Wave], float]]] = {
    "size ratio": lambda first, second: second.n / first.n,
    "content ties gone": lambda first, second: _loss(first, second, CONTENT),
    "steering ties gone": lambda first, second: _loss(first, second, STEERING),
    "content density ratio": lambda first, second: _density_ratio(first, second, CONTENT),
    "steering density ratio": lambda first, second: _density_ratio(first, second, STEERING),
    "content Jaccard": lambda first, second: _jaccard(first, second, CONTENT),
    "steering Jaccard": lambda first, second: _jaccard(first, second, STEERING),
    "content QAP r above implied": lambda first, second: _r_above_implied(first, second, CONTENT),
    "steering QAP r above implied": lambda first, second: _r_above_implied(first, second, STEERING),
    "gatekeepers' strong ties gone": lambda first, second: _strong_loss(first, second, of_gatekeepers=True),
    "other strong ties gone": lambda first, second: _strong_loss(first, second, of_gatekeepers=False),
    "perceptions accurate, wave 1": lambda first, _: _accuracy(first),
    "perceptions accurate, wave 2": lambda _, second: _accuracy(second),
    "perceptions accurate, rise": lambda first, second: _accuracy(second) - _accuracy(first),
}
OF_A_SIZE: Final[dict[str, tuple[int, tuple[int, ...], Callable[[Wave], float]]]] = {
    "organisations, small": (SMALL, (1,), lambda net: float(net.n)),
    "organisations, middle": (MIDDLE, (1,), lambda net: float(net.n)),
    "organisations, large": (LARGE, (1,), lambda net: float(net.n)),
    "contact density, small": (SMALL, (1, 2), _density),
    "contact density, middle": (MIDDLE, (1, 2), _density),
    "contact density, large": (LARGE, (1, 2), _density),
}
OF_THE_STUDY: Final[dict[str, Callable[[dict[tuple[str, int], Wave]], float]]] = {
    "municipalities": lambda waves: float(len({municipality for municipality, _ in waves})),
    "waves": lambda waves: float(len({wave for _, wave in waves})),
    "perceptions alike": _alike,
    "accuracy on contact": lambda waves: _logit_of_accuracy(waves, 0),
    "accuracy on exchange": lambda waves: _logit_of_accuracy(waves, 1),
    "accuracy on trust": lambda waves: _logit_of_accuracy(waves, 2),
}


def _targets() -> list[dict[str, str]]:
    with (DATASETS / "targets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _ties() -> pa.Table:
    return pq.read_table(DATASETS / "tables" / "ties.parquet")


@cache
def _actors() -> pa.Table:
    return pq.read_table(DATASETS / "tables" / "actors.parquet")


@cache
def _study() -> dict[tuple[str, int], Wave]:
    return _waves(_ties(), _actors())


def _measured(target: str) -> dict[str, float]:
    """Return the value of a target in every network, or pair of waves, that it speaks of."""
    waves = _study()
    places = list(dict.fromkeys(municipality for municipality, _ in waves))
    if target in OF_A_WAVE:
        return {f"{place} {wave}": OF_A_WAVE[target](net) for (place, wave), net in waves.items()}
    if target in OF_A_SIZE:
        size, among, measure = OF_A_SIZE[target]
        return {f"{places[size]} {wave}": measure(waves[places[size], wave]) for wave in among}
    if target in OF_CHANGE:
        return {place: OF_CHANGE[target](waves[place, 1], waves[place, 2]) for place in places}
    return {"study": OF_THE_STUDY[target](waves)}


CASES: Final = [
    pytest.param(row, network, id=f"{row['target']}-{network}")
    for row in _targets()
    if row["target"] not in OF_STEERING
    for network in _measured(row["target"])
]


@pytest.mark.parametrize(("row", "network"), CASES)
def test_target_is_met(row: dict[str, str], network: str) -> None:
    assert float(row["low"]) <= _measured(row["target"])[network] <= float(row["high"])


def test_every_target_is_measured_and_says_where_it_comes_from() -> None:
    rows = _targets()
    measured = [*OF_THE_STUDY, *OF_A_SIZE, *OF_A_WAVE, *OF_CHANGE, *OF_STEERING]
    assert sorted(row["target"] for row in rows) == sorted(measured)
    for row in rows:
        assert None not in row.values()
        assert all(row.values())
        assert row["status"] in {"verified", "assumed", "derived"}
        assert row["source"] in {"assumption", *NAMED} or row["source"].startswith("10.")
        assert row["status"] != "verified" or row["source"] != "assumption"


def test_targets_can_be_missed() -> None:
    """Were wave 2 shuffled among the organisations, what lasts between the waves would be lost."""
    bands = {row["target"]: (float(row["low"]), float(row["high"])) for row in _targets()}
    for municipality in _municipalities():
        first, second = _in_both(_study()[municipality, 1], _study()[municipality, 2])
        turned = second.take(np.roll(np.arange(second.n), 7))
        shuffled = replace(first, responded=turned.responded, frequency=turned.frequency)
        for target in ("gatekeepers' strong ties gone", "content Jaccard", "steering Jaccard"):
            low, high = bands[target]
            assert not low <= OF_CHANGE[target](first, shuffled) <= high


def test_strong_relation_by_hand() -> None:
    """a-b: confirmed; a-c: c did not answer; b-c: reported, but of one kind only."""
    contact = np.array([[0, 3, 4], [3, 0, 4], [0, 0, 0]])
    knowledge = np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]])
    referral = np.array([[0, 0, 2], [1, 0, 0], [0, 0, 0]])
    net = Wave(
        labels=np.array(["a", "b", "c"]),
        sector=np.array(["x", "x", "y"]),
        gatekeeper=np.array(["", "", ""]),
        linking=np.zeros(3, dtype=np.bool_),
        responded=np.array([True, True, False]),
        lead=np.zeros(3, dtype=np.bool_),
        perceived=np.array(["", "", ""]),
        trust=np.full(3, np.nan),
        capacity=np.ones(3, dtype=np.int64),
        frequency={
            CONTACT: contact,
            CONTENT: knowledge,
            REFERRAL: referral,
            STEERING: np.zeros_like(contact),
        },
    )
    assert np.argwhere(np.triu(_strong(net))).tolist() == [[0, 1], [0, 2]]
    assert np.argwhere(np.triu(_strong(net, least_frequency=4))).tolist() == [[0, 2]]
    assert np.argwhere(np.triu(_strong(net, least_relations=1))).tolist() == [[0, 1], [0, 2], [1, 2]]
    contact[1, 0] = 2
    assert np.argwhere(np.triu(_strong(net))).tolist() == [[0, 2]]
    assert np.argwhere(np.triu(_strong(net, reciprocated=False))).tolist() == [[0, 1], [0, 2]]


@pytest.mark.parametrize("reciprocated", [True, False])
@pytest.mark.parametrize(("frequency", "kinds"), [(3, 2), (4, 1), (2, 0), (1, 3)])
def test_strong_of_the_package_is_that_of_the_targets(frequency: int, kinds: int, *, reciprocated: bool) -> None:
    found = wn.survey.strong(
        wn.datasets.youth_care(), frequency=frequency, reciprocal=reciprocated, kinds=kinds, one_report="use"
    )
    assert list(found) == sorted(_study())
    for key, net in found.items():
        wave = _study()[key]
        wanted = _strong(wave, least_frequency=frequency, least_relations=kinds, reciprocated=reciprocated)
        assert net.labels.tolist() == wave.labels.tolist()
        cells = net.to_matrix()
        off = _off_diagonal(wave.n)
        assert np.array_equal(np.isnan(cells) & off, ~_observed(wave) & off)
        assert np.array_equal(np.nan_to_num(cells) > 0, wanted)


# -- the files -----------------------------------------------------------------------------------


def _municipalities() -> list[str]:
    return list(dict.fromkeys(municipality for municipality, _ in _study()))


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("youth_care_generator", DATASETS / "_generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _keys(table: pa.Table, *columns: str) -> list[tuple[object, ...]]:
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))


def test_regenerated_copy_equals_the_shipped_files(tmp_path: Path) -> None:
    generator = _generator()
    for folder in ("one", "two"):
        generator.write(tmp_path / folder)
    for path in (DATASETS / "tables").glob("*.parquet"):
        name, shipped = path.stem, pq.read_table(path)
        one, two = (tmp_path / folder / f"{name}.parquet" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert pq.read_table(one).equals(shipped)


def test_another_seed_gives_another_study() -> None:
    generator = _generator()
    ties, _ = generator.generate(generator.SEED + 1)
    assert not ties.equals(_ties())


def test_files_say_that_they_are_synthetic() -> None:
    for path in (DATASETS / "tables").glob("*.parquet"):
        table = pq.read_table(path)
        assert table.schema.metadata[b"description"].startswith(b"Synthetic")


def test_files_are_small() -> None:
    assert sum(path.stat().st_size for path in (DATASETS / "tables").glob("*.parquet")) < 300_000


def test_columns() -> None:
    assert _ties().column_names == ["municipality", "wave", "relation", "source", "target", "frequency"]
    assert _actors().column_names == [
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
    ]
    assert all(_ties()[column].null_count == 0 for column in _ties().column_names)
    assert [column for column in _actors().column_names if _actors()[column].null_count] == [
        "gatekeeper",
        "perceived_mode",
        "trust",
    ]


def test_values() -> None:
    assert set(_keys(_ties(), "relation")) == {(CONTACT,), (REFERRAL,), (CONTENT,), (STEERING,)}
    assert set(_keys(_ties(), "frequency")) == {(1,), (2,), (3,), (4,)}
    for municipality in _municipalities():
        for wave in (1, 2):
            roles = set(_keys(_rows(_actors(), municipality, wave), "gatekeeper"))
            assert roles - {(None,)} == {
                ("municipal access team",),
                ("GP",),
                ("youth doctor",),
                ("medical specialist",),
                ("certified institution",),
            }


def test_care_levels_are_ordered() -> None:
    levels: pa.DictionaryArray = _actors()["care_level"].chunk(0)
    assert levels.type.ordered
    assert levels.dictionary.to_pylist() == [
        "universal",
        "selective",
        "light",
        "intensive",
        "specialist",
        "intensive-and-specialist",
        "taking over",
    ]
    assert set(levels.to_pylist()) == set(levels.dictionary.to_pylist())


def test_rows_are_sorted_and_unique() -> None:
    order = {municipality: at for at, municipality in enumerate(_municipalities())}
    for table, columns in (
        (_actors(), ("municipality", "wave", "organisation")),
        (_ties(), ("municipality", "wave", "relation", "source", "target")),
    ):
        keys = [(order[str(key[0])], *key[1:]) for key in _keys(table, *columns)]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)


def test_ties_are_reports_of_respondents_about_members() -> None:
    members = set(_keys(_actors(), "municipality", "wave", "organisation"))
    answered = set(_keys(_actors().filter(_actors()["responded"]), "municipality", "wave", "organisation"))
    assert set(_keys(_ties(), "municipality", "wave", "source")) <= answered
    assert set(_keys(_ties(), "municipality", "wave", "target")) <= members
    assert all(source != target for source, target in _keys(_ties(), "source", "target"))


def test_any_contact_covers_the_specific_relations() -> None:
    for net in _study().values():
        for relation in SPECIFIC:
            assert np.all(net.frequency[relation] <= net.frequency[CONTACT])


def test_lead_organisation() -> None:
    lead = _actors().filter(_actors()["lead"])
    assert _keys(lead, "municipality", "wave") == list(_study())
    assert all(lead["responded"].to_pylist())
    assert len(set(_keys(lead, "municipality", "organisation"))) == len(_municipalities())


def test_organisations_keep_what_they_are_and_some_join_or_leave() -> None:
    same = ("sector", "care_level", "gatekeeper", "lead", "linking")
    for municipality in _municipalities():
        first, second = (
            {row["organisation"]: row for row in _rows(_actors(), municipality, wave).to_pylist()} for wave in (1, 2)
        )
        assert first.keys() - second.keys()
        assert second.keys() - first.keys()
        for label in first.keys() & second.keys():
            assert [first[label][column] for column in same] == [second[label][column] for column in same]
