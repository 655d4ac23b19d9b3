"""The four criteria are those of the category, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault, joined
from itpm_prep.bank.types import CRITERIA_OF


def check(case: Case) -> Iterator[Fault]:
    """The criterion ids are those of the category, in their order."""
    found = tuple(criterion.id for criterion in case.question.criteria)
    wanted = CRITERIA_OF[case.question.category]
    if found != wanted:
        yield Fault("criteria", joined(found), f"be {joined(wanted)} in this order")
