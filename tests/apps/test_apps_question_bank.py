"""The question bank app: find and read questions, see the coverage, check a file, try a question."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import interview as walk
import pytest
from browser import Server, until
from playwright.sync_api import Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.settings import bank_dir
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

BANK = load_bank(bank_dir())
TITLE = BANK.question("SCN-SOF-001").title


def open_bank(page: Page, server: Server) -> None:
    page.goto(server.url("question_bank"))
    page.get_by_text(f"{len(BANK)} questions").first.wait_for()


def trials() -> list[Path]:
    """The records of practice runs."""
    return list(Path(gettempdir()).glob("itpm-prep-trial-*"))


def hand_over(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files on the screen that checks them."""
    payload = [{"name": name, "mimeType": "text/yaml", "buffer": content} for name, content in files]
    page.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]


def test_questions_are_found_by_filters_and_words_and_read_from_both_sides(
    app_server: Server, page: Page
) -> None:
    open_bank(page, app_server)
    expect(page.locator(".listing li")).to_have_count(25)
    page.get_by_role("button", name="Show 25 more").click()
    expect(page.locator(".listing li")).to_have_count(50)
    page.get_by_label("Category").select_option("scenario")
    page.get_by_label("Level").select_option("senior")
    fit = len(BANK.select(category="scenario", level="senior"))
    expect(page.get_by_role("status").filter(has_text=f"{fit} question")).to_be_visible()
    page.get_by_label("Words").fill("amber REPORT")
    page.get_by_label("Words").press("Enter")
    page.get_by_role("button", name=TITLE).click()

    question = BANK.question("SCN-SOF-001")
    expect(page.locator(".stem")).to_have_text(question.stem)
    expect(page.get_by_text(question.intent)).to_have_count(0)
    page.get_by_text("As the interviewer").click()
    expect(page.get_by_text(question.intent)).to_be_visible()
    expect(page.get_by_text(question.red_flags[0].text)).to_be_visible()

    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Words")).to_have_value("amber REPORT")
    page.get_by_label("Words").fill("no such words")
    page.get_by_label("Words").press("Enter")
    expect(page.get_by_text("No question fits. Take a filter away.")).to_be_visible()


def test_the_coverage_is_told_in_numbers_against_both_releases(app_server: Server, page: Page) -> None:
    open_bank(page, app_server)
    page.get_by_role("button", name="Coverage").click()
    table = page.get_by_role("table").filter(has_text="Categories by level")
    expect(table.get_by_role("row").last).to_contain_text(f"{len(BANK)} of 160")
    page.get_by_text("Full bank").click()
    expect(table.get_by_role("row").last).to_contain_text(f"{len(BANK)} of 320")


def test_a_file_is_checked_mended_tried_and_leaves_nothing_behind(
    app_server: Server, page: Page, home: Path
) -> None:
    text = (bank_dir() / "change" / "CHG-ITS-001.yaml").read_text("utf-8")
    open_bank(page, app_server)
    page.get_by_role("button", name="Check a file").click()
    hand_over(page, ("CHG-ITS-001.yaml", text.replace("weight: 25", "weight: 26", 1).encode()))
    expect(page.get_by_text("add up to 100")).to_be_visible()
    expect(page.get_by_role("button", name="Try in a practice run")).to_have_count(0)

    hand_over(page, ("CHG-ITS-001.yaml", text.encode()), ("big.yaml", b" " * 300_000))
    expect(page.get_by_text("No fault.")).to_be_visible()
    expect(page.get_by_text("a larger file than a question can be")).to_be_visible()
    walk.press(page, "Try in a practice run")
    expect(page.get_by_text("nothing of it is kept")).to_be_visible()
    walk.press(page, "Skip")
    walk.press(page, "End the practice run")
    expect(page.locator(".stem")).to_have_text(BANK.question("CHG-ITS-001").stem)
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text("No fault.")).to_be_visible()

    assert open_record(home / "practice.sqlite3").attempts() == []
    assert not trials()


def test_a_practice_run_whose_tab_is_closed_leaves_nothing_behind(app_server: Server, page: Page) -> None:
    open_bank(page, app_server)
    page.locator(".listing li button").first.click()
    page.get_by_role("button", name="Try in a practice run").click()
    until(trials, "the run has a record")
    page.close(run_before_unload=True)
    until(lambda: not trials(), "the record of the run is gone")
