"""What helps while a question is answered: remarks on the words, a recorder, the question read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from itpm_prep import settings
from itpm_prep.apps.mock_interview.history import ALOUD, DISMISSED, dismissed_in, spoken_in
from itpm_prep.apps.mock_interview.stage import Stage, Texts
from itpm_prep.practice.remarks import Remark, remarks
from itpm_prep.store.recordings import keep_recording
from itpm_prep.widgets.blocks import Block, Choice
from itpm_prep.widgets.parts import Reader
from itpm_prep.widgets.speaking import Recorded, Recorder

TRANSCRIPT = {"value": ALOUD, "label": "I spoke: count fillers"}


def reader_of(stage: Stage) -> Reader:
    """Who reads the answer under way; what is dismissed is kept with the drafts of its turn."""

    def read(texts: Texts) -> Sequence[Remark]:
        parts = {box.removeprefix("part:"): text for box, text in texts.items() if box.startswith("part:")}
        return remarks(stage.question, parts, dismissed_in(stage.drafts), transcript=spoken_in(stage.drafts))

    def dismiss(key: str) -> None:
        keys = dismissed_in(stage.drafts) | {key}
        stage.draft_or_say(DISMISSED, msgspec.json.encode(sorted(keys)).decode())

    return Reader(read, dismiss)


def recorder_of(stage: Stage) -> Recorder:
    """The recorder; what is saved goes to the learner's data folder."""

    def save(recorded: Recorded) -> str:
        return str(keep_recording(recorded.label, recorded.type, recorded.sound, stage.app.now()))

    return Recorder(
        stage.question.id,
        stage.question.title,
        settings.RECORDING_SECONDS,
        settings.RECORDING_BYTES,
        save,
    )


def transcript_choice(stage: Stage, on_change: Callable[[], None]) -> Block:
    """Whether the text is what was said, so that fillers are counted."""

    def choose(chosen: Sequence[str]) -> None:
        stage.draft_or_say(ALOUD, "yes" if chosen else "")
        on_change()

    chosen = [ALOUD] if spoken_in(stage.drafts) else []
    return Choice("Your text", "tags", [TRANSCRIPT], chosen, many=True, on_change=choose)
