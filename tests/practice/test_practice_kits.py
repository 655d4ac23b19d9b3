"""How far a learner has come with a kit, and what an interview of it is like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit_samples import ASKED, DUE, KIT_ID, MADE, answer, sample_kit
from practice_samples import sample_question

from itpm_prep.bank.compiled import bank_of
from itpm_prep.practice import interview as steps
from itpm_prep.practice import retry
from itpm_prep.practice.kits import (
    KitError,
    KitQuestion,
    answered_at,
    checked,
    due_words,
    expect_due_later,
    minutes_of,
    setup_of,
    sort_out,
    standing_of,
)
from itpm_prep.practice.moves import Answer
from itpm_prep.practice.presets import rules_of
from itpm_prep.practice.records import Attempt, Rules

SOON, AFTER = MADE + timedelta(days=1), DUE + timedelta(seconds=1)
ALL = [answer(one, hours) for hours, one in enumerate(ASKED)]
BANK = bank_of(
    [
        sample_question("scenario", "sbar", id="SCN-GEN-001", level="mid", specialisation="erp"),
        sample_question("behavioral", id="BEH-GEN-001", level="mid"),
        sample_question("behavioral", id="BEH-GEN-002", level="senior"),
    ]
)
KNOWN = tuple(KitQuestion(one) for one in ("BEH-GEN-002", "SCN-GEN-001", "BEH-GEN-001"))


# How far ------------------------------------------------------------------------------------------


def test_a_kit_is_done_when_its_last_question_is_answered_in_time() -> None:
    standing = standing_of(sample_kit(), ALL, AFTER)
    assert (standing.state, standing.answered, standing.questions) == ("done", 3, 3)
    assert standing.finished_at == ALL[-1].submitted_at


def test_it_is_late_when_the_last_answer_came_after_the_due_date() -> None:
    late = [*ALL[:2], answer(ASKED[2], 24 * 8)]
    assert standing_of(sample_kit(), late, DUE + timedelta(days=9)).state == "late"
    on_time = [*ALL[:2], answer(ASKED[2], 24 * 7)]
    assert standing_of(sample_kit(), on_time, AFTER).state == "done"


def test_what_is_not_whole_is_open_until_the_due_date_and_then_missing() -> None:
    for attempts in ([], ALL[:2]):
        assert standing_of(sample_kit(), attempts, SOON).state == "open"
        assert standing_of(sample_kit(), attempts, DUE).state == "open"
        assert standing_of(sample_kit(), attempts, AFTER).state == "missing"


def test_without_a_due_date_nothing_is_ever_late_or_missing() -> None:
    kit = sample_kit(due_at=None)
    assert standing_of(kit, [], AFTER).state == "open"
    assert standing_of(kit, ALL, AFTER).state == "done"


def test_a_question_passed_over_is_counted_apart_and_leaves_the_kit_open() -> None:
    standing = standing_of(sample_kit(), [*ALL[:2], answer(ASKED[2], 3, outcome="skipped")], SOON)
    assert (standing.state, standing.answered, standing.skipped) == ("open", 2, 1)
    again = answer(ASKED[2], 5, interview_id="i2")
    standing = standing_of(sample_kit(), [*ALL[:2], answer(ASKED[2], 3, outcome="skipped"), again], SOON)
    assert (standing.state, standing.skipped) == ("done", 0)


def test_of_several_takes_the_last_one_says_when_it_was_answered() -> None:
    takes = [answer(ASKED[2], 24 * 6), answer(ASKED[2], 24 * 8, take=2)]
    assert standing_of(sample_kit(), [*ALL[:2], *takes], DUE + timedelta(days=9)).state == "late"


def test_a_part_written_again_after_the_due_date_does_not_make_it_late() -> None:
    written = answer(ASKED[0], 24 * 9, retry_of=ALL[0].id, retry_part="action")
    assert standing_of(sample_kit(), [*ALL, written], DUE + timedelta(days=9)).state == "done"
    assert standing_of(sample_kit(), [written], AFTER).answered == 0


def test_answers_of_another_kit_or_of_none_do_not_count() -> None:
    others = [answer(one, 1, kit=kit) for one in ASKED for kit in ("", "ab" * 16)]
    strays = [answer("LDR-GEN-001", 1)]
    assert standing_of(sample_kit(), [*others, *strays], SOON).answered == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*ASKED, "LDR-GEN-001"]),
            st.integers(0, 24 * 10),
            st.sampled_from(["answered", "skipped"]),
            st.sampled_from(["i1", "i2"]),
            st.integers(1, 3),
            st.sampled_from([KIT_ID, ""]),
            st.sampled_from([None, "x"]),
        ),
        max_size=12,
    ),
    st.integers(0, 24 * 12),
    st.randoms(use_true_random=False),
)
def test_the_standing_does_not_depend_on_the_order_of_the_answers_and_more_of_them_never_undo_it(
    rows: list[tuple[str, int, str, str, int, str, str | None]], hours: int, random: object
) -> None:
    attempts = [
        answer(
            question,
            then,
            id=str(at),
            outcome=outcome,
            interview_id=held,
            take=take + at,
            kit=kit,
            retry_of=of,
        )
        for at, (question, then, outcome, held, take, kit, of) in enumerate(rows)
    ]
    now = MADE + timedelta(hours=hours)
    standing = standing_of(sample_kit(), attempts, now)
    shuffled = list(attempts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing_of(sample_kit(), shuffled, now) == standing
    assert standing.answered + standing.skipped <= standing.questions == 3
    assert (standing.finished_at is None) == (standing.answered < 3)
    whole = [*attempts, *(answer(one, 1, id=f"w{one}", interview_id="i9") for one in ASKED)]
    assert standing_of(sample_kit(), whole, now).state in ("done", "late")


# The interview ------------------------------------------------------------------------------------


def test_what_is_left_keeps_the_order_of_the_kit_and_unknown_questions_are_named() -> None:
    kit = sample_kit(questions=(*KNOWN, KitQuestion("XXX-GEN-009")))
    left, unknown = sort_out(kit, BANK.entries, {"SCN-GEN-001"})
    assert [entry.id for entry in left] == ["BEH-GEN-002", "BEH-GEN-001"]
    assert unknown == ("XXX-GEN-009",)


def test_an_interview_asks_exactly_what_is_left_and_every_answer_says_which_kit_it_answers() -> None:
    kit = sample_kit(questions=KNOWN, mode="own", rules=Rules(takes=2, probes=0, scores="end"))
    left, _ = sort_out(kit, BANK.entries, ())
    setup = setup_of(kit, left)
    assert (setup.kit, setup.length, setup.level, setup.specialisation) == (KIT_ID, 3, "mid", "erp")
    assert setup.categories == ("behavioral", "scenario")
    state = steps.begin(setup, left, interview_id="i1", bank_hash="b", now=MADE)
    assert [turn.question_id for turn in state.turns] == [one.id for one in KNOWN]
    question = BANK.question("BEH-GEN-002")
    state = steps.start_answer(state, MADE)
    attempts: list[Attempt] = []
    for take in (1, 2):
        state, attempt = steps.submit(
            state, question, Answer(parts={}, figures={}), attempt_id=f"a{take}", now=MADE
        )
        attempts.append(attempt)
        state = steps.take_again(state, MADE) if take == 1 else state
    state, skipped = steps.skip(state, BANK.question("SCN-GEN-001"), attempt_id="s", now=MADE)
    assert [(one.kit, one.take) for one in (*attempts, skipped)] == [(KIT_ID, 1), (KIT_ID, 2), (KIT_ID, 1)]
    assert answered_at(kit, [*attempts, skipped]) == {"BEH-GEN-002": MADE}


def test_a_part_written_again_later_belongs_to_the_kit_of_the_answer() -> None:
    question = BANK.question("BEH-GEN-001")
    for kit in (KIT_ID, ""):
        before = answer(question.id, 1, scaffold=question.scaffold, parts={"action": "I did."}, kit=kit)
        state = retry.reopen(question, before, "action", interview_id="i2", bank_hash="b", now=SOON)
        _, again = retry.submit(state, question, "I asked.", before, attempt_id="a2", now=SOON)
        assert (again.kit, again.retry_of) == (kit, before.id)


def test_rules_hold_in_the_mode_own_alone() -> None:
    kit = sample_kit(questions=KNOWN, mode="video", rules=Rules(takes=3))
    left, _ = sort_out(kit, BANK.entries, ())
    assert checked(kit).rules is None
    assert rules_of(setup_of(kit, left)).takes == 1


def test_the_time_it_takes_follows_the_rules() -> None:
    kit = sample_kit(questions=KNOWN)
    left, _ = sort_out(kit, BANK.entries, ())
    assert minutes_of(kit, left) == round(3 * (30 + 120 + 60) / 60)
    quick = sample_kit(questions=KNOWN, mode="own", rules=Rules(think_s=10, answer_s=50, probes=0))
    assert minutes_of(quick, left) == 3


# Making -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "  \n "}, "no title"),
        ({"title": "x" * 81}, "title has 81 characters"),
        ({"message": "x" * 4001}, "message has 4,001 characters"),
        ({"questions": ()}, "no question"),
        ({"questions": tuple(KitQuestion(f"Q{n}") for n in range(21))}, "21 questions"),
        ({"questions": (KitQuestion("A"), KitQuestion("A", 2))}, "twice"),
    ],
)
def test_a_kit_that_is_not_whole_is_refused_in_plain_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(KitError, match=words):
        checked(sample_kit(**changes))


def test_texts_lose_control_characters_and_nothing_else() -> None:
    kit = checked(sample_kit(title=" A\n\tB\x00\u202e ", message="<b>one</b>\r\ntwo\x07 \ud800&"))
    assert (kit.title, kit.message) == ("A B", "<b>one</b>\ntwo &")


def test_a_due_date_that_has_passed_is_refused_when_a_kit_is_made() -> None:
    with pytest.raises(KitError, match="Mon 9 November 2026, has passed"):
        expect_due_later(DUE, AFTER)
    expect_due_later(DUE, DUE)
    expect_due_later(None, AFTER)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 9, 8, 0, tzinfo=UTC), "Due on Mon 9 November 2026, 09:00: today."),
        (datetime(2026, 11, 8, 23, 0, tzinfo=UTC), "Due on Mon 9 November 2026, 09:00: tomorrow."),
        (datetime(2026, 11, 2, 23, 0, tzinfo=UTC), "Due on Mon 9 November 2026, 09:00: in 7 days."),
        (AFTER, "Was due on Mon 9 November 2026, 09:00."),
    ],
)
def test_when_it_is_due_is_said_in_a_sentence(now: datetime, words: str) -> None:
    assert due_words(DUE, now) == words
    assert due_words(None, now) == "No due date."
