"""How the rules count words, sentences, syllables and reading level."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.bank import text


def test_numbers_and_hyphens_count_as_a_reader_counts_them() -> None:
    assert text.count_words("A go-live on 1 June - at 96.1%, not 99.5!") == 9
    assert text.tokens("A go-live at 96.1%; don't") == ["a", "go", "live", "at", "96.1", "don't"]


def test_sentences_end_at_a_mark_before_a_capital_and_not_inside_numbers_or_abbreviations() -> None:
    found = text.sentences('It is 96.1% e.g. Today. "Go on." He left at 07:00! What now?')
    assert found == ["It is 96.1% e.g. Today.", '"Go on."', "He left at 07:00!", "What now?"]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("plan", 1),
        ("date", 1),
        ("table", 2),
        ("sponsor", 2),
        ("walked", 1),
        ("needed", 2),
        ("situation", 4),
        ("special", 2),
        ("changes", 2),
        ("causes", 2),
        ("going", 2),
        ("quality", 3),
        ("P80", 1),
        ("1,200", 1),
    ],
)
def test_syllables_of_common_words(word: str, count: int) -> None:
    assert text.syllables(word) == count


def test_long_words_and_sentences_raise_the_grade() -> None:
    easy = "The team had a plan. Then the date moved."
    hard = "Organisational interdependencies necessitated renegotiation of contractual obligations."
    assert text.grade(easy) < 4
    assert text.grade(hard) > 15


def test_content_words_leave_function_words_out_and_join_word_forms() -> None:
    assert text.content_words("It was reported; they are reporting the reports") == ["report"] * 3


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_can_be_counted_and_no_word_is_lost_between_sentences(sample: str) -> None:
    assert sum(map(text.count_words, text.sentences(sample))) == text.count_words(sample)
    assert text.grade(sample) >= -15.59


@given(st.sets(st.text("abc", max_size=2)), st.sets(st.text("abc", max_size=2)))
def test_overlap_is_a_share_that_is_whole_only_for_equal_sets(one: set[str], other: set[str]) -> None:
    share = text.overlap(one, other)
    assert 0 <= share <= 1
    assert (share == 1) == (one == other and bool(one))
    assert share == text.overlap(other, one)
