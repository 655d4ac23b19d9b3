"""Stories and what questions look for, for the tests of the story bank."""

from __future__ import annotations

from hypothesis import strategies as st

from itpm_prep.bank.types import COMPETENCIES, LEVELS, SPECIALISATIONS
from itpm_prep.practice.stories import Asked, Story

CUTOVER = Story(
    id="cutover",
    title="The payroll cutover",
    situation="Three weeks before the payroll cutover the vendor lost its lead consultant.",
    task="I had to keep the date, since the old licence ended that month.",
    action="I moved two interfaces to the second release and ran a rehearsal every weekend.",
    result="Payroll ran on 1 April for 4,200 employees with 11 corrections.",
    learning="I ask for a named deputy in each contract.",
    competencies=("risk_issue", "resources_vendors"),
    level="senior",
    specialisation="erp",
    strength=4,
)

WORDS = ["cutover", "vendor", "payroll", "budget", "rehearsal", "sponsor", "backlog", "outage", "audit"]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def stories(least: int = 0, most: int = 7) -> st.SearchStrategy[list[Story]]:
    """Some stories with ids of their own, a few of them without text."""
    one = st.builds(
        Story,
        id=st.integers(0, 10_000).map(str),
        title=texts,
        action=texts,
        competencies=st.lists(st.sampled_from(COMPETENCIES[:5]), max_size=3, unique=True).map(tuple),
        level=st.sampled_from(LEVELS),
        specialisation=st.sampled_from(SPECIALISATIONS),
        strength=st.integers(1, 5),
    )
    return st.lists(one, min_size=least, max_size=most, unique_by=lambda story: story.id)


@st.composite
def question(draw: st.DrawFn) -> Asked:
    """What one question looks for."""
    tags = st.lists(st.sampled_from(COMPETENCIES[:5]), min_size=1, max_size=3, unique=True)
    words = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    return Asked(
        str(draw(st.integers(0, 10_000))),
        "A question",
        tuple(draw(tags)),
        tuple(draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=2, unique=True))),
        draw(st.sampled_from(SPECIALISATIONS)),
        {word: word for word in words},
        frozenset(words),
    )


def questions(most: int = 7) -> st.SearchStrategy[list[Asked]]:
    """What some questions look for."""
    return st.lists(question(), min_size=1, max_size=most, unique_by=lambda one: one.id)
