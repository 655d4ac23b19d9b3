"""The cohort app: roster, heat map, attention, questions, review, kits, handing in, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar, get_args

from ipywidgets import Widget

from itpm_prep.apps.cohort.lists import URGENCY, class_lines
from itpm_prep.apps.cohort.tables import Tables
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Rating
from itpm_prep.store.cohort import Cohort
from itpm_prep.store.record import Record
from itpm_prep.widgets import cohort_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.cohort_screen import View
from itpm_prep.widgets.cohort_tables import ListView, draw_class, draw_list
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.markup import plural
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.table import Line, Table

if TYPE_CHECKING:
    from itpm_prep.apps.cohort.reviewing import Reviewing
    from itpm_prep.reports.frames import Frames

T = TypeVar("T")
LISTS: tuple[ListView, ...] = get_args(ListView)


class Section(Protocol):
    """A view that is no table; it lives as long as the page."""

    def draw(self) -> Sequence[Block]:
        """What stands below the head."""


class CohortApp:
    """Holds the class, its tables as they are filtered, and the view that is shown.

    ``record`` is the instructor's own: drafts of reviews, kits and settings are kept there.
    """

    def __init__(
        self, page: Page, cohort: Cohort, record: Record, bank: Bank, clock: Callable[[], datetime]
    ) -> None:
        self.page, self.cohort, self.record, self.bank = page, cohort, record, bank
        self.view: View = "roster"
        self._clock = clock
        self._tables = Tables(cohort, bank, clock)
        self._head = screens.Head(self.on(self.show_view))
        self._sections: dict[View, Section] = {}
        self._drawn: dict[ListView, Table] = {}
        self._by_competency = draw_class([])
        self._looked: Table | None = None

    # What the sections use ----------------------------------------------------------------------

    def now(self) -> datetime:
        """The time, in the zone of the person."""
        return self._clock()

    @property
    def frames(self) -> Frames:
        """The class as frames, as it stands: made anew when something has changed."""
        if not self._tables.are_read():  # the next screen takes the remark away
            self.page.remark(screens.READING)
        return self._tables.frames

    @property
    def frames_without_reviews(self) -> Frames:
        """The same for whoever counts the reviews anew: not made again for reviews that were added here."""
        if not self._tables.are_read(without_reviews=True):  # as above
            self.page.remark(screens.READING)
        return self._tables.frames_without_reviews

    def add_review(self, learner_id: str, rating: Rating) -> None:
        """Append a review to the cohort: the tables are out of date, and the queue goes on."""
        self._tables.add_review(learner_id, rating)

    def changed(self) -> None:
        """Something was handed in or forgotten: what was worked out is out of date, and the head says so."""
        self._tables.outdate()
        self._tell()

    def act(self, step: Callable[[], None]) -> Callable[[], None]:
        """``step`` as a handler that shows its faults."""
        return guarded(self.page.say)(step)

    def on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        """The same for a step that is told something."""
        return guarded(self.page.say)(step)

    def draw(self) -> None:
        """The view shown, anew."""
        self.show_view(self.view)

    def show(self, *blocks: Block, below: Sequence[Widget] = ()) -> None:
        """Blocks, and widgets, below the head."""
        self._tell()
        self.page.show(*self._head.blocks(self.view), *blocks, below=below)

    def _tell(self) -> None:
        """How many learners there are, and beside the tables as of when these are."""
        self._head.tell(self._tables.learners(), self._tables.told() if self.view in LISTS else "")

    # Views --------------------------------------------------------------------------------------

    def open(self) -> None:
        """The roster as it was last worked out; brought up to date once somebody looks at it."""
        self._show_list("roster")
        self.page.on_tab = self.act(self._catch_up)

    def show_view(self, view: View) -> None:
        """One of the views, as it was left."""
        self.view = view
        if view in LISTS:
            self._show_list(view)
            self._catch_up()
        else:
            self.show(*self._section(view).draw())

    def _catch_up(self) -> None:
        """Work the tables out where they are out of date; the old ones can be read and filtered meanwhile."""
        self.page.on_tab = _nothing
        if self._tables.learners() and not self._tables.is_current():
            before = self._tables.lists
            lists = self._tables.make()
            if self.view not in LISTS:
                return
            if before is not None and bool(before[self.view]) == bool(lists[self.view]):
                self._fill_list(self.view, lists[self.view])
            else:  # a screen of other parts
                self._show_list(self.view)

    def _fill_list(self, view: ListView, lines: Sequence[Line]) -> None:
        """Other lines in the table on the screen: a filter or press of meanwhile finds it there."""
        self._tell()
        self._drawn[view].fill(lines)
        if view == "heat":
            self._by_competency.fill(class_lines(lines))

    def _show_list(self, view: ListView) -> None:
        learners = self._tables.learners()
        if not learners:
            self.show(*screens.nobody_yet(self.act(lambda: self.show_view("hand_in"))))
        elif self._tables.lists is None:
            self.show(screens.at_work(plural(learners, "learner")))
        else:
            self.show(*self._list_blocks(view, self._tables.lists[view]))

    def _list_blocks(self, view: ListView, lines: Sequence[Line]) -> Sequence[Block]:
        table = self._draw_table(view, lines)
        match view:
            case "heat":
                self._by_competency = draw_class(class_lines(lines))
                return screens.explained(screens.HEAT), table, self._by_competency
            case "attention":
                return (
                    *([] if lines else [screens.explained(screens.NOBODY)]),
                    table,
                    screens.rules(_rules(), screens.RULES_TOLD),
                )
            case "items":
                return screens.explained(screens.ITEMS), table, screens.rules(_faults(), screens.FAULTS_TOLD)
        return (table,)

    def _draw_table(self, view: ListView, lines: Sequence[Line]) -> Table:
        """The table of a view, filtered like the last one of learners that was looked at."""
        table = draw_list(view, lines, self.on(self.open_item if view == "items" else self.open_learner))
        if view in self._drawn:
            table.stand_like(self._drawn[view])
        if view != "items":
            if self._looked is not None:
                table.filter_like(self._looked)
            self._looked = table
        self._drawn[view] = table
        return table

    def _section(self, view: View) -> Section:
        """Reviewing, kits, handing in or exporting; made when first asked for, since each loads much."""
        if view not in self._sections:
            self._sections[view] = self._make_section(view)
        return self._sections[view]

    @cached_property
    def _reviewing(self) -> Reviewing:
        from itpm_prep.apps.cohort.reviewing import Reviewing

        return Reviewing(self)

    def _make_section(self, view: View) -> Section:
        match view:
            case "review":
                return self._reviewing
            case "kits":
                from itpm_prep.apps.cohort.kits import Kits

                return Kits(self)
            case "hand_in":
                from itpm_prep.apps.cohort.hand_in import HandIn

                return HandIn(self)
        from itpm_prep.apps.cohort.exports import Export

        return Export(self)

    # One learner, one question --------------------------------------------------------------------

    def open_learner(self, learner_id: str) -> None:
        """One learner: readiness and what is missing, calibration, answers."""
        from itpm_prep.apps.cohort.learner import LearnerSheet

        LearnerSheet(self, learner_id).show()

    def review(self, learner_id: str, attempt_id: str) -> None:
        """The review of one answer; ``Back`` then leads to the queue."""
        self.view = "review"
        self._reviewing.open(learner_id, attempt_id)

    def open_item(self, key: str) -> None:
        """One question: what its scores say, and the anchor to mend."""
        from itpm_prep.apps.cohort.item import ItemSheet

        ItemSheet(self, key).show()


def _rules() -> list[tuple[str, str]]:
    """Name with urgency, and words, of every rule of attention."""
    from itpm_prep.reports.attention import RULES  # pandas: the roster alone does without

    return [
        (f"{rule.id.replace('_', ' ').capitalize()} ({URGENCY[rule.urgency]})", rule.words) for rule in RULES
    ]


def _faults() -> list[tuple[str, str]]:
    """Name and words of everything that is said of a question."""
    from itpm_prep.reports.mending import FAULTS, SKIPPED  # as above

    return [*((fault.id.capitalize(), fault.words) for fault in FAULTS), ("Skips", SKIPPED)]


def _nothing() -> None:
    """What happens when a tab reports and all is current."""
