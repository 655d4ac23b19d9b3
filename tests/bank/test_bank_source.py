"""Reading one file: bad input comes back as problems with a line, never as an exception."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.bank.source import MOST_BYTES, read_source
from itpm_prep.problems import Problem


def faults(tmp_path: Path, content: str | bytes) -> list[Problem]:
    path = tmp_path / "q.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    source, problems = read_source(path)
    assert source is None
    return problems


def test_a_sound_file_gives_plain_data_and_the_line_of_every_key(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(
        "# comment\nid: A\nanchors:\n  1: one\n  2: >-\n    two\n    lines\nlist:\n- x\n- {a: 1.5, b: true}\n"
        "day: 2026-11-21\nnone:\ntime: '16:00'\n"
    )
    source, problems = read_source(path)
    assert problems == []
    assert source is not None
    assert source.data == {
        "id": "A",
        "anchors": {"1": "one", "2": "two lines"},
        "list": ["x", {"a": 1.5, "b": True}],
        "day": "2026-11-21",
        "none": None,
        "time": "16:00",
    }
    assert [source.line(key) for key in ("id", "anchors.2", "list[1].b", "list[1].absent", "absent")] == [
        2,
        5,
        10,
        10,
        1,
    ]


def test_a_windows_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: A\r\nstem: B\r\n")
    source, problems = read_source(path)
    assert problems == []
    assert source is not None
    assert source.data == {"id": "A", "stem": "B"}


@pytest.mark.parametrize(
    ("content", "line", "key", "words"),
    [
        ("", 0, "", "empty"),
        (" \n\n", 0, "", "empty"),
        ("# only a comment\n", 0, "", "empty"),
        (b"id: A\nstem: caf\xe9\n", 2, "", "not UTF-8"),
        ("id: A\nstem: B\nid: C\n", 3, "id", "written twice"),
        ("a:\n  1: x\n  '1': y\n", 3, "a.1", "written twice"),
        ("id: A\nb: &x [1]\n", 2, "", "anchor or alias"),
        ("id: A\nb: *x\n", 2, "", "anchor or alias"),
        ("id: A\n---\nid: B\n", 2, "", "second document"),
        ("- id: A\n", 1, "", "a list"),
        ("just words\n", 1, "", "a single value"),
        ("id: A\nstem: [1, 2\nb: 3\n", 3, "", "not YAML"),
        ("id: A\n\tstem: B\n", 2, "", "not YAML"),
        ("id: A\nstem: 'open\n", 3, "", "not YAML"),
        ("id: A\n? [1, 2]\n: x\n", 2, "", "a key that is a list"),
        ("id: A\nb:\n  c: 16:00\n", 3, "b.c", "16:00"),
        ("id: A\nb: no\n", 2, "b", "no, which YAML reads"),
        ("id: A\nb: 0x1F\n", 2, "b", "0x1F"),
        ("id: A\nb: .inf\n", 2, "b", ".inf"),
        (f"b: {'9' * 5000}\n", 1, "b", "999"),
        ("id: A\nb: !!python/object/apply:os.system [ls]\n", 2, "", "a YAML tag"),
        ("id: A\nb: !!binary aGk=\n", 2, "", "binary"),
        ("id: A\x00\n", 0, "", "not YAML"),
    ],
)
def test_bad_input_is_told_with_line_and_key(
    content: str | bytes, line: int, key: str, words: str, tmp_path: Path
) -> None:
    problem = faults(tmp_path, content)[-1]
    assert (problem.line, problem.key, problem.rule) == (line, key, "yaml")
    assert words in problem.found


def test_all_misread_values_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    assert [p.key for p in faults(tmp_path, "a: yes\nb: 010\nc: fine\nd: 1_000\n")] == ["a", "b", "d"]


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    source, problems = read_source(path)
    assert source is None
    assert problems[0].found == "51,200 KB long"
    assert f"{MOST_BYTES // 1024} KB" in problems[0].must


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 50_000, "- " * 20_000 + "x"])
def test_deep_nesting_is_refused_before_it_is_built(text: str, tmp_path: Path) -> None:
    assert "nested deeper than 12" in faults(tmp_path, text)[0].found


def test_an_alias_bomb_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    problems = faults(tmp_path, f"l0: &l0 [x]\n{layers}\n")
    assert [(p.line, p.found) for p in problems] == [(1, "an anchor or alias (& or *)")]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "No such file" in read_source(tmp_path / "absent.yaml")[1][0].found
    assert read_source(tmp_path)[1][0].found == "not a regular file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that its owner may not read")
def test_a_forbidden_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("id: A\n")
    path.chmod(0)
    assert "Permission denied" in read_source(path)[1][0].found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "q.yaml")
    assert read_source(tmp_path / "q.yaml")[1][0].found == "not a regular file"


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.text("abc:-[]{}&*!'\"|>\n 1?#%@", max_size=120).map(str.encode))
def test_no_content_makes_reading_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "q.yaml"
    path.write_bytes(content)
    source, problems = read_source(path)
    assert (source is None) == bool(problems)
