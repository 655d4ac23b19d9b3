from __future__ import annotations

import re
from base64 import b64decode
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import NARROW, WIDE
from ipywidgets import HTML, Widget
from practised import MARKUP, practised, store

from itpm_prep.apps.progress import ProgressView, progress
from itpm_prep.problems import StoreError
from itpm_prep.reports.drawing import Charts
from itpm_prep.reports.words import CAUTION
from itpm_prep.store.local import open_record

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def full(home: Path) -> Path:
    store(open_record(home / "practice.sqlite3"), practised())
    return home


def widgets_in(widget: Widget) -> list[Widget]:
    return [widget, *(found for child in getattr(widget, "children", ()) for found in widgets_in(child))]


def shown(view: ProgressView) -> str:
    """All that the screen says: the alert, the blocks of the page, and the HTML below them."""
    page = view.draw(NOW)
    frame = page.children[0]
    said = [block["value"] for block in frame.screen["blocks"]]
    return "\n".join([str(frame.message), *said, *(w.value for w in widgets_in(page) if isinstance(w, HTML))])


@pytest.mark.usefixtures("full")
def test_the_frames_are_attributes():
    found = progress()
    assert len(found.attempts) == 8
    assert found.by_category["answers"].sum() == 6
    assert {"attempts", "scores", "texts", "by_criterion"} <= set(dir(found))
    assert repr(found).startswith("Progress(attempts: 8 rows")
    with pytest.raises(AttributeError):
        _ = found.readiness


@pytest.mark.usefixtures("full")
def test_as_the_last_line_of_a_cell_it_is_the_app():
    bundle = progress()._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.usefixtures("full")
def test_the_screen_counts_warns_and_says_what_is_next():
    html = shown(progress())
    assert "6 answers to 3 questions, 1 skipped" in html
    assert CAUTION in html
    assert "Not practised yet: Technical, Leadership and Change." in html
    assert "Behavioral: scored on one question only." in html


@pytest.mark.usefixtures("full")
def test_three_charts_stand_on_the_screen_each_with_words_and_a_table():
    (found,) = [w for w in widgets_in(progress().draw(NOW)) if isinstance(w, Charts)]
    assert [chart["title"] for chart in found.charts] == ["History", "Criterion profile", "Category balance"]
    assert all(chart["caption"] and "<table>" in chart["table"] for chart in found.charts)


@pytest.mark.usefixtures("full")
def test_answers_are_listed_newest_first_and_open_to_their_escaped_text():
    html = shown(progress())
    answers = html[html.index("Answers</h2>") :]
    assert re.findall(r"(\d+) November ·", answers) == ["10", "9", "8", "7", "6", "5", "4", "3"]
    assert MARKUP not in html
    assert "&lt;script&gt;" in html
    assert "<details open" not in html


@pytest.mark.usefixtures("full")
def test_the_links_hold_the_csv_files_and_the_page_themselves():
    html = shown(progress())
    links = dict(re.findall(r'href="data:([\w/-]+);base64,([^"]+)"', html))
    with ZipFile(BytesIO(b64decode(links["application/zip"]))) as packed:
        assert len(pd.read_csv(packed.open("attempts.csv"))) == 8
    assert b64decode(links["text/html"]).startswith(b"<!doctype html>")
    assert 'download="progress-2026-11-22.html"' in html


@pytest.mark.usefixtures("home")
def test_without_answers_it_leads_to_a_mock_interview():
    html = shown(progress())
    assert "No answers yet." in html
    assert 'href="mock_interview.ipynb"' in html
    assert not [w for w in widgets_in(progress().draw(NOW)) if isinstance(w, Charts)]


def test_a_record_that_cannot_be_read_is_said_on_the_screen(home):
    home.mkdir()
    (home / "practice.sqlite3").write_bytes(b"no database at all" * 100)
    assert "'tone': 'alert'" in shown(progress())
    with pytest.raises(StoreError):
        _ = progress().attempts


@pytest.mark.usefixtures("full")
def test_a_bank_that_cannot_be_read_costs_only_the_titles(tmp_path, monkeypatch):
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "nowhere"))
    found = progress()
    assert found.attempts["title"].eq("").all()
    assert "SCN-SOF-001" in shown(found)


@pytest.mark.browser
@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(("theme", "viewport"), [("light", WIDE), ("dark", NARROW)])
def test_in_a_real_browser_the_charts_are_drawn_in_the_theme_and_an_answer_opens(
    app_server, page, theme, viewport
):
    page.goto(app_server.url("progress"))
    charts = page.get_by_role("img", name=re.compile("^(History|Criterion profile|Category balance)"))
    charts.nth(2).locator("svg").first.wait_for()
    assert charts.count() == 3
    inks = {"light": "rgb(22, 25, 29)", "dark": "rgb(236, 239, 242)"}
    label = charts.nth(2).locator(".annotation-text").first
    assert label.evaluate("element => getComputedStyle(element).fill") == inks[theme]
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]

    page.get_by_text("History as a table").click()
    assert page.get_by_role("table", name="Scored answers").get_by_role("row").count() == 6
    page.locator(".attempts summary").first.press("Enter")
    assert page.locator(".attempts").get_by_text(MARKUP).first.is_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as CSV").click()
    assert saved.value.suggested_filename.endswith(".zip")
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []
