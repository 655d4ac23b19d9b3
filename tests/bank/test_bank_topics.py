"""The list of topics, as coverage and the check read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from itpm_prep import settings
from itpm_prep.bank.topics import Topic, TopicsError, read_topics


def test_the_list_of_the_bank_says_which_topics_questions_are_to_name() -> None:
    topics = read_topics(settings.CHECKOUT / "question_bank")
    assert topics[0] == Topic("QC1", "Question categories", "behavioural: past situations", "question")
    assert len({topic.id for topic in topics}) == len(topics) == 286
    assert sum(topic.use == "question" for topic in topics) == 263


def test_without_a_folder_it_is_the_list_of_the_bank_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "topics.csv").write_text("\ufeffid,group,topic,use\nX1,g,one,profile\n", encoding="utf-8")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path))
    assert read_topics() == [Topic("X1", "g", "one", "profile")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, r"not readable \(FileNotFoundError\)"),
        (b"id,group\nX1,g\n", r"not readable \(KeyError\)"),
        (b"\xff\xfe", r"not readable \(UnicodeDecodeError\)"),
        (b"id,group,topic,use\nX1,g,one,questions\n", "the use of X1 is 'questions', not one of question,"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(content: bytes | None, why: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "topics.csv").write_bytes(content)
    with pytest.raises(TopicsError, match=why):
        read_topics(tmp_path)
