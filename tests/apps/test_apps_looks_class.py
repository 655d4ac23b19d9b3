"""How the instructor's screens look."""

from __future__ import annotations

from pathlib import Path

import classes
import pytest
from browser import Server
from looking import Looks
from playwright.sync_api import Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.store.cohort import open_cohort

pytestmark = pytest.mark.browser


def view(page: Page, name: str) -> None:
    """Go to another view."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-current", "page")


def test_every_screen_of_a_class_is_whole_and_accessible(home: Path, app_server: Server, page: Page) -> None:
    home.mkdir(exist_ok=True)
    with open_cohort(home / "cohort.sqlite3") as cohort:
        classes.fill(cohort, load_bank(), 12, most=20)
    looks = Looks(page)
    page.goto(app_server.url("cohort"))
    page.locator("table").first.wait_for()
    looks.at("roster")
    for name in ("Heat map", "Attention", "Questions", "Review", "Kits", "Hand in", "Export"):
        view(page, name)
        looks.at(name)
    view(page, "Roster")
    page.locator("tbody button").first.click()
    page.get_by_role("button", name="Back").wait_for()
    looks.at("one learner")
    assert looks.faults == []
