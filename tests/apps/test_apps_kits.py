"""A kit at the learner's: opened from a file, answered in an interview, handed in as whole."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from drawn import EVIL, drawn, labels, of_kind, press
from kit_samples import KIT_ID, sample_kit
from msgspec.structs import replace
from seen import Seen

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.kits import KIND
from itpm_prep.apps.start import Start
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.kit_files import encode_kit
from itpm_prep.practice.kits import Kit, KitQuestion
from itpm_prep.reports.kit_status import kit_status
from itpm_prep.reports.source import source_of_cohort
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets.blocks import FileDrop, Handed, Input, Listing
from itpm_prep.widgets.parts import AnswerForm, EvidencePicker

NOW = datetime.now(UTC)
SOON, PAST = NOW + timedelta(days=3), NOW - timedelta(days=3)


@pytest.fixture
def page(record: LocalRecord, bank: Bank) -> Seen:
    page = Seen()
    MockInterview(page, record, bank, {}).set_up()
    page._hear(page, {"kind": "tab", "tab": "t1"}, [])
    return page


def kit(**changes: object) -> Kit:
    """A kit of two questions of the shipped bank, due in three days."""
    asked = (KitQuestion("SCN-SOF-001"), KitQuestion("BEH-GEN-001"))
    return sample_kit(**{"questions": asked, "due_at": SOON} | changes)


def hand_over(page: Seen, *files: tuple[str, bytes | None]) -> None:
    """Drop files on the kits screen."""
    if not of_kind(page.blocks, FileDrop):
        press(page.blocks, "Kits")
    (drop,) = of_kind(page.blocks, FileDrop)
    drop._on_files([Handed(*file) for file in files])


def opened(page: Seen, given: Kit) -> None:
    hand_over(page, ("kit.json", encode_kit(given)))


def act(page: Seen, action: str, text: str = "") -> None:
    """Press a button of the form on the screen, with the same words in every box."""
    (form,) = of_kind(page.blocks, AnswerForm)
    form.hear({"kind": "act", "action": action, "texts": dict.fromkeys(form._shown, text)})


def answer(page: Seen) -> None:
    """From preparing to past the probes."""
    act(page, "start")
    act(page, "submit", "On 3 May the supplier told Ana that 46 units were late by two weeks.")
    while any(
        box["box"].startswith("probe:")
        for form in of_kind(page.blocks, AnswerForm)
        for box in form.spec["parts"]
    ):
        act(page, "pass")


def titles(bank: Bank, ids: Sequence[str]) -> list[str]:
    return [bank.question(one).title for one in ids]


# Opened -------------------------------------------------------------------------------------------


def test_a_kit_shows_its_message_due_date_and_kinds_of_questions_but_not_their_titles(
    page: Seen, record: LocalRecord, bank: Bank
) -> None:
    opened(page, kit(message=EVIL, title="Week 3"))
    assert EVIL in page.words
    assert "script" not in drawn(page.blocks).tags
    assert drawn(page.blocks).all("h1") == ["Week 3"]
    for words in (
        "Open",
        "in 3 days",
        "0 of 2 answered",
        "From Ms Hahn.",
        "Scenario, senior",
        "2 questions to answer",
    ):
        assert words in page.words
    assert not any(title in page.words for title in titles(bank, ["SCN-SOF-001", "BEH-GEN-001"]))
    assert list(record.documents(KIND)) == [KIT_ID]


def test_an_opened_kit_waits_on_the_set_up_and_on_the_start_page(
    page: Seen, record: LocalRecord, bank: Bank
) -> None:
    opened(page, kit(title=EVIL))
    press(page.blocks, "Back to the kits")
    (listing,) = of_kind(page.blocks, Listing)
    assert listing.spec["items"][0]["title"] == EVIL
    press(page.blocks, "Back to the set-up")
    assert f"Kit: {EVIL}." in page.words
    press(page.blocks, "Open the kit")
    assert drawn(page.blocks).all("h1") == [EVIL]
    first = Seen()
    Start(first, record, bank).draw()
    assert f"Kit: {EVIL}. Due on" in first.words
    assert "script" not in drawn(first.blocks).tags


def test_a_kit_whose_due_date_has_passed_opens_and_says_that_it_counts_as_late(page: Seen) -> None:
    opened(page, kit(due_at=PAST))
    assert "Overdue" in page.words
    assert "It can still be answered, and counts as late." in page.words
    assert "Begin" in labels(page.blocks)


def test_questions_that_the_bank_lacks_are_named_and_the_others_can_be_answered(page: Seen) -> None:
    opened(page, kit(questions=(KitQuestion("XYZ-GEN-001"), KitQuestion("BEH-GEN-001"))))
    assert "XYZ-GEN-001 is not in your question bank." in page.words
    press(page.blocks, "Begin")
    assert "Question 1 of 1" in page.words


def test_a_kit_of_which_the_bank_has_nothing_cannot_be_begun(page: Seen) -> None:
    opened(page, kit(questions=(KitQuestion("XYZ-GEN-001"), KitQuestion("XYZ-GEN-002"))))
    assert "XYZ-GEN-001, XYZ-GEN-002 are not in your question bank." in page.words
    assert "Begin" not in labels(page.blocks)


def test_files_that_are_no_kits_are_told_and_take_nothing_away(page: Seen, record: LocalRecord) -> None:
    opened(page, kit())
    press(page.blocks, "Back to the kits")
    before = record.documents(KIND)
    hand_over(page, ("a.json", b"{"), ("b.json", None), ("<b>.json", b"[]"))
    assert page.said.startswith("a.json cannot be read as a kit")
    assert "b.json is larger" in page.said
    assert "<b>.json is not a kit" in page.said
    assert record.documents(KIND) == before
    hand_over(page, ("a.json", b"{"), ("c.json", encode_kit(kit(id="ab" * 16, title="Second"))))
    assert drawn(page.blocks).all("h1") == ["Second"]
    assert page.said.startswith("a.json cannot be read")
    assert len(record.documents(KIND)) == 2


def test_of_two_files_of_one_kit_the_newer_one_stays_whatever_the_order(page: Seen) -> None:
    put_off = kit(due_at=SOON + timedelta(days=7))
    put_off = replace(put_off, made_at=put_off.made_at + timedelta(days=1))
    for given in (kit(), put_off, kit()):
        opened(page, given)
        press(page.blocks, "Back to the kits")
    (listing,) = of_kind(page.blocks, Listing)
    assert len(listing.spec["items"]) == 1
    assert "in 10 days" in listing.spec["items"][0]["note"]


def test_a_kit_taken_off_the_list_is_gone_and_can_be_opened_again(page: Seen, record: LocalRecord) -> None:
    opened(page, kit())
    press(page.blocks, "Take it off the list")
    assert not of_kind(page.blocks, Listing)
    assert record.documents(KIND) == {}
    opened(page, kit())
    assert "Begin" in labels(page.blocks)


# Answered -----------------------------------------------------------------------------------------


def test_the_interview_asks_the_questions_of_the_kit_in_its_order_and_its_answers_name_it(
    page: Seen, record: LocalRecord, bank: Bank
) -> None:
    opened(page, kit())
    press(page.blocks, "Begin")
    assert page.said == "Kit: Week 3: risks."
    for asked in ("SCN-SOF-001", "BEH-GEN-001"):
        assert bank.question(asked).stem in page.words
        answer(page)
    assert [(one.question_id, one.kit, one.mode) for one in record.attempts()] == [
        ("SCN-SOF-001", KIT_ID, "mock"),
        ("BEH-GEN-001", KIT_ID, "mock"),
    ]


def test_what_was_skipped_can_be_answered_later_and_then_the_kit_is_done(
    page: Seen, record: LocalRecord, bank: Bank
) -> None:
    opened(page, kit())
    press(page.blocks, "Begin")
    act(page, "skip")
    act(page, "skip")
    press(page.blocks, "To the kit")
    assert record.unfinished() is None
    assert "0 of 2 answered" in page.words
    for left in (2, 1):
        assert f"{left} question{'s' if left > 1 else ''} to answer" in page.words
        press(page.blocks, "Answer what is left")
        answer(page)
        left_open = record.unfinished()
        assert left_open is not None
        if left == 2:  # leave it there, and start anew
            MockInterview.set_up(again := MockInterview(page, record, bank, {}))
            again._start_anew(left_open.id)
            press(page.blocks, "Open the kit")
    assert [one.outcome for one in record.attempts()].count("answered") == 2
    MockInterview(page, record, bank, {}).set_up()
    assert "Kit:" not in page.words
    press(page.blocks, "Kits")
    of_kind(page.blocks, Listing)[0].hear({"kind": "open", "value": KIT_ID})
    assert "Done" in page.words
    assert "Answered on" in page.words
    assert titles(bank, ["SCN-SOF-001"])[0] in page.words


def test_an_interview_of_the_kit_that_was_left_is_resumed_from_its_page(
    page: Seen, record: LocalRecord, bank: Bank
) -> None:
    opened(page, kit())
    press(page.blocks, "Begin")
    act(page, "start")
    MockInterview(page, record, bank, {}).set_up()
    press(page.blocks, "Open the kit")
    press(page.blocks, "Resume")
    assert "Question 1 of 2" in page.words
    assert of_kind(page.blocks, AnswerForm)


def test_a_kit_does_not_push_another_unfinished_interview_aside(page: Seen, record: LocalRecord) -> None:
    press(page.blocks, "Begin")
    left = record.unfinished()
    assert left is not None
    app = MockInterview(page, record, load_bank(), {})
    app.set_up()
    opened(page, kit())
    press(page.blocks, "Begin")
    assert "unfinished" in page.said
    assert record.unfinished() == left


# Handed in ----------------------------------------------------------------------------------------


def fill(page: Seen, **fields: str) -> None:
    """Type into the form that makes the file, and press its button."""
    inputs = {one.spec["label"]: one for one in of_kind(page.blocks, Input)}
    for label, value in fields.items():
        inputs[label.replace("_", " ")].hear({"kind": "change", "value": value})
    press(page.blocks, "Make the file")


def file_of(page: Seen) -> bytes | None:
    """What the link on offer saves."""
    found = [value for name, value in drawn(page.blocks).attributes if name == "href"]
    return b64decode(str(found[0]).partition(",")[2]) if found else None


def answered(page: Seen, given: Kit) -> None:
    """Answer the first question and one part of it again, skip the second, and go to the kit."""
    opened(page, given)
    press(page.blocks, "Begin")
    answer(page)
    act(page, "skip")
    while "Score your answer" in page.words:
        press(page.blocks, "Next")
        for picker in iter(lambda: of_kind(page.blocks, EvidencePicker), []):
            picker[0].hear({"kind": "next", "chosen": 3, "evidence": "On 3 May the supplier told Ana"})
    press(page.blocks, next(label for label in labels(page.blocks) if label.startswith("Retry the")))
    act(page, "submit", "I told Ana on 4 May.")
    press(page.blocks, "Back to the debrief")
    press(page.blocks, "To the kit")


def test_the_file_holds_the_answers_to_this_kit_alone_and_says_which_kit_it_answers(
    page: Seen, record: LocalRecord, home: Path
) -> None:
    opened(page, kit(id="ab" * 16, title="Another"))
    press(page.blocks, "Begin")
    act(page, "skip")
    answer(page)
    MockInterview(page, record, load_bank(), {})._start_anew(str(getattr(record.unfinished(), "id", "")))
    MockInterview(page, record, load_bank(), {}).set_up()
    answered(page, kit())
    assert "1 of 2 answered" in page.words, "a part written again is no other answer"
    fill(page, Your_name=EVIL, Words_to_black_out="Ana, supplier")
    assert "your answers to 1 of 2 questions and 1 score sheet. Blacked out: Ana, supplier." in page.words
    assert "script" not in drawn(page.blocks).tags
    file = file_of(page)
    assert file is not None
    assert b"Ana" not in file
    with open_cohort(home / "cohort.sqlite3") as cohort:
        cohort.merge([("a.jsonl", BytesIO(file))])
        (learner,) = cohort.learners()
        assert EVIL.startswith(learner.name)
        source = source_of_cohort(cohort)
        assert set(source.attempts["kit"]) == {KIT_ID}
        frame = kit_status(source.attempts, [learner.id], [kit()], NOW)
        assert frame[["state", "answered", "skipped"]].values.tolist() == [["open", 1, 1]]


def test_what_is_in_the_way_of_the_file_is_said_and_no_file_of_other_words_stays_on_offer(page: Seen) -> None:
    answered(page, kit())
    fill(page, Your_name="")
    assert "under no name" in page.words
    assert file_of(page)
    fill(page, Words_to_black_out="a")
    assert page.said
    assert file_of(page) is None


def test_nothing_can_be_handed_in_before_something_was_answered(page: Seen) -> None:
    opened(page, kit())
    assert "Hand in" not in page.words
