"""The views of the progress app: target, answers, files out, reviews in, files to keep."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import msgspec
import openpyxl
import pandas as pd
import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from framed import COMMENT, NOW, aim, framed, pass_gate, practise_well, review, well_practised
from ipywidgets import Widget
from practised import FORMULA, KEYED, MARKUP, START, attempt, practised, rating, store

from itpm_prep.apps.progress.controller import ProgressApp
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.records import Attempt, Fact, Reply
from itpm_prep.practice.target import read_target
from itpm_prep.reports.drawing import Charts
from itpm_prep.settings import bank_dir
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Block, Choice, FileDrop, Input, Listing, Select
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.parts import AnswerForm
from itpm_prep.widgets.progress_screen import VIEWS

BANK = load_bank(bank_dir())


class Shown(Page):
    """A page that keeps what it shows and says."""

    def __init__(self) -> None:
        self.screen: tuple[Block, ...] = ()
        self.below: Sequence[Widget] = ()
        self.said = self.remarked = ""
        super().__init__()

    def show(self, *blocks: Block, below: Sequence[Widget] = ()) -> None:
        self.screen, self.below, self.said, self.remarked = blocks, below, "", ""

    def say(self, words: str) -> None:
        self.said = words

    def remark(self, words: str) -> None:
        self.remarked = words

    @property
    def words(self) -> str:
        return drawn(self.screen).words


def opened(record: LocalRecord, view: str = "Readiness", bank: Bank | None = BANK) -> Shown:
    page = Shown()
    keys = {name: key for key, name in VIEWS.items()}
    ProgressApp(page, record, bank, lambda: NOW).show_view(keys[view])
    return page


def select(page: Shown, label: str) -> Select:
    (found,) = (one for one in of_kind(page.screen, Select) if one.spec["label"] == label)
    return found


def box(page: Shown, label: str) -> Input:
    (found,) = (one for one in of_kind(page.screen, Input) if one.spec["label"] == label)
    return found


def listed(page: Shown) -> list[str]:
    return [one["value"] for listing in of_kind(page.screen, Listing) for one in listing.spec["items"]]


def open_answer(page: Shown, attempt_id: str) -> None:
    (listing,) = of_kind(page.screen, Listing)
    listing.hear({"value": attempt_id})


def seen_again(record: LocalRecord, facts: list[Fact]) -> Shown:
    """The answer ``a1``, opened once its interview has ended."""
    store(record, facts)
    left = record.interview("i1")
    record.advance(msgspec.structs.replace(left, ended=True), [], "tab", START)
    page = opened(record, "Answers")
    open_answer(page, "a1")
    return page


def saved(page: Shown) -> tuple[str, bytes]:
    """The file on offer: its name and what is in it."""
    found = dict(drawn(page.screen).attributes)
    return str(found["download"]), b64decode(str(found["href"]).partition(",")[2])


# Readiness ----------------------------------------------------------------------------------------


def test_the_app_opens_with_readiness_what_is_missing_counts_date_and_caution(record) -> None:
    practise_well(record)
    page = opened(record)
    for words in (
        "Ready in ",
        "in 10",
        "What is missing for it",
        "22 November 2026",
        "not a chance of being",
    ):
        assert words in page.words
    (charts,) = page.below
    assert isinstance(charts, Charts)
    assert [one["title"] for one in charts.charts] == [
        "Competencies", "Criterion profile", "Trend", "You and your reviewers", "Category balance",
    ]  # fmt: skip
    assert all(one["caption"] and "<table>" in one["table"] for one in charts.charts)


def test_another_target_is_kept_and_readiness_told_for_it(record) -> None:
    practise_well(record)
    weighted = msgspec.json.encode(
        {"level": "senior", "specialisation": "erp", "competencies": {"risk_issue": 3}}
    )
    record.keep_document("target", "current", weighted.decode(), NOW)
    page = opened(record)
    select(page, "Level").hear({"value": "director"})
    target = read_target(record.documents("target"))
    assert target is not None
    assert (target.level, target.specialisation, target.competencies) == (
        "director",
        "erp",
        {"risk_issue": 3},
    )
    assert "Not enough evidence" in page.words  # senior answers do not count for a director
    assert select(page, "Level").value == "director"


def test_a_first_target_is_chosen_here_too(record) -> None:
    store(record, practised())
    page = opened(record)
    assert "no post to aim at" in page.words
    select(page, "Specialisation").hear({"value": "agile"})  # no level yet: nothing is kept
    assert record.documents("target") == {}
    select(page, "Level").hear({"value": "mid"})
    assert read_target(record.documents("target")) is not None
    assert "gate" in page.words


def test_below_four_scored_answers_there_is_no_trend(record) -> None:
    answer = attempt(1, "SCN-GEN-902", "risk_issue")
    store(record, [answer, rating(answer, (3, 3, 3, 3))])
    page = opened(record)
    assert [one["title"] for one in page.below[0].charts] == ["Category balance"]  # type: ignore[attr-defined]
    assert "The trend is shown from 4 scored answers; you have 1." in page.words


def test_charts_are_drawn_once_until_something_changes(record) -> None:
    practise_well(record)
    page = opened(record)
    before = page.below[0]
    press(page.screen, "Answers")
    assert not page.below
    press(page.screen, "Readiness")
    assert page.below[0] is before
    select(page, "Level").hear({"value": "mid"})
    assert page.below[0] is not before


@pytest.mark.parametrize("view", ["Readiness", "Answers", "Hand in"])
def test_without_answers_each_view_leads_to_a_mock_interview(record, view: str) -> None:
    page = opened(record, view)
    assert "No answers yet." in page.words
    assert ("href", "mock_interview.ipynb") in drawn(page.screen).attributes


# Answers ------------------------------------------------------------------------------------------


def test_answers_are_listed_newest_first_and_filtered_by_each_filter(record) -> None:
    store(record, practised())
    page = opened(record, "Answers")
    assert listed(page) == [f"a{number}" for number in reversed(range(8))]
    for label, value, left in (
        ("Category", "behavioral", ["a5"]),
        ("Level", "junior", []),
        ("Mode", "mock", ["a5"]),
        ("Category", "", [f"a{number}" for number in reversed(range(8))]),
    ):
        if label == "Mode":
            select(page, "Level").hear({"value": ""})
        select(page, label).hear({"value": value})
        assert listed(page) == left


@pytest.mark.parametrize(
    ("scored", "left"),
    [
        ("reviewed", ["a1"]),
        ("self", ["a6", "a5", "a3", "a2", "a0"]),
        ("unscored", ["a7"]),
        ("skipped", ["a4"]),
    ],
)
def test_answers_are_filtered_by_who_scored_them(record, scored: str, left: list[str]) -> None:
    store(record, practised())
    page = opened(record, "Answers")
    select(page, "Scores").hear({"value": scored})
    assert listed(page) == left


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("HYPERLINK", ["a5"]),  # in the notes
        ("1 for HER", ["a0"]),  # in a reply, whatever the case
        ("one two nowhere", []),
        (BANK.question(KEYED).title, ["a7", "a2", "a0"]),
    ],
)
def test_words_are_found_in_everything_that_belongs_to_an_answer(record, words: str, left: list[str]) -> None:
    store(record, practised())
    page = opened(record, "Answers")
    box(page, "Words").hear({"value": words})
    assert listed(page) == left


def test_words_of_a_reviewer_are_found(record) -> None:
    practise_well(record)
    page = opened(record, "Answers")
    box(page, "Words").hear({"value": COMMENT})
    assert len(listed(page)) == 7


def test_an_answer_opens_to_its_full_text_and_back_to_the_list_as_it_was(record) -> None:
    store(record, practised())
    page = opened(record, "Answers")
    select(page, "Scores").hear({"value": "self"})
    open_answer(page, "a2")
    assert BANK.question(KEYED).title in page.words
    assert MARKUP in page.words
    assert "script" not in drawn(page.screen).tags
    assert select(page, "Attempt").value == "a2"
    press(page.screen, "Back")
    assert select(page, "Scores").value == "self"
    assert listed(page) == ["a6", "a5", "a3", "a2", "a0"]


def test_an_opened_answer_shows_what_its_reviewer_said(record) -> None:
    practise_well(record)
    page = opened(record, "Answers")
    open_answer(page, "a3")
    assert "Reviewed by Ada" in page.words
    assert COMMENT in page.words


def test_an_answer_is_given_once_more_from_here_and_stored_like_any_other(record) -> None:
    question = BANK.question(KEYED)
    first = attempt(1, KEYED, "cost_benefit", question_version=question.version)
    page = seen_again(record, [first, rating(first, (3, 3, 3, 3))])
    press(page.screen, "Answer it again")
    under_way = record.unfinished()
    assert under_way is not None
    assert under_way.turn.question_id == KEYED
    for action in ("start", "submit"):
        (form,) = of_kind(page.screen, AnswerForm)
        texts = {"part:situation": "At last a figure: 12 of 40."}
        form.hear({"kind": "act", "action": action, "texts": texts})
    assert [one.question_id for one in record.attempts()] == [KEYED, KEYED]


def test_one_part_is_written_again_from_here(record) -> None:
    first = attempt(1, KEYED, "cost_benefit", question_version=BANK.question(KEYED).version)
    page = seen_again(record, [first])
    press(page.screen, "Retry: Situation")
    under_way = record.unfinished()
    assert under_way is not None
    assert under_way.retry_part == "situation"


def test_an_interview_left_open_elsewhere_is_not_thrown_away_by_a_retry(record) -> None:
    first = attempt(1, KEYED, "cost_benefit", question_version=BANK.question(KEYED).version)
    store(record, [first])  # its interview has not ended
    page = opened(record, "Answers")
    open_answer(page, "a1")
    press(page.screen, "Answer it again")
    assert "still unfinished" in page.said
    assert record.unfinished().id == "i1"


def test_a_skipped_question_can_be_answered_now(record) -> None:
    page = seen_again(record, [attempt(1, KEYED, "cost_benefit", outcome="skipped", parts={})])
    assert "counts as skipped, not as a score" in page.words
    press(page.screen, "Answer it now")
    assert record.unfinished().turn.question_id == KEYED


def test_without_a_bank_words_can_be_read_and_nothing_is_asked(record) -> None:
    store(record, practised())
    page = opened(record, "Answers", bank=None)
    open_answer(page, "a0")
    assert MARKUP in page.words
    assert "Answer it again" not in labels(page.screen)
    assert "itpm-prep bank check" in page.remarked


# Hand in ------------------------------------------------------------------------------------------


def handed_in(page: Shown, name: str = "Bo", words: str = "") -> tuple[str, bytes]:
    box(page, "Your name").hear({"value": name})
    box(page, "Words to black out").hear({"value": words})
    press(page.screen, "Make the file")
    return saved(page)


def test_all_answers_are_handed_in_under_the_name_chosen_and_no_story_or_plan(record) -> None:
    practise_well(record)
    record.keep_document("story", "s1", '{"title": "A secret"}', NOW)
    page = opened(record, "Hand in")
    name, content = handed_in(page, "Bo")
    assert re.fullmatch(r"bo-2026-11-22-1200\.jsonl", name)
    assert b"A secret" not in content
    assert "The file holds 23 answers, 30 score sheets, 1 calibration." in page.words
    with open_cohort(record.path.parent / "class.sqlite3") as cohort:
        cohort.merge([(name, BytesIO(content))])
        (learner,) = cohort.learners()
        assert learner.name == "Bo"


def test_only_the_answers_ticked_are_in_the_file(record) -> None:
    store(record, practised())
    page = opened(record, "Hand in")
    select(page, "Answers").hear({"value": "some"})
    (ticks,) = of_kind(page.screen, Choice)
    ticks.hear({"chosen": ["a5"]})
    _, content = handed_in(page)
    assert "BEH-GEN-001" in content.decode()
    assert "SCN-GEN-902" not in content.decode()


def test_nothing_ticked_is_said_and_no_file_made(record) -> None:
    store(record, practised())
    page = opened(record, "Hand in")
    select(page, "Answers").hear({"value": "some"})
    press(page.screen, "Make the file")
    assert page.said == "No answer is chosen. Tick those that you want to hand in."
    assert "download" not in dict(drawn(page.screen).attributes)


def test_a_kit_is_handed_in_by_itself(record) -> None:
    kit = uuid4().hex
    store(record, [attempt(1, "SCN-GEN-902", "risk_issue", kit=kit), attempt(2, "SCN-GEN-903", "risk_issue")])
    page = opened(record, "Hand in")
    select(page, "Answers").hear({"value": f"kit:{kit}"})
    _, content = handed_in(page)
    assert "SCN-GEN-902" in content.decode()
    assert "SCN-GEN-903" not in content.decode()


def test_words_are_blacked_out_in_the_file_and_stay_in_the_record(record) -> None:
    answer = attempt(
        1, "SCN-GEN-902", "risk_issue", parts={"situation": "We told ACME's board."}, notes="acme"
    )
    reply = Reply(id="r", attempt_id="a1", probe_id="p", ask="Who?", text="Acme", replied_at=START)
    store(record, [answer, reply, rating(answer, (3, 3, 3, 3))])
    page = opened(record, "Hand in")
    _, content = handed_in(page, words="Acme, board")
    assert "acme" not in content.decode().lower()
    assert "█████" in content.decode()
    assert "Blacked out: Acme, board." in page.words
    assert record.attempts()[0].notes == "acme"
    again = opened(record, "Hand in")
    assert (box(again, "Your name").value, box(again, "Words to black out").value) == ("Bo", "Acme, board")


def test_a_word_too_short_to_black_out_is_said(record) -> None:
    store(record, practised())
    page = opened(record, "Hand in")
    box(page, "Words to black out").hear({"value": "a"})
    press(page.screen, "Make the file")
    assert "too short to black out" in page.said


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Bo Müller", "bo-m-ller"), ("", "answers"), ("../../etc", "etc"), (FORMULA, "hyperlink-")],
)
def test_the_file_is_named_in_plain_letters(record, name: str, stem: str) -> None:
    store(record, practised())
    found, _ = handed_in(opened(record, "Hand in"), name)
    assert found.startswith(stem)
    assert re.fullmatch(r"[a-z0-9-]+\.jsonl", found)


def test_a_name_with_markup_stays_words(record) -> None:
    store(record, practised())
    page = opened(record, "Hand in")
    handed_in(page, EVIL, words=EVIL.replace(",", ""))
    assert "script" not in drawn(page.screen).tags


# Reviews ------------------------------------------------------------------------------------------


def reviewed_file(record: LocalRecord, attempt_id: str, comment: str = COMMENT) -> bytes:
    """The way of an answer: learner, bundle, instructor, review, bundle."""
    _, content = handed_in(opened(record, "Hand in"))
    with open_cohort(record.path.parent / f"{uuid4().hex}.sqlite3") as cohort:
        cohort.merge([("bo.jsonl", BytesIO(content))])
        (learner,) = cohort.learners()
        answer = cohort.attempt(learner.id, attempt_id)
        assert isinstance(answer, Attempt)
        cohort.review(learner.id, review(answer, (2, 2, 2, 2), comment=comment))
        file = BytesIO()
        cohort.export_reviews(learner.id, file, "Ada")
    return file.getvalue()


def drop(page: Shown, content: bytes | None, name: str = "reviews.jsonl") -> None:
    (place,) = of_kind(page.screen, FileDrop)
    told = None if content is None else b64encode(content).decode()
    place.hear({"files": [{"name": name, "content": told}]})


def test_a_review_comes_back_and_stands_beside_the_own_scores(record) -> None:
    store(record, practised())
    content = reviewed_file(record, "a0")
    page = opened(record, "Reviews")
    drop(page, content)
    assert "Reviews by Ada: 1 new, 1 here already." in page.words
    assert listed(page) == ["a1", "a0"]
    open_answer(page, "a0")
    assert COMMENT in page.words
    press(page.screen, "Back")
    press(page.screen, "Readiness")
    titles = [one["title"] for one in page.below[0].charts]  # type: ignore[attr-defined]
    assert "You and your reviewers" in titles


def test_the_same_file_twice_changes_nothing_and_says_so(record) -> None:
    store(record, practised())
    content = reviewed_file(record, "a0")
    page = opened(record, "Reviews")
    drop(page, content)
    before = record.ratings()
    drop(page, content)
    assert "Reviews by Ada: 2 here already." in page.words
    assert record.ratings() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no bundle at all", "is no bundle of itpm_prep"),
        (b'{"bundle":"itpm_prep","version":99,"created_at":"2026-11-22T00:00:00Z"}\n', "Update with"),
        (None, "larger than 5 MB"),
        (b"", "is no bundle of itpm_prep"),
    ],
)
def test_a_file_that_is_none_is_named_with_the_reason(record, content: bytes | None, words: str) -> None:
    store(record, practised())
    page = opened(record, "Reviews")
    drop(page, content, name=EVIL)
    assert words in page.words
    assert EVIL[:60] in page.words
    assert "script" not in drawn(page.screen).tags


def test_a_file_cut_off_keeps_what_is_whole_and_says_so(record) -> None:
    store(record, practised())
    content = reviewed_file(record, "a0")
    page = opened(record, "Reviews")
    drop(page, b"\n".join(content.splitlines()[:2]) + b"\n")
    assert "1 new" in page.words
    assert "passed over; what is sound was taken" in page.words


def test_reviews_of_somebody_else_are_not_taken(record, tmp_path: Path) -> None:
    store(record, practised())
    with open_record(tmp_path / "other.sqlite3") as other:
        store(other, practised())
        content = reviewed_file(other, "a0")
    before = record.ratings()
    page = opened(record, "Reviews")
    drop(page, content)
    assert "somebody else's answers" in page.words
    assert record.ratings() == before


def test_markup_in_a_review_is_never_run(record) -> None:
    store(record, practised())
    page = opened(record, "Reviews")
    drop(page, reviewed_file(record, "a0", comment=EVIL))
    open_answer(page, "a0")
    assert EVIL in page.words
    assert "script" not in drawn(page.screen).tags


# Save ---------------------------------------------------------------------------------------------


def test_the_tables_are_saved_as_csv_and_excel_and_the_page_says_the_same(record) -> None:
    practise_well(record)
    page = opened(record, "Save")
    press(page.screen, "CSV")
    name, content = saved(page)
    assert name == "progress-2026-11-22.zip"
    with ZipFile(BytesIO(content)) as packed:
        assert len(pd.read_csv(packed.open("attempts.csv"))) == 23
    press(page.screen, "Excel")
    _, content = saved(page)
    assert "readiness" in openpyxl.load_workbook(BytesIO(content), read_only=True).sheetnames
    press(page.screen, "Page to print")
    _, content = saved(page)
    assert framed(record).learners["sentence"].iloc[0] in content.decode()


def test_calibrated_or_not_is_told_for_the_same_answers(record) -> None:
    aim(record)
    facts = [one for one in well_practised() if getattr(one, "rater", "self") == "self"]
    store(record, facts)
    assert "calibration gate not passed" in opened(record).words
    pass_gate(record)
    assert "calibration gate not passed" not in opened(record).words
