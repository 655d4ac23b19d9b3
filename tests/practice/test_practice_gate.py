"""Which sample answers a gate takes, and the marks given in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import sample_question

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import CATEGORIES, CRITERIA_OF, LEVELS, Benchmark, Category, Level, Question
from itpm_prep.practice import gate as gates
from itpm_prep.practice.gate import SIZE, Gate, Label, Sample
from itpm_prep.practice.records import Calibration, KeyedMark

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
LABELS: tuple[Label, ...] = ("developing", "strong", "polished")
BANK = load_bank()
SHIPPED = gates.samples_of(BANK.question(entry.id) for entry in BANK.entries)


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - practice, not secrets


def sample(
    number: int, label: Label = "strong", category: Category = "change", level: Level = "mid"
) -> Sample:
    return Sample(question_id=f"q{number}", question_version=1, label=label, category=category, level=level)


def taken(samples: Sequence[Sample], days: int) -> Calibration:
    """A gate of these samples, that many days after the start."""
    marks = tuple(
        KeyedMark(
            question_id=one.question_id,
            question_version=one.question_version,
            label=one.label,
            criterion="RES",
            chosen=3,
            key=3,
        )
        for one in samples
    )
    return Calibration(id=f"g{days}", rated_at=NOW + timedelta(days=days), marks=marks)


def keyed_question(label: Label = "strong", **changes: object) -> Question:
    key = dict.fromkeys(CRITERIA_OF["behavioral"], 4)
    return sample_question(benchmarks=(Benchmark(label=label, key=key, text="Words."),), **changes)  # type: ignore[arg-type]


samples = st.builds(
    sample,
    st.integers(0, 12),
    st.sampled_from(LABELS),
    st.sampled_from(CATEGORIES),
    st.sampled_from(LEVELS),
)
pools = st.lists(samples, min_size=1, max_size=30, unique_by=lambda one: one.key)


# Choosing -----------------------------------------------------------------------------------------


@given(pools, st.sampled_from(LEVELS), st.integers(0, 99))
@limits(deadline=None, max_examples=60)
def test_a_gate_has_six_different_answers_of_which_exactly_one_is_polished_or_says_what_lacks(
    pool: list[Sample], level: Level, seed: int
) -> None:
    polished = sum(one.label == "polished" for one in pool)
    if polished == 0 or len(pool) - polished < SIZE - 1:
        words = gates.lack(pool)
        assert f"{polished or 'none'} of the first" in words
        with pytest.raises(ValueError, match="A gate needs 6 keyed"):
            gates.choose_samples(pool, level, (), chance(seed))
        return
    chosen = gates.choose_samples(pool, level, (), chance(seed))
    assert len({one.key for one in chosen}) == SIZE
    assert sum(one.label == "polished" for one in chosen) == 1
    assert set(chosen) <= set(pool)


@given(pools, st.integers(0, 99))
@limits(deadline=None, max_examples=30)
def test_the_same_chance_gives_the_same_choice_whatever_the_order_of_the_bank(
    pool: list[Sample], seed: int
) -> None:
    if gates.lack(pool):
        return
    first = gates.choose_samples(pool, "mid", (), chance(seed))
    assert gates.choose_samples(pool[::-1], "mid", (), chance(seed)) == first


@given(pools, st.integers(0, 99))
@limits(deadline=None, max_examples=60)
def test_an_answer_rated_before_comes_back_only_when_the_fresh_ones_of_its_kind_have_run_out(
    pool: list[Sample], seed: int
) -> None:
    if gates.lack(pool):
        return
    history: list[Calibration] = []
    for days in range(4):
        rated = {(mark.question_id, mark.label) for one in history for mark in one.marks}
        chosen = gates.choose_samples(pool, "mid", history, chance(seed + days))
        for polished, wanted in ((True, 1), (False, SIZE - 1)):
            fresh = [one for one in pool if (one.label == "polished") is polished and one.key not in rated]
            taken_fresh = [one for one in chosen if one in fresh]
            assert len(taken_fresh) == min(wanted, len(fresh))
        history.append(taken(chosen, days))


def test_when_all_were_rated_before_the_longest_ago_come_first() -> None:
    others = [sample(number) for number in range(10)]
    polished = [sample(20, "polished"), sample(21, "polished")]
    history = [taken([*others[5:], polished[1]], 0), taken([*others[:5], polished[0]], 40)]
    chosen = gates.choose_samples([*others, *polished], "mid", history, chance(1))
    assert set(chosen) == {*others[5:], polished[1]}


@pytest.mark.parametrize("level", LEVELS)
def test_in_the_shipped_bank_a_gate_mixes_categories_labels_and_levels_and_prefers_ones_own(
    level: Level,
) -> None:
    for seed in range(20):
        chosen = gates.choose_samples(SHIPPED, level, (), chance(seed))
        assert {one.category for one in chosen} == set(CATEGORIES)
        assert len({one.question_id for one in chosen}) == SIZE
        assert {one.label for one in chosen} == set(LABELS)
        assert sum(one.level == level for one in chosen) >= 3
        assert len({one.level for one in chosen}) >= 3


def test_the_shipped_bank_gives_ten_gates_without_a_repeat_and_the_polished_one_has_no_fixed_place() -> None:
    history: list[Calibration] = []
    places = set()
    for days in range(10):
        chosen = gates.choose_samples(SHIPPED, "senior", history, chance(days))
        places.add([one.label for one in chosen].index("polished"))
        history.append(taken(chosen, days))
    rated = [(mark.question_id, mark.label) for one in history for mark in one.marks]
    assert len(rated) == len(set(rated)) == 60
    assert len(places) > 2


def test_answers_of_retired_questions_and_answers_with_half_a_key_are_no_samples() -> None:
    sound = keyed_question()
    half = replace(sound, benchmarks=(replace(sound.benchmarks[0], key={"CTX": 3}),))
    retired = replace(sound, status="retired")
    assert [one.key for one in gates.samples_of([sound])] == [(sound.id, "strong")]
    assert gates.samples_of([half, retired, sample_question()]) == []


# Rating -------------------------------------------------------------------------------------------


def small_gate(*questions: Question) -> Gate:
    return gates.begin(gates.samples_of(questions), "mid", "g1", NOW)


def test_marks_can_be_given_changed_and_read_back_from_what_was_stored() -> None:
    question = keyed_question()
    gate = gates.give_mark(gates.give_mark(small_gate(question), 0, "CTX", 2), 0, "CTX", 4)
    assert gate.marks == ({"CTX": 4},)
    assert gates.open_criteria(gate, 0, question) == ["ACT", "RES", "REF"]
    stored = msgspec.json.decode(msgspec.json.encode(gate))
    assert msgspec.convert(stored | {"added_later": 1}, Gate) == gate


@pytest.mark.parametrize(("position", "chosen"), [(0, 0), (0, 6), (1, 3), (-1, 3)])
def test_a_mark_that_is_no_anchor_or_belongs_to_no_answer_is_refused(position: int, chosen: int) -> None:
    with pytest.raises(ValueError, match="marks are 1 to 5"):
        gates.give_mark(small_gate(keyed_question()), position, "CTX", chosen)


def test_one_turns_no_further_than_the_first_and_the_last_answer() -> None:
    gate = small_gate(keyed_question(), keyed_question(id="BEH-GEN-002"))
    assert [gates.turn_to(gate, to).position for to in (-1, 1, 2)] == [0, 1, 1]


def test_a_closed_gate_holds_each_mark_beside_its_key() -> None:
    question = keyed_question()
    gate = small_gate(question)
    for criterion, chosen in zip(CRITERIA_OF["behavioral"], (1, 3, 4, 5), strict=True):
        gate = gates.give_mark(gate, 0, criterion, chosen)
    closed = gates.close(gate, {question.id: question}, NOW)
    assert [(mark.criterion, mark.chosen, mark.key) for mark in closed.marks] == [
        ("CTX", 1, 4), ("ACT", 3, 4), ("RES", 4, 4), ("REF", 5, 4),
    ]  # fmt: skip
    assert (closed.id, closed.rated_at) == ("g1", NOW)


def test_a_gate_is_not_closed_while_a_mark_is_missing_or_when_its_answer_has_changed() -> None:
    question = keyed_question()
    with pytest.raises(ValueError, match="not rated whole"):
        gates.close(small_gate(question), {question.id: question}, NOW)
    gate = small_gate(question)
    assert gates.benchmark_of(gate.samples[0], question) is question.benchmarks[0]
    assert gates.benchmark_of(gate.samples[0], replace(question, version=2)) is None
    assert gates.benchmark_of(gate.samples[0], replace(question, benchmarks=())) is None
    assert gates.benchmark_of(gate.samples[0], None) is None
