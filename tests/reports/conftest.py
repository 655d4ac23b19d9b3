from __future__ import annotations

import pytest
from framed import framed, practise_well
from practised import practised, store

from itpm_prep.reports.frames import Frames
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record

pytest.register_assert_rewrite("printed")  # so that its assertions, too, tell what they found


@pytest.fixture
def empty(tmp_path) -> Record:
    return open_record(tmp_path / "practice.sqlite3")


@pytest.fixture
def full(empty) -> Record:
    store(empty, practised())
    return empty


@pytest.fixture(scope="module")
def frames(tmp_path_factory, bank) -> Frames:
    """The frames of a record with answers of every kind; no test changes them."""
    record = open_record(tmp_path_factory.mktemp("full") / "practice.sqlite3")
    store(record, practised())
    return framed(record, bank)


@pytest.fixture(scope="module")
def no_frames(tmp_path_factory, bank) -> Frames:
    """The frames of a record without answers."""
    return framed(open_record(tmp_path_factory.mktemp("empty") / "practice.sqlite3"), bank)


@pytest.fixture
def strong(empty) -> Frames:
    """The frames of a record in which the model has something to say."""
    practise_well(empty)
    return framed(empty)
