"""Nothing typed is lost when the page is reloaded or closed, or its kernel or server is killed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from browser import NARROW, Server, until
from desk import (
    LOST,
    SAVED,
    answering,
    attempts,
    drafts,
    kernel_of,
    kill,
    resume,
    seconds_left,
    use_bank,
    wait_for_draft,
)
from interview import begin, fill_answer, open_app, pass_probes, probed, submit
from playwright.sync_api import Page, expect

from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser
WORDS = "At month 6 the forecast is near 1.1 million."
MORE = " The payment interface holds 75 of the 115."


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_bank(tmp_path / "bank", monkeypatch)


def test_what_is_typed_reaches_the_disk_while_one_types(app_server: Server, page: Page) -> None:
    begin(page, app_server, level="Senior", mode="Practice", categories=["Scenario"], length=1)
    page.get_by_label("Notes").fill("note")
    wait_for_draft("notes", "note")
    page.get_by_role("button", name="Start answering").click()
    page.get_by_role("textbox", name="Situation").press_sequentially(WORDS, delay=5)
    wait_for_draft("part:situation", WORDS)
    page.get_by_label("Cost performance").fill("0.82")
    wait_for_draft("figure:cpi", "0.82")
    submit(page)
    assert probed(page)
    page.get_by_label("Your reply").fill("No reply yet")
    until(lambda: "No reply yet" in drafts().values(), "the reply is on disk")
    pass_probes(page)
    page.get_by_role("group", name="Tick what").get_by_role("checkbox").nth(1).check()
    wait_for_draft("1:flags", "1")
    page.get_by_role("button", name="Next").click()
    page.locator(".anchor input").nth(3).check()
    page.locator(".sentence").first.click()
    until(lambda: WORDS in drafts().get("1:DIA", ""), "the anchor and its proof are on disk")
    assert '"chosen":4' in drafts()["1:DIA"]


def test_a_reload_brings_back_the_screen_every_box_and_the_clock(app_server: Server, page: Page) -> None:
    answering(page, app_server, mode="Mock")
    fill_answer(page, WORDS)
    page.get_by_label("Cost performance").fill("0,82")
    expect(page.get_by_text(SAVED)).to_be_visible()
    before, looked = seconds_left(page), time.monotonic()
    page.reload()
    resume(page)
    page.get_by_role("timer").wait_for()
    assert abs(seconds_left(page) - (before - (time.monotonic() - looked))) < 3
    for name in ("Situation", "Background", "Assessment", "Recommendation"):
        expect(page.get_by_label(name)).to_have_value(WORDS)
    expect(page.get_by_label("Cost performance")).to_have_value("0,82")
    shown = seconds_left(page)
    until(lambda: seconds_left(page) < shown, "the clock goes on")


def test_a_reload_right_after_the_last_key_loses_nothing(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    page.get_by_role("textbox", name="Situation").press_sequentially(WORDS)
    page.reload()
    resume(page)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS)
    wait_for_draft("part:situation", WORDS)


def test_every_screen_of_the_score_comes_back_as_it_was_left(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    fill_answer(page, WORDS)
    submit(page)
    pass_probes(page)
    page.get_by_role("group", name="Tick what").get_by_role("checkbox").first.check()
    wait_for_draft("1:flags", "0")
    page.reload()
    resume(page)
    expect(page.get_by_role("group", name="Tick what").get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.locator(".anchor input").nth(2).check()
    page.get_by_label("Or type five").fill("the forecast is near")
    until(lambda: "the forecast is near" in drafts().get("1:DIA", ""), "the proof is on disk")
    page.reload()
    resume(page)
    expect(page.locator(".anchor input").nth(2)).to_be_checked()
    expect(page.get_by_label("Or type five")).to_have_value("the forecast is near")


def test_a_closed_tab_is_resumed_in_a_new_one(app_server: Server, new_page: Callable[[], Page]) -> None:
    first = new_page()
    answering(first, app_server)
    first.get_by_role("textbox", name="Situation").fill(WORDS)
    wait_for_draft("part:situation", WORDS)
    first.close(run_before_unload=True)
    second = new_page()
    second.goto(app_server.url("mock_interview"))
    resume(second)
    expect(second.get_by_role("textbox", name="Situation")).to_have_value(WORDS)


def test_leaving_for_another_page_and_coming_back_is_no_second_tab(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    page.get_by_role("textbox", name="Situation").fill(WORDS)
    page.goto(app_server.url("start"))
    expect(page.get_by_text("You stopped at question 1 of 1")).to_be_visible()
    page.get_by_role("link", name="Resume").click()
    resume(page)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS)
    page.go_back()
    page.get_by_role("link", name="Resume").wait_for()
    page.go_forward()
    resume(page)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS)


def test_a_killed_kernel_is_said_and_costs_no_word(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    page.get_by_role("textbox", name="Situation").fill(WORDS)
    wait_for_draft("part:situation", WORDS)
    kill(kernel_of(app_server, page))
    expect(page.get_by_text(LOST)).to_be_visible()
    box = page.get_by_role("textbox", name="Situation")
    box.press("End")
    box.press_sequentially(MORE)
    expect(page.get_by_text("Not saved")).to_be_visible()
    expect(box).to_have_value(WORDS + MORE)
    page.get_by_role("button", name="Submit answer").click()
    expect(box).to_have_value(WORDS + MORE)
    page.get_by_role("button", name="Reload").click()
    resume(page)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS + MORE)
    wait_for_draft("part:situation", WORDS + MORE)
    assert attempts() == []


def test_a_killed_server_is_said_and_costs_no_word(serve: Callable[..., Server], page: Page) -> None:
    server = serve()
    answering(page, server)
    box = page.get_by_role("textbox", name="Situation")
    box.fill(WORDS)
    wait_for_draft("part:situation", WORDS)
    kernels = server.kernels()
    kill(psutil.Process(server.process.pid))
    server.process.wait()
    expect(page.get_by_text(LOST)).to_be_visible()
    box.press("End")
    box.press_sequentially(MORE)
    page.get_by_role("textbox", name="Background").fill("typed while nobody listened")
    expect(page.get_by_text("Not saved")).to_be_visible()
    page.get_by_role("button", name="Reload").click()
    expect(page.get_by_text("The server does not answer")).to_be_visible()
    expect(box).to_have_value(WORDS + MORE)
    assert psutil.wait_procs(kernels, timeout=60)[1] == [], "kernels outlive their server"
    serve("--port", str(server.port))
    page.get_by_role("button", name="Reload").click()
    resume(page)
    expect(page.get_by_role("textbox", name="Situation")).to_have_value(WORDS + MORE)
    expect(page.get_by_role("textbox", name="Background")).to_have_value("typed while nobody listened")
    wait_for_draft("part:background", "typed while nobody listened")


def test_an_answer_is_on_disk_before_the_next_screen_shows(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    fill_answer(page, WORDS)
    page.get_by_label("Cost performance").fill("0.82")
    submit(page)
    (attempt,) = attempts()
    assert attempt.parts == dict.fromkeys(("situation", "background", "assessment", "recommendation"), WORDS)
    assert attempt.figures["cpi"] == "0.82"


def test_a_double_click_counts_once(app_server: Server, page: Page) -> None:
    open_app(page, app_server)
    twice(page, "Begin", then="Start answering")
    assert open_record().counts()["interview"] == 1
    twice(page, "Start answering", then="Submit answer")
    fill_answer(page, WORDS)
    twice(page, "Submit answer", then="Submit reply")
    assert len(attempts()) == 1
    page.get_by_label("Your reply").fill("One reply.")
    twice(page, "Submit reply", then="Submit reply")
    assert len(open_record().replies()) == 1


def twice(page: Page, name: str, then: str) -> None:
    """Double-click a button; the screen after it stays, and nothing is wrong."""
    page.get_by_role("button", name=name, exact=True).dblclick()
    page.get_by_role("button", name=then, exact=True).wait_for()
    page.wait_for_timeout(500)
    expect(page.get_by_role("button", name=then, exact=True)).to_be_visible()
    expect(page.locator(".note.alert")).to_have_count(0)


def test_a_page_that_was_slow_to_load_can_be_used_all_the_same(app_server: Server, page: Page) -> None:
    """anywidget's deadline for loading has passed at once here, as it does on a busy machine."""
    page.add_init_script(
        """const timeout = AbortSignal.timeout.bind(AbortSignal);
        window.passed = 0;
        AbortSignal.timeout = (ms) => (ms === 2000 ? (passed += 1, timeout(0)) : timeout(ms));"""
    )
    answering(page, app_server)
    assert page.evaluate("passed") > 0
    page.get_by_role("textbox", name="Situation").fill(WORDS)
    wait_for_draft("part:situation", WORDS)


@pytest.mark.parametrize("viewport", [NARROW])
def test_a_refusal_is_in_sight_of_the_button_far_below_it(app_server: Server, page: Page) -> None:
    answering(page, app_server)
    open_app(page, app_server)
    page.get_by_role("button", name="Start anew").wait_for()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("still unfinished")
    expect(page.get_by_role("alert")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Begin", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Start anew").click()
    expect(page.locator(".note.alert")).to_have_count(0)
