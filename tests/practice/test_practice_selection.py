from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, LEVELS, Category, Competency
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import Selection, choose_questions

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def entry(number: int, **changes: Any) -> Entry:
    fields: dict[str, Any] = {
        "id": f"Q-{number:03}",
        "version": 1,
        "status": "draft",
        "category": "scenario",
        "level": "senior",
        "level_also": (),
        "specialisation": "general",
        "competencies": (COMPETENCIES[number % len(COMPETENCIES)],),
        "title": "",
        "prep_s": 30,
        "target_s": 120,
        "figures": 0,
    }
    where_it_is_kept = dict.fromkeys(Entry.__struct_fields__, 0)
    return Entry(**where_it_is_kept | fields | changes)


def setup(length: int = 3, categories: tuple[Category, ...] = ("scenario",), **changes: Any) -> Setup:
    fields: dict[str, Any] = {"level": "senior", "mode": "mock", "seed": 1}
    return Setup(**fields | changes, length=length, categories=categories)


def chosen(
    entries: list[Entry], wanted: Setup, seen: dict[str, datetime] | None = None, seed: int = 1
) -> Selection:
    return choose_questions(entries, wanted, seen or {}, Random(seed))  # noqa: S311 - practice, not secrets


def ids(selection: Selection) -> list[str]:
    return [each.id for each in selection.entries]


def test_only_questions_that_fit_the_choice_are_asked() -> None:
    entries = [
        entry(1),
        entry(2, specialisation="erp"),
        entry(3, level="mid", level_also=("senior",)),
        entry(4, status="retired"),
        entry(5, specialisation="agile"),
        entry(6, category="change"),
        entry(7, level="mid"),
    ]
    found = chosen(entries, setup(specialisation="erp"))
    assert sorted(ids(found)) == ["Q-001", "Q-002", "Q-003"]
    assert found.notes == ()


def test_the_categories_take_turns() -> None:
    kinds: tuple[Category, ...] = ("behavioral", "scenario", "change")
    entries = [entry(n, category=kinds[n % 3]) for n in range(30)]
    asked = [each.category for each in chosen(entries, setup(7, kinds)).entries]
    assert asked[:3] == asked[3:6]
    assert set(asked[:3]) == set(kinds)
    assert asked[6] == asked[0]


def test_unseen_questions_come_first_then_those_seen_longest_ago() -> None:
    entries = [entry(n) for n in range(5)]
    seen = {"Q-000": NOW, "Q-001": NOW - timedelta(days=9), "Q-002": NOW - timedelta(days=2)}
    found = ids(chosen(entries, setup(5), seen))
    assert set(found[:2]) == {"Q-003", "Q-004"}
    assert found[2:] == ["Q-001", "Q-002", "Q-000"]


def test_no_two_questions_share_a_primary_competency_while_that_can_be_avoided() -> None:
    """Even when the choice of an earlier category has to give way, but never before a question not seen."""
    entries = [
        entry(1, competencies=("risk_issue",)),
        entry(2, competencies=("risk_issue",)),
        entry(3, competencies=("cost_benefit",)),
        entry(4, category="change", competencies=("cost_benefit",)),
    ]
    for seed in range(10):
        found = chosen(entries, setup(2, ("scenario", "change")), {}, seed)
        assert len({each.competencies[0] for each in found.entries}) == 2
        alone = chosen(entries, setup(2), {"Q-003": NOW}, seed)
        assert set(ids(alone)) == {"Q-001", "Q-002"}


def test_questions_of_the_chosen_specialisation_come_before_general_ones() -> None:
    entries = [entry(1), entry(2, specialisation="erp"), entry(3), entry(4, specialisation="erp")]
    asked = Setup(
        level="senior", specialisation="erp", categories=("scenario",), mode="mock", length=2, seed=0
    )
    for seed in range(5):
        assert {each.specialisation for each in chosen(entries, asked, {}, seed).entries} == {"erp"}


def test_neighbouring_levels_fill_up_and_the_person_is_told() -> None:
    entries = [entry(1), entry(2), entry(3, level="mid"), entry(4, level="junior")]
    found = chosen(entries, setup(3))
    assert ids(found)[2] == "Q-003"
    assert found.notes == ("Only 2 senior scenario questions exist; 1 mid question was added.",)


def test_a_category_without_a_question_at_the_level_says_so() -> None:
    entries = [entry(1, level="director"), entry(2, level="mid")]
    assert chosen(entries, setup(2)).notes == (
        "No senior scenario question exists; 1 mid question and 1 director question were added.",
    )


def test_another_category_steps_in_when_one_has_no_more() -> None:
    entries = [entry(1), *(entry(n, category="change") for n in range(2, 9))]
    found = chosen(entries, setup(5, ("scenario", "change")))
    assert Counter(each.category for each in found.entries) == {"scenario": 1, "change": 4}


def test_too_few_questions_make_a_shorter_interview_and_none_says_what_to_do() -> None:
    assert chosen([entry(1), entry(2)], setup(6)).notes == (
        "Only 2 questions fit your choice, so the interview is shorter than the 6 you asked for.",
    )
    assert chosen([entry(1)], setup(2)).notes[0].startswith("Only 1 question fits your choice")
    assert chosen([entry(1, status="retired")], setup(2)) == Selection(
        (), ("No question fits your choice. Choose more categories, or another level.",)
    )


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(CATEGORIES[:3]),
        st.sampled_from(LEVELS),
        st.sampled_from(COMPETENCIES[:4]),
        st.booleans(),
    ),
    max_size=25,
).map(
    lambda rows: [
        entry(n, category=kind, level=level, competencies=(area,), status="retired" if gone else "draft")
        for n, (kind, level, area, gone) in enumerate(rows)
    ]
)
SEEN = st.dictionaries(st.integers(0, 24).map("Q-{:03}".format), st.datetimes(timezones=st.just(UTC)))


@settings(deadline=None, max_examples=80)
@given(ENTRIES, SEEN, st.integers(1, 20), st.integers(0, 99))
def test_the_same_seed_and_record_give_the_same_interview_and_nothing_twice(
    entries: list[Entry], seen: dict[str, datetime], length: int, seed: int
) -> None:
    wanted = setup(length, CATEGORIES[:3])
    found = chosen(entries, wanted, seen, seed)
    assert found == chosen(entries[::-1], wanted, seen, seed)
    assert len(set(ids(found))) == len(found.entries)
    assert len(found.entries) == min(length, sum(each.status != "retired" for each in entries))
    assert all(each.status != "retired" for each in found.entries)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from(COMPETENCIES[:4]), min_size=1, max_size=4),
    st.lists(st.sampled_from(COMPETENCIES[:4]), min_size=1, max_size=4),
    st.integers(0, 99),
)
def test_two_categories_share_a_competency_only_when_every_pair_would(
    some: list[Competency], others: list[Competency], seed: int
) -> None:
    entries = [entry(n, competencies=(area,)) for n, area in enumerate(some)]
    entries += [entry(n, category="change", competencies=(area,)) for n, area in enumerate(others, 50)]
    one, other = chosen(entries, setup(2, ("scenario", "change")), {}, seed).entries
    avoidable = any(first != second for first, second in product(some, others))
    assert (one.competencies != other.competencies) == avoidable


def test_other_specialisations_fill_in_only_where_none_is_suited_and_the_person_is_told() -> None:
    erp, agile = entry(1, specialisation="erp"), entry(2, specialisation="agile")
    found = chosen([erp, agile], setup(1), {}, 0)
    assert set(ids(found)) <= {"Q-001", "Q-002"}
    assert "those of others were taken" in found.notes[0]
    alone = chosen([erp, agile, entry(3)], setup(3), {}, 0)
    assert ids(alone) == ["Q-003"]
