"""Coverage: what is counted, what is too little and what is too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st

from itpm_prep import settings
from itpm_prep.bank import targets
from itpm_prep.bank.coverage import Count, Coverage, Table, count_coverage
from itpm_prep.bank.source import parse_source
from itpm_prep.bank.topics import Topic, read_topics
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, LEVELS, SPECIALISATIONS, Question

Sound = Callable[[str], str]
TOPICS = read_topics(settings.CHECKOUT / "question_bank")


@pytest.fixture
def question(sound: Sound) -> Question:
    """A senior scenario for software, first competency metrics_reporting, with figures and benchmarks."""
    source, _ = parse_source(sound("SCN-SOF-001"), settings.CHECKOUT, "q")
    assert source is not None
    return msgspec.convert(source.data, Question)


def cell(table: Table, row: str, column: str) -> Count:
    return table.counts[table.rows.index(row)][table.columns.index(column)]


def count(questions: Sequence[Question]) -> Coverage:
    return count_coverage(questions, TOPICS)


# The plan -----------------------------------------------------------------------------------------


def test_every_closed_list_has_its_targets_and_all_tables_add_up_to_the_same() -> None:
    assert tuple(targets.CATEGORIES_BY_LEVEL) == CATEGORIES
    assert tuple(targets.SPECIALISATIONS_BY_BOTH) == SPECIALISATIONS
    assert tuple(targets.COMPETENCIES_BY_BOTH) == COMPETENCIES
    by_category = [sum(numbers) for numbers in targets.CATEGORIES_BY_LEVEL.values()]
    by_level = [sum(numbers) for numbers in zip(*targets.CATEGORIES_BY_LEVEL.values(), strict=True)]
    for plan in (targets.SPECIALISATIONS_BY_BOTH, targets.COMPETENCIES_BY_BOTH):
        assert [
            sum(numbers) for numbers in zip(*(one for one, _ in plan.values()), strict=True)
        ] == by_category
        assert [sum(numbers) for numbers in zip(*(one for _, one in plan.values()), strict=True)] == by_level
        assert all(sum(one) == sum(other) for one, other in plan.values())
    assert sum(by_level) == 320


def test_the_first_release_holds_half_of_each_cell_rounded_up() -> None:
    for table in count([]).tables:
        assert all(2 * counted.first - counted.full in (0, 1) for _, _, counted in table.cells())


def test_thirty_topics_are_to_be_named_by_several_questions() -> None:
    several = [one.topic.id for one in count([]).topics if (one.count.first, one.count.full) == (2, 3)]
    assert len(several) == 5 + 8 + 7 + 10
    assert {re.sub("[0-9]", "", topic) for topic in several} == {"QC", "SQ", "SP", "RS"}


# Counting -----------------------------------------------------------------------------------------


def test_a_question_counts_once_at_its_own_level_and_first_competency(question: Question) -> None:
    also = msgspec.structs.replace(question, level_also=("mid",))
    by_level, by_specialisation, by_competency = count([also]).tables
    assert [cell(by_level, "scenario", level).have for level in (*LEVELS, "all")] == [0, 0, 1, 0, 1]
    assert cell(by_level, "all", "senior").have == cell(by_level, "all", "all").have == 1
    assert cell(by_specialisation, "software", "scenario").have == 1
    assert cell(by_specialisation, "software", "senior").have == 1
    held = [row for row, column, counted in by_competency.cells() if column == "all" and counted.have]
    assert held == ["metrics_reporting"]


@configure(deadline=None, max_examples=30)
@given(st.lists(st.tuples(*map(st.sampled_from, (CATEGORIES, LEVELS, SPECIALISATIONS, COMPETENCIES)))))
def test_categories_and_levels_of_every_row_add_up_to_its_all(places: list[tuple[str, ...]]) -> None:
    made = [
        msgspec.convert(
            {**SMALL, "category": category, "level": level, "specialisation": area, "competencies": [first]},
            Question,
        )
        for category, level, area, first in places
    ]
    tables = count(made).tables
    for table, row in [(one, row) for one in tables for row in one.rows]:
        assert sum(cell(table, row, level).have for level in LEVELS) == cell(table, row, "all").have
        if CATEGORIES[0] in table.columns:
            assert sum(cell(table, row, name).have for name in CATEGORIES) == cell(table, row, "all").have
    assert cell(tables[0], "all", "all").have == len(places)


def test_a_retired_question_does_not_count(question: Question) -> None:
    assert count([msgspec.structs.replace(question, status="retired")]) == count([])


def test_topics_are_counted_by_question_and_only_those_that_questions_name(question: Question) -> None:
    topics = [Topic("SQ5", "g", "success", "question"), Topic("RS99", "g", "none", "question")]
    topics.append(Topic("GD1", "g", "advice", "guidance"))
    twice = msgspec.structs.replace(question, topics=("SQ5", "SQ5", "GD1"))
    coverage = count_coverage([twice], topics)
    assert [(one.topic.id, one.count) for one in coverage.topics] == [
        ("SQ5", Count(1, 2, 3)),
        ("RS99", Count(0, 0, 1)),
    ]
    assert [topic.id for topic in coverage.unnamed()] == ["RS99"]
    assert (coverage.named.have, coverage.named.full) == (1, 2)


def test_exhibits_count_with_figures_and_benchmarks_in_pairs(question: Question) -> None:
    bare = msgspec.structs.replace(question, figures=(), benchmarks=question.benchmarks[:1])
    polished = msgspec.structs.replace(question.benchmarks[0], label="polished")
    full = msgspec.structs.replace(question, benchmarks=(*question.benchmarks, polished))
    coverage = count([bare, full])
    assert cell(coverage.exhibits, "scenario", "all") == Count(1, 14, 24)
    assert cell(coverage.benchmarks, "scenario", "senior") == Count(1, 2, 3)
    assert coverage.polished.have == 1


# Too little and too much --------------------------------------------------------------------------


def test_a_sixth_question_of_one_kind_is_a_crowd(question: Question) -> None:
    assert count([question] * 5).crowds == ()
    (crowd,) = count([question] * 6).crowds
    assert crowd.place == ("scenario", "senior", "software", "metrics_reporting")
    assert (crowd.have, crowd.most) == (6, 5)
    other = msgspec.structs.replace(question, competencies=("risk_issue", "metrics_reporting"))
    assert count([*[question] * 5, other]).crowds == ()


def test_each_specialisation_has_three_categories_at_a_level_or_one_for_each_question() -> None:
    spread = count([]).spread
    assert cell(spread, "erp", "senior") == Count(0, 3, 3)
    assert cell(spread, "erp", "junior") == Count(0, 2, 3)  # its first release has two questions there


def test_categories_are_counted_and_not_questions(question: Question) -> None:
    change = msgspec.structs.replace(question, category="change")
    assert cell(count([question, question, change]).spread, "software", "senior").have == 2


def test_gaps_name_the_place_what_is_there_and_what_must_be(question: Question) -> None:
    gaps = {gap.where: (gap.have, gap.must) for gap in count([question] * 6).gaps("first")}
    assert gaps["category: scenario, senior"] == (6, 11)
    assert gaps["topic SQ1"] == (0, 2)
    assert gaps["topics named"][1] == 200
    assert gaps["polished answers"] == (0, 8)
    assert gaps["benchmarks: change, mid"] == (0, 2)
    assert gaps["alike: scenario, senior, software, metrics_reporting"] == (6, 5)
    assert "topic CE10" not in gaps  # the first release needs 200 topics, whichever they are
    assert "topic CE10" in {gap.where for gap in count([question]).gaps("full")}


def test_a_bank_that_holds_the_plan_has_no_gap(question: Question) -> None:
    """Three identical questions for each cell of four, all topics named: too alike for no rule but one."""
    everything = tuple(topic.id for topic in TOPICS if topic.use == "question")
    polished = msgspec.structs.replace(question.benchmarks[0], label="polished")
    model = msgspec.structs.replace(question, topics=everything, benchmarks=(*question.benchmarks, polished))
    places = product(CATEGORIES, LEVELS, SPECIALISATIONS, COMPETENCIES)
    made = [
        msgspec.structs.replace(model, category=kind, level=level, specialisation=area, competencies=(first,))
        for kind, level, area, first in places
    ]
    assert count(made * 3).gaps("full") == []
    assert {gap.where[:6] for gap in count(made * 6).gaps("full")} == {"alike:"}


SMALL = {
    "schema_version": 1,
    "id": "SCN-SOF-001",
    "version": 1,
    "status": "draft",
    "title": "t",
    "stem": "s",
    "intent": "i",
    "scaffold": "sbar",
    "timing": {"prep_s": 30, "target_s": 60, "max_s": 90},
    "probes": [{"id": f"p{n}", "targets": "DIA", "use_when": "always", "ask": "a"} for n in range(3)],
    "strong_points": ["a", "b", "c", "d"],
    "red_flags": [{"text": "t", "cap": {"criterion": "DIA", "max": 1}}] * 2,
    "criteria": [
        {"id": "DIA", "name": "n", "weight": 25, "anchors": {str(n): "a" for n in range(1, 6)}}
        for _ in range(4)
    ],
    "topics": ["SQ1"],
    "frameworks": [],
    "provenance": {
        "author": "a",
        "created": "2026-11-21",
        "reviewed_by": [],
        "licence": "CC-BY-4.0",
        "fiction": True,
    },
}
