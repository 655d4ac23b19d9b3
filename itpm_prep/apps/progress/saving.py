"""Everything as files to keep: tables for a spreadsheet, and a page to print."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from itpm_prep.reports.page import page_name, report_page
from itpm_prep.reports.tables import archive
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Row
from itpm_prep.widgets.progress_screen import SavedFile, offer

if TYPE_CHECKING:
    from itpm_prep.apps.progress.controller import ProgressApp

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def saving(app: ProgressApp) -> Sequence[Block]:
    """A button for each kind of file; the file is made when it is pressed."""
    place = Row(look="")

    def button(label: str, make: Callable[[ProgressApp], SavedFile]) -> Button:
        return Button(label, "", app.guard(lambda: place.fill(Html(offer(make(app))))))

    words = (
        "All of it stays yours: the tables behind this page for a spreadsheet, or one page with everything "
        "on it to read and print. In a notebook, progress().to_csv, .to_excel and .to_parquet write the "
        "same tables."
    )
    buttons = [button(label, make) for label, make in KINDS.items()]
    return Html(markup.text(words, "p", "gap")), Row(*buttons, look="row gap"), place


def _page(app: ProgressApp) -> SavedFile:
    content = report_page(app.frames, app.now(), app.to_score()).encode("utf-8", "replace")
    told = "One page with readiness, charts and every answer in full. Save it, open it, and print it."
    return SavedFile(told, page_name(app.now()), address("text/html", content))


def _csv(app: ProgressApp) -> SavedFile:
    told = "One CSV file for each table, in one archive. The README tells what each column means."
    return SavedFile(told, _stem(app) + ".zip", address("application/zip", archive(app.frames)))


def _excel(app: ProgressApp) -> SavedFile:
    with TemporaryDirectory(prefix="itpm-prep-") as folder:
        path = Path(folder) / "tables.xlsx"
        app.frames.to_excel(path)
        content = path.read_bytes()
    told = "One workbook with a sheet for each table, and one that tells what the columns mean."
    return SavedFile(told, _stem(app) + ".xlsx", address(SPREADSHEET, content))


def _stem(app: ProgressApp) -> str:
    return page_name(app.now()).removesuffix(".html")


def address(kind: str, content: bytes) -> str:
    """A file as an address: a link to it needs neither a server nor a script."""
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


KINDS: Mapping[str, Callable[[ProgressApp], SavedFile]] = {
    "Page to print": _page,
    "CSV": _csv,
    "Excel": _excel,
}
