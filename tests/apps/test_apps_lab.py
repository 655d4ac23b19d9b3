"""The notebooks in JupyterLab, with Run All."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import interview as walk
import pytest
from browser import PROGRAM, faults_in, until
from playwright.sync_api import Page, expect

from itpm_prep.store.local import open_record

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("lab_of_its_own")]

OWN = 'from itpm_prep import mock_interview\n\nmock_interview(level="senior", category="scenario")'


@pytest.fixture
def lab_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither reads nor writes the person's own JupyterLab settings and open tabs."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        monkeypatch.setenv(name, str(home / name.lower()))


@contextmanager
def running_lab(log: Path, *command: str) -> Iterator[tuple[str, str]]:
    """The root and the token of a JupyterLab; the faults in its log are the test's."""
    with (
        log.open("w") as sink,
        subprocess.Popen(command, stdout=sink, stderr=sink) as process,  # noqa: S603 -- our own command
    ):
        try:
            address = r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)"
            found = until(lambda: re.search(address, log.read_text()), "JupyterLab starts")
            yield found[1], found[2]
        finally:
            process.terminate()
            process.wait(30)
    assert faults_in(log) == []


def run_all(page: Page, root: str, token: str, notebook: str) -> None:
    """Open a notebook and run all its cells, until the form is there."""
    page.goto(f"{root}/lab/tree/{notebook}?token={token}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()  # before that, JupyterLab forgets what it was asked to run
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()
    page.get_by_role("button", name="Begin", exact=True).wait_for()


def test_the_mock_interview_runs_in_jupyterlab_from_run_all_to_the_review(tmp_path: Path, page: Page) -> None:
    with running_lab(tmp_path / "lab.log", PROGRAM, "lab", "--no-browser") as (root, token):
        run_all(page, root, token, "mock_interview.ipynb")
        walk.choose(page, level="Senior", categories=["Leadership"], length=1)
        walk.press(page, "Begin")
        walk.answer_question(page)
        walk.score(page, 3)
        expect(page.locator(".big")).to_have_text("3.0")
        expect(page.locator(".itpm")).to_have_css("max-width", "760px")
        [rating] = open_record().ratings()
        assert rating.q == 3.0


def test_a_notebook_of_ones_own_fills_in_the_form(tmp_path: Path, page: Page) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    cell = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": [{**cell, "source": OWN}], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "own.ipynb").write_text(json.dumps(notebook), "utf-8")
    options = ("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--ServerApp.root_dir={folder}")
    with running_lab(tmp_path / "lab.log", sys.executable, "-m", "jupyterlab", *options) as (root, token):
        run_all(page, root, token, "own.ipynb")
        expect(page.get_by_label("Senior")).to_be_checked()
        ticked = page.get_by_role("group", name="Categories").get_by_role("checkbox", checked=True)
        expect(ticked).to_have_count(1)
        expect(page.get_by_role("checkbox", name="Scenario")).to_be_checked()
