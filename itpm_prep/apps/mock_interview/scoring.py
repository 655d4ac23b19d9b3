"""The screens of the self-score: red flags, then the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import msgspec

from itpm_prep.apps.mock_interview.stage import Picked, Stage
from itpm_prep.practice import interview as steps
from itpm_prep.practice import scoring as rules
from itpm_prep.practice.evidence import holds
from itpm_prep.widgets import scoring_screen as screens
from itpm_prep.widgets.blocks import Block

RATER = "self"


def flags(stage: Stage) -> Sequence[Block]:
    """Which red flags were heard."""
    return screens.flags_screen(
        stage.question,
        stage.interview.position,
        stage.answer(),
        [str(at) for at in stage.heard()],
        lambda heard: stage.draft_or_say(stage.box("flags"), ",".join(heard)),
        stage.step(steps.start_score),
    )


def score(stage: Stage) -> Sequence[Block]:
    """One criterion: its anchors and the words that prove one."""
    number = stage.interview.criterion
    criterion = stage.question.criteria[number]
    picked = stage.picked(criterion.id)
    texts = list(stage.quotable().values())
    view = screens.ScoreView(
        criterion,
        number + 1,
        len(stage.question.criteria),
        picked.chosen,
        picked.evidence,
        rules.caps_of(stage.question, stage.heard())[criterion.id],
    )

    def keep(chosen: int, evidence: str) -> None:
        stage.draft_or_say(stage.box(criterion.id), msgspec.json.encode(Picked(chosen, evidence)).decode())

    def go_on(chosen: int, evidence: str) -> None:
        stage.draft(stage.box(criterion.id), msgspec.json.encode(Picked(chosen, evidence)).decode())
        _next(stage)

    return screens.score_screen(
        view,
        stage.sentences(),
        lambda evidence: holds(evidence, texts),
        keep,
        stage.step(lambda state, now: steps.turn_to_criterion(state, number - 1, now)),
        lambda chosen, evidence: stage.app.act(lambda: go_on(chosen, evidence))(),
    )


def _next(stage: Stage) -> None:
    """To the next criterion; after the last one the rating is closed."""
    state, now = stage.app.state(), stage.app.now()
    if state.criterion + 1 < len(stage.question.criteria):
        stage.app.keep(steps.turn_to_criterion(state, state.criterion + 1, now))
        return
    picked = {one.id: stage.picked(one.id) for one in stage.question.criteria}
    rating = rules.rate(
        stage.question,
        stage.heard(),
        {name: (one.chosen, one.evidence) for name, one in picked.items()},
        list(stage.quotable().values()),
        rating_id=uuid4().hex,
        attempt_id=state.turn.attempt_ids[-1],
        rater=RATER,
        now=now,
    )
    stage.app.keep(*steps.rate(state, rating, now))
