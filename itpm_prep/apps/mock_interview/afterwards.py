"""The screens after scoring: review, debrief, retry and comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from itpm_prep.apps.mock_interview.export import Handout, debrief_pieces, handouts
from itpm_prep.apps.mock_interview.history import advice, latest_rating, reviewed
from itpm_prep.apps.mock_interview.stage import Stage, Texts
from itpm_prep.bank.types import Criterion, Question
from itpm_prep.practice import interview as steps
from itpm_prep.practice import retry as retries
from itpm_prep.practice.blackout import words_of
from itpm_prep.practice.calibration import rated_words
from itpm_prep.practice.comparison import compare as compare_words
from itpm_prep.practice.debrief import criterion_means, weakest
from itpm_prep.practice.records import Rating
from itpm_prep.practice.scaffolds import IN_ONE, frame_of
from itpm_prep.practice.scoring import criteria_of
from itpm_prep.problems import PersonError
from itpm_prep.serve.session import notebook_link
from itpm_prep.widgets import debrief_screen as screens
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.debrief_screen import Reviewed
from itpm_prep.widgets.question_screen import frame_words
from itpm_prep.widgets.retry_screen import compare_screen, retry_screen

BLACKED_OUT = "blacked_out"  # the preference that keeps the words for the next debrief


def review(stage: Stage) -> Sequence[Block]:
    """One question right after its score."""
    seen = reviewed(stage.interview, stage.interview.position, stage.question, stage.facts, stage.drafts)
    weak = _weak({seen.position: (seen.question, seen.rating)} if seen.rating else {})
    last = all(turn.outcome != "open" for turn in stage.interview.turns)
    return screens.review_screen(
        seen,
        weak,
        _retry_of(stage, weak),
        stage.step(steps.leave_review),
        last=last,
        standing=_standing(stage, [seen]),
    )


def debrief(stage: Stage) -> Sequence[Block]:
    """The whole interview."""
    asked = [stage.app.bank.question(turn.question_id) for turn in stage.interview.turns]
    seen = [
        reviewed(stage.interview, at, question, stage.facts, stage.drafts_of(at))
        for at, question in enumerate(asked)
    ]
    scored = {one.position: (one.question, one.rating) for one in seen if one.rating}
    weak = _weak(scored)
    means = criterion_means(scored)
    return screens.debrief_screen(
        seen,
        means,
        weak,
        advice(stage.interview, stage.app.bank, stage.app.record.last_seen(), scored),
        notebook_link("progress"),
        _retry_of(stage, weak),
        _handout(stage, seen, means),
        _ending(stage),
        _standing(stage, seen),
    )


def _ending(stage: Stage) -> tuple[str, Callable[[], None]]:
    """The last button; after the questions of a kit it leads to the kit, where they are handed in."""
    kit = stage.interview.setup.kit
    if not kit:
        return stage.app.ending, stage.step(steps.finish)
    return "To the kit", stage.step(steps.finish, lambda: stage.app.show_kit(kit))


def _standing(stage: Stage, seen: Sequence[Reviewed]) -> str:
    """Whether the scores were given while a gate stood."""
    moments = [one.rating.rated_at for one in seen if one.rating]
    return rated_words(stage.app.record.calibrations(), moments, stage.app.now().astimezone())


def _handout(stage: Stage, seen: Sequence[Reviewed], means: Sequence[tuple[str, float]]) -> Block:
    record = stage.app.record

    def make(typed: str, numbers: bool) -> list[Handout]:  # noqa: FBT001 - what the form asks
        try:
            words = words_of(typed)
        except ValueError as fault:
            raise PersonError(str(fault)) from fault
        record.prefer(BLACKED_OUT, typed)
        now = stage.app.now().astimezone()
        scored = sum(one.rating is not None for one in seen)
        label = screens.SELF_RATED.format(
            answers=markup.plural(scored, "answer"), standing=_standing(stage, seen)
        )
        return handouts(debrief_pieces(seen, means, label, now), words, numbers=numbers, day=now)

    return screens.HandoutForm(record.preference(BLACKED_OUT) or "", make).block(stage.app.act)


def retry(stage: Stage) -> Sequence[Block]:
    """One part written again, or the whole of an answer in one box."""
    part = frame_of(stage.question.scaffold).part(stage.interview.retry_part or "")
    before = stage.attempt()
    text = before.parts.get(part.id, "")
    box = stage.box(f"retry:{part.id}")
    lowest = _lowest(stage, part.id)
    whole = part == IN_ONE

    def act(action: str, texts: Texts) -> None:
        state, now = stage.app.state(), stage.app.now()
        if action == "back":
            stage.app.keep(retries.leave(state, now))
            return
        stage.app.keep(
            *retries.submit(state, stage.question, texts[box], before, attempt_id=uuid4().hex, now=now)
        )

    return retry_screen(
        stage.question,
        (box, part.name, frame_words(stage.asked) if whole else part.hint),
        [lowest.anchors[score] for score in (3, 4, 5)],
        text,
        stage.drafts.get(box, text),
        stage.place,
        stage.draft,
        stage.on(act),
        whole=lowest.name if whole else "",
    )


def _lowest(stage: Stage, part: str) -> Criterion:
    """Of the criteria that a part answers for, the one scored lowest so far."""
    rating = latest_rating(stage.facts, stage.turn.attempt_ids)
    scores = {mark.criterion: mark.score for mark in rating.marks} if rating else {}
    return min(criteria_of(stage.question, part), key=lambda one: scores.get(one.id, 0))


def compare(stage: Stage) -> Sequence[Block]:
    """The new version of a part against the first one."""
    part = frame_of(stage.question.scaffold).part(stage.interview.retry_part or "")
    first, latest = (stage.attempt(at).parts.get(part.id, "") for at in (stage.turn.takes - 1, -1))
    return compare_screen(
        part.name,
        compare_words(first, latest),
        (len(first.split()), len(latest.split())),
        stage.step(retries.score),
        stage.step(retries.again),
        stage.step(retries.leave),
    )


def _weak(scored: dict[int, tuple[Question, Rating]]) -> screens.Weak | None:
    low = weakest(scored)
    if low is None:
        return None
    part = frame_of(scored[low.position][0].scaffold).part(low.part)
    return screens.Weak(low.name, low.mean, part.name, part.id, low.position)


def _retry_of(stage: Stage, weak: screens.Weak | None) -> Callable[[], None]:
    if weak is None:
        return lambda: None
    position, part = weak.position, weak.part_id
    return stage.step(lambda state, now: retries.begin(state, position, part, now))
