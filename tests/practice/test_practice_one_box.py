"""Answers in one box: what counts in them, and what needs parts and stays silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import ANCHORS, CPI, SOME_WORDS, sample_question
from story_samples import CUTOVER

from itpm_prep.bank.rules.scaffold import ALLOWED
from itpm_prep.bank.schema import json_schema
from itpm_prep.bank.types import Category, Probe, Question, Scaffold
from itpm_prep.practice import interview as steps
from itpm_prep.practice import probes, retry, signals
from itpm_prep.practice.earlier import part_changes, texts_of
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.measures import measure
from itpm_prep.practice.moves import Answer
from itpm_prep.practice.presets import Preset, decode_presets, encode_preset, framed
from itpm_prep.practice.records import Attempt, Interview, Setup
from itpm_prep.practice.remarks import remarks
from itpm_prep.practice.scaffolds import SCAFFOLDS, WHOLE, frame_of
from itpm_prep.practice.scoring import criteria_of, part_for
from itpm_prep.practice.stories import draft_parts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SETUP = Setup(level="senior", categories=("behavioral",), mode="practice", length=1, seed=1, boxes="one")
IN_PARTS = replace(SETUP, boxes="parts")
PAIRS = [(category, scaffold) for category, allowed in ALLOWED.items() for scaffold in allowed]
FULL = " ".join([SOME_WORDS] * 20)
WORDS = ["we", "I", "12%", "3 May", "basically", "worked closely", "perhaps", "maybe", "um", "late.", "then"]
TEXTS = st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join)


def answered(question: Question, text: str, setup: Setup = SETUP) -> tuple[Interview, Attempt]:
    """The whole answer handed in, once its time has run for 40 seconds."""
    state = steps.begin(setup, [question], interview_id="i", bank_hash="h", now=NOW)
    part = frame_of(framed(question, setup).scaffold).parts[0].id
    given = Answer(parts={part: text, "unknown": "Lost."}, figures={})
    then = NOW + timedelta(seconds=40)
    return steps.submit(steps.start_answer(state, NOW), question, given, attempt_id="a1", now=then)


# A frame that no file may name --------------------------------------------------------------------


def test_no_question_file_can_ask_for_one_box() -> None:
    assert json_schema()["$defs"]["Question"]["properties"]["scaffold"]["enum"] == sorted(get_args(Scaffold))
    assert WHOLE not in SCAFFOLDS
    data = msgspec.to_builtins(sample_question()) | {"scaffold": WHOLE}
    with pytest.raises(msgspec.ValidationError, match="scaffold"):
        msgspec.convert(data, Question)


@pytest.mark.parametrize(("category", "scaffold"), PAIRS)
def test_every_part_has_criteria_and_one_box_has_all_of_them(category: Category, scaffold: Scaffold) -> None:
    question = sample_question(category, scaffold)
    whole = framed(question, SETUP)
    assert all(criteria_of(question, part.id) for part in frame_of(scaffold).parts)
    assert criteria_of(whole, "answer") == list(question.criteria)
    assert {part_for(whole, one.id) for one in question.criteria} == {"answer"}
    assert framed(question, IN_PARTS) is question


def test_what_was_stored_before_there_was_a_choice_is_written_in_parts() -> None:
    stored = msgspec.to_builtins(SETUP)
    del stored["boxes"]
    assert msgspec.convert(stored, Setup) == IN_PARTS
    kept = Preset(id="p", name="Mine", setup=SETUP)
    assert decode_presets({"p": encode_preset(kept)}) == [kept]
    older = msgspec.json.encode({"id": "p", "name": "Mine", "setup": stored}).decode()
    assert decode_presets({"p": older})[0].setup.boxes == "parts"


# Handing in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("category", "scaffold"), PAIRS)
def test_the_words_are_kept_whichever_question_is_at_hand(category: Category, scaffold: Scaffold) -> None:
    question = sample_question(category, scaffold)
    one, other = (answered(each, FULL) for each in (question, framed(question, SETUP)))
    assert one == other
    attempt = one[1]
    assert (attempt.scaffold, attempt.parts, attempt.seconds) == ("whole", {"answer": FULL}, 40)
    assert texts_of(attempt) == [("Answer", FULL)]
    assert answered(question, FULL, IN_PARTS)[1].scaffold == scaffold


def test_a_skipped_question_is_one_of_one_box_without_words() -> None:
    state = steps.begin(SETUP, [sample_question()], interview_id="i", bank_hash="h", now=NOW)
    _, attempt = steps.skip(state, sample_question(), attempt_id="a1", now=NOW)
    assert (attempt.scaffold, attempt.parts, attempt.outcome) == ("whole", {}, "skipped")


# Probes and signals -------------------------------------------------------------------------------


def reasons(text: str, question: Question) -> list[str]:
    """Why which follow-ups are chosen for an answer in one box."""
    figures = judge_all(question, {})
    return [one.reason for one in probes.choose(framed(question, SETUP), {"answer": text}, figures, most=5)]


def test_a_whole_answer_of_full_length_meets_only_what_everyone_is_asked() -> None:
    assert reasons(FULL, sample_question()) == ["Asked of everyone."]


def test_figures_anchors_and_vague_words_still_bring_their_probes() -> None:
    asked = sample_question("scenario", "sbar", figures=(CPI,))
    assert reasons(FULL, asked) == ["No figure was given for: CPI", "Asked of everyone."]
    known, *others = sample_question().criteria
    hardly = replace(ANCHORS, four="Names rollback criteria, dependencies, owners and contingency")
    untouched = sample_question(criteria=(known, replace(others[0], anchors=hardly), *others[1:]))
    assert reasons(FULL, untouched) == [f"{others[0].name} was hardly touched.", "Asked of everyone."]
    vague = sample_question(probes=(Probe(id="v", targets="ACT", use_when="vague", ask="How?"),))
    plain = "then we did what had to be done and " * 40
    assert reasons(plain + "we worked closely", vague) == [
        'Answer says "worked closely" with nothing to check it by.'
    ]
    assert reasons(SOME_WORDS, vague) == ["Answer is short: 15 of about 300 words."]
    assert reasons("We were late.", vague) == ["Answer has 3 words."]


@pytest.mark.parametrize(("category", "scaffold"), PAIRS)
@settings(deadline=None, max_examples=25)
@given(text=TEXTS)
def test_nothing_is_said_of_parts_that_are_not_there(
    category: Category, scaffold: Scaffold, text: str
) -> None:
    question = sample_question(category, scaffold)
    names = {part.name for part in frame_of(scaffold).parts}
    assert not any(reason.startswith(tuple(names)) for reason in reasons(text, question))
    found = signals.find_signals(framed(question, SETUP), {"answer": text}, transcript=True)
    assert {one.kind for one in found} <= {"vague_claim", "hedge", "fillers", "long_sentence"}
    for one in found:
        assert (one.part, text[one.start : one.end]) == ("answer", one.text)


def test_what_counts_in_a_text_counts_in_one_box_too() -> None:
    text = "We worked closely, perhaps, maybe. " + "and then " * 40 + "it ended."
    question = framed(sample_question(), SETUP)
    kinds = {one.kind for one in remarks(question, {"answer": text})}
    assert kinds == {"vague_claim", "hedge", "long_sentence"}
    counted = measure(answered(sample_question(), text)[1], sample_question())
    assert (counted.parts, counted.empty_parts) == ({"answer": 87}, 0)
    assert (counted.says_i, counted.says_we, counted.result_figure) == (0, 0, None)
    assert (counted.vague_claims, counted.hedges, counted.long_sentences) == (1, 2, 1)
    reading = signals.read_answer(question, {"answer": text})
    assert [(one.name, one.words, one.share) for one in reading.balance] == [("Answer", 87, 100)]


def test_a_story_fills_the_one_box_as_it_is_told() -> None:
    for scaffold in SCAFFOLDS:
        question = framed(replace(sample_question(), scaffold=scaffold), SETUP)
        assert draft_parts(CUTOVER, question) == {"answer": CUTOVER.told}


# Afterwards ---------------------------------------------------------------------------------------


def test_an_answer_in_one_box_is_written_again_as_a_whole() -> None:
    question = sample_question()
    _, before = answered(question, FULL)
    state = retry.reopen(question, before, "answer", interview_id="i2", bank_hash="h", now=NOW)
    assert (state.setup.boxes, state.retry_part) == ("one", "answer")
    state, after = retry.submit(state, question, "Better.", before, attempt_id="a2", now=NOW)
    assert (after.scaffold, after.parts) == ("whole", {"answer": "Better."})
    assert (after.retry_of, after.retry_part) == ("a1", None)  # no part among others
    assert (state.phase, state.retry_part) == ("compare", "answer")
    with pytest.raises(KeyError):
        retry.reopen(question, before, "situation", interview_id="i2", bank_hash="h", now=NOW)
    _, in_parts = answered(question, FULL, IN_PARTS)
    again = retry.reopen(question, in_parts, "action", interview_id="i2", bank_hash="h", now=NOW)
    assert (again.setup.boxes, again.retry_part) == ("parts", "action")


def test_an_answer_in_parts_is_compared_as_one_text_with_one_in_one_box() -> None:
    question = sample_question()
    _, whole = answered(question, "We were late.\n\nI rang her.")
    in_parts = replace(
        whole, scaffold="star_l", parts={"action": "I rang them. ", "situation": "We were late."}
    )
    (change,) = part_changes(in_parts, whole)
    assert (change.id, change.name) == ("answer", "Answer")
    assert change.before == "We were late.\n\nI rang them."
    assert [one.text for one in change.pieces if one.kind != "same"] == ["them.", "her."]
    (back,) = part_changes(whole, in_parts)
    assert (back.before, back.after) == (change.after, change.before)
    spaced = replace(whole, parts={"answer": " We were late. "})
    assert part_changes(whole, spaced)[0].after == " We were late. "
