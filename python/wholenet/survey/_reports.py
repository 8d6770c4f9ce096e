"""Two reports of one dyad: how often there are two, and how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.survey._networks import rows_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["agreement", "reports"]

WHY = "its two reports of a dyad are merged into one"
NAN = float("nan")
COUNTS = {"dyads": 0, "two_reports": 0, "one_report": 0, "no_report": 0, "both": 0, "one_sided": 0, "neither": 0}


def reports(net: Network | Study) -> IntoDataFrame:
    """Reports: the dyads of which two, one or none of the actors told, and how far two reports agree.

    Parameters
    ----------
    net : Network or Study
        The network of what actors report, directed: the tie from i to j is i's report of the dyad. Or several.

    Returns
    -------
    table
        A row for each network: for a study the columns of ``study.by``, then ``dyads`` (unordered pairs of actors);
        ``two_reports``, ``one_report`` and ``no_report``, which add up to it; of those with two reports ``both`` (both
        tell of a tie), ``one_sided`` (one does) and ``neither``; and ``agreement``, ``agreement_on_ties`` and
        ``kappa``. In the kind of table that the network came from.

    Raises
    ------
    DirectionError
        A network is undirected: the reports are merged.
    ArgumentError
        `net` is no network or study, has more than 65,536 actors; the study is empty, or its keys are called as a
        column of the table is.
    ModeError
        A network has two modes.

    Notes
    -----
    Over the N dyads with two reports, with B both, S one-sided and O neither: ``agreement`` = (B + O) ÷ N, and
    ``agreement_on_ties`` = B ÷ (B + S), the share of the ties told of that are confirmed. Where most dyads have no
    tie, agreement is high by chance, and ``kappa`` is what agreement adds to that: (agreement - e) ÷ (1 - e). Each
    dyad counts once with either actor as the first, since none of the two comes first by nature; so both reports have
    the same share p = (2B + S) ÷ 2N of ties, and e = p² + (1 - p)². It is Scott's π, the
    correlation of the two reports, and the ρ of Garlaschelli and Loffredo over these dyads: from -1 to 1, and 0 where
    reports agree as often as by chance.

    NaN: ``agreement`` without dyads with two reports; ``agreement_on_ties`` where none of them tells of a tie;
    ``kappa`` in the first case, and where all reports are of a tie or none is, so that e = 1.

    A tie reported is one that is present; values are not read: two who tell of another frequency agree. Take
    ``net.dichotomize(...)`` first to ask about strong ties. Self-ties are not read. What two actors tell is about the
    same thing for relations without a direction, such as contact. For one with a direction, such as referral, each
    tells of what goes out, and the numbers measure reciprocity.

    O(n²) time and memory for each network.

    Peers: with all dyads observed, ``agreement_on_ties`` is the reciprocity of dyads of UCINET and sna (``grecip``,
    ``"dyadic.nonnull"``), and ``agreement`` that of sna's ``"dyadic"``.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20,
    37-46. https://doi.org/10.1177/001316446002000104

    Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding. Public Opinion Quarterly
    19, 321-325. https://doi.org/10.1086/266577

    Garlaschelli, D. & Loffredo, M. I. (2004). Patterns of link reciprocity in directed networks. Physical Review
    Letters 93, 268701. https://doi.org/10.1103/PhysRevLett.93.268701

    Examples
    --------
    Of a, b and c, a and b tell of each other, and b of c, who tells of nobody; d did not answer.

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcd")})
    >>> net = wn.Network.from_edges((list("abb"), list("bac")), actors, respondents=list("abc"))
    >>> table = wn.survey.reports(net)
    >>> table[["dyads", "two_reports", "one_report", "no_report", "both", "one_sided", "neither"]]
       dyads  two_reports  one_report  no_report  both  one_sided  neither
    0      6            3           3          0     1          1        1
    >>> table[["agreement", "agreement_on_ties", "kappa"]].round(3)
       agreement  agreement_on_ties  kappa
    0      0.667                0.5  0.333
    """
    like = {**COUNTS, "agreement": NAN, "agreement_on_ties": NAN, "kappa": NAN}
    return rows_of(net, _of_network, like, why=WHY)


def agreement(net: Network | Study) -> IntoDataFrame:
    """Agreement: of each actor, how far its reports agree with those of the others about it.

    Parameters
    ----------
    net : Network or Study
        The network of what actors report, directed: the tie from i to j is i's report of the dyad. Or several.

    Returns
    -------
    table
        A row for each actor, in order: for a study the columns of ``study.by``, then ``actor``; ``dyads``, those of
        the actor with two reports; of these ``confirmed`` (both tell of a tie), ``unconfirmed_by_alter`` (the actor
        does, the other does not), ``unconfirmed_by_ego`` (the other does) and ``neither``, which add up to ``dyads``;
        ``agreement`` and ``kappa``. In the kind of table that the network came from.

    Raises
    ------
    DirectionError
        A network is undirected: the reports are merged.
    ArgumentError
        `net` is no network or study, has more than 65,536 actors; the study is empty, or its keys are called as a
        column of the table is.
    ModeError
        A network has two modes.

    Notes
    -----
    With C confirmed, A unconfirmed by the alter, E unconfirmed by the actor itself, and O neither, of N dyads:
    ``agreement`` = (C + O) ÷ N, and ``kappa`` is Cohen's, (agreement - e) ÷ (1 - e), with e = ((C + A)(C + E) +
    (E + O)(A + O)) ÷ N²: the actor and the others about it are two raters, each with its own share of ties. Many ties
    that alters do not confirm mark one who tells of more than others do.

    NaN: both without dyads with two reports, as for one who did not answer; ``kappa`` also where both sides tell of a
    tie with everyone, or with nobody, so that e = 1.

    Values and self-ties are not read; see `reports` for relations with a direction. O(n²) time and memory.

    Peers: none of UCINET, sna, igraph and networkx lists it for each actor.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20,
    37-46. https://doi.org/10.1177/001316446002000104

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abb"), list("bac")))
    >>> wn.survey.agreement(net)[["actor", "dyads", "confirmed", "unconfirmed_by_alter", "unconfirmed_by_ego"]]
      actor  dyads  confirmed  unconfirmed_by_alter  unconfirmed_by_ego
    0     a      2          1                     0                   0
    1     b      2          1                     1                   0
    2     c      2          0                     0                   1
    """
    like = {
        "actor": "",
        "dyads": 0,
        "confirmed": 0,
        "unconfirmed_by_alter": 0,
        "unconfirmed_by_ego": 0,
        "neither": 0,
        "agreement": NAN,
        "kappa": NAN,
    }
    return rows_of(net, _of_actors, like, why=WHY)


def _told(net: Network) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Lay out which dyads each actor told of, and in which it told of a tie."""
    matrix = net.to_matrix()
    observed = ~np.isnan(matrix)
    np.fill_diagonal(observed, val=False)
    return observed, observed & (matrix != 0)


def _of_network(net: Network) -> list[dict[str, Any]]:
    """Count the dyads of a network by their reports."""
    observed, tie = _told(net)
    n, two = net.n_actors, observed & observed.T
    dyads, twice = n * (n - 1) // 2, int(two.sum()) // 2
    both = int((tie & tie.T).sum()) // 2
    one_sided = int((two & tie & ~tie.T).sum())
    neither = twice - both - one_sided
    once = int(observed.sum()) - 2 * twice
    ends = 2 * both + one_sided
    # With a the ties and b the others among the 2N reports, kappa is 1 - 2·N·S ÷ (a·b).
    others = 2 * twice - ends
    return [
        {
            "dyads": dyads,
            "two_reports": twice,
            "one_report": once,
            "no_report": dyads - twice - once,
            "both": both,
            "one_sided": one_sided,
            "neither": neither,
            "agreement": _share(both + neither, twice),
            "agreement_on_ties": _share(both, both + one_sided),
            "kappa": _share(ends * others - 2 * twice * one_sided, ends * others),
        }
    ]


def _of_actors(net: Network) -> list[dict[str, Any]]:
    """Count the dyads of each actor by their reports."""
    observed, tie = _told(net)
    two = observed & observed.T
    rows = []
    counts = ((tie & tie.T), (two & tie & ~tie.T), (two & ~tie & tie.T), two)
    for label, *row in zip(net.labels.tolist(), *(one.sum(axis=1).tolist() for one in counts), strict=True):
        confirmed, alter, ego, dyads = row
        neither = dyads - confirmed - alter - ego
        # Times N², what chance gives and what is left above it; whole numbers, so that 0 is 0.
        chance = (confirmed + alter) * (confirmed + ego) + (ego + neither) * (alter + neither)
        rows.append(
            {
                "actor": label,
                "dyads": dyads,
                "confirmed": confirmed,
                "unconfirmed_by_alter": alter,
                "unconfirmed_by_ego": ego,
                "neither": neither,
                "agreement": _share(confirmed + neither, dyads),
                "kappa": _share((confirmed + neither) * dyads - chance, dyads * dyads - chance),
            }
        )
    return rows


def _share(part: int, whole: int) -> float:
    return part / whole if whole else NAN
