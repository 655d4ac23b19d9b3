"""Four learners whose answers are known, two of one name, as an instructor has them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from framed import NOW, aim, pass_gate, well_practised
from practised import practised, store

from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Fact
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_cohort
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import open_record

ADA, OTHER_ADA, BEN, NEW = "a" * 32, "b" * 32, "c" * 32, "d" * 32
HOSTILE = '=1+1 <script>alert("x")</script>'
"""What the newest learner is called; nothing of theirs has been scored."""


def bundle_of(folder: Path, learner: Learner, facts: Sequence[Fact], *, ready: bool = False) -> bytes:
    """What a learner with these facts hands in; ``ready``: with a target and a gate passed."""
    with open_record(folder / f"{learner.id}.sqlite3") as record:
        store(record, list(facts))
        if ready:
            aim(record)
            pass_gate(record)
        file = BytesIO()
        export_bundle(record, file, learner=learner)
    return file.getvalue()


def bundles(folder: Path) -> dict[str, bytes]:
    """File name to bundle of each learner."""
    handing_in = [
        (Learner(ADA, "Ada"), well_practised(), True),
        (Learner(OTHER_ADA, "Ada"), practised(), False),
        (Learner(BEN, "Ben Łukasz"), practised(), False),
        (Learner(NEW, HOSTILE), practised()[4:5], False),
    ]
    return {
        f"{learner.id[:4]}.jsonl": bundle_of(folder, learner, facts, ready=ready)
        for learner, facts, ready in handing_in
    }


def open_class(folder: Path) -> Cohort:
    """The cohort with all four handed in."""
    cohort = open_cohort(folder / "cohort.sqlite3")
    merged = cohort.merge((name, BytesIO(content)) for name, content in bundles(folder).items())
    assert not merged.problems
    return cohort


def frames_of_class(folder: Path, bank: Bank | None = None) -> Frames:
    """The frames of the four."""
    with open_class(folder) as cohort:
        return frames_of(source_of_cohort(cohort), bank, NOW)
