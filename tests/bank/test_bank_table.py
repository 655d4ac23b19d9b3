"""Questions as CSV: what an instructor opens, edits and saves in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st

from itpm_prep import settings
from itpm_prep.bank.exchange.table import (
    COLUMNS,
    CellError,
    Row,
    cells_of,
    read_table,
    same,
    value_of,
    write_table,
)
from itpm_prep.bank.source import read_source
from itpm_prep.bank.types import Question

FILE = "mine.csv"
FLAG = {"text": "Lies: [often].", "cap": {"criterion": "ACT", "max": 2}}


def _read_model() -> Question:
    path = settings.CHECKOUT / "question_bank" / "scenario" / "SCN-SOF-001.yaml"
    source, _ = read_source(path)
    assert source is not None
    return msgspec.convert(source.data, Question)


MODEL = _read_model()


@pytest.fixture
def question() -> Question:
    return MODEL


def read(text: str | bytes) -> list[Row]:
    rows, problems = read_table(text.encode() if isinstance(text, str) else text, FILE)
    assert problems == []
    return rows


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    rows, problems = read_table(text.encode() if isinstance(text, str) else text, FILE)
    assert rows == []
    return [(problem.line, problem.key, problem.found) for problem in problems]


# Writing ------------------------------------------------------------------------------------------


def test_the_table_opens_in_a_spreadsheet_one_row_for_each_question(question: Question) -> None:
    data = write_table([question, question])
    assert data.startswith(b"\xef\xbb\xbfid,version,status,category,level,")  # Excel needs the mark
    assert data.endswith(b"\r\n")
    first, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(first) == COLUMNS
    assert len(rows) == 2


def test_cells_are_plain_words_one_entry_to_a_line(question: Question) -> None:
    cells = cells_of(msgspec.to_builtins(question))
    assert cells["id"] == "SCN-SOF-001"
    assert cells["competencies"].split("; ") == list(question.competencies)
    assert cells["strong_points"].split("\n") == list(question.strong_points)
    assert cells["prep_s"] == "150"
    flag = question.red_flags[0]
    first = cells["red_flags"].split("\n")[0]
    assert first == f"{flag.text} [{flag.cap.criterion} {flag.cap.max}]"


def test_a_question_that_is_not_finished_has_blanks() -> None:
    assert set(cells_of({"id": "SCN-SOF-001", "level": None, "competencies": [""]}).values()) == {
        "SCN-SOF-001",
        "",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "'=", "''+"])
def test_what_a_spreadsheet_would_compute_is_made_inert_and_comes_back(
    start: str, question: Question
) -> None:
    text = f"{start}1+1"
    data = write_table([msgspec.structs.replace(question, title=text)]).decode("utf-8-sig")
    cell = next(csv.DictReader(io.StringIO(data, newline="")))["title"]
    assert cell == f"'{text}"
    assert same(read(data)[0].cells["title"], text)


def test_an_apostrophe_that_belongs_to_the_text_stays(question: Question) -> None:
    data = write_table([msgspec.structs.replace(question, title="'Tis late")])
    assert b"''Tis" not in data
    assert read(data)[0].cells["title"] == "'Tis late"


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@configure(deadline=None, max_examples=60)
@given(words, st.sampled_from(["title", "stem", "intent", "context"]), st.sampled_from(",;\t"))
def test_every_text_comes_back_as_it_was(text: str, column: str, delimiter: str) -> None:
    data = write_table([msgspec.structs.replace(MODEL, **{column: text})]).decode("utf-8-sig")
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=delimiter).writerows(csv.reader(io.StringIO(data, newline="")))
    assert same(read(saved.getvalue())[0].cells[column], text)


# Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_spreadsheets_csv_is_read(delimiter: str, end: str, mark: str) -> None:
    lines = [["id", "stem", "tags"], ["SCN-SOF-001", '"What, and; why?"', f'"one{end}two"']]
    text = mark + "".join(delimiter.join(line) + end for line in lines)
    assert read(text) == [Row(2, {"id": "SCN-SOF-001", "stem": "What, and; why?", "tags": "one\ntwo"})]


def test_names_of_columns_may_be_written_as_words_in_any_order() -> None:
    assert read("Strong Points,ID\na,SCN-SOF-001\n")[0].cells == {"strong_points": "a", "id": "SCN-SOF-001"}


def test_blank_rows_and_columns_are_left_out_and_rows_keep_their_number() -> None:
    rows = read("id,stem,\n,,\nSCN-SOF-001,a,\n\nSCN-SOF-002,b,\n")
    assert [(row.number, row.cells["stem"]) for row in rows] == [(3, "a"), (5, "b")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stem\nwhat\n", [(1, "id", "missing")]),
        ("id,stems,stem\n", [(1, "stems", "an unknown column")]),
        ("id,stem,stem\n", [(1, "stem", "a column written twice")]),
        ("id,stem\na,b,c\nd\n", [(2, "", "a row of 3 cells"), (3, "", "a row of 1 cells")]),
        ("", [(0, "", "empty")]),
        ("id\n\xff\n".encode("latin-1"), [(0, "", "not UTF-8 text")]),
    ],
)
def test_what_is_no_table_of_questions_is_told_with_row_and_column(
    text: str | bytes, found: Sequence[tuple[int, str, str]]
) -> None:
    assert faults(text) == found


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    assert faults('id,stem\nSCN-SOF-001,"what\n')[0][2].startswith("no table (")


# Cells --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("title", "A title", "A title"),
        ("prep_s", "45", 45),
        ("topics", "SQ1; SQ2, SQ3\nSQ4;", ["SQ1", "SQ2", "SQ3", "SQ4"]),
        ("tags", "one\n two words \n\n", ["one", "two words"]),
        ("level_also", "", []),
        ("red_flags", "Lies: [often]. [ACT 2]", [FLAG]),
        ("red_flags", "Lies: [often].[ACT 2]\n", [FLAG]),
    ],
)
def test_a_cell_stands_for_a_value(column: str, cell: str, value: object) -> None:
    assert value_of(column, cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "must"),
    [
        ("prep_s", "half a minute", "whole number of seconds"),
        ("prep_s", "1.5", "whole number of seconds"),
        ("max_s", "-5", "whole number of seconds"),
        ("red_flags", "Lies.", "such as [ACT 2]"),
        ("red_flags", "Lies. [ACT 6]", "such as [ACT 2]"),
        ("stem", "bell \x07", "plain text"),
    ],
)
def test_a_cell_that_stands_for_nothing_is_told(column: str, cell: str, must: str) -> None:
    with pytest.raises(CellError) as caught:
        value_of(column, cell)
    assert must in caught.value.must
