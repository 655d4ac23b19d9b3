from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from framed import COMMENT, NOW, framed, practise_well
from playwright.sync_api import Browser
from practised import FORMULA, MARKUP
from printed import Printed, assert_harmless, assert_quiet

from itpm_prep.reports.page import page_name, report_page
from itpm_prep.reports.printed_page import POLICY
from itpm_prep.reports.words import CAUTION


@pytest.fixture
def source(frames) -> str:
    return report_page(frames, NOW)


@pytest.fixture
def seen(source) -> Printed:
    return Printed(source)


def test_the_page_holds_no_script_and_loads_nothing(source):
    assert_harmless(source)


def test_the_page_forbids_scripts_and_requests_itself(seen):
    policies = [a["content"] for tag, a in seen.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]
    assert "default-src 'none'" in POLICY
    assert "script" not in POLICY


def test_markup_and_formulas_in_answers_are_shown_as_they_were_typed(source, seen):
    assert MARKUP in seen.text
    assert FORMULA in seen.text
    assert "<script" not in source


def test_every_answer_stands_on_the_page_newest_first_with_its_scores(seen, bank):
    assert seen.text.count("not scored") == 1
    assert "skipped" in seen.text
    assert seen.text.index("10 November") < seen.text.index("9 November · Mock")
    assert "Reading" not in seen.text  # criterion names are the bank's own
    assert "Ada" in seen.text
    assert f"1 of {len(bank.question('SCN-SOF-001').figures)} figures right" in seen.text


def test_the_page_says_what_scores_are_not(seen):
    assert CAUTION in seen.text
    practised = seen.text.partition("What you practised")[2]
    assert "%" not in practised.partition("You and your reviewers")[0]


def test_means_carry_their_number_of_answers_and_thin_ones_are_not_shown(seen):
    assert "Diagnosis (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}4)" in seen.text
    assert "One different question more before this is shown: Situation and task" in seen.text


def test_the_page_opens_with_readiness_for_the_target_and_what_is_missing(empty):
    practise_well(empty)
    frames = framed(empty)
    text = Printed(report_page(frames, NOW)).text
    assert "Readiness for Senior, General" in text
    assert text.index(frames.learners["sentence"].iloc[0]) < text.index("What is missing for it")
    assert text.index("What is missing for it") < text.index("Criterion profile")
    assert "in 10" in text


def test_the_page_holds_what_reviewers_said(empty):
    practise_well(empty)
    text = Printed(report_page(framed(empty), NOW)).text
    assert text.count(f"First: {COMMENT}") == 7


def test_days_are_those_of_the_reader(full):
    east = datetime.fromisoformat("2026-11-22T12:00:00+14:00")
    assert "4 November" in Printed(report_page(framed(full), NOW)).text
    assert "from 3 November to 10 November" in Printed(report_page(framed(full), NOW)).text
    assert "from 3 November to 10 November" in Printed(report_page(framed(full), east)).text
    west = datetime.fromisoformat("2026-11-22T12:00:00-12:00")
    assert "from 2 November to 9 November" in Printed(report_page(framed(full), west)).text


def test_an_empty_record_says_what_to_do_next(empty):
    text = Printed(report_page(framed(empty), NOW)).text
    assert "No answers yet. Hold a mock interview first" in text


def test_the_file_is_named_after_the_day():
    assert page_name(NOW) == "progress-2026-11-22.html"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_a_real_browser_shows_and_prints_the_page_without_any_request(
    chromium: Browser, source: str, tmp_path: Path, width: int
):
    path = tmp_path / "progress.html"
    path.write_text(source, "utf-8")
    assert_quiet(chromium, path, width, MARKUP, format="A4")
