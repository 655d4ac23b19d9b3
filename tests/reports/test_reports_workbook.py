"""The Excel workbook, as openpyxl, pandas and LibreOffice read it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import office
import openpyxl
import pandas as pd
import pytest
from framed import NOW
from hypothesis import given, settings
from hypothesis import strategies as st
from practised import FORMULA, MARKUP

from itpm_prep.reports.workbook import ABOUT, CELL_LIMIT, write_workbook


def written(row_limit: int = 1000, **tables: pd.DataFrame) -> BytesIO:
    file = BytesIO()
    write_workbook(tables, file, row_limit=row_limit)
    file.seek(0)
    return file


def texts(*words: str | None) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(words, dtype="str")})


def cells_of(*words: str) -> list:
    sheet = openpyxl.load_workbook(written(texts=texts(*words)))["texts"]
    return [row[0] for row in sheet.iter_rows(min_row=2)]


def as_excel_tells(frame: pd.DataFrame) -> pd.DataFrame:
    """What can be read back from Excel: no time zones, whole numbers with gaps as fractions."""
    shown = frame.copy()
    for name, dtype in frame.dtypes.items():
        if isinstance(dtype, pd.DatetimeTZDtype):
            # A day is a fraction: what Excel shows is right to the millisecond.
            shown[name] = frame[name].dt.tz_localize(None).dt.round("ms")
        elif dtype == "category" or dtype == "str":
            shown[name] = frame[name].astype("str").where(frame[name] != "")
    return shown


@pytest.mark.parametrize("which", ["frames", "no_frames"])
def test_pandas_reads_one_sheet_for_each_frame_with_the_same_content(request, which, tmp_path):
    shown = request.getfixturevalue(which)
    [path] = shown.to_excel(tmp_path / "all.xlsx")
    back = pd.read_excel(path, sheet_name=None)
    assert list(back) == [*shown.tables(), ABOUT]
    for name, frame in shown.tables().items():
        found, wanted = back[name], as_excel_tells(frame)
        assert list(found.columns) == list(wanted.columns)
        for column in wanted.columns:
            kept = found[column].astype(wanted[column].dtype)
            if str(wanted[column].dtype).startswith("datetime"):
                kept = kept.dt.round("ms")
            pd.testing.assert_series_equal(kept, wanted[column])


def test_the_about_sheet_tells_type_and_meaning_of_every_column(frames, tmp_path):
    [path] = frames.to_excel(tmp_path / "all.xlsx")
    about = pd.read_excel(path, sheet_name=ABOUT)
    assert "Times are UTC" in about["meaning"].iloc[0]
    told = set(zip(about["sheet"], about["column"], strict=True))
    assert {(name, column) for name, f in frames.tables().items() for column in f.columns} <= told
    assert about["meaning"].notna().all()


def test_a_formula_is_text_and_stays_text_when_it_is_edited():
    cells = cells_of(FORMULA, "+1 for her", "-", "@SUM(A1)", "plain")
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False]
    assert [cell.value for cell in cells] == [FORMULA, "+1 for her", "-", "@SUM(A1)", "plain"]


def test_markup_is_shown_as_it_was_typed():
    assert [cell.value for cell in cells_of(MARKUP, "<t>&amp;</t>")] == [MARKUP, "<t>&amp;</t>"]


def test_control_characters_become_visible_and_line_ends_become_excels():
    assert [cell.value for cell in cells_of("a\x00b\x1b", "one\r\ntwo\rthree", "\ufffe")] == [
        "a␀b␛",
        "one\ntwo\nthree",
        "\ufffd",
    ]


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_longer_than_a_cell_is_cut_with_its_length_and_told(letter):
    long = letter * 1_000_000
    book = openpyxl.load_workbook(written(texts=texts("short", long)))
    found = book["texts"]["A3"].value
    assert len(found.encode("utf-16-le")) <= 2 * CELL_LIMIT
    assert found.startswith(letter * 10_000)
    assert found.endswith(" [cut: 1,000,000 characters in all]")
    told = [[cell.value for cell in row] for row in book[ABOUT].iter_rows(min_row=2)]
    assert [
        "texts",
        "text",
        "",
        "1 cut: a cell holds 32,767 characters. CSV and Parquet hold all of it.",
    ] in told


def test_a_text_that_just_fits_is_not_cut():
    fits = ["x" * CELL_LIMIT, "😀" * (CELL_LIMIT // 2)]
    assert [cell.value for cell in cells_of(*fits)] == fits


def test_what_is_missing_or_no_number_is_an_empty_cell():
    frame = pd.DataFrame(
        {
            "text": pd.Series(["a", None], dtype="str"),
            "part": [0.5, float("inf")],
            "whole": pd.array([1, None], dtype="Int64"),
            "truth": pd.array([True, None], dtype="boolean"),
            "time": pd.Series([NOW, None], dtype="datetime64[us, UTC]"),
        }
    )
    sheet = openpyxl.load_workbook(written(frame=frame))["frame"]
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3))
    assert first == ["a", 0.5, 1, True, datetime(2026, 11, 22, 12, 0)]  # noqa: DTZ001 -- Excel has none
    assert second == [None] * 5


def test_a_time_older_than_excels_calendar_is_text():
    frame = pd.DataFrame({"time": pd.Series([datetime(1, 1, 1, tzinfo=UTC)], dtype="datetime64[us, UTC]")})
    assert openpyxl.load_workbook(written(frame=frame))["frame"]["A2"].value.startswith("0001-01-01")


def test_rows_beyond_the_limit_of_a_sheet_go_to_the_next():
    book = openpyxl.load_workbook(written(2, texts=texts("a", "b", "c", "d", "e")))
    assert book.sheetnames == ["texts", "texts 2", "texts 3", ABOUT]
    assert [cell.value for cell in book["texts 3"]["A"]] == ["text", "e"]
    assert openpyxl.load_workbook(written(2, texts=texts("a", "b"))).sheetnames == ["texts", ABOUT]


def test_every_sheet_keeps_its_names_in_view_and_has_filters():
    sheet = openpyxl.load_workbook(written(texts=texts("a", "b")))["texts"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A3"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
def test_whatever_is_typed_gives_a_workbook_that_opens_with_no_formula_in_it(words):
    for cell in cells_of(*words):
        assert cell.data_type in ("s", "n")  # n: an empty cell
        assert cell.value is None or isinstance(cell.value, str)


def test_libreoffice_shows_the_same_and_computes_nothing(tmp_path: Path):
    typed = ["=1+1", FORMULA, MARKUP, "_x0041_ stays", "naïve 😀 مرحبا", "a\x00b"]
    frame = texts(*typed).assign(q=[2.5] * 6, yes=[True] * 6, at=pd.Timestamp(NOW))
    path = tmp_path / "book.xlsx"
    path.write_bytes(written(texts=frame).getvalue())
    rows = office.sheets(path, tmp_path)["texts"]
    assert rows[0] == ["text", "q", "yes", "at"]
    assert [row[0] for row in rows[1:]] == [*typed[:-1], "a␀b"]
    assert {tuple(row[1:]) for row in rows[1:]} == {("2.5", "TRUE", "2026-11-22 12:00:00")}
