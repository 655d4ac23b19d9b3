from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from itpm_prep.practice.remarks import Remark
from itpm_prep.problems import NotSaved
from itpm_prep.widgets.parts import AnswerForm, Box, Reader
from itpm_prep.widgets.speaking import Recorded, Recorder

SOUND = bytes(range(250)) * 4


def recorder(kept: list[Recorded], *, full: bool = False) -> tuple[Recorder, list[dict[str, Any]]]:
    def save(recorded: Recorded) -> str:
        if full:
            raise NotSaved("the disk is full")
        kept.append(recorded)
        return "/home/ana/one.webm"

    block, sent = Recorder("BEH-GEN-001", "A late delivery", 600, 1000, save), []  # type: ignore[var-annotated]
    block.send = lambda message: sent.append(message["changes"])
    return block, sent


def slices(take: str = "t1", size: int = 400) -> list[dict[str, Any]]:
    """What the browser sends of ``SOUND``."""
    return [
        {
            "kind": "slice",
            "take": take,
            "label": "BEH-GEN-001",
            "type": "audio/webm",
            "at": at,
            "size": len(SOUND),
            "content": b64encode(SOUND[at : at + size]).decode(),
        }
        for at in range(0, len(SOUND), size)
    ]


def test_slices_are_joined_and_stored_once_the_last_has_come() -> None:
    kept: list[Recorded] = []
    block, sent = recorder(kept)
    for piece in slices():
        block.hear(piece)
    assert kept == [Recorded("BEH-GEN-001", "audio/webm", SOUND)]
    assert sent == [{"taken": 400}, {"taken": 800}, {"kept": "/home/ana/one.webm"}]


def test_a_recording_that_cannot_be_stored_is_said_and_can_be_sent_again() -> None:
    block, sent = recorder([], full=True)
    for piece in [*slices(), slices()[0]]:
        block.hear(piece)
    assert sent[2:] == [{"refused": "the disk is full"}, {"taken": 400}]


def test_a_recording_begun_anew_replaces_one_that_broke_off() -> None:
    kept: list[Recorded] = []
    block, _ = recorder(kept)
    for piece in [slices("t1")[0], *slices("t2")]:
        block.hear(piece)
    assert [one.sound for one in kept] == [SOUND]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": 2001}, "larger than"),
        ({"at": 800}, "a piece of it is missing"),
        ({"take": "t9"}, "a piece of it is missing"),
        ({"content": "?"}, "arrived broken"),
    ],
)
def test_a_slice_that_does_not_fit_is_refused(change: dict[str, Any], words: str) -> None:
    kept: list[Recorded] = []
    block, sent = recorder(kept)
    first, second, _ = slices()
    block.hear(first)
    block.hear(second | change)
    assert words in sent[-1]["refused"]
    assert kept == []


@pytest.mark.parametrize("change", [{"size": "9"}, {"at": None}, {"content": 5}])
def test_a_message_that_is_no_slice_is_passed_over(change: dict[str, Any]) -> None:
    block, sent = recorder([])
    block.hear(slices()[0] | change)
    assert sent == []


def form(dismissed: list[str]) -> tuple[AnswerForm, list[dict[str, Any]]]:
    def read(texts: dict[str, str]) -> list[Remark]:
        words = texts["part:action"]
        return [Remark("k", "hedge", "Hedges", "Why.", "action", "Action", 0, len(words), words, "Two.")]

    boxes, sent = [Box("part:action", "Action")], []  # type: ignore[var-annotated]
    block = AnswerForm(
        "i:0", boxes, [], lambda *_: None, lambda *_: None, reader=Reader(read, dismissed.append)
    )
    block.send = lambda message: sent.append(message["changes"])
    return block, sent


def test_a_form_with_a_reader_tells_the_remarks_under_the_number_of_the_reading() -> None:
    block, sent = form([])
    block.hear({"kind": "read", "number": 3, "texts": {"part:action": "maybe", "part:other": "?"}})
    ((found,),) = [each["remarks"]["found"] for each in sent]
    assert (sent[0]["remarks"]["number"], found["sentence"], found["end"]) == (3, "maybe", 5)


def test_a_dismissed_remark_is_handed_on_by_its_key() -> None:
    dismissed: list[str] = []
    block, _ = form(dismissed)
    block.hear({"kind": "dismiss", "key": "hedge:action:maybe"})
    assert dismissed == ["hedge:action:maybe"]


def test_a_form_without_a_reader_marks_nothing_and_answers_nothing() -> None:
    block = AnswerForm("i:0", [Box("notes", "Notes")], [], lambda *_: None, lambda *_: None)
    assert block.spec["reads"] is False
    block.send = lambda message: pytest.fail(str(message))
    block.hear({"kind": "read", "texts": {"notes": "maybe"}})
    block.hear({"kind": "dismiss", "key": "k"})
