"""What the debrief says of the stored facts: answers with their ratings, figures and remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import Question
from itpm_prep.practice.earlier import texts_of
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.presets import framed
from itpm_prep.practice.records import Attempt, Fact, Interview, Rating, Reply
from itpm_prep.practice.remarks import key_of
from itpm_prep.practice.review import SELF
from itpm_prep.practice.signals import AnswerReading, read_answer
from itpm_prep.widgets.debrief_screen import Reviewed

REMARKS_AT_MOST = 6
DISMISSED, ALOUD = "dismissed", "aloud"  # drafts of a turn, beside its boxes


def dismissed_in(drafts: Mapping[str, str]) -> frozenset[str]:
    """The keys of the remarks dismissed for an answer."""
    stored = drafts.get(DISMISSED)
    return frozenset(msgspec.json.decode(stored, type=list[str])) if stored else frozenset()


def spoken_in(drafts: Mapping[str, str]) -> bool:
    """Whether the words of an answer are a transcript."""
    return drafts.get(ALOUD) == "yes"


def latest_rating(facts: Sequence[Fact], attempt_ids: Sequence[str]) -> Rating | None:
    """The learner's own newest rating of any version of an answer."""
    own = (fact for fact in facts if isinstance(fact, Rating) and fact.rater == SELF)
    ratings = (rating for rating in own if rating.attempt_id in attempt_ids)
    return max(ratings, key=lambda rating: rating.rated_at, default=None)


def reviewed(
    interview: Interview,
    position: int,
    question: Question,
    facts: Sequence[Fact],
    drafts: Mapping[str, str] | None = None,
) -> Reviewed:
    """One turn as the debrief shows it: the version rated last, or the newest one.

    ``drafts`` are those of the turn: they say which remarks were dismissed, and whether it was spoken.
    """
    turn, question = interview.turns[position], framed(question, interview.setup)
    rating = latest_rating(facts, turn.attempt_ids)
    shown = rating.attempt_id if rating else turn.attempt_ids[-1]
    attempt = next(fact for fact in facts if isinstance(fact, Attempt) and fact.id == shown)
    replies = [fact for fact in facts if isinstance(fact, Reply) and fact.attempt_id in turn.attempt_ids]
    skipped = attempt.outcome == "skipped"
    drafts = drafts or {}
    reading = read_answer(question, {} if skipped else attempt.parts, transcript=spoken_in(drafts))
    return Reviewed(
        position=position,
        question=question,
        answer=texts_of(attempt),
        replies=replies,
        rating=rating,
        figures=() if skipped else judge_all(question, attempt.figures),
        remarks=() if skipped else remarks(reading, dismissed_in(drafts)),
        touched=reading.touched,
        skipped=skipped,
        ratings=[fact for fact in facts if isinstance(fact, Rating) and fact.attempt_id == shown],
    )


def remarks(reading: AnswerReading, dismissed: AbstractSet[str] = frozenset()) -> list[str]:
    """What a listener may notice in the words, in plain sentences; never a score."""
    left = (signal.remark for signal in reading.signals if key_of(signal) not in dismissed)
    return list(dict.fromkeys(left))[:REMARKS_AT_MOST]


def advice(
    interview: Interview,
    bank: Bank,
    seen: Mapping[str, datetime],
    scored: Mapping[int, tuple[Question, Rating]],
) -> str:
    """Which questions to take next."""
    level = interview.setup.level
    if scored:
        low, _ = min(scored.values(), key=lambda pair: pair[1].q)
        category = low.category
        why = f"{CATEGORY_NAMES[category]} was your lowest here"
    else:
        category = bank.question(interview.turns[0].question_id).category
        why = "Nothing was scored this time"
    fitting = bank.select(category=category, level=level)
    fresh = [entry for entry in fitting if entry.id not in seen and entry.status != "retired"]
    if fresh:
        return f"{why}: {fresh[0].title} is a {level} question of that kind you have not seen."
    return f"{why}, and you have seen every {level} question of that kind: take one again, or another level."
