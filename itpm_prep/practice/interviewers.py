"""A panel: three interviewers who each ask about their own competencies, and none about the same one twice.

The competencies are shared out whole, so whoever asks a question always has its focus. Because no
primary competency comes back, no story has to be told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from random import Random

from msgspec import Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import SPECIALISATIONS, Competency
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import (
    GENERAL,
    NOTHING_FITS,
    Selection,
    shorter_note,
    sort_out,
)


class Interviewer(Struct, frozen=True):
    """One member of the panel: the role, what they care about in a few words, and their competencies."""

    role: str
    focus: str
    competencies: tuple[Competency, ...]


PANEL = (
    Interviewer(
        "Sponsor",
        "benefit, governance and the people affected",
        (
            "cost_benefit", "strategy_governance", "metrics_reporting", "stakeholder_communication",
            "organisational_change",
        ),
    ),
    Interviewer(
        "Technical lead",
        "scope, plan, risk, quality and technology",
        (
            "scope_requirements", "planning_scheduling", "risk_issue", "quality_compliance",
            "change_control", "delivery_method", "technical_fluency",
        ),
    ),
    Interviewer(
        "Future team member",
        "leading, conflict, resources and yourself",
        ("team_leadership", "conflict_negotiation", "resources_vendors", "self_management"),
    ),
)  # fmt: skip
NEVER = datetime.min.replace(tzinfo=UTC)
Fit = tuple[int, datetime, bool]  # the smaller, the better
_ASKER = {competency: one.role for one in PANEL for competency in one.competencies}


def asker_of(competency: Competency) -> str:
    """The role of whoever asks about a competency."""
    return _ASKER[competency]


def choose_panel(
    entries: Iterable[Entry], setup: Setup, last_seen: Mapping[str, datetime], rng: Random
) -> Selection:
    """Choose ``setup.length`` questions; the interviewers take turns while each has one left.

    The best question of each primary competency is taken: that nearest to the level, unseen before
    seen, of the specialisation before general ones. The same arguments give the same panel.
    """
    best = _best(tuple(entries), setup, last_seen)
    fits = [(fit, rng.random(), rng.choice(sorted(same, key=attrgetter("id")))) for fit, same in best]
    waiting: dict[str, list[Entry]] = {one.role: [] for one in PANEL}
    for _, _, entry in sorted(fits, key=lambda one: one[:2]):
        waiting[_ASKER[entry.competencies[0]]].append(entry)
    roles = [one.role for one in PANEL]
    rng.shuffle(roles)
    chosen: list[Entry] = []
    while len(chosen) < setup.length and any(waiting.values()):
        chosen += [waiting[role].pop(0) for role in roles if waiting[role]]
    chosen = chosen[: setup.length]
    notes: tuple[str, ...] = ()
    if not chosen:
        notes = (NOTHING_FITS,)
    elif len(chosen) < setup.length:
        notes = (shorter_note(len(chosen), setup.length, "and a panel asks about no competency twice"),)
    return Selection(tuple(chosen), notes)


def _best(
    entries: Sequence[Entry], setup: Setup, last_seen: Mapping[str, datetime]
) -> Iterable[tuple[Fit, list[Entry]]]:
    """How well the best questions of each competency fit, and those that fit equally well."""
    suited = sort_out(entries, setup, (GENERAL, setup.specialisation))
    best: dict[str, tuple[Fit, list[Entry]]] = {}
    for (_, steps), pool in (suited or sort_out(entries, setup, SPECIALISATIONS)).items():
        for entry in pool:
            seen = last_seen.get(entry.id, NEVER)
            fit = (steps, seen, entry.specialisation != setup.specialisation)
            found = best.get(entry.competencies[0])
            if found is None or fit < found[0]:
                best[entry.competencies[0]] = (fit, [entry])
            elif fit == found[0]:
                found[1].append(entry)
    return [best[competency] for competency in sorted(best)]
