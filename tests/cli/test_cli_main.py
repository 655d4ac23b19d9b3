"""The command line as a whole: help, version, faults."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from itpm_prep.cli import COMMANDS, main


def test_help_lists_every_command_with_the_first_line_of_its_own_help() -> None:
    overview = " ".join(CliRunner().invoke(main, ["--help"]).output.split())
    for name, text in COMMANDS.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.help is not None
        assert command.help.splitlines()[0] == text
        assert f"{name} {text}" in overview


def test_help_imports_no_command() -> None:
    code = "import sys, itpm_prep.cli as c; c.main(['--help'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"voila", "pandas", "sqlalchemy", "yaml", "playwright"} & set(loaded)


def test_version_is_that_of_the_package() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"itpm-prep, version {version('itpm_prep')}\n"


def test_an_unknown_command_is_said_plainly() -> None:
    result = CliRunner().invoke(main, ["nothing"])
    assert result.exit_code == 2
    assert "No such command 'nothing'" in result.output


def test_a_fault_meant_for_the_person_ends_with_its_message_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "nowhere"))
    result = CliRunner().invoke(main, ["app", "--no-browser"])
    assert result.exit_code == 1
    assert "not a folder" in result.output
    assert "Traceback" not in result.output
