from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practised import FORMULA

from itpm_prep.reports.frames import progress_frames
from itpm_prep.reports.tables import FORMULA_STARTS, archive, files, to_csv


def read(content: bytes, like: pd.DataFrame) -> pd.DataFrame:
    """The CSV with the dtypes of the frame it came from; empty texts and missing ones look alike."""
    times = [name for name, dtype in like.dtypes.items() if str(dtype).startswith("datetime")]
    kinds = {name: dtype for name, dtype in like.dtypes.items() if name not in times}
    frame = pd.read_csv(BytesIO(content), dtype=kinds)
    for name in times:
        frame[name] = pd.to_datetime(frame[name], utc=True).astype(like[name].dtype)
    return frame


@pytest.mark.parametrize("practised", ["empty", "full"])
def test_pandas_reads_back_what_was_written(request, bank, practised):
    progress = progress_frames(request.getfixturevalue(practised), bank)
    for name, frame in progress.tables().items():
        plain = frame
        if name == "texts":
            plain = frame[~frame["text"].str.startswith(FORMULA_STARTS)].reset_index(drop=True)
        if name == "attempts":
            plain = frame.assign(title=frame["title"].where(frame["title"] != ""))
        pd.testing.assert_frame_equal(read(to_csv(plain), plain), plain)


def test_a_formula_in_an_answer_reaches_the_file_as_text(full):
    texts = files(progress_frames(full))["texts.csv"].decode("utf-8-sig")
    assert '"\'=HYPERLINK(""https://example.org"";""click"")"' in texts
    assert "'+1 for her" in texts
    assert f",{FORMULA}" not in texts


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_every_start_of_a_formula_is_defused(start):
    frame = pd.DataFrame({"text": pd.Series([f"{start}SUM(A1)"], dtype="str")})
    assert read(to_csv(frame), frame)["text"].iloc[0].startswith("'")


def test_numbers_stay_numbers_below_zero_too():
    assert to_csv(pd.DataFrame({"change": [-0.5]})).decode("utf-8-sig") == "change\r\n-0.5\r\n"


def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    frame = pd.DataFrame({"text": pd.Series(["naïve 😀 مرحبا"], dtype="str")})
    assert to_csv(frame).startswith(b"\xef\xbb\xbf")
    assert read(to_csv(frame), frame)["text"].iloc[0] == "naïve 😀 مرحبا"


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_no_text_is_read_as_a_formula_and_none_is_lost(text):
    frame = pd.DataFrame({"before": [1], "text": pd.Series([text], dtype="str"), "after": [2]})
    back = pd.read_csv(BytesIO(to_csv(frame)), dtype={"text": "str"}, keep_default_na=False)
    assert back[["before", "after"]].values.tolist() == [[1, 2]]
    found = back["text"].iloc[0]
    assert not found.startswith(FORMULA_STARTS)
    assert found in (text, f"'{text}")


def test_the_archive_holds_one_file_for_each_frame(full):
    progress = progress_frames(full)
    with ZipFile(BytesIO(archive(progress))) as packed:
        assert packed.namelist() == [f"{name}.csv" for name in progress.tables()]
        assert packed.read("scores.csv") == to_csv(progress.scores)
