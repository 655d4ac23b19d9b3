"""How long an instructor waits for the roster of 2,000 learners, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import psutil

from itpm_prep.apps.cohort.tables import Tables
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli.bench.cohort_files import write_cohort
from itpm_prep.cli.bench.cohorts import CohortMaker
from itpm_prep.cli.bench.goals import Result
from itpm_prep.cli.bench.pages import running_browser
from itpm_prep.cli.bench.servers import Kernels, control_server, our_server
from itpm_prep.store.cohort import open_cohort

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LEARNERS = 2_000
CONTROL = f"""
import numpy
import pandas
import plotly.graph_objects
frame = pandas.DataFrame(numpy.random.default_rng(1).uniform(1, 5, ({LEARNERS}, 16)))
plotly.graph_objects.Figure(plotly.graph_objects.Heatmap(z=frame)).show(renderer="notebook")
"""
PATIENCE_MS = 120_000


def measure_cohort_page(rounds: int, folder: Path) -> list[Result]:
    """Seconds from the address to a roster that has been filtered, its kernel still to be started.

    The class holds 250,000 attempts and 1,000,000 criterion scores. Its tables were made before, as they
    are when somebody hands in; reading the scores anew is not part of opening. The control is a bare
    notebook on stock Voila that imports pandas and plotly and draws one heat map of as many learners, up
    to the moment it is drawn.
    """
    (folder / "home").mkdir(parents=True)
    _make_class(folder / "home" / "cohort.sqlite3")
    ours: list[float] = []
    control: list[float] = []
    with ExitStack() as stack:
        browser = stack.enter_context(running_browser())
        bare = stack.enter_context(control_server(folder, CONTROL))
        address, kernels = stack.enter_context(our_server(folder, preheat=False))
        cohort = address.replace("mock_interview", "cohort"), kernels
        for _ in range(rounds + 1):
            control.append(_seconds(browser, *bare, _wait_for_heat_map))
            ours.append(_seconds(browser, *cohort, _filter))
    return [Result("open-cohort", ours[1:], control[1:])]  # the first round warms the disk and the servers


def _make_class(place: Path) -> None:
    bank = load_bank()
    write_cohort(CohortMaker(LEARNERS, bank.entries).tables(), place)
    with open_cohort(place) as cohort:
        Tables(cohort, bank, lambda: datetime.now(UTC).astimezone()).make()


def _seconds(browser: Browser, address: str, kernels: Kernels, use: Callable[[Page], None]) -> float:
    """Seconds until the page is of use, in a browser that knows nothing yet; its kernel is ended after."""
    before = kernels.wait_until_idle(0)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    start = perf_counter()
    page.goto(address, wait_until="commit")
    use(page)
    taken = perf_counter() - start
    page.close()
    context.close()
    for kernel in kernels.running() - before:
        kernel.terminate()
        psutil.wait_procs([kernel], timeout=30)
    return taken


def _wait_for_heat_map(page: Page) -> None:
    page.locator(".js-plotly-plot .main-svg").first.wait_for()


def _filter(page: Page) -> None:
    """Find one learner among them, as soon as the box is there."""
    page.get_by_label("Filter").fill(f"learner {LEARNERS // 3}")
    page.get_by_role("status").filter(has_text=f"filtered from {LEARNERS}").wait_for()
