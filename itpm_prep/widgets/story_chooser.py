"""A small chooser beside an answer: take one of your stories as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row, Select


def story_chooser(stories: Mapping[str, str], on_use: Callable[[str], None]) -> tuple[Block, ...]:
    """Stories by id with their labels, best first; without any there is nothing to choose."""
    if not stories:
        return ()
    said = Html()
    choice = Select("Use a story", {"": "None", **stories}, "")

    def use() -> None:
        if not choice.value:
            said.update(value=_said("Choose a story first."))
            return
        on_use(choice.value)
        said.update(value=_said("Put into the boxes that were empty. What you wrote yourself stays."))

    return (Row(choice, Button("Fill the empty boxes", "", use), said, look="row story gap"),)


def _said(words: str) -> str:
    return f'<span role="status">{markup.text(words, "span", "quiet")}</span>'
