"""Question files rewritten: what is changed is changed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import settings as configure
from hypothesis import strategies as st

from itpm_prep import settings
from itpm_prep.bank.exchange.layout import drop_hints, rewrite
from itpm_prep.bank.skeleton import skeleton
from itpm_prep.bank.source import parse_source

Sound = Callable[[str], str]
QUESTIONS = ("SCN-SOF-001", "BEH-INF-001", "TEC-GEN-001", "LDR-GEN-001", "CHG-ITS-001")
TEXT = (settings.CHECKOUT / "question_bank" / "scenario" / "SCN-SOF-001.yaml").read_text(encoding="utf-8")


def data_of(text: str) -> dict[str, Any]:
    source, problems = parse_source(text, Path("q.yaml"), "q.yaml")
    assert source is not None, problems
    return source.data


UNCHANGED = data_of(TEXT)


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_nothing_changed_is_the_same_text_to_the_last_byte(question_id: str, sound: Sound) -> None:
    text = "# a remark of the author\n" + sound(question_id).replace(
        "\nversion: 1", "\nversion: 1  # and one here"
    )
    assert rewrite(text, {}) == text
    windows = text.replace("\n", "\r\n")
    assert rewrite(windows, {}) == windows


def test_only_the_lines_of_the_changed_keys_differ() -> None:
    after = rewrite(TEXT, {"title": "Another", "timing.prep_s": 60, "tags": ["two words", "one"]})
    removed = set(TEXT.splitlines()) - set(after.splitlines())
    added = set(after.splitlines()) - set(TEXT.splitlines())
    assert removed == {"title: The amber report with red numbers", data_line(TEXT, "timing:")}
    assert added == {
        "title: Another",
        data_line(TEXT, "timing:").replace("150", "60"),
        "tags:",
        "  - two words",
        "  - one",
    }


def data_line(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_a_new_key_stands_where_it_stands_in_every_file() -> None:
    keys = list(data_of(rewrite(TEXT, {"tags": ["one"], "level_also": ["mid"]})))
    assert keys[keys.index("level") + 1] == "level_also"
    assert keys[-3:] == ["frameworks", "tags", "provenance"]


def test_none_takes_a_key_out() -> None:
    assert "context" not in data_of(rewrite(TEXT, {"context": None, "tags": None}))


def test_long_text_is_folded_and_ids_stay_on_one_line() -> None:
    after = rewrite(TEXT, {"stem": "What would you say to them now? " * 9 + "Why?", "topics": ["SQ1", "SQ2"]})
    assert max(map(len, after.splitlines())) <= max(map(len, TEXT.splitlines()))
    assert "topics: [SQ1, SQ2]\n" in after


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"]), min_size=1).map(
    str.strip
)


@configure(deadline=None, max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(texts.filter(bool), st.lists(texts.filter(bool), max_size=4), st.integers(0, 300))
def test_every_text_is_read_back_as_it_was_written(text: str, points: list[str], filler: int) -> None:
    long = f"{text} {'word ' * filler}{text}"
    flag = {"text": text, "cap": {"criterion": "DIA", "max": 2}}
    changes = {"stem": long, "title": text, "strong_points": points, "red_flags": [flag]}
    after = data_of(rewrite(TEXT, changes))
    assert {key: after[key] for key in changes} == changes
    assert {k: v for k, v in after.items() if k not in changes} == {
        k: v for k, v in UNCHANGED.items() if k not in changes
    }


def test_line_breaks_of_a_context_are_kept() -> None:
    assert data_of(rewrite(TEXT, {"context": "One: a.\n\nTwo: b."}))["context"] == "One: a.\n\nTwo: b."


def test_a_skeleton_loses_the_hints_of_what_is_filled_in_and_no_others() -> None:
    text = skeleton("SCN-ERP-900", date(2026, 11, 21))
    after = drop_hints(text, {"title", "context"})
    assert 'title: ""\n' in after
    assert 'context: ""\n# exhibits:  # up to two tables\n' in after
    assert len(text.splitlines()) == len(after.splitlines())
    assert sum(one != two for one, two in zip(text.splitlines(), after.splitlines(), strict=True)) == 2
