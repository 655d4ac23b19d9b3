"""One Excel workbook with a sheet for each frame, and a sheet that says what the columns mean.

What Excel cannot hold is told on the sheet "about": it has no time zones (times are UTC), no more than
32,767 characters in a cell, and no more than 1,048,576 rows in a sheet (further ones go to a second
sheet). A text that looks like a formula is stored as text, and stays text when it is edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from math import isfinite
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from itpm_prep.reports.cells import FORMULA_STARTS, is_text, picture
from itpm_prep.reports.columns import FRAMES

ABOUT = "about"
CELL_LIMIT = 32_767
"""Characters in a cell, counted as Excel does: a character beyond U+FFFF is two."""
ROW_LIMIT = 1_048_575
"""Rows of a sheet below the one with the names."""

_BATCH = 50_000  # rows in memory as Python values
_EPOCH = pd.Timestamp("1899-12-30", tz="UTC")  # day 0 of Excel's count
_FIRST = pd.Timestamp("1901-01-01", tz="UTC")  # its February of 1900 has a day too many
_WIDEST = 48
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0

Cut = dict[tuple[str, str], int]
"""Frame and column to the number of texts that a cell could not hold."""

Put = Callable[[int, int, Any], object]
"""Writes a value at a row and a column."""


def write_workbook(tables: Mapping[str, pd.DataFrame], file: BinaryIO, *, row_limit: int = ROW_LIMIT) -> None:
    """Write the frames, by name, to a binary file."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        _Writer(book).write(tables, row_limit)


class _Writer:
    """Writes sheet after sheet and row after row, so that no more than a batch is in memory."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.typed = book.add_format({"quote_prefix": True})  # stays text when it is edited
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.cut: Cut = {}

    def write(self, tables: Mapping[str, pd.DataFrame], row_limit: int) -> None:
        """A sheet or more for each frame, and the one that says what they mean."""
        for name, frame in tables.items():
            for number in count(1):
                rows = frame.iloc[(number - 1) * row_limit : number * row_limit]
                if number > 1 and rows.empty:
                    break
                title = name if number == 1 else f"{name} {number}"
                self._write_rows(self._sheet(title, list(rows.columns), _widths(rows), len(rows)), rows, name)
        about = list(_about(tables, self.cut))
        sheet = self._sheet(ABOUT, ["sheet", "column", "type", "meaning"], [18, 20, 22, 90], len(about))
        for at, row in enumerate(about, 1):
            for place, words in enumerate(row):
                sheet.write_string(at, place, words, self.wrapped)

    def _sheet(self, title: str, names: Sequence[str], widths: Iterable[float], size: int) -> Worksheet:
        sheet = self.book.add_worksheet(title)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, size, len(names) - 1)
        for at, name in enumerate(names):
            sheet.write_string(0, at, name, self.bold)
        return sheet

    def _write_rows(self, sheet: Worksheet, rows: pd.DataFrame, name: str) -> None:
        for start in range(0, len(rows), _BATCH):
            batch = rows.iloc[start : start + _BATCH]
            puts, columns = zip(*(self._cells(sheet, batch[one], name) for one in batch.columns), strict=True)
            for at, values in enumerate(zip(*columns, strict=True), start + 1):
                for place, (put, value) in enumerate(zip(puts, values, strict=True)):
                    if value is not None:
                        put(at, place, value)

    def _cells(self, sheet: Worksheet, column: pd.Series, name: str) -> tuple[Put, Sequence[Any]]:
        """How the values of a column are written, and the values; None is an empty cell."""
        if is_text(column):
            return self._texts(sheet, column, name)
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            return self._moments(sheet, column)
        values = column.astype(object).where(column.notna(), None).tolist()
        if column.dtype in ("bool", "boolean"):
            return sheet.write_boolean, values
        finite = (value if value is not None and isfinite(value) else None for value in values)
        return sheet.write_number, list(finite)

    def _moments(self, sheet: Worksheet, times: pd.Series) -> tuple[Put, Sequence[Any]]:
        """Times as Excel counts them, in days; as text where they are too old for it."""
        days = ((times - _EPOCH) / pd.Timedelta(days=1)).astype(object).where(times.notna(), None).tolist()
        for at in (times < _FIRST).to_numpy().nonzero()[0]:
            days[at] = times.iloc[at].isoformat()

        def put(row: int, place: int, value: float | str) -> None:
            if isinstance(value, str):
                sheet.write_string(row, place, value)
            else:
                sheet.write_number(row, place, value, self.time)

        return put, days

    def _texts(self, sheet: Worksheet, column: pd.Series, name: str) -> tuple[Put, Sequence[Any]]:
        codes, different = pd.factorize(column.astype("str"))  # each different text is looked at once
        shown = picture(pd.Series(different, dtype="str")).str.replace("\r\n?", "\n", regex=True)
        made = [_fit(_UNWRITABLE.sub("\ufffd", words)) for words in shown]
        was_cut = np.array([cut for _, cut in made] + [False])[codes].sum()
        if was_cut:
            key = (name, str(column.name))
            self.cut[key] = self.cut.get(key, 0) + int(was_cut)

        def put(row: int, place: int, words: str) -> None:
            sheet.write_string(row, place, words, self.typed if words.startswith(FORMULA_STARTS) else None)

        held = [*(words or None for words, _ in made), None]  # -1 is the code of what is not known
        return put, [held[code] for code in codes.tolist()]


def _widths(rows: pd.DataFrame) -> Iterator[float]:
    first = rows.head(100)
    for name in rows.columns:
        column = first[name]
        longest = 19
        if not isinstance(column.dtype, pd.DatetimeTZDtype):
            longest = max(map(len, column.dropna().astype("str")), default=0)
        yield min(max(longest, len(name)) + 3, _WIDEST)


def _fit(words: str) -> tuple[str, bool]:
    """A text as a cell holds it, and whether it had to be cut; one that was cut says how long it is."""
    was_cut = len(words) > CELL_LIMIT // 2 and len(words.encode("utf-16-le")) > 2 * CELL_LIMIT
    if was_cut:
        mark = f" [cut: {len(words):,} characters in all]"
        room = 2 * (CELL_LIMIT - len(mark))
        words = words.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark
    return words, was_cut


def _about(tables: Mapping[str, pd.DataFrame], cut: Cut) -> Iterator[tuple[str, str, str, str]]:
    yield "(all)", "", "", "Times are UTC: Excel has no time zones. An empty cell: nothing is known."
    for (name, column), number in cut.items():
        told = f"{number} cut: a cell holds {CELL_LIMIT:,} characters. CSV and Parquet hold all of it."
        yield name, column, "", told
    for name, frame in tables.items():
        meanings = FRAMES.get(name, {})
        for column in map(str, frame.columns):
            meaning = meanings[column].meaning if column in meanings else ""
            yield name, column, str(frame[column].dtype), meaning
