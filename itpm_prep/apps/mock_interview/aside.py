"""What screens beside the interviews, such as kits and earlier answers, need of the mock interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from itpm_prep.apps.host import Host
from itpm_prep.bank.compiled import Entry
from itpm_prep.practice.records import Interview, Setup
from itpm_prep.widgets.blocks import Block


class AsideHost(Host, Protocol):
    """The mock interview as its screens beside the interviews see it."""

    def ask(self, setup: Setup, entries: Sequence[Entry]) -> None:
        """Begin an interview of these questions."""

    def open(self, interview: Interview) -> None:
        """Store a new interview and draw it."""

    def resume(self, interview_id: str) -> None:
        """Go on with an interview."""

    def set_up(self) -> None:
        """Draw the first screen."""

    def show_aside(self, *blocks: Block) -> None:
        """Show a screen that belongs to no interview."""
