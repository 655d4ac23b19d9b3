"""The phases of an interview as a table: each is drawn by one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itpm_prep.apps.mock_interview import afterwards, asking, scoring
from itpm_prep.apps.mock_interview.stage import App, Stage
from itpm_prep.practice.records import Interview, Phase
from itpm_prep.widgets.blocks import Block

SCREENS: dict[Phase, Callable[[Stage], Sequence[Block]]] = {
    "prepare": asking.prepare,
    "answer": asking.answer,
    "probes": asking.probes,
    "flags": scoring.flags,
    "score": scoring.score,
    "review": afterwards.review,
    "debrief": afterwards.debrief,
    "retry": afterwards.retry,
    "compare": afterwards.compare,
}


def draw(app: App, interview: Interview) -> None:
    """Draw the phase that the interview is in."""
    app.page.show(*SCREENS[interview.phase](Stage(app, interview)))
