"""The calibrate app: rate six sample answers blind, come back to it, see the key."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import interview as walk
import pytest
from browser import Server, until
from playwright.sync_api import Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import Benchmark, Question
from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.settings import bank_dir
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

BANK = load_bank(bank_dir())
QUESTIONS = [BANK.question(entry.id) for entry in BANK.entries]


def shown(page: Page) -> tuple[Question, Benchmark]:
    """The question and the sample answer on the screen."""
    stem, words = page.locator(".stem").inner_text(), page.locator(".to-rate").inner_text()
    question = next(one for one in QUESTIONS if one.stem == stem)
    plain = " ".join(words.split())
    return question, next(one for one in question.benchmarks if " ".join(one.text.split()) == plain)


def mark(page: Page, criterion: str, chosen: int) -> None:
    page.get_by_role("group", name=criterion, exact=True).get_by_role("radio").nth(chosen - 1).check()


def rate(page: Page) -> Benchmark:
    """Rate the answer shown as its key does."""
    question, benchmark = shown(page)
    for criterion in question.criteria:
        mark(page, criterion.name, benchmark.key[criterion.id])
    return benchmark


def open_calibrate(page: Page, server: Server) -> None:
    page.goto(server.url("calibrate"))
    page.get_by_role("heading", name="Calibrate").wait_for()


def test_six_answers_are_rated_blind_left_and_resumed_and_the_key_is_told_with_its_reasons(
    app_server: Server, page: Page
) -> None:
    open_calibrate(page, app_server)
    expect(page.get_by_text("Not yet calibrated")).to_be_visible()
    page.get_by_role("group", name="Your level").get_by_text("Senior", exact=True).click()
    walk.press(page, "Begin")
    question, first = shown(page)
    labels = [rate(page).label]
    criterion = question.criteria[0]
    off = 1 if first.key[criterion.id] < 5 else -1
    mark(page, criterion.name, first.key[criterion.id] + off)
    walk.press(page, "Next answer")

    # One mark of the second answer, then a reload: both stand where they were.
    question, _ = shown(page)
    name = question.criteria[0].name
    mark(page, name, 3)
    until(lambda: '"position":1' in stored() and '":3' in stored(), "the mark is on disk")
    page.reload()
    expect(page.get_by_text("You stopped at answer 2 of 6. Nothing was lost.")).to_be_visible()
    walk.press(page, "Resume")
    expect(page.get_by_role("group", name=name, exact=True).get_by_role("radio").nth(2)).to_be_checked()
    page.get_by_role("button", name="Next answer").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Still to mark: {question.criteria[1].name}")

    for button in (*["Next answer"] * 4, "See the key"):
        labels.append(rate(page).label)
        expect(page.get_by_text("Polished but empty")).to_have_count(0)
        walk.press(page, button)
    assert labels.count("polished") == 1

    expect(page.get_by_role("heading", name="Calibrated", exact=True)).to_be_visible()
    expect(page.get_by_text("0.04", exact=True)).to_be_visible()
    expect(page.get_by_text("On average you score neither higher nor lower than the key.")).to_be_visible()
    expect(page.get_by_text("24 of 24 marks (100%)")).to_be_visible()
    expect(page.get_by_text(f"1 {'above' if off > 0 else 'below'} the key: ")).to_be_visible()
    walk.press(page, "Done")
    expect(page.get_by_text(re.compile("^Calibrated on .*, until"))).to_be_visible()
    expect(page.locator(".listing li")).to_have_count(1)
    assert stored() == ""
    (kept,) = open_record().calibrations()
    assert len(kept.marks) == 24


def test_self_scores_made_while_the_gate_stands_are_told_as_calibrated(
    app_server: Server, page: Page, home: Path
) -> None:
    passed = datetime.now(UTC) - timedelta(days=2)
    one = QUESTIONS[0]
    marks = tuple(
        KeyedMark(question_id=one.id, question_version=99, label="strong", criterion=each.id, chosen=4, key=4)
        for each in one.criteria
    )
    open_record(home / "practice.sqlite3").calibrate(Calibration(id="g1", rated_at=passed, marks=marks))
    walk.begin(page, app_server, categories=["Scenario"], length=1)
    walk.start_answering(page)
    walk.fill_answer(page, walk.STORY)
    walk.submit(page)
    walk.pass_probes(page)
    walk.leave_flags(page)
    for _ in one.criteria:
        walk.score_criterion(page, 3)
    local = passed.astimezone()
    day = f"{local.day} {local:%B %Y}"
    expect(page.get_by_text(f"self-rated, 1 answer, calibrated on {day}")).to_be_visible()

    # An answer that has left the bank is told with its marks alone.
    open_calibrate(page, app_server)
    page.get_by_role("button", name=f"{day}: calibrated").click()
    expect(page.get_by_text("no longer holds this answer")).to_be_visible()


def test_a_bank_with_too_few_sample_answers_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server], page: Page
) -> None:
    walk.small_bank(tmp_path / "bank", "SCN-SOF-001")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    open_calibrate(page, serve())
    expect(page.get_by_text("A gate needs 6 keyed sample answers")).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)


def stored() -> str:
    """The gate under way as it is on disk."""
    return "".join(open_record().documents("gate").values())
