"""A study described in a file: ``study.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from wholenet import _export, _frames
from wholenet.errors import ArgumentError, FormatError, MissingFileError
from wholenet.io import read_table, write_table
from wholenet.report._beside import ManyNetworks, RequiredTies, Scorecards, Trajectories
from wholenet.report._config_parts import BESIDE, READING, SETTINGS, parts_of
from wholenet.report._settings import Settings
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet.report._beside import Beside

__all__ = ["Config", "init"]

TEMPLATE = Path(__file__).with_name("study.toml")
KINDS = {"networks": ManyNetworks, "scorecards": Scorecards, "trajectories": Trajectories, "required": RequiredTies}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Config:
    """A study described in a file, as ``wholenet init`` writes it.

    Parameters
    ----------
    path : Path
        The file. The names of other files in it are looked up in its folder.
    parts : mapping
        What stands in it, by part.
    settings : Settings
        What columns and relations stand for, coding rules, seeds.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = wn.report.init(folder, example=True)
    ...     config = wn.report.Config.read(folder + "/study.toml")
    ...     print(config.study())
    <Study: 24 networks (3 × municipality, 2 × wave, 4 × relation)>
    """

    path: Path
    parts: Mapping[str, Mapping[str, Any]]
    settings: Settings

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read the file, and check every name and value in it.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Config
            What it says; the tables are not read yet.

        Raises
        ------
        MissingFileError
            There is no such file.
        FormatError
            It is no TOML; the message names the line.
        ArgumentError
            A name that is not known, or a value of another kind.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Config.read("no.toml")
        Traceback (most recent call last):
        ...
        wholenet.errors.MissingFileError: there is no file no.toml; make one with: wholenet init
        """
        path = Path(path)
        if not path.is_file():
            msg = f"there is no file {path}; make one with: wholenet init"
            raise MissingFileError(msg)
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"{path} can't be read as TOML: {error}. Text stands in quotes, lists in [ ]"
            raise FormatError(msg) from None
        parts = parts_of(content, path)
        chosen: dict[str, Any] = {
            name: tuple(parts[part][name]) if isinstance(parts[part][name], list) else parts[part][name]
            for part, names in SETTINGS.items()
            for name in names
            if name in parts[part]
        }
        if "strong" in content and "frequency" not in parts["strong"]:
            chosen["frequency"] = None
        return cls(path, parts, Settings(**chosen))

    @classmethod
    def example(cls) -> Self:
        """Read the file that `init` writes: it describes the example study.

        Returns
        -------
        Config
            What it says.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.report.Config.example().settings.contact
        'any contact'
        """
        return cls.read(TEMPLATE)

    @property
    def title(self) -> str:
        """The title of the report."""
        return str(self.parts[""].get("title") or f"Networks in {self.parts['ties']['file']}")

    @property
    def notice(self) -> str | None:
        """A sentence shown at the top of the report."""
        return self.parts[""].get("notice") or None

    @property
    def out(self) -> Path:
        """The folder to write to."""
        return self.path.parent / str(self.parts[""].get("out", "study"))

    @property
    def tables(self) -> tuple[str, ...]:
        """In which other forms result tables are written."""
        return tuple(self.parts["publish"].get("tables", ()))

    def study(self) -> Study:
        """Read the tables, and make the networks.

        Returns
        -------
        Study
            The networks, each with its recipe.

        Raises
        ------
        MissingFileError
            A table is not there.
        WholenetError
            As in `Study.from_edges`.

        Examples
        --------
        >>> import tempfile
        >>> import wholenet as wn
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     files = wn.report.init(folder, example=True)
        ...     len(wn.report.Config.read(folder + "/study.toml").study())
        24
        """
        said, organisations = self.parts["ties"], self.parts["organisations"]
        ties = self._table(said)
        rules = {name: said[name] for name in ("loops", "duplicates", "unknown", "signed") if name in said}
        return Study.from_edges(
            ties,
            self._table(organisations) if "file" in organisations else None,
            by=said["by"],
            source=said.get("source", "source"),
            target=said.get("target", "target"),
            weight=said.get("value"),
            actor=organisations.get("name"),
            directed=_directed(said.get("undirected", []), ties, said["by"]),
            respondents=organisations.get("responded"),
            **rules,
        )

    def beside(self) -> list[Beside]:
        """Read the tables that stand beside the networks.

        Returns
        -------
        list of ManyNetworks, Scorecards, Trajectories and RequiredTies
            Those of which the file names a table.

        Raises
        ------
        MissingFileError
            A table is not there.
        ColumnError
            A table lacks a column that the file names, or that is read where it names none.

        Examples
        --------
        >>> import tempfile
        >>> import wholenet as wn
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     files = wn.report.init(folder, example=True)
        ...     [type(one).__name__ for one in wn.report.Config.read(folder + "/study.toml").beside()]
        ['ManyNetworks', 'Scorecards', 'Trajectories', 'RequiredTies']
        """
        found = []
        for part in BESIDE:
            said = self.parts[part]
            if said:
                found.append(_beside(part, said, self._table(said), self._networks(said) if "ties" in said else None))
        return found

    def _networks(self, said: Mapping[str, Any]) -> Study:
        """Read the many networks themselves."""
        name = said.get("name", "network")
        actors = self._table({**said, "file": said["organisations"]}) if "organisations" in said else None
        return Study.from_edges(self._table({**said, "file": said["ties"]}), actors, by=[name], directed=False)

    def _table(self, said: Mapping[str, Any]) -> Any:
        reading = {name: said[name] for name in READING if name in said}
        return read_table(self.path.parent / said["file"], **reading)

    def __repr__(self) -> str:
        return f"<Config: {self.path.name}, {self.title!r}>"


def init(folder: str | Path = ".", *, example: bool = False) -> list[Path]:
    """Write a commented ``study.toml`` to fill in.

    Parameters
    ----------
    folder : str or Path
        Where to; made if need be.
    example : bool
        Whether to write the tables of the example study beside it, so that it can be run at once.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    ArgumentError
        One of the files is there already: nothing is replaced.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in wn.report.init(folder, example=True)][:3]
    ['study.toml', 'ties.csv', 'organisations.csv']
    """
    folder = Path(folder)
    tables = _example_tables() if example else {}
    files = [folder / name for name in ("study.toml", *tables)]
    for path in files:
        if path.exists():
            msg = f"{path} is there already, and is not replaced. Name another folder, or move it away"
            raise ArgumentError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    _export.write(files[0], TEMPLATE.read_bytes())
    for path, table in zip(files[1:], tables.values(), strict=True):
        write_table(table, path)
    return files


def _example_tables() -> dict[str, IntoDataFrame]:
    """The tables of the example study, by the names that its file has for them."""
    from wholenet import datasets

    ties, actors = datasets.youth_care_tables()
    between, members = datasets.neighbourhood_tables()
    return {
        "ties.csv": ties,
        "organisations.csv": actors,
        "neighbourhoods.csv": datasets.neighbourhoods(),
        "neighbourhood_ties.csv": between,
        "neighbourhood_organisations.csv": members,
        "scorecards.csv": datasets.scorecards(),
        "trajectories.csv": datasets.trajectories(),
        "required_ties.csv": datasets.required_ties(),
    }


def _beside(part: str, said: Mapping[str, Any], table: IntoDataFrame, networks: Study | None) -> Beside:
    """Say what the columns of a table beside the networks stand for."""
    chosen: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in said.items()
        if name not in {"file", "ties", "organisations", *READING}
    }
    if networks is not None:
        chosen["networks"] = networks
    made: Beside = KINDS[part](table=table, **chosen)
    return made


def example_beside() -> list[Beside]:
    """The tables beside the networks of the example study, as its file describes them."""
    from wholenet import datasets

    parts = Config.example().parts
    tables = {
        "networks": datasets.neighbourhoods(),
        "scorecards": datasets.scorecards(),
        "trajectories": datasets.trajectories(),
        "required": datasets.required_ties(),
    }
    study = datasets.neighbourhood_networks()
    return [_beside(part, parts[part], tables[part], study if part == "networks" else None) for part in BESIDE]


def _directed(undirected: list[str], ties: Any, by: list[str]) -> bool | dict[Any, bool]:
    """Which relations have a direction, as `Study.from_edges` wants it."""
    if not undirected:
        return True
    frame = _frames.wrap(ties, "ties")
    for name in by:
        values = frame[_frames.require(frame, name, "by")].unique().to_list()
        if all(word in map(str, values) for word in undirected):
            return {value: str(value) not in undirected for value in values}
    msg = f"undirected names {', '.join(map(repr, undirected))}, and no column of by has these values"
    raise ArgumentError(msg)
