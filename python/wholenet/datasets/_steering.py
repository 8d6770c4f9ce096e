"""The example study: many networks, scorecards, trajectories, and who must work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet.datasets._study import FOLDER
from wholenet.io import read_table
from wholenet.study import Study

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

__all__ = [
    "neighbourhood_networks",
    "neighbourhood_tables",
    "neighbourhoods",
    "required_ties",
    "scorecards",
    "trajectories",
]


def neighbourhoods(kind: str | None = None) -> IntoDataFrame:
    """Load the table of forty neighbourhood networks: context, governance, success factors and effectiveness.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    table
        One row per network: ``network``; ``ses`` of the neighbourhood (``"high"`` or ``"low"``) and ``ses_score``, from
        which it was made; ``inside``, whether the team is part of the municipal organisation; the number of
        ``organisations`` and of ``respondents``; their mean score of four success factors (1 to 5): ``agreements``,
        ``culture``, ``direction`` and ``exchange``; and ``effectiveness``, as its coordinator sees it (1 to 10).

    Notes
    -----
    The data are synthetic: no such neighbourhood exists. That effectiveness is higher where socio-economic status is
    high, and that a team inside the municipal organisation helps only where it is low, is published; here it was built
    in, and so was a configuration: culture together with direction. Finding these is no evidence, and p-values about
    them do not mean what they would of data that nobody made. ``wholenet/datasets/targets.csv`` lists the targets.

    Examples
    --------
    >>> import wholenet as wn
    >>> table = wn.datasets.neighbourhoods()
    >>> len(table)
    40
    """
    return read_table(FOLDER / "neighbourhoods.parquet", kind=kind)


def neighbourhood_tables(kind: str | None = None) -> tuple[IntoDataFrame, IntoDataFrame]:
    """Load the tables of the forty neighbourhood networks: ties and organisations.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    ties : table
        Columns ``network``, ``source`` and ``target``; a tie has no direction and is listed once.
    actors : table
        Columns ``network``, ``organisation`` and ``sector``.

    Notes
    -----
    The data are synthetic, see `neighbourhoods`.

    Examples
    --------
    >>> import wholenet as wn
    >>> ties, actors = wn.datasets.neighbourhood_tables("pandas")
    >>> ties.columns.to_list()
    ['network', 'source', 'target']
    """
    ties = read_table(FOLDER / "neighbourhood_ties.parquet", kind=kind)
    return ties, read_table(FOLDER / "neighbourhood_actors.parquet", kind=kind)


def neighbourhood_networks(kind: str | None = None) -> Study:
    """Load the forty neighbourhood networks: who works with whom.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table that results come in. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    Study
        Undirected networks by ``network``, of 10 to 40 organisations with their ``sector``; the names are those of
        `neighbourhoods`.

    Notes
    -----
    The data are synthetic. An organisation has about six ties, whatever the size of its network, so that density falls
    with size.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.datasets.neighbourhood_networks()
    <Study: 40 networks (40 × network)>
    """
    ties, actors = neighbourhood_tables(kind)
    return Study.from_edges(ties, actors, by=["network"], directed=False)


def scorecards(kind: str | None = None) -> IntoDataFrame:
    """Load the scorecards of the example study: ratings of eight success factors of integrated youth care.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    table
        One row per respondent and wave: ``municipality``, ``wave``, ``organisation`` (as in `youth_care`),
        ``respondent``, and three items for each factor, from 1 (not at all) to 5 (fully), null where not answered:
        ``partners_1`` to ``exchange_3``. ``culture_3`` and ``exchange_3`` are asked the other way round.

    Notes
    -----
    The data are synthetic. Built in are: evaluation is the weakest factor; agreements and exchange of information get
    better between the waves; what an organisation says of partners and of direction rises with the number of others
    that name it as a contact.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.datasets.scorecards("pandas").shape
    (813, 28)
    """
    return read_table(FOLDER / "scorecards.parquet", kind=kind)


def trajectories(kind: str | None = None) -> IntoDataFrame:
    """Load the trajectories of the example study: which organisations helped which clients, and with what outcome.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    table
        One row per trajectory: ``municipality``, ``client``, ``organisation`` (as in `youth_care`), ``care_level``,
        ``referrer`` (null: not known; ``"none"``: nobody referred), ``start`` and ``end`` (null: still going on at the
        last day, 31 December 2019), ``end_reason`` (``"as planned"``, ``"early, by the client"``, ``"early, by the
        organisation"``), and the outcomes ``satisfaction`` (1 to 10) and ``goals`` (share attained, 0 to 1); null where
        they are not known.

    Notes
    -----
    The data are synthetic: no such client exists. The shares of referrers and of durations are those of the national
    statistics; how well an organisation does was drawn without regard to how many clients it has.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.datasets.trajectories("pandas")["referrer"].value_counts().index[0]
    'general practitioner'
    """
    return read_table(FOLDER / "trajectories.parquet", kind=kind)


def required_ties(kind: str | None = None) -> IntoDataFrame:
    """Load rules that say which organisations of the example study must work together, and which need not.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    table
        One row per rule: ``rule`` (``"must"``, ``"never"`` or ``"at_most"``), ``who`` and ``with_whom`` (text such as
        ``"care_level = light"`` or ``"gatekeeper"``; empty: everybody), and ``ties``, how many at least or at most: a
        number, or an attribute of the organisations.

    Notes
    -----
    The rules are assumptions, made for the strong relations of `youth_care`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.datasets.required_ties("pandas").iloc[0].to_list()
    ['must', 'sector = education', 'care_level = light', '1']
    """
    return read_table(FOLDER / "required_ties.parquet", kind=kind)
