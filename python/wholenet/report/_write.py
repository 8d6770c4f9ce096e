"""The report of a study: tables to work on and a page to send on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wholenet._export import write as write_file
from wholenet.errors import ArgumentError
from wholenet.io import write_table
from wholenet.report import _page
from wholenet.report._beside import under_pseudonyms
from wholenet.report._chapters import chapters
from wholenet.report._ground import Ground
from wholenet.report._pseudonyms import pseudonymize
from wholenet.report._settings import Settings
from wholenet.report._tables import actors, changes, networks, wave_changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.report._beside import Beside
    from wholenet.study import Study

__all__ = ["write"]

ENDINGS = ("parquet", "csv")


def write(
    study: Study,
    folder: str | Path,
    *,
    title: str = "Study",
    notice: str | None = None,
    settings: Settings | None = None,
    beside: Sequence[Beside] = (),
    tables: Sequence[str] = (),
) -> list[Path]:
    """Write the tables and the report of a study to a folder.

    Parameters
    ----------
    study : Study
        The networks.
    folder : str or Path
        Where to; made if need be. Files of the same names are replaced.
    title : str
        Title of the report.
    notice : str, optional
        A sentence shown at the top, for instance on where the data come from.
    settings : Settings, optional
        What columns and relations stand for, how ties are coded, seeds. Default: what their names tell.
    beside : sequence of ManyNetworks, Scorecards, Trajectories and RequiredTies
        Tables that stand beside the networks; each adds its chapters.
    tables : sequence of {"xlsx", "docx", "tex"}
        In which other forms the tables of the chapters are written.

    Returns
    -------
    list of Path
        The files: ``actors``, ``networks`` and, with waves, ``changes``, each as Parquet and CSV; the tables of the
        chapters as CSV, and in the other forms asked for, in the folder ``tables``; with pseudonyms their ``key``;
        ``report.html``, which needs no other file and no network access.

    Raises
    ------
    ArgumentError
        A column or relation named is not there, or the study is empty.

    Notes
    -----
    The report has a chapter for each question that the study can answer: who answered, collaboration across sectors,
    information flows, change, awareness of governance, strong relations; then maps and tables of every network. A
    chapter opens with its finding in words; where an interval does not tell, the words say so. Beside each number
    stand its interval, the range that the answers of the silent leave, and the procedure of UCINET. What is not
    possible is said where it would stand.

    The same study and settings give the same files, but with pseudonyms, which are drawn anew each time: a seed would
    tell who is who.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> study = wn.Study({1: wn.Network.from_edges((["a"], ["b"]))}, by="wave")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in wn.report.write(study, folder)][-1]
    'report.html'
    """
    if not len(study):
        msg = "the study has no networks"
        raise ArgumentError(msg)
    settings = (settings or Settings()).of(study)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    if settings.pseudonyms:
        kept = [name for name in settings.attributes() if any(name in net.attribute_names for net in study.values())]
        places = settings.places(study)
        study, key = pseudonymize(study, by=places, keep=kept)
        beside = [under_pseudonyms(one, key, places) for one in beside]
        written += _tables({"key": key}, folder, ENDINGS[1:])
    measured = {"actors": actors(study), "networks": networks(study)}
    found = wave_changes(study, settings.wave) if settings.wave else {}
    if settings.wave and found:
        measured["changes"] = changes(study, wave=settings.wave)
    written += _tables(measured, folder, ENDINGS)
    parts, without = chapters(Ground(study, settings, tuple(beside)))
    for part in parts:
        written += _tables(part.tables, folder / "tables", ("csv", *tables))
    page = _page.render(study, measured, found, parts, without, title=title, notice=notice, settings=settings)
    written.append(folder / "report.html")
    write_file(written[-1], page.encode())
    return written


def _tables(tables: Mapping[str, IntoDataFrame], folder: Path, endings: Sequence[str]) -> list[Path]:
    written = []
    for name, one in tables.items():
        folder.mkdir(parents=True, exist_ok=True)
        for ending in endings:
            written.append(folder / f"{name}.{ending}")
            write_table(one, written[-1])
    return written
