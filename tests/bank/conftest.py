"""A small bank of its own for each test, made from sound questions."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from itpm_prep import settings
from itpm_prep.bank.types import CATEGORY_CODES

BANK = settings.CHECKOUT / "question_bank"


@pytest.fixture
def today() -> date:
    """A day shortly after the sound questions were written."""
    return date(2026, 11, 22)


@pytest.fixture
def sound() -> Callable[[str], str]:
    """The text of a sound question of the bank."""

    def read(question_id: str) -> str:
        path = BANK / CATEGORY_CODES[question_id[:3]] / f"{question_id}.yaml"
        return path.read_text(encoding="utf-8")

    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty bank with the list of topics."""
    bank = tmp_path / "bank"
    bank.mkdir()
    shutil.copy(BANK / "topics.csv", bank)
    return bank


@pytest.fixture
def put(folder: Path) -> Callable[[str, str], Path]:
    """Write a question file into the bank of the test."""

    def write(question_id: str, text: str) -> Path:
        path = folder / CATEGORY_CODES[question_id[:3]] / f"{question_id}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own; the compiled banks go there."""
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
