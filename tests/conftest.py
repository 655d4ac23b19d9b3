"""Fixtures for every test: a data folder of its own, a real server, a watched browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from browser import WIDE, Server, Watch, faults_in, running, watched_page
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from side_by_side import OneServerAtATime, check_signs

from itpm_prep import settings
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.serve.chromium import ARGUMENTS, find_chromium

# Whatever opens the record without asking for ``home``, the notebooks that nbval runs among them, never
# meets the person's own. The folder goes when the tests are over.
_NOBODYS_HOME = TemporaryDirectory(prefix="itpm-prep-tests-")
os.environ["ITPM_PREP_HOME"] = _NOBODYS_HOME.name

# No test is timed: how long an example takes says more of what runs beside it than of the code.
hypothesis_settings.register_profile("untimed", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite; one, as without xdist, for what is named on the command line."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return 2 if whole and (os.cpu_count() or 1) > 1 else 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneServerAtATime:
    """Side by side run only tests that do not get in each other's way."""
    return OneServerAtATime(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every browser test is known as one."""
    check_signs(items)


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The shipped bank."""
    return load_bank()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, here and in every process the test starts."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ITPM_PREP_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def compiled_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of a data folder, with the bank in it: compiled once, not by each server anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITPM_PREP_HOME", str(tmp_path_factory.mktemp("compiled")))
        load_bank()
        return settings.cache_dir()


@pytest.fixture
def serve(home: Path, tmp_path: Path, compiled_bank: Path) -> Iterator[Callable[..., Server]]:
    """Start ``itpm-prep app`` with any arguments; ended, and its log read, when the test is over."""
    servers: list[Server] = []
    with ExitStack() as stack:

        def start(*arguments: str) -> Server:
            if "ITPM_PREP_BASE_BANK" not in os.environ and not (home / "cache").exists():
                home.mkdir(mode=0o700, exist_ok=True)
                shutil.copytree(compiled_bank, home / "cache")
            log = tmp_path / f"server-{len(servers)}.log"
            servers.append(stack.enter_context(running(log, home, *arguments)))
            return servers[-1]

        yield start
    for server in servers:
        assert server.expects_faults or not faults_in(server.log), server.log.read_text()


@pytest.fixture
def app_server(serve: Callable[..., Server]) -> Server:
    """The real apps."""
    return serve()


@contextmanager
def launched(*arguments: str) -> Iterator[Browser]:
    """A Chromium that can find no other machine."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium found: install one, or name it in ITPM_PREP_CHROMIUM"
        (pytest.fail if os.environ.get("ITPM_PREP_REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    expect.set_options(timeout=60_000)
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments, alone])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium, alone on this machine."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def speaking_chromium() -> Iterator[Browser]:
    """A Chromium with a microphone that beeps and that every page may use."""
    with launched("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream") as browser:
        yield browser


@pytest.fixture
def theme() -> str:
    """The theme of the system; parametrise it with "light" and "dark"."""
    return "light"


@pytest.fixture
def viewport() -> dict[str, int]:
    """The size of the window; parametrise it with ``WIDE`` and ``NARROW``."""
    return WIDE


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The faults of every page of the test; the test fails when there are any left."""
    watch = Watch()
    yield watch
    assert watch.faults == []


@pytest.fixture
def new_page(
    chromium: Browser, theme: str, viewport: dict[str, int], watch: Watch
) -> Iterator[Callable[[], Page]]:
    """Open another watched tab of the same person."""
    context = chromium.new_context(color_scheme=theme, viewport=viewport)  # type: ignore[arg-type]
    yield lambda: watched_page(context, watch)
    context.close()


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One watched tab."""
    return new_page()
