"""Each anchor is written for its own question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import tokens


def check(cases: Sequence[Case]) -> Iterator[tuple[Case, Fault]]:
    """No anchor stands in another place of the bank with the same words."""
    first: dict[str, str] = {}
    for case in cases:
        if case.question.status == "retired":
            continue
        for place, criterion in enumerate(case.question.criteria):
            for score in range(1, 6):
                key = f"criteria[{place}].anchors.{score}"
                here = f"{case.question.id} {criterion.id} {score}"
                other = first.setdefault(" ".join(tokens(criterion.anchors[score])), here)
                if other != here:
                    must = "be written for this question and score"
                    yield case, Fault(key, f"word for word the anchor {other}", must)
