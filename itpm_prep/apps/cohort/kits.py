"""The kits of an instructor: listed, saved as files, and who of the class has done them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec.structs import replace

from itpm_prep.apps.cohort.kit_making import KitMaking, MakingHost, describe, end_of
from itpm_prep.practice.kit_files import decode_kits, encode_kit, read_kits
from itpm_prep.practice.kits import Kit, State, expect_due_later
from itpm_prep.problems import PersonError
from itpm_prep.reports.words import names_of
from itpm_prep.widgets import made_kit_screen as screens
from itpm_prep.widgets.blocks import Block, Handed

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames

MADE = "made_kit"  # the kind of its documents, in the instructor's own record
T = TypeVar("T")


class Host(MakingHost, Protocol):
    """What kits need of the controller."""

    @property
    def frames(self) -> Frames:
        """The class as frames."""

    def on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        """A step that is told something, as a handler that shows its faults."""

    def open_learner(self, learner_id: str) -> None:
        """Show one learner."""


class Kits:
    """Draws the list, the form, and the sheet of each kit."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.making = KitMaking(host, self._made_now, self._list)

    def draw(self) -> Sequence[Block]:
        """The kits made so far, with the number of learners in each state."""
        made = self._made()
        handlers = screens.MadeHandlers(
            self.host.on(self._show), self.host.act(self.making.go_on), self.host.on(self._take)
        )
        counts = self._counts(made)
        counted = [screens.Counted(kit, counts[kit.id]) for kit in made]
        return screens.made_screen(
            counted,
            self._strangers(made),
            self._now(),
            handlers,
            going_on=self.making.draft() is not None,
        )

    # What there is ----------------------------------------------------------------------------

    def _made(self) -> list[Kit]:
        """The latest on top."""
        kits = decode_kits(self.host.record.documents(MADE))
        return sorted(kits, key=lambda kit: kit.made_at, reverse=True)

    def _kit(self, kit_id: str) -> Kit:
        found = next((kit for kit in self._made() if kit.id == kit_id), None)
        if found is None:
            raise PersonError("This kit was deleted meanwhile, in another tab. Go back to the kits.")
        return found

    def _now(self) -> datetime:
        return self.host.now().astimezone()

    def _counts(self, kits: Sequence[Kit]) -> dict[str, Counter[State]]:
        """Kit id to how many learners stand where."""
        counts: dict[str, Counter[State]] = {kit.id: Counter() for kit in kits}
        for row in self._status(kits) if kits else ():
            counts[row.kit_id][row.state] += 1
        return counts

    def _status(self, kits: Sequence[Kit]) -> Iterator[Any]:
        """Where every learner stands with every kit, as rows of the frame; learners as in the roster."""
        from itpm_prep.reports.columns import rows_of
        from itpm_prep.reports.kit_status import kit_status  # pandas: the roster alone does without

        source = self.host.frames.source
        learners = list(source.learners["learner_id"])
        return rows_of(kit_status(source.attempts, learners, kits, self._now()))

    def _standings(self, kit: Kit) -> list[screens.Standings]:
        learners = self.host.frames.source.learners
        names = names_of(zip(learners["learner_id"], learners["name"], strict=True))
        return [
            screens.Standings(
                row.learner_id,
                names[row.learner_id],
                row.state,
                row.answered,
                row.skipped,
                row.finished_at.to_pydatetime() if row.answered == row.questions else None,
            )
            for row in self._status([kit])
        ]

    def _strangers(self, made: Sequence[Kit]) -> int:
        """How many kits were answered that are not in the list."""
        known = {"", *(kit.id for kit in made)}
        return len(set(self.host.frames.source.attempts["kit"].unique()) - known)

    # One kit ----------------------------------------------------------------------------------

    def _show(self, kit_id: str, told: str = "") -> None:
        """The sheet of one kit, and a remark on what was done."""
        kit = self._kit(kit_id)
        handlers = screens.SheetHandlers(
            self.host.act(self._list),
            self.host.act(lambda: self.making.copy(kit)),
            self.host.act(lambda: self._delete(kit_id)),
            self.host.on(lambda value: self._put_off(kit_id, value)),
            self.host.on(self.host.open_learner),
        )
        titles = [item.title for item in describe(self.host.bank, [one.id for one in kit.questions])]
        self.host.show(*screens.kit_sheet(kit, titles, self._standings(kit), self._now(), handlers))
        if told:
            self.host.page.remark(told)

    def _list(self) -> None:
        self.host.show(*self.draw())

    def _keep(self, kit: Kit) -> None:
        self.host.record.keep_document(MADE, kit.id, encode_kit(kit).decode(), self.host.now())

    def _made_now(self, kit: Kit) -> None:
        self._keep(kit)
        self._show(kit.id, "The kit is made. Save its file, and give it to the class.")

    def _put_off(self, kit_id: str, typed: str) -> None:
        due_at = end_of(typed)
        expect_due_later(due_at, self._now())
        self._keep(replace(self._kit(kit_id), due_at=due_at, made_at=self.host.now()))
        self._show(kit_id, "The due date is changed here. Give the file out again, so that learners see it.")

    def _delete(self, kit_id: str) -> None:
        self.host.record.drop_document(MADE, kit_id)
        self._list()

    def _take(self, files: Sequence[Handed]) -> None:
        """Kits made elsewhere; of two files of one kit the newer one stays."""
        kits, faults = read_kits(files)
        for kit in kits:
            before = next((one for one in self._made() if one.id == kit.id), None)
            if before is None or before.made_at < kit.made_at:
                self._keep(kit)
        if kits:
            self._show(kits[-1].id)
        if faults:
            raise PersonError(" ".join(faults))
