"""The screens on which a question is asked: prepare, answer, takes, probes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

from itpm_prep.apps.mock_interview import help as helps
from itpm_prep.apps.mock_interview.stage import Stage, Texts
from itpm_prep.apps.mock_interview.story_use import chooser_of
from itpm_prep.practice import clock
from itpm_prep.practice import interview as steps
from itpm_prep.practice.moves import Answer, OutOfStep
from itpm_prep.practice.presets import answer_s, think_s
from itpm_prep.practice.records import Attempt, Interview
from itpm_prep.problems import StoreError
from itpm_prep.widgets import question_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.parts import AnswerForm
from itpm_prep.widgets.take_screen import take_screen

CUT_SLACK_S = 2.0  # by which the clocks of browser and kernel may differ when the time ends


def prepare(stage: Stage) -> Sequence[Block]:
    """Think time and notes."""

    def act(action: str, texts: Texts) -> None:
        if action == "skip":
            _skip(stage)
            return
        stage.draft("notes", texts["notes"])
        stage.app.keep(steps.start_answer(stage.app.state(), stage.app.now()))

    face = stage.clock(think_s(stage.rules, stage.question))
    return screens.prepare_screen(
        stage.interview, stage.asked, face, stage.drafts, stage.place, stage.draft, stage.on(act)
    )


def answer(stage: Stage) -> Sequence[Block]:
    """The boxes of the scaffold, or one box, and the figures."""
    limit_s = answer_s(stage.rules, stage.question)

    def form() -> AnswerForm:
        return next(block for block in screen if isinstance(block, AnswerForm))

    face = stage.clock(limit_s)
    screen = screens.answer_screen(
        stage.interview,
        stage.asked,
        face,
        stage.take_drafts(),
        f"{stage.place}{stage.take_prefix}",
        lambda box, text: stage.draft(f"{stage.take_prefix}{box}", text),
        stage.on(lambda action, texts: _hand_in(stage, limit_s, action, texts)),
        reader=helps.reader_of(stage) if stage.rules.aided else None,
        beside=(
            *chooser_of(stage, lambda texts: form().fill(texts)),
            helps.recorder_of(stage),
            helps.transcript_choice(stage, lambda: form().read_again()),
        ),
    )
    form().on_calm = lambda texts: _look_ahead(stage, texts)
    return screen


def _hand_in(stage: Stage, limit_s: int, action: str, texts: Texts) -> None:
    """Store the answer, or what else was chosen; an empty one only when its time is over."""
    if action in ("skip", "keep"):
        (_skip if action == "skip" else _keep_take)(stage)
        return
    if _is_written(texts):
        stage.app.keep(*_submit(stage, texts))
    elif _is_cut(stage, limit_s):
        (_keep_take if stage.turn.attempt_ids else _skip)(stage)
    else:
        stage.app.page.say("There is nothing to submit yet. Write a few words, or choose Skip.")


def _look_ahead(stage: Stage, texts: Texts) -> None:
    """Have the next screen drawn while the person reads once more: Submit then waits for the disk alone."""
    if _is_written(texts):
        with suppress(OutOfStep, StoreError):  # whatever is wrong is said when it matters
            stage.app.foresee(*_submit(stage, texts))


def _is_written(texts: Texts) -> bool:
    return any(text.strip() for text in texts.values())


def _submit(stage: Stage, texts: Texts) -> tuple[Interview, Attempt]:
    given = Answer(
        parts=_boxes("part:", texts), figures=_boxes("figure:", texts), notes=stage.drafts.get("notes", "")
    )
    state, now = stage.app.state(), stage.app.now()
    return steps.submit(state, stage.question, given, attempt_id=uuid4().hex, now=now)


def take(stage: Stage) -> Sequence[Block]:
    """One take is handed in, and there may be another."""
    return take_screen(
        stage.interview,
        stage.question,
        stage.answer(),
        stage.step(steps.take_again),
        stage.app.act(lambda: _keep_take(stage)),
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
        beside=(helps.recorder_of(stage),),
    )


def _skip(stage: Stage) -> None:
    state, now = stage.app.state(), stage.app.now()
    stage.app.keep(*steps.skip(state, stage.question, attempt_id=uuid4().hex, now=now))


def _keep_take(stage: Stage) -> None:
    state, now = stage.app.state(), stage.app.now()
    stage.app.keep(steps.keep_take(state, stage.question, stage.attempt(), now))


def _is_cut(stage: Stage, limit_s: int) -> bool:
    """Whether the time has ended, so that nobody pressed a button."""
    left = clock.left(stage.app.state().clock, limit_s, stage.app.now())
    return stage.rules.cut and left <= CUT_SLACK_S


def _boxes(prefix: str, texts: Texts) -> Texts:
    return {name.removeprefix(prefix): text for name, text in texts.items() if name.startswith(prefix)}
