from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.practice import words
from itpm_prep.practice.evidence import by_part, holds, quotable, sentences
from itpm_prep.practice.records import Reply

TEXTS = st.text(alphabet=st.sampled_from(" \n\t.!?…:;-*•()\"'“”abIJ1900éß😀\u0301ﬁ。שלוםمر؟")) | st.text()
ANSWER = "I said what I knew, what I guessed, and gave three options. CPI is 0.82."


def split(text: str) -> list[str]:
    return [each.text for each in sentences({"part": text})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I rang. She came! Why?", ["I rang.", "She came!", "Why?"]),
        ("We reached 99.5 percent. Then we stopped.", ["We reached 99.5 percent.", "Then we stopped."]),
        ("Use limits, e.g. Two sites. Then go.", ["Use limits, e.g. Two sites.", "Then go."]),
        ("Drills, reports etc. were late. Done.", ["Drills, reports etc. were late.", "Done."]),
        ("Drills, reports etc. Then we met.", ["Drills, reports etc.", "Then we met."]),
        (
            "Ticket no. 5 was mine. I said no. Then I left.",
            ["Ticket no. 5 was mine.", "I said no.", "Then I left."],
        ),
        ("J. Smith agreed. So did I. Then we went.", ["J. Smith agreed.", "So did I.", "Then we went."]),
        ("- told Ana\n- rang Bo\n• wrote it down", ["told Ana", "rang Bo", "wrote it down"]),
        ("1. Told Ana.\n2) Rang Bo.", ["1. Told Ana.", "2) Rang Bo."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("So ... I waited", ["So ...", "I waited"]),
        ("all lower case. no capitals. none", ["all lower case.", "no capitals.", "none"]),
        ("no stop at all just words", ["no stop at all just words"]),
        ("אמרתי לה. היא באה.", ["אמרתי לה.", "היא באה."]),
        ("هل جاءت؟ نعم.", ["هل جاءت؟", "نعم."]),
        ("我打了电话。她来了。", ["我打了电话。", "她来了。"]),
        ("Done 👍. 🎉🎉 Next", ["Done 👍.", "🎉🎉 Next"]),
        (" \n 👍 \n ...", []),
    ],
)
def test_an_answer_is_cut_where_a_reader_would_cut_it(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_sentences_come_part_by_part_and_say_where_they_stand() -> None:
    found = sentences({"task": "  One. Two.", "result": "Three."})
    assert [(each.part, each.start, each.end) for each in found] == [
        ("task", 2, 6),
        ("task", 7, 11),
        ("result", 0, 6),
    ]


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_sentences_are_verbatim_in_order_and_leave_no_word_out(text: str) -> None:
    outside, end = "", 0
    for each in sentences({"part": text}):
        assert each.text == text[each.start : each.end]
        assert words.count(each.text)
        outside += text[end : each.start]
        assert end <= each.start < each.end
        end = each.end
    assert not any(map(str.isalnum, outside + text[end:]))


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_every_sentence_of_an_answer_can_be_picked_as_evidence(text: str, other: str) -> None:
    for each in sentences({"part": text}):
        assert holds(each.text, [other, text])


@pytest.mark.parametrize(
    "typed",
    [
        "what i KNEW,  what\nI guessed",
        "“what I guessed, and gave three options”",
        "guessed, and gave three options.",
        "... I said what I knew ...",
        "CPI is 0.82.",
        "cpi is 0.82",
    ],
)
def test_words_that_stand_in_the_answer_prove_something(typed: str) -> None:
    assert holds(typed, ["", ANSWER])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "👍",
        "...",
        "gave three options",  # four words or fewer have to be a whole sentence
        "what I knew and what I guessed",  # not in these words
        "I said what I kn",  # half a word
        "said hat I knew, what",
        "three options. CPI is 0.83",
    ],
)
def test_other_words_prove_nothing(typed: str) -> None:
    assert not holds(typed, [ANSWER])


def test_a_composed_and_a_decomposed_accent_are_the_same_word() -> None:
    text = "Zoë and René ran the café for us"
    assert holds(unicodedata.normalize("NFD", text).upper(), [text])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "7", "99.5"]), min_size=1, max_size=30), st.data())
def test_typed_words_hold_exactly_when_five_or_more_of_them_stand_there_in_a_row(
    said: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    typed = said[start : start + data.draw(st.integers(1, 8))]
    assert holds(" ".join(typed), [" ".join(said)]) == (len(typed) >= 5 or typed == said)


@pytest.mark.parametrize("unit", ["word ", ".", '."', "e.g. ", "😀", "。", "x. "])
def test_an_enormous_answer_is_read(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    found = sentences({"part": text})
    assert all(text[each.start : each.end] == each.text for each in found[:100])
    assert holds(text[:1000], [text]) == any(map(str.isalnum, unit))


def test_parts_and_replies_may_be_quoted_and_what_is_empty_may_not() -> None:
    reply = Reply(
        id="r", attempt_id="a", probe_id="p", ask="Why?", text="It was late.", replied_at=datetime.now(UTC)
    )
    texts = quotable([("Situation", "We are red. I said so."), ("Result", " \n")], [reply])
    assert texts == {"Situation": "We are red. I said so.", "Follow-up: Why?": "It was late."}
    assert by_part(texts) == [
        ("Situation", ["We are red.", "I said so."]),
        ("Follow-up: Why?", ["It was late."]),
    ]
