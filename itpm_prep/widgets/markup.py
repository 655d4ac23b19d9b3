"""Pieces of HTML. Whatever a person or the bank wrote is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import Category, Exhibit


def text(words: str, tag: str = "p", look: str = "") -> str:
    """One element with escaped text; ``look`` is its class."""
    looks = f' class="{look}"' if look else ""
    return f"<{tag}{looks}>{escape(words)}</{tag}>"


def heading(title: str, aside: str = "") -> str:
    """The title of a screen, with a quiet remark at its right."""
    return f'<div class="row apart">{text(title, "h1")}{text(aside, "span", "quiet") if aside else ""}</div>'


def category_tag(category: Category) -> str:
    """A category's name with its coloured dot."""
    return text(CATEGORY_NAMES[category], "span", f"tag {category}")


def rail(done: int, total: int, what: str = "questions") -> str:
    """The thin line that shows how far one has come; read aloud as one sentence."""
    looks = ["done"] * done + ["now"] * (done < total)
    looks += [""] * (total - len(looks))
    marks = "".join(f'<i class="{look}"></i>' for look in looks)
    return f'<div class="rail" role="img" aria-label="{done} of {total} {what} done">{marks}</div>'


def table(exhibit: Exhibit) -> str:
    """An exhibit as a table that scrolls sideways on a narrow screen."""
    numeric = [
        all(isinstance(row[at], int | float) for row in exhibit.rows) for at in range(len(exhibit.columns))
    ]
    head = "".join(
        f'<th scope="col"{_number(numeric[at])}>{escape(name[:1].upper() + name[1:])}</th>'
        for at, name in enumerate(exhibit.columns)
    )
    body = "".join(f"<tr>{_cells(row, numeric)}</tr>" for row in exhibit.rows)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(exhibit.title)}">'
        f"<table><caption>{escape(exhibit.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str | int | float], numeric: Sequence[bool]) -> str:
    first = f'<th scope="row"{_number(numeric[0])}>{escape(_shown(row[0]))}</th>'
    return first + "".join(
        f"<td{_number(number)}>{escape(_shown(cell))}</td>"
        for cell, number in zip(row[1:], numeric[1:], strict=True)
    )


def _number(yes: bool) -> str:  # noqa: FBT001 - a private helper of two callers
    return ' class="number"' if yes else ""


def _shown(cell: str | int | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def bar(label: str, score: float) -> str:
    """A score of 1-5, or a mean of scores, as a bar with its number."""
    width = round(score / 5 * 100)
    shown = str(score) if isinstance(score, int) else f"{score:.1f}"
    return (
        f'<div class="bar">{text(label, "span")}<span class="track" aria-hidden="true">'
        f'<b style="width:{width}%"></b></span>{text(shown, "span")}</div>'
    )


def anchor(score: int, words: str) -> str:
    """What is heard at a score."""
    return f'<div class="anchor"><span></span><b>{score}</b>{text(words, "span")}</div>'


def bullets(lines: Iterable[str]) -> str:
    """A list of plain lines."""
    return "<ul>" + "".join(text(line, "li") for line in lines) + "</ul>"


def note(words: str, look: str = "") -> str:
    """A boxed remark; ``look`` may be "warn"."""
    return f'<div class="note {look}">{text(words)}</div>'


def link(words: str, href: str, look: str = "") -> str:
    """A link, drawn as a button when ``look`` says so."""
    return f'<a class="{look}" href="{escape(href)}">{escape(words)}</a>'


def download(words: str, name: str, address: str, look: str = "button") -> str:
    """A link that saves a file of that name; ``address`` holds the file whole (a ``data:`` address)."""
    return f'<a class="{look}" download="{escape(name)}" href="{escape(address)}">{escape(words)}</a>'


def minutes(seconds: float) -> str:
    """A duration in words: "45 s", "2 min", "2 min 30 s"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    rest = f" {whole % 60} s" if whole % 60 else ""
    return f"{whole // 60} min{rest}"


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 question", "3 questions"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
