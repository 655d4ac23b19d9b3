"""The mock interview as a guest on the page of another app."""

from __future__ import annotations

from collections.abc import Callable

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.bank.compiled import Bank
from itpm_prep.store.record import Record
from itpm_prep.widgets.page import Page


class Guest(MockInterview):
    """The mock interview itself; where another one would begin, ``on_end`` shows that app again."""

    def __init__(self, page: Page, record: Record, bank: Bank, on_end: Callable[[], None]) -> None:
        super().__init__(page, record, bank, {})
        self.tab = page.tab or self.tab
        self._on_end = on_end

    def set_up(self) -> None:
        """Nothing is set up here: the interview is over."""
        self.interview = None
        self.page.release()
        self._on_end()
