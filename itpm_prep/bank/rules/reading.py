"""The candidate reads or hears the question once."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import grade

MOST_GRADE = {"stem": 11, "context": 12}


def check(case: Case) -> Iterator[Fault]:
    """The Flesch-Kincaid grade of the stem is at most 11, of the context at most 12."""
    for key, most in MOST_GRADE.items():
        level = grade(getattr(case.question, key) or "I see.")
        if level > most:
            must = f"be grade {most} or lower: shorter words and sentences"
            yield Fault(key, f"reading grade {level:.1f}", must)
