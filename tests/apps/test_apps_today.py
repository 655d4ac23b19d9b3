"""The start page without a browser: what is due, the days left, and what was left unfinished."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from drawn import drawn, of_kind
from msgspec.structs import replace
from practised import START, attempt, store
from seen import Seen

from itpm_prep.apps.start import INTERVIEW_DATE, Start
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.plan import PLAN, Task, make_plan
from itpm_prep.practice.preparation import TICKED
from itpm_prep.practice.records import Calibration, Interview, KeyedMark, Phase, Setup, Turn
from itpm_prep.practice.stories import Story
from itpm_prep.practice.stories import encode as encode_story
from itpm_prep.settings import notebooks_dir
from itpm_prep.store.record import Record
from itpm_prep.widgets.blocks import Input

STORY, CASE = "BEH-GEN-001", "SCN-GEN-002"


def picker(page: Seen) -> Input:
    """The day of the interview."""
    return of_kind(page.blocks, Input)[0]


def opened(record: Record, bank: Bank) -> Seen:
    page = Seen()
    Start(page, record, bank).draw()
    return page


def in_days(days: int) -> str:
    return (datetime.now(UTC).astimezone().date() + timedelta(days=days)).isoformat()


def left(record: Record, phase: Phase = "answer", *, ended: bool = False) -> None:
    setup = Setup(level="senior", categories=("scenario",), mode="mock", length=2, seed=1)
    done = Turn(question_id=CASE, question_version=1, outcome="answered")
    record.begin(
        Interview(
            id="i9", setup=setup, bank_hash="b", turns=(done, done), started_at=START, touched_at=START,
            position=1, phase=phase, ended=ended,
        ),
        "tab", START,
    )  # fmt: skip


# Due ----------------------------------------------------------------------------------------------


def test_at_first_the_page_says_how_many_questions_there_are(record: Record, bank: Bank) -> None:
    assert f"{len(bank)} questions to practise." in opened(record, bank).words


def test_categories_never_answered_are_due_in_the_order_of_the_bank(record: Record, bank: Bank) -> None:
    store(record, [attempt(1, STORY, "self_management"), attempt(2, CASE, "risk_issue")])
    assert "Not practised yet: Technical, Leadership, Change." in opened(record, bank).words


def test_a_question_that_was_only_skipped_is_still_due(record: Record, bank: Bank) -> None:
    store(record, [attempt(1, STORY, "self_management"), attempt(2, CASE, "risk_issue", outcome="skipped")])
    assert "Not practised yet: Technical, Scenario, Leadership, Change." in opened(record, bank).words


def test_when_all_were_answered_the_least_practised_is_due(record: Record, bank: Bank) -> None:
    each = [
        attempt(number, STORY, "self_management", category=category)
        for number, category in enumerate(("behavioral", "technical", "scenario", "leadership", "change") * 2)
    ]
    store(record, each[:-1])
    assert "Practised least: Change." in opened(record, bank).words


def test_a_part_written_again_is_no_new_answer(record: Record, bank: Bank) -> None:
    each = [
        attempt(number, STORY, "self_management", category=category)
        for number, category in enumerate(("behavioral", "technical", "scenario", "leadership", "change"))
    ]
    more = [replace(one, id=f"b{one.id}") for one in each[:-1]]
    store(record, [*each, *more, replace(each[-1], id="c", retry_of=each[-1].id, retry_part="task")])
    assert "Practised least: Change." in opened(record, bank).words


# The days left ------------------------------------------------------------------------------------


def test_without_a_date_the_page_asks_for_one(record: Record, bank: Bank) -> None:
    page = opened(record, bank)
    assert "Set the date of your interview below" in page.words
    assert picker(page).value == ""


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (12, "12 days to your interview."),
        (1, "1 day to your interview."),
        (0, "0 days to your interview."),
        (-1, "The date of your interview has passed; set the next one below."),
    ],
)
def test_the_days_to_the_interview_are_counted(record: Record, bank: Bank, days: int, told: str) -> None:
    record.prefer(INTERVIEW_DATE, in_days(days))
    page = opened(record, bank)
    assert told in page.words
    assert picker(page).value == in_days(days)


def test_a_date_picked_is_kept_and_counted_at_once(record: Record, bank: Bank) -> None:
    page = opened(record, bank)
    picker(page).hear({"kind": "change", "value": in_days(3)})
    assert "3 days to your interview." in page.words
    assert record.preference(INTERVIEW_DATE) == in_days(3)
    assert "3 days to your interview." in opened(record, bank).words


def test_a_date_taken_away_is_gone(record: Record, bank: Bank) -> None:
    record.prefer(INTERVIEW_DATE, in_days(3))
    page = opened(record, bank)
    picker(page).hear({"kind": "change", "value": ""})
    assert "Set the date of your interview below" in page.words
    assert not record.preference(INTERVIEW_DATE)


def test_what_is_no_date_is_not_kept_and_the_page_goes_on(record: Record, bank: Bank) -> None:
    record.prefer(INTERVIEW_DATE, in_days(3))
    page = opened(record, bank)
    picker(page).hear({"kind": "change", "value": "soon"})
    assert record.preference(INTERVIEW_DATE) == in_days(3)
    assert page._frame.message["tone"] == "alert"
    assert "3 days to your interview." in opened(record, bank).words


# Unfinished, and the apps -------------------------------------------------------------------------


def test_an_interview_that_was_left_is_told_with_a_way_back(record: Record, bank: Bank) -> None:
    left(record)
    seen = drawn(opened(record, bank).blocks)
    assert "You stopped at question 2 of 2. Nothing was lost." in seen.words
    assert "Resume" in seen.all("a")


def test_only_the_debrief_is_called_the_debrief(record: Record, bank: Bank) -> None:
    left(record, "score")
    assert "at question 2 of 2" in opened(record, bank).words
    left_at_end = replace(record.unfinished(), phase="debrief")  # type: ignore[type-var]
    record.advance(left_at_end, [], "tab", START)  # type: ignore[arg-type]
    assert "You stopped at the debrief." in opened(record, bank).words


def test_an_interview_that_has_ended_is_not_offered(record: Record, bank: Bank) -> None:
    left(record, "debrief", ended=True)
    seen = drawn(opened(record, bank).blocks)
    assert "You stopped" not in seen.words
    assert "Resume" not in seen.all("a")


def test_every_app_can_be_reached_from_the_page(record: Record, bank: Bank) -> None:
    links = {value for name, value in drawn(opened(record, bank).blocks).attributes if name == "href"}
    assert links == {book.name for book in notebooks_dir().glob("*.ipynb")} - {"start.ipynb"}


# Plan, drills, calibration ------------------------------------------------------------------------


def planned(record: Record, *tasks: Task) -> None:
    today = date.fromisoformat(in_days(0))
    plan = make_plan(tasks, today, today + timedelta(days=1), 60)
    record.keep_document("plan", PLAN, msgspec.json.encode(plan).decode(), START)


def test_the_plan_for_today_stands_there_with_what_is_done(record: Record, bank: Bank) -> None:
    planned(
        record,
        Task(id="t1", kind="projects", title="Write up your past projects", minutes=20),
        Task(id="t2", kind="question", title="Practise a question", minutes=9, of=STORY),
    )
    record.keep_document("plan", TICKED, '["t1"]', START)
    words = opened(record, bank).words
    assert "Done: Write up your past projects, 20 min" in words
    assert "Practise a question, 9 min" in words
    assert "Done: Practise" not in words


def test_without_a_plan_none_is_shown(record: Record, bank: Bank) -> None:
    assert "Plan for today" not in opened(record, bank).words


def test_stories_to_recall_are_counted_and_lead_to_the_drill(record: Record, bank: Bank) -> None:
    assert "Recall your story" not in opened(record, bank).words
    story = Story(
        id="s1", title="The late line", situation="The line was four days late.", competencies=("risk_issue",)
    )
    record.keep_document("story", story.id, encode_story(story), START)
    page = drawn(opened(record, bank).blocks)
    assert "Recall your story for 1 competency" in page.words
    assert ("href", "story_bank.ipynb") in page.attributes


def test_the_state_of_calibration_is_told_and_a_standing_gate_asks_for_nothing(
    record: Record, bank: Bank
) -> None:
    page = drawn(opened(record, bank).blocks)
    assert "Not yet calibrated" in page.words
    assert page.words.count("Calibrate") == 2  # the way there, and the card of the app
    mark = KeyedMark(question_id=STORY, question_version=1, label="strong", criterion="ACT", chosen=4, key=4)
    record.calibrate(Calibration(id="c", rated_at=datetime.now(UTC), marks=(mark,) * 1))
    page = drawn(opened(record, bank).blocks)
    assert "Your own scores count as calibrated." in page.words
    assert page.words.count("Calibrate") == 2  # "Calibrated on ...", and the card


def test_a_date_that_cannot_be_read_is_asked_for_anew(record: Record, bank: Bank) -> None:
    record.prefer(INTERVIEW_DATE, "soon")
    assert "Set the date of your interview below" in opened(record, bank).words


def test_another_take_is_no_new_answer(record: Record, bank: Bank) -> None:
    each = [
        attempt(number, STORY, "self_management", category=category)
        for number, category in enumerate(("behavioral", "technical", "scenario", "leadership", "change"))
    ]
    store(record, [*each, replace(each[0], id="second", take=2)])
    assert "All categories are practised alike" in opened(record, bank).words
