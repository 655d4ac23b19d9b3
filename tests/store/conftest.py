from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import LocalRecord, open_record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[LocalRecord]:
    with open_record(tmp_path / "practice.sqlite3") as record:
        yield record


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[LocalRecord]:
    """A second record, elsewhere."""
    with open_record(tmp_path / "other" / "practice.sqlite3") as record:
        yield record


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with open_cohort(tmp_path / "cohort.sqlite3") as cohort:
        yield cohort
