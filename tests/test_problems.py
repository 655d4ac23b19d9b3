"""Faults in the words a person reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.problems import BankError, NotSaved, PersonError, Problem, StoreError, TakenOver

problems = st.builds(
    Problem,
    file=st.sampled_from(["a.yaml", "b.yaml"]),
    line=st.integers(0, 300),
    key=st.sampled_from(["", "stem", "criteria[2].anchors.4"]),
    found=st.just("empty"),
    must=st.just("be text"),
)


def test_a_problem_says_where_what_and_what_must_be() -> None:
    problem = Problem("bank/q.yaml", 7, "criteria[2].anchors.4", "empty", "be text", "length")
    assert str(problem) == "bank/q.yaml:7: criteria[2].anchors.4: is empty; must be text [length]"


def test_a_problem_of_the_whole_file_has_no_line_and_no_key() -> None:
    assert str(Problem("q.yaml", 0, "", "empty", "hold one question", "yaml")) == (
        "q.yaml: (file): is empty; must hold one question [yaml]"
    )


def test_a_problem_is_one_of_the_schema_unless_told() -> None:
    assert str(Problem("q.yaml", 1, "id", "missing", "be there")).endswith("[schema]")


@settings(deadline=None, max_examples=60)
@given(st.lists(problems, max_size=12))
def test_a_bank_error_counts_and_lists_every_problem_in_the_order_of_files_and_lines(
    found: list[Problem],
) -> None:
    error = BankError(iter(found))
    head, *lines = str(error).splitlines()
    assert head == f"{len(found)} fault(s) in the question bank:"
    assert lines == [str(problem) for problem in error.problems]
    places = [(problem.file, problem.line) for problem in error.problems]
    assert places == sorted((problem.file, problem.line) for problem in found)


def test_line_10_comes_after_line_9() -> None:
    nine, ten = (Problem("q.yaml", line, "stem", "empty", "be text") for line in (9, 10))
    assert BankError([ten, nine]).problems == (nine, ten)


@pytest.mark.parametrize("kind", [StoreError, NotSaved, TakenOver])
def test_every_fault_of_the_record_is_meant_for_the_person(kind: type[StoreError]) -> None:
    with pytest.raises(PersonError, match="the disk is full"):
        raise kind("the disk is full")


@pytest.mark.parametrize("kind", [NotSaved, TakenOver])
def test_a_fault_of_writing_is_a_fault_of_the_record(kind: type[StoreError]) -> None:
    with pytest.raises(StoreError):
        raise kind("busy")
    assert not issubclass(kind, BankError)
