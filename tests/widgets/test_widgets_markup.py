from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itpm_prep.bank.types import CATEGORIES, Exhibit
from itpm_prep.widgets import markup
from itpm_prep.widgets.debrief_screen import page_to_keep
from itpm_prep.widgets.question_screen import own_words

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & ' </p>"


class Reader(HTMLParser):
    """The elements, attributes and words of a piece of HTML, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text())
def test_whatever_is_typed_comes_back_as_the_same_words_in_one_element(words: str) -> None:
    read = Reader(markup.text(words))
    assert read.tags == ["p"]
    assert read.words == words


@pytest.mark.parametrize(
    "html",
    [
        markup.text(EVIL),
        markup.heading(EVIL, EVIL),
        markup.note(EVIL, "warn"),
        markup.bullets([EVIL, EVIL]),
        markup.bar(EVIL, 3.25),
        markup.link(EVIL, "page.html"),
        markup.link("Go", f"page.html?{EVIL}"),
        markup.table(
            Exhibit(id="e", kind="table", title=EVIL, columns=(EVIL, "n"), rows=((EVIL, 1), (EVIL, 2)))
        ),
        own_words([(EVIL, EVIL), (EVIL, "")]),
    ],
)
def test_markup_in_words_is_shown_and_never_read(html: str) -> None:
    read = Reader(html)
    assert not {"script", "img"} & set(read.tags)
    assert not {name for name, _ in read.attributes if name.startswith("on")}


def test_an_address_keeps_its_meaning() -> None:
    (attribute, *_) = (
        pair for pair in Reader(markup.link("Go", "a?b=1&c=2")).attributes if pair[0] == "href"
    )
    assert attribute == ("href", "a?b=1&c=2")


def test_a_table_has_a_head_a_caption_and_its_numbers_at_the_right() -> None:
    rows = (("Intake", 260, 0.5), ("Upload", 1180, 2.0))
    html = markup.table(
        Exhibit(id="e", kind="table", title="Costs", columns=("account", "BAC", "EV"), rows=rows)
    )
    read = Reader(html)
    assert read.tags.count("tr") == 3
    assert read.words == "CostsAccountBACEVIntake2600.5Upload1,1802.0"
    assert len(re.findall('<t[hd][^>]* class="number"', html)) == 6


def test_the_rail_is_read_aloud_as_one_sentence() -> None:
    read = Reader(markup.rail(1, 3))
    assert ("aria-label", "1 of 3 questions done") in read.attributes
    assert [look for name, look in read.attributes if name == "class"] == ["rail", "done", "now", ""]
    assert Reader(markup.rail(3, 3)).attributes.count(("class", "done")) == 3


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (45, "45 s"), (59.6, "1 min"), (120, "2 min"), (150.2, "2 min 30 s")]
)
def test_a_duration_is_told_in_words(seconds: float, words: str) -> None:
    assert markup.minutes(seconds) == words


def test_one_is_singular_and_everything_else_plural() -> None:
    assert [markup.plural(count, "question") for count in (0, 1, 2)] == [
        "0 questions",
        "1 question",
        "2 questions",
    ]


def test_every_category_has_a_name_beside_its_colour() -> None:
    for category in CATEGORIES:
        assert Reader(markup.category_tag(category)).words == markup.CATEGORY_NAMES[category]


def test_a_bar_says_its_score_in_words_too() -> None:
    read = Reader(markup.bar("Diagnosis", 2.5))
    assert read.words == "Diagnosis2.5"
    assert ("style", "width:50%") in read.attributes


def test_the_page_to_keep_stands_alone_and_survives_any_text() -> None:
    address = page_to_keep("Debrief", markup.text("lone \ud83d surrogate"))
    assert address.startswith("data:text/html;base64,")
