"""One question from set up to the progress app without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import interview as walk
import pytest
from browser import Server, until
from playwright.sync_api import Page, expect

from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

STOPS_AT_MOST = 60
REACHED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0] ?? (one.id && document.querySelector(`label[for="${CSS.escape(one.id)}"]`));
  const name = one.getAttribute("aria-label") ?? label?.innerText ?? one.innerText ?? "";
  const marked = [one, one.closest("label")].filter(Boolean).map((node) => getComputedStyle(node));
  const seen = marked.some((look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2);
  return { name: name.replace(/\\s+/g, " ").trim(), seen, page: one === document.body };
}"""


class Keys:
    """A person at the keyboard, who has to see where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, key: str = "Tab") -> None:
        """Go on until the control whose name begins so has the focus; each stop on the way must show."""
        passed = []
        for _ in range(STOPS_AT_MOST):
            self.page.keyboard.press(key)
            stop = self.page.evaluate(REACHED)
            if stop["page"]:  # past the last control, and round to the first
                continue
            assert stop["seen"], f"the focus does not show on {stop['name']!r}"
            passed.append(stop["name"])
            if stop["name"].startswith(name):
                return
        raise AssertionError(f"{key} does not lead to {name!r}, but to {passed}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Go to a button and press it; the focus must then be on the heading of the next screen."""
        screen = walk.screen_of(self.page)
        self.to(name)
        self.page.keyboard.press(key)
        walk.wait_for_next(self.page, screen)
        on_heading = "document.activeElement.matches('h1, .stem')"
        until(lambda: self.page.evaluate(on_heading), f"the focus is on the heading after {name}", 10)

    def write(self, name: str, text: str) -> None:
        """Go to a box and type."""
        self.to(name)
        self.page.keyboard.type(text)


def test_one_question_from_set_up_to_the_progress_app_by_keyboard_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server], page: Page
) -> None:
    walk.small_bank(tmp_path / "bank", "BEH-GEN-001", "TEC-GEN-001")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    walk.open_app(page, serve())
    keys = Keys(page)
    _set_up(page, keys)
    _answer(page, keys)
    _score(page, keys)
    keys.press("To the debrief")
    expect(page.locator(".big")).to_have_text("2.0")
    keys.to("Question 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Strong answers cover")).to_be_visible()
    keys.to("See your progress")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Progress").wait_for()
    [rating] = open_record().ratings()
    assert [mark.score for mark in rating.marks] == [1, 1, 4, 2]
    assert len(rating.red_flags) == 1


def _set_up(page: Page, keys: Keys) -> None:
    """Junior, behavioral only, mock, one question."""
    keys.to("Mid")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Junior")).to_be_checked()
    for name in ("Technical", "Scenario", "Leadership", "Change"):
        keys.to(name)
        page.keyboard.press("Space")
    keys.to("Practice")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Practice")).to_be_checked()
    keys.to("Length")
    page.keyboard.press("ArrowUp")
    keys.press("Begin")
    expect(page.get_by_text("Question 1 of 1")).to_be_visible()


def _answer(page: Page, keys: Keys) -> None:
    keys.write("Notes", "Short.")
    keys.press("Start answering", "Space")
    for name in ("Situation", "Task", "Action", "Result"):
        keys.write(name, walk.STORY)
    keys.to("Action", "Shift+Tab")
    keys.write("Learning", "I ask twice.")
    keys.press("Submit answer")
    while walk.probed(page):
        keys.write("Your reply", "I asked her.")
        keys.press("Submit reply")


def _score(page: Page, keys: Keys) -> None:
    """A red flag; then 1; 2, which the flag caps at 1; 4 with a picked sentence; 3 without proof: 2."""
    flag = page.locator(".flags label").first.inner_text()
    keys.to(flag)
    page.keyboard.press("Space")
    keys.press("Next")
    keys.to("1")
    page.keyboard.press("Space")
    keys.press("Next criterion")
    keys.to("1")
    page.keyboard.press("ArrowDown")
    keys.press("Next criterion")
    keys.to("In week 3")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sentence").nth(1)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    keys.to("1")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".proof")).to_contain_text("12 of the 40 sites")
    keys.press("Next criterion")
    keys.to("1")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    keys.press("Finish scoring")
