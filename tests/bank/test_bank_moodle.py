"""Moodle XML, read the way Moodle's importer reads it."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st

from itpm_prep import settings
from itpm_prep.bank.exchange.moodle import write_moodle
from itpm_prep.bank.source import parse_source
from itpm_prep.bank.types import Question
from itpm_prep.practice.scaffolds import SCAFFOLDS

Sound = Callable[[str], str]
MODEL_FILE = settings.CHECKOUT / "question_bank" / "behavioral" / "BEH-INF-001.yaml"
PARTS = {name: [part.name for part in frame.parts] for name, frame in SCAFFOLDS.items()}


def question_from(text: str) -> Question:
    source, _ = parse_source(text, Path("q.yaml"), "q.yaml")
    assert source is not None
    return msgspec.convert(source.data, Question)


MODEL = question_from(MODEL_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def questions(sound: Sound) -> list[Question]:
    """A technical question for mid, a senior scenario with figures, and another one for mid."""
    return [question_from(sound(name)) for name in ("TEC-GEN-001", "SCN-SOF-001", "BEH-INF-001")]


@pytest.fixture
def scenario(questions: list[Question]) -> Question:
    return questions[1]


def read(questions: list[Question]) -> list[ET.Element]:
    """The ``question`` elements of the file."""
    root = ET.fromstring(write_moodle(questions, PARTS))  # noqa: S314 -- our own file
    assert root.tag == "quiz"
    return list(root)


def essay(question: Question) -> ET.Element:
    return read([question])[1]


def text_at(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


class Shown(HTMLParser):
    """The tags of a piece of HTML, and its text piece by piece."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert all(name in ("scope", "border") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def test_a_category_leads_each_group_of_questions_in_the_order_of_the_lists(
    questions: list[Question],
) -> None:
    found = [
        text_at(one, "category") if one.get("type") == "category" else one.findtext("idnumber")
        for one in read(questions)
    ]
    top = "$course$/top/IT project manager interviews"
    assert found == [
        f"{top}/Behavioral/{questions[2].level.capitalize()}",
        "BEH-INF-001",
        f"{top}/Technical/{questions[0].level.capitalize()}",
        "TEC-GEN-001",
        f"{top}/Scenario/Senior",
        "SCN-SOF-001",
    ]


def test_an_essay_has_all_that_the_importer_asks_for(scenario: Question) -> None:
    question = essay(scenario)
    assert question.get("type") == "essay"
    assert text_at(question, "name") == f"SCN-SOF-001 {scenario.title}"
    plain = {
        name: question.findtext(name) for name in ("defaultgrade", "penalty", "hidden", "responseformat")
    }
    assert plain == {"defaultgrade": "5", "penalty": "0", "hidden": "0", "responseformat": "editor"}
    for name in ("questiontext", "generalfeedback", "graderinfo", "responsetemplate"):
        part = question.find(name)
        assert part is not None
        assert part.get("format") == "html"
        assert text_at(question, name)
    for name in ("responserequired", "responsefieldlines", "attachments", "attachmentsrequired"):
        assert (question.findtext(name) or "").isdigit()
    tags = [tag.findtext("text") for tag in question.iterfind("tags/tag")]
    assert tags == ["software", *scenario.competencies]


def test_the_candidate_reads_the_case_the_table_the_figures_and_the_stem(scenario: Question) -> None:
    shown = Shown(text_at(essay(scenario), "questiontext"))
    assert shown.pieces[0] == scenario.context
    assert shown.pieces[-1] == scenario.stem
    assert shown.tags.count("table") == len(scenario.exhibits)
    assert shown.tags.count("tr") == 1 + len(scenario.exhibits[0].rows)
    for cell in (*scenario.exhibits[0].columns, *map(str, scenario.exhibits[0].rows[0])):
        assert cell in shown.pieces
    asked = [piece for piece in shown.pieces if piece.startswith(scenario.figures[0].ask)]
    assert asked == [f"{scenario.figures[0].ask} ({scenario.figures[0].unit})"]


def test_anchors_points_flags_and_answers_are_for_the_grader_alone(scenario: Question) -> None:
    question = essay(scenario)
    grader = Shown(text_at(question, "graderinfo")).pieces
    student = " ".join(
        text_at(question, name) for name in ("questiontext", "generalfeedback", "responsetemplate")
    )
    anchors = [one.anchors[score] for one in scenario.criteria for score in range(1, 6)]
    for secret in (*anchors, *scenario.strong_points, *(probe.ask for probe in scenario.probes)):
        assert secret in grader
        assert secret not in student
    assert any(piece.startswith(scenario.red_flags[0].text) and "at most" in piece for piece in grader)
    assert f"{scenario.figures[0].answer:g}" in " ".join(grader)


def test_the_frame_of_the_answer_is_its_template(questions: list[Question]) -> None:
    for question in questions:
        headings = Shown(text_at(essay(question), "responsetemplate")).pieces
        assert headings == PARTS[question.scaffold]


@configure(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_whatever_a_text_holds_the_file_is_sound_and_the_text_is_only_text(text: str) -> None:
    question = msgspec.structs.replace(MODEL, stem=f"<b>{text}</b>]]>", title=f"& {text}")
    shown = Shown(text_at(essay(question), "questiontext"))
    assert "b" not in shown.tags
    assert "<b>" in "".join(shown.pieces)
