"""What an app needs to know about where it runs: Voila or JupyterLab, heated up in advance or not.

The apps import this module inside their kernels, so it stays on the standard library and imports
nothing of Voila (whose own ``wait_for_request`` costs a kernel about 40 MB).
"""

from __future__ import annotations

import os
import socket

# What the kernel's environment says, see ``voila.utils.ENV_VARIABLE``.
_PREHEATED = "VOILA_PREHEAT"
_KERNEL = "VOILA_KERNEL_ID"
_PORT = "VOILA_APP_PORT"
_BASE_URL = "VOILA_BASE_URL"


def wait_for_visitor() -> None:
    """Return when somebody looks at the page.

    In a kernel that Voila heated up in advance this blocks until a visitor is handed to it; what ran
    before is as old as the server. Everywhere else it returns at once. An app calls it after its
    imports and before it reads the clock, draws chance, or opens the record.
    """
    kernel = os.environ.get(_KERNEL)
    if os.environ.get(_PREHEATED) != "True" or kernel is None:
        return
    os.environ[_PREHEATED] = "False"  # a kernel meets its visitor once
    try:
        came = _visitor_comes(int(os.environ[_PORT]), f"{_base_url()}voila/query/{kernel}")
    except OSError:
        return  # no server to ask: a page that is a little old is better than none
    if not came:
        # The server has ended, and this kernel with it. An exception would only fill its log.
        os._exit(0)


def _visitor_comes(port: int, path: str) -> bool:
    """Wait on the socket on which Voila sends the visitor's request; the first byte of it will do."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: aXRwbV9wcmVwIHdhaXRzIQ==\r\n\r\n".encode()
        )
        received = b""
        while not received.partition(b"\r\n\r\n")[2]:
            chunk = connection.recv(4096)
            if not chunk:
                return False
            received += chunk
    return True


def notebook_link(name: str) -> str:
    """The address that leads from one app to another: ``notebook_link("progress")``.

    Under Voila it is absolute on the server; in JupyterLab it is relative to the open notebook.
    """
    return f"{_base_url()}voila/render/{name}.ipynb" if _BASE_URL in os.environ else f"{name}.ipynb"


def _base_url() -> str:
    return os.environ.get(_BASE_URL, "/")
