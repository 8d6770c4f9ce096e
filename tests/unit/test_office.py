"""Tables for people: Excel and Word read back by their libraries, LaTeX by its structure."""

import datetime as dt
import re
import sys
from decimal import Decimal

import docx
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import errors
from wholenet.io import _xlsx, write_table
from wholenet.io._latex import escaped
from wholenet.io._sheet import Column

TABLE = {
    "organisation": ["GP & co", "School_1", None, "=1+1"],
    "degree_in": [3, 12, None, 0],
    "mean_value": [0.12345, -2.5, None, 0.00004],
    "lead": [True, False, None, True],
}
# Excel keeps 15 digits; openpyxl writes 16.
KEPT = 1e-15
KINDS = pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])


def sheet_of(path):
    return openpyxl.load_workbook(path).active


def cells_of(path, number=0):
    return [[cell.text for cell in row.cells] for row in docx.Document(path).tables[number].rows]


# Cells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "digits", "wanted"),
    [
        ([1, 20, None], 3, ["1", "20", "–"]),
        ([1.0, 20.0, np.nan], 3, ["1", "20", "–"]),
        ([0.12345, 20.0], 3, ["0.123", "20.000"]),
        ([0.5, 2.7], 0, ["< 1", "3"]),
        ([0.0, 0.0004, -0.0004, 0.0005001, -1.5], 3, ["0.000", "< 0.001", "> −0.001", "0.001", "−1.500"]),
        ([np.inf, -np.inf, 1.0], 2, ["∞", "−∞", "1.00"]),
        ([1e20, 0.5], 3, ["1.000e+20", "0.500"]),
        ([10**30], 3, ["1" + "0" * 30]),
        ([Decimal("1.25"), Decimal("NaN")], 1, ["1.2", "–"]),
        ([True, None, np.zeros(1, dtype=bool)[0]], 3, ["yes", "–", "no"]),
        (["a", 1.5], 1, ["a", "1.5"]),
        ([dt.date(2019, 4, 1)], 3, ["2019-04-01"]),
        ([None, None], 3, ["–", "–"]),
    ],
)
def test_how_cells_are_shown(values, digits, wanted):
    assert Column.of("x", values, digits).texts() == wanted


def test_headers_in_words():
    assert Column.of("degree_in", [], 3).header == "Degree in"
    assert Column.of("E-I", [], 3).header == "E-I"


# Excel ----------------------------------------------------------------------------------------------------


@KINDS
def test_excel_keeps_numbers_and_text(tmp_path, kind):
    path = tmp_path / "table.xlsx"
    write_table(kind(TABLE), path, title="Degrees, wave 1", note=["One.", "=Two."])
    page = sheet_of(path)
    assert [[cell.value for cell in row] for row in page.iter_rows(max_row=6)] == [
        ["Degrees, wave 1", None, None, None],
        ["Organisation", "Degree in", "Mean value", "Lead"],
        ["GP & co", 3, 0.12345, True],
        ["School_1", 12, -2.5, False],
        [None, None, None, None],
        ["=1+1", 0, 0.00004, True],
    ]
    assert [page.cell(row, 1).value for row in (8, 9)] == ["One.", "=Two."]
    assert [page.cell(3, column).data_type for column in range(1, 5)] == ["s", "n", "n", "b"]
    assert [page.cell(3, column).number_format for column in range(1, 5)] == ["General", "0", "0.000", "General"]
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    assert page.cell(2, 2).alignment.horizontal == "right"
    assert page.cell(2, 1).font.bold


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-x", "@you", '=HYPERLINK("http://x")', "#N/A", "\tx", "=", "1"])
def test_text_is_no_formula(tmp_path, text):
    path = tmp_path / "table.xlsx"
    write_table(pd.DataFrame({"=name": [text]}), path, title=text)
    page = sheet_of(path)
    # A reader of the file sees a text cell: `data_type` "f" would be a formula, "e" an error.
    assert [page.cell(row, 1).data_type for row in (1, 2, 3)] == ["s", "s", "s"]
    assert page.cell(3, 1).value == text
    assert page.cell(3, 1).quotePrefix == (text[0] in "=+-@\t")
    assert "<f>" not in zipped(path, "xl/worksheets/sheet1.xml")


def zipped(path, name):
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return archive.read(name).decode()


def test_what_excel_has_no_number_for_is_text(tmp_path):
    path = tmp_path / "table.xlsx"
    zone = dt.datetime(2019, 4, 1, 12, tzinfo=dt.UTC)
    table = pd.DataFrame(
        {
            "big": [10**15 + 1, 10**15 - 1],
            "infinite": [np.inf, 0.5],
            "huge": [1.5e308, 0.5],
            "day": [dt.date(2019, 4, 1), dt.date(1899, 4, 1)],
            "moment": [zone, zone],
            "when": [dt.datetime(2019, 4, 1, 12), None],  # noqa: DTZ001 (without a zone is what is tested)
        }
    )
    write_table(table, path)
    page = sheet_of(path)
    assert [cell.value for cell in page[2]] == [
        "1000000000000001",
        "inf",
        "1.5e+308",
        dt.datetime(2019, 4, 1),  # noqa: DTZ001 (Excel knows no zones)
        "2019-04-01 12:00:00+00:00",
        dt.datetime(2019, 4, 1, 12),  # noqa: DTZ001 (the same)
    ]
    assert [page.cell(3, column).value for column in (1, 2, 4)] == [10**15 - 1, 0.5, "1899-04-01"]


def test_a_sheet_has_its_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(_xlsx, "MOST_ROWS", 5)
    write_table(pd.DataFrame({"a": [1, 2]}), tmp_path / "a.xlsx", title="A")
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(errors.ArgumentError, match="holds 5 rows and 16,384 columns, and this table has 3 and 1"):
        write_table(pd.DataFrame({"a": [1, 2, 3]}), tmp_path / "a.xlsx", title="A")
    with pytest.raises(errors.ArgumentError, match="32,767 characters, and A2 would have 40,000"):
        write_table(pd.DataFrame({"a": ["x" * 40_000]}), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


# Word -----------------------------------------------------------------------------------------------------


@KINDS
def test_word_gets_a_table_with_a_caption(tmp_path, kind):
    path = tmp_path / "table.docx"
    write_table(kind(TABLE), path, title="Degrees & values", note="Source: example.", digits=2)
    assert cells_of(path) == [
        ["Organisation", "Degree in", "Mean value", "Lead"],
        ["GP & co", "3", "0.12", "yes"],
        ["School_1", "12", "−2.50", "no"],
        ["–", "–", "–", "–"],
        ["=1+1", "0", "< 0.01", "yes"],
    ]
    document = docx.Document(path)
    caption, note = document.paragraphs
    assert caption.style.name == "Caption"
    assert caption.text.startswith("Table ")
    assert caption.text.endswith(". Degrees & values")
    assert caption._p.find(qn("w:fldSimple")).get(qn("w:instr")).split() == ["SEQ", "Table", "\\*", "ARABIC"]
    assert note.text == "Source: example."
    rows = document.tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * 4
    assert [str(cell.paragraphs[0].alignment).split()[0] for cell in rows[1].cells] == [
        "LEFT",
        "RIGHT",
        "RIGHT",
        "LEFT",
    ]
    assert rows[0].cells[0].paragraphs[0].runs[0].bold
    # Caption, table, note: in this order.
    assert [one.tag.split("}")[1] for one in document.element.body] == ["p", "tbl", "p", "sectPr"]


def test_a_wide_table_lies_on_its_side(tmp_path):
    path = tmp_path / "table.docx"
    write_table(pd.DataFrame({f"column_{place}": [place] for place in range(20)}), path)
    document = docx.Document(path)
    page = document.sections[0]
    assert page.page_width > page.page_height
    inside = page.page_width - page.left_margin - page.right_margin
    assert sum(cell.width for cell in document.tables[0].rows[0].cells) <= inside
    with pytest.raises(errors.ArgumentError, match="63 columns"):
        write_table(pd.DataFrame({f"column_{place}": [place] for place in range(64)}), path)


def test_documents_name_no_author(tmp_path):
    write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.docx", title="T")
    about = docx.Document(tmp_path / "a.docx").core_properties
    assert (about.author, about.comments, about.title) == ("wholenet", "", "T")
    assert abs(about.created.replace(tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


# LaTeX ----------------------------------------------------------------------------------------------------


def test_latex(tmp_path):
    path = tmp_path / "table.tex"
    write_table(pd.DataFrame(TABLE), path, title="50% & more", note=("x_1", "y"))
    assert path.read_text(encoding="utf-8").splitlines() == [
        r"% needs \usepackage{booktabs}",
        r"\begin{table}[htbp]",
        r"\centering",
        r"\caption{50\% \& more}",
        r"\begin{tabular}{lrrl}",
        r"\toprule",
        r"Organisation & Degree in & Mean value & Lead \\",
        r"\midrule",
        r"GP \& co & 3 & 0.123 & yes \\",
        r"School\_1 & 12 & $-$2.500 & no \\",
        r"– & – & – & – \\",
        r"=1+1 & 0 & \textless{} 0.001 & yes \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\smallskip",
        r"{\footnotesize x\_1\par}",
        r"{\footnotesize y\par}",
        r"\end{table}",
    ]


def test_a_long_table_repeats_its_header(tmp_path):
    path = tmp_path / "table.tex"
    write_table(pd.DataFrame({"a": range(41)}), path, title="Long")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == r"% needs \usepackage{booktabs,longtable}"
    assert lines.count(r"A \\") == 2
    assert lines.index(r"\endfirsthead") < lines.index(r"\endhead") < lines.index(r"0 \\")
    assert lines[2] == r"\caption{Long} \\"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\\b", r"a\textbackslash{}b"),
        ("{x}~^", r"\{x\}\textasciitilde{}\textasciicircum{}"),
        ("[1] *", "{[}1] {*}"),
        ("a--b---c", "a-{}-b-{}-{}-c"),
        ("two\nlines\t", "two lines"),
        ('"$#|<>', r"\textquotedbl{}\$\#\textbar{}\textless{}\textgreater{}"),
    ],
)
def test_what_latex_would_read_as_a_command(text, wanted):
    assert escaped(text) == wanted


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_no_text_breaks_out_of_its_cell(text):
    made = escaped(text)
    bare = re.sub(
        r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textquotedbl)\{\}", "", made
    )
    bare = bare.replace(r"$\infty$", "").replace("$-$", "").replace("{[}", "").replace("{*}", "").replace("{}", "")
    bare = re.sub(r"\\[&%$#_{}]", "", bare)
    assert not set(bare) & set("\\&%$#_{}~^")


# All of them ----------------------------------------------------------------------------------------------

PRINTED = pytest.mark.parametrize("ending", ["xlsx", "docx", "tex"])


@PRINTED
@pytest.mark.parametrize(
    ("table", "options", "error", "words"),
    [
        ({"a": ["x\0"]}, {}, errors.ArgumentError, r"column 'a', row 0, holds the control character '\\x00'"),
        ({"a\x01": ["x"]}, {}, errors.ArgumentError, "name of the column"),
        ({"a": [[1, 2]]}, {}, errors.ArgumentError, r"column 'a' holds list values \(row 0\)"),
        ({"a": [1]}, {"title": 3}, errors.ArgumentError, "title must be text"),
        ({"a": [1]}, {"note": [3]}, errors.ArgumentError, "each line of note must be text"),
        ({"a": [1]}, {"note": "\x02"}, errors.ArgumentError, "note holds the control character"),
        ({"a": [1]}, {"digits": -1}, errors.ArgumentError, "from 0 to 15"),
        ({"a": [1]}, {"digits": True}, errors.ArgumentError, "from 0 to 15"),
        ({}, {}, errors.ArgumentError, "no columns"),
    ],
)
def test_what_can_not_be_written(tmp_path, ending, table, options, error, words):
    with pytest.raises(error, match=words):
        write_table(pd.DataFrame(table), tmp_path / f"a.{ending}", **options)
    assert not list(tmp_path.iterdir())


@PRINTED
def test_tables_without_rows_and_folders_that_are_not_there(tmp_path, ending):
    write_table(pd.DataFrame({"a": pd.Series([], dtype=str)}), tmp_path / f"a.{ending}", title="None", note="None")
    assert (tmp_path / f"a.{ending}").stat().st_size
    with pytest.raises(errors.MissingFileError):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "nowhere" / f"a.{ending}")
    with pytest.raises(errors.ArgumentError, match="index 'name'"):
        write_table(pd.DataFrame({"name": ["a"], "n": [1]}).set_index("name"), tmp_path / f"a.{ending}")


@pytest.mark.parametrize("options", [{"title": "x"}, {"note": "x"}, {"digits": 2}])
def test_files_for_programs_hold_the_data_alone(tmp_path, options):
    with pytest.raises(errors.ArgumentError, match="read by people"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.csv", **options)


@pytest.mark.parametrize(
    ("ending", "module", "package"), [("xlsx", "openpyxl", "openpyxl"), ("docx", "docx", "python-docx")]
)
def test_a_library_that_is_not_there_is_named(tmp_path, monkeypatch, ending, module, package):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(errors.DependencyError, match=f"pip install {package}"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / f"a.{ending}")


def test_the_tables_of_the_bundled_study(tmp_path):
    study = wn.datasets.youth_care().select(municipality="Elzerveen", wave=1)
    table = wn.table(study, {"density": wn.cohesion.density, "isolates": wn.cohesion.isolates})
    for ending in ("xlsx", "docx", "tex"):
        write_table(table, tmp_path / f"a.{ending}", title="Density", note=next(iter(study.values())).recipe)
    assert [row[3:] for row in cells_of(tmp_path / "a.docx")] == [
        ["Density", "Isolates"],
        *[[f"{row.density:.3f}", str(int(row.isolates))] for row in table.itertuples()],
    ]
    page = sheet_of(tmp_path / "a.xlsx")
    found = [page.cell(row, 4).value for row in range(3, 3 + len(table))]
    assert found == pytest.approx(table["density"].tolist(), rel=KEPT, abs=0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), min_size=1)
    ),
    st.lists(st.floats(-1e300, 1e300, allow_subnormal=False)),
)
def test_any_table_survives_excel(tmp_path_factory, texts, numbers):
    path = tmp_path_factory.mktemp("office") / "a.xlsx"
    rows = min(len(texts), len(numbers))
    columns = {"text": pa.array(texts[:rows], pa.string()), "number": pa.array(numbers[:rows], pa.float64())}
    write_table(pa.table(columns), path)
    page = sheet_of(path)
    assert [page.cell(row + 2, 1).value for row in range(rows)] == texts[:rows]
    assert [page.cell(row + 2, 2).value for row in range(rows)] == pytest.approx(numbers[:rows], rel=KEPT, abs=0)
