"""Kits in the cohort app: made, saved, put off, and who has done them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from kit_samples import ASKED, KIT_ID, answer, sample_kit
from seen import Seen

from itpm_prep.apps.cohort.controller import CohortApp
from itpm_prep.apps.cohort.kit_making import end_of
from itpm_prep.apps.cohort.kits import MADE
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.kit_files import encode_kit, read_kit
from itpm_prep.practice.kits import Kit
from itpm_prep.practice.presets import Preset, encode_preset
from itpm_prep.practice.records import Attempt, Interview, Rules, Setup, Turn
from itpm_prep.problems import PersonError
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Choice, FileDrop, Handed, Input, Listing, Select
from itpm_prep.widgets.kit_form import Order
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.parts import AnswerForm
from itpm_prep.widgets.table import Table

NOW = datetime.now(UTC).astimezone()


@pytest.fixture
def cohort(home: Path) -> Iterator[Cohort]:
    cohort = open_cohort(home / "cohort.sqlite3")
    yield cohort
    cohort.close()


@pytest.fixture
def page(record: LocalRecord, cohort: Cohort, bank: Bank) -> Seen:
    page = Seen()
    CohortApp(page, cohort, record, bank, lambda: NOW).show_view("kits")
    return page


def bundle(folder: Path, name: str, attempts: Sequence[Attempt]) -> tuple[str, BytesIO]:
    """What a learner of that name hands in."""
    with open_record(folder / f"{name}.sqlite3") as record:
        setup = Setup(level="senior", categories=("scenario",), mode="mock", length=1, seed=1)
        turns = (Turn(question_id=ASKED[0], question_version=1),)
        interview = Interview(
            id="i1", setup=setup, bank_hash="b", turns=turns, started_at=NOW, touched_at=NOW
        )
        record.begin(interview, "tab", NOW)
        record.advance(interview, attempts, "tab", NOW)
        file = BytesIO()
        export_bundle(record, file, learner=Learner(name * 8, name))
    file.seek(0)
    return f"{name}.jsonl", file


def choose(page: Page, values: Sequence[str]) -> None:
    """Tick these questions among those shown, and no others."""
    ticks = next(one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "ticks")  # type: ignore[attr-defined]
    ticks.hear({"kind": "change", "chosen": list(values)})


def shown(page: Seen) -> list[str]:
    """The questions to tick."""
    ticks = [one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "ticks"]
    return [one["value"] for one in ticks[0].spec["choices"]] if ticks else []


def fill(page: Seen, label: str, value: str) -> None:
    """Type into a field."""
    found = [one for kind in (Input, Select) for one in of_kind(page.blocks, kind)]
    next(one for one in found if one.spec["label"] == label).hear({"kind": "change", "value": value})


def make(page: Seen, title: str = "Week 3", message: str = "Take your time.") -> None:
    """Press the button at the end of the form."""
    (form,) = of_kind(page.blocks, AnswerForm)
    texts = {"title": title, "message": message}
    form.hear({"kind": "act", "action": "make", "texts": texts})


def order(page: Seen) -> Order:
    return of_kind(page.blocks, Order)[0]


def in_days(days: int) -> str:
    return (NOW.date() + timedelta(days=days)).isoformat()


def saved(page: Seen) -> Kit:
    """The kit in the file on offer."""
    (address,) = (value for name, value in drawn(page.blocks).attributes if name == "href")
    return read_kit(b64decode(str(address).partition(",")[2]), "kit.json")


def made(record: LocalRecord) -> list[Kit]:
    return [read_kit(text.encode(), "kit") for text in record.documents(MADE).values()]


# Making -------------------------------------------------------------------------------------------


def test_questions_are_filtered_ticked_and_put_in_order_and_the_file_holds_just_these(
    page: Seen, bank: Bank
) -> None:
    press(page.blocks, "Make a kit")
    fill(page, "Category", "scenario")
    fill(page, "Level", "senior")
    found = bank.select(category="scenario", level="senior")
    assert shown(page) == [entry.id for entry in found][:12]
    assert f"{len(found)} questions" in page.words
    first, second = shown(page)[:2]
    choose(page, [first, second])
    fill(page, "Category", "behavioral")
    fill(page, "Words", "no such words")
    assert "No question fits. Take a filter away." in page.words
    fill(page, "Words", "")
    third = shown(page)[0]
    choose(page, [third])
    assert "3 questions, about" in page.words
    order(page).hear({"kind": "order", "values": [third, second, first, "strange"]})
    fill(page, "Due date", in_days(7))
    fill(page, "From", "Ms Hahn")
    make(page, EVIL, EVIL)
    assert page.said.startswith("The kit is made.")
    kit = saved(page)
    assert [one.id for one in kit.questions] == [third, second, first]
    assert (kit.title, kit.message, kit.made_by, kit.mode) == (EVIL, EVIL, "Ms Hahn", "mock")
    assert kit.due_at == end_of(in_days(7))
    assert "script" not in drawn(page.blocks).tags


def test_the_words_filter_looks_at_every_word_of_the_question(page: Seen) -> None:
    press(page.blocks, "Make a kit")
    fill(page, "Words", "amber REPORT")
    assert "SCN-SOF-001" in shown(page)
    fill(page, "Words", "SCN-SOF-001")
    assert shown(page) == ["SCN-SOF-001"]


def test_more_questions_come_when_asked_for_and_ticks_stay(page: Seen) -> None:
    press(page.blocks, "Make a kit")
    first = shown(page)[0]
    choose(page, [first])
    press(page.blocks, "Show 12 more")
    assert len(shown(page)) == 24
    ticks = next(one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "ticks")
    assert ticks.chosen == [first]
    order(page).hear({"kind": "order", "values": []})
    ticks = next(one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "ticks")
    assert ticks.chosen == []
    assert "Nothing yet: tick questions above." in page.words


def test_what_is_missing_is_said_and_the_draft_stays_through_a_new_page(
    page: Seen, record: LocalRecord, cohort: Cohort, bank: Bank
) -> None:
    press(page.blocks, "Make a kit")
    make(page, "Week 3", EVIL)
    assert page.said == "The kit has no question. Choose at least one."
    choose(page, shown(page)[:1])
    fill(page, "Due date", in_days(-1))
    make(page, "Week 3", EVIL)
    assert "has passed" in page.said
    make(page, "", EVIL)
    assert "no title" in page.said
    (form,) = of_kind(page.blocks, AnswerForm)
    form.hear({"kind": "draft", "box": "title", "text": "Half a ti", "number": 1})

    again = Seen()
    CohortApp(again, cohort, record, bank, lambda: NOW).show_view("kits")
    press(again.blocks, "Go on with your kit")
    (form,) = of_kind(again.blocks, AnswerForm)
    assert [box["text"] for box in form.spec["parts"]] == ["Half a ti", EVIL]
    assert len(order(again).spec["items"]) == 1
    fill(again, "Due date", "")
    make(again)
    assert "No due date." in again.words
    press(again.blocks, "Back to the kits")
    assert "Make a kit" in labels(again.blocks)
    assert len(made(record)) == 1


def test_more_questions_than_an_interview_can_ask_are_refused(page: Seen) -> None:
    press(page.blocks, "Make a kit")
    press(page.blocks, "Show 12 more")
    choose(page, shown(page)[:21])
    assert "A kit may have 20: take 1 out." in page.words
    make(page)
    assert "The kit has 21 questions" in page.said


def test_times_takes_and_a_set_of_ones_own_go_into_the_kit(page: Seen, record: LocalRecord) -> None:
    rules = Rules(think_s=15, answer_s=90, takes=3, probes=0)
    setup = Setup(level="mid", categories=("change",), mode="own", length=3, seed=1, rules=rules)
    record.keep_document("preset", "p1", encode_preset(Preset(id="p1", name=EVIL, setup=setup)), NOW)
    press(page.blocks, "Make a kit")
    choose(page, shown(page)[:1])
    how = next(one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "cards")
    how.hear({"kind": "change", "chosen": ["own"]})
    fill(page, "Answer time", "60")
    make(page)
    assert (saved(page).mode, saved(page).rules) == (
        "own", Rules(think_s=60, answer_s=60, takes=2, probes=1, scores="each"),
    )  # fmt: skip
    press(page.blocks, "Copy as a new kit")
    how = next(one for one in of_kind(page.blocks, Choice) if one.spec["look"] == "cards")
    how.hear({"kind": "change", "chosen": ["set:p1"]})
    make(page, "Second")
    assert saved(page).rules == rules
    assert len({kit.id for kit in made(record)}) == 2


def test_a_copy_does_not_push_a_kit_in_the_making_aside(page: Seen, record: LocalRecord) -> None:
    record.keep_document(MADE, KIT_ID, encode_kit(sample_kit()).decode(), NOW)
    press(page.blocks, "Make a kit")
    fill(page, "From", "Ms Hahn")
    press(page.blocks, "Back to the kits")
    of_kind(page.blocks, Listing)[0].hear({"kind": "open", "value": KIT_ID})
    press(page.blocks, "Copy as a new kit")
    assert "A kit is in the making." in page.said
    press(page.blocks, "Back to the kits")
    press(page.blocks, "Go on with your kit")
    press(page.blocks, "Discard this draft")
    assert "Make a kit" in labels(page.blocks)


# Given out ----------------------------------------------------------------------------------------


def opened(page: Seen, kit: Kit) -> None:
    """Drop a kit file on the list."""
    of_kind(page.blocks, FileDrop)[0]._on_files([Handed("kit.json", encode_kit(kit))])


def test_a_due_date_put_off_makes_a_newer_file_of_the_same_kit(page: Seen, record: LocalRecord) -> None:
    opened(page, sample_kit())
    fill(page, "Due date", in_days(-2))
    assert "has passed" in page.said
    fill(page, "Due date", in_days(5))
    assert page.said.startswith("The due date is changed here.")
    later = saved(page)
    assert (later.id, later.due_at) == (KIT_ID, end_of(in_days(5)))
    assert later.made_at > sample_kit().made_at
    press(page.blocks, "Back to the kits")
    opened(page, sample_kit())  # the older file takes nothing back
    assert made(record)[0].due_at == later.due_at


def test_files_that_are_no_kits_are_told_and_a_kit_is_deleted_after_a_second_word(
    page: Seen, record: LocalRecord
) -> None:
    drop = of_kind(page.blocks, FileDrop)[0]
    drop._on_files([Handed("a.json", b"{"), Handed("kit.json", encode_kit(sample_kit(title=EVIL)))])
    assert page.said.startswith("a.json cannot be read")
    assert EVIL in page.words
    press(page.blocks, "Delete from the list")
    press(page.blocks, "Keep it")
    press(page.blocks, "Delete from the list")
    press(page.blocks, "Delete it")
    assert made(record) == []
    assert not of_kind(page.blocks, Listing)


def test_done_late_missing_and_open_are_shown_for_each_learner(
    page: Seen, cohort: Cohort, tmp_path: Path
) -> None:
    done = [answer(one, 1) for one in ASKED]
    late = [*done[:2], answer(ASKED[2], 24 * 8)]
    cohort.merge(
        [
            bundle(tmp_path, "Ann", done),
            bundle(tmp_path, "Bo", late),
            bundle(tmp_path, "Cy", [*done[:1], answer(ASKED[1], 2, outcome="skipped")]),
            bundle(tmp_path, "Di", [answer(ASKED[0], 1, kit="ab" * 16)]),
        ]
    )
    press(page.blocks, "Kits")
    assert "Answers to 2 kits were handed in that are not in this list." in page.words
    opened(page, sample_kit())
    assert "1 done, 1 done late, 2 missing, of 4 learners who handed in." in page.words
    (table,) = of_kind(page.blocks, Table)
    rows = {row[1]: row[2:5] for row in table.spec["rows"]}
    assert rows == {
        "Ann": ["Done", [3, "3 of 3"], 0],
        "Bo": ["Done late", [3, "3 of 3"], 0],
        "Cy": ["Missing", [1, "1 of 3"], 1],
        "Di": ["Missing", [0, "0 of 3"], 0],
    }
    press(page.blocks, "Back to the kits")
    assert "1 done, 1 done late, 2 missing" in json.dumps(of_kind(page.blocks, Listing)[0].spec["items"])
    assert "Answers to 1 kit were handed in that is not in this list." in page.words


def test_a_day_ends_with_its_last_second_here_and_what_is_no_day_is_told() -> None:
    end = end_of("2026-12-01")
    assert end is not None
    assert end.date() == date(2026, 12, 1)
    assert (end + timedelta(seconds=1)).astimezone().date() == date(2026, 12, 2)
    assert end_of("") is None
    with pytest.raises(PersonError, match="is no date"):
        end_of("<b>")
