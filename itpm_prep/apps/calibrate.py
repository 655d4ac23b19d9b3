"""The gate: rate six keyed sample answers blind, then see the key and the distance from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from random import SystemRandom
from typing import TypeVar
from uuid import uuid4

import msgspec

from itpm_prep.apps.opening import opened
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.bank.types import LEVELS, Level, Question
from itpm_prep.practice import gate as gates
from itpm_prep.practice.calibration import standing, standing_words
from itpm_prep.practice.gate import Gate, Sample
from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.problems import StoreError
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import calibrate_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.page import Page

KIND = "gate"
ELSEWHERE = "This gate was finished or started anew in another tab. Reload the page to go on from there."
T = TypeVar("T")


class _Setup(msgspec.Struct, frozen=True):
    """What matters here of the set-up of the last interview."""

    level: Level


def calibrate() -> Page:
    """The gate as a widget: rate six sample answers blind, then see their key and your leniency."""
    return opened("Calibrate", lambda page: Calibrate(page, open_record(), load_bank()).intro())


class Calibrate:
    """Stores each mark as it is given, and draws what stands in the record."""

    def __init__(self, page: Page, record: Record, bank: Bank) -> None:
        self.page, self.record, self.bank = page, record, bank
        self.guard = guarded(page.say)
        self.unsaved: dict[tuple[int, str], int] = {}  # marks that could not be stored yet

    @staticmethod
    def now() -> datetime:
        """The time, in the person's own time zone."""
        return datetime.now(UTC).astimezone()

    @cached_property
    def samples(self) -> list[Sample]:
        """Every keyed answer of the bank."""
        return gates.samples_of(self.bank.question(entry.id) for entry in self.bank.entries)

    # Intro ------------------------------------------------------------------------------------

    def intro(self) -> None:
        """Where one stands, and the way into a gate."""
        history = self.record.calibrations()
        found = standing(history, self.now())
        told = standing_words(found, self.now())
        if found.state == "calibrated":
            told = f"{told} {screens.EARLY}"
        start = self._start(self._unfinished(history))
        self.page.show(*screens.intro_screen(told, start, history, self._on(self._open), self.now()))

    def _start(self, left: Gate | None) -> Sequence[Block]:
        if left is not None:
            anew = self.guard(lambda: self._drop(left.id))
            if all(self._answer(sample) is not None for sample in left.samples):
                return screens.resume_blocks(left, self.guard(lambda: self._draw(left)), anew)
            return screens.changed_blocks(anew)
        if words := gates.lack(self.samples):
            return screens.lack_blocks(words)
        return screens.begin_blocks(self._level(), self._on(self._begin))

    def _unfinished(self, history: Sequence[Calibration]) -> Gate | None:
        """The gate that was left; one whose result is stored already is over, whatever became of it."""
        over = {one.id for one in history}
        for stored in reversed(self.record.documents(KIND).values()):
            try:
                gate = msgspec.json.decode(stored, type=Gate)
            except msgspec.MsgspecError:  # of a later version: leave it to that one
                continue
            if gate.id not in over:
                return gate
        return None

    def _level(self) -> Level:
        try:
            return msgspec.json.decode(self.record.preference("setup") or "", type=_Setup).level
        except msgspec.MsgspecError:
            return "mid"

    def _begin(self, level: str) -> None:
        known = next(one for one in LEVELS if one == level)
        chosen = gates.choose_samples(self.samples, known, self.record.calibrations(), SystemRandom())
        gate = gates.begin(chosen, known, uuid4().hex, self.now())
        self.unsaved.clear()
        self._store(gate)
        self._draw(gate)

    def _drop(self, gate_id: str) -> None:
        self.record.drop_document(KIND, gate_id)
        self.intro()

    # Rating -----------------------------------------------------------------------------------

    def _draw(self, gate: Gate) -> None:
        """The answer at hand."""
        sample = gate.samples[gate.position]
        answer = self._answer(sample)
        if answer is None:
            self.intro()
            return
        self.page.show(
            *screens.sample_screen(
                gate,
                self.bank.question(sample.question_id),
                answer,
                guarded(self.page.say)(lambda criterion, chosen: self._mark(gate, criterion, chosen)),
                self.guard(lambda: self._turn(gate, -1)),
                self.guard(lambda: self._next(gate)),
            )
        )

    def _mark(self, shown: Gate, criterion: str, chosen: int) -> None:
        self.unsaved[shown.position, criterion] = chosen
        self._store(self._merged(shown.id))
        self.page.hush()

    def _turn(self, shown: Gate, by: int) -> None:
        gate = self._merged(shown.id)
        leaving = shown.position + by < 0
        gate = gates.turn_to(gate, shown.position + by)
        self._store(gate)
        if leaving:
            self.intro()
        else:
            self._draw(gate)

    def _next(self, shown: Gate) -> None:
        gate = self._merged(shown.id)
        for position in range(shown.position + 1):  # another tab may have gone ahead of this one
            left = gates.open_criteria(gate, position, self._question(gate.samples[position]))
            if left:
                place = "" if position == shown.position else f" of answer {position + 1}"
                self.page.say(f"Still to mark{place}: {', '.join(left)}.")
                return
        if shown.position + 1 < len(gate.samples):
            self._turn(shown, 1)
        else:
            self._finish(gate)

    def _finish(self, gate: Gate) -> None:
        questions = {sample.question_id: self._question(sample) for sample in gate.samples}
        taken = gates.close(gate, questions, self.now())
        self.record.calibrate(taken)
        self.record.drop_document(KIND, gate.id)
        self.unsaved.clear()
        self._show(taken)

    def _merged(self, gate_id: str) -> Gate:
        """The gate as it is stored, with what this tab could not store yet; another tab may mark it too."""
        stored = self.record.documents(KIND).get(gate_id)
        if stored is None:
            self.unsaved.clear()
            raise StoreError(ELSEWHERE)
        gate = msgspec.json.decode(stored, type=Gate)
        for (position, criterion), chosen in self.unsaved.items():
            gate = gates.give_mark(gate, position, criterion, chosen)
        return gate

    def _store(self, gate: Gate) -> None:
        self.record.keep_document(KIND, gate.id, msgspec.json.encode(gate).decode(), self.now())
        self.unsaved.clear()

    # Result -----------------------------------------------------------------------------------

    def _open(self, gate_id: str) -> None:
        self._show(next(one for one in self.record.calibrations() if one.id == gate_id))

    def _show(self, taken: Calibration) -> None:
        by_sample: dict[tuple[str, str], list[KeyedMark]] = {}
        for mark in taken.marks:
            by_sample.setdefault((mark.question_id, mark.label), []).append(mark)
        answered = [self._answered(marks) for marks in by_sample.values()]
        self.page.show(*screens.result_screen(taken, answered, self.guard(self.intro), self.now()))

    def _answered(self, marks: Sequence[KeyedMark]) -> screens.Answered:
        held = self.bank.question(marks[0].question_id) if marks[0].question_id in self.bank else None
        benchmark = gates.benchmark_of(marks[0], held)
        return screens.Answered(marks, held if benchmark else None, benchmark)

    # The bank ---------------------------------------------------------------------------------

    def _question(self, sample: Sample) -> Question:
        return self.bank.question(sample.question_id)

    def _answer(self, sample: Sample) -> str | None:
        """The text of a sample; None when the bank no longer holds it."""
        held = self._question(sample) if sample.question_id in self.bank else None
        benchmark = gates.benchmark_of(sample, held)
        return benchmark.text if benchmark else None

    def _on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        return guarded(self.page.say)(step)
