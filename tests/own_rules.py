"""Rules that a person may choose field by field, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from itpm_prep.practice.records import Rules

OWN_RULES = st.builds(
    Rules,
    think_s=st.none() | st.integers(5, 600),
    answer_s=st.none() | st.integers(15, 1800),
    takes=st.integers(1, 3),
    probes=st.integers(0, 2),
    scores=st.sampled_from(["each", "end"]),
    cut=st.booleans(),
    aided=st.booleans(),
)
