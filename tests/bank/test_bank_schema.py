"""All departures of a file from the schema, in plain words, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as configure
from hypothesis import strategies as st

from itpm_prep import settings
from itpm_prep.bank.schema import faults_of, read_question, schema_text
from itpm_prep.bank.source import Source, read_source
from itpm_prep.bank.types import Question

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]


def read(path: Path) -> Source:
    source, problems = read_source(path)
    assert problems == []
    assert source is not None
    return source


@pytest.fixture
def source(sound: Sound, put: Put) -> Source:
    return read(put("SCN-SOF-001", sound("SCN-SOF-001")))


def test_a_sound_file_becomes_a_question(source: Source) -> None:
    question, problems = read_question(source)
    assert problems == []
    assert question is not None
    assert question.id == "SCN-SOF-001"
    assert question.exhibits[0].rows[0] == ("Claims intake", 260, 260, 245, 250)
    assert question.criteria[0].anchors[1].startswith("Repeats amber")


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "must"),
    [
        ("version: 1\nstatus", "version: 0\nstatus", "version", "0", "be 1 or more"),
        ("status: draft", "status: Draft", "status", '"Draft"', "be draft, retired or reviewed"),
        ("level: senior", "level: [senior]", "level", "a list", "be director, junior, mid or senior"),
        ("title: The amber", "headline: The amber", "headline", "an unknown key", "be one of schema_version"),
        ("title: The amber", "titel: The amber", "titel", "an unknown key", "did you mean title?"),
        ("title: The amber", "titel: The amber", "title", "missing", "be there: text"),
        ("status: draft\n", "", "status", "missing", "be there: draft, retired or reviewed"),
        ("id: accounts", "id: Control Accounts", "exhibits[0].id", '"Control Accounts"', "small letters"),
        ("created: 2026-11-21", "created: 21.11.2026", "provenance.created", '"21.11.2026"', "a day such as"),
        ("answer: 0.822", "answer: about one", "figures[0].answer", '"about one"', "be a number"),
        ("[Reporting, 120", "[Reporting, true", "exhibits[0].rows[3][1]", "true", "be text or a number"),
        ("prep_s: 150", "prep_s: 181", "timing.prep_s", "181", "be 180 or less"),
        ("fiction: true", "fiction: 'true'", "provenance.fiction", '"true"', "be true or false"),
        (
            "      1: Asks for nothing",
            "      6: Asks for nothing",
            "criteria[1].anchors.6",
            "an unknown",
            "5",
        ),
        (
            "      1: Asks for nothing",
            "      6: Asks for nothing",
            "criteria[1].anchors.1",
            "missing",
            "text",
        ),
        ("scaffold: sbar", "scaffold: sbar\ncontext_: x", "context_", "an unknown key", "context?"),
        ("scaffold: sbar", "scaffold: sbar\nweight_reason: 3", "weight_reason", "3", "be text"),
        ("scaffold: sbar", "scaffold: sbar\nreplaces: X-1", "replaces", '"X-1"', "such as SCN-ERP-001"),
        ("title: The amber report with red numbers", "title: ''", "title", "empty", "1 to 60 characters"),
        ("title: The amber", f"title: {'x' * 61} amber", "title", "characters long", "1 to 60 characters"),
        (
            "competencies: [metrics_reporting, ",
            "competencies: [luck, ",
            "competencies[0]",
            '"luck"',
            "be change_",
        ),
        ("key: {DIA: 2, ", "key: {DIA: 7, ", "benchmarks[0].key.DIA", "7", "be 5 or less"),
        ("key: {DIA: 2, ", "key: {DYA: 2, ", "benchmarks[0].key", '"DYA"', "DIA"),
        ("topics: [RS05", "topics: [[RS05]", "topics[0]", "a list", "be text"),
    ],
)
def test_each_kind_of_fault_is_told_in_plain_words(
    old: str, new: str, key: str, found: str, must: str, sound: Sound, put: Put
) -> None:
    text = sound("SCN-SOF-001")
    assert old in text
    question, problems = read_question(read(put("SCN-SOF-001", text.replace(old, new, 1))))
    assert question is None
    told = [p for p in problems if p.key == key and found in p.found and must in p.must]
    assert len(told) == 1, problems
    assert told[0].rule == "schema"


def test_every_fault_of_a_file_is_found_in_one_run(sound: Sound, put: Put) -> None:
    text = sound("SCN-SOF-001").replace("level: senior", "level: boss").replace("weight: 25", "weight: 0")
    problems = read_question(read(put("SCN-SOF-001", text)))[1]
    assert [(p.line, p.key) for p in problems] == sorted(
        (number, key)
        for number, key in zip(
            [n for n, line in enumerate(text.splitlines(), 1) if "boss" in line or "weight: 0" in line],
            ["level", *(f"criteria[{place}].weight" for place in range(4))],
            strict=True,
        )
    )


def test_the_schema_file_for_editors_is_fresh() -> None:
    path = settings.CHECKOUT / "question_bank" / "schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(), "run `itpm-prep bank schema`"


def leaves(data: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place] * bool(place) + [leaf for key, value in parts for leaf in leaves(value, (*place, key))]


@configure(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # the fixture is only read
@given(
    st.data(),
    st.none() | st.booleans() | st.integers(-1, 400) | st.just(0.5) | st.text("ab", max_size=3) | st.just([]),
)
def test_the_types_and_the_schema_agree_on_what_is_sound(source: Source, draw: Any, value: Any) -> None:
    data = msgspec.json.decode(msgspec.json.encode(source.data))
    *way, last = draw.draw(st.sampled_from(leaves(data)))
    spot = data
    for part in way:
        spot = spot[part]
    spot[last] = value
    altered = Source(source.path, source.file, data, source.lines)
    try:
        msgspec.convert(data, Question)
    except msgspec.ValidationError:
        assert faults_of(altered)
    else:
        assert faults_of(altered) == []
