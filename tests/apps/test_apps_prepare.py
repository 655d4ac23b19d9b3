"""The prepare app: from a job description to a target, a plan and lists that are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from browser import Server, until
from interview import STORY, fill_answer, start_answering, submit
from playwright.sync_api import Page, expect

from itpm_prep.practice.checklists import read_ticked
from itpm_prep.practice.target import read_target
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.browser

JOB = "Senior IT Project Manager. ERP implementation with S/4HANA. You keep the risk register and the budget."


def test_a_job_description_becomes_target_plan_and_files(app_server: Server, page: Page) -> None:
    page.goto(app_server.url("prepare"))
    page.get_by_label("Job description").fill(JOB)
    page.get_by_role("button", name="Find what it asks for").click()
    expect(page.get_by_text("“risk register”")).to_be_visible()
    page.get_by_label("Cost and benefit").uncheck()
    page.get_by_role("button", name="Set as my target").click()
    expect(page.get_by_text("Target: Senior, ERP")).to_be_visible()
    target = read_target(open_record().documents("target"))
    assert target is not None
    assert set(target.competencies) == {"risk_issue"}

    page.get_by_label("Minutes a day").fill("0")
    day = (datetime.now(UTC).astimezone() + timedelta(days=5)).date()
    page.get_by_label("Interview date").fill(day.isoformat())
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("alert")).to_contain_text("from 5 to 480")
    page.get_by_label("Minutes a day").fill("40")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.get_by_role("button", name="Make files").click()
    expect(page.get_by_role("link", name="Plan (calendar)")).to_have_attribute(
        "download", "interview-plan.ics"
    )

    page.goto(app_server.url("mock_interview"))
    expect(page.get_by_label("Specialisation")).to_have_value("erp")


def test_ticks_and_notes_of_the_checklist_are_kept(app_server: Server, page: Page) -> None:
    page.goto(app_server.url("prepare"))
    page.get_by_role("button", name="Checklist").click()
    page.get_by_label("Why is the post open now?").check()
    page.get_by_label("Notes: the company").fill("Packaging board.")
    until(
        lambda: read_ticked(open_record().documents("checklist"), "company").notes == "Packaging board.",
        "kept",
    )
    assert read_ticked(open_record().documents("checklist"), "questions").done == ("why_open",)


def test_a_text_too_long_and_a_date_that_has_passed_are_said_and_stay_in_their_boxes(
    app_server: Server, page: Page
) -> None:
    page.goto(app_server.url("prepare"))
    box = page.get_by_label("Job description")
    long = "You keep the risk register. " * 1800
    box.fill(long)
    page.get_by_role("button", name="Find what it asks for").click()
    expect(page.get_by_role("alert")).to_contain_text("50,400 characters; at most 50,000")
    expect(box).to_have_value(long)
    box.fill("\0\1\2PK\3\4")
    page.get_by_role("button", name="Find what it asks for").click()
    expect(page.get_by_role("alert")).to_contain_text("not readable text")

    page.get_by_role("button", name="Plan", exact=True).click()
    yesterday = (datetime.now(UTC).astimezone() - timedelta(days=1)).date()
    page.get_by_label("Interview date").fill(yesterday.isoformat())
    expect(page.get_by_role("alert")).to_contain_text("has passed")
    assert open_record().preference("interview_date") is None


def test_todays_tasks_are_begun_from_the_plan_and_then_done(app_server: Server, page: Page) -> None:
    page.goto(app_server.url("prepare"))
    page.get_by_role("button", name="Plan", exact=True).click()
    day = (datetime.now(UTC).astimezone() + timedelta(days=3)).date()
    page.get_by_label("Interview date").fill(day.isoformat())
    page.get_by_label("Minutes a day").fill("60")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("link", name="Calibrate")).to_have_attribute(
        "href", "/voila/render/calibrate.ipynb"
    )
    expect(page.get_by_role("link", name="Drill your stories")).to_be_visible()
    page.get_by_role("button", name="Practise ").click()
    start_answering(page)
    fill_answer(page, STORY)
    submit(page)
    until(lambda: open_record().attempts(), "the answer is on disk")
    page.goto(app_server.url("prepare"))
    expect(page.get_by_text("Done", exact=True)).to_have_count(1)
