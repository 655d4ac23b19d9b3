"""The notebooks as they are handed out: a title, one import, one call."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import itpm_prep
from itpm_prep.settings import notebooks_dir

NOTEBOOKS = sorted(notebooks_dir().glob("*.ipynb"))
LINES_AT_MOST = 10


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))["cells"]  # type: ignore[no-any-return]


def code_of(cells: list[dict[str, Any]]) -> str:
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_there_is_a_notebook_for_each_app():
    assert {path.stem for path in NOTEBOOKS} == {
        "calibrate",
        "cohort",
        "start",
        "mock_interview",
        "prepare",
        "progress",
        "question_bank",
        "story_bank",
    }


def test_a_notebook_opens_with_its_title(path: Path, cells: list[dict[str, Any]]):
    assert "".join(cells[0]["source"]) == f"# {path.stem.replace('_', ' ').capitalize()}"


def test_a_notebook_is_one_import_and_one_call_of_the_package(path: Path, cells: list[dict[str, Any]]):
    imported, called = ast.parse(code_of(cells)).body
    assert isinstance(imported, ast.ImportFrom)
    assert imported.module == "itpm_prep"
    assert [name.name for name in imported.names] == [path.stem]
    assert isinstance(called, ast.Expr)
    assert ast.unparse(called) == f"{path.stem}()"
    assert callable(getattr(itpm_prep, path.stem))


def test_a_notebook_is_short_and_holds_no_outputs(cells: list[dict[str, Any]]):
    assert len(code_of(cells).splitlines()) <= LINES_AT_MOST
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
