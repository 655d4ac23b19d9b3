from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import CPI, EAC, sample_question

from itpm_prep.practice.figures import judge, judge_all, parse


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,095", 1095),
        ("1 095", 1095),
        ("1\u202f095", 1095),
        ("1'095", 1095),
        ("1.095.000", 1_095_000),
        ("1,095.5", 1095.5),
        ("1.095,5", 1095.5),
        ("1 095,5", 1095.5),
        ("12,34,567", 1_234_567),
        ("1.095", 1.095),
        ("0.82", 0.82),
        ("0,82", 0.82),
        ("0,820", 0.82),
        ("12,5", 12.5),
        (".5", 0.5),
        ("-75", -75),
        ("\u221275", -75),
        ("\u2013 75", -75),
        ("minus 75", -75),
        ("(75)", -75),
        ("(€75k)", -75_000),
        ("-€75", -75),
        ("€ 1,095", 1095),
        ("1,095 EUR", 1095),
        ("about 12 days", 12),
        ("12-day", 12),
        ("+75", 75),
        ("1.1 million", 1_100_000),
        ("1095k", 1_095_000),
        ("2 bn", 2e9),
        ("82 %", 0.82),
        ("410 / 500 = 0.82", 0.82),
        ("\u0668\u0662", 82),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, value: float) -> None:
    assert parse(typed) == value


@pytest.mark.parametrize("typed", ["", "  ", "don't know", "10-12", "1.095 or 1.100", "1.2.3", "9" * 200_000])
def test_no_number_or_several_are_not_guessed_at(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1095", "thousands", 1095),
        ("1.095 million", "thousands", 1095),
        ("1095k", "thousand EUR", 1095),
        ("1,095 thousand", "thousands", 1095),
        ("82 %", "percent", 82),
        ("82", "percent", 82),
        ("82 percent", "ratio", 0.82),
        ("3 weeks", "weeks", 3),
        ("2 working days", "days", 2),
    ],
)
def test_a_number_is_brought_to_the_unit_asked_for(typed: str, unit: str, value: float) -> None:
    assert parse(typed, unit) == value


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("0.82", "right"),
        ("0.815", "right"),  # on the edge of the tolerance
        ("0.825", "right"),
        ("82%", "right"),
        ("0.814", "wrong"),
        ("82", "wrong"),
        ("-0.82", "wrong"),
        ("0.8 to 0.9", "wrong"),
        ("", "missing"),
        ("n/a", "missing"),
    ],
)
def test_a_figure_is_right_wrong_or_missing(typed: str, verdict: str) -> None:
    assert judge(CPI, typed).verdict == verdict


def test_a_share_typed_as_a_fraction_is_right_for_a_percentage() -> None:
    percentage = replace(CPI, answer=82, tolerance=0.5, unit="percent")
    assert [judge(percentage, typed).verdict for typed in ("82", "82 %", "0.82", "0.82 %")] == [
        "right",
        "right",
        "right",
        "wrong",
    ]


def test_weeks_are_not_taken_for_days() -> None:
    days = replace(CPI, answer=12, tolerance=0, unit="days")
    assert judge(days, "12 days").verdict == "right"
    assert judge(days, "12 weeks").verdict == "wrong"


def test_all_figures_are_judged_in_the_order_of_the_question() -> None:
    found = judge_all(sample_question(figures=(CPI, EAC)), {"eac": "1.1 million", "other": "5"})
    assert [(each.id, each.typed, each.value, each.verdict, each.answer, each.unit) for each in found] == [
        ("cpi", "", None, "missing", 0.82, "ratio"),
        ("eac", "1.1 million", 1100, "right", 1095, "thousands"),
    ]


@settings(deadline=None, max_examples=150)
@given(
    st.integers(-(10**9), 10**9),
    st.sampled_from(["{:,}", "{}", "€ {:,}", "{:,} EUR", "{:,}.0"]),
    st.sampled_from([",", " ", "'"]),
)
def test_any_whole_number_is_read_back_with_any_thousands_mark(number: int, form: str, mark: str) -> None:
    assert parse(form.format(number).replace(",", mark)) == number


@settings(deadline=None, max_examples=150)
@given(
    st.text(alphabet=st.sampled_from("0123456789.,-() %km€=x")) | st.text(), st.sampled_from(["", "percent"])
)
def test_whatever_is_typed_gets_a_verdict(typed: str, unit: str) -> None:
    found = judge(replace(CPI, unit=unit), typed)
    assert found.typed == typed
    assert found.verdict != "missing" or found.value is None
    assert found.verdict != "right" or abs((found.value or 0) - CPI.answer) <= CPI.tolerance + 1e-9
