"""``itpm-prep bench``: the goals, the table and the file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep import settings as places
from itpm_prep.cli import main
from itpm_prep.cli.bench.goals import GOALS, Result, render

figures = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=7)


def test_a_ratio_is_that_of_the_medians_whatever_the_outliers() -> None:
    result = Result("open-cold", [1.0, 1.1, 90.0], [1.0, 1.0, 0.1])
    assert result.ratio == pytest.approx(1.1)
    assert result.ok


@pytest.mark.parametrize(
    ("name", "ours", "control", "ok"),
    [
        ("open-preheated", 0.7, 1.0, True),
        ("open-preheated", 0.71, 1.0, False),
        ("import", 80.0, 20.0, True),
        ("import", 81.0, 20.0, False),
        ("bank-320", 10.0, 1.0, True),
        ("bank-10000", 201.0, 1000.0, False),
        ("check-bank", 20.0, 1.0, True),
        ("check-double", 22.1, 10.0, False),
    ],
)
def test_a_goal_limits_a_ratio_a_difference_or_our_own_figure(
    name: str,
    ours: float,
    control: float,
    ok: bool,  # noqa: FBT001 -- a column of the table above
) -> None:
    assert Result(name, [ours], [control]).ok is ok


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(GOALS)), figures, figures)
def test_the_table_has_a_line_for_each_goal_that_ends_in_ok_or_over(
    name: str, ours: list[float], control: list[float]
) -> None:
    result = Result(name, ours, control)
    _, line = render([result]).splitlines()
    assert line.startswith(GOALS[name].what)
    assert line.endswith("ok" if result.ok else "over")


@pytest.mark.usefixtures("home")
def test_the_figures_are_printed_and_written_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    result = CliRunner().invoke(
        main, ["bench", "--only", "import", "--only", "bank-320", "--rounds", "2", "--json", str(file)]
    )
    written = json.loads(file.read_text())
    assert [entry["name"] for entry in written["results"]] == ["import", "bank-320"]
    assert all(len(entry["ours"]) == len(entry["control"]) == 2 for entry in written["results"])
    assert result.exit_code == (0 if all(entry["ok"] for entry in written["results"]) else 1)
    assert "import itpm_prep" in result.output
    assert "load 320 questions" in result.output


@pytest.mark.usefixtures("home")
def test_the_check_of_a_bank_is_measured_and_that_of_one_twice_as_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "bank"
    for name in ("topics.csv", "scenario/SCN-SOF-001.yaml", "behavioral/BEH-INF-001.yaml"):
        (bank / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(places.CHECKOUT / "question_bank" / name, bank / name)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(bank))
    result = CliRunner().invoke(
        main, ["bench", "--only", "check-bank", "--only", "check-double", "--rounds", "1"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    whole, double = result.output.splitlines()[1:]
    assert whole.startswith("check the whole bank  ")
    assert whole.endswith("20 s   ok")
    assert double.startswith("check twice the questions  ")


def test_a_missing_folder_for_the_figures_is_said_before_anything_is_measured(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["bench", "--only", "bank-320", "--json", str(tmp_path / "no" / "b.json")]
    )
    assert result.exit_code == 1
    assert str(tmp_path / "no") in result.stderr
    assert result.stdout == ""
