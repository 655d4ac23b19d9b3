"""No id is used twice in the bank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault


def check(cases: Sequence[Case]) -> Iterator[tuple[Case, Fault]]:
    """Each id belongs to one file."""
    first: dict[str, Case] = {}
    for case in cases:
        other = first.setdefault(case.question.id, case)
        if other is not case:
            yield case, Fault("id", f"{case.question.id}, as in {other.source.file}", "be used by one file")
