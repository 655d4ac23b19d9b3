"""What an interview asks by its mode, the set-up kept last, and the sets of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.due import choose_due, standings
from itpm_prep.practice.interviewers import choose_panel
from itpm_prep.practice.presets import Preset, decode_presets, encode_preset, name_preset
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import Selection, choose_questions
from itpm_prep.practice.target import aimed, read_target
from itpm_prep.problems import PersonError
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup

KIND = "preset"
LAST = "setup"  # the preference that fills in the form
PROBES_S = 60  # what two probes add to a question, for the estimate of the length
FIRST_SETUP = Setup(level="mid", categories=CATEGORIES, mode="practice", length=3, seed=0)


def choose_for(setup: Setup, bank: Bank, record: Record, now: datetime) -> Selection:
    """The questions of an interview: in turn by category, by interviewer, or what is due."""
    rng = Random(setup.seed)  # noqa: S311 - practice, not secrets
    if setup.mode == "drill":
        standing = standings(record.attempts(), record.ratings())
        return choose_due(bank.entries, setup, standing, now, rng)
    choose = choose_panel if setup.mode == "panel" else choose_questions
    return choose(bank.entries, setup, record.last_seen(), rng)


def last_setup(record: Record) -> Setup:
    """The set-up kept last; before there is one, the first that anybody sees, aimed at the target."""
    last = record.preference(LAST)
    if not last:
        return aimed(FIRST_SETUP, read_target(record.documents("target")))
    try:
        return msgspec.json.decode(last, type=Setup)
    except msgspec.MsgspecError:
        return FIRST_SETUP


def minutes_each(bank: Bank) -> float:
    """How long a question of the bank takes, on average."""
    seconds = [entry.prep_s + entry.target_s + PROBES_S for entry in bank.entries]
    return sum(seconds) / len(seconds) / 60


def days_left(record: Record, today: date) -> str:
    """The days to the interview in words; nothing once it is over, or while its date is not known."""
    chosen = record.preference("interview_date")
    if not chosen:
        return ""
    days = (date.fromisoformat(chosen) - today).days
    return f"{markup.plural(days, 'day')} to your interview" if days >= 0 else ""


def remember(record: Record, setup: Setup, before: Setup) -> None:
    """Keep a set-up to fill in the form with; what a phone screen fixes does not replace what was chosen."""
    if setup.mode == "phone" and not setup.preset:
        setup = replace(setup, categories=before.categories, specialisation=before.specialisation)
    record.prefer(LAST, msgspec.json.encode(setup).decode())


class Sets:
    """The sets kept in the record; ``on_change`` draws the form anew, filled in with the last set-up."""

    def __init__(self, record: Record, on_change: Callable[[], None]) -> None:
        self.record, self.on_change = record, on_change

    def read(self) -> list[Preset]:
        """All sets, oldest first."""
        return decode_presets(self.record.documents(KIND))

    def keep(self, typed: str, setup: Setup | str, now: datetime) -> None:
        """Keep a set-up under a name; ``PersonError`` when it is not whole or the name will not do."""
        if isinstance(setup, str):
            raise PersonError(setup)
        try:
            name = name_preset(typed, self.read())
        except ValueError as fault:
            raise PersonError(str(fault)) from fault
        preset = Preset(id=uuid4().hex, name=name, setup=replace(setup, preset=name))
        self.record.keep_document(KIND, preset.id, encode_preset(preset), now)
        self._show(preset.setup)

    def drop(self, preset_id: str) -> None:
        """Forget a set; what it holds stays in the form."""
        gone = next((one for one in self.read() if one.id == preset_id), None)
        self.record.drop_document(KIND, preset_id)
        if gone is not None:
            self._show(replace(gone.setup, preset=""))

    def _show(self, setup: Setup) -> None:
        self.record.prefer(LAST, msgspec.json.encode(setup).decode())
        self.on_change()
