"""Pseudonyms change no number, and no label is left."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import testing
from wholenet.report import pseudonymize

ATTRIBUTES = {"sector": ["care", "school", "sport"], "size": [1, 2.5, None]}
NETWORKS = testing.networks(missing=None, loops=None, signed=True, attributes=ATTRIBUTES)


def translated(net, key):
    names = dict(zip(key["actor"].tolist(), key["pseudonym"].tolist(), strict=True))
    return [names[label] for label in net.labels.tolist()]


def same_network(net, published, key):
    """Put the published network in the old order, and compare all that it holds."""
    back = published.subset(translated(net, key)) if net.n_actors else published
    np.testing.assert_array_equal(back.to_matrix(), net.to_matrix())
    assert (back.directed, back.valued, back.signed) == (net.directed, net.valued, net.signed)
    assert (back.n_ties, back.two_mode) == (net.n_ties, net.two_mode)
    assert (back.missing.dyads, back.missing.observed) == (net.missing.dyads, net.missing.observed)
    assert len(back.missing.non_respondents) == len(net.missing.non_respondents)
    return back


@settings(max_examples=200, deadline=None)
@given(NETWORKS, st.integers(0, 2**40))
def test_the_network_is_the_same(net, seed):
    published, key = pseudonymize(net, keep=["sector", "size"], seed=seed)
    back = same_network(net, published, key)
    assert back.attribute("sector").tolist() == net.attribute("sector").tolist()
    assert published.labels.tolist() == sorted(published.labels.tolist())
    assert sorted(published.labels.tolist()) == sorted(key["pseudonym"].tolist())
    again, same = pseudonymize(net, keep=["sector", "size"], seed=seed)
    assert again == published
    assert same.equals(key)
    # Roster order tells nothing: the network in another order gives the same.
    turned = net.subset(net.labels[::-1].tolist())
    assert pseudonymize(turned, keep=["sector", "size"], seed=seed)[0] == published


@settings(max_examples=100, deadline=None)
@given(testing.networks(missing=None, min_actors=2, valued=False), st.integers(0, 99))
def test_measures_are_the_same(net, seed):
    published, key = pseudonymize(net, seed=seed)
    for measure in (
        wn.centrality.degree,
        wn.centrality.betweenness,
        wn.centrality.harmonic,
        wn.centrality.local_clustering,
        wn.centrality.coreness,
    ):
        old, new = measure(net), measure(published)
        found = dict(zip(published.labels.tolist(), new.tolist(), strict=True))
        np.testing.assert_allclose([found[name] for name in translated(net, key)], old, rtol=1e-12)
    for measure in (wn.cohesion.density, wn.cohesion.reciprocity, wn.cohesion.transitivity):
        np.testing.assert_array_equal(measure(published), measure(net))


@settings(max_examples=100, deadline=None)
@given(testing.networks(missing=True, min_actors=2))
def test_dyads_about_actors_whom_nobody_was_asked_about_stay_unobserved(net):
    """A reversed network lists non-respondents as receivers; one that was symmetrized, as dyads."""
    turned = net.reverse()
    published, key = pseudonymize(turned, seed=4)
    back = same_network(turned, published, key)
    assert len(back.missing.unseen) == len(turned.missing.unseen)
    if net.directed:
        for rule in ("missing", "use"):
            merged = turned.symmetrize("max", one_report=rule)
            same_network(merged, *pseudonymize(merged, seed=4))


@pytest.mark.parametrize("values", [None, [1.5, 2, 4]])
@pytest.mark.parametrize("respondents", [None, ["gp", "team"]])
def test_two_modes(values, respondents):
    ends = (["gp", "gp", "team"], ["m1", "m2", "m2"])
    modes = pd.DataFrame({"name": ["gp", "team", "school", "m1", "m2", "m3"], "mode": list("aaabbb")})
    net = wn.Network.from_edges(ends, modes, weight=values, two_mode="mode", respondents=respondents)
    for seed in range(6):
        published, key = pseudonymize(net, seed=seed)
        same_network(net, published, key)
        assert published.modes.tolist() == net.modes.tolist()


@settings(max_examples=60, deadline=None)
@given(testing.studies(missing=None, attributes=ATTRIBUTES, labels="text"), st.integers(0, 99))
def test_one_organisation_has_one_pseudonym_in_one_place(study, seed):
    place = study.by[0]
    published, key = pseudonymize(study, by=place, seed=seed)
    assert list(published) == list(study)
    names = {(row[0], row[1]): row[2] for row in key[[place, "actor", "pseudonym"]].itertuples(index=False)}
    assert len(set(names.values())) == len(names)
    for one, net in study.items():
        own = key[key[place] == one[0]]
        same_network(net, published[one], own)
        assert published[one].attribute_names == ()
