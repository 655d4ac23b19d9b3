"""The parts of a screen that live in the browser, each with its module of the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import anywidget
import traitlets
from ipywidgets import Widget

from itpm_prep.problems import StoreError

HERE = Path(__file__).parent


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


class AnswerForm(anywidget.AnyWidget):
    """Boxes to write in, whose drafts are saved while one types, and the buttons that hand in.

    ``on_draft(box, text)`` stores a draft and raises ``StoreError`` when it cannot; the form then
    says so beside the box. ``on_action(name, texts)`` gets every box as it stands.
    """

    _esm = (HERE / "answer.js").read_text("utf-8")
    place = traitlets.Unicode().tag(sync=True)
    parts = traitlets.List(traitlets.Dict()).tag(sync=True)
    figures = traitlets.List(traitlets.Dict()).tag(sync=True)
    actions = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(
        self,
        place: str,
        boxes: Sequence[Box],
        actions: Sequence[Action],
        on_draft: Callable[[str, str], None],
        on_action: Callable[[str, dict[str, str]], None],
        figures: Sequence[FigureBox] = (),
    ) -> None:
        self._on_draft, self._on_action = on_draft, on_action
        self._known = {box.box for box in boxes} | {figure.box for figure in figures}
        super().__init__(
            place=place,
            parts=[box._asdict() for box in boxes],
            figures=[figure._asdict() for figure in figures],
            actions=[action._asdict() for action in actions],
        )
        self.on_msg(self._hear)

    def _hear(self, _: Widget, content: dict[str, Any], __: list[bytes]) -> None:
        if content.get("kind") == "draft" and content.get("box") in self._known:
            self._save(content["box"], str(content.get("text", "")), content.get("number"))
        elif content.get("kind") == "act":
            texts = content.get("texts", {})
            self._on_action(str(content.get("action")), {box: str(texts.get(box, "")) for box in self._known})

    def _save(self, box: str, text: str, number: object) -> None:
        told = {"box": box, "number": number}  # so that the browser knows which of its texts is meant
        try:
            self._on_draft(box, text)
        except StoreError as fault:
            self.send({"kind": "unsaved", "words": f"Not saved: {fault}", **told})
        else:
            self.send({"kind": "saved", **told})


class ClockFace(anywidget.AnyWidget):
    """The time left, drawn in the browser; ``left`` and ``warn`` are seconds."""

    _esm = (HERE / "clock.js").read_text("utf-8")
    left = traitlets.Float().tag(sync=True)
    warn = traitlets.Int().tag(sync=True)
    running = traitlets.Bool().tag(sync=True)
    pausable = traitlets.Bool().tag(sync=True)
    stamp = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        left: float,
        warn: int,
        *,
        running: bool,
        pausable: bool,
        on_switch: Callable[[Literal["pause", "resume"]], None],
    ) -> None:
        super().__init__(left=left, warn=warn, running=running, pausable=pausable)
        self.on_msg(lambda _, content, __: on_switch("pause" if content.get("kind") == "pause" else "resume"))

    def set(self, left: float, *, running: bool) -> None:
        """Bring the face up to date; ``stamp`` tells the browser to count from here."""
        with self.hold_sync():
            self.left, self.running, self.stamp = left, running, self.stamp + 1


class Choice(anywidget.AnyWidget):
    """Radio buttons, or check boxes when ``many``; ``chosen`` holds the values picked.

    ``look`` is "segments", "cards", "tags" or "flags".
    """

    _esm = (HERE / "choice.js").read_text("utf-8")
    legend = traitlets.Unicode().tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)
    many = traitlets.Bool().tag(sync=True)
    choices = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        legend: str,
        look: str,
        choices: Sequence[Mapping[str, str]],
        chosen: Sequence[str],
        *,
        many: bool = False,
    ) -> None:
        super().__init__(
            legend=legend,
            look=look,
            many=many,
            choices=[dict(choice) for choice in choices],
            chosen=list(chosen),
        )
        self.on_msg(self._hear)

    def _hear(self, _: Widget, content: dict[str, Any], __: list[bytes]) -> None:
        wanted = content.get("chosen", ())
        self.chosen = [choice["value"] for choice in self.choices if choice["value"] in wanted]


class EvidencePicker(anywidget.AnyWidget):
    """One criterion: the answer by sentences, five anchors, and the words that prove the one picked.

    ``holds`` says whether ``evidence`` stands in the answer; the caller keeps it true to the rule.
    """

    _esm = (HERE / "evidence.js").read_text("utf-8")
    name = traitlets.Unicode().tag(sync=True)
    answer = traitlets.List(traitlets.Dict()).tag(sync=True)
    anchors = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    evidence = traitlets.Unicode("").tag(sync=True)
    holds = traitlets.Bool(default_value=False).tag(sync=True)
    cap = traitlets.Int(5).tag(sync=True)
    last = traitlets.Bool(default_value=False).tag(sync=True)
