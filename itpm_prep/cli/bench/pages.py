"""What a person waits for, measured in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import msgspec
import psutil

from itpm_prep.bank.types import CATEGORIES
from itpm_prep.cli.bench.goals import Result
from itpm_prep.cli.bench.servers import Kernels, control_server, our_server
from itpm_prep.practice.records import Setup
from itpm_prep.problems import PersonError
from itpm_prep.serve.chromium import ARGUMENTS, find_chromium
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError as error:
    raise PersonError(
        'The pages are measured with Playwright, which is missing: pip install "itpm_prep[test]". '
        "Without it: itpm-prep bench --only import --only bank-320 --only bank-10000"
    ) from error

# The words on the buttons of mock_interview, in the order in which a person presses them.
ANEW, BEGIN, START, SUBMIT, PASS = "Start anew", "Begin", "Start answering", "Submit answer", "Pass"
PRESS = "Press"
# A press falls anywhere between two frames of the browser, and its effect shows with a frame: one press
# says little. They are spread evenly over a frame, on both sides.
PRESSES = 5
WAITS_MS = [number * 1000 / 60 / PRESSES for number in range(PRESSES)]
# Before each press on both sides, as a person reads once more: the drafts are saved then, and a kernel that
# has rested for longer is slower to wake.
REST_S = 1.5
ANSWER = "I told the sponsor two days after my first doubt, with three costed options and my advice."

# Each presses a button, so many milliseconds after a frame, and gives the milliseconds until its effect
# shows, all inside the page.
SUBMIT_MS = """([label, wait]) => new Promise((done) => {
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.offsetParent);
  const button = () => visible("button").find((e) => e.textContent.trim() === label);
  let start;
  const look = () => {
    if (!button() && visible("button.primary").length) done(performance.now() - start);
    else requestAnimationFrame(look);
  };
  const press = () => {
    start = performance.now();
    button().click();
    look();
  };
  requestAnimationFrame(() => setTimeout(press, wait));
})"""
PRESS_MS = """([label, wait]) => new Promise((done) => {
  const box = document.querySelector("input[type=text]");
  const before = box.value;
  let start;
  const look = () => {
    if (box.value !== before) done(performance.now() - start);
    else requestAnimationFrame(look);
  };
  const press = () => {
    start = performance.now();
    [...document.querySelectorAll("button")].find((e) => e.textContent.trim() === label).click();
    look();
  };
  requestAnimationFrame(() => setTimeout(press, wait));
})"""


class Side:
    """One of the servers, and the figures taken from it; ``spare`` kernels are heated up in advance."""

    def __init__(self, server: tuple[str, Kernels], spare: int, *, frees: bool) -> None:
        self.address, self.kernels = server
        self.spare, self.frees = spare, frees
        self.open_s: list[float] = []
        self.memory_mb: list[float] = []
        self.press_ms: list[float] = []

    @contextmanager
    def opened(self, browser: Browser, label: str) -> Iterator[Page]:
        """The page in a browser that knows nothing yet, once its button can be pressed."""
        before = self.kernels.wait_until_idle(self.spare)
        context = browser.new_context()
        page = context.new_page()
        start = perf_counter()
        page.goto(self.address, wait_until="commit")
        page.get_by_role("button", name=label, exact=True).click(trial=True)
        self.open_s.append(perf_counter() - start)
        sleep(1)  # until the kernel has done what follows the first screen
        used = before if self.spare else self.kernels.running() - before
        self.memory_mb.append(sum(kernel.memory_full_info().uss for kernel in used) / 1e6)
        yield page
        page.close(run_before_unload=True)
        if self.frees:  # stock Voila leaves the kernel running
            psutil.wait_procs(used, timeout=60)
        context.close()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Chromium; raises ``PersonError`` when there is none."""
    path = find_chromium()
    if path is None:
        raise PersonError(
            "The pages are measured in Chromium, and none was found: install one, or name it in "
            "ITPM_PREP_CHROMIUM. Without it: itpm-prep bench --only import --only bank-320"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def measure_pages(rounds: int, folder: Path, names: list[str]) -> list[Result]:
    """Open the pages, press their buttons; the control, the cold and the heated page in turn."""
    with ExitStack() as stack:
        browser = stack.enter_context(running_browser())
        control = Side(stack.enter_context(control_server(folder)), 0, frees=False)
        cold = Side(stack.enter_context(our_server(folder, preheat=False)), 0, frees=True)
        heated = Side(stack.enter_context(our_server(folder, preheat=True)), 1, frees=True)
        for _ in range(rounds + 1):
            _take_round(browser, control, cold, heated, open_record(folder / "home" / "practice.sqlite3"))
    figures = {
        "open-cold": (cold.open_s, control.open_s),
        "open-preheated": (heated.open_s, control.open_s),
        "memory": (cold.memory_mb, control.memory_mb),
        "submit": (cold.press_ms, control.press_ms),
    }
    # The first round warms the disk and the servers.
    return [Result(name, figures[name][0][1:], figures[name][1][1:]) for name in names]


def _take_round(browser: Browser, control: Side, cold: Side, heated: Side, record: Record) -> None:
    with control.opened(browser, PRESS) as page:
        control.press_ms.append(median(_press_ms(page, wait) for wait in WAITS_MS))
    # In mock mode one question follows the other.
    setup = Setup(level="mid", categories=CATEGORIES, mode="mock", length=PRESSES + 1, seed=1)
    record.prefer("setup", msgspec.json.encode(setup).decode())
    with cold.opened(browser, BEGIN) as page:
        anew = page.get_by_role("button", name=ANEW, exact=True)
        if anew.is_visible():  # the last question of the round before stands open
            anew.click()
            anew.wait_for(state="detached")
        page.get_by_role("button", name=BEGIN, exact=True).click()
        cold.press_ms.append(median(_submit_ms(page, record, wait) for wait in WAITS_MS))
    with heated.opened(browser, BEGIN):
        pass


def _press_ms(page: Page, wait_ms: float) -> float:
    """Press the button of the control, as unhurriedly as a person does."""
    sleep(REST_S)
    milliseconds: float = page.evaluate(PRESS_MS, [PRESS, wait_ms])
    return milliseconds


def _submit_ms(page: Page, record: Record, wait_ms: float) -> float:
    """Write an answer to the next question, press the button, and pass over what is asked then."""
    page.get_by_role("button", name=START, exact=True).click()
    page.get_by_role("button", name=SUBMIT, exact=True).wait_for()
    for box in page.locator("textarea:visible").all():
        box.fill(ANSWER)
    sleep(REST_S)
    before = len(record.attempts())
    milliseconds: float = page.evaluate(SUBMIT_MS, [SUBMIT, wait_ms])
    if len(record.attempts()) != before + 1:
        raise RuntimeError("the next screen was shown before the answer was on disk")
    start, skip = (page.get_by_role("button", name=name, exact=True) for name in (START, PASS))
    while not start.is_visible():
        skip.click()
        page.wait_for_timeout(300)
    return milliseconds
