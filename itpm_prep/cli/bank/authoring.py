"""``itpm-prep bank new`` and ``schema``."""

from __future__ import annotations

from pathlib import Path

import click

from itpm_prep import settings
from itpm_prep.bank.types import CATEGORY_CODES
from itpm_prep.cli.bank.options import folder_option, pack_option, today
from itpm_prep.cli.bank.places import choose_place, make_place


@click.command("new")
@click.argument("question_id", metavar="ID")
@pack_option
@folder_option
def new_command(question_id: str, pack: str | None, folder: Path | None) -> None:
    """Begin the question ID (such as SCN-ERP-002) with a commented skeleton."""
    from itpm_prep.bank.skeleton import skeleton  # imports the rules

    place = choose_place(folder, pack)
    try:
        text = skeleton(question_id, today(), str(place.folder) if place.prefix else "question_bank")
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    path = place.folder / CATEGORY_CODES[question_id[:3]] / f"{question_id}.yaml"
    try:
        make_place(place)
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already and was not touched.") from error
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error
    click.echo(f"Begun: {path}\nFill in every blank, then run: itpm-prep bank check {path}")


@click.command("schema")
@folder_option
def schema_command(folder: Path | None) -> None:
    """Write schema.json, the JSON Schema that editors complete and check with."""
    from itpm_prep.bank.schema import schema_text  # imports the YAML reader

    path = (folder or settings.bank_dir()) / "schema.json"
    try:
        path.write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error
    click.echo(f"Written: {path}")
