"""What a question is: the closed lists and the types of the bank's schema.

These types are the only definition of the schema. The JSON Schema for editors is generated from
them, and the checker validates files against that schema (see ``bank.schema``).
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Category = Literal["behavioral", "technical", "scenario", "leadership", "change"]
Level = Literal["junior", "mid", "senior", "director"]
Specialisation = Literal[
    "general",
    "infrastructure",
    "software",
    "itsm",
    "cybersecurity",
    "erp",
    "digital_transformation",
    "agile",
]
Competency = Literal[
    "scope_requirements",
    "planning_scheduling",
    "cost_benefit",
    "risk_issue",
    "quality_compliance",
    "change_control",
    "resources_vendors",
    "stakeholder_communication",
    "metrics_reporting",
    "delivery_method",
    "technical_fluency",
    "team_leadership",
    "conflict_negotiation",
    "organisational_change",
    "strategy_governance",
    "self_management",
]
Status = Literal["draft", "reviewed", "retired"]
Scaffold = Literal["star_l", "prep", "pisco", "codac", "sbar", "adkar", "kotter"]
CriterionId = Literal[
    "CTX", "ACT", "RES", "REF", "ACC", "APP", "TRD", "CLR", "DIA", "DEC", "COM", "PLN", "PPL", "ENG", "ADP"
]

CATEGORIES: tuple[Category, ...] = get_args(Category)
LEVELS: tuple[Level, ...] = get_args(Level)
SPECIALISATIONS: tuple[Specialisation, ...] = get_args(Specialisation)
COMPETENCIES: tuple[Competency, ...] = get_args(Competency)

CATEGORY_CODES: dict[str, Category] = {
    "BEH": "behavioral",
    "TEC": "technical",
    "SCN": "scenario",
    "LDR": "leadership",
    "CHG": "change",
}
SPECIALISATION_CODES: dict[str, Specialisation] = {
    "GEN": "general",
    "INF": "infrastructure",
    "SOF": "software",
    "ITS": "itsm",
    "CYB": "cybersecurity",
    "ERP": "erp",
    "DIG": "digital_transformation",
    "AGI": "agile",
}
CRITERIA_OF: dict[Category, tuple[CriterionId, ...]] = {
    "behavioral": ("CTX", "ACT", "RES", "REF"),
    "technical": ("ACC", "APP", "TRD", "CLR"),
    "scenario": ("DIA", "DEC", "COM", "PLN"),
    "leadership": ("PPL", "ACT", "RES", "REF"),
    "change": ("DIA", "ENG", "RES", "ADP"),
}

# Before the id of a pack's question stands the prefix of the pack; files leave it out.
QuestionId = Annotated[
    str,
    Meta(pattern="^([A-Z][A-Z0-9]{1,11}-)?(BEH|TEC|SCN|LDR|CHG)-(GEN|INF|SOF|ITS|CYB|ERP|DIG|AGI)-[0-9]{3}$"),
]
LocalId = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,23}$")]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Score = Annotated[int, Meta(ge=1, le=5)]
Cell = str | int | float
Row = Annotated[tuple[Cell, ...], Meta(min_length=1, max_length=8)]


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Frozen, keyword-only, unknown keys are errors."""


class Exhibit(_Strict, frozen=True):
    """A table of live project data that the candidate reads."""

    id: LocalId
    kind: Literal["table"]
    title: Line
    columns: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=8)]
    rows: Annotated[tuple[Row, ...], Meta(min_length=1, max_length=12)]


class Figure(_Strict, frozen=True):
    """A number the candidate works out; ``answer`` is recomputed from ``formula`` by the checker."""

    id: LocalId
    ask: Line
    formula: Line
    answer: float
    tolerance: Annotated[float, Meta(ge=0)]
    unit: Line


class Timing(_Strict, frozen=True):
    """Seconds to prepare, to aim for, and at most."""

    prep_s: Annotated[int, Meta(ge=15, le=180)]
    target_s: Annotated[int, Meta(ge=60, le=300)]
    max_s: Annotated[int, Meta(ge=60, le=510)]


class Probe(_Strict, frozen=True):
    """A follow-up, its target criterion and when it is asked."""

    id: LocalId
    targets: CriterionId
    use_when: Literal["missing", "vague", "always"]
    ask: Line


class Cap(_Strict, frozen=True):
    """The highest score a criterion can reach once a red flag was heard."""

    criterion: CriterionId
    max: Score


class RedFlag(_Strict, frozen=True):
    """Something that must not be heard, and what it costs."""

    text: Line
    cap: Cap


class Anchors(
    _Strict,
    frozen=True,
    rename={"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"},
):
    """The behaviour heard at each score, 1 to 5."""

    one: Line
    two: Line
    three: Line
    four: Line
    five: Line

    def __getitem__(self, score: int) -> str:
        return (self.one, self.two, self.three, self.four, self.five)[score - 1]


class Criterion(_Strict, frozen=True):
    """One of the four things an answer is scored on."""

    id: CriterionId
    name: Line
    weight: Annotated[int, Meta(ge=1, le=97)]
    anchors: Anchors


class Benchmark(_Strict, frozen=True):
    """A keyed answer: ``key`` holds its score for each criterion."""

    label: Literal["developing", "strong", "polished"]
    key: dict[CriterionId, Score]
    text: Text


class Fact(_Strict, frozen=True):
    """A claim the question rests on, where it comes from and when that was last looked up."""

    claim: Line
    source: Line
    checked: Day


class Provenance(_Strict, frozen=True):
    """Who wrote and who read the question."""

    author: Line
    created: Day
    reviewed_by: tuple[Line, ...]
    licence: Literal["CC-BY-4.0"]
    fiction: bool
    reviewed_on: Day | None = None


class Question(_Strict, frozen=True):
    """One question of the bank, as its YAML file holds it."""

    schema_version: Literal[1]
    id: QuestionId
    version: Annotated[int, Meta(ge=1)]
    status: Status
    category: Category
    level: Level
    specialisation: Specialisation
    competencies: Annotated[tuple[Competency, ...], Meta(min_length=1, max_length=3)]
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    stem: Line
    intent: Text
    scaffold: Scaffold
    timing: Timing
    probes: Annotated[tuple[Probe, ...], Meta(min_length=3, max_length=5)]
    strong_points: Annotated[tuple[Line, ...], Meta(min_length=4, max_length=8)]
    red_flags: Annotated[tuple[RedFlag, ...], Meta(min_length=2, max_length=5)]
    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=4, max_length=4)]
    topics: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=12)]
    frameworks: Annotated[tuple[Line, ...], Meta(max_length=8)]
    provenance: Provenance
    replaces: QuestionId | None = None
    level_also: Annotated[tuple[Level, ...], Meta(max_length=2)] = ()
    context: Text | None = None
    exhibits: Annotated[tuple[Exhibit, ...], Meta(max_length=2)] = ()
    figures: Annotated[tuple[Figure, ...], Meta(max_length=5)] = ()
    weight_reason: Line | None = None
    benchmarks: Annotated[tuple[Benchmark, ...], Meta(max_length=3)] = ()
    facts: Annotated[tuple[Fact, ...], Meta(max_length=6)] = ()
    tags: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id; ``KeyError`` when the question has none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)
