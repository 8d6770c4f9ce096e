"""A study described in a file: ``study.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from wholenet import _export, _frames
from wholenet.errors import ArgumentError, FormatError, MissingFileError
from wholenet.io import read_table, write_table
from wholenet.report._settings import Settings
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Config", "init"]

TEMPLATE = Path(__file__).with_name("study.toml")

# Which names may stand in which part of the file, and what they hold.
TEXT, LIST, WHOLE, NUMBER, FLAG = "text", "a list of texts", "a whole number", "a number", "true or false"
READING = {"delimiter": TEXT, "decimal": TEXT, "encoding": TEXT}
PARTS: dict[str, dict[str, str]] = {
    "": {"title": TEXT, "notice": TEXT, "out": TEXT, "chapters": LIST},
    "ties": {
        "file": TEXT, "by": LIST, "source": TEXT, "target": TEXT, "value": TEXT, "undirected": LIST, "loops": TEXT,
        "duplicates": TEXT, "unknown": TEXT, "signed": FLAG, **READING,
    },
    "organisations": {
        "file": TEXT, "name": TEXT, "responded": TEXT, "sector": TEXT, "care_level": TEXT, "gatekeeper": TEXT,
        "linking": TEXT, "lead": TEXT, "capacity": TEXT, **READING,
    },
    "relations": {"wave": TEXT, "relation": TEXT, "contact": TEXT, "referral": TEXT, "information": LIST},
    "strong": {"frequency": NUMBER, "reciprocal": FLAG, "kinds": WHOLE, "one_report": TEXT},
    "governance": {"perceived_mode": TEXT, "trust": TEXT, "modes": LIST, "formal": "a mode, or one for each place"},
    "inference": {"seed": WHOLE, "draws": WHOLE, "permutations": WHOLE, "imputations": WHOLE, "confidence": NUMBER},
    "publish": {"min_count": WHOLE, "pseudonyms": FLAG, "tables": LIST},
}  # fmt: skip
SETTINGS = {
    "organisations": ("sector", "care_level", "gatekeeper", "linking", "lead", "capacity"),
    "relations": ("wave", "relation", "contact", "referral", "information"),
    "strong": ("frequency", "reciprocal", "kinds", "one_report"),
    "governance": ("perceived_mode", "trust", "modes", "formal"),
    "inference": ("seed", "draws", "permutations", "imputations", "confidence"),
    "publish": ("min_count", "pseudonyms"),
    "": ("chapters",),
}
NEEDED = (("ties", "file"), ("ties", "by"))
TABLES = ("xlsx", "docx", "tex")


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
        parts = _parts(content, path)
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
        Whether to write the two tables of the example study beside it, so that it can be run at once.

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
    ...     [path.name for path in wn.report.init(folder, example=True)]
    ['study.toml', 'ties.csv', 'organisations.csv']
    """
    from wholenet import datasets

    folder = Path(folder)
    files = [folder / name for name in ("study.toml", *(("ties.csv", "organisations.csv") if example else ()))]
    for path in files:
        if path.exists():
            msg = f"{path} is there already, and is not replaced. Name another folder, or move it away"
            raise ArgumentError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    _export.write(files[0], TEMPLATE.read_bytes())
    for path, table in zip(files[1:], datasets.youth_care_tables() if example else (), strict=True):
        write_table(table, path)
    return files


# What stands in the file ----------------------------------------------------------------------------------


def _parts(content: Mapping[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    """Sort what the file says by part, and refuse what is not known."""
    parts: dict[str, dict[str, Any]] = {name: {} for name in PARTS}
    for name, value in content.items():
        if name in PARTS and isinstance(value, dict):
            for inner, one in value.items():
                parts[name][inner] = _known(name, inner, one, path)
        else:
            parts[""][name] = _known("", name, value, path)
    for part, name in NEEDED:
        if name not in parts[part]:
            msg = f"{path}: [{part}] must say {name} = {PARTS[part][name]}"
            raise ArgumentError(msg)
    odd = [one for one in parts["publish"].get("tables", ()) if one not in TABLES]
    if odd:
        msg = f"{path}: tables are written as {', '.join(TABLES)}, not as {odd[0]!r}"
        raise ArgumentError(msg + _frames.near(odd[0], TABLES))
    return parts


def _known(part: str, name: str, value: Any, path: Path) -> Any:
    """Check a name and the kind of its value."""
    where = f"[{part}]" if part else "the first part"
    if name not in PARTS[part]:
        msg = f"{path}: {where} has no {name!r}; it may have {', '.join(PARTS[part])}"
        others = [other for other in PARTS if other] if not part else []
        raise ArgumentError(msg + _frames.near(name, [*PARTS[part], *others]))
    wanted = PARTS[part][name]
    fits = {
        TEXT: isinstance(value, str),
        LIST: isinstance(value, list) and all(isinstance(one, str) for one in value),
        WHOLE: isinstance(value, int) and not isinstance(value, bool),
        NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        FLAG: isinstance(value, bool),
    }
    if not fits.get(wanted, isinstance(value, str | dict)):
        msg = f"{path}: {name} in {where} must be {wanted}, but is {value!r}"
        raise ArgumentError(msg)
    return value


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
