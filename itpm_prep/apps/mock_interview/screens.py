"""The phases of an interview as a table: each is drawn by one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itpm_prep.apps.mock_interview import afterwards, asking, scoring
from itpm_prep.apps.mock_interview.stage import App, Stage
from itpm_prep.practice.records import Fact, Interview, Phase
from itpm_prep.widgets.blocks import Block

SCREENS: dict[Phase, Callable[[Stage], Sequence[Block]]] = {
    "prepare": asking.prepare,
    "answer": asking.answer,
    "take": asking.take,
    "probes": asking.probes,
    "flags": scoring.flags,
    "score": scoring.score,
    "review": afterwards.review,
    "debrief": afterwards.debrief,
    "retry": afterwards.retry,
    "compare": afterwards.compare,
}


def compose(app: App, interview: Interview, facts: Sequence[Fact]) -> Sequence[Block]:
    """The screen of the phase that the interview is in; ``facts`` are those of the interview."""
    return SCREENS[interview.phase](Stage(app, interview, facts))
