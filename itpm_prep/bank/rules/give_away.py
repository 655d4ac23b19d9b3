"""The question does not say its own answer."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import content_words

MOST_SHARE = 0.30


def check(case: Case) -> Iterator[Fault]:
    """The stem shares under 30 % of its content words with any one strong point."""
    stem = set(content_words(case.question.stem))
    for place, point in enumerate(case.question.strong_points):
        shared = stem & set(content_words(point))
        if len(shared) >= MOST_SHARE * len(stem) and shared:
            found = f"a point with {len(shared)} of the {len(stem)} content words of the stem"
            yield Fault(f"strong_points[{place}]", found, f"share under {MOST_SHARE:.0%}")
