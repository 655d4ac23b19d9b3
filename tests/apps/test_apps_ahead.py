"""The next screen is drawn while a person reads once more, and its clock starts when it is seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import interview as walk
import msgspec
import pytest
from browser import Server
from desk import SAVED, seconds_left, use_bank
from drawn import drawn, of_kind
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from practised import KEYED
from seen import Seen

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Rules, Setup
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.parts import AnswerForm, ClockFace

WORDS = "I told the sponsor two days after my first doubt, with three options and their costs."
OTHER = "Nothing was said until the steering committee met."


class Told(Seen):
    """A page that remembers what the browser is sent of the screens to come."""

    def __init__(self) -> None:
        super().__init__()
        self.foreseen: list[dict[str, Any]] = []
        self.revealed: list[int] = []
        self._frame.send = self._note

    def _note(self, told: dict[str, Any]) -> None:
        if "foresee" in told:
            self.foreseen.append(told["foresee"])
        if "reveal" in told:
            self.revealed.append(told["reveal"])


class Desk:
    """An interview of two questions in mock mode, its time told by the test."""

    def __init__(self, record: LocalRecord, bank: Bank) -> None:
        self.time = datetime.now(UTC)
        self.page, self.record = Told(), record
        self.app = MockInterview(self.page, record, bank, {})
        self.app.now = lambda: self.time  # type: ignore[method-assign]
        question = bank.question(KEYED)
        setup = Setup(level=question.level, categories=(question.category,), mode="mock", length=2, seed=1)
        self.app.ask(setup, [question, bank.question("BEH-GEN-001")])

    def let_pass(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def start(self) -> None:
        """Go on to the answer."""
        self.form.hear({"kind": "act", "action": "start", "texts": {}})

    def write(self, text: str) -> None:
        """Type into the first box; it is saved, and the browser tells that nothing more is typed."""
        self.form.hear({"kind": "draft", "box": self.box, "text": text, "number": 1})
        self.form.hear({"kind": "calm"})

    def submit(self, text: str) -> None:
        self.form.hear({"kind": "act", "action": "submit", "texts": {self.box: text}})

    @property
    def form(self) -> AnswerForm:
        return of_kind(self.page.blocks, AnswerForm)[0]

    @property
    def box(self) -> str:
        return str(self.form.spec["parts"][0]["box"])

    @property
    def left(self) -> float:
        """The seconds that the clock starts with."""
        return float(of_kind(self.page.blocks, ClockFace)[0].spec["left"])


@pytest.fixture
def desk(record: LocalRecord, bank: Bank) -> Desk:
    return Desk(record, bank)


def test_the_time_spent_thinking_is_not_taken_off_the_answer(desk: Desk) -> None:
    desk.let_pass(25)
    desk.start()
    whole = desk.left
    desk.app.draw()  # as after a reload
    assert desk.left == whole
    desk.let_pass(10)
    desk.app.draw()
    assert desk.left == whole - 10


def test_submit_shows_the_screen_that_was_drawn_ahead_and_stores_what_was_submitted(desk: Desk) -> None:
    desk.start()
    desk.write(WORDS)
    drawn_ahead = desk.page.foreseen[-1]
    count = len(desk.page.foreseen)
    desk.let_pass(7)
    assert not desk.record.attempts()
    desk.submit(WORDS)
    assert len(desk.page.foreseen) == count
    assert desk.page.revealed[-1] == drawn_ahead["number"]
    assert [block.spec for block in desk.page.blocks] == drawn_ahead["blocks"]
    (attempt,) = desk.record.attempts()
    assert WORDS in attempt.parts.values()
    assert attempt.submitted_at == desk.time


def test_another_answer_than_the_one_foreseen_gets_its_own_screen(desk: Desk) -> None:
    desk.start()
    desk.write(WORDS)
    foreseen = desk.page.foreseen[-1]["number"]
    desk.submit(OTHER)
    (attempt,) = desk.record.attempts()
    assert OTHER in attempt.parts.values()
    assert desk.page.revealed[-1] != foreseen
    assert OTHER in drawn(desk.page.blocks).words  # the follow-up shows the answer beside it


def test_nothing_is_drawn_ahead_of_an_empty_answer(desk: Desk) -> None:
    desk.start()
    count = len(desk.page.foreseen)
    desk.write("  ")
    assert len(desk.page.foreseen) == count


def test_the_screen_drawn_ahead_is_the_one_that_is_worked_with(desk: Desk) -> None:
    desk.start()
    desk.write(WORDS)
    desk.submit(WORDS)
    (ahead,) = (block for block in desk.page.foreseen[-1]["blocks"] if block["kind"] == "answer")
    box = ahead["parts"][0]["box"]
    desk.page._hear(
        desk.page._frame,
        {"block": ahead["id"], "kind": "act", "action": "reply", "texts": {box: OTHER}},
        [],
    )
    (reply,) = desk.record.replies()
    assert reply.text == OTHER


@pytest.mark.browser
def test_the_clock_of_a_screen_that_was_drawn_ahead_starts_when_it_is_seen(
    app_server: Server, page: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_bank(tmp_path / "bank", monkeypatch, "SCN-SOF-001", "BEH-GEN-001")
    rules = Rules(think_s=60, answer_s=180, takes=1, probes=0, scores="end")
    setup = Setup(
        level="senior", categories=("behavioral", "scenario"), mode="own", length=2, seed=1, rules=rules
    )
    open_record().prefer("setup", msgspec.json.encode(setup).decode())
    walk.open_app(page, app_server)
    walk.press(page, "Begin")
    walk.start_answering(page)
    walk.fill_answer(page, WORDS)
    expect(page.locator(".foot [role=status]")).to_have_text(SAVED)
    page.wait_for_timeout(8_000)
    walk.submit(page)
    assert seconds_left(page) > 60 - 6
    page.wait_for_timeout(2_000)
    assert seconds_left(page) <= 60 - 2
