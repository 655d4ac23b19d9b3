from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from itpm_prep import settings
from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.widgets import guard
from itpm_prep.widgets.page import Page


@pytest.fixture
def log_file(home: Path) -> Iterator[Path]:
    """The log as an app starts it, in a folder of the test's own."""
    before = guard.log.handlers[:]
    guard.log.handlers[:] = []
    guard.start_log()
    yield home / "itpm_prep.log"
    for handler in guard.log.handlers:
        handler.close()
    guard.log.handlers[:] = before


def failing(error: Exception) -> None:
    raise error


def test_a_fault_meant_for_the_person_is_said_in_its_own_words(log_file: Path) -> None:
    said: list[str] = []
    guard.guarded(said.append)(failing)(NotSaved("Nothing was saved: the disk is full."))
    assert said == ["Nothing was saved: the disk is full."]
    assert "the disk is full" in log_file.read_text()


def test_a_handler_without_a_name_of_its_own_is_guarded_too(log_file: Path) -> None:
    said: list[str] = []
    guard.guarded(said.append)(partial(failing, NotSaved("Nothing was saved.")))()
    assert said == ["Nothing was saved."]
    assert "failing" in log_file.read_text()


def test_an_unforeseen_fault_is_told_without_its_traceback_which_stands_in_the_log(log_file: Path) -> None:
    said: list[str] = []
    guard.guarded(said.append)(failing)(ZeroDivisionError("secret detail"))
    assert "Something went wrong" in said[0]
    assert str(log_file) in said[0]
    assert "secret detail" not in said[0]
    assert "ZeroDivisionError: secret detail" in log_file.read_text()


def test_a_handler_without_fault_gets_its_arguments_and_nothing_is_said(log_file: Path) -> None:
    said: list[str] = []
    got: list[object] = []
    guard.guarded(said.append)(lambda *args, **more: got.append((args, more)))(1, two=2)
    assert got == [((1,), {"two": 2})]
    assert said == []
    assert not log_file.exists()


def test_a_fault_is_shown_as_text_above_the_screen_and_goes_with_the_next_screen(log_file: Path) -> None:  # noqa: ARG001 -- logs there
    page = Page()
    guard.guarded(page.say)(failing)(StoreError("<b>damaged</b>"))
    (frame,) = page.children
    assert frame.message == {"words": "<b>damaged</b>", "tone": "alert"}  # the browser sets it as text
    page.show()
    assert frame.message["words"] == ""


def test_starting_the_log_again_changes_nothing(log_file: Path) -> None:
    assert log_file.parent.is_dir()
    handlers = guard.log.handlers[:]
    guard.start_log()
    assert guard.log.handlers == handlers


def test_a_log_on_a_disk_that_takes_no_more_is_left_out_without_a_word(
    log_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log_file.mkdir()  # no file can be opened there any more
    said: list[str] = []
    guard.guarded(said.append)(failing)(NotSaved("The disk is full."))
    assert said == ["The disk is full."]
    assert capfd.readouterr().err == ""


def test_without_a_folder_to_write_to_the_log_is_dropped(home: Path) -> None:
    home.write_text("a file where the folder should be")
    before = guard.log.handlers[:]
    guard.log.handlers[:] = []
    try:
        guard.start_log()
        assert [type(handler) for handler in guard.log.handlers] == [logging.NullHandler]
    finally:
        guard.log.handlers[:] = before
    assert settings.log_file().parent.is_file()
