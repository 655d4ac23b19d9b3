"""The story bank without a browser: what is kept, and bad input."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from drawn import drawn, labels, of_kind, press
from seen import Seen

from itpm_prep.apps.story_bank.controller import StoryBank
from itpm_prep.apps.story_bank.shelf import Shelf
from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.practice import drill
from itpm_prep.practice.stories import KIND, Story, encode
from itpm_prep.problems import NotSaved
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets.blocks import Listing
from itpm_prep.widgets.parts import AnswerForm

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
STORY = Story(id="one", title="The cutover", action="I moved it.", competencies=("risk_issue",))


def keep(record: LocalRecord, *stories: Story) -> None:
    for story in stories:
        record.keep_document(KIND, story.id, encode(story), NOW)


def opened(record: LocalRecord) -> tuple[StoryBank, Seen]:
    page = Seen()
    app = StoryBank(page, record, load_bank())
    app.show_view("stories")
    return app, page


# The shelf ----------------------------------------------------------------------------------------


def test_two_tabs_that_write_in_different_boxes_of_a_story_lose_nothing(record: LocalRecord) -> None:
    keep(record, STORY)
    one, other = Shelf(record), Shelf(record)
    one.change(STORY, {"task": "Keep the date."}, NOW)
    other.change(STORY, {"result": "It ran."}, NOW)
    story = one.story("one")
    assert story is not None
    assert (story.task, story.result, story.action) == ("Keep the date.", "It ran.", "I moved it.")


def test_what_could_not_be_stored_is_stored_with_the_next_change(
    record: LocalRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(record, STORY)
    shelf = Shelf(record)

    def full(*_: object) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(record, "keep_document", full)
        with pytest.raises(NotSaved):
            shelf.change(STORY, {"task": "Keep the date."}, NOW)
    story = shelf.change(STORY, {"strength": 5}, NOW)
    assert (story.task, story.strength) == ("Keep the date.", 5)


def test_a_story_deleted_in_another_tab_while_it_is_written_comes_back_whole(record: LocalRecord) -> None:
    keep(record, STORY)
    shelf = Shelf(record)
    record.drop_document(KIND, "one")
    assert shelf.change(STORY, {"task": "Keep the date."}, NOW).action == "I moved it."
    assert shelf.story("one") is not None


# Bad input ----------------------------------------------------------------------------------------


def test_a_story_without_text_is_kept_and_said_to_fit_nothing(record: LocalRecord) -> None:
    _, page = opened(record)
    press(page.blocks, "Write a story")
    (form,) = of_kind(page.blocks, AnswerForm)
    form.hear({"kind": "act", "action": "done", "texts": {"title": "Only a title"}})
    assert "“Only a title” has no text in its five parts yet" in page.said
    assert len(record.documents(KIND)) == 1
    for view in ("Fit a question", "Fit a panel"):
        press(page.blocks, view)
        assert "No story has text yet." in drawn(page.blocks).words


def test_a_story_that_cannot_be_read_is_said_and_left_as_it_is(record: LocalRecord) -> None:
    keep(record, STORY)
    record.keep_document(KIND, "broken", "{", NOW)
    _, page = opened(record)
    assert "1 of your stories cannot be read" in page.said
    assert record.documents(KIND)["broken"] == "{"


def test_5000_stories_are_listed_by_pages_assigned_and_compared_only_when_asked(record: LocalRecord) -> None:
    stories = [
        Story(id=f"{at:04}", title=f"Story {at}", action="word", competencies=(COMPETENCIES[at % 16],))
        for at in range(5000)
    ]
    documents = {story.id: encode(story) for story in stories}
    record.documents = lambda _: documents  # type: ignore[method-assign]  # 5,000 commits would take a minute
    _, page = opened(record)
    (listing,) = of_kind(page.blocks, Listing)
    assert (len(listing.spec["items"]), listing.spec["page"]) == (5000, 25)
    assert "5,000 stories take some seconds to compare." in drawn(page.blocks).words
    press(page.blocks, "Look for stories told twice")
    assert "No story looks like another one." in drawn(page.blocks).words
    press(page.blocks, "Fit a panel")
    press(page.blocks, "Assign my stories")
    assert "6 of 6 questions with a story" in drawn(page.blocks).words


# The drill ----------------------------------------------------------------------------------------


def test_each_look_at_a_card_is_stored_and_none_is_due_after_the_interview(
    record: LocalRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(record, STORY)
    record.prefer("interview_date", "2027-03-03")
    app, page = opened(record)
    now = NOW
    monkeypatch.setattr(app, "now", lambda: now)
    for _ in range(4):
        app.show_view("drill")
        press(page.blocks, "Begin the drill")
        press(page.blocks, "I have it")
        of_kind(page.blocks, Listing)[0].hear({"value": "one"})
        assert "Next card" in labels(page.blocks)
        card = drill.decode(record.documents(drill.KIND))["risk_issue"]
        assert card.due.date() <= datetime(2027, 3, 3, tzinfo=UTC).date()
        now = card.due
        if now >= NOW + timedelta(days=1):
            break
    press(page.blocks, "Stop")
    assert "None is due after your interview on 03 March 2027." in drawn(page.blocks).words


def test_a_story_named_too_late_is_below_meets(record: LocalRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(record, STORY)
    app, page = opened(record)
    times = iter([NOW, NOW, *[NOW + timedelta(seconds=11)] * 9])
    monkeypatch.setattr(app, "now", lambda: next(times))
    app.show_view("drill")
    press(page.blocks, "Begin the drill")
    press(page.blocks, "I have it")
    assert "You took 11 s, 10 s were allowed." in drawn(page.blocks).words
    of_kind(page.blocks, Listing)[0].hear({"value": "one"})
    assert "It took 11 s of 10." in drawn(page.blocks).words
    assert drill.decode(record.documents(drill.KIND))["risk_issue"].in_time == 0
