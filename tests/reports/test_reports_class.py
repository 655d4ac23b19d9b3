"""What an instructor is pointed to: anchors to mend, learners who need attention, answers to review."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from framed import NOW, aim, framed, pass_gate
from practised import attempt, rating, store
from sklearn.metrics import cohen_kappa_score

from itpm_prep.reports.attention import RULES
from itpm_prep.reports.mending import FAULTS, LEAST

QUESTION = "SCN-GEN-901"


def answered(number, scores, *reviews, question=QUESTION, **changes):
    """An attempt with one's own scores and those of reviewers."""
    one = attempt(number, question, "risk_issue", **changes)
    own = [rating(one, scores)] if scores else []
    return [one, *own, *(rating(one, given, rater=name, later=9) for name, given in reviews)]


def kept(record, *answers):
    store(record, [fact for facts in answers for fact in facts])
    return framed(record)


def found(frames, criterion="DIA"):
    return frames.item_criteria.set_index("criterion").loc[criterion]


# Items ----------------------------------------------------------------------------------------------


def test_an_item_tells_spread_ceiling_floor_and_skips(empty):
    rows = [answered(n, (score, 3, 3, 3)) for n, score in enumerate((1, 2, 3, 4, 5))]
    frames = kept(empty, *rows, [attempt(9, QUESTION, "risk_issue", outcome="skipped", parts={})])
    (item,) = frames.items.itertuples()
    assert (item.answers, item.skipped, item.scored, item.learners) == (5, 1, 5, 1)
    assert item.skip_rate == pytest.approx(1 / 6)
    assert item.mean_q == 3.0
    assert item.sd_q == pytest.approx(np.std([2.5, 2.75, 3, 3.25, 3.5], ddof=1))
    assert (item.above_3, item.below_3) == (0.4, 0.4)
    dia = found(frames)
    assert (dia["mean_score"], dia["above_3"], dia["below_3"]) == (3.0, 0.4, 0.4)
    assert dia["mend"] == ""  # five scores say nothing of an anchor


@pytest.mark.parametrize(
    ("scores", "fault", "anchor"),
    [
        ((1, 2, 3, 3, 2), "ceiling", 4),
        ((3, 4, 5, 3, 4), "floor", 3),
        ((1, 4, 3, 5, 2), "", None),
        ((4,) * 49 + (1,), "", None),  # .42 is spread enough
        ((4,) * 99 + (2,), "narrow", 4),
    ],
)
def test_the_anchor_to_mend_is_the_one_that_fails(empty, scores, fault, anchor):
    given = scores * (2 if len(scores) == 5 else 1)
    frames = kept(empty, *(answered(n, (score, 1 + n % 5, 3, 3)) for n, score in enumerate(given)))
    dia = found(frames)
    assert dia["fault"] == fault
    assert (dia["anchor"] if fault else None) == anchor
    assert bool(dia["mend"]) == bool(fault)


def test_nothing_is_said_of_an_anchor_below_ten_scores(empty):
    frames = kept(empty, *(answered(n, (2, 2, 2, 2)) for n in range(LEAST - 1)))
    assert frames.item_criteria["fault"].eq("").all()
    assert frames.items["mend"].eq("").all()


def test_a_gap_between_own_and_reviewers_scores_points_to_the_anchor_they_part_at(empty):
    rows = [answered(n, (4, 3, 2, 3), ("Ada", (3 - n % 2, 3, 2, 3))) for n in range(12)]
    rows += [answered(20 + n, (1, 4, 4, 1), ("Ada", (1, 4, 4, 1))) for n in range(2)]
    rows += [answered(30, (5, 5, 5, 5), ("Ada", (5, 5, 5, 5)))]
    dia = found(kept(empty, *rows))
    assert (dia["fault"], dia["anchor"]) == ("gap", 4)
    assert dia["gap"] == pytest.approx((6 * 1 + 6 * 2) / 15)
    assert "1.2 above the reviewers (n = 15)" in dia["mend"]


def test_reviewers_who_disagree_are_told_with_kappa_and_the_anchor_they_part_at(empty):
    rng = np.random.default_rng(4)
    ada, ben = (rng.integers(1, 6, (40, 4)) for _ in range(2))
    rows = [
        answered(n, (), ("Ada", tuple(map(int, a))), ("Ben", tuple(map(int, b))))
        for n, (a, b) in enumerate(zip(ada, ben, strict=True))
    ]
    frames = kept(empty, *rows)
    (item,) = frames.items.itertuples()
    assert item.kappa == pytest.approx(cohen_kappa_score(ada.ravel(), ben.ravel(), weights="quadratic"))
    assert item.reviewer_pairs == 160
    assert item.fault == "disagree"
    assert "disagree" in item.mend
    for place, criterion in enumerate(("DIA", "DEC", "COM", "PLN")):
        a, b = ada[:, place], ben[:, place]
        row = found(frames, criterion)
        assert row["kappa"] == pytest.approx(cohen_kappa_score(a, b, weights="quadratic"))
        assert row["apart_2"] == (abs(a - b) >= 2).sum()
        crossed = [((np.minimum(a, b) < k) & (np.maximum(a, b) >= k)).sum() for k in range(2, 6)]
        assert crossed[row["reviewer_anchor"] - 2] == max(crossed)


def test_reviewers_who_agree_are_no_fault(empty):
    scores = [(1 + n % 5, 1 + (n + 1) % 5, 1 + (n + 2) % 5, 1 + (n + 3) % 5) for n in range(40)]
    frames = kept(empty, *(answered(n, (), ("Ada", one), ("Ben", one)) for n, one in enumerate(scores)))
    assert frames.items["kappa"].tolist() == [1.0]
    assert frames.items["fault"].tolist() == [""]
    assert frames.item_criteria["reviewer_anchor"].isna().all()


def test_too_few_pairs_on_a_criterion_are_judged_over_the_question(empty):
    rows = [answered(n, (), ("Ada", (4, 3, 1 + n % 5, 2)), ("Ben", (2, 3, 1 + n % 5, 4))) for n in range(10)]
    frames = kept(empty, *rows)
    (item,) = frames.items.itertuples()
    assert frames.item_criteria["kappa"].isna().all()
    assert item.kappa < 0.6
    assert (item.fault, item.criterion, item.anchor) == ("disagree", "DIA", 3)


def test_a_question_often_skipped_is_told(empty):
    rows = [[attempt(n, QUESTION, "risk_issue", outcome="skipped", parts={})] for n in range(4)]
    rows += [answered(10 + n, (1 + n % 5, 1 + n % 5, 1 + n % 5, 1 + n % 5)) for n in range(8)]
    (item,) = kept(empty, *rows).items.itertuples()
    assert (item.fault, item.mend) == ("skips", "Skipped 4 of 12 times: is it clear what is asked?")
    assert pd.isna(item.anchor)


def test_each_version_of_a_question_is_an_item_of_its_own(empty):
    frames = kept(empty, answered(1, (3, 3, 3, 3)), answered(2, (4, 4, 4, 4), question_version=2))
    assert frames.items[["question_version", "mean_q"]].values.tolist() == [[1, 3], [2, 4]]


def test_every_fault_and_rule_is_told_in_words():
    assert all(one.words.endswith(".") for one in (*FAULTS, *RULES))
    assert [rule.urgency for rule in RULES] == sorted((rule.urgency for rule in RULES), reverse=True)


# Attention ------------------------------------------------------------------------------------------


def reasons(frames):
    return dict(zip(frames.attention["rule"], frames.attention["reason"], strict=True))


def lately(number, scores, days=1, **changes):
    at = NOW - timedelta(days=days, minutes=-number)
    return answered(number, scores, question=f"SCN-GEN-{100 + number}", submitted_at=at, **changes)


def test_who_never_answered_and_has_no_target_needs_attention(empty):
    assert reasons(framed(empty)) == {"silent": "No answer yet.", "no_target": "No target level is set."}


@pytest.mark.parametrize(("days", "silent"), [(13, False), (15, True)])
def test_fourteen_days_without_an_answer_are_silence(empty, days, silent):
    assert ("silent" in reasons(kept(empty, lately(1, (3, 3, 3, 3), days)))) == silent


def test_low_and_falling_scores_are_told_with_their_means(empty):
    before = [lately(n, (4, 4, 4, 4)) for n in range(4)]
    told = reasons(kept(empty, *before, *(lately(n, (2, 2, 2, 2)) for n in range(4, 8))))
    assert told["low"] == "The last 4 scored answers have a mean of 2.0."
    assert told["falling"] == "The mean of 4 scored answers fell from 4.0 to 2.0."


def test_three_low_answers_are_not_enough_for_a_reason(empty):
    assert "low" not in reasons(kept(empty, *(lately(n, (1, 1, 1, 1)) for n in range(3))))


@pytest.mark.parametrize(("own", "theirs", "rule"), [(4, 3, "overrates"), (2, 3, "underrates"), (3, 3, None)])
def test_a_strong_bias_over_twelve_pairs_is_a_reason(empty, own, theirs, rule):
    both = [lately(n, (own,) * 4) for n in range(3)]
    reviewed = [[*facts, rating(facts[0], (theirs,) * 4, rater="Ada", later=9)] for facts in both]
    told = reasons(kept(empty, *reviewed))
    assert {"overrates", "underrates"} & set(told) == ({rule} if rule else set())
    if rule:
        assert told[rule].endswith("the reviewers' (n = 12).")


def test_skips_and_answers_nobody_checked_are_reasons(empty):
    skips = [[attempt(20 + n, QUESTION, "risk_issue", outcome="skipped", parts={})] for n in range(3)]
    told = reasons(kept(empty, *(lately(n, (3, 3, 3, 3)) for n in range(8)), *skips))
    assert told["skips"] == "Skipped 3 of 11 questions."
    assert told["unchecked"].startswith("8 answers")


def test_a_gate_and_a_target_take_reasons_away(empty):
    aim(empty)
    pass_gate(empty)
    frames = kept(empty, *(lately(n, (3, 3, 3, 3)) for n in range(8)))
    assert reasons(frames) == {}
    assert frames.learners["attention"].tolist() == [0]


# The queue ------------------------------------------------------------------------------------------


def test_answers_with_two_reviews_skipped_ones_and_given_up_takes_wait_for_nothing(empty):
    frames = kept(
        empty,
        answered(1, (3, 3, 3, 3), ("Ada", (3, 3, 3, 3)), ("Ben", (3, 3, 3, 3))),
        answered(2, (3, 3, 3, 3), ("Ada", (3, 3, 3, 3)), question="SCN-GEN-902"),
        [attempt(3, "SCN-GEN-903", "risk_issue", outcome="skipped", parts={})],
        answered(4, (), question="SCN-GEN-904", take=1),
        answered(5, (), question="SCN-GEN-904", take=2),
        answered(6, (), question="SCN-GEN-904", retry_of="a5"),
    )
    queue = frames.review_queue.set_index("attempt_id")
    assert set(queue.index) == {"a2", "a5", "a6"}
    assert queue["retry"].to_dict() == {"a2": False, "a5": False, "a6": True}
    assert queue.loc["a2", ["reviewers", "reviewer"]].tolist() == [1, "Ada"]
    assert pd.isna(queue.loc["a5", "reviewer"])


def test_the_most_uncertain_competency_comes_first(empty):
    facts = [
        answered(n, (5, 5, 5, 5), ("Ada", (5, 5, 5, 5)), question=f"SCN-GEN-{n}") for n in range(100, 106)
    ]
    open_one = [attempt(1, "BEH-GEN-902", "self_management")]
    queue = kept(empty, *facts, open_one).review_queue
    assert queue["attempt_id"].iloc[0] == "a1"
    assert queue["uncertainty"].is_monotonic_decreasing
    assert queue["uncertainty"].between(0, 1).all()
