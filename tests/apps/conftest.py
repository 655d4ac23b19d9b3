"""A record of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from itpm_prep.store.local import LocalRecord, open_record


@pytest.fixture
def record(home: Path) -> Iterator[LocalRecord]:
    with open_record(home / "practice.sqlite3") as record:
        yield record
