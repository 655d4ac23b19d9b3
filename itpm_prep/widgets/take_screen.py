"""Between two takes of an answer: keep the one handed in, or give it once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itpm_prep.bank.types import Question
from itpm_prep.practice.presets import rules_of
from itpm_prep.practice.records import Interview
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row
from itpm_prep.widgets.question_screen import folded, own_words, top


def take_screen(
    interview: Interview,
    question: Question,
    answer: Sequence[tuple[str, str]],
    on_again: Callable[[], None],
    on_keep: Callable[[], None],
) -> tuple[Block, ...]:
    """What was handed in, and the choice; ``answer`` holds (part name, text)."""
    takes, most = interview.turn.takes, rules_of(interview.setup).takes
    left = most - takes
    words = (
        f"You have {markup.plural(left, 'more take')}. The last take counts, even if the one before was "
        "better; every take stays in your record."
    )
    return (
        *top(interview, question),
        Html(
            markup.text(f"Take {takes} of {most} is handed in", "h1", "gap")
            + markup.text(words, "p", "gap")
            + folded("The question", markup.text(question.stem))
            + folded("What you handed in", own_words(answer))
        ),
        Row(
            Button("Take it again", "plain", on_again),
            Button("Keep this take", "primary", on_keep),
            look="foot",
        ),
    )
