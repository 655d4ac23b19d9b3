"""Every rule fires: a sound question, one thing broken, exactly that rule at that place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from itpm_prep import settings
from itpm_prep.bank.check import check_bank
from itpm_prep.bank.rules import ACROSS, NOTICES, QUALITY, STRUCTURE

Sound = Callable[[str], str]
Put = Callable[[str, str], Path]

SOF, BEH, TEC, CHG, LDR = "SCN-SOF-001", "BEH-INF-001", "TEC-GEN-001", "CHG-ITS-001", "LDR-GEN-001"
STEM = r"stem: >-\n(  .*\n)+"
CONTEXT = r"context: >-\n(  .*\n)+"
POINT = "  - forecast near 1.1 million against 900 thousand"
LONG_WORDS = (
    "stem: Explain organisational interdependencies, institutional responsibilities and accountability now.\n"
)

# rule, question, [(pattern, replacement)] each applied once, key of the fault, text of its line
BROKEN = [
    ("identity", SOF, [("^id: SCN-SOF-001", "id: SCN-SOF-002")], "id", "id: SCN-SOF-002"),
    (
        "identity",
        SOF,
        [("specialisation: software", "specialisation: itsm")],
        "specialisation",
        "specialisation:",
    ),
    (
        "criteria",
        BEH,
        [("- id: RES", "- id: @"), ("- id: REF", "- id: RES"), ("- id: @", "- id: REF")],
        "criteria",
        "criteria:",
    ),
    (
        "weights",
        SOF,
        [("weight: 25", "weight: 30"), ("scaffold: sbar", "scaffold: sbar\nweight_reason: why")],
        "criteria",
        "criteria:",
    ),
    (
        "weights",
        SOF,
        [("weight: 25", "weight: 30"), ("weight: 25", "weight: 20")],
        "weight_reason",
        "schema_version",
    ),
    (
        "references",
        BEH,
        [("criterion: REF", "criterion: PPL")],
        "red_flags[1].cap.criterion",
        "criterion: PPL",
    ),
    ("references", BEH, [("targets: ACT", "targets: PPL")], "probes[0].targets", "targets: PPL"),
    ("references", BEH, [(", REF: 2}", "}")], "benchmarks[0].key", "key: {CTX: 2"),
    ("repeats", BEH, [("id: p2", "id: p1")], "probes[1].id", (2, "- id: p1")),
    ("repeats", BEH, [(r"\[RS06, RS07", "[RS06, RS06")], "topics[1]", "topics:"),
    ("exhibits", SOF, [("40, 40, 30]", "40, 40, 30, 9]")], "exhibits[0].rows[3]", "- [Reporting,"),
    ("exhibits", SOF, [(r"- \[Document upload", "- [Claims intake")], "exhibits[0].rows[1]", "180, 150, 120"),
    ("figures", SOF, [("answer: 0.822", "answer: 0.922")], "figures[0].answer", "answer: 0.922"),
    ("figures", SOF, [(r"/ sum\(accounts.AC\)", "/ sum(accounts.AX)")], "figures[0].formula", "accounts.AX"),
    ("scaffold", SOF, [("scaffold: sbar", "scaffold: adkar")], "scaffold", "scaffold:"),
    ("scaffold", CHG, [("scaffold: adkar", "scaffold: kotter")], "scaffold", "scaffold:"),
    ("scaffold", CHG, [("scaffold: adkar", "scaffold: star_l")], "scaffold", "scaffold:"),
    ("scaffold", LDR, [("scaffold: star_l", "scaffold: codac")], "scaffold", "scaffold:"),
    (
        "levels",
        SOF,
        [("level: senior", "level: senior\nlevel_also: [mid, junior]")],
        "level_also[1]",
        "level_also",
    ),
    ("timing", SOF, [("max_s: 330", "max_s: 409")], "timing.max_s", "timing:"),
    ("timing", SOF, [("max_s: 330", "max_s: 239")], "timing.max_s", "timing:"),
    ("probes", BEH, [("targets: RES", "targets: ACT")], "probes", "probes:"),
    ("context", SOF, [(CONTEXT, "")], "context", "schema_version"),
    ("context", SOF, [(CONTEXT, "context: Spend is 5 of 10 after 3 months.\n")], "context", "context:"),
    ("context", SOF, [(CONTEXT, "context: " + "The team waits again. " * 15 + "\n")], "context", "context:"),
    ("length", BEH, [("- the check used since", "- " + "check " * 26)], "strong_points[5]", "- check check"),
    (
        "length",
        BEH,
        [("3: States the final date.*", "3: States the final date.")],
        "criteria[2].anchors.3",
        "3: States",
    ),
    ("topics", SOF, [(r"topics: \[RS05", "topics: [GD1")], "topics[0]", "topics:"),
    (
        "review",
        SOF,
        [("status: draft", "status: reviewed"), (r"by: \[\]", "by: [Ann]\n  reviewed_on: 2026-11-20")],
        "provenance.reviewed_on",
        "reviewed_on:",
    ),
    (
        "review",
        SOF,
        [("status: draft", "status: reviewed"), (r"by: \[\]", "by: [Ann]")],
        "provenance.reviewed_on",
        "provenance:",
    ),
    ("review", SOF, [(r"by: \[\]", "by: [Bank team]")], "provenance.reviewed_by[0]", "reviewed_by"),
    (
        "review",
        SOF,
        [("created: 2026-11-21", "created: 2026-02-30")],
        "provenance.created",
        "created: 2026-02-30",
    ),
    ("facts", TEC, [("checked: 2026-11-21", "checked: 2025-11-01")], "facts[0].checked", "checked: 2025"),
    ("facts", TEC, [("checked: 2026-11-21", "checked: 2026-11-31")], "facts[0].checked", "11-31"),
    ("facts", TEC, [(r"facts:\n(  .*\n)+", "")], "facts", "schema_version"),
    (
        "open_question",
        SOF,
        [("What does the table tell you", "Does the table tell you it")],
        "stem",
        "stem:",
    ),
    ("open_question", SOF, [("her to decide[?]", "her? Why?")], "stem", "stem:"),
    ("open_question", SOF, [("her to decide[?]", "her, money or time?")], "stem", "stem:"),
    ("reading", TEC, [(STEM, LONG_WORDS)], "stem", "stem:"),
    ("sentence_length", BEH, [("ask: How many.*", "ask: How " + "many " * 30)], "probes[0].ask", "ask: How"),
    ("acronyms", SOF, [(POINT, "  - forecast by the QXT")], "strong_points[0]", "the QXT"),
    (
        "anchors",
        LDR,
        [("2: Says that the mood got.*", "2: Shows no sign that anything really changed.")],
        "criteria[2].anchors.2",
        "2: Shows no sign",
    ),
    (
        "anchors",
        BEH,
        [("4: Names the early.*", "4: Names one thing and a date.")],
        "criteria[3].anchors.4",
        "4: Names one",
    ),
    (
        "anchors",
        BEH,
        [("3: States the", "3: Gives a good account of the")],
        "criteria[2].anchors.3",
        "3: Gives a good",
    ),
    (
        "benchmarks",
        TEC,
        [("key: {ACC: 2, APP: 1, TRD: 2", "key: {ACC: 3, APP: 3, TRD: 3")],
        "benchmarks[1].key",
        "key: {ACC: 4",
    ),
    (
        "benchmarks",
        BEH,
        [(r"text: >-\n      I was(.*\n)(      .*\n)+", f"text: {'word ' * 139}\n")],
        "benchmarks[1].text",
        "text: word",
    ),
    (
        "give_away",
        SOF,
        [(POINT, "  - an hour with the sponsor this afternoon, table in hand")],
        "strong_points[0]",
        "- an hour",
    ),
    ("fairness", SOF, [(POINT, "  - forecast in man-hours")], "strong_points[0]", "man-hours"),
    ("replaced", SOF, [("status: draft", "status: draft\nreplaces: SCN-SOF-999")], "replaces", "replaces:"),
]


def line_of(text: str, mark: str | tuple[int, str]) -> int:
    """Which line holds the mark (or holds it for the n-th time)."""
    times, words = mark if isinstance(mark, tuple) else (1, mark)
    return [number for number, line in enumerate(text.splitlines(), 1) if words in line][times - 1]


@pytest.mark.parametrize(
    ("rule", "question_id", "edits", "key", "mark"), BROKEN, ids=[f"{b[0]}-{n}" for n, b in enumerate(BROKEN)]
)
def test_a_broken_rule_is_named_with_its_place(
    rule: str,
    question_id: str,
    edits: list[tuple[str, str]],
    key: str,
    mark: str,
    sound: Sound,
    put: Put,
    folder: Path,
    today: date,
) -> None:
    text = sound(question_id)
    for pattern, replacement in edits:
        text, times = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert times == 1, f"{question_id} no longer holds {pattern}"
    path = put(question_id, text)
    problems = check_bank(folder, today).problems
    assert [(p.rule, p.file, p.key, p.line) for p in problems] == [
        (rule, str(path), key, line_of(text, mark))
    ]


def test_the_bank_itself_has_no_fault(today: date) -> None:
    report = check_bank(settings.CHECKOUT / "question_bank", today)
    assert report.problems == ()
    assert report.files >= 7


def test_an_id_in_two_files_is_a_fault(sound: Sound, put: Put, folder: Path, today: date) -> None:
    first = put(BEH, sound(BEH))
    second = folder / "more" / "behavioral" / first.name
    second.parent.mkdir(parents=True)
    # retired, so that it is not a duplicate of the first one as well
    second.write_text(sound(BEH).replace("status: draft", "status: retired"), encoding="utf-8")
    problems = check_bank(folder, today).problems
    assert [(p.rule, p.file, p.key, p.line) for p in problems] == [("unique_id", str(second), "id", 2)]


def test_a_file_in_the_wrong_folder_is_a_fault(sound: Sound, folder: Path, today: date) -> None:
    path = folder / "change" / f"{BEH}.yaml"
    path.parent.mkdir()
    path.write_text(sound(BEH), encoding="utf-8")
    problems = check_bank(folder, today).problems
    assert [(p.rule, p.key, p.line) for p in problems] == [("identity", "category", 5)]


def test_a_stem_asked_before_is_a_fault_and_close_questions_are_listed(
    sound: Sound, put: Put, folder: Path, today: date
) -> None:
    put("SCN-CYB-001", sound("SCN-CYB-001"))
    put("SCN-ERP-001", sound("SCN-ERP-001"))
    copy = sound(SOF)
    for part in (STEM, r"intent: >-\n(  .*\n)+", r"strong_points:\n(  .*\n)+"):
        donor = re.search(part, sound("SCN-ERP-001"))
        assert donor
        copy = re.sub(part, lambda _, text=donor[0]: text, copy)
    path = put(SOF, copy)
    report = check_bank(folder, today)
    place = (str(path), "stem", line_of(copy, "stem:"))
    assert [(p.rule, p.file, p.key, p.line) for p in report.problems] == [("duplicate", *place)]
    assert [(p.rule, p.file, p.key, p.line) for p in report.notices] == [("similar", *place)]
    assert "steering committee meets tomorrow" in report.notices[0].found


def test_an_anchor_of_another_question_is_a_fault(sound: Sound, put: Put, folder: Path, today: date) -> None:
    put(LDR, sound(LDR))
    text = sound(BEH).replace("Gives no outcome, or one that has nothing to do with the slip.", "@")
    text = text.replace("@", "Shows no sign that anything changed.")
    path = put(BEH, text)
    problems = check_bank(folder, today).problems
    # files are compared in order of their paths: the second place is the one that is told
    assert [(p.rule, p.key) for p in problems] == [("anchor_reuse", "criteria[2].anchors.1")]
    assert {BEH, LDR} & set(re.findall(r"[A-Z]{3}-[A-Z]{3}-\d{3}", problems[0].found))
    assert path.exists()


def test_a_correction_replaces_a_retired_question(sound: Sound, put: Put, folder: Path, today: date) -> None:
    old = put("SCN-ERP-001", sound("SCN-ERP-001"))
    put(SOF, sound(SOF).replace("status: draft", "status: draft\nreplaces: SCN-ERP-001"))
    assert [p.rule for p in check_bank(folder, today).problems] == ["replaced"]
    old.write_text(sound("SCN-ERP-001").replace("status: draft", "status: retired"), encoding="utf-8")
    assert check_bank(folder, today).problems == ()


def test_a_bank_without_its_topics_says_so_once(sound: Sound, put: Put, folder: Path, today: date) -> None:
    put(BEH, sound(BEH))
    (folder / "topics.csv").unlink()
    problems = check_bank(folder, today).problems
    assert [(p.rule, p.file) for p in problems] == [("topics", str(folder / "topics.csv"))]


def test_an_acronym_spelled_out_in_another_part_is_fine(
    sound: Sound, put: Put, folder: Path, today: date
) -> None:
    text = sound(SOF).replace(POINT, "  - forecast by the QXT")
    put(SOF, text.replace("  - two thirds of the overrun", "  - quick exchange team (QXT) asked about"))
    assert check_bank(folder, today).problems == ()


def test_only_the_chosen_file_is_reported_but_the_whole_bank_is_compared(
    sound: Sound, put: Put, folder: Path, today: date
) -> None:
    put(BEH, sound(BEH).replace("id: p2", "id: p1"))
    path = put(SOF, sound(SOF).replace("status: draft", f"status: draft\nreplaces: {BEH}"))
    report = check_bank(folder, today, [path])
    assert [(p.rule, p.file) for p in report.problems] == [("replaced", str(path))]
    assert report.files == 1


def test_every_rule_has_a_test_that_breaks_it() -> None:
    elsewhere = {"unique_id", "duplicate", "anchor_reuse"}
    assert {case[0] for case in BROKEN} | elsewhere == {*STRUCTURE, *QUALITY, *ACROSS}


def test_the_readme_explains_every_rule_and_no_other() -> None:
    readme = (settings.CHECKOUT / "question_bank" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^### (\w+)\n(?=\S)", readme, re.MULTILINE)
    assert sorted(named) == sorted(
        {"yaml", "schema", "pack", "table", *STRUCTURE, *QUALITY, *ACROSS, *NOTICES}
    )
