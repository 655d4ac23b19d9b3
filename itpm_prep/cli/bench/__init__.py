"""``itpm-prep bench``: speed and memory, each against a bare control taken in turn in the same run."""

from __future__ import annotations

import json
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from itpm_prep.cli.bench.goals import GOALS, Result, render
from itpm_prep.problems import PersonError


@click.command()
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here."
)
@click.option(
    "--only", type=click.Choice(sorted(GOALS)), multiple=True, help="Measure only this; may be repeated."
)
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
def bench(file: Path | None, only: tuple[str, ...], rounds: int) -> None:
    """Measure speed and memory against a bare notebook.

    The control is a notebook with three plain widgets on stock Voila, or plain Python. Takes some
    minutes; close other programs first. Exit code 1 when a limit is passed.
    """
    if file and not file.absolute().parent.is_dir():  # said now, and not after minutes of measuring
        raise PersonError(f"There is no folder {file.absolute().parent} for the figures: make it first.")
    chosen = [name for name in GOALS if not only or name in only]
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="itpm-bench-") as folder:
        results += _measure_loading(rounds, Path(folder), chosen)
        results += _measure_rules(rounds, chosen)
        results += _measure_cohort(rounds, Path(folder), chosen)
        pages = [name for name in chosen if GOALS[name].browser and name != "open-cohort"]
        if pages:
            from itpm_prep.cli.bench.pages import measure_pages

            results += measure_pages(rounds, Path(folder), pages)
    click.echo(render(results))
    if file:
        file.write_text(json.dumps(_report(results, rounds), indent=1) + "\n", encoding="utf-8")
    if not all(result.ok for result in results):
        raise SystemExit(1)


def _measure_loading(rounds: int, folder: Path, chosen: list[str]) -> list[Result]:
    """The figures of importing the package, loading the bank and checking it."""
    results: list[Result] = []
    if "import" in chosen:
        from itpm_prep.cli.bench.loading import measure_import

        results += measure_import(rounds)
    banks = [name for name in chosen if name.startswith("bank-")]
    if banks:
        from itpm_prep.cli.bench.loading import measure_bank

        results += measure_bank(rounds, folder, banks)
    checks = [name for name in chosen if name.startswith("check-")]
    if checks:
        from itpm_prep.cli.bench.checking import measure_check

        results += measure_check(rounds, folder, checks)
    return results


def _measure_rules(rounds: int, chosen: list[str]) -> list[Result]:
    """The figures of the core's own rules."""
    results: list[Result] = []
    choices = [name for name in chosen if name.startswith("choose-")]
    if choices:
        from itpm_prep.cli.bench.choosing import measure_choice

        results += measure_choice(rounds, choices)
    if "job-50000" in chosen:
        from itpm_prep.cli.bench.jobs import measure_job

        results += measure_job(rounds)
    if "signals" in chosen:
        from itpm_prep.cli.bench.reading import measure_reading

        results += measure_reading(rounds)
    if "stories" in chosen:
        from itpm_prep.cli.bench.stories import measure_assignment

        results += measure_assignment(rounds)
    return results


def _measure_cohort(rounds: int, folder: Path, chosen: list[str]) -> list[Result]:
    """The figures of an instructor's side."""
    results: list[Result] = []
    cohorts = [name for name in chosen if name in ("cohort-frames", "cohort-growth", "cohort-memory")]
    if cohorts:
        from itpm_prep.cli.bench.cohort_frames import measure_cohort

        results += measure_cohort(rounds, folder, cohorts)
    if "merge" in chosen:
        from itpm_prep.cli.bench.merging import measure_merge

        results += measure_merge(rounds, folder)
    if "open-cohort" in chosen:
        from itpm_prep.cli.bench.cohort_page import measure_cohort_page

        results += measure_cohort_page(rounds, folder / "class")
    return results


def _report(results: list[Result], rounds: int) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "rounds": rounds,
        "results": [
            {**msgspec.to_builtins(result), "value": result.value, "ok": result.ok} for result in results
        ],
    }
