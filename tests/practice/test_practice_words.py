from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from itpm_prep.practice import words


@given(st.text() | st.text(alphabet="a1-. \t\n\x1c\u2003\u00a0_"))
def test_as_many_words_are_counted_as_are_found(text: str) -> None:
    spans = words.spans(text)
    assert words.count(text) == len(spans)
    for start, end in spans:
        assert any(map(str.isalnum, text[start:end]))
