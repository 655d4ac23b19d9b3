"""What the calibrate app does when the record, the bank or another tab gets in its way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from drawn import drawn, labels, of_kind, press

from itpm_prep.apps.calibrate import Calibrate
from itpm_prep.bank.compiled import Bank, bank_of, load_bank
from itpm_prep.practice.records import Calibration
from itpm_prep.problems import NotSaved
from itpm_prep.settings import bank_dir
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Block, Choice
from itpm_prep.widgets.page import Page

NOW = datetime(2026, 11, 3, tzinfo=UTC)
BANK = load_bank(bank_dir())


class Shown(Page):
    """A page that keeps what it shows and says."""

    def __init__(self) -> None:
        self.screen: tuple[Block, ...] = ()
        self.said = ""
        super().__init__()

    def show(self, *blocks: Block, **_: object) -> None:
        self.screen, self.said = blocks, ""

    def say(self, words: str) -> None:
        self.said = words

    def hush(self) -> None:
        self.said = ""


class Full(LocalRecord):
    """A record whose disk takes nothing while ``full``."""

    full = False

    def keep_document(self, kind: str, document_id: str, text: str, now: datetime) -> None:
        if self.full:
            raise NotSaved("The disk is full.")
        super().keep_document(kind, document_id, text, now)


@pytest.fixture
def record(home: Path) -> Iterator[Full]:
    home.mkdir()
    open_record().close()
    with Full(home / "practice.sqlite3") as record:
        yield record


def tab(record: LocalRecord, bank: Bank = BANK) -> Shown:
    page = Shown()
    Calibrate(page, record, bank).intro()
    return page


def begun(record: LocalRecord) -> Shown:
    page = tab(record)
    press(page.screen, "Begin")
    return page


def scales(page: Shown) -> list[Choice]:
    return of_kind(page.screen, Choice)


def mark(page: Shown, criterion: int, chosen: int) -> None:
    scales(page)[criterion].hear({"chosen": [str(chosen)]})


def mark_all(page: Shown, chosen: int) -> None:
    for criterion in range(4):
        mark(page, criterion, chosen)


def finish(page: Shown) -> None:
    for number in range(6):
        mark_all(page, 3)
        press(page.screen, "See the key" if number == 5 else "Next answer")


def test_a_mark_that_could_not_be_stored_is_said_and_stored_with_the_next_one(record: Full) -> None:
    page = begun(record)
    record.full = True
    mark(page, 0, 4)
    assert page.said == "The disk is full."
    assert scales(page)[0].chosen == ["4"]
    record.full = False
    mark(page, 1, 2)
    assert page.said == ""
    other = tab(record)
    press(other.screen, "Resume")
    assert [scale.chosen for scale in scales(other)] == [["4"], ["2"], [], []]


def test_two_tabs_that_mark_the_same_gate_take_nothing_from_each_other(record: Full) -> None:
    one = begun(record)
    two = tab(record)
    press(two.screen, "Resume")
    mark(one, 0, 4)
    mark(two, 1, 2)
    mark(one, 2, 5)
    third = tab(record)
    press(third.screen, "Resume")
    assert [scale.chosen for scale in scales(third)] == [["4"], ["2"], ["5"], []]


def test_a_tab_whose_gate_was_finished_elsewhere_says_so(record: Full) -> None:
    one = begun(record)
    two = tab(record)
    press(two.screen, "Resume")
    finish(two)
    mark(one, 0, 5)
    assert "finished or started anew in another tab" in one.said
    assert len(record.calibrations()) == 1
    assert record.documents("gate") == {}


def test_no_step_is_taken_before_every_mark_is_given(record: Full) -> None:
    page = begun(record)
    mark(page, 0, 3)
    press(page.screen, "Next answer")
    assert page.said.startswith("Still to mark: ")
    assert len(page.said.split(", ")) == 3


def test_one_can_leave_go_back_and_start_anew(record: Full) -> None:
    page = begun(record)
    mark_all(page, 3)
    press(page.screen, "Next answer")
    press(page.screen, "Back")
    assert [scale.chosen for scale in scales(page)] == [["3"]] * 4
    press(page.screen, "Leave for now")
    assert "You stopped at answer 1 of 6" in drawn(page.screen).words
    press(page.screen, "Start anew")
    assert record.documents("gate") == {}
    assert "Begin" in labels(page.screen)


def test_a_gate_whose_result_is_stored_is_not_offered_again(record: Full) -> None:
    page = begun(record)
    (gate_id,) = record.documents("gate")
    kept = record.documents("gate")[gate_id]
    finish(page)
    record.keep_document("gate", gate_id, kept, NOW)  # as when it could not be dropped
    assert "Resume" not in labels(tab(record).screen)


def test_a_gate_stays_where_it_is_when_its_result_cannot_be_stored(
    record: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(record)
    for _ in range(5):
        mark_all(page, 3)
        press(page.screen, "Next answer")
    mark_all(page, 3)

    def refuse(_: Calibration) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(record, "calibrate", refuse)
        press(page.screen, "See the key")
        assert page.said == "The disk is full."
        assert "You and the key" not in drawn(page.screen).words
    press(page.screen, "See the key")
    assert len(record.calibrations()) == 1


def test_a_gate_whose_answers_have_left_the_bank_can_only_be_started_anew(record: Full) -> None:
    begun(record)
    page = tab(record, bank_of([BANK.question("SCN-SOF-001")]))
    assert "the bank no longer holds its answers" in drawn(page.screen).words
    press(page.screen, "Start anew")
    assert "A gate needs 6 keyed sample answers" in drawn(page.screen).words


def test_a_stored_gate_that_cannot_be_read_is_left_alone(record: Full) -> None:
    record.keep_document("gate", "g1", '{"of": "a later version"}', NOW)
    record.keep_document("gate", "g2", "[", NOW)
    page = begun(record)
    mark(page, 0, 3)
    assert page.said == ""
    assert {"g1", "g2"} < record.documents("gate").keys()


def test_the_level_is_that_of_the_last_interview(record: Full) -> None:
    record.prefer("setup", '{"level": "director", "mode": "mock"}')
    assert scales(tab(record))[0].chosen == ["director"]
    record.prefer("setup", "{")
    assert scales(tab(record))[0].chosen == ["mid"]


def test_the_next_gate_takes_other_answers_and_each_can_be_seen_again(record: Full) -> None:
    page = begun(record)
    finish(page)
    press(page.screen, "Done")
    press(page.screen, "Begin")
    finish(page)
    first, second = record.calibrations()
    answers = [{(one.question_id, one.label) for one in gate.marks} for gate in (first, second)]
    assert not answers[0] & answers[1]
    press(page.screen, "Done")
    (listing,) = (block for block in page.screen if block.kind == "listing")
    listing.hear({"value": first.id})
    assert f"{sum(abs(m.chosen - m.key) for m in first.marks) / 24:.2f}" in drawn(page.screen).words
