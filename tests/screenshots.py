"""Take the README's pictures anew: ``python tests/screenshots.py``."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

TESTS = Path(__file__).parent
IMAGES = TESTS.parent / ".github" / "images"
sys.path[:0] = [str(TESTS), str(TESTS / "apps")]

import classes  # noqa: E402 - only now on the path
from browser import Server, running  # noqa: E402
from interview import (  # noqa: E402
    begin,
    fill_answer,
    fill_figures,
    leave_flags,
    pass_probes,
    press,
    score_criterion,
    small_bank,
    start_answering,
    submit,
)

from itpm_prep.bank.compiled import load_bank  # noqa: E402
from itpm_prep.serve.chromium import ARGUMENTS, find_chromium  # noqa: E402
from itpm_prep.store.bundles import import_bundle  # noqa: E402
from itpm_prep.store.cohort import open_cohort  # noqa: E402
from itpm_prep.store.local import open_record  # noqa: E402

NAMES = ("Amara", "Ben", "Chiara", "Dilek", "Emil", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kaya")

ANSWER = {
    "Situation": "At today's efficiency this ends near 1.1 million instead of 900 thousand, and the pilot in "
    "five weeks needs the part that is furthest behind.",
    "Background": "We earned 530 for 645 spent, against 640 planned.",
    "Assessment": "Of the 115 overrun, 75 sits in the payment interface. Half of the planned work there is "
    "earned, so this is one account in trouble and one to watch.",
    "Recommendation": "Pilot on the date without payments, and decide on manual payments in ten days. "
    "Friday's payment waits for the evidence that the contract asks for.",
}


def take(page: Page, name: str, *, whole: bool = True) -> None:
    """One picture of the page, or of its first screenful."""
    page.wait_for_timeout(600)  # the fonts and the bars settle
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)


def walk(page: Page, server: Server) -> None:
    """Through one question, from set up to debrief."""
    begin(page, server, level="Senior", categories={"Scenario"}, length=1)
    start_answering(page)
    fill_figures(page, ["0.82", "0.83", "1,095", ""])
    fill_answer(page, ANSWER)
    expect(page.get_by_text("Saved.")).to_be_visible()
    take(page, "answer")
    submit(page)
    pass_probes(page)
    leave_flags(page)
    score_criterion(page, 4)
    page.locator(".anchor input").nth(2).check()
    page.locator(".sentence").nth(4).click()
    take(page, "score")
    press(page, "Next criterion")
    for anchor in (4, 3):
        score_criterion(page, anchor)
    press(page, "To the debrief")
    page.locator("details").first.click()
    take(page, "debrief")


def read_bank(page: Page, server: Server) -> None:
    """The bank as its readers see it."""
    page.set_viewport_size({"width": 860, "height": 1000})
    page.goto(server.url("question_bank"))
    page.get_by_label("Words").fill("amber report")
    page.get_by_label("Words").press("Enter")
    press(page, "The amber report ")
    page.get_by_text("As the interviewer").click()
    page.get_by_role("heading", name="Red flags").wait_for()
    take(page, "question", whole=False)
    press(page, "Back")
    press(page, "Coverage")
    page.get_by_text("Full bank").click()
    take(page, "coverage", whole=False)


def practise_and_hand_in(home: Path) -> None:
    """A class of this many names, and the record of one of them."""
    bank, chance = load_bank(), random.Random(5)  # noqa: S311 - the same class each time
    files = [
        (f"{name}.jsonl", classes.bundle(bank, number, chance, 40, name=name))
        for number, name in enumerate(NAMES)
    ]
    with open_cohort(home / "cohort.sqlite3") as cohort:
        cohort.merge(files)
    _, jonas = files[NAMES.index("Jonas")]
    jonas.seek(0)
    with open_record(home / "practice.sqlite3") as record:
        import_bundle(record, jonas)


def read_class(page: Page, server: Server) -> None:
    """What a learner and an instructor see after some weeks."""
    page.goto(server.url("progress"))
    page.get_by_role("heading", name="Progress").wait_for()
    page.get_by_label("Level").select_option("junior")
    page.get_by_text("What is missing for it").wait_for()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    take(page, "progress", whole=False)
    page.set_viewport_size({"width": 1160, "height": 1000})
    page.goto(server.url("cohort"))
    page.locator("tbody button").first.wait_for()
    press(page, "Heat map")
    take(page, "cohort", whole=False)


def main() -> None:
    """Start the app on a folder of its own and take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        small_bank(Path(folder) / "bank", "SCN-SOF-001")
        os.environ["ITPM_PREP_BASE_BANK"] = str(Path(folder) / "bank")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        with running(Path(folder) / "log", Path(folder) / "home") as server:
            page = browser.new_page(viewport={"width": 860, "height": 700}, device_scale_factor=1.5)
            page.goto(server.url("mock_interview"))
            page.get_by_role("button", name="Begin").wait_for()
            take(page, "setup")
            walk(page, server)
        del os.environ["ITPM_PREP_BASE_BANK"]
        home = Path(folder) / "home-2"
        home.mkdir()
        practise_and_hand_in(home)
        with running(Path(folder) / "log-2", home) as server:
            read_bank(page, server)
            read_class(page, server)
        browser.close()


if __name__ == "__main__":
    main()
