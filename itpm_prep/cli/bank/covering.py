"""``itpm-prep bank coverage``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from itpm_prep import settings
from itpm_prep.bank.types import SPECIALISATIONS
from itpm_prep.cli.bank.options import count, echo_table, folder_option, open_bank, warn_of_faults
from itpm_prep.problems import PersonError

if TYPE_CHECKING:  # imported when the command runs: the overview of commands is not to wait for it
    from itpm_prep.bank.coverage import Count, Coverage, Release, Table

NAMES = {"first": "the first release", "full": "the full bank"}


@click.command("coverage")
@click.option(
    "--release",
    type=click.Choice(tuple(NAMES)),
    help="Also list what keeps the bank from this release, with exit code 1 if anything does.",
)
@folder_option
def coverage_command(release: Release | None, folder: Path | None) -> None:
    """Show what the bank covers: have / first release / full, < where too few for the release."""
    from itpm_prep.bank.coverage import count_coverage
    from itpm_prep.bank.topics import TopicsError, read_topics

    folder = folder or settings.bank_dir()
    bank = open_bank(folder)
    try:
        topics = read_topics(folder)
    except TopicsError as error:
        raise PersonError(f"The topics of {folder} are {error}: run itpm-prep bank check.") from error
    coverage = count_coverage((bank.question(entry.id) for entry in bank.entries), topics)
    goal: Release = release or "first"
    for table in (*coverage.tables, coverage.exhibits, coverage.benchmarks):
        _echo_counts(table, goal)
    click.echo(f"polished answers {_cell(coverage.polished, goal)}\n")
    _echo_topics(coverage, goal)
    _echo_mix(coverage, goal)
    warn_of_faults(bank)
    if release:
        _echo_gaps(coverage, release)


def _echo_counts(table: Table, release: Release) -> None:
    rows = [(table.name.upper(), *table.columns)]
    for row, counts in zip(table.rows, table.counts, strict=True):
        rows.append((row, *(_cell(counted, release) for counted in counts)))
    echo_table(rows)
    click.echo()


def _cell(counted: Count, release: Release) -> str:
    numbers = f"{counted.have}/{counted.first}/{counted.full}"
    return numbers if counted.meets(release) else f"{numbers} <"


def _echo_topics(coverage: Coverage, release: Release) -> None:
    unnamed = coverage.unnamed()
    click.echo(f"topics named {_cell(coverage.named, release)}, still unnamed: {len(unnamed)}")
    _echo_items(f"{topic.id}  {topic.name}" for topic in unnamed)
    few = [one for one in coverage.topics if one.count.full > 1 and not one.count.meets(release)]
    click.echo(f"topics that several questions are to name, and too few do: {len(few)}")
    _echo_items(f"{one.topic.id}  {one.topic.name}  {_cell(one.count, release)}" for one in few)
    click.echo()


def _echo_mix(coverage: Coverage, release: Release) -> None:
    """The rule of the four: no crowd of questions alike, several categories everywhere."""
    click.echo(f"category x level x specialisation x competency with too many: {len(coverage.crowds)}")
    _echo_items(f"{', '.join(crowd.place)}: {crowd.have}, at most {crowd.most}" for crowd in coverage.crowds)
    thin = [cell for cell in coverage.spread.cells() if not cell[2].meets(release)]
    total = len(SPECIALISATIONS) * len(coverage.spread.columns)
    click.echo(f"specialisation x level with too few categories: {len(thin)} of {total}")
    _echo_items(f"{row}, {column}: {_cell(counted, release)}" for row, column, counted in thin)


def _echo_items(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"  {line}")


def _echo_gaps(coverage: Coverage, release: Release) -> None:
    gaps = coverage.gaps(release)
    if not gaps:
        click.echo(f"\nNothing is missing for {NAMES[release]}.")
        return
    click.echo(f"\n{count(gaps, 'gap')} to {NAMES[release]}:")
    _echo_items(
        f"{gap.where}: {gap.have}, {'at most' if gap.have > gap.must else 'at least'} {gap.must}"
        for gap in gaps
    )
    raise SystemExit(1)
