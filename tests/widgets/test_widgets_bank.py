"""The screens of the question bank: browse, read, coverage, check."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from drawn import EVIL, Drawn, drawn, labels, of_kind, press
from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank, Entry
from itpm_prep.bank.coverage import count_coverage
from itpm_prep.bank.handed import FileReport
from itpm_prep.bank.topics import read_topics
from itpm_prep.problems import Problem
from itpm_prep.widgets import bank_screen as screens
from itpm_prep.widgets.blocks import Choice, FileDrop, Handed, Html, Input, Item, Listing, Row, Select
from itpm_prep.widgets.coverage_screen import coverage_blocks
from itpm_prep.widgets.question_sheet import candidate_sheet, interviewer_sheet

KEYED = "SCN-SOF-001"


def nothing(*_: object) -> None:
    """Nobody listens."""


# Listing and files --------------------------------------------------------------------------------


def test_a_listing_opens_its_own_lines_and_no_other() -> None:
    opened: list[str] = []
    listing = Listing([Item("a", "A", "first")], opened.append)
    listing.hear({"kind": "open", "value": "a"})
    listing.hear({"kind": "open", "value": "b"})
    listing.fill([Item("b", "B", "second")])
    listing.hear({"kind": "open", "value": "a"})
    listing.hear({"kind": "open", "value": "b"})
    assert opened == ["a", "b"]


def test_files_arrive_as_bytes_and_one_over_the_limit_without_its_content() -> None:
    handed: list[Handed] = []
    drop = FileDrop("Drop", ".yaml", 10, handed.extend)
    drop.hear(
        {
            "files": [
                {"name": "one.yaml", "content": b64encode(b"id: \xff").decode()},
                {"name": "two.yaml", "content": None},
                "no file",
            ]
        }
    )
    assert handed == [Handed("one.yaml", b"id: \xff"), Handed("two.yaml", None)]
    drop.hear({"files": [{"name": str(number), "content": ""} for number in range(50)]})
    assert len(handed) == 2 + FileDrop.MOST


# Browse -------------------------------------------------------------------------------------------


def browse(bank: Bank) -> tuple[screens.BrowseScreen, list[screens.Wish], list[str]]:
    wishes: list[screens.Wish] = []
    opened: list[str] = []

    def find(wish: screens.Wish) -> Sequence[Entry]:
        wishes.append(wish)
        return [one for one in bank.entries if wish.category in ("", one.category)] if not wish.words else []

    return screens.BrowseScreen(find, opened.append), wishes, opened


def test_a_filter_asks_anew_and_the_list_shows_what_was_found(bank: Bank) -> None:
    screen, wishes, opened = browse(bank)
    blocks = screen.blocks()
    category = of_kind(blocks, Select)[0]
    category.hear({"value": "scenario"})
    assert wishes[-1] == screens.Wish(category="scenario")
    (listing,) = of_kind(blocks, Listing)
    assert {item["tone"] for item in listing.spec["items"]} == {"scenario"}
    listing.hear({"value": listing.spec["items"][0]["value"]})
    assert opened[0].startswith("SCN-")
    assert of_kind(screen.blocks(), Select)[0].value == "scenario"  # as it was left, when drawn again


def test_where_nothing_fits_the_screen_says_what_to_do(bank: Bank) -> None:
    screen, _, _ = browse(bank)
    blocks = screen.blocks()
    of_kind(blocks, Input)[0].hear({"value": "zebra"})
    assert "No question fits. Take a filter away." in drawn(blocks).words


# Read ---------------------------------------------------------------------------------------------


def test_a_question_opens_as_the_candidate_sees_it_and_gives_nothing_away(bank: Bank) -> None:
    question = bank.question(KEYED)
    words = Drawn(candidate_sheet(question)).words
    assert question.stem in words
    assert question.figures[0].ask in words
    hidden = [question.intent, *question.strong_points, *(probe.ask for probe in question.probes)]
    assert not [one for one in hidden if one in words]


def test_the_interviewer_sees_all_that_belongs_to_it(bank: Bank) -> None:
    question = bank.question(KEYED)
    names = {topic.id: topic.name for topic in read_topics()}
    words = Drawn(interviewer_sheet(question, names)).words
    shown = [
        question.intent,
        *question.strong_points,
        *(probe.ask for probe in question.probes),
        *(flag.text for flag in question.red_flags),
        *(one.anchors[score] for one in question.criteria for score in range(1, 6)),
        *(one.text for one in question.benchmarks),
        *(names[topic] for topic in question.topics),
        *(figure.formula for figure in question.figures),
        "not reviewed by a person yet",
    ]
    assert not [one for one in shown if one not in words]


def test_the_sheet_follows_the_reader_chosen(bank: Bank) -> None:
    question, tried = bank.question(KEYED), []
    blocks = screens.read_screen(question, {}, nothing, lambda: tried.append("run"))
    (reader,) = of_kind(blocks, Choice)
    assert question.intent not in drawn(blocks).words
    reader.hear({"chosen": ["interviewer"]})
    assert question.intent in drawn(blocks).words
    reader.hear({"chosen": ["candidate"]})
    assert question.intent not in drawn(blocks).words
    press(blocks, "Try in a practice run")
    assert tried == ["run"]


def test_what_an_author_wrote_is_escaped_everywhere(bank: Bank) -> None:
    question = bank.question(KEYED)
    evil = replace(
        question,
        stem=EVIL,
        intent=EVIL,
        strong_points=(EVIL,) * 4,
        probes=tuple(replace(probe, ask=EVIL) for probe in question.probes),
        figures=tuple(replace(figure, ask=EVIL, formula=EVIL, unit=EVIL) for figure in question.figures),
        provenance=replace(question.provenance, author=EVIL),
        frameworks=(EVIL,),
    )
    for markup in (candidate_sheet(evil), interviewer_sheet(evil, {})):
        assert not {"script", "img"} & set(Drawn(markup).tags)
        assert EVIL in Drawn(markup).words


# Coverage -----------------------------------------------------------------------------------------


def test_coverage_counts_against_the_release_chosen(bank: Bank) -> None:
    coverage = count_coverage([bank.question(entry.id) for entry in bank.entries], read_topics())
    blocks = coverage_blocks(coverage)
    (target,) = of_kind(blocks, Choice)
    first = drawn(blocks).words
    target.hear({"chosen": ["full"]})
    full = drawn(blocks).words
    total = coverage.tables[0].counts[-1][-1]
    assert f"{total.have} of {total.first}" in first
    assert f"{total.have} of {total.full}" in full
    assert f"{len(coverage.gaps('full'))} gaps left." in full


def test_every_cell_of_a_heat_map_says_its_numbers(bank: Bank) -> None:
    coverage = count_coverage([bank.question(entry.id) for entry in bank.entries], read_topics())
    page = drawn(coverage_blocks(coverage))
    cells = [words for words in page.all("td") if words.strip()]
    assert cells
    assert all(words.startswith(" of ") for words in cells)


# Check --------------------------------------------------------------------------------------------


def report(bank: Bank | None, **changes: Any) -> FileReport:
    question = bank.question(KEYED) if bank else None
    return replace(FileReport("draft.yaml", (), (), question), **changes)


def test_a_file_without_fault_can_be_read_and_tried(bank: Bank) -> None:
    read, tried = [], []  # type: ignore[var-annotated]
    blocks = [screens.result(report(bank), read.append, tried.append)]
    assert "No fault." in drawn(blocks).words
    press(blocks, "Read it")
    press(blocks, "Try in a practice run")
    assert [one.id for one in (*read, *tried)] == [KEYED, KEYED]


def test_faults_are_told_with_key_line_and_rule_and_escaped() -> None:
    fault = Problem("draft.yaml", 7, "stem", EVIL, "be 8-45 words long", "length")
    blocks = [screens.result(report(None, problems=(fault,)), nothing, nothing)]
    words = drawn(blocks).words
    assert "stem, line 7" in words
    assert EVIL in words
    assert "must be 8-45 words long" in words
    assert "(length)" in words
    assert "script" not in drawn(blocks).tags
    assert labels(blocks) == []


def test_the_views_lead_to_each_other() -> None:
    seen: list[str] = []
    blocks = screens.head("coverage", "3 questions", seen.append)
    for name in screens.VIEWS.values():
        press(blocks, name)
    assert seen == ["browse", "coverage", "check"]


def test_results_are_shown_below_the_place_to_drop_files() -> None:
    results = Row(Html("found"))
    blocks = screens.check_screen(10, nothing, results)
    assert of_kind(blocks, FileDrop)
    assert blocks[-1] is results
