"""The screens round blind reviews: who reviews, what waits, what was reviewed, and what goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES
from itpm_prep.practice.calibration import day
from itpm_prep.practice.review import LONGEST_NAME, Order
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Input, Item, Listing, Row, Select
from itpm_prep.widgets.review_screen import NAMELESS
from itpm_prep.widgets.table import Column, Line, Table

ORDERS: Mapping[Order, str] = {
    "uncertain": "Most uncertain first",
    "random": "Random",
    "oldest": "Oldest first",
}
ORDER_NOTES: Mapping[Order, str] = {
    "uncertain": "Answers first where a review tells most about whether the learner is ready.",
    "random": "In an order drawn by lot. With the same seed another reviewer meets the same answers.",
    "oldest": "In the order in which they were handed in.",
}
TAKE: Mapping[Order, str] = {
    "uncertain": "Review the most uncertain",
    "random": "Review the one drawn",
    "oldest": "Review the oldest",
}
SHARES: Mapping[str, str] = {
    "": "All that wait for you",
    "none": "Without a review",
    "one": "With one other reviewer",
}
COLUMNS = (
    Column("name", "Learner"),
    Column("title", "Question", wide=True),
    Column("competency", "Competency", choose=True),
    Column(
        "uncertainty",
        "Uncertainty",
        number=True,
        digits=2,
        hint="1: readiness in the competency is as open as can be; 0: it is settled",
    ),
    Column("reviewers", "Reviews", number=True),
    Column("at", "Handed in"),
    Column("words", "Words", number=True),
    Column("level", "Level"),
    Column("category", "Category"),
    Column("kit", "Kit", choose=True),
)
NAMELESS_REVIEWER = "Say who reviews first; then open the answer again."
NAME_NOTE = "The learner sees it beside your marks. It is kept for the next time."


class Listed(NamedTuple):
    """One answer of the queue; ``kit`` is the title of the kit it answers, or empty."""

    key: str
    name: str
    title: str
    category: str
    level: str
    competency: str
    kit: str
    submitted_at: datetime
    words: int
    reviewers: int
    uncertainty: float


class Wish(NamedTuple):
    """What the reviewer asks the queue for."""

    order: Order = "uncertain"
    share: str = ""
    words: str = ""
    seed: int = 0


class Past(NamedTuple):
    """A review under way or submitted: ``note`` says where it stands, ``apart`` that reviewers differ."""

    key: str
    name: str
    title: str
    note: str
    apart: bool = False


def name_blocks(name: str, on_name: Callable[[str], None]) -> tuple[Block, ...]:
    """Who reviews; without a name nothing else is shown."""
    if name:
        return (Row(Input("You review as", "text", name, NAME_NOTE, on_name), look="reviewer"),)
    box = Input("Your name", "text", "", f"At most {LONGEST_NAME} characters.")
    note = markup.text(f"Say who reviews. {NAME_NOTE}", "p", "gap")
    go = Button("Begin to review", "primary", lambda: on_name(box.value))
    return Html(note), box, Row(Html(), go, look="foot")


class QueueScreen:
    """The queue: its wishes, the answers listed, and the button that takes the first one.

    ``on_wish`` is told when the wishes have changed and then fills the queue anew.
    """

    def __init__(
        self,
        wish: Wish,
        on_wish: Callable[[QueueScreen], None],
        on_open: Callable[[str], None],
        now: datetime,
    ) -> None:
        self.wish, self._on_wish, self._on_open, self._now = wish, on_wish, on_open, now
        orders = {str(one): name for one, name in ORDERS.items()}
        self._order = Select("Order", orders, wish.order, self._changed)
        self._share = Select("Answers", SHARES, wish.share, self._changed)
        hint = "A learner, a question, a competency or a kit."
        self._words = Input("Find in the queue", "search", wish.words, hint, self._changed)
        self._seed = Input("Seed", "number", str(wish.seed), "", self._changed)
        self._note, self._narrowed, self._body = Html(), Row(look="filters"), Row(look="")
        self._many = False  # more answers than are listed

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The queue."""
        return Row(self._order, self._share, look="filters gap"), self._note, self._narrowed, self._body

    def fill(self, listed: Sequence[Listed], waiting: int) -> None:
        """List the first of the queue; ``waiting`` counts all that fit the wishes.

        The table finds words among the answers listed. Where there are more, words narrow the queue.
        """
        self._many = waiting > len(listed) or bool(self.wish.words)
        self._say_order()
        if not listed:
            words = "No answer waits for your review here. Take a wish away, or hand bundles in."
            self._body.fill(Html(markup.text(words, "p", "gap")))
            return
        told = f"{markup.plural(waiting, 'answer')} to review"
        if waiting > len(listed):
            told += f"; the first {len(listed)} are listed"
        first = listed[0].key
        lines = [Line(one.key, _cells(one, self._now)) for one in listed]
        table = Table("The queue", COLUMNS, lines, "review-queue", on_open=self._on_open, page=20)
        start = Button(TAKE[self.wish.order], "primary", lambda: self._on_open(first))
        count = Html(markup.text(f"{told}. Or choose one below.", "span", "quiet"))
        self._body.fill(Row(start, count, look="row gap"), Row(table, look="gap"))

    def _changed(self, _: str) -> None:
        order = next(one for one in ORDERS if one == self._order.value)
        typed = self._seed.value
        seed = int(typed) if typed.isascii() and typed.isdigit() else self.wish.seed
        self.wish = Wish(order, self._share.value, self._words.value, seed)
        self._on_wish(self)

    def _say_order(self) -> None:
        self._note.update(value=markup.text(ORDER_NOTES[self.wish.order], "p", "quiet gap"))
        narrowed = (*([self._seed] if self.wish.order == "random" else []), *([self._words] * self._many))
        if narrowed != tuple(self._narrowed.inner):  # a box that stays must not lose the focus
            self._narrowed.fill(*narrowed)


def _cells(one: Listed, now: datetime) -> list[str | int | float | tuple[float, str]]:
    return [
        one.name or NAMELESS,
        one.title,
        COMPETENCY_NAMES.get(one.competency, one.competency),
        one.uncertainty,
        one.reviewers,
        (one.submitted_at.timestamp(), day(one.submitted_at, now)),
        one.words,
        one.level.capitalize(),
        CATEGORY_NAMES.get(one.category, one.category),
        one.kit,
    ]


def under_way_blocks(begun: Sequence[Past], on_open: Callable[[str], None]) -> tuple[Block, ...]:
    """Reviews that were left, to go on with."""
    if not begun:
        return ()
    return Html(markup.text("Under way", "h2")), Listing([_item(one) for one in begun], on_open)


def reviewed_blocks(past: Sequence[Past], on_open: Callable[[str], None]) -> tuple[Block, ...]:
    """What the reviewer has submitted, those first on which reviewers differ."""
    if not past:
        return ()
    told = markup.text("Reviewed by you", "h2")
    apart = sum(one.apart for one in past)
    if apart:
        words = f"{markup.plural(apart, 'answer')} on which you and another reviewer should talk."
        told += markup.note(words, "warn")
    ordered = sorted(past, key=lambda one: not one.apart)
    return Html(told), Listing([_item(one) for one in ordered], on_open)


def _item(one: Past) -> Item:
    return Item(one.key, one.title, f"{one.name or NAMELESS}, {one.note}")


class HandBack:
    """Reviews as files for the learners; ``make()`` gives (label, file name, address) of each."""

    def __init__(
        self, reviews: int, learners: int, make: Callable[[], Sequence[tuple[str, str, str]]]
    ) -> None:
        self._reviews, self._learners, self._make = reviews, learners, make
        self._files = Row()

    def blocks(self, guard: Callable[[Callable[[], None]], Callable[[], None]]) -> tuple[Block, ...]:
        """What can go back, and the button that makes the files; its handler is wrapped in ``guard``."""
        if not self._reviews:
            return ()
        told = (
            f"{markup.plural(self._reviews, 'review')} of yours, "
            f"for {markup.plural(self._learners, 'learner')}. Each learner gets one file with all of them "
            "and opens it in Progress, under Reviews; opening it twice does no harm. Another reviewer with a "
            "class of their own drops it there under Hand in, and sees your marks after marking."
        )
        return (
            Html(markup.text("Hand back", "h2") + markup.text(told, "p", "quiet")),
            Row(Button("Make the files", "", guard(self._fill)), self._files),
        )

    def _fill(self) -> None:
        self._files.fill()
        links = (markup.download(label, name, address) for label, name, address in self._make())
        self._files.fill(*(Html(link) for link in links))
