"""The start page: what was left unfinished, the days to the interview, and the way to the apps."""

from __future__ import annotations

from datetime import UTC, date, datetime

from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.problems import PersonError
from itpm_prep.serve.session import notebook_link, wait_for_visitor
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Html, Input, Row
from itpm_prep.widgets.guard import guarded
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
        "See what you practised and where answers lose most; keep it as CSV or a page.",
    ),
    (
        "question_bank",
        "Question bank",
        "For authors and instructors: browse and read questions, check one of your own, try it.",
    ),
)
INTERVIEW_DATE = "interview_date"


def start() -> Page:
    """The start page as a widget."""
    page = Page()
    wait_for_visitor()
    try:
        Start(page, open_record(), load_bank()).draw()
    except PersonError as fault:
        page.show(Html(markup.heading("Start")))
        page.say(str(fault))
    return page


class Start:
    """Draws the page and keeps the date of the interview."""

    def __init__(self, page: Page, record: Record, bank: Bank) -> None:
        self.page, self.record, self.bank = page, record, bank

    def draw(self) -> None:
        """Draw the page."""
        self.countdown = Html()
        self._count_down()
        stored = self.record.preference(INTERVIEW_DATE)
        keep_date = guarded(self.page.say)(self._keep_date)
        picker = Input("Interview date", "date", stored or "", on_change=keep_date)
        self.page.show(
            Html(markup.heading("Today")),
            self.countdown,
            Html(self._unfinished() + self._due()),
            Html(f'<div class="cards gap">{"".join(_app(*app) for app in APPS)}</div>'),
            Row(picker, look="gap"),
        )

    def _keep_date(self, chosen: str) -> None:
        if chosen:
            date.fromisoformat(chosen)  # what is no date is not kept
        self.record.prefer(INTERVIEW_DATE, chosen)
        self._count_down()

    def _count_down(self) -> None:
        stored = self.record.preference(INTERVIEW_DATE)
        if not stored:
            words = "Set the date of your interview below, and the days to it stand here."
        else:
            days = (date.fromisoformat(stored) - datetime.now(UTC).astimezone().date()).days
            left = f"{markup.plural(days, 'day')} to your interview."
            words = left if days >= 0 else "The date of your interview has passed; set the next one below."
        self.countdown.update(value=markup.text(words, "p", "quiet gap"))

    def _unfinished(self) -> str:
        left = self.record.unfinished()
        if left is None:
            return ""
        words = f"You stopped {place_of(left)}. Nothing was lost."
        resume = markup.link("Resume", notebook_link("mock_interview"), "button primary")
        return f'<div class="note row apart">{markup.text(words, "span")}{resume}</div>'

    def _due(self) -> str:
        """What to practise today: the first categories that were never or least answered."""
        answered = dict.fromkeys(CATEGORIES, 0)
        for attempt in self.record.attempts():
            # A part written again is no new answer; the progress app counts in the same way.
            answered[attempt.category] += attempt.outcome == "answered" and attempt.retry_of is None
        least = min(answered.values())
        if not any(answered.values()):
            words = (
                f"{markup.plural(len(self.bank), 'question')} to practise. "
                "Begin with a few; three take about a quarter of an hour."
            )
        else:
            names = [CATEGORY_NAMES[one] for one in CATEGORIES if answered[one] == least]
            times = "Not practised yet" if least == 0 else "Practised least"
            level = "All categories are practised alike: take any of them."
            words = level if len(names) == len(CATEGORIES) else f"{times}: {', '.join(names)}."
        return markup.text("Due", "h2") + markup.text(words)


def _app(name: str, title: str, what: str) -> str:
    words = markup.text(title, "b") + markup.text(what, "span", "quiet")
    return f'<a class="card" href="{notebook_link(name)}">{words}</a>'
