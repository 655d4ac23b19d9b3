"""The command line: ``itpm-prep``. Each command is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from itpm_prep.problems import PersonError

# jsonschema compiles the grammar of this package, seconds of work, to check a format ("iri") that
# nothing here uses. With None in its place it does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Name of the module and of its command, and what it does. The text stands here so that the overview
# need not import eight modules, one of them pandas; a test holds it against the commands.
COMMANDS = {
    "app": "Practise in the browser: start the app on this machine.",
    "lab": "Open the same notebooks in JupyterLab.",
    "bank": "Check, list, begin and exchange questions.",
    "data": "Look after your practice record: one file on this machine.",
    "report": "Write your progress as a page that can be read, printed and kept.",
    "cohort": "Look after a class: merge what learners handed in, report on it and export it.",
    "doctor": "Look whether everything is in place, and say what to do if not.",
    "bench": "Measure speed and memory against a bare notebook.",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns faults into plain messages."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order a person meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"itpm_prep.cli.{name}"), name)
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, context: click.Context) -> Any:
        """Run the command; a ``PersonError`` ends it with its message and exit code 1."""
        try:
            return super().invoke(context)
        except PersonError as fault:
            raise click.ClickException(str(fault)) from fault


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="itpm_prep", prog_name="itpm-prep")
def main() -> None:
    """Practise interviews for IT project manager roles: offline, without an account.

    Start with: itpm-prep app
    """
