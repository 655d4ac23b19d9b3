"""The frames as CSV and Parquet, read back by pandas and opened by a real spreadsheet."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import office
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practised import FORMULA

from itpm_prep.problems import NotSaved
from itpm_prep.reports.cells import defuse_one
from itpm_prep.reports.tables import FORMULA_STARTS, Exports, archive, files, to_csv


class Held(Exports):
    """Frames that are just there."""

    def __init__(self, **frames: pd.DataFrame) -> None:
        self.held = frames

    def tables(self):
        return self.held


def texts(*words: str | None) -> pd.DataFrame:
    return pd.DataFrame({"number": range(len(words)), "text": pd.Series(words, dtype="str")})


def read(content: bytes, like: pd.DataFrame) -> pd.DataFrame:
    """The CSV with the dtypes of the frame it came from, but no categories."""
    times = [name for name, dtype in like.dtypes.items() if str(dtype).startswith("datetime")]
    kinds = {name: "str" if d == "category" else d for name, d in like.dtypes.items() if name not in times}
    frame = pd.read_csv(BytesIO(content), dtype=kinds)
    for name in times:
        frame[name] = pd.to_datetime(frame[name], utc=True).astype(like[name].dtype)
    return frame


def as_csv_tells(frame: pd.DataFrame) -> pd.DataFrame:
    """What can be read back from CSV: an empty text and a missing one look alike there."""
    shown = frame.copy()
    for name in frame.columns[[dtype in ("str", "category") for dtype in frame.dtypes]]:
        text = frame[name].astype("str")
        shown[name] = text.where(text != "").map(defuse_one, na_action="ignore").astype("str")
    return shown


@pytest.mark.parametrize("which", ["frames", "no_frames"])
def test_pandas_reads_every_csv_back_as_it_was(request, which):
    for frame in request.getfixturevalue(which).tables().values():
        pd.testing.assert_frame_equal(read(to_csv(frame), frame), as_csv_tells(frame))


@pytest.mark.parametrize("which", ["frames", "no_frames"])
def test_pandas_reads_every_parquet_file_back_with_its_dtypes(request, which, tmp_path):
    shown = request.getfixturevalue(which)
    written = shown.to_parquet(tmp_path / "made")
    assert [path.stem for path in written] == list(shown.tables())
    for path in written:
        back, frame = pd.read_parquet(path), shown.tables()[path.stem]
        pd.testing.assert_frame_equal(back, frame, check_categorical=False)
        assert list(map(str, back.dtypes)) == list(map(str, frame.dtypes))


def test_parquet_keeps_every_text_as_it_was_typed(tmp_path):
    frame = texts(FORMULA, "\x00\x01", "a\r\nb", "x" * 1_000_000, "", None)
    Held(texts=frame).to_parquet(tmp_path)
    assert pd.read_parquet(tmp_path / "texts.parquet")["text"].equals(frame["text"])


def test_a_formula_in_an_answer_reaches_the_file_as_text(frames):
    written = files(frames)["texts.csv"].decode("utf-8-sig")
    assert '"\'=HYPERLINK(""https://example.org"";""click"")"' in written
    assert "'+1 for her" in written
    assert f",{FORMULA}" not in written


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_every_start_of_a_formula_is_defused(start):
    frame = texts(f"{start}SUM(A1)")
    assert read(to_csv(frame), frame)["text"].iloc[0].startswith("'")
    rare = frame.astype({"text": "category"})
    assert to_csv(rare) == to_csv(frame)


def test_a_real_spreadsheet_computes_nothing_in_a_csv_file(tmp_path):
    """A bare formula is computed by it, ours is not: the check can fail."""
    dangers = ["=1+1", FORMULA, "=cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "\t=1+1", "+1"]
    dangerous = tmp_path / "bare.csv"
    dangerous.write_text('number,text\n0,"=1+1"\n')
    Held(ours=texts(*dangers)).to_csv(tmp_path)
    cells = {}
    office.convert("xlsx", tmp_path, tmp_path / "bare.csv", tmp_path / "ours.csv")
    for name in ("bare", "ours"):
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active
        cells[name] = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells["bare"]] == ["f"]
    assert [cell.data_type for cell in cells["ours"]] == ["s"] * len(dangers)
    assert [cell.value.removeprefix("'") for cell in cells["ours"]] == dangers


def test_numbers_stay_numbers_below_zero_too():
    assert to_csv(pd.DataFrame({"change": [-0.5]})).decode("utf-8-sig") == "change\r\n-0.5\r\n"


def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    frame = texts("naïve 😀 مرحبا")
    assert to_csv(frame).startswith(b"\xef\xbb\xbf")
    assert read(to_csv(frame), frame)["text"].iloc[0] == "naïve 😀 مرحبا"


def test_control_characters_become_visible_and_break_no_reader():
    frame = texts("one\x00two\x1b[31m", "\x07", "tab\tstays")
    assert read(to_csv(frame), frame)["text"].tolist() == ["one␀two␛[31m", "␇", "tab\tstays"]


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_is_read_as_a_formula_and_none_is_lost(text):
    frame = pd.DataFrame({"before": [1], "text": pd.Series([text], dtype="str"), "after": [2]})
    back = pd.read_csv(BytesIO(to_csv(frame)), dtype={"text": "str"}, keep_default_na=False)
    assert back[["before", "after"]].values.tolist() == [[1, 2]]
    found = back["text"].iloc[0]
    assert not found.startswith(FORMULA_STARTS)
    controls = {chr(c): chr(0x2400 + c) for c in range(32) if chr(c) not in "\t\r\n"} | {"\x7f": "␡"}
    shown = "".join(controls.get(c, c) for c in text)
    assert found in (shown, f"'{shown}")
    assert found == defuse_one(text)


def test_the_archive_holds_one_file_for_each_frame(frames, tmp_path):
    with ZipFile(BytesIO(archive(frames))) as packed:
        assert packed.namelist() == [f"{name}.csv" for name in frames.tables()]
        assert packed.read("attempts.csv") == to_csv(frames.attempts)
    assert frames.to_csv(tmp_path / "all.zip") == [tmp_path / "all.zip"]
    with ZipFile(tmp_path / "all.zip") as packed:
        assert packed.read("attempts.csv") == to_csv(frames.attempts)


def test_a_folder_is_made_and_holds_one_csv_for_each_frame(frames, tmp_path):
    written = frames.to_csv(tmp_path / "made" / "here")
    assert sorted(written) == sorted((tmp_path / "made" / "here").iterdir())
    assert [path.name for path in written] == [f"{name}.csv" for name in frames.tables()]


@pytest.mark.parametrize("method", ["to_csv", "to_parquet", "to_excel"])
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(method, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotSaved, match=r"could not be written: .*\. Choose another place\.$"):
        getattr(Held(texts=texts("a")), method)(tmp_path / "file" / "there")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_write_that_fails_leaves_the_file_that_was_there_and_nothing_half_written(tmp_path):
    kept = tmp_path / "texts.parquet"
    Held(texts=texts("first")).to_parquet(tmp_path)
    before = kept.read_bytes()
    unwritable = pd.DataFrame({"text": [object()]})
    with pytest.raises(Exception, match="object"):
        Held(texts=unwritable).to_parquet(tmp_path)
    assert kept.read_bytes() == before
    assert list(tmp_path.iterdir()) == [kept]
