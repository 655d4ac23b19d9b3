"""Reading the number a candidate typed, and judging it by its tolerance.

How a number is read:

- A point is always the decimal mark, unless several points set off groups of three (``1.095.000``).
- A comma sets off thousands when exactly three digits follow it and the number does not begin with 0
  (``1,095``); any other single comma is a decimal comma (``0,82``, ``12,5``). When both marks occur,
  the last one is the decimal mark. Spaces and apostrophes may set off thousands too.
- ``(75)``, ``-75``, with any dash, and ``minus 75`` are negative. A currency sign or a unit may stand
  beside it.
- ``k``, ``thousand``, ``million``, ``bn`` multiply, and the product is brought to the unit asked for:
  ``1.1 million`` is 1100 when the unit is thousands. Without such a word the number is taken to be in
  the unit asked for.
- ``82 %`` is 0.82 for a ratio and 82 for a percentage. A bare ``0.82`` is also right for 82 percent,
  being the same number; a bare ``82`` is wrong for a ratio of 0.82.
- Of ``410 / 500 = 0.82`` what stands after the last equals sign is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isclose
from typing import Literal

from msgspec import Struct

from itpm_prep.bank.types import Figure, Question

Verdict = Literal["right", "wrong", "missing"]

_LONGEST = 100  # characters; nobody types more for one number
_MARKS = str.maketrans(
    dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " ")
    | dict.fromkeys("\u2019\u02bc", "'")
    | {"\u066b": ".", "\u066c": ",", "\uff05": "%"}  # Arabic marks, full-width percent
)
_NUMBER = re.compile(
    r"\d{1,3}(?P<mark>[ '.,])\d{3}(?:(?P=mark)\d{3})*(?!\d)(?:[.,]\d+)?"  # groups of three
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"  # lakh and crore
    r"|\d+(?:[.,]\d+)?|[.,]\d+"
)
_SCALE = re.compile(
    r"(?<![a-z])(?:(?P<percent>%|per ?cent\w*|pct\b)|(?P<k>k(?:eur|usd|gbp|chf)?\b|thousands?\b)"
    r"|(?P<m>m\b|mn\b|mio\b|mln\b|millions?\b)|(?P<b>bn\b|billions?\b))"
)
_FACTORS = {"percent": 0.01, "k": 1e3, "m": 1e6, "b": 1e9}
_PERIOD = re.compile(r"minute|hour|day|week|month|quarter|year")
_CURRENCY = r"(?:[$€£¥]|eur|usd|gbp|chf)?"
_NEGATIVE = re.compile(rf"(?:-|\bminus\b)\s*{_CURRENCY}\s*$")
_OPENED = re.compile(rf"\(\s*{_CURRENCY}\s*$")
_CLOSED = re.compile(r"[^()\d]*\)")


class FigureResult(Struct, frozen=True):
    """One keyed figure judged; ``value`` is what was read, in ``unit``, None when no number was."""

    id: str
    ask: str
    typed: str
    value: float | None
    verdict: Verdict
    answer: float
    unit: str


def parse(typed: str, unit: str = "") -> float | None:
    """The number in ``typed``, brought to ``unit``; None when there is not exactly one number."""
    readings = _readings(typed, unit)
    return readings[0] if readings else None


def judge(figure: Figure, typed: str) -> FigureResult:
    """Right within the tolerance, else wrong; missing when no digit was typed."""
    readings = _readings(typed, figure.unit)
    fitting = [value for value in readings if _within(figure, value)]
    value = next(iter(fitting or readings), None)
    verdict: Verdict = "right" if fitting else "wrong" if re.search(r"\d", typed) else "missing"
    return FigureResult(figure.id, figure.ask, typed, value, verdict, figure.answer, figure.unit)


def judge_all(question: Question, typed: Mapping[str, str]) -> tuple[FigureResult, ...]:
    """Every figure of the question, in its order; ``typed`` maps figure ids to the text typed."""
    return tuple(judge(figure, typed.get(figure.id, "")) for figure in question.figures)


def _within(figure: Figure, value: float) -> bool:
    off = abs(value - figure.answer)
    return off <= figure.tolerance or isclose(off, figure.tolerance, rel_tol=1e-9, abs_tol=1e-9)


def _readings(typed: str, unit: str) -> tuple[float, ...]:
    """What ``typed`` can mean in ``unit``, the likeliest first; empty when it is not one number."""
    text = re.split("[=≈]", typed.translate(_MARKS).lower())[-1]
    numbers = list(_NUMBER.finditer(text)) if len(typed) <= _LONGEST else []
    if len(numbers) != 1 or _periods_differ(text, unit):
        return ()
    before, after = text[: numbers[0].start()], text[numbers[0].end() :]
    negative = _NEGATIVE.search(before) or (_OPENED.search(before) and _CLOSED.match(after))
    value = _magnitude(numbers[0]) * (-1 if negative else 1)
    asked, given = _factor(unit.lower()), _factor(after)
    if given is not None:
        return (_tidy(value * given / (asked or 1)),)
    return (value, _tidy(value * 100)) if asked == _FACTORS["percent"] else (value,)


def _magnitude(number: re.Match[str]) -> float:
    digits, mark = number.group(), number.group("mark")
    decimal = max(digits.rfind("."), digits.rfind(","))
    if mark in (".", ",") and len(digits) - decimal == 4 and decimal == digits.find(mark):
        # One mark with three digits behind it: a decimal point, or a thousands comma.
        grouped = mark == "," and not digits.startswith("0")
        return float(digits.replace(",", "" if grouped else "."))
    if decimal < 0 or digits.count(digits[decimal]) > 1:
        return float(re.sub(r"\D", "", digits))
    whole = re.sub(r"\D", "", digits[:decimal])
    return float(f"{whole or 0}.{digits[decimal + 1 :]}")


def _factor(text: str) -> float | None:
    found = _SCALE.search(text)
    return _FACTORS[str(found.lastgroup)] if found else None


def _periods_differ(text: str, unit: str) -> bool:
    """Weeks typed where days were asked: never converted, since a week has five days or seven."""
    given, asked = set(_PERIOD.findall(text)), set(_PERIOD.findall(unit.lower()))
    return bool(given and asked and not given & asked)


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 0.82, not 0.8200000000000001."""
    return float(f"{value:.12g}")
