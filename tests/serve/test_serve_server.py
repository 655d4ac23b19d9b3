"""The app server: what it answers, what it keeps to itself, and how it ends."""

from __future__ import annotations

import asyncio
import json
import signal
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from browser import Server, until
from tornado.websocket import websocket_connect

Serve = Callable[..., Server]


def get(url: str, **headers: str) -> tuple[int, str, str]:
    """Status, body and final address."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 -- our own server
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- our own server
            return answer.status, answer.read().decode(), answer.url
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), url


@pytest.fixture
def server(serve: Serve, notebooks: Path) -> Server:
    return serve("--notebooks", str(notebooks))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_and_its_kernels_cleanly(server: Server, number: int) -> None:
    get(server.url("start"))
    kernels = until(lambda: server.kernels() if len(server.kernels()) == 2 else None, "two kernels run")
    assert server.end(number) == 0
    assert psutil.wait_procs(kernels, timeout=30)[1] == []
    assert server.log.read_text() == ""


def test_the_root_leads_to_the_start_page(server: Server) -> None:
    status, body, address = get(server.root)
    assert (status, address) == (200, server.url("start"))
    assert '<html lang="en">' in body
    assert "<title>Start</title>" in body
    assert "<noscript>" in body


def test_only_this_machine_can_reach_the_server(server: Server) -> None:
    listening = [
        c.laddr.ip for c in psutil.Process(server.process.pid).net_connections() if c.status == "LISTEN"
    ]
    assert set(listening) == {"127.0.0.1"}


def test_a_request_under_another_host_name_is_refused(server: Server) -> None:
    assert get(server.url("start"), Host="elsewhere.example")[0] == 403


def test_a_mistyped_address_gets_a_friendly_page(server: Server) -> None:
    for path in ("/nothing", "/voila/render/nothing.ipynb", "/voila/tree/"):
        status, body, _ = get(server.root + path)
        assert status == 404
        assert "There is no page here" in body
        assert "Traceback" not in body


def test_neither_files_nor_lists_of_files_or_kernels_are_given(server: Server) -> None:
    get(server.url("start"))
    for path in (
        "/voila/files/notes.txt",
        "/voila/files/start.ipynb",
        "/voila/render/notes.txt",
        "/voila/api/contents/",
        "/api/kernels",
        "/api/contents",
        "/login",
    ):
        status, body, _ = get(server.root + path)
        assert status in (403, 404), path
        assert "private" not in body


def test_a_page_that_fails_shows_neither_traceback_nor_source(server: Server) -> None:
    server.expects_faults = True
    _, body, _ = get(server.url("broken"))
    assert "This page could not be built" in body
    assert "itpm-prep doctor" in body
    assert "secret" not in body
    assert "Traceback" not in body


def test_the_address_can_choose_neither_template_nor_theme(server: Server) -> None:
    page = get(server.url("start"))[1]
    assert (
        get(server.url("start") + "?template=lab&theme=dark")[1].partition("<body")[0]
        == page.partition("<body")[0]
    )


def test_every_seat_taken_is_said_on_a_friendly_page(serve: Serve, notebooks: Path) -> None:
    (notebooks / "mock_interview.ipynb").unlink()
    server = serve("--notebooks", str(notebooks), "--max-pages", "2")
    assert [get(server.url("start"))[0] for _ in range(2)] == [200, 200]
    status, body, _ = get(server.url("start"))
    assert status == 503
    assert "Every seat is taken" in body
    assert len(server.kernels()) == 2


def test_a_page_heated_in_advance_is_still_served_when_all_other_seats_are_taken(
    serve: Serve, notebooks: Path
) -> None:
    server = serve("--notebooks", str(notebooks), "--max-pages", "2")
    until(lambda: len(server.kernels()) == 1, "the page is heated up")
    assert get(server.url("start"))[0] == 200
    assert get(server.url("start"))[0] == 503
    assert get(server.url("mock_interview"))[0] == 200
    assert get(server.url("mock_interview"))[0] == 503


def test_a_page_heated_in_advance_is_handed_to_one_visitor_and_replaced(server: Server) -> None:
    heated = until(server.kernels, "the page is heated up")
    assert get(server.url("mock_interview"))[0] == 200
    until(lambda: len(server.kernels()) == 2, "the next page is heated up")
    assert heated[0] in server.kernels()


def test_a_kernel_knows_no_secret_of_the_server(
    serve: Serve, notebooks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_API_TOKEN", "x")
    monkeypatch.setenv("DB_PASSWORD", "x")
    monkeypatch.setenv("HARMLESS", "x")
    server = serve("--notebooks", str(notebooks))
    get(server.url("environment"))
    environments = [kernel.environ() for kernel in until(server.kernels, "a kernel runs")]
    assert all("HARMLESS" in names for names in environments)
    assert not any({"SOME_API_TOKEN", "DB_PASSWORD"} & set(names) for names in environments)


def test_code_sent_by_a_browser_is_not_run(server: Server, tmp_path: Path) -> None:
    body = get(server.url("start"))[1]
    kernel = body.partition('dataset.kernelId = "')[2].partition('"')[0]
    proof = tmp_path / "proof"
    request = {
        "header": {
            "msg_id": "1",
            "msg_type": "execute_request",
            "session": "s",
            "username": "",
            "version": "5.3",
        },
        "parent_header": {},
        "metadata": {},
        "content": {"code": f"open({str(proof)!r}, 'w')", "silent": False},
        "channel": "shell",
    }
    question = {
        **request,
        "header": {**request["header"], "msg_id": "2", "msg_type": "kernel_info_request"},
        "content": {},
    }

    async def send() -> None:
        connection = await websocket_connect(f"ws{server.root[4:]}/api/kernels/{kernel}/channels")
        await connection.write_message(json.dumps(request))
        await connection.write_message(json.dumps(question))
        # The kernel answers in order: with this answer, the other would have been given too.
        while '"kernel_info_reply"' not in str(await connection.read_message()):
            pass
        connection.close()

    asyncio.run(send())
    assert not proof.exists()


def test_a_port_in_use_is_said_plainly(server: Server, serve: Serve, notebooks: Path) -> None:
    with pytest.raises(AssertionError, match=f"Error: Port {server.port} is in use"):
        serve("--notebooks", str(notebooks), "--port", str(server.port))


def test_the_server_answers_on_the_port_it_is_told(server: Server, serve: Serve, notebooks: Path) -> None:
    port = server.port
    server.end()
    assert serve("--notebooks", str(notebooks), "--port", str(port)).port == port


def test_the_log_names_no_kernel(serve: Serve, notebooks: Path) -> None:
    server = serve("--notebooks", str(notebooks))
    server.expects_faults = True
    body = get(server.url("broken"))[1]
    kernel = body.partition('dataset.kernelId = "')[2].partition('"')[0]
    assert "secret message" in server.log.read_text()
    assert kernel
    assert kernel not in server.log.read_text()


def test_the_scripts_of_a_page_come_in_one_file_that_the_browser_may_keep(server: Server) -> None:
    address = get(server.url("start"))[1].partition('<script async src="')[2].partition('"')[0]
    with urllib.request.urlopen(server.root + address, timeout=60) as answer:  # noqa: S310 -- our own server
        body = answer.read()
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].startswith("text/javascript")
    assert body.count(b"webpackChunk_JUPYTERLAB_CORE_OUTPUT") > 20
    assert get(f"{server.root}/itpm/0/other.js")[0] == 404
