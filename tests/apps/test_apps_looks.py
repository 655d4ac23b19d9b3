"""How every screen looks: nothing runs out of the window, no button is cut off, axe finds nothing serious."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import interview as walk
import pytest
from browser import Server, until
from looking import Looks
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server]) -> Server:
    """The apps on a bank of one question with an exhibit, which is shown as the widest of them."""
    walk.small_bank(tmp_path / "bank", "SCN-SOF-001")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    return serve()


def open_filled(page: Page, server: Server, name: str, words: str) -> None:
    """Open an app and wait until it says these words."""
    page.goto(server.url(name))
    page.get_by_text(words).first.wait_for()


def test_every_screen_is_whole_and_accessible_in_light_and_dark_wide_and_narrow(
    server: Server, page: Page
) -> None:
    looks = Looks(page)
    open_filled(page, server, "start", "Today")
    looks.at("start, empty")
    open_filled(page, server, "progress", "No answers yet")
    looks.at("progress, empty")
    _read_the_bank(page, server, looks)
    _prepare(page, server, looks)
    walk.open_app(page, server)
    looks.at("set up")
    _ask(page, looks)
    _score(page, looks)
    _write_again(page, looks)
    open_filled(page, server, "start", "Nothing was lost")
    looks.at("start, unfinished")
    open_filled(page, server, "progress", "Competencies")
    until(lambda: page.locator(".js-plotly-plot .main-svg").count() > 0, "the charts are drawn")
    looks.at("progress")
    for view in ("Answers", "Hand in", "Reviews", "Save"):
        page.get_by_role("button", name=view, exact=True).click()
        expect(page.get_by_role("button", name=view, exact=True)).to_have_attribute("aria-current", "page")
        looks.at(f"progress, {view.lower()}")
    page.goto(server.url("mock_interview"))
    page.get_by_role("button", name="Resume").wait_for()
    looks.at("set up, unfinished")
    page.get_by_role("button", name="Earlier answers").click()
    page.locator(".listing li button").first.wait_for()
    looks.at("earlier answers")
    page.locator(".listing li button").first.click()
    page.get_by_role("button", name="Back").first.wait_for()
    looks.at("attempts of a question")
    assert looks.faults == []
    assert len(looks.seen) == 36


def _read_the_bank(page: Page, server: Server, looks: Looks) -> None:
    open_filled(page, server, "question_bank", "1 question")
    looks.at("question bank")
    page.locator(".listing li button").click()
    page.get_by_text("As the interviewer").click()
    page.get_by_text("Follow-ups").wait_for()
    looks.at("question, as the interviewer")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Coverage").click()
    page.get_by_text("Topics named by a question").wait_for()
    looks.at("coverage")
    page.get_by_role("button", name="Check a file").click()
    looks.at("check a file")
    files = [{"name": name, "mimeType": "text/yaml", "buffer": b"id: x"} for name in ("a.yaml", "b.yaml")]
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_text("b.yaml").wait_for()
    looks.at("files checked")


def _prepare(page: Page, server: Server, looks: Looks) -> None:
    open_filled(page, server, "calibrate", "Not yet calibrated")
    looks.at("calibrate")
    open_filled(page, server, "story_bank", "No story yet")
    looks.at("story bank, empty")
    page.get_by_role("button", name="Write a story").click()
    page.get_by_role("textbox", name="Situation").wait_for()
    looks.at("story")
    page.goto(server.url("story_bank"))
    for view in ("Fit a question", "Fit a panel", "Drill"):
        page.get_by_role("button", name=view).click()
        expect(page.get_by_role("button", name=view)).to_have_attribute("aria-current", "page")
        looks.at(view)
    open_filled(page, server, "prepare", "Any text of up to 50,000 characters")
    looks.at("job description")
    for view in ("Plan", "Checklist"):
        page.get_by_role("button", name=view, exact=True).click()
        expect(page.get_by_role("button", name=view, exact=True)).to_have_attribute("aria-current", "page")
        looks.at(view)


def _ask(page: Page, looks: Looks) -> None:
    walk.press(page, "Begin")
    page.get_by_label("Notes").fill("First the forecast, then the ask.")
    looks.at("prepare")
    walk.start_answering(page)
    walk.boxes(page).first.wait_for()
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_role("alert").wait_for()
    looks.at("answer, nothing to submit")
    walk.fill_answer(page, walk.STORY)
    walk.fill_figures(page, ["0.82", "0.9", "1,095", ""])
    looks.at("answer")
    walk.submit(page)
    looks.at("follow-up")
    walk.reply_to_probes(page, "The payment interface, with about two thirds of it.")


def _score(page: Page, looks: Looks) -> None:
    page.get_by_role("checkbox").first.check()
    looks.at("red flags")
    walk.press(page, "Next")
    page.locator(".anchor input").nth(2).check()
    page.locator(".sentence").first.click()
    page.get_by_label("Or type five or more words").focus()
    page.locator(".proof").wait_for()
    looks.at("score")
    for _ in range(4):
        walk.score_criterion(page, 3)
    for details in page.locator("details").all():
        details.locator("summary").click()
    looks.at("review")


def _write_again(page: Page, looks: Looks) -> None:
    walk.next_question(page)
    looks.at("debrief")
    walk.press(page, "Retry the ")
    looks.at("retry")
    walk.boxes(page).fill("At today's efficiency this ends near 1.1 million. " + walk.STORY)
    walk.press(page, "Submit this part")
    looks.at("compare")
