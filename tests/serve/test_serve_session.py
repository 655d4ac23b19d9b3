"""What an app is told of the place where it runs."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from itpm_prep.serve.session import notebook_link, wait_for_visitor

NAMES = ("VOILA_PREHEAT", "VOILA_KERNEL_ID", "VOILA_APP_PORT", "VOILA_BASE_URL")


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def heated(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def heat(port: int) -> None:
        values = ("True", "0-1", str(port), "/base/")
        for name, value in zip(NAMES, values, strict=True):
            monkeypatch.setenv(name, value)

    return heat


def test_outside_voila_nobody_is_waited_for() -> None:
    wait_for_visitor()


def test_a_kernel_that_was_not_heated_up_does_not_wait(
    heated: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    heated(1)
    monkeypatch.setenv("VOILA_PREHEAT", "False")
    wait_for_visitor()


def test_a_heated_kernel_waits_until_its_visitor_comes_and_then_no_more(
    heated: Callable[[int], None],
) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    heated(listener.getsockname()[1])
    waiting = threading.Thread(target=wait_for_visitor)
    waiting.start()
    with listener, listener.accept()[0] as server:
        request = server.recv(4096).decode()
        assert request.startswith("GET /base/voila/query/0-1 HTTP/1.1\r\n")
        server.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        waiting.join(0.2)
        assert waiting.is_alive()
        server.sendall(b"\x81\x02{}")
        waiting.join(30)
    assert not waiting.is_alive()
    wait_for_visitor()


def test_without_a_server_the_page_is_drawn_anyway(heated: Callable[[int], None]) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    heated(port)
    wait_for_visitor()


def test_a_heated_kernel_ends_quietly_with_its_server(heated: Callable[[int], None]) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    heated(listener.getsockname()[1])
    code = "from itpm_prep.serve.session import wait_for_visitor; wait_for_visitor(); print('drawn')"
    kernel = subprocess.Popen(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    with listener, listener.accept()[0] as server:
        server.recv(4096)
    assert kernel.communicate(timeout=30) == (b"", None)
    assert kernel.returncode == 0


def test_links_between_apps_are_relative_in_jupyterlab() -> None:
    assert notebook_link("progress") == "progress.ipynb"


def test_links_between_apps_respect_the_base_url_under_voila(heated: Callable[[int], None]) -> None:
    heated(1)
    assert notebook_link("progress") == "/base/voila/render/progress.ipynb"


def test_the_module_imports_nothing_of_voila() -> None:
    code = "import sys, itpm_prep.serve.session; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"voila", "tornado", "jupyter_server", "traitlets"} & set(loaded)
