"""Each rule alone: what it says of its fault, word for word, and the sound neighbour it leaves in peace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from itpm_prep.bank.check import read_case
from itpm_prep.bank.rules import (
    acronyms,
    anchor_reuse,
    anchors,
    benchmarks,
    context,
    criteria,
    duplicate,
    exhibits,
    facts,
    fairness,
    figures,
    give_away,
    identity,
    length,
    levels,
    open_question,
    probes,
    reading,
    references,
    repeats,
    replaced,
    review,
    scaffold,
    sentence_length,
    similar,
    timing,
    topics,
    unique_id,
    weights,
)
from itpm_prep.bank.rules.case import BankRule, Case, Rule
from itpm_prep.bank.types import CATEGORY_CODES, CRITERIA_OF, LEVELS, SPECIALISATION_CODES, Cap, Timing

Make = Callable[..., Case]
BEH, SCN, TEC, CHG, LDR = "BEH-INF-001", "SCN-SOF-001", "TEC-GEN-001", "CHG-ITS-001", "LDR-GEN-001"
general = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def make(sound: Callable[[str], str], put: Callable[[str, str], Path], today: date) -> Make:
    """A case made from a sound question with some of its parts replaced; each file is read once."""
    read: dict[str, Case] = {}

    def build(question_id: str = BEH, usable: frozenset[str] | None = None, **parts: Any) -> Case:
        if question_id not in read:
            case, problems = read_case(put(question_id, sound(question_id)), question_id, today)
            assert case is not None, problems
            read[question_id] = case
        case = read[question_id]
        return replace(case, question=replace(case.question, **parts), topics=usable)

    return build


def told(rule: Rule, case: Case) -> list[tuple[str, str, str]]:
    """Key, what is there and what must be, of every fault."""
    return [(fault.key, fault.found, fault.must) for fault in rule(case)]


def told_across(rule: BankRule, *cases: Case) -> list[tuple[str, str, str]]:
    """The id of the question at fault, the key and what is there."""
    return [(case.question.id, fault.key, fault.found) for case, fault in rule(cases)]


def words(number: int) -> str:
    return " ".join(["word"] * number)


# identity, criteria, weights, references, repeats, exhibits, figures


@pytest.mark.parametrize("category", CATEGORY_CODES)
@pytest.mark.parametrize("specialisation", SPECIALISATION_CODES)
def test_every_pair_of_codes_fits_its_own_names_and_its_own_folder(
    category: str, specialisation: str, make: Make
) -> None:
    name = f"{category}-{specialisation}-001"
    parts = {"category": CATEGORY_CODES[category], "specialisation": SPECIALISATION_CODES[specialisation]}
    case = make(id=name, **parts)
    path = case.path.parent.parent / CATEGORY_CODES[category] / f"{name}.yaml"
    case = replace(case, source=replace(case.source, path=path))
    assert told(identity.check, case) == []
    moved = replace(case, source=replace(case.source, path=path.with_name("other.yaml")))
    assert told(identity.check, moved) == [
        ("id", f"{name} in the file other.yaml", "be the file name without .yaml")
    ]


def test_a_category_that_the_id_does_not_say_is_told_with_the_code(make: Make) -> None:
    assert told(identity.check, make(category="change")) == [
        ("category", "change in the folder behavioral", "be the name of the folder"),
        ("category", "change", "be behavioral, as BEH in the id says"),
    ]


@general
@given(order=st.permutations(range(4)))
def test_only_one_order_of_the_criteria_is_right(make: Make, order: list[int]) -> None:
    own = make().question.criteria
    case = make(criteria=tuple(own[place] for place in order))
    wanted = ", ".join(CRITERIA_OF["behavioral"])
    found = ", ".join(CRITERIA_OF["behavioral"][place] for place in order)
    expected = [("criteria", found, f"be {wanted} in this order")] if order != sorted(order) else []
    assert told(criteria.check, case) == expected


def test_criteria_of_a_neighbour_category_are_told_with_the_right_ones(make: Make) -> None:
    case = make(criteria=make(LDR).question.criteria)
    assert told(criteria.check, case) == [
        ("criteria", "PPL, ACT, RES, REF", "be CTX, ACT, RES, REF in this order")
    ]


def weighted(make: Make, values: tuple[int, ...], reason: str | None) -> Case:
    own = make().question.criteria
    parts = tuple(replace(one, weight=weight) for one, weight in zip(own, values, strict=True))
    return make(criteria=parts, weight_reason=reason)


def test_weights_are_told_with_their_sum(make: Make) -> None:
    assert told(weights.check, weighted(make, (30, 30, 30, 30), "the result counts")) == [
        ("criteria", "weighted 30, 30, 30, 30, 120 in all", "add up to 100")
    ]


def test_unequal_weights_need_a_reason_and_equal_ones_do_not(make: Make) -> None:
    assert told(weights.check, weighted(make, (40, 20, 20, 20), None)) == [
        ("weight_reason", "missing", "give the reason for weights other than 25 each")
    ]
    assert told(weights.check, weighted(make, (40, 20, 20, 20), "the case is about ground truth")) == []
    assert told(weights.check, weighted(make, (25, 25, 25, 25), None)) == []


def test_a_cap_on_a_foreign_criterion_lists_the_own_ones(make: Make) -> None:
    first, *others = make().question.red_flags
    foreign = replace(first, cap=Cap(criterion="ENG", max=1))
    assert told(references.check, make(red_flags=(foreign, *others))) == [
        ("red_flags[0].cap.criterion", "ENG", "be one of CTX, ACT, RES, REF")
    ]


def test_a_benchmark_key_is_complete_and_has_nothing_more(make: Make) -> None:
    one, two = make().question.benchmarks
    must = "have a score for each of CTX, ACT, RES, REF"
    assert told(references.check, make(benchmarks=(replace(one, key={}), two))) == [
        ("benchmarks[0].key", "a key for nothing", must)
    ]
    more = replace(two, key={**two.key, "PPL": 3})
    assert told(references.check, make(benchmarks=(one, more))) == [
        ("benchmarks[1].key", "a key for CTX, ACT, RES, REF, PPL", must)
    ]
    turned = replace(two, key=dict(reversed(two.key.items())))
    assert told(references.check, make(benchmarks=(one, turned))) == []


@pytest.mark.parametrize(
    ("key", "question_id", "part"),
    [
        ("exhibits[1].id", SCN, "exhibits"),
        ("figures[1].id", SCN, "figures"),
        ("probes[1].id", BEH, "probes"),
        ("benchmarks[1].label", BEH, "benchmarks"),
        ("red_flags[1].text", BEH, "red_flags"),
        ("competencies[1]", BEH, "competencies"),
        ("strong_points[1]", BEH, "strong_points"),
        ("topics[1]", BEH, "topics"),
    ],
)
def test_anything_listed_twice_is_told_at_its_second_place(
    key: str, question_id: str, part: str, make: Make
) -> None:
    first = getattr(make(question_id).question, part)[0]
    ((place, found, must),) = told(repeats.check, make(question_id, **{part: (first, first)}))
    assert (place, must) == (key, "be there once")
    assert found.endswith(", for the second time")
    assert told(repeats.check, make(question_id, **{part: (first,)})) == []


def test_a_level_served_twice_and_a_third_time_is_told_each_time(make: Make) -> None:
    assert [key for key, *_ in told(repeats.check, make(level_also=("mid", "mid", "mid")))] == [
        "level_also[1]",
        "level_also[2]",
    ]


def test_a_row_is_as_wide_as_the_columns(make: Make) -> None:
    table = make(SCN).question.exhibits[0]
    short = replace(table, rows=(table.rows[0], table.rows[1][:-1], (*table.rows[2], 7)))
    must = "have 5 cells, one for each column"
    assert told(exhibits.check, make(SCN, exhibits=(short,))) == [
        ("exhibits[0].rows[1]", "4 cells wide", must),
        ("exhibits[0].rows[2]", "6 cells wide", must),
    ]


def test_rows_of_two_tables_may_carry_the_same_label(make: Make) -> None:
    table = make(SCN).question.exhibits[0]
    assert told(exhibits.check, make(SCN, exhibits=(table, replace(table, id="later")))) == []
    twice = replace(table, rows=(table.rows[0], table.rows[0]))
    assert told(exhibits.check, make(SCN, exhibits=(table, twice))) == [
        ("exhibits[1].rows[1]", "a second row called 'Claims intake'", "have a label of its own")
    ]


@general
@given(answer=st.integers(-2000, 2000), tolerance=st.integers(0, 1500))
def test_a_keyed_answer_may_be_off_by_its_tolerance_and_no_more(
    make: Make, answer: int, tolerance: int
) -> None:
    figure = replace(
        make(SCN).question.figures[0], formula="2 * 50", answer=float(answer), tolerance=float(tolerance)
    )
    found = told(figures.check, make(SCN, figures=(figure,)))
    must = f"be 100, within {tolerance}, as its formula gives"
    assert found == [("figures[0].answer", str(answer), must)] * (abs(answer - 100) > tolerance)


def test_a_formula_that_cannot_be_worked_out_is_told_with_the_reason(make: Make) -> None:
    figure = replace(make(SCN).question.figures[0], formula="sum(accounts.ZZ)")
    ((key, found, must),) = told(figures.check, make(SCN, figures=(figure,)))
    assert key == "figures[0].formula"
    assert found.startswith("not computable: at character 5: exhibit 'accounts' has no column 'ZZ'")
    assert must == "be a formula over the columns of the exhibits"


# scaffold, levels, timing, probes, context, length, topics


@pytest.mark.parametrize("level", LEVELS)
def test_kotter_is_for_senior_people_and_directors(level: str, make: Make) -> None:
    found = told(scaffold.check, make(CHG, scaffold="kotter", level=level))
    below = [("scaffold", f"kotter at level {level}", "be adkar below senior")]
    assert found == ([] if level in ("senior", "director") else below)


def test_a_story_without_star_l_is_quoted(make: Make) -> None:
    stem = "Describe a time you brought two teams together."
    assert told(scaffold.check, make(LDR, scaffold="codac", stem=stem)) == [
        ("scaffold", "codac for 'Describe a time'", "be star_l when a story is asked for")
    ]
    assert told(scaffold.check, make(LDR, scaffold="star_l", stem=stem)) == []


def test_a_frame_of_another_category_is_told_with_those_that_fit(make: Make) -> None:
    assert told(scaffold.check, make(TEC, scaffold="codac")) == [
        ("scaffold", "codac", "be prep or pisco for technical")
    ]


def test_a_level_too_far_away_is_told_with_its_neighbours(make: Make) -> None:
    found = told(levels.check, make(level="mid", level_also=("senior", "director", "mid")))
    assert found == [
        ("level_also[1]", "director", "be junior or senior"),
        ("level_also[2]", "mid", "be junior or senior"),
    ]
    assert told(levels.check, make(level="director", level_also=("mid",)))[0][2] == "be senior"


def test_the_longest_time_is_told_with_its_bounds(make: Make) -> None:
    case = make(timing=Timing(prep_s=30, target_s=100, max_s=171))
    must = "be 100 to 170, that is up to 1.7 times target_s"
    assert told(timing.check, case) == [("timing.max_s", "171", must)]
    assert told(timing.check, make(timing=Timing(prep_s=30, target_s=100, max_s=170))) == []
    assert told(timing.check, make(timing=Timing(prep_s=30, target_s=100, max_s=100))) == []


@general
@given(targets=st.lists(st.sampled_from(CRITERIA_OF["behavioral"]), min_size=3, max_size=5))
def test_probes_aim_at_three_criteria_or_more(make: Make, targets: list[str]) -> None:
    first = make().question.probes[0]
    found = told(probes.check, make(probes=tuple(replace(first, targets=target) for target in targets)))
    aims = ", ".join(sorted(set(targets)))
    fault = ("probes", f"aimed at {aims} only", "aim at 3 or more criteria")
    assert found == [fault] * (len(set(targets)) < 3)


@pytest.mark.parametrize(("number", "is_told"), [(59, True), (60, False), (180, False), (181, True)])
def test_a_case_has_60_to_180_words(number: int, is_told: bool, make: Make) -> None:  # noqa: FBT001
    text = f"{words(number - 3)} 5 10 3"
    fault = ("context", f"{number} words", "be 60-180 words")
    assert told(context.check, make(SCN, context=text)) == [fault] * is_told


@pytest.mark.parametrize(
    ("figures_told", "is_told"),
    [
        ("5 of 10", True),
        ("1,200 of 1,300.50", True),  # a number with its marks is one figure
        ("16:00 on day 3 of 9", False),
        ("96.1% of 40 in 5 weeks", False),
    ],
)
def test_a_case_has_three_figures(figures_told: str, is_told: bool, make: Make) -> None:  # noqa: FBT001
    text = f"{words(80)} {figures_told}"
    fault = ("context", "a case with 2 figure(s)", "have 3 or more figures")
    assert told(context.check, make(SCN, context=text)) == [fault] * is_told


def test_only_a_scenario_needs_a_case(make: Make) -> None:
    assert told(context.check, make(BEH, context=None)) == []
    assert told(context.check, make(BEH, context="A short setting.")) == []
    assert told(context.check, make(BEH, context=words(181))) == [("context", "181 words", "be 1-180 words")]
    must = "be there, 60-180 words with 3 or more figures"
    assert told(context.check, make(SCN, context=None)) == [("context", "missing", must)]


@pytest.mark.parametrize(("part", "least", "most"), [("stem", 8, 45), ("intent", 1, 50)])
def test_stem_and_intent_are_held_to_their_length(part: str, least: int, most: int, make: Make) -> None:
    for number in (least, most):
        assert told(length.check, make(**{part: words(number)})) == []
    for number in (least - 1, most + 1):
        fault = (part, f"{number} words", f"be {least}-{most} words")
        assert told(length.check, make(**{part: words(number)})) == [fault]


@pytest.mark.parametrize(
    ("part", "least", "most"), [("strong_points", 1, 25), ("anchors", 5, 40), ("benchmarks", 40, 420)]
)
def test_points_anchors_and_benchmarks_are_held_to_their_length(
    part: str, least: int, most: int, make: Make
) -> None:
    def case(number: int) -> Case:
        question = make().question
        if part == "strong_points":
            return make(strong_points=(words(number),))
        if part == "benchmarks":
            return make(benchmarks=(replace(question.benchmarks[0], text=words(number)),))
        one = replace(question.criteria[1], anchors=replace(question.criteria[1].anchors, four=words(number)))
        return make(criteria=(question.criteria[0], one))

    key = {"anchors": "criteria[1].anchors.4", "benchmarks": "benchmarks[0].text"}.get(part, f"{part}[0]")
    assert told(length.check, case(least)) == told(length.check, case(most)) == []
    for number in (least - 1, most + 1):
        assert told(length.check, case(number)) == [(key, f"{number} words", f"be {least}-{most} words")]


def test_topics_are_looked_up_only_where_there_is_a_list(make: Make) -> None:
    assert told(topics.check, make(usable=frozenset({"RS06", "SK08"})))[0][:2] == ("topics[1]", "RS07")
    assert told(topics.check, make(usable=frozenset(make().question.topics))) == []
    assert told(topics.check, make(usable=None)) == []


# review, facts, open_question, reading, sentence_length, acronyms


def test_nobody_reads_their_own_question_however_it_is_spelled(make: Make) -> None:
    origin = replace(make().question.provenance, author="Ann Lee", reviewed_by=("Bo Chen", "ANN lee"))
    assert told(review.check, make(provenance=origin)) == [
        ("provenance.reviewed_by[1]", "ANN lee, the author", "be somebody else")
    ]
    assert told(review.check, make(provenance=replace(origin, reviewed_by=("Bo Chen",)))) == []


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, False), (2, True)])
def test_a_question_is_not_written_in_the_future(
    days: int,
    is_told: bool,  # noqa: FBT001
    make: Make,
    today: date,
) -> None:
    day = (today + timedelta(days=days)).isoformat()
    case = make(provenance=replace(make().question.provenance, created=day))
    fault = ("provenance.created", day, "be a day of the calendar that has come")
    assert told(review.check, case) == [fault] * is_told


def test_a_draft_may_name_its_reader_before_the_review_is_done(make: Make) -> None:
    origin = replace(make().question.provenance, reviewed_by=("Bo Chen",))
    assert told(review.check, make(status="draft", provenance=origin)) == []
    assert [key for key, *_ in told(review.check, make(status="reviewed", provenance=origin))] == [
        "provenance.reviewed_on"
    ]


def test_only_technical_questions_must_rest_on_facts(make: Make) -> None:
    fault = ("facts", "missing", "hold one fact or more with its source")
    assert told(facts.check, make(TEC, facts=())) == [fault]
    assert told(facts.check, make(BEH, facts=())) == []
    assert told(facts.check, make(TEC, facts=(), status="retired")) == [fault]


def test_an_old_fact_tells_what_to_do(make: Make, today: date) -> None:
    old = replace(make(TEC).question.facts[0], checked="2020-01-01")
    must = f"lie within the 12 months up to {today}: look the source up again"
    assert told(facts.check, make(TEC, facts=(old,))) == [("facts[0].checked", "2020-01-01", must)]


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("Would you tell the sponsor at once?", ["an ask that begins with 'would'"]),
        ("What is late? Who knows it?", ["2 asks"]),
        ("The team is late again.", ["0 asks"]),
        ("Which way fits, Scrum or a plan?", ["a choice: 'or a plan?'"]),
        (
            "Is it late? Can you tell?",
            ["2 asks", "an ask that begins with 'is'", "an ask that begins with 'can'"],
        ),
        ("She asks: “What is late?” Tell her.", ["2 asks"]),
        ("The report says or hides little. What do you read in it?", []),
        ("And now please explain the chart to her.", []),
        ("With a vendor in doubt, walk me through the first day.", []),
    ],
)
def test_an_ask_that_is_not_open_is_quoted(stem: str, found: list[str], make: Make) -> None:
    assert [fault.found for fault in open_question.check(make(stem=stem))] == found


def test_a_stem_is_read_more_easily_than_a_case(make: Make) -> None:
    text = "The committee asks for several different options before any further money is given to us."
    (fault,) = told(reading.check, make(stem=text))
    assert fault[0] == "stem"
    assert fault[1].startswith("reading grade 11.")
    assert fault[2] == "be grade 11 or lower: shorter words and sentences"
    assert told(reading.check, make(context=text)) == []


def test_a_long_word_salad_in_the_case_is_told_as_the_case(make: Make) -> None:
    text = "Organisational interdependencies necessitated contractual renegotiation of responsibilities."
    assert [key for key, *_ in told(reading.check, make(context=text))] == ["context"]
    assert told(reading.check, make(context=None)) == []


@pytest.mark.parametrize("part", ["stem", "context"])
def test_a_sentence_of_31_words_is_quoted_by_its_start(part: str, make: Make) -> None:
    long = "What would you do first " + words(26)
    assert told(sentence_length.check, make(**{part: f"Short one. {long}."})) == [
        (part, "a sentence of 31 words ('What would you do first ...')", "be 30 at most")
    ]
    assert told(sentence_length.check, make(**{part: f"Short one. W{words(30)[1:]}."})) == []


def test_tables_and_what_only_raters_read_may_hold_long_sentences(make: Make) -> None:
    table = replace(make(SCN).question.exhibits[0], title=words(40))
    assert told(sentence_length.check, make(SCN, exhibits=(table,), intent=words(45))) == []


def test_an_acronym_is_told_at_the_first_place_it_stands(make: Make) -> None:
    case = make(intent="Looks for the ZQP.", strong_points=("the ZQP again",))
    must = "be spelled out once, with the acronym in brackets"
    assert told(acronyms.check, case) == [("intent", "the acronym ZQP", must)]


@pytest.mark.parametrize("text", ["the SLAs and KPIs", "plan A or B", "McKenzie said OK", "version 2B"])
def test_known_acronyms_their_plurals_and_single_letters_pass(text: str, make: Make) -> None:
    assert told(acronyms.check, make(strong_points=(text,))) == []


# anchors, benchmarks, give_away, fairness


def with_anchors(make: Make, **texts: str) -> Case:
    first, *others = make().question.criteria
    return make(criteria=(replace(first, anchors=replace(first.anchors, **texts)), *others))


def test_anchors_that_share_their_words_are_told_at_the_higher_one(make: Make) -> None:
    one = "Alpha bravo charlie delta."
    case = with_anchors(make, one=one, two="Alpha bravo charlie echo.")
    assert told(anchors.check, case) == [
        ("criteria[0].anchors.2", "60% the same words as anchor 1", "share 50% at most")
    ]
    assert told(anchors.check, with_anchors(make, one=one, two="Alpha bravo echo foxtrot.")) == []


def test_anchor_5_adds_four_words_to_3_even_when_4_is_far_away(make: Make) -> None:
    case = with_anchors(
        make, three="Alpha bravo charlie.", four="Delta echo foxtrot golf.", five="Hotel india juliet alpha."
    )
    assert told(anchors.check, case) == [
        ("criteria[0].anchors.5", "3 content words more than anchor 3", "add 4 or more")
    ]


@pytest.mark.parametrize("word", ["Excellent", "poorly", "well-structured", "thorough", "weak"])
def test_praise_and_blame_are_quoted(word: str, make: Make) -> None:
    case = with_anchors(make, one=f"{word} answer about rollouts in some place.")
    must = "say what is heard, not how it is rated"
    assert told(anchors.check, case) == [("criteria[0].anchors.1", f"a judgement ({word!r})", must)]


@pytest.mark.parametrize(
    "text", ["Names goods received in the weakest week.", "Backgrounds of the averages."]
)
def test_words_that_only_contain_praise_pass(text: str, make: Make) -> None:
    assert told(anchors.check, with_anchors(make, one=text)) == []


@pytest.mark.parametrize(
    ("place", "number", "bounds"),
    [
        (0, 39, "40-160"),
        (0, 40, ""),
        (0, 160, ""),
        (0, 161, "40-160"),
        (1, 139, "140-450"),
        (1, 140, ""),
        (1, 450, ""),
        (1, 451, "140-450"),
    ],
)
def test_a_benchmark_can_be_spoken_in_its_time(place: int, number: int, bounds: str, make: Make) -> None:
    pair = list(make().question.benchmarks)  # developing, strong; 180 s at most
    pair[place] = replace(pair[place], text=words(number))
    fault = (f"benchmarks[{place}].text", f"{number} words", f"be {bounds} words")
    assert told(benchmarks.check, make(benchmarks=tuple(pair))) == [fault] * bool(bounds)


def test_the_gap_between_the_benchmarks_counts_the_weights(make: Make) -> None:
    question = weighted(make, (97, 1, 1, 1), "a reason").question
    weak, strong = question.benchmarks
    same_but_first = {**weak.key, "CTX": 4}

    def found(key: dict[Any, int]) -> list[tuple[str, str, str]]:
        both = (weak, replace(strong, key=key))
        return told(benchmarks.check, make(criteria=question.criteria, benchmarks=both))

    assert found(same_but_first) == []  # two points on 97 of 100 are 1.94
    assert found({**weak.key, "ACT": 5}) == [
        ("benchmarks[1].key", "keyed 0.03 above developing", "be 1.5 or more above it")
    ]


def test_a_question_without_benchmarks_or_with_one_has_no_gap(make: Make) -> None:
    assert told(benchmarks.check, make(benchmarks=())) == []
    assert told(benchmarks.check, make(benchmarks=make().question.benchmarks[:1])) == []


def test_a_point_that_repeats_the_stem_is_told_in_numbers(make: Make) -> None:
    case = make(stem="Explain alpha bravo charlie.", strong_points=("delta echo", "Alpha and bravos"))
    assert told(give_away.check, case) == [
        ("strong_points[1]", "a point with 2 of the 4 content words of the stem", "share under 30%")
    ]


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("title", {"title": "A silver bullet"}),
        ("context", {"context": "The chairman waits."}),
        ("stem", {"stem": "How do you move the needle?"}),
        ("intent", {"intent": "Tests whether her age counts."}),
        ("strong_points[1]", {"strong_points": ("fine", "no deep dive")}),
    ],
)
def test_unfair_words_are_found_in_every_part(key: str, parts: dict[str, Any], make: Make) -> None:
    assert [(found, must) for found, _, must in told(fairness.check, make(**parts))] == [
        (key, "say it in neutral, literal, made-up terms")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a Gartner report", "'Gartner' (a company)"),
        ("in the war room", "'war room' (an idiom)"),
        ("HP servers", "'HP' (a company)"),
        ("ten man-days", "'man-days' (gender)"),
        ("the digital natives", "'digital natives' (age)"),
    ],
)
def test_an_unfair_word_is_quoted_with_its_kind(text: str, found: str, make: Make) -> None:
    assert [fault[1] for fault in told(fairness.check, make(strong_points=(text,)))] == [found]


# Between questions


def test_the_third_file_with_an_id_is_told_as_the_second_is(make: Make) -> None:
    cases = [replace(make(), source=replace(make().source, file=f"{n}.yaml")) for n in range(3)]
    assert told_across(unique_id.check, *cases) == [(BEH, "id", f"{BEH}, as in 0.yaml")] * 2
    assert told_across(unique_id.check, cases[0], make(LDR)) == []


def test_a_question_cannot_replace_itself_or_one_that_is_still_asked(make: Make) -> None:
    assert told_across(replaced.check, make(replaces=BEH)) == [(BEH, "replaces", BEH)]
    new = make(replaces=LDR)
    assert told_across(replaced.check, new, make(LDR)) == [(BEH, "replaces", f"{LDR}, which is draft")]
    assert told_across(replaced.check, new, make(LDR, status="retired")) == []


def test_a_repeated_stem_names_the_earlier_question_and_the_share(make: Make) -> None:
    stem = "alpha bravo charlie delta echo foxtrot golf"  # four runs of four words
    one, two = make(stem=stem), make(LDR, stem=f"{stem} hotel india")  # six runs, four of them shared
    assert told_across(duplicate.check, one, two) == [
        (LDR, "stem", f"67% the same as the stem of {BEH}"),
    ]
    far = make(LDR, stem="alpha bravo charlie delta hotel india juliet")
    assert told_across(duplicate.check, one, far) == []


def test_short_stems_are_compared_too(make: Make) -> None:
    one, two = make(stem="Explain scope."), make(LDR, stem="explain Scope")
    assert told_across(duplicate.check, one, two) == [(LDR, "stem", f"100% the same as the stem of {BEH}")]


def test_an_anchor_taken_over_is_told_with_its_first_place(make: Make) -> None:
    taken = make().question.criteria[0].anchors.three
    first, *others = make(LDR).question.criteria
    copy = make(LDR, criteria=(replace(first, anchors=replace(first.anchors, five=taken.upper())), *others))
    assert told_across(anchor_reuse.check, make(), copy) == [
        (LDR, "criteria[0].anchors.5", f"word for word the anchor {BEH} CTX 3")
    ]
    assert told_across(anchor_reuse.check, make(status="retired"), copy) == []


def test_close_questions_are_shown_side_by_side_and_distant_ones_are_not(make: Make) -> None:
    near = make(LDR, stem="Tell me when a rollout slipped.", intent=make().question.intent)
    near = replace(near, question=replace(near.question, strong_points=make().question.strong_points))
    ((question_id, key, found),) = told_across(similar.check, make(), near)
    assert (question_id, key) == (LDR, "stem")
    assert f"close to {BEH} (cosine 0." in found
    assert "'Tell me when a rollout slipped.' beside 'Tell me about a time" in found
    assert told_across(similar.check, make(), make(LDR), make(TEC)) == []
