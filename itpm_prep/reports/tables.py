"""All frames at once as CSV, Excel or Parquet files that open without running anything.

CSV is UTF-8 with a byte order mark: without one Excel reads it in an old code page, and pandas skips it.
A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers, times and truth
values are left as they are. Parquet holds every text as it was typed, with the dtypes of the frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pandas as pd

from itpm_prep.problems import NotSaved
from itpm_prep.reports.cells import FORMULA_STARTS, defuse, is_text
from itpm_prep.reports.workbook import write_workbook

__all__ = [
    "FORMULA_STARTS",
    "Exports",
    "Tabled",
    "archive",
    "files",
    "to_csv",
    "write_content",
    "write_files",
]


class Tabled(Protocol):
    """Whatever has frames by name."""

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Name to frame, in reading order."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV: comma, quotes where needed, times in ISO 8601, control characters as pictures."""
    safe = frame.copy(deep=False)
    for name in safe.columns:
        if is_text(safe[name]):
            safe[name] = defuse(safe[name].astype("str"))
        elif isinstance(safe[name].dtype, pd.DatetimeTZDtype):
            safe[name] = _iso(safe[name])
    text = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _iso(times: pd.Series) -> pd.Series:
    """Times as ISO 8601 with their offset; as pandas would write them, in a twentieth of the time."""
    utc = times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    text = pd.Series(np.datetime_as_string(utc), index=times.index, dtype="str") + "+0000"
    return text.where(times.notna())


def files(frames: Tabled) -> dict[str, bytes]:
    """File name to CSV, one for each frame."""
    return {f"{name}.csv": to_csv(frame) for name, frame in frames.tables().items()}


def archive(frames: Tabled) -> bytes:
    """All the CSV files in one ZIP archive."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archived:
        for name, frame in frames.tables().items():
            archived.writestr(f"{name}.csv", to_csv(frame))
    return packed.getvalue()


class Exports:
    """Writes all frames of whatever ``tables`` gives. Files of the same name are replaced.

    Each method makes missing folders, gives the files it wrote, and raises ``NotSaved`` when one cannot
    be written; a file that was there before stays as it was then.
    """

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Name to frame, in reading order."""
        raise NotImplementedError

    def to_csv(self, folder: str | PathLike[str]) -> list[Path]:
        """One CSV file for each frame, ``<name>.csv``; into one archive when ``folder`` ends in ``.zip``."""
        place = Path(folder)
        if place.suffix.lower() == ".zip":
            return write_files({place: lambda file: _write(file, archive(self))})
        return write_files({place / f"{name}.csv": _csv_writer(f) for name, f in self.tables().items()})

    def to_parquet(self, folder: str | PathLike[str]) -> list[Path]:
        """One Parquet file for each frame, ``<name>.parquet``; ``pandas.read_parquet`` gives it back."""
        place = Path(folder)
        return write_files(
            {place / f"{name}.parquet": _parquet_writer(f) for name, f in self.tables().items()}
        )

    def to_excel(self, path: str | PathLike[str]) -> list[Path]:
        """One workbook (.xlsx) with a sheet for each frame and one that says what the columns mean."""
        return write_files({Path(path): lambda file: write_workbook(self.tables(), file)})


def _csv_writer(frame: pd.DataFrame) -> Callable[[BinaryIO], None]:
    return lambda file: _write(file, to_csv(frame))


def _parquet_writer(frame: pd.DataFrame) -> Callable[[BinaryIO], None]:
    return lambda file: _with_categories(frame).to_parquet(file, index=False)


def _with_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a category where a column has none: without one Parquet loses that it holds text."""
    kept = frame.copy(deep=False)
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype) and frame[name].cat.categories.empty:
            kept[name] = frame[name].cat.set_categories(pd.Index([""], dtype="str"))
    return kept


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def write_content(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write each file, whole or not at all; raises ``NotSaved``."""
    return write_files({path: _content_writer(content) for path, content in contents.items()})


def _content_writer(content: bytes) -> Callable[[BinaryIO], None]:
    return lambda file: _write(file, content)


def write_files(writers: Mapping[Path, Callable[[BinaryIO], None]]) -> list[Path]:
    """Write each file through its writer, whole or not at all; gives the paths.

    Raises ``NotSaved`` for the first that cannot be written.
    """
    for path, write in writers.items():
        part = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                write(file)
            part.replace(path)
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            raise NotSaved(f"{path} could not be written: {why}. Choose another place.") from fault
        finally:
            with suppress(OSError):  # it took the name of the file, or was never made
                part.unlink()
    return list(writers)
