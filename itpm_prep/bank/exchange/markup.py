"""A question as HTML for programs that show it; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from itpm_prep.bank.types import Exhibit, Question


def paragraph(text: str) -> str:
    """A text, its line breaks kept."""
    return f"<p>{_inline(text)}</p>"


def strong(text: str) -> str:
    """A paragraph that stands out."""
    return f"<p><strong>{_inline(text)}</strong></p>"


def heading(text: str) -> str:
    """The head of a part."""
    return f"<h4>{escape(text, quote=False)}</h4>"


def bullets(items: Iterable[str]) -> str:
    """A list."""
    return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"


def table(caption: str, columns: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table with a caption; the first cell of each row heads it."""
    head = "".join(f'<th scope="col">{_inline(str(name))}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    return (
        f'<table border="1"><caption>{escape(caption, quote=False)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def ask(question: Question) -> str:
    """What the candidate reads: the case, its exhibits and figures, then the stem."""
    parts = [paragraph(question.context)] if question.context else []
    parts += [_exhibit(exhibit) for exhibit in question.exhibits]
    if question.figures:
        asked = (f"{figure.ask} ({figure.unit})" for figure in question.figures)
        parts += [paragraph("Work out:"), bullets(asked)]
    return "".join([*parts, strong(question.stem)])


def flags(question: Question) -> Iterator[str]:
    """The red flags, each with what it costs."""
    for flag in question.red_flags:
        yield f"{flag.text} ({question.criterion(flag.cap.criterion).name}: {flag.cap.max} at most)"


def _exhibit(exhibit: Exhibit) -> str:
    return table(exhibit.title, exhibit.columns, exhibit.rows)


def _cells(row: Iterable[object]) -> Iterator[str]:
    first, *others = row
    yield f'<th scope="row">{_inline(str(first))}</th>'
    yield from (f"<td>{_inline(str(cell))}</td>" for cell in others)


def _inline(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
