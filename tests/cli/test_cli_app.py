"""``itpm-prep app``: the address, the port, the bank, the browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import PROGRAM, Server, faults_in, running, until
from click.testing import CliRunner

from itpm_prep import settings
from itpm_prep.cli import main

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


def test_the_address_of_the_start_page_is_printed_on_one_line(
    serve: Callable[..., Server], notebooks: Path
) -> None:
    server = serve("--notebooks", str(notebooks))
    assert server.address == f"http://127.0.0.1:{server.port}/voila/render/start.ipynb"
    server.end()
    assert server.process.stdout is not None
    assert server.process.stdout.read() == ""


def test_the_bank_is_compiled_before_the_first_page(notebooks: Path, home: Path, tmp_path: Path) -> None:
    assert not home.exists(), "nothing is compiled yet"
    with running(tmp_path / "server.log", home, "--notebooks", str(notebooks)):
        assert list((home / "cache").glob("bank-*"))
    assert faults_in(tmp_path / "server.log") == []


def test_faulty_question_files_are_mentioned_and_left_out(
    serve: Callable[..., Server], notebooks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(settings.bank_dir(), bank)
    (bank / "scenario" / "SCN-GEN-999.yaml").write_text("nothing: right\n")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(bank))
    server = serve("--notebooks", str(notebooks))
    assert server.log.read_text() == "1 faulty question file(s) left out: run itpm-prep bank check.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a browser is a shell script")
def test_the_browser_is_opened_on_the_start_page_once_it_answers(
    notebooks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    script.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    command = [PROGRAM, "app", "--notebooks", str(notebooks)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own
        assert process.stdout is not None
        line = process.stdout.readline()
        address = until(lambda: opened.exists() and opened.read_text().strip(), "the browser is opened")
        process.terminate()
        assert process.wait(30) == 0
    assert line == f"Open {address}\n"


@pytest.mark.parametrize("port", ["0", "70000", "many"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    result = CliRunner().invoke(main, ["app", "--port", port])
    assert result.exit_code == 2
    assert "--port" in result.output


@pytest.mark.parametrize("name", ["start", "mock_interview", "progress"])
def test_an_app_notebook_is_a_title_one_import_and_one_call_without_outputs(name: str) -> None:
    notebook = json.loads((settings.notebooks_dir() / f"{name}.ipynb").read_text(encoding="utf-8"))
    title, code = notebook["cells"]
    assert title["cell_type"] == "markdown"
    assert "".join(title["source"]).startswith("# ")
    assert "".join(code["source"]) == f"from itpm_prep import {name}\n\n{name}()"
    assert code["outputs"] == []
    assert code["execution_count"] is None
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
