"""Text, formulas, files, schema, skeleton and names: what an author of questions meets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st
from msgspec.structs import replace

from itpm_prep.bank import text
from itpm_prep.bank.check import check_bank, question_files, read_case
from itpm_prep.bank.formula import FormulaError, evaluate
from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES, CRITERION_NAMES
from itpm_prep.bank.rules.scaffold import ALLOWED
from itpm_prep.bank.rules.timing import MOST_RATIO
from itpm_prep.bank.schema import json_schema, read_question
from itpm_prep.bank.skeleton import skeleton
from itpm_prep.bank.source import MOST_BYTES, Source, join, read_source
from itpm_prep.bank.types import (
    CATEGORIES,
    CATEGORY_CODES,
    COMPETENCIES,
    CRITERIA_OF,
    CriterionId,
    Exhibit,
    Question,
)

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]
SOF = "SCN-SOF-001"


@pytest.fixture
def question(sound: Sound, put: Put) -> Question:
    """A sound question with a case, a table and figures."""
    case, problems = read_case(put(SOF, sound(SOF)), SOF)
    assert case is not None, problems
    return case.question


def source_of(folder: Path, content: str) -> Source:
    path = folder / "q.yaml"
    path.write_text(content, encoding="utf-8")
    source, problems = read_source(path)
    assert source is not None, problems
    return source


# Text


@pytest.mark.parametrize(
    ("sample", "count"),
    [
        ("", 0),
        ("- — ...", 0),
        ("P80", 1),
        ("(two) words", 2),
        ("50 %", 1),
        ("a/b", 1),
        ("well-known fact", 2),
    ],
)
def test_a_word_is_what_stands_between_spaces_and_holds_a_letter_or_digit(sample: str, count: int) -> None:
    assert text.count_words(sample) == count


@pytest.mark.parametrize(
    ("sample", "found"),
    [
        ("", []),
        ("No end mark", ["No end mark"]),
        ("One. two", ["One. two"]),
        ("One.Two", ["One.Two"]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Ask Ann, Bo, etc. Then go.", ["Ask Ann, Bo, etc. Then go."]),
        ("Plan vs. Actual cost.", ["Plan vs. Actual cost."]),
        ("It cost 5. 7 were left.", ["It cost 5.", "7 were left."]),
        ("“Stop.” She left.", ["“Stop.”", "She left."]),
    ],
)
def test_where_a_sentence_ends(sample: str, found: list[str]) -> None:
    assert text.sentences(sample) == found


def test_curly_and_straight_apostrophes_make_one_word_each() -> None:
    assert text.tokens("Don't and don\u2019t") == ["don't", "and", "don\u2019t"]


def test_numbers_keep_their_marks_inside_but_not_at_the_end() -> None:
    assert text.tokens("1,200.50, then 7.") == ["1,200.50", "then", "7"]


@configure(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["plan", "risk", "the", "of", "owner"]), max_size=12))
def test_content_words_keep_order_and_repeats_and_drop_the_rest(words: list[str]) -> None:
    kept = [word for word in words if word not in ("the", "of")]
    assert text.content_words(" ".join(words)) == kept


@configure(deadline=None, max_examples=60)
@given(st.integers(1, 25), st.integers(1, 6))
def test_the_grade_is_that_of_the_formula(words: int, sentences: int) -> None:
    sample = " ".join(["Plan" + " plan" * (words - 1) + "."] * sentences)  # every word has one syllable
    assert text.grade(sample) == pytest.approx(0.39 * words + 11.8 - 15.59)


def test_a_hyphenated_word_is_read_as_two() -> None:
    assert text.grade("We run go-live tests.") == text.grade("We run go live tests.")


def test_what_is_spoken_comes_in_the_order_in_which_it_is_said(question: Question) -> None:
    keys = [key for key, _ in text.spoken(question)]
    figures = [f"figures[{place}].ask" for place in range(4)]
    probes = [f"probes[{place}].ask" for place in range(4)]
    assert keys == ["title", "context", "exhibits[0]", *figures, "stem", *probes]


def test_a_table_is_spoken_with_its_title_columns_and_labels_but_no_numbers(question: Question) -> None:
    spoken = dict(text.spoken(question))["exhibits[0]"]
    assert spoken.startswith("Control accounts at the end of month 6 (thousands) ; account ; BAC")
    assert spoken.endswith(
        "Claims intake ; Document upload ; Payment interface ; Reporting ; Project management"
    )


def test_a_question_without_a_case_speaks_of_none(question: Question) -> None:
    plain = replace(question, context=None, exhibits=(), figures=())
    keys = {key for key, _ in text.spoken(plain)}
    assert not keys & {"context", "exhibits[0]", "figures[0].ask"}


def test_prose_holds_every_anchor_and_benchmark_at_its_own_place(question: Question) -> None:
    prose = dict(text.prose(question))
    anchors = {key: words for key, words in prose.items() if ".anchors." in key}
    assert len(anchors) == 20
    assert anchors["criteria[1].anchors.5"] == question.criteria[1].anchors.five
    assert prose["benchmarks[1].text"] == question.benchmarks[1].text
    assert prose["red_flags[0].text"] == "Keeps amber and waits for one more month of figures."


# Formulas

TABLE = Exhibit(
    id="costs",
    kind="table",
    title="Costs",
    columns=("item", "Plan", "Real_2"),
    rows=(("Hardware", 100, 90.5), ("2026", 50, 60), ("Short", 10)),
)
values = st.lists(st.integers(-999, 999), min_size=1, max_size=8)


@configure(deadline=None, max_examples=60)
@given(values)
def test_the_functions_of_a_column_are_those_of_python(numbers: list[int]) -> None:
    rows = tuple((f"row {place}", number) for place, number in enumerate(numbers))
    table = replace(TABLE, columns=("item", "Plan"), rows=rows)

    def value(name: str) -> float:
        return evaluate(f"{name}(costs.Plan)", [table])

    assert value("sum") == sum(numbers)
    assert value("count") == len(numbers)
    assert (value("min"), value("max")) == (min(numbers), max(numbers))
    assert value("mean") * len(numbers) == pytest.approx(sum(numbers), abs=1e-6)
    for place, number in enumerate(numbers):
        assert evaluate(f"costs.Plan[row {place}]", [table]) == number


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("costs.Real_2[Hardware]", 90.5),
        ("costs.Plan[2026] / costs.Plan[Hardware]", 0.5),
        ("  sum( costs.Plan )  ", 160),
        ("2 - -3", 5),
        ("2*-3", -6),
        ("12 / 4 * 3", 9),
        ("2 - (3 - (4 - 1))", 2),
    ],
)
def test_labels_signs_and_blanks_are_read_as_written(formula: str, value: float) -> None:
    assert evaluate(formula, [TABLE]) == value


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1 + budget.Plan[x]", "at character 5: there is no exhibit 'budget'"),
        ("sum(costs.Real_2)", "at character 5: row 'Short' holds '', not a number, under Real_2"),
        ("costs.item[Hardware]", "at character 11: row 'Hardware' holds 'Hardware', not a number, under "),
        ("10 % 3", "at character 3: '%' is not part of a formula"),
        ("3 costs.Plan[2026]", "at character 3: 'costs.Plan' is left over"),
        ("sum costs.Plan", "at character 5: '(' is due here"),
        ("1 / count(costs.Plan) / 0", "a division by zero"),
        ("()", "at character 2: ')' where a number is due"),
        ("sum()", "at character 5: a column such as accounts.EV is due here"),
    ],
)
def test_a_faulty_formula_says_where_and_why(formula: str, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        evaluate(formula, [TABLE])
    assert message in str(caught.value)


def test_without_exhibits_only_plain_arithmetic_can_be_worked_out() -> None:
    assert evaluate("0.5 * 8", []) == 4
    with pytest.raises(FormulaError, match="no exhibit 'costs'"):
        evaluate("sum(costs.Plan)", [])


# Files


def test_key_paths_read_as_a_person_writes_them() -> None:
    assert join("", "stem") == "stem"
    assert join(join(join("criteria", 2), "anchors"), "4") == "criteria[2].anchors.4"


def test_the_line_of_a_missing_key_is_that_of_the_part_it_belongs_to(tmp_path: Path) -> None:
    source = source_of(tmp_path, "id: A\nprobes:\n  - id: p1\n    ask: x\n  - id: p2\n")
    lines = [
        source.line(key) for key in ("probes[1].ask", "probes[2].id", "probes[0].ask", "provenance.author")
    ]
    assert lines == [5, 2, 4, 1]


def test_quoted_words_numbers_and_days_stay_text(tmp_path: Path) -> None:
    source = source_of(tmp_path, "a: 'no'\nb: '010'\nc: \"16:00\"\nd: 2026-11-21\ne: \"\"\n")
    assert source.data == {"a": "no", "b": "010", "c": "16:00", "d": "2026-11-21", "e": ""}


@configure(deadline=None, max_examples=60)
@given(st.integers(-(10**14), 10**14), st.decimals(-9999, 9999, places=3))
def test_plain_numbers_are_read_as_they_are_written(
    tmp_path_factory: pytest.TempPathFactory, whole: int, broken: object
) -> None:
    source = source_of(tmp_path_factory.mktemp("n"), f"a: {whole}\nb: {broken}\n")
    assert source.data == {"a": whole, "b": float(str(broken))}
    assert [type(value) for value in source.data.values()] == [int, float]


@pytest.mark.parametrize("value", ["yes", "On", "1_000", "12:30:00", "~", ".nan"])
def test_what_yaml_reads_in_its_own_way_must_be_quoted(value: str, tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(f"id: A\nb: {value}\n")
    source, problems = read_source(path, "bank/q.yaml")
    assert source is None
    (problem,) = problems
    assert str(problem) == (
        f"bank/q.yaml:2: b: is {value}, which YAML reads as something else; "
        "must be in quotes if it is text, else a plain number, true or false [yaml]"
    )


@pytest.mark.parametrize("value", ["1e5", "+.5", "0o17", "P80", "12:30 h"])
def test_what_yaml_reads_as_text_needs_no_quotes(value: str, tmp_path: Path) -> None:
    assert source_of(tmp_path, f"b: {value}\n").data == {"b": value}


@pytest.mark.parametrize(("size", "is_read"), [(MOST_BYTES, True), (MOST_BYTES + 1, False)])
def test_a_file_may_be_as_long_as_the_limit_and_no_longer(
    size: int,
    is_read: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("id: A\n#".ljust(size, "x"))
    source, problems = read_source(path)
    assert (source is not None) is is_read
    assert [problem.found for problem in problems] == ["256 KB long"] * (not is_read)


@pytest.mark.parametrize(("depth", "is_read"), [(11, True), (12, False)])
def test_lists_may_be_nested_up_to_the_limit(depth: int, is_read: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path = tmp_path / "q.yaml"
    path.write_text(f"a: {'[' * depth}{']' * depth}\n")  # the mapping itself is the first level
    assert (read_source(path)[0] is not None) is is_read


def test_hidden_folders_are_no_part_of_the_bank(folder: Path, put: Put, sound: Sound) -> None:
    path = put(SOF, sound(SOF))
    (folder / ".git").mkdir()
    (folder / ".git" / "old.yaml").write_text("x")
    (folder / "scenario" / "notes.yml").write_text("x")
    assert question_files(folder) == [path]


@pytest.mark.parametrize("content", ["id,group\nRS01,x\n", "", b"\xff\xfe\x00"])
def test_a_list_of_topics_that_cannot_be_read_says_what_it_must_hold(
    content: str | bytes, folder: Path, put: Put, sound: Sound, today: date
) -> None:
    put(SOF, sound(SOF))
    (folder / "topics.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    problems = check_bank(folder, today).problems
    if content == "":  # a list without topics knows none of them
        assert {problem.rule for problem in problems} == {"topics"}
        assert len(problems) == 9
        return
    (problem,) = problems
    assert problem.found.startswith("not readable (")
    assert problem.must == "list the topics under id, group, topic and use"


# Schema


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema_version: 1", "schema_version: 2", "schema_version: is 2; must be 1"),
        ("version: 1\nstatus", "version: 1.5\nstatus", "version: is 1.5; must be a whole number"),
        ("level: senior", "level: ''", "level: is empty; must be director, junior, mid or senior"),
        ("title: The amber report with red numbers", "title: [a]", "title: is a list; must be text"),
        ("id: accounts", f"id: {'a' * 25}", "must be up to 24 small letters, digits and _, beginning with"),
        ("max: 1}", "max: 0}", "red_flags[0].cap.max: is 0; must be 1 or more"),
        ("weight: 25", "weight: 98", "criteria[0].weight: is 98; must be 97 or less"),
        ("fiction: true", "fiction: maybe", 'provenance.fiction: is "maybe"; must be true or false'),
        ("  licence: CC-BY-4.0\n", "", "provenance.licence: is missing; must be there: CC-BY-4.0"),
        ("tolerance: 0.01", "tolerance: -1", "figures[0].tolerance: is -1; must be 0"),
        ("frameworks: [", "frameworks: [1, ", "frameworks[0]: is 1; must be text"),
        ("reviewed_by: []", "reviewed_by: Ann", 'provenance.reviewed_by: is "Ann"; must be a list'),
        (
            "timing: {prep_s",
            "timing: {prep",
            "timing.prep: is an unknown key; must be left out (did you mean",
        ),
    ],
)
def test_a_departure_from_the_schema_reads_as_a_sentence(
    old: str, new: str, message: str, sound: Sound, tmp_path: Path
) -> None:
    whole = sound(SOF)
    assert old in whole
    question, problems = read_question(source_of(tmp_path, whole.replace(old, new, 1)))
    assert question is None
    assert [problem for problem in problems if message in str(problem)], "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("key", "found", "must"),
    [
        ("probes", "a list of 2", "be a list of 3 to 5"),
        ("strong_points", "a list of 3", "be a list of 4 to 8"),
        ("red_flags", "a list of 1", "be a list of 2 to 5"),
        ("criteria", "a list of 3", "be a list of 4"),
    ],
)
def test_a_list_that_is_too_short_is_told_with_its_bounds(
    key: str, found: str, must: str, sound: Sound, tmp_path: Path
) -> None:
    source = source_of(tmp_path, sound(SOF))
    source.data[key] = source.data[key][: int(found[-1])]
    (problem,) = read_question(source)[1]
    assert (problem.key, problem.found, problem.must) == (key, found, must)
    assert problem.line == source.line(key)


def test_a_long_wrong_value_is_cut_in_the_message(sound: Sound, tmp_path: Path) -> None:
    source = source_of(tmp_path, sound(SOF).replace("scaffold: sbar", f"scaffold: {'s' * 200}"))
    (problem,) = read_question(source)[1]
    assert problem.found == '"' + "s" * 58 + "…"


def test_an_editor_is_told_every_closed_list() -> None:
    parts = json_schema()
    key = parts["$defs"]["Benchmark"]["properties"]["key"]
    assert set(key["propertyNames"]["enum"]) == set(get_args(CriterionId))
    category = parts["$defs"]["Question"]["properties"]["category"]
    assert set(category["enum"]) == set(CATEGORIES)


# Skeleton and names


@pytest.mark.parametrize("code", CATEGORY_CODES)
def test_a_skeleton_says_where_to_save_and_how_to_check_it(code: str, today: date) -> None:
    written = skeleton(f"{code}-ERP-007", today)
    path = f"question_bank/{CATEGORY_CODES[code]}/{code}-ERP-007.yaml"
    assert f"itpm-prep bank check {path}\n" in written
    assert f"created: {today}" in written
    assert "status: draft" in written


@pytest.mark.parametrize("code", CATEGORY_CODES)
def test_a_skeleton_keeps_the_rules_it_can_already_keep(code: str, today: date, tmp_path: Path) -> None:
    data = source_of(tmp_path, skeleton(f"{code}-GEN-001", today)).data
    category = CATEGORY_CODES[code]
    assert data["scaffold"] in ALLOWED[category]
    assert data["timing"]["target_s"] <= data["timing"]["max_s"] <= data["timing"]["target_s"] * MOST_RATIO
    assert [criterion["weight"] for criterion in data["criteria"]] == [25] * 4
    assert {probe["targets"] for probe in data["probes"]} == set(CRITERIA_OF[category])
    assert {flag["cap"]["criterion"] for flag in data["red_flags"]} <= set(CRITERIA_OF[category])


@pytest.mark.parametrize("code", CATEGORY_CODES)
def test_only_scenarios_begin_with_a_case_and_technical_questions_with_facts(
    code: str, today: date, tmp_path: Path
) -> None:
    data = source_of(tmp_path, skeleton(f"{code}-GEN-001", today)).data
    assert ("context" in data) == (code == "SCN")
    assert ("facts" in data) == (code == "TEC")


@pytest.mark.parametrize("wrong", ["scn-erp-001", "SCN-ERP-00\u0661", "SCN-ERP-001 ", "SCN_ERP_001"])
def test_an_id_that_only_looks_right_is_refused_by_name(wrong: str, today: date) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{wrong} is no question id")):
        skeleton(wrong, today)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (CATEGORY_NAMES, CATEGORIES),
        (COMPETENCY_NAMES, COMPETENCIES),
        (CRITERION_NAMES, get_args(CriterionId)),
    ],
)
def test_every_id_has_a_name_of_its_own_in_the_order_of_the_list(
    names: dict[str, str], ids: tuple[str, ...]
) -> None:
    assert tuple(names) == ids
    assert len(set(names.values())) == len(ids)
    assert not [name for name in names.values() if "_" in name or name != name.strip()]
