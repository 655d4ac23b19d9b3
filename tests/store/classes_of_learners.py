"""Classes of learners and what they hand in, drawn by hypothesis; and a cohort's content in one order."""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace
from store_samples import NOW, make_attempt, make_calibration, make_rating, make_reply

from itpm_prep.practice.measures import measure
from itpm_prep.practice.records import Attempt
from itpm_prep.store.bundle_checks import Item
from itpm_prep.store.bundle_lines import Learner, write_bundle
from itpm_prep.store.cohort import Coded, Cohort

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["Ada", "Ada", "", "=1+1", "<b>Bo</b>", "Jürgen Müller"])


ADA = Learner("l1", "Ada")


def packed(items: Iterable[Item], learner: Learner = ADA, **header: Any) -> bytes:
    """A bundle."""
    file = io.BytesIO()
    write_bundle(file, items, learner, **header)
    return file.getvalue()


def named(*contents: bytes) -> list[tuple[str, io.BytesIO]]:
    """Bundles as they come from an upload."""
    return [(f"{number}.jsonl", io.BytesIO(content)) for number, content in enumerate(contents)]


@st.composite
def items_of(draw: st.DrawFn, number: int) -> list[Item]:
    """All that one learner has done; two learners may have given one id to different things."""
    items: list[Item] = []
    for at in range(draw(st.integers(0, 3))):
        attempt = make_attempt(
            f"a{at}",
            notes=draw(TEXT),
            kit=draw(st.sampled_from(["", "kit-1"])),
            submitted_at=NOW + timedelta(days=at, minutes=number),
            started_at=NOW + timedelta(days=at),
        )
        items.append(attempt)
        if draw(st.booleans()):
            items.append(make_rating(f"s{at}", attempt.id, q=draw(st.sampled_from([1.0, 2.5, 5.0]))))
        if draw(st.booleans()):
            items.append(make_reply(f"r{at}", attempt.id, text=draw(TEXT)))
        if draw(st.booleans()):
            items.append(measure(attempt, None))
    if draw(st.booleans()):
        items.append(make_calibration(f"c{number}"))
    return items


@st.composite
def hand_ins(draw: st.DrawFn) -> list[bytes]:
    """Bundles of some learners: each hands in parts of what there is, and sometimes something changed."""
    bundles = []
    for number in range(draw(st.integers(1, 3))):
        items = draw(items_of(number))
        learner = Learner(f"l{number}", draw(NAMES))
        for _ in range(draw(st.integers(1, 3))):
            part = [item for item in items if draw(st.integers(0, 3))]
            changed = [_changed(item) if draw(st.integers(0, 4)) == 0 else item for item in part]
            bundles.append(packed(changed, replace(learner, name=draw(NAMES))))
    return bundles


def _changed(item: Item) -> Item:
    return replace(item, notes="changed") if isinstance(item, Attempt) else item


def rows_of(cohort: Cohort) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows in one order, and the words behind them."""
    tables = {
        name: sorted(zip(*map(_listed, columns.values()), strict=True))
        for name, columns in cohort.tables().items()
    }
    pairs = [row[:2] for row in tables["attempts"]]
    tables["bodies"] = [
        (cohort.variants(*pair), cohort.replies(*pair), cohort.ratings(*pair)) for pair in pairs
    ]
    tables["clashes"] = [(clash,) for clash in cohort.clashes()]
    return tables


def _listed(column: Coded | array[Any]) -> Sequence[Any]:
    return column.listed() if isinstance(column, Coded) else list(column)
