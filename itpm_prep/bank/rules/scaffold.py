"""The answer frame fits the category, the level and what the stem asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.types import Category, Scaffold
from itpm_prep.bank.words import PAST_ASK, STORY_ASK

# codac also serves hypothetical people cases, star_l change questions about the past.
ALLOWED: dict[Category, tuple[Scaffold, ...]] = {
    "behavioral": ("star_l",),
    "technical": ("prep", "pisco"),
    "scenario": ("codac", "sbar"),
    "leadership": ("star_l", "codac"),
    "change": ("adkar", "kotter", "star_l", "codac"),
}
KOTTER_LEVELS = ("senior", "director")


def check(case: Case) -> Iterator[Fault]:
    """The scaffold is one of its category; star_l goes with a past story and with nothing else."""
    question = case.question
    allowed = ALLOWED[question.category]
    if question.scaffold not in allowed:
        yield Fault("scaffold", question.scaffold, f"be {' or '.join(allowed)} for {question.category}")
    if question.scaffold == "kotter" and question.level not in KOTTER_LEVELS:
        yield Fault("scaffold", f"kotter at level {question.level}", "be adkar below senior")
    past = re.search(PAST_ASK, question.stem, re.IGNORECASE)
    story = re.search(STORY_ASK, question.stem, re.IGNORECASE)
    if question.scaffold == "star_l" and not past:
        yield Fault("scaffold", "star_l for a stem that asks for no past event", "fit what the stem asks")
    if question.scaffold != "star_l" and story:
        yield Fault(
            "scaffold", f"{question.scaffold} for '{story[0]}'", "be star_l when a story is asked for"
        )
