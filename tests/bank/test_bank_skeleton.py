"""The skeleton of a new question: right for its id, and blank where the author has the word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from itpm_prep.bank.schema import read_question
from itpm_prep.bank.skeleton import skeleton
from itpm_prep.bank.source import read_source
from itpm_prep.bank.types import CATEGORY_CODES, CRITERIA_OF, SPECIALISATION_CODES

Put = Callable[[str, str], Path]


@pytest.mark.parametrize("category", CATEGORY_CODES)
@pytest.mark.parametrize("specialisation", SPECIALISATION_CODES)
def test_the_only_faults_of_a_skeleton_are_its_blanks(
    category: str, specialisation: str, put: Put, today: date
) -> None:
    question_id = f"{category}-{specialisation}-042"
    source, problems = read_source(put(question_id, skeleton(question_id, today)))
    assert problems == []
    assert source is not None
    question, problems = read_question(source)
    assert question is None
    assert {problem.found for problem in problems} == {"empty"}
    criteria = [criterion["id"] for criterion in source.data["criteria"]]
    assert tuple(criteria) == CRITERIA_OF[CATEGORY_CODES[category]]
    assert source.data["specialisation"] == SPECIALISATION_CODES[specialisation]


@pytest.mark.parametrize("wrong", ["", "SCN", "XXX-ERP-001", "SCN-XXX-001", "SCN-ERP-1", "SCN-ERP-001-2"])
def test_a_wrong_id_is_refused_with_the_right_form(wrong: str, today: date) -> None:
    with pytest.raises(ValueError, match="must look like SCN-ERP-002"):
        skeleton(wrong, today)
