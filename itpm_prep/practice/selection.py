"""Which questions an interview asks.

Retired questions are never asked. A question fits when its category was chosen, it is about the
specialisation chosen or general (another one only when there is none of these), and it is meant for
the target level; neighbouring levels fill up when a category has too few. The categories take turns.
Questions never seen come before all others, among them those that keep the primary competencies
apart, then those of the specialisation chosen; seen ones follow, the longest ago first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from operator import attrgetter
from random import Random

from msgspec import Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import LEVELS, SPECIALISATIONS, Category, Level, Specialisation
from itpm_prep.practice.records import Setup

Slot = tuple[Category, int]  # a place in the interview: its category, and steps from the target level

NOTHING_FITS = "No question fits your choice. Choose more categories, or another level."
GENERAL: Specialisation = "general"
_STEP = {level: step for step, level in enumerate(LEVELS)}
WIDENED = "No question of that kind suits the specialisation chosen; those of others were taken."


class Selection(Struct, frozen=True):
    """The questions in the order they are asked, and what the person should know about the choice."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def choose_questions(
    entries: Iterable[Entry], setup: Setup, last_seen: Mapping[str, datetime], rng: Random
) -> Selection:
    """Choose ``setup.length`` questions, fewer when fewer fit (``notes`` says so).

    ``last_seen`` maps question ids to the time of their latest attempt. The same ``rng`` state, record
    and entries, in whatever order, give the same interview.
    """
    known = tuple(entries)
    pools = sort_out(known, setup, (GENERAL, setup.specialisation))
    widened = not pools
    if widened:
        pools = sort_out(known, setup, SPECIALISATIONS)
    slots = _slots(pools, setup, rng)
    ordered = {slot: _order(pools[slot], setup, last_seen, rng) for slot in sorted(set(slots))}
    areas = {slot: {entry.competencies[0] for entry in pool} for slot, pool in ordered.items()}
    chosen: list[Entry] = []
    for at, slot in enumerate(slots):
        left = ordered[slot]
        fresh = [entry for entry in left if entry.id not in last_seen]
        chosen.append(_next(fresh or left, chosen, [areas[later] for later in slots[at + 1 :]]))
        left.remove(chosen[-1])
    notes = _notes(pools, slots, chosen, setup)
    return Selection(tuple(chosen), (WIDENED, *notes) if widened and chosen else notes)


def may_ask(entry: Entry) -> bool:
    """Whether a question may be asked at all."""
    return entry.status != "retired"


def distance(entry: Entry, level: Level) -> int:
    """Steps from the nearest level a question is meant for to the target level."""
    near = abs(_STEP[entry.level] - _STEP[level])
    if near and entry.level_also:
        return min(near, *(abs(_STEP[each] - _STEP[level]) for each in entry.level_also))
    return near


def sort_out(
    entries: Sequence[Entry], setup: Setup, specialisations: Iterable[Specialisation]
) -> dict[Slot, list[Entry]]:
    """What fits, by category and distance from the level."""
    categories, about = set(setup.categories), set(specialisations)
    pools: dict[Slot, list[Entry]] = {}
    for entry in entries:
        if entry.category in categories and entry.specialisation in about and may_ask(entry):
            pools.setdefault((entry.category, distance(entry, setup.level)), []).append(entry)
    return pools


def _order(
    pool: Iterable[Entry], setup: Setup, last_seen: Mapping[str, datetime], rng: Random
) -> list[Entry]:
    """A pool in the order it should be asked, with no more of one competency than an interview can hold."""
    fitting = sorted(pool, key=attrgetter("id"))
    rng.shuffle(fitting)
    seen = [entry for entry in fitting if entry.id in last_seen]
    unseen = [entry for entry in fitting if entry.id not in last_seen]
    unseen.sort(key=lambda entry: entry.specialisation != setup.specialisation)
    kept: list[Entry] = []
    counts: Counter[str] = Counter()
    for entry in unseen + sorted(seen, key=lambda entry: last_seen[entry.id]):
        counts[entry.competencies[0]] += 1
        if counts[entry.competencies[0]] <= setup.length:
            kept.append(entry)
    return kept


def _slots(pools: Mapping[Slot, Sequence[Entry]], setup: Setup, rng: Random) -> list[Slot]:
    """The places to fill: the categories in turn, each with its nearest levels first."""
    order = sorted(set(setup.categories))
    rng.shuffle(order)
    waiting = {
        category: [slot for slot in sorted(pools) if slot[0] == category for _ in pools[slot][: setup.length]]
        for category in order
    }
    slots: list[Slot] = []
    while len(slots) < setup.length and any(waiting.values()):
        slots += [waiting[category].pop(0) for category in order if waiting[category]]
    return slots[: setup.length]


def _next(left: Sequence[Entry], chosen: Sequence[Entry], later: Sequence[AbstractSet[str]]) -> Entry:
    """The first of ``left`` that keeps the number of different competencies as high as can be."""
    asked = {entry.competencies[0] for entry in chosen}
    first: dict[str, Entry] = {}
    for entry in left:
        first.setdefault(entry.competencies[0], entry)
    most = min(len(asked) + 1 + len(later), len(asked.union(first, *later)))
    best, reached = left[0], -1
    for competency, entry in first.items():
        reach = len(asked | {competency}) + _distinct(later, asked | {competency})
        if reach > reached:
            best, reached = entry, reach
        if reached == most:
            break
    return best


def _distinct(places: Sequence[AbstractSet[str]], taken: AbstractSet[str]) -> int:
    """How many places can each get a competency of their own (Kuhn's matching by augmenting paths)."""
    holder: dict[str, int] = {}

    def place(at: int, tried: set[str]) -> bool:
        for competency in sorted(places[at] - taken - tried):
            tried.add(competency)
            if competency not in holder or place(holder[competency], tried):
                holder[competency] = at
                return True
        return False

    return sum(place(at, set()) for at in range(len(places)))


def _notes(
    pools: Mapping[Slot, Sequence[Entry]], slots: Sequence[Slot], chosen: Sequence[Entry], setup: Setup
) -> tuple[str, ...]:
    notes = []
    for category in dict.fromkeys(category for category, _ in slots):
        added = Counter(
            entry.level
            for (asked, distance), entry in zip(slots, chosen, strict=True)
            if asked == category and distance
        )
        if added:
            there = len(pools.get((category, 0), ()))
            notes.append(_added_note(category, setup.level, there, added))
    if not chosen:
        notes.append(NOTHING_FITS)
    elif len(chosen) < setup.length:
        notes.append(shorter_note(len(chosen), setup.length))
    return tuple(notes)


def shorter_note(count: int, wanted: int, why: str = "") -> str:
    """That fewer questions were found than wanted; ``why`` adds a reason."""
    fit = f"Only {_questions(count)} {_verb(count, 'fit')} your choice"
    return f"{fit}{f', {why}' if why else ''}, so the interview is shorter than the {wanted} you asked for."


def _added_note(category: str, level: Level, there: int, added: Counter[Level]) -> str:
    exist = f"{_questions(there, f'{level} {category}')} {_verb(there, 'exist')}"
    more = " and ".join(_questions(added[each], each) for each in LEVELS if added[each])
    verb = "was" if added.total() == 1 else "were"
    return f"{'Only ' if there else ''}{exist}; {more} {verb} added."


def _questions(count: int, kind: str = "") -> str:
    return " ".join(filter(None, (str(count or "No"), kind, "question" if count <= 1 else "questions")))


def _verb(count: int, verb: str) -> str:
    return verb if count > 1 else f"{verb}s"
