"""`itpm-prep data export` and `import` for handing in: who, which answers, which words, and the way back."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from practised import practised, rating, store

from itpm_prep import settings
from itpm_prep.cli import main
from itpm_prep.practice.records import Attempt
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import open_record

COMPILED = settings.cache_dir()  # shared by all tests here: the bank is compiled once


@pytest.fixture(autouse=True)
def record(home: Path) -> Path:
    COMPILED.mkdir(parents=True, exist_ok=True)
    home.mkdir()
    (home / "cache").symlink_to(COMPILED)
    with open_record() as record:
        store(record, practised())
        record.keep_document("story", "s", '{"text": "mine"}', practised()[0].submitted_at)  # type: ignore[union-attr]
    return home


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["data", *map(str, arguments)])


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def attempts_in(path: Path) -> list[str]:
    return [line["fact"]["id"] for line in lines_of(path) if line.get("kind") == "attempt"]


def test_the_name_is_kept_for_the_next_time(tmp_path: Path) -> None:
    first = run("export", tmp_path / "1.jsonl", "--name", "Ada L.")
    run("export", tmp_path / "2.jsonl")
    headers = [lines_of(tmp_path / name)[0]["learner"] for name in ("1.jsonl", "2.jsonl")]
    assert headers[0] == headers[1]
    assert headers[0]["name"] == "Ada L."
    assert f"It says that it is from Ada L. (id {headers[0]['id'][:8]})" in first.output


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--attempt", "a1", "--attempt", "a5"], ["a1", "a5"]),
        (["--question", "SCN-GEN-902"], ["a1", "a3", "a6"]),
        (["--question", "SCN-GEN-903", "--attempt", "a0"], ["a0", "a4"]),
        (["--answers-only"], [f"a{number}" for number in range(8)]),
    ],
)
def test_chosen_answers_go_along_without_stories(options: list[str], ids: list[str], tmp_path: Path) -> None:
    result = run("export", tmp_path / "x.jsonl", *options)
    assert result.exit_code == 0
    assert f"{len(ids)} attempts" in result.output
    assert "0 documents" in result.output
    assert attempts_in(tmp_path / "x.jsonl") == ids


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--attempt", "a99"], "has no answer a99"),
        (["--kit", "k1"], "no answer in your record fits"),
        (["--blackout", "x"], "too short to black out"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_no_file_is_left(
    options: list[str], said: str, tmp_path: Path
) -> None:
    result = run("export", tmp_path / "x.jsonl", *options)
    assert (result.exit_code, said in result.output) == (1, True)
    assert not list(tmp_path.glob("x*"))


def test_words_are_blacked_out(tmp_path: Path) -> None:
    assert run("export", tmp_path / "x.jsonl", "--blackout", "hyperlink; one two").exit_code == 0
    text = (tmp_path / "x.jsonl").read_text("utf-8").casefold()
    assert "hyperlink" not in text
    assert "one two" not in text
    assert "three" in text


def test_figures_of_the_bank_are_judged_before_they_are_handed_in(tmp_path: Path) -> None:
    run("export", tmp_path / "x.jsonl", "--attempt", "a0")
    (counted,) = (line["fact"] for line in lines_of(tmp_path / "x.jsonl") if line.get("kind") == "measures")
    assert counted["figures_asked"] > 0


def test_reviews_come_back_and_say_who_made_them(tmp_path: Path) -> None:
    run("export", tmp_path / "x.jsonl", "--name", "Ada", "--attempt", "a1")
    with open_cohort(tmp_path / "cohort.sqlite3") as cohort:
        [one] = cohort.merge([("x", tmp_path / "x.jsonl")]).files
        answer = cohort.attempt(one.learner.id, "a1")
        assert isinstance(answer, Attempt)
        cohort.review(one.learner.id, rating(answer, (2, 2, 3, 2), rater="Dr No", later=60))
        back = io.BytesIO()
        cohort.export_reviews(one.learner.id, back, "Dr No")
    (tmp_path / "back.jsonl").write_bytes(back.getvalue())
    result = run("import", tmp_path / "back.jsonl")
    assert result.output.splitlines() == ["Reviews by Dr No", "Added 1, already there 0, skipped 0"]
    with open_record() as record:
        assert "Dr No" in {one.rater for one in record.ratings()}
