"""The keyed answers can be spoken in the time and are far enough apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import count_words
from itpm_prep.bank.types import Benchmark, Question

WORDS_PER_SECOND = 2.5
STRONG_LEAST_WORDS = 140
DEVELOPING_WORDS = (40, 160)
LEAST_GAP = 1.5


def check(case: Case) -> Iterator[Fault]:
    """Strong is 140 words to max_s x 2.5, developing 40-160, and their scores differ by 1.5 or more."""
    question = case.question
    limits: dict[Literal["strong", "developing"], tuple[int, int]] = {
        "strong": (STRONG_LEAST_WORDS, int(question.timing.max_s * WORDS_PER_SECOND)),
        "developing": DEVELOPING_WORDS,
    }
    places = {benchmark.label: place for place, benchmark in enumerate(question.benchmarks)}
    for label, (least, most) in limits.items():
        if label not in places:
            continue
        words = count_words(question.benchmarks[places[label]].text)
        if not least <= words <= most:
            yield Fault(f"benchmarks[{places[label]}].text", f"{words} words", f"be {least}-{most} words")
    if set(limits) <= set(places):
        strong, developing = (question.benchmarks[places[label]] for label in limits)
        gap = _keyed_score(question, strong) - _keyed_score(question, developing)
        if gap < LEAST_GAP:
            found = f"keyed {gap:.2f} above developing"
            yield Fault(f"benchmarks[{places['strong']}].key", found, f"be {LEAST_GAP} or more above it")


def _keyed_score(question: Question, benchmark: Benchmark) -> float:
    """The weighted mean of the keyed scores, 1-5."""
    weights = {criterion.id: criterion.weight for criterion in question.criteria}
    total = sum(weights.get(criterion, 0) * score for criterion, score in benchmark.key.items())
    return total / sum(weights.values())
