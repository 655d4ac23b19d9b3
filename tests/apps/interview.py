"""A mock interview as a person walks through it with the mouse, one screen after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from browser import Server
from playwright.sync_api import Locator, Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import Question
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.settings import bank_dir

SCREEN = ".itpm [class*='screen-']"
STORY = (
    "In week 3 I told the sponsor that 12 of the 40 sites would be late. "
    "I gave two options with costs of 19,000 and 6,500, and she chose the first one."
)


# A bank of one's own ------------------------------------------------------------------------------


def small_bank(folder: Path, *ids: str) -> dict[str, Question]:
    """Copies of some questions, all of them general so that one choice of specialisation fits; by stem."""
    for number, name in enumerate(ids, start=901):
        source = next(bank_dir().rglob(f"{name}.yaml"))
        text = source.read_text("utf-8").replace(f"id: {name}", f"id: {name[:3]}-GEN-{number}", 1)
        text = re.sub(r"(?m)^specialisation: \w+$", "specialisation: general", text)
        copy = folder / source.parent.name / f"{name[:3]}-GEN-{number}.yaml"
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8")
    bank = load_bank(folder)
    assert not bank.problems
    return {question.stem: question for question in (bank.question(entry.id) for entry in bank.entries)}


def asked(page: Page, bank: Mapping[str, Question]) -> Question:
    """The question on the screen."""
    return bank[page.locator(".stem").inner_text()]


# Moving on ----------------------------------------------------------------------------------------


def screen_of(page: Page) -> str:
    """The class of the screen shown; every screen has its own."""
    looks = page.locator(SCREEN).get_attribute("class") or ""
    return next(look for look in looks.split() if look.startswith("screen-"))


def wait_for_next(page: Page, screen: str) -> None:
    """Wait until another screen stands where ``screen`` stood."""
    page.locator(f".{screen}").wait_for(state="detached")
    page.locator(f"{SCREEN} :is(h1, .stem)").first.wait_for()


def press(page: Page, name: str) -> None:
    """Press a button by its name (a trailing space: by its beginning) and wait for the next screen."""
    screen = screen_of(page)
    page.get_by_role("button", name=name, exact=not name.endswith(" ")).click()
    wait_for_next(page, screen)


# Set up -------------------------------------------------------------------------------------------


def open_app(page: Page, server: Server) -> None:
    """Open the mock interview at its set-up."""
    page.goto(server.url("mock_interview"))
    page.get_by_role("button", name="Begin", exact=True).wait_for()


def begin(
    page: Page,
    server: Server,
    *,
    level: str | None = None,
    mode: str | None = None,
    categories: Iterable[str] | None = None,
    length: int | None = None,
    seed: int | None = None,
) -> None:
    """Open the app, choose (names as shown; what is None stays as it is) and begin."""
    open_app(page, server)
    choose(page, level=level, mode=mode, categories=categories, length=length, seed=seed)
    press(page, "Begin")


def choose(
    page: Page,
    *,
    level: str | None = None,
    mode: str | None = None,
    categories: Iterable[str] | None = None,
    length: int | None = None,
    seed: int | None = None,
) -> None:
    """Fill in the set-up form."""
    if level:
        page.get_by_role("group", name="Level").get_by_text(level, exact=True).click()
    if mode:
        page.get_by_role("group", name="Mode").get_by_text(mode, exact=True).click()
    if categories is not None:
        choose_categories(page, set(categories))
    if length:
        choose_length(page, length)
    if seed is not None:
        page.get_by_label("Seed").fill(str(seed))
        page.get_by_label("Seed").blur()


def choose_categories(page: Page, wanted: set[str]) -> None:
    """Tick these categories and no other."""
    group = page.get_by_role("group", name="Categories")
    for box in group.get_by_role("checkbox").all():
        name = box.locator("xpath=..").inner_text().strip()
        box.set_checked(name in wanted)


def choose_length(page: Page, questions: int) -> None:
    """Choose how many questions."""
    page.get_by_label("Length").select_option(str(questions))


# One question -------------------------------------------------------------------------------------


def start_answering(page: Page) -> None:
    """From preparing to answering."""
    press(page, "Start answering")


def boxes(page: Page) -> Locator:
    """The boxes of the scaffold."""
    return page.locator(".part textarea")


def fill_answer(page: Page, text: str | Mapping[str, str]) -> None:
    """Type the same into every box, or each its own, by the name of the box."""
    boxes(page).first.wait_for()
    if isinstance(text, str):
        for box in boxes(page).all():
            box.fill(text)
        return
    for name, words in text.items():
        page.get_by_label(name, exact=True).fill(words)


def fill_figures(page: Page, figures: Sequence[str]) -> None:
    """Type the figures, in their order on the screen."""
    for box, text in zip(page.locator(".figure input").all(), figures, strict=True):
        box.fill(text)


def submit(page: Page) -> None:
    """Hand in the answer."""
    press(page, "Submit answer")


def probed(page: Page) -> bool:
    """Whether a follow-up is on the screen."""
    return "Follow-up" in page.locator(SCREEN).inner_text()


def pass_probes(page: Page) -> None:
    """Pass over every follow-up."""
    while probed(page):
        press(page, "Pass")


def reply_to_probes(page: Page, text: str) -> list[str]:
    """Reply the same to every follow-up; what was asked."""
    asks = []
    while probed(page):
        asks.append(page.locator(".stem").inner_text())
        page.get_by_label("Your reply").fill(text)
        press(page, "Submit reply")
    return asks


# The score ----------------------------------------------------------------------------------------


def leave_flags(page: Page, *heard: str) -> None:
    """Tick these red flags and go on to the criteria."""
    expect(page.get_by_role("heading", name="Score your answer")).to_be_visible()
    for flag in heard:
        page.get_by_label(flag).check()
    press(page, "Next")


def score_criterion(page: Page, anchor: int, *, quote: bool | str = True) -> None:
    """Pick an anchor and prove it: by a sentence of the answer, by typed words, or (False) not at all."""
    page.locator(".anchor input").nth(anchor - 1).check()
    if isinstance(quote, str):
        page.get_by_label("Or type five or more words").fill(quote)
    elif quote:
        page.locator(".sentence").first.click()
    name = "Finish scoring" if page.get_by_role("button", name="Finish scoring").count() else "Next criterion"
    press(page, name)


def score(page: Page, anchor: int | Sequence[int] = 3, *, quote: bool | str = True) -> None:
    """From the red flags (none heard) through the four criteria."""
    leave_flags(page)
    for each in (anchor,) * 4 if isinstance(anchor, int) else anchor:
        score_criterion(page, each, quote=quote)


def next_question(page: Page) -> None:
    """From the review to the next question, or to the debrief after the last one."""
    last = page.get_by_role("button", name="To the debrief").count()
    press(page, "To the debrief" if last else "Next question")


def answer_question(page: Page, text: str = STORY) -> None:
    """From preparing to the red flags, or in mock mode to the next question; no follow-up is answered."""
    start_answering(page)
    fill_answer(page, text)
    submit(page)
    pass_probes(page)


def names_of_boxes(question: Question) -> list[str]:
    """The names that the boxes of a question must have."""
    return [part.name for part in frame_of(question.scaffold).parts]
