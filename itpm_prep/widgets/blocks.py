"""The parts of a screen: what the browser draws of each, and what it reports.

A screen is described once and drawn by ``page.js`` in one go. A widget model for every label and
button would cost a message each, and several would keep a person waiting for the next screen.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar, NamedTuple

Told = Mapping[str, Any]
_numbers = count(1)


class Block:
    """One part. ``spec`` is its description for the browser and stays true to what is shown there."""

    kind: ClassVar[str]

    def __init__(self, **spec: Any) -> None:
        self.spec: dict[str, Any] = {"id": next(_numbers), "kind": self.kind, **spec}
        self.adopt: Callable[[Block], None] = _nobody
        self.send: Callable[[Told], None] = _nobody

    @property
    def inner(self) -> Sequence[Block]:
        """The blocks inside this one."""
        return ()

    def tree(self) -> Iterator[Block]:
        """The block itself and all inside it."""
        yield self
        for child in self.inner:
            yield from child.tree()

    def update(self, **changes: Any) -> None:
        """Change what is shown."""
        self.spec.update(changes)
        self.tell(**changes)

    def tell(self, **changes: Any) -> None:
        """Tell the browser something that does not last."""
        self.send({"block": self.spec["id"], "changes": changes})

    def hear(self, told: Told) -> None:
        """Take what the browser reports; most blocks have nothing to say."""


class Html(Block):
    """Markup, see ``widgets.markup``."""

    kind = "html"

    def __init__(self, value: str = "") -> None:
        super().__init__(value=value)


class Row(Block):
    """Blocks beside or below each other, as ``look`` says; ``fill`` replaces them."""

    kind = "row"

    def __init__(self, *children: Block, look: str = "row") -> None:
        self._children = children
        super().__init__(look=look, children=[child.spec for child in children])

    @property
    def inner(self) -> Sequence[Block]:
        """The blocks inside the row."""
        return self._children

    def fill(self, *children: Block) -> None:
        """Show other blocks in the row."""
        self._children = children
        for child in children:
            self.adopt(child)
        self.update(children=[child.spec for child in children])


class Button(Block):
    """A button; ``look`` is "primary", "plain", "", or "current" where it stands for the view shown."""

    kind = "button"

    def __init__(self, label: str, look: str, act: Callable[[], None]) -> None:
        super().__init__(label=label, look=look)
        self._act = act

    def hear(self, told: Told) -> None:  # noqa: ARG002 - it can only have been pressed
        """The button was pressed."""
        self._act()


class Select(Block):
    """A list to choose from; ``options`` maps values to labels."""

    kind = "select"

    def __init__(
        self,
        label: str,
        options: Mapping[str, str],
        value: str,
        on_change: Callable[[str], None] | None = None,
    ) -> None:
        listed = [{"value": each, "label": name} for each, name in options.items()]
        super().__init__(label=label, options=listed, value=value)
        self._known = list(options)
        self._on_change = on_change or _nobody

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.spec["value"])

    def hear(self, told: Told) -> None:
        """Another option was chosen."""
        if told.get("value") in self._known:
            self.spec["value"] = told["value"]
            self._on_change(self.value)


class Input(Block):
    """One line to fill in; ``type`` is "text", "number", "date" or "search", ``value`` its text."""

    kind = "input"
    LONGEST = 2000

    def __init__(
        self,
        label: str,
        type: str,  # noqa: A002 - the browser's own word for it
        value: str,
        hint: str = "",
        on_change: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(label=label, type=type, value=value, hint=hint)
        self._on_change = on_change or _nobody

    @property
    def value(self) -> str:
        """The text in the box."""
        return str(self.spec["value"])

    def hear(self, told: Told) -> None:
        """The text was changed."""
        self.spec["value"] = str(told.get("value", ""))[: self.LONGEST]
        self._on_change(self.value)


class Item(NamedTuple):
    """One line of a listing: what it reports, its title, a quiet remark, and the class of its dot."""

    value: str
    title: str
    note: str
    tone: str = ""


class Listing(Block):
    """Lines to open, a page of them at a time; ``on_open`` gets the value of the line pressed."""

    kind = "listing"
    PAGE = 25

    def __init__(self, items: Sequence[Item], on_open: Callable[[str], None]) -> None:
        super().__init__(items=[item._asdict() for item in items], page=self.PAGE)
        self._on_open = on_open

    def fill(self, items: Sequence[Item]) -> None:
        """Show other lines, from the first page on."""
        self.update(items=[item._asdict() for item in items])

    def hear(self, told: Told) -> None:
        """A line was pressed."""
        if any(item["value"] == told.get("value") for item in self.spec["items"]):
            self._on_open(str(told["value"]))


class Handed(NamedTuple):
    """A file as a person handed it over; ``content`` is None when it was larger than the limit."""

    name: str
    content: bytes | None


class FileDrop(Block):
    """A place to drop files on, or to choose them; ``accept`` and ``limit`` (bytes) hold for each."""

    kind = "files"
    MOST = 10

    def __init__(
        self, label: str, accept: str, limit: int, on_files: Callable[[Sequence[Handed]], None]
    ) -> None:
        super().__init__(label=label, accept=accept, limit=limit, most=self.MOST)
        self._on_files = on_files

    def hear(self, told: Told) -> None:
        """Files arrived."""
        files = told.get("files")
        if isinstance(files, list):
            self._on_files([_handed(file) for file in files[: self.MOST] if isinstance(file, dict)])


def _handed(file: Told) -> Handed:
    content = file.get("content")
    name = str(file.get("name", ""))[:200]
    return Handed(name, b64decode(content) if isinstance(content, str) else None)


class Choice(Block):
    """Radio buttons, or check boxes when ``many``; ``chosen`` holds the values picked.

    ``look`` is "segments", "cards", "tags" or "flags".
    """

    kind = "choice"

    def __init__(
        self,
        legend: str,
        look: str,
        choices: Sequence[Mapping[str, str]],
        chosen: Sequence[str],
        *,
        many: bool = False,
        on_change: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        super().__init__(legend=legend, look=look, choices=list(choices), chosen=list(chosen), many=many)
        self._known = [choice["value"] for choice in choices]
        self._on_change = on_change or _nobody

    @property
    def chosen(self) -> list[str]:
        """The values picked."""
        return list(self.spec["chosen"])

    def hear(self, told: Told) -> None:
        """Something else was picked."""
        picked = told.get("chosen")
        if isinstance(picked, list):
            self.spec["chosen"] = [value for value in self._known if value in picked]
        self._on_change(self.chosen)


def _nobody(_: Any) -> None:
    """Who listens as long as nobody does."""
