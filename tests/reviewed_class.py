"""A small class that has handed in, and the instructor's desk on which it is reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from drawn import of_kind, press
from msgspec.structs import replace
from practised import FIGURES, KEYED, START, attempt, rating, store
from seen import Seen

from itpm_prep.apps.cohort.controller import CohortApp
from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice.records import Attempt, Fact, Reply
from itpm_prep.settings import bank_dir
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Choice, Input
from itpm_prep.widgets.parts import AnswerForm, EvidencePicker
from itpm_prep.widgets.table import Table

BANK = load_bank(bank_dir())
QUESTION = BANK.question(KEYED)
SENTENCES = (
    "On 3 May the supplier told Ana that 46 units were late by two weeks.",
    "I gave the sponsor two options with their costs, and she chose the first one.",
)
PARTS = {"situation": SENTENCES[0], "assessment": SENTENCES[1]}
OWN_PROOF = "two options with their costs"  # picked by the learner alone
NOTES = "ask about the bonus clause"
REPLY = "Because the buffer was already used up in March."
NOW = START + timedelta(days=40)


def answered(number: int = 0, **changes: object) -> Attempt:
    """An answer to the question, with figures and notes."""
    fields: dict[str, object] = {"parts": PARTS, "figures": FIGURES, "notes": NOTES}
    fields["question_version"] = QUESTION.version
    return attempt(number, KEYED, QUESTION.competencies[0], **{**fields, **changes})


def scored(of: Attempt, scores: tuple[int, ...] = (5, 5, 5, 5)) -> Fact:
    """The learner's own scores, with a proof that no reviewer is to see before the end."""
    own = rating(of, scores)
    return replace(own, marks=tuple(replace(mark, evidence=OWN_PROOF) for mark in own.marks))


def facts_of(number: int = 0, scores: tuple[int, ...] = (5, 5, 5, 5)) -> list[Fact]:
    """One answer with a reply to a probe and the learner's own scores."""
    one = answered(number)
    reply = Reply(
        id=f"r{number}", attempt_id=one.id, probe_id="p1", ask="Why that date?", text=REPLY,
        replied_at=one.submitted_at,
    )  # fmt: skip
    return [one, reply, scored(one, scores)]


def learner_record(folder: Path, facts: Sequence[Fact]) -> LocalRecord:
    """A learner's own record."""
    record = open_record(folder / "practice.sqlite3")
    store(record, list(facts))
    return record


def bundle_of(record: LocalRecord, learner: Learner) -> BytesIO:
    """What a learner hands in."""
    buffer = BytesIO()
    export_bundle(record, buffer, learner=learner, bank=BANK)
    buffer.seek(0)
    return buffer


def class_of(folder: Path, learners: dict[str, Sequence[Fact]]) -> Cohort:
    """A cohort of learners by name; the id of each is the name in small letters."""
    cohort = open_cohort(folder / "cohort.sqlite3")
    for name, facts in learners.items():
        with learner_record(folder / name, facts) as record:
            merged = cohort.merge([(f"{name}.jsonl", bundle_of(record, Learner(name.lower(), name)))])
        assert not any(one.problems for one in merged.files)
    return cohort


class Desk:
    """One instructor at work: the real cohort app on a page that is looked at from here."""

    def __init__(self, cohort: Cohort, record: LocalRecord, now: datetime = NOW) -> None:
        self.cohort, self.record = cohort, record
        self.page = Seen()
        self.app = CohortApp(self.page, cohort, record, BANK, lambda: now)
        self.app.show_view("review")

    @property
    def html(self) -> str:
        """The words of the markup alone."""
        return self.page.words

    def call(self, name: str) -> None:
        """Say who reviews, for the first time or anew."""
        (box,) = (one for one in of_kind(self.page.blocks, Input) if one.spec["label"] in (
            "Your name", "You review as",
        ))  # fmt: skip
        box.hear({"value": name})
        if box.spec["label"] == "Your name":
            self.press("Begin to review")

    def press(self, label: str) -> None:
        """Press a button."""
        press(self.page.blocks, label)

    def queue(self) -> list[str]:
        """The keys of the answers listed."""
        return [row[0] for table in of_kind(self.page.blocks, Table) for row in table.spec["rows"]]

    def open(self, at: int = 0) -> None:
        """Open an answer of the queue."""
        (table,) = of_kind(self.page.blocks, Table)
        table.hear({"kind": "open", "key": table.spec["rows"][at][0]})

    def hear(self, *flags: int) -> None:
        """Tick red flags."""
        (choice,) = of_kind(self.page.blocks, Choice)
        choice.hear({"chosen": [str(flag) for flag in flags]})

    def pick(self, anchor: int, evidence: str = SENTENCES[1]) -> None:
        """Pick an anchor and its proof."""
        (picker,) = of_kind(self.page.blocks, EvidencePicker)
        picker.hear({"kind": "change", "chosen": anchor, "evidence": evidence})

    def act(self, action: str, comment: str = "") -> None:
        """Press a button of the form, with a comment."""
        self.form.hear({"kind": "act", "action": action, "texts": {"comment": comment}})

    def type(self, comment: str) -> None:
        """Type a comment and pause."""
        self.form.hear({"kind": "draft", "box": "comment", "text": comment, "number": 1})

    @property
    def form(self) -> AnswerForm:
        """The form of the comment."""
        (form,) = of_kind(self.page.blocks, AnswerForm)
        return form

    def review(self, *anchors: int, comment: str = "", at: int = 0, evidence: str = SENTENCES[1]) -> None:
        """A whole review of an answer of the queue, submitted."""
        self.open(at)
        self.press("Score")
        for anchor in anchors:
            self.pick(anchor, evidence)
            self.act("next", f"On {anchor}.")
        self.act("submit", comment)
