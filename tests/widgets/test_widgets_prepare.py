"""The screens of the prepare app: what was found, the target, the plan, the checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drawn import EVIL, drawn, labels, of_kind, press

from itpm_prep.practice.checklists import QUESTIONS, Project, Ticked
from itpm_prep.practice.job_description import read_job
from itpm_prep.practice.plan import Task, make_plan
from itpm_prep.practice.target import Target
from itpm_prep.widgets import job_screen, plan_screen
from itpm_prep.widgets.blocks import Choice, Row, Select
from itpm_prep.widgets.parts import AnswerForm

TODAY = date(2027, 3, 1)
TEXT = f"Senior Project Manager. You keep the risk register and the budget. {EVIL}"


def nothing(*_: object) -> None:
    """Nobody listens."""


def test_each_finding_shows_its_words_and_can_be_taken_away() -> None:
    kept: dict[str, Sequence[str]] = {}
    blocks = job_screen.found_blocks(read_job(TEXT), {"competency:cost_benefit"}, TEXT, kept.__setitem__)
    competencies = of_kind(blocks, Choice)[-1]
    shown = {one["label"]: one["note"] for one in competencies.spec["choices"]}
    assert shown == {"Risk and issues": "“risk register”", "Cost and benefit": "“budget”"}
    assert competencies.chosen == ["competency:risk_issue"]
    competencies.hear({"chosen": []})
    assert kept == {"competency": []}


def test_the_marked_text_is_escaped_and_whole() -> None:
    html = job_screen.marked(read_job(TEXT), {"competency:cost_benefit"}, TEXT)
    page = drawn([job_screen.Html(html)])
    assert TEXT in page.words
    assert page.all("mark") == ["Senior Project Manager", "risk register"]
    assert "script" not in page.tags


def test_the_target_is_set_as_chosen_on_the_screen() -> None:
    targets: list[Target] = []
    form = job_screen.TargetForm(
        Target("mid", "general", {"risk_issue": 2}), level_found=False, on_set=targets.append
    )
    assert "No level was found" in drawn(form.blocks).words
    of_kind(form.blocks, Choice)[0].hear({"chosen": ["senior"]})
    of_kind(form.blocks, Select)[0].hear({"value": "erp"})
    press(form.blocks, "Set as my target")
    assert targets == [Target("senior", "erp", {"risk_issue": 2})]


def test_the_plan_shows_what_is_done_what_to_tick_and_what_does_not_fit() -> None:
    due = [
        Task(id="q", kind="question", title=EVIL, minutes=10, of="x"),
        Task(id="d", kind="drill", title="Story drill", minutes=5, on=TODAY.isoformat()),
        Task(id="long", kind="mock", title="Mock interview", minutes=50, of="4"),
    ]
    ticked: list[Sequence[str]] = []
    blocks = plan_screen.plan_blocks(
        make_plan(due, TODAY, TODAY, 20), {"q"}, TODAY, ticked.append, Row(look="row")
    )
    page = drawn(blocks)
    assert EVIL in page.words
    assert "script" not in page.tags
    assert page.all("b") == ["Done"]
    assert "1 task of 50 minutes in all does not fit" in page.words
    of_kind(blocks, Choice)[0].hear({"chosen": ["d"]})
    assert ticked == [["d"]]


def test_a_group_of_the_checklist_keeps_ticks_and_notes() -> None:
    told: list[object] = []
    blocks = plan_screen.checklist_group(
        QUESTIONS, Ticked(("team",), "mine"), told.append, lambda *one: told.append(one)
    )
    assert of_kind(blocks, Choice)[0].chosen == ["team"]
    of_kind(blocks, AnswerForm)[0].hear({"kind": "draft", "box": "notes", "text": "new", "number": 1})
    assert told == [("notes", "new")]


def test_the_worksheet_names_its_projects() -> None:
    projects = {"1": Project({"name": "Mill rollout"}), "2": Project()}
    blocks = plan_screen.projects_blocks(projects, "2", nothing, nothing, nothing)
    options = [one["label"] for one in of_kind(blocks, Select)[0].spec["options"]]
    assert options == ["Mill rollout", "Project 2"]
    assert labels(blocks) == ["Add a project"]
