"""What a column of a frame is: its dtype and its meaning."""

from __future__ import annotations

from msgspec import Struct

TIME = "datetime64[us, UTC]"
_SHORT = {"time": TIME, "int": "int64", "int?": "Int64", "bool?": "boolean", "float": "float64"}


class Column(Struct, frozen=True):
    """One column: its pandas dtype, and what stands in it, with the unit."""

    dtype: str
    meaning: str


def read(lines: str) -> dict[str, Column]:
    """Column name to column, from lines of name, dtype and meaning."""
    cells = (line.split(maxsplit=2) for line in lines.strip().splitlines())
    return {name: Column(_SHORT.get(dtype, dtype), meaning) for name, dtype, meaning in cells}
