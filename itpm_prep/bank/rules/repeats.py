"""Nothing is listed twice in one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itpm_prep.bank.rules.case import Case, Fault


def check(case: Case) -> Iterator[Fault]:
    """Ids within a question, and entries of its lists, are there once each."""
    question = case.question
    lists: dict[str, Sequence[str]] = {
        "exhibits[{}].id": [exhibit.id for exhibit in question.exhibits],
        "figures[{}].id": [figure.id for figure in question.figures],
        "probes[{}].id": [probe.id for probe in question.probes],
        "benchmarks[{}].label": [benchmark.label for benchmark in question.benchmarks],
        "red_flags[{}].text": [flag.text for flag in question.red_flags],
        "competencies[{}]": question.competencies,
        "level_also[{}]": question.level_also,
        "strong_points[{}]": question.strong_points,
        "topics[{}]": question.topics,
    }
    for key, values in lists.items():
        for place, value in enumerate(values):
            if value in values[:place]:
                yield Fault(key.format(place), f"{value}, for the second time", "be there once")
