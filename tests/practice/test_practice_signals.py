from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_samples import SOME_WORDS, sample_question

from itpm_prep.practice import phrases, words
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.signals import Signal, find_signals, has_figure, read_answer, vague_claims

FILLED = {part.id: SOME_WORDS for part in frame_of("star_l").parts}
PLAIN = "then they moved the files over and tested them once more "  # 11 words
TEXTS = st.text() | st.lists(
    st.sampled_from(
        [*phrases.HEDGES, *phrases.VAGUE_CLAIMS, "we", "I", "3 days", "Ana", "um", "\n", ".", "😀"]
    )
).map(" ".join)


def found(kind: str, *, transcript: bool = False, **parts: str) -> list[Signal]:
    reading = read_answer(sample_question(), FILLED | parts, transcript=transcript)
    return [signal for signal in reading.signals if signal.kind == kind]


def test_words_and_speaking_time_are_counted_at_the_rate_chosen() -> None:
    reading = read_answer(sample_question(), {"action": "one two - three 99.5 year-end"})
    assert (reading.words, reading.seconds) == (5, 2.0)
    assert read_answer(sample_question(), {"action": "word " * 110}, wpm=110).seconds == 60


@pytest.mark.parametrize("wpm", [109, 191])
def test_a_speaking_rate_nobody_has_is_refused(wpm: int) -> None:
    with pytest.raises(ValueError, match="choose 110 to 190"):
        read_answer(sample_question(), {}, wpm=wpm)


def test_the_balance_sets_each_part_beside_its_target() -> None:
    balance = read_answer(sample_question(), {"situation": "a b c", "action": "d"}).balance
    assert [(each.name, each.words, each.share, each.target) for each in balance] == [
        ("Situation", 3, 75.0, 15),
        ("Task", 0, 0.0, 10),
        ("Action", 1, 25.0, 50),
        ("Result", 0, 0.0, 15),
        ("Learning", 0, 0.0, 10),
    ]


def test_a_filled_answer_with_figures_has_no_remark() -> None:
    assert read_answer(sample_question(), FILLED).signals == ()


def test_a_box_under_eight_words_is_pointed_out_with_what_belongs_there() -> None:
    (empty,) = found("empty_part", task="")
    assert empty.remark == "Task is empty. Say what you were answerable for, and by when."
    assert found("empty_part", task="one two three four five six seven")[0].remark.startswith(
        "Task has 7 words."
    )
    assert not found("empty_part", task="one two three four five six seven eight")


@pytest.mark.parametrize(
    "text",
    [
        "by 12 %",
        "twelve percent",
        "€ 400",
        "40 thousand",
        "on 3 May",
        "in 2024",
        "2026-03-01",
        "by Q3",
        "three weeks",
        "two more days",
        "46 field engineers",
        "19 errors",
    ],
)
def test_a_number_with_a_unit_counts_as_something_to_check(text: str) -> None:
    assert has_figure(f"It came {text} after all.")


@pytest.mark.parametrize("text", ["much better", "3 ways", "one of them", "several weeks", "version 2"])
def test_a_bare_number_or_none_does_not(text: str) -> None:
    assert not has_figure(f"It came {text} after all.")


def test_a_result_without_a_figure_asks_how_a_listener_would_check_it() -> None:
    assert [each.part for each in found("no_figure", result=PLAIN)] == ["result"]
    assert not found("no_figure", action=PLAIN)
    assert not found("no_figure", result=PLAIN + "in 3 weeks")


def test_more_we_than_i_in_the_action_asks_for_the_own_step() -> None:
    (remark,) = found("we_and_i", action="We met and we've agreed, i.e. we planned, then I wrote it up.")
    assert remark.remark == "3 we, 1 I: which step was yours?"
    assert not found("we_and_i", action="I'd met them, I'll say, and we agreed on the new plan.")
    assert not found("we_and_i", situation="We met and we agreed on what we had planned before.")


def test_a_vague_claim_is_marked_where_it_stands() -> None:
    text = PLAIN + "and we Worked  closely " + PLAIN
    (claim,) = vague_claims("action", text)
    assert text[claim.start : claim.end] == claim.text == "Worked  closely"


@pytest.mark.parametrize("proof", ["3", "seventeen", "with Ana", 'said "go"'])
def test_a_figure_a_name_or_a_quotation_within_fifteen_words_backs_a_claim(proof: str) -> None:
    filler = "and on it went " * 3  # 12 words
    assert vague_claims("action", f"{filler}we worked closely {filler}")
    assert not vague_claims("action", f"{filler}we worked closely {filler}{proof}")
    assert not vague_claims("action", f"{filler}{proof} {filler}we worked closely {filler}")
    assert vague_claims("action", f"{filler}{proof} {filler}{filler}we worked closely {filler}")


def test_the_capital_of_a_sentence_or_of_i_is_not_a_name() -> None:
    assert vague_claims(
        "action", "Then it was done. After that I'm sure various things were fine. So I left."
    )


def test_hedges_are_marked_above_two_in_a_hundred_words() -> None:
    assert [each.text for each in found("hedge", action=PLAIN * 2 + "I think maybe")] == ["I think", "maybe"]
    assert not found("hedge", action=PLAIN * 10 + "I think maybe")


def test_a_kind_of_something_is_no_hedge() -> None:
    assert not found("hedge", action="What kind of plan, this sort of plan, the kind of plan: one of them")
    assert [each.text for each in found("hedge", action="it was kind of sort of and somewhat late")] == [
        "kind of",
        "sort of",
        "somewhat",
    ]


def test_fillers_are_counted_in_a_transcript_only() -> None:
    spoken = "um so I, um, you know, rang the supplier and the number was wrong"
    assert [each.remark for each in found("fillers", transcript=True, action=spoken)] == [
        "3 fillers: um 2, you know 1."
    ]
    assert not found("fillers", action=spoken)


def test_a_sentence_over_35_words_is_marked() -> None:
    long = " ".join(["word"] * 36) + "."
    (sentence,) = found("long_sentence", action=f"Short one. {long} Short two.")
    assert (sentence.text, sentence.remark) == (long, "36 words in one sentence.")
    assert not found("long_sentence", action=" ".join(["word"] * 35))


def test_a_strong_point_is_touched_in_other_forms_of_its_words_and_other_order() -> None:
    reading = read_answer(
        sample_question(), {"action": "I planned with both suppliers, and agreed three dates."}
    )
    assert reading.touched == ("the supplier asked for a plan", "a date agreed")
    assert read_answer(sample_question(), {"action": "One supplier was late."}).touched == ()


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from([part.id for part in frame_of("star_l").parts]), TEXTS))
def test_every_mark_quotes_the_answer_verbatim(parts: dict[str, str]) -> None:
    reading = read_answer(sample_question(), parts, transcript=True)
    for signal in reading.signals:
        assert parts.get(signal.part, "")[signal.start : signal.end] == signal.text
        assert signal.remark.endswith((".", "?"))
    assert sum(each.words for each in reading.balance) == reading.words


@pytest.mark.parametrize("unit", ["various ", "1", "1-", "maybe I. "])
def test_an_enormous_answer_is_read_to_its_end(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert read_answer(sample_question(), {"action": text}).words == words.count(text)


def test_the_signals_alone_are_those_of_the_whole_reading() -> None:
    parts = FILLED | {"action": "um " + PLAIN + "and we worked closely, maybe", "task": ""}
    reading = read_answer(sample_question(), parts, transcript=True)
    assert find_signals(sample_question(), parts, transcript=True) == reading.signals != ()
