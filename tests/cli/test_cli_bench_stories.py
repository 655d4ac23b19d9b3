"""``itpm-prep bench``: the assignment of stories."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from itpm_prep.cli import main


@pytest.mark.usefixtures("home")
def test_the_assignment_of_stories_is_measured_against_its_limit() -> None:
    result = CliRunner().invoke(main, ["bench", "--only", "stories", "--rounds", "2"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (_, line) = result.output.splitlines()
    assert line.startswith("assign 200 stories to 12 questions  ")
    assert "100 ms" in line
