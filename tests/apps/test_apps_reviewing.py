"""Blind review on the instructor's machine: who reviews, the queue, drafts that stay, what is shown when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import EVIL, drawn, labels, of_kind
from msgspec.structs import replace
from practised import rating
from reviewed_class import (
    NOTES,
    OWN_PROOF,
    QUESTION,
    REPLY,
    SENTENCES,
    Desk,
    answered,
    bundle_of,
    class_of,
    facts_of,
    learner_record,
    scored,
)

from itpm_prep.apps.cohort import reviewing
from itpm_prep.apps.cohort.review_desk import forget_drafts
from itpm_prep.practice.review import KIND
from itpm_prep.problems import NotSaved
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.cohort import Cohort
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets.blocks import Choice, Input, Listing, Select

CRITERIA = [criterion.name for criterion in QUESTION.criteria]


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with class_of(tmp_path, {"Mia": facts_of(0), "Noah": facts_of(1, (2, 2, 2, 2))}) as cohort:
        yield cohort


@pytest.fixture
def desk(cohort: Cohort, record: LocalRecord) -> Desk:
    desk = Desk(cohort, record)
    desk.call("Ana")
    return desk


def listings(desk: Desk) -> list[str]:
    return [
        f"{one['title']}: {one['note']}"
        for each in of_kind(desk.page.blocks, Listing)
        for one in each.spec["items"]
    ]


# Who reviews --------------------------------------------------------------------------------------


def test_nothing_is_shown_before_a_reviewer_has_a_name(cohort: Cohort, record: LocalRecord) -> None:
    desk = Desk(cohort, record)
    assert desk.queue() == []
    desk.call("  ")
    assert "Write your name" in desk.page.said
    desk.call("Self")
    assert "self" in desk.page.said
    assert desk.queue() == []
    desk.call("Ana")
    assert len(desk.queue()) == 2


def test_the_name_is_kept_and_may_be_changed(cohort: Cohort, record: LocalRecord) -> None:
    Desk(cohort, record).call("Ana")
    again = Desk(cohort, record)
    assert len(again.queue()) == 2
    again.call("Bo")
    assert record.preference("reviewer_name") == "Bo"


def test_a_name_in_other_letters_is_the_reviewer_known_before(desk: Desk) -> None:
    desk.review(3, 3, 3, 2)
    desk.press("To the queue")
    desk.call("ANA")
    assert desk.record.preference("reviewer_name") == "Ana"
    assert len(desk.queue()) == 1


# The queue ----------------------------------------------------------------------------------------


def test_the_queue_tells_the_answer_and_none_of_its_scores(desk: Desk) -> None:
    (first, second) = desk.queue()
    assert {first, second} == {'["mia","a0"]', '["noah","a1"]'}
    assert "2 answers to review" in desk.page.everything
    assert "5.0" not in desk.page.everything


def test_the_random_order_has_a_seed_that_repeats_it(desk: Desk) -> None:
    (order,) = (one for one in of_kind(desk.page.blocks, Select) if one.spec["label"] == "Order")
    assert "Seed" not in [one.spec["label"] for one in of_kind(desk.page.blocks, Input)]
    order.hear({"value": "random"})
    (seed,) = (one for one in of_kind(desk.page.blocks, Input) if one.spec["label"] == "Seed")
    orders = set()
    for number in range(8):
        seed.hear({"value": str(number)})
        orders.add(tuple(desk.queue()))
    assert len(orders) == 2
    seed.hear({"value": "3"})
    before = desk.queue()
    seed.hear({"value": "x"})
    assert desk.queue() == before


def test_of_a_long_queue_the_first_are_listed_and_words_find_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "LISTED_AT_MOST", 1)
    desk.app.draw()
    assert len(desk.queue()) == 1
    assert "2 answers to review; the first 1 are listed" in desk.html
    (words,) = (one for one in of_kind(desk.page.blocks, Input) if one.spec["label"] == "Find in the queue")
    words.hear({"value": "noah"})
    assert desk.queue() == ['["noah","a1"]']
    words.hear({"value": f"mia {QUESTION.id}"})
    assert desk.queue() == ['["mia","a0"]']
    words.hear({"value": "nobody (.*"})
    assert desk.queue() == []
    assert "No answer waits" in desk.html


def test_what_another_has_reviewed_can_be_asked_for_alone(cohort: Cohort, desk: Desk) -> None:
    cohort.review("noah", replace(rating(answered(1), (2, 2, 2, 2), "Bo"), id="bo-1"))
    desk.app.changed()
    desk.app.draw()
    (share,) = (one for one in of_kind(desk.page.blocks, Select) if one.spec["label"] == "Answers")
    share.hear({"value": "one"})
    assert desk.queue() == ['["noah","a1"]']
    share.hear({"value": "none"})
    assert desk.queue() == ['["mia","a0"]']


def test_a_review_costs_the_queue_no_new_frames_and_the_roster_counts_it(desk: Desk) -> None:
    before = desk.app.frames_without_reviews
    for left in (1, 0):
        desk.review(3, 3, 3, 2)
        desk.press("To the queue")
        assert len(desk.queue()) == left
    assert desk.app.frames_without_reviews is before
    assert list(before.learners["reviewed"]) == [0, 0]
    desk.app.show_view("roster")
    assert list(desk.app.frames.learners["reviewed"]) == [1, 1]
    assert desk.app.frames_without_reviews is desk.app.frames


def test_the_queue_reads_the_name_no_more_often_for_many_reviews(
    desk: Desk, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = LocalRecord.preference
    asked: list[str] = []
    monkeypatch.setattr(LocalRecord, "preference", lambda self, name: asked.append(name) or read(self, name))
    desk.app.draw()
    before = len(asked)
    for at, learner in enumerate(("mia", "noah")):
        cohort.review(learner, replace(rating(answered(at), (2, 2, 2, 2), "Bo"), id=f"bo-{at}"))
    asked.clear()
    desk.app.draw()
    assert len(asked) == before


def test_what_is_handed_in_elsewhere_while_one_reviews_is_in_the_next_queue(
    desk: Desk, cohort: Cohort, tmp_path: Path
) -> None:
    with learner_record(tmp_path / "Zoe", facts_of(2)) as zoe:
        cohort.merge([("zoe.jsonl", bundle_of(zoe, Learner("zoe", "Zoe")))])
    desk.review(3, 3, 3, 2)
    desk.press("To the queue")
    assert '["zoe","a2"]' in desk.queue()


def test_an_answer_with_two_reviewers_no_longer_waits_for_a_third(desk: Desk) -> None:
    for name in ("Ana", "Bo"):
        desk.call(name)
        desk.review(3, 3, 3, 2, at=desk.queue().index('["mia","a0"]'))
        desk.press("To the queue")
    desk.call("Cleo")
    assert desk.queue() == ['["noah","a1"]']


# A blind review -----------------------------------------------------------------------------------


def test_the_reader_gets_the_question_the_answer_its_probes_and_figures(desk: Desk) -> None:
    desk.open()
    assert QUESTION.stem in desk.html
    assert all(sentence in desk.html for sentence in SENTENCES)
    assert REPLY in desk.html
    assert "Figures" in desk.html
    assert "no part of the score" in desk.html


def test_until_the_review_is_submitted_nothing_shows_the_scores_of_others_or_the_notes(
    cohort: Cohort, desk: Desk
) -> None:
    bo = rating(answered(0), (1, 1, 1, 1), "Bo")
    cohort.review("mia", replace(bo, id="bo-0", comment="Bo was here", marks=tuple(
        replace(mark, comment="Bo's remark", evidence="late by two weeks") for mark in bo.marks
    )))  # fmt: skip
    desk.open(desk.queue().index('["mia","a0"]'))
    screens = [desk.page.everything]
    desk.press("Score")
    for anchor in (3, 3, 3, 2):
        desk.pick(anchor)
        screens.append(desk.page.everything)
        desk.act("next", "")
    screens.append(desk.page.everything)
    for shown in screens:
        assert not [word for word in (f">{OWN_PROOF}<", "Bo was here", "Bo's remark", NOTES) if word in shown]
        assert "'evidence': 'late by two weeks'" not in shown
    desk.act("submit", "")
    assert OWN_PROOF in desk.html
    assert "Bo was here" in desk.html
    assert NOTES not in desk.page.everything


def test_a_review_is_scored_with_flags_evidence_and_comments(cohort: Cohort, desk: Desk) -> None:
    desk.open(desk.queue().index('["mia","a0"]'))
    desk.hear(0)
    desk.press("Score")
    for anchor, evidence in ((5, SENTENCES[1]), (4, "words that stand nowhere in it"), (4, REPLY), (2, "")):
        desk.pick(anchor, evidence)
        desk.act("next", f"Comment {anchor}.")
    desk.act("submit", "All in all.")
    (own,) = (one for one in cohort.ratings("mia", "a0") if one.rater == "Ana")
    cap = QUESTION.red_flags[0].cap
    expected = dict(zip([one.id for one in QUESTION.criteria], (5, 3, 4, 2), strict=True))
    expected[cap.criterion] = min(expected[cap.criterion], cap.max)
    assert {mark.criterion: mark.score for mark in own.marks} == expected
    assert [mark.comment for mark in own.marks] == ["Comment 5.", "Comment 4.", "Comment 4.", "Comment 2."]
    assert (own.comment, own.red_flags) == ("All in all.", (QUESTION.red_flags[0].text,))


def test_a_criterion_without_an_anchor_is_not_left_by_next(desk: Desk) -> None:
    desk.open()
    desk.press("Score")
    desk.act("next", "A thought.")
    assert "Pick the highest line" in desk.page.said
    assert CRITERIA[0] in desk.html
    desk.act("back", "A thought.")
    desk.press("Score")
    assert "A thought." in desk.page.everything


def test_after_submitting_all_marks_stand_side_by_side(desk: Desk) -> None:
    desk.review(3, 3, 3, 2, comment="Say what it cost.", at=desk.queue().index('["mia","a0"]'))
    assert "Reviewed by Ana" in desk.html
    assert drawn(desk.page.blocks).all("th")[:3] == ["Criterion", "Learner", "Ana"]
    assert "Say what it cost." in desk.html
    assert labels(desk.page.blocks)[-1] == "Next answer"


def test_the_next_answer_follows_and_then_the_queue_is_empty(desk: Desk) -> None:
    desk.review(3, 3, 3, 2)
    desk.press("Next answer")
    desk.press("Score")
    for _ in range(4):
        desk.pick(2)
        desk.act("next")
    desk.act("submit")
    assert "Next answer" not in labels(desk.page.blocks)
    desk.press("To the queue")
    assert desk.queue() == []
    assert len(listings(desk)) == 2


# A draft is never lost ----------------------------------------------------------------------------


def test_a_review_left_at_any_point_goes_on_there_with_everything_given(
    desk: Desk, cohort: Cohort, record: LocalRecord
) -> None:
    desk.open(desk.queue().index('["mia","a0"]'))
    desk.hear(1)
    desk.press("Score")
    desk.pick(4)
    desk.type("Half a comm")
    later = Desk(cohort, record)  # the kernel is gone, the page opened anew
    (line,) = listings(later)
    assert line.startswith(f"{QUESTION.title}: Mia, begun on")
    of_kind(later.page.blocks, Listing)[0].hear({"value": '["mia","a0"]'})
    assert CRITERIA[0] in later.html
    assert "Half a comm" in later.page.everything
    assert SENTENCES[1] in later.page.everything
    later.act("back", "Half a comm")
    (flags,) = of_kind(later.page.blocks, Choice)
    assert flags.chosen == ["1"]


def test_a_change_that_cannot_be_stored_is_said_and_kept_for_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    desk.press("Score")

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(LocalRecord, "keep_document", full)
        desk.pick(4)
        assert "full" in desk.page.said
        desk.act("next", "Not yet.")
        assert CRITERIA[0] in desk.html
    desk.act("next", "Not yet.")
    assert CRITERIA[1] in desk.html
    desk.act("back")
    assert "Not yet." in desk.page.everything
    assert SENTENCES[1] in str(desk.page.blocks[-2].spec["evidence"])


def test_two_tabs_on_one_review_lose_nothing_and_make_one_review(
    desk: Desk, cohort: Cohort, record: LocalRecord
) -> None:
    other = Desk(cohort, record)
    desk.open()
    other.open()
    for tab, criteria in ((desk, (0, 1)), (other, (0, 1, 2, 3))):
        tab.press("Score")
        for _ in criteria:
            tab.pick(3)
            tab.act("next", "")
    desk.act("next", "from the first tab") if CRITERIA[2] in desk.html else None
    other.act("submit", "From the other.")
    desk.pick(2)
    assert "submitted in another tab" in desk.page.said
    key = other.cohort.reviews()
    assert len(key) == 1
    assert record.documents(KIND) == {}


def test_a_draft_whose_review_was_stored_just_before_a_crash_is_taken_away(
    desk: Desk, cohort: Cohort, record: LocalRecord
) -> None:
    desk.open(desk.queue().index('["mia","a0"]'))
    desk.press("Score")
    cohort.review("mia", replace(rating(answered(0), (3, 3, 3, 3), "Ana"), id="x"))
    desk.app.changed()
    desk.app.show_view("review")
    assert record.documents(KIND) == {}
    assert len(cohort.reviews()) == 1


def test_another_reviewer_at_the_same_machine_does_not_meet_the_draft(desk: Desk) -> None:
    desk.open(desk.queue().index('["mia","a0"]'))
    desk.press("Score")
    desk.pick(4)
    desk.act("next", "Ana's own thought")
    desk.app.show_view("review")
    desk.call("Bo")
    assert listings(desk) == []
    desk.open(desk.queue().index('["mia","a0"]'))
    desk.press("Score")
    assert "Ana's own thought" not in desk.page.everything


# Two reviewers ------------------------------------------------------------------------------------


def test_two_reviewers_far_apart_are_told_so_both_afterwards(desk: Desk) -> None:
    mia = '["mia","a0"]'
    desk.review(4, 4, 4, 4, at=desk.queue().index(mia))
    desk.press("To the queue")
    desk.call("Bo")
    desk.review(2, 4, 4, 4, at=desk.queue().index(mia))
    told = f"Ana and Bo differ by 2 or more on {CRITERIA[0]}"
    assert told in desk.html
    desk.press("To the queue")
    assert "far from Ana" in listings(desk)[0]
    desk.call("Ana")
    assert "far from Bo" in listings(desk)[0]
    assert "1 answer on which you and another reviewer should talk" in desk.html
    of_kind(desk.page.blocks, Listing)[-1].hear({"value": mia})
    assert told in desk.html


# What stands in the way ---------------------------------------------------------------------------


def test_an_answer_to_another_version_of_the_question_is_not_scored_by_other_anchors(
    tmp_path: Path, record: LocalRecord
) -> None:
    old = answered(0, question_version=QUESTION.version + 1)
    with class_of(tmp_path, {"Mia": [old, scored(old)]}) as cohort:
        desk = Desk(cohort, record)
        desk.call("Ana")
        desk.open()
        assert f"version {QUESTION.version + 1}" in desk.page.said


def test_markup_in_names_and_answers_stays_text(tmp_path: Path, record: LocalRecord) -> None:
    one = answered(0, parts={"situation": EVIL, "assessment": SENTENCES[0]})
    with class_of(tmp_path, {"Mia": [one, scored(one)]}) as cohort:
        desk = Desk(cohort, record)
        desk.call(EVIL[:60])
        desk.open()
        assert EVIL in desk.html
        desk.press("Score")
        for _ in range(4):
            desk.pick(3, SENTENCES[0])
            desk.act("next", EVIL)
        desk.act("submit", EVIL)
        seen = drawn(desk.page.blocks)
        assert not {"script", "img"} & set(seen.tags)
        assert seen.words.count(EVIL) >= 6


def test_half_an_emoji_in_a_comment_does_not_stop_the_review(desk: Desk) -> None:
    desk.open()
    desk.press("Score")
    desk.pick(3)
    desk.type("good \ud83d")
    desk.act("next", "good \ud83d")
    assert CRITERIA[1] in desk.html


def test_forgetting_a_learner_takes_the_drafts_with_it_and_no_others(desk: Desk, record: LocalRecord) -> None:
    for learner in ("mia", "noah"):
        desk.app.show_view("review")
        desk.open([learner in key for key in desk.queue()].index(True))
        desk.press("Score")
        desk.pick(3)
    assert len(record.documents(KIND)) == 2
    forget_drafts(record, "mia")
    (left,) = record.documents(KIND)
    assert "noah" in left
