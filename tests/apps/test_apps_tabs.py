"""Two tabs on the same interview: each knows of the other, either may go on, and no word is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Server
from desk import answering, attempts, drafts, expect_offer, resume, use_bank, wait_for_draft
from interview import submit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
FIRST = "Written in the first tab."
SECOND = "Written in the second tab."
TOO_LATE = "Written in the first tab, too late."


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_bank(tmp_path / "bank", monkeypatch)


@pytest.fixture
def first(app_server: Server, new_page: Callable[[], Page]) -> Page:
    """A tab in mid-answer."""
    page = new_page()
    answering(page, app_server)
    page.get_by_role("textbox", name="Situation").fill(FIRST)
    wait_for_draft("part:situation", FIRST)
    return page


@pytest.fixture
def silent(app_server: Server, new_page: Callable[[], Page]) -> Page:
    """A tab in mid-answer that nobody tells of the other: it has no heartbeat."""
    page = new_page()
    page.add_init_script(
        "const real = setInterval; window.setInterval = (f, ms) => (ms === 5000 ? 0 : real(f, ms));"
    )
    answering(page, app_server)
    page.get_by_role("textbox", name="Situation").fill(FIRST)
    wait_for_draft("part:situation", FIRST)
    return page


def take_over(server: Server, page: Page) -> None:
    """Go on with the interview in another tab, whatever the offer is called."""
    page.goto(server.url("mock_interview"))
    page.get_by_role("button", name=re.compile("^(Resume|Take over here)$")).click()
    page.get_by_role("textbox", name="Situation").wait_for()


@pytest.fixture
def second(first: Page, app_server: Server, new_page: Callable[[], Page]) -> Page:  # noqa: ARG001 -- begins first
    """Another tab, at the set-up."""
    page = new_page()
    page.goto(app_server.url("mock_interview"))
    return page


def expect_elsewhere(page: Page) -> None:
    expect(page.get_by_role("heading", name="Open in another tab")).to_be_visible()


def test_the_second_tab_is_told_and_may_take_over_and_the_first_may_take_it_back(
    first: Page, second: Page
) -> None:
    expect_offer(second, "Take over here")
    expect(second.get_by_text("This interview is open in another tab, at question 1 of 1")).to_be_visible()
    resume(second, "Take over here")
    expect(second.get_by_role("textbox", name="Situation")).to_have_value(FIRST)
    second.get_by_role("textbox", name="Background").fill(SECOND)
    wait_for_draft("part:background", SECOND)
    expect_elsewhere(first)
    first.get_by_role("button", name="Take over here").click()
    expect(first.get_by_role("textbox", name="Situation")).to_have_value(FIRST)
    expect(first.get_by_role("textbox", name="Background")).to_have_value(SECOND)
    expect_elsewhere(second)


def test_what_both_tabs_typed_into_one_box_is_all_there_in_the_end(
    silent: Page, app_server: Server, new_page: Callable[[], Page]
) -> None:
    second = new_page()
    take_over(app_server, second)
    silent.get_by_role("textbox", name="Situation").fill(TOO_LATE)
    expect(silent.locator(".unsaved")).to_contain_text("goes on in another tab")
    silent.get_by_role("button", name="Submit answer").click()
    expect_elsewhere(silent)
    expect(silent.get_by_text("Typed here since, and not saved")).to_be_visible()
    expect(silent.get_by_text(TOO_LATE)).to_be_visible()
    second.get_by_role("textbox", name="Situation").fill(SECOND)
    wait_for_draft("part:situation", SECOND)
    silent.get_by_role("button", name="Take over here").click()
    whole = f"{SECOND}\n\n{TOO_LATE}"
    expect(silent.get_by_role("textbox", name="Situation")).to_have_value(whole)
    wait_for_draft("part:situation", whole)
    submit(silent)
    assert attempts()[0].parts["situation"] == whole


def test_a_tab_that_lost_its_interview_can_hand_in_nothing(
    silent: Page, app_server: Server, new_page: Callable[[], Page]
) -> None:
    second = new_page()
    take_over(app_server, second)
    silent.get_by_role("button", name="Submit answer").click()
    expect_elsewhere(silent)
    assert attempts() == []
    submit(second)
    (attempt,) = attempts()
    assert attempt.parts["situation"] == FIRST
    silent.get_by_role("button", name="Take over here").click()
    expect(silent.get_by_label("Your reply")).to_be_visible()


def test_the_offer_changes_by_itself_when_the_other_tab_is_closed(first: Page, second: Page) -> None:
    expect_offer(second, "Take over here")
    first.close(run_before_unload=True)
    expect(second.get_by_role("button", name="Resume", exact=True)).to_be_visible()


def test_a_reload_beside_another_open_tab_keeps_the_interview(first: Page, second: Page) -> None:
    expect_offer(second, "Take over here")
    first.reload()
    resume(first, "Resume")
    expect(first.get_by_role("textbox", name="Situation")).to_have_value(FIRST)
    assert drafts()["part:situation"] == FIRST


def test_a_new_interview_begun_in_another_tab_ends_the_first_one_safely(first: Page, second: Page) -> None:
    expect_offer(second, "Take over here")
    second.get_by_role("button", name="Start anew").click()
    expect(second.get_by_role("button", name="Start anew")).to_have_count(0)
    expect_elsewhere(first)
    first.get_by_role("button", name="Take over here").click()
    expect(first.get_by_role("button", name="Begin")).to_be_visible()
