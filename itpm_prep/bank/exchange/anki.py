"""Questions as cards for Anki: a text file that brings its own settings in the lines at its head.

The format is described at https://docs.ankiweb.net/importing/text-files.html. A question keeps its GUID,
so that a later import brings its card up to date and leaves what was learned.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from itpm_prep.bank.exchange import markup
from itpm_prep.bank.types import Question

COLUMNS = ("GUID", "Front", "Back", "Tags")
HEAD = (
    "#separator:tab",
    "#html:true",
    "#notetype:Basic",
    "#columns:" + "\t".join(COLUMNS),
    f"#guid column:{COLUMNS.index('GUID') + 1}",
    f"#tags column:{COLUMNS.index('Tags') + 1}",
)


def write_anki(questions: Iterable[Question]) -> bytes:
    """The questions as cards: in front what is asked, on the back strong points and red flags."""
    file = io.StringIO(newline="")
    file.writelines(f"{line}\n" for line in HEAD)
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    for question in questions:
        cells = (f"itpm-prep-{question.id}", markup.ask(question), _back(question), _tags(question))
        writer.writerow([" ".join(cell.split()) for cell in cells])
    return file.getvalue().encode("utf-8")


def _back(question: Question) -> str:
    parts = (
        markup.heading("Strong answers cover"),
        markup.bullets(question.strong_points),
        markup.heading("Red flags"),
        markup.bullets(markup.flags(question)),
    )
    return "".join(parts)


def _tags(question: Question) -> str:
    own = [question.category, question.level, question.specialisation, *question.competencies]
    return " ".join("itpm::" + "_".join(tag.split()) for tag in dict.fromkeys([*own, *question.tags]))
