"""Kits as the learner sees them: what waits, the place to open one, and the page of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.practice.kit_files import LARGEST
from itpm_prep.practice.kits import Kit, Known, State, day, due_words
from itpm_prep.practice.presets import rules_of
from itpm_prep.practice.records import Setup
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, FileDrop, Handed, Html, Input, Item, Listing, Row
from itpm_prep.widgets.mode_words import MODE_NAMES, rules_words

STATE_NAMES: Mapping[State, str] = {"done": "Done", "late": "Done late", "missing": "Missing", "open": "Open"}
# What a learner reads of the same.
OWN_STATES: Mapping[State, str] = {**STATE_NAMES, "missing": "Overdue"}
OFFERS = 3


def offers(waiting: Sequence[Known], now: datetime, on_open: Callable[[str], None]) -> tuple[Block, ...]:
    """The kits that wait for answers, the one due first on top; at most three."""
    shown = (
        Row(
            Html(_offer(one, now)),
            Button("Open the kit", "", partial(on_open, one.kit.id)),
            look="note row apart",
        )
        for one in waiting[:OFFERS]
    )
    more = _more(waiting)
    return (*shown, *((Html(more),) if more else ()))


def kit_notes(waiting: Sequence[Known], now: datetime, link: str) -> str:
    """The same on the start page, with a link to the app that asks their questions."""
    shown = (
        f'<div class="note row apart"><div>{_offer(one, now)}</div>'
        f"{markup.link('Open the kit', link, 'button')}</div>"
        for one in waiting[:OFFERS]
    )
    return "".join(shown) + _more(waiting)


def _offer(one: Known, now: datetime) -> str:
    return f"{markup.text(f'Kit: {one.kit.title}.', 'b')} {markup.text(offer_words(one, now), 'span')}"


def _more(waiting: Sequence[Known]) -> str:
    more = len(waiting) - OFFERS
    words = f"{markup.plural(more, 'more kit')} under Kits in the mock interview."
    return markup.text(words, "p", "quiet") if more > 0 else ""


def offer_words(one: Known, now: datetime) -> str:
    """When it is due and how far one has come."""
    answered = f"{one.standing.answered} of {one.standing.questions} answered."
    still = "It can still be answered, and counts as late. " if one.standing.state == "missing" else ""
    return f"{due_words(local(one.kit.due_at), now)} {still}{answered}"


def kits_screen(
    known: Sequence[Known],
    now: datetime,
    on_files: Callable[[Sequence[Handed]], None],
    on_open: Callable[[str], None],
    on_back: Callable[[], None],
) -> tuple[Block, ...]:
    """A place to open a kit file, and the kits opened so far."""
    items = [_line(one, now) for one in known]
    words = "A kit is a set of questions that your instructor put together, as one small file."
    listed: tuple[Block, ...] = ()
    if items:
        listed = (Html(markup.text("Kits opened so far", "h2")), Listing(items, on_open))
    return (
        head("Kits", Button("Back to the set-up", "plain", on_back)),
        Html(markup.text(words, "p", "gap")),
        drop("Drop a kit file here, or choose it", on_files),
        *listed,
    )


def drop(label: str, on_files: Callable[[Sequence[Handed]], None]) -> FileDrop:
    """Where kit files are handed over."""
    return FileDrop(label, ".json", LARGEST, on_files)


def _line(one: Known, now: datetime) -> Item:
    standing = one.standing
    notes = [
        OWN_STATES[standing.state],
        f"{standing.answered} of {standing.questions} answered",
        due_words(local(one.kit.due_at), now),
    ]
    return Item(one.kit.id, one.kit.title, " · ".join(notes))


class Place(NamedTuple):
    """One question of a kit on the learner's page: its entry, None when the bank lacks it, and what came."""

    question_id: str
    entry: Entry | None
    answered_at: datetime | None


class Handlers(NamedTuple):
    """What can be done on the page of a kit; ``go_on`` is a label and what it does, None at the end."""

    back: Callable[[], None]
    forget: Callable[[], None]
    go_on: tuple[str, Callable[[], None]] | None


def kit_page(
    one: Known,
    places: Sequence[Place],
    minutes: int,
    now: datetime,
    handlers: Handlers,
    hand_in: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """One kit for the learner: message, due date, what is asked, and the way to begin.

    ``minutes`` is what the questions left take; ``hand_in`` stands below once something is answered.
    """
    kit, standing = one.kit, one.standing
    left = sum(place.entry is not None and place.answered_at is None for place in places)
    lines = [offer_words(one, now)]
    if standing.finished_at:
        lines = [f"Answered on {moment_words(standing.finished_at)}."]
        if kit.due_at:
            lines.append(f"It was due on {moment_words(kit.due_at)}.")
    if kit.made_by:
        lines.append(f"From {kit.made_by}.")
    return (
        head(kit.title, Button("Back to the kits", "plain", handlers.back)),
        Html(markup.text(OWN_STATES[standing.state], "b") + " " + markup.text(" ".join(lines), "span")),
        Html(letter(kit)),
        Html(how_words(kit) + _places(places) + _unknown(places)),
        *_go_on(left, minutes, handlers.go_on),
        *hand_in,
        Row(
            Html(markup.text("Your answers stay when the kit is taken off the list.", "span", "quiet")),
            Button("Take it off the list", "plain", handlers.forget),
            look="row apart gap",
        ),
    )


def _go_on(left: int, minutes: int, go_on: tuple[str, Callable[[], None]] | None) -> tuple[Block, ...]:
    if go_on is None:
        return ()
    told = f"{markup.plural(left, 'question')} to answer, about {markup.plural(minutes, 'minute')}."
    label, act = go_on
    words = Html(markup.text(told if left else "", "span", "quiet"))
    return (Row(words, Button(label, "primary", act), look="foot"),)


def _places(places: Sequence[Place]) -> str:
    """What is asked, by kind: a title would give a question away before its time."""
    lines = []
    for place in places:
        if place.entry is None:
            lines.append(f"{place.question_id}: not in the bank here")
        elif place.answered_at is None:
            lines.append(f"{CATEGORY_NAMES[place.entry.category]}, {place.entry.level}: to answer")
        else:
            lines.append(f"{place.entry.title}: answered on {moment_words(place.answered_at)}")
    return markup.text("Questions", "h2") + numbered(lines)


def _unknown(places: Sequence[Place]) -> str:
    missing = [place.question_id for place in places if place.entry is None]
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    words = (
        f"{', '.join(missing)} {verb} not in your question bank. Update itpm_prep, or ask your instructor "
        "for the pack of questions and add it with itpm-prep bank import. The others can be answered now."
    )
    return markup.note(words, "warn")


class HandInForm:
    """Name and words to black out; ``make(name, words)`` gives what to say, a file name and an address.

    ``whole`` says that all is answered, so that handing in is what comes next.
    """

    def __init__(
        self, name: str, words: str, make: Callable[[str, str], tuple[str, str, str]], *, whole: bool
    ) -> None:
        self._make, self._look = make, "primary" if whole else ""
        self._name = Input("Your name", "text", name, "As your instructor is to see it.")
        hint = "Names and words that must not be read, parted by commas."
        self._words = Input("Words to black out", "text", words, hint)
        self._file = Row(look="")

    def blocks(self, guard: Callable[[Callable[[], None]], Callable[[], None]]) -> tuple[Block, ...]:
        """The form; its handler is wrapped in ``guard``."""
        intro = (
            "A file of your answers to this kit, with their scores. Nothing is sent from here: you save the "
            "file and hand it in the way your class does. It can be made again when more is answered."
        )
        return (
            Html(markup.text("Hand in", "h2") + markup.text(intro, "p", "quiet")),
            Row(self._name, self._words, look="handout"),
            Row(Html(), Button("Make the file", self._look, guard(self._fill)), look="foot"),
            self._file,
        )

    def _fill(self) -> None:
        self._file.fill()  # a file of other answers must not stay on offer
        told, name, address = self._make(self._name.value, self._words.value)
        link = markup.download(f"Save {name}", name, address, "button primary")
        self._file.fill(Html(f'<div class="note" role="status">{markup.text(told)}<p>{link}</p></div>'))


# What both sides show ---------------------------------------------------------------------------------------


def how_words(kit: Kit) -> str:
    """The mode and its rules."""
    held = Setup(level="mid", categories=(), mode=kit.mode, length=1, seed=0, rules=kit.rules)
    return markup.text(f"{MODE_NAMES[kit.mode]}. {rules_words(rules_of(held))}", "p", "quiet")


def letter(kit: Kit) -> str:
    """The message, as it was typed."""
    return f'<div class="letter">{markup.text(kit.message, "p", "own")}</div>' if kit.message else ""


def numbered(lines: Sequence[str]) -> str:
    """Plain lines, numbered."""
    return "<ol>" + "".join(markup.text(one, "li") for one in lines) + "</ol>"


def head(title: str, button: Button, tag: str = "h1") -> Row:
    """A title with a button beside it."""
    return Row(Html(markup.text(title, tag)), button, look="row apart")


def local(moment: datetime | None) -> datetime | None:
    """A moment in the time zone of this machine."""
    return moment.astimezone() if moment else None


def moment_words(moment: datetime) -> str:
    """A moment as a person reads it."""
    here = moment.astimezone()
    return f"{day(here)}, {here:%H:%M}"
