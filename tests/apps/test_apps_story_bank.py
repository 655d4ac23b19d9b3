"""The story bank app: write a story, fit it, assign it, drill it, and use it in a mock interview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser import Server, until
from desk import answering, use_bank
from interview import STORY, choose, fill_answer, open_app, pass_probes, press, start_answering, submit
from playwright.sync_api import Page, expect

from itpm_prep.bank.types import Competency
from itpm_prep.practice.drill import KIND as CARD
from itpm_prep.practice.stories import KIND, Story, decode, encode
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

CUTOVER = Story(
    id="cutover",
    title="The payroll cutover",
    situation="Three weeks before the payroll cutover the vendor lost its lead consultant.",
    action="I moved two interfaces to the second release.",
    result="Payroll ran on 1 April with 11 corrections.",
    competencies=("risk_issue", "resources_vendors"),
    level="senior",
)


def keep(*stories: Story) -> None:
    """Stories as if they had been written before."""
    record = open_record()
    for story in stories:
        record.keep_document(KIND, story.id, encode(story), datetime.now(UTC))


def kept() -> list[Story]:
    """The stories on the disk."""
    return decode(open_record().documents(KIND))[0]


def open_stories(page: Page, server: Server, view: str = "Stories") -> None:
    page.goto(server.url("story_bank"))
    page.get_by_role("heading", name="Story bank").wait_for()
    if view != "Stories":
        page.get_by_role("button", name=view, exact=True).click()


@pytest.mark.usefixtures("home")
def test_a_story_is_kept_while_it_is_written_and_closes_a_gap(app_server: Server, page: Page) -> None:
    open_stories(page, app_server)
    expect(page.get_by_text("16 of 16 competencies have no story")).to_be_visible()
    page.get_by_role("button", name="Write a story").click()
    page.get_by_label("Title").fill("The <b>cutover</b>")
    page.get_by_label("Action", exact=True).fill("I moved two interfaces.")
    page.get_by_text("Risk and issues").click()
    until(lambda: kept() and kept()[0].competencies == ("risk_issue",), "the tag is on disk")
    until(lambda: kept()[0].action == "I moved two interfaces.", "the text is on disk")

    page.reload()
    page.get_by_role("button", name="The <b>cutover</b>").click()
    expect(page.get_by_label("Action", exact=True)).to_have_value("I moved two interfaces.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("15 of 16 competencies have no story")).to_be_visible()

    page.get_by_role("button", name="Write a story").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Nothing was written")).to_be_visible()
    assert len(kept()) == 1


@pytest.mark.usefixtures("home")
def test_a_panel_gets_stories_and_the_drill_asks_for_them_in_time(app_server: Server, page: Page) -> None:
    tags: tuple[Competency, ...] = ("risk_issue",)
    keep(CUTOVER, Story(id="other", title="The audit", action="I closed nine findings.", competencies=tags))
    open_stories(page, app_server, "Fit a panel")
    page.get_by_role("button", name="Assign my stories").click()
    expect(page.get_by_role("heading", name="2 of 6 questions with a story")).to_be_visible()

    page.get_by_role("button", name="Drill", exact=True).click()
    expect(page.get_by_text("2 of 2 cards due")).to_be_visible()
    page.get_by_role("button", name="Begin the drill").click()
    expect(page.get_by_role("timer")).to_contain_text("left")
    expect(page.get_by_text("The payroll cutover")).to_have_count(0)
    page.get_by_role("button", name="I have it").click()
    page.get_by_role("button", name="The payroll cutover").click()
    expect(page.get_by_text("Due again on")).to_be_visible()
    assert len(open_record().documents(CARD)) == 1
    page.get_by_role("button", name="Next card").click()
    page.get_by_role("button", name="None comes to mind").click()
    expect(page.get_by_text("Below meets")).to_be_visible()


@pytest.mark.usefixtures("home")
def test_a_story_fills_the_empty_boxes_of_an_answer_and_no_other(
    serve: Callable[..., Server], page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(CUTOVER)
    use_bank(tmp_path / "bank", monkeypatch)
    answering(page, serve())
    mine = page.get_by_role("textbox", name="Situation")
    mine.fill("My own words.")
    page.get_by_label("Use a story").select_option("cutover")
    page.get_by_role("button", name="Fill the empty boxes").click()
    expect(page.get_by_role("textbox", name="Recommendation")).to_have_value(CUTOVER.action)
    expect(mine).to_have_value("My own words.")
    until(lambda: kept()[0].last_used, "the use is noted")


@pytest.mark.usefixtures("home")
def test_a_panel_says_which_story_was_told_already(app_server: Server, page: Page) -> None:
    keep(CUTOVER)
    open_app(page, app_server)
    choose(page, level="Senior", mode="Panel", categories=["Behavioral"], length=3)
    press(page, "Begin")
    start_answering(page)
    page.get_by_label("Use a story").select_option("cutover")
    page.get_by_role("button", name="Fill the empty boxes").click()
    expect(page.get_by_role("textbox", name="Action", exact=True)).to_have_value(CUTOVER.action)
    fill_answer(page, {"Task": STORY, "Learning": STORY})
    submit(page)
    pass_probes(page)
    start_answering(page)
    expect(page.get_by_label("Use a story")).to_contain_text("told already in this interview")
