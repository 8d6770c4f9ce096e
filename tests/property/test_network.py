"""Laws that networks keep, on networks drawn at random."""

import pickle
import sys

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import Network, errors, testing
from wholenet.testing import assert_networks_equal, networks, studies

ANY = networks(loops=None, signed=True, attributes={"sector": ["care", "school", None], "size": [1, 2, 10]})
RULES = ("union", "confirmed", "mean", "max", "min", "sum")


def laws(examples=30):
    return settings(max_examples=examples, deadline=None)


def in_bytes(label):
    return label.encode() if isinstance(label, str) else label


def observed(net):
    """Which dyads were observed, from the matrix: pairs (i, j), in an undirected network with i < j."""
    seen = ~np.isnan(net.to_matrix())
    n = net.n_actors
    return {(i, j) for i in range(n) for j in range(n) if i != j and seen[i, j] and (net.directed or i < j)}


# Counting by brute force ----------------------------------------------------------------------------------


@laws(80)
@given(ANY)
def test_counts_agree_with_looking_at_every_dyad(net):
    n, cells = net.n_actors, net.to_matrix()
    dyads = n * (n - 1) // (1 if net.directed else 2)
    seen = observed(net)
    ties = {(i, j) for i, j in seen if cells[i, j] != 0}
    missing = net.missing
    assert missing.observed == len(seen)
    assert missing.dyads == dyads - len(seen)
    assert missing.share == (missing.dyads / dyads if dyads else 0)
    assert net.n_ties == len(ties)
    assert net.signed == bool((cells < 0).any())
    assert not np.isnan(np.diagonal(cells)).any()
    if not net.directed:
        assert np.array_equal(cells, cells.T, equal_nan=True)
    if not net.valued:
        assert set(np.unique(cells[~np.isnan(cells)])) <= {0.0, 1.0}


@laws()
@given(ANY)
def test_who_did_not_answer_has_a_row_of_nothing(net):
    cells = net.to_matrix()
    off = ~np.eye(net.n_actors, dtype=bool)
    silent = [net.index(label) for label in net.missing.non_respondents]
    for actor in silent:
        others = [other for other in range(net.n_actors) if other != actor and (net.directed or other in silent)]
        assert np.isnan(cells[actor, others]).all()
    for label in net.missing.unseen:
        actor = net.index(label)
        assert np.isnan(cells[off[:, actor], actor]).all()


# There and back -------------------------------------------------------------------------------------------


@laws()
@given(ANY)
def test_pickling_and_equality(net):
    found = pickle.loads(pickle.dumps(net))  # noqa: S301 (our own bytes)
    assert found == net
    assert hash(found) == hash(net)
    assert found.recipe == net.recipe
    assert_networks_equal(found, net)


@laws()
@given(ANY)
def test_saving(tmp_path_factory, net):
    path = tmp_path_factory.mktemp("net") / "net.wholenet"
    net.save(path)
    assert Network.open(path) == net


@laws()
@given(ANY)
def test_matrix_there_and_back(net):
    labels, cells = net.labels, net.to_matrix()
    back = Network.from_matrix(cells, labels=labels, directed=net.directed, signed=True, loops="keep")
    assert np.array_equal(back.to_matrix(), cells, equal_nan=True)
    assert back.missing.observed == net.missing.observed
    assert back.labels.tolist() == labels.tolist()
    for same in (np.asfortranarray(cells), cells[::-1, ::-1].copy()[::-1, ::-1], cells.tolist()):
        if net.n_actors:
            assert Network.from_matrix(same, labels=labels, directed=net.directed, signed=True, loops="keep") == back


@laws()
@given(networks(loops=None, signed=True, missing=False, valued=True))
def test_sparse_there_and_back(net):
    back = Network.from_matrix(net.to_sparse(), labels=net.labels, directed=net.directed, signed=True, loops="keep")
    assert np.array_equal(back.to_matrix(), net.to_matrix())


@laws()
@given(ANY)
def test_edges_there_and_back(net):
    back = Network.from_edges(
        net.to_edges(missing="null"),
        net.actors,
        weight="value",
        directed=net.directed,
        signed=True,
        loops="keep",
    )
    assert np.array_equal(back.to_matrix(), net.to_matrix(), equal_nan=True)
    assert back.attribute_names == net.attribute_names


@laws()
@given(networks(loops=None, signed=True, missing=False, attributes={"size": [1, 2]}))
def test_edges_actors_and_ties_make_the_same_network(net):
    back = Network.from_edges(
        net.ties,
        net.actors,
        weight="value" if net.valued else None,
        directed=net.directed,
        signed=True,
        loops="keep",
    )
    assert back == net


@laws()
@given(networks(min_actors=1, loops=None, signed=True, missing=False, attributes={"size": [1, 2], "kind": ["x", None]}))
def test_networkx_and_igraph_there_and_back(net):
    weight = "weight" if net.valued and net.to_edges().shape[0] else None
    assume(net.valued == (weight is not None))
    assert Network.from_networkx(net.to_networkx(), weight=weight) == net
    assert Network.from_igraph(net.to_igraph(), weight=weight) == net


@laws()
@given(ANY, st.sampled_from(["pandas", "polars", "pyarrow"]))
def test_every_kind_of_table_gives_the_same(net, kind):
    def into(table):
        arrow = nw.from_native(table, eager_only=True).to_arrow()
        return {"pandas": arrow.to_pandas, "polars": lambda: pl.from_arrow(arrow), "pyarrow": lambda: arrow}[kind]()

    options = {"weight": "value", "directed": net.directed, "signed": True, "loops": "keep"}
    ties, actors = net.to_edges(missing="null"), net.actors
    assert Network.from_edges(into(ties), into(actors), **options) == Network.from_edges(ties, actors, **options)


# Order ----------------------------------------------------------------------------------------------------


@laws()
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(net, random):
    ties = net.to_edges(missing="null")
    rows = list(range(len(ties)))
    random.shuffle(rows)
    options = {"weight": "value", "directed": net.directed, "signed": True, "loops": "keep"}
    one = Network.from_edges(ties, net.actors, **options)
    assert Network.from_edges(ties.iloc[rows], net.actors, **options) == one
    if len(ties):
        bare = Network.from_edges(ties, **options)
        assert Network.from_edges(ties.iloc[rows], **options) == bare
        assert bare.labels.tolist() == sorted(
            bare.labels.tolist(), key=lambda x: x.encode() if isinstance(x, str) else x
        )


@laws()
@given(ANY, st.randoms(use_true_random=False))
def test_an_undirected_tie_may_be_listed_either_way(net, random):
    assume(not net.directed)
    ties = net.to_edges(missing="null")
    turn = np.array([random.random() < 0.5 for _ in range(len(ties))], dtype=bool)
    turned = ties.copy()
    turned["source"] = ties["source"].where(~turn, ties["target"])
    turned["target"] = ties["target"].where(~turn, ties["source"])
    options = {"weight": "value", "directed": False, "signed": True, "loops": "keep"}
    assert Network.from_edges(turned, net.actors, **options) == Network.from_edges(ties, net.actors, **options)


@laws()
@given(networks(min_actors=1, valued=True, missing=False), st.integers(1, 3))
def test_listing_every_tie_again(net, times):
    ties = pd.concat([net.ties] * times)
    many = Network.from_edges(ties, net.actors, weight="value", directed=net.directed, duplicates="sum")
    assert np.array_equal(many.to_matrix(), net.to_matrix() * times)
    for rule in ("max", "mean", "first"):
        one = Network.from_edges(ties, net.actors, weight="value", directed=net.directed, duplicates=rule)
        assert one == net


@laws()
@given(ANY, st.data())
def test_relabelling(net, data):
    """A new name for everyone changes the names and nothing else."""
    n = net.n_actors
    names = data.draw(st.lists(st.text(st.characters(codec="utf-8"), max_size=4), min_size=n, max_size=n, unique=True))
    renamed = dict(zip(net.labels.tolist(), names, strict=True))
    ties = net.to_edges(missing="null")
    ties["source"], ties["target"] = (ties[end].map(renamed).astype("str") for end in ("source", "target"))
    options = {"weight": "value", "directed": net.directed, "signed": True, "loops": "keep"}
    other = Network.from_edges(ties, pd.DataFrame({"name": names}, dtype="str"), **options)
    assert np.array_equal(other.to_matrix(), net.to_matrix(), equal_nan=True)


@laws()
@given(ANY, st.integers(0, 100))
def test_measures_do_not_depend_on_the_order_of_actors(net, seed):
    for measure in (wn.centrality.degree, lambda net: net.n_ties, lambda net: net.missing.observed):
        testing.assert_relabelling_law(measure, net, seed=seed)


# Subsets --------------------------------------------------------------------------------------------------


@laws(50)
@given(ANY, st.data())
def test_a_subset_is_a_part_of_the_matrix_and_subsets_compose(net, data):
    order = data.draw(st.permutations(range(net.n_actors)))
    first = order[: data.draw(st.integers(0, len(order)))]
    second = data.draw(st.permutations(first))[: data.draw(st.integers(0, len(first)))]
    labels = net.labels.tolist()
    part = net.subset([labels[place] for place in first])
    assert np.array_equal(part.to_matrix(), net.to_matrix()[np.ix_(first, first)], equal_nan=True)
    chosen = [labels[place] for place in second]
    assert part.subset(chosen) == net.subset(chosen)
    for name in net.attribute_names:
        assert part.attribute(name).tolist() == net.attribute(name)[list(first)].tolist()
    marks = np.isin(np.arange(net.n_actors), first)
    assert net.subset(marks) == net.subset([labels[place] for place in sorted(first)])
    assert net.subset(labels) == net


@laws()
@given(ANY)
def test_dropping_isolates_keeps_every_tie(net):
    kept = net.drop_isolates()
    assert kept.n_ties == net.n_ties
    assert kept.drop_isolates() == kept
    cells = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(cells, 0)
    tied = (cells != 0).any(axis=0) | (cells != 0).any(axis=1)
    assert kept == net.subset(tied)


@laws()
@given(ANY, st.sampled_from(["weak", "strong"]))
def test_the_largest_component_is_one_and_no_other_is_larger(net, kind):
    largest = net.largest_component(kind)
    sizes = np.bincount(wn.cohesion.components(net, kind=kind)) if net.n_actors else np.array([0])
    assert largest.n_actors == sizes.max()
    assert largest.largest_component(kind) == largest
    if not net.directed:
        assert net.largest_component("weak") == net.largest_component("strong")


# Turning round and symmetrizing ---------------------------------------------------------------------------


@laws()
@given(ANY)
def test_turning_round_twice(net):
    back = net.reverse()
    assert back.reverse() == net
    assert np.array_equal(back.to_matrix(), net.to_matrix().T, equal_nan=True)
    assert (back.n_ties, back.missing.dyads) == (net.n_ties, net.missing.dyads)
    if net.directed:
        assert back.missing.non_respondents == net.missing.unseen


def joined(rule, there, back, one_report):
    """What the docstring says of one dyad."""
    if np.isnan(there) and np.isnan(back):
        return np.nan
    if np.isnan(there) or np.isnan(back):
        if one_report == "missing":
            return np.nan
        there = back = there if np.isnan(back) else back
    return {
        "union": max(there, back),
        "confirmed": min(there, back),
        "mean": (there + back) / 2,
        "max": max(there, back),
        "min": min(there, back),
        "sum": there + back,
    }[rule]


@laws(80)
@given(
    networks(directed=True, loops=None, signed=True, missing=None),
    st.sampled_from(RULES),
    st.sampled_from(["missing", "use"]),
)
def test_symmetrizing_looks_at_each_dyad_by_itself(net, rule, one_report):
    if net.signed and rule in {"union", "confirmed"}:
        with pytest.raises(errors.SignedTiesError):
            net.symmetrize(rule, one_report=one_report)
        return
    n, cells = net.n_actors, net.to_matrix()
    wanted = np.diag(np.diagonal(cells)).astype(float)
    for i in range(n):
        for j in range(n):
            if i != j:
                wanted[i, j] = joined(rule, cells[i, j], cells[j, i], one_report)
    found = net.symmetrize(rule, one_report=one_report)
    assert np.array_equal(found.to_matrix(), wanted, equal_nan=True)
    assert not found.directed
    seen = ~np.isnan(cells)
    lone = int((np.triu(seen != seen.T, 1)).sum())
    if lone:
        with pytest.raises(errors.MissingTiesError, match=f"^{lone} dyad"):
            net.symmetrize(rule)
    else:
        assert np.array_equal(net.symmetrize(rule).to_matrix(), wanted, equal_nan=True)


@laws()
@given(networks(directed=True, missing=None), st.sampled_from(["missing", "use"]))
def test_symmetrizing_laws(net, one_report):
    made = {rule: net.symmetrize(rule, one_report=one_report) for rule in RULES}
    assert made["union"] == made["max"]
    assert made["confirmed"] == made["min"]
    assert made["confirmed"].n_ties <= made["union"].n_ties
    low, high, total = (made[rule].to_matrix() for rule in ("min", "max", "sum"))
    assert np.array_equal(low + high, total, equal_nan=True)
    for rule in RULES:
        turned = net.reverse().symmetrize(rule, one_report=one_report)
        assert np.array_equal(turned.to_matrix(), made[rule].to_matrix(), equal_nan=True)
        assert made[rule].missing.observed == made["union"].missing.observed


# Cut-offs and groups --------------------------------------------------------------------------------------


@laws()
@given(ANY, st.sampled_from([-4.0, 0.0, 0.5, 1.0, 2.0, 11.0]))
def test_cut_offs(net, cut):
    cells = net.to_matrix()
    for made, kept in (
        (net.dichotomize(above=cut), (cells > cut) & (cells != 0)),
        (net.dichotomize(at_least=cut), (cells >= cut) & (cells != 0)),
    ):
        assert np.array_equal(made.to_matrix(), np.where(np.isnan(cells), np.nan, kept), equal_nan=True)
        assert not made.valued
        assert made.missing == net.missing
        assert made.dichotomize(above=0) == made


@laws()
@given(networks(signed=True, loops=None, attributes={"sector": ["care", "school", "other"]}))
def test_groups_hold_the_sums_of_their_members(net):
    cells, sector = net.to_matrix(), net.attribute("sector")
    names = sorted(set(sector.tolist()))
    groups = net.collapse(by="sector")
    assert groups.labels.tolist() == names
    for a, name in enumerate(names):
        for b, other in enumerate(names):
            pairs = [
                (i, j)
                for i in range(net.n_actors)
                for j in range(net.n_actors)
                if i != j and sector[i] == name and sector[j] == other and not np.isnan(cells[i, j])
            ]
            wanted = sum(cells[i, j] for i, j in pairs) / (2 if a == b and not net.directed else 1)
            if a != b and not pairs:
                wanted = np.nan
            assert np.array_equal(groups.to_matrix()[a, b], wanted, equal_nan=True), (name, other)


@laws()
@given(ANY, st.randoms(use_true_random=False))
def test_attributes_in_any_order(net, random):
    rows = list(range(net.n_actors))
    random.shuffle(rows)
    assert net.with_actors(net.actors.iloc[rows]) == net


# Studies --------------------------------------------------------------------------------------------------


@laws(20)
@given(studies(labels="text", directed=True, valued=True, missing=False, min_actors=1), st.booleans())
def test_a_study_there_and_back_through_two_tables(study, shuffled):
    ties, actors = [], []
    for (place, wave), net in study.items():
        ties.append(net.ties.assign(place=place, wave=wave))
        actors.append(net.actors.assign(place=place, wave=wave))
    ties, actors = pd.concat(ties), pd.concat(actors)
    assume(len(ties))
    if shuffled:
        ties = ties.sample(frac=1, random_state=1)
    back = wn.Study.from_edges(ties, actors, by=study.by, weight="value")
    with_ties = [key for key, net in study.items() if net.n_ties]
    assert list(back) == with_ties
    for key in with_ties:
        assert back[key] == study[key]


@laws(20)
@given(studies())
def test_keys_gaps_and_overview_agree(study):
    assert set(study).isdisjoint(study.gaps)
    places, waves = ({key[part] for key in study} for part in (0, 1))
    assert len(study) + len(study.gaps) == len(places) * len(waves)
    assert len(study.overview()) == len(study)
    assert list(study.select(wave=sorted(waves))) == list(study)
    assert pickle.loads(pickle.dumps(study)) == study  # noqa: S301 (our own bytes)
    for wave in waves:
        assert {key[1] for key in study.select(wave=wave)} == {wave}


# The strategies themselves --------------------------------------------------------------------------------


@laws()
@given(networks(min_actors=2, max_actors=3, directed=False, valued=False, missing=False, labels="integer"))
def test_strategies_keep_to_their_options(net):
    assert 2 <= net.n_actors <= 3
    assert not net.directed
    assert not net.valued
    assert net.missing.dyads == 0
    assert net.labels.dtype == np.int64
    assert np.trace(net.to_matrix()) == 0


def test_strategies_reach_what_matters():
    """Among many draws there is one of each sort."""
    seen = set()

    @settings(max_examples=250, deadline=None, database=None)
    @given(ANY)
    def look(net):
        seen.update(
            name
            for name, there in {
                "directed": net.directed,
                "undirected": not net.directed,
                "valued": net.valued,
                "signed": net.signed,
                "silent": bool(net.missing.non_respondents),
                "unseen": bool(net.missing.unseen),
                "single": net.missing.single > 0,
                "loops": bool(np.nan_to_num(np.diagonal(net.to_matrix())).any()),
                "nobody": net.n_actors == 0,
                "no ties": net.n_actors > 2 and not net.n_ties,
                "text": net.labels.dtype == object,
                "integers": net.labels.dtype == np.int64,
                "null attribute": net.n_actors > 0 and pd.isna(net.attribute("sector")).any(),
            }.items()
            if there
        )

    look()
    assert len(seen) == 13, seen


def test_without_hypothesis_the_strategies_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    for strategy in (networks, studies):
        with pytest.raises(errors.DependencyError, match="pip install hypothesis"):
            strategy()


def test_assertions_say_what_differs():
    net = Network.from_edges((["a", "b"], ["b", "c"]), pd.DataFrame({"name": list("abc"), "size": [1, 2, 3]}))
    cases = [
        ("undirected but should be directed", net.symmetrize("union")),
        (r"actors are \['b', 'a', 'c'\]", net.subset(["b", "a", "c"])),
        ("'a' → 'b' is 0 but should be 1", Network.from_edges((["b"], ["c"]), net.actors)),
        ("valued is True", Network.from_edges(net.ties, net.actors, weight=[1, 1])),
        ("attributes are", net.with_actors(pd.DataFrame({"name": list("abc")}))),
        (r"'size' is \[1, 2, 4\]", net.with_actors(pd.DataFrame({"name": list("abc"), "size": [1, 2, 4]}))),
    ]
    for words, other in cases:
        with pytest.raises(AssertionError, match=words):
            assert_networks_equal(other, net)
    assert_networks_equal(net.with_actors(pd.DataFrame({"name": list("abc")})), net, attributes=False)
    near = Network.from_edges(net.ties, weight=[1.0, 1.0 + 1e-9])
    assert_networks_equal(near, Network.from_edges(net.ties, weight=[1, 1]), tolerance=1e-6)
    with pytest.raises(AssertionError, match="on 2 threads"):
        testing.assert_same_bits(lambda _: float(wn.get_threads()), net, threads=(1, 2))
