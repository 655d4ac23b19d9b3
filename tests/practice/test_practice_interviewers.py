"""The panel: who asks what, and nothing twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from test_practice_selection import entry, ids, setup

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, LEVELS
from itpm_prep.practice.interviewers import PANEL, asker_of, choose_panel
from itpm_prep.practice.selection import Selection

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROLES = [one.role for one in PANEL]


def panel(
    entries: list[Entry], length: int = 6, seen: dict[str, datetime] | None = None, seed: int = 1
) -> Selection:
    wanted = setup(length, CATEGORIES, mode="panel")
    return choose_panel(entries, wanted, seen or {}, Random(seed))  # noqa: S311 - practice, not secrets


def test_every_competency_belongs_to_one_interviewer() -> None:
    assert Counter(area for one in PANEL for area in one.competencies) == Counter(COMPETENCIES)


def test_the_three_take_turns_while_each_has_a_question_left() -> None:
    chosen = panel([entry(n) for n in range(64)], 9).entries
    asked = [asker_of(one.competencies[0]) for one in chosen]
    assert set(asked[:3]) == set(ROLES)
    assert asked == asked[:3] * 3


def test_the_level_comes_before_a_neighbouring_one_and_unseen_before_seen() -> None:
    area = ("risk_issue",)
    near, far = entry(1, competencies=area), entry(2, competencies=area, level="mid")
    assert ids(panel([near, far])) == ["Q-001"]
    other = entry(3, competencies=area)
    assert ids(panel([near, other], seen={"Q-001": NOW})) == ["Q-003"]


def test_too_few_competencies_make_a_shorter_panel_and_the_person_is_told_why() -> None:
    found = panel([entry(1, competencies=("risk_issue",)), entry(2, competencies=("risk_issue",))])
    assert len(found.entries) == 1
    assert "a panel asks about no competency twice" in found.notes[0]
    assert panel([]).notes[0].startswith("No question fits")


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(CATEGORIES), st.sampled_from(LEVELS), st.sampled_from(COMPETENCIES), st.booleans()
    ),
    max_size=40,
).map(
    lambda rows: [
        entry(n, category=kind, level=level, competencies=(area,), status="retired" if gone else "draft")
        for n, (kind, level, area, gone) in enumerate(rows)
    ]
)  # fmt: skip
SEEN = st.dictionaries(st.integers(0, 39).map("Q-{:03}".format), st.datetimes(timezones=st.just(UTC)))


@settings(deadline=None, max_examples=60)
@given(ENTRIES, SEEN, st.integers(1, 20), st.integers(0, 99))
def test_no_competency_twice_no_retired_question_and_the_same_seed_gives_the_same_panel(
    entries: list[Entry], seen: dict[str, datetime], length: int, seed: int
) -> None:
    found = panel(entries, length, seen, seed)
    assert found == panel(entries[::-1], length, seen, seed)
    areas = [one.competencies[0] for one in found.entries]
    assert len(set(areas)) == len(areas)
    there = {one.competencies[0] for one in entries if one.status != "retired"}
    assert len(areas) == min(length, len(there))
    asked = Counter(map(asker_of, areas))
    for role in ROLES:  # nobody sits silent while another asks twice as much and more
        left = sum(asker_of(area) == role for area in there) - asked[role]
        assert left == 0 or asked[role] >= max(asked.values()) - 1
