"""The screens of one question: what a person reads there, and what the boxes are called."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from drawn import EVIL, Drawn, drawn, of_kind
from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import Question
from itpm_prep.practice import interview as steps
from itpm_prep.practice.moves import Answer
from itpm_prep.practice.records import Interview, Setup
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.widgets import question_screen as screens
from itpm_prep.widgets.parts import AnswerForm, ClockFace
from itpm_prep.widgets.speaking import ReadAloud

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEYED, STORY = "SCN-SOF-001", "BEH-GEN-001"


def entry(bank: Bank, question_id: str) -> Any:
    return next(one for one in bank.entries if one.id == question_id)


def interview(bank: Bank, *ids: str, mode: str = "practice") -> Interview:
    setup = Setup(level="senior", categories=("scenario",), mode=mode, length=len(ids), seed=1)  # type: ignore[arg-type]
    planned = [entry(bank, one) for one in ids]
    return steps.begin(setup, planned, interview_id="i1", bank_hash=bank.hash, now=NOW)


def clock() -> ClockFace:
    return ClockFace(90.0, 30, running=True, pausable=True, on_switch=lambda _: None)


class Person:
    """Who types and presses: what was heard of them."""

    def __init__(self) -> None:
        self.drafts: list[tuple[str, str]] = []
        self.acts: list[tuple[str, dict[str, str]]] = []

    def draft(self, box: str, text: str) -> None:
        self.drafts.append((box, text))

    def act(self, name: str, texts: dict[str, str]) -> None:
        self.acts.append((name, texts))


def prepare(state: Interview, question: Question, drafts: dict[str, str] | None = None) -> Any:
    person = Person()
    return screens.prepare_screen(state, question, clock(), drafts or {}, "i1:0", person.draft, person.act)


def answer(state: Interview, question: Question, drafts: dict[str, str] | None = None) -> Any:
    person = Person()
    return screens.answer_screen(state, question, clock(), drafts or {}, "i1:0", person.draft, person.act)


def form_of(blocks: Any) -> dict[str, Any]:
    (form,) = of_kind(blocks, AnswerForm)
    return form.spec


def test_every_question_gets_one_box_for_each_part_of_its_scaffold_in_order(bank: Bank) -> None:
    for one in bank.entries:
        question = bank.question(one.id)
        parts = form_of(answer(interview(bank, one.id), question))["parts"]
        assert [box["name"] for box in parts] == [part.name for part in frame_of(question.scaffold).parts]
        assert [box["box"] for box in parts] == [f"part:{p.id}" for p in frame_of(question.scaffold).parts]
        assert sum(box["share"] for box in parts) == 100


def test_hints_stand_at_every_box_in_practice_and_at_none_in_a_mock_interview(bank: Bank) -> None:
    question = bank.question(KEYED)
    practice = form_of(answer(interview(bank, KEYED), question))["parts"]
    assert [box["hint"] for box in practice] == [part.hint for part in frame_of(question.scaffold).parts]
    mock = form_of(answer(interview(bank, KEYED, mode="mock"), question))["parts"]
    assert {box["hint"] for box in mock} == {""}


def test_the_part_that_takes_most_words_gets_the_larger_box(bank: Bank) -> None:
    rows = {
        box["name"]: box["rows"]
        for box in form_of(answer(interview(bank, STORY), bank.question(STORY)))["parts"]
    }
    assert rows["Action"] > rows["Task"]


def test_each_figure_to_work_out_has_a_box_with_its_question_and_unit(bank: Bank) -> None:
    question = bank.question(KEYED)
    figures = form_of(answer(interview(bank, KEYED), question))["figures"]
    assert [(one["box"], one["ask"], one["unit"]) for one in figures] == [
        (f"figure:{one.id}", one.ask, one.unit) for one in question.figures
    ]
    assert form_of(answer(interview(bank, STORY), bank.question(STORY)))["figures"] == []


def test_drafts_come_back_into_the_boxes_they_were_typed_in(bank: Bank) -> None:
    drafts = {"part:assessment": EVIL, "figure:cpi": "0,82", "part:unknown": "lost"}
    spec = form_of(answer(interview(bank, KEYED), bank.question(KEYED), drafts))
    texts = {box["box"]: box["text"] for box in (*spec["parts"], *spec["figures"])}
    assert texts.pop("part:assessment") == EVIL  # a box takes text, so nothing is escaped twice
    assert texts.pop("figure:cpi") == "0,82"
    assert set(texts.values()) == {""}


def test_the_notes_stay_beside_the_answer_and_are_shown_as_typed(bank: Bank) -> None:
    seen = drawn(answer(interview(bank, KEYED), bank.question(KEYED), {"notes": f"{EVIL}\nsecond line"}))
    assert "Your notes" in seen.all("summary")
    assert f"{EVIL}\nsecond line" in seen.words
    assert not {"script", "img"} & set(seen.tags)


@pytest.mark.parametrize("notes", ["", " \n "])
def test_without_notes_nothing_is_folded_beside_the_answer(bank: Bank, notes: str) -> None:
    seen = drawn(answer(interview(bank, KEYED), bank.question(KEYED), {"notes": notes}))
    assert "Your notes" not in seen.words


def test_preparing_shows_the_case_and_its_table_but_neither_strong_points_nor_red_flags(bank: Bank) -> None:
    question = bank.question(KEYED)
    seen = drawn(prepare(interview(bank, KEYED), question))
    assert seen.all("h1") == [question.stem]
    assert question.context in seen.all("p")
    assert seen.all("caption") == [one.title for one in question.exhibits]
    for secret in (*question.strong_points, *(flag.text for flag in question.red_flags), question.intent):
        assert secret not in seen.words


def test_preparing_says_the_parts_of_the_answer_and_how_long_to_speak(bank: Bank) -> None:
    words = drawn(prepare(interview(bank, KEYED), bank.question(KEYED))).words
    assert "Answer in situation, background, assessment, recommendation (SBAR)." in words
    assert "Aim for 4 min when spoken, 5 min 30 s at most." in words


def test_notes_are_not_counted_as_speech_and_an_answer_is(bank: Bank) -> None:
    state, question = interview(bank, KEYED), bank.question(KEYED)
    assert form_of(prepare(state, question))["spoken"] is False
    assert form_of(answer(state, question))["spoken"] is True


def test_a_question_can_be_skipped_before_and_while_answering(bank: Bank) -> None:
    state, question = interview(bank, KEYED), bank.question(KEYED)
    for blocks, forward in ((prepare(state, question), "start"), (answer(state, question), "submit")):
        assert [action["name"] for action in form_of(blocks)["actions"]] == ["skip", forward]
        looks = {action["name"]: action["look"] for action in form_of(blocks)["actions"]}
        assert looks == {"skip": "plain", forward: "primary"}


def test_handing_in_brings_the_parts_and_the_figures_under_their_names(bank: Bank) -> None:
    person, question = Person(), bank.question(KEYED)
    blocks = screens.answer_screen(
        interview(bank, KEYED), question, clock(), {}, "i1:0", person.draft, person.act
    )
    (form,) = of_kind(blocks, AnswerForm)
    form.hear({"kind": "act", "action": "submit", "texts": {"part:situation": "Red.", "figure:eac": "1095"}})
    ((name, texts),) = person.acts
    assert name == "submit"
    assert texts["part:situation"] == "Red."
    assert texts["figure:eac"] == "1095"
    assert len(texts) == 4 + len(question.figures)


def test_the_top_tells_the_place_the_category_and_how_much_is_done(bank: Bank) -> None:
    state, _ = steps.skip(interview(bank, STORY, KEYED), bank.question(STORY), attempt_id="a1", now=NOW)
    seen = drawn(screens.top(state, bank.question(KEYED)))
    assert "Question 2 of 2" in seen.words
    assert "Scenario" in seen.words
    assert ("aria-label", "1 of 2 questions done") in seen.attributes


def test_the_clock_stands_on_the_top_line_only_where_time_runs(bank: Bank) -> None:
    state, question = interview(bank, KEYED), bank.question(KEYED)
    face = clock()
    assert of_kind(screens.top(state, question, face), ClockFace) == [face]
    assert of_kind(screens.top(state, question), ClockFace) == []


def test_whatever_the_bank_says_is_shown_and_never_read_as_markup(bank: Bank) -> None:
    question = replace(bank.question(KEYED), stem=EVIL, context=EVIL)
    seen = drawn(prepare(interview(bank, KEYED), question))
    assert seen.words.count(EVIL) == 2
    assert not {"script", "img"} & set(seen.tags)


def probing(bank: Bank) -> tuple[Interview, Question]:
    question = bank.question(KEYED)
    state = steps.start_answer(interview(bank, KEYED), NOW)
    state, _ = steps.submit(state, question, Answer(parts={}, figures={}), attempt_id="a1", now=NOW)
    assert state.phase == "probes"
    assert len(state.turn.probes) == 2
    return state, question


def probe_screen(state: Interview, question: Question, drafts: dict[str, str], words: str) -> Any:
    probe = next(one for one in question.probes if one.id == state.turn.probes[state.turn.replied])
    person = Person()
    answered = [("Situation", words), ("Background", "")]
    return screens.probe_screen(
        state, question, probe, answered, drafts, "i1:0", person.draft, person.act
    ), probe


def test_the_question_and_its_case_can_be_read_aloud_on_every_screen_that_asks(bank: Bank) -> None:
    state, question = interview(bank, KEYED), bank.question(KEYED)
    for blocks in (prepare(state, question), answer(state, question)):
        (voice,) = of_kind(blocks, ReadAloud)
        assert voice.spec["text"] == f"{question.stem} {question.context}"
    blocks, probe = probe_screen(*probing(bank), {}, "Red.")
    assert [voice.spec["text"] for voice in of_kind(blocks, ReadAloud)] == [probe.ask]


def test_a_follow_up_tells_which_one_it_is_and_asks_the_probe(bank: Bank) -> None:
    state, question = probing(bank)
    blocks, probe = probe_screen(state, question, {}, "Red.")
    assert "Follow-up 1 of 2" in drawn(blocks).words
    assert drawn(blocks).all("h1") == [probe.ask]
    state, _ = steps.reply(state, question, "", reply_id="r1", now=NOW)
    blocks, second = probe_screen(state, question, {}, "Red.")
    assert "Follow-up 2 of 2" in drawn(blocks).words
    assert drawn(blocks).all("h1") == [second.ask] != [probe.ask]


def test_a_follow_up_has_one_box_whose_draft_belongs_to_that_probe(bank: Bank) -> None:
    state, question = probing(bank)
    first, second = state.turn.probes
    blocks, _ = probe_screen(state, question, {f"probe:{first}": "So far", f"probe:{second}": "No"}, "")
    (box,) = form_of(blocks)["parts"]
    assert (box["box"], box["text"]) == (f"probe:{first}", "So far")
    assert [one["name"] for one in form_of(blocks)["actions"]] == ["pass", "reply"]


def test_the_answer_just_given_can_be_opened_under_a_follow_up(bank: Bank) -> None:
    blocks, _ = probe_screen(*probing(bank), {}, EVIL)
    seen = drawn(blocks)
    assert seen.all("summary") == ["The question and your answer"]
    assert EVIL in seen.words
    assert seen.all("h2") == ["Situation", "Background"]
    assert "Left empty." in seen.all("p")


def test_only_an_empty_part_is_called_empty() -> None:
    assert "Left empty." not in Drawn(screens.own_words([("Task", "x")])).words
    assert Drawn(screens.own_words([("Task", " \n\t")])).all("p") == ["Left empty."]
