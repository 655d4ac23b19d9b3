"""A page that nobody touches for long gives its kernel back, and nothing typed in it is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Server, running, until
from desk import LOST, SAVED, answering, resume, use_bank
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# Heartbeats come every five seconds.
SERVE = """
from itpm_prep.serve.config import Limits
from itpm_prep.serve.server import serve_apps
from itpm_prep.settings import notebooks_dir

limits = Limits(preheat=False, idle_s=9, cull_every_s=1)
serve_apps(notebooks_dir(), lambda address: print("Open", address, flush=True), browse=False, limits=limits)
"""
MINUTE_MS = 60_000


@pytest.fixture
def impatient_server(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The apps on a server that takes kernels back after seconds where it usually is hours."""
    use_bank(tmp_path / "bank", monkeypatch)
    with running(tmp_path / "server.log", home, command=(sys.executable, "-c", SERVE)) as server:
        yield server


def test_an_idle_page_gives_its_kernel_back_and_goes_on_after_a_reload(
    impatient_server: Server, page: Page
) -> None:
    page.clock.install()
    answering(page, impatient_server)
    box = page.get_by_role("textbox", name="Situation")
    box.fill("Three sites are late.")
    expect(page.locator(".foot [role=status]")).to_have_text(SAVED)
    page.wait_for_timeout(15_000)
    assert impatient_server.kernels(), "somebody is there: heartbeats keep the kernel"
    page.clock.fast_forward(21 * MINUTE_MS)
    until(lambda: not impatient_server.kernels(), "the kernel is taken back")
    expect(page.get_by_text(LOST)).to_be_visible()
    expect(box).to_have_value("Three sites are late.")
    page.reload()
    resume(page)
    expect(box).to_have_value("Three sites are late.")
