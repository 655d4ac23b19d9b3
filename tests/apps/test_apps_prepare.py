"""The prepare app: from a job description to a target, a plan and lists that are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from browser import Server, until
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
