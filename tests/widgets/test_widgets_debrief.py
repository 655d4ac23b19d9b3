"""The screens after scoring: review, debrief, retry, comparison, and the page to keep."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import pytest
from drawn import EVIL, Drawn, drawn, labels, of_kind, press
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.comparison import compare
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.records import Mark, Rating, Reply
from itpm_prep.widgets import debrief_screen as screens
from itpm_prep.widgets.blocks import Choice, Html, Input
from itpm_prep.widgets.debrief_screen import Reviewed, Weak
from itpm_prep.widgets.parts import AnswerForm
from itpm_prep.widgets.retry_screen import compare_screen, retry_screen

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEYED, STORY = "SCN-SOF-001", "BEH-GEN-001"
WEAK = Weak("Diagnosis", 2.0, "Assessment", "assessment", 1)


def nothing(*_: object) -> None:
    """Nobody listens."""


def rated(q: float = 2.5, flags: tuple[str, ...] = ()) -> Rating:
    marks = tuple(
        Mark(criterion=one, chosen=score, evidence="", cap=5, score=score)
        for one, score in (("DIA", 2), ("DEC", 3), ("COM", 2), ("PLN", 3))
    )
    return Rating(id="r", attempt_id="a", rater="self", red_flags=flags, marks=marks, q=q, rated_at=NOW)


def seen_of(bank: Bank, figures: dict[str, str] | None = None) -> Reviewed:
    question = bank.question(KEYED)
    return Reviewed(
        position=0,
        question=question,
        answer=[("Situation", "We are red.")],
        replies=[],
        rating=rated(),
        figures=judge_all(question, figures or {}),
        remarks=[],
        touched=[],
    )


def debrief(seen: list[Reviewed], weak: Weak | None = None, advice: str = "Go on.") -> Any:
    return screens.debrief_screen(
        seen,
        [("Diagnosis", 2.0)],
        weak,
        advice,
        "progress.ipynb",
        nothing,
        Html(),
        ("New interview", nothing),
    )


def kept(blocks: Any) -> Drawn:
    """The page behind "Print or save"."""
    (address,) = (
        value for name, value in drawn(blocks).attributes if name == "href" and "data:" in str(value)
    )
    return Drawn(b64decode(str(address).removeprefix("data:text/html;base64,")).decode("utf-8"))


# One question -------------------------------------------------------------------------------------


def test_each_figure_is_told_right_wrong_or_missing_with_what_it_is(bank: Bank) -> None:
    body = Drawn(screens.question_body(seen_of(bank, {"cpi": "0,82", "eac": "900"})))
    lines = {line.partition(":")[0]: line.partition(": ")[2] for line in body.all("li")}
    assert lines["Cost performance index of the whole project"] == "right"
    assert (
        lines["Estimate at completion if cost efficiency stays as it is (thousands)"]
        == "wrong, it is 1,095 thousands (you wrote 900)"
    )
    assert lines["Schedule performance index of the whole project"] == "missing, it is 0.828 ratio"
    assert lines["Cost variance of the payment interface (thousands)"] == "missing, it is -75 thousands"


@pytest.mark.parametrize(
    ("answer", "told"), [(1_250_000.0, "1,250,000"), (12_345_678.5, "12,345,678.5"), (0.1 + 0.2, "0.3")]
)
def test_a_large_figure_is_told_in_full(bank: Bank, answer: float, told: str) -> None:
    question = bank.question(KEYED)
    one = replace(question.figures[0], answer=answer, unit="euros")
    seen = seen_of(bank)._replace(figures=judge_all(replace(question, figures=(one,)), {}))
    assert f"it is {told} euros" in Drawn(screens.question_body(seen)).words


def test_a_question_without_figures_has_no_heading_for_them(bank: Bank) -> None:
    seen = seen_of(bank)._replace(figures=())
    assert "Figures" not in Drawn(screens.question_body(seen)).all("h2")


def test_each_criterion_is_a_bar_with_its_name_and_score(bank: Bank) -> None:
    words = Drawn(screens.question_body(seen_of(bank))).words
    assert words.startswith("Diagnosis2Options and decision3Communication2Plan and control3")


def test_strong_points_touched_and_not_touched_are_all_told_once(bank: Bank) -> None:
    points = bank.question(KEYED).strong_points
    body = Drawn(screens.question_body(seen_of(bank)._replace(figures=(), touched=points[:2])))
    assert body.all("li") == list(points)
    assert body.all("h2")[:2] == ["Your words touch on", "Strong answers also cover"]
    assert "no part of the score" in body.words


def test_without_a_touched_point_the_screen_does_not_say_also(bank: Bank) -> None:
    body = Drawn(screens.question_body(seen_of(bank)))
    assert "Strong answers cover" in body.all("h2")
    assert "Your words touch on" not in body.words


def test_when_every_strong_point_is_touched_nothing_else_is_asked_for(bank: Bank) -> None:
    points = bank.question(KEYED).strong_points
    body = Drawn(screens.question_body(seen_of(bank)._replace(touched=points)))
    assert "Strong answers also cover" not in body.words


def test_a_skipped_question_shows_what_was_wanted_and_no_score(bank: Bank) -> None:
    question = bank.question(KEYED)
    seen = seen_of(bank)._replace(skipped=True, rating=None, figures=())
    body = Drawn(screens.question_body(seen))
    assert "It counts as skipped, not as a score." in body.words
    assert body.all("li") == list(question.strong_points)
    assert question.intent in body.words
    assert "We are red." not in body.words
    assert "track" not in [value for _, value in body.attributes]


def test_red_flags_heard_are_told_and_without_one_there_is_no_heading(bank: Bank) -> None:
    flagged = Drawn(screens.question_body(seen_of(bank)._replace(rating=rated(flags=("Keeps amber.",)))))
    assert "Red flags heard" in flagged.all("h2")
    assert "Keeps amber." in flagged.all("li")
    assert "Red flags heard" not in Drawn(screens.question_body(seen_of(bank))).words


def test_the_strong_benchmark_stands_beside_the_answer_and_no_other(bank: Bank) -> None:
    question = bank.question(KEYED)
    texts = {one.label: one.text for one in question.benchmarks}
    words = Drawn(screens.question_body(seen_of(bank))).words
    assert texts.pop("strong") in words
    assert texts
    assert not [text for text in texts.values() if text in words]


def test_a_question_without_benchmarks_offers_none(bank: Bank) -> None:
    seen = seen_of(bank)._replace(question=replace(bank.question(KEYED), benchmarks=()))
    assert Drawn(screens.question_body(seen)).all("summary") == ["Your answer"]


def test_replies_are_shown_under_their_probe_and_a_pass_is_told(bank: Bank) -> None:
    replies = [
        Reply(id=ask, attempt_id="a", probe_id="p", ask=ask, text=text, replied_at=NOW)
        for ask, text in (("Why her?", EVIL), ("By when?", ""))
    ]
    body = Drawn(screens.question_body(seen_of(bank)._replace(replies=replies)))
    assert "Why her?" in body.all("h2")
    assert "Passed over." in body.all("p")
    assert EVIL in body.words


@settings(deadline=None, max_examples=40)
@given(st.text())
def test_no_answer_reply_or_remark_ever_becomes_markup(words: str) -> None:
    question = load_bank().question(STORY)
    reply = Reply(id="r", attempt_id="a", probe_id="p", ask=words, text=words, replied_at=NOW)
    plain, typed = (
        Drawn(
            screens.question_body(
                Reviewed(0, question, [("Task", "." + text)], [reply_], None, (), [text], ())
            )
        )
        for text, reply_ in (
            (EVIL, replace(reply, ask="?", text=EVIL)),
            (words, replace(reply, text="." + words)),
        )
    )
    assert plain.tags == typed.tags


# Review and debrief -------------------------------------------------------------------------------


def test_the_review_offers_to_retry_the_part_where_this_answer_loses_most(bank: Bank) -> None:
    pressed: list[str] = []
    blocks = screens.review_screen(
        seen_of(bank), WEAK, lambda: pressed.append("retry"), lambda: pressed.append("next"), last=False
    )
    assert labels(blocks) == ["Retry this part", "Next question"]
    assert "Diagnosis is where this answer loses most, at 2.0." in drawn(blocks).words
    press(blocks, "Retry this part")
    press(blocks, "Next question")
    assert pressed == ["retry", "next"]


def test_after_the_last_question_the_review_leads_to_the_debrief(bank: Bank) -> None:
    assert labels(screens.review_screen(seen_of(bank), None, nothing, nothing, last=True)) == [
        "To the debrief"
    ]


def test_a_score_given_while_a_gate_stood_is_told_as_calibrated(bank: Bank) -> None:
    day = "calibrated on 3 November 2026"
    review = screens.review_screen(seen_of(bank), None, nothing, nothing, last=True, standing=day)
    assert f"2.5self-rated, 1 answer, {day}" in drawn(review).words


def test_a_score_is_told_as_self_rated_and_not_calibrated_unless_a_gate_stood(bank: Bank) -> None:
    review = drawn(screens.review_screen(seen_of(bank), None, nothing, nothing, last=True))
    assert "2.5self-rated, 1 answer, not yet calibrated" in review.words
    both = [seen_of(bank), seen_of(bank)._replace(position=1, rating=rated(4.0))]
    assert "3.2self-rated, 2 answers, not yet calibrated" in drawn(debrief(both)).words


def test_the_debrief_offers_the_weakest_part_with_its_question(bank: Bank) -> None:
    blocks = debrief([seen_of(bank)], WEAK)
    assert labels(blocks) == ["Retry the assessment of question 2", "New interview"]
    assert "Diagnosis is where answers lose most, at 2.0." in drawn(blocks).words


def test_where_nothing_is_weak_nothing_is_offered_to_retry(bank: Bank) -> None:
    assert labels(debrief([seen_of(bank)])) == ["New interview"]


def test_skipped_questions_are_counted_and_enter_no_mean(bank: Bank) -> None:
    skipped = seen_of(bank)._replace(position=1, rating=None, figures=(), skipped=True)
    words = drawn(debrief([seen_of(bank), skipped])).words
    assert "2.5self-rated, 1 answer," in words
    assert "1 question skipped." in words
    assert "Question 2: The amber report with red numbers" in words


def test_a_debrief_in_which_all_was_skipped_shows_no_score(bank: Bank) -> None:
    skipped = seen_of(bank)._replace(rating=None, figures=(), skipped=True)
    seen = drawn(debrief([skipped, skipped]))
    assert "2 questions skipped." in seen.words
    assert "self-rated" not in seen.words


def test_the_debrief_says_what_to_do_next_and_leads_to_the_progress_app(bank: Bank) -> None:
    seen = drawn(debrief([seen_of(bank)], advice=EVIL))
    assert EVIL in seen.words
    assert ("href", "progress.ipynb") in seen.attributes
    assert "See your progress" in seen.all("a")


def test_every_question_of_the_debrief_is_folded_under_its_title_and_score(bank: Bank) -> None:
    folded = Drawn(screens.folded_question(seen_of(bank)._replace(position=2)))
    assert folded.words.startswith("Question 3: The amber report with red numbers2.5")
    assert folded.tags[:2] == ["details", "summary"]


# The page to keep ---------------------------------------------------------------------------------


def test_the_page_to_keep_holds_all_that_the_debrief_tells_and_stands_open(bank: Bank) -> None:
    page = kept(debrief([seen_of(bank, {"cpi": "3"})._replace(answer=[("Situation", EVIL)])]))
    assert page.all("title") == page.all("h1") == ["Debrief"]
    for words in (EVIL, "wrong, it is 0.822 ratio (you wrote 3)", "not yet calibrated", "Why it is asked"):
        assert words in page.words
    assert page.tags.count("details") == [name for name, _ in page.attributes].count("open") == 3


def test_the_page_to_keep_loads_nothing_and_runs_nothing(bank: Bank) -> None:
    page = kept(debrief([seen_of(bank)._replace(answer=[("Situation", EVIL)])]))
    assert not {"script", "link", "img", "iframe", "a", "button"} & set(page.tags)
    assert not {"src", "href", "srcset", "action"} & {name for name, _ in page.attributes}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    (style,) = page.all("style")
    assert "url(" not in style
    assert "@import" not in style
    assert ("charset", "utf-8") in page.attributes


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_words_of_any_script_survive_in_the_page_to_keep(words: str) -> None:
    address = screens.page_to_keep("Debrief", screens.own_words([("Task", f"|{words}|")]))
    page = b64decode(address.removeprefix("data:text/html;base64,")).decode("utf-8")
    assert f"|{words}|" in Drawn(page).words


# Retry and compare --------------------------------------------------------------------------------


def retry(bank: Bank, draft: str = "") -> Any:
    part = ("retry:assessment", "Assessment", "Say what the facts mean.")
    anchors = ["heard at three", "heard at four", "heard at five"]
    return retry_screen(
        bank.question(KEYED), part, anchors, "My first words", draft, "i1:0", nothing, nothing
    )


def test_a_retry_has_one_box_with_the_hint_and_the_draft_of_that_part(bank: Bank) -> None:
    (form,) = of_kind(retry(bank, EVIL), AnswerForm)
    (box,) = form.spec["parts"]
    assert (box["box"], box["name"], box["text"]) == ("retry:assessment", "Assessment", EVIL)
    assert box["hint"] == "Say what the facts mean."
    assert [one["label"] for one in form.spec["actions"]] == ["Back", "Submit this part"]


def test_a_retry_shows_what_is_heard_from_3_up_and_the_first_version(bank: Bank) -> None:
    seen = drawn(retry(bank))
    assert seen.all("b") == ["3", "4", "5"]
    assert "3heard at three4heard at four5heard at five" in seen.words
    assert seen.all("summary") == ["Your first version"]
    assert "My first words" in seen.words
    assert bank.question(KEYED).stem in seen.words


def compared(old: str, new: str) -> Any:
    counts = (len(old.split()), len(new.split()))
    return compare_screen("Result", compare(old, new), counts, nothing, nothing, nothing)


def test_words_taken_out_are_struck_through_and_new_ones_underlined() -> None:
    seen = drawn(compared("We saved some money.", "I saved 40 thousand."))
    assert "".join(seen.all("del")).split() == ["We", "some", "money."]
    assert "".join(seen.all("ins")).split() == ["I", "40", "thousand."]
    assert "4 words before, 4 now." in seen.words


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_both_versions_can_be_read_off_the_comparison_exactly(old: str, new: str) -> None:
    note = drawn(compared(f"|{old}", f"|{new}")).pieces
    body = [(tag, words) for tag, words in note if tag in ("span", "del", "ins")]
    assert "".join(words for tag, words in body if tag != "ins") == f"|{old}"
    assert "".join(words for tag, words in body if tag != "del") == f"|{new}"


def test_after_comparing_one_can_score_write_again_or_leave() -> None:
    pressed: list[str] = []
    blocks = compare_screen(
        "Result", compare("a", "b"), (1, 1), lambda: pressed.append("score"),
        lambda: pressed.append("again"), lambda: pressed.append("leave"),
    )  # fmt: skip
    for label in ("Score this version", "Retry again", "Back to the debrief"):
        press(blocks, label)
    assert pressed == ["score", "again", "leave"]


# Handing it on ------------------------------------------------------------------------------------


def test_the_files_are_made_from_the_words_and_the_choice_as_they_stand() -> None:
    asked: list[tuple[str, bool]] = []

    def make(words: str, numbers: bool) -> list[tuple[str, str, str]]:  # noqa: FBT001 - as the app's
        asked.append((words, numbers))
        return [("Word", "debrief.docx", "data:x;base64,eA==")]

    block = screens.HandoutForm("Acme", make).block(lambda step: step)
    press([block], "Make the files")
    of_kind([block], Input)[0].hear({"value": "Acme, Bolt"})
    of_kind([block], Choice)[0].hear({"chosen": ["numbers"]})
    press([block], "Make the files")
    assert asked == [("Acme", False), ("Acme, Bolt", True)]
    assert ("download", "debrief.docx") in drawn([block]).attributes


def test_when_the_files_cannot_be_made_those_of_before_are_gone() -> None:
    answers = iter([[("Word", "debrief.docx", "data:x,")], RuntimeError("still readable")])

    def make(_: str, __: bool) -> list[tuple[str, str, str]]:  # noqa: FBT001 - as the app's
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    block = screens.HandoutForm("", make).block(lambda step: step)
    press([block], "Make the files")
    with pytest.raises(RuntimeError):
        press([block], "Make the files")
    assert "a" not in drawn([block]).tags
