"""Readiness for the target as the learner reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from elements import said
from framed import NOW, STRONG, WEAK, aim, framed, pass_gate, review, well_practised
from practised import attempt, rating, store

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.reports import standing
from itpm_prep.reports.words import CAUTION
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record


def lists(element: Element) -> dict[str, list[str]]:
    """The lines below each heading."""
    found: dict[str, list[str]] = {}
    title = ""
    for one in element:
        if one.tag == "h2":
            title = said(one)
        elif one.tag == "ul":
            found[title] = [said(line) for line in one]
    return found


def test_the_target_is_told_as_a_person_says_it(empty):
    assert standing.target_words(framed(empty)) == ""
    aim(empty, "director", "itsm")
    assert standing.target_words(framed(empty)) == "Director, IT service management"


def test_without_a_target_nothing_is_said_to_be_missing_for_one(full):
    built = standing.readiness(framed(full))
    assert "no post to aim at" in said(built)
    assert list(built.iter("h2")) == []


def test_before_a_gate_or_three_reviews_it_says_what_opens_readiness_and_no_chance(empty):
    aim(empty)
    facts = [one for one in well_practised() if getattr(one, "rater", "self") == "self"]
    store(empty, facts)
    told = said(standing.readiness(framed(empty)))
    assert "No readiness yet: calibration gate not passed, none of 3 answers reviewed." in told
    assert "Pass the calibration gate" in told
    assert "in 10" not in told


def test_three_reviewed_answers_open_it_without_a_gate(empty):
    aim(empty)
    store(empty, well_practised())  # seven of them are reviewed
    assert "in 10" in said(standing.readiness(framed(empty)))


def test_under_half_of_the_blueprint_there_is_not_enough_evidence_and_it_says_what_is(empty):
    aim(empty)
    pass_gate(empty)
    one, two = (attempt(at, f"SCN-GEN-90{at}", "risk_issue") for at in (1, 2))
    store(empty, [one, two, rating(one, (4, 4, 4, 4)), rating(two, (4, 4, 4, 4))])
    told = said(standing.readiness(framed(empty)))
    assert "Not enough evidence" in told
    assert "Questions still to answer: " in told


def test_what_is_said_stands_with_counts_date_and_caution(strong):
    told = said(standing.readiness(strong))
    assert "23 answers to 23 questions, 7 reviewed by 1 reviewer, 22 November 2026." in told
    assert CAUTION in told
    assert "✓" not in told


def test_what_is_missing_names_competency_number_and_kind_the_weightiest_first(strong):
    lines = lists(standing.readiness(strong))["What is missing for it"]
    assert len(lines) == standing.MOST_MISSING
    rows = strong.readiness[~strong.readiness["ready"]].sort_values("share", ascending=False, kind="stable")
    for line, row in zip(lines, rows.itertuples(), strict=False):
        assert line.startswith(f"{COMPETENCY_NAMES[row.competency]}, ")
        assert line.endswith(row.advice)
        assert ("in 10: " if row.answers else "no answer yet: ") in line


def test_what_is_ready_is_told_with_its_chance_and_never_as_a_bare_tick(strong):
    lines = lists(standing.readiness(strong))["Ready in"]
    assert {line.partition(",")[0] for line in lines} <= {COMPETENCY_NAMES[one] for one in STRONG}
    assert all("in 10" in line for line in lines)


def test_bias_and_gain_are_told_with_their_spread_once_the_model_may_speak(strong, tmp_path):
    told = said(standing.readiness(strong))
    assert "your own scores lie 0." in told
    assert told.count("(give or take 0.") == 2
    with open_record(tmp_path / "shut.sqlite3") as record:
        aim(record)
        answer = attempt(1, "SCN-GEN-901", "risk_issue")
        store(record, [answer, rating(answer, (5, 5, 5, 5))])
        assert "As the model sees it" not in said(standing.readiness(framed(record)))


def leaning(record: Record) -> str:
    """The sentence on bias and gain; empty when there is none."""
    found = [said(one) for one in standing.readiness(framed(record)) if "the model sees" in said(one)]
    return "".join(found)


def answers(record: Record, number: int, days: float, rater: str = "self") -> None:
    """So many answers, the first of which is so many days older than the last, scored by one side."""
    moments = [NOW - timedelta(days=1 + days * at / (number - 1)) for at in range(number)]
    given = [
        attempt(at, f"SCN-GEN-9{at:02}", "risk_issue", submitted_at=moment)
        for at, moment in enumerate(moments)
    ]
    store(record, [fact for one in given for fact in (one, rating(one, (4, 4, 3, 3), rater))])


def test_without_a_gate_or_a_review_no_bias_is_told_and_from_one_day_no_gain(empty):
    answers(empty, 6, days=0.1)
    assert framed(empty).learners["state"].iloc[0] == "target"
    assert leaning(empty) == ""


@pytest.mark.parametrize(("gate", "rater"), [(True, "self"), (False, "Ada")])
def test_a_gate_or_a_review_tells_of_the_bias_alone(empty, gate, rater):
    if gate:
        pass_gate(empty)
    answers(empty, 4, days=1, rater=rater)
    told = leaning(empty)
    assert "your own scores lie" in told
    assert "30 days" not in told
    assert told.endswith(").")


@pytest.mark.parametrize(
    ("number", "days", "is_told"), [(4, 10.0, True), (4, 9.9, False), (3, 30, False), (8, 40, True)]
)
def test_a_gain_takes_four_answers_over_ten_days(empty, number, days, is_told):
    answers(empty, number, days)
    told = leaning(empty)
    assert ("30 days of practice change your scores by" in told) == is_told
    assert "a reviewer's" not in told


def test_answers_that_do_not_count_are_no_evidence_of_a_gain(empty):
    aim(empty, "director")  # the answers are to questions of a senior
    pass_gate(empty)
    answers(empty, 8, days=40)
    assert "30 days" not in leaning(empty)
    assert "a reviewer's" in leaning(empty)


def test_the_table_holds_all_sixteen_with_what_each_stands_on(strong):
    built = standing.readiness_table(strong)
    head, *rows = [[said(cell) for cell in row] for row in built.iter("tr")]
    assert len(rows) == 16
    assert head[:3] == ["Competency", "Where you stand", "What is missing"]
    weak = next(row for row in rows if row[0] == COMPETENCY_NAMES[WEAK[0]])
    assert "2 answers to 2 questions" in weak[1]
    assert "Better answers" in weak[2]
    assert weak[3].endswith(" %")
    assert re.fullmatch(r"2\.\d ± 0\.\d", weak[4])


def test_a_review_changes_what_is_said(empty):
    aim(empty)
    pass_gate(empty)
    answers = [attempt(at, f"SCN-GEN-9{at:02}", "risk_issue") for at in range(1, 4)]
    store(empty, [fact for one in answers for fact in (one, rating(one, (4, 4, 4, 4)))])
    before = framed(empty).readiness.set_index("competency").loc["risk_issue", "theta"]
    reviews = [review(one, (2, 2, 2, 2)) for one in answers]
    with empty.writing() as connection:
        from itpm_prep.store.facts import append

        for one in reviews:
            append(connection, one)
    after = framed(empty, now=NOW).readiness.set_index("competency").loc["risk_issue", "theta"]
    assert after < before - 0.5
