"""Where ``itpm-prep bank`` writes questions."""

from __future__ import annotations

from pathlib import Path

import click

from itpm_prep import settings
from itpm_prep.bank.packs import Part, begin_pack, find_pack


def choose_place(folder: Path | None, pack: str | None) -> Part:
    """The bank or pack to write into; raises ``click.ClickException`` when there is none to."""
    if folder and pack:
        raise click.UsageError("--folder and --pack each name a place to write to: leave one out.")
    if pack:
        try:
            return find_pack(pack, settings.bank_dir(), settings.pack_dirs(), settings.packs_dir())
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    if not folder and not settings.bank_is_own():
        raise click.ClickException(
            "The bank that comes with the program is replaced by each update. "
            "Name a pack of your own with --pack, or a folder with --folder."
        )
    return Part(folder or settings.bank_dir())


def make_place(place: Part) -> None:
    """Make the folder of a pack if it is not there yet."""
    if place.prefix:
        begin_pack(place)
