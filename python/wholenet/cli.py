"""The command ``wholenet``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import wholenet as wn
from wholenet import _frames
from wholenet.errors import ArgumentError, WholenetError
from wholenet.report._config import example_beside
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

DESCRIPTION = "Whole-network analysis: from a table of ties and a table of actors to tables and a report."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands on the command line. Default: that of this process.

    Returns
    -------
    int
        0, or 2 after an error (its message goes to standard error), or 130 after Ctrl-C.

    Examples
    --------
    >>> from wholenet.cli import main
    >>> main(["study", "ties.csv", "actors.csv", "--by", "wave"])
    2
    """
    options = _parser().parse_args(arguments)
    try:
        for path in options.run(options):
            print(path)  # noqa: T201 (a command speaks on standard output)
    except WholenetError as error:
        print(f"wholenet: {error}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        print("wholenet: stopped", file=sys.stderr)  # noqa: T201
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wholenet", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"wholenet {wn.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    study = commands.add_parser(
        "study",
        help="write the tables and the report of a study",
        description="Write actors, networks and changes (Parquet and CSV) and report.html to a folder.",
    )
    study.set_defaults(run=_study)
    study.add_argument("ties", nargs="?", metavar="TIES", help="CSV or Parquet: one row per tie")
    study.add_argument("actors", nargs="?", metavar="ACTORS", help="CSV or Parquet: one row per actor (and wave)")
    study.add_argument("--config", metavar="FILE", help="a study.toml that says it all; see: wholenet init")
    study.add_argument("--example", action="store_true", help="use the bundled example study instead of files")
    study.add_argument("--out", metavar="DIR", help="folder to write to (default: study)")
    study.add_argument("--title", help="title of the report")
    ties = study.add_argument_group("columns")
    ties.add_argument("--by", metavar="A,B,…", help="columns of TIES that tell the networks apart")
    ties.add_argument("--source", default="source", metavar="COL", help="sender (default: source)")
    ties.add_argument("--target", default="target", metavar="COL", help="receiver (default: target)")
    ties.add_argument("--weight", metavar="COL", help="tie value; an empty cell means: not observed")
    ties.add_argument("--actor", metavar="COL", help="label in ACTORS (default: its first column not in --by)")
    ties.add_argument("--respondents", metavar="COL", help="column of ACTORS that says who answered")
    ties.add_argument("--wave", metavar="COL", help="column of --by that orders the waves (default: wave)")
    ties.add_argument("--sector", metavar="COL", help="column of ACTORS that colours the maps (default: sector)")
    ties.add_argument("--gatekeeper", metavar="COL", help="column of ACTORS that marks actors (default: gatekeeper)")
    rules = study.add_argument_group("rules")
    rules.add_argument(
        "--undirected",
        nargs="?",
        const="",
        metavar="A,B,…",
        help="ties have no direction: all, or those with these values of a column in --by",
    )
    rules.add_argument("--loops", choices=["error", "drop", "keep"], default="error")
    rules.add_argument("--duplicates", choices=["error", "sum", "max", "mean", "first"], default="error")
    rules.add_argument("--unknown", choices=["error", "drop", "add"], default="error")
    rules.add_argument("--signed", action="store_true", help="negative tie values are meant")
    rules.add_argument("--at-least", type=float, metavar="X", help="keep ties of this value or more, without values")
    files = study.add_argument_group("CSV files")
    files.add_argument("--delimiter", help="what separates the cells (default: found out)")
    files.add_argument("--decimal", choices=[".", ","], help="decimal mark (default: found out)")
    files.add_argument("--encoding", help="for instance windows-1252 (default: UTF-8)")
    init = commands.add_parser(
        "init",
        help="write a commented study.toml to fill in",
        description="Write study.toml, which describes a study: tables, coding rules, tests. Nothing is replaced.",
    )
    init.set_defaults(run=lambda options: wn.report.init(options.folder, example=options.example))
    init.add_argument("folder", nargs="?", default=".", metavar="DIR", help="folder to write to (default: this one)")
    init.add_argument("--example", action="store_true", help="write the tables of the example study as well")
    return parser


def _study(options: argparse.Namespace) -> list[Path]:
    if options.config is not None:
        return _configured(options)
    out = Path(options.out or "study")
    if options.example:
        if options.ties:
            msg = "--example takes no files"
            raise ArgumentError(msg)
        example = wn.report.Config.example()
        title = options.title or example.title
        return wn.report.write(
            wn.datasets.youth_care(),
            out,
            title=title,
            notice=example.notice,
            settings=example.settings,
            beside=example_beside(),
        )
    if not options.ties or not options.by:
        msg = (
            "name the file of ties and --by, as in: wholenet study ties.csv actors.csv --by "
            "municipality,wave,relation; or a file that says it all: wholenet study --config study.toml"
        )
        raise ArgumentError(msg)
    study = _read(options)
    if options.at_least is not None:
        study = Study(study.map(lambda net: net.dichotomize(at_least=options.at_least)), by=study.by)
    title = options.title or f"Networks in {Path(options.ties).name}"
    settings = wn.report.Settings(wave=options.wave, sector=options.sector, gatekeeper=options.gatekeeper)
    return wn.report.write(study, out, title=title, settings=settings)


def _configured(options: argparse.Namespace) -> list[Path]:
    if options.ties or options.example or options.by:
        msg = "--config says which files and columns there are; leave the others out"
        raise ArgumentError(msg)
    config = wn.report.Config.read(options.config)
    out = config.out if options.out is None else Path(options.out)
    title = options.title or config.title
    return wn.report.write(
        config.study(),
        out,
        title=title,
        notice=config.notice,
        settings=config.settings,
        beside=config.beside(),
        tables=config.tables,
    )


def _read(options: argparse.Namespace) -> Study:
    def table(path: str) -> object:
        return wn.io.read_table(path, delimiter=options.delimiter, decimal=options.decimal, encoding=options.encoding)

    by = [name.strip() for name in options.by.split(",")]
    ties = table(options.ties)
    return Study.from_edges(
        ties,  # type: ignore[arg-type]
        None if options.actors is None else table(options.actors),  # type: ignore[arg-type]
        by=by,
        source=options.source,
        target=options.target,
        weight=options.weight,
        actor=options.actor,
        directed=_directed(options.undirected, ties, by),
        loops=options.loops,
        duplicates=options.duplicates,
        unknown=options.unknown,
        signed=options.signed,
        respondents=options.respondents,
    )


def _directed(undirected: str | None, ties: object, by: list[str]) -> bool | dict[object, bool]:
    """What ``--undirected`` says, as `Study.from_edges` wants it."""
    if not undirected:
        return undirected is None
    frame = _frames.wrap(ties, "ties")
    words = [word.strip() for word in undirected.split(",")]
    for name in by:
        values = frame[_frames.require(frame, name, "by")].unique().to_list()
        if all(word in map(str, values) for word in words):
            return {value: str(value) not in words for value in values}
    msg = f"--undirected {undirected}: no column of --by has these values"
    raise ArgumentError(msg)


if __name__ == "__main__":
    sys.exit(main())
