"""Reviews on their way back: from the instructor's files into the learner's record, and what it shows."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from drawn import drawn, of_kind
from msgspec.structs import replace
from practised import rating
from reviewed_class import (
    BANK,
    NOW,
    PARTS,
    QUESTION,
    SENTENCES,
    Desk,
    answered,
    bundle_of,
    class_of,
    facts_of,
    learner_record,
    scored,
)
from seen import Seen

from itpm_prep.apps.cohort.hand_back import file_name
from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.earlier import Earlier
from itpm_prep.apps.mock_interview.history import reviewed
from itpm_prep.practice.records import Fact, Interview, Setup, Turn
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import import_bundle
from itpm_prep.store.cohort import Cohort
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.blocks import Html, Listing
from itpm_prep.widgets.debrief_screen import folded_question

MIA = '["mia","a0"]'
SETUP = Setup(level="senior", categories=("scenario",), mode="mock", length=1, seed=1)


@pytest.fixture
def cohort(tmp_path: Path) -> Iterator[Cohort]:
    with class_of(tmp_path, {"Mia": facts_of(0), "Noah": facts_of(1)}) as cohort:
        yield cohort


@pytest.fixture
def desk(cohort: Cohort, home: Path) -> Iterator[Desk]:
    with open_record(home / "practice.sqlite3") as record:
        desk = Desk(cohort, record)
        desk.call("Ana")
        yield desk


@pytest.fixture
def mia(cohort: Cohort, tmp_path: Path) -> Iterator[LocalRecord]:  # noqa: ARG001 - the class has made it
    """Mia's own record, from which she handed in."""
    with open_record(tmp_path / "Mia" / "practice.sqlite3") as record:
        yield record


def files(desk: Desk) -> dict[str, bytes]:
    """File name to content of every download on the screen."""
    markup = "".join(str(html.spec["value"]) for html in of_kind(desk.page.blocks, Html))
    found = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', markup)
    return {name: b64decode(content) for name, content in found}


def hand_back(desk: Desk) -> dict[str, bytes]:
    desk.app.show_view("review")
    desk.press("Make the files")
    return files(desk)


def earlier(record: LocalRecord) -> Seen:
    page = Seen()
    app = MockInterview(page, record, BANK, {})
    Earlier(app).show(QUESTION.id)
    return page


# The files ----------------------------------------------------------------------------------------


def test_one_learner_gets_one_file_and_several_come_in_a_zip_too(desk: Desk) -> None:
    desk.review(3, 3, 3, 2, at=desk.queue().index(MIA))
    assert list(hand_back(desk)) == ["review-mia-mia-by-ana.jsonl"]
    desk.review(2, 2, 2, 2)
    packed = hand_back(desk)
    with ZipFile(BytesIO(packed.pop("reviews.zip"))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == packed
    assert set(packed) == {"review-mia-mia-by-ana.jsonl", "review-noah-noah-by-ana.jsonl"}


def test_nothing_can_be_handed_back_before_a_review(desk: Desk) -> None:
    assert "Hand back" not in desk.html


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON:", "", "Åsa Ü", "名前", "a" * 300, '"><script>'])
def test_a_file_is_named_so_that_every_system_takes_it(name: str) -> None:
    assert re.fullmatch(r"review-[a-z0-9-]{1,150}\.jsonl", file_name(name, "0f" * 16, name))


def test_a_file_tells_two_learners_of_one_name_apart() -> None:
    assert file_name("Sam", "aaaaaaaa1", "Ana") != file_name("Sam", "bbbbbbbb1", "Ana")


# At the learner's ---------------------------------------------------------------------------------


def test_a_review_comes_back_beside_the_learners_own_scores(desk: Desk, mia: LocalRecord) -> None:
    desk.review(3, 3, 3, 2, comment="Say what it cost.", at=desk.queue().index(MIA))
    (content,) = hand_back(desk).values()
    result = import_bundle(mia, BytesIO(content))
    assert (result.added, result.problems) == (1, ())
    page = earlier(mia)
    assert "Reviewed by Ana" in page.everything
    assert "Say what it cost." in page.everything
    assert "On 2." in page.everything
    head = drawn(page.blocks).all("th")
    assert head[head.index("Criterion") :][:3] == ["Criterion", "You", "Ana"]
    again = import_bundle(mia, BytesIO(content))
    assert (again.added, again.known) == (0, 1)


def test_what_goes_back_is_what_was_submitted_word_for_word(
    desk: Desk, cohort: Cohort, mia: LocalRecord
) -> None:
    desk.review(5, 4, 3, 1, comment='=1+1 <b>"bold"</b>\n\u202eturned', at=desk.queue().index(MIA))
    (content,) = hand_back(desk).values()
    import_bundle(mia, BytesIO(content))
    (sent,) = (one for one in cohort.ratings("mia", "a0") if one.rater == "Ana")
    assert sent in mia.ratings()


def test_a_review_handed_in_again_by_the_learner_changes_nothing(
    desk: Desk, cohort: Cohort, mia: LocalRecord
) -> None:
    desk.review(3, 3, 3, 2, at=desk.queue().index(MIA))
    (content,) = hand_back(desk).values()
    import_bundle(mia, BytesIO(content))
    before = cohort.reviews()
    merged = cohort.merge([("again.jsonl", bundle_of(mia, Learner("mia", "Mia")))])
    assert not any(one.problems for one in merged.files)
    assert cohort.reviews() == before


def test_a_review_does_not_take_the_place_of_the_learners_own_score() -> None:
    one = answered(0)
    later = rating(one, (1, 1, 1, 1), "Ana", later=500)
    turn = Turn(question_id=QUESTION.id, question_version=QUESTION.version, attempt_ids=(one.id,))
    interview = Interview(id="i9", setup=SETUP, bank_hash="b", turns=(turn,), started_at=NOW, touched_at=NOW)
    facts: list[Fact] = [one, scored(one, (4, 4, 4, 4)), later]
    seen = reviewed(interview, 0, QUESTION, facts)
    assert seen.rating is not None
    assert seen.rating.rater == "self"
    words = drawn([Html(folded_question(seen))]).words
    assert "4.0" in words
    assert "Reviewed by Ana" in words


def test_an_answer_not_reviewed_looks_as_it_did(mia: LocalRecord) -> None:
    assert "eviewed" not in earlier(mia).everything


def test_the_list_of_earlier_answers_says_which_were_reviewed(desk: Desk, mia: LocalRecord) -> None:
    desk.review(3, 3, 3, 2, at=desk.queue().index(MIA))
    import_bundle(mia, BytesIO(next(iter(hand_back(desk).values()))))
    page = Seen()
    Earlier(MockInterview(page, mia, BANK, {})).show_list()
    (listing,) = of_kind(page.blocks, Listing)
    assert listing.spec["items"][0]["note"].endswith("latest score 5.0, reviewed")


def test_a_review_is_kept_back_while_the_answer_has_still_to_be_scored(tmp_path: Path) -> None:
    with learner_record(tmp_path, []) as record:
        one = replace(answered(0), interview_id="i2", parts=PARTS)
        turn = Turn(
            question_id=QUESTION.id,
            question_version=QUESTION.version,
            attempt_ids=(one.id,),
            outcome="answered",
        )
        interview = Interview(
            id="i2", setup=SETUP, bank_hash="b", turns=(turn,), started_at=NOW, touched_at=NOW
        )
        record.begin(interview, "tab", NOW)
        review = replace(rating(one, (2, 2, 2, 2), "Ana"), comment="Hidden still")
        record.advance(interview, [one, review], "tab", NOW)
        kept_back = earlier(record)
        assert "Reviewed by Ana. Score the answer yourself first" in kept_back.everything
        assert "Hidden still" not in kept_back.everything
        record.advance(interview, [scored(one)], "tab", NOW)
        assert "Hidden still" in earlier(record).everything


def test_a_review_of_an_answer_that_can_no_longer_be_scored_is_shown(tmp_path: Path) -> None:
    one = answered(0)
    with learner_record(
        tmp_path, [one, replace(rating(one, (2, 2, 2, 2), "Ana"), comment="Read it")]
    ) as record:
        assert "Read it" in earlier(record).everything


def test_blacked_out_words_can_be_reviewed_and_quoted(tmp_path: Path, home: Path) -> None:
    covered = answered(
        0, parts={"situation": SENTENCES[0].replace("Ana", "█████"), "assessment": SENTENCES[1]}
    )
    with (
        class_of(tmp_path, {"Mia": [covered, scored(covered)]}) as cohort,
        open_record(home / "p.sqlite3") as own,
    ):
        desk = Desk(cohort, own)
        desk.call("Ana")
        desk.review(3, 3, 3, 3, evidence=covered.parts["situation"])
        (one,) = (each for _, each in cohort.reviews())
        assert [mark.score for mark in one.marks] == [3, 3, 3, 3]


def test_both_reviewers_stand_beside_the_learner(desk: Desk, mia: LocalRecord) -> None:
    desk.review(4, 4, 4, 4, at=desk.queue().index(MIA))
    contents = list(hand_back(desk).values())
    desk.call("Bo")
    desk.review(2, 4, 4, 4, at=desk.queue().index(MIA))
    contents += hand_back(desk).values()
    for content in contents:
        import_bundle(mia, BytesIO(content))
    words = earlier(mia).everything
    assert "Reviewed by Ana and Bo" in words
    assert "differ by 2 or more on" in words
    assert "The reviewers' score is the mean of theirs" in words


def test_a_colleague_with_a_class_of_their_own_takes_the_file_in_and_stays_blind(
    desk: Desk, tmp_path: Path
) -> None:
    desk.review(4, 4, 4, 4, comment="Ana was here", at=desk.queue().index(MIA))
    (content,) = hand_back(desk).values()
    with (
        class_of(tmp_path / "other", {"Mia": facts_of(0)}) as cohort,
        open_record(tmp_path / "bo.sqlite3") as own,
    ):
        merged = cohort.merge([("ana.jsonl", BytesIO(content))])
        assert not any(one.problems for one in merged.files)
        colleague = Desk(cohort, own)
        colleague.call("Bo")
        colleague.open()
        assert "Ana was here" not in colleague.page.everything
        colleague.app.show_view("review")
        colleague.review(2, 4, 4, 4)
        assert "Ana was here" in colleague.html
        assert "Ana and Bo differ" in colleague.html
