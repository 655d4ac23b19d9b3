"""``itpm-prep bench``: merging what a class handed in."""

from __future__ import annotations

from pathlib import Path

from itpm_prep.cli.bench.goals import GOALS
from itpm_prep.cli.bench.merging import ATTEMPTS, measure_merge
from itpm_prep.store.bundle_lines import read_header, read_items
from itpm_prep.store.cohort import open_cohort


def test_both_sides_take_in_the_same_bundles_each_of_125_answers(tmp_path: Path) -> None:
    (result,) = measure_merge(2, tmp_path, learners=3)
    assert (result.name, len(result.ours), len(result.control)) == ("merge", 2, 2)
    assert min(*result.ours, *result.control) > 0
    assert GOALS["merge"].limit == 1.5
    with open_cohort(tmp_path / "cohort-1.sqlite3") as cohort:
        tables = cohort.tables()
        assert len(cohort.learners()) == 3
        assert len(tables["attempts"]["seconds"]) == 3 * ATTEMPTS
        assert len(tables["scores"]["score"]) == 3 * ATTEMPTS * 4
    problems: list[object] = []
    with next((tmp_path / "hand-in").iterdir()).open("rb") as file:
        header = read_header(file, "one")
        assert len(list(read_items(file, "one", header, problems))) == 3 * ATTEMPTS  # type: ignore[arg-type]
    assert problems == []
