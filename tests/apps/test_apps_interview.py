"""Whole interviews with the mouse, from set up to the progress app, with every number worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import interview as walk
import pytest
from browser import Server
from playwright.sync_api import Page, expect

from itpm_prep.bank.types import Question
from itpm_prep.practice.records import Attempt, Rating
from itpm_prep.practice.scaffolds import SCAFFOLDS
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

ASKED = ("SCN-SOF-001", "BEH-GEN-001", "TEC-GEN-001")
EVERY_SCAFFOLD = (
    *("BEH-GEN-001", "TEC-GEN-001", "TEC-GEN-002", "SCN-CYB-001"),
    *("SCN-SOF-001", "CHG-ERP-001", "CHG-GEN-001"),
)
ODD = '<script>document.title = "taken"</script><b>b</b> & =HYPERLINK("https://example.org") \U0001f642 שלום'
WORDS = f"{walk.STORY}\n{ODD}"
BETTER = f"At today's efficiency this ends near 1.1 million. {WORDS}"
AMBER = "Keeps amber and waits for one more month of figures."

Bank = Mapping[str, Question]


@pytest.fixture
def use_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Callable[..., Bank]:  # noqa: ARG001 -- the bank is compiled there
    """Let the apps ask these questions only."""

    def use(*ids: str) -> Bank:
        bank = walk.small_bank(tmp_path / "bank", *ids)
        monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
        return bank

    return use


# Practice -----------------------------------------------------------------------------------------


def test_a_practice_interview_runs_from_set_up_through_a_retry_to_the_progress_app(
    use_bank: Callable[..., Bank], serve: Callable[..., Server], page: Page, home: Path
) -> None:
    bank = use_bank(*ASKED)
    walk.begin(page, serve(), level="Senior", mode="Practice", length=3)
    order = []
    for _ in range(3):
        question = walk.asked(page, bank)
        order.append(question.category)
        _answer(page, question)
        {"scenario": _score_scenario, "behavioral": _score_plainly, "technical": _score_unevenly}[
            question.category
        ](page)
        walk.next_question(page)
    place = order.index("scenario") + 1
    _check_debrief(page, mean="3.0", scenario=f"Question {place}: The amber report with red numbers")
    _write_again(page, place)
    _check_progress(page)
    _check_record(home)


def _answer(page: Page, question: Question) -> None:
    """Notes, the answer with figures, replies; practice gives hints and a clock that can be paused."""
    page.get_by_label("Notes").fill(ODD)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    walk.start_answering(page)
    expect(walk.boxes(page)).to_have_count(len(walk.names_of_boxes(question)))
    expect(page.locator(".part .hint")).to_have_count(len(walk.names_of_boxes(question)))
    page.get_by_text("Your notes").click()
    expect(page.locator(".own")).to_have_text(ODD)
    walk.fill_answer(page, WORDS)
    if question.figures:
        expect(page.locator("table caption")).to_have_text(question.exhibits[0].title)
        walk.fill_figures(page, ["0.82", "0.9", "1,095", ""])
    walk.submit(page)
    asks = walk.reply_to_probes(page, ODD)
    assert 1 <= len(set(asks)) == len(asks) <= 2


def _score_scenario(page: Page) -> None:
    """3; 5 capped at 1; 3 by typed words; 4 without proof, which makes 3: (3 + 1 + 3 + 3) / 4 = 2.5."""
    walk.leave_flags(page, AMBER)
    walk.score_criterion(page, 3)
    page.locator(".anchor input").nth(4).check()
    page.locator(".sentence").first.click()
    expect(page.locator(".foot [role=status]")).to_have_text("The red flag you heard caps this at 1.")
    walk.press(page, "Next criterion")
    page.get_by_label("Or type five or more words").fill("five words I never wrote")
    page.locator(".anchor input").nth(2).check()
    expect(page.locator(".foot [role=status]")).to_contain_text("do not stand in your answer")
    walk.score_criterion(page, 3, quote="told the SPONSOR that 12 of the 40 sites")
    page.locator(".anchor input").nth(3).check()
    expect(page.locator(".foot [role=status]")).to_contain_text("Without one, 4 becomes 3.")
    walk.score_criterion(page, 4, quote=False)
    expect(page.locator(".big")).to_have_text("2.5")
    expect(page.locator("ul").first.locator("li")).to_have_text(
        [
            "Cost performance index of the whole project: right",
            "Schedule performance index of the whole project: wrong, it is 0.828 ratio (you wrote 0.9)",
            "Estimate at completion if cost efficiency stays as it is (thousands): right",
            "Cost variance of the payment interface (thousands): missing, it is -75 thousands",
        ]
    )
    expect(page.get_by_text(AMBER)).to_be_visible()
    page.get_by_text("Your answer", exact=True).click()
    assert page.locator(".own").all_inner_texts() == [WORDS] * 4 + [ODD] * 2
    assert page.locator(".itpm .own *, .itpm script").count() == 0
    assert page.title() != "taken"


def _score_plainly(page: Page) -> None:
    """Four times 3, each with a sentence."""
    walk.score(page, 3)
    expect(page.locator(".big")).to_have_text("3.0")


def _score_unevenly(page: Page) -> None:
    """(2 + 2 + 5 + 5) / 4 = 3.5; 2 needs no proof."""
    walk.leave_flags(page)
    for anchor, quote in ((2, False), (2, False), (5, True), (5, True)):
        walk.score_criterion(page, anchor, quote=quote)
    expect(page.locator(".bar span:last-child")).to_have_text(["2", "2", "5", "5"])


def _check_debrief(page: Page, mean: str, scenario: str) -> None:
    expect(page.locator(".big")).to_have_text(mean)
    expect(page.get_by_text("self-rated, 3 answers, not yet calibrated")).to_be_visible()
    page.get_by_text(scenario).click()
    expect(page.get_by_text("Options and decision is where answers lose most, at 1.0.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Print or save").click()
    kept = saved.value.path().read_text("utf-8")
    assert "<script>document" not in kept
    assert "&lt;script&gt;document" in kept


def _write_again(page: Page, place: int) -> None:
    """The weakest part anew, compared word by word, and scored: four times 3."""
    walk.press(page, f"Retry the recommendation of question {place}")
    expect(walk.boxes(page)).to_have_value(WORDS)
    walk.boxes(page).fill(BETTER.replace("and she chose the first one", "and she took the second one"))
    walk.press(page, "Submit this part")
    words = [one.strip() for one in page.locator("ins").all_inner_texts()]
    assert words == ["At today's efficiency this ends near 1.1 million.", "took", "second"]
    assert [one.strip() for one in page.locator("del").all_inner_texts()] == ["chose", "first"]
    walk.press(page, "Score this version")
    walk.score(page, 3)
    expect(page.locator(".big")).to_have_text("3.2")  # (3 + 3 + 3.5) / 3


def _check_progress(page: Page) -> None:
    page.get_by_role("link", name="See your progress").click()
    page.get_by_role("button", name="Answers", exact=True).click()
    rows = page.locator(".listing li")
    expect(rows).to_have_count(4)
    shown = sorted(row.inner_text() for row in rows.all())
    for title, scores in (
        ("The amber report with red numbers", ["2.5", "3.0"]),
        ("The hand-off about to slip", ["3.0"]),
        ("One date from many ranges", ["3.5"]),
    ):
        mine = [row for row in shown if title in row]
        assert len(mine) == len(scores)
        assert all(any(score in row for row in mine) for score in scores)


def _check_record(home: Path) -> None:
    """What was typed is stored as it was typed, and each score to its last digit."""
    record = open_record(home / "practice.sqlite3")
    attempts = {attempt.id: attempt for attempt in record.attempts()}
    first = [one for one in attempts.values() if one.retry_of is None]
    assert all(set(one.parts.values()) == {WORDS} for one in first)
    assert {one.notes for one in first} == {ODD}
    assert {reply.text for reply in record.replies()} == {ODD}
    scored = [(_kind(attempts[one.attempt_id]), one.q, _scores(one)) for one in record.ratings()]
    assert sorted(scored) == [
        ("behavioral", 3.0, [3, 3, 3, 3]),
        ("scenario", 2.5, [3, 1, 3, 3]),
        ("scenario, again", 3.0, [3, 3, 3, 3]),
        ("technical", 3.5, [2, 2, 5, 5]),
    ]


def _kind(attempt: Attempt) -> str:
    return attempt.category + (", again" if attempt.retry_of else "")


def _scores(rating: Rating) -> list[int]:
    return [mark.score for mark in rating.marks]


# Mock ---------------------------------------------------------------------------------------------


def test_a_mock_interview_gives_no_hints_scores_at_the_end_and_counts_what_was_skipped(
    use_bank: Callable[..., Bank], serve: Callable[..., Server], page: Page
) -> None:
    bank = use_bank(*ASKED)
    walk.begin(page, serve(), level="Senior", mode="Mock", length=3)
    titles = []
    for number in range(3):
        titles.append(walk.asked(page, bank).title)
        expect(page.get_by_role("button", name="Pause")).to_have_count(0)
        walk.start_answering(page)
        expect(page.get_by_role("timer")).to_contain_text("left")
        expect(page.get_by_role("button", name="Pause")).to_have_count(0)
        expect(page.locator(".hint")).to_have_count(0)
        if number == 1:
            walk.press(page, "Skip")
            continue
        walk.fill_answer(page, walk.STORY)
        walk.submit(page)
        walk.pass_probes(page)
    for number in (0, 2):  # one answered question after the other, without a review between
        expect(page.get_by_text(f"Question {number + 1}: {titles[number]}")).to_be_visible()
        walk.score(page, 3 if number else 4)
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    expect(page.locator(".big")).to_have_text("3.5")
    expect(page.get_by_text("1 question skipped.")).to_be_visible()
    page.get_by_text(f"Question 2: {titles[1]}").click()
    expect(page.get_by_text("It counts as skipped, not as a score.")).to_be_visible()
    outcomes = [attempt.outcome for attempt in open_record().attempts()]
    assert outcomes == ["answered", "skipped", "answered"]


# Scaffolds ----------------------------------------------------------------------------------------


def test_each_of_the_seven_scaffolds_draws_its_own_boxes(
    use_bank: Callable[..., Bank], serve: Callable[..., Server], page: Page
) -> None:
    bank = use_bank(*EVERY_SCAFFOLD)
    walk.begin(page, serve(), level="Mid", mode="Practice", length=9)
    expect(page.get_by_role("status").first).to_contain_text("Only 7 questions fit your choice")
    drawn = {}
    for _ in range(7):
        question = walk.asked(page, bank)
        walk.start_answering(page)
        names = page.locator(".part label")
        names.first.wait_for()
        drawn[question.scaffold] = names.all_inner_texts() == walk.names_of_boxes(question)
        walk.press(page, "Skip")
    assert drawn == dict.fromkeys(SCAFFOLDS, True)
    expect(page.get_by_text("7 questions skipped.")).to_be_visible()
    expect(page.locator(".big")).to_have_count(0)
    walk.press(page, "New interview")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
