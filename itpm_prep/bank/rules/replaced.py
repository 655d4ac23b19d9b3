"""A correction points back to what it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault


def check(cases: Sequence[Case]) -> Iterator[tuple[Case, Fault]]:
    """``replaces`` names another question of the bank, and that one is retired."""
    status = {case.question.id: case.question.status for case in cases}
    for case in cases:
        old = case.question.replaces
        if old is None:
            continue
        if old == case.question.id or old not in status:
            yield case, Fault("replaces", old, "be the id of another question of the bank")
        elif status[old] != "retired":
            yield case, Fault("replaces", f"{old}, which is {status[old]}", "be a question that is retired")
