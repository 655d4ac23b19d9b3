"""Who wrote and read the question, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from itpm_prep.bank.rules.case import Case, Fault


def check(case: Case) -> Iterator[Fault]:
    """A reviewed question names a human reader other than its author, and a real day of reading."""
    origin = case.question.provenance
    if case.question.status == "reviewed":
        if not origin.reviewed_by:
            yield Fault("provenance.reviewed_by", "empty", "name who read the question, or status be draft")
        if origin.reviewed_on is None:
            yield Fault("provenance.reviewed_on", "missing", "be the day of the review")
    for place, name in enumerate(origin.reviewed_by):
        if name.casefold() == origin.author.casefold():
            yield Fault(f"provenance.reviewed_by[{place}]", f"{name}, the author", "be somebody else")
    for key, day in (("created", origin.created), ("reviewed_on", origin.reviewed_on)):
        if day is not None and not _is_past(day, case.today):
            yield Fault(f"provenance.{key}", day, "be a day of the calendar that has come")
    if origin.reviewed_on is not None and origin.reviewed_on < origin.created:
        yield Fault("provenance.reviewed_on", origin.reviewed_on, f"be {origin.created} (created) or later")


def _is_past(day: str, today: date) -> bool:
    """Whether it is a real day up to tomorrow: somewhere it is tomorrow already."""
    try:
        return date.fromisoformat(day) <= today + timedelta(days=1)
    except ValueError:
        return False
