"""Where the rules draw their lines: what just passes, what just fails, what must not be mistaken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itpm_prep.bank.check import check_bank, read_case
from itpm_prep.bank.rules import (
    acronyms,
    anchors,
    duplicate,
    exhibits,
    facts,
    fairness,
    figures,
    give_away,
    identity,
    levels,
    open_question,
    review,
    scaffold,
    similar,
    timing,
    weights,
)
from itpm_prep.bank.rules.case import Case, Rule
from itpm_prep.bank.types import LEVELS, Timing

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]
Make = Callable[..., Case]


@pytest.fixture
def make(sound: Sound, put: Put, today: date) -> Make:
    """A case made from a sound question with some of its parts replaced."""

    def build(question_id: str = "BEH-INF-001", **parts: Any) -> Case:
        case, problems = read_case(put(question_id, sound(question_id)), question_id, today)
        assert case is not None, problems
        return msgspec.structs.replace(case, question=msgspec.structs.replace(case.question, **parts))

    return build


def keys(rule: Rule, case: Case) -> list[str]:
    return [fault.key for fault in rule(case)]


@pytest.mark.parametrize(
    "stem",
    [
        "Tell me about a time when a date you had promised was lost, and what you did next.",
        "Your sponsor asks for one date. What do you tell her, and why?",
        "In two minutes, explain to a finance director what a burn-down shows.",
        "The vendor says no. Please walk me through your next step.",
        "How do you decide whether a team stops or goes on with a release that is late?",
    ],
)
def test_one_open_ask_passes(stem: str, make: Make) -> None:
    assert keys(open_question.check, make(stem=stem)) == []


@pytest.mark.parametrize(
    "stem",
    [
        "Have you ever led a project that lost its sponsor half way?",
        "The date is lost. Would you tell the sponsor at once?",
        "Didn't you see the delay in the weekly report of the vendor?",
        "Describe a late project. What did you learn from it?",
        "What went wrong? Who knew? When did you hear of it?",
        "The steering committee meets tomorrow in the main building.",
        "Which would you choose for this team, Scrum or Kanban?",
        "What do you do first: call the vendor or tell the sponsor?",
    ],
)
def test_closed_double_or_missing_asks_fail(stem: str, make: Make) -> None:
    assert set(keys(open_question.check, make(stem=stem))) == {"stem"}


@pytest.mark.parametrize(
    "point",
    [
        "Jira as a board and Microsoft Project as a plan",
        "business intel from the service desk",
        "the account of the leaver is disabled",
        "screens tested by users with disabilities",
        "average age of open tickets",
        "a visa check in the shell of the old portal",
        "the chair of the committee and her crew",
        "the race against the end of support",
    ],
)
def test_plain_project_words_are_not_unfair(point: str, make: Make) -> None:
    assert keys(fairness.check, make(strong_points=(point,))) == []


@pytest.mark.parametrize(
    "point",
    [
        "low-hanging fruit first",
        "the chairman informed",
        "two man-days saved",
        "Oracle blamed by name",
        "SAP rollout moved",
        "your age and health",
        "native speakers preferred",
        "a white-listed address",
        "the guys in operations",
        "Christmas freeze",
    ],
)
def test_unfair_words_are_found(point: str, make: Make) -> None:
    assert keys(fairness.check, make(strong_points=(point,))) == ["strong_points[0]"]


@pytest.mark.parametrize(
    ("point", "count"),
    [
        ("KPIs and an SLA, CPI of 0.9, P80 date, A and B", 0),
        ("the ZQP met", 1),
        ("the ZQP, then the ZQP again", 1),
        ("two ZQPs and one QXT", 2),
        ("the zonal quick plan (ZQP), then the ZQP", 0),
        ("ZQP (zonal quick plan) first", 0),
        ("a ZQP-based plan", 1),
    ],
)
def test_an_unknown_acronym_is_told_once_unless_spelled_out(point: str, count: int, make: Make) -> None:
    assert len(keys(acronyms.check, make(strong_points=(point,)))) == count


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(target=st.integers(60, 300), most=st.integers(60, 510))
def test_the_longest_time_lies_between_the_target_and_1_7_times_it(
    make: Make, target: int, most: int
) -> None:
    case = make(timing=Timing(prep_s=30, target_s=target, max_s=most))
    assert bool(keys(timing.check, case)) == (most < target or most * 10 > target * 17)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(1, 97), min_size=4, max_size=4), reason=st.booleans())
def test_weights_add_up_and_unequal_ones_have_a_reason(
    make: Make, values: list[int], *, reason: bool
) -> None:
    criteria = make().question.criteria
    weighted = [msgspec.structs.replace(c, weight=w) for c, w in zip(criteria, values, strict=True)]
    case = make(criteria=tuple(weighted), weight_reason="a reason" if reason else None)
    wanted = ["criteria"] * (sum(values) != 100) + ["weight_reason"] * (set(values) != {25} and not reason)
    assert keys(weights.check, case) == wanted


@pytest.mark.parametrize("level", LEVELS)
def test_only_neighbouring_levels_are_served_too(level: str, make: Make) -> None:
    allowed = {other for other in LEVELS if not keys(levels.check, make(level=level, level_also=(other,)))}
    own = LEVELS.index(level)  # type: ignore[arg-type]
    assert allowed == {*LEVELS[max(own - 1, 0) : own], *LEVELS[own + 1 : own + 2]}


@pytest.mark.parametrize(
    ("days", "told"), [(0, False), (366, False), (367, True), (-1, False), (-2, True), (4000, True)]
)
def test_a_fact_is_good_for_12_months(days: int, told: bool, make: Make, today: date) -> None:  # noqa: FBT001
    case = make("TEC-GEN-001")
    checked = (today - timedelta(days=days)).isoformat()
    fact = msgspec.structs.replace(case.question.facts[0], checked=checked)
    case = make("TEC-GEN-001", facts=(fact,))
    assert keys(facts.check, case) == ["facts[0].checked"] * told
    retired = make("TEC-GEN-001", facts=(fact,), status="retired")
    assert keys(facts.check, retired) == []


def test_a_review_needs_a_reader_a_day_and_the_right_order_of_days(make: Make) -> None:
    origin = make().question.provenance
    read = msgspec.structs.replace(origin, reviewed_by=("Ann Reader",), reviewed_on="2026-11-22")
    assert keys(review.check, make(status="reviewed", provenance=read)) == []
    assert keys(review.check, make(status="reviewed")) == [
        "provenance.reviewed_by",
        "provenance.reviewed_on",
    ]
    future = msgspec.structs.replace(read, reviewed_on="2027-01-01")
    assert keys(review.check, make(provenance=future)) == ["provenance.reviewed_on"]


def test_scaffolds_follow_category_level_and_ask(make: Make) -> None:
    assert keys(scaffold.check, make("CHG-ITS-001", scaffold="kotter", level="director")) == []
    assert keys(scaffold.check, make("CHG-ITS-001", scaffold="codac")) == []
    story = "Tell me about a time a change you led came back undone."
    assert keys(scaffold.check, make("CHG-ITS-001", scaffold="star_l", stem=story)) == []
    assert keys(scaffold.check, make("CHG-ITS-001", stem=story)) == ["scaffold"]
    assert keys(scaffold.check, make("TEC-GEN-001", scaffold="sbar")) == ["scaffold"]


def test_a_point_may_share_less_than_three_tenths_of_the_stem(make: Make) -> None:
    stem = "Explain alpha bravo charlie delta echo foxtrot golf hotel india."  # ten content words
    two, three = "alpha with bravo", "alpha with bravo and charlie"
    assert keys(give_away.check, make(stem=stem, strong_points=(two, three))) == ["strong_points[1]"]


def test_clear_is_a_judgement_of_an_answer_but_not_of_a_task(make: Make) -> None:
    criteria = make().question.criteria

    def told(anchor: str) -> list[str]:
        changed = msgspec.structs.replace(criteria[0].anchors, five=anchor)
        return keys(
            anchors.check,
            make(criteria=(msgspec.structs.replace(criteria[0], anchors=changed), *criteria[1:])),
        )

    assert told("Also gives developers one clear task with a named owner and day.") == []
    assert told("Also gives a clear account of owners, days and money spent.") == ["criteria[0].anchors.5"]


def test_an_exhibit_names_its_columns_once_and_its_figures_come_within_the_tolerance(make: Make) -> None:
    question = make("SCN-SOF-001").question
    twice = msgspec.structs.replace(question.exhibits[0], columns=("account", "BAC", "BAC", "EV", "AC"))
    assert keys(exhibits.check, make("SCN-SOF-001", exhibits=(twice,))) == ["exhibits[0].columns"]
    exact = msgspec.structs.replace(question.figures[3], answer=-75.5, tolerance=0.5)
    outside = msgspec.structs.replace(exact, answer=-75.6)
    case = make("SCN-SOF-001", figures=(exact, outside))
    assert keys(figures.check, case) == ["figures[1].answer"]


def test_the_codes_in_the_id_are_held_against_both_lists(make: Make) -> None:
    case = make(category="change", specialisation="erp")
    assert keys(identity.check, case) == ["category", "category", "specialisation"]


def test_retired_questions_are_no_duplicates(make: Make) -> None:
    one, two = make(), make(id="BEH-INF-002")
    assert [fault.key for _, fault in duplicate.check([one, two])] == ["stem"]
    assert [fault.key for _, fault in similar.check([one, two])] == ["stem"]
    old = make(status="retired")
    assert list(duplicate.check([old, two])) == []
    assert list(similar.check([old, two])) == []


def test_a_check_of_thousands_of_words_reports_in_the_order_of_files(
    sound: Sound, put: Put, folder: Path, today: date
) -> None:
    for question_id in ("SCN-SOF-001", "BEH-INF-001", "LDR-GEN-001"):
        put(question_id, sound(question_id).replace("topics: [", "topics: [XX1, "))
    files = [problem.file for problem in check_bank(folder, today).problems]
    assert files == sorted(files)
    assert len(files) == 3
