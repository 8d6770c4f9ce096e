"""Tables in files: CSV as spreadsheets write it, Parquet, and what is neither."""

import os
from pathlib import Path

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import errors
from wholenet.io import read_table, write_table


@pytest.fixture
def read(tmp_path):
    """Write bytes or text to a file and read it as columns of lists."""

    def reader(content, name="table.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        frame = nw.from_native(read_table(path, kind="pyarrow", **options), eager_only=True)
        return {column: frame[column].to_list() for column in frame.columns}

    return reader


# What spreadsheets write ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("last", [True, False])
def test_delimiters_and_line_endings(read, ending, delimiter, last):
    lines = [delimiter.join(cells) for cells in (("van", "naar", "uren"), ("a", "b", "2"), ("b", "c", "3"))]
    assert read(ending.join(lines) + ending * last) == {"van": ["a", "b"], "naar": ["b", "c"], "uren": [2, 3]}


def test_decimal_commas(read):
    content = "van;naar;uren;km\na;b;1,5;2\nb;c;-0,25;1e3\nc;d;,5;\n"
    assert read(content) == {
        "van": ["a", "b", "c"],
        "naar": ["b", "c", "d"],
        "uren": [1.5, -0.25, 0.5],
        "km": [2.0, 1000.0, None],
    }


def test_decimal_points_between_semicolons(read):
    assert read("a;b\n1.5;x\n2;y\n") == {"a": [1.5, 2.0], "b": ["x", "y"]}


def test_commas_in_text_are_no_decimal_commas(read):
    assert read("a;b\n1.5;x,y\n2;3,5 uur\n") == {"a": [1.5, 2.0], "b": ["x,y", "3,5 uur"]}


def test_decimal_can_be_given(read):
    assert read("a;b\n1,5;2\n", decimal=".") == {"a": ["1,5"], "b": [2]}
    assert read('a,b\n"1,5",2\n', decimal=",") == {"a": [1.5], "b": [2]}
    assert read('a,b\n"1,5",2\n') == {"a": ["1,5"], "b": [2]}


def test_thousands_separators_stay_text(read):
    assert read("a\n1.234,5\n2.000,0\n", delimiter=";") == {"a": ["1.234,5", "2.000,0"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks(read, encoding):
    assert read("naam;n\ncafé;1\n".encode(encoding)) == {"naam": ["café"], "n": [1]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf_8"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(read, encoding):
    assert list(read("naam;n\ncafé;1\n".encode("utf-8-sig"), encoding=encoding)) == ["naam", "n"]


def test_windows_1252_says_how_and_then_loads(read):
    content = "naam;n\nzorg;1\ncafé €;2\n".encode("windows-1252")
    with pytest.raises(errors.FormatError, match=r'not in utf-8: line 3 holds the byte 0xe9.*encoding="windows-1252"'):
        read(content)
    assert read(content, encoding="windows-1252") == {"naam": ["zorg", "café €"], "n": [1, 2]}


def test_utf_16_without_a_mark_says_how(read):
    content = "a;b\nx;y\n".encode("utf-16-le")
    with pytest.raises(errors.FormatError, match=r'null characters.*encoding="utf-16-le"'):
        read(content)
    assert read(content, encoding="utf-16-le") == {"a": ["x"], "b": ["y"]}


# What cells hold ------------------------------------------------------------------------------------------


def test_leading_zeros_stay_text(read):
    assert read("code,n\n007,7\n12,12\n") == {"code": ["007", "12"], "n": [7, 12]}
    assert read("code\n-01\n1\n") == {"code": ["-01", "1"]}
    assert read("share\n0.5\n0\n-0.25\n") == {"share": [0.5, 0.0, -0.25]}


def test_long_numbers_stay_text(read):
    digits = "12345678901234567890"
    assert read(f"code\n{digits}\n1\n") == {"code": [digits, "1"]}
    assert read("code\n999999999999999999\n-5\n") == {"code": [10**18 - 1, -5]}


def test_empty_cells_and_their_names(read):
    content = "a,b,c,d\n1,NA,x,true\n,2.5,NA,\nNaN,null,,FALSE\n"
    assert read(content) == {
        "a": [1, None, None],
        "b": [None, 2.5, None],
        "c": ["x", "NA", None],  # NA may be a label
        "d": [True, None, False],
    }


def test_a_column_without_cells_is_text(read):
    assert read("a,b\n1,\n2,\n")["b"] == [None, None]
    assert read("a,b\n") == {"a": [], "b": []}


def test_numbers_in_other_alphabets_and_infinities_stay_text(read):
    assert read("a,b\n١,inf\n٢,1\n") == {"a": ["١", "٢"], "b": ["inf", "1"]}


def test_quotes(read):
    content = 'name;n\n"Huis; arts ""De Brug""";1\n"two\nlines";2\n'
    assert read(content) == {"name": ['Huis; arts "De Brug"', "two\nlines"], "n": [1, 2]}


def test_blank_lines_are_passed_over(read):
    assert read("\n\na,b\n\n1,2\n\n") == {"a": [1], "b": [2]}


@pytest.mark.parametrize(("kind", "frame"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame), ("pyarrow", pa.Table)])
def test_kinds(tmp_path, kind, frame):
    (tmp_path / "a.CSV").write_text("a;b\n1;x\n", encoding="utf-8")
    assert isinstance(read_table(tmp_path / "a.CSV", kind=kind), frame)
    assert isinstance(read_table(str(tmp_path / "a.CSV")), pd.DataFrame)


# What can't be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,b\n1,2\n3\n", r"line 3: 1 cell, but the header has 2 .*separated by ','; pass delimiter="),
        (b"a,b\n1,2\n3,4,5\n", r"line 3: 3 cells, but the header has 2"),
        (b'a,b\n"x,2\n3,4\n', "truncated inside a quoted cell"),
        (b'a,b\n"x"y,2\n', r"line 2: "),
        (b"a,b,a\n1,2,3\n", "column 'a' more than once"),
        (b"a,b\n1,\0\n", "null characters"),
        (b"PK\x03\x04\x14\0\x06\0" + bytes(60), "null characters|not in utf-8"),
        (b"\xff\xfe\x00\xd8", "not in utf-16"),
        (b"\xff\xfea", "not in utf-16"),
    ],
)
def test_files_that_are_no_table(read, content, words):
    with pytest.raises(errors.FormatError, match=words) as caught:
        read(content)
    assert "table.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"decimal": ";"}, r'decimal must be "." or ","'),
        ({"delimiter": ";;"}, "delimiter must be one character"),
        ({"delimiter": ""}, "delimiter must be one character"),
        ({"delimiter": "\n"}, "delimiter must be one character"),
        ({"encoding": "latin-17"}, "no encoding 'latin-17'"),
        ({"encoding": "hex"}, "no encoding 'hex'"),
        ({"kind": "panda"}, "kind must be one of 'pandas', 'polars', 'pyarrow', but is 'panda'"),
    ],
)
def test_options_that_do_not_fit(tmp_path, options, words):
    (tmp_path / "a.csv").write_bytes(b"a;b\n1;2\n")
    with pytest.raises(errors.ArgumentError, match=words.replace("(", r"\(")):
        read_table(tmp_path / "a.csv", **options)


def test_another_encoding_that_does_not_fit_either(read):
    with pytest.raises(errors.FormatError, match=r"not in windows-1252.*pass another encoding="):
        read(b"a\n\x81\n", encoding="windows-1252")


def test_files_that_are_not_there_or_are_folders(tmp_path):
    with pytest.raises(errors.MissingFileError, match="there is no file"):
        read_table(tmp_path / "nowhere.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(errors.FileAccessError, match=r"folder\.csv can't be read: Is a directory"):
        read_table(tmp_path / "folder.csv")
    with pytest.raises(errors.ArgumentError, match=r"must end in .*save the sheet as CSV"):
        read_table(tmp_path / "table.xlsx")


def test_a_file_without_permission(tmp_path, monkeypatch):
    (tmp_path / "secret.csv").write_bytes(b"a\n1\n")

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(errors.FileAccessError, match=r"secret\.csv can't be read: Permission denied"):
        read_table(tmp_path / "secret.csv")


def test_a_parquet_file_cut_off_anywhere(tmp_path):
    write_table(pd.DataFrame({"a": range(50), "b": ["x"] * 50}), tmp_path / "whole.parquet")
    content = (tmp_path / "whole.parquet").read_bytes()
    for length in {0, 1, 4, 8, len(content) // 2, len(content) - 8, len(content) - 1}:
        (tmp_path / "cut.parquet").write_bytes(content[:length])
        with pytest.raises(errors.FormatError, match=r"cut\.parquet is not a whole Parquet file"):
            read_table(tmp_path / "cut.parquet")


def test_a_parquet_file_with_text_that_is_not_unicode(tmp_path):
    text = pa.StringArray.from_buffers(1, pa.array([0, 4], pa.int32()).buffers()[1], pa.py_buffer(b"caf\xe9"))
    pq.write_table(pa.table({"name": text}), tmp_path / "a.parquet")
    with pytest.raises(errors.FormatError, match="Invalid UTF8"):
        read_table(tmp_path / "a.parquet")


def test_a_parquet_file_with_a_column_twice(tmp_path):
    pq.write_table(pa.table([[1], [2]], names=["a", "a"]), tmp_path / "a.parquet")
    with pytest.raises(errors.FormatError, match="column 'a' more than once"):
        read_table(tmp_path / "a.parquet")


# Writing --------------------------------------------------------------------------------------------------

TABLE = {
    "name": ['gp; "x"', "é", "two\nlines", None],
    "code": ["007", "1", "NA", "x"],
    "size": [1.5, None, -3.0, 1e300],
    "count": [1, -2, 3, 4],
    "lead": [True, None, False, True],
}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_what_is_written_is_read_back(tmp_path, ending, make):
    path = tmp_path / f"table.{ending}"
    write_table(make(TABLE), path)
    frame = nw.from_native(read_table(path, kind="pyarrow"), eager_only=True)
    assert {name: frame[name].to_list() for name in frame.columns} == TABLE


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_row_numbers_of_pandas_are_not_written(tmp_path, ending):
    table = pd.DataFrame({"a": [1, 2, 3], "b": pd.Categorical(["x", "y", "x"])})
    write_table(table[table["a"] > 1], tmp_path / f"table.{ending}")
    assert read_table(tmp_path / f"table.{ending}").columns.tolist() == ["a", "b"]
    assert read_table(tmp_path / f"table.{ending}")["b"].tolist() == ["y", "x"]


def test_an_index_that_means_something_is_not_lost(tmp_path):
    with pytest.raises(errors.ArgumentError, match=r"index 'name'.*reset_index\(\)"):
        write_table(pd.DataFrame({"name": ["a"], "n": [1]}).set_index("name"), tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("table", "name", "error", "words"),
    [
        (pd.DataFrame({"a": [1]}), "a.ods", errors.ArgumentError, "must end in .csv, .parquet, .xlsx, .docx or .tex"),
        (pd.DataFrame({"a": [[1, 2]]}), "a.csv", errors.ArgumentError, "can't be written"),
        (pd.DataFrame({"a": pd.Series([1, "x"], dtype=object)}), "a.parquet", errors.ArgumentError, "can't be written"),
        ([1, 2], "a.csv", errors.ArgumentError, "must be a pandas, polars or pyarrow table"),
        (pd.DataFrame({"a": [1]}), "nowhere/a.csv", errors.MissingFileError, "no folder"),
    ],
)
def test_tables_that_can_not_be_written(tmp_path, table, name, error, words):
    with pytest.raises(error, match=words):
        write_table(table, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_crash_while_writing_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    write_table(pd.DataFrame({"a": [1]}), path)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        write_table(pd.DataFrame({"a": [2]}), path)
    assert read_table(path)["a"].tolist() == [1]
    assert len(list(tmp_path.iterdir())) == 1


# Laws -----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": st.one_of(
                    st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1)
                ),
                "number": st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
                "whole": st.integers(-(10**18) + 1, 10**18 - 1),
            }
        ),
        min_size=1,
    )
)
def test_any_table_survives_csv(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    table = pa.table(
        {
            "text": pa.array(["x", *(row["text"] for row in rows)], pa.string()),
            "number": pa.array([0.5, *(row["number"] for row in rows)], pa.float64()),
            "whole": pa.array([0, *(row["whole"] for row in rows)], pa.int64()),
        }
    )
    write_table(table, path)
    assert read_table(path, kind="pyarrow").to_pydict() == table.to_pydict()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["csv", "parquet"]))
def test_any_bytes_give_a_table_or_an_error_of_ours(tmp_path_factory, content, ending):
    path = tmp_path_factory.mktemp("any") / f"table.{ending}"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except wn.WholenetError as error:
        assert str(path) in str(error)  # noqa: PT017 (either outcome is right)
    else:
        assert isinstance(table, pd.DataFrame)
