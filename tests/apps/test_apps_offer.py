"""What the set-up offers of an interview that was left."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from drawn import drawn, labels, press
from msgspec.structs import replace
from seen import Seen

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.offer import HELD_FOR, ResumeOffer
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Interview, Phase, Setup, Turn
from itpm_prep.store.record import Record

NOON = datetime(2026, 11, 22, 12, 0).astimezone()
LATER = NOON + timedelta(minutes=5)


class Desk:
    """An offer and what was chosen of it."""

    def __init__(self, record: Record) -> None:
        self.chosen: list[tuple[str, str]] = []
        self.offer = ResumeOffer(
            record,
            lambda id_: self.chosen.append(("resume", id_)),
            lambda id_: self.chosen.append(("anew", id_)),
        )

    def words(self, tab: str = "mine", now: datetime = LATER) -> str:
        self.offer.refresh(tab, now)
        return drawn([self.offer.slot]).words

    @property
    def buttons(self) -> list[str]:
        return labels([self.offer.slot])


def left(
    record: Record, *, phase: Phase = "answer", position: int = 1, done: int = 1, at: datetime = NOON
) -> Interview:
    """An interview of three questions left by another tab."""
    setup = Setup(level="senior", categories=("scenario",), mode="practice", length=3, seed=1)
    turns = tuple(
        Turn(question_id="SCN-SOF-001", question_version=1, outcome="answered" if n < done else "open")
        for n in range(3)
    )
    interview = Interview(
        id="i1", setup=setup, bank_hash="b", turns=turns, started_at=at, touched_at=at, phase=phase,
        position=position,
    )  # fmt: skip
    record.begin(interview, "other", at)
    return interview


def test_with_nothing_left_there_is_nothing_to_resume(record: Record) -> None:
    desk = Desk(record)
    assert desk.words() == ""
    assert desk.buttons == []


def test_an_interview_left_today_is_offered_with_its_place_and_time(record: Record) -> None:
    left(record)
    desk = Desk(record)
    assert desk.words() == "You stopped at question 2 of 3 today at 12:00. Nothing was lost."
    assert desk.buttons == ["Resume", "Start anew"]


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "today at"), (1, "yesterday at"), (2, "on 20 November at"), (40, "on 13 October at")],
)
def test_the_day_it_was_left_is_told_as_one_would_say_it(record: Record, days: int, told: str) -> None:
    left(record, at=(NOON.replace(tzinfo=None) - timedelta(days=days)).astimezone())
    assert told in Desk(record).words()


def test_a_minute_after_midnight_the_evening_before_was_yesterday(record: Record) -> None:
    left(record, at=NOON.replace(hour=23, minute=58))
    assert "yesterday at 23:58" in Desk(record).words(
        now=NOON.replace(hour=23, minute=58) + timedelta(minutes=3)
    )


def test_an_interview_left_at_the_debrief_says_so(record: Record) -> None:
    left(record, phase="debrief", position=2, done=3)
    assert "You stopped at the debrief today" in Desk(record).words()


@pytest.mark.parametrize("phase", ["probes", "flags", "score", "review"])
def test_the_last_question_is_not_yet_the_debrief_while_it_is_probed_or_scored(
    record: Record, phase: Phase
) -> None:
    left(record, phase=phase, position=2, done=3)
    assert "at question 3 of 3" in Desk(record).words()


def test_a_tab_that_still_holds_the_interview_is_told_and_can_be_taken_over_from(record: Record) -> None:
    left(record)
    desk = Desk(record)
    words = desk.words(now=NOON + timedelta(seconds=1))
    assert words == (
        "This interview is open in another tab, at question 2 of 3. If you go on here, the other tab stops."
    )
    assert desk.buttons == ["Take over here", "Start anew"]


def test_the_tab_that_holds_the_interview_itself_simply_resumes(record: Record) -> None:
    left(record)
    desk = Desk(record)
    assert "You stopped" in desk.words(tab="other", now=NOON + timedelta(seconds=1))
    assert desk.buttons == ["Resume", "Start anew"]


def test_a_tab_not_heard_of_for_a_while_holds_nothing_any_more(record: Record) -> None:
    left(record)
    desk = Desk(record)
    assert "another tab" in desk.words(now=NOON + HELD_FOR - timedelta(seconds=1))
    assert "You stopped" in desk.words(now=NOON + HELD_FOR)
    assert desk.buttons == ["Resume", "Start anew"]


def test_a_tab_that_is_heard_of_again_holds_on(record: Record) -> None:
    interview = left(record)
    record.alive(interview, "other", LATER)
    assert "another tab" in Desk(record).words(now=LATER + timedelta(seconds=1))


def test_both_buttons_name_the_interview_that_was_offered(record: Record) -> None:
    left(record)
    desk = Desk(record)
    desk.words()
    press([desk.offer.slot], "Resume")
    press([desk.offer.slot], "Start anew")
    assert desk.chosen == [("resume", "i1"), ("anew", "i1")]


def test_an_offer_that_still_holds_is_not_drawn_again_under_the_hand(record: Record) -> None:
    left(record)
    desk = Desk(record)
    desk.words()
    before = desk.offer.slot.inner
    desk.words(now=LATER + timedelta(seconds=5))
    assert desk.offer.slot.inner is before


def test_the_offer_follows_when_the_other_tab_goes_on_or_ends(record: Record) -> None:
    interview = left(record)
    desk = Desk(record)
    assert "question 2 of 3" in desk.words()
    record.advance(replace(interview, position=2), [], "other", LATER)
    assert "question 3 of 3" in desk.words(now=LATER + timedelta(minutes=1))
    record.advance(replace(interview, ended=True), [], "other", LATER)
    assert desk.words(now=LATER + timedelta(minutes=1)) == ""
    assert desk.buttons == []


def test_begin_does_not_end_what_is_still_open_and_start_anew_makes_room(record: Record, bank: Bank) -> None:
    interview = left(record)
    page = Seen()
    app = MockInterview(page, record, bank, {"level": "senior"})
    app.set_up()
    page._hear(page._frame, {"kind": "tab", "tab": "mine"}, [])
    press(page.blocks, "Begin")
    assert "An interview is still unfinished. Resume it, or choose Start anew" in page.said
    unfinished = record.unfinished()
    assert unfinished is not None
    assert unfinished.id == interview.id
    press(page.blocks, "Start anew")
    assert page.said == ""
    press(page.blocks, "Begin")
    assert page.said == ""
    assert record.unfinished() == app.state() != interview
