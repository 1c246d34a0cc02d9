"""Tables of text: encodings, separators, quotes, and what is no table at all."""

import csv
import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.errors import BadFile
from crm.intake.broken_quotes import split
from crm.intake.csv_repair import MOST_IN_ROW
from crm.intake.decoding import decoded
from crm.intake.readers import MOST_IN_CELL, Table, named

ROWS = [
    ["1", "Größe für São Paulo", 'She said "ça va";\nthen, left', "Email"],
    ["2", "", "zażółć — naïve ’quotes’", "Call"],
    ["3", "tab\there", "  spaces kept  ", "Task"],
]
HEADER = ["hs_object_id", "crm_subject", "crm_description", "crm_subtype"]


def quoted(rows: list[list[str]], mark: str) -> str:
    return "".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


def table_of(tmp_path: Path, data: bytes | str, name: str = "t.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Table.open(path)


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells) for row in table.rows()]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_with_every_separator(tmp_path: Path, encoding: str, mark: str) -> None:
    table = table_of(tmp_path, quoted([HEADER, *ROWS], mark).encode(encoding))
    assert table.header == tuple(HEADER)
    assert table.separator == mark
    assert cells(table) == ROWS


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cp1252_is_told_from_utf8(tmp_path: Path, mark: str) -> None:
    rows = [["1", "Größe", "Spaß“ – „gut“ ’n’ €5", "Email"], ["2", "déjà", "À bientôt !", "Call"]]
    table = table_of(tmp_path, quoted([HEADER, *rows], mark).encode("cp1252"))
    assert table.bytes.encoding == "cp1252"
    assert cells(table) == rows


def test_a_stray_byte_does_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\nMünchen,Zürich\nKöln,".encode() + b"caf\xe9\n")
    assert cells(table) == [["München", "Zürich"], ["Köln", "café"]]
    assert table.bytes.rescued == 1


def test_bytes_that_no_encoding_knows_are_kept_apart(tmp_path: Path) -> None:
    assert cells(table_of(tmp_path, b"a,b\n\x81\xe9,\x9d\xe8\n")) == [["\x81é", "\x9dè"]]


def test_a_utf16_file_cut_in_the_middle_of_a_letter_is_read(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,xy".encode("utf-16") + b"\x41")
    assert cells(table)[0][0] == "1"


def test_quoted_newlines_of_all_kinds(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'a,b\r\n"one\r\ntwo\rthree\nfour",x\r\n2,y\r\n')
    assert cells(table) == [["one\r\ntwo\rthree\nfour", "x"], ["2", "y"]]
    assert [row.line for row in table.rows()] == [2, 6]


def test_nul_characters_are_left_out(tmp_path: Path) -> None:
    assert cells(table_of(tmp_path, "a,b\none\0two,\0\n3,4\n")) == [["onetwo", ""], ["3", "4"]]


def test_blank_lines_and_a_separator_line_are_no_rows(tmp_path: Path) -> None:
    table = table_of(tmp_path, "\n\nsep=;\na;b,c\n\n1;2\n   \n3;4\n\n")
    assert table.header == ("a", "b,c")
    assert [(row.line, row.number, row.cells) for row in table.rows()] == [(6, 1, ("1", "2")), (8, 2, ("3", "4"))]


def test_columns_with_one_name_and_with_none_stay_apart(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Name,Name,,x\na,b,c,d\n")
    row = next(table.rows())
    assert named(table, row) == {"Name": "a", "Name (2)": "b", "column 3": "c", "x": "d"}


def test_a_row_with_cells_missing_is_broken_and_one_with_empty_ones_more_is_not(tmp_path: Path) -> None:
    rows = list(table_of(tmp_path, "a,b,c\n1,2\n1,2,3,,\n1,2,3,4\n").rows())
    assert [row.broken for row in rows] == [
        "This row has 2 cells where the header has 3 columns: a quote or a separator is missing.",
        "",
        "This row has 4 cells where the header has 3 columns: a quote or a separator is missing.",
    ]
    assert rows[1].cells == ("1", "2", "3")


def test_a_quote_never_closed_keeps_the_rows_before_it(tmp_path: Path) -> None:
    rows = list(table_of(tmp_path, 'a,b\n1,x\n2,"open\n3,y\n4,z\n').rows())
    assert [row.cells for row in rows[:1]] == [("1", "x")]
    assert len(rows) == 2
    assert rows[1].line == 3
    assert rows[1].broken.startswith("The quote that opens on line 3 is never closed")


def test_a_quote_never_closed_loses_one_row_when_the_next_ones_show_themselves(tmp_path: Path) -> None:
    text = 'a,b,c\n"1","x","Email"\n"2","open,Email\n"3","y","Call"\n"4","z","Task"\n'
    rows = list(table_of(tmp_path, text).rows())
    assert [(row.line, row.cells[0], bool(row.broken)) for row in rows] == [
        (2, "1", False),
        (3, "2", True),
        (4, "3", False),
        (5, "4", False),
    ]
    assert "line 3" in rows[1].broken


def test_a_quote_that_opens_below_the_start_of_its_row_is_named_by_its_own_line(tmp_path: Path) -> None:
    rows = list(table_of(tmp_path, 'a,b\n"one\ntwo","open\n').rows())
    assert rows[0].line == 2
    assert "line 3" in rows[0].broken


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('1,"He said "hi" to me",x', ("1", 'He said "hi" to me', "x")),
        ('1,"""quoted""",x', ("1", '"quoted"', "x")),
        ('1,5" pipe,x', ("1", '5" pipe', "x")),
        ('1,"a ""b"" "c" d",x', ("1", 'a "b" "c" d', "x")),
    ],
)
def test_sloppy_quotes_are_read_as_they_are_meant(tmp_path: Path, typed: str, meant: tuple[str, ...]) -> None:
    rows = list(table_of(tmp_path, f"a,b,c\n{typed}\n2,after,y\n").rows())
    assert [(row.cells, row.broken) for row in rows] == [(meant, ""), (("2", "after", "y"), "")]


def test_split_reads_what_a_strict_reader_reads() -> None:
    found = split('a,"b,\n""c""",\r\nnext', ",")
    assert (found.cells, found.end, found.open_at, found.suspect) == (("a", 'b,\n"c"', ""), 15, -1, -1)


def test_a_cell_of_fifty_megabytes_is_refused_and_the_next_row_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write('a,b\n1,"')
        file.write("x" * 50_000_000)
        file.write('"\n2,after\n')
    table = Table.open(path)
    rows = table.rows()
    first, second = next(rows), next(rows)
    assert (
        first.broken
        == f"A cell of 50,000,000 characters; at most {MOST_IN_CELL:,} are read. Shorten it or leave it out."
    )
    assert second.cells == ("2", "after")
    assert len(named(table, first)["b"]) < 200_000


def test_a_line_that_never_ends_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("a,b\n1,x\n2,")
        for _ in range(MOST_IN_ROW // 1_000_000 + 2):
            file.write("y" * 1_000_000)
    rows = list(Table.open(path).rows())
    assert [(row.line, bool(row.broken)) for row in rows] == [(2, False), (3, True)]
    assert "does not end" in rows[1].broken


def archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("a.csv", "a,b\n1,2\n")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive(), "a zip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "an image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "an image"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (gzip.compress(b"a,b\n", mtime=0), "a compressed file"),
        (bytes(range(32)) * 40, "full of bytes that no text has"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        (b",,,\n1,2,3,4\n", "no line of column names"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        table_of(tmp_path, data, "export.csv")


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"There is no file .*gone\.csv"):
        Table.open(tmp_path / "gone.csv")
    with pytest.raises(BadFile, match="is a folder"):
        Table.open(tmp_path)


def test_the_same_bytes_have_the_same_digest_wherever_they_lie(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("a,b\n1,2\n")
    other.write_text("a,b\n1,2\n")
    assert decoded(one).digest == decoded(other).digest
    other.write_text("a,b\n1,3\n")
    assert decoded(one).digest != decoded(other).digest


SHARED_FOLDER = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
READABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from('",;\t\n\r'), max_size=12)


@SHARED_FOLDER
@given(
    st.lists(st.tuples(READABLE, READABLE, READABLE), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_is_written_properly_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], mark: str, encoding: str
) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark).writerows([("a", "b", "c"), *rows])
    assert [row.cells for row in Table.open(path).rows()] == rows


@SHARED_FOLDER
@given(st.text('ab,"\n\r;', max_size=40))
def test_the_fast_way_and_the_careful_way_read_the_same(tmp_path: Path, text: str) -> None:
    fast = table_of(tmp_path, "x,y\n" + text)
    careful = replace(fast, bytes=replace(fast.bytes, plain=False))
    assert fast.bytes.plain
    rows = list(fast.rows())
    assert rows == list(careful.rows())
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.line for row in rows] == sorted({row.line for row in rows})
