"""What the bank covers, as heat maps of plain numbers, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from itpm_prep.bank.coverage import ALL, Count, Coverage, Release, Table
from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Choice, Html
from itpm_prep.widgets.question_screen import folded

TARGETS = (
    {"value": "first", "label": "First release"},
    {"value": "full", "label": "Full bank"},
)
NAMES: dict[str, str] = {
    **CATEGORY_NAMES,
    **COMPETENCY_NAMES,
    **SPECIALISATION_NAMES,
    **{level: level.capitalize() for level in LEVELS},
}
LEGEND = "How many there are, of how many are needed. A full cell is dark; a line below a number marks a gap."


def coverage_blocks(coverage: Coverage) -> tuple[Block, ...]:
    """The counts against the release chosen."""
    body = Html(_body(coverage, "first"))
    target = Choice(
        "Measured against",
        "segments",
        TARGETS,
        ["first"],
        on_change=lambda chosen: body.update(
            value=_body(coverage, "full" if chosen == ["full"] else "first")
        ),
    )
    return target, body


def _body(coverage: Coverage, release: Release) -> str:
    by_level, by_specialisation, by_competency = coverage.tables
    gaps = len(coverage.gaps(release))
    verdict = f"{markup.plural(gaps, 'gap')} left." if gaps else "Every minimum is met."
    return (
        f'<p class="gap" role="status"><b>{verdict}</b></p>'
        + markup.text(LEGEND, "p", "quiet")
        + _heat("Categories by level", by_level, by_level.columns, release)
        + _both("Specialisations", by_specialisation, release)
        + _both("Primary competencies", by_competency, release)
        + _heat("Categories in each specialisation", coverage.spread, LEVELS, release)
        + _heat("Exhibits with figures to work out", coverage.exhibits, (ALL,), release)
        + _heat("Sample answers, developing and strong", coverage.benchmarks, LEVELS, release)
        + markup.text(f"Polished but empty sample answers: {_of(coverage.polished, release)}.")
        + _topics(coverage, release)
        + _crowds(coverage)
    )


def _both(title: str, table: Table, release: Release) -> str:
    """One table is too wide for a column of text: by category, then by level."""
    return _heat(f"{title} by category", table, (*CATEGORIES, ALL), release) + _heat(
        f"{title} by level", table, (*LEVELS, ALL), release
    )


def _heat(title: str, table: Table, columns: Sequence[str], release: Release) -> str:
    places = [table.columns.index(column) for column in columns]
    head = "".join(f'<th scope="col">{_name(column)}</th>' for column in columns)
    rows = "".join(
        f'<tr><th scope="row">{_name(row)}</th>{"".join(_cell(counts[at], release) for at in places)}</tr>'
        for row, counts in zip(table.rows, table.counts, strict=True)
    )
    return (
        f'<div class="scroll gap" tabindex="0" role="group" aria-label="{title}"><table class="heat">'
        f"<caption>{title}</caption><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(count: Count, release: Release) -> str:
    need = count.needed(release)
    full = min(100, round(100 * count.have / count.full)) if count.full else 0
    short = "" if count.meets(release) else ' class="short"'
    return f'<td{short} style="--full:{full}%"><b>{count.have}</b> of {need}</td>'


def _name(row: str) -> str:
    return "All" if row == ALL else escape(NAMES.get(row, row))


def _of(count: Count, release: Release) -> str:
    return f"{count.have} of {count.needed(release)}"


def _topics(coverage: Coverage, release: Release) -> str:
    unnamed = [f"{topic.id}: {topic.name}" for topic in coverage.unnamed()]
    scarce = [
        f"{one.topic.id}: {one.topic.name}, {_of(one.count, release)}"
        for one in coverage.topics
        if one.count.have and not one.count.meets(release)
    ]
    named = markup.text(f"Topics named by a question: {_of(coverage.named, release)}.")
    return (
        markup.text("Topics", "h2")
        + named
        + _lines("Named too seldom", scarce)
        + _lines("Not named yet", unnamed)
    )


def _lines(title: str, lines: Sequence[str]) -> str:
    return folded(f"{title} ({len(lines)})", markup.bullets(lines)) if lines else ""


def _crowds(coverage: Coverage) -> str:
    lines: Iterable[str] = (
        f"{', '.join(NAMES.get(one, one) for one in crowd.place)}: {crowd.have}, at most {crowd.most}"
        for crowd in coverage.crowds
    )
    return _lines("Too much alike", list(lines))
