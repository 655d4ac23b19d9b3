"""``itpm-prep lab``: JupyterLab on the notebooks, or on a working copy of them."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import PROGRAM, until
from click.testing import CliRunner

from itpm_prep import settings
from itpm_prep.cli import main


@contextmanager
def running_lab(log: Path) -> Iterator[str]:
    """The address of a JupyterLab with its token."""
    with (
        log.open("w") as sink,
        subprocess.Popen([PROGRAM, "lab", "--no-browser"], stdout=sink, stderr=sink) as process,  # noqa: S603 -- our own
    ):
        try:
            found = until(
                lambda: re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", log.read_text()), "it starts"
            )
            yield found.group()
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.usefixtures("home")
def test_jupyterlab_lists_the_notebooks_and_opens_the_start_page(tmp_path: Path) -> None:
    with running_lab(tmp_path / "lab.log") as address:
        assert "/lab/tree/start.ipynb" in address
        root, _, token = address.partition("/lab/")[0], *address.partition("token=")[1:]
        with urllib.request.urlopen(f"{root}/api/contents?token={token}") as answer:  # noqa: S310 -- our own server
            names = {item["name"] for item in json.load(answer)["content"]}
    assert {"start.ipynb", "mock_interview.ipynb", "progress.ipynb"} <= names


def test_a_port_in_use_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        result = CliRunner().invoke(main, ["lab", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} is in use" in result.output


def test_a_wheel_works_on_a_copy_in_the_data_folder_and_names_what_it_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from itpm_prep.cli.lab import _notebooks

    monkeypatch.setattr(settings, "is_checkout", lambda: False)
    own = home / "notebooks" / "start.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    assert _notebooks() == home / "notebooks"
    assert own.read_text() == "mine"
    assert f"{own} holds changes of yours" in capsys.readouterr().err
    assert (home / "notebooks" / "progress.ipynb").exists()
