"""The example study: ties and organisations of three municipalities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wholenet.io import read_table
from wholenet.study import Study

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

__all__ = ["youth_care", "youth_care_tables"]

FOLDER = Path(__file__).parent / "tables"


def youth_care_tables(kind: str | None = None) -> tuple[IntoDataFrame, IntoDataFrame]:
    """Load the two tables of the example study: ties and organisations.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    ties : table
        Columns ``municipality``, ``wave``, ``relation``, ``source``, ``target`` and ``frequency`` (1 yearly,
        2 quarterly, 3 monthly, 4 weekly or more).
    actors : table
        One row per organisation, municipality and wave: ``organisation``, ``municipality``, ``wave``, ``sector``,
        ``care_level``, ``gatekeeper`` (its type, or null), ``lead``, ``linking`` and ``responded``; then what it
        answered itself, null where it did not: ``perceived_mode``, how it thinks that the network is governed
        (``"shared"``, ``"lead organisation"`` or ``"network administrative organisation"``; null, too, where it did
        not know), and ``trust`` in the network (1 low to 5 high); and ``capacity``, how many strong relations it can
        keep up. Formally each network has a lead organisation.

    Notes
    -----
    The data are synthetic: made by a seeded generator that is part of the package
    (``python -m wholenet.datasets._generate``), calibrated to what was published about Dutch youth-care networks;
    ``wholenet/datasets/targets.csv`` lists the targets. No organisation in it exists, and capacities are
    assumptions. What respondents think of the governance depends on their contact and the kinds of exchange with
    the lead organisation, not on their trust. Their answers are those of the first of many draws that met all
    targets, so that this pattern is built in: finding it is no evidence, and p-values about it do not mean what
    they would of a single draw.

    Examples
    --------
    >>> import wholenet as wn
    >>> ties, actors = wn.datasets.youth_care_tables()
    >>> sorted(set(actors["municipality"].to_list()))
    ['Brinkelaar', 'Elzerveen', 'Waalderhaven']
    """
    return read_table(FOLDER / "ties.parquet", kind=kind), read_table(FOLDER / "actors.parquet", kind=kind)


def youth_care(kind: str | None = None) -> Study:
    """Load the example study: client referral and information in three invented municipalities, in two waves.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table that results come in. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    Study
        Networks by ``municipality``, ``wave`` and ``relation`` (any contact, client referral, content knowledge,
        steering information): directed, with the frequency (1 to 4) as value; about 70 % of the organisations
        answered in a wave, the outgoing ties of the others are not observed.

    Notes
    -----
    The data are synthetic, see `youth_care_tables`.

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.datasets.youth_care()
    >>> len(study)
    24
    """
    ties, actors = youth_care_tables(kind)
    return Study.from_edges(
        ties, actors, by=["municipality", "wave", "relation"], weight="frequency", respondents="responded"
    )
