from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.practice.comparison import Piece, compare

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\t😀é"), max_size=60) | st.text(max_size=60)


def joined(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_a_changed_word_is_shown_between_what_stayed() -> None:
    assert compare("It went very well today.", "It went 3 days early today.") == [
        Piece("same", "It went "),
        Piece("removed", "very well "),
        Piece("added", "3 days early "),
        Piece("same", "today."),
    ]


def test_two_equal_texts_are_one_piece_and_two_empty_ones_none() -> None:
    assert compare("All the same.", "All the same.") == [Piece("same", "All the same.")]
    assert compare("", "") == []


def test_where_only_the_white_space_differs_the_words_stay() -> None:
    assert compare("one two", "one\ntwo ") == [
        Piece("same", "one"),
        Piece("removed", " "),
        Piece("added", "\n"),
        Piece("same", "two"),
        Piece("added", " "),
    ]


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_both_versions_can_be_put_together_again_exactly(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert joined(pieces, "same", "added") == new
    assert joined(pieces, "same", "removed") == old
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


def test_enormous_texts_are_compared_in_coarser_units_and_stay_exact() -> None:
    old = " ".join(f"Point {number} stands." for number in range(12_000))
    new = old.replace("Point 17 stands", "Point 17 falls").replace("Point 11990 ", "Item 11990 ")
    pieces = compare(old, new)
    assert joined(pieces, "same", "added") == new
    assert joined(pieces, "same", "removed") == old
    assert pieces[0].text.startswith("Point 0 ")
    assert pieces[-1].kind == "same"


def test_a_long_rewrite_still_finds_the_sentences_that_stayed() -> None:
    old = " ".join(f"Word and word and word number {number} here." for number in range(150))
    new = "New start. " + old.replace("number 70 here", "number 70 there") + " New end."
    pieces = compare(old, new)
    assert joined(pieces, "same", "added") == new
    assert len(joined(pieces, "same")) > len(old) - 100
