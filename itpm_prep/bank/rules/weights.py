"""The weights of the criteria."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault, joined

EQUAL = 25


def check(case: Case) -> Iterator[Fault]:
    """The weights add up to 100, and weights other than 25 each have a reason."""
    weights = [criterion.weight for criterion in case.question.criteria]
    if sum(weights) != 100:
        yield Fault("criteria", f"weighted {joined(weights)}, {sum(weights)} in all", "add up to 100")
    if any(weight != EQUAL for weight in weights) and not case.question.weight_reason:
        yield Fault("weight_reason", "missing", f"give the reason for weights other than {EQUAL} each")
