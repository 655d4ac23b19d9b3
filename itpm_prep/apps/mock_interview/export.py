"""A debrief as files to hand on: HTML, Markdown and Word, with the words blacked out that must stay."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from itpm_prep.practice.blackout import black_out, readable
from itpm_prep.practice.records import Rating
from itpm_prep.problems import PersonError
from itpm_prep.reports.document import Piece, plain, to_html, to_markdown, to_word
from itpm_prep.widgets.debrief_screen import Reviewed

FORMS: tuple[tuple[str, str, str], ...] = (
    ("HTML page", "html", "text/html"),
    ("Markdown", "md", "text/markdown"),
    ("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)


class StillReadableError(PersonError):
    """A word that was to be blacked out can still be read."""


class Handout(NamedTuple):
    """One file on offer: what it is called, its name, and an address that holds it whole."""

    label: str
    name: str
    address: str


def debrief_pieces(
    seen: Sequence[Reviewed], means: Sequence[tuple[str, float]], label: str, now: datetime
) -> list[Piece]:
    """The debrief in reading order; ``label`` says whose scores they are, ``means`` (criterion, score)."""
    pieces = [Piece("title", "Debrief"), Piece("quiet", f"Mock interview, {now:%d %B %Y}.")]
    scored = [one.rating.q for one in seen if one.rating]
    if scored:
        pieces.append(Piece("text", f"{sum(scored) / len(scored):.1f} of 5, {label}."))
        pieces += [Piece("item", f"{name}: {mean:.1f}") for name, mean in means]
    for one in seen:
        pieces += _question(one)
    return pieces


def handouts(pieces: Sequence[Piece], words: Sequence[str], *, numbers: bool, day: datetime) -> list[Handout]:
    """The files, blacked out first and then looked through; raises ``StillReadableError``.

    Numbers are taken from what the person wrote, and stay in the questions and the scores.
    """
    ready = [
        replace(piece, text=black_out(piece.text, words, numbers=numbers and piece.kind == "own"))
        for piece in pieces
    ]
    own = plain(piece for piece in ready if piece.kind == "own")
    if left := [*readable(plain(ready), words), *readable(own, (), numbers=numbers)]:
        raise StillReadableError(
            f"Not offered: {', '.join(left)} can still be read in the debrief. "
            "Add the form in which it stands there to the words to black out."
        )
    stem = f"debrief-{day:%Y-%m-%d}"
    write: dict[str, Callable[[Sequence[Piece]], bytes]] = {
        "html": lambda each: to_html("Debrief", each),
        "md": to_markdown,
        "docx": to_word,
    }
    return [
        Handout(label, f"{stem}.{ending}", _address(kind, write[ending](ready)))
        for label, ending, kind in FORMS
    ]


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


def _question(one: Reviewed) -> Iterator[Piece]:
    question = one.question
    yield Piece("heading", f"Question {one.position + 1}: {question.title}")
    yield Piece("text", question.stem)
    if one.skipped:
        yield Piece("quiet", "Skipped. It counts as skipped, not as a score.")
    else:
        yield from _answer(one)
    yield Piece("subheading", "Strong answers cover")
    yield from (Piece("item", point) for point in question.strong_points)


def _answer(one: Reviewed) -> Iterator[Piece]:
    for name, text in one.answer:
        yield Piece("subheading", name)
        yield Piece("own", text) if text.strip() else Piece("quiet", "Left empty.")
    for reply in one.replies:
        yield Piece("subheading", reply.ask)
        yield Piece("own", reply.text) if reply.text else Piece("quiet", "Passed over.")
    if one.figures:
        yield Piece("subheading", "Figures")
        yield from (Piece("item", f"{figure.ask}: {figure.verdict}") for figure in one.figures)
    if one.rating:
        yield from _scores(one, one.rating)


def _scores(one: Reviewed, rating: Rating) -> Iterator[Piece]:
    yield Piece("subheading", f"Score {rating.q:.1f}")
    for mark in rating.marks:
        yield Piece("item", f"{one.question.criterion(mark.criterion).name}: {mark.score}")
        if mark.evidence:
            yield Piece("own", mark.evidence)
    yield from (Piece("item", f"Red flag: {flag}") for flag in rating.red_flags)
