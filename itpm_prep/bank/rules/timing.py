"""The times of a question fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault

MOST_RATIO = 1.7


def check(case: Case) -> Iterator[Fault]:
    """The longest answer time is at least the target and at most 1.7 times it."""
    timing = case.question.timing
    most = int(timing.target_s * MOST_RATIO + 1e-9)
    if not timing.target_s <= timing.max_s <= most:
        must = f"be {timing.target_s} to {most}, that is up to {MOST_RATIO} times target_s"
        yield Fault("timing.max_s", str(timing.max_s), must)
