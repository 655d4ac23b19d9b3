"""A review in real browsers: from the roster to the submitted review, and back to the learner's debrief."""

from __future__ import annotations

from pathlib import Path

import interview as walk
import pytest
from browser import NARROW, Server, until
from desk import resume
from playwright.sync_api import Page, expect
from practised import START
from reviewed_class import BANK, OWN_PROOF, QUESTION, SENTENCES, class_of, facts_of

from itpm_prep.practice.records import Interview, Setup, Turn
from itpm_prep.practice.review import KIND
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.learner import name_learner
from itpm_prep.store.local import LocalRecord, open_record

pytestmark = pytest.mark.browser

COMMENT = "Say what each option would have cost."
SETUP = Setup(level="senior", categories=("scenario",), mode="mock", length=1, seed=1)


def debriefed() -> LocalRecord:
    """Mia's record, whose interview was left at the debrief."""
    record = open_record()
    turn = Turn(
        question_id=QUESTION.id,
        question_version=QUESTION.version,
        outcome="answered",
        attempt_ids=("a0",),
        scored=True,
    )
    interview = Interview(
        id="i1", setup=SETUP, bank_hash=BANK.hash, turns=(turn,), started_at=START, touched_at=START,
        phase="debrief",
    )  # fmt: skip
    record.begin(interview, "tab", START)
    record.advance(interview, facts_of(0), "tab", START)
    return record


def hand_in(record: LocalRecord, file: Path) -> Learner:
    """What she hands in, in a class of three."""
    learner = name_learner(record, "Mia")
    export_bundle(record, file, bank=BANK)
    class_of(file.parent, {"Noah": facts_of(1), "Sam": facts_of(2)}).close()
    (file.parent / "cohort.sqlite3").rename(file.parent / "home" / "cohort.sqlite3")
    with open_cohort() as cohort:
        cohort.merge([("mia.jsonl", file)])
    return learner


def drafts() -> list[str]:
    with open_record() as record:
        return list(record.documents(KIND).values())


def open_review(page: Page, server: Server) -> None:
    page.goto(server.url("cohort"))
    page.get_by_role("button", name="Mia", exact=True).wait_for()
    page.get_by_role("button", name="Review", exact=True).click()


def score(page: Page, anchor: int, sentence: str, comment: str = "") -> None:
    """One criterion of a review."""
    page.locator(".anchor input").nth(anchor - 1).check()
    page.locator(".sentence").filter(has_text=sentence).click()
    page.get_by_label("Comment").fill(comment)
    walk.press(page, "Next")


def test_from_the_roster_to_a_submitted_review_and_to_the_debrief_of_the_learner(
    app_server: Server, page: Page, tmp_path: Path
) -> None:
    with debriefed() as record:
        hand_in(record, tmp_path / "mia.jsonl")

    # From the roster to the answer, and who reviews.
    page.goto(app_server.url("cohort"))
    page.get_by_role("button", name="Mia", exact=True).click()
    page.get_by_role("button", name=QUESTION.title).click()
    walk.press(page, "Review it")
    page.get_by_label("Your name").fill("self")
    page.get_by_role("button", name="Begin to review").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your name")
    page.get_by_label("Your name").fill("Ana")
    walk.press(page, "Begin to review")

    # Blind, step by step; a reload in the middle of a comment loses nothing.
    page.get_by_role("row").filter(has_text="Mia").get_by_role("button").click()
    expect(page.get_by_text(SENTENCES[0])).to_be_visible()
    expect(page.get_by_text(OWN_PROOF, exact=True)).to_have_count(0)
    page.get_by_label(QUESTION.red_flags[1].text).check()
    walk.press(page, "Score")
    page.locator(".anchor input").nth(3).check()
    page.locator(".sentence").filter(has_text=SENTENCES[1]).click()
    page.get_by_label("Comment").fill(COMMENT)
    until(lambda: any(COMMENT in draft for draft in drafts()), "the comment is on disk")
    open_review(page, app_server)
    page.locator(".listing").get_by_role("button", name="begun on").click()
    expect(page.get_by_label("Comment")).to_have_value(COMMENT)
    expect(page.locator(".anchor input").nth(3)).to_be_checked()
    expect(page.locator(".sentence[aria-pressed=true]")).to_have_text(SENTENCES[1])
    walk.press(page, "Next")
    for anchor in (3, 3, 2):
        score(page, anchor, SENTENCES[0])
    page.get_by_label("Comment on the whole answer").fill("Calm and clear.")
    walk.press(page, "Submit review")

    # All marks side by side, and the file for the learner.
    expect(page.get_by_role("columnheader", name="Learner")).to_be_visible()
    page.get_by_text("What the learner picked as proof").click()
    expect(page.get_by_text(OWN_PROOF, exact=True).first).to_be_visible()
    walk.press(page, "To the queue")
    assert drafts() == []
    page.get_by_role("button", name="Make the files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Mia").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("review-mia-")

    # At the learner's.
    page.goto(app_server.url("progress"))
    page.get_by_role("button", name="Reviews", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Reviews by Ana: 1 new.")).to_be_visible()
    page.goto(app_server.url("mock_interview"))
    resume(page)
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    page.locator("summary").filter(has_text=QUESTION.title).click()
    expect(page.get_by_role("heading", name="Reviewed by Ana")).to_be_visible()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    expect(page.get_by_text("Calm and clear.")).to_be_visible()


@pytest.mark.parametrize("viewport", [NARROW])
def test_a_review_by_keyboard_on_a_narrow_screen(app_server: Server, page: Page, tmp_path: Path) -> None:
    with debriefed() as record:
        hand_in(record, tmp_path / "mia.jsonl")
        record.prefer("reviewer_name", "Bo")
    open_review(page, app_server)
    take = page.get_by_role("button", name="Review the most uncertain")
    take.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Score").press("Enter")
    for number in range(4):
        page.get_by_role("heading", name=f"Criterion {number + 1} of 4").wait_for()
        expect(page.get_by_role("group", name="The answer, sentence by sentence")).to_be_visible()
        page.locator(".sentence").first.press("Enter")
        page.locator(".anchor input").first.focus()
        page.keyboard.press("ArrowDown")  # from 1 to 2
        expect(page.locator(".anchor input").nth(1)).to_be_checked()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        page.get_by_role("button", name="Next").press("Enter")
    page.get_by_role("button", name="Submit review").press("Enter")
    expect(page.get_by_role("heading", name="Reviewed by Bo")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
