"""Tools for the tests of research code: networks at random, and laws that measures must keep.

The strategies are for `hypothesis <https://hypothesis.readthedocs.io>`_, which draws networks until one
breaks the claim that a test makes, and then looks for the smallest that does. The package's own tests use
them. Import this module by its name: ``from wholenet import testing``.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._threads import get_threads, set_threads
from wholenet.errors import DependencyError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy
    from numpy.typing import NDArray

__all__ = ["assert_networks_equal", "assert_relabelling_law", "assert_same_bits", "networks", "studies"]

# Values that add up without rounding, so that laws about sums hold to the last bit.
VALUES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 10.0)


def networks(
    *,
    min_actors: int = 0,
    max_actors: int = 7,
    directed: bool | None = None,
    valued: bool | None = None,
    signed: bool = False,
    missing: bool | None = None,
    loops: bool | None = False,
    labels: Literal["text", "integer"] | None = None,
    attributes: Mapping[str, Sequence[Any]] | None = None,
) -> SearchStrategy[Network]:
    """Draw networks, with a strategy for hypothesis.

    Parameters
    ----------
    min_actors, max_actors : int
        How many actors, at least and at most.
    directed, valued : bool, optional
        Whether ties have a direction; whether they have values. None: sometimes.
    signed : bool
        Whether values may be negative, in a valued network.
    missing, loops : bool, optional
        Whether dyads may be unobserved (whole actors and single dyads); whether there may be self-ties. None:
        sometimes.
    labels : {"text", "integer"}, optional
        The kind of labels. None: either.
    attributes : mapping, optional
        Attributes of the actors: for each name the values to draw from.

    Returns
    -------
    strategy
        Of `Network`. It shrinks to few actors, no ties, no values, nothing unobserved.

    Raises
    ------
    DependencyError
        The package hypothesis is not installed.

    Examples
    --------
    >>> import wholenet as wn
    >>> from hypothesis import given
    >>> from wholenet import testing
    >>> @given(testing.networks(directed=True, missing=False))
    ... def test_every_tie_arrives_somewhere(net):
    ...     assert wn.centrality.degree(net, mode="in").sum() == net.n_ties
    >>> test_every_tie_arrives_somewhere()
    """
    st = _strategies()

    def draw_network(draw: DrawFn) -> Network:
        def chosen(wanted: bool | None) -> bool:  # noqa: FBT001 (an option of the caller)
            return draw(st.booleans()) if wanted is None else wanted

        n = draw(st.integers(min_actors, max_actors))
        names = draw(_labels(n, labels))
        shape = _Shape(
            directed=chosen(directed),
            valued=chosen(valued),
            signed=signed,
            missing=chosen(missing),
            loops=chosen(loops),
        )
        table: dict[str, Any] = {"actor": names or np.array([], dtype=np.str_)}
        for name, values in (attributes or {}).items():
            table[name] = draw(st.lists(st.sampled_from(values), min_size=n, max_size=n))
        return _network(draw, table, names, shape)

    strategy: SearchStrategy[Network] = st.composite(draw_network)()
    return strategy


def studies(
    *,
    by: Mapping[str, Sequence[Any]] | None = None,
    **options: Any,
) -> SearchStrategy[Study]:
    """Draw studies, with a strategy for hypothesis.

    Parameters
    ----------
    by : mapping, optional
        The names of a key, with the values that each may have. Default: three waves in two places.
    **options
        As in `networks`, for each network.

    Returns
    -------
    strategy
        Of `Study`: one network or more, under some of the combinations.

    Raises
    ------
    DependencyError
        The package hypothesis is not installed.

    Examples
    --------
    >>> import wholenet as wn
    >>> from hypothesis import given
    >>> from wholenet import testing
    >>> @given(testing.studies(min_actors=1))
    ... def test_a_row_for_each_network(study):
    ...     assert len(wn.table(study, {"ties": lambda net: net.n_ties})) == len(study)
    >>> test_a_row_for_each_network()
    """
    st = _strategies()
    levels = {"place": ("north", "south"), "wave": (1, 2, 3)} if by is None else by
    keys: list[Any] = list(product(*levels.values()))
    if len(levels) == 1:
        keys = [key[0] for key in keys]
    made = st.dictionaries(st.sampled_from(keys), networks(**options), min_size=1, max_size=len(keys))
    strategy: SearchStrategy[Study] = made.map(lambda found: Study(found, by=tuple(levels)))
    return strategy


def assert_networks_equal(
    actual: Network, expected: Network, *, tolerance: float = 0.0, attributes: bool = True
) -> None:
    """Assert that two networks are the same, and say where they differ.

    Parameters
    ----------
    actual, expected : Network
        The two networks.
    tolerance : float
        How far two tie values may be apart.
    attributes : bool
        Whether attributes of the actors count too.

    Raises
    ------
    AssertionError
        They differ; the message names actors and dyads.

    Examples
    --------
    >>> import wholenet as wn
    >>> from wholenet import testing
    >>> one = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> testing.assert_networks_equal(one, one.reverse())
    Traceback (most recent call last):
    AssertionError: 4 dyads differ: 'a' → 'b' is 1 but should be 0; 'b' → 'a' is 0 but should be 1; ...
    """
    if actual.directed != expected.directed:
        words = {True: "directed", False: "undirected"}
        msg = f"the network is {words[actual.directed]} but should be {words[expected.directed]}"
        raise AssertionError(msg)
    if actual.labels.tolist() != expected.labels.tolist():
        msg = f"the actors are {actual.labels.tolist()} but should be {expected.labels.tolist()}"
        raise AssertionError(msg)
    one, other = actual.to_matrix(), expected.to_matrix()
    _assert_cells(one, other, expected.labels, tolerance)
    if actual.missing != expected.missing:
        msg = f"what was not observed is {actual.missing} but should be {expected.missing}"
        raise AssertionError(msg)
    if actual.valued != expected.valued:
        msg = f"valued is {actual.valued} but should be {expected.valued}"
        raise AssertionError(msg)
    if attributes:
        _assert_attributes(actual, expected)


def assert_relabelling_law(
    measure: Callable[[Network], Any], net: Network, *, seed: int = 0, tolerance: float = 1e-9
) -> None:
    """Assert that a measure does not depend on the order of the actors.

    Parameters
    ----------
    measure : callable
        Takes a network; gives one number per actor, or numbers for the network.
    net : Network
        The network to try it on.
    seed : int
        Which random order to try.
    tolerance : float
        How far two results may be apart, relative to their size or, below 1, absolutely.

    Raises
    ------
    AssertionError
        The results differ.

    Examples
    --------
    >>> import wholenet as wn
    >>> from wholenet import testing
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> testing.assert_relabelling_law(wn.centrality.degree, net)
    >>> testing.assert_relabelling_law(lambda net: net.index("a"), net)
    Traceback (most recent call last):
    AssertionError: in another order of the actors the result is 1 but should be 0
    """
    order = np.random.default_rng(seed).permutation(net.n_actors)
    before, after = np.asarray(measure(net)), np.asarray(measure(net.subset(net.labels[order])))
    expected = before[order] if before.shape == (net.n_actors,) else before
    same = expected.shape == after.shape and np.allclose(
        after.astype(np.float64), expected.astype(np.float64), rtol=tolerance, atol=tolerance, equal_nan=True
    )
    if not same:
        msg = f"in another order of the actors the result is {after} but should be {expected}"
        raise AssertionError(msg)


def assert_same_bits(measure: Callable[[Network], Any], net: Network, *, threads: Sequence[int] = (1, 2, 8)) -> None:
    """Assert that a measure gives the same bits on any number of threads.

    Parameters
    ----------
    measure : callable
        Takes a network; gives a number or an array.
    net : Network
        The network to try it on.
    threads : sequence of int
        The numbers of threads.

    Raises
    ------
    AssertionError
        The results differ.

    Examples
    --------
    >>> import wholenet as wn
    >>> from wholenet import testing
    >>> testing.assert_same_bits(wn.centrality.betweenness, wn.Network.from_edges((["a", "b"], ["b", "c"])))
    """
    before = get_threads()
    results = {}
    try:
        for count in threads:
            set_threads(count)
            results[count] = np.asarray(measure(net))
    finally:
        set_threads(before)
    first, *others = results
    for count in others:
        if results[count].tobytes() != results[first].tobytes():
            msg = f"on {count} threads the result is {results[count]}, on {first} it is {results[first]}"
            raise AssertionError(msg)


# Parts of the strategies ----------------------------------------------------------------------------------


def _strategies() -> Any:
    try:
        from hypothesis import strategies
    except ImportError as error:
        msg = "drawing networks needs the package hypothesis: pip install hypothesis"
        raise DependencyError(msg) from error
    return strategies


class _Shape:
    """What a drawn network may hold."""

    def __init__(self, *, directed: bool, valued: bool, signed: bool, missing: bool, loops: bool) -> None:
        self.directed = directed
        self.valued = valued
        self.signed = valued and signed
        self.missing = missing
        self.loops = loops
        values = VALUES if valued else (1.0,)
        self.values = values + tuple(-value for value in values) if self.signed else values


def _labels(n: int, kind: Literal["text", "integer"] | None) -> Any:
    st = _strategies()
    # A few plain labels first: hypothesis shrinks towards them.
    text = st.text(st.characters(codec="utf-8"), max_size=6)
    whole = st.integers(-(2**63), 2**63 - 1)
    kinds = {"text": text, "integer": whole}
    found = [kinds[kind]] if kind is not None else [whole, text]
    return st.one_of(*(st.lists(one, min_size=n, max_size=n, unique=True) for one in found))


def _network(draw: DrawFn, table: dict[str, Any], names: list[Any], shape: _Shape) -> Network:
    st = _strategies()
    n = len(names)
    silent = draw(st.lists(st.booleans(), min_size=n, max_size=n)) if shape.missing else [False] * n
    pairs = [(i, j) for i in range(n) for j in range(n) if (i != j or shape.loops) and (shape.directed or i <= j)]
    cells = [None, *shape.values, *([np.nan] if shape.missing else [])]
    drawn = draw(st.lists(st.sampled_from(cells), min_size=len(pairs), max_size=len(pairs)))
    ties = [
        (names[i], names[j], value)
        for (i, j), value in zip(pairs, drawn, strict=True)
        if value is not None and not (silent[i] and (shape.directed or silent[j]))
    ]
    hidden = any(value != value for _, _, value in ties)  # noqa: PLR0124 (only NaN differs from itself)
    net = Network.from_edges(
        ([tie[0] for tie in ties], [tie[1] for tie in ties]),
        _frames.make(table, _frames.default_kind()),
        weight=[tie[2] for tie in ties] if shape.valued or hidden else None,
        directed=shape.directed,
        loops="keep" if shape.loops else "error",
        signed=shape.signed,
        respondents=[name for name, mute in zip(names, silent, strict=True) if not mute] if any(silent) else None,
    )
    # Turned round, those who did not answer become those about whom nobody was asked.
    return net.reverse() if shape.missing and shape.directed and draw(st.booleans()) else net


# Parts of the assertions ----------------------------------------------------------------------------------


def _assert_cells(one: NDArray[np.float64], other: NDArray[np.float64], labels: NDArray[Any], tolerance: float) -> None:
    differ = np.argwhere(~np.isclose(one, other, rtol=0, atol=tolerance, equal_nan=True))
    if not len(differ):
        return
    first = [
        f"{labels[i]!r} → {labels[j]!r} is {one[i, j]:g} but should be {other[i, j]:g}" for i, j in differ[:2].tolist()
    ]
    more = "; ..." if len(differ) > len(first) else ""
    msg = f"{len(differ)} dyad{'s' if len(differ) > 1 else ''} differ{'' if len(differ) > 1 else 's'}: "
    raise AssertionError(msg + "; ".join(first) + more)


def _assert_attributes(actual: Network, expected: Network) -> None:
    if actual.attribute_names != expected.attribute_names:
        msg = f"the attributes are {actual.attribute_names} but should be {expected.attribute_names}"
        raise AssertionError(msg)
    if actual != expected:
        for name in expected.attribute_names:
            found, wanted = actual.attribute(name).tolist(), expected.attribute(name).tolist()
            if found != wanted:
                msg = f"the attribute {name!r} is {found} but should be {wanted}"
                raise AssertionError(msg)
