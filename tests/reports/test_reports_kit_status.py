"""The kits of a class as a frame: the same answer as for each learner alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from kit_samples import ASKED, DUE, KIT_ID, MADE, answer, sample_kit

from itpm_prep.practice.kits import KitQuestion, standing_of
from itpm_prep.practice.records import Attempt
from itpm_prep.reports.kit_status import KITS, kit_status

SECOND = sample_kit(id="ab" * 16, title="Second", questions=(KitQuestion(ASKED[1]),), due_at=None)
BOTH = (sample_kit(), SECOND)
NEEDED = (
    "learner_id", "interview_id", "question_id", "outcome", "retry_of", "take", "kit", "submitted_at",
)  # fmt: skip


def frame_of(handed_in: dict[str, list[Attempt]]) -> pd.DataFrame:
    rows = [
        [learner, *(getattr(one, name) for name in NEEDED[1:])]
        for learner, attempts in handed_in.items()
        for one in attempts
    ]
    frame = pd.DataFrame(rows, columns=list(NEEDED))
    frame["submitted_at"] = frame["submitted_at"].astype("datetime64[us, UTC]")
    text = [name for name in NEEDED if name not in ("take", "submitted_at")]
    return frame.astype({**dict.fromkeys(text, "str"), "take": "int64"})


def states(handed_in: dict[str, list[Attempt]], now: datetime) -> dict[tuple[str, str], str]:
    frame = kit_status(frame_of(handed_in), list(handed_in), BOTH, now)
    return {(row.learner_id, row.title): row.state for row in frame.itertuples()}


def test_every_learner_has_a_row_for_every_kit_with_the_state_it_stands_in() -> None:
    done = [answer(one, 1) for one in ASKED]
    late = [*done[:2], answer(ASKED[2], 24 * 8)]
    found = states({"ann": done, "bo": late, "cy": done[:1], "di": []}, DUE + timedelta(days=2))
    assert {learner: found[learner, "Week 3: risks"] for learner in ("ann", "bo", "cy", "di")} == {
        "ann": "done",
        "bo": "late",
        "cy": "missing",
        "di": "missing",
    }
    assert {found[learner, "Second"] for learner in ("ann", "bo", "cy", "di")} == {"open"}


def test_columns_and_types_hold_without_answers_learners_or_kits() -> None:
    none: dict[str, list[Attempt]] = {}
    for frame in (
        kit_status(frame_of({"ann": []}), ["ann"], BOTH, DUE),
        kit_status(frame_of(none), [], BOTH, DUE),
        kit_status(frame_of({"ann": [answer(ASKED[0], 1)]}), ["ann"], (), DUE),
    ):
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
            name: column.dtype for name, column in KITS.items()
        }
    assert len(kit_status(frame_of({"ann": []}), ["ann"], BOTH, DUE)) == 2


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bo"]),
        st.sampled_from([*ASKED, "LDR-GEN-001"]),
        st.integers(0, 24 * 10),
        st.sampled_from(["answered", "skipped"]),
        st.sampled_from(["i1", "i2"]),
        st.integers(1, 2),
        st.sampled_from([KIT_ID, SECOND.id, ""]),
        st.sampled_from([None, None, "x"]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 24 * 12))
def test_it_says_of_each_learner_what_the_rules_say_of_one(
    rows: list[tuple[str, str, int, str, str, int, str, str | None]], hours: int
) -> None:
    now = MADE + timedelta(hours=hours)
    handed_in: dict[str, list[Attempt]] = {"ann": [], "bo": []}
    for at, (learner, question, then, outcome, held, take, kit, of) in enumerate(rows):
        changes = {"outcome": outcome, "interview_id": held, "take": take, "kit": kit, "retry_of": of}
        handed_in[learner].append(answer(question, then, id=str(at), **changes))
    frame = kit_status(frame_of(handed_in), list(handed_in), BOTH, now)
    for row in frame.itertuples():
        kit = next(one for one in BOTH if one.id == row.kit_id)
        alone = standing_of(kit, handed_in[row.learner_id], now)
        assert (row.state, row.questions, row.answered, row.skipped) == (
            alone.state,
            alone.questions,
            alone.answered,
            alone.skipped,
        )
        finished_at = None if pd.isna(row.finished_at) else row.finished_at.to_pydatetime()
        assert finished_at == alone.finished_at
