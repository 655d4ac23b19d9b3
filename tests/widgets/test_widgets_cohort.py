"""The screens of a class: views, empty start, sheets, handing in, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

import pytest
from drawn import EVIL, drawn, labels, of_kind, press

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.widgets import cohort_screen as screens
from itpm_prep.widgets import cohort_sheets as sheets
from itpm_prep.widgets import export_screen, hand_in_screen
from itpm_prep.widgets.blocks import Block, FileDrop, Handed, Input, Select
from itpm_prep.widgets.cohort_tables import CAPTIONS, COLUMNS, FILES, FIRST, ListView, draw_class, draw_list
from itpm_prep.widgets.saving import SavedFile
from itpm_prep.widgets.table import Line, Table


def nothing(*_: object) -> None:
    """Nobody listens."""


def as_is(step: Callable[[], None]) -> Callable[[], None]:
    """No guard."""
    return step


def fill_in(blocks: Sequence[Block], label: str, value: str) -> None:
    """Type into the one box of that label, or choose from the one list."""
    (found,) = (each for each in of_kind(blocks, Block) if each.spec.get("label") == label)
    found.hear({"kind": "change", "value": value})


# Tables -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", get_args(ListView))
def test_every_table_of_a_class_has_its_title_its_file_and_a_column_it_is_sorted_by(view: ListView) -> None:
    keys = [column.key for column in COLUMNS[view]]
    assert len(keys) == len(set(keys))
    assert FIRST[view].removeprefix("-") in ("", *keys)
    table = draw_list(view, [], nothing)
    assert (table.spec["caption"], table.spec["file"]) == (CAPTIONS[view], FILES[view])


def test_learners_are_filtered_alike_in_every_table_about_them() -> None:
    about = {column.key for column in COLUMNS["roster"] if column.choose}
    assert about
    for view in ("heat", "attention"):
        assert about <= {column.key for column in COLUMNS[view] if column.choose}  # type: ignore[index]


def test_the_heat_map_prints_the_number_that_it_shades_for_every_competency() -> None:
    shaded = [column for column in COLUMNS["heat"] if column.heat]
    assert [column.key for column in shaded] == list(COMPETENCIES)
    assert all(column.number and column.digits == 1 for column in shaded)


def test_the_class_by_competency_is_a_table_of_its_own() -> None:
    table = draw_class([Line("risk_issue", ("Risk and issues", 12, 2.9, 3, 4))])
    assert table.spec["rows"] == [["risk_issue", "Risk and issues", 12, 2.9, 3, 4]]


# Around the tables --------------------------------------------------------------------------------


def test_the_view_shown_is_marked_and_the_others_are_a_press_away() -> None:
    asked: list[str] = []
    head = screens.Head(asked.append)
    head.tell(2000, "as of today")
    blocks = head.blocks("heat")
    assert labels(blocks) == list(screens.VIEWS.values())
    assert [each.spec["label"] for each in of_kind(blocks, Block) if each.spec.get("look") == "current"] == [
        "Heat map"
    ]
    press(blocks, "Review")
    assert asked == ["review"]
    assert "2,000 learners, as of today" in drawn(blocks).words


def test_an_empty_class_says_what_to_do_first_and_leads_there() -> None:
    asked: list[str] = []
    blocks = screens.nobody_yet(lambda: asked.append("hand in"))
    assert len(drawn(blocks).all("li")) == 3
    assert "stays on this machine" in drawn(blocks).words
    press(blocks, "Hand in files")
    assert asked == ["hand in"]


def test_the_rules_behind_a_table_are_told_in_words() -> None:
    shown = drawn([screens.rules([("Silent (first)", "No answer for 14 days.")], screens.RULES_TOLD)])
    assert "Silent (first)" in shown.words
    assert "No answer for 14 days." in shown.words
    assert "not a verdict" in shown.words


# Sheets -------------------------------------------------------------------------------------------


def facts(**changes: Any) -> sheets.LearnerFacts:
    """What is said of a learner."""
    values = {
        "sentence": EVIL,
        "advice": "Two more.",
        "told": "3 answers",
        "attention": [EVIL],
        "calibration": "c",
    }
    return sheets.LearnerFacts(**{**values, **changes})


def test_a_learner_is_told_in_words_with_the_reasons_for_attention() -> None:
    shown = drawn([*sheets.top(EVIL, "Target: Senior", nothing), sheets.learner_head(facts())])
    assert "script" not in shown.tags
    assert shown.all("h1") == [EVIL]
    assert shown.all("li") == [EVIL]
    assert "Attention" not in drawn([sheets.learner_head(facts(attention=[]))]).words


def test_answers_are_opened_and_a_learner_without_reviews_has_no_comparison() -> None:
    opened: list[str] = []
    line = Line("a1", ("Title", 1, "Scenario", "Answered", "none", 20, 0, None))
    blocks = sheets.learner_tables([], [], [line], opened.append)
    assert [table.spec["caption"] for table in of_kind(blocks, Table)] == [
        "Competencies of the target",
        "Answers",
    ]
    of_kind(blocks, Table)[1].hear({"kind": "open", "key": "a1"})
    assert opened == ["a1"]


@pytest.mark.parametrize(("typed", "gone"), [("Ana", True), (" Ana ", True), ("ana", False), ("", False)])
def test_a_learner_is_deleted_only_by_typing_their_name(typed: str, *, gone: bool) -> None:
    deleted: list[bool] = []
    blocks = sheets.ForgetForm("Ana", lambda: deleted.append(True)).blocks(as_is)
    fill_in(blocks, "Name", typed)
    press(blocks, "Delete this learner")
    assert deleted == [True] * gone
    assert ("Nothing was deleted" in drawn(blocks).words) is not gone


def test_an_answer_is_read_as_it_was_written() -> None:
    shown = drawn([sheets.answer_sheet([("Situation", EVIL), ("Action", "  ")], "Why?")])
    assert "script" not in shown.tags
    assert shown.all("h2") == ["Situation"]
    assert EVIL in shown.words
    assert "Nothing was written." in drawn([sheets.answer_sheet([], "")]).words


def test_the_anchor_to_mend_is_named_in_words_and_stands_among_the_five(bank: Bank) -> None:
    criterion = bank.question("SCN-SOF-001").criteria[0]
    shown = drawn(
        [sheets.mend_sheet([sheets.Mending(criterion, "Nobody is above 3.", 4)], "", "/bank/x.yaml")]
    )
    assert shown.words.count("Mend this line") == 1
    assert all(
        words in shown.words
        for words in (criterion.name, *(criterion.anchors[score] for score in range(1, 6)))
    )
    assert "/bank/x.yaml" in shown.words


def test_a_question_without_fault_says_so_and_one_of_an_older_version_says_why_no_anchor_is_shown() -> None:
    assert "Nothing found" in drawn([sheets.mend_sheet([], "", "")]).words
    assert "version 2" in drawn([sheets.mend_sheet([], "The bank now holds version 2", "")]).words


# Handing in ---------------------------------------------------------------------------------------


def result(**changes: Any) -> Line:
    """The line of one file."""
    values = {"name": "a.jsonl", "learner": "Ana", "sender": "", "added": 3, "known": 1, "problems": []}
    return hand_in_screen.result_line(0, **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "New"),
        ({"added": 0}, "Known"),
        ({"problems": ["line 3: is cut off"]}, "With faults"),
        ({"problems": ["is no bundle"], "learner": ""}, "Not used"),
    ],
)
def test_each_file_says_in_a_word_what_came_of_it(changes: dict[str, Any], state: str) -> None:
    assert result(**changes).cells[1] == state


def test_files_and_a_folder_are_handed_over_and_the_results_listed() -> None:
    files: list[Handed] = []
    folders: list[str] = []
    screen = hand_in_screen.HandInScreen(files.extend, folders.append, "/class")
    blocks = screen.blocks(as_is)
    (drop,) = of_kind(blocks, FileDrop)
    drop.hear({"files": [{"name": str(number), "content": ""} for number in range(600)]})
    assert len(files) == 500
    assert of_kind(blocks, Input)[0].value == "/class"
    press(blocks, "Read the folder")
    assert folders == ["/class"]

    screen.list_results([result(name=EVIL, learner=EVIL)], [])
    (table,) = of_kind(screen.blocks(as_is), Table)
    assert table.spec["rows"][0][1] == EVIL
    screen.say(hand_in_screen.summed(2, 1500, 3, 1), warn=True)
    assert (
        "2 files read: 1,500 new, 3 known already; 1 file with something" in drawn(screen.blocks(as_is)).words
    )
    screen.list_results([], [Line("a", ("Ana", "attempt", "a1", 2))])
    assert [table.spec["file"] for table in of_kind(screen.blocks(as_is), Table)] == ["clashes"]


# Exports ------------------------------------------------------------------------------------------

COLUMNS_OF = {"canvas": ("SIS Login ID", "ID"), "moodle": ("Email address",)}


def test_the_identifiers_on_offer_are_those_of_the_platform_and_what_was_typed_stays() -> None:
    made: list[str] = []
    screen = export_screen.ExportScreen(COLUMNS_OF, {"score": "mean"}, {"k": "Week 1"}, nothing)
    blocks = screen.blocks(lambda: made.append("tables"), lambda: made.append("grades"))
    fill_in(blocks, "Format", "csv")
    fill_in(blocks, "Platform", "moodle")
    fill_in(screen.blocks(nothing, nothing), "Identifier", "Email address")
    fill_in(blocks, "Of", "k")
    fill_in(blocks, "Identifiers", "Ana = ana@example.org")
    assert screen.tables == ("csv", "short")
    asked = screen.grades
    assert (asked.platform, asked.column, asked.kit) == ("moodle", "Email address", "k")
    assert asked.typed == "Ana = ana@example.org"
    press(blocks, "Make the file")
    press(blocks, "Make the gradebook")
    assert made == ["tables", "grades"]
    assert len(of_kind(screen.blocks(nothing, nothing), Select)) == 6


def test_whoever_a_gradebook_leaves_out_is_listed_with_the_reason() -> None:
    shown = drawn([export_screen.left_out([(EVIL, "no identifier")], [EVIL])])
    assert "script" not in shown.tags
    assert "1 learner left out" in shown.words
    assert "no identifier" in shown.words
    assert "Given for nobody" in shown.words
    assert drawn([export_screen.left_out([], [])]).words == ""


def test_a_file_on_offer_travels_whole() -> None:
    saved = SavedFile("a.csv", "One table.", "text/csv", b"\x00\xffname")
    assert (saved.name, saved.kind, saved.content) == ("a.csv", "text/csv", "AP9uYW1l")
