"""An instructor's kits at the learner's: opened from a file, kept, answered, handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from itpm_prep.apps.mock_interview.aside import AsideHost
from itpm_prep.apps.mock_interview.kit_hand_in import handing_in
from itpm_prep.apps.mock_interview.offer import expect_none_open
from itpm_prep.bank.compiled import Entry
from itpm_prep.practice.kit_files import encode_kit, known_kits, read_kits
from itpm_prep.practice.kits import Kit, Known, answered_at, minutes_of, setup_of, sort_out
from itpm_prep.problems import PersonError
from itpm_prep.widgets import kit_screen as screens
from itpm_prep.widgets.blocks import Block, Button, Handed

KIND = "kit"


class Kits:
    """The kits that wait, the place to open one, and the page of each."""

    def __init__(self, host: AsideHost) -> None:
        self.host, self.record, self.bank = host, host.record, host.bank

    def offers(self) -> tuple[Block, ...]:
        """What the set-up shows of kits that wait for answers."""
        waiting = [one for one in self._known() if one.standing.finished_at is None]
        return screens.offers(waiting, self._now(), self._open)

    def door(self) -> tuple[Block, ...]:
        """The button that leads here."""
        return (Button("Kits", "plain", self.host.act(self.show_list)),)

    def show_list(self) -> None:
        """Open a kit file, or one that was opened before."""
        hand_over = self.host.act
        self.host.show_aside(
            *screens.kits_screen(
                self._known(),
                self._now(),
                lambda files: hand_over(lambda: self._take(files))(),
                self._open,
                self.host.act(self.host.set_up),
            )
        )

    def show(self, kit_id: str) -> None:
        """The page of one kit; the list when it is no longer there."""
        one = next((known for known in self._known() if known.kit.id == kit_id), None)
        if one is None:
            self.show_list()
            return
        answered = answered_at(one.kit, self.record.attempts())
        left, _ = sort_out(one.kit, self.bank.entries, answered)
        entries = {entry.id: entry for entry in self.bank.entries}
        places = [
            screens.Place(asked.id, entries.get(asked.id), answered.get(asked.id))
            for asked in one.kit.questions
        ]
        handlers = screens.Handlers(
            self.host.act(self.show_list),
            self.host.act(lambda: self._forget(kit_id)),
            self._go_on(one, left),
        )
        minutes = minutes_of(one.kit, left) if left else 0
        hand_in = handing_in(self.host, one)
        self.host.show_aside(*screens.kit_page(one, places, minutes, self._now(), handlers, hand_in))

    def _known(self) -> list[Known]:
        documents = self.record.documents(KIND)
        # Without a kit nobody waits until all attempts are read.
        return known_kits(documents, self.record.attempts(), self.host.now()) if documents else []

    def _now(self) -> datetime:
        return self.host.now().astimezone()

    def _open(self, kit_id: str) -> None:
        self.host.act(lambda: self.show(kit_id))()

    # What can be done -------------------------------------------------------------------------

    def _take(self, files: Sequence[Handed]) -> None:
        """Keep every file that is a kit, show the last one, and say what is wrong with the others."""
        kits, faults = read_kits(files)
        for kit in kits:
            self._keep(kit)
        if kits:
            self.show(kits[-1].id)
        if faults:
            raise PersonError(" ".join(faults))

    def _keep(self, kit: Kit) -> None:
        """Of two files of one kit the newer one stays: its due date may have been put off."""
        before = next((one.kit for one in self._known() if one.kit.id == kit.id), None)
        if before is None or before.made_at < kit.made_at:
            self.record.keep_document(KIND, kit.id, encode_kit(kit).decode(), self.host.now())

    def _forget(self, kit_id: str) -> None:
        self.record.drop_document(KIND, kit_id)
        self.show_list()

    def _go_on(self, one: Known, left: Sequence[Entry]) -> tuple[str, Callable[[], None]] | None:
        """Resume the interview of this kit, or begin one with what is left of it."""
        unfinished = self.record.unfinished()
        if unfinished is not None and unfinished.setup.kit == one.kit.id:
            interview_id = unfinished.id
            return "Resume", self.host.act(lambda: self.host.resume(interview_id))
        if not left:
            return None
        started = one.standing.answered or one.standing.skipped
        label = "Answer what is left" if started else "Begin"
        return label, self.host.act(lambda: self._begin(one.kit))

    def _begin(self, kit: Kit) -> None:
        expect_none_open(self.record)
        # Read anew: another tab may have answered some of it since this page was drawn.
        left, _ = sort_out(kit, self.bank.entries, answered_at(kit, self.record.attempts()))
        if not left:
            self.show(kit.id)
            return
        self.host.ask(setup_of(kit, left), left)
        self.host.page.remark(f"Kit: {kit.title}.")
