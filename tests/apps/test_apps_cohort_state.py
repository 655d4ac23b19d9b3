"""The cohort app as the kernel holds it: what is worked out, kept, filtered, opened, handed in and saved."""

from __future__ import annotations

import random
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import copy
from typing import Any
from zipfile import ZipFile

import classes
import pandas as pd
import pytest
from drawn import EVIL, drawn, of_kind, press
from openpyxl import load_workbook

from itpm_prep.apps.cohort.controller import CohortApp
from itpm_prep.apps.cohort.exports import SHORT
from itpm_prep.apps.cohort.lists import class_lines, item_key
from itpm_prep.apps.cohort.snapshot import place_of
from itpm_prep.apps.cohort.view import CohortView
from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.reports.words import names_of
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import open_record
from itpm_prep.widgets.blocks import Block, Button, FileDrop, Handed
from itpm_prep.widgets.hand_in_screen import BundleDrop
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.saving import SavedFile
from itpm_prep.widgets.table import Line, Table

LEARNERS = 40


@pytest.fixture(scope="module")
def filled(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of 40, as a file to copy."""
    path = tmp_path_factory.mktemp("class") / "cohort.sqlite3"
    with open_cohort(path) as cohort:
        classes.fill(cohort, bank, LEARNERS)
    return path


class Desk:
    """One instructor's page, and what stands on it."""

    def __init__(self, home: Path, bank: Bank) -> None:
        self.home, self.bank = home, bank
        self.now = classes.NOW
        self.cohort: Cohort = open_cohort(home / "cohort.sqlite3")
        self.record = open_record(home / "practice.sqlite3")
        self.open()

    def open(self) -> None:
        """Load the page, which nobody looks at yet."""
        self.page = Page()
        self.app = CohortApp(self.page, self.cohort, self.record, self.bank, lambda: self.now)
        self.app.open()

    def look(self) -> None:
        """The page reports its tab."""
        self.page.on_tab()

    @property
    def blocks(self) -> Sequence[Block]:
        """What is on the screen."""
        return [block for block in self.page._blocks.values() if block in self._tops()]

    def _tops(self) -> list[Block]:
        shown = {spec["id"] for spec in self.page._frame.screen["blocks"]}
        return [block for key, block in self.page._blocks.items() if key in shown]

    @property
    def words(self) -> str:
        """What can be read."""
        return drawn(self.blocks).words

    @property
    def said(self) -> str:
        """The message above the screen."""
        return str(self.page._frame.message["words"])

    def table(self, caption: str) -> Table:
        """The table of that caption."""
        (found,) = (one for one in of_kind(self.blocks, Table) if one.spec["caption"].startswith(caption))
        return found

    def rows(self, caption: str) -> list[dict[str, Any]]:
        """Its rows by column key."""
        table = self.table(caption)
        keys = ["key", *(column["key"] for column in table.spec["columns"])]
        return [dict(zip(keys, row, strict=True)) for row in table.spec["rows"]]

    def rows_of_roster(self) -> list[str]:
        """The ids of the class by name."""
        return [learner.id for learner in self.cohort.learners()]

    def filter(self, caption: str, **state: Any) -> None:
        """Filter as a browser would."""
        self.table(caption).hear({"kind": "view", "state": {**self.table(caption).state, **state}})


@pytest.fixture
def desk(home: Path, filled: Path, bank: Bank) -> Iterator[Desk]:
    """The class of 40 on its instructor's desk, worked out."""
    home.mkdir()
    copy(filled, home)
    desk = Desk(home, bank)
    desk.look()
    yield desk
    desk.cohort.close()


@pytest.fixture
def empty(home: Path, bank: Bank) -> Iterator[Desk]:
    """A desk to which nobody has handed in."""
    home.mkdir()
    desk = Desk(home, bank)
    yield desk
    desk.cohort.close()


def drop(desk: Desk, *files: tuple[str, bytes | None]) -> None:
    """Drop files on the place for them."""
    (place,) = of_kind(desk.blocks, BundleDrop)
    place._on_files([Handed(*file) for file in files])


# What is worked out, and when ---------------------------------------------------------------------


def test_an_empty_class_says_what_to_do_first_in_every_table(empty: Desk) -> None:
    for view in ("roster", "heat", "attention", "items"):
        empty.app.show_view(view)  # type: ignore[arg-type]
        assert "Nobody has handed in yet." in empty.words
    press(empty.blocks, "Hand in files")
    assert of_kind(empty.blocks, BundleDrop)
    empty.app.show_view("export")
    press(empty.blocks, "Make the file")
    assert "nothing to save" in empty.said


def test_the_roster_is_worked_out_once_somebody_looks_and_kept_for_the_next_time(desk: Desk) -> None:
    assert len(desk.rows("Learners")) == LEARNERS
    kept = place_of(desk.cohort.path)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    desk.open()
    assert len(desk.rows("Learners")) == LEARNERS
    assert "as of 22 November, 09:00" in desk.words
    assert desk.app._tables._made is None, "no frame was made for it"


def test_the_first_time_it_says_that_it_is_working(home: Path, filled: Path, bank: Bank) -> None:
    home.mkdir()
    copy(filled, home)
    desk = Desk(home, bank)
    assert "Working out the readiness of 40 learners" in desk.words
    desk.look()
    assert len(desk.rows("Learners")) == LEARNERS
    desk.cohort.close()


def test_yesterdays_roster_is_shown_at_once_and_then_brought_up_to_date(desk: Desk) -> None:
    desk.now += timedelta(days=1)
    desk.open()
    assert "being brought up to date" in desk.words
    assert len(desk.rows("Learners")) == LEARNERS
    desk.filter("Learners", words="learner 3")
    desk.look()
    assert "as of 23 November" in desk.words
    assert "being brought" not in desk.words
    assert desk.table("Learners").state["words"] == "learner 3"


def test_tables_that_cannot_be_read_back_are_made_anew(desk: Desk) -> None:
    place_of(desk.cohort.path).write_bytes(b"\x93 no tables of ours")
    desk.open()
    assert "Working out" in desk.words
    desk.look()
    assert len(desk.rows("Learners")) == LEARNERS


def test_a_disk_that_keeps_no_tables_costs_time_and_nothing_else(desk: Desk) -> None:
    place = place_of(desk.cohort.path)
    place.unlink()
    place.mkdir()
    desk.app.changed()
    desk.app.draw()
    assert "as of 22 November" in desk.words
    assert desk.said == ""


def test_a_view_asked_for_while_the_tables_are_worked_out_is_shown_afterwards(
    home: Path, filled: Path, bank: Bank
) -> None:
    home.mkdir()
    copy(filled, home)
    desk = Desk(home, bank)
    asked = view_button(desk, "Hand in")
    desk.look()  # takes seconds for a large class: the press is heard when it is over
    desk.page._hear(desk.page, {"block": asked, "kind": "press"}, [])
    assert of_kind(desk.blocks, BundleDrop)
    assert view_button(desk, "Hand in", look="current") == asked
    desk.cohort.close()


def view_button(desk: Desk, label: str, look: str = "plain") -> int:
    """The number under which the browser reports a press."""
    (found,) = (one.spec for one in of_kind(desk.blocks, Button) if one.spec["label"] == label)
    assert found["look"] == look
    return int(found["id"])


def test_a_filter_set_while_the_tables_are_brought_up_to_date_holds(desk: Desk) -> None:
    desk.now += timedelta(days=1)
    desk.open()
    table, screen = desk.table("Learners"), desk.page._frame.screen["number"]
    table.spec["rows"] = table.spec["rows"][1:]  # as if one had come since
    desk.look()
    state = {**table.state, "words": "learner 3"}
    desk.page._hear(desk.page, {"block": table.spec["id"], "kind": "view", "state": state}, [])
    assert desk.page._frame.screen["number"] == screen, "nobody is torn from the filter"
    assert len(desk.rows("Learners")) == LEARNERS
    assert "as of 23 November" in desk.words
    desk.app.show_view("heat")
    assert desk.table("Standing").state["words"] == "learner 3"


def test_both_tables_of_the_heat_map_are_brought_up_to_date(desk: Desk) -> None:
    desk.app.show_view("heat")
    before = desk.rows("The class")
    for learner in desk.rows_of_roster()[:30]:
        desk.cohort.forget(learner)
    desk.app.changed()
    desk.app.draw()
    assert len(desk.rows("Standing")) == LEARNERS - 30
    assert desk.rows("The class") != before


# The tables ---------------------------------------------------------------------------------------


def test_the_roster_tells_of_each_learner_what_the_frame_tells(desk: Desk) -> None:
    frame = desk.app.frames.learners.set_index("learner_id")
    for row in desk.rows("Learners"):
        told: Any = frame.loc[row["key"]]
        assert (row["answers"], row["reviewed"], row["attention"]) == (
            told["answers"],
            told["reviewed"],
            told["attention"],
        )
        assert row["gate"] == "calibrated" or not told["calibrated"]
        assert (row["readiness"][0] is None) == pd.isna(told["readiness"])
        assert row["coverage"][1].endswith(" %")
        assert row["last"][1].endswith("2026")


def test_two_learners_of_one_name_are_told_apart_and_one_without_has_a_word() -> None:
    shown = names_of([("aa11bb22", "Ana"), ("cc33dd44", " ana "), ("ee", "  "), ("ff", "Bo")])
    assert list(shown.values()) == ["Ana (aa11bb)", "ana (cc33dd)", "No name", "Bo"]


def test_the_heat_map_shows_no_standing_that_stands_on_less_than_two_questions(desk: Desk) -> None:
    desk.app.show_view("heat")
    frame = desk.app.frames.readiness.set_index(["learner_id", "competency"])
    shown = 0
    for row in desk.rows("Standing"):
        for competency in COMPETENCIES:
            told: Any = frame.loc[(row["key"], competency)]
            cell = row[competency]
            assert (cell is None) == (told["questions"] < 2 or pd.isna(told["theta"]))
            assert isinstance(cell, list) == (bool(told["ready"]) and cell is not None)
            shown += cell is not None
    assert shown > 20


def test_the_class_by_competency_counts_what_the_heat_map_shows_and_begins_with_the_lowest() -> None:
    about = ["x"] * 5
    first = [(3.4, "3.4 ✓"), 2.0, *[None] * 14]
    second = [2.4, 2.2, *[None] * 14]
    lines = class_lines([Line("a", [*about, *first]), Line("b", [*about, *second])])
    assert [line.key for line in lines[:2]] == [COMPETENCIES[1], COMPETENCIES[0]]
    assert lines[0].cells[1:] == (2, 2.1, 0, 2)
    assert lines[1].cells[1:] == (2, 2.9, 1, 1)
    assert lines[2].cells[1:] == (0, None, 0, 0)


def test_a_filter_of_the_roster_holds_in_the_heat_map_and_in_attention_and_not_for_questions(
    desk: Desk,
) -> None:
    desk.filter("Learners", words="learner", chosen={"level": "Senior"}, sort="answers", at=0)
    desk.app.show_view("heat")
    assert desk.table("Standing").state["chosen"] == {"level": "Senior"}
    desk.app.show_view("items")
    assert desk.table("Questions").state["words"] == ""
    desk.app.show_view("attention")
    assert desk.table("Who").state["words"] == "learner"
    desk.filter("Who", words="", chosen={"level": "Senior", "rule": "Silent"})
    desk.app.show_view("roster")
    assert desk.table("Learners").state["words"] == ""
    assert desk.table("Learners").state["sort"] == "answers"
    desk.app.show_view("attention")
    assert desk.table("Who").state["chosen"]["rule"] == "Silent"


def test_attention_says_why_for_every_reason_and_shows_the_rules(desk: Desk) -> None:
    desk.app.show_view("attention")
    rows = desk.rows("Who")
    assert [row["reason"] for row in rows] == list(desk.app.frames.attention["reason"])
    assert {row["urgency"][1] for row in rows} <= {"first", "soon", "some time"}
    assert "No answer for 14 days" in desk.words


# One learner, one question ------------------------------------------------------------------------


def busiest(desk: Desk) -> str:
    """The learner of most answers."""
    return str(max(desk.rows("Learners"), key=lambda row: row["answers"])["key"])


def test_a_learner_is_opened_from_the_roster_and_an_answer_read_without_a_score(desk: Desk) -> None:
    learner = busiest(desk)
    desk.table("Learners").hear({"kind": "open", "key": learner})
    row: Any = next(desk.app.frames.learners.query("learner_id == @learner").itertuples())
    assert row.sentence in desk.words
    assert len(desk.rows("Competencies")) == len(COMPETENCIES)
    answers = desk.rows("Answers")
    assert len(answers) == row.answers + row.skipped + row.retries
    answered = next(one for one in answers if one["outcome"] == "Answered")
    desk.table("Answers").hear({"kind": "open", "key": answered["key"]})
    assert classes.WORDS in desk.words
    assert answered["title"] in desk.words
    press(desk.blocks, "Back")
    assert row.sentence in desk.words
    press(desk.blocks, "Back")
    assert len(desk.rows("Learners")) == LEARNERS


def test_a_deleted_learner_is_gone_from_the_class_and_from_what_is_kept_of_it(desk: Desk) -> None:
    learner, name = (desk.rows("Learners")[0][key] for key in ("key", "name"))
    desk.app.open_learner(learner)
    (typed,) = (one for one in of_kind(desk.blocks, Block) if one.spec.get("label") == "Name")
    typed.hear({"kind": "change", "value": name})
    press(desk.blocks, "Delete this learner")
    assert desk.said == f"{name} was deleted."
    assert name not in [row["name"] for row in desk.rows("Learners")]
    assert learner.encode() not in place_of(desk.cohort.path).read_bytes()
    desk.app.on(desk.app.open_learner)(learner)
    assert "no longer in the class" in desk.said


def test_questions_to_mend_come_first_and_lead_to_the_anchor(desk: Desk) -> None:
    entry = desk.bank.select(level="director")[0]
    for number in range(12):  # nobody is above 3
        attempt = classes.make_attempt(f"d{number}", entry, desk.now)
        items = [attempt, classes.make_rating(attempt, [2 + number % 2] * 4, "self")]
        desk.cohort.merge([classes.as_bundle(f"d{number:031}", f"Director {number}", items)])
    desk.app.show_view("items")
    rows = desk.rows("Questions")
    marked = [bool(isinstance(row["mend"], str) and row["mend"]) for row in rows]
    assert marked == sorted(marked, reverse=True)
    found = desk.app.frames.item_criteria
    mended: Any = next(found[found["mend"] != ""].dropna(subset=["anchor"]).itertuples())
    desk.table("Questions").hear(
        {"kind": "open", "key": item_key(mended.question_id, mended.question_version)}
    )
    question = desk.bank.question(mended.question_id)
    assert mended.mend in desk.words
    assert "Mend this line" in desk.words
    assert question.criterion(mended.criterion).anchors[int(mended.anchor)] in desk.words
    assert f"{mended.question_id}.yaml" in desk.words
    assert len(desk.rows("By criterion")) == 4


def test_a_question_of_another_version_says_that_its_anchors_are_gone(desk: Desk) -> None:
    entry = desk.bank.entries[0]
    attempt = classes.make_attempt("old", entry, desk.now)
    older = classes.replace_version(attempt, entry.version + 1)
    desk.cohort.merge(
        [classes.as_bundle("f" * 32, "Zoe", [older, classes.make_rating(older, [3] * 4, "self")])]
    )
    desk.app.changed()
    desk.app.open_item(item_key(entry.id, entry.version + 1))
    assert f"holds version {entry.version}" in desk.words


# Handing in ---------------------------------------------------------------------------------------


def test_files_that_are_dropped_are_merged_once_and_each_is_accounted_for(empty: Desk) -> None:
    empty.app.show_view("hand_in")
    chance = random.Random(7)  # noqa: S311 - no secret
    good = classes.bundle(empty.bank, 1, chance, 6, name=EVIL).getvalue()
    drop(empty, ("ana.jsonl", good), ("holiday.jpg", b"\xff\xd8"), ("huge.zip", None))
    rows = empty.rows("Files")
    assert [row["state"] for row in rows] == ["New", "Not used", "Not used"]
    assert rows[0]["learner"].startswith(" ".join(EVIL.split())[:20])
    assert "put it into a folder" in rows[2]["problems"]
    assert "3 files read" in empty.words
    assert "No learner yet" not in empty.words
    assert "1 learner" in empty.words
    drop(empty, ("again.jsonl", good))
    assert empty.rows("Files")[0]["state"] == "Known"
    assert len(empty.rows("Files")) == 4
    empty.app.show_view("roster")
    assert len(empty.rows("Learners")) == 1


def test_a_folder_is_read_with_what_lies_in_it_and_remembered(empty: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    (folder / "late").mkdir(parents=True)
    chance = random.Random(7)  # noqa: S311 - no secret
    for number, place in enumerate((folder / "a.jsonl", folder / "late" / "b.jsonl")):
        place.write_bytes(classes.bundle(empty.bank, number, chance, 4).getvalue())
    empty.app.show_view("hand_in")
    (box,) = (one for one in of_kind(empty.blocks, Block) if one.spec.get("label") == "Or a folder")
    box.hear({"kind": "change", "value": str(tmp_path / "nowhere")})
    press(empty.blocks, "Read the folder")
    assert "is no folder on this machine" in empty.said
    box.hear({"kind": "change", "value": str(folder)})
    press(empty.blocks, "Read the folder")
    assert {row["state"] for row in empty.rows("Files")} == {"New"}
    empty.open()
    empty.app.show_view("hand_in")
    assert str(folder) in [one.spec.get("value") for one in of_kind(empty.blocks, Block)]


def test_one_id_with_two_contents_is_listed(empty: Desk) -> None:
    entry = empty.bank.entries[0]
    for words in ("first", "second"):
        attempt = classes.make_attempt("same", entry, empty.now)
        empty.cohort.merge([classes.as_bundle("a" * 32, "Ana", [classes.replace_words(attempt, words)])])
    empty.app.show_view("hand_in")
    (row,) = empty.rows("One id")
    assert (row["kind"], row["id"], row["contents"]) == ("attempt", "asame", 2)


# Saving -------------------------------------------------------------------------------------------


def choose(desk: Desk, label: str, value: str) -> None:
    """Choose from a list, or type into a box."""
    (found,) = (one for one in of_kind(desk.blocks, Block) if one.spec.get("label") == label)
    found.hear({"kind": "change", "value": value})


def saved(desk: Desk) -> SavedFile:
    """The file on offer."""
    (_, below) = desk.page.children
    assert isinstance(below, SavedFile)
    return below


def content(file: SavedFile) -> BytesIO:
    """What it holds."""
    from base64 import b64decode

    return BytesIO(b64decode(file.content))


def read_excel(file: BytesIO) -> dict[str, int]:
    book = load_workbook(file, read_only=True)
    return {name: sum(1 for _ in book[name]) - 1 for name in book.sheetnames if name != "about"}


def read_csv(file: BytesIO) -> dict[str, int]:
    with ZipFile(file) as packed:
        return {name[:-4]: len(pd.read_csv(packed.open(name))) for name in packed.namelist()}


def read_parquet(file: BytesIO) -> dict[str, int]:
    with ZipFile(file) as packed:
        found = {name[:-8]: pd.read_parquet(BytesIO(packed.read(name))) for name in packed.namelist()}
    return {name: len(frame) for name, frame in found.items()}


@pytest.mark.parametrize(
    ("form", "read"), [("xlsx", read_excel), ("csv", read_csv), ("parquet", read_parquet)]
)
def test_the_frames_are_saved_whole_in_every_format(
    desk: Desk, form: str, read: Callable[[BytesIO], dict[str, int]]
) -> None:
    desk.app.show_view("export")
    choose(desk, "Format", form)
    press(desk.blocks, "Make the file")
    assert desk.said == ""
    rows = {name: len(getattr(desk.app.frames, name)) for name in SHORT}
    assert read(content(saved(desk))) == rows
    desk.app.show_view("roster")
    assert len(desk.page.children) == 1, "the file goes with its screen"


def test_each_score_is_saved_too_when_asked_for(desk: Desk) -> None:
    desk.app.show_view("export")
    choose(desk, "Format", "parquet")
    choose(desk, "Tables", "whole")
    press(desk.blocks, "Make the file")
    rows = {name: len(frame) for name, frame in desk.app.frames.tables().items()}
    assert read_parquet(content(saved(desk))) == rows
    assert rows["criterion_scores"] > 1000


def test_the_class_and_one_learner_are_saved_as_pages_to_print(desk: Desk) -> None:
    desk.app.show_view("export")
    choose(desk, "Format", "html")
    press(desk.blocks, "Make the file")
    page = content(saved(desk)).getvalue().decode()
    assert all(f"Learner {number}" in page for number in range(LEARNERS))
    desk.app.open_learner(desk.rows_of_roster()[0])
    press(desk.blocks, "Make the page")
    page = content(saved(desk)).getvalue().decode()
    assert classes.WORDS in page
    assert "Learner 1" not in page


def test_an_answer_read_is_a_press_away_from_its_review(desk: Desk) -> None:
    desk.record.prefer("reviewer_name", "Cleo")
    learner = busiest(desk)
    desk.app.open_learner(learner)
    answered = next(one for one in desk.rows("Answers") if one["outcome"] == "Answered")
    desk.table("Answers").hear({"kind": "open", "key": answered["key"]})
    press(desk.blocks, "Review it")
    assert desk.said == ""
    assert desk.app.view == "review"
    assert classes.WORDS in str(desk.page._frame.screen)


def test_a_gradebook_holds_whoever_has_an_identifier_and_lists_the_others(desk: Desk) -> None:
    desk.app.show_view("export")
    choose(desk, "Identifiers", "Learner 1 = one@example.org; Nobody = none@example.org")
    (place,) = of_kind(desk.blocks, FileDrop)
    place._on_files([Handed("class.csv", b"name,identifier\nLearner 2,two@example.org\n")])
    assert "class.csv" in desk.words
    press(desk.blocks, "Make the gradebook")
    assert desk.said == ""
    text = content(saved(desk)).getvalue().decode("utf-8-sig")
    assert "one@example.org" in text
    assert "two@example.org" in text
    assert f"{LEARNERS - 2} learners left out" in desk.words
    assert "Nobody" in desk.words
    place._on_files([Handed("list.csv", b"who,what\n1,2\n")])
    assert "needs a first row" in desk.said


# As a value ---------------------------------------------------------------------------------------


def test_the_frames_are_attributes_and_asking_the_notebook_for_others_makes_none(desk: Desk) -> None:
    view = CohortView(desk.cohort)
    assert not hasattr(view, "_ipython_display_")
    assert view._frames is None
    assert len(view.learners) == LEARNERS
    assert "review_queue" in dir(view)
    with pytest.raises(AttributeError):
        view.nothing  # noqa: B018 - asking is the test


def test_a_class_that_cannot_be_read_is_said_on_the_screen(home: Path) -> None:
    home.mkdir()
    (home / "cohort.sqlite3").write_bytes(b"no database at all" * 100)
    page = CohortView(None).draw(lambda: classes.NOW)
    assert page._frame.message["tone"] == "alert"
