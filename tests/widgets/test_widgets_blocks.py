from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itpm_prep.problems import NotSaved
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Row, Select
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.parts import Action, AnswerForm, Box, ClockFace, EvidencePicker, FigureBox

CHOICES = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def told(page: Page, block: Block, **content: Any) -> None:
    """What the browser would send of a block."""
    page._hear(page, {"block": block.spec["id"], **content}, [])


def shown(*blocks: Block) -> tuple[Page, list[dict[str, Any]]]:
    """A page that shows these blocks, and what it sends to the browser from then on."""
    page, sent = Page(), []  # type: ignore[var-annotated]
    page._frame.send = sent.append
    page.show(*blocks)
    sent.clear()
    return page, sent


def form(
    drafts: dict[str, str], acted: list[tuple[str, dict[str, str]]], *, full: bool = False
) -> AnswerForm:
    """An answer form with one box and one figure, on a disk that may be full."""

    def save(box: str, text: str) -> None:
        if full:
            raise NotSaved("the disk is full")
        drafts[box] = text

    return AnswerForm(
        "interview:0",
        [Box("part:action", "Action")],
        [Action("submit", "Submit answer", "primary")],
        save,
        lambda name, texts: acted.append((name, texts)),
        [FigureBox("figure:cpi", "CPI", "ratio")],
    )


def picker(changes: list[tuple[int, str]], left: list[object]) -> EvidencePicker:
    """A criterion whose evidence holds as soon as there is some."""
    return EvidencePicker(
        name="Result",
        answer=[{"name": "Action", "sentences": ["I told her."]}],
        anchors=["one", "two", "three", "four", "five"],
        chosen=0,
        evidence="",
        cap=5,
        last=False,
        holds=bool,
        on_change=lambda chosen, evidence: changes.append((chosen, evidence)),
        on_back=lambda: left.append("back"),
        on_next=lambda chosen, evidence: left.append((chosen, evidence)),
    )


def test_a_button_of_the_screen_acts_and_one_of_a_screen_that_is_gone_does_not() -> None:
    pressed: list[str] = []
    page, first = Page(), Button("Begin", "primary", lambda: pressed.append("begin"))
    page.show(Html("<h1>One</h1>"), Row(first))
    told(page, first, kind="press")
    page.show(Html("<h1>Two</h1>"))
    told(page, first, kind="press")
    assert pressed == ["begin"]


def test_blocks_put_into_a_row_later_are_heard_too() -> None:
    pressed: list[str] = []
    row = Row(look="")
    page, sent = shown(row)
    late = Button("Resume", "primary", lambda: pressed.append("resume"))
    row.fill(Row(late))
    told(page, late, kind="press")
    assert pressed == ["resume"]
    assert sent[0]["block"] == row.spec["id"]
    assert sent[0]["changes"]["children"][0]["children"] == [late.spec]


def test_the_next_screen_is_drawn_ahead_under_the_number_it_is_then_shown_with() -> None:
    page, sent = shown(Html("one"))
    blocks = (Html("two"), Html("three"))
    page.foresee(*blocks)
    page.show(*blocks)
    foreseen = sent[0]["foresee"]
    assert foreseen["number"] == sent[1]["reveal"] == page._frame.screen["number"] == 2
    assert foreseen["blocks"] == page._frame.screen["blocks"]


def test_a_screen_that_was_foreseen_and_not_stored_is_never_shown_for_another() -> None:
    page, sent = shown(Html("one"))
    page.foresee(Html("the next question"))
    page.show(Html("set up"))
    assert sent[0]["foresee"]["number"] != sent[1]["reveal"] == page._frame.screen["number"]


def test_a_new_screen_takes_the_message_away() -> None:
    page = Page()
    page.say("The disk is full.")
    page.show(Html("next"))
    assert page._frame.message["words"] == ""


def test_an_alert_goes_when_its_cause_is_over_and_a_remark_stays() -> None:
    page = Page()
    page.say("The disk is full.")
    page.calm()
    assert page._frame.message["words"] == ""
    page.remark("Only two questions fit.")
    page.calm()
    assert page._frame.message["words"] == "Only two questions fit."


@pytest.mark.parametrize(("picked", "kept"), [(["b"], ["b"]), (["x", "b", "a"], ["a", "b"]), ([], [])])
def test_a_choice_keeps_only_values_it_offers_in_their_order(picked: list[str], kept: list[str]) -> None:
    heard: list[Any] = []
    choice = Choice("Which", "tags", CHOICES, ["a"], many=True, on_change=heard.append)
    choice.hear({"kind": "change", "chosen": picked})
    assert choice.chosen == kept
    assert heard == [kept]


def test_a_list_takes_no_option_that_it_does_not_offer() -> None:
    select = Select("Length", {"3": "three", "6": "six"}, "3")
    select.hear({"kind": "change", "value": "7"})
    assert select.value == "3"
    select.hear({"kind": "change", "value": "6"})
    assert select.value == "6"


def test_a_line_hands_on_its_text_and_is_never_longer_than_a_line() -> None:
    heard: list[str] = []
    line = Input("Seed", "number", "1", on_change=heard.append)
    line.hear({"kind": "change", "value": "9" * 5000})
    assert heard == ["9" * Input.LONGEST]
    assert line.value == heard[0]


def test_a_draft_is_stored_and_confirmed_by_its_number() -> None:
    drafts: dict[str, str] = {}
    answer = form(drafts, [])
    page, sent = shown(answer)
    told(page, answer, kind="draft", box="part:action", text="I told her.", number=4)
    assert drafts == {"part:action": "I told her."}
    assert sent[0]["changes"] == {"saved": {"box": "part:action", "number": 4}}
    assert answer.spec["parts"][0]["text"] == "I told her.", "a page drawn again shows the draft"


def test_a_draft_that_cannot_be_stored_is_said_beside_its_box() -> None:
    answer = form({}, [], full=True)
    page, sent = shown(answer)
    told(page, answer, kind="draft", box="part:action", text="I told her.", number=1)
    assert sent[0]["changes"]["unsaved"]["words"] == "Not saved: the disk is full"
    assert answer.spec["parts"][0]["text"] == ""


def test_a_button_under_the_answer_brings_every_box_and_no_other() -> None:
    acted: list[tuple[str, dict[str, str]]] = []
    answer = form({}, acted)
    answer.hear({"kind": "act", "action": "submit", "texts": {"part:action": "Done.", "part:other": "?"}})
    assert acted == [("submit", {"part:action": "Done.", "figure:cpi": ""})]


def test_the_clock_tells_which_way_it_was_switched() -> None:
    switched: list[str] = []
    face = ClockFace(90.0, 30, running=True, pausable=True, on_switch=switched.append)
    face.hear({"kind": "pause"})
    face.hear({"kind": "resume"})
    assert switched == ["pause", "resume"]


def test_picked_evidence_is_judged_at_once_and_kept() -> None:
    changes: list[tuple[int, str]] = []
    evidence = picker(changes, [])
    page, sent = shown(evidence)
    told(page, evidence, kind="change", chosen=4, evidence="I told her.")
    assert sent[0]["changes"] == {"holds": True}
    assert changes == [(4, "I told her.")]
    assert (evidence.spec["chosen"], evidence.spec["evidence"]) == (4, "I told her.")


@pytest.mark.parametrize("chosen", [0, 6, -1, "4", None])
def test_no_criterion_is_left_without_an_anchor_from_1_to_5(chosen: object) -> None:
    left: list[object] = []
    picker([], left).hear({"kind": "next", "chosen": chosen, "evidence": ""})
    assert left == []


@given(st.dictionaries(st.sampled_from(["kind", "chosen", "value", "box", "text", "evidence"]), JUNK))
def test_whatever_a_browser_reports_changes_no_more_than_it_may(content: dict[str, Any]) -> None:
    """A list keeps an option it offers, a picked anchor stays in 0-5."""
    select, evidence = Select("Length", {"3": "three"}, "3"), picker([], [])
    choice = Choice("Which", "tags", CHOICES, ["a"], many=True)
    for block in (select, evidence, choice):
        block.hear(content)
    assert select.value == "3"
    assert evidence.spec["chosen"] in range(6)
    assert set(choice.chosen) <= {"a", "b"}
