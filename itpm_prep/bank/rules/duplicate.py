"""No question is asked twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import overlap, tokens

GRAM = 4
FAILS_AT = 0.5


def check(cases: Sequence[Case]) -> Iterator[tuple[Case, Fault]]:
    """Two stems share less than half of their runs of four words (Jaccard)."""
    grams: list[set[str]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    live = [case for case in cases if case.question.status != "retired"]
    for place, case in enumerate(live):
        grams.append(_grams(case.question.stem))
        near = {other for gram in grams[place] for other in holders[gram]}
        for other in sorted(near):
            share = overlap(grams[place], grams[other])
            if share >= FAILS_AT:
                found = f"{share:.0%} the same as the stem of {live[other].question.id}"
                yield case, Fault("stem", found, f"share under {FAILS_AT:.0%} of its four-word runs")
        for gram in grams[place]:
            holders[gram].append(place)


def _grams(stem: str) -> set[str]:
    words = tokens(stem)
    return {" ".join(words[start : start + GRAM]) for start in range(max(len(words) - GRAM + 1, 1))}
