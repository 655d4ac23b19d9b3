"""``itpm-prep bank``: check, list and begin questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import click

from itpm_prep import settings
from itpm_prep.bank.compiled import Entry, load_bank
from itpm_prep.bank.types import (
    CATEGORIES,
    CATEGORY_CODES,
    COMPETENCIES,
    LEVELS,
    SPECIALISATIONS,
    Status,
)
from itpm_prep.problems import BankError

_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=settings.bank_dir,
    help="The question bank (default: ITPM_PREP_BANK, or the one that comes with the program).",
)


@click.group()
def bank() -> None:
    """Check, list and begin questions."""


@bank.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_folder
def check_command(paths: tuple[Path, ...], folder: Path) -> None:
    """Check the bank, or only PATHS (files or folders) against it; exit code 1 on faults."""
    from itpm_prep.bank.check import check_bank  # imports the YAML reader and the rules

    report = check_bank(folder, _today(), paths)
    for problem in report.problems:
        click.echo(problem)
    if report.notices:
        click.echo("For a reader to judge (no faults):")
    for notice in report.notices:
        click.echo(f"  {notice}")
    files = len({problem.file for problem in report.problems})
    click.echo(
        f"{_count(report.files, 'file')} checked: {_count(len(report.problems), 'fault')}"
        f" in {_count(files, 'file')}, {_count(len(report.notices), 'notice')}."
    )
    if not report.files:
        click.echo(
            f"No question file was found in {folder}; name the folder of a bank with --folder.", err=True
        )
    if report.problems or not report.files:
        raise SystemExit(1)


@bank.command("list")
@click.option("--category", type=click.Choice(CATEGORIES))
@click.option("--level", type=click.Choice(LEVELS), help="Also finds questions that serve it as a neighbour.")
@click.option("--specialisation", type=click.Choice(SPECIALISATIONS))
@click.option("--competency", type=click.Choice(COMPETENCIES), help="Among the competencies of a question.")
@click.option("--status", type=click.Choice(get_args(Status)))
@_folder
def list_command(folder: Path, **choices: Any) -> None:
    """List the questions, or those that fit every option given."""
    try:
        loaded = load_bank(folder)
    except BankError as error:
        raise click.ClickException(str(error)) from error
    entries = loaded.select(**choices)
    if entries:
        _echo_table(entries)
        click.echo(f"{len(entries)} of {_count(len(loaded), 'question')}.")
    else:
        click.echo(f"None of the {_count(len(loaded), 'question')} fits. Leave an option out to see more.")
    if loaded.problems:
        left_out = _count(len({problem.file for problem in loaded.problems}), "file")
        click.echo(f"{left_out} left out because of faults: run `itpm-prep bank check`.", err=True)


@bank.command("new")
@click.argument("question_id", metavar="ID")
@_folder
def new_command(question_id: str, folder: Path) -> None:
    """Begin the question ID (such as SCN-ERP-002) with a commented skeleton."""
    from itpm_prep.bank.skeleton import skeleton  # imports the rules

    try:
        text = skeleton(question_id, _today())
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    path = folder / CATEGORY_CODES[question_id[:3]] / f"{question_id}.yaml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already and was not touched.") from error
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error
    click.echo(f"Begun: {path}\nFill in every blank, then run: itpm-prep bank check {path}")


@bank.command("schema")
@_folder
def schema_command(folder: Path) -> None:
    """Write schema.json, the JSON Schema that editors complete and check with."""
    from itpm_prep.bank.schema import schema_text  # imports the YAML reader

    path = folder / "schema.json"
    try:
        path.write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error
    click.echo(f"Written: {path}")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _echo_table(entries: Iterable[Entry]) -> None:
    rows = [("ID", "LEVEL", "STATUS", "COMPETENCY", "TITLE")]
    rows += [(e.id, e.level, e.status, e.competencies[0], e.title) for e in entries]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo(_padded(row, widths))


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
