"""The closed lists as a person reads them: id to name."""

from __future__ import annotations

CATEGORY_NAMES: dict[str, str] = {
    "behavioral": "Behavioral",
    "technical": "Technical",
    "scenario": "Scenario",
    "leadership": "Leadership",
    "change": "Change",
}
SPECIALISATION_NAMES: dict[str, str] = {
    "general": "General",
    "infrastructure": "Infrastructure",
    "software": "Software",
    "itsm": "IT service management",
    "cybersecurity": "Cybersecurity",
    "erp": "ERP",
    "digital_transformation": "Digital transformation",
    "agile": "Agile",
}
COMPETENCY_NAMES: dict[str, str] = {
    "scope_requirements": "Scope and requirements",
    "planning_scheduling": "Planning and schedule",
    "cost_benefit": "Cost and benefit",
    "risk_issue": "Risk and issues",
    "quality_compliance": "Quality and compliance",
    "change_control": "Change control",
    "resources_vendors": "Resources and vendors",
    "stakeholder_communication": "Stakeholders",
    "metrics_reporting": "Metrics and reporting",
    "delivery_method": "Delivery method",
    "technical_fluency": "Technical fluency",
    "team_leadership": "Team leadership",
    "conflict_negotiation": "Conflict and negotiation",
    "organisational_change": "Organisational change",
    "strategy_governance": "Strategy and governance",
    "self_management": "Self-management",
}
CRITERION_NAMES: dict[str, str] = {
    "CTX": "Situation and task",
    "ACT": "Own action",
    "RES": "Result",
    "REF": "Learning",
    "ACC": "Accuracy",
    "APP": "Applied example",
    "TRD": "Limits and trade-offs",
    "CLR": "Clarity for the listener",
    "DIA": "Diagnosis",
    "DEC": "Options and decision",
    "COM": "Communication",
    "PLN": "Plan and control",
    "PPL": "Insight into people",
    "ENG": "Engagement",
    "ADP": "Role and adjustment",
}
