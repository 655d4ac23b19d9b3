"""The screens of earlier answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from msgspec.structs import replace
from practised import FIGURES, KEYED, START, attempt, rating

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import Question
from itpm_prep.practice.earlier import Asked
from itpm_prep.practice.records import Rating, Reply
from itpm_prep.widgets.blocks import Block, Listing, Select
from itpm_prep.widgets.earlier_screen import AttemptsScreen, Listed, Shown, list_screen

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRST = attempt(1, KEYED, "cost_benefit", parts={"situation": "We are red.", "assessment": "Late."})
SECOND = attempt(
    2, KEYED, "cost_benefit", parts={"situation": "We are amber.", "assessment": "Late."}, seconds=90.0
)
PART = attempt(3, KEYED, "cost_benefit", retry_of="a2", retry_part="situation", seconds=40.0)


@pytest.fixture(scope="module")
def question() -> Question:
    found = load_bank().question(KEYED)
    return replace(found, version=1)


class Told(list[Any]):
    """What the screen asked for."""


def screen(
    shown: Sequence[Shown], question: Question | None, told: Told | None = None
) -> tuple[AttemptsScreen, tuple[Block, ...]]:
    told = Told() if told is None else told
    made = AttemptsScreen(
        shown,
        question,
        lambda ratings: f"{len(ratings)} uncalibrated",
        NOW,
        lambda name, part: told.append((name, part)),
        lambda: told.append("again"),
        lambda: told.append("back"),
    )
    return made, made.blocks


def choose(select: Select, value: str) -> None:
    select.hear({"value": value})


def test_the_list_tells_title_level_attempts_day_and_score_and_opens_one() -> None:
    opened: list[str] = []
    listed = [
        Listed(Asked(KEYED, (FIRST, SECOND)), EVIL, rating(SECOND, (3, 3, 3, 4))),
        Listed(Asked("BEH-GEN-001", (FIRST,)), "Another"),
    ]
    blocks = list_screen(listed, NOW, opened.append, lambda: opened.append("back"))
    (lines,) = of_kind(blocks, Listing)
    assert [(one["title"], one["note"]) for one in lines.spec["items"]] == [
        (EVIL, "Senior, 2 attempts, 5 November 2026, latest score 3.2"),
        ("Another", "Senior, 1 attempt, 4 November 2026, latest not scored"),
    ]
    lines.hear({"value": KEYED})
    press(blocks, "Back")
    assert opened == [KEYED, "back"]


def test_a_list_without_answers_says_so() -> None:
    blocks = list_screen([], NOW, lambda _: None, lambda: None)
    assert "answered none yet" in drawn(blocks).words
    assert of_kind(blocks, Listing) == []


def test_the_newest_two_are_compared_with_words_time_and_each_criterion(question: Question) -> None:
    old, new = rating(FIRST, (2, 3, 4, 3)), rating(SECOND, (4, 3, 3, 3))
    _, blocks = screen([Shown(FIRST, old), Shown(SECOND, new)], question)
    seen = drawn(blocks)
    assert (seen.all("del"), seen.all("ins")) == (["red."], ["amber."])
    assert "The same in both." in seen.words
    assert seen.words.count("Left empty in both.") == 2
    cells = seen.all("td")
    assert [tuple(cells[at : at + 3]) for at in range(0, 18, 3)] == [
        ("2", "4", "+2"), ("3", "3", "0"), ("4", "3", "-1"), ("3", "3", "0"), ("3.0", "3.2", "+0.2"),
        ("4", "4", "0"),
    ]  # fmt: skip
    assert cells[18:20] == ["2 min 52 s", "1 min 30 s"]
    assert "Self-rated, 2 answers, 2 uncalibrated." in seen.words


def test_without_both_scores_there_is_no_change_to_show(question: Question) -> None:
    _, blocks = screen([Shown(FIRST), Shown(SECOND, rating(SECOND, (4, 3, 3, 3)))], question)
    seen = drawn(blocks)
    assert "both attempts have to be scored" in seen.words
    assert seen.all("th")[4:] == ["Words", "Time on the clock"]


def test_any_attempt_can_be_chosen_alone_or_against_any_other(question: Question) -> None:
    told = Told()
    made, blocks = screen(
        [Shown(FIRST, rating(FIRST, (2, 2, 2, 2))), Shown(SECOND), Shown(PART)], question, told
    )
    assert (made.one.value, made.other.value) == ("a3", "a2")
    assert "40 s for Situation alone" in drawn(blocks).words
    choose(made.one, "a1")  # the earlier one stays before, whatever the order of choice
    assert drawn(blocks).all("td")[-2:] == ["2 min 52 s", "1 min 30 s"]
    press(blocks, "Retry: Assessment")
    choose(made.other, "")
    seen = drawn(blocks)
    assert seen.tags.count("table") == 0
    assert "4 words, 2 min 52 s on the clock." in seen.words
    assert seen.words.count("Left empty.") == 2
    assert seen.tags.count("b") == 4  # a bar for each criterion
    press(blocks, "Retry: Situation")
    press(blocks, "Answer it again")
    press(blocks, "Back")
    assert told == [("a1", "assessment"), ("a1", "situation"), "again", "back"]


def test_a_single_attempt_needs_nothing_to_choose(question: Question) -> None:
    _, blocks = screen([Shown(FIRST)], question)
    assert of_kind(blocks, Select) == []
    assert labels(blocks)[0] == "Retry: Situation"


def test_what_stands_beside_the_parts_is_told_in_full(question: Question) -> None:
    full = replace(FIRST, figures=FIGURES, notes="Ask first.")
    reply = Reply(id="r", attempt_id="a1", probe_id="p1", ask="Why?", text="", replied_at=START)
    _, blocks = screen([Shown(full, None, [reply])], question)
    words = drawn(blocks).words
    for told in ("Cost performance index of the whole project: 0.82", "Why?", "Passed over.", "Ask first."):
        assert told in words


@pytest.mark.parametrize(
    ("change", "words", "buttons"),
    [
        ({"version": 4}, "SCN-SOF-001, and the bank now holds version 4", ["Answer it again"]),
        ({"status": "retired"}, "SCN-SOF-001 was retired", []),
        (None, "The bank no longer holds SCN-SOF-001, version 1", []),
    ],
)  # fmt: skip
def test_a_question_that_is_gone_or_changed_is_shown_without_a_retry(
    question: Question, change: dict[str, Any] | None, words: str, buttons: list[str]
) -> None:
    asked = None if change is None else replace(question, **change)
    _, blocks = screen([Shown(FIRST), Shown(SECOND)], asked)
    seen = drawn(blocks)
    assert words in seen.words
    assert seen.all("del") == ["red."]
    assert labels(blocks) == ["Back", *buttons]


def test_everything_typed_is_shown_as_it_was_typed(question: Question) -> None:
    parts = {"situation": EVIL, "assessment": "Late."}
    evil = replace(FIRST, id="e", parts=parts, notes=EVIL, figures={"cpi": EVIL, EVIL: EVIL})
    reply = Reply(id="r", attempt_id="e", probe_id="p1", ask=EVIL, text=EVIL, replied_at=START)
    made, blocks = screen(
        [Shown(evil, None, [reply]), Shown(SECOND)], replace(question, stem=EVIL, title=EVIL)
    )
    for other in ("a2", "e"):
        choose(made.one, other)
        assert EVIL in drawn(blocks).words
        assert not {"script", "img"} & set(drawn(blocks).tags)


def test_the_worth_of_the_scores_is_asked_for_those_shown(question: Question) -> None:
    asked: list[Sequence[Rating]] = []
    one = rating(FIRST, (2, 2, 2, 2))
    AttemptsScreen(
        [Shown(FIRST, one)],
        question,
        lambda some: asked.append(some) or "x",
        NOW,
        print,
        print,
        print,  # type: ignore[func-returns-value]
    )
    assert asked == [[one]]
