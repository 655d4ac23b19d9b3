"""The retrieval drill: which story for this competency? Ten seconds, then five.

Each competency that has a story is one card. The cards are scheduled by FSRS (package ``fsrs``)
without its random spread, and none is due after the day of the interview. A story named too late, or
one that does not show the competency, is below "meets" and counts as forgotten: for FSRS "hard"
would be a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import fsrs
import msgspec
from msgspec import Struct

from itpm_prep.bank.types import COMPETENCIES, Competency
from itpm_prep.practice.stories import Story, usable

KIND = "card"  # of the documents in the record
FIRST_S, LATER_S = 10, 5
LONGEST_DAYS = 365  # between two looks at a card when no date is set

Grade = Literal["below", "meets", "above"]
RATINGS: Mapping[Grade, fsrs.Rating] = {
    "below": fsrs.Rating.Again,
    "meets": fsrs.Rating.Good,
    "above": fsrs.Rating.Easy,
}


class Card(Struct, frozen=True, kw_only=True):
    """A competency and how well its story comes to mind; ``in_time`` counts passes in a row."""

    competency: Competency
    due: datetime
    state: int = fsrs.State.Learning.value
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_review: datetime | None = None
    in_time: int = 0

    @property
    def limit_s(self) -> int:
        """Seconds to name the story: ten until it was named in time, then five."""
        return LATER_S if self.in_time else FIRST_S


def encode(card: Card) -> str:
    """The card as JSON."""
    return msgspec.json.encode(card).decode()


def decode(documents: Mapping[str, str]) -> dict[Competency, Card]:
    """The cards of stored documents by competency; one that cannot be read begins anew."""
    cards = {}
    for text in documents.values():
        try:
            card = msgspec.json.decode(text, type=Card)
        except msgspec.MsgspecError:
            continue
        cards[card.competency] = card
    return cards


def deck(stories: Iterable[Story], cards: Mapping[Competency, Card], now: datetime) -> list[Card]:
    """The card of each competency that has a story, the longest due first; new ones are due at once."""
    shown = {tag for story in usable(stories) for tag in story.competencies}
    known = [cards.get(tag) or Card(competency=tag, due=now) for tag in COMPETENCIES if tag in shown]
    return sorted(known, key=lambda card: card.due)


def due(cards: Sequence[Card], now: datetime) -> list[Card]:
    """The cards to look at now."""
    return [card for card in cards if card.due <= now]


def grade(card: Card, seconds: float, story: Story | None) -> Grade:
    """What a recall is worth: the story named (None: none came to mind) after ``seconds``."""
    if story is None or card.competency not in story.competencies or seconds > card.limit_s:
        return "below"
    return "above" if seconds <= card.limit_s / 2 else "meets"


def review(card: Card, given: Grade, now: datetime, interview: date | None) -> Card:
    """The card after a look at it at ``now`` (UTC), due again at the latest on the interview date.

    A date that has passed is no limit.
    """
    latest = _latest(now, interview)
    days = LONGEST_DAYS if latest is None else max(1, (latest - now).days)
    scheduler = fsrs.Scheduler(enable_fuzzing=False, maximum_interval=days)
    looked_at = fsrs.Card(
        card_id=COMPETENCIES.index(card.competency),
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due.astimezone(UTC),
        last_review=card.last_review.astimezone(UTC) if card.last_review else None,
    )
    after, _ = scheduler.review_card(looked_at, RATINGS[given], review_datetime=now.astimezone(UTC))
    return Card(
        competency=card.competency,
        due=after.due if latest is None else min(after.due, latest),
        state=after.state.value,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        last_review=after.last_review,
        in_time=0 if given == "below" else card.in_time + 1,
    )


def _latest(now: datetime, interview: date | None) -> datetime | None:
    """When a card must have been seen: before the interview's day, on that day before it ends."""
    if interview is None:
        return None
    morning = datetime.combine(interview, time(), UTC)
    evening = morning + timedelta(days=1, seconds=-1)
    return next((moment for moment in (morning, evening) if moment > now), None)
