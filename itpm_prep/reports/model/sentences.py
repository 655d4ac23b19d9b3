"""Readiness in words, fit for the learner and for whoever teaches: what is known, on how much, what next.

A chance is said as so many in ten, never as a bare tick; every sentence names what it stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from math import isnan
from typing import NamedTuple

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.practice.calibration import day
from itpm_prep.reports.model import constants as c
from itpm_prep.reports.words import CAUTION, count, join

MOST_NAMED = 3
"""Competencies named in one piece of advice: more than can be practised next help nobody."""


def chance_words(chance: float) -> str:
    """A chance of 0-1 as "about 8 in 10"; just short of what ready takes is said as such."""
    if c.READY_CHANCE - 0.05 <= chance < c.READY_CHANCE:
        return f"just under {c.READY_CHANCE * 10:.0f} in 10"
    tenths = round(chance * 10)
    if tenths in (0, 10):
        return "less than 1 in 10" if tenths == 0 else "more than 9 in 10"
    return f"about {tenths} in 10"


@cache
def evidence_words(answers: int, questions: int, reviewed: int) -> str:
    """What a judgement stands on: "3 answers to 2 questions, 1 reviewed"."""
    if not answers:
        return "no answer that counts"
    return f"{count(answers, 'answer')} to {count(questions, 'question')}, {reviewed or 'none'} reviewed"


def standing_sentence(kind: str, chance: float, evidence: str, answers: int) -> str:
    """How a learner stands in one competency."""
    if not answers:
        return "No answer that counts yet."
    if kind == "gate":
        return f"Not judged yet: {evidence}."
    ready = "Not ready yet" if kind else "Ready"
    return f"{ready}: the chance of meeting the bar is {chance_words(chance)}; {evidence}."


def standing_advice(kind: str, theta: float, questions: int, alone: float, reviewed: float) -> str:
    """What is missing in one competency; "" when nothing is.

    ``questions``, ``alone`` and ``reviewed`` count the answers that are missing, as ``needs.Needs`` does.
    """
    if questions:
        more = "to another question" if questions == 1 else "to different questions"
        least = "" if kind == "gate" or alone == questions else "At least "
        return f"{least}{count(questions, 'more answer')} {more}."
    match kind:
        case "answers":
            or_reviewed = f", or {reviewed:.0f} if reviewed" if reviewed < alone else ""
            return f"{_as_good(int(alone), 'more answer')}{or_reviewed}."
        case "reviews":
            some = _as_good(int(reviewed), "more reviewed answer")
            return f"{some}: own scores alone leave too much open."
        case "higher" if theta > c.BAR - 0.05:
            close = f"the standing is about {theta:.1f}, too close to the bar of {c.BAR:.0f}"
            return f"Better answers: {close} for more of the same to do."
        case "higher":
            return f"Better answers: the standing is about {theta:.1f}, the bar {c.BAR:.0f}."
        case "gate":
            return "The calibration gate, or reviews."
    return ""


def _as_good(number: int, noun: str) -> str:
    to = "a new question" if number == 1 else "new questions"
    return f"{count(number, noun)} as good as these, to {to}"


class Overall(NamedTuple):
    """A learner's row of the readiness frame, as far as it is told in words."""

    state: str
    level: str
    readiness: float
    coverage: float
    label: str
    ready: int
    answers: int
    questions: int
    reviewed: int
    reviewers: int


class Lack(NamedTuple):
    """A competency that is not ready: its share of the blueprint and the questions that it lacks."""

    competency: str
    share: float
    questions: int


def overall_sentence(one: Overall, every: int, now: datetime) -> str:
    """How a learner stands for the post aimed at, or why that is not said; ``every``: competencies."""
    by = f" by {count(one.reviewers, 'reviewer')}" if one.reviewers else ""
    evidence = evidence_words(one.answers, one.questions, one.reviewed)
    base = f"{evidence[0].upper()}{evidence[1:]}{by}, {day(now, now)}."
    said = _shown(one, every) if one.state == "shown" else _held(one)
    return f"{said} {base} {CAUTION}" if one.state == "shown" else f"{said} {base}"


def _shown(one: Overall, every: int) -> str:
    blueprint = f"the blueprint at {one.level} level"
    made = f", which make up {percent(one.readiness)} of {blueprint}" if one.ready else f" of {blueprint}"
    return (
        f"Ready in {one.ready or 'none'} of {every} competencies{made}; {one.label}. "
        f"Two questions or more stand behind {percent(one.coverage)} of it."
    )


def _held(one: Overall) -> str:
    if one.state == "target":
        return "No readiness: no post to aim at has been chosen."
    if one.state == "gate":
        reviewed = f"{one.reviewed or 'none'} of {c.REVIEWED_ANSWERS} answers reviewed"
        return f"No readiness yet: calibration gate not passed, {reviewed}."
    return (
        f"Not enough evidence: two questions or more stand behind {percent(one.coverage)} of the blueprint "
        f"at {one.level} level; readiness is shown from {percent(c.LEAST_COVERAGE)}."
    )


def overall_advice(one: Overall, lacks: Sequence[Lack]) -> str:
    """What comes next for a learner; ``lacks`` are the competencies that are not ready."""
    if one.state == "target":
        return "Choose the level and specialisation to aim at."
    if one.state == "shown":
        return _next(sorted(lacks, key=lambda lack: -lack.share))
    said = []
    if one.state == "gate":
        more = count(c.REVIEWED_ANSWERS - one.reviewed, "more answer")
        said = [f"Pass the calibration gate (six sample answers), or have {more} reviewed."]
    if one.coverage < c.LEAST_COVERAGE:
        said.append(_cover(one.coverage, [lack for lack in lacks if lack.questions]))
    return " ".join(said)


def _next(lacks: Sequence[Lack]) -> str:
    if not lacks:
        return "Nothing is missing today."
    named = [COMPETENCY_NAMES[lack.competency] for lack in lacks]
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], f"{len(named) - MOST_NAMED} more"]
    return f"Next, the heaviest first: {join(named)}."


def _cover(coverage: float, lacks: Sequence[Lack]) -> str:
    """Where the fewest answers bring coverage to half of the blueprint."""
    said = []
    for lack in sorted(lacks, key=lambda lack: -lack.share / lack.questions):
        if coverage >= c.LEAST_COVERAGE:
            break
        coverage += lack.share
        said.append(f"{COMPETENCY_NAMES[lack.competency]} ({lack.questions})")
    return f"Questions still to answer: {join(said)}; then {percent(coverage)} of the blueprint is covered."


def percent(share: float) -> str:
    """A share of 0-1: "46 %", rounded down so that a limit not reached is never said to be."""
    return "0 %" if isnan(share) else f"{int(share * 100 + 1e-9)} %"
