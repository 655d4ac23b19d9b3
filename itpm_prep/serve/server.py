"""The app server: a hardened Voila on this machine's own address."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import shutil
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError
from voila.app import Voila
from voila.paths import STATIC_ROOT
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from itpm_prep.problems import PersonError
from itpm_prep.serve.config import TEMPLATE, TEMPLATES, Limits, configure
from itpm_prep.serve.pages import START, AppPage, NoSuchPage, ToStart
from itpm_prep.serve.scripts import SCRIPTS, Scripts, static_paths

_KERNEL_ID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


USUAL_PORT = 8877


class DiscreetFormatter(logging.Formatter):
    """Leaves kernel ids out of the log: whoever knows one may talk to that kernel."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return _KERNEL_ID.sub("(kernel)", super().format(record))


class PageGone(logging.Filter):
    """Leaves out that a page was gone while it still connected, over which jupyter_server 2.21 stumbles."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is news to anybody."""
        fault = record.exc_info[1] if record.exc_info else None
        return not (isinstance(fault, AttributeError) and fault.name == "kernel_ws_protocol")


class AppServer(Voila):
    """Voila with our pages, our template, and a clean end."""

    name = "voila"  # its traits are configured under the names that Voila documents

    def serve(self, listener: socket.socket, ready: Callable[[str], None], *, browse: bool) -> None:
        """Answer on ``listener`` until SIGINT or SIGTERM; ``ready`` gets the address of the start page."""
        self.listener, self.ready, self.open_browser = listener, ready, browse
        asyncio.set_event_loop(asyncio.new_event_loop())
        asyncio.get_event_loop().set_exception_handler(_leave_out_closed_pages)
        self.ioloop = IOLoop.current()
        self.initialize([])
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        self.start()

    def load_config_file(self, *_args: Any, **_kwargs: Any) -> None:
        """Read no configuration file: a forgotten one could undo the hardening."""

    def setup_template_dirs(self) -> None:
        """Take the template from the package, the scripts from Voila."""
        self.template_paths = [str(TEMPLATES / TEMPLATE)]
        self.static_paths = [*static_paths(), STATIC_ROOT]

    def init_settings(self) -> dict[str, Any]:
        """Draw every error page with our template."""
        settings: dict[str, Any] = super().init_settings()
        settings["jinja2_env"] = settings["voila_jinja2_env"]
        settings["default_handler_class"] = NoSuchPage
        return settings

    def init_handlers(self) -> list[Any]:
        """Voila's handlers with our page in place of its own, and without lists of files."""
        closed = (TornadoVoilaTreeHandler, VoilaContentsHandler)
        handlers = [rule for rule in super().init_handlers() if rule[1] not in closed]
        swapped = [
            (rule[0], AppPage, *rule[2:]) if rule[1] is TornadoVoilaHandler else rule for rule in handlers
        ]
        scripts = url_path_join(self.base_url, rf"/itpm/\w+/({'|'.join(SCRIPTS)})")
        return [(self.base_url, ToStart), (scripts, Scripts), *swapped]

    def listen(self) -> None:
        """Answer until told to stop."""
        HTTPServer(self.app).add_sockets([self.listener])
        self.ioloop.add_callback(self._announce)
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def _announce(self) -> None:
        address = url_path_join(f"http://{self.ip}:{self.port}{self.base_url}", START)
        self.ready(address)
        if self.open_browser:
            # Some browsers keep their caller waiting; a daemon thread does not hold up the end.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    def stop(self) -> None:
        """End every kernel, then remove what they connected by."""
        # Pages that were being rendered break off now; that is no news to anybody.
        logging.disable(logging.CRITICAL)
        self.ioloop.run_sync(self.kernel_manager.shutdown_all)
        shutil.rmtree(self.connection_dir)


def _leave_out_closed_pages(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody waited for, but not that a page was gone before its last message reached it."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def bind(port: int | None) -> tuple[socket.socket, int]:
    """A listening socket on 127.0.0.1 and its port; the usual one, or any free one, when ``port`` is None.

    Raises ``PersonError`` when the port cannot be had.
    """
    try:
        listener = _usual() if port is None else socket.create_server(("127.0.0.1", port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} is in use. Choose another with --port, or leave --port out."
        else:
            message = (
                f"Port {port} cannot be used: {os.strerror(error.errno or 0)}. Choose another with --port."
            )
        raise PersonError(message) from error
    listener.setblocking(False)  # noqa: FBT003 -- its only argument
    return listener, listener.getsockname()[1]


def _usual() -> socket.socket:
    """A socket on the usual port, so that a browser finds again what it kept for this address."""
    try:
        return socket.create_server(("127.0.0.1", USUAL_PORT))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))


def serve_apps(
    notebooks: Path,
    ready: Callable[[str], None],
    *,
    port: int | None = None,
    browse: bool = True,
    limits: Limits | None = None,
) -> None:
    """Serve a folder of notebooks until SIGINT or SIGTERM.

    ``ready`` is called with the address once the server answers. Raises ``PersonError`` when the
    port cannot be had.
    """
    listener, bound = bind(port)
    server = AppServer.instance(config=configure(notebooks, limits or Limits(), bound))
    server.logging_config = {
        "formatters": {"console": {"class": f"{__name__}.DiscreetFormatter", "format": "%(message)s"}},
        "filters": {"page_gone": {"()": f"{__name__}.PageGone"}},
        "handlers": {"console": {"filters": ["page_gone"]}},
        "loggers": {"tornado": {"level": "ERROR", "handlers": ["console"]}},
    }
    server.serve(listener, ready, browse=browse)
