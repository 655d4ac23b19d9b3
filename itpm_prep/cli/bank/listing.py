"""``itpm-prep bank list``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from itpm_prep.cli.bank.options import (
    count,
    echo_table,
    filter_options,
    open_bank,
    warn_of_faults,
    whole_bank_option,
)


@click.command("list")
@filter_options
@whole_bank_option
def list_command(folder: Path | None, **choices: Any) -> None:
    """List the questions, or those that fit every option given."""
    bank = open_bank(folder)
    entries = bank.select(**choices)
    if entries:
        names = [("ID", "LEVEL", "STATUS", "COMPETENCY", "TITLE")]
        echo_table(names + [(e.id, e.level, e.status, e.competencies[0], e.title) for e in entries])
        click.echo(f"{len(entries)} of {count(len(bank), 'question')}.")
    else:
        click.echo(f"None of the {count(len(bank), 'question')} fits. Leave an option out to see more.")
    warn_of_faults(bank)
