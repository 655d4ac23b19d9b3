"""The claims a question rests on are looked up again each year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from itpm_prep.bank.rules.case import Case, Fault

LONGEST = timedelta(days=366)


def check(case: Case) -> Iterator[Fault]:
    """A technical question has a fact or more, each looked up within the last 12 months."""
    question = case.question
    if question.category == "technical" and not question.facts:
        yield Fault("facts", "missing", "hold one fact or more with its source")
    if question.status == "retired":
        return
    for place, fact in enumerate(question.facts):
        try:
            age = case.today - date.fromisoformat(fact.checked)
        except ValueError:
            yield Fault(f"facts[{place}].checked", fact.checked, "be a day of the calendar")
            continue
        if not timedelta(days=-1) <= age <= LONGEST:  # somewhere it is tomorrow already
            must = f"lie within the 12 months up to {case.today}: look the source up again"
            yield Fault(f"facts[{place}].checked", fact.checked, must)
