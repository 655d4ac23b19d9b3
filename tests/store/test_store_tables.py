"""Opening the record stays light, and says what it is."""

from __future__ import annotations

import subprocess
import sys

from itpm_prep.store.local import LocalRecord
from itpm_prep.store.record import Record

LIST_MODULES = "import sys, {module}; print(*sys.modules)"


def loaded(module: str) -> set[str]:
    command = [sys.executable, "-c", LIST_MODULES.format(module=module)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    return set(listed.stdout.split())


def test_the_interface_can_be_imported_without_a_database_library() -> None:
    assert "sqlalchemy" not in loaded("itpm_prep.store.record")


def test_the_local_record_loads_no_frames_no_widgets_and_no_object_mapper() -> None:
    assert not loaded("itpm_prep.store.local") & {"pandas", "numpy", "ipywidgets", "yaml", "sqlalchemy.orm"}


def test_the_local_record_leaves_no_method_of_the_interface_out() -> None:
    promised = {name for name in vars(Record) if not name.startswith("_")}
    assert promised <= set(vars(LocalRecord))
