"""The cohort app in a browser, with a class of 40 and one of 2,000."""

from __future__ import annotations

import random
from pathlib import Path

import classes
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import NARROW, Server
from desk import kernel_of
from drawn import EVIL
from playwright.sync_api import Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.store.cohort import open_cohort

pytestmark = pytest.mark.browser


def hand_in(home: Path, learners: int, most: int) -> None:
    """Fill the instructor's own class before the app is opened."""
    home.mkdir(exist_ok=True)
    with open_cohort(home / "cohort.sqlite3") as cohort:
        classes.fill(cohort, load_bank(), learners, most=most)


def open_cohort_app(page: Page, server: Server, words: str) -> None:
    page.goto(server.url("cohort"))
    page.get_by_text(words).first.wait_for()


def view(page: Page, name: str) -> None:
    """Go to another view."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-current", "page")


def faults(page: Page) -> list[str]:
    """What is wrong with the screen: axe's findings, and whether it is wider than the window."""
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(page).response["violations"]
    ]
    needed, there = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return found + [f"{needed} px wide"] * (needed > there)


def test_a_class_is_handed_in_read_and_opened_down_to_an_answer(app_server: Server, page: Page) -> None:
    bank, chance = load_bank(), random.Random(3)  # noqa: S311 - no secret
    open_cohort_app(page, app_server, "Nobody has handed in yet.")
    assert faults(page) == []
    page.get_by_role("button", name="Hand in files").click()
    names = [EVIL, *(f"Learner {number}" for number in range(1, 40))]
    made = [classes.bundle(bank, number, chance, 12, name=name) for number, name in enumerate(names)]
    files = [(f"{number}.jsonl", file.getvalue()) for number, file in enumerate(made)]
    payload = [
        {"name": name, "mimeType": "application/json", "buffer": content}
        for name, content in [*files, ("holiday.jpg", b"\xff\xd8")]
    ]
    page.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]
    expect(page.get_by_text("41 files read")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="holiday.jpg")).to_contain_text("Not used")

    view(page, "Roster")
    expect(page.get_by_role("status").filter(has_text="1 to 40 of 40")).to_be_visible()
    expect(page.get_by_text("being brought up to date")).to_have_count(0)
    assert page.locator("tbody img, tbody script").count() == 0
    page.get_by_role("button", name="Answers").click()
    expect(page.get_by_role("columnheader", name="Answers")).to_have_attribute("aria-sort", "descending")
    page.locator("tbody button.link").first.press("Enter")
    expect(page.get_by_role("table", name="Competencies of the target")).to_be_visible()
    answers = page.get_by_role("table", name="Answers")
    answers.get_by_role("row").filter(has_text="Answered").first.get_by_role("button").click()
    expect(page.get_by_text(classes.WORDS).first).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(answers).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("columnheader", name="Answers")).to_have_attribute("aria-sort", "descending")


def test_every_view_of_a_class_is_whole_and_accessible_at_360_px_in_the_dark(
    app_server: Server, page: Page, home: Path
) -> None:
    hand_in(home, 40, 12)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    open_cohort_app(page, app_server, "1 to 40 of 40")
    expect(page.locator("html")).to_have_attribute("data-jp-theme-light", "false")
    for name in ("Roster", "Heat map", "Attention", "Questions", "Hand in", "Export"):
        view(page, name)
        assert (name, faults(page)) == (name, [])
    page.get_by_label("Format").select_option("csv")
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as told:
        page.get_by_role("link", name="Save cohort").click()
    assert told.value.suggested_filename.endswith(".zip")
    view(page, "Questions")
    page.locator("tbody button.link").first.click()
    expect(page.get_by_role("heading", name="To mend")).to_be_visible()
    assert faults(page) == []


def test_two_thousand_learners_are_filtered_sorted_and_paged_without_a_word_to_the_kernel(
    app_server: Server, page: Page, home: Path
) -> None:
    hand_in(home, 2000, 3)
    open_cohort_app(page, app_server, "1 to 40 of 2000")
    kernel = kernel_of(app_server, page)
    kernel.suspend()  # whatever follows happens in the browser alone
    try:
        page.get_by_label("Filter").fill("learner 19")
        expect(page.get_by_role("status").filter(has_text="filtered from 2000")).to_be_visible()
        assert "Learner 19" in page.locator("tbody th").all_inner_texts()
        page.get_by_label("Level").select_option("Senior")
        page.get_by_role("button", name="Answers").click()
        page.get_by_label("Filter").fill("")
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("status").filter(has_text="41 to 80 of 666")).to_be_visible()
    finally:
        kernel.resume()
    view(page, "Heat map")
    expect(page.get_by_label("Level")).to_have_value("Senior")
    assert page.locator("table.heat").first.locator("tbody tr").count() == 40
    page.get_by_role("button", name="Risk and issues").first.click()
    heat = page.locator("table.heat").first
    expect(heat.get_by_role("columnheader", name="Risk and issues")).to_have_attribute(
        "aria-sort", "descending"
    )
