"""The screens of the gate: intro, one answer, result and history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from drawn import EVIL, drawn, labels, of_kind, press
from msgspec.structs import replace

from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice import gate as gates
from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.widgets import calibrate_screen as screens
from itpm_prep.widgets.blocks import Block, Choice, Listing

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BANK = load_bank()
QUESTION = next(
    question
    for question in (BANK.question(entry.id) for entry in BANK.entries)
    if any(one.label == "polished" for one in question.benchmarks) and question.context
)
POLISHED = next(one for one in QUESTION.benchmarks if one.label == "polished")
IDS = [one.id for one in QUESTION.criteria]


def nothing(*_: object) -> None:
    """Nobody listens."""


def taken(*steps: int, gate_id: str = "g1", days: int = 0) -> Calibration:
    """The polished answer rated so many steps above its key, criterion by criterion."""
    marks = tuple(
        KeyedMark(
            question_id=QUESTION.id,
            question_version=QUESTION.version,
            label="polished",
            criterion=one,
            chosen=POLISHED.key[one] + step,
            key=POLISHED.key[one],
        )
        for one, step in zip(IDS, steps, strict=True)
    )
    return Calibration(id=gate_id, rated_at=NOW + timedelta(days=days), marks=marks)


def result(of: Calibration) -> tuple[Block, ...]:
    return screens.result_screen(of, [screens.Answered(of.marks, QUESTION, POLISHED)], nothing, NOW)


# Intro --------------------------------------------------------------------------------------------


def test_the_intro_says_where_one_stands_and_begins_at_the_level_chosen() -> None:
    begun: list[str] = []
    screen = screens.intro_screen("Not yet.", screens.begin_blocks("mid", begun.append), [], nothing, NOW)
    assert "Not yet." in drawn(screen).words
    assert "6 sample answers on 24 criteria" in drawn(screen).words
    (level,) = of_kind(screen, Choice)
    level.hear({"chosen": ["senior"]})
    press(screen, "Begin")
    assert begun == ["senior"]
    assert not of_kind(screen, Listing)


def test_the_history_opens_the_gate_pressed_the_latest_first() -> None:
    opened: list[str] = []
    history = [taken(2, 2, 2, 2), taken(0, 0, 0, 1, gate_id="g2", days=3)]
    screen = screens.intro_screen("Calibrated.", (), history, opened.append, NOW)
    (listing,) = of_kind(screen, Listing)
    assert [item["title"] for item in listing.spec["items"]] == [
        "6 November 2026: calibrated",
        "3 November 2026: not passed",
    ]
    assert listing.spec["items"][1]["note"] == "Mean distance 2.00, 2.0 higher than the key"
    listing.hear({"value": "g1"})
    assert opened == ["g1"]


def test_a_gate_that_was_left_can_be_resumed_or_started_anew() -> None:
    pressed: list[str] = []
    gate = gates.turn_to(gates.begin(gates.samples_of([QUESTION]), "mid", "g1", NOW), 2)
    blocks = screens.resume_blocks(gate, lambda: pressed.append("on"), lambda: pressed.append("anew"))
    assert "You stopped at answer 3 of 3. Nothing was lost." in drawn(blocks).words
    press(blocks, "Resume")
    press(blocks, "Start anew")
    assert pressed == ["on", "anew"]
    assert labels(screens.changed_blocks(nothing)) == ["Start anew"]


def test_a_bank_with_too_few_answers_is_named_and_offers_no_begin() -> None:
    screen = screens.intro_screen("Not yet.", screens.lack_blocks(gates.lack([])), [], nothing, NOW)
    assert "has none of the first kind and none of the second" in drawn(screen).words
    assert labels(screen) == []


# One answer ---------------------------------------------------------------------------------------


def sample(position: int = 0, **marks: int) -> tuple[tuple[Block, ...], list[tuple[str, int]]]:
    given: list[tuple[str, int]] = []
    gate = gates.begin(gates.samples_of([QUESTION]), "mid", "g1", NOW)
    for criterion, chosen in marks.items():
        gate = gates.give_mark(gate, position, criterion, chosen)
    screen = screens.sample_screen(
        gates.turn_to(gate, position),
        QUESTION,
        POLISHED.text,
        lambda criterion, chosen: given.append((criterion, chosen)),
        nothing,
        nothing,
    )
    return screen, given


def test_an_answer_is_rated_blind_with_its_question_its_case_and_all_twenty_anchors() -> None:
    screen, _ = sample()
    words = drawn(screen).words
    assert QUESTION.stem in words
    assert QUESTION.context
    assert QUESTION.context in words
    assert POLISHED.text.split("\n\n")[0].strip() in words
    for told in ("polished", "Polished", "key"):
        assert told not in words.replace(POLISHED.text, "").replace(QUESTION.context, "")
    for scale, criterion in zip(of_kind(screen, Choice), QUESTION.criteria, strict=True):
        assert scale.spec["legend"] == criterion.name
        assert [one["note"] for one in scale.spec["choices"]] == [criterion.anchors[s] for s in range(1, 6)]
        assert scale.chosen == []


def test_a_mark_is_told_at_once_and_stands_when_the_screen_is_drawn_again() -> None:
    screen, given = sample(**{IDS[1]: 4})
    scales = of_kind(screen, Choice)
    assert [scale.chosen for scale in scales] == [[], ["4"], [], []]
    scales[0].hear({"chosen": ["2"]})
    scales[0].hear({"chosen": ["9"]})
    assert given == [(IDS[0], 2)]


def test_the_buttons_say_where_they_lead() -> None:
    assert labels(sample(0)[0]) == ["Leave for now", "Next answer"]
    assert labels(sample(2)[0]) == ["Back", "See the key"]
    assert ("aria-label", "2 of 3 answers done") in drawn(sample(2)[0]).attributes


# The result ---------------------------------------------------------------------------------------


def test_the_result_tells_distance_leniency_and_what_follows_in_plain_words() -> None:
    words = drawn(result(taken(1, 0, 1, 0))).words
    assert words.startswith("Calibrated3 November 2026")
    assert "0.50mean distance from the key over 4 marks; 0.75 or less passes" in words
    assert "On average you score 0.5 higher than the key." in words
    assert "4 of 4 marks (100%) are at most 1 from the key." in words
    assert "count as calibrated until 3 December 2026" in words
    missed = drawn(result(taken(2, 2, 1, 0))).words
    assert missed.startswith("Not passed")
    assert "take the gate again with other answers" in missed


def test_the_key_stands_beside_each_mark_with_both_anchors_and_the_reason() -> None:
    screen = drawn(result(taken(2, 0, -1 if POLISHED.key[IDS[2]] > 1 else 0, 0)))
    first, second = QUESTION.criteria[:2]
    key = POLISHED.key[first.id]
    assert f"You: {key + 2}" in screen.all("b")
    assert f"The key: {key}" in screen.all("b")
    assert first.anchors[key] in screen.words
    assert first.anchors[key + 2] in screen.words
    assert "2 above the key: the line you chose asks for more than this answer says." in screen.words
    assert f"You and the key: {POLISHED.key[second.id]}" in screen.words
    assert "Polished but empty" in screen.words
    assert POLISHED.text.split("\n\n")[0].strip() in screen.words


def test_a_mark_below_the_key_is_explained_too() -> None:
    strong = next(one for one in QUESTION.benchmarks if one.label == "strong")
    marks = tuple(
        KeyedMark(question_id=QUESTION.id, question_version=1, label="strong", criterion=one, chosen=2, key=4)
        for one in IDS
    )
    low = Calibration(id="g", rated_at=NOW, marks=marks)
    screen = screens.result_screen(low, [screens.Answered(marks, QUESTION, strong)], nothing, NOW)
    assert "2 below the key: this answer says what the higher line asks for." in drawn(screen).words
    assert "On average you score 2.0 lower than the key." in drawn(screen).words
    assert "\N{MINUS SIGN}2.0, you 2.0, the key 4.0" in drawn(screen).words


def test_an_answer_that_has_left_the_bank_keeps_its_marks() -> None:
    old = taken(1, 0, 0, 0)
    screen = screens.result_screen(old, [screens.Answered(old.marks, None, None)], nothing, NOW)
    words = drawn(screen).words
    assert screens.GONE in words
    assert f"you {old.marks[0].chosen}, the key {old.marks[0].key}" in words


def test_nothing_from_the_bank_is_taken_for_markup() -> None:
    evil = replace(
        QUESTION,
        title=EVIL,
        stem=EVIL,
        context=EVIL,
        benchmarks=(replace(POLISHED, text=EVIL),),
        criteria=tuple(replace(one, name=EVIL) for one in QUESTION.criteria),
    )
    of = taken(1, 0, 0, 0)
    shown = screens.result_screen(of, [screens.Answered(of.marks, evil, evil.benchmarks[0])], nothing, NOW)
    gate = gates.begin(gates.samples_of([evil]), "mid", "g", NOW)
    rated = screens.sample_screen(gate, evil, EVIL, nothing, nothing, nothing)
    for screen in (shown, rated):
        assert not {"script", "img"} & set(drawn(screen).tags)
