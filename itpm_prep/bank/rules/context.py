"""The case that a scenario tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import count_words

LEAST_WORDS, MOST_WORDS = 60, 180
LEAST_FIGURES = 3


def check(case: Case) -> Iterator[Fault]:
    """A scenario has a context of 60-180 words with three or more figures; no context is longer."""
    context, scenario = case.question.context, case.question.category == "scenario"
    if context is None:
        if scenario:
            must = f"be there, {LEAST_WORDS}-{MOST_WORDS} words with {LEAST_FIGURES} or more figures"
            yield Fault("context", "missing", must)
        return
    words, least = count_words(context), LEAST_WORDS if scenario else 1
    if not least <= words <= MOST_WORDS:
        yield Fault("context", f"{words} words", f"be {least}-{MOST_WORDS} words")
    figures = len(re.findall(r"\d+(?:[.,:]\d+)*", context))
    if scenario and figures < LEAST_FIGURES:
        yield Fault("context", f"a case with {figures} figure(s)", f"have {LEAST_FIGURES} or more figures")
