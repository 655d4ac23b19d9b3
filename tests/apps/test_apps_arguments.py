"""What a notebook meets: the public names, the arguments of ``mock_interview`` and what importing costs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from interview import small_bank

import itpm_prep
from itpm_prep import mock_interview


@pytest.fixture(autouse=True)
def bank(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 -- sets the data folder
    small_bank(tmp_path / "bank", "SCN-SOF-001", "BEH-GEN-001")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))


def inside(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from inside(block.get("children", []))


def form_of(**arguments: Any) -> dict[str, Any]:
    """What the set-up form holds, by its labels."""
    (frame,) = mock_interview(**arguments).children
    found = list(inside(frame.screen["blocks"]))
    fields: dict[str, Any] = {one["legend"]: one["chosen"] for one in found if one["kind"] == "choice"}
    return fields | {one["label"]: one["value"] for one in found if one["kind"] in ("select", "input")}


def test_every_argument_fills_in_its_field() -> None:
    assert form_of(
        level="director", category="scenario", specialisation="software", mode="mock", length=5, seed=7
    ) == {
        "Level": ["director"],
        "Categories": ["scenario"],
        "Specialisation": "software",
        "Mode": ["mock"],
        "Length": "5",
        "Write in": ["parts"],
        "Seed": "7",
        "Keep as": "",
    }


def test_several_categories_may_be_given() -> None:
    assert form_of(category=["scenario", "technical"])["Categories"] == ["scenario", "technical"]


def test_without_arguments_the_form_is_filled_in_all_the_same() -> None:
    form = form_of()
    assert len(form["Categories"]) == 5
    assert form["Mode"] == ["practice"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": "expert"}, r"level is 'expert'; it must be one of junior, mid, senior, director"),
        ({"category": "sales"}, r"category is 'sales'; it must be one of behavioral, "),
        ({"category": ["scenario", "sales"]}, r"category is 'sales'"),
        ({"specialisation": "law"}, r"specialisation is 'law'; it must be one of general, "),
        ({"mode": "exam"}, r"mode is 'exam'; it must be one of practice, mock, video"),
        ({"length": 0}, r"length is 0; it must be a number of questions from 1 to 20"),
        ({"length": 21}, r"length is 21"),
    ],
)
def test_an_argument_that_is_not_known_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mock_interview(**arguments)


def test_the_package_offers_ten_names_at_most_and_each_is_there() -> None:
    assert {"load_bank", "mock_interview", "progress", "start"} <= set(itpm_prep.__all__)
    assert len(itpm_prep.__all__) <= 10
    assert set(dir(itpm_prep)) == set(itpm_prep.__all__)
    assert all(callable(getattr(itpm_prep, name)) for name in itpm_prep.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = itpm_prep.nothing


def loaded_by(statement: str) -> tuple[set[str], int]:
    """The modules that a statement loads in a fresh Python, and the threads that run then."""
    code = (
        f"{statement}\nimport json, sys, threading\n"
        "print(json.dumps([sorted(sys.modules), threading.active_count()]))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    modules, threads = json.loads(out.stdout)
    return set(modules), threads


def test_importing_the_package_loads_neither_widgets_nor_frames() -> None:
    modules, threads = loaded_by("import itpm_prep")
    assert not {"ipywidgets", "IPython", "pandas", "numpy", "sqlalchemy", "msgspec", "yaml"} & modules
    assert threads == 1


def test_importing_the_mock_interview_loads_nothing_that_it_can_do_without() -> None:
    modules, threads = loaded_by("import itpm_prep.apps.mock_interview")
    assert "ipywidgets" in modules
    assert not {"pandas", "numpy", "plotly", "yaml", "jsonschema", "voila", "jupyter_server"} & modules
    assert threads == 1
