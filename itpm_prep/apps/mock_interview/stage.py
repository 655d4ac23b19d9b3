"""What the screens of an interview share: the question, what was stored of it, and the way to store more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from itpm_prep.apps.host import Host
from itpm_prep.practice import clock
from itpm_prep.practice import interview as steps
from itpm_prep.practice.earlier import texts_of
from itpm_prep.practice.evidence import by_part, quotable
from itpm_prep.practice.presets import framed, rules_of
from itpm_prep.practice.records import Attempt, Fact, Interview, Reply
from itpm_prep.widgets.parts import ClockFace

Texts = dict[str, str]
WARN_S = 30  # the clock warns this long before the end, or for the last third of a short time


class App(Host, Protocol):
    """What a stage needs of the controller."""

    tab: str
    drafts: dict[int, dict[str, str]]
    unsaved: dict[str, str]
    ending: str

    def state(self) -> Interview:
        """The interview as it stands; ``OutOfStep`` when none is under way."""

    def keep(self, interview: Interview, *facts: Fact) -> None:
        """Store a step, then draw it."""

    def foresee(self, interview: Interview, *facts: Fact) -> None:
        """Have the screen of a step drawn out of sight that has not been taken yet."""

    def keep_clock(self, interview: Interview) -> None:
        """Store the clock alone."""

    def show_kit(self, kit_id: str) -> None:
        """Show the page of a kit."""


class Picked(msgspec.Struct, frozen=True):
    """What has been picked for one criterion so far; kept as a draft."""

    chosen: int = 0
    evidence: str = ""


class Stage:
    """One screen's view of an interview: its turn, the drafts of that turn, the facts of them all."""

    def __init__(self, app: App, interview: Interview, facts: Sequence[Fact]) -> None:
        self.app, self.interview, self.facts = app, interview, facts
        self.turn, self.rules = interview.turn, rules_of(interview.setup)
        # As the bank has it, for the words that name its frame; and as it is answered in this interview.
        self.asked = app.bank.question(self.turn.question_id)
        self.question = framed(self.asked, interview.setup)
        self.drafts = self.drafts_of(interview.position)
        self.place = f"{interview.id}:{interview.position}"

    def drafts_of(self, position: int) -> Texts:
        """The drafts of a turn, read once."""
        drafts = self.app.drafts
        if position not in drafts:
            drafts[position] = self.app.record.drafts(self.interview.id, position)
        return drafts[position]

    # Handlers ---------------------------------------------------------------------------------

    def on(self, handler: Callable[[str, Texts], None]) -> Callable[[str, Texts], None]:
        """A handler of an answer form, guarded."""
        return lambda action, texts: self.app.act(lambda: handler(action, texts))()

    def step(
        self, make: Callable[[Interview, datetime], Interview], then: Callable[[], None] | None = None
    ) -> Callable[[], None]:
        """A handler that takes a step which leaves no record behind, and ``then`` shows something else."""

        def take() -> None:
            for box, text in list(self.app.unsaved.items()):
                self.draft(box, text)  # picked while nothing could be stored
            self.app.keep(make(self.app.state(), self.app.now()))
            if then:
                then()

        return self.app.act(take)

    def draft(self, box: str, text: str) -> None:
        """Store what stands in a box; raises ``StoreError`` when that cannot be done."""
        self.app.unsaved[box] = text
        self.app.record.save_draft(self.interview.id, self.interview.position, box, text, self.app.tab)
        self.drafts[box] = self.app.unsaved.pop(box)
        self.app.page.calm()

    def draft_or_say(self, box: str, text: str) -> None:
        """Store a draft of a part that cannot show a fault itself."""
        self.app.act(lambda: self.draft(box, text))()

    # Takes ------------------------------------------------------------------------------------

    @property
    def take_prefix(self) -> str:
        """What stands before the boxes of a later take: each take is written anew, and all drafts stay."""
        takes = len(self.turn.attempt_ids)
        return f"take{takes + 1}:" if takes else ""

    def take_drafts(self) -> Texts:
        """The drafts of the take under way, by the names of the boxes; the notes are those of the first."""
        prefix = self.take_prefix
        if not prefix:
            return self.drafts
        mine = {box.removeprefix(prefix): text for box, text in self.drafts.items() if box.startswith(prefix)}
        return mine | {"notes": self.drafts.get("notes", "")}

    # What was written -------------------------------------------------------------------------

    def attempt(self, at: int = -1) -> Attempt:
        """A version of the answer: -1 the latest, 0 the first."""
        wanted = self.turn.attempt_ids[at]
        return next(fact for fact in self.facts if isinstance(fact, Attempt) and fact.id == wanted)

    def answer(self) -> list[tuple[str, str]]:
        """(part name, text) of the latest version."""
        return texts_of(self.attempt())

    def quotable(self) -> dict[str, str]:
        """Every text that may be quoted as evidence, replies to probes included, by the name shown."""
        replies = [
            fact
            for fact in self.facts
            if isinstance(fact, Reply) and fact.attempt_id in self.turn.attempt_ids
        ]
        return quotable(self.answer(), replies)

    def sentences(self) -> list[tuple[str, list[str]]]:
        """The quotable texts by sentences."""
        return by_part(self.quotable())

    # What was picked --------------------------------------------------------------------------

    def box(self, name: str) -> str:
        """A box of the latest version: each version is scored and retried apart."""
        return f"{len(self.turn.attempt_ids)}:{name}"

    def heard(self) -> list[int]:
        """The positions of the red flags ticked."""
        return [int(at) for at in self.drafts.get(self.box("flags"), "").split(",") if at]

    def picked(self, criterion: str) -> Picked:
        """What has been picked for a criterion."""
        stored = self.drafts.get(self.box(criterion))
        return msgspec.json.decode(stored, type=Picked) if stored else Picked()

    # The clock --------------------------------------------------------------------------------

    def clock(self, limit_s: int) -> ClockFace:
        """The clock of this phase; the rules say whether it may be paused."""

        def left(interview: Interview) -> float:
            # To a tenth of a second, which nobody sees: a screen that was foreseen looks the same.
            return round(limit_s - clock.spent(interview.clock, self.app.now()), 1)

        def switch(kind: Literal["pause", "resume"]) -> None:
            step = steps.pause if kind == "pause" else steps.resume
            switched = step(self.app.state(), self.app.now())
            self.app.keep_clock(switched)
            face.set(left(switched), running=kind == "resume")

        face = ClockFace(
            left(self.interview),
            min(WARN_S, limit_s // 3),
            running=self.interview.clock.since is not None,
            pausable=self.rules.aided,
            on_switch=lambda kind: self.app.act(lambda: switch(kind))(),
            cut=self.rules.cut,
        )
        return face
