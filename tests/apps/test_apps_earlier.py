"""Earlier answers: compared side by side, and written again; the whole path in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import interview as walk
import pytest
from browser import Server
from drawn import drawn, labels, of_kind, press
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from practised import KEYED, rating
from seen import Seen

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.earlier import facts_behind
from itpm_prep.bank.compiled import Bank, bank_of
from itpm_prep.practice import interview as steps
from itpm_prep.practice import retry
from itpm_prep.practice.moves import Answer
from itpm_prep.practice.records import Attempt, Rating
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Listing
from itpm_prep.widgets.parts import AnswerForm

NOW = datetime.now(UTC) - timedelta(days=9)
TEXTS = ("We are red.", "We are amber, and 12 of the 40 sites are late.")


def answer(record: LocalRecord, bank: Bank, number: int, text: str) -> None:
    """Attempt ``a<number>`` of the question, on a day of its own, scored 2 (first) or 3 throughout."""
    question, then = bank.question(KEYED), NOW + timedelta(days=number)
    state = steps.begin(retry.alone(question), [question], interview_id=f"i{number}", bank_hash="h", now=then)
    record.begin(state, "t", then)
    given = Answer(parts={"situation": text, "assessment": "Late."}, figures={})
    state, attempt = steps.submit(
        steps.start_answer(state, then), question, given, attempt_id=f"a{number}", now=then
    )
    facts = [attempt, rating(attempt, (2 + number,) * 4)]
    record.advance(steps.finish(state, then), facts, "t", then)


def app_of(record: LocalRecord, bank: Bank) -> tuple[MockInterview, Seen]:
    page = Seen()
    app = MockInterview(page, record, bank, {})
    app.set_up()
    return app, page


def open_question(page: Seen) -> None:
    press(page.blocks, "Earlier answers")
    (lines,) = of_kind(page.blocks, Listing)
    lines.hear({"value": KEYED})


def test_the_way_in_is_there_once_something_was_answered(record: LocalRecord, bank: Bank) -> None:
    _, page = app_of(record, bank)
    assert "Earlier answers" not in labels(page.blocks)
    answer(record, bank, 0, TEXTS[0])
    app, page = app_of(record, bank)
    press(page.blocks, "Earlier answers")
    assert "1 question" in drawn(page.blocks).words
    app.page.on_beat()  # no interview is under way here
    press(page.blocks, "Back")
    assert "Begin" in labels(page.blocks)


def test_the_whole_question_is_asked_again_in_practice_mode(record: LocalRecord, bank: Bank) -> None:
    answer(record, bank, 0, TEXTS[0])
    app, page = app_of(record, bank)
    open_question(page)
    press(page.blocks, "Answer it again")
    state = app.state()
    assert (state.phase, state.setup.mode, state.turn.question_id) == ("prepare", "practice", KEYED)


def test_an_unfinished_interview_is_not_ended_by_a_retry(record: LocalRecord, bank: Bank) -> None:
    answer(record, bank, 0, TEXTS[0])
    question = bank.question(KEYED)
    left = steps.begin(retry.alone(question), [question], interview_id="left", bank_hash="h", now=NOW)
    record.begin(left, "t", NOW)
    _, page = app_of(record, bank)
    open_question(page)
    for label in ("Answer it again", "Retry: Situation"):
        press(page.blocks, label)
        assert "An interview is still unfinished" in page.said
    unfinished = record.unfinished()
    assert unfinished is not None
    assert unfinished.id == "left"


@pytest.mark.parametrize("part", ["Situation", "Background", "Assessment", "Recommendation"])
def test_every_part_of_an_earlier_answer_can_be_written_again(
    record: LocalRecord, bank: Bank, part: str
) -> None:
    answer(record, bank, 0, TEXTS[0])
    _, page = app_of(record, bank)
    open_question(page)
    press(page.blocks, f"Retry: {part}")
    assert drawn(page.blocks).all("h1") == [f"Retry: {part}"]
    assert drawn(page.blocks).all("b") == ["3", "4", "5"]  # the anchors of a criterion it answers for


def test_a_retry_goes_on_after_a_reload_with_the_attempt_it_repeats(record: LocalRecord, bank: Bank) -> None:
    answer(record, bank, 0, TEXTS[0])
    app, page = app_of(record, bank)
    open_question(page)
    press(page.blocks, "Retry: Situation")
    (form,) = of_kind(page.blocks, AnswerForm)
    box = form.spec["parts"][0]["box"]
    form.hear({"kind": "draft", "box": box, "text": "Half a word", "number": 1})
    state = app.state()

    app, page = app_of(record, bank)
    app.resume(state.id)
    (form,) = of_kind(page.blocks, AnswerForm)
    assert form.spec["parts"][0]["text"] == "Half a word"
    form.hear({"kind": "act", "action": "submit", "texts": {box: TEXTS[1]}})
    latest = record.attempts()[-1]
    assert (latest.retry_of, latest.retry_part, latest.parts["assessment"]) == ("a0", "situation", "Late.")
    assert drawn(page.blocks).all("ins") == [TEXTS[1].removeprefix("We are ")]
    kinds = [type(fact) for fact in facts_behind(record, app.state())]
    assert kinds == [Attempt, Rating, Attempt]
    press(page.blocks, "Back to the debrief")
    assert drawn(page.blocks).all("h1") == ["Debrief"]


def test_an_interview_that_has_answered_nothing_has_no_facts(record: LocalRecord, bank: Bank) -> None:
    question = bank.question(KEYED)
    state = steps.begin(retry.alone(question), [question], interview_id="i", bank_hash="h", now=NOW)
    assert facts_behind(record, state) == []


def test_a_question_that_the_bank_no_longer_holds_is_shown_by_its_id(record: LocalRecord, bank: Bank) -> None:
    for number, text in enumerate(TEXTS):
        answer(record, bank, number, text)
    _, page = app_of(record, bank_of([bank.question("BEH-GEN-001")]))
    open_question(page)
    assert drawn(page.blocks).all("h1") == [KEYED]
    assert f"The bank no longer holds {KEYED}, version" in drawn(page.blocks).words
    assert labels(page.blocks) == ["Back"]
    press(page.blocks, "Back")
    (lines,) = of_kind(page.blocks, Listing)
    assert lines.spec["items"][0]["title"] == f"{KEYED} (no longer in the bank)"


@pytest.mark.browser
def test_two_attempts_side_by_side_then_a_part_written_again_and_scored(
    bank: Bank, record: LocalRecord, serve: Callable[..., Server], page: Tab
) -> None:
    for number, text in enumerate(TEXTS):
        answer(record, bank, number, text)
    server = serve()
    walk.open_app(page, server)
    walk.press(page, "Earlier answers")
    walk.press(page, f"{bank.question(KEYED).title} ")
    expect(page.locator("del")).to_have_text("red.")
    expect(page.locator("ins")).to_contain_text("12 of the 40 sites")
    expect(page.get_by_role("row", name="Diagnosis 2 3 +1")).to_be_visible()
    page.get_by_label("Compared with").select_option("Nothing, on its own")
    expect(page.locator("del")).to_have_count(0)

    walk.press(page, "Retry: Situation")
    expect(page.get_by_role("heading", name="Retry: Situation")).to_be_visible()
    expect(walk.boxes(page)).to_have_value(TEXTS[1])
    walk.boxes(page).fill(walk.STORY)
    page.wait_for_timeout(1200)
    page.reload()  # nothing is lost, and the attempt of the other day is still there
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(walk.boxes(page)).to_have_value(walk.STORY)
    walk.press(page, "Submit this part")
    expect(page.get_by_role("heading", name="Compare: Situation")).to_be_visible()
    walk.press(page, "Score this version")
    walk.score(page, 4)
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    walk.press(page, "New interview")

    walk.press(page, "Earlier answers")
    walk.press(page, f"{bank.question(KEYED).title} ")
    expect(page.get_by_role("row", name="Diagnosis 3 4 +1")).to_be_visible()
    walk.press(page, "Answer it again")
    expect(page.locator(".stem")).to_have_text(bank.question(KEYED).stem)
    latest = open_record().attempts()[-1]
    assert (latest.retry_of, latest.retry_part, latest.parts["situation"]) == ("a1", "situation", walk.STORY)
