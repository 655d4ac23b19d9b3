"""How many words each part may have."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import count_words, prose

LIMITS = {  # the start of a key: fewest and most words
    "stem": (8, 45),
    "intent": (1, 50),
    "strong_points": (1, 25),
    "criteria": (5, 40),
    "benchmarks": (40, 420),
}


def check(case: Case) -> Iterator[Fault]:
    """Stem 8-45 words, intent up to 50, strong point up to 25, anchor 5-40, benchmark 40-420."""
    for key, text in prose(case.question):
        limits = LIMITS.get(key.split("[")[0])
        words = count_words(text)
        if limits and not limits[0] <= words <= limits[1]:
            yield Fault(key, f"{words} words", f"be {limits[0]}-{limits[1]} words")
