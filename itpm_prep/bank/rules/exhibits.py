"""The tables are whole."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault


def check(case: Case) -> Iterator[Fault]:
    """Each row is as wide as the columns; column names and row labels are there once each."""
    for place, exhibit in enumerate(case.question.exhibits):
        width, labels = len(exhibit.columns), [str(row[0]) for row in exhibit.rows]
        if len(set(exhibit.columns)) < width:
            yield Fault(f"exhibits[{place}].columns", "a list with a name twice", "name each column once")
        for number, row in enumerate(exhibit.rows):
            key = f"exhibits[{place}].rows[{number}]"
            if len(row) != width:
                yield Fault(key, f"{len(row)} cells wide", f"have {width} cells, one for each column")
            if labels[number] in labels[:number]:
                yield Fault(key, f"a second row called {labels[number]!r}", "have a label of its own")
