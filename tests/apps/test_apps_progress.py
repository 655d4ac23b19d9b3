"""``progress()``: the frames as attributes, and the app in a real browser."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import NARROW, WIDE, Server
from framed import COMMENT, practise_well, review
from playwright.sync_api import Page, expect
from practised import MARKUP, practised, store

from itpm_prep.apps.progress import ProgressView, progress, read_progress
from itpm_prep.problems import StoreError
from itpm_prep.reports.columns import FRAMES
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import open_record


@pytest.fixture
def full(home: Path) -> Path:
    store(open_record(home / "practice.sqlite3"), practised())
    return home


def shown(view: ProgressView) -> str:
    """The message and all that the first screen holds."""
    frame = view.draw().children[0]
    return f"{frame.message} {frame.screen}"


# Attributes ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("full")
def test_every_frame_is_an_attribute_and_offered_by_completion():
    found = progress()
    assert len(found.attempts) == 8
    assert found.categories["answers"].sum() == 6
    assert set(FRAMES) <= set(dir(found))
    assert {"to_csv", "to_excel", "to_parquet"} <= set(dir(found))
    with pytest.raises(AttributeError):
        _ = found.nothing_of_the_kind


@pytest.mark.usefixtures("full")
def test_the_frames_are_read_once_and_are_those_that_the_command_reads():
    found = progress()
    assert found.attempts is found.attempts
    assert found.attempts.equals(read_progress().attempts)
    assert repr(found) == repr(read_progress())


@pytest.mark.usefixtures("full")
def test_all_tables_are_written_at_once(tmp_path: Path):
    progress().to_csv(tmp_path / "tables")
    assert {path.stem for path in (tmp_path / "tables").iterdir()} == set(FRAMES)


@pytest.mark.usefixtures("full")
def test_as_the_last_line_of_a_cell_it_is_the_app():
    bundle = progress()._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.usefixtures("home")
def test_without_answers_it_leads_to_a_mock_interview():
    assert "No answers yet." in shown(progress())


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
    assert "What you practised" in shown(found)


# In a real browser --------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("theme", "viewport"), [("light", WIDE), ("dark", NARROW)])
def test_charts_are_drawn_in_the_theme_and_an_answer_opens(
    home: Path, app_server: Server, page: Page, theme: str, viewport: dict[str, int]
):
    practise_well(open_record(home / "practice.sqlite3"))
    page.goto(app_server.url("progress"))
    charts = page.get_by_role("img", name=re.compile("^(Competencies|Criterion|Trend|You and|Category)"))
    charts.nth(4).locator("svg").first.wait_for()
    assert charts.count() == 5
    inks = {"light": "rgb(22, 25, 29)", "dark": "rgb(236, 239, 242)"}
    labels = page.locator(".annotation-text")
    expect(labels.first).to_have_css("fill", inks[theme])  # plotly may draw it once more meanwhile
    right = max(labels.evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)"))
    assert right <= viewport["width"]  # no label is cut off
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.get_by_text("Competencies as a table").click()
    assert page.get_by_role("table", name="Competencies of the target").get_by_role("row").count() == 17
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []

    page.get_by_role("button", name="Answers", exact=True).press("Enter")
    expect(page.get_by_text("23 answers", exact=True)).to_be_visible()
    expect(charts.first).not_to_be_attached()
    page.get_by_label("Scores").select_option("reviewed")
    expect(page.get_by_text("7 answers", exact=True)).to_be_visible()
    page.locator(".listing li button").first.press("Enter")
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Readiness").click()
    charts.nth(4).locator("svg").first.wait_for()


@pytest.mark.browser
def test_answers_go_out_as_a_file_and_the_review_comes_back(full: Path, app_server: Server, page: Page):
    page.goto(app_server.url("progress"))
    page.get_by_role("button", name="Hand in").click()
    page.get_by_label("Your name").fill("Bo")
    page.get_by_label("Words to black out").fill("script")
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save bo-").click()
    with open_cohort(full / "class.sqlite3") as cohort:
        cohort.merge([("bo", saved.value.path())])
        (learner,) = cohort.learners()
        answer = cohort.attempt(learner.id, "a0")
        assert answer is not None
        assert "script" not in answer.parts["background"]
        cohort.review(learner.id, review(answer, (2, 2, 2, 2)))
        file = BytesIO()
        cohort.export_reviews(learner.id, file, "Ada")

    page.get_by_role("button", name="Reviews").click()
    handed = {"name": "ada.jsonl", "mimeType": "application/json", "buffer": file.getvalue()}
    page.locator("input[type=file]").set_input_files(handed)  # type: ignore[arg-type]
    expect(page.get_by_text("Reviews by Ada: 1 new")).to_be_visible()
    page.get_by_role("button", name="Readiness").click()
    expect(page.get_by_role("heading", name="You and your reviewers")).to_be_visible()
    assert MARKUP in open_record(full / "practice.sqlite3").attempts()[0].parts["background"]
