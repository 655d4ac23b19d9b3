"""Questions as Moodle XML: one essay question each, in a category for each category and level.

The elements are those that Moodle's own importer reads (``question/format/xml/format.php``; the format is
described at https://docs.moodle.org/en/Moodle_XML_format).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from itpm_prep.bank.exchange import markup
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS, Question, Scaffold

TOP = "$course$/top/IT project manager interviews"
MARK = 5  # the weighted mean of four scores, 1-5
LINES_SHOWN = 20
# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_moodle(questions: Iterable[Question], parts: Mapping[Scaffold, Sequence[str]]) -> bytes:
    """The questions as a file that Moodle imports; ``parts`` names the parts of each answer frame."""
    quiz = ET.Element("quiz")
    for (category, level), group in groupby(sorted(questions, key=_shelf), key=_shelf):
        names = CATEGORY_NAMES[CATEGORIES[category]], LEVELS[level].capitalize()
        holder = ET.SubElement(quiz, "question", type="category")
        _add_text(holder, "category", "/".join([TOP, *names]))
        for question in group:
            _add_essay(quiz, question, parts[question.scaffold])
    ET.indent(quiz)
    content: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _shelf(question: Question) -> tuple[int, int]:
    return CATEGORIES.index(question.category), LEVELS.index(question.level)


def _add_essay(quiz: ET.Element, question: Question, parts: Sequence[str]) -> None:
    essay = ET.SubElement(quiz, "question", type="essay")
    _add_text(essay, "name", f"{question.id} {question.title}")
    _add_html(essay, "questiontext", markup.ask(question))
    _add_html(essay, "generalfeedback", markup.paragraph(question.intent))
    for name, value in (("defaultgrade", MARK), ("penalty", 0), ("hidden", 0), ("idnumber", question.id)):
        ET.SubElement(essay, name).text = str(value)
    settings: dict[str, object] = {
        "responseformat": "editor",
        "responserequired": 1,
        "responsefieldlines": LINES_SHOWN,
        "attachments": 0,
        "attachmentsrequired": 0,
    }
    for name, setting in settings.items():
        ET.SubElement(essay, name).text = str(setting)
    _add_html(essay, "graderinfo", _grader_information(question))
    _add_html(essay, "responsetemplate", "".join(f"{markup.heading(part)}<p></p>" for part in parts))
    tags = ET.SubElement(essay, "tags")
    for tag in dict.fromkeys([question.specialisation, *question.competencies, *question.tags]):
        _add_text(tags, "tag", tag)


def _grader_information(question: Question) -> str:
    """Anchors first: they are what the mark is read from."""
    scores = (1, 2, 3, 4, 5)
    anchors = (
        (f"{one.name} ({one.weight} %)", *(one.anchors[score] for score in scores))
        for one in question.criteria
    )
    blocks = [
        markup.paragraph(f"Mark: the weighted mean of the four scores, 1 to {MARK}. 3 meets the bar."),
        markup.table("What is heard at each score", ("Criterion", *scores), anchors),
        markup.heading("Strong answers cover"),
        markup.bullets(question.strong_points),
        markup.heading("Red flags"),
        markup.bullets(markup.flags(question)),
    ]
    if question.figures:
        answers = (
            f"{one.ask} {one.answer:g} {one.unit} (within {one.tolerance:g})" for one in question.figures
        )
        blocks += [markup.heading("Figures"), markup.bullets(answers)]
    asks = (probe.ask for probe in question.probes)
    return "".join([*blocks, markup.heading("Follow-up questions"), markup.bullets(asks)])


def _add_text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    ET.SubElement(element, "text").text = _UNWRITABLE.sub(" ", text)
    return element


def _add_html(parent: ET.Element, name: str, html: str) -> None:
    _add_text(parent, name, html).set("format", "html")
