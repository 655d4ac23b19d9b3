"""The screens of the story bank."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from drawn import EVIL, drawn, labels, of_kind, press
from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.assignment import assign_stories
from itpm_prep.practice.drill import Card
from itpm_prep.practice.records import Setup
from itpm_prep.practice.stories import (
    Story,
    asked,
    best_fits,
    count_tags,
    find_alike,
    read_words,
)
from itpm_prep.widgets import story_fit_screen as fits
from itpm_prep.widgets import story_screen as screens
from itpm_prep.widgets.blocks import Choice, Input, Listing, Row, Select
from itpm_prep.widgets.parts import AnswerForm, ClockFace
from itpm_prep.widgets.story_chooser import story_chooser

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
STORY = Story(
    id="one",
    title="The payroll cutover",
    action="I moved two interfaces to the second release and held a rehearsal each weekend with the vendor.",
    result="Payroll ran on 1 April.",
    competencies=("risk_issue",),
    level="senior",
)


def nothing(*_: object) -> None:
    """Nobody listens."""


# The stories --------------------------------------------------------------------------------------


def listed(*stories: Story, opened: list[str] | None = None) -> tuple[Any, ...]:
    alike = Row(*screens.alike_note(find_alike(read_words(stories)), nothing), look="")
    on_open = nothing if opened is None else opened.append
    return screens.list_screen(stories, count_tags(stories), alike, on_open, nothing)


def test_an_empty_bank_says_what_to_do_and_shows_every_gap() -> None:
    blocks = listed()
    words = drawn(blocks).words
    assert "No story yet." in words
    assert "16 of 16 competencies have no story at any level" in words
    assert labels(blocks) == ["Write a story"]
    assert drawn(blocks).all("td") == ["none"] * 64


def test_the_list_opens_a_story_and_says_its_tags_and_what_it_lacks() -> None:
    opened: list[str] = []
    blocks = listed(STORY, Story(id="two", title="Only a title"), opened=opened)
    (listing,) = of_kind(blocks, Listing)
    first, second = listing.spec["items"]
    assert first["note"] == "Risk and issues · Senior · General · strength 3 · never used"
    assert second["note"].startswith("Without text: fits nothing yet")
    listing.hear({"value": "one"})
    assert opened == ["one"]
    assert drawn(blocks).all("td").count("none") == 63


def test_a_story_told_twice_is_noticed_with_the_way_to_it() -> None:
    blocks = listed(STORY, replace(STORY, id="two", title="Payroll cutover again"))
    assert "Told twice? 1 story repeats an earlier one." in drawn(blocks).words
    assert "Open it" in labels(blocks)
    many = [replace(STORY, id=str(number)) for number in range(9)]
    assert "8 stories repeat an earlier one, the first five here" in drawn(listed(*many)).words


def test_the_views_lead_to_each_other() -> None:
    seen: list[str] = []
    blocks = screens.head("drill", "3 stories", seen.append)
    for name in screens.VIEWS.values():
        press(blocks, name)
    assert seen == ["stories", "fit", "panel", "drill"]


# One story ----------------------------------------------------------------------------------------


def test_every_box_and_tag_of_a_story_is_reported_as_it_changes() -> None:
    told: list[tuple[str, object]] = []
    done: list[dict[str, str]] = []
    writing = screens.Writing(
        lambda box, text: told.append((box, text)),
        done.append,
        lambda name, value: told.append((name, value)),
        nothing,
    )
    blocks = screens.edit_screen(STORY, writing)
    (form,) = of_kind(blocks, AnswerForm)
    boxes = [part["box"] for part in form.spec["parts"]]
    assert boxes == ["title", "situation", "task", "action", "result", "learning", "people", "figures"]
    form.hear({"kind": "draft", "box": "task", "text": "Keep the date.", "number": 1})
    shows, level = of_kind(blocks, Choice)
    shows.hear({"chosen": ["risk_issue", "cost_benefit"]})
    level.hear({"chosen": ["director"]})
    field, strength = of_kind(blocks, Select)
    field.hear({"value": "erp"})
    strength.hear({"value": "5"})
    assert told == [
        ("task", "Keep the date."),
        ("competencies", ("cost_benefit", "risk_issue")),
        ("level", "director"),
        ("specialisation", "erp"),
        ("strength", 5),
    ]
    form.hear({"kind": "act", "action": "done", "texts": {"title": "New"}})
    assert done[0]["title"] == "New"


def test_a_story_is_deleted_only_when_asked_twice() -> None:
    gone: list[str] = []
    writing = screens.Writing(nothing, nothing, nothing, lambda: gone.append("gone"))
    blocks = screens.edit_screen(STORY, writing)
    press(blocks, "Delete this story")
    press(blocks, "Keep it")
    press(blocks, "Delete this story")
    assert gone == []
    press(blocks, "Delete for good")
    assert gone == ["gone"]


# Fit, panel ---------------------------------------------------------------------------------------


def test_a_fit_shows_points_and_reasons_and_a_question_without_one_says_so(bank: Bank) -> None:
    question = bank.question("BEH-GEN-003")
    story = replace(STORY, competencies=question.competencies)
    found = best_fits(read_words([story]), asked(question))
    blocks = fits.fit_screen(question, found, nothing, nothing)
    (item,) = of_kind(blocks, Listing)[0].spec["items"]
    assert item["title"] == f"{found[0].score} of 100: The payroll cutover"
    assert "the main competency (35)" in item["note"]
    assert question.stem in drawn(blocks).words
    assert "It is a gap worth a story." in drawn(fits.fit_screen(question, [], nothing, nothing)).words


def test_an_assignment_lists_stories_collisions_and_what_is_uncovered(bank: Bank) -> None:
    panel = [asked(bank.question(one)) for one in ("BEH-GEN-003", "BEH-GEN-008")]
    panel = [replace(one, competencies=("risk_issue",)) for one in panel]
    opened: list[str] = []
    found = assign_stories(read_words([STORY]), panel)
    blocks = fits.assignment_blocks(found, ["Only two fit."], opened.append)
    words = drawn(blocks).words
    assert "1 of 2 questions with a story" in words
    assert "No story left that fits." in words
    assert "“The payroll cutover” is the best fit of 2 questions" in words
    assert "Uncovered" in words
    assert "Only two fit." in words
    press(blocks, "Open the story")
    assert opened == ["one"]


def test_the_panel_form_gives_the_choice_or_says_what_is_missing() -> None:
    setup = Setup(level="mid", categories=CATEGORIES, mode="practice", length=6, seed=1)
    form = fits.PanelForm(setup, {})
    assert form.read() == {
        "level": "mid",
        "specialisation": "general",
        "categories": list(CATEGORIES),
        "length": 6,
        "seed": 1,
    }
    assert form.preset not in form.fields
    of_kind(form.fields, Input)[0].hear({"value": "x"})
    assert form.read() == "The seed must be a whole number, such as 7."
    of_kind(form.fields, Choice)[1].hear({"chosen": []})
    assert form.read() == "Choose at least one category."
    own = fits.PanelForm(setup, {"bank": "Panel at the bank"})
    assert own.preset in own.fields


# The drill ----------------------------------------------------------------------------------------


def test_the_drill_says_what_is_due_when_the_next_is_and_what_to_do_without_cards() -> None:
    assert "Tag a story" in drawn(fits.drill_screen(fits.Deck(0, 0, None), "", nothing)).words
    due = fits.drill_screen(fits.Deck(4, 2, NOW), "12 March 2027", nothing)
    assert "2 of 4 cards due" in drawn(due).words
    assert "None is due after your interview on 12 March 2027." in drawn(due).words
    later = fits.drill_screen(fits.Deck(4, 0, NOW), "", nothing)
    assert "The next card is due on 01 March 2027, 09:30." in drawn(later).words
    assert labels(later) == []


def test_a_card_shows_the_clock_and_no_story_and_naming_shows_all_stories_alike() -> None:
    card = Card(competency="risk_issue", due=NOW, in_time=1)
    blocks = fits.ask_screen(card, 3, nothing, nothing, nothing)
    (clock,) = of_kind(blocks, ClockFace)
    assert (clock.spec["left"], clock.spec["pausable"]) == (5, False)
    assert labels(blocks) == ["Stop", "None comes to mind", "I have it"]
    named: list[str] = []
    naming = fits.name_screen(card, 7.2, [STORY], named.append, nothing)
    assert "You took 7 s, 5 s were allowed." in drawn(naming).words
    of_kind(naming, Listing)[0].hear({"value": "one"})
    assert named == ["one"]


def test_the_verdict_says_what_it_was_worth_and_shows_the_stories_with_their_results() -> None:
    card = Card(competency="risk_issue", due=NOW)
    blocks = fits.verdict_screen(card, "below", "No story came to mind.", [STORY], nothing, nothing)
    words = drawn(blocks).words
    assert "Below meets" in words
    assert "No story came to mind." in words
    assert "The payroll cutover: Payroll ran on 1 April." in words


# Use, escaping ------------------------------------------------------------------------------------


def test_the_chooser_offers_nothing_without_stories_and_uses_only_one_that_was_chosen() -> None:
    used: list[str] = []
    assert story_chooser({}, used.append) == ()
    blocks = story_chooser({"one": "The payroll cutover (63 of 100)"}, used.append)
    press(blocks, "Fill the empty boxes")
    assert "Choose a story first." in drawn(blocks).words
    of_kind(blocks, Select)[0].hear({"value": "one"})
    press(blocks, "Fill the empty boxes")
    assert used == ["one"]
    assert "What you wrote yourself stays." in drawn(blocks).words


def test_what_a_person_wrote_is_escaped_on_every_screen(bank: Bank) -> None:
    evil = replace(STORY, title=EVIL, result=EVIL)
    question = asked(bank.question("BEH-GEN-003"))
    panel = [replace(question, competencies=("risk_issue",))] * 2
    card = Card(competency="risk_issue", due=NOW)
    blocks = (
        *listed(evil, replace(evil, id="two")),
        *fits.assignment_blocks(assign_stories(read_words([evil]), panel), [], nothing),
        *fits.verdict_screen(card, "meets", EVIL, [evil], nothing, nothing),
    )
    page = drawn(blocks)
    assert not {"script", "img"} & set(page.tags)
    assert "<script>" in page.words
