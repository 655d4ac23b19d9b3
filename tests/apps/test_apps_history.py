"""What the debrief says of the stored facts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from practised import FIGURES, KEYED, MARKUP, START, attempt, rating

from itpm_prep.apps.mock_interview.history import (
    ALOUD,
    DISMISSED,
    REMARKS_AT_MOST,
    advice,
    latest_rating,
    remarks,
    reviewed,
)
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.earlier import texts_of
from itpm_prep.practice.records import Interview, Reply, Setup, Turn
from itpm_prep.practice.signals import read_answer
from itpm_prep.store.local import open_record

STORY = "BEH-GEN-001"


def held(*turns: Turn, level: str = "senior") -> Interview:
    setup = Setup(level=level, categories=("scenario",), mode="mock", length=len(turns), seed=1)  # type: ignore[arg-type]
    return Interview(
        id="i1", setup=setup, bank_hash="b", turns=turns, started_at=START, touched_at=START, phase="debrief"
    )


def turn(*attempt_ids: str, question: str = KEYED) -> Turn:
    return Turn(question_id=question, question_version=1, outcome="answered", attempt_ids=attempt_ids)


def shown(bank: Bank, facts: list[Any], *attempt_ids: str) -> Any:
    return reviewed(held(turn(*attempt_ids)), 0, bank.question(KEYED), facts)


# One answer ---------------------------------------------------------------------------------------


def test_the_answer_is_told_in_the_order_of_the_scaffold_with_empty_parts() -> None:
    one = attempt(1, KEYED, "cost_benefit", parts={"recommendation": "Decide.", "situation": "Red."})
    assert texts_of(one) == [
        ("Situation", "Red."),
        ("Background", ""),
        ("Assessment", ""),
        ("Recommendation", "Decide."),
    ]


def test_figures_typed_are_judged_and_those_left_out_are_missing(bank: Bank) -> None:
    one = attempt(1, KEYED, "cost_benefit", figures=FIGURES)
    seen = shown(bank, [one], "a1")
    assert {each.id: each.verdict for each in seen.figures} == {
        "cpi": "right", "spi": "missing", "eac": "wrong", "payment_cv": "missing",
    }  # fmt: skip


def test_a_skipped_question_has_neither_figures_nor_remarks(bank: Bank) -> None:
    seen = shown(bank, [attempt(1, KEYED, "cost_benefit", outcome="skipped", parts={})], "a1")
    assert seen.skipped
    assert (seen.figures, seen.remarks, seen.touched, seen.rating) == ((), (), (), None)


def test_an_answer_that_was_not_scored_is_shown_without_a_rating(bank: Bank) -> None:
    seen = shown(bank, [attempt(1, KEYED, "cost_benefit")], "a1")
    assert not seen.skipped
    assert seen.rating is None
    assert ("Background", MARKUP) in seen.answer


def test_strong_points_whose_words_stand_in_the_answer_are_found(bank: Bank) -> None:
    point = bank.question(KEYED).strong_points[1]
    seen = shown(bank, [attempt(1, KEYED, "cost_benefit", parts={"assessment": point})], "a1")
    assert point in seen.touched
    assert len(seen.touched) < len(bank.question(KEYED).strong_points)


def test_only_the_replies_of_this_turn_are_shown_those_of_a_retry_too(bank: Bank) -> None:
    facts = [attempt(1, KEYED, "cost_benefit"), attempt(2, KEYED, "cost_benefit", retry_of="a1")]
    replies = [
        Reply(id=of, attempt_id=of, probe_id="p1", ask="Why?", text=of, replied_at=START)
        for of in ("a1", "a2", "a9")
    ]
    assert [one.text for one in shown(bank, [*facts, *replies], "a1", "a2").replies] == ["a1", "a2"]


# Several versions ---------------------------------------------------------------------------------


def test_the_version_rated_last_is_the_one_shown(bank: Bank) -> None:
    first = attempt(1, KEYED, "cost_benefit", parts={"situation": "First."})
    again = attempt(2, KEYED, "cost_benefit", parts={"situation": "Second."}, retry_of="a1")
    only_first = [first, again, rating(first, (2, 2, 2, 2))]
    seen = shown(bank, only_first, "a1", "a2")
    assert (seen.answer[0][1], seen.rating.q) == ("First.", 2.0)
    seen = shown(bank, [*only_first, rating(again, (4, 4, 4, 4))], "a1", "a2")
    assert (seen.answer[0][1], seen.rating.q) == ("Second.", 4.0)


def test_while_nothing_is_rated_the_newest_version_is_shown(bank: Bank) -> None:
    first = attempt(1, KEYED, "cost_benefit", parts={"situation": "First."})
    again = attempt(2, KEYED, "cost_benefit", parts={"situation": "Second."}, retry_of="a1")
    assert shown(bank, [first, again], "a1", "a2").answer[0][1] == "Second."


def test_the_latest_rating_counts_whatever_the_order_of_the_facts() -> None:
    one = attempt(1, KEYED, "cost_benefit")
    early, late = rating(one, (1, 1, 1, 1)), rating(one, (5, 5, 5, 5), later=9)
    for facts in ([one, early, late], [late, early, one]):
        assert latest_rating(facts, ["a1"]) == late


def test_ratings_of_other_answers_do_not_count() -> None:
    other = attempt(2, KEYED, "cost_benefit")
    assert latest_rating([other, rating(other, (5, 5, 5, 5))], ["a1"]) is None


def test_what_the_record_gives_back_tells_the_same_as_what_was_put_in(bank: Bank, tmp_path: Path) -> None:
    one = attempt(1, KEYED, "cost_benefit", figures=FIGURES)
    facts = [one, rating(one, (3, 3, 2, 4), cap=4)]
    record, state = open_record(tmp_path / "practice.sqlite3"), held(turn("a1"))
    record.begin(state, "tab", START)
    record.advance(state, facts, "tab", START)
    assert shown(bank, record.facts_of("i1"), "a1") == shown(bank, facts, "a1")


# Remarks ------------------------------------------------------------------------------------------


def test_a_remark_is_made_once_and_never_more_than_a_handful(bank: Bank) -> None:
    long = "We perhaps did a great many things very well and successfully " * 12
    parts = dict.fromkeys(("situation", "task", "action", "result", "learning"), f"{long}. {long}.")
    reading = read_answer(bank.question(STORY), parts)
    told = remarks(reading)
    assert len(reading.signals) > len(told)
    assert 1 <= len(told) <= REMARKS_AT_MOST
    assert len(set(told)) == len(told)


# Advice -------------------------------------------------------------------------------------------


def scored(bank: Bank, *qs: tuple[str, int]) -> Any:
    return {
        at: (bank.question(id_), rating(attempt(at, id_, "cost_benefit"), (q,) * 4))
        for at, (id_, q) in enumerate(qs)
    }


def test_the_advice_is_a_question_of_the_lowest_category_not_seen_before(bank: Bank) -> None:
    interview = held(turn("a0"), turn("a1", question=STORY))
    told = advice(interview, bank, {KEYED: START}, scored(bank, (KEYED, 2), (STORY, 4)))
    other = next(one for one in bank.select(category="scenario", level="senior") if one.id != KEYED)
    assert told == (
        f"Scenario was your lowest here: {other.title} is a senior question of that kind you have not seen."
    )
    assert advice(interview, bank, {}, scored(bank, (KEYED, 4), (STORY, 2))).startswith("Behavioral was")


def test_the_advice_names_no_question_that_was_seen_and_says_when_none_is_left(bank: Bank) -> None:
    seen = {one.id: START for one in bank.select(category="scenario", level="senior")}
    told = advice(held(turn("a0")), bank, seen, scored(bank, (KEYED, 2)))
    assert told == (
        "Scenario was your lowest here, and you have seen every senior question of that kind: "
        "take one again, or another level."
    )


def test_without_a_score_the_advice_stays_with_the_first_question(bank: Bank) -> None:
    told = advice(held(turn("a0", question=STORY), level="junior"), bank, {}, {})
    first = bank.select(category=bank.question(STORY).category, level="junior")[0]
    assert told.startswith(f"Nothing was scored this time: {first.title} is a junior question")


def test_a_retired_question_is_never_advised(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interviews do not ask it either."""
    retired = tuple(replace(one, status="retired") for one in bank.entries)
    monkeypatch.setattr(bank, "entries", retired)
    told = advice(held(turn("a0")), bank, {KEYED: START + timedelta(days=1)}, scored(bank, (KEYED, 2)))
    assert "you have not seen" not in told


def test_the_debrief_leaves_out_what_was_dismissed_and_counts_fillers_in_a_transcript(bank: Bank) -> None:
    text = "We worked closely with all of them and um it went on like that for long."
    facts = [attempt(1, KEYED, "cost_benefit", parts={"background": text})]
    interview, question = held(turn("a1")), bank.question(KEYED)

    def found(drafts: dict[str, str]) -> str:
        return " ".join(reviewed(interview, 0, question, facts, drafts).remarks)

    assert "No figure, name or quotation" in found({})
    assert "filler" not in found({})
    assert "1 fillers: um 1." in found({ALOUD: "yes"})
    key = "vague_claim:background:worked:closely"
    assert "No figure, name or quotation" not in found({DISMISSED: f'["{key}"]'})
