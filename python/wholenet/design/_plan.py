"""The smallest set of ties to make and to let go so that all rules hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _frames, _ingest
from wholenet._checks import derived, whole
from wholenet._results import kind_of, listed
from wholenet.design._actions import actions_of
from wholenet.design._conflict import refuse
from wholenet.design._cuts import Survive, Within
from wholenet.design._demands import demands_of, ground_of
from wholenet.design._gap import capacities
from wholenet.design._plan_result import Plan
from wholenet.design._problem import Problem
from wholenet.design._programme import Clock, Row
from wholenet.design._search import NEAR, Search
from wholenet.design._weights import number, strengths, weights
from wholenet.errors import ConvergenceError
from wholenet.inference._draws import Patient
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from wholenet.design._cuts import Cuts
    from wholenet.design._demands import Demand, Ground
    from wholenet.design._rules import Rule
    from wholenet.design._search import Found

__all__ = ["plan"]


def plan(
    net: Network,
    rules: Rule | Sequence[Rule] = (),
    *,
    required: Network | ArrayLike | None = None,
    within: int | None = None,
    levels: str = "care_level",
    survive_any_leaver: bool = False,
    keep: Literal["value"] | ArrayLike | None = None,
    costs: ArrayLike | None = None,
    gap: float = 0.01,
    time_limit: float = 60.0,
    progress: bool = True,
) -> Plan:
    r"""Plan ties: the smallest set of ties to make and to let go so that all rules hold.

    Parameters
    ----------
    net : Network
        The undirected network. Its attributes are those that the rules name.
    rules : Rule, or list of these
        Made by `must`, `never` and `at_most`, or from a table by `rules`.
    required : Network, or array of shape (n, n), optional
        Ties that must be there besides, as in `gap`.
    within : int, optional
        From every organisation of a level some organisation of each other level must be at most so many steps away.
    levels : str
        The attribute that holds the level, for `within`; an organisation without one is asked for nothing.
    survive_any_leaver : bool
        Whether all organisations must be connected, and stay so when any one of them leaves.
    keep : "value" or array of shape (n, n), optional
        How strong existing ties are: of plans that cost no more that one is taken whose ties let go are weakest in sum
        (at most `gap` above the weakest, if there is time left). ``"value"``: the ties' values. Default: all the same.
    costs : array of shape (n, n), optional
        What it costs to make a tie where there is none, and to let one go where there is; symmetric and above 0.
        Default: 1 each.
    gap : float
        The search ends once the plan is proven to cost at most this share more than the cheapest, from 0.
    time_limit : float
        Or after so many seconds, with the best plan until then and what is proven of it. Where no network meets all
        rules, to find out why may take as long again.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Plan
        The actions in words, the load of each organisation before and after, the network after, and what is proven.

    Raises
    ------
    InfeasibleError
        No network meets all rules. The message says which rules conflict: none of them can be left out of the conflict.
    ConvergenceError
        No plan was found in time.
    DependencyError
        HiGHS is not installed.
    DirectionError
        The network is directed.
    ColumnError
        There is no such attribute.
    ArgumentError
        A rule is not as `gap` takes them; `within` is no whole number; `keep` or `costs` are no such numbers; `gap` is
        below 0, or `time_limit` not above 0.
    ActorError
        `required` has an actor who is not in the network.
    SmallNetworkError
        The network has no actors.
    SignedTiesError
        `keep` reads values, and some are negative.

    Notes
    -----
    Each pair of organisations has a tie or not in the network after: x(i, j) is 1 or 0. The plan has the least

        Σ cost(i, j) over pairs whose x(i, j) is not what it is now

    such that for each organisation and rule the sum of x over the pairs that the rule means is at least, or at most,
    what the rule says. It is an integer programme, solved by HiGHS. `within` and `survive_any_leaver` are conditions
    on the whole network, and are asked for where the network found lacks them, until it lacks nothing: for an
    organisation that is more than k steps from a level, one of the pairs that would bridge more than a step between
    them must have a tie; for a part that is cut off without some organisation, one of the pairs that lead out of it.
    Every network that meets the conditions has these ties, so that the bound that HiGHS proves holds for the whole
    problem. ``plan.cost`` is at most ``plan.gap`` (a share of ``plan.bound``) above the cheapest; 0 is proven to be
    the cheapest.

    Several plans may be as small; which of them is found is no finding. The same input gives the same plan, unless
    `time_limit` ends the search.

    A pair that was not observed counts as one without a tie, also in loads: to rely on it is an action, in words "ask,
    and make a tie if there is none", and costs as much as making one. A tie that is forbidden or above a limit might be
    there unseen; `gap` tells where.

    The programme has a choice for each pair that rules may change, with conditions for each pair: O(n²). Of 135
    organisations rules alone take less than a second; conditions take seconds, or until `time_limit` where few steps
    are asked for, with the best plan until then.

    Peers: none that we know of plans ties.

    References
    ----------
    Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming
    Computation 10, 119-142. https://doi.org/10.1007/s12532-017-0130-5

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcd"), "level": ["light", "light", "heavy", "heavy"]})
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), actors, directed=False)
    >>> rules = [wn.design.must(level="light", with_level="heavy"), wn.design.at_most(1)]
    >>> found = wn.design.plan(net, rules)
    >>> found
    <Plan: 1 tie to make, 1 to let go; cost 2, proven to be the least>
    >>> print(*found.actions, sep="\n")
    b and d: make a tie, so that b has 1 tie with a heavy organisation
    a and b: let the tie go, so that a has 1 tie of the 1 that it may have
    """
    ground = ground_of(net, "plan")
    words, demands, listed_rules = _asked(
        net, ground, rules, required, conditions=within is not None or survive_any_leaver
    )
    conditions = _conditions(net, ground, within, levels, survive_any_leaver=survive_any_leaver)
    cost = weights(costs, "costs", ground, zero=False) if costs is not None else np.ones(len(ground.first))
    strength = strengths(net, ground, keep)
    gap, time_limit = number(gap, "gap", zero=True), number(time_limit, "time_limit", zero=False)
    with Patient("seconds", max(1, int(time_limit)), progress=progress) as shown:
        clock = Clock(time_limit, shown)
        found, let_go = _found(ground, demands, conditions, words, cost, strength, gap, clock)
    tied = _tied(found, clock)
    changed = tied != ground.present
    made, gone = int((changed & tied).sum()), int((changed & ~tied).sum())
    before, after = ground.load(ground.present), ground.load(tied)
    return Plan(
        table=actions_of(ground, demands, listed_rules, conditions, tied, strength),
        loads=_frames.make(
            {"actor": listed(ground.labels), "before": before, "after": after, "capacity": capacities(ground, demands)},
            kind_of(net),
        ),
        network=_after(net, ground, tied, f"plan: {made:,} ties made, {gone:,} let go"),
        rules=(*words, *(one.words for one in conditions)),
        cost=found.cost,
        bound=found.bound,
        let_go=let_go,
        seconds=clock.seconds,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _asked(
    net: Network, ground: Ground, rules: object, required: object, *, conditions: bool
) -> tuple[tuple[str, ...], list[Demand], tuple[Rule, ...]]:
    """The demands; none will do where there are conditions."""
    if conditions and required is None and isinstance(rules, list | tuple) and not rules:
        return (), [], ()
    return demands_of(net, ground, rules, required)


def _conditions(
    net: Network, ground: Ground, within: object, levels: str, *, survive_any_leaver: object
) -> tuple[Cuts, ...]:
    found: list[Cuts] = []
    if within is not None:
        steps = whole(within, "within")
        cells = net.attribute(levels).tolist()
        known = [at for at, cell in enumerate(cells) if not _ingest.is_empty(cell)]
        names = sorted({cells[at] for at in known}, key=str)
        code = {name: at for at, name in enumerate(names)}
        level = np.full(ground.n, -1, dtype=np.int64)
        level[known] = [code[cells[at]] for at in known]
        found.append(Within(ground, level, names, min(steps, ground.n), levels))
    if _ingest.flag(survive_any_leaver, "survive_any_leaver"):
        found.append(Survive(ground))
    return tuple(found)


def _found(
    ground: Ground,
    demands: Sequence[Demand],
    conditions: Sequence[Cuts],
    words: Sequence[str],
    cost: NDArray[np.float64],
    strength: NDArray[np.float64] | None,
    gap: float,
    clock: Clock,
) -> tuple[Found, float]:
    """Search for the cheapest changes; of as cheap ones, for those that let go least; and how much that is."""
    problem = Problem.of(ground, demands, conditions)
    found = Search(problem, problem.programme(cost), cost, clock).run(gap)
    if found.infeasible:
        refuse(ground, demands, conditions, words, Clock(clock.limit, clock.show))
    gone = ground.present & ~_tied(found, clock)
    if strength is None:
        return found, np.nan
    if gone.any():
        found = _keeping(problem, found, cost, np.where(ground.present, strength, 0.0), gap, clock)
    return found, float(strength[ground.present & ~_tied(found, clock)].sum())


def _tied(found: Found, clock: Clock) -> NDArray[np.bool_]:
    """The ties of a plan; an error where the time ended before there was one."""
    if found.tied is None:
        msg = (
            f"no plan was found within {clock.limit:g} seconds (any costs {found.bound:g} at least). Give more time "
            "with time_limit=, or ask for less"
        )
        raise ConvergenceError(msg)
    return found.tied


def _keeping(
    problem: Problem, found: Found, cost: NDArray[np.float64], loss: NDArray[np.float64], gap: float, clock: Clock
) -> Found:
    """Among changes that cost no more, search for those that let the weakest ties go."""
    programme = problem.programme(loss)
    everything = np.arange(len(problem.pairs))
    programme.add([Row(everything, cost[problem.pairs], 0.0, found.cost + NEAR)])
    better = Search(problem, programme, loss, clock).run(gap, found.tied)
    tied = found.tied if better.tied is None else better.tied
    price = float(cost[_changed(problem, tied)].sum())
    return type(found)(tied, price, min(found.bound, price), infeasible=False)


def _changed(problem: Problem, tied: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    return np.zeros(len(problem.column), dtype=bool) if tied is None else tied != problem.ground.present


def _after(net: Network, ground: Ground, tied: NDArray[np.bool_], step: str) -> Network:
    """The network after: what was not observed, and is not relied on, stays so."""
    cells = np.zeros((ground.n, ground.n))
    values = np.where(ground.unknown & ~tied, np.nan, tied)
    cells[ground.first, ground.second] = cells[ground.second, ground.first] = values
    made = Network.from_matrix(cells, labels=ground.labels, directed=False)
    return derived(net, made._core, f"{step}{'; values left out' if net.valued else ''}")  # noqa: SLF001 (as `_checks.derived`)
