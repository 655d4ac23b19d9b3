"""The queue read from the frame of a cohort: the same answers in the same order as by the rules alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practised import attempt, rating

from itpm_prep.apps.cohort.review_queue import Key, Queue, by_answer, spell, unspell
from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.practice import review as rules
from itpm_prep.practice.records import Rating
from itpm_prep.practice.review import Waiting
from itpm_prep.reports.columns import FRAMES, dtypes_of
from itpm_prep.widgets.review_queue_screen import Wish

START = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = {"l1": "Mia", "l2": "Noah (l2)"}
KITS = {"k1": "Week 3: risks"}

rows_of = st.lists(
    st.fixed_dictionaries(
        {
            "learner_id": st.sampled_from(["l1", "l2"]),
            "attempt_id": st.sampled_from(["a", "b", "c", "d"]),
            "uncertainty": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
            "days": st.integers(0, 3),
        }
    ),
    max_size=8,
    unique_by=lambda row: (row["learner_id"], row["attempt_id"]),
)
reviews_of = st.dictionaries(
    st.tuples(st.sampled_from(["l1", "l2"]), st.sampled_from(["a", "b", "c", "d"])),
    st.lists(st.sampled_from(["Ana", "Bo"]), max_size=2, unique=True),
    max_size=4,
)


def row(**changes: Any) -> dict[str, Any]:
    fields = {
        "learner_id": "l1",
        "attempt_id": "a",
        "name": "Mia",
        "question_id": "SCN-GEN-001",
        "question_version": 1,
        "title": "A late delivery",
        "category": "scenario",
        "level": "senior",
        "competency": "risk_issue",
        "kit": "",
        "retry": False,
        "days": 0,
        "words": 120,
        "reviewers": 0,
        "reviewer": None,
        "uncertainty": 0.5,
    }
    told = {**fields, **changes}
    told["submitted_at"] = START + timedelta(days=told.pop("days"))
    return told


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    dtypes = dtypes_of(FRAMES["review_queue"])
    return pd.DataFrame(
        {name: pd.Series([one[name] for one in rows], dtype=dtype) for name, dtype in dtypes.items()}
    )


def queue(*rows: dict[str, Any], reviews: dict[Key, list[Rating]] | None = None) -> Queue:
    return Queue(frame(*rows), NAMES, KITS, reviews or {})


def review_by(name: str) -> Rating:
    return rating(attempt(0, "SCN-GEN-001", "risk_issue"), (3, 3, 3, 3), name)


def ids(found: tuple[list[Waiting], int]) -> list[str]:
    return [one.attempt_id for one in found[0]]


@settings(max_examples=60, deadline=None)
@given(
    rows_of,
    reviews_of,
    st.sampled_from(["uncertain", "random", "oldest"]),
    st.sampled_from(["", "none", "one"]),
    st.integers(0, 99),
)
def test_the_frame_gives_what_the_rules_give(
    rows: list[dict[str, Any]], reviews: dict[Key, list[str]], order: rules.Order, share: str, seed: int
) -> None:
    held = {key: [review_by(name) for name in names] for key, names in reviews.items()}
    found, count = queue(*(row(**one) for one in rows), reviews=held).find(
        Wish(order, share, "", seed), "Ana", 99
    )
    wanted = {"none": 0, "one": 1}.get(share)
    waiting = []
    for one in rows:
        names = frozenset(reviews.get((one["learner_id"], one["attempt_id"]), ()))
        at = int((START + timedelta(days=one["days"])).timestamp() * 1_000_000)
        if wanted is None or len(names) == wanted:
            waiting.append(Waiting(one["learner_id"], one["attempt_id"], one["uncertainty"], at, names))
    expected = rules.queue(waiting, "Ana", order, seed)
    assert found == expected
    assert count == len(expected)


def test_only_so_many_are_taken_as_are_asked_for_and_all_are_counted() -> None:
    rows = [row(attempt_id=f"a{number}", uncertainty=number / 10) for number in range(9)]
    found, count = queue(*rows).find(Wish(), "Ana", 2)
    assert [one.attempt_id for one in found] == ["a8", "a7"]
    assert count == 9


@pytest.mark.parametrize(
    "words", ["mia", "LATE deliv", "scn-gen-001", COMPETENCY_NAMES["risk_issue"], "week 3"]
)
def test_words_are_looked_for_in_learner_question_competency_and_kit(words: str) -> None:
    other = row(
        learner_id="l2", attempt_id="b", question_id="BEH-AGI-002", title="Other", competency="cost_benefit"
    )
    held = queue(row(kit="k1"), other)
    assert ids(held.find(Wish(words=words), "Ana", 9)) == ["a"]


def test_words_are_no_pattern_and_may_fit_nothing() -> None:
    held = queue(row())
    assert ids(held.find(Wish(words=".*"), "Ana", 9)) == []
    assert ids(held.find(Wish(words="   "), "Ana", 9)) == ["a"]


def test_an_empty_queue_is_empty_in_every_order() -> None:
    for order in ("uncertain", "random", "oldest"):
        assert queue().find(Wish(order, words="x"), "Ana", 9) == ([], 0)  # type: ignore[arg-type]


def test_a_line_tells_whose_answer_it_is_and_by_its_title_which_kit() -> None:
    held = queue(row(kit="k1"), row(learner_id="l2", attempt_id="b", kit="gone", title=""))
    found, _ = held.find(Wish("oldest"), "Ana", 9)
    first, second = held.lines(found)
    assert (first.name, first.kit, first.title, first.words) == (
        "Mia",
        "Week 3: risks",
        "A late delivery",
        120,
    )
    assert (second.name, second.kit, second.title) == ("Noah (l2)", "another instructor's", "SCN-GEN-001")
    assert first.submitted_at == START


def test_two_learners_with_one_attempt_id_are_two_answers() -> None:
    held = queue(row(), row(learner_id="l2"), reviews={("l1", "a"): [review_by("Ana")]})
    found, count = held.find(Wish(), "Ana", 9)
    assert [one.key for one in found] == [("l2", "a")]
    assert count == 1


@given(st.tuples(st.text(max_size=8), st.text(max_size=8)))
def test_a_key_comes_back_as_it_was_spelt(key: Key) -> None:
    assert unspell(spell(key)) == key


def test_reviews_are_gathered_by_answer() -> None:
    ana, bo = review_by("Ana"), review_by("Bo")
    assert by_answer([("l1", ana), ("l2", bo), ("l1", bo)]) == {("l1", "a0"): [ana, bo], ("l2", "a0"): [bo]}
