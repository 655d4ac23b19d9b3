"""The checklist and the worksheet of past projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec

from itpm_prep.practice.checklists import GROUPS, MOST_PROJECTS, Group, Project, Ticked, read_ticked
from itpm_prep.problems import PersonError
from itpm_prep.store.record import Record
from itpm_prep.widgets import plan_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.guard import guarded

CHECKLIST, NOTE, PROJECT = "checklist", "note", "prepare:project:"


class ChecklistView:
    """Ticks and notes, each stored as it is given."""

    def __init__(self, record: Record, say: Callable[[str], None]) -> None:
        self.record, self.guard = record, guarded(say)

    def blocks(self) -> tuple[Block, ...]:
        """Every group."""
        kept = self.record.documents(CHECKLIST)
        return tuple(block for group in GROUPS for block in self._group(group, read_ticked(kept, group.id)))

    def ticked(self) -> dict[str, Ticked]:
        """What was ticked and noted, by group id."""
        kept = self.record.documents(CHECKLIST)
        return {group.id: read_ticked(kept, group.id) for group in GROUPS}

    def _group(self, group: Group, ticked: Ticked) -> tuple[Block, ...]:
        def tick(chosen: Sequence[str]) -> None:
            self.guard(lambda: self._change(group, done=tuple(chosen)))()

        return screens.checklist_group(group, ticked, tick, lambda _, text: self._change(group, notes=text))

    def _change(self, group: Group, **changes: object) -> None:
        # Read again: another tab may have ticked or noted something meanwhile.
        before = read_ticked(self.record.documents(CHECKLIST), group.id)
        after = msgspec.structs.replace(before, **changes)
        self.record.keep_document(CHECKLIST, group.id, _encoded(after), datetime.now(UTC))


class ProjectsView:
    """The worksheets, one project at a time; ``redraw`` shows the view anew."""

    def __init__(self, record: Record, say: Callable[[str], None], redraw: Callable[[], None]) -> None:
        self.record, self.redraw = record, redraw
        self.guard = guarded(say)
        self.chosen = "1"

    def blocks(self) -> tuple[Block, ...]:
        """The worksheet of the project chosen."""
        projects = self._projects()
        projects.setdefault(self.chosen, Project())
        return screens.projects_blocks(
            dict(sorted(projects.items(), key=lambda one: int(one[0]))),
            self.chosen,
            self._choose,
            self.guard(self._add),
            self._keep,
        )

    def _projects(self) -> dict[str, Project]:
        kept = self.record.documents(NOTE)
        return {
            name.removeprefix(PROJECT): msgspec.json.decode(text, type=Project)
            for name, text in kept.items()
            if name.startswith(PROJECT)
        }

    def _choose(self, number: str) -> None:
        self.chosen = number
        self.guard(self.redraw)()

    def _add(self) -> None:
        taken = {*self._projects(), self.chosen}
        if len(taken) >= MOST_PROJECTS:
            raise PersonError(f"{MOST_PROJECTS} projects are enough to choose from. Write over one of them.")
        self._choose(str(max(map(int, taken)) + 1))

    def _keep(self, field: str, text: str) -> None:
        project = self._projects().get(self.chosen, Project())
        after = Project({**project.texts, field: text})
        self.record.keep_document(NOTE, PROJECT + self.chosen, _encoded(after), datetime.now(UTC))


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()
