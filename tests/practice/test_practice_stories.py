"""Stories: what is kept, gaps, near-duplicates, and the fit to a question."""

from __future__ import annotations

import json
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from story_samples import CUTOVER, questions, stories

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.text import overlap
from itpm_prep.bank.types import COMPETENCIES, LEVELS, Competency
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.stories import (
    ALIKE_AT,
    FEWEST_WORDS,
    Asked,
    Fit,
    Story,
    asked,
    best_fits,
    decode,
    draft_parts,
    encode,
    find_alike,
    fit,
    gaps,
    is_told,
    read_words,
    usable,
)


def test_a_story_is_read_back_as_it_was_and_keys_of_later_versions_are_passed_over() -> None:
    later = json.dumps({**json.loads(encode(CUTOVER)), "colour": "blue"})
    assert decode({"a": encode(CUTOVER), "b": later}) == ([CUTOVER, CUTOVER], [])


def test_a_story_that_cannot_be_read_is_named_and_hides_no_other() -> None:
    assert decode({"a": "{", "b": '{"id": "b", "strength": 9}', "c": '{"id": "c"}'}) == (
        [Story(id="c")],
        ["a", "b"],
    )


def test_a_story_without_a_title_goes_by_its_first_words() -> None:
    assert replace(CUTOVER, title=" ").name == "Three weeks before the payroll cutover the vendor"
    assert Story(id="x").name == "A story without text"


def test_a_story_covers_its_competencies_at_its_level_and_one_without_text_covers_nothing() -> None:
    everything = len(COMPETENCIES) * len(LEVELS)
    found = gaps([CUTOVER, Story(id="empty", title="Only a title", competencies=("cost_benefit",))])
    assert len(found) == everything - 2
    assert ("risk_issue", "senior") not in found
    assert ("risk_issue", "junior") in found


# Near-duplicates ----------------------------------------------------------------------------------


def test_a_story_told_twice_in_other_words_is_noticed_and_another_is_not() -> None:
    again = replace(
        CUTOVER, id="again", title="Payroll cutover", learning="I ask for a named deputy in contracts now."
    )
    other = Story(
        id="other",
        action="The audit found nine open findings; I sorted them by age and closed six before Friday.",
    )
    (found,) = find_alike(read_words([CUTOVER, other, again]))
    assert (found.story, found.earlier) == (again, CUTOVER)
    assert ALIKE_AT <= found.share < 1


LETTERS = [f"word{letter}{second}" for letter in "abcd" for second in "abcd"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sets(st.sampled_from(LETTERS), max_size=14), max_size=8))
def test_no_pair_is_overlooked_and_none_is_made_up(texts: list[set[str]]) -> None:
    known = read_words(Story(id=str(at), action=" ".join(sorted(words))) for at, words in enumerate(texts))
    close = {
        later.story.id
        for one, later in combinations(known, 2)
        if min(len(one.words), len(later.words)) >= FEWEST_WORDS
        and overlap(set(one.words), set(later.words)) >= ALIKE_AT
    }
    found = find_alike(known)
    assert {one.story.id for one in found} == close
    assert all(one.share >= ALIKE_AT for one in found)


# Fit ----------------------------------------------------------------------------------------------


def one_fit(story: Story, question: Asked) -> Fit:
    (told,) = read_words([story])
    return fit(told, question)


def test_a_fit_says_which_tags_and_words_matched_and_its_points_add_up() -> None:
    words = {"vendor": "vendors", "rehears": "rehearsal", "sponsor": "sponsor"}
    tags: tuple[Competency, ...] = ("resources_vendors", "conflict_negotiation", "risk_issue")
    question = Asked("q", "A vendor", tags, ("director",), "general", words, frozenset(words))
    found = one_fit(CUTOVER, question)
    assert found.reasons == [
        "Resources and vendors, the main competency (35)",
        "Risk and issues (10)",
        "next level, Senior (5)",
        "specialisation ERP (5)",
        "words: rehearsal, vendors (4)",
        "strength (4)",
    ]
    assert found.score == 63


@settings(deadline=None, max_examples=60)
@given(stories(), questions(1))
def test_a_fit_lies_between_0_and_100_and_is_the_sum_of_its_reasons(
    known: list[Story], some: list[Asked]
) -> None:
    told = read_words(known)
    for one in told:
        found = fit(one, some[0])
        points = [int(reason.rpartition("(")[2].rstrip(")")) for reason in found.reasons]
        assert 0 <= found.score <= 100
        assert found.score == sum(points)
    ranked = best_fits(told, some[0])
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(one.score for one in ranked)


def test_a_tag_more_never_lowers_the_fit() -> None:
    question = asked(load_bank().question("BEH-GEN-003"))
    bare = replace(CUTOVER, competencies=())
    tagged = replace(CUTOVER, competencies=question.competencies)
    assert one_fit(tagged, question).score > one_fit(bare, question).score


def test_without_a_common_competency_two_words_are_chance_and_three_are_a_fit() -> None:
    def looks_for(*words: str) -> Asked:
        known = {word: word for word in words}
        return Asked("q", "Other", ("cost_benefit",), ("junior",), "agile", known, frozenset(known))

    assert one_fit(CUTOVER, looks_for("payrol", "vendor")).score == 0
    assert one_fit(CUTOVER, looks_for("payrol", "vendor", "licenc")).score == 6 + CUTOVER.strength


# Drafts -------------------------------------------------------------------------------------------


def test_a_story_becomes_a_draft_of_any_frame_with_parts_that_the_frame_has() -> None:
    bank = load_bank()
    by_scaffold = {
        question.scaffold: question for question in map(bank.question, [e.id for e in bank.entries])
    }
    assert len(by_scaffold) == 7
    for scaffold, question in by_scaffold.items():
        draft = draft_parts(CUTOVER, question)
        assert set(draft) <= {part.id for part in frame_of(scaffold).parts}
        assert any(CUTOVER.action in text or CUTOVER.situation in text for text in draft.values())
    assert draft_parts(CUTOVER, by_scaffold["star_l"])["learning"] == CUTOVER.learning
    assert CUTOVER.result in draft_parts(CUTOVER, by_scaffold["prep"])["example"]


def test_only_stories_with_text_are_usable() -> None:
    assert usable([Story(id="a", title="Only a title", people="Ann"), CUTOVER]) == [CUTOVER]


def test_a_story_is_told_where_its_action_stands_word_for_word() -> None:
    story = Story(id="s", action=" I moved two interfaces. ")
    assert is_told(story, ["", "Then: I moved two interfaces. It held."])
    assert not is_told(story, ["I moved two people."])
    assert not is_told(Story(id="empty"), ["", "I moved two interfaces."])
