"""One guard around every handler: a plain message on the screen, the fault in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from logging.handlers import RotatingFileHandler
from typing import ParamSpec

from itpm_prep import settings
from itpm_prep.problems import PersonError

P = ParamSpec("P")
log = logging.getLogger("itpm_prep")

UNFORESEEN = (
    "Something went wrong here, and it is not your fault. What you submitted is safe. "
    "Reload the page to go on; the details are in {place}."
)


def guarded(say: Callable[[str], None]) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Wrap handlers so that a fault is shown through ``say`` and never reaches the page as a traceback."""

    def around(handler: Callable[P, None]) -> Callable[P, None]:
        @wraps(handler)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                handler(*args, **kwargs)
            except PersonError as fault:
                log.warning("%s: %s", _name(handler), fault)
                say(str(fault))
            except Exception:
                log.exception("fault in %s", _name(handler))
                say(UNFORESEEN.format(place=settings.log_file()))

        return run

    return around


def _name(handler: Callable[..., None]) -> str:
    """What the log calls a handler; a partial has no name of its own."""
    return getattr(handler, "__qualname__", repr(handler))


class LogFile(RotatingFileHandler):
    """A log that is left out, without a word, when the disk takes no more."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's signature
        """Not print a traceback: what the person has to know is on the screen."""


def start_log() -> None:
    """Send the package's log to its file; without a writable folder the log is dropped, not printed."""
    if log.handlers:
        return
    log.propagate = False
    try:
        settings.log_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = LogFile(
            settings.log_file(), maxBytes=500_000, backupCount=1, delay=True, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    except OSError:
        handler = logging.NullHandler()
    log.addHandler(handler)
