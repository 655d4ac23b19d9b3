from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from practised import practised, store

from itpm_prep.apps.progress import read_progress
from itpm_prep.cli import main
from itpm_prep.reports.columns import FRAMES
from itpm_prep.reports.page import page_name
from itpm_prep.store.local import open_record


@pytest.fixture
def run(home, tmp_path, monkeypatch):
    """Runs ``itpm-prep report`` in an empty folder, over a record with known answers."""
    store(open_record(home / "practice.sqlite3"), practised())
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def report(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["report", *arguments])

    return report


def test_the_page_goes_into_this_folder_under_a_name_with_the_date(run):
    result = run()
    path = Path(page_name(datetime.now(UTC).astimezone()))
    assert result.exit_code == 0
    assert result.output == f"Written: {path.resolve()}\n"
    page = path.read_text("utf-8")
    assert "6 answers to 3 questions" in page
    assert read_progress().learners["sentence"].iloc[0] in page  # it says what the app says


def test_a_file_that_exists_is_replaced_only_with_force(run):
    Path("mine.html").write_text("my words")
    refused = run("--output", "mine.html")
    assert refused.exit_code == 1
    assert "mine.html exists. Choose another place, or add --force to replace it." in refused.output
    assert Path("mine.html").read_text() == "my words"
    assert run("--output", "mine.html", "--force").exit_code == 0
    assert "my words" not in Path("mine.html").read_text("utf-8")


def test_csv_writes_one_file_for_each_table(run):
    result = run("--output", "page.html", "--csv", "tables")
    assert result.exit_code == 0
    names = {path.stem for path in Path("tables").glob("*.csv")}
    assert names == set(FRAMES)
    assert len(pd.read_csv("tables/attempts.csv")) == 8


def test_nothing_is_written_when_one_table_would_be_replaced(run):
    Path("tables").mkdir()
    Path("tables/criterion_scores.csv").write_text("mine")
    result = run("--output", "page.html", "--csv", "tables")
    assert result.exit_code == 1
    assert [str(path) for path in Path().rglob("*.*")] == ["tables/criterion_scores.csv"]


def test_a_place_that_cannot_be_written_is_named(run):
    Path("file").write_text("")
    result = run("--output", "file/page.html")
    assert result.exit_code == 1
    assert "file/page.html could not be written" in result.output
    assert "Traceback" not in result.output


def test_a_damaged_record_is_told_in_plain_words(run, home):
    (home / "practice.sqlite3").write_bytes(b"no database at all" * 100)
    result = run()
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert not list(Path().iterdir())
