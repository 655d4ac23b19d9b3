"""What several ``itpm-prep bank`` commands share: which folder, which questions, how to say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, LEVELS, SPECIALISATIONS, Status
from itpm_prep.problems import BankError

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

folder_option = click.option(
    "--folder",
    type=FOLDER,
    help="This question bank alone (default: the one that comes with the program, or ITPM_PREP_BASE_BANK).",
)
whole_bank_option = click.option(
    "--folder",
    type=FOLDER,
    help="This question bank alone (default: the one that comes with the program, with the packs beside it).",
)
pack_option = click.option(
    "--pack", metavar="NAME", help="A pack of your own, such as ACME; begun in the data folder if need be."
)
_FILTERS = (
    click.option("--category", type=click.Choice(CATEGORIES)),
    click.option(
        "--level", type=click.Choice(LEVELS), help="Also finds questions that serve it as a neighbour."
    ),
    click.option("--specialisation", type=click.Choice(SPECIALISATIONS)),
    click.option(
        "--competency", type=click.Choice(COMPETENCIES), help="Among the competencies of a question."
    ),
    click.option("--status", type=click.Choice(get_args(Status))),
)


def filter_options(command: F) -> F:
    """Add the options that ``Bank.select`` takes."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def open_bank(folder: Path | None) -> Bank:
    """The bank, its faults turned into a message."""
    try:
        return load_bank(folder)
    except BankError as error:
        raise click.ClickException(str(error)) from error


def warn_of_faults(bank: Bank) -> None:
    """Say how much of the bank could not be used."""
    if bank.problems:
        left_out = count({problem.file for problem in bank.problems}, "file")
        click.echo(f"{left_out} left out because of faults: run `itpm-prep bank check`.", err=True)


def today() -> date:
    """The day where the person is."""
    return datetime.now(UTC).astimezone().date()


def count(things: Sequence[object] | set[Any] | int, name: str) -> str:
    """A number and what it counts: ``1 file``, ``2 files``."""
    number = things if isinstance(things, int) else len(things)
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def echo_table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows in aligned columns, the first one being the names of the columns."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
