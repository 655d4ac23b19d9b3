"""``itpm-prep bank check``."""

from __future__ import annotations

from pathlib import Path

import click

from itpm_prep import settings
from itpm_prep.cli.bank.options import count, today, whole_bank_option


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@whole_bank_option
def check_command(paths: tuple[Path, ...], folder: Path | None) -> None:
    """Check the bank, or only PATHS (files or folders) against it; exit code 1 on faults."""
    from itpm_prep.bank.check import check_bank  # imports the YAML reader and the rules

    packs = [] if folder else settings.pack_dirs()
    folder = folder or settings.bank_dir()
    report = check_bank(folder, today(), paths, packs)
    for problem in report.problems:
        click.echo(problem)
    if report.notices:
        click.echo("For a reader to judge (no faults):")
    for notice in report.notices:
        click.echo(f"  {notice}")
    files = count({problem.file for problem in report.problems}, "file")
    click.echo(
        f"{count(report.files, 'file')} checked: {count(report.problems, 'fault')}"
        f" in {files}, {count(report.notices, 'notice')}."
    )
    if not report.files:
        click.echo(
            f"No question file was found in {folder}; name the folder of a bank with --folder.", err=True
        )
    if report.problems or not report.files:
        raise SystemExit(1)
