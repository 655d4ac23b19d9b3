"""Kit files: what is written is read again, and whatever is no kit is told in clear words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit_samples import DUE, KIT_ID, MADE, answer, sample_kit

from itpm_prep.practice.kit_files import (
    LARGEST,
    Draft,
    decode_draft,
    decode_kits,
    encode_draft,
    encode_kit,
    file_name,
    known_kits,
    read_kit,
    read_kits,
)
from itpm_prep.practice.kits import KitError, KitQuestion, checked
from itpm_prep.practice.records import Rules

EVIL = '"><script>alert(1)</script> =1+1'


def edited(**changes: Any) -> bytes:
    """The sample's file with some fields changed."""
    return json.dumps(json.loads(encode_kit(sample_kit())) | changes).encode()


def refused(content: bytes | None, name: str = "week.json") -> str:
    with pytest.raises(KitError) as caught:
        read_kit(content, name)
    return str(caught.value)


def test_of_several_files_the_kits_are_taken_in_their_order_and_each_other_one_is_told() -> None:
    first, second = sample_kit(title="First"), sample_kit(title="Second")
    files = [
        ("a.json", encode_kit(first)),
        ("cat.jpg", b"\xff"),
        ("b.json", encode_kit(second)),
        ("huge", None),
    ]
    kits, faults = read_kits(files)
    assert kits == [first, second]
    assert [fault.split()[0] for fault in faults] == ["cat.jpg", "huge"]
    assert read_kits([]) == ([], [])


@given(
    st.text(min_size=1, max_size=80).filter(lambda text: checked_title(text)),
    st.text(max_size=300),
    st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 -- their zone is drawn
    st.sampled_from(["practice", "mock", "video", "phone", "panel"]),
    st.integers(1, 20),
)
def test_a_kit_comes_out_of_its_file_as_it_went_in(
    title: str, message: str, due: Any, mode: str, count: int
) -> None:
    questions = tuple(KitQuestion(f"SCN-GEN-{n:03}", n + 1) for n in range(count))
    kit = checked(sample_kit(title=title, message=message, due_at=due, mode=mode, questions=questions))
    assert read_kit(encode_kit(kit), "kit.json") == kit


def checked_title(text: str) -> bool:
    try:
        checked(sample_kit(title=text))
    except KitError:
        return False
    return True


def test_rules_of_ones_own_travel_with_the_kit() -> None:
    kit = sample_kit(mode="own", rules=Rules(think_s=20, answer_s=90, takes=3, probes=1))
    assert read_kit(encode_kit(kit), "kit.json") == kit


def test_the_largest_kit_that_can_be_made_fits_into_a_file() -> None:
    questions = tuple(KitQuestion("Q" * 57 + f"{n:03}", 99) for n in range(20))
    kit = checked(sample_kit(message="\U0001f600" * 4000, title="\u00e9" * 80, questions=questions))
    assert len(encode_kit(kit)) < LARGEST
    assert read_kit(encode_kit(kit), "kit.json") == kit


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "larger than a kit can be"),
        (b" " * (LARGEST + 1), "larger than a kit can be"),
        (b"", "cut off, or something else"),
        (b"\xff\xfe\x00", "cut off, or something else"),
        (encode_kit(sample_kit())[:200], "cut off, or something else"),
        (b"%PDF-1.7 ...", "cut off, or something else"),
        (b'{"kit":' + b"[" * 50_000, "week.json"),
        (b'{"a": ' + b"[" * 40_000 + b"]" * 40_000 + b"}", "week.json"),
        (b"[1, 2]", "not a kit of itpm_prep"),
        (b'{"kit": "other", "version": 1}', "not a kit of itpm_prep"),
        (b'{"kit": "itpm_prep", "version": "1"}', "not a kit of itpm_prep"),
        (b'{"bundle":"itpm_prep","version":3}\n{"kind":"attempt"}', "bundle of answers, not a kit"),
        (edited(version=2), "newer version of itpm_prep (kit version 2"),
        (edited(questions="all"), "damaged at questions"),
        (edited(questions=[{"id": "../../x"}]), "damaged at questions[0].id"),
        (edited(questions=[]), "no question"),
        (edited(mode="drill"), "damaged at mode"),
        (edited(id="../../etc"), "damaged at id"),
        (edited(due_at="tomorrow"), "damaged at due_at"),
        (edited(due_at="2026-11-09T09:00:00"), "damaged at due_at"),
        (edited(due_at="0001-01-01T00:00:00Z"), "due date is in the year 1"),
        (edited(due_at="9999-12-31T23:59:59Z"), "due date is in the year 9999"),
        (edited(made_at="9999-12-31T23:59:59Z"), "made on is in the year 9999"),
        (edited(title=""), "no title"),
        (edited(message="x" * 4001), "4,001 characters"),
        (edited(rules={"takes": 9}), "damaged at rules.takes"),
    ],
)
def test_what_is_no_kit_is_told_with_its_name_and_what_is_wrong(content: bytes | None, words: str) -> None:
    told = refused(content)
    assert told.startswith("week.json")
    assert words in told


def test_a_name_that_is_markup_or_endless_is_told_in_one_short_line() -> None:
    told = refused(b"", "x" * 500 + "\n\x00")
    assert told.startswith("x" * 80 + " cannot")
    assert "\n" not in told


def test_markup_in_a_message_stays_plain_text() -> None:
    assert read_kit(edited(message=EVIL, title=EVIL), "kit.json").message == EVIL


def test_fields_that_this_version_does_not_know_are_passed_over() -> None:
    assert read_kit(edited(colour="red"), "kit.json") == sample_kit()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Week 3: risks", "kit-week-3-risks.json"),
        ("Réunion / ../ÉTÉ", "kit-reunion-ete.json"),
        ('"><script>', "kit-script.json"),
        ("日本", f"kit-{KIT_ID[:8]}.json"),
    ],
)
def test_the_file_is_named_after_the_title_in_plain_letters(title: str, name: str) -> None:
    assert file_name(sample_kit(title=title)) == name


def test_stored_kits_that_cannot_be_read_are_left_alone() -> None:
    stored = {"a": "nothing", KIT_ID: encode_kit(sample_kit()).decode(), "b": edited(version=9).decode()}
    assert decode_kits(stored) == [sample_kit()]


def test_kits_that_wait_for_answers_come_first_the_one_due_first_on_top() -> None:
    kits = [
        sample_kit(id="a" * 32, due_at=None),
        sample_kit(id="b" * 32, due_at=DUE + timedelta(days=1)),
        sample_kit(id="c" * 32),
        sample_kit(id="d" * 32, questions=(KitQuestion("SCN-SOF-001"),), due_at=MADE),
    ]
    done = [answer("SCN-SOF-001", 1, kit="d" * 32)]
    documents = {kit.id: encode_kit(kit).decode() for kit in kits}
    known = known_kits(documents, done, MADE + timedelta(hours=2))
    assert [(one.kit.id[0], one.standing.state) for one in known] == [
        ("c", "open"),
        ("b", "open"),
        ("a", "open"),
        ("d", "late"),
    ]
    assert known_kits({}, done, MADE) == []


def test_a_kit_in_the_making_is_kept_as_it_was_typed() -> None:
    draft = Draft(id=KIT_ID, title=EVIL, message="two\nlines ", questions=("A", "B"), due="2026-11-09")
    assert decode_draft(encode_draft(draft)) == draft
    assert decode_draft("") is None
