"""The start page: where to begin, the days to the interview, and the way back to what was left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import interview as walk
import pytest
from browser import Server
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def open_start(page: Page, server: Server) -> None:
    page.goto(server.url("start"))
    page.get_by_role("heading", name="Today").wait_for()


def test_the_start_page_says_where_to_begin_counts_down_and_leads_back_to_what_was_left(
    app_server: Server, page: Page
) -> None:
    open_start(page, app_server)
    expect(page.get_by_text("Begin with a few")).to_be_visible()
    expect(page.get_by_role("link", name="Resume")).to_have_count(0)
    _set_date(page, 12)
    expect(page.get_by_text("12 days to your interview.")).to_be_visible()

    page.get_by_role("link", name="Mock interview").click()
    expect(page.get_by_text("12 days to your interview")).to_be_visible()
    walk.press(page, "Begin")
    walk.press(page, "Skip")
    stem = page.locator(".stem").inner_text()

    open_start(page, app_server)
    expect(page.get_by_label("Interview date")).to_have_value(_day(12))
    expect(page.get_by_text("You stopped at question 2 of 3. Nothing was lost.")).to_be_visible()
    page.get_by_role("link", name="Resume").click()
    page.get_by_role("button", name="Resume").click()
    expect(page.locator(".stem")).to_have_text(stem)


def test_a_date_that_has_passed_is_told_and_can_be_taken_away(app_server: Server, page: Page) -> None:
    open_start(page, app_server)
    _set_date(page, -1)
    expect(page.get_by_text("The date of your interview has passed")).to_be_visible()
    _set_date(page, 1)
    expect(page.get_by_text("1 day to your interview.")).to_be_visible()
    page.get_by_label("Interview date").fill("")
    expect(page.get_by_text("Set the date of your interview below")).to_be_visible()


def _day(days: int) -> str:
    return (datetime.now(UTC).astimezone().date() + timedelta(days=days)).isoformat()


def _set_date(page: Page, days: int) -> None:
    page.get_by_label("Interview date").fill(_day(days))
    page.get_by_label("Interview date").blur()
