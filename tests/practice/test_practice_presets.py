"""The rules of each mode, and the sets of one's own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from own_rules import OWN_RULES
from practice_samples import sample_question

from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice import presets
from itpm_prep.practice.presets import Preset, decode_presets, encode_preset, name_preset, rules_of, settle
from itpm_prep.practice.records import Interview, Rules, Setup, Turn


def setup(**changes: Any) -> Setup:
    fields: dict[str, Any] = {
        "level": "mid", "specialisation": "erp", "categories": CATEGORIES, "mode": "mock", "length": 3,
        "seed": 1,
    }  # fmt: skip
    return Setup(**fields | changes)


def kept(name: str, **changes: Any) -> Preset:
    return Preset(id=name, name=name, setup=setup(preset=name, **changes))


def test_one_way_video_gives_30_s_to_think_2_min_to_answer_and_one_take_without_probes() -> None:
    rules = rules_of(setup(mode="video"))
    question = sample_question()
    assert (presets.think_s(rules, question), presets.answer_s(rules, question)) == (30, 120)
    assert (rules.takes, rules.probes, rules.cut, rules.scores) == (1, 0, True, "end")


def test_a_mode_without_times_of_its_own_takes_those_of_the_question() -> None:
    question = sample_question()
    rules = rules_of(setup(mode="mock"))
    times = (question.timing.prep_s, question.timing.max_s)
    assert (presets.think_s(rules, question), presets.answer_s(rules, question)) == times


def test_only_practice_helps_and_practice_and_drill_ask_for_scores_after_each_answer() -> None:
    assert [mode for mode, rules in presets.RULES.items() if rules.aided] == ["practice"]
    each = {mode for mode, rules in presets.RULES.items() if rules.scores == "each" and mode != "own"}
    assert each == {"practice", "drill"}


def test_a_phone_screen_asks_general_questions_about_oneself_whatever_was_chosen_before() -> None:
    settled = settle(setup(mode="phone"))
    assert (settled.categories, settled.specialisation) == (("behavioral", "leadership"), "general")


@given(OWN_RULES)
@settings(deadline=None, max_examples=30)
def test_rules_of_ones_own_hold_in_that_mode_alone_and_survive_being_kept(rules: Rules) -> None:
    own = settle(setup(mode="own", rules=rules))
    assert rules_of(own) == rules
    assert rules_of(settle(setup(mode="panel", rules=rules))) == presets.RULES["panel"]
    preset = kept("Mine", mode="own", rules=rules)
    assert decode_presets({"x": encode_preset(preset)}) == [preset]


def test_an_interview_stored_before_there_were_rules_is_read_and_held_by_its_mode() -> None:
    old = {
        "id": "i", "bank_hash": "h",
        "started_at": "2026-01-01T00:00:00Z", "touched_at": "2026-01-01T00:00:00Z",
        "setup": {"level": "mid", "categories": ["change"], "mode": "practice", "length": 1, "seed": 1},
        "turns": [{"question_id": "q", "question_version": 1, "attempt_ids": ["a", "b"]}],
    }  # fmt: skip
    read = msgspec.convert(old, Interview, strict=False)
    assert rules_of(read.setup) == presets.RULES["practice"]
    assert read.turn == Turn(question_id="q", question_version=1, attempt_ids=("a", "b"))
    assert read.turn.retried


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Give your set a name"),
        ("  \n ", "Give your set a name"),
        ("x" * 41, "41 characters; 40 fit"),
        (" panel AT the  bank", "already"),
    ],
)
def test_a_name_that_will_not_do_is_told(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        name_preset(typed, [kept("Panel at the bank")])


def test_a_name_is_kept_without_stray_spaces_and_there_is_an_end_to_sets() -> None:
    assert name_preset("  Panel\tat  the bank ", []) == "Panel at the bank"
    with pytest.raises(ValueError, match="Delete one first"):
        name_preset("One more", [kept(str(n)) for n in range(presets.PRESETS_AT_MOST)])


def test_a_set_that_cannot_be_read_hides_no_other_and_keys_of_a_later_version_do_no_harm() -> None:
    good = msgspec.json.decode(encode_preset(kept("Mine")))
    stored = {"a": "{broken", "b": '{"id": "b"}', "c": msgspec.json.encode({**good, "later": 1}).decode()}
    assert decode_presets(stored) == [kept("Mine")]
