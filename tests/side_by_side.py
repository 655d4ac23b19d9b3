"""Which tests may run at the same time: pytest-xdist hands them out file by file.

xdist's own ``xdist_group`` marks are not used: xdist 3.8 passes the group on in a test's id, which pytest 9.2
lets nobody change, so that the marks are silently without effect (pytest-xdist issue 1386).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

SERVERS = "servers and browsers"
# What every such file has: the helpers for servers, or the mark of a browser test.
_SIGN = re.compile(r"^from browser import |^import browser\b|\bpytest\.mark\.browser\b", re.MULTILINE)
_FIXTURES = frozenset({"serve", "chromium", "speaking_chromium"})


@cache
def needs_the_machine(file: Path) -> bool:
    """Whether a file's tests start servers or browsers: these want ports, cores and patience."""
    return file.suffix == ".py" and bool(_SIGN.search(file.read_text("utf-8")))


class OneServerAtATime(LoadFileScheduling):
    """A file is never split, and all files with servers or browsers are one long unit of one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return SERVERS if needs_the_machine(self.config.rootpath / file) else file


def check_signs(items: Iterable[pytest.Item]) -> None:
    """Let no test start a server or a browser in a file that does not show it; ``UsageError`` names it."""
    for item in items:
        if not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ())) and not needs_the_machine(item.path):
            raise pytest.UsageError(f"{item.nodeid} uses a browser: mark it with pytest.mark.browser")
