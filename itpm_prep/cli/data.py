"""``itpm-prep data``: where the practice record is, and how to copy, move and delete it."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import click

from itpm_prep import settings
from itpm_prep.problems import StoreError
from itpm_prep.store import files
from itpm_prep.store.bundles import export_bundle, import_bundle
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.store.recordings import recordings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def data() -> None:
    """Look after your practice record: one file on this machine."""


def _existing() -> Path:
    path = settings.database()
    if not path.exists():
        raise StoreError(
            f"There is no practice record yet. It will be made at {path} when you first practise."
        )
    return path


@data.command()
def where() -> None:
    """Show where the record is, what it holds and who may read it. Changes nothing."""
    path = _existing()
    click.echo(f"record       {path}")
    click.echo(f"size         {path.stat().st_size:,} bytes")
    click.echo(f"permissions  file {_mode(path, 0o600)}, folder {_mode(path.parent, 0o700)}")
    for copy in files.copies(path):
        click.echo(f"copy         {copy}")
    if kept := recordings():
        click.echo(f"recordings   {len(kept)} in {settings.recordings_dir()}, not part of the record")
    with LocalRecord(path) as record:
        for name, count in record.counts().items():
            click.echo(f"{name:<20} {count:>8,}")


def _mode(path: Path, wanted: int) -> str:
    mode = stat.S_IMODE(path.stat().st_mode)
    remark = f" (others can get at it: chmod {wanted:o} '{path}')" if mode & ~wanted else ""
    return f"{mode:o}{remark}"


@data.command()
@click.argument("dest", type=FILE, required=False)
def backup(dest: Path | None) -> None:
    """Copy the whole record to DEST, or beside it with the time in its name."""
    path = _existing()
    copy = dest or files.copy_name(path, datetime.now(UTC))
    with LocalRecord(path) as record:
        record.back_up(copy)
    click.echo(f"Copied to {copy}")


@data.command("export")
@click.argument("file", type=FILE)
def export_(file: Path) -> None:
    """Write all answers, scores, calibrations, stories and plans to FILE, a bundle that `import` reads."""
    with open_record(_existing()) as record:
        counts = export_bundle(record, file)
    click.echo(
        f"Exported to {file}: {counts['attempt']} attempts, {counts['reply']} replies, "
        f"{counts['rating']} ratings, {counts['calibration']} calibrations, {counts['document']} documents"
    )


@data.command("import")
@click.argument("file", type=FILE)
@click.pass_context
def import_(context: click.Context, file: Path) -> None:
    """Add what the bundle FILE holds and the record does not; exit code 1 when lines were skipped."""
    with open_record() as record:
        result = import_bundle(record, file)
    click.echo(f"Added {result.added}, already there {result.known}, skipped {len(result.problems)}")
    for problem in result.problems:
        click.echo(str(problem))
    context.exit(1 if result.problems else 0)


@data.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(*, yes: bool) -> None:
    """Delete the record for good. Copies (of `backup` and upgrades) and recordings stay, and are listed."""
    path = _existing()
    if not yes:
        click.echo(
            f"This deletes {path} with every answer, score, story and plan in it. "
            "To keep a copy, stop here and run: itpm-prep data backup"
        )
        click.confirm("Delete it?", abort=True)
    for name in files.remove(path):
        click.echo(f"Deleted {name}")
    for copy in files.copies(path):
        click.echo(f"A copy is left: {copy}")
    for recording in recordings():
        click.echo(f"A recording is left: {recording}")
