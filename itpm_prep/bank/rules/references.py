"""What one part of a question says of another part is true."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault, joined


def check(case: Case) -> Iterator[Fault]:
    """Caps, probes and benchmark keys name the question's own criteria, and each key is complete."""
    question = case.question
    own = [criterion.id for criterion in question.criteria]
    must = f"be one of {joined(own)}"
    for place, flag in enumerate(question.red_flags):
        if flag.cap.criterion not in own:
            yield Fault(f"red_flags[{place}].cap.criterion", flag.cap.criterion, must)
    for place, probe in enumerate(question.probes):
        if probe.targets not in own:
            yield Fault(f"probes[{place}].targets", probe.targets, must)
    for place, benchmark in enumerate(question.benchmarks):
        if set(benchmark.key) != set(own):
            found = f"a key for {joined(benchmark.key) or 'nothing'}"
            yield Fault(f"benchmarks[{place}].key", found, f"have a score for each of {joined(own)}")
