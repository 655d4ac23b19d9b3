"""The working copy of the notebooks: refreshed by a new version, never over a person's changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itpm_prep.problems import PersonError
from itpm_prep.serve.workspace import refresh_copy


def write(folder: Path, code: str, name: str = "start", outputs: tuple[str, ...] = ()) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(
        json.dumps({"cells": [{"cell_type": "code", "source": [code], "outputs": list(outputs)}]})
    )
    return path


def code_in(path: Path) -> str:
    source: list[str] = json.loads(path.read_text())["cells"][0]["source"]
    return "".join(source)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    write(folder, "first")
    return folder


@pytest.fixture
def copy(source: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "notebooks"
    assert refresh_copy(source, folder, "1") == []
    return folder


def test_the_first_time_everything_is_copied(copy: Path) -> None:
    assert code_in(copy / "start.ipynb") == "first"


def test_a_new_version_refreshes_what_was_only_run(source: Path, copy: Path) -> None:
    write(copy, "first", outputs=("a table",))
    write(source, "second")
    assert refresh_copy(source, copy, "2") == []
    assert code_in(copy / "start.ipynb") == "second"


def test_a_new_version_leaves_what_was_changed_and_names_it_each_time(source: Path, copy: Path) -> None:
    write(copy, "mine")
    for version in ("2", "3"):
        write(source, f"version {version}")
        assert refresh_copy(source, copy, version) == ["start.ipynb"]
        assert code_in(copy / "start.ipynb") == "mine"


def test_the_same_version_touches_nothing(source: Path, copy: Path) -> None:
    write(source, "second")
    assert refresh_copy(source, copy, "1") == []
    assert code_in(copy / "start.ipynb") == "first"


def test_a_deleted_notebook_comes_back(source: Path, copy: Path) -> None:
    (copy / "start.ipynb").unlink()
    refresh_copy(source, copy, "1")
    assert code_in(copy / "start.ipynb") == "first"


def test_a_notebook_of_the_persons_own_stays(source: Path, copy: Path) -> None:
    own = write(copy, "mine", "own")
    refresh_copy(source, copy, "2")
    assert code_in(own) == "mine"


def test_a_damaged_list_of_copies_costs_nobody_a_change(source: Path, copy: Path) -> None:
    (copy / ".itpm_prep.json").write_text("{")
    write(copy, "mine")
    assert refresh_copy(source, copy, "2") == ["start.ipynb"]
    assert code_in(copy / "start.ipynb") == "mine"


def test_a_folder_that_cannot_be_made_is_said_plainly(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PersonError, match=r"cannot be copied to .*ITPM_PREP_HOME"):
        refresh_copy(source, tmp_path / "file" / "notebooks", "1")
