"""Scorecards that are ready for use."""

from __future__ import annotations

from wholenet.survey.scales._scale import Scale, Scorecard

__all__ = ["integrated_youth_care", "partnership_trust_value"]

# Each factor: the stem of its columns, its name, three wordings, and which of them are asked the other way round.
FACTORS = (
    (
        "partners",
        "right partners",
        (
            "The organisations that children and families here need are part of our network.",
            "We know which organisation to turn to for which question.",
            "No organisation is missing that we can't do without.",
        ),
        (),
    ),
    (
        "agreements",
        "sound agreements",
        (
            "It is written down who does what for children and families.",
            "Organisations keep to what they have agreed.",
            "When an agreement does not work out, we change it together.",
        ),
        (),
    ),
    (
        "culture",
        "culture of working together",
        (
            "Organisations in our network trust each other's judgement.",
            "We can speak openly with each other about what goes wrong.",
            "Organisations put their own interest before that of the child.",
        ),
        (3,),
    ),
    (
        "direction",
        "direction at all levels",
        (
            "The municipality and the boards of organisations say clearly where integrated care should go.",
            "Managers give professionals the time and room to work together.",
            "For each child it is clear who is in the lead.",
        ),
        (),
    ),
    (
        "continuity",
        "continuity in complex care paths",
        (
            "When a child goes on to other care, somebody sees to it that the care goes on without a gap.",
            "Families with several problems keep one person to turn to.",
            "After care has ended we stay within reach.",
        ),
        (),
    ),
    (
        "knowledge",
        "use of knowledge on what works",
        (
            "We choose care by what is known to work.",
            "Organisations learn from each other's expertise.",
            "New professionals are taught what is known about good care.",
        ),
        (),
    ),
    (
        "evaluation",
        "systematic evaluation and improvement",
        (
            "We measure whether children and families are better off.",
            "We discuss results with each other at fixed times.",
            "What we learn from results changes how we work.",
        ),
        (),
    ),
    (
        "exchange",
        "information exchange in practice and law",
        (
            "We get the information that we need from other organisations in time.",
            "It is clear which information may be shared by law, and with whom.",
            "Rules on privacy keep us from helping a child well.",
        ),
        (3,),
    ),
)


def integrated_youth_care(*, least: int = 2) -> Scorecard:
    """Scorecard of eight success factors of integrated youth care, with three items each.

    Parameters
    ----------
    least : int
        How many of the three items of a factor a respondent has to answer to have a score: 1, 2 or 3.

    Returns
    -------
    Scorecard
        The factors right partners; sound agreements; culture of working together; direction at all levels; continuity
        in complex care paths; use of knowledge on what works; systematic evaluation and improvement; information
        exchange in practice and law. Items are answered from 1 (disagree) to 5 (agree), in columns ``partners_1`` to
        ``exchange_3``; ``culture_3`` and ``exchange_3`` are asked the other way round.

    Raises
    ------
    ArgumentError
        `least` is no whole number from 1 to 3.

    Notes
    -----
    The factors are those of Dutch programmes for integrated youth care. The wordings are ours and no validated
    instrument: look at `reliability` and `agreement` before anything is concluded from scores. ``.to_frame()`` is the
    codebook. Other items of the same factors are declared with `Scale` and `Scorecard`.

    Peers: none that we know of.

    Examples
    --------
    >>> import wholenet as wn
    >>> card = wn.survey.scales.integrated_youth_care()
    >>> card
    <Scorecard 'success factors of integrated youth care': 8 scales, 24 items>
    >>> card.scales[2]
    <Scale 'culture of working together': 3 items from 1 to 5, 1 reversed; a score needs 2>
    """
    scales = []
    for stem, name, wordings, turned in FACTORS:
        words = {f"{stem}_{place}": wording for place, wording in enumerate(wordings, 1)}
        scales.append(Scale(name, list(words), reversed=[f"{stem}_{one}" for one in turned], words=words, least=least))
    return Scorecard("success factors of integrated youth care", scales)


def partnership_trust_value(*, least: int = 2) -> Scorecard:
    """Scorecard of trust and value in partnerships, with three items each, after the PARTNER tool.

    Parameters
    ----------
    least : int
        How many of the three items of a scale have to be answered for a score: 1, 2 or 3.

    Returns
    -------
    Scorecard
        The scales trust (columns ``reliability``, ``mission``, ``open_to_discussion``) and value
        (``power_and_influence``, ``involvement``, ``resources``), answered from 1 (not at all) to 4 (a great deal).

    Raises
    ------
    ArgumentError
        `least` is no whole number from 1 to 3.

    Notes
    -----
    In surveys with the PARTNER tool respondents rate each of their partners, so that a row is the rating of one partner
    by one respondent. `reliability` reads such rows as they are; `agreement` with ``group=`` the partner that was rated
    tells whether those who rate it agree; and `scores` with ``organisation=`` that column gives the trust and value
    that each partner is seen to have. The wordings are ours.

    Peers: the PARTNER tool puts the same three indicators together to its trust and value scores.

    References
    ----------
    Varda, D. M., Chandra, A., Stern, S. A. & Lurie, N. (2008). Core dimensions of connectivity in public health
    collaboratives. Journal of Public Health Management and Practice 14, E1-E7.

    Varda, D. M. & Retrum, J. H. (2012). An exploratory analysis of network characteristics and quality of interactions
    among public health collaboratives. Journal of Public Health Research 1, 170-176.
    https://doi.org/10.4081/jphr.2012.e27

    Examples
    --------
    >>> import wholenet as wn
    >>> [scale.name for scale in wn.survey.scales.partnership_trust_value().scales]
    ['trust', 'value']
    """
    trust = {
        "reliability": "The organisation does what it says it will do.",
        "mission": "The organisation supports the mission that the network shares.",
        "open_to_discussion": "The organisation is open to frank discussion.",
    }
    value = {
        "power_and_influence": "The organisation has power and influence over what the network achieves.",
        "involvement": "The organisation is strongly involved in the network.",
        "resources": "The organisation brings resources into the network.",
    }
    return Scorecard(
        "trust and value in partnerships",
        [
            Scale(name, list(words), high=4, words=words, least=least)
            for name, words in (("trust", trust), ("value", value))
        ],
    )
