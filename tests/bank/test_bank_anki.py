"""Cards for Anki, read the way Anki reads a text file with settings at its head."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import unescape
from pathlib import Path

import msgspec
import pytest

from itpm_prep.bank.exchange.anki import write_anki
from itpm_prep.bank.source import parse_source
from itpm_prep.bank.types import Question

Sound = Callable[[str], str]


@pytest.fixture
def question(sound: Sound) -> Question:
    source, _ = parse_source(sound("SCN-SOF-001"), Path("q.yaml"), "q.yaml")
    assert source is not None
    return msgspec.convert(source.data, Question)


def read(data: bytes) -> tuple[dict[str, str], list[list[str]]]:
    """The settings at the head, and the cells of the notes."""
    lines = data.decode("utf-8").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    assert lines[: len(head)] == head
    settings = dict(line[1:].rstrip("\n").split(":", 1) for line in head)
    return settings, list(csv.reader(io.StringIO("".join(lines[len(head) :])), delimiter="\t"))


def test_the_head_tells_anki_how_to_read_the_file(question: Question) -> None:
    settings, rows = read(write_anki([question]))
    assert settings["separator"] == "tab"
    assert settings["html"] == "true"
    names = settings["columns"].split("\t")
    assert names[int(settings["guid column"]) - 1] == "GUID"
    assert names[int(settings["tags column"]) - 1] == "Tags"
    assert {"Front", "Back"} < set(names)  # the fields of Anki's Basic notes
    assert settings["notetype"] == "Basic"
    assert {len(row) for row in rows} == {len(names)}


def test_the_question_is_in_front_and_what_strong_answers_cover_on_the_back(question: Question) -> None:
    _, (cells,) = read(write_anki([question]))
    guid, front, back, tags = map(unescape, cells)
    assert guid == "itpm-prep-SCN-SOF-001"
    assert question.stem in front
    assert "<table" in front
    assert all(point not in front and point in back for point in question.strong_points)
    assert all(flag.text in back for flag in question.red_flags)
    assert tags.split()[:3] == ["itpm::scenario", "itpm::senior", "itpm::software"]


def test_a_changed_question_keeps_its_guid(question: Question) -> None:
    changed = msgspec.structs.replace(question, stem="What now?", version=2)
    rows = read(write_anki([question, changed]))[1]
    assert rows[0][0] == rows[1][0]
    assert rows[0][1] != rows[1][1]


def test_line_breaks_tabs_quotes_and_markup_stay_inside_their_cell(question: Question) -> None:
    wild = '"Say <b>it</b>"\n\tthen\n#again'
    rows = read(write_anki([msgspec.structs.replace(question, context=wild, tags=("two words",))]))[1]
    assert len(rows) == 1
    assert '<p>"Say &lt;b&gt;it&lt;/b&gt;"<br> then<br>#again</p>' in rows[0][1]
    assert rows[0][3].endswith("itpm::two_words")
