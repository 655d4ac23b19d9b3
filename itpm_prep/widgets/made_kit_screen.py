"""Kits as the instructor sees them: those made, and each with its file and who has done it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from itpm_prep.practice.kit_files import encode_kit, file_name
from itpm_prep.practice.kits import Kit, State, due_words
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Handed, Html, Input, Item, Listing, Row
from itpm_prep.widgets.kit_screen import STATE_NAMES, drop, head, how_words, letter, local, numbered
from itpm_prep.widgets.table import Cell, Column, Line, Table


class Counted(NamedTuple):
    """A kit and how many learners stand where."""

    kit: Kit
    counts: Mapping[State, int]


class Standings(NamedTuple):
    """One learner and where they stand with a kit; ``finished_at`` is None unless all is answered."""

    learner_id: str
    name: str
    state: State
    answered: int
    skipped: int
    finished_at: datetime | None


class MadeHandlers(NamedTuple):
    """What can be done in the list of kits."""

    open: Callable[[str], None]
    new: Callable[[], None]
    files: Callable[[Sequence[Handed]], None]


class SheetHandlers(NamedTuple):
    """What can be done on the sheet of a kit; ``due`` gets an ISO date or nothing."""

    back: Callable[[], None]
    copy: Callable[[], None]
    delete: Callable[[], None]
    due: Callable[[str], None]
    learner: Callable[[str], None]


def made_screen(
    made: Sequence[Counted], strangers: int, now: datetime, handlers: MadeHandlers, *, going_on: bool
) -> tuple[Block, ...]:
    """The kits made so far; ``going_on`` says that one is in the making.

    ``strangers`` counts the kits that were answered and are not in the list.
    """
    items = [
        Item(
            one.kit.id,
            one.kit.title,
            f"{markup.plural(len(one.kit.questions), 'question')} · "
            f"{due_words(local(one.kit.due_at), now)} · {counts_words(one.counts)}",
        )
        for one in made
    ]
    words = (
        "Put questions together, save them as one small file, and give it to the class. What learners "
        "hand in says which kit it answers."
    )
    label = "Go on with your kit" if going_on else "Make a kit"
    return (
        Html(markup.text(words, "p", "quiet gap")),
        Row(Button(label, "primary", handlers.new)),
        *((Html(markup.text("Your kits", "h2")), Listing(items, handlers.open)) if items else ()),
        *_strangers(strangers),
        drop("A kit made elsewhere: drop its file here, or choose it", handlers.files),
    )


def _strangers(count: int) -> tuple[Block, ...]:
    if not count:
        return ()
    verb = "is" if count == 1 else "are"
    words = (
        f"Answers to {markup.plural(count, 'kit')} were handed in that {verb} not in this list. "
        "Add the file below to see who has done it."
    )
    return (Html(markup.note(words)),)


def counts_words(counts: Mapping[State, int]) -> str:
    """How many learners stand where, those that are none left out."""
    said = [f"{counts[state]} {STATE_NAMES[state].lower()}" for state in STATE_NAMES if counts.get(state)]
    return ", ".join(said) or "no learner yet"


def kit_sheet(
    kit: Kit, titles: Sequence[str], standings: Sequence[Standings], now: datetime, handlers: SheetHandlers
) -> tuple[Block, ...]:
    """One kit: the file to give out, what it asks, and who has done it."""
    due_at = local(kit.due_at)
    address = f"data:application/json;base64,{b64encode(encode_kit(kit)).decode('ascii')}"
    link = markup.download("Save the kit file", file_name(kit), address, "button primary")
    put_off = Input(
        "Due date",
        "date",
        due_at.date().isoformat() if due_at else "",
        "In time up to the end of that day, here. Give the file out again when you change it.",
        handlers.due,
    )
    return (
        head(kit.title, Button("Back to the kits", "plain", handlers.back), tag="h2"),
        Html(markup.text(due_words(due_at, now)) + letter(kit)),
        Row(Html(markup.text("Give this file to the class.", "span", "quiet")), Html(link), look="foot"),
        Html(markup.text("Who has done it", "h2")),
        *_who(kit, standings, handlers.learner),
        Html(markup.text("What it asks", "h2") + how_words(kit) + numbered(titles)),
        put_off,
        Row(Button("Copy as a new kit", "", handlers.copy), _delete(handlers.delete), look="row apart gap"),
    )


def _who(kit: Kit, standings: Sequence[Standings], on_learner: Callable[[str], None]) -> tuple[Block, ...]:
    if not standings:
        return (Html(markup.text("Nobody has handed in yet: see Hand in.", "p", "quiet")),)
    columns = (
        Column("name", "Learner"),
        Column("state", "State", choose=True),
        Column("answered", "Answered", number=True),
        Column("skipped", "Skipped", number=True),
        Column("finished", "Finished"),
    )
    counts = {state: sum(one.state == state for one in standings) for state in STATE_NAMES}
    told = (
        f"{counts_words(counts).capitalize()}, of {markup.plural(len(standings), 'learner')} who handed in. "
        "Times are those of the learners' own machines."
    )
    lines = [_line(kit, one) for one in standings]
    return (
        Html(markup.text(told, "p", "quiet")),
        Table(kit.title, columns, lines, file_name(kit).removesuffix(".json"), on_open=on_learner),
    )


def _line(kit: Kit, one: Standings) -> Line:
    finished: Cell = None
    if one.finished_at:
        here = one.finished_at.astimezone()
        finished = (here.timestamp(), f"{here.day} {here:%b %Y, %H:%M}")
    answered = (one.answered, f"{one.answered} of {len(kit.questions)}")
    return Line(one.learner_id, (one.name, STATE_NAMES[one.state], answered, one.skipped, finished))


def _delete(on_delete: Callable[[], None]) -> Block:
    slot = Row()

    def offer() -> None:
        slot.fill(Button("Delete from the list", "plain", ask))

    def ask() -> None:
        words = Html(markup.text("Delete it? What learners handed in stays.", "span"))
        slot.fill(words, Button("Delete it", "", on_delete), Button("Keep it", "", offer))

    offer()
    return slot


def form_screen(
    form: Sequence[Block], on_back: Callable[[], None], on_discard: Callable[[], None]
) -> tuple[Block, ...]:
    """The form of a kit, kept as one goes."""
    words = "What you type and choose is kept as you go. Learners see nothing until you give them the file."
    return (
        head("Make a kit", Button("Back to the kits", "plain", on_back), tag="h2"),
        Html(markup.text(words, "p", "quiet")),
        *form,
        Row(Html(), Button("Discard this draft", "plain", on_discard), look="row apart gap"),
    )
