"""Questions that may be too close: for a reader to judge, not a fault."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import content_words
from itpm_prep.bank.types import Question

LISTED_AT = 0.6


def check(cases: Sequence[Case]) -> Iterator[tuple[Case, Fault]]:
    """Stem, intent and points of two questions with a TF-IDF cosine of 0.6 or more are listed."""
    live = [case for case in cases if case.question.status != "retired"]
    vectors = _unit_vectors([_counts(case.question) for case in live])
    holders: dict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        cosine: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other in holders[term]:
                cosine[other] += weight * vectors[other][term]
            holders[term].append(place)
        for other in sorted(cosine):
            if cosine[other] >= LISTED_AT:
                one, two = live[place].question, live[other].question
                found = f"close to {two.id} (cosine {cosine[other]:.2f}): {one.stem!r} beside {two.stem!r}"
                yield live[place], Fault("stem", found, "ask for something else, in a reader's eyes")


def _counts(question: Question) -> Counter[str]:
    return Counter(content_words(" . ".join([question.stem, question.intent, *question.strong_points])))


def _unit_vectors(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Term weights tf x (ln((1 + n) / (1 + df)) + 1), scaled to length 1 (smoothed TF-IDF)."""
    holding = Counter(term for count in counts for term in count)
    vectors = []
    for count in counts:
        raw = {
            term: times * (math.log((1 + len(counts)) / (1 + holding[term])) + 1)
            for term, times in count.items()
        }
        length = math.hypot(*raw.values()) or 1.0
        vectors.append({term: weight / length for term, weight in raw.items()})
    return vectors
