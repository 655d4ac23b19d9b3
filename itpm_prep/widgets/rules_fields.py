"""The fields in which the rules of the mode "own" are chosen."""

from __future__ import annotations

from collections.abc import Callable

from itpm_prep.practice.records import Rules
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Select
from itpm_prep.widgets.mode_words import AID, CUT, PROBES, SCORES, TAKES

TIMES = {"": "As the question says"} | {
    str(seconds): markup.minutes(seconds) for seconds in (15, 30, 60, 90, 120, 180, 300)
}


class RulesFields:
    """The rules of the mode "own", field by field; ``on_change`` is called with each choice."""

    def __init__(self, rules: Rules, on_change: Callable[[str], None] | None = None) -> None:
        self.think = Select("Think time", _times(rules.think_s), str(rules.think_s or ""), on_change)
        self.answer = Select("Answer time", _times(rules.answer_s), str(rules.answer_s or ""), on_change)
        self.takes = Select("Takes", TAKES, str(rules.takes), on_change)
        self.probes = Select("Probes", PROBES, str(rules.probes), on_change)
        self.scores = Select("Scores", SCORES, rules.scores, on_change)
        self.cut = Select("When time is up", CUT, "cut" if rules.cut else "go", on_change)
        self.aid = Select("Help", AID, "with" if rules.aided else "without", on_change)

    @property
    def fields(self) -> tuple[Block, ...]:
        """The fields in their order on the screen."""
        return (self.think, self.answer, self.takes, self.probes, self.scores, self.cut, self.aid)

    def read(self) -> Rules:
        """The rules as chosen."""
        return Rules(
            think_s=int(self.think.value) if self.think.value else None,
            answer_s=int(self.answer.value) if self.answer.value else None,
            takes=int(self.takes.value),
            probes=int(self.probes.value),
            scores="each" if self.scores.value == "each" else "end",
            cut=self.cut.value == "cut",
            aided=self.aid.value == "with",
        )


def _times(chosen: int | None) -> dict[str, str]:
    return TIMES if chosen is None else TIMES | {str(chosen): markup.minutes(chosen)}
