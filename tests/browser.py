"""What the browser tests share: a real server, a watched page, and patience."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psutil
from playwright.sync_api import BrowserContext, Page, WebSocket

from itpm_prep.serve.kernels import LAUNCHER

T = TypeVar("T")
PROGRAM = str(Path(sys.executable).with_name("itpm-prep"))
APP = (PROGRAM, "app", "--no-browser")
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 720}
FAULTS = ("Traceback", "Exception in callback")
LATE = "[anywidget] Failed to initialize model."  # on a busy machine; the page recovers: see late.js


def until(found: Callable[[], T], what: str, patience_s: float = 60) -> T:
    """Wait until ``found`` gives something true, and return it."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError(f"waited {patience_s} s in vain until {what}")


@dataclass
class Server:
    """A running ``itpm-prep app``."""

    process: subprocess.Popen[str]
    log: Path
    address: str
    expects_faults: bool = False

    @property
    def root(self) -> str:
        """Scheme, host and port."""
        return self.address.partition("/voila/")[0]

    @property
    def port(self) -> int:
        """The port."""
        return int(self.root.rpartition(":")[2])

    def url(self, name: str) -> str:
        """The address of an app."""
        return f"{self.root}/voila/render/{name}.ipynb"

    def kernels(self) -> list[psutil.Process]:
        """Its kernels, oldest first."""
        found = psutil.Process(self.process.pid).children()
        return sorted((child for child in found if _is_kernel(child)), key=lambda child: child.create_time())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


def _is_kernel(process: psutil.Process) -> bool:
    try:
        return any(word in ("ipykernel_launcher", LAUNCHER) for word in process.cmdline())
    except psutil.Error:  # it ended while we looked
        return False


@contextmanager
def running(log: Path, home: Path, *arguments: str, command: Sequence[str] = APP) -> Iterator[Server]:
    """``itpm-prep app`` with these arguments, or what serves in its place, ended by its own pid."""
    environment = {**os.environ, "ITPM_PREP_HOME": str(home)}
    with (
        log.open("w") as sink,
        subprocess.Popen(  # noqa: S603 -- our own program
            [*command, *arguments], stdout=subprocess.PIPE, stderr=sink, text=True, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Open http"), f"no server: {line}{log.read_text()}"
        try:
            yield Server(process, log, line.split()[1])
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)


def faults_in(log: Path) -> list[str]:
    """The lines of a server's log that must not be there."""
    return [line for line in log.read_text().splitlines() if any(fault in line for fault in FAULTS)]


@dataclass
class Watch:
    """What a page must not do: leave the machine, throw, or make its kernel throw."""

    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note every fault of a page from now on."""
        page.on("request", lambda request: self._check(request.url))
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", lambda message: self._hear(message.text))
        page.on("websocket", self._listen)

    def _note(self, error: str) -> None:
        if LATE not in error:
            self.faults.append(f"error on the page: {error}")

    def _check(self, url: str) -> None:
        host = url.partition("://")[2].partition("/")[0].partition(":")[0]
        if host not in ("127.0.0.1", "localhost") and not url.startswith(("data:", "blob:", "about:")):
            self.faults.append(f"request that leaves the machine: {url}")

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(f"request that was refused: {text}")

    def _listen(self, socket: WebSocket) -> None:
        self._check(socket.url)
        socket.on("framereceived", self._read)

    def _read(self, payload: str | bytes) -> None:
        # A handler that fails in the kernel is only told to the page: nothing shows it.
        frame = payload if isinstance(payload, bytes) else payload.encode()
        if b'"msg_type":"error"' in frame.replace(b'": "', b'":"'):
            self.faults.append(f"fault in the kernel: {frame.decode(errors='replace')[-2000:]}")


def watched_page(context: BrowserContext, watch: Watch) -> Page:
    """A new page whose faults are noted."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    watch.follow(page)
    return page
