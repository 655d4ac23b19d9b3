"""The job description: the text as typed, what was found in it with its words, and the target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import LEVELS
from itpm_prep.practice.job_description import MOST_CHARACTERS, Found, Kind
from itpm_prep.practice.target import Target
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Row, Select
from itpm_prep.widgets.parts import Action, AnswerForm, Box

LEGENDS: Mapping[Kind, str] = {
    "level": "Level",
    "specialisation": "Specialisation",
    "competency": "Competencies",
    "tool": "Tools and certificates",
}
MOST_QUOTES = 5
BOX = "job"


def job_form(text: str, on_draft: Callable[[str, str], None], on_find: Callable[[str], None]) -> AnswerForm:
    """The box for the job description; ``on_find`` gets its text."""
    hint = f"Any text of up to {MOST_CHARACTERS:,} characters, kept as you typed it, on this computer only."
    return AnswerForm(
        "prepare:job",
        [Box(BOX, "Job description", text, hint, rows=10)],
        [Action("find", "Find what it asks for", "primary")],
        on_draft,
        lambda _, texts: on_find(texts[BOX]),
        spoken=False,
    )


def found_blocks(
    found: Sequence[Found],
    removed: Collection[str],
    text: str,
    on_keep: Callable[[Kind, Sequence[str]], None],
) -> tuple[Block, ...]:
    """Each finding with its words and a tick to take away; ``on_keep`` gets a kind and the ids kept of it."""
    if not found:
        words = (
            "Nothing that we know was found in this text. It is kept; choose level and specialisation "
            "below yourself, or paste the part that describes the work."
        )
        return (Html(markup.note(words, "warn")),)
    told = "The words in quotation marks stand in the text. Untick what the job does not really ask for."
    return (
        Html(markup.text("Found in it", "h2") + markup.text(told, "p", "quiet")),
        *(
            _choice(kind, list(group), removed, text, on_keep)
            for kind, group in groupby(found, key=lambda one: one.kind)
        ),
    )


def _choice(
    kind: Kind,
    group: Sequence[Found],
    removed: Collection[str],
    text: str,
    on_keep: Callable[[Kind, Sequence[str]], None],
) -> Choice:
    choices = [{"value": one.id, "label": one.name, "note": quoted(one, text)} for one in group]
    kept = [one.id for one in group if one.id not in removed]
    return Choice(
        LEGENDS[kind], "ticks", choices, kept, many=True, on_change=lambda chosen: on_keep(kind, chosen)
    )


def quoted(one: Found, text: str) -> str:
    """The words that prove a finding, each once."""
    quotes = {text[start:end].casefold(): " ".join(text[start:end].split()) for start, end in one.spans}
    shown = [f"“{words}”" for words in list(quotes.values())[:MOST_QUOTES]]
    more = len(quotes) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def marked(found: Sequence[Found], removed: Collection[str], text: str) -> str:
    """The text with the words of every finding kept marked, to open when wanted."""
    spans = sorted(span for one in found if one.id not in removed for span in one.spans)
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        start = max(start, at)
        pieces += [markup.text(text[at:start], "span"), markup.text(text[start:end], "mark")]
        at = end
    pieces.append(markup.text(text[at:], "span"))
    looks = 'class="own answer" tabindex="0" role="group" aria-label="Job description"'
    body = f"<div {looks}>{''.join(pieces)}</div>"
    return f"<details><summary>The text with these words marked</summary>{body}</details>"


class TargetForm:
    """The post to prepare for; filled in with what the findings suggest."""

    def __init__(self, suggested: Target, *, level_found: bool, on_set: Callable[[Target], None]) -> None:
        self._suggested = suggested
        self._level_found = level_found
        self._on_set = on_set
        self._level = Choice(
            "Level",
            "segments",
            [{"value": level, "label": level.capitalize()} for level in LEVELS],
            [suggested.level],
        )
        self._specialisation = Select("Specialisation", SPECIALISATION_NAMES, suggested.specialisation)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The fields and the button."""
        words = weighed(self._suggested)
        if not self._level_found:
            words = f"No level was found in the text: choose it. {words}"
        return (
            Html(markup.text("Your target", "h2")),
            Row(self._level, self._specialisation, look=""),
            Row(
                Html(markup.text(words, "span", "quiet")),
                Button("Set as my target", "primary", self._set),
                look="foot",
            ),
        )

    def _set(self) -> None:
        self._on_set(
            Target(self._level.chosen[0], self._specialisation.value, self._suggested.competencies)  # type: ignore[arg-type]  # values of the closed lists
        )


def weighed(target: Target) -> str:
    """What a target weighs, in one sentence."""
    if not target.competencies:
        return "No competency is named: the plan will treat all alike."
    most = max(target.competencies.values())
    names = [COMPETENCY_NAMES[one].lower() for one, weight in target.competencies.items() if weight == most]
    count = len(target.competencies)
    counted = "1 competency" if count == 1 else f"{count} competencies"
    return f"{counted}; most weight on {', '.join(names)}."


def described(target: Target) -> str:
    """A target in a few words: "Senior, ERP"."""
    return f"{target.level.capitalize()}, {SPECIALISATION_NAMES[target.specialisation]}"
