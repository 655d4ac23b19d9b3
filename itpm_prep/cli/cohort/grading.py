"""``itpm-prep cohort gradebook``: grades that Canvas or Moodle imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from itpm_prep.cli.cohort.opened import (
    FILE,
    FORCE,
    READ,
    existing,
    frames_of_class,
    read,
    refuse,
    say,
    say_written,
)
from itpm_prep.store.cohort import open_cohort

if TYPE_CHECKING:
    from itpm_prep.practice.kits import Kit
    from itpm_prep.reports.gradebook import Gradebook, Measure, Platform
    from itpm_prep.reports.identifiers import Identifiers

IDENTIFIED_BY = ("SIS Login ID", "SIS User ID", "ID", "Email address", "ID number", "Username")


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", "platform", type=click.Choice(["canvas", "moodle"]), required=True)
@click.option("--title", help="What the grade is called there; the kit's title unless told.")
@click.option(
    "--by", "column", type=click.Choice(IDENTIFIED_BY), help="What the platform knows its users by."
)
@click.option(
    "--measure",
    type=click.Choice(["score", "answers", "readiness"]),
    default="score",
    show_default=True,
    help="The mean question score (1 to 5), the number of questions answered, or readiness (0 to 100).",
)
@click.option("--kit", "kit_file", type=READ, help="Only the answers to this kit.")
@click.option("--points", type=float, help="Full marks of --measure answers without a kit.")
@click.option("--identifiers", type=READ, multiple=True, help="CSV with learner_id or name, and identifier.")
@click.option("--identify", multiple=True, metavar="NAME=IDENTIFIER", help="One learner's identifier.")
@click.option("--left-out", type=FILE, help="List those left out here: fill it in, and give it back.")
@FORCE
def gradebook(
    file: Path,
    *,
    platform: Platform,
    title: str | None,
    column: str | None,
    measure: Measure,
    kit_file: Path | None,
    points: float | None,
    identifiers: Sequence[Path],
    identify: Sequence[str],
    left_out: Path | None,
    force: bool,
) -> None:
    """Write grades to FILE as CSV that Canvas or Moodle imports; those it leaves out are listed.

    Exit code 1 when somebody was left out.
    """
    from itpm_prep.reports.gradebook import COLUMNS, make_gradebook
    from itpm_prep.reports.identifiers import write_list
    from itpm_prep.reports.tables import write_content

    refuse([file, left_out] if left_out else [file], force=force)
    kit = _read_kit(kit_file)
    column = column or COLUMNS[platform][0]
    with open_cohort(existing()) as opened:
        made = make_gradebook(
            frames_of_class(opened),
            _read_identifiers(identifiers, identify, column),
            platform=platform,
            column=column,
            title=title or (kit.title if kit else ""),
            measure=measure,
            kit=kit,
            points=points,
        )
    contents = {file: made.content} | ({left_out: write_list(made.left_out)} if left_out else {})
    say_written(write_content(contents))
    _tell(made)
    click.get_current_context().exit(1 if len(made.left_out) else 0)


def _read_kit(path: Path | None) -> Kit | None:
    from itpm_prep.practice.kit_files import read_kit

    return read_kit(read(path), path.name) if path else None


def _read_identifiers(paths: Sequence[Path], typed: Sequence[str], column: str) -> Identifiers:
    from itpm_prep.reports.identifiers import Identifiers, read_identifiers, read_typed

    found = Identifiers()
    for path in paths:
        read_identifiers(read(path), str(path), column, found)
    read_typed("\n".join(typed), found)
    return found


def _tell(made: Gradebook) -> None:
    say(f"Graded: {made.rows}, of {made.points:g} points at most. Left out: {len(made.left_out)}")
    for learner_id, name, reason in made.left_out.itertuples(index=False):
        say(f"  {name or 'No name'} ({learner_id[:6]}): {reason}")
    for one in made.unused:
        say(f"  {one}: an identifier was given, and nobody in the class is called so")
