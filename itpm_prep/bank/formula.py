"""The formulas of keyed figures: arithmetic over the columns of a question's exhibits.

Grammar::

    expression = term {("+" | "-") term}
    term       = factor {("*" | "/") factor}
    factor     = "-" factor | number | "(" expression ")" | name "(" column ")" | column "[" label "]"
    column     = exhibit "." column name       name = sum | mean | min | max | count

A row is named by its label, the text of its first column.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from itpm_prep.bank.types import Exhibit, Row

MOST_DEPTH = 20

FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "mean": lambda values: math.fsum(values) / len(values),
    "min": min,
    "max": max,
    "count": lambda values: float(len(values)),
}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<column>[a-z][a-z0-9_]*\.[A-Za-z_]\w*)"
    r"|(?P<label>\[[^\[\]]*\])"
    r"|(?P<name>[a-z]+)"
    r"|(?P<sign>[-+*/()]))"
)


class FormulaError(ValueError):
    """A formula that cannot be worked out, and why."""


def evaluate(formula: str, exhibits: Sequence[Exhibit]) -> float:
    """The value of a formula over the exhibits of its question.

    Raises ``FormulaError`` for anything else than the grammar above, names that the exhibits do not
    have, cells that are not numbers, division by zero and values without bounds.
    """
    reader = _Reader(formula, {exhibit.id: exhibit for exhibit in exhibits})
    value = reader.expression(0)
    if reader.kind:
        reader.fail(f"{reader.text!r} is left over")
    if not math.isfinite(value):
        raise FormulaError("the value has no bounds")
    return value


class _Reader:
    """Reads a formula from left to right, one token ahead; ``kind`` is empty at the end."""

    def __init__(self, formula: str, exhibits: dict[str, Exhibit]) -> None:
        self._formula = formula.rstrip()
        self._exhibits = exhibits
        self._start = self._end = 0
        self.kind = self.text = ""
        self._advance()

    def expression(self, depth: int) -> float:
        value = self._term(depth)
        while self.text in ("+", "-"):
            value = value + self._term(depth) if self._take() == "+" else value - self._term(depth)
        return value

    def fail(self, reason: str) -> NoReturn:
        raise FormulaError(f"at character {self._start + 1}: {reason}")

    def _term(self, depth: int) -> float:
        value = self._factor(depth)
        while self.text in ("*", "/"):
            if self._take() == "*":
                value *= self._factor(depth)
            elif (divisor := self._factor(depth)) == 0:
                self.fail("a division by zero")
            else:
                value /= divisor
        return value

    def _factor(self, depth: int) -> float:
        if depth > MOST_DEPTH:
            self.fail(f"brackets nested deeper than {MOST_DEPTH}")
        if self.text == "-":
            self._take()
            return -self._factor(depth + 1)
        if self.kind == "number":
            return float(self._take())
        if self.text == "(":
            return self._bracket(depth)
        if self.kind == "name":
            return self._function()
        if self.kind == "column":
            return self._cell()
        return self.fail(f"{self.text!r} where a number is due" if self.kind else "the formula ends too soon")

    def _bracket(self, depth: int) -> float:
        self._expect("(")
        value = self.expression(depth + 1)
        self._expect(")")
        return value

    def _function(self) -> float:
        name = self.text
        if name not in FUNCTIONS:
            self.fail(f"{name!r} is not one of {', '.join(FUNCTIONS)}")
        self._take()
        self._expect("(")
        values = self._column()
        self._expect(")")
        return FUNCTIONS[name](values)

    def _column(self) -> list[float]:
        if self.kind != "column":
            self.fail("a column such as accounts.EV is due here")
        exhibit, place = self._locate()
        values = [self._number(row, place) for row in exhibit.rows]
        self._take()
        return values

    def _cell(self) -> float:
        exhibit, place = self._locate()
        self._take()
        if self.kind != "label":
            self.fail("a row label such as [Reporting] is due here; a whole column goes inside sum()")
        label = self.text[1:-1].strip()
        rows = [row for row in exhibit.rows if str(row[0]).strip() == label]
        if len(rows) != 1:
            self.fail(f"{len(rows)} rows of {exhibit.id!r} are called {label!r}")
        value = self._number(rows[0], place)
        self._take()
        return value

    def _locate(self) -> tuple[Exhibit, int]:
        name, column = self.text.split(".")
        if name not in self._exhibits:
            self.fail(f"there is no exhibit {name!r}")
        exhibit = self._exhibits[name]
        if column not in exhibit.columns:
            self.fail(f"exhibit {name!r} has no column {column!r}")
        return exhibit, exhibit.columns.index(column)

    def _number(self, row: Row, place: int) -> float:
        cell = row[place] if place < len(row) else ""
        if isinstance(cell, str):
            self.fail(f"row {str(row[0])!r} holds {cell!r}, not a number, under {self.text.split('.')[-1]}")
        return float(cell)

    def _expect(self, sign: str) -> None:
        if self.text != sign:
            self.fail(f"{sign!r} is due here")
        self._take()

    def _take(self) -> str:
        taken = self.text
        self._advance()
        return taken

    def _advance(self) -> None:
        self._start = self._end
        if self._end >= len(self._formula):
            self.kind = self.text = ""
            return
        match = _TOKEN.match(self._formula, self._end)
        if match is None:
            self.fail(f"{self._formula[self._end :].strip()[:1]!r} is not part of a formula")
        self.kind = match.lastgroup or ""
        self.text = match[self.kind]
        self._start, self._end = match.start(self.kind), match.end()
