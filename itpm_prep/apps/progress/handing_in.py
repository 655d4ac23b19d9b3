"""Hand in: chosen answers, or all, as one file for the instructor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from itpm_prep.apps.mock_interview.kits import KIND as KITS
from itpm_prep.apps.progress.saving import address
from itpm_prep.practice.blackout import words_of
from itpm_prep.practice.kit_files import decode_kits
from itpm_prep.problems import PersonError
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.learner import name_learner, read_learner
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.progress_screen import ALL, KIT, SOME, HandIn, HandInForm, SavedFile

if TYPE_CHECKING:
    from itpm_prep.apps.progress.controller import ProgressApp

BLACKED_OUT = "blackout:hand_in"
BUNDLE = "application/x-ndjson"


class HandingIn:
    """Draws the form and makes the file."""

    def __init__(self, app: ProgressApp) -> None:
        self.app = app

    def blocks(self) -> Sequence[Block]:
        """The form, with the name and the words of last time."""
        record = self.app.record
        form = HandInForm(
            read_learner(record).name,
            record.preference(BLACKED_OUT) or "",
            self.app.answers.items(lambda _: True),
            self._kits(),
            self.make,
        )
        return form.blocks(self.app.guard)

    def _kits(self) -> Mapping[str, str]:
        """The kits that were answered: id to title, in the order of their first answer."""
        titles = {one.id: one.title for one in decode_kits(self.app.record.documents(KITS))}
        met = [kit for kit in self.app.frames.attempts["kit"] if kit]
        return {kit: titles.get(kit, kit[:8]) for kit in dict.fromkeys(met)}

    def make(self, asked: HandIn) -> SavedFile:
        """The file; raises ``PersonError`` saying what is in the way, such as a word still readable."""
        try:
            words = words_of(asked.blacked_out)
        except ValueError as fault:
            raise PersonError(str(fault)) from fault
        chosen = self._chosen(asked)
        record = self.app.record
        learner = name_learner(record, asked.name)
        record.prefer(BLACKED_OUT, asked.blacked_out)
        file = BytesIO()
        counts = export_bundle(
            record, file, learner=learner, attempt_ids=chosen, blackout=words, bank=self.app.bank
        )
        return SavedFile(
            _told(counts, words), self._file_name(learner.name), address(BUNDLE, file.getvalue())
        )

    def _chosen(self, asked: HandIn) -> list[str]:
        """The ids of the attempts; named even when it is all of them, so that stories and plans stay here."""
        attempts = self.app.frames.attempts
        if asked.which == ALL:
            return [str(one) for one in attempts["attempt_id"]]
        if asked.which == SOME:
            chosen = list(asked.picked)
        else:
            kit = asked.which.removeprefix(KIT)
            chosen = [str(one) for one in attempts.loc[attempts["kit"] == kit, "attempt_id"]]
        if not chosen:
            raise PersonError("No answer is chosen. Tick those that you want to hand in.")
        return chosen

    def _file_name(self, name: str) -> str:
        """As a folder of many learners' files can hold it: the name in plain letters, and the day."""
        letters = "".join(one if one.isalnum() and one.isascii() else "-" for one in name.lower())
        stem = "-".join(filter(None, letters.split("-"))) or "answers"
        return f"{stem}-{self.app.now():%Y-%m-%d-%H%M}.jsonl"


def _told(counts: Mapping[str, int], words: Sequence[str]) -> str:
    kinds = {"attempt": "answer", "reply": "follow-up", "rating": "score sheet", "calibration": "calibration"}
    held = [markup.plural(counts.get(kind, 0), noun) for kind, noun in kinds.items() if counts.get(kind)]
    covered = f" Blacked out: {', '.join(words)}." if words else ""
    return f"The file holds {', '.join(held)}.{covered} Save it, then hand it in."
