"""The servers that are measured: our apps, and a bare notebook on stock Voila."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from itpm_prep.serve.kernels import LAUNCHER

KERNELS = {"ipykernel_launcher", LAUNCHER}  # one of these stands in the command of every kernel
CONTROL = """
import ipywidgets
button, said = ipywidgets.Button(description="Press"), ipywidgets.Text(value="0")
button.on_click(lambda _: setattr(said, "value", str(int(said.value) + 1)))
ipywidgets.VBox([said, ipywidgets.Dropdown(options=["a", "b"]), button])
"""
PATIENCE_S = 60


class Kernels:
    """The kernels of a server process."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = psutil.Process(server.pid)

    def running(self) -> set[psutil.Process]:
        """All that run now."""
        return {child for child in self._server.children() if KERNELS & set(child.cmdline())}

    def wait_until_idle(self, at_least: int) -> set[psutil.Process]:
        """The kernels, once there are enough and none has had anything to do for half a second."""
        end = monotonic() + PATIENCE_S
        before = -1.0
        while monotonic() < end:
            kernels = self.running()
            spent = sum(kernel.cpu_times().user for kernel in kernels)
            if len(kernels) >= at_least and 0 <= spent - before < 0.02 and before >= 0:
                return kernels
            before = spent
            sleep(0.5)
        raise TimeoutError(f"{len(self.running())} kernels run, and not {at_least} at rest")


@contextmanager
def our_server(folder: Path, *, preheat: bool) -> Iterator[tuple[str, Kernels]]:
    """``itpm-prep app``; gives the address of mock_interview."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}/voila/render/mock_interview.ipynb"
    code = "from itpm_prep.cli import main; main()"
    flag = "--preheat" if preheat else "--no-preheat"
    command = [sys.executable, "-c", code, "app", "--no-browser", flag, "--port", str(port)]
    with _running(command, folder, f"http://127.0.0.1:{port}/nothing") as kernels:
        yield address, kernels


@contextmanager
def control_server(folder: Path, source: str = CONTROL) -> Iterator[tuple[str, Kernels]]:
    """Stock Voila on one cell, ``source``; gives the address of the notebook."""
    port = _free_port()
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    place = folder / "control"
    place.mkdir(exist_ok=True)
    (place / "control.ipynb").write_text(json.dumps(book), encoding="utf-8")
    command = [sys.executable, "-m", "voila", str(place), "--no-browser", "--port", str(port)]
    with _running(command, folder, f"http://127.0.0.1:{port}/nothing") as kernels:
        yield f"http://127.0.0.1:{port}/voila/render/control.ipynb", kernels


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[Kernels]:
    environment = {**os.environ, "ITPM_PREP_HOME": str(folder / "home")}
    with (
        (folder / "server.log").open("ab") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,  # noqa: S603 -- our own
    ):
        try:
            _wait_until_answered(process, probe, folder / "server.log")
            yield Kernels(process)
        finally:
            process.terminate()


def _wait_until_answered(process: subprocess.Popen[bytes], probe: str, log: Path) -> None:
    end = monotonic() + PATIENCE_S
    while monotonic() < end and process.poll() is None:
        try:
            urlopen(probe, timeout=5)  # noqa: S310 -- our own address
        except URLError as error:
            if hasattr(error, "code"):  # an answer, even if it is that there is no such page
                return
            sleep(0.1)
    raise RuntimeError(f"a server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
