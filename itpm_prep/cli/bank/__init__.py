"""``itpm-prep bank``: check, list, begin and exchange questions, and see what they cover."""

from __future__ import annotations

import click

from itpm_prep.cli.bank.authoring import new_command, schema_command
from itpm_prep.cli.bank.checking import check_command
from itpm_prep.cli.bank.covering import coverage_command
from itpm_prep.cli.bank.exchanging import export_command, import_command
from itpm_prep.cli.bank.listing import list_command


@click.group()
def bank() -> None:
    """Check, list, begin and exchange questions."""


for command in (
    check_command,
    list_command,
    coverage_command,
    new_command,
    export_command,
    import_command,
    schema_command,
):
    bank.add_command(command)
