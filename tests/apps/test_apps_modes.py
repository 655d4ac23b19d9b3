"""The modes in a real browser: one-way video to its end, a panel, a set of one's own, the drill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import interview as walk
import pytest
from browser import Server
from playwright.sync_api import Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import Question
from itpm_prep.practice import interview as steps
from itpm_prep.practice.interviewers import PANEL
from itpm_prep.practice.moves import Answer
from itpm_prep.practice.records import Setup
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

ASKED = ("SCN-SOF-001", "BEH-GEN-001", "TEC-GEN-001", "LDR-GEN-001")
Bank = Mapping[str, Question]


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Bank:  # noqa: ARG001 -- the bank is compiled there
    """A bank of four questions."""
    found = walk.small_bank(tmp_path / "bank", *ASKED)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    return found


def test_one_way_video_hands_the_answer_in_as_it_stands_when_its_time_ends(
    bank: Bank, serve: Callable[..., Server], page: Page
) -> None:
    page.clock.install()
    walk.begin(page, serve(), level="Senior", mode="One-way video", length=1)
    question = walk.asked(page, bank)
    expect(page.get_by_text("nothing you typed is lost")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.get_by_label("Notes").fill("first the facts")
    _let_time_pass(page, 31)
    expect(page.get_by_text("Your notes")).to_be_visible()
    page.reload()  # the clock and the way back survive it
    page.get_by_role("button", name="Resume", exact=True).click()
    name = walk.names_of_boxes(question)[0]
    page.get_by_label(name, exact=True).fill(walk.STORY)
    _let_time_pass(page, 121)
    walk.score(page, 3)
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    (attempt,) = open_record().attempts()
    assert (attempt.mode, attempt.take, attempt.notes) == ("video", 1, "first the facts")
    assert list(filter(None, attempt.parts.values())) == [walk.STORY]


def _let_time_pass(page: Page, seconds: int) -> None:
    """Let the browser's clock jump, and wait for the screen that comes when the time has ended."""
    screen = walk.screen_of(page)
    page.clock.fast_forward(seconds * 1000)
    walk.wait_for_next(page, screen)


def test_a_panel_names_who_asks_and_asks_about_nothing_twice(
    bank: Bank, serve: Callable[..., Server], page: Page
) -> None:
    server = serve()
    walk.open_app(page, server)
    walk.choose(page, level="Senior", mode="Panel", length=3)
    for one in PANEL:
        expect(page.get_by_text(f"{one.role}: {one.focus}")).to_be_visible()
    walk.press(page, "Begin")
    areas = []
    for _ in range(3):
        (area, *_) = walk.asked(page, bank).competencies
        asker = next(one.role for one in PANEL if area in one.competencies)
        expect(page.locator(".asker")).to_have_text(f"{asker} asks")
        areas.append(area)
        walk.press(page, "Skip")
    assert len(set(areas)) == 3


@pytest.mark.usefixtures("bank")
def test_a_set_of_ones_own_is_kept_used_with_two_takes_and_deleted(
    serve: Callable[..., Server], page: Page
) -> None:
    server = serve()
    walk.open_app(page, server)
    walk.choose(page, level="Senior", mode="Your own", length=1)
    page.get_by_label("Probes", exact=True).select_option("0")
    page.get_by_role("button", name="Keep this set").click()
    expect(page.get_by_role("alert")).to_contain_text("Give your set a name first")
    page.get_by_label("Keep as").fill("Two <b>takes</b>")
    walk.press(page, "Keep this set")

    walk.open_app(page, server)  # it is there, chosen, after a reload
    expect(page.get_by_role("radio", name="Two <b>takes</b>")).to_be_checked()
    expect(page.get_by_label("Probes", exact=True)).to_have_count(0)
    expect(page.get_by_text("Two takes, the last one counts. No probes.")).to_be_visible()
    walk.press(page, "Begin")
    walk.start_answering(page)
    walk.fill_answer(page, "A first try.")
    walk.submit(page)
    expect(page.get_by_role("heading", name="Take 1 of 2 is handed in")).to_be_visible()
    walk.press(page, "Take it again")
    expect(walk.boxes(page).first).to_have_value("")
    walk.fill_answer(page, walk.STORY)
    page.wait_for_timeout(1200)
    page.reload()
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(walk.boxes(page).first).to_have_value(walk.STORY)
    walk.submit(page)
    expect(page.get_by_role("heading", name="Score your answer")).to_be_visible()
    found = [(one.take, one.preset, set(one.parts.values())) for one in open_record().attempts()]
    assert found == [(1, "Two <b>takes</b>", {"A first try."}), (2, "Two <b>takes</b>", {walk.STORY})]

    walk.open_app(page, server)
    walk.press(page, "Delete Two <b>takes</b>")
    expect(page.get_by_role("radio", name="Two <b>takes</b>")).to_have_count(0)


@pytest.mark.usefixtures("bank")
def test_the_drill_asks_what_was_skipped_long_ago_and_says_what_it_added(
    serve: Callable[..., Server], page: Page, home: Path
) -> None:
    skipped = _skip_long_ago(home)
    walk.begin(page, serve(), level="Senior", mode="Drill", length=3)
    expect(page.get_by_role("status").first).to_contain_text("Only 1 is due; 2 were added.")
    expect(page.locator(".stem")).to_have_text(skipped.stem)
    walk.answer_question(page)
    expect(page.get_by_role("heading", name="Score your answer")).to_be_visible()


def _skip_long_ago(home: Path) -> Question:
    """A record in which one question was skipped nine days ago."""
    then = datetime.now(UTC) - timedelta(days=9)
    bank = load_bank()
    question = bank.question(bank.entries[-1].id)
    setup = Setup(level="senior", categories=(question.category,), mode="mock", length=1, seed=1)
    state = steps.begin(setup, bank.entries[-1:], interview_id="i", bank_hash=bank.hash, now=then)
    record = open_record(home / "practice.sqlite3")
    record.begin(state, "t", then)
    state, attempt = steps.skip(state, question, attempt_id="a", now=then)
    record.advance(steps.finish(state, then), [attempt], "t", then)
    assert attempt.parts == Answer(parts={}, figures={}).parts
    return question
