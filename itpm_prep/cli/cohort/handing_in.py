"""``itpm-prep cohort merge``, ``where`` and ``forget``: what comes in, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from itpm_prep.cli.cohort.opened import existing, find, plain, say
from itpm_prep.store import files
from itpm_prep.store.cohort import Coded, Cohort, FileMerged, open_cohort
from itpm_prep.store.cohort_columns import Columns


@click.command()
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.pass_context
def merge(context: click.Context, paths: Sequence[Path]) -> None:
    """Add what learners handed in: bundles, ZIP archives of bundles, or folders of them.

    A file may be merged as often as you like, in any order. Exit code 1 when something could not be used.
    """
    done: list[FileMerged] = []
    with open_cohort() as opened:
        for path in paths:
            merged = opened.merge_folder(path) if path.is_dir() else opened.merge([(str(path), path)])
            done += merged.files
        learners = len(opened.learners())
    faults = [problem for one in done for problem in one.problems]
    for problem in faults:
        say(str(problem))
    say(
        f"{len(done)} files: added {sum(one.added for one in done)}, already there "
        f"{sum(one.known for one in done)}, faults {len(faults)}. Learners in the class: {learners}"
    )
    context.exit(1 if faults else 0)


@click.command()
def where() -> None:
    """Show where the class is kept and what it holds. Changes nothing."""
    path = existing()
    say(f"class        {path}")
    say(f"size         {path.stat().st_size:,} bytes")
    for copy in files.copies(path):
        say(f"copy         {copy}")
    with Cohort(path) as opened:
        tables = opened.tables()
        clashes = opened.clashes()
    for name, columns in tables.items():
        say(f"{name:<12} {_length(columns):>10,}")
    for clash in clashes:
        say(
            f"{clash.learner.name or 'No name'} ({clash.learner.id[:6]}) handed in {clash.kind} {clash.id} "
            f"with {clash.contents} contents: all are kept, the one from the oldest bundle counts"
        )


def _length(columns: Columns) -> int:
    ids = columns["learner_id"]
    return len(ids.codes if isinstance(ids, Coded) else ids)


@click.command()
@click.argument("learner")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(learner: str, *, yes: bool) -> None:
    """Delete all that LEARNER, a name or learner id, handed in, for good."""
    path = existing()
    with open_cohort(path) as opened:
        learner_id = find(opened, learner)
        if not yes:
            click.confirm(plain(f"Delete everything of {learner} ({learner_id})?"), abort=True)
        opened.forget(learner_id)
    path.with_suffix(".tables").unlink(missing_ok=True)  # the class as it was last shown holds names
    say(f"Deleted: {learner} ({learner_id})")
    for copy in files.copies(path):
        say(f"A copy is left: {copy}")
