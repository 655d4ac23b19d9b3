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
from random import Random

from msgspec import Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import LEVELS, Category, Level
from itpm_prep.practice.records import Setup

Slot = tuple[Category, int]  # a place in the interview: its category, and steps from the target level


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
    suited = [entry for entry in known if entry.specialisation in ("general", setup.specialisation)]
    pools = _pools(suited, setup, last_seen, rng)
    widened = not pools
    if widened:
        pools = _pools(known, setup, last_seen, rng)
    slots = _slots(pools, setup, rng)
    chosen: list[Entry] = []
    for at, slot in enumerate(slots):
        left = [entry for entry in pools[slot] if entry not in chosen]
        fresh = [entry for entry in left if entry.id not in last_seen]
        chosen.append(_next(fresh or left, chosen, [pools[later] for later in slots[at + 1 :]]))
    notes = _notes(pools, slots, chosen, setup)
    return Selection(tuple(chosen), (WIDENED, *notes) if widened and chosen else notes)


def _pools(
    entries: Iterable[Entry], setup: Setup, last_seen: Mapping[str, datetime], rng: Random
) -> dict[Slot, list[Entry]]:
    """What fits, by category and distance from the level, in the order it should be asked."""
    fitting = sorted(filter(lambda entry: _fits(entry, setup), entries), key=lambda entry: entry.id)
    rng.shuffle(fitting)
    seen = [entry for entry in fitting if entry.id in last_seen]
    unseen = [entry for entry in fitting if entry.id not in last_seen]
    unseen.sort(key=lambda entry: entry.specialisation != setup.specialisation)
    pools: dict[Slot, list[Entry]] = {}
    for entry in unseen + sorted(seen, key=lambda entry: last_seen[entry.id]):
        pools.setdefault((entry.category, _distance(entry, setup.level)), []).append(entry)
    return pools


def _fits(entry: Entry, setup: Setup) -> bool:
    return entry.status != "retired" and entry.category in setup.categories


def _distance(entry: Entry, level: Level) -> int:
    """Steps from the nearest level a question is meant for to the target level."""
    target = LEVELS.index(level)
    return min(abs(LEVELS.index(each) - target) for each in (entry.level, *entry.level_also))


def _slots(pools: Mapping[Slot, Sequence[Entry]], setup: Setup, rng: Random) -> list[Slot]:
    """The places to fill: the categories in turn, each with its nearest levels first."""
    order = sorted(set(setup.categories))
    rng.shuffle(order)
    waiting = {
        category: [slot for slot in sorted(pools) if slot[0] == category for _ in pools[slot]]
        for category in order
    }
    slots: list[Slot] = []
    while len(slots) < setup.length and any(waiting.values()):
        slots += [waiting[category].pop(0) for category in order if waiting[category]]
    return slots[: setup.length]


def _next(left: Sequence[Entry], chosen: Sequence[Entry], later: Sequence[Sequence[Entry]]) -> Entry:
    """The first of ``left`` that keeps the number of different competencies as high as can be."""
    asked = {entry.competencies[0] for entry in chosen}
    to_come = [{entry.competencies[0] for entry in each} for each in later]
    reach = {
        competency: len(asked | {competency}) + _distinct(to_come, asked | {competency})
        for competency in {entry.competencies[0] for entry in left}
    }
    return max(left, key=lambda entry: reach[entry.competencies[0]])


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
        notes.append("No question fits your choice. Choose more categories, or another level.")
    elif len(chosen) < setup.length:
        notes.append(
            f"Only {_questions(len(chosen))} {_verb(len(chosen), 'fit')} your choice, "
            f"so the interview is shorter than the {setup.length} you asked for."
        )
    return tuple(notes)


def _added_note(category: str, level: Level, there: int, added: Counter[Level]) -> str:
    exist = f"{_questions(there, f'{level} {category}')} {_verb(there, 'exist')}"
    more = " and ".join(_questions(added[each], each) for each in LEVELS if added[each])
    verb = "was" if added.total() == 1 else "were"
    return f"{'Only ' if there else ''}{exist}; {more} {verb} added."


def _questions(count: int, kind: str = "") -> str:
    return " ".join(filter(None, (str(count or "No"), kind, "question" if count <= 1 else "questions")))


def _verb(count: int, verb: str) -> str:
    return verb if count > 1 else f"{verb}s"
