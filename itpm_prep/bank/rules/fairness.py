"""Nothing about protected topics, no idioms, no gendered roles, nobody real."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import prose
from itpm_prep.bank.words import UNFAIR, UNFAIR_CASED

_PATTERNS = [
    *((re.compile(rf"\b({pattern})\b", re.IGNORECASE), kind) for pattern, kind in UNFAIR),
    *((re.compile(rf"\b({pattern})\b"), kind) for pattern, kind in UNFAIR_CASED),
]


def check(case: Case) -> Iterator[Fault]:
    """No text names a protected topic, an idiom, a gendered role, or a real company or person."""
    for key, text in prose(case.question):
        for pattern, kind in _PATTERNS:
            if match := pattern.search(text):
                yield Fault(key, f"{match[0]!r} ({kind})", "say it in neutral, literal, made-up terms")
