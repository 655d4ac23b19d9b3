"""The screens of progress beside its charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from drawn import EVIL, drawn, labels, of_kind, press

from itpm_prep.widgets import progress_screen as screens
from itpm_prep.widgets.blocks import Block, Choice, FileDrop, Handed, Html, Input, Item, Listing, Row, Select
from itpm_prep.widgets.progress_screen import AnswersScreen, HandIn, HandInForm, SavedFile, Wish

ITEMS = [Item("a1", EVIL, "Scenario", "scenario"), Item("a2", "Second", "Change", "change")]


def select(blocks: Sequence[Block], label: str) -> Select:
    (found,) = (one for one in of_kind(blocks, Select) if one.spec["label"] == label)
    return found


def direct(act: Callable[[], None]) -> Callable[[], None]:
    return act


def test_the_view_shown_is_marked_and_the_others_are_a_press_away() -> None:
    asked: list[str] = []
    blocks = screens.head("answers", "22 November", asked.append)
    assert labels(blocks) == ["Readiness", "Answers", "Hand in", "Reviews", "Save"]
    press(blocks, "Hand in")
    assert asked == ["hand_in"]
    looks = {one.spec["label"]: one.spec["look"] for one in blocks[1].inner}
    assert looks["Answers"] == "current"


def test_a_target_is_chosen_by_level_and_specialisation() -> None:
    asked: list[tuple[str, str]] = []
    form = screens.target_form("", "general", lambda *chosen: asked.append(chosen))
    level, field = of_kind([form], Select)
    assert level.spec["options"][0] == {"value": "", "label": "Choose a level"}
    level.hear({"value": "senior"})
    field.hear({"value": "erp"})
    assert asked == [("senior", "general"), ("senior", "erp")]


def test_with_a_target_there_is_no_way_back_to_none() -> None:
    level, _ = of_kind([screens.target_form("mid", "itsm", lambda *_: None)], Select)
    assert [one["value"] for one in level.spec["options"]] == ["junior", "mid", "senior", "director"]


# Answers ------------------------------------------------------------------------------------------


class Found:
    """What the filters asked for, and a list that is shorter for words."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []

    def __call__(self, wish: Wish) -> list[Item]:
        self.wishes.append(wish)
        return [] if wish.words == "nowhere" else ITEMS[: 1 if wish.words else 2]


@pytest.mark.parametrize(
    ("label", "value", "wish"),
    [
        ("Category", "change", Wish(category="change")),
        ("Level", "mid", Wish(level="mid")),
        ("Mode", "video", Wish(mode="video")),
        ("Scores", "reviewed", Wish(scored="reviewed")),
    ],
)
def test_each_filter_asks_for_its_own(label: str, value: str, wish: Wish) -> None:
    found = Found()
    blocks = AnswersScreen(found, lambda _: None).blocks()
    select(blocks, label).hear({"value": value})
    assert found.wishes[-1] == wish


def test_words_are_looked_for_and_the_number_of_answers_is_announced() -> None:
    found = Found()
    blocks = AnswersScreen(found, lambda _: None).blocks()
    (words,) = of_kind(blocks, Input)
    (listing,) = of_kind(blocks, Listing)
    assert "2 answers" in drawn(blocks).words
    words.hear({"value": "sponsor"})
    assert ("role", "status") in drawn(blocks).attributes
    assert "1 answer" in drawn(blocks).words
    assert [one["value"] for one in listing.spec["items"]] == ["a1"]
    words.hear({"value": "nowhere"})
    assert "No answer fits. Take a filter away." in drawn(blocks).words


def test_filters_stand_as_they_were_left_when_the_view_is_shown_again() -> None:
    screen = AnswersScreen(Found(), lambda _: None)
    select(screen.blocks(), "Category").hear({"value": "change"})
    assert select(screen.blocks(), "Category").value == "change"


def test_an_answer_is_opened_by_its_line() -> None:
    opened: list[str] = []
    (listing,) = of_kind(AnswersScreen(Found(), opened.append).blocks(), Listing)
    listing.hear({"value": "a2"})
    assert opened == ["a2"]


def test_a_skipped_question_can_be_answered_where_the_bank_still_asks_it() -> None:
    told: list[str] = []
    blocks = screens.skipped_screen(
        EVIL, "3 November", lambda: told.append("again"), lambda: told.append("back")
    )
    press(blocks, "Answer it now")
    press(blocks, "Back")
    assert told == ["again", "back"]
    assert "script" not in drawn(blocks).tags
    gone = screens.skipped_screen("Gone", "3 November", None, lambda: None)
    assert labels(gone) == ["Back"]
    assert "no longer asks" in drawn(gone).words


# Hand in ------------------------------------------------------------------------------------------


class Made:
    """What the form asked for; gives a file, or refuses."""

    def __init__(self) -> None:
        self.asked: list[HandIn] = []

    def __call__(self, asked: HandIn) -> SavedFile:
        self.asked.append(asked)
        if asked.blacked_out == "x":
            raise ValueError
        return SavedFile(EVIL, 'bo".jsonl', "data:x;base64,QQ==")


def form(made: Made, **kits: str) -> tuple[Block, ...]:
    return HandInForm("Bo", "Acme", ITEMS, kits, made).blocks(direct)


def test_all_answers_go_with_the_name_and_words_of_last_time() -> None:
    made = Made()
    blocks = form(made)
    press(blocks, "Make the file")
    assert made.asked == [HandIn("Bo", "all", [], "Acme")]
    assert "Nothing is sent from here" in drawn(blocks).words


def test_the_answers_are_listed_for_ticking_only_when_some_are_to_go() -> None:
    made = Made()
    blocks = form(made)
    assert of_kind(blocks, Choice) == []
    select(blocks, "Answers").hear({"value": "some"})
    (ticks,) = of_kind(blocks, Choice)
    assert [one["value"] for one in ticks.spec["choices"]] == ["a1", "a2"]
    ticks.hear({"chosen": ["a2"]})
    press(blocks, "Make the file")
    assert (made.asked[-1].which, made.asked[-1].picked) == ("some", ["a2"])


def test_a_kit_that_was_answered_can_be_handed_in_as_a_whole() -> None:
    made = Made()
    blocks = form(made, k1="Week 3: risks")
    options = [one["label"] for one in select(blocks, "Answers").spec["options"]]
    assert options == ["All 2", "Kit: Week 3: risks", "Those I choose"]
    select(blocks, "Answers").hear({"value": "kit:k1"})
    press(blocks, "Make the file")
    assert made.asked[-1].which == "kit:k1"


def test_the_file_is_offered_as_a_link_that_holds_it_and_nothing_in_its_name_runs() -> None:
    blocks = form(Made())
    press(blocks, "Make the file")
    seen = drawn(blocks)
    assert ("download", 'bo".jsonl') in seen.attributes
    assert ("href", "data:x;base64,QQ==") in seen.attributes
    assert "script" not in seen.tags
    assert EVIL in seen.words


def test_a_file_of_other_answers_does_not_stay_on_offer() -> None:
    blocks = form(Made())
    press(blocks, "Make the file")
    select(blocks, "Answers").hear({"value": "some"})
    assert "href" not in dict(drawn(blocks).attributes)


def test_when_no_file_could_be_made_the_old_one_is_gone() -> None:
    made = Made()
    blocks = form(made)
    press(blocks, "Make the file")
    words = next(one for one in of_kind(blocks, Input) if one.spec["label"] == "Words to black out")
    words.hear({"value": "x"})
    with pytest.raises(ValueError, match=r"^$"):
        press(blocks, "Make the file")
    assert "href" not in dict(drawn(blocks).attributes)


# Reviews ------------------------------------------------------------------------------------------


def test_files_of_reviews_are_handed_over_and_reviewed_answers_opened() -> None:
    told: list[Any] = []
    blocks = screens.reviews_screen(told.append, Row(look=""), ITEMS, told.append)
    (drop,) = of_kind(blocks, FileDrop)
    drop.hear({"files": [{"name": "r.jsonl", "content": "QQ=="}]})
    (listing,) = of_kind(blocks, Listing)
    listing.hear({"value": "a1"})
    assert told == [[Handed("r.jsonl", b"A")], "a1"]


def test_without_a_review_it_says_so() -> None:
    blocks = screens.reviews_screen(lambda _: None, Row(look=""), [], lambda _: None)
    assert "No answer has been reviewed yet." in drawn(blocks).words
    assert of_kind(blocks, Listing) == []


def test_what_came_of_a_file_is_told_in_words_and_faults_are_marked() -> None:
    told = screens.review_result(EVIL, ["2 new.", EVIL], fault=True)
    assert isinstance(told, Html)
    seen = drawn([told])
    assert seen.words.count(EVIL) == 2
    assert "script" not in seen.tags
    assert ("class", "note warn") in seen.attributes
    assert ("class", "note") in drawn([screens.review_result("r", ["ok"], fault=False)]).attributes
