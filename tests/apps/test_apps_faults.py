"""A full or read-only disk, a damaged record, a broken bank: said plainly, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from browser import Server
from desk import SAVED, answering, attempts, kernel_of, use_bank, wait_for_draft
from interview import (
    begin,
    fill_answer,
    leave_flags,
    open_app,
    pass_probes,
    press,
    score_criterion,
    start_answering,
    submit,
)
from playwright.sync_api import Page, expect

from itpm_prep import settings
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser
WORDS = "At month 6 the forecast is near 1.1 million."
LONG = (
    f"{WORDS} " + "The payment interface holds 75 of the 115. " * 4000
)  # more than a page of the file has room for
NOBODY = 65534


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_bank(tmp_path / "bank", monkeypatch)
    return tmp_path / "bank"


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """The data folder on a disk of its own, of 2 MB."""
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(home)]
    try:
        subprocess.run(mount, check=True, capture_output=True)  # noqa: S603 -- a command of our own
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    yield home
    subprocess.run(["umount", "--lazy", str(home)], check=True)  # noqa: S603, S607 -- as above


def read_only(folder: Path, *, yes: bool) -> None:
    """Mount the disk anew for reading only, or for writing too."""
    subprocess.run(["mount", "-o", f"remount,{'ro' if yes else 'rw'}", str(folder)], check=True)  # noqa: S603, S607 -- as above


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """The disk filled to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    yield
    ballast.unlink()


@contextmanager
def files_limited_to(size: int, kernel: psutil.Process) -> Iterator[None]:
    """The process may not write past this size of any file."""
    before = kernel.rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (size, before[1]))
    yield
    kernel.rlimit(psutil.RLIMIT_FSIZE, before)


def submit_in_vain(page: Page, why: str) -> None:
    """Submit while nothing can be written: it is said, the screen stays, and so do the words."""
    page.get_by_role("textbox", name="Situation").fill(LONG)
    expect(page.locator(".unsaved")).to_contain_text(why)
    page.get_by_role("button", name="Submit answer").click()
    expect(page.locator(".note.alert")).to_contain_text("Nothing was saved")
    expect(page.locator(".note.alert")).to_contain_text(why)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(LONG)
    assert attempts() == []


def submit_again(page: Page) -> None:
    """With room again the words go to the disk by themselves, and the same Submit works."""
    wait_for_draft("part:situation", LONG)
    expect(page.get_by_text(SAVED, exact=True)).to_be_visible()
    expect(page.locator(".note.alert")).to_have_count(0)
    submit(page)
    assert attempts()[0].parts["situation"] == LONG


def test_a_full_disk_keeps_the_words_in_the_box_until_there_is_room(
    small_disk: Path, app_server: Server, page: Page
) -> None:
    answering(page, app_server)
    with filled(small_disk):
        submit_in_vain(page, "the disk is full")
    submit_again(page)


def test_a_file_that_may_grow_no_more_keeps_the_words_in_the_box(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    with files_limited_to(settings.database().stat().st_size, kernel_of(app_server, page)):
        submit_in_vain(page, "look at the disk")
    submit_again(page)


def test_what_was_ticked_and_picked_while_the_disk_was_full_counts_once_there_is_room(
    app_server: Server, page: Page
) -> None:
    answering(page, app_server)
    fill_answer(page, WORDS)
    submit(page)
    pass_probes(page)
    kernel = kernel_of(app_server, page)
    with files_limited_to(0, kernel):
        page.get_by_role("group", name="Tick what").get_by_role("checkbox").first.check()
        expect(page.locator(".note.alert")).to_contain_text("Nothing was saved")
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(1000)
        expect(page.get_by_role("group", name="Tick what").get_by_role("checkbox").first).to_be_checked()
    press(page, "Next")
    wait_for_draft("1:flags", "0")
    with files_limited_to(0, kernel):
        page.locator(".anchor input").nth(3).check()
        page.locator(".sentence").first.click()
        expect(page.locator(".note.alert")).to_contain_text("Nothing was saved")
    score_criterion(page, 4, quote=False)  # the sentence is picked already
    for _ in range(3):
        score_criterion(page, 4)
    (rating,) = open_record().ratings()
    assert len(rating.red_flags) == 1
    assert [mark.evidence for mark in rating.marks] == [WORDS] * 4


def test_a_read_only_disk_keeps_the_words_in_the_box_until_it_is_writable(
    small_disk: Path, app_server: Server, page: Page
) -> None:
    answering(page, app_server)
    read_only(small_disk, yes=True)
    submit_in_vain(page, "it may only be read")
    read_only(small_disk, yes=False)
    submit_again(page)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        (
            "\N{GRINNING FACE}\N{FAMILY}\N{ZERO WIDTH JOINER} \N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED} "
            "\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} e\N{COMBINING ACUTE ACCENT}"
        ),
        '<script>document.title = "broken"</script><img src=x onerror="document.title = 1"> &amp; </p>',
        '=HYPERLINK("http://example.org";"Click here now")\n+1+cmd|\'/c calc\'!A0\t@SUM(A1)',
    ],
    ids=["200000 characters", "emoji and right to left", "markup", "formula"],
)
def test_any_text_is_stored_as_typed_and_shown_as_text(text: str, app_server: Server, page: Page) -> None:
    answering(page, app_server)
    title = page.title()
    page.get_by_role("textbox", name="Situation").fill(text)
    submit(page)
    assert attempts()[0].parts["situation"] == text
    pass_probes(page)
    leave_flags(page)
    flat = " ".join(text.split())
    assert " ".join(page.locator(".answer").inner_text().split()).startswith(f"Situation {flat[:40]}")
    for _ in range(4):
        score_criterion(page, 2, quote=False)
    page.get_by_text("Your answer", exact=True).click()
    assert page.locator(".own").first.inner_text().split() == text.split()
    assert page.title() == title
    assert page.locator(".itpm script, .itpm img[src=x]").count() == 0


def test_evidence_is_stored_as_typed_too(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    fill_answer(page, "<b>I moved the date by two weeks</b> and told her.")
    submit(page)
    pass_probes(page)
    leave_flags(page)
    for _ in range(4):
        score_criterion(page, 4, quote="<b>I moved the date by two weeks</b>")
    (rating,) = open_record().ratings()
    assert {mark.evidence for mark in rating.marks} == {"<b>I moved the date by two weeks</b>"}
    assert {mark.score for mark in rating.marks} == {4}


# What cannot be opened ----------------------------------------------------------------------------


def damaged() -> None:
    settings.database().write_bytes(b"SQLite format 3\0" + os.urandom(20_000))


def no_database() -> None:
    settings.database().write_text("my shopping list\n" * 300)


def of_a_newer_version() -> None:
    open_record()
    with closing(sqlite3.connect(settings.database())) as connection, connection:
        connection.execute("INSERT INTO migration VALUES ('from_the_future', '2030-01-01 00:00:00.000000')")


def of_another_user() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    open_record()
    os.chown(settings.database(), NOBODY, NOBODY)


def a_folder() -> None:
    settings.database().mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damaged, "is damaged, or is no SQLite file"),
        (no_database, "is damaged, or is no SQLite file"),
        (of_a_newer_version, "was made by a newer version"),
        (of_another_user, "belongs to another user"),
        (a_folder, "is not a file"),
    ],
)
def test_a_record_that_cannot_be_used_is_said_and_left_alone(
    spoil: Callable[[], None], said: str, app_server: Server, home: Path, page: Page
) -> None:
    home.mkdir(exist_ok=True)
    spoil()
    file = settings.database()
    before = file.read_bytes() if file.is_file() else None
    page.goto(app_server.url("mock_interview"))
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text(said)
    assert "Traceback" not in page.content()
    assert before == (file.read_bytes() if file.is_file() else None)


def test_a_data_folder_that_cannot_be_made_is_said(
    serve: Callable[..., Server], home: Path, page: Page
) -> None:
    home.write_text("a file where the folder should be")
    page.goto(serve().url("mock_interview"))
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("is a file, not a folder")
    assert home.read_text() == "a file where the folder should be"


def test_a_record_damaged_in_mid_answer_is_said_and_the_words_stay(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    damaged()
    page.get_by_role("textbox", name="Situation").fill(WORDS)
    expect(page.locator(".unsaved")).to_contain_text("is damaged")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.locator(".note.alert")).to_contain_text("is damaged")
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS)


def test_a_broken_question_file_costs_only_that_question(app_server: Server, bank: Path, page: Page) -> None:
    (bank / "technical").mkdir()
    (bank / "technical" / "TEC-GEN-777.yaml").write_text("id: [unclosed\n")
    open_app(page, app_server)
    expect(page.get_by_text("The question bank has")).to_contain_text("run itpm-prep bank check")
    begin(page, app_server, level="Senior", categories=["Scenario"], length=1)
    start_answering(page)


def test_a_bank_without_any_sound_question_is_said(app_server: Server, bank: Path, page: Page) -> None:
    for file in bank.rglob("*.yaml"):
        file.write_bytes(b"\xff\xfe\x00 not text")
    page.goto(app_server.url("mock_interview"))
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("question")
    assert "Traceback" not in page.content()
