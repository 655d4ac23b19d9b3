"""The screens of the story bank: the stories with their gaps, and one story to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import COMPETENCIES, LEVELS, Competency, Level
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.stories import Alike, Story
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Item, Listing, Row, Select
from itpm_prep.widgets.parts import Action, AnswerForm, Box
from itpm_prep.widgets.views import view_head

View = Literal["stories", "fit", "panel", "drill"]
VIEWS: Mapping[View, str] = {
    "stories": "Stories",
    "fit": "Fit a question",
    "panel": "Fit a panel",
    "drill": "Drill",
}
STRENGTHS = {
    "1": "1, weak",
    "2": "2, thin",
    "3": "3, sound",
    "4": "4, strong",
    "5": "5, my best",
}
EMPTY = (
    "No story yet. Write down one thing you did, in five short parts; then tag what it shows. "
    "Five or six good stories serve most questions."
)


def head(view: View, aside: str, on_view: Callable[[View], None]) -> tuple[Block, ...]:
    """The title, and the way to the other views."""
    return view_head("Story bank", VIEWS, view, aside, on_view)


# The stories ----------------------------------------------------------------------------------------


def list_screen(
    stories: Sequence[Story],
    counts: Mapping[tuple[Competency, Level], int],
    alike: Row,
    on_open: Callable[[str], None],
    on_new: Callable[[], None],
) -> tuple[Block, ...]:
    """The stories, those that look alike, and the competencies and levels without one."""
    new = Button("Write a story", "primary", on_new)
    if not stories:
        return Html(markup.text(EMPTY, "p", "gap")), Row(new, look="gap"), Html(_gaps(counts))
    listing = Listing([_item(story) for story in stories], on_open)
    return Row(new, look="gap"), alike, Row(listing, look="gap"), Html(_gaps(counts))


def _item(story: Story) -> Item:
    tags = ", ".join(COMPETENCY_NAMES[tag] for tag in story.competencies)
    notes = [
        tags or "No competency tagged yet",
        story.level.capitalize(),
        SPECIALISATION_NAMES[story.specialisation],
        f"strength {story.strength}",
        f"last used {story.last_used}" if story.last_used else "never used",
    ]
    if not story.told:
        notes.insert(0, "Without text: fits nothing yet")
    return Item(story.id, story.name, " · ".join(notes))


def alike_note(alike: Sequence[Alike], on_open: Callable[[str], None]) -> tuple[Block, ...]:
    """Stories that look like another one told again, at most five of them."""
    if not alike:
        return ()
    lines = [
        Row(
            Html(
                markup.text(
                    f"“{one.story.name}” shares {one.share:.0%} of its words with “{one.earlier.name}”.",
                    "span",
                )
            ),
            Button("Open it", "", partial(on_open, one.story.id)),
            look="row apart",
        )
        for one in alike[:5]
    ]
    one_or_more = "1 story repeats" if len(alike) == 1 else f"{len(alike)} stories repeat"
    first = ", the first five here" if len(alike) > 5 else ""
    title = f"Told twice? {one_or_more} an earlier one{first}."
    return (Row(Html(markup.text(title, "b")), *lines, look="note warn"),)


def _gaps(counts: Mapping[tuple[Competency, Level], int]) -> str:
    bare = [tag for tag in COMPETENCIES if not any(counts[tag, level] for level in LEVELS)]
    if bare:
        names = ", ".join(COMPETENCY_NAMES[tag] for tag in bare)
        words = f"{len(bare)} of {len(COMPETENCIES)} competencies have no story at any level: {names}."
    else:
        words = "Every competency has a story."
    top = "".join(f'<th scope="col" class="number">{level.capitalize()}</th>' for level in LEVELS)
    rows = "".join(
        f'<tr><th scope="row">{COMPETENCY_NAMES[tag]}</th>'
        f"{''.join(_cell(counts[tag, level]) for level in LEVELS)}</tr>"
        for tag in COMPETENCIES
    )
    return (
        f"{markup.text('Gaps', 'h2')}{markup.text(words)}"
        '<div class="scroll" tabindex="0" role="group" aria-label="Stories by competency and level">'
        "<table class='heat'><caption>Stories by competency and level</caption>"
        f'<thead><tr><th scope="col">Competency</th>{top}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _cell(count: int) -> str:
    if not count:
        return "<td>none</td>"
    return f'<td style="--full:{min(count, 3) * 33}%"><b>{count}</b></td>'


# One story ------------------------------------------------------------------------------------------


class Writing(NamedTuple):
    """What the editor of a story reports."""

    on_draft: Callable[[str, str], None]
    on_done: Callable[[dict[str, str]], None]
    on_tag: Callable[[str, object], None]
    on_delete: Callable[[], None]


def edit_screen(story: Story, writing: Writing) -> tuple[Block, ...]:
    """One story: its title, the five boxes, people and figures, and its tags."""
    parts = [
        Box(part.id, part.name, getattr(story, part.id), part.hint, part.share, 4 if part.share > 40 else 3)
        for part in frame_of("star_l").parts
    ]
    boxes = [
        Box("title", "Title", story.title, "A name by which you remember it.", rows=1),
        *parts,
        Box("people", "People", story.people, "Who was in it, by role, in case you are asked.", rows=1),
        Box("figures", "Figures", story.figures, "The numbers and dates to have ready.", rows=1),
    ]
    form = AnswerForm(
        f"story:{story.id}",
        boxes,
        [Action("done", "Done", "primary")],
        writing.on_draft,
        lambda _, texts: writing.on_done(texts),
    )
    words = "What you type and choose is kept as you go."
    return (
        Html(markup.heading("One story") + markup.text(words, "p", "quiet")),
        *_tags(story, writing.on_tag),
        form,
        _delete(writing.on_delete),
    )


def _tags(story: Story, on_tag: Callable[[str, object], None]) -> tuple[Block, ...]:
    competencies = Choice(
        "Shows",
        "tags",
        [{"value": one, "label": COMPETENCY_NAMES[one]} for one in COMPETENCIES],
        list(story.competencies),
        many=True,
        on_change=lambda chosen: on_tag("competencies", tuple(chosen)),
    )
    level = Choice(
        "Level",
        "segments",
        [{"value": one, "label": one.capitalize()} for one in LEVELS],
        [story.level],
        on_change=lambda chosen: on_tag("level", chosen[0]) if chosen else None,
    )
    field = Select(
        "Specialisation",
        SPECIALISATION_NAMES,
        story.specialisation,
        lambda value: on_tag("specialisation", value),
    )
    strength = Select(
        "Strength", STRENGTHS, str(story.strength), lambda value: on_tag("strength", int(value))
    )
    return competencies, level, field, strength


def _delete(on_delete: Callable[[], None]) -> Block:
    slot = Row(look="row gap")

    def offer() -> None:
        slot.fill(Button("Delete this story", "plain", ask))

    def ask() -> None:
        words = Html(markup.text("Delete it for good?", "span"))
        slot.fill(words, Button("Delete for good", "", on_delete), Button("Keep it", "", offer))

    offer()
    return slot
