"""Questions as a table that a spreadsheet edits: one row each, CSV with commas.

A cell holds text as it is, ids parted by ``; ``, or one entry on each line; a red flag ends with what it
costs, as in ``Blames the team. [ACT 2]``. The file is UTF-8 with a byte order mark, without which Excel
reads it in an old code page. A cell that a spreadsheet would take for a formula gets a leading apostrophe,
which is taken off again when the table is read (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from itpm_prep.bank.types import Question
from itpm_prep.problems import Problem

RULE = "table"
FIXED = ("id", "version", "category", "specialisation")  # follow from the question; not edited here
IDS = ("level_also", "competencies", "topics")
LINES = ("strong_points", "frameworks", "tags")
FLAGS = "red_flags"
SECONDS = ("prep_s", "target_s", "max_s")
COLUMNS = (
    "id",
    "version",
    "status",
    "category",
    "level",
    "level_also",
    "specialisation",
    "competencies",
    "title",
    "context",
    "stem",
    "intent",
    "scaffold",
    *SECONDS,
    "strong_points",
    FLAGS,
    "topics",
    "frameworks",
    "tags",
)
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # full-width signs too
_FLAG = re.compile(r"(?P<text>.*\S)\s*\[(?P<criterion>[A-Z]{3}) (?P<max>[1-5])\]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Row(Struct, frozen=True):
    """A row of a table, counted as a spreadsheet does (1 is the names), and its cells by column."""

    number: int
    cells: dict[str, str]


class CellError(ValueError):
    """A cell that cannot be read: what it is and what it must be."""

    def __init__(self, found: str, must: str) -> None:
        self.found, self.must = found, must
        super().__init__(found)


# Writing ------------------------------------------------------------------------------------------


def write_table(questions: Iterable[Question]) -> bytes:
    """The questions as a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for question in questions:
        cells = cells_of(msgspec.to_builtins(question))
        writer.writerow([_disarm(cells[column]) for column in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def cells_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a question as its file holds it; one that is not finished has blanks."""
    cells = {column: "" if data.get(column) is None else str(data[column]) for column in COLUMNS}
    timing = data.get("timing") or {}
    cells |= {column: str(timing.get(column, "")) for column in SECONDS}
    cells |= {column: "; ".join(map(str, data.get(column) or ())) for column in IDS}
    cells |= {column: "\n".join(map(_line, data.get(column) or ())) for column in LINES}
    return cells | {FLAGS: "\n".join(map(_flag, data.get(FLAGS) or ()))}


def _line(entry: object) -> str:
    return " ".join(str(entry).split())


def _flag(flag: Mapping[str, Any]) -> str:
    cap = flag["cap"]
    return f"{_line(flag['text'])} [{cap['criterion']} {cap['max']}]" if flag["text"] else ""


def _disarm(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _restore(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


# Reading ------------------------------------------------------------------------------------------


def read_table(data: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file, parted by commas, semicolons or tabs, and its faults as a table.

    ``file`` is what problems call it; their lines are the rows of the table.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(file, 0, "", "not UTF-8 text", "be saved as CSV in UTF-8", RULE)]
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        first, *others = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except (csv.Error, ValueError) as error:
        found = f"no table ({error})" if text.strip() else "empty"
        return [], [Problem(file, 0, "", found, "be CSV whose first row names the columns", RULE)]
    names = ["_".join(name.lower().split()) for name in first]
    problems = list(_check_names(names, file))
    rows = []
    for number, cells in enumerate(others, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            must = f"have {len(names)}, as the first row"
            problems.append(Problem(file, number, "", f"a row of {len(cells)} cells", must, RULE))
        named = {name: _plain(_restore(cell)) for name, cell in zip(names, cells, strict=False) if name}
        rows.append(Row(number, named))
    return ([] if problems else rows), problems


def _check_names(names: Sequence[str], file: str) -> Iterator[Problem]:
    if "id" not in names:
        yield Problem(file, 1, "id", "missing", "be a column", RULE)
    for name in dict.fromkeys(names):
        if name and name not in COLUMNS:
            yield Problem(file, 1, name, "an unknown column", f"be one of {', '.join(COLUMNS)}", RULE)
        elif name and names.count(name) > 1:
            yield Problem(file, 1, name, "a column written twice", "be there once", RULE)


def _plain(cell: str) -> str:
    return re.sub(r"\r\n?", "\n", cell).strip()


def same(one: str, other: str) -> bool:
    """Whether two cells say the same, whatever the ends of their lines are."""
    return _plain(one) == _plain(other)


def value_of(column: str, cell: str) -> Any:
    """What a cell stands for in the file of a question; raises ``CellError``."""
    if control := _CONTROL.search(cell):
        raise CellError(f"a text with the character {control[0]!r}", "be plain text")
    if column in SECONDS:
        if not re.fullmatch("[0-9]{1,4}", cell):
            raise CellError(f'"{cell[:40]}"' if cell else "empty", "be a whole number of seconds")
        return int(cell)
    if column in IDS:
        return [part.strip() for part in re.split("[;,\n]", cell) if part.strip()]
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if column in LINES:
        return lines
    return list(map(_read_flag, lines)) if column == FLAGS else cell


def _read_flag(line: str) -> dict[str, Any]:
    parts = _FLAG.fullmatch(line)
    if parts is None:
        raise CellError(f'"{line[:60]}"', "be a flag on each line that ends in its cap, such as [ACT 2]")
    return {"text": parts["text"], "cap": {"criterion": parts["criterion"], "max": int(parts["max"])}}
