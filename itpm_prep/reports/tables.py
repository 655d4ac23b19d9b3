"""CSV that a spreadsheet opens without running anything in it.

The files are UTF-8 with a byte order mark: without one Excel reads them in an old code page, and pandas
skips it. A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers, times
and truth values are left as they are.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd

from itpm_prep.reports.frames import Progress

FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters after which a spreadsheet computes (OWASP, "CSV Injection"), full-width ones too."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV: comma, quotes where needed, times in ISO 8601."""
    safe = frame.copy()
    for name in safe.columns[[dtype == "str" for dtype in safe.dtypes]]:
        safe[name] = safe[name].map(_defuse, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%dT%H:%M:%S.%f%z").encode(
        "utf-8-sig"
    )


def _defuse(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def files(progress: Progress) -> dict[str, bytes]:
    """File name to CSV, one for each frame."""
    return {f"{name}.csv": to_csv(frame) for name, frame in progress.tables().items()}


def archive(progress: Progress) -> bytes:
    """All the CSV files in one ZIP archive."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archived:
        for name, content in files(progress).items():
            archived.writestr(name, content)
    return packed.getvalue()
