"""Keyed figures are worked out from the exhibits, and from nothing else."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.bank.formula import FormulaError, evaluate
from itpm_prep.bank.types import Exhibit

ACCOUNTS = Exhibit(
    id="accounts",
    kind="table",
    title="Control accounts",
    columns=("account", "PV", "EV"),
    rows=(("Claims intake", 260, 245), ("Payment (interface) v1.2", 130, 65.5), ("Reporting", 40, 40)),
)
NOTES = Exhibit(
    id="notes",
    kind="table",
    title="Notes",
    columns=("who", "Said"),
    rows=(("Ann", "none"), ("Ann", 2)),
)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3 / 2", 4.5),
        ("10 - 4 - 3", 3),
        ("8 / 4 / 2", 1),
        ("-2 * -(3 - 5)", -4),
        ("sum(accounts.PV)", 430),
        ("mean(accounts.EV)", 350.5 / 3),
        ("min(accounts.PV) + max(accounts.PV) + count(accounts.PV)", 303),
        ("accounts.EV[Claims intake] - accounts.PV[ Claims intake ]", -15),
        ("accounts.EV[Payment (interface) v1.2]", 65.5),
        ("sum(accounts.EV)/sum(accounts.PV)*100", 35050 / 430),
        ("notes.Said[Ann]", None),
    ],
)
def test_a_formula_has_the_value_of_ordinary_arithmetic(formula: str, value: float | None) -> None:
    if value is None:
        with pytest.raises(FormulaError, match="2 rows of 'notes' are called 'Ann'"):
            evaluate(formula, [ACCOUNTS, NOTES])
    else:
        assert evaluate(formula, [ACCOUNTS, NOTES]) == pytest.approx(value)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("", "ends too soon"),
        ("1 +", "ends too soon"),
        ("(1 + 2", "')' is due here"),
        ("1 2", "'2' is left over"),
        ("1 / (2 - 2)", "division by zero"),
        ("budget.PV[Reporting]", "no exhibit 'budget'"),
        ("sum(accounts.AC)", "no column 'AC'"),
        ("accounts.PV[Upload]", "0 rows of 'accounts' are called 'Upload'"),
        ("accounts.PV", "row label such as"),
        ("sum(3)", "a column such as"),
        ("sum(notes.Said)", "holds 'none', not a number"),
        ("sqrt(accounts.PV)", "'sqrt' is not one of sum, mean"),
        ("__import__('os')", "'_' is not part of a formula"),
        ("2 ** 3", "'*' where a number is due"),
        ("1.5.2", "'1' is not part"),
        ("(" * 150 + "1" + ")" * 149, "nested deeper than 20"),
        ("-" * 200 + "1", "nested deeper than 20"),
        ("9" * 310 + " * 1", "no bounds"),
        ("9" * 300 + " - " + "9" * 310, "no bounds"),
    ],
)
def test_a_faulty_formula_is_told_with_its_reason(formula: str, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        evaluate(formula, [ACCOUNTS, NOTES])
    assert words in str(caught.value)


_numbers = st.integers(0, 999).map(str) | st.decimals(0, 99, places=2).map(str)
_formulas = st.recursive(
    _numbers,
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*"), inner)
        | inner.map("({})".format)
        | inner.map("-({})".format)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(_formulas)
def test_it_agrees_with_the_arithmetic_of_python(formula: str) -> None:
    assert evaluate(formula, []) == pytest.approx(eval(formula))  # noqa: S307 (generated arithmetic only)


@settings(deadline=None, max_examples=200)
@given(st.text("0123456789.+-*/()[] sumaxcountEVPy_", max_size=40))
def test_any_text_gives_a_number_or_a_formula_error(formula: str) -> None:
    with contextlib.suppress(FormulaError):
        assert math.isfinite(evaluate(formula, [ACCOUNTS]))
