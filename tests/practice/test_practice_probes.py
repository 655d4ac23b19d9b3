from __future__ import annotations

from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import ANCHORS, CPI, SOME_WORDS, sample_question

from itpm_prep.bank.types import CriterionId, Probe
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.probes import Choice, choose
from itpm_prep.practice.scaffolds import frame_of

ALWAYS = Choice("p4", "Asked of everyone.")


def full(scaffold: str = "star_l") -> dict[str, str]:
    """Every part long enough, with figures, for the sample's target time of 120 s."""
    return {part.id: " ".join([SOME_WORDS] * 6) for part in frame_of(scaffold).parts}  # type: ignore[arg-type]  # a test names it


def probe(targets: CriterionId, use_when: Literal["missing", "vague", "always"]) -> Probe:
    return Probe(id=f"{targets.lower()}_{use_when}", targets=targets, use_when=use_when, ask="Which?")


def test_a_full_answer_meets_only_what_everyone_is_asked() -> None:
    assert choose(sample_question(), full(), ()) == (ALWAYS,)


def test_an_empty_part_brings_the_probe_of_its_criterion_first() -> None:
    assert choose(sample_question(), full() | {"result": ""}, ()) == (
        Choice("p3", "Result is empty."),
        ALWAYS,
    )
    few = choose(sample_question(), full() | {"result": "Saved 4 days."}, ())
    assert few[0] == Choice("p3", "Result has 3 words.")


def test_a_part_that_shares_its_criterion_brings_the_same_probe() -> None:
    assert choose(sample_question(), full() | {"task": ""}, ())[0] == Choice("p1", "Task is empty.")


def test_a_missing_figure_brings_the_probe_on_diagnosis() -> None:
    question = sample_question("scenario", "sbar", figures=(CPI,))
    assert choose(question, full("sbar"), judge_all(question, {"cpi": "0.7"})) == (ALWAYS,)
    missing = choose(question, full("sbar"), judge_all(question, {}))
    assert missing == (Choice("p1", "No figure was given for: CPI"), ALWAYS)


def test_a_vague_part_brings_the_probe_for_vague_answers_and_says_why() -> None:
    question = sample_question(
        probes=(probe("ACT", "vague"), probe("RES", "vague"), probe("REF", "missing"), probe("CTX", "always"))
    )
    plain = "we did what had to be done and " * 9
    cases = {
        (
            "action",
            "First I rang the supplier and asked for a plan.",
        ): "Action is short: 10 of about 150 words.",
        (
            "action",
            plain * 2 + "we worked closely",
        ): 'Action says "worked closely" with nothing to check it by.',
        ("result", plain): "Result has no figure.",
    }
    for (part, text), reason in cases.items():
        chosen = choose(question, full() | {part: text}, ())
        assert [each.reason for each in chosen] == [reason, "Asked of everyone."]


def test_an_empty_part_has_to_do_with_a_vague_probe_when_there_is_no_other() -> None:
    question = sample_question(probes=(probe("ACT", "vague"), probe("RES", "vague"), probe("CTX", "vague")))
    assert choose(question, full() | {"action": ""}, ()) == (Choice("act_vague", "Action is empty."),)


def test_a_probe_asked_already_is_not_asked_again() -> None:
    assert choose(sample_question(), full() | {"result": ""}, (), {"p3"}) == (ALWAYS,)
    assert choose(sample_question(), full() | {"result": ""}, (), {"p3", "p4"}) == ()


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from([part.id for part in frame_of("star_l").parts]), st.text()),
    st.sets(st.sampled_from(["p1", "p2", "p3", "p4"])),
    st.integers(0, 3),
)
def test_never_more_than_allowed_none_twice_and_each_with_its_reason(
    parts: dict[str, str], used: set[str], most: int
) -> None:
    chosen = choose(sample_question(), parts, (), used, most)
    ids = [each.probe_id for each in chosen]
    assert len(ids) == len(set(ids)) <= most
    assert not used & set(ids)
    assert all(each.reason.endswith(".") for each in chosen)


def test_an_anchor_of_which_next_to_nothing_was_said_brings_the_probe_of_its_criterion() -> None:
    anchors = replace(ANCHORS, four="Names the contract clause and the penalty that followed.")
    criteria = tuple(
        replace(one, anchors=anchors) if one.id == "RES" else one for one in sample_question().criteria
    )
    question = sample_question(criteria=criteria)
    assert choose(question, full(), ()) == (Choice("p3", "RES was hardly touched."), ALWAYS)
    said = full() | {"result": full()["result"] + " The clause in the contract held."}
    assert choose(question, said, ()) == (ALWAYS,)
