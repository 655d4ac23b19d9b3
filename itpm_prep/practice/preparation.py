"""What is due before an interview, and what of it the record shows to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from math import ceil
from statistics import fmean

import msgspec
from msgspec import Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.bank.types import COMPETENCIES, LEVELS, Competency
from itpm_prep.practice.checklists import QUESTIONS, RESEARCH, all_ticked, read_ticked
from itpm_prep.practice.plan import MOST_DAYS, Plan, Task
from itpm_prep.practice.records import Attempt, Rating
from itpm_prep.practice.target import Target

TICKED = "ticked"  # the document of kind "plan" with the ids of tasks that a person said are done
BESIDE_S = 240  # two probes and the scoring of one answer
CALIBRATE_MINUTES = 25
DRILL_MINUTES = 5
PROJECTS_MINUTES = 20
MOCK_QUESTIONS = 4
MOCK_AFTER = 3  # days of practice before the first one, where there is time
MOCK_BEFORE = (2, 8, 15)  # a mock interview so many days before the interview, where there is time
WEAK, STRONG = 3.0, 4.0  # mean question score of the last two answers
MORE_WHEN_WEAK = 1


class Practised(Struct, frozen=True):
    """What the record holds; ``calibrated`` says whether a gate stands."""

    attempts: Sequence[Attempt]
    ratings: Sequence[Rating]
    calibrated: bool


def due_tasks(
    target: Target, entries: Iterable[Entry], practised: Practised, today: date, interview: date, cap: int
) -> list[Task]:
    """Everything to do before the interview, the most urgent first.

    ``cap`` is the minutes a day; a mock interview is made as long as it allows.
    """
    questions = _questions(target, list(entries), practised)
    gate = _task("calibrate", "Calibrate your own scores", CALIBRATE_MINUTES)
    research = [
        _task("research", f"Research: {group.name[:1].lower()}{group.name[1:]}", group.minutes, group.id)
        for group in RESEARCH
    ]
    projects = [_task("projects", "Write up your past projects", PROJECTS_MINUTES)]
    ask = [_task("questions", "Prepare questions to ask back", QUESTIONS.minutes, QUESTIONS.id)]
    # Two questions first: the first day is for practice, too, and not for reading only.
    first, rest = questions[:2], questions[2:]
    return [
        *([] if practised.calibrated else [gate]),
        *first,
        research[0],
        *projects,
        *_mixed(rest, [*research[1:], *ask]),
        *_mocks(questions, today, interview, cap),
        *_drills(today, interview),
    ]


def _task(kind: str, title: str, minutes: int, of: str = "", **when: str) -> Task:
    name = ":".join(filter(None, (kind, of, *when.values())))
    return Task(id=name, kind=kind, title=title, minutes=minutes, of=of, **when)  # type: ignore[arg-type]


def _mixed(questions: Sequence[Task], others: Sequence[Task]) -> list[Task]:
    """The others after every second question."""
    mixed: list[Task] = []
    waiting = list(others)
    for at, question in enumerate(questions, start=1):
        mixed.append(question)
        if at % 2 == 0 and waiting:
            mixed.append(waiting.pop(0))
    return mixed + waiting


def _mocks(questions: Sequence[Task], today: date, interview: date, cap: int) -> list[Task]:
    each = max((task.minutes for task in questions), default=0)
    if not each:
        return []
    length = max(1, min(MOCK_QUESTIONS, (cap - DRILL_MINUTES) // each))
    days = {max(today, interview - timedelta(days=before)) for before in MOCK_BEFORE}
    soonest = today + timedelta(days=MOCK_AFTER)
    wished = sorted(day for day in days if day >= soonest) or [max(days)]
    title = f"Mock interview of {length} question{'' if length == 1 else 's'}"
    return [
        Task(
            id=f"mock:{at}", kind="mock", title=title, minutes=length * each, of=str(length),
            not_before=day.isoformat(),
        )
        for at, day in enumerate(wished, start=1)
    ]  # fmt: skip


def _drills(today: date, interview: date) -> list[Task]:
    days = min(max(1, (interview - today).days), MOST_DAYS)
    dates = [(today + timedelta(days=ahead)).isoformat() for ahead in range(days)]
    return [_task("drill", "Story drill", DRILL_MINUTES, on=day) for day in dates]


# Questions ----------------------------------------------------------------------------------------


def _questions(target: Target, entries: Sequence[Entry], practised: Practised) -> list[Task]:
    """Questions on what the target weighs most and the record shows weakest, the competencies in turn."""
    latest = {rating.attempt_id: rating.q for rating in practised.ratings}
    weights = target.competencies or dict.fromkeys(COMPETENCIES, 1)
    standings = _standings(practised.attempts, latest)
    last = {one.question_id: latest.get(one.id, 0.0) for one in practised.attempts if _counts(one)}
    queues = []
    for competency in sorted(weights, key=lambda one: (-weights[one], _mean(standings[one]), one)):
        wanted = _wanted(weights[competency], standings[competency])
        fit = [one for one in entries if one.competencies[0] == competency and _fits(one, target)]
        fit.sort(key=lambda one: (one.id in last, last.get(one.id, 0.0), *_closeness(one, target), one.id))
        queues.append([_question(one) for one in fit[:wanted]])
    turns = range(max(map(len, queues), default=0))
    return [queue[turn] for turn in turns for queue in queues if turn < len(queue)]


def _question(entry: Entry) -> Task:
    minutes = ceil((entry.prep_s + entry.target_s + BESIDE_S) / 60)
    name = COMPETENCY_NAMES[entry.competencies[0]]
    return _task("question", f"{name}: {entry.title}", minutes, entry.id)


def _counts(attempt: Attempt) -> bool:
    return attempt.outcome == "answered" and attempt.retry_of is None


def _standings(
    attempts: Iterable[Attempt], latest: Mapping[str, float]
) -> defaultdict[Competency, list[float]]:
    """The scores of each competency, oldest first; what was not scored says nothing."""
    scores: defaultdict[Competency, list[float]] = defaultdict(list)
    for attempt in attempts:
        if _counts(attempt) and attempt.id in latest:
            scores[attempt.competency].append(latest[attempt.id])
    return scores


def _mean(scores: Sequence[float]) -> float:
    return fmean(scores[-2:]) if scores else 0.0


def _wanted(weight: int, scores: Sequence[float]) -> int:
    if len(scores) >= 2 and _mean(scores) >= STRONG:
        return 1
    return weight + 1 + (MORE_WHEN_WEAK if scores and _mean(scores) < WEAK else 0)


def _fits(entry: Entry, target: Target) -> bool:
    suited = entry.specialisation in ("general", target.specialisation)
    return entry.status != "retired" and suited and _distance(entry, target) <= 1


def _closeness(entry: Entry, target: Target) -> tuple[int, bool]:
    return _distance(entry, target), entry.specialisation != target.specialisation


def _distance(entry: Entry, target: Target) -> int:
    wanted = LEVELS.index(target.level)
    return min(abs(LEVELS.index(one) - wanted) for one in (entry.level, *entry.level_also))


# Done ---------------------------------------------------------------------------------------------


def ticked_tasks(plan: Plan, kept: Mapping[str, str], checklists: Mapping[str, str]) -> set[str]:
    """The ids of the tasks that a person said are done, or whose group of research is all ticked.

    ``kept`` and ``checklists`` are the documents of the kinds "plan" and "checklist".
    """
    told = msgspec.json.decode(kept.get(TICKED, "[]"), type=list[str])
    read = {group.id for group in RESEARCH if all_ticked(group, read_ticked(checklists, group.id))}
    return {*told, *(task.id for task in plan.tasks if task.kind == "research" and task.of in read)}


def done_tasks(
    tasks: Iterable[Task],
    plan: Plan,
    attempts: Sequence[Attempt],
    gates: Iterable[datetime],
    ticked: Collection[str],
    zone: tzinfo | None,
) -> frozenset[str]:
    """The ids of the tasks done since the plan was made.

    A question counts when it was answered, a mock interview when as many questions as it asks for were
    answered in one interview that was no practice, calibration when a gate was rated (``gates``: when).
    Everything else is done when the person says so (``ticked``: ids of tasks).
    """
    since = date.fromisoformat(plan.made_on)
    fresh = [one for one in attempts if _counts(one) and one.submitted_at.astimezone(zone).date() >= since]
    answered = {one.question_id for one in fresh}
    rehearsed: defaultdict[str, set[str]] = defaultdict(set)
    for one in fresh:
        if one.mode not in ("practice", "drill"):
            rehearsed[one.interview_id].add(one.question_id)
    sizes = sorted(map(len, rehearsed.values()), reverse=True)
    gated = any(gate.astimezone(zone).date() >= since for gate in gates)
    done = set(ticked)
    mocks = 0
    for task in tasks:
        if task.kind == "mock":
            # The largest interview serves the first mock interview, and each interview one only.
            if mocks < len(sizes) and sizes[mocks] >= int(task.of):
                done.add(task.id)
            mocks += 1
        elif (task.kind == "question" and task.of in answered) or (task.kind == "calibrate" and gated):
            done.add(task.id)
    return frozenset(done)
