"""The parts of a screen: what the browser draws of each, and what it reports.

A screen is described once and drawn by ``page.js`` in one go. A widget model for every label and
button would cost a message each, and several would keep a person waiting for the next screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar

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
    """A button; ``look`` is "primary", "plain" or ""."""

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

    def __init__(self, label: str, options: Mapping[str, str], value: str) -> None:
        listed = [{"value": each, "label": name} for each, name in options.items()]
        super().__init__(label=label, options=listed, value=value)
        self._known = list(options)

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.spec["value"])

    def hear(self, told: Told) -> None:
        """Another option was chosen."""
        if told.get("value") in self._known:
            self.spec["value"] = told["value"]


class Input(Block):
    """One line to fill in; ``type`` is "number" or "date", ``value`` its text."""

    kind = "input"

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
        self.spec["value"] = str(told.get("value", ""))[:100]
        self._on_change(self.value)


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
