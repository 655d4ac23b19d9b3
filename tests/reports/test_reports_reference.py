"""The README's reference of the frames."""

from __future__ import annotations

from itpm_prep.reports.columns import FRAMES
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.reference import reference
from itpm_prep.settings import CHECKOUT


def test_the_readme_tells_every_frame_and_column_as_they_are():
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert reference(Frames) in readme


def test_every_column_has_a_row_and_no_cell_breaks_the_table():
    lines = reference(Frames).splitlines()[2:]
    assert len(lines) == len(FRAMES) + sum(map(len, FRAMES.values()))
    assert all(line.replace("\\|", "").count("|") == 5 for line in lines)


def test_every_meaning_fits_one_line_and_every_type_is_a_dtype_of_pandas():
    for columns in FRAMES.values():
        for name, column in columns.items():
            assert name.isidentifier()
            assert 4 < len(column.meaning) < 110
            assert column.dtype in {
                "str", "category", "int64", "Int64", "float64", "bool", "boolean", "datetime64[us, UTC]",
            }  # fmt: skip
