from __future__ import annotations

import pytest

from itpm_prep.bank.rules.scaffold import ALLOWED
from itpm_prep.bank.types import CRITERIA_OF, Category, Scaffold
from itpm_prep.practice.scaffolds import PARTS_OF, SCAFFOLDS, ScaffoldFrame, frame_of

PAIRS = [(category, scaffold) for category, allowed in ALLOWED.items() for scaffold in allowed]


@pytest.mark.parametrize("frame", SCAFFOLDS.values(), ids=lambda frame: frame.id)
def test_the_shares_of_a_frame_add_up_to_the_whole_answer(frame: ScaffoldFrame) -> None:
    assert sum(part.share for part in frame.parts) == 100


@pytest.mark.parametrize("frame", SCAFFOLDS.values(), ids=lambda frame: frame.id)
def test_every_part_has_a_name_and_one_plain_sentence_as_a_hint(frame: ScaffoldFrame) -> None:
    assert all(part.name and part.hint.endswith(".") and part.hint.count(".") == 1 for part in frame.parts)
    assert len({part.id for part in frame.parts}) == len(frame.parts)


@pytest.mark.parametrize("frame", SCAFFOLDS.values(), ids=lambda frame: frame.id)
def test_the_action_and_result_of_a_frame_are_parts_of_it(frame: ScaffoldFrame) -> None:
    assert {frame.action, frame.result} - {None} <= {part.id for part in frame.parts}


@pytest.mark.parametrize(("category", "scaffold"), PAIRS)
def test_every_criterion_has_a_part_of_the_frame_to_write_again(
    category: Category, scaffold: Scaffold
) -> None:
    known = {part.id for part in frame_of(scaffold).parts}
    assert all(PARTS_OF[scaffold][criterion] for criterion in CRITERIA_OF[category])
    assert all(set(PARTS_OF[scaffold][criterion]) <= known for criterion in CRITERIA_OF[category])


@pytest.mark.parametrize(("category", "scaffold"), PAIRS)
def test_every_part_answers_for_a_criterion_so_an_empty_one_finds_its_probe(
    category: Category, scaffold: Scaffold
) -> None:
    answering = {part for criterion in CRITERIA_OF[category] for part in PARTS_OF[scaffold][criterion]}
    assert answering == {part.id for part in frame_of(scaffold).parts}


def test_a_part_is_found_by_its_id_and_an_unknown_one_is_refused() -> None:
    assert frame_of("sbar").part("situation").share == 15
    with pytest.raises(KeyError):
        frame_of("sbar").part("learning")
