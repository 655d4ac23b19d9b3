"""One document, three forms: each says the same, and none of them runs or loads anything."""

from __future__ import annotations

import io

import docx
import pytest
from drawn import EVIL, Drawn
from hypothesis import given
from hypothesis import strategies as st

from itpm_prep.reports.document import Piece, plain, to_html, to_markdown, to_word

PIECES = [
    Piece("title", "Debrief"),
    Piece("heading", "Question 1: Amber"),
    Piece("own", "I told her.\n\n- not a list\n1. nor this"),
    Piece("item", "first"),
    Piece("item", "second"),
    Piece("quiet", "Left empty."),
]


def test_the_page_holds_every_piece_in_order_and_its_items_in_one_list() -> None:
    page = Drawn(to_html("Debrief", PIECES).decode())
    assert [tag for tag in page.tags if tag in ("h1", "h2", "blockquote", "ul", "li", "p")] == [
        "h1", "h2", "blockquote", "ul", "li", "li", "p",
    ]  # fmt: skip
    assert page.all("blockquote") == [PIECES[2].text]


def test_markup_in_what_a_person_wrote_stays_words() -> None:
    page = Drawn(to_html(EVIL, [Piece("own", EVIL), Piece("item", EVIL)]).decode())
    assert not {"script", "img"} & set(page.tags)
    assert page.words.count(EVIL) == 3


def test_markdown_reads_as_written_and_marks_are_escaped() -> None:
    text = to_markdown([*PIECES, Piece("own", "*bold* <b> `code` # no")]).decode()
    assert "# Debrief\n" in text
    assert "- first\n- second\n" in text
    assert "> \\- not a list" in text
    assert "> 1\\. nor this" in text
    assert r"\*bold\* \<b\> \`code\` \# no" in text


def test_word_opens_it_with_styles_and_lines_kept() -> None:
    document = docx.Document(io.BytesIO(to_word(PIECES)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles == ["Title", "Heading 1", "Quote", "List Paragraph", "List Paragraph", "Remark"]
    assert document.paragraphs[2].text == PIECES[2].text


def test_the_same_words_give_the_same_file() -> None:
    assert to_word(PIECES) == to_word(PIECES)


@pytest.mark.parametrize("text", ["", "\x00\x0b", "\ud83d", "\u202e", "a" * 50_000])
def test_whatever_was_typed_can_be_written(text: str) -> None:
    pieces = [Piece("own", text)]
    assert to_html("x", pieces)
    assert to_markdown(pieces)
    assert docx.Document(io.BytesIO(to_word(pieces)))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_word_and_page_hold_the_words_of_the_document(text: str) -> None:
    pieces = [Piece("own", f"x{text}x")]
    read = "\n".join(one.text for one in docx.Document(io.BytesIO(to_word(pieces))).paragraphs)
    assert "".join(read.split()) == "".join(
        plain(pieces).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").split()
    )
