"""Rosters: from the export of a questionnaire to ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from wholenet import _frames, _keys
from wholenet._checks import choice
from wholenet.errors import ArgumentError
from wholenet.survey._assemble import Rules, assembled
from wholenet.survey._combine import RULES, checked_rule
from wholenet.survey._export import Columns, read
from wholenet.survey._items import RELATION, blocks_of
from wholenet.survey._members import Answered, Members
from wholenet.survey._roster_result import COUNTS
from wholenet.survey._words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.survey._roster_result import Roster

__all__ = ["roster"]

TAKEN = {"source", "target", "value", "organisation", "organisations", "answered", "respondents", *COUNTS}


def roster(
    table: IntoDataFrame,
    *,
    organisation: str,
    alter: str | None = None,
    answer: str | None = None,
    alters: Sequence[str] | Mapping[Any, Any] | None = None,
    relation: str | None = None,
    respondent: str | None = None,
    by: str | Sequence[str] = (),
    codes: Mapping[Any, float] | None = None,
    no: Any = (),
    unknown: Any = (),
    skipped: Any = (),
    empty: Literal["skipped", "no"] | None = None,
    unlisted: Literal["skipped", "no"] | None = None,
    combine: Literal["any", "majority", "mean", "designated"] = "any",
    designated: str | Mapping[Any, Any] | None = None,
    duplicates: Literal["error", "merge", "first", "last"] = "error",
    members: IntoDataFrame | Sequence[Any] | None = None,
    actor: str | None = None,
    answered: str | IntoDataFrame | Sequence[Any] | None = None,
    outsiders: Literal["error", "drop", "add"] = "error",
    loops: Literal["error", "drop"] = "error",
) -> Roster:
    """Read the ties that organisations report from the export of a questionnaire.

    Parameters
    ----------
    table : table
        The export. Long: a row for each respondent and alter (and relation), with `alter` and `answer`. Wide: a row
        for each respondent, with a column for each alter, `alters`.
    organisation : str
        Column with the organisation that answers: text or integers.
    alter : str, optional
        Long: column with the organisation that is asked about.
    answer : str, optional
        Long: column with the answer. Without it each row is a tie, and who is not listed has none.
    alters : list of str, or mapping, optional
        Wide: the columns of the alters, whose names are labels; or a mapping from column to label; or, where each
        relation has a block of columns, a mapping from relation to either.
    relation : str, optional
        Column with the relation, which comes last in the keys. For blocks of columns: what the relations are called in
        the keys; default ``"relation"``.
    respondent : str, optional
        Column that tells the respondents of an organisation apart. Without it an organisation answers once.
    by : str or sequence of str
        Columns that tell networks apart, such as municipality and wave.
    codes : mapping, optional
        A number from 0 up for each answer that reports a tie, such as ``{"monthly": 3, "weekly": 4}``; 0 is no tie.
        Without it answers are numbers. Numbers written as text are numbers, blanks around words do not matter.
    no, unknown, skipped : answer or list of answers
        Answers that mean no tie; don't know; and skipped. Without `codes` the number 0 is no tie, too.
    empty : {"skipped", "no"}, optional
        What an empty cell means. Default: skipped; must be given for a relation in which cells are empty and no answer
        means no tie, as where only ties are ticked.
    unlisted : {"skipped", "no"}, optional
        What it means that a respondent who answered has no row for an alter. Must be given for a long table with
        `answer` in which there are such alters; without `answer` it is ``"no"``; in a wide table an alter without a
        column was not asked about, ``"skipped"``.
    combine : {"any", "majority", "mean", "designated"}
        What several respondents of an organisation make, of those who said yes or no: the largest answer; a tie where
        more than half report one, not where half do, with the median of their values (the lower one in the middle); the
        mean, no counting 0; or the answer of the one that `designated` tells.
    designated : str or mapping, optional
        Column with true for the respondent whose answer counts, or mapping from organisation to respondent. One who is
        alone in answering for an organisation, in that wave and so on, counts without it.
    duplicates : {"error", "merge", "first", "last"}
        What to do with a respondent who answers an item more than once. ``"merge"`` takes equal answers as one, and an
        empty cell as nothing; answers that differ are refused still. ``"first"`` and ``"last"`` go by the rows, empty
        cells aside.
    members : table or list of labels, optional
        The organisations of the networks: a row for each, or for each organisation and wave and so on, with the columns
        of `by` that it has; other columns become attributes. Default: those that answer or are asked about.
    actor : str, optional
        Column of `members` with the label. Default: the column called as `organisation` is, else the first that is not
        in `by`.
    answered : str, table or list of labels, optional
        Who answered: a column of `members` with true and false; a table with an organisation in each row, and columns
        of `by`; or labels, for all networks. What the others said is left out. Default: organisations with one answer
        or more (yes, no or don't know).
    outsiders : {"error", "drop", "add"}
        What to do with respondents and alters who are not in `members`.
    loops : {"error", "drop"}
        What to do with a tie of an organisation to itself. Other answers about itself are left out.

    Returns
    -------
    Roster
        Ties, who answered, what each organisation answered, and the networks: see `Roster.study`.

    Raises
    ------
    ColumnError
        A column named is not there.
    ArgumentError
        Answers that are neither numbers nor in `codes`, `no`, `unknown` or `skipped`: the message names them, where
        they are, and what is like them. Something has to be said with `empty` or `unlisted`. Options that do not fit
        together.
    LabelError
        A respondent or alter is not in `members` (the message names rows and labels that are like it); empty labels;
        several respondents of whom none, or more than one, is designated; labels that only capitals or blanks tell
        apart, without `members`.
    TieError
        A respondent answers an item more than once, the same or not; an organisation reports a tie to itself.

    Notes
    -----
    *No*, *don't know* and *skipped* are kept apart. No is an observed absence. Don't know and skipped are not observed:
    the tie gets an empty value, and `Roster.answers` counts them. An organisation of which several respondents answer
    has said no or yes if one of them did; don't know if one did and nobody said more; else it skipped.

    With ``empty="no"`` and ``unlisted="no"`` no is what respondents say who answered an item in that network's `by`,
    in whatever relation; of the others nothing is observed. One who has no tie at all and so left no trace in an export
    of ties only is taken as not having answered, unless `answered` names it.

    Networks are those of the combinations of `by` in the export and in `members` (where it has all columns of `by`),
    for each relation that was asked about there. One that is in `members` only has no respondents: nothing in it is
    observed. Rows are numbered from 0.

    O(k log k) time and memory, for k items: respondents × alters × relations.

    Peers: UCINET and sna start from a matrix; neither reads a questionnaire.

    References
    ----------
    Marsden, P. V. (1990). Network data and measurement. Annual Review of Sociology 16, 435-463.
    https://doi.org/10.1146/annurev.so.16.080190.002251

    Examples
    --------
    The gp tells of both others; the school skips the team; the team did not answer.

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> export = pd.DataFrame({
    ...     "organisation": ["gp", "gp", "school", "school"],
    ...     "alter": ["school", "team", "gp", "team"],
    ...     "contact": ["weekly", "don't know", "never", None],
    ... })
    >>> found = wn.survey.roster(
    ...     export, organisation="organisation", alter="alter", answer="contact",
    ...     codes={"monthly": 3, "weekly": 4}, no="never", unknown="don't know",
    ... )
    >>> found.answers
      organisation  respondents  yes  no  unknown  skipped
    0           gp            1    1   0        1        0
    1       school            1    0   1        0        1
    >>> found.network().to_matrix()
    array([[ 0.,  4., nan],
           [ 0.,  0., nan],
           [nan, nan,  0.]])
    """
    _check_words(combine, duplicates, outsiders, loops, empty, unlisted)
    checked_rule(combine, designated, persons=respondent is not None)
    names = _keys.names_of(by) if by else ()
    relation = _checked_shape(alter, answer, alters, relation)
    if answer is None and alters is None:
        _check_ties_only((codes, no, unknown, skipped, empty), unlisted)
    if answer is None:
        unlisted = unlisted or ("no" if alters is None else "skipped")
    words = Words(codes, no, unknown, skipped)
    frame = _frames.takeable(_frames.wrap(table, "table"))
    if not len(frame):
        msg = "the table has no rows, so it tells of no questionnaire"
        raise ArgumentError(msg)
    _check_names(names if relation is None else (*names, relation))
    export = read(frame, Columns(organisation, alter, answer, relation, alters, respondent, names, designated), words)
    roll = Members(members, names, actor, organisation)
    export.fit(roll, outsiders, wide=alters is not None)
    export.without_selves(loops)
    rules = Rules(
        words=words.step,
        combine=combine,
        duplicates=duplicates,
        empty=empty,
        unlisted=unlisted,
        implied=alters is None and unlisted == "no",
        answered=None if answered is None else Answered(answered, roll, names),
    )
    return assembled(export, roll, rules, relation, _frames.kind_of(frame))


def _check_words(
    combine: str, duplicates: str, outsiders: str, loops: str, empty: str | None, unlisted: str | None
) -> None:
    choice("combine", combine, tuple(RULES))
    choice("duplicates", duplicates, ("error", "merge", "first", "last"))
    choice("outsiders", outsiders, ("error", "drop", "add"))
    choice("loops", loops, ("error", "drop"))
    for argument, value in (("empty", empty), ("unlisted", unlisted)):
        if value is not None:
            choice(argument, value, ("skipped", "no"))


def _checked_shape(alter: str | None, answer: str | None, alters: object, relation: str | None) -> str | None:
    """Check that the table is long or wide, and give the name of the relation in the keys."""
    if (alter is None) == (alters is None):
        msg = (
            "name either the column with the alter, alter= (a row for each alter), or the columns of the alters, "
            "alters= (a column for each)"
        )
        raise ArgumentError(msg)
    if alters is None:
        return relation
    if answer is not None:
        msg = "answer= names the column of answers of a long table; in a wide one they stand in the columns of alters="
        raise ArgumentError(msg)
    return (relation or RELATION) if None not in blocks_of(alters) else relation


def _check_ties_only(about_answers: tuple[object, ...], unlisted: str | None) -> None:
    """Refuse what has no meaning where each row is a tie."""
    if any(one is not None and one != () for one in about_answers):
        msg = "codes=, no=, unknown=, skipped= and empty= are about answers; name their column with answer="
        raise ArgumentError(msg)
    if unlisted == "skipped":
        msg = (
            'without answer= each row is a tie and nobody ever says no, so that unlisted="skipped" would leave ties '
            "and nothing else; name the column of answers with answer="
        )
        raise ArgumentError(msg)


def _check_names(names: tuple[str, ...]) -> None:
    """Refuse keys that are called as other columns of the roster's tables are."""
    taken = next((name for name in names if name in TAKEN), None)
    if taken is not None:
        msg = f"the tables of a roster have a column {taken!r} of their own; rename the one in by= or relation="
        raise ArgumentError(msg)
    if len(set(names)) < len(names):
        msg = f"relation={names[-1]!r} is in by= too; leave it in one of them"
        raise ArgumentError(msg)
