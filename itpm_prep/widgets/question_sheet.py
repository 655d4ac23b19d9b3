"""One question as a sheet to read: as the candidate gets it, and as the interviewer holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import Criterion, Figure, Probe, Question, RedFlag
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.widgets import markup
from itpm_prep.widgets.question_screen import aim, case, folded

WHEN: Mapping[str, str] = {
    "missing": "when it is missing",
    "vague": "when it stays vague",
    "always": "always",
}


def candidate_sheet(question: Question) -> str:
    """What the candidate sees: the case, the ask, the figures to work out and the frame of the answer."""
    asks = [f"{figure.ask} ({figure.unit})" for figure in question.figures]
    parts = [f"{part.name}: {part.hint}" for part in frame_of(question.scaffold).parts]
    return (
        case(question)
        + (_titled("To work out", markup.bullets(asks)) if asks else "")
        + markup.text(aim(question), "p", "quiet")
        + _titled("The frame, with hints in practice", markup.bullets(parts))
    )


def interviewer_sheet(question: Question, topics: Mapping[str, str]) -> str:
    """What the interviewer holds: everything; ``topics`` names the topic ids."""
    return (
        case(question)
        + _titled("Why it is asked", markup.text(question.intent))
        + (_titled("Figures", _figures(question.figures)) if question.figures else "")
        + _titled("Follow-ups", _list(_probe(question, probe) for probe in question.probes))
        + _titled("Strong answers cover", markup.bullets(question.strong_points))
        + _titled("Red flags", _list(_flag(question, flag) for flag in question.red_flags))
        + "".join(_titled(_weighed(one), _anchors(one)) for one in question.criteria)
        + _benchmarks(question)
        + _titled("About this question", _about(question, topics))
    )


def described(question: Question) -> str:
    """Level, specialisation and competencies in one quiet line."""
    levels = " and ".join([question.level, *question.level_also])
    names = ", ".join(COMPETENCY_NAMES[one] for one in question.competencies)
    return f"{question.id} · {levels} · {SPECIALISATION_NAMES[question.specialisation]} · {names}"


def _titled(title: str, inside: str) -> str:
    return markup.text(title, "h2") + inside


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _figures(figures: tuple[Figure, ...]) -> str:
    return _list(
        f"{escape(one.ask)}: <b>{one.answer:,.12g}</b> {escape(one.unit)}"
        + markup.text(f" = {one.formula}", "span", "quiet")
        for one in figures
    )


def _probe(question: Question, probe: Probe) -> str:
    aim = f"{WHEN[probe.use_when]}, for {question.criterion(probe.targets).name.lower()}"
    return f"{escape(probe.ask)} {markup.text(f'({aim})', 'span', 'quiet')}"


def _flag(question: Question, flag: RedFlag) -> str:
    cost = f"({question.criterion(flag.cap.criterion).name} at most {flag.cap.max})"
    return f"{escape(flag.text)} {markup.text(cost, 'span', 'quiet')}"


def _weighed(criterion: Criterion) -> str:
    return criterion.name if criterion.weight == 25 else f"{criterion.name}, {criterion.weight} %"


def _anchors(criterion: Criterion) -> str:
    return "".join(markup.anchor(score, criterion.anchors[score]) for score in range(1, 6))


def _benchmarks(question: Question) -> str:
    if not question.benchmarks:
        return ""
    keyed = (
        folded(
            f"{one.label.capitalize()} answer",
            markup.text(one.text, "p", "case")
            + "".join(markup.bar(each.name, one.key[each.id]) for each in question.criteria),
        )
        for one in question.benchmarks
    )
    return _titled("Sample answers with their key", "".join(keyed))


def _about(question: Question, topics: Mapping[str, str]) -> str:
    written = question.provenance
    readers = ", ".join(written.reviewed_by)
    lines = [
        f"Version {question.version}, {question.status}"
        + (
            f", reviewed by {readers} on {written.reviewed_on}"
            if readers
            else ", not reviewed by a person yet"
        ),
        f"Written by {written.author} on {written.created}, licence {written.licence}",
        f"Topics: {'; '.join(topics.get(one, one) for one in question.topics)}",
        *([f"Frameworks: {', '.join(question.frameworks)}"] if question.frameworks else []),
        *(f"{fact.claim} ({fact.source}, looked up {fact.checked})" for fact in question.facts),
    ]
    return markup.bullets(lines)
