"""The clock stands when it is told to, and a reload neither gives nor takes time."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Server, until
from desk import answering, resume, seconds_left, use_bank
from interview import submit
from playwright.sync_api import Page, expect

from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_bank(tmp_path / "bank", monkeypatch)


def test_a_pause_holds_through_a_reload_until_it_is_ended(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    page.get_by_role("button", name="Pause").click()
    go_on = page.get_by_role("button", name="Go on")
    expect(go_on).to_be_visible()
    stood = seconds_left(page)
    page.reload()
    resume(page)
    expect(go_on).to_be_visible()
    assert abs(seconds_left(page) - stood) <= 1
    page.wait_for_timeout(6_000)  # a heartbeat goes by
    assert abs(seconds_left(page) - stood) <= 1
    go_on.click()
    until(lambda: seconds_left(page) < stood - 1, "the clock goes on")
    page.get_by_role("textbox", name="Situation").fill("Short.")
    submit(page)
    (attempt,) = open_record().attempts()
    assert attempt.seconds < (attempt.submitted_at - attempt.started_at).total_seconds() - 5


def test_a_mock_interview_cannot_be_paused(app_server: Server, page: Page) -> None:
    answering(page, app_server, mode="Mock")
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
