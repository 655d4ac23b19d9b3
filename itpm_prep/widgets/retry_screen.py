"""The screens of writing again: one part, or the whole of an answer in one box, and the comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from itpm_prep.bank.types import Question
from itpm_prep.practice.comparison import Piece
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row
from itpm_prep.widgets.parts import Action, AnswerForm, Box
from itpm_prep.widgets.question_screen import ONE_BOX_ROWS, folded, own_words


def retry_screen(
    question: Question,
    part: tuple[str, str, str],
    anchors: Sequence[str],
    before: str,
    draft: str,
    place: str,
    on_draft: Callable[[str, str], None],
    on_action: Callable[[str, dict[str, str]], None],
    *,
    whole: str = "",
) -> tuple[Block, ...]:
    """Write one part again; ``part`` is (box, name, hint), ``anchors`` what is heard at 3, 4 and 5.

    ``whole``, where an answer in one box is written again, names the criterion of the anchors.
    """
    box, name, hint = part
    title, noun = "What is heard from 3 up", "part"
    if whole:
        title, noun = f"{title}: {whole}", "answer"
    form = AnswerForm(
        place,
        [Box(box, name, draft, hint, rows=ONE_BOX_ROWS if whole else 6)],
        [Action("back", "Back", "plain"), Action("submit", f"Submit this {noun}", "primary")],
        on_draft,
        on_action,
    )
    heard = "".join(markup.anchor(score, anchor) for score, anchor in enumerate(anchors, start=3))
    return (
        Html(markup.heading(f"Retry: {name}", question.title) + markup.text(question.stem, "p", "stem")),
        Html(markup.text(title, "h2") + heard + folded("Your first version", own_words([(name, before)]))),
        form,
    )


def compare_screen(
    name: str,
    pieces: Sequence[Piece],
    words: tuple[int, int],
    on_score: Callable[[], None],
    on_again: Callable[[], None],
    on_leave: Callable[[], None],
) -> tuple[Block, ...]:
    """The new version against the first: words taken out are struck through, new ones underlined."""
    counts = f"{words[0]} words before, {words[1]} now. Struck through: taken out. Underlined: new."
    return (
        Html(markup.heading(f"Compare: {name}") + markup.text(counts, "p", "quiet gap") + word_diff(pieces)),
        Row(
            Button("Back to the debrief", "plain", on_leave),
            Row(Button("Retry again", "", on_again), Button("Score this version", "primary", on_score)),
            look="foot",
        ),
    )


def word_diff(pieces: Sequence[Piece]) -> str:
    """Two versions in one: words taken out are struck through, new ones underlined."""
    tags: Mapping[str, str] = {"same": "span", "removed": "del", "added": "ins"}
    diff = "".join(markup.text(piece.text, tags[piece.kind]) for piece in pieces)
    return f'<p class="note own">{diff}</p>'
