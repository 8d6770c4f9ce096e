"""Change between waves: laws, and brute force over small networks."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import t as student

import wholenet as wn
from wholenet import change, testing
from wholenet.change._dyad_sums import DyadSums
from wholenet.change._dyadic import meat
from wholenet.change._reports import Coding
from wholenet.inference._draws import stream
from wholenet.inference._vertices import Picked

QUICK = settings(max_examples=50, deadline=None)
GROUPS = {"group": ["x", "y", "z"]}
# Rounding of sums of a few hundred terms.
CLOSE = 1e-9


@st.composite
def waves(draw, **options):
    """Two networks of the same direction and of partly the same actors."""
    directed = draw(st.booleans()) if "directed" not in options else options.pop("directed")
    kinds = {"directed": directed, "loops": None, "attributes": GROUPS, "labels": "text", **options}
    return draw(testing.networks(**kinds)), draw(testing.networks(**kinds))


@given(waves())
@QUICK
def test_parts_add_up_to_the_whole(pair):
    before, after = pair
    whole = change.tie_change(before, after)
    counts = [whole.kept, whole.dissolved, whole.new]
    actors = change.by_actor(before, after)
    assert [int(actors[name].sum()) for name in ("kept", "dissolved", "new")] == [2 * one for one in counts]
    for mode in ("in", "out"):
        table = change.by_actor(before, after, mode=mode)
        twice = 1 if before.directed else 2
        assert [int(table[name].sum()) for name in ("kept", "dissolved", "new")] == [twice * one for one in counts]
    for found in (change.by_pair(before, after, by="group"), change.by_mark(before, after, mark="group")):
        assert [int(found.counts[name].sum()) for name in ("kept", "dissolved", "new", "never")] == [
            *counts,
            whole.never,
        ]
    if before.valued:
        found = change.by_value(before, after, reciprocity=before.directed)
        assert [int(found.counts[name].sum()) for name in ("kept", "dissolved")] == counts[:2]


@given(waves(directed=True, max_actors=6), st.sampled_from(["union", "confirmed"]))
@QUICK
def test_codings_are_those_of_symmetrize(pair, rule):
    net = pair[0]
    assume(not net.signed)
    coded = Coding.of(rule, "missing").coded(net.to_matrix())
    theirs = net.symmetrize(rule, one_report="use" if rule == "union" else "missing").to_matrix()
    upper = np.triu_indices(len(coded), 1)
    assert_allclose(coded[upper], np.where(np.isnan(theirs), np.nan, theirs != 0)[upper])


@given(waves(directed=True, max_actors=6), st.sampled_from(["union", "confirmed", "sender"]), st.booleans())
@QUICK
def test_apparent_loss_is_that_of_coded_networks(pair, rule, absent):
    before, after = pair
    assume(not before.signed and not after.signed)
    unanswered = "absent" if absent else "missing"
    try:
        found = change.measured_loss(
            before, after, rule=rule, unanswered=unanswered, reporting=0.8, draws=9, seed=1, progress=False
        )
    except wn.WholenetError:
        return

    def coded(net):
        if absent:
            net = wn.Network.from_matrix(np.nan_to_num(net.to_matrix()), labels=net.labels.tolist(), loops="keep")
        if rule == "sender":
            return net
        return net.symmetrize(rule, one_report="use" if rule == "union" else "missing")

    whole = change.tie_change(coded(before), coded(after))
    assert (found.kept, found.ties) == (whole.kept, whole.kept + whole.dissolved)
    assert_allclose(found.apparent, whole.dissolution, atol=CLOSE)
    assert_allclose(found.persistence * (1 - found.expected), 1 - found.apparent, atol=CLOSE)


@given(st.integers(2, 6), st.integers(0, 2**32))
@QUICK
def test_dyadic_sums_by_brute_force(n, seed):
    random = np.random.default_rng(seed)
    m = int(random.integers(1, 3 * n))
    rows = random.integers(n, size=m)
    columns = (rows + 1 + random.integers(n - 1, size=m)) % n
    scores = random.standard_normal((m, 2))
    wanted = np.zeros((2, 2))
    for one in range(m):
        for other in range(m):
            if {rows[one], columns[one]} & {rows[other], columns[other]}:
                wanted += np.outer(scores[one], scores[other])
    assert_allclose(meat(scores, rows, columns), wanted, atol=CLOSE)


@given(st.integers(2, 7), st.integers(0, 2**32), st.booleans())
@QUICK
def test_draws_are_sums_over_resampled_networks(n, seed, directed):
    random = np.random.default_rng(seed)
    cells = (random.random((n, n)) < 0.5) & ~np.eye(n, dtype=bool)
    if not directed:
        cells = np.triu(cells)
    sums = DyadSums.of([cells], seed)
    assert sums.totals.tolist() == [cells.sum()]
    both = cells if directed else cells | cells.T
    found = sums.draws(4, executor=None, progress=False)
    for draw in range(4):
        picked = Picked.of((n,), stream(seed, draw))
        made = both[np.ix_(picked.rows, picked.rows)]
        one, other = np.nonzero(np.triu(picked.rows[:, None] == picked.rows[None, :], 1))
        first, second = picked.fill
        made[one, other], made[other, one] = both[first, second], both[second, first]
        assert found[draw, 0] == made.sum() / (1 if directed else 2)


def dyadic(n):
    """A share of ties that are kept, of actors who differ: its sums, and its dyadic robust and plain standard error."""
    random = np.random.default_rng(1)
    s = random.standard_normal(n) * 0.7
    before = np.triu(random.random((n, n)) < 1 / (1 + np.exp(1 - s[:, None] - s[None, :])), 1)
    kept = before & (random.random((n, n)) < 1 / (1 + np.exp(-s[:, None] - s[None, :])))
    rows, columns = np.nonzero(before)
    score = (kept[rows, columns] - kept.sum() / before.sum()) / before.sum()
    robust = float(np.sqrt(meat(score[:, None], rows, columns)[0, 0]))
    return DyadSums.of([kept, before], 1), robust, float(np.sqrt((score**2).sum()))


def share_kept(sums):
    return sums[..., 0] / sums[..., 1]


def test_standard_errors_are_those_of_dyads_that_share_actors():
    """To first order: n → ∞ of the bootstrap less what it counts too often is the dyadic robust variance."""
    sums, robust, plain = dyadic(60)
    found = sums.interval(share_kept, sums.draws(4000, executor=None, progress=False), 0.95)
    # Terms of higher order are about 1 in n; the variance of 4,000 draws is known to 2 %.
    assert found.se == pytest.approx(robust, rel=0.06)
    # Ties that share no actor count by themselves.
    assert found.se > plain


@pytest.mark.parametrize("n", [60, 120, 480])
def test_leaving_actors_out_counts_dyads_that_share_actors(n):
    sums, robust, plain = dyadic(n)
    found = sums.jackknife(share_kept, 0.95)
    # Terms of higher order are about 3 in n, and make it the larger one.
    assert robust < found.se < robust * (1 + 4 / n)
    assert found.se > plain


def test_leaving_actors_out_is_leaving_them_out():
    random = np.random.default_rng(3)
    n = 45
    cells = (random.random((2, n, n)) < 0.3).astype(float)
    cells[0, 4], cells[1, 7] = np.nan, np.nan
    before, after = (wn.Network.from_matrix(one * (1 - np.eye(n))) for one in np.where(np.eye(n), 0, cells))
    found = change.stability(before, after, permutations=2, seed=1, progress=False)
    rest = [np.delete(np.arange(n), place) for place in range(n)]
    for name in ("jaccard", "dissolution"):
        without = np.array([getattr(change.tie_change(before.subset(at), after.subset(at)), name) for at in rest])
        jackknife = (n - 1) / n * ((without - without.mean()) ** 2).sum()
        se = getattr(found, f"{name}_se")
        assert se**2 < jackknife
        # What comes off is less than half of it: each tie is that of two actors.
        assert se**2 > jackknife / 2
        reach = student.ppf(0.975, n - 1) * se
        assert_allclose(getattr(found, f"{name}_upper") - getattr(found, name), reach, rtol=1e-9)


@given(waves(max_actors=7))
@QUICK
def test_stability_is_tie_change(pair):
    before, after = pair
    try:
        found = change.stability(before, after, permutations=5, seed=1, progress=False)
    except wn.WholenetError:
        return
    whole = change.tie_change(before, after)
    assert_allclose([found.jaccard, found.dissolution], [whole.jaccard, whole.dissolution], atol=CLOSE)
    assert found.hamming == whole.dissolved + whole.new


@pytest.mark.parametrize("rule", ["union", "confirmed", "sender"])
@pytest.mark.parametrize("unanswered", ["absent", "missing"])
def test_formula_and_simulation_agree(rule, unanswered):
    random = np.random.default_rng(5)
    net = wn.Network.from_matrix((random.random((60, 60)) < 0.3) * (1.0 - np.eye(60)))
    options = {
        "response": (0.8, 0.7),
        "reporting": (0.9, 0.8),
        "rule": rule,
        "unanswered": unanswered,
        "persistence": 0.8,
    }
    found = change.simulated_loss(net, net, **options, draws=300, seed=2, progress=False)
    # Four standard errors of the mean.
    assert found.mean == pytest.approx(change.expected_loss(**options), abs=4 * found.sd / np.sqrt(300))


def panel(n, seed):
    random = np.random.default_rng(seed)
    cells = np.where(random.random((n, n)) < 0.4, random.integers(1, 5, (n, n)), 0) * (1 - np.eye(n))
    actors = pd.DataFrame({"name": [f"a{i:02}" for i in range(n)], "sector": random.choice(list("xyz"), n)})
    after = ((cells != 0) & (random.random((n, n)) < 0.6)).astype(float)
    for one in (cells, after):
        one[random.random(n) < 0.2] = np.nan
        np.fill_diagonal(one, 0)
    return wn.Network.from_matrix(cells, actors), wn.Network.from_matrix(after, actors)


CALLS = {
    "qap": lambda one, two, **how: change.stability(one, two, permutations=40, **how).qap.p_lower,
    "measured": lambda one, two, **how: change.measured_loss(one, two, rule="union", draws=40, **how).se,
    "simulated": lambda one, two, **how: change.simulated_loss(one, two, reporting=0.8, draws=40, **how).distribution,
    "persistence": lambda one, two, **how: change.persistence(one, two, ["strength"], permutations=40, **how).p_lrqap,
}


@pytest.mark.parametrize("name", CALLS)
def test_the_same_bits_here_and_on_an_executor(name):
    one, two = panel(20, 1)
    here = np.asarray(CALLS[name](one, two, seed=3, progress=False))
    with ThreadPoolExecutor(3) as pool:
        there = np.asarray(CALLS[name](one, two, seed=3, progress=False, executor=pool))
    assert here.tobytes() == there.tobytes()


def test_the_order_of_actors_does_not_matter():
    one, two = panel(15, 2)
    turned = [net.subset(net.labels[::-1].tolist()) for net in (one, two)]
    terms = ["strength", "reciprocity", "shared partners", "same(sector)"]
    here, there = (
        change.persistence(*nets, terms, permutations=9, seed=1, progress=False) for nets in ((one, two), turned)
    )
    assert_allclose(here.estimate, there.estimate, rtol=1e-7)
    assert_allclose(here.se, there.se, rtol=1e-7)
    losses = [
        change.measured_loss(*nets, rule="union", draws=9, seed=1) for nets in ((one, two), turned, (one, turned[1]))
    ]
    assert_allclose(losses[0].estimate, losses[1].estimate)
    assert_allclose(losses[0].estimate, losses[2].estimate)
