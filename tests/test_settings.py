"""Where everything is kept, and how a person moves it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from itpm_prep import settings

PLACES = [settings.home, settings.database, settings.cache_dir, settings.log_file]


def test_one_variable_moves_the_record_the_cache_and_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path))
    assert [place() for place in PLACES] == [
        tmp_path,
        tmp_path / "practice.sqlite3",
        tmp_path / "cache",
        tmp_path / "itpm_prep.log",
    ]


def test_the_variable_is_read_anew_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / name))
        assert settings.database().parent == tmp_path / name


@pytest.mark.parametrize("place", PLACES)
def test_a_tilde_stands_for_the_persons_own_folder(
    place: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("ITPM_PREP_HOME", "~/practice")
    assert callable(place)
    assert place().is_relative_to(tmp_path / "practice")


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_the_usual_folders_of_the_system_are_used(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv("ITPM_PREP_HOME", raising=False)
    else:
        monkeypatch.setenv("ITPM_PREP_HOME", value)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert settings.home() == tmp_path / "data" / "itpm_prep"
    assert settings.cache_dir() == tmp_path / "cache" / "itpm_prep"
    assert not (tmp_path / "data").exists()  # asking makes nothing


def test_another_bank_in_place_of_the_shipped_one_is_named_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", "~/questions")
    assert settings.bank_dir() == tmp_path / "questions"


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_the_bank_is_that_of_the_checkout(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv("ITPM_PREP_BASE_BANK", raising=False)
    else:
        monkeypatch.setenv("ITPM_PREP_BASE_BANK", value)
    assert settings.is_checkout()
    assert (settings.bank_dir() / "topics.csv").is_file()
    assert (settings.notebooks_dir() / "start.ipynb").is_file()


def test_an_installed_package_brings_its_own_bank_and_notebooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ITPM_PREP_BASE_BANK", raising=False)
    for name in ("question_bank", "notebooks"):
        (tmp_path / "_share" / name).mkdir(parents=True)
    monkeypatch.setattr(settings, "PACKAGE", tmp_path)
    assert not settings.is_checkout()
    assert settings.bank_dir() == tmp_path / "_share" / "question_bank"
    assert settings.notebooks_dir() == tmp_path / "_share" / "notebooks"


def test_packs_are_the_folders_named_and_those_kept_with_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path))
    assert settings.pack_dirs() == []
    for name in ("packs/zeta", "packs/acme", "packs/.trash"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "packs" / "notes.txt").touch()
    named = [tmp_path / "two", tmp_path / "one"]
    monkeypatch.setenv("ITPM_PREP_BANK", os.pathsep.join(["", *map(str, named)]))
    kept = [tmp_path / "packs" / "acme", tmp_path / "packs" / "zeta"]
    assert settings.pack_dirs() == [*named, *kept]


def test_a_bank_is_ones_own_in_a_checkout_or_when_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ITPM_PREP_BASE_BANK", raising=False)
    assert settings.bank_is_own()
    (tmp_path / "_share").mkdir()
    monkeypatch.setattr(settings, "PACKAGE", tmp_path)
    assert not settings.bank_is_own()
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path))
    assert settings.bank_is_own()
