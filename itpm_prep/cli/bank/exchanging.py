"""``itpm-prep bank export`` and ``import``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from itpm_prep import settings
from itpm_prep.bank.types import Question
from itpm_prep.cli.bank.options import (
    count,
    filter_options,
    folder_option,
    open_bank,
    pack_option,
    today,
    warn_of_faults,
    whole_bank_option,
)
from itpm_prep.cli.bank.places import choose_place, make_place
from itpm_prep.problems import Problem

if TYPE_CHECKING:  # imports the YAML reader and the rules
    from itpm_prep.bank.exchange.changes import Change
    from itpm_prep.bank.exchange.shelf import Shelf
    from itpm_prep.bank.packs import Part

Format = Literal["csv", "moodle", "anki"]
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(("csv", "moodle", "anki")))
@click.argument("file", type=FILE)
@filter_options
@whole_bank_option
def export_command(form: Format, file: Path, folder: Path | None, **choices: Any) -> None:
    """Write questions to FILE, all of them or those that fit every option given.

    FORMAT is csv (a table that `import` reads), moodle (Moodle XML, essay questions) or anki (cards).
    Retired questions go into a table, and elsewhere only with --status retired.
    """
    bank = open_bank(folder)
    entries = bank.select(**choices)
    if form != "csv" and choices["status"] is None:
        entries = [entry for entry in entries if entry.status != "retired"]
    if not entries:
        raise click.ClickException("No question fits, and nothing was written. Leave an option out.")
    content = _render(form, [bank.question(entry.id) for entry in entries])
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}.") from error
    click.echo(f"Exported {count(entries, 'question')} of {len(bank)} to {file}.")
    warn_of_faults(bank)


def _render(form: Format, questions: Sequence[Question]) -> bytes:
    if form == "csv":
        from itpm_prep.bank.exchange.table import write_table

        return write_table(questions)
    if form == "moodle":
        from itpm_prep.bank.exchange.moodle import write_moodle
        from itpm_prep.practice.scaffolds import SCAFFOLDS

        parts = {name: [part.name for part in frame.parts] for name, frame in SCAFFOLDS.items()}
        return write_moodle(questions, parts)
    from itpm_prep.bank.exchange.anki import write_anki

    return write_anki(questions)


@click.command("import")
@click.argument("file", type=FILE)
@pack_option
@folder_option
def import_command(file: Path, pack: str | None, folder: Path | None) -> None:
    """Bring what was edited in FILE, a table that `export csv` wrote, back into the question files.

    A row with the id of a question changes that question, any other row begins a new one. With --pack
    the rows go into a pack of your own, which is then used beside the bank. Either all rows are brought
    in or, when one of them cannot be, none; exit code 1 then.
    """
    from itpm_prep.bank.exchange.changes import plan_changes, write_changes
    from itpm_prep.bank.exchange.table import read_table

    try:
        data = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file} could not be read: {error.strerror}.") from error
    place = choose_place(folder, pack) if folder or pack or settings.bank_is_own() else None
    rows, problems = read_table(data, str(file))
    changes: list[Change] = []
    if not problems:
        changes, problems = plan_changes(rows, str(file), _shelf(place, folder), today())
    if problems:
        _refuse(problems)
    try:
        if place and changes:
            make_place(place)
        write_changes(changes)
    except OSError as error:
        raise click.ClickException(f"The questions could not be written: {error.strerror}.") from error
    _echo_changes(changes, len(rows))


def _shelf(place: Part | None, folder: Path | None) -> Shelf:
    """The packs and the chosen place; without one, the bank that comes with the program is only read."""
    from itpm_prep.bank.exchange.shelf import Shelf
    from itpm_prep.bank.packs import read_parts

    base = folder or settings.bank_dir()
    parts, _ = read_parts(base, [] if folder else settings.pack_dirs())
    folders = {part.prefix: part.folder for part in parts if part.prefix}
    if place:
        folders[place.prefix] = place.folder
    return Shelf(base, folders, place.prefix if place else "")


def _refuse(problems: Sequence[Problem]) -> None:
    for problem in problems:
        row = f", row {problem.line}" if problem.line else ""
        column = f", column {problem.key}" if problem.key else ""
        click.echo(f"{problem.file}{row}{column}: is {problem.found}; must {problem.must} [{problem.rule}]")
    raise click.ClickException(f"Nothing was imported because of {count(problems, 'fault')}.")


def _echo_changes(changes: Sequence[Change], rows: int) -> None:
    for change in changes:
        what = "begun from" if change.begun else "changed in"
        click.echo(f"{change.question_id} {what} {', '.join(change.columns)}: {change.path}")
    click.echo(f"{len(changes)} of {count(rows, 'row')} brought in; the others say what the bank says.")
    if changes:
        click.echo("Now run: itpm-prep bank check")
