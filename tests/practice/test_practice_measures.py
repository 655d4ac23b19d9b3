"""What is counted in an answer: each figure by hand, and nothing that the words do not hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from practice_samples import CPI, EAC, sample_question

from itpm_prep.bank.types import Question
from itpm_prep.practice import words
from itpm_prep.practice.measures import Measures, measure
from itpm_prep.practice.records import Attempt
from itpm_prep.practice.scaffolds import SCAFFOLDS, frame_of
from itpm_prep.practice.signals import read_answer

NOW = datetime(2026, 10, 4, tzinfo=UTC)
LONG = "Then " + "we talked and " * 12 + "stopped."


def answer(question: Question, parts: dict[str, str], **changes: Any) -> Attempt:
    fields: dict[str, Any] = {
        "id": "a1",
        "interview_id": "i1",
        "question_id": question.id,
        "question_version": question.version,
        "bank_hash": "b",
        "category": question.category,
        "level": question.level,
        "specialisation": question.specialisation,
        "competency": question.competencies[0],
        "scaffold": question.scaffold,
        "mode": "mock",
        "outcome": "answered",
        "parts": parts,
        "figures": {},
        "notes": "",
        "started_at": NOW,
        "submitted_at": NOW,
        "seconds": 60.0,
    }
    return Attempt(**(fields | changes))


def test_every_count_is_that_of_the_words() -> None:
    question = sample_question()
    parts = {
        "situation": "It was late.",
        "action": f"I think we aligned stakeholders. I asked the supplier for a plan. {LONG}",
        "result": "We were done on 3 May, maybe.",
    }
    assert measure(answer(question, parts), question) == Measures(
        attempt_id="a1",
        words=3 + 12 + 38 + 7,
        parts={"situation": 3, "task": 0, "action": 50, "result": 7, "learning": 0},
        empty_parts=4,
        hedges=2,
        vague_claims=1,
        long_sentences=1,
        says_i=2,
        says_we=13,
        result_figure=True,
        points=4,
        touched=1,
        figures_right=0,
        figures_asked=0,
    )


def test_figures_are_judged_and_counted_whether_typed_or_not() -> None:
    question = sample_question(figures=(CPI, EAC))
    one = measure(answer(question, {}, figures={"cpi": "0.82"}), question)
    assert (one.figures_right, one.figures_asked) == (1, 2)


def test_without_the_question_what_needs_it_is_left_open_and_the_rest_counted() -> None:
    question = sample_question(figures=(CPI,))
    attempt = answer(question, {"action": "I asked the supplier for a plan."}, figures={"cpi": "0.82"})
    known = measure(attempt, question)
    for other in (None, sample_question(version=2)):
        one = measure(attempt, other)
        assert (one.points, one.touched, one.figures_right, one.figures_asked) == (None, None, None, None)
        assert (one.words, one.says_i, one.parts) == (known.words, known.says_i, known.parts)


def test_a_frame_without_a_part_for_results_leaves_open_whether_a_figure_is_in_it() -> None:
    for name, frame in SCAFFOLDS.items():
        question = sample_question(scaffold=name)
        one = measure(answer(question, {part.id: "I paid 5 % in May." for part in frame.parts}), question)
        assert one.result_figure is (True if frame.result else None)
        assert one.says_i == (1 if frame.action else 0)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.text(max_size=60) | st.sampled_from([LONG, "I guess, maybe.", "as needed"]), min_size=5, max_size=5
    )
)
def test_the_counts_agree_with_the_reading_of_the_answer(texts: list[str]) -> None:
    question = sample_question()
    parts = dict(zip((part.id for part in frame_of("star_l").parts), texts, strict=True))
    one, read = measure(answer(question, parts), question), read_answer(question, parts)
    kinds = [signal.kind for signal in read.signals]
    assert one.words == read.words == sum(map(words.count, texts))
    assert one.empty_parts == kinds.count("empty_part")
    assert one.vague_claims == kinds.count("vague_claim")
    assert one.long_sentences == kinds.count("long_sentence")
    assert one.touched == len(read.touched)
    assert kinds.count("hedge") in (0, one.hedges)
