"""Sentences that can be said in one breath."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import count_words, sentences, spoken

MOST_WORDS = 30


def check(case: Case) -> Iterator[Fault]:
    """No sentence that the interviewer says is longer than 30 words."""
    for key, text in spoken(case.question):
        if key.startswith("exhibits"):  # a table has no sentences
            continue
        for sentence in sentences(text):
            words = count_words(sentence)
            if words > MOST_WORDS:
                start = " ".join(sentence.split()[:5])
                yield Fault(key, f"a sentence of {words} words ('{start} ...')", f"be {MOST_WORDS} at most")
