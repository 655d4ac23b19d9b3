"""The page of a class and of one of its learners: what it says, and that it loads and runs nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from four_learners import ADA, BEN, HOSTILE, NEW, OTHER_ADA, frames_of_class
from framed import COMMENT, NOW
from playwright.sync_api import Browser
from practised import FORMULA, MARKUP
from printed import Printed, assert_harmless, assert_quiet

from itpm_prep.problems import PersonError
from itpm_prep.reports.attention import RULES
from itpm_prep.reports.class_page import class_page, page_name
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.one_learner import find_learner, frames_of_learner
from itpm_prep.reports.page import report_page
from itpm_prep.reports.source import source_of_cohort
from itpm_prep.reports.words import CAUTION
from itpm_prep.store.cohort import Cohort, open_cohort

DASH = "\N{EN DASH}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture(scope="module")
def frames(folder, bank) -> Frames:
    return frames_of_class(folder, bank)


@pytest.fixture
def cohort(folder, frames) -> Cohort:  # noqa: ARG001 -- the frames' fixture has handed in
    return open_cohort(folder / "cohort.sqlite3")


@pytest.fixture
def source(frames) -> str:
    return class_page(frames, NOW)


@pytest.fixture
def seen(source) -> Printed:
    return Printed(source)


def test_the_page_of_a_class_runs_nothing_and_loads_nothing(source, seen):
    assert_harmless(source)
    assert HOSTILE in seen.text
    assert "<script" not in source


def test_every_learner_stands_in_the_roster_and_namesakes_are_told_apart(seen):
    head, *rows = seen.tables["Learners"]
    assert head[:2] == ["Learner", "Target"]
    assert [row[0] for row in rows] == [HOSTILE, "Ada (aaaaaa)", "Ada (bbbbbb)", "Ben Łukasz"]


def test_the_roster_says_what_the_frames_say(frames, seen):
    rows = {row[0]: row for row in seen.tables["Learners"][1:]}
    ada = frames.learners.set_index("learner_id").loc[ADA]
    shown = rows["Ada (aaaaaa)"]
    assert shown[1:4] == ["Senior", "14 Nov", "calibrated"]
    assert shown[4] == f"{ada['readiness'] * 100:.0f} %, {ada['label']}"
    assert shown[6:] == [
        "23",
        "23",
        "0",
        "7",
        f"{ada['mean_q']:.1f}",
        f"{ada['bias']:+.1f} (n {ada['pairs']})",
    ]
    assert rows["Ben Łukasz"][3:5] == ["no gate yet", "no target"]
    assert rows[HOSTILE][10:] == [DASH, DASH]


def test_standings_are_shown_from_two_questions_on_and_ready_is_a_sign_not_a_colour(frames, seen):
    head, *rows = seen.tables["Standing today by competency"]
    assert len(head) == 17
    shown = dict(zip(head, next(row for row in rows if row[0] == "Ada (aaaaaa)"), strict=True))
    said = frames.readiness[frames.readiness["learner_id"] == ADA].set_index("competency")
    assert shown["Cost and benefit"] == f"{said.loc['cost_benefit', 'theta']:.1f} ✓"
    assert said.loc["cost_benefit", "ready"]
    assert shown["Change control"] == f"{said.loc['change_control', 'theta']:.1f}"
    assert shown["Team leadership"] == DASH


def test_whoever_needs_attention_is_told_once_with_every_reason_and_the_rules(frames, seen):
    rows = seen.tables["Who needs attention, and why"][1:]
    assert len(rows) == frames.attention["learner_id"].nunique()
    assert rows[0] == [HOSTILE, "No answer for 15 days. No target level is set."]
    assert all(rule.words in seen.text for rule in RULES)


def test_questions_with_something_to_mend_are_listed_with_it(frames):
    items = frames.items
    items = items.assign(mend=["Reviewers disagree.", *items["mend"].iloc[1:]], title=MARKUP)

    class Faulty:
        learners, readiness, attention = frames.learners, frames.readiness, frames.attention

    Faulty.items = items
    page = class_page(Faulty, NOW)
    assert_harmless(page)
    [row] = Printed(page).tables["Questions to mend"][1:]
    assert row[:2] == [f"{MARKUP} ({items['question_id'].iloc[0]} v1)", "Reviewers disagree."]


def test_the_page_says_what_scores_are_not(seen):
    assert CAUTION in seen.text


def test_a_class_without_learners_says_so(tmp_path):
    with open_cohort(tmp_path / "none.sqlite3") as cohort:
        nobody = frames_of(source_of_cohort(cohort), None, NOW)
    assert "Nobody has handed in yet." in Printed(class_page(nobody, NOW)).text


def test_the_file_is_named_after_the_day():
    assert page_name(NOW) == "class-2026-11-22.html"


# One learner --------------------------------------------------------------------------------------


def test_the_page_of_a_learner_holds_their_words_scores_and_name_and_nobody_elses(frames, cohort):
    page = report_page(frames_of_learner(frames, cohort, BEN), NOW)
    assert_harmless(page)
    seen = Printed(page)
    assert "Progress of Ben Łukasz" in seen.text
    assert MARKUP in seen.text
    assert FORMULA not in seen.text  # it stands in the notes, which were for the learner alone
    assert "answer number 1" not in seen.text
    ada = Printed(report_page(frames_of_learner(frames, cohort, ADA), NOW)).text
    assert "answer number 1" in ada
    assert COMMENT in ada
    assert FORMULA not in ada


def test_the_frames_of_a_learner_are_those_of_the_class_and_hold_no_trace_of_others(frames, cohort):
    own = frames_of_learner(frames, cohort, ADA)
    assert set(own.tables()) == {*frames.tables(), "texts"}
    for name in ("attempts", "criterion_scores", "readiness", "learners"):
        every = getattr(frames, name)
        wanted = every[every["learner_id"] == ADA].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(own, name), wanted, check_categorical=False)
    for table in (own.source.attempts, own.source.scores, own.source.ratings):
        assert not [dtype for dtype in table.dtypes if dtype == "category"]


def test_a_learner_who_has_only_skipped_has_a_page_too(frames, cohort):
    assert "skipped" in Printed(report_page(frames_of_learner(frames, cohort, NEW), NOW)).text


LISTED = [(ADA, "Ada"), (OTHER_ADA, "Ada"), (BEN, "Ben Łukasz"), (NEW, "")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("ben łukasz", BEN), (" Ben Łukasz ", BEN), (ADA, ADA), ("bbbb", OTHER_ADA), (NEW, NEW)],
)
def test_a_learner_is_found_by_name_or_by_the_beginning_of_the_id(wanted, found):
    assert find_learner(LISTED, wanted) == found


def test_who_is_meant_is_asked_where_two_may_be():
    with pytest.raises(PersonError, match=r"2 learners may be meant: Ada \(aaaaaa\), Ada \(bbbbbb\)\. Give"):
        find_learner(LISTED, "Ada")


@pytest.mark.parametrize("wanted", ["Zoë", "", "b"])
def test_nobody_is_found_by_what_nobody_is_called(wanted):
    with pytest.raises(PersonError, match="Nobody in the class is called"):
        find_learner([one for one in LISTED if one[1]], wanted)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_a_real_browser_shows_and_prints_the_class_without_any_request(
    chromium: Browser, source: str, tmp_path: Path, width: int
):
    path = tmp_path / "class.html"
    path.write_text(source, "utf-8")
    assert_quiet(chromium, path, width, HOSTILE, prefer_css_page_size=True)
