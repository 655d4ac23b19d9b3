"""What can be saved of a class: tables, a page to print, and grades for a learning platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, FileDrop, Handed, Html, Input, Row, Select

FORMATS: Mapping[str, str] = {
    "xlsx": "Excel, one sheet for each table",
    "csv": "CSV, one file for each table",
    "parquet": "Parquet, one file for each table",
    "html": "A page to print",
}
EXTENTS: Mapping[str, str] = {"short": "What the class comes to", "whole": "Everything, each score too"}
PLATFORMS: Mapping[str, str] = {"canvas": "Canvas", "moodle": "Moodle"}
EXAMPLE = "For example: Ana Silva = ana@example.org; Bo Lind = bo@example.org"
WHOLE = ""
"""All answers, and not those to a kit."""


class Grades(NamedTuple):
    """What the gradebook form asks for; ``column`` and ``measure`` as ``reports.gradebook`` has them."""

    platform: str
    column: str
    measure: str
    kit: str
    title: str
    points: str
    typed: str


class ExportScreen:
    """Two forms: the tables of the class, and grades."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[str]],
        measures: Mapping[str, str],
        kits: Mapping[str, str],
        on_list: Callable[[Sequence[Handed]], None],
    ) -> None:
        self._format = Select("Format", FORMATS, "xlsx")
        self._extent = Select("Tables", EXTENTS, "short")
        self._columns = columns
        self._platform = Select("Platform", PLATFORMS, "canvas", self._offer_columns)
        self._column = self._select_column("canvas")
        self._beside = Row(self._platform, self._column, look="filters")
        self._measure = Select("Grade", measures, next(iter(measures)))
        self._kit = Select("Of", {WHOLE: "All answers", **kits}, WHOLE)
        self._title = Input("Title of the grade", "text", "Interview practice")
        self._points = Input("Full marks", "number", "", "Only for the number of questions, without a kit")
        hint = "Name or learner id, =, then the identifier; several parted by semicolons"
        self._typed = Input("Identifiers", "text", "", hint)
        label = "Or drop a class list as CSV: a column name or learner_id, and a column with the identifier"
        self._list = FileDrop(label, ".csv,.txt", 2_000_000, on_list)
        self._listed = Html()

    @property
    def tables(self) -> tuple[str, str]:
        """The format and the extent asked for."""
        return self._format.value, self._extent.value

    @property
    def grades(self) -> Grades:
        """What the second form asks for."""
        inputs = (self._title.value, self._points.value, self._typed.value)
        return Grades(self._platform.value, self._column.value, self._measure.value, self._kit.value, *inputs)

    def blocks(self, on_tables: Callable[[], None], on_grades: Callable[[], None]) -> tuple[Block, ...]:
        """Both forms as they were left."""
        about = "The same frames that cohort() gives in a notebook; the README says what each column means."
        grades = (
            "One column of grades to import. Learners are matched by their id, or by the name that they "
            "chose; where two share a name, only the id counts. Whoever has no identifier or no grade is "
            "left out and listed."
        )
        return (
            Html(markup.text("Tables", "h2") + markup.text(about, "p", "quiet")),
            Row(self._format, self._extent, look="filters"),
            Row(Html(), Button("Make the file", "primary", on_tables), look="foot"),
            Html(markup.text("Gradebook", "h2") + markup.text(grades, "p", "quiet")),
            self._beside,
            Row(self._measure, self._kit, self._title, self._points, look="filters gap"),
            Row(self._typed, look="handout gap"),
            Html(markup.text(EXAMPLE, "p", "quiet")),
            self._list,
            self._listed,
            Row(Html(), Button("Make the gradebook", "", on_grades), look="foot"),
        )

    def say_listed(self, words: str) -> None:
        """What a class list held."""
        self._listed.update(value=f'<p class="quiet" role="status">{markup.text(words, "span")}</p>')

    def _offer_columns(self, platform: str) -> None:
        self._column = self._select_column(platform)
        self._beside.fill(self._platform, self._column)

    def _select_column(self, platform: str) -> Select:
        names = self._columns[platform]
        return Select("Identifier", {name: name for name in names}, names[0])


def left_out(lines: Sequence[tuple[str, str]], unused: Sequence[str]) -> Html:
    """Whom a gradebook leaves out and why, and identifiers that belong to nobody."""
    parts = []
    if lines:
        told = "".join(
            f"<li>{markup.text(name, 'b')}: {markup.text(why, 'span')}</li>" for name, why in lines
        )
        summary = f"{markup.plural(len(lines), 'learner')} left out"
        parts.append(f"<details open><summary>{summary}</summary><ul>{told}</ul></details>")
    if unused:
        parts.append(markup.text("Given for nobody in the class: " + ", ".join(unused), "p", "quiet"))
    return Html("".join(parts))
