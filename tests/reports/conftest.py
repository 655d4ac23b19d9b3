from __future__ import annotations

import pytest
from practised import practised, store

from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record


@pytest.fixture
def empty(tmp_path) -> Record:
    return open_record(tmp_path / "practice.sqlite3")


@pytest.fixture
def full(empty) -> Record:
    store(empty, practised())
    return empty


@pytest.fixture(scope="session")
def bank(tmp_path_factory) -> Bank:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITPM_PREP_HOME", str(tmp_path_factory.mktemp("home")))
        return load_bank()
