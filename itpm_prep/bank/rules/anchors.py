"""Two raters can tell the anchors apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import content_words, overlap
from itpm_prep.bank.types import Anchors
from itpm_prep.bank.words import EVALUATIVE

MOST_OVERLAP = 0.5
LEAST_NEW_WORDS = 4
_EVALUATIVE = re.compile(rf"\b({'|'.join(EVALUATIVE)})\b", re.IGNORECASE)


def check(case: Case) -> Iterator[Fault]:
    """Neighbours share half their content words at most, 4 and 5 each add four to 3, none praises."""
    for place, criterion in enumerate(case.question.criteria):
        for fault in _check_criterion(criterion.anchors):
            yield Fault(f"criteria[{place}].anchors.{fault.key}", fault.found, fault.must)


def _check_criterion(anchors: Anchors) -> Iterator[Fault]:
    words = {score: set(content_words(anchors[score])) for score in range(1, 6)}
    for score in range(2, 6):
        share = overlap(words[score], words[score - 1])
        if share > MOST_OVERLAP:
            found = f"{share:.0%} the same words as anchor {score - 1}"
            yield Fault(str(score), found, f"share {MOST_OVERLAP:.0%} at most")
    for score in (4, 5):
        new = words[score] - words[3]
        if len(new) < LEAST_NEW_WORDS:
            found = f"{len(new)} content words more than anchor 3"
            yield Fault(str(score), found, f"add {LEAST_NEW_WORDS} or more")
    for score in range(1, 6):
        if judged := _EVALUATIVE.search(anchors[score]):
            yield Fault(str(score), f"a judgement ({judged[0]!r})", "say what is heard, not how it is rated")
