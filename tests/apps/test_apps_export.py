"""The debrief as files: all that was said, and nothing that was to be blacked out."""

from __future__ import annotations

import io
from base64 import b64decode
from datetime import UTC, datetime

import docx
import interview as walk
import pytest
from browser import Server
from playwright.sync_api import Page, expect

from itpm_prep.apps.mock_interview.export import Handout, StillReadableError, debrief_pieces, handouts
from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice.blackout import BAR
from itpm_prep.practice.records import Mark, Rating, Reply
from itpm_prep.reports.document import plain
from itpm_prep.widgets.debrief_screen import Reviewed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LABEL = "self-rated, 1 answer, not yet calibrated"


def seen(answer: str = "I told Acme in week 3.", *, skipped: bool = False) -> Reviewed:
    question = load_bank().question("BEH-GEN-001")
    marks = tuple(
        Mark(criterion=one.id, chosen=3, evidence="told Acme in week 3", cap=5, score=3)
        for one in question.criteria
    )
    return Reviewed(
        position=0,
        question=question,
        answer=[("Situation", answer), ("Task", "")],
        replies=[Reply(id="r", attempt_id="a", probe_id="p1", ask="Who?", text="Jo Bloggs", replied_at=NOW)],
        rating=None
        if skipped
        else Rating(id="g", attempt_id="a", rater="self", red_flags=(), marks=marks, q=3.0, rated_at=NOW),
        figures=(),
        remarks=(),
        touched=(),
        skipped=skipped,
    )


def made(*words: str, numbers: bool = False) -> list[Handout]:
    pieces = debrief_pieces([seen()], [("Result", 3.0)], LABEL, NOW)
    return handouts(pieces, words, numbers=numbers, day=NOW)


def content(handout: Handout) -> bytes:
    return b64decode(handout.address.partition("base64,")[2])


def test_the_debrief_holds_question_answer_replies_and_scores_with_their_proof() -> None:
    text = plain(debrief_pieces([seen()], [("Result", 3.0)], LABEL, NOW))
    for part in ("3.0 of 5", LABEL, "I told Acme in week 3.", "Left empty.", "Jo Bloggs", "Result: 3.0"):
        assert part in text
    assert load_bank().question("BEH-GEN-001").stem in text
    skipped = plain(debrief_pieces([seen(skipped=True)], [], LABEL, NOW))
    assert "It counts as skipped, not as a score." in skipped
    assert "I told Acme" not in skipped


def test_three_files_of_one_day_are_offered() -> None:
    assert [one.name for one in made()] == [f"debrief-2026-11-22.{end}" for end in ("html", "md", "docx")]


def test_a_word_is_black_in_every_file() -> None:
    page, markdown, word = map(content, made("acme", "Jo Bloggs"))
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(word)).paragraphs)
    for form in (page.decode(), markdown.decode(), text):
        assert "acme" not in form.lower()
        assert "Bloggs" not in form
        assert BAR in form


def test_numbers_go_from_what_was_written_and_stay_in_the_scores() -> None:
    text = content(made(numbers=True)[1]).decode()
    assert "week 3" not in text
    assert "Result: 3.0" in text


def test_a_word_that_can_still_be_read_is_named_and_no_file_is_offered() -> None:
    pieces = debrief_pieces([seen("\uff21cme agreed.")], [], LABEL, NOW)
    with pytest.raises(StillReadableError, match="Acme can still be read"):
        handouts(pieces, ["Acme"], numbers=False, day=NOW)


@pytest.mark.browser
def test_a_person_blacks_out_a_client_and_saves_the_word_file(app_server: Server, page: Page) -> None:
    walk.begin(page, app_server, length=1, categories=["Behavioral"])
    walk.start_answering(page)
    walk.fill_answer(page, "We moved Acme to the new data centre in week 3, and nobody lost an hour of work.")
    walk.submit(page)
    walk.pass_probes(page)
    walk.leave_flags(page)
    for _ in range(4):
        walk.score_criterion(page, 2)
    walk.press(page, "To the debrief")
    page.get_by_label("Words to black out").fill("Acme")
    page.get_by_role("button", name="Make the files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    text = "\n".join(one.text for one in docx.Document(download.value.path()).paragraphs)
    assert f"We moved {BAR} to the new data centre" in text
    page.get_by_label("Words to black out").fill("x")
    page.get_by_role("button", name="Make the files").click()
    expect(page.get_by_role("alert")).to_contain_text("too short to black out")
    expect(page.get_by_role("link", name="Word")).to_have_count(0)
