"""A whole interview in one box: by the screens alone, and in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import interview as walk
import pytest
from browser import Server
from desk import attempts, use_bank, wait_for_draft
from drawn import drawn, labels, of_kind, press
from framed import framed
from looking import Looks
from msgspec.structs import replace
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from practised import KEYED
from seen import Seen

from itpm_prep.apps.cohort.review_desk import given
from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.sets import remember
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Setup
from itpm_prep.practice.stories import KIND, Story, encode
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets.blocks import Choice, Input, Listing, Select
from itpm_prep.widgets.parts import AnswerForm, EvidencePicker

STORY = "BEH-GEN-001"
WORDS = "I told the sponsor in week 3 that 12 of the 40 sites were late. She chose the first option."
BETTER = WORDS.replace("40", "44")
SETUP = Setup(level="senior", categories=("behavioral",), mode="practice", length=1, seed=1, boxes="one")


class Desk:
    """An interview in one box, whose screens are heard and pressed from here."""

    def __init__(self, record: LocalRecord, bank: Bank, question_id: str, setup: Setup = SETUP) -> None:
        self.record, self.bank, self.page = record, bank, Seen()
        self.question = bank.question(question_id)
        self.app = MockInterview(self.page, record, bank, {})
        self.app.ask(setup, [self.question])

    @property
    def form(self) -> AnswerForm:
        return of_kind(self.page.blocks, AnswerForm)[0]

    @property
    def box(self) -> dict[str, Any]:
        """The one box of the screen."""
        (box,) = self.form.spec["parts"]
        return dict(box)

    def act(self, action: str, text: str = "") -> None:
        boxes = self.form.spec["parts"]
        self.form.hear({"kind": "act", "action": action, "texts": {boxes[0]["box"]: text}})

    def answer(self, text: str = WORDS) -> None:
        """From preparing to the red flags; the first follow-up is answered, others are passed over."""
        self.act("start")
        self.act("submit", text)
        for action in ("reply", "pass"):
            if self.app.state().phase == "probes":
                self.act(action, "Fifteen of them, by the week after.")

    def score(self, anchor: int = 3) -> None:
        press(self.page.blocks, "Next")
        for _ in self.question.criteria:
            (picker,) = of_kind(self.page.blocks, EvidencePicker)
            proof = picker.spec["answer"][0]["sentences"][0]
            picker.hear({"kind": "next", "chosen": anchor, "evidence": proof})

    def finish(self) -> None:
        """Score an answer and leave the debrief."""
        self.score()
        press(self.page.blocks, "To the debrief")
        press(self.page.blocks, "New interview")

    def open_earlier(self) -> None:
        press(self.page.blocks, "Earlier answers")
        (lines,) = of_kind(self.page.blocks, Listing)
        lines.hear({"value": self.question.id})

    def headings(self, tag: str = "h1") -> list[str]:
        return drawn(self.page.blocks).all(tag)


def test_a_whole_interview_is_held_in_one_box(record: LocalRecord, bank: Bank) -> None:
    desk = Desk(record, bank, STORY)
    frame = "Answer in situation, task, action, result, learning (STAR-L)."
    assert frame in desk.page.words
    desk.act("start")
    box = desk.box
    assert (box["box"], box["name"], box["share"], box["rows"]) == ("part:answer", "Answer", 0, 12)
    assert box["hint"] == frame
    desk.form.hear({"kind": "draft", "box": "part:answer", "text": "Half", "number": 1})
    desk.app.resume(desk.app.state().id)  # after a reload
    assert desk.box["text"] == "Half"
    desk.act("submit", WORDS)
    assert (desk.app.state().phase, desk.headings("summary")) == ("probes", ["The question and your answer"])
    assert WORDS in desk.page.words
    desk.act("reply", "Fifteen of them, by the week after.")
    while desk.app.state().phase == "probes":
        desk.act("pass")
    assert desk.headings("h2")[-1:] == ["Answer"]

    press(desk.page.blocks, "Next")
    (picker,) = of_kind(desk.page.blocks, EvidencePicker)
    assert picker.spec["answer"][0] == {
        "name": "Answer",
        "sentences": [
            "I told the sponsor in week 3 that 12 of the 40 sites were late.",
            "She chose the first option.",
        ],
    }
    picker.hear({"kind": "back"})
    desk.score()
    assert desk.app.state().phase == "review"
    assert "Retry this answer" in labels(desk.page.blocks)
    assert not any("empty" in words for words in drawn(desk.page.blocks).all("li"))
    press(desk.page.blocks, "To the debrief")

    press(desk.page.blocks, "Retry the answer of question 1")
    assert desk.headings()[0] == "Retry: Answer"
    assert f"What is heard from 3 up: {desk.question.criteria[0].name}" in desk.headings("h2")
    assert (desk.box["text"], desk.box["hint"], desk.box["rows"]) == (WORDS, frame, 12)
    assert [one["label"] for one in desk.form.spec["actions"]] == ["Back", "Submit this answer"]
    desk.act("submit", BETTER)
    assert desk.headings() == ["Compare: Answer"]
    assert (desk.headings("del"), desk.headings("ins")) == (["40 "], ["44 "])
    press(desk.page.blocks, "Score this version")
    desk.score(4)
    assert desk.headings() == ["Debrief"]
    assert BETTER in desk.page.words


def test_the_frames_of_progress_tell_of_an_answer_in_one_box(record: LocalRecord, bank: Bank) -> None:
    desk = Desk(record, bank, STORY)
    desk.answer()
    desk.score()
    (attempt,) = record.attempts()
    assert (attempt.scaffold, attempt.parts) == ("whole", {"answer": WORDS})
    frames = framed(record, bank)
    texts = [(one.kind, one.label, one.text) for one in frames.texts.itertuples()]
    assert ("part", "Answer", WORDS) in texts
    (row,) = frames.attempts.itertuples()
    assert (row.words, row.outcome) == (20, "answered")
    assert (frames.criterion_scores["score"] == 3).all()
    (counted,) = frames.signals.itertuples()
    assert (counted.words, counted.empty_parts, counted.says_i) == (20, 0, 0)
    assert frames.signals["result_figure"].isna().all()


def test_the_lowest_score_says_which_anchors_stand_beside_the_box(record: LocalRecord, bank: Bank) -> None:
    desk = Desk(record, bank, STORY)
    desk.answer()
    press(desk.page.blocks, "Next")
    for score in (4, 3, 2, 4):
        (picker,) = of_kind(desk.page.blocks, EvidencePicker)
        picker.hear({"kind": "next", "chosen": score, "evidence": WORDS.split(". ")[0]})
    lowest = desk.question.criteria[2]
    press(desk.page.blocks, "Retry this answer")
    assert f"What is heard from 3 up: {lowest.name}" in desk.headings("h2")
    assert all(lowest.anchors[score] in desk.page.words for score in (3, 4, 5))


def test_an_earlier_answer_is_compared_with_one_in_parts_and_written_again(
    record: LocalRecord, bank: Bank
) -> None:
    desk = Desk(record, bank, STORY, replace(SETUP, boxes="parts"))
    desk.answer("We were late.")
    desk.finish()
    remember(record, SETUP, SETUP)
    desk.open_earlier()
    press(desk.page.blocks, "Answer it again")
    assert desk.app.state().setup.boxes == "one"  # as it was chosen last
    desk.answer()
    desk.finish()

    desk.open_earlier()
    assert desk.headings("h2").count("Answer") == 2  # compared as one text, and in full
    press(desk.page.blocks, "Retry: Answer")
    assert desk.box["text"] == WORDS
    desk.act("submit", BETTER)
    latest = record.attempts()[-1]
    assert (latest.retry_part, latest.scaffold, latest.parts) == (None, "whole", {"answer": BETTER})
    assert latest.retry_of == record.attempts()[-2].id
    press(desk.page.blocks, "Back to the debrief")
    press(desk.page.blocks, "New interview")
    desk.open_earlier()
    told = [one["label"] for one in of_kind(desk.page.blocks, Select)[0].spec["options"]]
    assert ", retry, " in told[0]
    assert not any("retry" in one for one in told[1:])


def test_a_story_of_ones_own_fills_the_one_box(record: LocalRecord, bank: Bank) -> None:
    story = Story(id="s", title="Cutover", situation="It was late.", action="I rang her.", result="It held.")
    desk = Desk(record, bank, STORY)
    record.keep_document(KIND, "s", encode(story), desk.app.now())
    desk.act("start")
    told: list[dict[str, Any]] = []
    desk.form.tell = lambda **words: told.append(words)  # type: ignore[method-assign]
    chooser = next(one for one in of_kind(desk.page.blocks, Select) if one.spec["label"] == "Use a story")
    chooser.hear({"value": "s"})
    press(desk.page.blocks, "Fill the empty boxes")
    assert told == [{"fill": {"part:answer": story.told}}]


def test_the_choice_is_kept_and_a_set_of_ones_own_shows_it_as_words(record: LocalRecord, bank: Bank) -> None:
    page = Seen()
    app = MockInterview(page, record, bank, {})

    def choice() -> Choice:
        return next(one for one in of_kind(page.blocks, Choice) if one.spec["legend"] == "Write in")

    app.set_up()
    assert [one["label"] for one in choice().spec["choices"]] == ["A box for each part", "One box"]
    assert choice().chosen == ["parts"]
    choice().hear({"chosen": ["one"]})
    next(one for one in of_kind(page.blocks, Input) if one.spec["label"] == "Keep as").hear({"value": "Mine"})
    press(page.blocks, "Keep this set")
    assert "Write inOne box" in page.words  # the set is chosen now
    press(page.blocks, "Delete Mine")
    assert choice().chosen == ["one"]
    press(page.blocks, "Begin")
    assert app.state().setup.boxes == "one"


def test_hints_and_shares_stay_away_in_a_mock_interview_in_one_box(record: LocalRecord, bank: Bank) -> None:
    desk = Desk(record, bank, KEYED, replace(SETUP, mode="mock"))
    desk.act("start")
    assert (desk.box["hint"], desk.box["share"]) == ("", 0)
    assert len(desk.form.spec["figures"]) == len(desk.question.figures)


def test_an_instructor_reads_the_answer_as_one_text(record: LocalRecord, bank: Bank, tmp_path: Path) -> None:
    desk = Desk(record, bank, STORY)
    desk.answer()
    file = BytesIO()
    export_bundle(record, file, bank=bank)
    file.seek(0)
    with open_cohort(tmp_path / "cohort.sqlite3") as cohort:
        cohort.merge([("mia.jsonl", file)])
        (learner,), (attempt,) = cohort.learners(), record.attempts()
        read = given(cohort, bank, "Mia", learner.id, attempt.id)
        assert (read.attempt, read.parts) == (attempt, [("Answer", WORDS)])


# In the browser -----------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_person_chooses_one_box_answers_in_it_and_reaches_the_debrief(
    serve: Callable[..., Server], page: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_bank(tmp_path / "bank", monkeypatch)
    looks = Looks(page)
    server = serve()
    walk.open_app(page, server)
    walk.choose(page, level="Senior", categories=["Scenario"], length=1)
    page.get_by_role("group", name="Write in").get_by_text("One box", exact=True).click()
    looks.at("set up, one box")
    walk.press(page, "Begin")
    walk.start_answering(page)
    box = page.get_by_role("textbox", name="Answer", exact=True)
    expect(walk.boxes(page)).to_have_count(1)
    expect(page.locator(".share")).to_have_count(0)
    assert box.evaluate("(area) => area.clientHeight") > 300  # twelve lines, empty as it is
    expect(
        page.get_by_text("Answer in situation, background, assessment, recommendation (SBAR).")
    ).to_be_visible()
    box.fill(WORDS)
    expect(page.get_by_text("20 words, about 8 s when spoken.")).to_be_visible()
    wait_for_draft("part:answer", WORDS)
    looks.at("answer in one box")
    walk.submit(page)
    walk.pass_probes(page)
    walk.score(page)
    walk.press(page, "Retry this answer")
    expect(box).to_have_value(WORDS)
    looks.at("retry of one box")
    box.fill(BETTER)
    walk.press(page, "Submit this answer")
    expect(page.locator("ins")).to_have_text("44 ")
    walk.press(page, "Score this version")
    walk.score(page, 4)
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    assert [one.parts for one in attempts()] == [{"answer": WORDS}, {"answer": BETTER}]
    walk.open_app(page, server)
    expect(page.get_by_role("radio", name="One box")).to_be_checked()
    assert looks.faults == []
