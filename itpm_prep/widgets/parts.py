"""The parts of an interview's screens that do more than show: answer form, clock, evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from itpm_prep.practice.remarks import Remark
from itpm_prep.problems import StoreError
from itpm_prep.widgets.blocks import Block, Told


class Action(NamedTuple):
    """A button under an answer: the name it reports, its label, and "primary", "plain" or ""."""

    name: str
    label: str
    look: str = ""


class Box(NamedTuple):
    """A text box: its name in the drafts, its label, and what stands in it."""

    box: str
    name: str
    text: str = ""
    hint: str = ""
    share: int = 0
    rows: int = 3


class FigureBox(NamedTuple):
    """A small box for one figure."""

    box: str
    ask: str
    unit: str
    text: str = ""


class Reader(NamedTuple):
    """Who reads an answer while it is written: gives the remarks on it, and takes one away by its key."""

    read: Callable[[dict[str, str]], Sequence[Remark]]
    dismiss: Callable[[str], None]


class AnswerForm(Block):
    """Boxes to write in, whose drafts are saved while one types, and the buttons that hand in.

    ``spoken`` says whether the words are meant to be said, so that their speaking time is shown.
    ``on_draft(box, text)`` stores a draft and raises ``StoreError`` when it cannot; the form then
    says so beside the box. ``on_action(name, texts)`` gets every box as it stands. With a ``reader``
    its remarks are marked in the boxes and listed below them whenever the typing pauses.
    ``on_calm(texts)`` is called when everything typed has been stored and the person rests.
    """

    kind = "answer"

    def __init__(
        self,
        place: str,
        boxes: Sequence[Box],
        actions: Sequence[Action],
        on_draft: Callable[[str, str], None],
        on_action: Callable[[str, dict[str, str]], None],
        figures: Sequence[FigureBox] = (),
        *,
        spoken: bool = True,
        reader: Reader | None = None,
    ) -> None:
        self._on_draft, self._on_action, self._reader = on_draft, on_action, reader
        self.on_calm: Callable[[dict[str, str]], None] = _nobody
        super().__init__(
            place=place,
            parts=[box._asdict() for box in boxes],
            figures=[figure._asdict() for figure in figures],
            actions=[action._asdict() for action in actions],
            spoken=spoken,
            reads=reader is not None,
        )
        self._shown: dict[str, dict[str, Any]] = {
            shown["box"]: shown for shown in (*self.spec["parts"], *self.spec["figures"])
        }

    def hear(self, told: Told) -> None:
        """A draft, a button with every text, or a pause in which to read."""
        if told.get("kind") == "draft" and told.get("box") in self._shown:
            self._save(told["box"], str(told.get("text", "")), told.get("number"))
        elif told.get("kind") == "act":
            texts = told.get("texts", {})
            self._on_action(str(told.get("action")), {box: str(texts.get(box, "")) for box in self._shown})
        elif self._reader and told.get("kind") == "read" and isinstance(told.get("texts"), dict):
            found = self._reader.read({box: str(told["texts"].get(box, "")) for box in self._shown})
            listed = [msgspec.structs.asdict(remark) for remark in found]
            self.tell(remarks={"number": told.get("number"), "found": listed})
        elif told.get("kind") == "calm":
            self.on_calm({box: shown["text"] for box, shown in self._shown.items()})
        elif self._reader and told.get("kind") == "dismiss":
            self._reader.dismiss(str(told.get("key", ""))[:500])

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into those boxes that are empty; the browser then saves them like typed ones."""
        self.tell(fill=dict(texts))

    def read_again(self) -> None:
        """Have the answer read again, since what is remarked has changed."""
        self.tell(reread=True)

    def _save(self, box: str, text: str, number: object) -> None:
        # The number tells the browser which of its texts is meant.
        try:
            self._on_draft(box, text)
        except StoreError as fault:
            self.tell(unsaved={"box": box, "number": number, "words": f"Not saved: {fault}"})
        else:
            self._shown[box]["text"] = text  # for a page that is drawn again from its description
            self.tell(saved={"box": box, "number": number})


class ClockFace(Block):
    """The time left, drawn in the browser; ``left`` and ``warn`` are seconds.

    With ``cut`` the browser presses the primary button of the screen when the time ends: what stands
    in the boxes is then handed in as it stands.
    """

    kind = "clock"

    def __init__(
        self,
        left: float,
        warn: int,
        *,
        running: bool,
        pausable: bool,
        on_switch: Callable[[Literal["pause", "resume"]], None],
        cut: bool = False,
    ) -> None:
        super().__init__(left=left, warn=warn, running=running, pausable=pausable, cut=cut)
        self._on_switch = on_switch

    def set(self, left: float, *, running: bool) -> None:
        """Bring the face up to date; the browser counts from here."""
        self.update(left=left, running=running)

    def hear(self, told: Told) -> None:
        """The clock was paused or set going."""
        self._on_switch("pause" if told.get("kind") == "pause" else "resume")


class EvidencePicker(Block):
    """One criterion: the answer by sentences, five anchors, and the words that prove the one picked.

    ``holds(evidence)`` is the evidence rule. ``on_change`` and ``on_next`` get (anchor, evidence).
    """

    kind = "evidence"

    def __init__(
        self,
        *,
        holds: Callable[[str], bool],
        on_change: Callable[[int, str], None],
        on_back: Callable[[], None],
        on_next: Callable[[int, str], None],
        **spec: Any,
    ) -> None:
        super().__init__(holds=holds(spec["evidence"]), **spec)
        self._holds, self._on_change, self._on_back, self._on_next = holds, on_change, on_back, on_next

    def hear(self, told: Told) -> None:
        """Something was picked, or a button was pressed."""
        if told.get("kind") == "back":
            self._on_back()
            return
        chosen, evidence = told.get("chosen"), str(told.get("evidence", ""))
        if chosen not in (0, 1, 2, 3, 4, 5):
            return
        if told.get("kind") == "next" and chosen:
            self._on_next(chosen, evidence)
        elif told.get("kind") == "change":
            self.spec.update(chosen=chosen, evidence=evidence)
            self.update(holds=self._holds(evidence))
            self._on_change(chosen, evidence)


def _nobody(_: Any) -> None:
    """Who listens as long as nobody does."""
