"""An interview in mid-answer, and what the disk holds of it."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest
from browser import Server, until
from interview import begin, small_bank, start_answering, wait_for_next
from playwright.sync_api import Page, expect

from itpm_prep.practice.records import Attempt
from itpm_prep.store.local import open_record

expect.set_options(timeout=60_000)  # patience: a page that opens takes seconds on a busy machine
SAVED = "Saved."
LOST = "Connection lost. Your words stay in the box"


def use_bank(folder: Path, monkeypatch: pytest.MonkeyPatch, *ids: str) -> None:
    """Let the apps ask these questions only; the first has figures and boxes named as in ``SBAR``."""
    small_bank(folder, *(ids or ("SCN-SOF-001",)))
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(folder))


def answering(page: Page, server: Server, *, mode: str = "Practice") -> None:
    """Begin an interview of one question and go on to its answer."""
    begin(page, server, level="Senior", mode=mode, categories=["Scenario"], length=1)
    start_answering(page)
    page.get_by_role("textbox", name="Situation").wait_for()


# On the disk --------------------------------------------------------------------------------------


def drafts() -> dict[str, str]:
    """What stands in the boxes of the current question, by box."""
    record = open_record()
    left = record.unfinished()
    return record.drafts(left.id, left.position) if left else {}


def wait_for_draft(box: str, text: str) -> None:
    """Wait until the disk holds exactly this text of a box."""
    until(lambda: drafts().get(box) == text, f"the draft of {box} is on disk")


def attempts() -> list[Attempt]:
    """All attempts."""
    return open_record().attempts()


# On the screen ------------------------------------------------------------------------------------


def status(page: Page) -> str:
    """What the form says of its drafts."""
    return page.locator(".foot [role=status]").inner_text()


def seconds_left(page: Page) -> int:
    """What the clock shows."""
    minutes, _, seconds = page.get_by_role("timer").inner_text().removesuffix(" left").partition(":")
    return 60 * int(minutes) + int(seconds)


def kernel_of(server: Server, page: Page) -> psutil.Process:
    """The kernel of a page."""
    kernel = page.evaluate("document.body.dataset.kernelId")
    return next(one for one in server.kernels() if any(kernel in word for word in one.cmdline()))


def kill(process: psutil.Process) -> None:
    """``kill -9``."""
    process.send_signal(signal.SIGKILL)
    psutil.wait_procs([process], timeout=30)


def expect_offer(page: Page, name: str = "Resume") -> None:
    """The set-up offers this for the interview that was left."""
    expect(page.get_by_role("button", name="Start anew")).to_be_visible()
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def resume(page: Page, name: str = "Resume") -> None:
    """Take the offer."""
    expect_offer(page, name)
    screen = page.locator(".itpm [class*='screen-']").get_attribute("class") or ""
    page.get_by_role("button", name=name, exact=True).click()
    wait_for_next(page, next(one for one in screen.split() if one.startswith("screen-")))
