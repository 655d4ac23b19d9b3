"""The start page: today at a glance, and the way to the apps."""

from __future__ import annotations

from datetime import UTC, date, datetime

from itpm_prep.apps.opening import opened
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.calibration import standing, standing_words
from itpm_prep.practice.drill import Card, deck, due
from itpm_prep.practice.drill import decode as cards_of
from itpm_prep.practice.kit_files import known_kits
from itpm_prep.practice.plan import read_plan, today_of
from itpm_prep.practice.preparation import done_tasks, ticked_tasks
from itpm_prep.practice.stories import decode as stories_of
from itpm_prep.serve.session import notebook_link
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Html, Input, Row
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.kit_screen import kit_notes
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.setup_screen import place_of

APPS = (
    (
        "mock_interview",
        "Mock interview",
        "Answer questions from the bank, be probed, and score yourself with proof.",
    ),
    (
        "calibrate",
        "Calibrate",
        "Score six sample answers blind, then see the key and how far you are from it.",
    ),
    (
        "story_bank",
        "Story bank",
        "Write your stories once, see which questions they fit, and drill to recall them.",
    ),
    (
        "prepare",
        "Prepare",
        "From a job description to a target, a plan for each day, and a checklist.",
    ),
    (
        "progress",
        "Progress",
        "How ready you are for your target, what is missing, every answer; hand in, and take reviews in.",
    ),
    (
        "question_bank",
        "Question bank",
        "For authors and instructors: browse and read questions, check one of your own, try it.",
    ),
    (
        "cohort",
        "Cohort",
        "For instructors: who is where in a class, what to review, which questions to mend.",
    ),
)
INTERVIEW_DATE = "interview_date"


def start() -> Page:
    """The start page as a widget."""
    return opened("Start", lambda page: Start(page, open_record(), load_bank()).draw())


class Start:
    """Draws the page and keeps the date of the interview."""

    def __init__(self, page: Page, record: Record, bank: Bank) -> None:
        self.page, self.record, self.bank = page, record, bank

    def draw(self) -> None:
        """Draw the page."""
        self.countdown = Html()
        self._count_down()
        keep_date = guarded(self.page.say)(self._keep_date)
        stored = self.record.preference(INTERVIEW_DATE) or ""
        picker = Input("Interview date", "date", stored, on_change=keep_date)
        self.page.show(
            Html(markup.heading("Today")),
            self.countdown,
            Html(self._unfinished() + self._kits() + self._plan() + self._due()),
            Html(f'<div class="cards gap">{"".join(_app(*app) for app in APPS)}</div>'),
            Row(picker, look="gap"),
        )

    def _keep_date(self, chosen: str) -> None:
        if chosen:
            date.fromisoformat(chosen)  # what is no date is not kept
        self.record.prefer(INTERVIEW_DATE, chosen)
        self._count_down()

    def _count_down(self) -> None:
        chosen = self._interview()
        if chosen is None:
            words = "Set the date of your interview below, and the days to it stand here."
        else:
            days = (chosen - self.now().date()).days
            left = f"{markup.plural(days, 'day')} to your interview."
            words = left if days >= 0 else "The date of your interview has passed; set the next one below."
        self.countdown.update(value=markup.text(words, "p", "quiet gap"))

    def _interview(self) -> date | None:
        try:
            return date.fromisoformat(self.record.preference(INTERVIEW_DATE) or "")
        except ValueError:  # none, or none that can be read
            return None

    @staticmethod
    def now() -> datetime:
        """The time, in the time zone of the person."""
        return datetime.now(UTC).astimezone()

    def _unfinished(self) -> str:
        left = self.record.unfinished()
        if left is None:
            return ""
        words = f"You stopped {place_of(left)}. Nothing was lost."
        resume = markup.link("Resume", notebook_link("mock_interview"), "button primary")
        return f'<div class="note row apart">{markup.text(words, "span")}{resume}</div>'

    def _kits(self) -> str:
        """The kits of an instructor that wait for answers."""
        documents = self.record.documents("kit")
        known = known_kits(documents, self.record.attempts(), self.now()) if documents else []
        waiting = [one for one in known if one.standing.finished_at is None]
        return kit_notes(waiting, self.now(), notebook_link("mock_interview"))

    def _plan(self) -> str:
        """What the plan holds for today, and what of it is done."""
        kept = self.record.documents("plan")
        plan = read_plan(kept)
        if plan is None:
            return ""
        ticked = ticked_tasks(plan, kept, self.record.documents("checklist"))
        gates = [one.rated_at for one in self.record.calibrations()]
        done = done_tasks(plan.tasks, plan, self.record.attempts(), gates, ticked, self.now().tzinfo)
        tasks = today_of(plan, self.now().date()).tasks
        if not tasks:
            return ""
        lines = (f"{'Done: ' if task.id in done else ''}{task.title}, {task.minutes} min" for task in tasks)
        return (
            markup.text("Plan for today", "h2")
            + markup.bullets(lines)
            + markup.link("Open the plan", notebook_link("prepare"))
        )

    def _due(self) -> str:
        """Categories never or least answered, stories to recall, and whether own scores are calibrated."""
        lines = [markup.text(self._least_practised())]
        waiting = len(due(self._deck(), self.now()))
        if waiting:
            noun = "competency" if waiting == 1 else "competencies"
            words = f"Recall your story for {waiting} {noun}"
            lines.append(f"<p>{markup.link(words, notebook_link('story_bank'))}</p>")
        found = standing(self.record.calibrations(), self.now())
        words = standing_words(found, self.now())
        if found.state == "calibrated":
            lines.append(markup.text(words, "p", "quiet"))
        else:
            lines.append(
                f"<p>{markup.text(words, 'span')} {markup.link('Calibrate', notebook_link('calibrate'))}</p>"
            )
        return markup.text("Due", "h2") + "".join(lines)

    def _deck(self) -> list[Card]:
        stories, _ = stories_of(self.record.documents("story"))
        return deck(stories, cards_of(self.record.documents("card")), self.now())

    def _least_practised(self) -> str:
        answered = dict.fromkeys(CATEGORIES, 0)
        for attempt in self.record.attempts():
            # Another take, or a part written again, is no new answer; the progress app counts so, too.
            first = attempt.retry_of is None and attempt.take == 1
            answered[attempt.category] += attempt.outcome == "answered" and first
        least = min(answered.values())
        if not any(answered.values()):
            return (
                f"{markup.plural(len(self.bank), 'question')} to practise. "
                "Begin with a few; three take about a quarter of an hour."
            )
        names = [CATEGORY_NAMES[one] for one in CATEGORIES if answered[one] == least]
        if len(names) == len(CATEGORIES):
            return "All categories are practised alike: take any of them."
        times = "Not practised yet" if least == 0 else "Practised least"
        return f"{times}: {', '.join(names)}."


def _app(name: str, title: str, what: str) -> str:
    words = markup.text(title, "b") + markup.text(what, "span", "quiet")
    return f'<a class="card" href="{notebook_link(name)}">{words}</a>'
