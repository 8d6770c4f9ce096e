"""The ties that a questionnaire gives, and who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wholenet import _frames, _keys
from wholenet._show import recipe_html, table_html
from wholenet.errors import ArgumentError, LabelError
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

    Key = tuple[Any, ...]

__all__ = ["Roster"]

COUNTS = ("yes", "no", "unknown", "skipped")
SHOWN = 3


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Roster:
    """
    The ties that a questionnaire gives, and who answered; see `roster`.

    Parameters
    ----------
    ties : table
        The columns of `by`, ``source``, ``target`` and ``value``: a row for each tie, and one with an empty value for
        each alter about whom an organisation that answered did not say yes or no.
    respondents : table
        The columns of `by` and ``organisation``: a row for each organisation that answered.
    answers : table
        The columns of `by`, ``organisation``, ``respondents`` (how many persons), and how many alters it said what of:
        ``yes``, ``no``, ``unknown`` (don't know) and ``skipped``. A row for each organisation in the export.
    by : tuple of str
        What tells the networks apart.
    networks : mapping
        The network of each key.
    recipe : tuple of str
        How the answers were read.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of the tables.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> export = pd.DataFrame({"organisation": ["gp", "team"], "gp": [None, "no"], "team": ["weekly", None]})
    >>> found = wn.survey.roster(
    ...     export, organisation="organisation", alters=["gp", "team"], codes={"weekly": 4}, no="no"
    ... )
    >>> found
    <Roster: 1 network, 2 of 2 organisations answered; 1 yes, 1 no, 0 don't know, 0 skipped>
    """

    ties: IntoDataFrame
    respondents: IntoDataFrame
    answers: IntoDataFrame
    by: tuple[str, ...]
    networks: Mapping[Key, Network]
    recipe: tuple[str, ...]
    kind: str

    def study(self, actors: IntoDataFrame | None = None, *, actor: str | None = None) -> Study:
        """Make a study of the networks: directed, a tie being what its sender reports.

        Parameters
        ----------
        actors : table, optional
            Attributes: a row for each organisation, or for each organisation and wave, and so on, as in
            `Study.from_edges`. Default: those in the `members` table of `roster`.
        actor : str, optional
            Column of `actors` with the label. Default: its first column that is not in `by`.

        Returns
        -------
        Study
            A network for each key: ties that were not reported by an organisation that answered are absent, those of
            organisations that did not answer, don't know and skipped are not observed. A relation that was asked about
            and of which nobody reports a tie is a network without ties. Without values where all are 1.

        Raises
        ------
        ArgumentError
            There is one network, without a key.
        LabelError
            `actors` has other organisations than the roster.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> export = pd.DataFrame({"wave": [1, 1, 2], "from": list("aba"), "to": list("bab"), "contact": [1, 0, 0]})
        >>> found = wn.survey.roster(export, organisation="from", alter="to", answer="contact", by="wave")
        >>> found.study()[2].n_ties
        0
        """
        if not self.by:
            msg = "the answers make one network, without a key; use network(), or tell waves or relations with by="
            raise ArgumentError(msg)
        if actors is None:
            return Study(self.networks, by=self.by)
        rows = _keys.Rows(_frames.numbered(_frames.wrap(actors, "actors"), "actors"), self.by, "actors", actor)
        rows.check_once()
        networks = {key: self._with(net, rows.of(key), rows.label, key) for key, net in self.networks.items()}
        return Study(networks, by=self.by)

    def network(self, actors: IntoDataFrame | None = None, *, actor: str | None = None) -> Network:
        """Make the network, where there is one.

        Parameters
        ----------
        actors : table, optional
            Attributes: a row for each organisation. Default: those in the `members` table of `roster`.
        actor : str, optional
            Column of `actors` with the label. Default: its first column.

        Returns
        -------
        Network
            As in `study`.

        Raises
        ------
        ArgumentError
            There are several networks.
        LabelError
            `actors` has other organisations than the roster.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> export = pd.DataFrame({"from": list("ab"), "to": list("ba"), "contact": [1, 0]})
        >>> wn.survey.roster(export, organisation="from", alter="to", answer="contact").network()
        <Network: 2 actors, 1 directed ties>
        """
        if len(self.networks) != 1:
            msg = f"the answers make {len(self.networks):,} networks ({', '.join(self.by)}); use study()[key]"
            raise ArgumentError(msg)
        key, net = next(iter(self.networks.items()))
        if actors is None:
            return net
        return self._with(net, actors, actor, key)

    def _with(self, net: Network, actors: IntoDataFrame, actor: str | None, key: Key) -> Network:
        try:
            return net.with_actors(actors, actor=actor)
        except LabelError as error:
            where = _keys.described(self.by, key)
            msg = (
                f"{f'{where}: ' if where else ''}{error}. Whether other organisations were asked about is for "
                "roster(members=...) to say; pass the table there"
            )
            raise LabelError(msg) from None

    def to_frame(self) -> IntoDataFrame:
        """Count who answered what, a row for each network.

        Returns
        -------
        table
            The columns of `by`, ``organisations``, ``answered``, and over the organisations that answered the number
            of alters of whom they said ``yes``, ``no``, ``unknown`` (don't know) and ``skipped``. A network in which
            nobody answered has zeros.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> export = pd.DataFrame({"from": list("ab"), "to": list("ba"), "contact": [1, 0]})
        >>> wn.survey.roster(export, organisation="from", alter="to", answer="contact").to_frame()
           organisations  answered  yes  no  unknown  skipped
        0              2         2    1   1        0        0
        """
        names = (*self.by, "organisations", "answered", *COUNTS)
        rows = self._rows()
        return _frames.make({name: [row[place] for row in rows] for place, name in enumerate(names)}, self.kind)

    def _rows(self) -> list[tuple[Any, ...]]:
        """Count the answers of each network, those of organisations that answered."""
        answers, respondents = _frames.wrap(self.answers, "answers"), _frames.wrap(self.respondents, "respondents")
        names = (*self.by, "organisation")
        answered = set(zip(*(respondents[name].to_list() for name in names), strict=True))
        totals = {key: [0] * (1 + len(COUNTS)) for key in self.networks}
        listed = zip(*(answers[name].to_list() for name in (*names, *COUNTS)), strict=True)
        for row in listed:
            if row[: len(names)] in answered:
                total = totals[row[: len(self.by)]]
                total[0] += 1
                for place, count in enumerate(row[len(names) :], 1):
                    total[place] += count
        return [(*key, net.n_actors, *totals[key]) for key, net in self.networks.items()]

    def __repr__(self) -> str:
        rows, start = self._rows(), len(self.by)
        members, answered, yes, no, unknown, skipped = (
            sum(row[start + place] for row in rows) for place in range(2 + len(COUNTS))
        )
        count = "1 network" if len(rows) == 1 else f"{len(rows):,} networks by {', '.join(self.by)}"
        silent = [_keys.described(self.by, row[:start]) or "the network" for row in rows if not row[start + 1]]
        nobody = f"; nobody answered in {' or '.join(silent[:SHOWN])}{', …' if len(silent) > SHOWN else ''}"
        return (
            f"<Roster: {count}, {answered:,} of {members:,} organisations answered; {yes:,} yes, {no:,} no, "
            f"{unknown:,} don't know, {skipped:,} skipped{nobody if silent else ''}>"
        )

    def _repr_html_(self) -> str:
        header = (*self.by, "organisations", "answered", "yes", "no", "don't know", "skipped")
        return table_html(header, self._rows(), caption=repr(self)[1:-1]) + recipe_html(self.recipe)
