"""Files handed over to be checked: they are judged as they would stand in the bank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.handed import FileReport, check_handed
from itpm_prep.bank.topics import read_topics

Check = Callable[..., list[FileReport]]


@pytest.fixture
def check(today: date) -> Check:
    """Check contents against a bank of two questions."""
    bank = load_bank()
    questions = [bank.question(name) for name in ("BEH-GEN-001", "SCN-CYB-001")]
    topics = {topic.id for topic in read_topics() if topic.use == "question"}

    def run(**contents: bytes | None) -> list[FileReport]:
        named = {name.replace("_", "-") + ".yaml": content for name, content in contents.items()}
        return check_handed(named, questions, today, topics)

    return run


def rules(report: FileReport) -> set[str]:
    return {problem.rule for problem in report.problems}


def test_a_sound_question_has_no_fault_and_can_be_asked(check: Check, sound: Callable[[str], str]):
    (report,) = check(CHG_ITS_001=sound("CHG-ITS-001").encode())
    assert report.problems == report.notices == ()
    assert report.question is not None
    assert report.question.id == "CHG-ITS-001"


def test_a_new_version_is_not_measured_against_the_one_it_replaces(check: Check, sound: Callable[[str], str]):
    (report,) = check(BEH_GEN_001=sound("BEH-GEN-001").encode())
    assert report.problems == ()


def test_a_copy_under_another_id_is_found_to_be_one(check: Check, sound: Callable[[str], str]):
    text = sound("BEH-GEN-001").replace("BEH-GEN-001", "BEH-GEN-901")
    (report,) = check(BEH_GEN_901=text.encode())
    assert rules(report) == {"duplicate", "anchor_reuse"}
    assert any("BEH-GEN-001" in problem.found for problem in report.problems)
    assert report.question is not None  # it is no new question, but it can be tried


def test_two_files_are_compared_with_each_other(check: Check, sound: Callable[[str], str]):
    text = sound("CHG-ITS-001")
    first, second = check(
        CHG_ITS_001=text.encode(), CHG_ITS_902=text.replace("CHG-ITS-001", "CHG-ITS-902").encode()
    )
    assert "duplicate" in rules(first) | rules(second)


def test_faults_come_with_their_line_and_a_question_that_breaks_its_structure_is_not_asked(
    check: Check, sound: Callable[[str], str]
):
    text = sound("BEH-GEN-001").replace("weight: 25", "weight: 26", 1)
    (report,) = check(BEH_GEN_001=text.encode())
    assert "weights" in rules(report)
    assert all(problem.line for problem in report.problems)
    assert report.question is None


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "larger"),
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"id: [", ""),
        (b"just words", ""),
    ],
)
def test_what_is_no_question_is_said_and_nothing_breaks(check: Check, content: bytes | None, found: str):
    (report,) = check(BEH_GEN_001=content)
    assert report.question is None
    assert report.problems
    assert found in str(report.problems[0])


def test_a_name_cannot_lead_out_of_the_folder_where_files_are_checked(today: date):
    (report,) = check_handed({"../../BEH-GEN-001.yaml": b"id: x"}, [], today, ())
    assert report.name == "../../BEH-GEN-001.yaml"
    assert report.problems
