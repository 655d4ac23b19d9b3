"""A table to sort, filter, page and save, whose rows go to the browser once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isnan
from typing import Any, NamedTuple

from itpm_prep.widgets.blocks import Block, Told

Value = str | int | float | None
Cell = Value | tuple[Value, str]
"""A value, None where there is none; or the value it sorts by and the words that are shown for it."""

LONGEST = 200


class Column(NamedTuple):
    """One column: its key, its heading, and how its cells are drawn.

    A ``number`` stands at the right and is shown with so many ``digits``; ``choose`` offers its
    different texts as a filter; ``heat`` shades a cell between two values (the number is printed all
    the same); ``wide`` leaves room for sentences; a ``hidden`` one is not drawn, and is there to filter by;
    ``hint`` says more about the heading.
    """

    key: str
    label: str
    number: bool = False
    digits: int = 0
    choose: bool = False
    heat: tuple[float, float] | None = None
    wide: bool = False
    hidden: bool = False
    hint: str = ""


class Line(NamedTuple):
    """One row: what it reports when it is opened, and a cell for each column."""

    key: str
    cells: Sequence[Cell]


class Table(Block):
    """Rows of plain text and numbers; nothing in a cell is read as markup.

    The first cell heads its row and opens it, when there is ``on_open``. Sorting, filtering, paging
    and saving as CSV happen in the browser, which tells how it stands, so that a screen shown again
    finds it as it was left. ``file`` names what is saved, without its ending; ``sort`` is the key of
    the column it is sorted by at first, with a "-" before it for the other way round. Tables of at most
    ``QUIET`` rows are drawn without filters.
    """

    kind = "table"
    PAGE = 40
    QUIET = 16

    def __init__(
        self,
        caption: str,
        columns: Sequence[Column],
        lines: Iterable[Line],
        file: str,
        *,
        sort: str = "",
        on_open: Callable[[str], None] | None = None,
        page: int = PAGE,
    ) -> None:
        self._on_open = on_open
        self._columns = {column.key for column in columns}
        super().__init__(
            caption=caption,
            columns=[column._asdict() for column in columns],
            rows=_rows(lines),
            page=page,
            quiet=self.QUIET,
            file=file,
            opens=on_open is not None,
            state={
                "sort": sort.removeprefix("-"),
                "down": sort.startswith("-"),
                "words": "",
                "chosen": {},
                "at": 0,
            },
        )

    def fill(self, lines: Iterable[Line]) -> None:
        """Show other rows, sorted and filtered as before."""
        self.update(rows=_rows(lines))

    @property
    def state(self) -> Mapping[str, Any]:
        """How it is sorted, filtered and paged: ``sort``, ``down``, ``words``, ``chosen``, ``at``."""
        return self.spec["state"]  # type: ignore[no-any-return]  # a spec holds anything

    def filter_like(self, other: Table) -> None:
        """Take over the filter of another table before it is shown, as far as this one has the columns."""
        taken = {key: value for key, value in other.state["chosen"].items() if key in self._columns}
        filtered = {"words": other.state["words"], "chosen": {**self.state["chosen"], **taken}}
        if filtered != {name: self.state[name] for name in filtered}:
            self.spec["state"] = {**self.state, **filtered, "at": 0}

    def stand_like(self, other: Table) -> None:
        """Be sorted, filtered and paged like another table of the same columns, before it is shown."""
        self.spec["state"] = self._checked(other.state)

    def hear(self, told: Told) -> None:
        """A row was opened, or the table was sorted, filtered or paged."""
        if told.get("kind") == "open" and self._on_open:
            if any(row[0] == told.get("key") for row in self.spec["rows"]):
                self._on_open(str(told["key"]))
        elif told.get("kind") == "view" and isinstance(told.get("state"), dict):
            self.spec["state"] = self._checked(told["state"])

    def _checked(self, state: Told) -> dict[str, Any]:
        sort, at, chosen = state.get("sort"), state.get("at"), state.get("chosen")
        picked = chosen.items() if isinstance(chosen, dict) else ()
        return {
            "sort": sort if isinstance(sort, str) and sort in self._columns else "",
            "down": state.get("down") is True,
            "words": str(state.get("words", ""))[:LONGEST],
            "chosen": {key: str(value)[:LONGEST] for key, value in picked if key in self._columns},
            "at": at if isinstance(at, int) and 0 <= at < len(self.spec["rows"]) else 0,
        }


def _rows(lines: Iterable[Line]) -> list[list[Any]]:
    return [[key, *map(_sent, cells)] for key, cells in lines]


def _sent(cell: Cell) -> Any:
    """A cell as JSON holds it: what is no number (NaN) is none."""
    if isinstance(cell, tuple):
        return [_sent(cell[0]), cell[1]]
    return None if isinstance(cell, float) and isnan(cell) else cell
