"""The topics of the role that a question covers."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault


def check(case: Case) -> Iterator[Fault]:
    """Each topic is an id of topics.csv that is meant for questions."""
    if case.topics is None:
        return
    for place, topic in enumerate(case.question.topics):
        if topic not in case.topics:
            yield Fault(f"topics[{place}]", topic, "be an id of topics.csv whose use is `question`")
