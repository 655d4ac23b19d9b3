"""How many questions of each kind the bank is to hold: numbers only, all of them minimums.

The numbers are those of the full bank. The first release holds half of each, rounded up, unless two
numbers stand here: (first release, full).
"""

from __future__ import annotations

# By level: junior, mid, senior, director.
CATEGORIES_BY_LEVEL: dict[str, tuple[int, ...]] = {
    "behavioral": (18, 24, 20, 10),
    "technical": (22, 26, 18, 6),
    "scenario": (10, 20, 22, 12),
    "leadership": (10, 18, 18, 10),
    "change": (12, 16, 18, 10),
}
# By category (behavioral, technical, scenario, leadership, change), then by level.
SPECIALISATIONS_BY_BOTH: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "general": ((36, 24, 16, 28, 24), (44, 36, 28, 20)),
    "infrastructure": ((5, 8, 8, 3, 4), (4, 10, 10, 4)),
    "software": ((6, 7, 7, 4, 4), (4, 10, 10, 4)),
    "itsm": ((4, 6, 6, 3, 5), (4, 8, 8, 4)),
    "cybersecurity": ((5, 8, 8, 4, 3), (4, 10, 10, 4)),
    "erp": ((5, 6, 8, 4, 5), (4, 10, 10, 4)),
    "digital_transformation": ((5, 5, 5, 5, 8), (4, 10, 10, 4)),
    "agile": ((6, 8, 6, 5, 3), (4, 10, 10, 4)),
}
COMPETENCIES_BY_BOTH: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "scope_requirements": ((5, 6, 5, 1, 3), (6, 7, 5, 2)),
    "planning_scheduling": ((5, 8, 5, 1, 1), (7, 7, 5, 1)),
    "cost_benefit": ((4, 6, 6, 1, 1), (3, 6, 6, 3)),
    "risk_issue": ((8, 7, 8, 1, 2), (4, 9, 9, 4)),
    "quality_compliance": ((4, 7, 5, 1, 1), (4, 7, 5, 2)),
    "change_control": ((3, 5, 4, 0, 4), (3, 6, 5, 2)),
    "resources_vendors": ((5, 4, 6, 4, 1), (4, 7, 6, 3)),
    "stakeholder_communication": ((10, 2, 6, 4, 4), (5, 8, 9, 4)),
    "metrics_reporting": ((3, 8, 2, 1, 2), (4, 6, 5, 1)),
    "delivery_method": ((5, 8, 4, 3, 4), (7, 9, 6, 2)),
    "technical_fluency": ((4, 9, 6, 1, 4), (8, 9, 6, 1)),
    "team_leadership": ((3, 0, 1, 20, 2), (4, 8, 9, 5)),
    "conflict_negotiation": ((5, 0, 2, 10, 1), (3, 6, 6, 3)),
    "organisational_change": ((1, 1, 1, 1, 14), (3, 4, 6, 5)),
    "strategy_governance": ((2, 1, 3, 4, 6), (1, 1, 5, 9)),
    "self_management": ((5, 0, 0, 3, 6), (6, 4, 3, 1)),
}

# Questions with an exhibit and figures to work out from it.
EXHIBITS: dict[str, tuple[int, int]] = {"scenario": (14, 24), "technical": (6, 12)}
# Questions with a developing and a strong answer, for each category and level.
BENCHMARKS = (2, 3)
# Questions with a polished answer as the third, in all.
POLISHED = (8, 8)

# Topics named by one question or more; the full bank names every topic whose use is `question`.
TOPICS_FIRST = 200
# Topics that several questions name: the categories, the sample questions, the specialisations, and
# the ten responsibilities of every IT project manager.
SEVERAL = r"QC[1-5]|SQ[1-8]|SP[1-7]|RS0[1-9]|RS10"
SEVERAL_LEAST = (2, 3)

# No category x level x specialisation x primary competency holds more questions than this,
MOST_ALIKE = 5
# and each specialisation x level holds as many categories as this, or as it has questions.
LEAST_CATEGORIES = 3
