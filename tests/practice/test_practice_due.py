"""The drill: what is due first, and what fills up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_practice_selection import entry, ids, setup

from itpm_prep.bank.compiled import Entry
from itpm_prep.practice.due import Standing, choose_due, priority, standings, weights
from itpm_prep.practice.selection import Selection

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def ago(days: float, q: float | None = 3.0) -> Standing:
    return Standing(NOW - timedelta(days=days), q)


def due(entries: list[Entry], standing: dict[str, Standing], length: int = 3, seed: int = 1) -> Selection:
    return choose_due(entries, setup(length, mode="drill"), standing, NOW, Random(seed))  # noqa: S311 - practice


def test_the_weakest_and_longest_unseen_come_first() -> None:
    """3 points x 2 days, 1 point x 10 days, 2 points x 4 days: 6, 10 and 8."""
    entries = [entry(n, competencies=("risk_issue",)) for n in (1, 2, 3)]
    standing = {"Q-001": ago(2, 2.0), "Q-002": ago(10, 4.0), "Q-003": ago(4, 3.0)}
    assert ids(due(entries, standing)) == ["Q-002", "Q-003", "Q-001"]


def test_a_competency_that_the_level_asks_about_more_weighs_more() -> None:
    entries = [entry(n, competencies=("risk_issue",)) for n in (1, 2, 3)]
    entries.append(entry(4, competencies=("cost_benefit",)))
    assert weights(entries, setup()) == {"risk_issue": 1.5, "cost_benefit": 0.5}
    assert ids(due(entries, {"Q-001": ago(5), "Q-004": ago(9)}, 2)) == ["Q-001", "Q-004"]


def test_a_perfect_answer_and_one_given_today_are_not_due_and_new_questions_fill_up() -> None:
    entries = [entry(n) for n in range(4)]
    found = due(entries, {"Q-000": ago(0.5, 1.0), "Q-001": ago(30, 5.0), "Q-002": ago(3)}, 2)
    assert ids(found) == ["Q-002", "Q-003"]
    assert found.notes == ("Only 1 is due; 1 was added.",)


def test_who_never_practised_is_told_that_nothing_is_due() -> None:
    assert due([entry(1)], {}, 1).notes == ("Nothing is due yet; 1 was added.",)
    assert due([], {}, 1).notes[0].startswith("No question fits")


def test_a_skipped_or_unscored_question_counts_as_the_weakest() -> None:
    entries = [entry(n, competencies=("risk_issue",)) for n in (1, 2)]
    assert ids(due(entries, {"Q-001": ago(5, 2.0), "Q-002": ago(5, None)}, 2))[0] == "Q-002"


def fact(**fields: Any) -> Any:
    return SimpleNamespace(**fields)


def test_the_latest_score_counts_and_a_later_skip_forgets_it() -> None:
    def attempt(name: str, day: int, outcome: str = "answered") -> Any:
        return fact(id=name, question_id="Q", outcome=outcome, submitted_at=NOW + timedelta(days=day))

    ratings = [fact(attempt_id="a", q=2.0), fact(attempt_id="b", q=4.0)]
    tries = [attempt("a", 0), attempt("b", 1), attempt("c", 2)]
    assert standings(tries, ratings) == {"Q": Standing(NOW + timedelta(days=2), 4.0)}
    assert standings([*tries, attempt("d", 3, "skipped")], ratings)["Q"].q is None


@given(st.floats(0, 4), st.floats(0, 1e4), st.floats(0.01, 10), st.floats(1, 5))
@settings(deadline=None)
def test_more_of_anything_is_never_less_due(gap: float, days: float, weight: float, times: float) -> None:
    here = priority(gap, days, weight)
    assert here >= 0
    assert priority(min(gap * times, 4), days, weight) >= here
    assert priority(gap, days * times, weight) >= here
    assert priority(gap, days, weight * times) >= here


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(st.integers(0, 29), st.tuples(st.floats(0, 400), st.none() | st.floats(1, 5))),
    st.integers(1, 20),
    st.integers(0, 9),
)
def test_nothing_is_drilled_twice_and_the_same_record_gives_the_same_drill(
    met: dict[int, tuple[float, float | None]], length: int, seed: int
) -> None:
    entries = [entry(n, status="retired" if n % 7 == 6 else "draft") for n in range(30)]
    standing = {f"Q-{n:03}": ago(*one) for n, one in met.items()}
    found = due(entries, standing, length, seed)
    assert found == due(entries[::-1], standing, length, seed)
    assert len(set(ids(found))) == len(found.entries) == length
    assert all(one.status != "retired" for one in found.entries)
