"""Qualitative comparative analyses that were published.

18 European countries between the wars: Rihoux & De Meur (2009) for crisp sets and Ragin (2009) for fuzzy ones, chapters
3 and 5 of Rihoux & Ragin (eds.), Configurational comparative methods, doi:10.4135/9781452226569. Women in the
parliaments of 22 countries: Krook (2010), doi:10.1111/j.1467-9248.2009.00833.x. Job security in 19 countries:
Emmenegger (2011), doi:10.1111/j.1475-6765.2010.01933.x; of the latter the truth table. The last two are worked
examples of Thiem & Dusa (2013), doi:10.32614/RJ-2013-009. Fits to three digits are those that R's QCA prints for these
tables, which it ships; those with all digits come from its version 3.25.
"""

import numpy as np
import pandas as pd
import pytest

from wholenet.compare import qca

# Published to three digits.
THREE = 6e-4
# Given with all digits.
EXACT = 1e-9

COUNTRIES = ["AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES", "SE", "UK"]
GNP = [720, 1098, 586, 468, 590, 983, 795, 390, 424, 662, 517, 1008, 350, 320, 331, 367, 897, 1038]
FUZZY = {
    "DEV": [0.81, 0.99, 0.58, 0.16, 0.58, 0.98, 0.89, 0.04, 0.07, 0.72, 0.34, 0.98, 0.02, 0.01, 0.01, 0.03, 0.95, 0.98],
    "URB": [0.12, 0.89, 0.98, 0.07, 0.03, 0.03, 0.79, 0.09, 0.16, 0.05, 0.10, 1.00, 0.17, 0.02, 0.03, 0.30, 0.13, 0.99],
    "LIT": [0.99, 0.98, 0.98, 0.98, 0.99, 0.99, 0.99, 0.13, 0.88, 0.98, 0.41, 0.99, 0.59, 0.01, 0.17, 0.09, 0.99, 0.99],
    "IND": [0.73, 1.00, 0.90, 0.01, 0.08, 0.81, 0.96, 0.36, 0.07, 0.01, 0.47, 0.94, 0.00, 0.11, 0.00, 0.21, 0.67, 1.00],
    "STB": [0.43, 0.98, 0.91, 0.91, 0.58, 0.95, 0.31, 0.43, 0.13, 0.95, 0.58, 0.99, 0.00, 0.01, 0.84, 0.20, 0.91, 0.98],
    "SURV": [
        0.05, 0.95, 0.89, 0.12, 0.77, 0.95, 0.05, 0.06, 0.42, 0.92, 0.05, 0.95, 0.12, 0.05, 0.21, 0.06, 0.95, 0.95
    ],
}  # fmt: skip
CONDITIONS = ["DEV", "URB", "LIT", "IND", "STB"]
CRISP = {
    "00000": "GR PT ES", "00001": "IT RO", "00100": "HU PL", "00101": "EE", "10101": "FI IE", "10110": "AU",
    "10111": "FR SE", "11110": "DE", "11111": "BE CZ NL UK",
}  # fmt: skip
SURVIVED = {"BE", "CZ", "FI", "FR", "IE", "NL", "SE", "UK"}


@pytest.fixture(scope="module")
def fuzzy():
    return pd.DataFrame(FUZZY).assign(country=COUNTRIES)


@pytest.fixture(scope="module")
def crisp():
    rows = {country: row for row, countries in CRISP.items() for country in countries.split()}
    data = pd.DataFrame({name: [int(rows[one][at]) for one in COUNTRIES] for at, name in enumerate(CONDITIONS)})
    return data.assign(country=COUNTRIES, SURV=[int(one in SURVIVED) for one in COUNTRIES])


def lipset(data, outcome="SURV", **settings):
    return qca.truth_table(data, outcome=outcome, conditions=CONDITIONS, cases="country", **settings)


def terms(solution):
    return [set(model.terms) for model in solution.models]


# Calibration ----------------------------------------------------------------------------------------------


def test_ragins_calibration_of_development():
    """Fully out at 400, crossover 550, fully in at 900 dollars a head."""
    found = qca.calibrate(GNP, out=400, crossover=550, full=900)
    # Finland: .5851, printed as .58.
    np.testing.assert_allclose(found, FUZZY["DEV"], atol=0.0052)


def test_the_fuzzy_sets_are_the_crisp_ones_from_half_on(fuzzy, crisp):
    pd.testing.assert_frame_equal((fuzzy[CONDITIONS] > 0.5).astype(int), crisp[CONDITIONS])


# Lipset, crisp --------------------------------------------------------------------------------------------


def test_contradictions_of_four_conditions(crisp):
    """With a threshold of 600 dollars and without stability three configurations have both outcomes."""
    data = crisp.assign(DEV=[int(gnp >= 600) for gnp in GNP])
    found = qca.truth_table(data, outcome="SURV", conditions=CONDITIONS[:4], cases="country")
    rows = {number: (code, cases) for number, code, cases in zip(found.numbers.tolist(), found.codes, found.cases,
                                                                 strict=True)}  # fmt: skip
    assert rows == {
        8: ("1", ("CZ",)), 11: ("1", ("IE",)), 1: ("0", ("GR", "IT", "PT", "RO", "ES")),
        3: ("C", ("EE", "FI", "HU", "PL")), 12: ("C", ("AU", "FR", "SE")), 16: ("C", ("BE", "DE", "NL", "UK")),
    }  # fmt: skip


def test_survival_of_democracy_crisp(crisp):
    """GNPCAP*LITERACY*GOVSTAB*(INDLAB + urbaniza), and with remainders GNPCAP*GOVSTAB."""
    table = lipset(crisp)
    found = qca.minimize(table)
    assert terms(found) == [{"DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"}]
    assert (found.models[0].consistency, found.models[0].coverage) == (1, 1)
    assert qca.factorize(found) == ("DEV*LIT*STB*(~URB + IND)",)
    short = qca.minimize(table, solution="parsimonious")
    assert terms(short) == [{"DEV*STB"}]
    assert short.models[0].assumptions == (18, 20, 26, 28, 30)


def test_breakdown_of_democracy_crisp(crisp):
    """gnpcap*urbaniza*indlab + GNPCAP*LITERACY*INDLAB*govstab, and with remainders gnpcap + govstab."""
    table = lipset(crisp, "~SURV")
    assert terms(qca.minimize(table)) == [{"~DEV*~URB*~IND", "DEV*LIT*IND*~STB"}]
    found = qca.minimize(table, solution="parsimonious")
    assert terms(found) == [{"~DEV", "~STB"}]
    np.testing.assert_allclose(found.models[0].fits, [[1, 1, 0.8, 0.3], [1, 1, 0.7, 0.2]], atol=EXACT)


# Lipset, fuzzy --------------------------------------------------------------------------------------------


def test_survival_of_democracy_fuzzy(fuzzy):
    """Consistency from .7 on, as Ragin has it."""
    table = lipset(fuzzy, consistency=0.7)
    found = qca.minimize(table).models
    assert [model.terms for model in found] == [("DEV*~URB*LIT*STB", "DEV*LIT*IND*STB")]
    np.testing.assert_allclose(found[0].fits, [[0.809, 0.761, 0.433, 0.196], [0.843, 0.821, 0.622, 0.385]], atol=THREE)
    np.testing.assert_allclose(overall(found[0]), [0.871, 0.851, 0.818], atol=THREE)
    assert found[0].cases == (("FI", "FR", "IE", "SE"), ("BE", "CZ", "FR", "NL", "SE", "UK"))
    short = qca.minimize(table, solution="parsimonious").models
    assert [model.terms for model in short] == [("DEV*STB",)]
    np.testing.assert_allclose(overall(short[0]), [0.869, 0.848, 0.824], atol=THREE)
    between = qca.minimize(table, solution="intermediate", expectations=dict.fromkeys(CONDITIONS, 1)).models
    assert [model.terms for model in between] == [("DEV*LIT*STB",)]
    np.testing.assert_allclose(overall(between[0]), [0.869, 0.848, 0.824], atol=THREE)


def overall(model):
    return [model.consistency, model.pri, model.coverage]


def test_survival_of_democracy_with_all_digits(fuzzy):
    """Consistency from .8 on: rows, three solutions, and one easy counterfactual of twelve assumptions."""
    table = lipset(fuzzy)
    rows = dict(zip(table.numbers.tolist(), zip(table.consistency, table.pri, strict=True), strict=True))
    expected = {
        32: (0.904205607476635, 0.885793871866295), 22: (0.804270462633452, 0.719387755102041),
        24: (0.7087719298245621, 0.634361233480176), 6: (0.528571428571429, 0.228070175438597),
        5: (0.520900321543409, 0.113095238095238), 31: (0.445255474452555, 0.0499999999999999),
        23: (0.378205128205128, 0.0396039603960395), 2: (0.278026905829596, 0), 1: (0.215976331360947, 0),
    }  # fmt: skip
    assert rows.keys() == expected.keys()
    np.testing.assert_allclose([rows[number] for number in expected], list(expected.values()), atol=EXACT)
    model = qca.minimize(table).models[0]
    assert model.terms == ("DEV*URB*LIT*IND*STB", "DEV*~URB*LIT*~IND*STB")
    expected_fits = [
        [0.9042056074766355, 0.8857938718662952, 0.454225352112676, 0.3931924882629108],
        [0.8042704626334523, 0.7193877551020412, 0.2652582159624414, 0.2042253521126761],
    ]
    np.testing.assert_allclose(model.fits, expected_fits, atol=EXACT)
    short = qca.minimize(table, solution="parsimonious").models[0]
    assert (short.terms, len(short.assumptions)) == (("DEV*~IND", "URB*STB"), 12)
    expected_fits = [
        [0.8148148148148149, 0.7208121827411167, 0.2840375586854459, 0.1936619718309858],
        [0.8737672583826429, 0.8454106280193235, 0.5199530516431925, 0.4295774647887324],
    ]
    np.testing.assert_allclose(short.fits, expected_fits, atol=EXACT)
    between = qca.minimize(table, solution="intermediate", expectations=dict.fromkeys(CONDITIONS, 1)).models
    assert [(set(one.terms), one.assumptions) for one in between] == [({"DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"}, (30,))]


def test_parameters_of_fit(fuzzy):
    found = qca.sufficiency(fuzzy, outcome="SURV", terms=["DEV*URB", "DEV*~URB"])
    expected = [
        [0.8133874239350914, 0.7761557177615573, 0.4706572769953052],
        [0.7449799196787148, 0.6856435643564355, 0.4354460093896713],
    ]
    np.testing.assert_allclose(found.iloc[:2, 1:4].astype(float), expected, atol=EXACT)
    found = qca.necessity(fuzzy, outcome="SURV", conditions=["DEV", "LIT"], unions="DEV + URB").set_index("condition")
    expected = [
        [0.8309859154929577, 0.7746170678336981, 0.8113553113553114],
        [0.9906103286384976, 0.6428027418126427, 0.5094142259414226],
        [0.8990610328638499, 0.7539370078740159, 0.7582205029013538],
    ]
    np.testing.assert_allclose(found.loc[["DEV", "LIT", "DEV + URB"]], expected, atol=EXACT)


# Women in parliament --------------------------------------------------------------------------------------

REPRESENTED = {
    "00010": ("CA US", 0), "00011": ("NZ", 1), "01000": ("IT", 0), "01010": ("AU GB FR IE", 0), "01011": ("DE", 1),
    "10001": ("LU", 0), "10100": ("FI", 1), "10111": ("DK", 1), "11000": ("CH PT GR", 0), "11001": ("AT", 1),
    "11010": ("ES", 1), "11011": ("NL BE", 1), "11100": ("SE", 1), "11111": ("NO IS", 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def krook():
    names = ["ES", "QU", "WS", "WM", "LP"]
    rows = [(row, one, outcome) for row, (cases, outcome) in REPRESENTED.items() for one in cases.split()]
    data = pd.DataFrame({name: [int(row[at]) for row, _, _ in rows] for at, name in enumerate(names)})
    data = data.assign(WNP=[outcome for *_, outcome in rows], country=[one for _, one, _ in rows])
    return lambda outcome: qca.truth_table(data, outcome=outcome, conditions=names, cases="country")


def test_women_in_parliament(krook):
    assert terms(qca.minimize(krook("WNP"))) == [
        {"~ES*~WS*WM*LP", "ES*QU*~WS*WM", "ES*QU*~WS*LP", "ES*WS*~WM*~LP", "ES*WS*WM*LP"}
    ]
    assert terms(qca.minimize(krook("~WNP"))) == [{"~ES*~WS*WM*~LP", "QU*~WS*~WM*~LP", "ES*~QU*~WS*~WM*LP"}]


def test_women_in_parliament_has_two_models(krook):
    """WS + ES*WM + QU*LP + (~ES*LP or WM*LP), with its chart, coverages and assumptions."""
    found = qca.minimize(krook("WNP"), solution="parsimonious")
    shared = {"WS", "ES*WM", "QU*LP"}
    assert {frozenset(one) for one in terms(found)} == {frozenset({*shared, "~ES*LP"}), frozenset({*shared, "WM*LP"})}
    chart = {
        "WS": (21, 24, 29, 32), "~ES*LP": (4, 12), "ES*WM": (24, 27, 28, 32), "QU*LP": (12, 26, 28, 32),
        "WM*LP": (4, 12, 24, 28, 32), "ES*~QU*~LP": (21,), "~QU*~WM*~LP": (21,),
    }  # fmt: skip
    assert dict(zip(found.implicants, found.chart, strict=True)) == chart
    assert set(found.essential) == shared
    fits = {
        term: (model.terms, fit) for model in found.models for term, fit in zip(model.terms, model.fits, strict=True)
    }
    raw = {"WS": 0.455, "ES*WM": 0.545, "QU*LP": 0.545, "~ES*LP": 0.182, "WM*LP": 0.636}
    assert {term: round(fit[2], 3) for term, (_, fit) in fits.items()} == raw
    assert {round(fits[term][1][3], 3) for term in ("~ES*LP", "WM*LP")} == {0.091}
    used = {frozenset(model.terms) - shared: model.assumptions for model in found.models}
    assert used[frozenset({"~ES*LP"})] == (2, 5, 6, 7, 8, 10, 13, 14, 15, 16, 19, 20, 22, 23, 30, 31)
    assert used[frozenset({"WM*LP"})] == (5, 6, 7, 8, 10, 13, 14, 15, 16, 19, 20, 22, 23, 30, 31)


# Job security ---------------------------------------------------------------------------------------------

SECURE = {"011010": 1, "100100": 1, "101110": 1, "101111": 1, "110111": 1, "111111": 1}
INSECURE = ("000001", "000100", "001001", "010011", "011000", "100000", "111000")


def test_job_security():
    """From the rows of the truth table: two parsimonious models, and one intermediate that follows from both."""
    names = list("SCLRPV")
    rows = {**SECURE, **dict.fromkeys(INSECURE, 0)}
    data = pd.DataFrame({name: [int(row[at]) for row in rows] for at, name in enumerate(names)})
    table = qca.truth_table(data.assign(JSR=list(rows.values())), outcome="JSR", conditions=names)
    found = qca.minimize(table, solution="parsimonious")
    assert {frozenset(one) for one in terms(found)} == {frozenset({"S*R", "L*P"}), frozenset({"S*R", "P*~V"})}
    expectations = {"S": 1, "C": 1, "L": 1, "R": 1, "P": 1, "V": 0}
    between = qca.minimize(table, solution="intermediate", expectations=expectations)
    assert terms(between) == [{"S*R*~V", "S*C*R*P", "S*L*R*P", "C*L*P*~V"}]
    assert between.models[0].assumptions == (31, 39, 45, 53, 55, 59, 61, 63)
    chart = {"S*R*~V": (37, 47), "S*C*R*P": (56, 64), "S*L*R*P": (47, 48, 64), "C*L*P*~V": (27,)}
    assert dict(zip(between.implicants, between.chart, strict=True)) == chart
