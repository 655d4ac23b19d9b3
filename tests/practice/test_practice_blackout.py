"""Words that must not leave the house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itpm_prep.practice.blackout import BAR, black_out, readable, words_of

WORDS = st.lists(st.text(st.characters(categories=("L",)), min_size=2, max_size=8), min_size=1, max_size=4)


def test_the_words_are_parted_by_commas_semicolons_and_lines() -> None:
    assert words_of("Acme,  Jo Bloggs ;Bolt\nAcme, ") == ["Acme", "Jo Bloggs", "Bolt"]
    assert words_of("") == []


def test_a_word_that_would_take_nearly_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' is too short"):
        words_of("Acme, a")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We told Acme first.", f"We told {BAR} first."),
        ("ACME's board", f"{BAR}'s board"),
        ("PreAcme and acmes", f"{BAR} and {BAR}"),
        ("Jo\n Bloggs agreed, Jo did.", f"{BAR} agreed, Jo did."),
        ("Nothing to hide.", "Nothing to hide."),
    ],
)
def test_a_word_is_covered_wherever_it_stands_and_nothing_else(text: str, left: str) -> None:
    assert black_out(text, ["Acme", "Jo Bloggs"]) == left


def test_the_bar_does_not_tell_how_long_the_word_was() -> None:
    assert black_out("Bo", ["Bo"]) == black_out("Bartholomew", ["Bartholomew"])


def test_numbers_are_covered_only_when_wished() -> None:
    text = "It cost 12,400 in Q3, 3.5 % of 2026-11-22."
    assert black_out(text, []) == text
    assert not any(map(str.isdigit, black_out(text, [], numbers=True)))


def test_another_spelling_of_the_accents_is_the_same_word() -> None:
    assert black_out("Cafe\u0301 Rose\u0301", ["Caf\u00e9"]) == f"{BAR} Ros\u00e9"


def test_what_a_pattern_misses_is_still_found() -> None:
    """Full-width letters read as the name, though the pattern does not take them."""
    left = black_out("\uff21cme", ["Acme"])
    assert readable(left, ["Acme"]) == ["Acme"]
    assert readable("room 7", (), numbers=True) == ["a number"]


@given(WORDS, st.text(max_size=60))
def test_a_covered_text_that_is_offered_never_shows_a_word(words: list[str], text: str) -> None:
    """What stays readable is always reported."""
    left = black_out(f"{text} {words[0]} {text}", words)
    reported = readable(left, words)
    for word in words:
        assert word in reported or word.casefold() not in left.casefold()
