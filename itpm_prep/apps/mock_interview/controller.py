"""The mock interview: set up, prepare, answer, probes, self-score, debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from random import SystemRandom
from typing import get_args
from uuid import uuid4

import msgspec

from itpm_prep.apps.mock_interview.earlier import Earlier, facts_behind
from itpm_prep.apps.mock_interview.kits import Kits
from itpm_prep.apps.mock_interview.offer import HELD_FOR, ResumeOffer, expect_none_open
from itpm_prep.apps.mock_interview.screens import compose
from itpm_prep.apps.mock_interview.sets import (
    Sets,
    choose_for,
    days_left,
    last_setup,
    minutes_each,
    remember,
)
from itpm_prep.apps.opening import opened
from itpm_prep.bank import text
from itpm_prep.bank.compiled import Bank, Entry, load_bank
from itpm_prep.bank.types import (
    CATEGORIES,
    LEVELS,
    SPECIALISATIONS,
    Category,
    Level,
    Specialisation,
)
from itpm_prep.practice import interview as steps
from itpm_prep.practice.moves import OutOfStep
from itpm_prep.practice.records import Fact, Interview, Mode, Setup
from itpm_prep.problems import StoreError, TakenOver
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.setup_screen import SetupForm, setup_screen, taken_over_screen


def mock_interview(
    *,
    level: Level | None = None,
    category: Category | Sequence[Category] | None = None,
    specialisation: Specialisation | None = None,
    mode: Mode | None = None,
    length: int | None = None,
    seed: int | None = None,
) -> Page:
    """The mock interview as a widget; the arguments fill in the set-up form.

    ``length`` counts questions (1-20); ``seed`` makes the choice of questions repeatable for the
    same bank and history. Raises ``ValueError`` naming the argument that is not known.
    """
    categories = (category,) if isinstance(category, str) else tuple(category or ())
    _check("level", level, LEVELS)
    _check("specialisation", specialisation, SPECIALISATIONS)
    _check("mode", mode, get_args(Mode))
    for one in categories:
        _check("category", one, CATEGORIES)
    if length is not None and not 1 <= length <= 20:
        raise ValueError(f"length is {length}; it must be a number of questions from 1 to 20")
    wished: dict[str, object] = {
        "level": level, "categories": categories or None, "specialisation": specialisation,
        "mode": mode, "length": length, "seed": seed,
    }  # fmt: skip
    chosen = {name: value for name, value in wished.items() if value is not None}
    return opened(
        "Mock interview", lambda page: MockInterview(page, open_record(), load_bank(), chosen).set_up()
    )


class MockInterview:
    """The controller: holds the state, stores each step, and draws what the state says."""

    ending = "New interview"  # what the last button of a debrief says

    def __init__(self, page: Page, record: Record, bank: Bank, wished: Mapping[str, object]) -> None:
        self.page, self.record, self.bank = page, record, bank
        # With a wish it is no longer what was kept as a set of one's own.
        self.wished = {**wished, "preset": ""} if wished.keys() - {"seed"} else wished
        self.interview: Interview | None = None
        # What is stored of the interview, drafts by position: nobody else adds to it while we hold it.
        self.facts: list[Fact] = []
        self.drafts: dict[int, dict[str, str]] = {}
        self.tab = uuid4().hex  # until the browser has named its tab
        self.guard = guarded(page.say)
        self.offer: ResumeOffer | None = None  # while the set-up is shown
        self.unsaved: dict[str, str] = {}  # by box, what could not be stored of this screen
        self.unstored = False  # the screen says that something could not be stored
        page.on_tab, page.on_beat, page.on_leave = map(self.act, (self._tab_known, self._beat, self._leave))

    @staticmethod
    def now() -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    # Set up -----------------------------------------------------------------------------------

    def set_up(self) -> None:
        """Draw the first screen."""
        self.interview = None
        setup = msgspec.structs.replace(
            last_setup(self.record), **{"seed": SystemRandom().randrange(10_000), **self.wished}
        )
        sets = Sets(self.record, self.set_up)
        form = SetupForm(
            setup,
            minutes_each(self.bank),
            sets.read(),
            self._on(lambda name: sets.keep(name, form.read(setup), self.now())),
            self._on(sets.drop),
        )
        self.offer = ResumeOffer(self.record, self._on(self.resume), self._on(self._start_anew))
        notes = []
        if self.bank.problems:
            count = markup.plural(len(self.bank.problems), "fault")
            notes.append(f"The question bank has {count}; run itpm-prep bank check to see them.")
        begin = self.act(lambda: self._begin(form, setup))
        aside = days_left(self.record, self.now().astimezone().date())
        kits = Kits(self)
        doors = (*kits.door(), *Earlier(self).door())
        self.page.show(*setup_screen(form, aside, notes, self.offer.slot, begin, doors, kits.offers()))
        self._refresh_offer()

    def _refresh_offer(self) -> None:
        if self.offer is not None and self.page.tab:
            self.offer.refresh(self.tab, self.now())

    def _on(self, step: Callable[[str], None]) -> Callable[[str], None]:
        return lambda interview_id: self.act(lambda: step(interview_id))()

    def _begin(self, form: SetupForm, before: Setup) -> None:
        expect_none_open(self.record)
        setup = form.read(before)
        if isinstance(setup, str):
            self.page.say(setup)
            return
        chosen = choose_for(setup, self.bank, self.record, self.now())
        if not chosen.entries:
            self.page.say(
                "The bank has no question for this choice. Choose another level or more categories."
            )
            return
        remember(self.record, setup, before)
        self.ask(setup, chosen.entries)
        if chosen.notes:
            self.page.remark(" ".join(chosen.notes))

    def ask(self, setup: Setup, entries: Sequence[Entry]) -> None:
        """Begin an interview of these questions."""
        known = {"interview_id": uuid4().hex, "bank_hash": self.bank.hash}
        self.open(steps.begin(setup, entries, **known, now=self.now()))

    def open(self, interview: Interview) -> None:
        """Store a new interview and draw it."""
        self.record.begin(interview, self.tab, self.now())
        self.interview, self.facts, self.drafts = interview, facts_behind(self.record, interview), {}
        self.draw()

    def show_aside(self, *blocks: Block) -> None:
        """Show a screen that belongs to no interview."""
        self.interview = self.offer = None
        self.page.show(*blocks)

    def resume(self, interview_id: str) -> None:
        """Go on with an interview where it stands, in whatever tab it was."""
        left = self.record.interview(interview_id)
        if left is None or left.ended:
            self.set_up()
            return
        missing = [turn.question_id for turn in left.turns if turn.question_id not in self.bank]
        if missing:
            raise StoreError(
                f"The bank no longer holds {', '.join(missing)}. Choose Start anew; "
                "what you answered stays in your record."
            )
        self.record.hold(interview_id, self.tab, self.now())
        # Read again: the other tab may have gone a step further until just now.
        self.interview = self.record.interview(interview_id)
        if self.interview is not None:
            self.facts, self.drafts = facts_behind(self.record, self.interview), {}
        self.draw()

    def show_kit(self, kit_id: str) -> None:
        """Show the page of a kit."""
        Kits(self).show(kit_id)

    def _start_anew(self, interview_id: str) -> None:
        if left := self.record.interview(interview_id):
            self.record.hold(interview_id, self.tab, self.now())
            self.record.advance(steps.finish(left, self.now()), (), self.tab, self.now())
        self._refresh_offer()
        self.page.calm()  # Begin may have been refused for it

    # Every step -------------------------------------------------------------------------------

    def act(self, step: Callable[[], None]) -> Callable[[], None]:
        """``step`` as a handler: faults are said on the screen, a stale or lost screen is drawn again."""

        def run() -> None:
            try:
                step()
            except OutOfStep:
                self.draw()
            except TakenOver:
                self._show_taken_over()
            except StoreError:
                self.unstored = True
                raise

        return self.guard(run)

    def keep(self, interview: Interview, *facts: Fact) -> None:
        """Store a step, then show it: nothing is shown that is not on disk."""
        known = [*self.facts, *facts]
        screen = () if interview.ended else compose(self, interview, known)
        if screen:
            self.page.foresee(*screen)  # drawn while the disk works, shown afterwards
        self.record.advance(interview, facts, self.tab, self.now())
        self.interview, self.facts = interview, known
        self.show(screen)

    def foresee(self, interview: Interview, *facts: Fact) -> None:
        """Have the screen of a step drawn out of sight that has not been taken yet."""
        self.page.foresee(*compose(self, interview, [*self.facts, *facts]))

    def draw(self) -> None:
        """Draw the state anew."""
        self.show(compose(self, self.interview, self.facts) if self.interview else ())

    def show(self, screen: Sequence[Block]) -> None:
        """Show a screen of the interview; without one, the set-up."""
        if not screen:
            self.set_up()
            return
        self.offer = None
        self.unsaved.clear()
        self.page.show(*screen)

    def state(self) -> Interview:
        """The interview as it stands; a handler of a screen that is gone is out of step."""
        if self.interview is None:
            raise OutOfStep("no interview is under way")
        return self.interview

    def keep_clock(self, interview: Interview) -> None:
        """Store the clock alone; the screen stays as it is."""
        self.record.alive(interview, self.tab, self.now())
        self.interview = interview

    def _show_taken_over(self) -> None:
        interview = self.interview
        if interview is None:
            return
        self.interview = None
        take_over = self.act(lambda: self.resume(interview.id))
        self.page.show(*taken_over_screen(list(self.unsaved.values()), take_over))
        self.unsaved.clear()

    # The tab ----------------------------------------------------------------------------------

    def _tab_known(self) -> None:
        self.tab = self.page.tab
        self._refresh_offer()
        text.rehearse()
        with suppress(StoreError):  # nothing is lost by it: the first step then says what is wrong
            self.record.rehearse()

    def _beat(self) -> None:
        self._refresh_offer()
        if self.interview is None:
            return
        self.interview = steps.keep_time(self.interview, self.now())
        self.record.alive(self.interview, self.tab, self.now())
        if self.unstored:
            self.unstored = False
            self.page.hush()

    def _leave(self) -> None:
        if self.interview is None:
            return
        holder = self.record.holder(self.interview.id)
        if holder is not None and holder.tab == self.tab:
            # Held still, in case the page stays after all; but not heard of for long enough.
            self.record.hold(self.interview.id, self.tab, self.now() - HELD_FOR)


def _check(name: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(known)}")
