"""``itpm-prep data``: where the practice record is, and how to copy, move and delete it."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from itpm_prep import settings
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.blackout import words_of
from itpm_prep.problems import BankError, NotSaved, StoreError
from itpm_prep.store import files
from itpm_prep.store.bundles import export_bundle, import_bundle
from itpm_prep.store.learner import name_learner, read_learner
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
@click.option("--name", help="The name to hand in under; kept for the next time.")
@click.option("--answers-only", is_flag=True, help="All answers, but no stories, plans and targets.")
@click.option("--attempt", "attempts", multiple=True, help="Only this attempt, by its id; may be repeated.")
@click.option(
    "--question", "questions", multiple=True, help="Only answers to this question; may be repeated."
)
@click.option("--kit", "kits", multiple=True, help="Only answers to this kit, by its id; may be repeated.")
@click.option("--blackout", default="", help='Words to cover in all you typed, as "Acme, Jane Doe".')
def export_(
    file: Path,
    name: str | None,
    attempts: tuple[str, ...],
    questions: tuple[str, ...],
    kits: tuple[str, ...],
    blackout: str,
    *,
    answers_only: bool,
) -> None:
    """Write what you practised to FILE, a bundle to move the record or to hand in.

    Without options all answers, scores, calibrations, stories and plans, for `import` on another machine.
    With any option but --name stories and plans stay here.
    """
    with open_record(_existing()) as record:
        chosen = _choose(record, attempts, questions, kits) if attempts or questions or kits else None
        if answers_only and chosen is None:
            chosen = {one.id for one in record.attempts()}
        if name is not None:
            name_learner(record, name)
        covered = _words(blackout)
        counts = export_bundle(record, file, attempt_ids=chosen, blackout=covered, bank=_bank())
        learner = read_learner(record)
    click.echo(
        f"Exported to {file}: {counts['attempt']} attempts, {counts['reply']} replies, "
        f"{counts['rating']} ratings, {counts['calibration']} calibrations, {counts['document']} documents"
    )
    click.echo(f"It says that it is from {learner.name or 'somebody without a name'} (id {learner.id[:8]})")


def _choose(
    record: LocalRecord, attempts: Sequence[str], questions: Sequence[str], kits: Sequence[str]
) -> set[str]:
    """The ids of the attempts that fit any of the options; those named must be there."""
    there = record.attempts()
    fitting = (one.id for one in there if one.question_id in questions or one.kit in kits)
    chosen = {*attempts, *fitting}
    if not chosen:
        raise NotSaved("Nothing was written: no answer in your record fits.")
    return chosen


def _words(blackout: str) -> list[str]:
    try:
        return words_of(blackout)
    except ValueError as error:
        raise NotSaved(f"Nothing was written. {error}") from error


def _bank() -> Bank | None:
    """The bank, to count in the answers what needs the question; without one that is left open."""
    try:
        return load_bank()
    except BankError:
        return None


@data.command("import")
@click.argument("file", type=FILE)
@click.pass_context
def import_(context: click.Context, file: Path) -> None:
    """Add what the bundle FILE holds and the record does not; exit code 1 when lines were skipped.

    FILE is a bundle that `export` wrote, or one in which an instructor sends reviews back.
    """
    with open_record() as record:
        result = import_bundle(record, file)
    if result.reviewer:
        click.echo(f"Reviews by {result.reviewer}")
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
