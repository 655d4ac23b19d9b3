"""What the set-up offers of an interview that was left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from itpm_prep.practice.records import Interview
from itpm_prep.problems import PersonError
from itpm_prep.store.record import Record
from itpm_prep.widgets.blocks import Row
from itpm_prep.widgets.setup_screen import place_of, resume_note

HELD_FOR = timedelta(seconds=15)  # a tab that was heard of more recently than this still holds its interview


def expect_none_open(record: Record) -> None:
    """Raise ``PersonError`` while an interview is unfinished: beginning another would end it."""
    if record.unfinished() is not None:
        raise PersonError(
            "An interview is still unfinished. Resume it, or choose Start anew, at the set-up of the mock "
            "interview first: what you typed in it must not be lost."
        )


class ResumeOffer:
    """Resume, or take over from the tab that holds it; ``refresh`` keeps it true while it is shown."""

    def __init__(
        self, record: Record, on_resume: Callable[[str], None], on_anew: Callable[[str], None]
    ) -> None:
        self.record, self.on_resume, self.on_anew = record, on_resume, on_anew
        self.slot = Row(look="")
        self._shown: tuple[str, str] | None = None

    def refresh(self, tab: str, now: datetime) -> None:
        """Offer what stands in the record now to this tab."""
        left = self.record.unfinished()
        if left is None:
            self._shown = None
            self.slot.fill()
            return
        held = self._is_held(left, tab, now)
        offer = (left.id, _words(left, now, held=held))
        if offer != self._shown:
            self._shown = offer
            self._draw(*offer, "Take over here" if held else "Resume")

    def _draw(self, interview_id: str, words: str, go_on: str) -> None:
        resume, anew = (partial(act, interview_id) for act in (self.on_resume, self.on_anew))
        self.slot.fill(*resume_note(words, go_on, resume, anew))

    def _is_held(self, left: Interview, tab: str, now: datetime) -> bool:
        holder = self.record.holder(left.id)
        return holder is not None and holder.tab != tab and now - holder.seen_at < HELD_FOR


def _words(left: Interview, now: datetime, *, held: bool) -> str:
    place = place_of(left)
    if held:
        return f"This interview is open in another tab, {place}. If you go on here, the other tab stops."
    at = left.touched_at.astimezone()
    when = f"{_day(at.date(), now.astimezone().date())} at {at:%H:%M}"
    return f"You stopped {place} {when}. Nothing was lost."


def _day(day: date, today: date) -> str:
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"on {day:%d %B}")
