"""The keyed numbers are right."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.formula import FormulaError, evaluate
from itpm_prep.bank.rules.case import Case, Fault


def check(case: Case) -> Iterator[Fault]:
    """Each keyed answer equals its formula, worked out from the exhibits, within the tolerance."""
    for place, figure in enumerate(case.question.figures):
        try:
            value = evaluate(figure.formula, case.question.exhibits)
        except FormulaError as error:
            must = "be a formula over the columns of the exhibits"
            yield Fault(f"figures[{place}].formula", f"not computable: {error}", must)
            continue
        if abs(value - figure.answer) > figure.tolerance + 1e-9 * abs(value):
            must = f"be {value:.6g}, within {figure.tolerance:g}, as its formula gives"
            yield Fault(f"figures[{place}].answer", f"{figure.answer:g}", must)
