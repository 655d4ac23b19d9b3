"""The modes of an interview and their rules as a person reads them."""

from __future__ import annotations

from itpm_prep.bank.types import Question
from itpm_prep.practice.interviewers import PANEL
from itpm_prep.practice.presets import answer_s, think_s
from itpm_prep.practice.records import Mode, Rules
from itpm_prep.widgets import markup

MODE_NAMES: dict[Mode, str] = {
    "practice": "Practice",
    "mock": "Mock",
    "video": "One-way video",
    "phone": "Phone screen",
    "panel": "Panel",
    "drill": "Drill",
    "own": "Your own",
}
MODE_NOTES: dict[Mode, str] = {
    "practice": "hints, a clock you can pause, score after each answer",
    "mock": "clock, probes, scores at the end",
    "video": "30 s to think, 2 min to answer, one take",
    "phone": "short answers about yourself, probes, scores at the end",
    "panel": "three interviewers in turn, no story twice",
    "drill": "what is due: weakest and longest unseen first",
    "own": "choose times, takes and probes yourself",
}
SCORES = {"each": "After each answer", "end": "At the end"}
TAKES = {"1": "One take", "2": "Two takes, the last one counts", "3": "Three takes, the last one counts"}
PROBES = {"0": "No probes", "1": "One probe at most", "2": "Two probes at most"}
CUT = {"go": "You may go on writing", "cut": "The answer is handed in as it stands"}
AID = {"without": "No hints, no pause", "with": "Hints, and a clock you can pause"}


def rules_words(rules: Rules) -> str:
    """All rules in a few short sentences."""
    said = [
        "As much time as each question says"
        if rules.think_s is None and rules.answer_s is None
        else f"{_time(rules.think_s)} to think, {_time(rules.answer_s)} to answer",
        TAKES[str(rules.takes)],
        PROBES[str(rules.probes)],
        f"Scores {SCORES[rules.scores].lower()}",
        "When time is up, the answer is handed in as it stands" if rules.cut else "You may run over",
        AID["with" if rules.aided else "without"],
    ]
    return f"{'. '.join(said)}."


def _time(seconds: int | None) -> str:
    return "as long as the question says" if seconds is None else markup.minutes(seconds)


def panel_words() -> str:
    """Who sits on the panel, as a list."""
    return markup.bullets(f"{one.role}: {one.focus}" for one in PANEL)


def terms(rules: Rules, question: Question, take: int = 1) -> str:
    """What a person should know before they answer under these rules; empty where there is nothing new."""
    said = []
    if rules.think_s is not None or rules.answer_s is not None:
        times = markup.minutes(think_s(rules, question)), markup.minutes(answer_s(rules, question))
        said.append(f"You have {times[0]} to think and {times[1]} to answer.")
    if rules.takes > 1:
        said.append(f"Take {take} of {rules.takes}; the last one counts.")
    if rules.cut:
        said.append(
            "When the time to think ends, the answer begins. When the time to answer ends, what stands "
            "there is handed in: nothing you typed is lost. An empty answer counts as skipped."
        )
        if rules.takes == 1:
            said.append("There is one take, and no way back.")
    return " ".join(said)
