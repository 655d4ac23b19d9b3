"""The self-score and the set-up: what a person chooses from there, and what comes of it."""

from __future__ import annotations

import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS, SPECIALISATIONS
from itpm_prep.practice.records import Setup
from itpm_prep.widgets.blocks import Choice, Row
from itpm_prep.widgets.parts import EvidencePicker
from itpm_prep.widgets.scoring_screen import ScoreView, flags_screen, score_screen
from itpm_prep.widgets.setup_screen import (
    SPECIALISATION_NAMES,
    SetupForm,
    resume_note,
    setup_screen,
    taken_over_screen,
)

KEYED = "SCN-SOF-001"
CHOSEN = Setup(
    level="mid", specialisation="agile", categories=("scenario", "change"), mode="mock", length=6, seed=42
)


def nothing(*_: object) -> None:
    """Nobody listens."""


# Red flags ----------------------------------------------------------------------------------------


def test_every_red_flag_of_the_question_can_be_ticked_and_none_is_at_first(bank: Bank) -> None:
    question = bank.question(KEYED)
    (flags,) = of_kind(flags_screen(question, 0, [], [], nothing, nothing), Choice)
    assert [one["label"] for one in flags.spec["choices"]] == [flag.text for flag in question.red_flags]
    assert flags.spec["many"] is True
    assert flags.chosen == []


def test_flags_heard_before_are_still_ticked_and_changes_are_told(bank: Bank) -> None:
    heard: list[object] = []
    (flags,) = of_kind(flags_screen(bank.question(KEYED), 0, [], ["1"], heard.append, nothing), Choice)
    assert flags.chosen == ["1"]
    flags.hear({"kind": "change", "chosen": ["0", "1"]})
    assert heard == [["0", "1"]]


def test_the_flags_screen_names_the_question_and_folds_the_answer_in(bank: Bank) -> None:
    question = bank.question(KEYED)
    seen = drawn(flags_screen(question, 2, [("Situation", EVIL)], [], nothing, nothing))
    assert f"Question 3: {question.title}" in seen.words
    assert question.stem in seen.words
    assert EVIL in seen.words
    assert "script" not in seen.tags


def test_the_flags_screen_goes_on_with_one_button(bank: Bank) -> None:
    pressed: list[str] = []
    blocks = flags_screen(bank.question(KEYED), 0, [], [], nothing, lambda: pressed.append("next"))
    assert labels(blocks) == ["Next"]
    press(blocks, "Next")
    assert pressed == ["next"]


# Criteria -----------------------------------------------------------------------------------------


def picker(
    bank: Bank, number: int, answer: list[tuple[str, list[str]]], evidence: str = ""
) -> EvidencePicker:
    criterion = bank.question(KEYED).criteria[number - 1]
    view = ScoreView(criterion, number, 4, 3, evidence, 2)
    blocks = score_screen(view, answer, bool, nothing, nothing, nothing)
    assert f"Criterion {number} of 4" in drawn(blocks).words
    (found,) = of_kind(blocks, EvidencePicker)
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_criterion_is_scored_on_its_own_five_anchors_lowest_first(bank: Bank, number: int) -> None:
    criterion = bank.question(KEYED).criteria[number - 1]
    spec = picker(bank, number, []).spec
    assert spec["name"] == criterion.name
    anchors = criterion.anchors
    assert spec["anchors"] == [anchors.one, anchors.two, anchors.three, anchors.four, anchors.five]


def test_only_the_last_criterion_is_called_last(bank: Bank) -> None:
    assert [picker(bank, number, []).spec["last"] for number in (1, 2, 3, 4)] == [False, False, False, True]


def test_parts_without_words_offer_no_evidence(bank: Bank) -> None:
    spec = picker(bank, 1, [("Situation", ["We are red.", EVIL]), ("Background", [])]).spec
    assert spec["answer"] == [{"name": "Situation", "sentences": ["We are red.", EVIL]}]


def test_marks_made_before_and_the_cap_are_still_there(bank: Bank) -> None:
    spec = picker(bank, 1, [], "We are red.").spec
    assert (spec["chosen"], spec["evidence"], spec["cap"], spec["holds"]) == (3, "We are red.", 2, True)
    assert picker(bank, 1, []).spec["holds"] is False


# Set-up -------------------------------------------------------------------------------------------


def test_the_form_left_alone_gives_back_the_setup_it_was_opened_with() -> None:
    assert SetupForm(CHOSEN, 5).read(CHOSEN) == CHOSEN


@settings(deadline=None, max_examples=60)
@given(
    st.builds(
        Setup,
        level=st.sampled_from(LEVELS),
        specialisation=st.sampled_from(SPECIALISATIONS),
        categories=st.sets(st.sampled_from(CATEGORIES), min_size=1).map(
            lambda some: tuple(one for one in CATEGORIES if one in some)
        ),
        mode=st.sampled_from(["practice", "mock"]),
        length=st.integers(1, 20),
        seed=st.integers(-(10**9), 10**9),
    )
)
def test_any_setup_that_was_kept_is_offered_again_unchanged(setup: Setup) -> None:
    form = SetupForm(setup, 5)
    assert form.read(CHOSEN) == setup
    assert str(setup.length) in [one["value"] for one in form.length.spec["options"]]


def test_what_is_chosen_is_what_is_asked_and_categories_keep_the_order_of_the_bank() -> None:
    form = SetupForm(CHOSEN, 5)
    form.level.hear({"chosen": ["director"]})
    form.mode.hear({"chosen": ["practice"]})
    form.specialisation.hear({"value": "erp"})
    form.categories.hear({"chosen": ["change", "behavioral"]})
    form.length.hear({"value": "12"})
    form.seed.hear({"value": "-3"})
    assert form.read(CHOSEN) == Setup(
        level="director", specialisation="erp", categories=("behavioral", "change"), mode="practice",
        length=12, seed=-3,
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["", "seven", "1.5", "--", "1e3", " "])
def test_a_seed_that_is_no_whole_number_is_told_and_begins_nothing(typed: str) -> None:
    form = SetupForm(CHOSEN, 5)
    form.seed.hear({"value": typed})
    assert form.read(CHOSEN) == "The seed must be a whole number, such as 7."


@given(st.text(max_size=12))
@settings(deadline=None)
def test_whatever_is_typed_as_seed_gives_a_setup_or_a_sentence(typed: str) -> None:
    form = SetupForm(CHOSEN, 5)
    form.seed.hear({"value": typed})
    read = form.read(CHOSEN)
    assert isinstance(read, Setup) or read.startswith("The seed must be")


def test_without_a_category_the_form_asks_for_one() -> None:
    form = SetupForm(CHOSEN, 5)
    form.categories.hear({"chosen": []})
    assert form.read(CHOSEN) == "Choose at least one category."


def test_each_length_tells_how_long_it_takes() -> None:
    labels_of = {one["value"]: one["label"] for one in SetupForm(CHOSEN, 5.4).length.spec["options"]}
    assert labels_of["1"] == "1 question, about 5 minutes"
    assert labels_of["12"] == "12 questions, about 65 minutes"
    assert list(labels_of) == ["1", "3", "6", "9", "12"]


def test_every_level_category_and_specialisation_can_be_chosen_by_its_name() -> None:
    form = SetupForm(CHOSEN, 5)
    assert [one["value"] for one in form.level.spec["choices"]] == list(LEVELS)
    assert {one["value"]: one["label"] for one in form.categories.spec["choices"]} == CATEGORY_NAMES
    assert set(SPECIALISATION_NAMES) == set(SPECIALISATIONS)
    assert form.categories.spec["many"] is True
    assert form.level.spec["many"] is False


def test_the_setup_screen_shows_its_notes_the_days_left_and_begins() -> None:
    pressed: list[str] = []
    form = SetupForm(CHOSEN, 5)
    blocks = setup_screen(
        form, "12 days to your interview", [EVIL], Row(look=""), lambda: pressed.append("begin")
    )
    seen = drawn(blocks)
    assert seen.all("h1") == ["Mock interview"]
    assert "12 days to your interview" in seen.words
    assert EVIL in seen.words
    assert "script" not in seen.tags
    assert labels(blocks) == ["Keep this set", "Begin"]
    press(blocks, "Begin")
    assert pressed == ["begin"]
    assert form.level in form.body.tree()
    assert form.body in of_kind(blocks, Row)


# Resume and take over -----------------------------------------------------------------------------


def test_an_unfinished_interview_can_be_gone_on_with_or_left_behind() -> None:
    pressed: list[str] = []
    blocks = resume_note(
        "You stopped <here>.", "Resume", lambda: pressed.append("on"), lambda: pressed.append("anew")
    )
    assert drawn(blocks).words == "You stopped <here>."
    assert labels(blocks) == ["Resume", "Start anew"]
    press(blocks, "Resume")
    press(blocks, "Start anew")
    assert pressed == ["on", "anew"]


def test_a_tab_that_was_taken_over_shows_what_was_typed_too_late() -> None:
    seen = drawn(taken_over_screen(["", EVIL, "  "], nothing))
    assert seen.all("h1") == ["Open in another tab"]
    assert seen.all("h2") == ["Typed here since, and not saved"]
    assert EVIL in seen.words
    assert "script" not in seen.tags
    assert seen.tags.count("p") == 2  # what happened, and the one text that is not blank


def test_a_tab_that_was_taken_over_in_time_lost_nothing_and_says_so() -> None:
    pressed: list[str] = []
    blocks = taken_over_screen([" "], lambda: pressed.append("here"))
    seen = drawn(blocks)
    assert "not saved" not in seen.words
    assert "Everything up to then is saved." in seen.words
    press(blocks, "Take over here")
    assert pressed == ["here"]
