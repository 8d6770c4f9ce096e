"""What organisations think of the governance mode, beside what is formally so."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import share
from wholenet._results import table_of
from wholenet.governance._answers import MODES, Formal, answers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["accuracy", "confusion", "wilson"]


def confusion(
    net: Network | Study,
    *,
    perceived: str = "perceived_mode",
    formal: Formal,
    modes: Sequence[str] = MODES,
) -> IntoDataFrame:
    """Confusion table: which governance mode organisations perceive, by the mode that is formally so.

    Parameters
    ----------
    net : Network or Study
        The network, or one for each place and wave.
    perceived : str
        The attribute with the mode that each organisation perceives; null where it did not answer.
    formal : str or mapping
        What is formally so: one mode; a mapping to modes from the keys of a study or from values in them, such as the
        municipality; or the name of an attribute.
    modes : sequence of str
        The modes there may be. Default: those of Provan and Kenis.

    Returns
    -------
    table
        One row for each network and formal mode in it: the names in ``study.by``, ``formal``, the number of
        organisations that perceive each mode (a column for each of `modes`), ``no answer``, and the shares of those
        who answered (``share of`` and the mode; NaN where nobody did).

    Raises
    ------
    ArgumentError
        A perception, or a formal mode, is none of `modes`; there is no formal mode for a network or an actor; or
        several networks hold the same answers of the same actors, as several relations do.
    ColumnError
        A network has no attribute `perceived`.

    Notes
    -----
    Perceptions belong to organisations and waves, not to relations. So a study of several relations is refused: pick
    one with ``study.select(relation=...)``. Ties are not read. O(n) time.

    Peers: none that we know of; in UCINET it is a cross-tabulation of two attributes.

    References
    ----------
    Provan, K. G. & Kenis, P. (2008). Modes of network governance: structure, management, and effectiveness. Journal of
    Public Administration Research and Theory 18, 229-252. https://doi.org/10.1093/jopart/mum015

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abc"), "perceived_mode": ["shared", "lead organisation", None]})
    >>> net = wn.Network.from_edges((["a"], ["b"]), actors)
    >>> wn.governance.confusion(net, formal="lead organisation")[["formal", "shared", "lead organisation", "no answer"]]
                  formal  shared  lead organisation  no answer
    0  lead organisation       1                  1          1
    """
    by, found = answers_of(net, perceived, formal, modes)
    rows: list[list[Any]] = []
    for one in found:
        for mode in modes:
            here = [given for given, said in zip(one.perceived, one.formal, strict=True) if said == mode]
            if here:
                counts = [here.count(other) for other in modes]
                answered = sum(counts)
                shares = [count / answered if answered else np.nan for count in counts]
                rows.append([*one.key, mode, *counts, len(here) - answered, *shares])
    names = [*by, "formal", *modes, "no answer", *(f"share of {mode}" for mode in modes)]
    return table_of(found[0].net, {name: [row[at] for row in rows] for at, name in enumerate(names)})


def accuracy(
    net: Network | Study,
    *,
    perceived: str = "perceived_mode",
    formal: Formal,
    modes: Sequence[str] = MODES,
    confidence: float = 0.95,
) -> IntoDataFrame:
    """Share of organisations that perceive the governance mode that is formally so.

    Parameters
    ----------
    net : Network or Study
        The network, or one for each place and wave.
    perceived : str
        The attribute with the mode that each organisation perceives; null where it did not answer.
    formal : str or mapping
        What is formally so: one mode; a mapping to modes from the keys of a study or from values in them, such as the
        municipality; or the name of an attribute.
    modes : sequence of str
        The modes there may be. Default: those of Provan and Kenis.
    confidence : float
        The probability that an interval should cover the truth.

    Returns
    -------
    table
        One row for each network: the names in ``study.by``, ``actors``, ``answered``, ``accurate`` (how many),
        ``share`` (accurate ÷ answered), ``lower`` and ``upper``; NaN where nobody answered.

    Raises
    ------
    ArgumentError
        A perception, or a formal mode, is none of `modes`; there is no formal mode for a network or an actor; or
        several networks hold the same answers of the same actors, as several relations do.
    ColumnError
        A network has no attribute `perceived`.

    Notes
    -----
    The interval is Wilson's: with a accurate of m and z the normal quantile,
    (a + z²/2 ± z·√(a·(m - a)/m + z²/4)) ÷ (m + z²). It takes the answers as independent of each other and as drawn from
    many more that might have been given; it does not know of those who did not answer, and not that all organisations
    were asked. O(n) time.

    Peers: statsmodels' ``proportion_confint`` with ``method="wilson"`` agrees.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22, 209-212. https://doi.org/10.1080/01621459.1927.10502953

    Provan, K. G. & Kenis, P. (2008). Modes of network governance: structure, management, and effectiveness. Journal of
    Public Administration Research and Theory 18, 229-252. https://doi.org/10.1093/jopart/mum015

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abc"), "perceived_mode": ["shared", "lead organisation", None]})
    >>> net = wn.Network.from_edges((["a"], ["b"]), actors)
    >>> wn.governance.accuracy(net, formal="lead organisation").round(2)
       actors  answered  accurate  share  lower  upper
    0       3         2         1    0.5   0.09   0.91
    """
    confidence = share(confidence, "confidence")
    by, found = answers_of(net, perceived, formal, modes)
    rows = []
    for one in found:
        accurate, answered = int(one.accurate.sum()), int(one.answered.sum())
        rows.append([*one.key, one.net.n_actors, answered, accurate, *wilson(accurate, answered, confidence)])
    names = [*by, "actors", "answered", "accurate", "share", "lower", "upper"]
    return table_of(found[0].net, {name: [row[at] for row in rows] for at, name in enumerate(names)})


def wilson(count: int, total: int, confidence: float) -> tuple[float, float, float]:
    """Give a share with Wilson's interval; NaN of nothing."""
    if not total:
        return np.nan, np.nan, np.nan
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = count + z * z / 2
    half = z * (count * (total - count) / total + z * z / 4) ** 0.5
    # At none or all the ends are 0 and 1, whatever rounding says.
    low = 0.0 if count == 0 else (middle - half) / (total + z * z)
    high = 1.0 if count == total else (middle + half) / (total + z * z)
    return count / total, low, high
