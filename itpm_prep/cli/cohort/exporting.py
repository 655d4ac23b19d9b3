"""``itpm-prep cohort report`` and ``export``: the class as a page to print, and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from itpm_prep.cli.cohort.opened import (
    FILE,
    FOLDER,
    FORCE,
    existing,
    find,
    frames_of_class,
    now,
    refuse,
    say_written,
)
from itpm_prep.store.cohort import open_cohort


@click.command()
@click.option(
    "--output", type=FILE, help="The HTML file to write; class-<date>.html in this folder unless told."
)
@click.option("--learner", help="The page of one learner instead: a name, or the beginning of a learner id.")
@FORCE
def report(output: Path | None, learner: str | None, *, force: bool) -> None:
    """Write the class, or one learner, as a page that can be read, printed and kept."""
    from itpm_prep.reports.class_page import class_page, page_name
    from itpm_prep.reports.one_learner import frames_of_learner
    from itpm_prep.reports.page import report_page
    from itpm_prep.reports.tables import write_content

    path, moment = existing(), now()
    with open_cohort(path) as opened:
        learner_id = find(opened, learner) if learner else None
        name = f"learner-{plain_id(learner_id)}-{moment:%Y-%m-%d}.html" if learner_id else page_name(moment)
        place = output or Path(name)
        refuse([place], force=force)
        frames = frames_of_class(opened)
        if learner_id:
            page = report_page(frames_of_learner(frames, opened, learner_id), moment)
        else:
            page = class_page(frames, moment)
    say_written(write_content({place: page.encode("utf-8", "replace")}))


def plain_id(learner_id: str) -> str:
    """The beginning of an id as part of a file name; what came in from outside must not lead elsewhere."""
    return "".join(char for char in learner_id if char.isascii() and char.isalnum())[:8]


@click.command()
@click.option("--excel", type=FILE, help="One workbook (.xlsx) with a sheet for each frame.")
@click.option("--csv", type=click.Path(path_type=Path), help="A folder, or a .zip, of CSV files.")
@click.option("--parquet", type=FOLDER, help="A folder of Parquet files.")
@FORCE
def export(excel: Path | None, csv: Path | None, parquet: Path | None, *, force: bool) -> None:
    """Write all frames of the class as Excel, CSV or Parquet files."""
    if not (excel or csv or parquet):
        raise click.UsageError("Say what to write: --excel FILE, --csv FOLDER or --parquet FOLDER.")
    path = existing()
    refuse(_planned(excel, csv, parquet), force=force)
    with open_cohort(path) as opened:
        frames = frames_of_class(opened)
    if excel:
        say_written(frames.to_excel(excel))
    if csv:
        say_written(frames.to_csv(csv))
    if parquet:
        say_written(frames.to_parquet(parquet))


def _planned(excel: Path | None, csv: Path | None, parquet: Path | None) -> Iterator[Path]:
    """The files that an export writes."""
    from itpm_prep.reports.columns import FRAMES

    names = [name for name in FRAMES if name != "texts"]  # a class has no texts
    if excel:
        yield excel
    if csv and csv.suffix.lower() == ".zip":
        yield csv
    elif csv:
        yield from (csv / f"{name}.csv" for name in names)
    if parquet:
        yield from (parquet / f"{name}.parquet" for name in names)
