"""Which follow-ups to ask, chosen from what the answer leaves out; no model is asked.

In this order: a part that is empty, a keyed figure that is missing, an anchor of which the answer has
next to nothing (all three call for a probe to be used when something is missing), a part that is
short, makes a vague claim or gives no figure where one is due (a probe to be used when something is
vague), and last the probes that are always asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from itpm_prep.bank.text import content_words
from itpm_prep.bank.types import Category, CriterionId, Probe, Question
from itpm_prep.practice import signals, words
from itpm_prep.practice.figures import FigureResult
from itpm_prep.practice.scaffolds import PARTS_OF, Part, frame_of

SHORT_BELOW = 0.5  # of the words a part should have at the target time

# Below this share of the content words of a criterion's anchor 4, nothing of it can be quoted. In the
# bank's benchmark answers that holds for 65 % of the criteria keyed 1 or 2, and for 1 % of those at 4 or 5.
ANCHOR_BELOW = 0.15

# The criterion that working out the numbers of an exhibit belongs to.
_FIGURES_BELONG_TO: dict[Category, CriterionId] = {
    "behavioral": "RES",
    "technical": "ACC",
    "scenario": "DIA",
    "leadership": "RES",
    "change": "DIA",
}


class Choice(Struct, frozen=True):
    """A probe to ask and why, such as "Result is empty." or "Asked of everyone."."""

    probe_id: str
    reason: str


def choose(
    question: Question,
    parts: Mapping[str, str],
    figures: Sequence[FigureResult],
    used: AbstractSet[str] = frozenset(),
    most: int = 2,
) -> tuple[Choice, ...]:
    """At most ``most`` probes of ``question``, none twice and none in ``used``.

    ``parts`` maps scaffold part ids to text, ``figures`` are the figures judged, ``used`` the ids of
    this question's probes that were asked already.
    """
    chosen: dict[str, Choice] = {}
    for probe, reason in _fitting(question, parts, figures):
        if len(chosen) >= most:
            break
        if probe.id not in used:
            chosen.setdefault(probe.id, Choice(probe.id, reason))
    return tuple(chosen.values())


def _fitting(
    question: Question, parts: Mapping[str, str], figures: Sequence[FigureResult]
) -> Iterator[tuple[Probe, str]]:
    """Every probe with a reason to ask it, the best reasons first."""
    for criteria, reason in _gaps(question, parts, figures):
        yield from ((probe, reason) for probe in _probes(question, "missing") if probe.targets in criteria)
    for criteria, reason in _weak_spots(question, parts):
        yield from ((probe, reason) for probe in _probes(question, "vague") if probe.targets in criteria)
    yield from ((probe, "Asked of everyone.") for probe in _probes(question, "always"))


def _gaps(
    question: Question, parts: Mapping[str, str], figures: Sequence[FigureResult]
) -> Iterator[tuple[set[CriterionId], str]]:
    for part in frame_of(question.scaffold).parts:
        count = words.count(parts.get(part.id, ""))
        if count < signals.EMPTY_BELOW:
            yield _answered_by(question, part.id), f"{part.name} {signals.describe_empty(count)}."
    for figure in figures:
        if figure.verdict == "missing":
            yield {_FIGURES_BELONG_TO[question.category]}, f"No figure was given for: {figure.ask}"
    said = {stem for text in parts.values() for stem in content_words(text)}
    for criterion in question.criteria:
        stems = set(content_words(criterion.anchors[4]))
        if stems and len(stems & said) < ANCHOR_BELOW * len(stems):
            yield {criterion.id}, f"{criterion.name} was hardly touched."


def _weak_spots(question: Question, parts: Mapping[str, str]) -> Iterator[tuple[set[CriterionId], str]]:
    for part in frame_of(question.scaffold).parts:
        reason = _weakness(question, part, parts.get(part.id, ""))
        if reason:
            yield _answered_by(question, part.id), reason


def _weakness(question: Question, part: Part, text: str) -> str:
    """Why a part counts as vague; empty when it does not."""
    count = words.count(text)
    due = question.timing.target_s * signals.WPM / 60 * part.share / 100
    if count < signals.EMPTY_BELOW:
        return f"{part.name} {signals.describe_empty(count)}."
    if count < SHORT_BELOW * due:
        return f"{part.name} is short: {count} of about {due:.0f} words."
    claims = signals.vague_claims(part.id, text)
    if claims:
        return f'{part.name} says "{claims[0].text}" with nothing to check it by.'
    if part.id == frame_of(question.scaffold).result and not signals.has_figure(text):
        return f"{part.name} has no figure."
    return ""


def _probes(question: Question, use_when: str) -> list[Probe]:
    return [probe for probe in question.probes if probe.use_when == use_when]


def _answered_by(question: Question, part_id: str) -> set[CriterionId]:
    """The criteria of the question that a part answers for."""
    return {criterion for criterion, answering in PARTS_OF[question.scaffold].items() if part_id in answering}
