"""The screens of a class around its tables: the views, the empty start, the notes on what a table shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row

View = Literal["roster", "heat", "attention", "items", "review", "kits", "hand_in", "export"]
VIEWS: Mapping[View, str] = {
    "roster": "Roster",
    "heat": "Heat map",
    "attention": "Attention",
    "items": "Questions",
    "review": "Review",
    "kits": "Kits",
    "hand_in": "Hand in",
    "export": "Export",
}
TITLE = "Cohort"
HEAT = (
    "Standing today in each competency, 1 to 5, from all scores of a learner; the bar is 3. A darker cell "
    "is a higher number. ✓: ready, with a chance of 8 in 10 or more. A dash: fewer than two different "
    "questions, or neither calibrated nor reviewed. Press a competency to sort by it."
)
READING = "Reading all answers and scores of the class. For some thousand learners this takes a while."
NOBODY = "No rule fires: nobody needs attention before the others."
RULES_TOLD = "A rule is a reason to look, not a verdict."
FAULTS_TOLD = (
    "Of several faults of a criterion the first in this list is told. A rule is a reason to read again."
)
ITEMS = (
    "What the scores say of the questions, not of the learners. Too few scores say nothing yet: each number "
    "stands with its n. Open a question to see the anchor to mend."
)


class Head:
    """The title with how many learners there are beside it, and the way to the other views.

    It lives as long as the page: a view that is asked for while the kernel is at work is heard once the
    screen has been drawn anew, and the button has to be known there still.
    """

    def __init__(self, on_view: Callable[[View], None]) -> None:
        self._aside = Html()
        self._buttons = {one: Button(name, "plain", partial(on_view, one)) for one, name in VIEWS.items()}

    def blocks(self, view: View) -> tuple[Block, ...]:
        """What is drawn above a view."""
        for one, button in self._buttons.items():
            button.spec["look"] = "current" if one == view else "plain"  # before it is shown
        title = Row(Html(markup.text(TITLE, "h1")), self._aside, look="row apart")
        return title, Row(*self._buttons.values(), look="row views wide")

    def tell(self, learners: int, told: str) -> None:
        """How many learners there are, and what else is told of them."""
        count = f"{learners:,} learner{'' if learners == 1 else 's'}" if learners else "No learner yet"
        words = f"{count}, {told}" if learners and told else count
        self._aside.update(value=markup.text(words, "span", "quiet"))


def nobody_yet(on_hand_in: Callable[[], None]) -> tuple[Block, ...]:
    """What to do first."""
    steps = (
        "Each learner opens Progress, then Hand in, saves a file and gives it to you as your class does.",
        "Put the files in one folder, or keep them in one ZIP archive; drop them under Hand in.",
        "The roster, the heat map, who needs attention and the questions are then filled from them.",
    )
    listed = "".join(markup.text(step, "li") for step in steps)
    private = "All of it stays on this machine. The same file twice, in whatever order, changes nothing."
    return (
        Html(
            markup.text("Nobody has handed in yet.", "p", "gap")
            + f"<ol>{listed}</ol>"
            + markup.text(private, "p", "quiet")
        ),
        Row(Html(), Button("Hand in files", "primary", on_hand_in), look="foot"),
    )


def explained(words: str) -> Html:
    """How a table is read."""
    return Html(markup.text(words, "p", "quiet gap"))


def at_work(learners: str) -> Html:
    """That the tables are being made for the first time."""
    words = f"Working out the readiness of {learners}. For some thousand this takes a few seconds."
    return Html(f'<p class="gap" role="status">{markup.text(words, "span")}</p>')


def rules(listed: Sequence[tuple[str, str]], told: str) -> Html:
    """The rules behind a table, by name and in words, and what they are not."""
    lines = "".join(
        f"<li>{markup.text(name, 'b')}: {markup.text(words, 'span')}</li>" for name, words in listed
    )
    return Html(
        f"<details><summary>The rules</summary><ul>{lines}</ul>{markup.text(told, 'p', 'quiet')}</details>"
    )
