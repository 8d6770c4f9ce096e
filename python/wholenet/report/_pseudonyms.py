"""Pseudonyms: networks that can be published without the names of who is in them."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from wholenet import _core, _export, _frames, _ingest
from wholenet._checks import core_of, whole
from wholenet._narwhals import nw
from wholenet._results import kind_of
from wholenet.errors import ArgumentError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["pseudonymize"]

Key = tuple[Any, ...]
Owner = tuple[Key, Any]
KEY_COLUMNS = ("actor", "pseudonym", "alike")
HIDDEN = "…"
QUOTED = re.compile(r"""(?<!\w)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
EGO = re.compile(r"(?<=ego network of ).*(?=: \d+ actors)", re.DOTALL)
# Words of this package that stand in quotes in a recipe.
RULES = frozenset({"union", "confirmed", "mean", "max", "min", "sum", "first", "missing", "use", "count"})


@overload
def pseudonymize(
    data: Network,
    *,
    by: str | Sequence[str] | None = None,
    keep: Sequence[str] = (),
    prefix: str = "org",
    seed: int | None = None,
) -> tuple[Network, IntoDataFrame]: ...
@overload
def pseudonymize(
    data: Study,
    *,
    by: str | Sequence[str] | None = None,
    keep: Sequence[str] = (),
    prefix: str = "org",
    seed: int | None = None,
) -> tuple[Study, IntoDataFrame]: ...
def pseudonymize(
    data: Network | Study,
    *,
    by: str | Sequence[str] | None = None,
    keep: Sequence[str] = (),
    prefix: str = "org",
    seed: int | None = None,
) -> tuple[Network | Study, IntoDataFrame]:
    """Replace labels by pseudonyms, for publishing.

    Parameters
    ----------
    data : Network or Study
        The networks.
    by : str or sequence of str, optional
        For a study: the names of its key that tell places apart, such as the municipality. Equal labels in one place
        are one organisation, in all waves and relations; equal labels in two places are two. ``by=()`` if there is one
        place.
    keep : sequence of str
        Attributes to keep. All others are left out.
    prefix : str
        What a pseudonym begins with: letters, without digits at its end.
    seed : int, optional
        Seed of the shuffle. Who knows it can undo the pseudonyms: keep it as secret as the key. Default: the
        pseudonyms come from the system's source of secrets and can't be made again.

    Returns
    -------
    networks : Network or Study
        The same networks. Actors stand in the order of their pseudonyms, which tells nothing of the old order; the keys
        of a study stay.
    key : table
        What the owner keeps to himself: one row for each organisation, with the columns of `by`, ``actor`` (the label),
        ``pseudonym``, and ``alike``: how many actors of its network have the same values of all the attributes kept,
        itself included (the smallest number of all its networks). Where it is 1, the attributes tell who it is.

    Raises
    ------
    ArgumentError
        `data` is neither network nor study; a study without `by`, or a name that is not in its key; a kept attribute
        that holds labels; a `prefix` that is no word, or that makes a label which exists.
    ColumnError
        A network has no attribute of a name in `keep`.

    Notes
    -----
    Pseudonyms are numbers in random order (``org-001``, …) over all networks together, so that neither the alphabet nor
    the roster shows in them. Every measure gives what it gave, in another order of the actors; in what depends on the
    order of actors (ties between equals, draws by a seed) results may differ.

    Recipes are kept, but labels and other quoted words in them are replaced by "…", except names of attributes and the
    study's own key. A step that names an actor with an integer as its label is recognised in ego networks only.

    Pseudonyms are no anonymity: who knows some ties of a network (its own, to begin with) can find itself and from
    there others, and a rare attribute or an extreme degree points at its owner. Leave out attributes with a small
    ``alike``, blank small cells with `suppress`, and publish tables rather than ties where you can.

    O(n log n + m) time for each network. A network in which both senders and receivers were not observed keeps the
    unobserved dyads, but lists the receivers' as single ones.

    Peers: none of UCINET, sna, igraph and networkx keeps pseudonyms equal over several networks; networkx's
    ``relabel_nodes`` replaces labels by a mapping.

    References
    ----------
    Backstrom, L., Dwork, C. & Kleinberg, J. (2007). Wherefore art thou R3579X? Anonymized social networks, hidden
    patterns, and structural steganography. Proceedings of the 16th International Conference on World Wide Web,
    181-190. https://doi.org/10.1145/1242572.1242598

    Sweeney, L. (2002). k-anonymity: a model for protecting privacy. International Journal of Uncertainty, Fuzziness and
    Knowledge-Based Systems 10, 557-570. https://doi.org/10.1142/S0218488502001648

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["gp", "school"], ["school", "team"]))
    >>> published, key = wn.report.pseudonymize(net, seed=2)
    >>> published.to_edges()
        source   target
    0  org-001  org-002
    1  org-003  org-001
    >>> key
        actor pseudonym  alike
    0      gp   org-003      3
    1  school   org-001      3
    2    team   org-002      3
    """
    networks, places = _networks(data, by)
    kept = _listed(keep, "keep")
    owners = sorted(
        {(_place(key, places), label) for key, net in networks.items() for label in net.labels.tolist()}, key=_sortable
    )
    names = dict(zip(owners, _pseudonyms(owners, prefix, seed), strict=True))
    labels = {label for _, label in owners}
    safe = _words(data, networks)
    made, alike = {}, dict.fromkeys(owners, len(owners))
    for key, net in networks.items():
        place = _place(key, places)
        listed = net.labels.tolist()
        frame = _attributes(net, kept, labels)
        for label, number in zip(listed, _alike(frame, net.n_actors), strict=True):
            alike[place, label] = min(alike[place, label], number)
        made[key] = _renamed(net, [names[place, label] for label in listed], frame, _scrubbed(net.recipe, labels, safe))
    by_names = () if not isinstance(data, Study) else tuple(data.by[one] for one in places)
    secret = _key_table(by_names, owners, names, alike, next((kind_of(net) for net in networks.values()), None))
    if isinstance(data, Study):
        return Study(made, by=data.by), secret
    return made[()], secret


def _networks(data: Any, by: str | Sequence[str] | None) -> tuple[Mapping[Key, Network], list[int]]:
    """List the networks, and which values of their keys tell places apart."""
    if isinstance(data, Study):
        if by is None:
            msg = (
                f"by= must say which of {', '.join(data.by)} tell places apart: equal labels in two places are two "
                "organisations. Pass by=() if an organisation has the same label in all networks"
            )
            raise ArgumentError(msg)
        listed = [by] if isinstance(by, str) else _listed(by, "by")
        for name in listed:
            if name not in data.by:
                msg = f"the networks of this study are told apart by {', '.join(data.by)}, not by {name!r}"
                raise ArgumentError(msg + _frames.near(name, data.by))
            if name in KEY_COLUMNS:
                msg = f"the key has a column {name!r} of its own; give the study another name than {name!r} in by="
                raise ArgumentError(msg)
        networks = {key if isinstance(key, tuple) else (key,): net for key, net in data.items()}
        return networks, [data.by.index(name) for name in listed]
    core_of(data, "data", two_mode=True)
    if by is not None:
        msg = f"by={by!r} tells the places of a study apart, but this is one network"
        raise ArgumentError(msg)
    return {(): data}, []


def _listed(names: Any, argument: str) -> list[str]:
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
        msg = f"{argument}= must be a list of names, but is {names!r}"
        raise ArgumentError(msg)
    return list(dict.fromkeys(names))


def _place(key: Key, places: list[int]) -> Key:
    return tuple(key[one] for one in places)


def _sortable(owner: Owner) -> tuple[tuple[str, ...], str, str]:
    """Order organisations in a way that depends on nothing else."""
    place, label = owner
    return tuple(map(str, place)), str(label), type(label).__name__


def _pseudonyms(owners: Sequence[Owner], prefix: Any, seed: Any) -> list[str]:
    """Number organisations in random order."""
    if not isinstance(prefix, str) or not re.fullmatch(r"[^\W\d](?:[\w -]*[^\W\d])?", prefix):
        msg = f"prefix must be a word that begins and ends with a letter, but is {prefix!r}"
        raise ArgumentError(msg)
    places = list(range(len(owners)))
    if seed is None:
        secrets.SystemRandom().shuffle(places)
    else:
        places = np.random.default_rng(whole(seed, "seed", least=0)).permutation(len(owners)).tolist()
    width = max(3, len(str(len(owners))))
    names = [f"{prefix}-{place + 1:0{width}}" for place in places]
    taken = set(names) & {str(label) for _, label in owners}
    if taken:
        msg = f"there is an actor {min(taken)!r} already; choose another prefix than {prefix!r}"
        raise ArgumentError(msg)
    return names


def _words(data: Network | Study, networks: Mapping[Key, Network]) -> set[str]:
    """List the words that name no actor: columns of attributes, and what tells the networks of a study apart."""
    values = {str(value) for key in networks for value in key}
    columns = {name for net in networks.values() for name in _frames.wrap(net.actors, "actors").columns}
    return values | columns | (set(data.by) if isinstance(data, Study) else set())


# Attributes ---------------------------------------------------------------------------------------------------


def _attributes(net: Network, kept: Sequence[str], labels: set[Any]) -> nw.DataFrame[Any]:
    """Give the attributes to keep as a plain table, which remembers nothing of where it came from."""
    import pyarrow as pa

    frame = _frames.wrap(net.actors, "actors")
    for name in kept:
        _frames.require(frame, name, "keep")
        if name == frame.columns[0]:
            msg = f"keep= names {name!r}, the column that holds the labels"
            raise ArgumentError(msg)
    table = _frames.to_arrow(frame.select(*kept), "keep") if kept else pa.table({})
    columns = {}
    for name in kept:
        column = table[name]
        columns[name] = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        _check_attribute(name, columns[name].to_pylist(), labels)
    return nw.from_native(pa.table(columns), eager_only=True)


def _check_attribute(name: str, values: Sequence[Any], labels: set[Any]) -> None:
    """Refuse an attribute that holds labels; numbers are numbers."""
    texts = {str(label).casefold() for label in labels if isinstance(label, str)}
    for value in values:
        if isinstance(value, str) and value.casefold() in texts:
            msg = (
                f"the attribute {name!r} holds {value!r}, the label of an actor; leave it out of keep=, or give it "
                "other values first, with net.with_actors(...)"
            )
            raise ArgumentError(msg)


def _alike(frame: nw.DataFrame[Any], n: int) -> list[int]:
    """Count for each actor those with the same attributes."""
    if not frame.columns:
        return [n] * n
    rows = list(zip(*(map(repr, frame[name].to_list()) for name in frame.columns), strict=True))
    counts = Counter(rows)
    return [counts[row] for row in rows]


# The network --------------------------------------------------------------------------------------------------


def _renamed(net: Network, names: list[str], frame: nw.DataFrame[Any], recipe: tuple[str, ...]) -> Network:
    """Make the network with other labels, in the order of these."""
    import pyarrow as pa

    order = sorted(range(len(names)), key=lambda place: (int(net.modes[place]), names[place]))
    listed = [names[place] for place in order]
    core = _relabelled(core_of(net, two_mode=True).subset(order), listed)
    native = _frames.wrap(net.actors, "actors")
    columns: dict[str, Any] = {native.columns[0]: pa.array(listed, pa.string())}
    columns |= {name: frame[name].to_arrow().take(pa.array(order, pa.int64())) for name in frame.columns}
    table = nw.from_native(pa.table(columns), eager_only=True)
    left = [name for name in net.attribute_names if name not in frame.columns]
    steps = [f"attributes left out: {', '.join(left)}"] if left else []
    return Network._make(
        core,
        frame=_export.in_kind(table, kind_of(net)),
        kind=kind_of(net),
        recipe=(*recipe, *steps, f"labels replaced by pseudonyms: {len(names)} actors"),
    )


def _relabelled(core: _core.Network, names: list[str]) -> _core.Network:
    """Build a network anew from its ties and its unobserved dyads, with other labels."""
    senders, receivers, cells = core.unobserved()
    if core.directed and receivers.any() and not senders.any():
        return _relabelled(core.reverse(), names).reverse()
    # In an undirected network they are those who did not answer, where one report is not enough.
    single_mode = not core.directed and core.first_mode is None and not core.signed
    merged = single_mode and bool(receivers.any()) and not senders.any()
    if merged:
        senders, receivers = receivers, senders
    source, target, value = core.ties()
    actors, own = core.loops()
    single = np.array(cells, dtype=np.int64).reshape(-1, 2)
    unseen = np.concatenate([single, _unseen(core, senders, receivers)])
    if merged:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
        value = None if value is None else np.concatenate([value, value])
        unseen = np.concatenate([unseen, unseen[:, ::-1]])
    strength = np.ones(len(source)) if value is None else value
    values = np.concatenate([strength, own if core.valued else np.ones(len(own)), np.full(len(unseen), np.nan)])
    built, _ = _core.network_from_codes(
        _ingest.label_column(names, "labels"),
        np.concatenate([source, actors, unseen[:, 0]]).astype(np.uint32),
        np.concatenate([target, actors, unseen[:, 1]]).astype(np.uint32),
        values if core.valued or len(unseen) else None,
        senders if senders.any() else None,
        directed=core.directed or core.first_mode is not None or merged,
        loops="keep",
        signed=core.signed,
        binary=not core.valued,
    )
    if merged:
        return built.symmetrize("union", "missing")
    return built if core.first_mode is None else built.modes((np.arange(core.n_actors) >= core.first_mode).tolist())


def _unseen(core: _core.Network, senders: NDArray[np.bool_], receivers: NDArray[np.bool_]) -> NDArray[np.int64]:
    """List the dyads of actors about whom nobody was asked, but for those that non-response hides already."""
    actors, first = np.arange(core.n_actors), core.first_mode
    hidden = [np.empty((0, 2), dtype=np.int64)]
    for one in np.flatnonzero(receivers).tolist():
        others = actors[actors != one] if first is None else actors[(actors < first) != (one < first)]
        ends = np.column_stack([others, np.full(len(others), one)])
        dyads = ends if core.directed else np.sort(ends, axis=1)
        silent = senders[dyads[:, 0]]
        if not core.directed and first is None:
            silent = silent & senders[dyads[:, 1]]
        hidden.append(dyads[~silent])
    return np.unique(np.concatenate(hidden), axis=0)


# Recipe and key -----------------------------------------------------------------------------------------------


def _scrubbed(recipe: Sequence[str], labels: set[Any], safe: set[str]) -> tuple[str, ...]:
    """Replace labels, and quoted words that may be labels of actors who are gone."""
    texts = sorted({str(label) for label in labels if not re.fullmatch(r"-?\d+", str(label))}, key=len, reverse=True)
    named = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in texts), re.IGNORECASE)

    def quoted(found: re.Match[str]) -> str:
        word = found[0][1:-1]
        return found[0] if word in safe or word in RULES else f"'{HIDDEN}'"

    steps = []
    for step in recipe:
        hidden = EGO.sub(HIDDEN, step)
        hidden = named.sub(HIDDEN, hidden) if texts else hidden
        steps.append(QUOTED.sub(quoted, hidden))
    return tuple(steps)


def _key_table(
    by: tuple[str, ...],
    owners: Sequence[Owner],
    names: Mapping[Owner, str],
    alike: Mapping[Owner, int],
    kind: str | None,
) -> IntoDataFrame:
    """Lay out who has which pseudonym."""
    columns: dict[str, Any] = {name: [place[one] for place, _ in owners] for one, name in enumerate(by)}
    columns["actor"] = [label for _, label in owners] or np.array([], dtype="U1")
    columns["pseudonym"] = [names[owner] for owner in owners] or np.array([], dtype="U1")
    columns["alike"] = np.array([alike[owner] for owner in owners], dtype=np.int64)
    return _frames.make(columns, kind or _frames.default_kind())
