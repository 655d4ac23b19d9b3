"""The screens on which a question is asked: prepare, answer, probes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from itpm_prep.apps.mock_interview.stage import Stage, Texts
from itpm_prep.practice import interview as steps
from itpm_prep.practice.moves import Answer
from itpm_prep.widgets import question_screen as screens
from itpm_prep.widgets.blocks import Block


def prepare(stage: Stage) -> Sequence[Block]:
    """Think time and notes."""

    def act(action: str, texts: Texts) -> None:
        if action == "skip":
            _skip(stage)
            return
        stage.draft("notes", texts["notes"])
        stage.app.keep(steps.start_answer(stage.app.state(), stage.app.now()))

    face = stage.clock(stage.question.timing.prep_s)
    return screens.prepare_screen(
        stage.interview, stage.question, face, stage.drafts, stage.place, stage.draft, stage.on(act)
    )


def answer(stage: Stage) -> Sequence[Block]:
    """The boxes of the scaffold and the figures."""

    def act(action: str, texts: Texts) -> None:
        if action == "skip":
            _skip(stage)
            return
        given = Answer(
            parts=_boxes("part:", texts),
            figures=_boxes("figure:", texts),
            notes=stage.drafts.get("notes", ""),
        )
        if not any(text.strip() for text in (*given.parts.values(), *given.figures.values())):
            stage.app.page.say("There is nothing to submit yet. Write a few words, or choose Skip.")
            return
        state, now = stage.app.state(), stage.app.now()
        stage.app.keep(*steps.submit(state, stage.question, given, attempt_id=uuid4().hex, now=now))

    face = stage.clock(stage.question.timing.max_s)
    return screens.answer_screen(
        stage.interview, stage.question, face, stage.drafts, stage.place, stage.draft, stage.on(act)
    )


def probes(stage: Stage) -> Sequence[Block]:
    """One follow-up."""
    wanted = stage.turn.probes[stage.turn.replied]
    probe = next(one for one in stage.question.probes if one.id == wanted)

    def act(action: str, texts: Texts) -> None:
        text = texts[f"probe:{probe.id}"] if action == "reply" else ""
        if action == "reply" and not text.strip():
            stage.app.page.say("There is nothing to submit yet. Write a few words, or choose Pass.")
            return
        state, now = stage.app.state(), stage.app.now()
        stage.app.keep(*steps.reply(state, stage.question, text, reply_id=uuid4().hex, now=now))

    return screens.probe_screen(
        stage.interview,
        stage.question,
        probe,
        stage.answer(),
        stage.drafts,
        stage.place,
        stage.draft,
        stage.on(act),
    )


def _skip(stage: Stage) -> None:
    state, now = stage.app.state(), stage.app.now()
    stage.app.keep(*steps.skip(state, stage.question, attempt_id=uuid4().hex, now=now))


def _boxes(prefix: str, texts: Texts) -> Texts:
    return {name.removeprefix(prefix): text for name, text in texts.items() if name.startswith(prefix)}
