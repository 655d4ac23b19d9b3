"""The question bank: browse, read, coverage, check a file, try a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TypeVar

from itpm_prep.apps.opening import opened
from itpm_prep.apps.question_bank.trial import Trial
from itpm_prep.bank.compiled import Bank, Entry, load_bank
from itpm_prep.bank.coverage import count_coverage
from itpm_prep.bank.topics import TOPICS_FILE, Topic, TopicsError, read_topics
from itpm_prep.bank.types import Question
from itpm_prep.settings import bank_dir
from itpm_prep.widgets import bank_screen as screens
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Handed, Html, Row
from itpm_prep.widgets.coverage_screen import coverage_blocks
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.page import Page


def question_bank() -> Page:
    """The question bank app as a widget: browse, read, coverage, check a file, try a question."""
    return opened("Question bank", _fill)


def _fill(page: Page) -> None:
    topics, lack = _topics()
    QuestionBank(page, load_bank(), topics).show_view("browse")
    if lack:
        page.remark(lack)


def _topics() -> tuple[list[Topic], str]:
    """The topics, and what to say when there are none: a bank without its list can still be read."""
    try:
        return read_topics(), ""
    except TopicsError as fault:
        return [], f"{bank_dir() / TOPICS_FILE} is {fault}: topics are shown by id, and not counted."


T = TypeVar("T")


class QuestionBank:
    """Holds what is browsed and checked, and draws it."""

    def __init__(self, page: Page, bank: Bank, topics: Sequence[Topic]) -> None:
        self.page, self.bank, self.topics = page, bank, topics
        self.names = {topic.id: topic.name for topic in topics}
        self.guard = guarded(page.say)
        self.view: screens.View = "browse"
        self.list = screens.BrowseScreen(self._find, self._on(lambda one: self.read(bank.question(one))))
        self.results = Row(look="")

    # Views ------------------------------------------------------------------------------------

    def show_view(self, view: screens.View) -> None:
        """Browse, coverage, or check a file; each is as it was left."""
        self.view = view
        draw: Mapping[screens.View, Callable[[], Sequence[Block]]] = {
            "browse": self.list.blocks,
            "coverage": self._coverage,
            "check": self._check,
        }
        aside = markup.plural(len(self.bank), "question")
        self.page.show(*screens.head(view, aside, self._on(self.show_view)), *draw[view]())

    def read(self, question: Question) -> None:
        """One question as a sheet."""
        back = self.guard(lambda: self.show_view(self.view))
        try_out = self.guard(lambda: self.try_out(question))
        self.page.show(*screens.read_screen(question, self.names, back, try_out))

    def try_out(self, question: Question) -> None:
        """A practice run of one question; afterwards its sheet is shown again."""
        Trial(self.page, question, lambda: self.read(question)).run()

    # Browse -----------------------------------------------------------------------------------

    def _find(self, wish: screens.Wish) -> list[Entry]:
        chosen = {name: value or None for name, value in wish._asdict().items() if name != "words"}
        words = wish.words.lower().split()
        return [
            entry
            for entry in self.bank.select(**chosen)
            if all(word in self._texts[entry.id] for word in words)
        ]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What the search looks in, by id."""
        return {entry.id: self._text(self.bank.question(entry.id)) for entry in self.bank.entries}

    def _text(self, question: Question) -> str:
        topics = [self.names.get(one, "") for one in question.topics]
        parts = [question.id, question.title, question.context or "", question.stem, question.intent]
        return " ".join([*parts, *topics, *question.tags, *question.frameworks]).lower()

    # Coverage ---------------------------------------------------------------------------------

    def _coverage(self) -> Sequence[Block]:
        questions = (self.bank.question(entry.id) for entry in self.bank.entries)
        return coverage_blocks(count_coverage(questions, self.topics))

    # Check a file -----------------------------------------------------------------------------

    def _check(self) -> Sequence[Block]:
        from itpm_prep.bank.source import MOST_BYTES  # the YAML reader: only who checks needs it

        return screens.check_screen(MOST_BYTES, self._on(self._check_files), self.results)

    def _check_files(self, files: Sequence[Handed]) -> None:
        from itpm_prep.bank.handed import check_handed

        self.results.fill(Html(markup.text("Checking …", "p", "gap")))
        questions = [self.bank.question(entry.id) for entry in self.bank.entries]
        today = datetime.now(UTC).astimezone().date()
        contents = {file.name: file.content for file in files}
        usable = {topic.id for topic in self.topics if topic.use == "question"}
        reports = check_handed(contents, questions, today, usable or None)
        self.results.fill(
            *(screens.result(report, self._on(self.read), self._on(self.try_out)) for report in reports)
        )

    def _on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        return guarded(self.page.say)(step)
