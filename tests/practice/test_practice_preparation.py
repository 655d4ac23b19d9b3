"""What is due before an interview: by target and cap, and what the record shows to be done."""

from __future__ import annotations

from datetime import date

from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice.plan import make_plan
from itpm_prep.practice.preparation import Practised, done_tasks, due_tasks
from itpm_prep.practice.target import Target

TODAY, INTERVIEW = date(2027, 3, 1), date(2027, 3, 13)


def test_questions_are_those_of_the_target_and_the_weightier_competency_has_more() -> None:
    entries = {one.id: one for one in load_bank().entries}
    target = Target("senior", "erp", {"stakeholder_communication": 3, "cost_benefit": 1})
    due = due_tasks(target, entries.values(), Practised([], [], calibrated=True), TODAY, INTERVIEW, 45)
    asked = [entries[one.of] for one in due if one.kind == "question"]
    assert {one.competencies[0] for one in asked} == {"stakeholder_communication", "cost_benefit"}
    assert {one.specialisation for one in asked} <= {"erp", "general"}
    counts = [sum(one.competencies[0] == each for one in asked) for each in target.competencies]
    assert counts[0] > counts[1]
    assert all(one.kind != "calibrate" for one in due)
    assert len({one.id for one in due}) == len(due)


def test_a_mock_interview_is_made_to_fit_beside_the_drill() -> None:
    practised = Practised([], [], calibrated=False)
    due = due_tasks(Target("mid"), load_bank().entries, practised, TODAY, INTERVIEW, 45)
    plan = make_plan(due, TODAY, INTERVIEW, 45)
    assert any(one.kind == "mock" for each in plan.days for one in each.tasks)
    assert all(one.kind != "mock" for one in plan.left_out)
    assert done_tasks(plan.tasks, plan, [], [], ["drill:2027-03-01"], None) == {"drill:2027-03-01"}
