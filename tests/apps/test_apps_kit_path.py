"""A kit from the instructor to the learner and back, with real files, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import interview as walk
import pytest
from browser import Server
from playwright.sync_api import Page, expect

from itpm_prep.practice.kit_files import read_kit
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

ASKED = ("SCN-SOF-001", "BEH-GEN-001", "TEC-GEN-001")
MESSAGE = "Bring figures, please.\n<b>Two sentences</b> each & no more."


def save(page: Page, name: str, folder: Path) -> Path:
    """Follow a link that saves a file."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    saved = folder / download.value.suggested_filename
    download.value.save_as(saved)
    return saved


def make_kit(page: Page, server: Server, folder: Path) -> Path:
    """Two of three questions in an order of their own; its file."""
    page.goto(server.url("cohort"))
    page.get_by_role("button", name="Kits", exact=True).click()
    page.get_by_role("button", name="Make a kit").click()
    for title in ("SCN-GEN-901", "BEH-GEN-902"):
        page.get_by_role("checkbox", name=title).check()
    expect(page.get_by_text("2 questions, about")).to_be_visible()
    down = page.get_by_role("button", name="Down: ").first
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".order li").first).to_contain_text("BEH-GEN-902")
    expect(page.get_by_role("button", name="Up: ").last).to_be_focused()  # the line moved keeps the focus
    page.get_by_role("group", name="How").get_by_text("Practice", exact=True).click()
    page.get_by_label("Due date").fill((datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    page.get_by_label("From", exact=True).fill("Ms Hahn")
    page.get_by_label("Title", exact=True).fill("Week 3: risks")
    page.get_by_label("Message", exact=True).fill(MESSAGE)
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()  # nothing of it is lost
    page.get_by_role("button", name="Kits", exact=True).click()
    page.get_by_role("button", name="Go on with your kit").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value(MESSAGE)
    page.get_by_role("button", name="Make the kit").click()
    expect(page.get_by_text("The kit is made.")).to_be_visible()
    expect(page.get_by_text("Nobody has handed in yet")).to_be_visible()
    return save(page, "Save the kit file", folder)


def answer_kit(page: Page, server: Server, kit: Path, folder: Path) -> Path:
    """Open the kit, answer it in practice mode, and save what is handed in."""
    walk.open_app(page, server)
    walk.press(page, "Kits")
    page.locator("input[type=file]").set_input_files(kit)
    expect(page.get_by_text("<b>Two sentences</b> each & no more.")).to_be_visible()
    expect(page.get_by_text("0 of 2 answered")).to_be_visible()
    walk.press(page, "Begin")
    expect(page.get_by_text("Question 1 of 2")).to_be_visible()
    for _ in range(2):
        walk.answer_question(page)
        walk.score(page, 3)
        walk.next_question(page)
    walk.press(page, "To the kit")
    expect(page.get_by_text("Answered on").first).to_be_visible()
    page.get_by_label("Your name").fill("Ann Example")
    page.get_by_label("Words to black out").fill("sponsor")
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_text("your answers to 2 of 2 questions and 2 score sheets.")).to_be_visible()
    return save(page, "Save answers-", folder)


def test_a_kit_is_made_given_out_answered_handed_in_and_seen_to_be_done(
    serve: Callable[..., Server], page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    walk.small_bank(tmp_path / "bank", *ASKED)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    server = serve()
    file = make_kit(page, server, tmp_path)
    assert file.name == "kit-week-3-risks.json"
    kit = read_kit(file.read_bytes(), file.name)
    assert [one.id for one in kit.questions] == ["BEH-GEN-902", "SCN-GEN-901"]

    handed_in = answer_kit(page, server, file, tmp_path)
    with open_record(home / "practice.sqlite3") as record:
        assert [(one.question_id, one.kit) for one in record.attempts()] == [
            ("BEH-GEN-902", kit.id),
            ("SCN-GEN-901", kit.id),
        ]
    assert "sponsor" not in handed_in.read_text("utf-8")

    page.goto(server.url("cohort"))
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("button", name="Read the folder").wait_for()
    page.locator("input[type=file]").set_input_files(handed_in)
    expect(page.get_by_text("Ann Example").first).to_be_visible()
    page.get_by_role("button", name="Kits", exact=True).click()
    page.get_by_role("button", name=kit.title).click()
    expect(page.get_by_text("1 done, of 1 learner who handed in.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Ann Example")
    expect(row).to_contain_text("Done")
    expect(row).to_contain_text("2 of 2")
