"""The screens of a blind review: what a reviewer reads, marks and is shown, and what goes into the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from drawn import EVIL, Drawn, drawn, labels, of_kind, press
from msgspec.structs import replace
from practised import rating
from reviewed_class import NOTES, NOW, PARTS, QUESTION, REPLY, answered, facts_of

from itpm_prep.practice import review as rules
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.records import Rating, Reply
from itpm_prep.practice.review import Difference, Pick, Review
from itpm_prep.widgets import marks_beside as beside
from itpm_prep.widgets import review_queue_screen as queues
from itpm_prep.widgets import review_screen as screens
from itpm_prep.widgets.blocks import Block, Choice, Input, Listing, Select
from itpm_prep.widgets.marks_beside import difference_words, kept_back, listed, reviews_beside
from itpm_prep.widgets.parts import AnswerForm, EvidencePicker
from itpm_prep.widgets.scoring_screen import ScoreView
from itpm_prep.widgets.table import Table

ATTEMPT, REPLIED, OWN = facts_of(0, (5, 5, 5, 5))
assert isinstance(REPLIED, Reply)
assert isinstance(OWN, Rating)


def nothing(*_: object) -> None:
    """Nobody listens."""


def by(name: str, *scores: int, **changes: object) -> Rating:
    return replace(rating(answered(0), scores or (3, 3, 3, 3), name), id=name, **changes)


def given(**changes: object) -> screens.Given:
    fields: dict[str, object] = {
        "learner": "Mia",
        "question": QUESTION,
        "attempt": ATTEMPT,
        "parts": [("Situation", PARTS["situation"]), ("Background", "")],
        "replies": [REPLIED],
        "figures": judge_all(QUESTION, {"cpi": "0.82", "eac": "900"}),
    }
    return screens.Given(**{**fields, **changes})  # type: ignore[arg-type]


def begun(**changes: object) -> Review:
    return replace(rules.begin("mia", answered(0), "Ana", "r", NOW), **changes)


def words(blocks: Sequence[Block]) -> str:
    return drawn(blocks).words


# Reading ------------------------------------------------------------------------------------------


def read(given_: screens.Given, heard: Sequence[str] = ()) -> tuple[Block, ...]:
    return screens.read_screen(given_, heard, nothing, nothing, nothing)


def test_a_reviewer_reads_the_case_the_answer_and_the_replies_but_not_the_notes() -> None:
    told = words(read(given()))
    assert QUESTION.stem in told
    assert PARTS["situation"] in told
    assert "Left empty." in told
    assert REPLY in told
    assert NOTES not in told


def test_figures_are_told_right_wrong_or_missing_with_what_was_written() -> None:
    lines = drawn(read(given())).all("li")
    verdicts = [line for line in lines if ": right" in line or ": wrong" in line or ": missing" in line]
    assert len(verdicts) == len(QUESTION.figures)
    assert any("right, written '0.82'" in line for line in verdicts)
    assert any("wrong, written '900'; it is 1,095" in line for line in verdicts)
    assert all("written" not in line for line in verdicts if "missing" in line)


def test_a_question_without_figures_tells_of_none() -> None:
    assert "Figures" not in drawn(read(given(figures=()))).all("h2")


def test_a_passed_over_probe_and_an_answer_written_again_are_called_so() -> None:
    passed = replace(REPLIED, text="")
    told = words(read(given(replies=[passed], attempt=answered(0, retry_of="a9"))))
    assert "Passed over." in told
    assert "written again after its debrief" in told


def test_the_flags_heard_before_are_ticked() -> None:
    (flags,) = of_kind(read(given(), ["1"]), Choice)
    assert flags.chosen == ["1"]
    assert [one["label"] for one in flags.spec["choices"]] == [flag.text for flag in QUESTION.red_flags]


def test_the_screen_says_that_the_review_is_blind_and_offers_to_leave() -> None:
    blocks = read(given(learner=""))
    assert "shown once you have submitted" in words(blocks)
    assert screens.NAMELESS in words(blocks)
    assert labels(blocks) == ["Leave for now", "Score"]


# One criterion ------------------------------------------------------------------------------------


def criterion(number: int = 1, chosen: int = 0, evidence: str = "", comment: str = "") -> tuple[Block, ...]:
    view = ScoreView(QUESTION.criteria[number - 1], number, 4, chosen, evidence, 5)
    sentences = [("Situation", [PARTS["situation"]]), ("Background", [])]
    return screens.criterion_screen(
        given(), view, sentences, bool, comment, "place", nothing, nothing, nothing
    )


def test_a_criterion_has_the_same_five_anchors_the_learner_had() -> None:
    (picker,) = of_kind(criterion(2), EvidencePicker)
    anchors = QUESTION.criteria[1].anchors
    assert picker.spec["anchors"] == [anchors[score] for score in range(1, 6)]
    assert picker.spec["answer"] == [{"name": "Situation", "sentences": [PARTS["situation"]]}]
    assert picker.spec["review"] is True


def test_what_was_given_before_is_still_there() -> None:
    blocks = criterion(1, 4, PARTS["situation"], "Good figures.")
    (picker,), (form,) = of_kind(blocks, EvidencePicker), of_kind(blocks, AnswerForm)
    assert (picker.spec["chosen"], picker.spec["evidence"], picker.spec["holds"]) == (
        4,
        PARTS["situation"],
        True,
    )
    assert form.spec["parts"][0]["text"] == "Good figures."
    assert form.spec["spoken"] is False


# The end ------------------------------------------------------------------------------------------


def end(review: Review) -> tuple[Block, ...]:
    lacking = rules.open_criteria(review, QUESTION)
    preview = None if lacking else rules.close(review, QUESTION, list(PARTS.values()), NOW)
    return screens.end_screen(given(), review, preview, lacking, "place", nothing, nothing)


def test_the_end_tells_the_marks_as_they_will_count() -> None:
    picks = {one.id: Pick(4, "words that stand nowhere in it", "Quote it.") for one in QUESTION.criteria}
    blocks = end(begun(picks=picks, comment="All in all."))
    told = words(blocks)
    assert "Score 3.0" in told
    assert told.count("(picked 4; no words of the answer prove it)") == 4
    assert told.count("Quote it.") == 4
    (form,) = of_kind(blocks, AnswerForm)
    assert form.spec["parts"][0]["text"] == "All in all."
    assert [one["label"] for one in form.spec["actions"]] == ["Back", "Submit review"]


def test_an_open_criterion_is_named_and_nothing_can_be_submitted() -> None:
    picks = {one.id: Pick(2) for one in QUESTION.criteria[1:]}
    blocks = end(begun(picks=picks))
    assert f"Still to mark: {QUESTION.criteria[0].name}." in words(blocks)
    (form,) = of_kind(blocks, AnswerForm)
    assert [one["name"] for one in form.spec["actions"]] == ["back"]


# Side by side -------------------------------------------------------------------------------------


def test_all_marks_stand_in_one_table_with_the_score_last() -> None:
    seen = Drawn(reviews_beside([by("Bo", 2, 3, 4, 3), OWN, by("Ana", 3, 3, 3, 3)]))
    rows = [seen.all("td")[at : at + 3] for at in range(0, 15, 3)]
    assert seen.all("th")[:4] == ["Criterion", "You", "Ana", "Bo"]
    assert rows == [["5", "3", "2"], ["5", "3", "3"], ["5", "3", "4"], ["5", "3", "3"], ["5.0", "3.0", "3.0"]]


def test_a_review_stands_alone_where_the_learner_has_no_score() -> None:
    assert Drawn(reviews_beside([by("Ana")])).all("th")[:2] == ["Criterion", "Ana"]
    assert "mean of theirs" not in reviews_beside([by("Ana"), OWN])


def test_without_a_review_there_is_nothing_to_show() -> None:
    assert reviews_beside([OWN]) == ""
    assert reviews_beside([]) == ""
    assert kept_back([OWN]) == ""


def test_a_mark_that_is_missing_in_one_rating_is_told_as_none() -> None:
    short = by("Bo")
    short = replace(short, marks=short.marks[:3])
    assert beside.NONE in Drawn(reviews_beside([by("Ana"), short])).all("td")


def test_why_a_score_is_not_the_anchor_picked_is_said() -> None:
    ana = by("Ana")
    first, second, *rest = ana.marks
    marks = (replace(first, chosen=4, cap=3), replace(second, chosen=4), *rest)
    told = Drawn(reviews_beside([replace(ana, marks=marks)])).words
    assert "(picked 4; a red flag caps it)" in told
    assert "(picked 4; no words of the answer prove it)" in told


def test_comments_flags_and_evidence_are_quoted_and_never_read_as_markup() -> None:
    ana = by("Ana", comment=EVIL, red_flags=(EVIL,))
    ana = replace(
        ana, rater=EVIL, marks=tuple(replace(one, comment=EVIL, evidence=EVIL) for one in ana.marks)
    )
    seen = Drawn(reviews_beside([ana]))
    assert not {"script", "img"} & set(seen.tags)
    assert seen.words.count(EVIL) == 13  # three times the name, comment, flag, and two for each mark


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Difference(("Ana", "Bo"), ("ACT",)), "Ana and Bo differ by 2 or more on Own action."),
        (Difference(("Ana", "Bo"), (), 1.25), "Ana and Bo differ by 1.2 in the score."),
        (
            Difference(("Ana", "Bo"), ("ACT", "RES", "XXX"), 1.5),
            "Ana and Bo differ by 2 or more on Own action, Result and XXX and by 1.5 in the score.",
        ),
    ],
)
def test_differences_are_told_in_one_sentence(found: Difference, told: str) -> None:
    assert difference_words(found) == told


def test_reviewers_are_asked_to_talk_and_the_learner_to_ask_them() -> None:
    apart = [by("Ana", 4, 4, 4, 4), by("Bo", 1, 4, 4, 4)]
    assert "Ask what each of them heard there." in reviews_beside(apart)
    assert "Talk about what each of you heard there." in reviews_beside(apart, "Learner")


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [listed(names) for names in (["Ana"], ["Ana", "Bo"], ["Ana", "Bo", "Cy"])] == [
        "Ana",
        "Ana and Bo",
        "Ana, Bo and Cy",
    ]


def test_the_result_tells_when_the_learner_has_not_scored_it() -> None:
    blocks = screens.result_screen(given(), {"Ana": by("Ana")}, None, nothing)
    assert "The learner has not scored this answer." in words(blocks)
    assert labels(blocks) == ["To the queue"]


# The queue ----------------------------------------------------------------------------------------


def answer(number: int) -> queues.Listed:
    return queues.Listed(
        str(number),
        EVIL,
        "A title",
        "scenario",
        "senior",
        "risk_issue",
        "",
        NOW - timedelta(days=number),
        9,
        0,
        0.5,
    )


SEVEN = queues.Wish(seed=7)


def queue(wish: queues.Wish = SEVEN, waiting: int = 3) -> tuple[queues.QueueScreen, list[str]]:
    opened: list[str] = []
    screen = queues.QueueScreen(wish, nothing, opened.append, NOW)
    screen.fill([answer(number) for number in range(min(waiting, 3))], waiting)
    return screen, opened


def boxes(screen: queues.QueueScreen) -> list[str]:
    return [str(one.spec["label"]) for one in of_kind(screen.blocks, Input)]


@pytest.mark.parametrize("order", list(queues.ORDERS))
def test_the_button_takes_the_first_of_the_order(order: rules.Order) -> None:
    screen, opened = queue(queues.Wish(order))
    press(screen.blocks, queues.TAKE[order])
    assert opened == ["0"]
    assert queues.ORDER_NOTES[order] in words(screen.blocks)


def test_an_answer_is_chosen_from_the_table() -> None:
    screen, opened = queue()
    (table,) = of_kind(screen.blocks, Table)
    table.hear({"kind": "open", "key": "2"})
    assert opened == ["2"]
    assert len(table.spec["columns"]) == len(table.spec["rows"][0]) - 1


def test_a_seed_is_asked_for_in_the_random_order_alone() -> None:
    assert boxes(queue()[0]) == []
    assert boxes(queue(queues.Wish("random"))[0]) == ["Seed"]


def test_words_are_asked_for_where_not_all_are_listed_and_stay_once_given() -> None:
    assert boxes(queue(waiting=900)[0]) == ["Find in the queue"]
    assert boxes(queue(queues.Wish(words="mia"))[0]) == ["Find in the queue"]


def test_a_changed_wish_is_told_with_everything_else_as_it_was() -> None:
    wishes: list[queues.Wish] = []
    screen = queues.QueueScreen(
        queues.Wish(words="mia", seed=7), lambda one: wishes.append(one.wish), nothing, NOW
    )
    order, share = of_kind(screen.blocks, Select)
    order.hear({"value": "oldest"})
    share.hear({"value": "none"})
    assert wishes == [queues.Wish("oldest", "", "mia", 7), queues.Wish("oldest", "none", "mia", 7)]


def test_an_empty_queue_says_what_to_do() -> None:
    screen, _ = queue(waiting=0)
    assert "No answer waits for your review here." in words(screen.blocks)
    assert of_kind(screen.blocks, Table) == []


def test_answers_on_which_reviewers_differ_come_first() -> None:
    past = [queues.Past("1", "Mia", "One", "n"), queues.Past("2", EVIL, "Two", "n", apart=True)]
    blocks = queues.reviewed_blocks(past, nothing)
    (listing,) = of_kind(blocks, Listing)
    assert [one["value"] for one in listing.spec["items"]] == ["2", "1"]
    assert "1 answer on which you and another reviewer should talk" in words(blocks)
    assert queues.reviewed_blocks([], nothing) == ()
    assert queues.under_way_blocks([], nothing) == ()


def test_files_are_offered_once_they_are_made_and_their_names_are_escaped() -> None:
    back = queues.HandBack(3, 2, lambda: [(EVIL, EVIL, "data:,x")])
    blocks = back.blocks(lambda step: step)
    assert "3 reviews of yours, for 2 learners" in words(blocks)
    press(blocks, "Make the files")
    seen = drawn(blocks)
    assert ("download", EVIL) in seen.attributes
    assert "script" not in seen.tags


def test_who_reviews_can_be_changed_at_the_head_of_the_queue() -> None:
    called: list[str] = []
    (box,) = of_kind(queues.name_blocks("Ana", called.append), Input)
    box.hear({"value": "Bo"})
    assert (box.spec["value"], called) == ("Bo", ["Bo"])
