"""What helps while a question is answered, joined to the record, and what may be quoted afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from practised import START, attempt

from itpm_prep.apps.mock_interview import help as helps
from itpm_prep.apps.mock_interview.stage import Stage
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.evidence import holds
from itpm_prep.practice.records import Interview, Reply, Setup, Turn
from itpm_prep.widgets.speaking import Recorded

STORY = "BEH-GEN-001"
TEXTS = {
    "part:action": "At first it was hard and um then we worked closely with them.",
    "figure:x": "maybe",
}


def stage_of(bank: Bank, facts: list[Any], stored: dict[str, str] | None = None) -> Stage:
    """A stage whose drafts are kept in a dictionary."""
    saved: dict[str, str] = stored if stored is not None else {}
    record = SimpleNamespace(save_draft=lambda _, __, box, text, ___: saved.update({box: text}))
    page = SimpleNamespace(calm=lambda: None)
    app = SimpleNamespace(
        bank=bank, record=record, page=page, drafts={0: dict(saved)}, unsaved={}, tab="t",
        act=lambda step: step, now=lambda: START, record_saved=saved,
    )  # fmt: skip
    setup = Setup(level="senior", categories=("behavioral",), mode="practice", length=1, seed=1)
    turn = Turn(question_id=STORY, question_version=1, outcome="answered", attempt_ids=("a1",))
    interview = Interview(
        id="i1", setup=setup, bank_hash="b", turns=(turn,), started_at=START, touched_at=START
    )
    return Stage(app, interview, facts)  # type: ignore[arg-type]  # what a stage needs of an app here


def test_a_reply_to_a_probe_may_be_quoted_as_evidence(bank: Bank) -> None:
    answer = attempt(1, STORY, "delivery", parts={"action": "I rang the supplier."})
    reply = Reply(
        id="r", attempt_id="a1", probe_id="p", ask="When?", text="On 3 May at noon.", replied_at=START
    )
    passed = Reply(id="s", attempt_id="a1", probe_id="q", ask="Who?", text="", replied_at=START)
    quotable = stage_of(bank, [answer, reply, passed]).quotable()
    assert quotable == {"Action": "I rang the supplier.", "Follow-up: When?": "On 3 May at noon."}
    assert holds("on 3 May at noon", quotable.values())


def test_what_is_dismissed_is_stored_with_the_drafts_and_stays_away_after_a_reload(bank: Bank) -> None:
    stored: dict[str, str] = {}
    reader = helps.reader_of(stage_of(bank, [], stored))
    (claim,) = (each for each in reader.read(TEXTS) if each.kind == "vague_claim")
    reader.dismiss(claim.key)
    assert json.loads(stored["dismissed"]) == ["vague_claim:action:worked:closely"]
    again = helps.reader_of(stage_of(bank, [], stored))
    for each in (reader, again):
        assert "vague_claim" not in [remark.kind for remark in each.read(TEXTS)]


def test_fillers_are_counted_once_the_text_is_called_a_transcript(bank: Bank) -> None:
    stored: dict[str, str] = {}
    stage, read = stage_of(bank, [], stored), []
    choice = helps.transcript_choice(stage, lambda: read.append("again"))
    reader = helps.reader_of(stage)
    assert "fillers" not in [each.kind for each in reader.read(TEXTS)]
    choice.hear({"chosen": ["aloud"]})
    assert "fillers" in [each.kind for each in reader.read(TEXTS)]
    assert (stored["aloud"], read) == ("yes", ["again"])
    choice.hear({"chosen": []})
    assert "fillers" not in [each.kind for each in reader.read(TEXTS)]


def test_a_recording_is_stored_under_its_question(bank: Bank, home: Path) -> None:
    recorder = helps.recorder_of(stage_of(bank, []))
    assert (recorder.spec["seconds"], recorder.spec["bytes"]) == (600, 50_000_000)
    path = Path(recorder._on_save(Recorded(STORY, "audio/webm", b"sound")))
    assert path.parent == home / "recordings"
    assert path.name.startswith(STORY)
