"""The probes look at the answer from more than one side."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault, joined

LEAST_TARGETS = 3


def check(case: Case) -> Iterator[Fault]:
    """The probes aim at three or more criteria."""
    targets = sorted({probe.targets for probe in case.question.probes})
    if len(targets) < LEAST_TARGETS:
        yield Fault("probes", f"aimed at {joined(targets)} only", f"aim at {LEAST_TARGETS} or more criteria")
