"""The commented skeleton of a new question: all that follows from its id, and blanks for the rest."""

from __future__ import annotations

import re
from datetime import date

from itpm_prep.bank.rules.scaffold import ALLOWED
from itpm_prep.bank.types import (
    CATEGORY_CODES,
    COMPETENCIES,
    CRITERIA_OF,
    LEVELS,
    SPECIALISATION_CODES,
    Category,
)

CRITERION_NAMES: dict[Category, tuple[str, str, str, str]] = {
    "behavioral": ("Situation and task", "Own action", "Result", "Learning"),
    "technical": ("Accuracy", "Applied example", "Limits and trade-offs", "Clarity for the listener"),
    "scenario": ("Diagnosis", "Options and decision", "Communication", "Plan and control"),
    "leadership": ("Insight into people", "Own action", "Team outcome", "Learning"),
    "change": ("Diagnosis", "Engagement", "Proof of adoption", "Role and adjustment"),
}
TIMING: dict[Category, str] = {
    "behavioral": "{prep_s: 30, target_s: 120, max_s: 180}",
    "technical": "{prep_s: 30, target_s: 90, max_s: 150}",
    "scenario": "{prep_s: 120, target_s: 240, max_s: 300}",
    "leadership": "{prep_s: 30, target_s: 150, max_s: 210}",
    "change": "{prep_s: 45, target_s: 150, max_s: 210}",
}

_HEAD = """\
# yaml-language-server: $schema=../schema.json
# Fill every "" in, then run: itpm-prep bank check {path}
# The rules stand in question_bank/README.md. Long text: write >- and indent the lines below it.
schema_version: 1
id: {id}
version: 1  # rises when stem, criteria or anchors change
status: draft  # reviewed needs a named human reader in provenance
category: {category}
level: ""  # {levels}
level_also: []  # the level just below or above, if it serves that too
specialisation: {specialisation}
competencies: [""]  # 1-3, the first counts: {competencies}
title: ""  # up to 60 characters
"""
_CONTEXT = """\
context: ""  # the case: 60-180 words, three or more figures
# exhibits:  # up to two tables
#   - {id: accounts, kind: table, title: ..., columns: [account, PV, EV], rows: [[Intake, 260, 245]]}
# figures:  # numbers to work out from them; + - * / ( ) and sum, mean, min, max, count of a column
#   - {id: earned, ask: ..., formula: sum(accounts.EV), answer: 245, tolerance: 1, unit: thousands}
"""
_ASK = """\
stem: ""  # 8-45 words, one open ask
intent: ""  # up to 50 words: what is tested
scaffold: {scaffold}  # {scaffolds}
timing: {timing}  # seconds; max_s up to 1.7 times target_s
probes:  # 3-5, aimed at three criteria or more; use_when: missing, vague or always
"""
_PROBE = """\
  - {{id: p{number}, targets: {criterion}, use_when: {use_when}, ask: ""}}
"""
_POINTS = """\
strong_points: ["", "", "", ""]  # 4-8, up to 25 words each
red_flags:  # 2-5; max is the highest score of that criterion once the flag was heard
  - {{text: "", cap: {{criterion: {one}, max: 1}}}}
  - {{text: "", cap: {{criterion: {two}, max: 2}}}}
criteria:  # anchors: 5-40 words, things heard in the answer; 3 meets the bar of the level
"""
_CRITERION = """\
  - id: {id}
    name: {name}
    weight: 25
    anchors:
      1: ""  # harmful or absent
      2: ""  # general
      3: ""  # meets the bar, one checkable element
      4: ""  # adds numbers, options or another's view
      5: ""  # adds foresight or lasting effect
"""
_FACTS = """\
facts:  # claims the question rests on, looked up again each year
  - {{claim: "", source: "", checked: {today}}}
"""
_TAIL = """\
# benchmarks:  # keyed answers: developing, strong, polished
#   - {{label: strong, key: {key}, text: ...}}
topics: [""]  # ids of topics.csv whose use is `question`
frameworks: []  # names only, such as 'PMBOK 8: risk'
provenance:
  author: ""
  created: {today}
  reviewed_by: []
  licence: CC-BY-4.0
  fiction: true
"""


def skeleton(question_id: str, today: date, folder: str = "question_bank") -> str:
    """The text of a new question file; its only schema faults are its blanks.

    ``folder`` is the bank or pack in which it is to stand, for the hint how to check it.

    Raises ``ValueError`` when the id does not have the form ``CAT-SPC-NNN``.
    """
    category_code, specialisation_code = _codes(question_id)
    category = CATEGORY_CODES[category_code]
    criteria = CRITERIA_OF[category]
    names = zip(criteria, CRITERION_NAMES[category], strict=True)
    uses = zip(criteria, ("missing", "vague", "missing", "always"), strict=True)
    key = ", ".join(f"{criterion}: 4" for criterion in criteria)
    head = _HEAD.format(
        id=question_id,
        path=f"{folder}/{category}/{question_id}.yaml",
        category=category,
        specialisation=SPECIALISATION_CODES[specialisation_code],
        levels=", ".join(LEVELS),
        competencies=", ".join(COMPETENCIES),
    )
    scaffolds = ALLOWED[category]
    ask = _ASK.format(scaffold=scaffolds[0], scaffolds=" or ".join(scaffolds), timing=TIMING[category])
    return "".join(
        [
            head,
            _CONTEXT if category == "scenario" else "",
            ask,
            *(
                _PROBE.format(number=number, criterion=criterion, use_when=use_when)
                for number, (criterion, use_when) in enumerate(uses, 1)
            ),
            _POINTS.format(one=criteria[0], two=criteria[1]),
            *(_CRITERION.format(id=criterion, name=name) for criterion, name in names),
            _FACTS.format(today=today) if category == "technical" else "",
            _TAIL.format(today=today, key=f"{{{key}}}"),
        ]
    )


def _codes(question_id: str) -> tuple[str, str]:
    parts = question_id.split("-")
    if (
        len(parts) != 3
        or parts[0] not in CATEGORY_CODES
        or parts[1] not in SPECIALISATION_CODES
        or not re.fullmatch("[0-9]{3}", parts[2])
    ):
        codes = f"{', '.join(CATEGORY_CODES)}, then {', '.join(SPECIALISATION_CODES)}, then three digits"
        raise ValueError(f"{question_id} is no question id; it must look like SCN-ERP-002 ({codes}).")
    return parts[0], parts[1]
