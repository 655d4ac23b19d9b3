"""``itpm-prep report``: the progress report as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The HTML file to write; progress-<date>.html in this folder unless told.",
)
@click.option(
    "--csv",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write the tables as CSV here.",
)
@click.option("--force", is_flag=True, help="Replace files that exist.")
def report(output: Path | None, folder: Path | None, force: bool) -> None:  # noqa: FBT001 -- click passes flags so
    """Write your progress as a page that can be read, printed and kept."""
    # pandas takes a second to import: only this command waits for it
    from itpm_prep.apps.progress import read_progress
    from itpm_prep.practice.review import to_score
    from itpm_prep.reports import tables
    from itpm_prep.reports.page import page_name, report_page
    from itpm_prep.store.local import open_record

    now = datetime.now(UTC).astimezone()
    record = open_record()
    progress = read_progress(record)
    page = report_page(progress, now, to_score(record.unfinished())).encode("utf-8", "replace")
    written = {output or Path(page_name(now)): page}
    if folder is not None:
        written |= {folder / name: content for name, content in tables.files(progress).items()}
    _write(written, force=force)


def _write(contents: dict[Path, bytes], *, force: bool) -> None:
    """Write all files or, when one exists and may not be replaced, none."""
    standing = [str(path) for path in contents if path.exists()]
    if standing and not force:
        message = f"{', '.join(standing)} exists. Choose another place, or add --force to replace it."
        raise click.ClickException(message)
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as fault:
            raise click.ClickException(f"{path} could not be written: {fault.strerror}.") from fault
        click.echo(f"Written: {path.resolve()}")
