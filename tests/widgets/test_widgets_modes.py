"""The modes on the screen: cards, what they fix as words, sets of one's own, takes, and the panel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from hypothesis import given, settings
from own_rules import OWN_RULES

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice import interview as steps
from itpm_prep.practice.interviewers import PANEL
from itpm_prep.practice.presets import RULES, Preset
from itpm_prep.practice.records import Interview, Mode, Rules, Setup
from itpm_prep.widgets.blocks import Choice, Input, Select
from itpm_prep.widgets.mode_words import MODE_NAMES, rules_words, terms
from itpm_prep.widgets.parts import AnswerForm, ClockFace
from itpm_prep.widgets.question_screen import answer_screen, prepare_screen
from itpm_prep.widgets.setup_screen import SetupForm
from itpm_prep.widgets.take_screen import take_screen

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CHOSEN = Setup(level="mid", specialisation="agile", categories=CATEGORIES, mode="mock", length=6, seed=42)
OWN = Rules(think_s=45, answer_s=150, takes=3, probes=1, scores="end", cut=True, aided=True)
MINE = Preset(
    id="p1",
    name=EVIL[:40],
    setup=Setup(
        level="director", categories=("change",), mode="own", length=2, seed=9, rules=OWN, preset=EVIL[:40]
    ),
)


def choose(form: SetupForm, value: str) -> None:
    form.mode.hear({"chosen": [value]})


def names(form: SetupForm) -> set[str]:
    """The fields that can be changed."""
    fields = [*of_kind([form.body], Select), *of_kind([form.body], Input), *of_kind([form.body], Choice)]
    return {field.spec.get("label") or field.spec["legend"] for field in fields}


# Set-up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODE_NAMES)
def test_every_mode_can_be_chosen_from_its_card_and_is_what_is_asked(mode: Mode) -> None:
    form = SetupForm(CHOSEN, 5)
    choose(form, mode)
    read = form.read(CHOSEN)
    assert isinstance(read, Setup)
    assert (read.mode, read.rules) == (mode, RULES["own"] if mode == "own" else None)
    assert all(card["note"] for card in form.mode.spec["choices"])


def test_what_a_mode_fixes_is_shown_as_words_and_cannot_be_changed() -> None:
    form = SetupForm(CHOSEN, 5)
    free = {"Level", "Specialisation", "Categories", "Length", "Write in", "Seed", "Keep as"}
    assert names(form) == free
    choose(form, "phone")
    assert names(form) == free - {"Specialisation", "Categories"}
    assert "Behavioral, Leadership" in drawn([form.body]).words
    choose(form, "own")
    assert names(form) > free
    choose(form, "video")
    assert rules_words(RULES["video"]) in drawn([form.body]).words


def test_going_through_the_modes_loses_nothing_that_was_chosen() -> None:
    form = SetupForm(CHOSEN, 5)
    for mode in [*MODE_NAMES, "mock"]:
        choose(form, mode)
    assert form.read(CHOSEN) == CHOSEN


def test_the_length_is_told_by_the_times_of_the_mode() -> None:
    form = SetupForm(CHOSEN, 5)
    choose(form, "video")
    assert {"value": "6", "label": "6 questions, about 15 minutes"} in form.length.spec["options"]


def test_a_panel_is_introduced_before_it_begins() -> None:
    form = SetupForm(CHOSEN, 5)
    choose(form, "panel")
    assert all(f"{one.role}: {one.focus}" in drawn([form.body]).words for one in PANEL)


@given(OWN_RULES)
@settings(deadline=None, max_examples=40)
def test_any_rules_of_ones_own_are_offered_again_unchanged(rules: Rules) -> None:
    setup = Setup(level="mid", categories=("change",), mode="own", length=3, seed=1, rules=rules)
    assert SetupForm(setup, 5).read(CHOSEN) == setup


def test_a_set_of_ones_own_fixes_everything_but_the_seed() -> None:
    form = SetupForm(CHOSEN, 5, [MINE])
    choose(form, "set:p1")
    assert names(form) == {"Seed"}
    seen = drawn([form.body])
    assert "Director" in seen.words
    assert "script" not in seen.tags
    read = form.read(CHOSEN)
    assert isinstance(read, Setup)
    assert (read.seed, read.preset, read.rules) == (42, MINE.name, OWN)


def test_the_set_used_last_is_still_chosen_and_one_that_was_deleted_leaves_its_choices() -> None:
    assert SetupForm(MINE.setup, 5, [MINE]).mode.chosen == ["set:p1"]
    left = SetupForm(MINE.setup, 5, []).read(CHOSEN)
    assert isinstance(left, Setup)
    assert (left.mode, left.rules, left.preset) == ("own", OWN, "")


def test_a_set_is_kept_under_the_name_typed_and_deleted_by_its_id() -> None:
    told: list[str] = []
    form = SetupForm(CHOSEN, 5, [MINE], told.append, told.append)
    form.name.hear({"value": "Bank"})
    press([form.body], "Keep this set")
    choose(form, "set:p1")
    assert labels([form.body]) == [f"Delete {MINE.name}"]
    press([form.body], f"Delete {MINE.name}")
    assert told == ["Bank", "p1"]


# Under way ----------------------------------------------------------------------------------------


def begun(bank: Bank, mode: Mode, rules: Rules | None = None) -> Interview:
    setup = Setup(level="mid", categories=("scenario",), mode=mode, length=1, seed=1, rules=rules)
    entries = [entry for entry in bank.entries if entry.id == "SCN-SOF-001"]
    return steps.begin(setup, entries, interview_id="i", bank_hash="h", now=NOW)


def face() -> ClockFace:
    return ClockFace(30, 10, running=True, pausable=False, on_switch=lambda _: None, cut=True)


def test_what_happens_when_the_time_ends_is_said_before_it_begins(bank: Bank) -> None:
    question = bank.question("SCN-SOF-001")
    words = drawn(
        prepare_screen(begun(bank, "video"), question, face(), {}, "p", lambda *_: None, lambda *_: None)
    ).words
    for told in (
        "30 s to think and 2 min to answer",
        "handed in",
        "nothing you typed is lost",
        "no way back",
    ):
        assert told in words
    assert "at most" not in words  # the times of the question do not hold here


def test_a_mode_without_terms_of_its_own_says_nothing_new(bank: Bank) -> None:
    assert terms(RULES["mock"], bank.question("SCN-SOF-001")) == ""


def test_the_panel_names_who_asks(bank: Bank) -> None:
    state = begun(bank, "panel")
    question = bank.question("SCN-SOF-001")
    words = drawn(prepare_screen(state, question, face(), {}, "p", lambda *_: None, lambda *_: None)).words
    assert f"{state.turn.asker} asks" in words


def test_between_takes_one_sees_what_was_handed_in_and_can_keep_it_or_take_again(bank: Bank) -> None:
    question = bank.question("SCN-SOF-001")
    answering = steps.start_answer(begun(bank, "own", OWN), NOW)
    given_in = steps.Answer(parts={"situation": EVIL}, figures={})
    state, _ = steps.submit(answering, question, given_in, attempt_id="a1", now=NOW)
    pressed: list[str] = []
    blocks = take_screen(
        state,
        question,
        [("Situation", EVIL)],
        lambda: pressed.append("again"),
        lambda: pressed.append("keep"),
    )
    seen = drawn(blocks)
    assert seen.all("h1") == ["Take 1 of 3 is handed in"]
    assert "2 more takes" in seen.words
    assert EVIL in seen.words
    assert "script" not in seen.tags
    for label in ("Take it again", "Keep this take"):
        press(blocks, label)
    assert pressed == ["again", "keep"]
    (form,) = of_kind(
        answer_screen(
            steps.take_again(state, NOW), question, face(), {}, "p", lambda *_: None, lambda *_: None
        ),
        AnswerForm,
    )
    assert [one["label"] for one in form.spec["actions"]] == ["Keep take 1", "Submit answer"]
