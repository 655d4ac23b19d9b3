"""The goals, and what was measured against them."""

from __future__ import annotations

from statistics import median
from typing import Literal

from msgspec import Struct


class Goal(Struct, frozen=True):
    """A limit on the ratio to the control, on the difference from it, or on our own figure."""

    what: str
    unit: str
    limit: float
    of: Literal["ratio", "difference", "own"] = "ratio"
    browser: bool = True


GOALS = {
    "open-cold": Goal("open mock_interview, cold", "s", 1.15),
    "open-preheated": Goal("open mock_interview, preheated", "s", 0.70),
    "memory": Goal("private memory of its kernel", "MB", 1.35),
    "submit": Goal("submit to next screen", "ms", 1.5),
    "import": Goal("import itpm_prep", "ms", 60, "difference", browser=False),
    "bank-320": Goal("load 320 questions", "ms", 10, "own", browser=False),
    "bank-10000": Goal("load 10,000 questions", "ms", 200, "own", browser=False),
    "choose-10000": Goal("choose 10 of 10,000 questions", "ms", 20, "own", browser=False),
    "choose-panel": Goal("choose a panel of 10,000 questions", "ms", 20, "own", browser=False),
    "job-50000": Goal("read a job description of 50,000 characters", "ms", 300, "own", browser=False),
    "check-bank": Goal("check the whole bank", "s", 20, "own", browser=False),
    "check-double": Goal("check twice the questions", "s", 2.2, browser=False),
    "stories": Goal("assign 200 stories to 12 questions", "ms", 100, "own", browser=False),
    "cohort-frames": Goal("all frames of 1,000,000 scores", "s", 3, browser=False),
    "cohort-growth": Goal("the same, of 100,000 scores", "s", 12, browser=False),
    "merge": Goal("merge 200 bundles of 125 answers", "s", 1.5, browser=False),
    "cohort-memory": Goal("memory for them, file included", "MB", 2000, "own", browser=False),
    "open-cohort": Goal("open cohort with 2,000 learners", "s", 1.5),
    "signals": Goal("remark on 1,000 words", "ms", 20, "own", browser=False),
}


class Result(Struct, frozen=True):
    """The figures of one goal, in the order they were taken."""

    name: str
    ours: list[float]
    control: list[float]

    @property
    def ratio(self) -> float:
        """Median of ours to median of the control."""
        return median(self.ours) / median(self.control)

    @property
    def value(self) -> float:
        """What the goal limits."""
        goal = GOALS[self.name]
        if goal.of == "own":
            return median(self.ours)
        return self.ratio if goal.of == "ratio" else median(self.ours) - median(self.control)

    @property
    def ok(self) -> bool:
        """Whether the limit is kept."""
        return self.value <= GOALS[self.name].limit


def render(results: list[Result]) -> str:
    """The results as a table."""
    rows = [("MEASURED", "OURS", "CONTROL", "RATIO", "LIMIT", "")]
    for result in results:
        goal = GOALS[result.name]
        limit = f"{goal.limit:g}" if goal.of == "ratio" else f"{goal.limit:g} {goal.unit}"
        rows.append(
            (
                goal.what,
                f"{median(result.ours):.2f} {goal.unit}",
                f"{median(result.control):.2f} {goal.unit}",
                f"{result.ratio:.2f}",
                f"{'+' if goal.of == 'difference' else ''}{limit}",
                "ok" if result.ok else "over",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
