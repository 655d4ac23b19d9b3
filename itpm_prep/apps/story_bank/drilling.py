"""The retrieval drill: a competency, a clock, and the story one would tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from itpm_prep.apps.story_bank.fitting import App
from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.practice import drill as rules
from itpm_prep.practice.drill import Card
from itpm_prep.practice.stories import Story, usable
from itpm_prep.widgets import story_fit_screen as screens
from itpm_prep.widgets.blocks import Block

INTERVIEW_DATE = "interview_date"


class Drill:
    """One card after the other; each look at a card is stored before the next one shows."""

    def __init__(self, app: App) -> None:
        self.app = app

    def draw(self) -> Sequence[Block]:
        """What is due."""
        now = self.app.now()
        cards = self._cards(now)
        waiting = [card.due for card in cards if card.due > now]
        next_due = min(waiting).astimezone() if waiting else None
        deck = screens.Deck(len(cards), len(rules.due(cards, now)), next_due)
        interview = self._interview()
        when = f"{interview:%d %B %Y}" if interview and interview >= now.astimezone().date() else ""
        return screens.drill_screen(deck, when, self.app.act(self._next))

    def _cards(self, now: datetime) -> list[Card]:
        stories, _ = self.app.shelf.load()
        return rules.deck(stories, rules.decode(self.app.record.documents(rules.KIND)), now)

    def _interview(self) -> date | None:
        try:
            return date.fromisoformat(self.app.record.preference(INTERVIEW_DATE) or "")
        except ValueError:
            return None

    def _stop(self) -> None:
        self.app.show_view("drill")

    def _next(self) -> None:
        shown_at = self.app.now()
        waiting = rules.due(self._cards(shown_at), shown_at)
        if not waiting:
            self._stop()
            return
        card = waiting[0]

        def have() -> None:
            seconds = (self.app.now() - shown_at).total_seconds()
            known = usable(self.app.shelf.load()[0])

            def named(story_id: str) -> None:
                self._judge(card, seconds, next(one for one in known if one.id == story_id))

            none = self.app.act(lambda: self._judge(card, seconds, None))
            self.app.page.show(*screens.name_screen(card, seconds, known, self.app.on(named), none))

        blank = self.app.act(lambda: self._judge(card, 0, None))
        stop = self.app.act(self._stop)
        self.app.page.show(*screens.ask_screen(card, len(waiting), self.app.act(have), blank, stop))

    def _judge(self, card: Card, seconds: float, story: Story | None) -> None:
        now = self.app.now()
        given = rules.grade(card, seconds, story)
        after = rules.review(card, given, now, self._interview())
        self.app.record.keep_document(rules.KIND, card.competency, rules.encode(after), now)
        showing = sorted(
            (one for one in usable(self.app.shelf.load()[0]) if card.competency in one.competencies),
            key=lambda one: (-one.strength, one.name),
        )
        shown = replace(after, due=after.due.astimezone())
        self.app.page.show(
            *screens.verdict_screen(
                shown,
                given,
                _why(card, seconds, story),
                showing,
                self.app.act(self._next),
                self.app.act(self._stop),
            )
        )


def _why(card: Card, seconds: float, story: Story | None) -> str:
    """What kept a recall from being enough."""
    if story is None:
        return "No story came to mind."
    if card.competency not in story.competencies:
        return (
            f"“{story.name}” is not tagged with {COMPETENCY_NAMES[card.competency]}; tag it if it shows that."
        )
    return f"It took {seconds:.0f} s of {card.limit_s}." if seconds > card.limit_s else ""
