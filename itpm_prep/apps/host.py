"""What the screens of an app need of it, whichever app it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from itpm_prep.bank.compiled import Bank
from itpm_prep.store.record import Record
from itpm_prep.widgets.page import Page


class Host(Protocol):
    """The controller as its screens see it; a screen that needs more of it extends this."""

    page: Page
    record: Record
    bank: Bank

    def now(self) -> datetime:
        """The time, aware; in which zone, the app says."""

    def act(self, step: Callable[[], None]) -> Callable[[], None]:
        """``step`` as a handler that shows its faults."""
