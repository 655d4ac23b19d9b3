"""A kit in the making: its form, its draft, and the questions to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Protocol
from uuid import uuid4

from itpm_prep.apps.host import Host
from itpm_prep.bank.compiled import Bank, Entry
from itpm_prep.bank.names import CATEGORY_NAMES, SPECIALISATION_NAMES
from itpm_prep.practice.kit_files import Draft, decode_draft, encode_draft
from itpm_prep.practice.kits import Kit, KitQuestion, checked, expect_due_later, minutes_of, sort_out
from itpm_prep.practice.presets import decode_presets
from itpm_prep.practice.selection import may_ask
from itpm_prep.problems import PersonError
from itpm_prep.widgets.blocks import Block, Item
from itpm_prep.widgets.kit_form import KitForm, Shelf, Wish
from itpm_prep.widgets.made_kit_screen import form_screen

KIND, CURRENT = "kit_draft", "current"  # the document of the kit in the making: there is one
NAME = "instructor_name"  # the preference that keeps how kits are signed


class MakingHost(Host, Protocol):
    """What making a kit needs of the controller."""

    def show(self, *blocks: Block) -> None:
        """Show blocks below the head."""


class KitMaking:
    """The form and its draft; ``on_made`` gets the kit, ``on_leave`` shows the list again."""

    def __init__(
        self, host: MakingHost, on_made: Callable[[Kit], None], on_leave: Callable[[], None]
    ) -> None:
        self.host, self._on_made, self._on_leave = host, on_made, on_leave

    def draft(self) -> Draft | None:
        """What is in the making."""
        return decode_draft(self.host.record.documents(KIND).get(CURRENT, ""))

    def go_on(self) -> None:
        """The form, with the draft as it was left."""
        self._open(self.draft() or Draft(id=uuid4().hex, made_by=self._name()))

    def _name(self) -> str:
        """How the instructor signed before, here or in a review."""
        record = self.host.record
        return record.preference(NAME) or record.preference("reviewer_name") or ""

    def copy(self, kit: Kit) -> None:
        """The form with what stands in a kit; ``PersonError`` while another one is in the making."""
        if self.draft() is not None:
            raise PersonError(
                "A kit is in the making. Finish or discard it first: nothing of it must be lost."
            )
        draft = Draft(
            id=uuid4().hex,
            title=kit.title,
            message=kit.message,
            made_by=kit.made_by,
            questions=tuple(one.id for one in kit.questions),
            mode=kit.mode,
            rules=kit.rules,
        )
        self._keep_draft(draft)
        self._open(draft)

    def _open(self, draft: Draft) -> None:
        form = KitForm(
            draft,
            Shelf(self._find, lambda ids: describe(self.host.bank, ids), self._minutes),
            decode_presets(self.host.record.documents("preset")),
            self._keep_draft,
            self._finish,
            self.host.act,
        )
        self.host.show(*form_screen(form.blocks, self.host.act(self._on_leave), self.host.act(self._discard)))

    def _keep_draft(self, draft: Draft) -> None:
        self.host.record.keep_document(KIND, CURRENT, encode_draft(draft), self.host.now())

    def _discard(self) -> None:
        self.host.record.drop_document(KIND, CURRENT)
        self._on_leave()

    def _finish(self, draft: Draft) -> None:
        """Keep the kit, or say what is wrong with the draft, which stays."""
        known = {entry.id: entry.version for entry in self.host.bank.entries}
        gone = [one for one in draft.questions if one not in known]
        if gone:
            raise PersonError(
                f"{', '.join(gone)} can no longer be found in the bank. Take it out of the kit."
            )
        kit = checked(
            Kit(
                id=draft.id,
                title=draft.title,
                questions=tuple(KitQuestion(one, known[one]) for one in draft.questions),
                mode=draft.mode,
                made_at=self.host.now(),
                rules=draft.rules,
                due_at=end_of(draft.due),
                message=draft.message,
                made_by=draft.made_by,
            )
        )
        expect_due_later(kit.due_at, self.host.now().astimezone())
        self._on_made(kit)
        self.host.record.drop_document(KIND, CURRENT)
        self.host.record.prefer(NAME, kit.made_by)

    # Questions --------------------------------------------------------------------------------

    def _find(self, wish: Wish) -> Sequence[Item]:
        entries = self.host.bank.select(category=wish.category or None, level=wish.level or None)  # type: ignore[arg-type]  # the form offers none but these
        words = wish.words.lower().split()
        found = [one for one in entries if may_ask(one)]
        if words:
            found = [one for one in found if all(word in self._texts[one.id] for word in words)]
        return [_item(one, self.host.bank.question(one.id).stem) for one in found]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What is searched for words, by id."""
        questions = (self.host.bank.question(entry.id) for entry in self.host.bank.entries)
        return {
            one.id: " ".join([one.id, one.title, one.context or "", one.stem, *one.tags]).lower()
            for one in questions
        }

    def _minutes(self, draft: Draft) -> int:
        kit = Kit(
            id=draft.id,
            title="",
            questions=tuple(map(KitQuestion, draft.questions)),
            mode=draft.mode,
            made_at=self.host.now(),
            rules=draft.rules,
        )
        return minutes_of(kit, sort_out(kit, self.host.bank.entries, ())[0])


def describe(bank: Bank, ids: Sequence[str]) -> list[Item]:
    """Questions as lines, also those that the bank does not hold."""
    entries = {entry.id: entry for entry in bank.entries}
    return [
        _item(entries[one]) if one in entries else Item(one, f"{one} (not in the bank here)", "")
        for one in ids
    ]


def _item(entry: Entry, stem: str = "") -> Item:
    field = SPECIALISATION_NAMES[entry.specialisation]
    notes = [entry.id, CATEGORY_NAMES[entry.category], entry.level, field, stem]
    return Item(entry.id, entry.title, " · ".join(filter(None, notes)))


def end_of(typed: str) -> datetime | None:
    """The last second of a day in the time zone of this machine; None for no day."""
    if not typed:
        return None
    try:
        return datetime.combine(date.fromisoformat(typed), time(23, 59, 59)).astimezone()
    except (ValueError, OverflowError):  # no date, or one at the very end of the calendar
        raise PersonError(f"{typed[:20]} is no date. Choose one like 2026-12-01.") from None
