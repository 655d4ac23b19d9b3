"""Every attempt on the printed page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from drawn import EVIL
from elements import classed, read, said
from framed import COMMENT, NOW, framed, one_answer, practise_well, review
from practised import attempt, rating, store

from itpm_prep.reports import listing
from itpm_prep.reports.frames import Frames


def listed(frames: Frames, *, unfolded: bool = False) -> list[Element]:
    return list(listing.attempts(frames, NOW, unfolded=unfolded).iter("details"))


def test_answers_are_listed_newest_first_with_score_skip_or_neither(frames):
    assert [said(classed(one, "q")[0]) for one in listed(frames)] == [
        "not scored", "score 5.0", "score 4.0", "skipped", "score 1.5", "score 3.5",
        "reviewed 2.5, own score 4.0", "score 3.0",
    ]  # fmt: skip


def test_a_retry_is_called_written_again_and_nothing_else_is(frames):
    again = ["written again" in said(one) for one in listed(frames)]
    assert again == [False, True, False, False, False, False, False, False]


def test_figures_right_are_counted_only_for_the_version_that_was_asked(frames):
    told = [said(classed(one, "about")[0]) for one in listed(frames)]
    assert "1 of 4 figures right" in told[-1]
    assert "figures right" not in told[5]  # another version of that question
    assert "figures right" not in told[6]  # not in the bank


def test_a_skipped_question_tells_no_words_and_no_figures(frames):
    skipped = listed(frames)[3]
    assert "word" not in said(classed(skipped, "about")[0])
    assert "No words were written." in said(skipped)


def test_each_rater_is_told_with_every_mark(frames):
    told = said(listed(frames)[6])
    assert "Diagnosis 4, Options and decision 4, Communication 4, Plan and control 4 (self-rated)" in told
    assert "Diagnosis 3, Options and decision 3, Communication 3, Plan and control 1 (by Ada)" in told


def test_all_answers_stand_open_for_print_and_folded_on_the_screen(frames):
    assert {one.get("open") for one in listed(frames, unfolded=True)} == {"open"}
    assert {one.get("open") for one in listed(frames)} == {None}


def test_what_was_written_is_never_read_as_markup_and_finds_its_own_direction(empty):
    frames = one_answer(empty, parts={"situation": EVIL}, notes="مرحبا")
    built = listing.attempts(frames, NOW, unfolded=True)
    assert [said(one) for one in classed(built, "said")] == [EVIL, "مرحبا"]
    assert {one.get("dir") for one in classed(built, "said")} == {"auto"}
    assert not {"script", "img"} & set(read(built).tags)


def test_comments_stand_with_the_words_they_are_about(empty):
    practise_well(empty)
    first = next(one for one in listed(framed(empty)) if "by Ada" in said(one))
    assert f"First: {COMMENT}" in said(first)
    assert [said(one) for one in first.iter("h3")][-2:] == ["Ada", "Ada on Diagnosis"]


def test_what_a_reviewer_wrote_is_never_read_as_markup(empty):
    answer = attempt(1, "SCN-GEN-902", "risk_issue")
    own = rating(answer, (3, 3, 3, 3))
    store(empty, [answer, own, review(answer, (2, 2, 2, 2), rater=EVIL, comment=EVIL)])
    built = listing.attempts(framed(empty), NOW, unfolded=True)
    assert not {"script", "img"} & set(read(built).tags)
    assert EVIL in said(built)


def test_a_review_is_kept_back_while_an_own_score_is_still_asked_for(empty):
    answer = attempt(1, "SCN-GEN-902", "risk_issue")
    store(empty, [answer, review(answer, (2, 2, 2, 2))])
    assert COMMENT in said(listing.attempts(framed(empty), NOW, unfolded=True))
    told = said(listing.attempts(framed(empty), NOW, unfolded=True, to_score={"a1"}))
    assert "score it yourself to see the review" in told
    assert COMMENT not in told
    assert "Diagnosis 2" not in told
