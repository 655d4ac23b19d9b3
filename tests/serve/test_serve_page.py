"""The page around an app, in a real browser: opening, theme, connection, and the end of its kernel."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import NARROW, WIDE, Server, Watch, until
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def server(serve: Callable[..., Server], notebooks: Path) -> Server:
    return serve("--notebooks", str(notebooks))


def add(page: Page, result: str) -> None:
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".widget-label").first).to_have_text(result)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_opens_and_works_without_a_request_that_leaves_the_machine(
    server: Server, page: Page, viewport: dict[str, int], theme: str
) -> None:
    for name, title in (("start", "Start"), ("mock_interview", "Mock interview")):
        page.goto(server.url(name))
        add(page, "1")
        expect(page).to_have_title(title)
        expect(page.locator("#itpm-opening")).to_be_hidden()
        assert page.evaluate("document.body.dataset.jpThemeLight") == str(theme == "light").lower()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_calm_line_says_which_app_is_opening(server: Server, page: Page) -> None:
    page.goto(server.url("start"), wait_until="commit")
    expect(page.get_by_role("status")).to_contain_text("Start")
    expect(page.get_by_role("status")).to_contain_text("Opening ...")
    add(page, "1")


def test_the_colours_follow_when_the_system_turns_dark(server: Server, page: Page) -> None:
    page.goto(server.url("start"))
    add(page, "1")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    assert page.evaluate(background) != light
    assert page.evaluate("getComputedStyle(document.querySelector('input')).color") == "rgb(236, 239, 242)"


@pytest.mark.parametrize("name", ["start", "mock_interview"])
def test_closing_the_tab_frees_the_kernel(server: Server, new_page: Callable[[], Page], name: str) -> None:
    before = set(until(server.kernels, "a page is heated up"))
    page = new_page()
    page.goto(server.url(name))
    add(page, "1")
    until(lambda: len(server.kernels()) == 2, "the page and a heated one have a kernel each")
    page.close(run_before_unload=True)
    until(lambda: len(server.kernels()) == 1, "the kernel of the page has ended")
    assert (set(server.kernels()) == before) is (name == "start")


def test_a_killed_kernel_is_said_and_the_words_stay_until_the_page_is_reloaded(
    server: Server, page: Page
) -> None:
    page.goto(server.url("start"))
    add(page, "1")
    page.get_by_role("textbox").fill("my words")
    server.kernels()[-1].send_signal(signal.SIGKILL)
    expect(page.get_by_role("alert")).to_contain_text("Connection lost. Your words stay in the box")
    expect(page.get_by_role("textbox")).to_have_value("my words")
    page.get_by_role("button", name="Reload").click()
    add(page, "1")
    expect(page.locator("#itpm-lost")).to_be_hidden()


def test_a_killed_server_is_said_and_the_words_stay_even_when_reload_is_pressed(
    server: Server, page: Page
) -> None:
    page.goto(server.url("start"))
    add(page, "1")
    page.get_by_role("textbox").fill("my words")
    server.end(signal.SIGKILL)
    expect(page.get_by_role("alert")).to_contain_text("Connection lost. Your words stay in the box")
    page.get_by_role("button", name="Reload").click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    expect(page.get_by_role("textbox")).to_have_value("my words")


def test_the_banner_goes_when_the_connection_is_back(server: Server, page: Page) -> None:
    page.goto(server.url("start"))
    add(page, "1")
    page.context.set_offline(offline=True)
    page.evaluate("window.jupyterapp.widgetManager.kernel._ws.close()")
    expect(page.get_by_role("alert")).to_contain_text("Trying to reconnect")
    page.context.set_offline(offline=False)
    expect(page.locator("#itpm-lost")).to_be_hidden()
    add(page, "2")


def test_a_handler_that_fails_shows_no_traceback_and_is_noticed_by_the_watch(
    server: Server, page: Page, watch: Watch
) -> None:
    page.goto(server.url("failing"))
    page.get_by_role("button", name="Fail").click()
    until(lambda: page.wait_for_timeout(50) or watch.faults, "the fault is noticed")
    assert "fault in the kernel" in watch.faults.pop()
    assert "ZeroDivisionError" not in page.inner_text("body")


def test_the_watch_notices_a_request_that_leaves_the_machine(
    server: Server, page: Page, watch: Watch
) -> None:
    page.goto(server.url("start"))
    page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
    page.evaluate("document.location = 'https://elsewhere.example/'")
    until(lambda: page.wait_for_timeout(50) or len(watch.faults) >= 2, "both are noticed")
    assert all("elsewhere.example" in fault for fault in watch.faults)
    watch.faults.clear()
