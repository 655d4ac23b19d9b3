"""The job description and the target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

import msgspec

from itpm_prep.practice.job_description import (
    MOST_CHARACTERS,
    Found,
    JobTextError,
    Kind,
    check_text,
    read_job,
    target_of,
)
from itpm_prep.practice.records import Setup
from itpm_prep.practice.target import TARGET, Target, aimed
from itpm_prep.problems import NotSaved
from itpm_prep.store.record import Record
from itpm_prep.widgets import job_screen as screens
from itpm_prep.widgets.blocks import Block, Html, Row
from itpm_prep.widgets.guard import guarded

NOTE, TEXT, REMOVED = "note", "prepare:job", "prepare:removed"


class JobView:
    """Keeps the text as typed and what was taken away; ``on_set`` is called when a target was set."""

    def __init__(self, record: Record, say: Callable[[str], None], on_set: Callable[[Target], None]) -> None:
        self.record, self.on_set = record, on_set
        self.guard = guarded(say)
        self.found: tuple[Found, ...] = ()
        self.text = ""
        self.removed: frozenset[str] = frozenset()
        self.marks, self.aim = Html(), Row(look="")
        self.results = Row(look="")

    def blocks(self) -> tuple[Block, ...]:
        """The box and, when its text can be read, what is in it."""
        kept = self.record.documents(NOTE)
        self.text = _decoded(kept.get(TEXT), str, "")
        self.removed = frozenset(_decoded(kept.get(REMOVED), tuple[str, ...], ()))
        self.results = Row(look="")
        try:
            check_text(self.text)
        except JobTextError:
            self.found = ()
        else:
            self._read()
        return screens.job_form(self.text, self._keep, self.guard(self._find)), self.results

    def _keep(self, _: str, text: str) -> None:
        """Store the text as it stands; one over the limit is refused whole, not cut."""
        if len(text) > MOST_CHARACTERS:
            raise NotSaved(
                f"{len(text):,} characters, and at most {MOST_CHARACTERS:,} are kept. "
                "What was saved before stays; your words stay in the box."
            )
        self._store(NOTE, TEXT, text)

    def _find(self, text: str) -> None:
        check_text(text)
        self._store(NOTE, TEXT, text)
        self.text = text
        self._read()

    def _read(self) -> None:
        self.found = read_job(self.text)
        self.marks, self.aim = Html(), Row(look="")
        blocks = screens.found_blocks(self.found, self.removed, self.text, self._on_keep)
        self.results.fill(*blocks, self.marks, self.aim)
        self._suggest()

    def _on_keep(self, kind: Kind, ids: Sequence[str]) -> None:
        self.guard(lambda: self._take_away(kind, ids))()

    def _take_away(self, kind: Kind, kept: Collection[str]) -> None:
        # What was taken away of another text stays away, should it come up again.
        of_kind = {one.id for one in self.found if one.kind == kind}
        self.removed = (self.removed - of_kind) | (of_kind - set(kept))
        self._suggest()
        self._store(NOTE, REMOVED, sorted(self.removed))

    def _suggest(self) -> None:
        level_found = any(one.kind == "level" and one.id not in self.removed for one in self.found)
        suggested = target_of(self.found, self.removed)
        self.marks.update(value=screens.marked(self.found, self.removed, self.text) if self.found else "")
        form = screens.TargetForm(suggested, level_found=level_found, on_set=self._on_target)
        self.aim.fill(*form.blocks)

    def _on_target(self, target: Target) -> None:
        self.guard(lambda: self._set(target))()

    def _set(self, target: Target) -> None:
        self._store("target", TARGET, target)
        last = _decoded(self.record.preference("setup"), Setup, None)
        if last is not None:  # the mock interview starts from its last set-up, once there is one
            self.record.prefer("setup", msgspec.json.encode(aimed(last, target)).decode())
        self.on_set(target)

    def _store(self, kind: str, name: str, value: object) -> None:
        self.record.keep_document(kind, name, msgspec.json.encode(value).decode(), datetime.now(UTC))


def _decoded(stored, kind, otherwise):  # type: ignore[no-untyped-def]  # msgspec's own types do not reach through
    """What was stored as JSON; ``otherwise`` when nothing readable was."""
    try:
        return msgspec.json.decode(stored or "", type=kind)
    except msgspec.MsgspecError:
        return otherwise
