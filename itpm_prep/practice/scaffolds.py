"""The answer frames: their parts, target shares, and which criterion each part answers for.

Seven frames have parts, and a question names one of them. The eighth is one whole part: whoever writes in
one box answers any question in it, and no question file can name it.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from itpm_prep.bank.types import CriterionId, Scaffold

Whole = Literal["whole"]
FrameId = Scaffold | Whole
WHOLE: Whole = "whole"


class Part(Struct, frozen=True):
    """One box of a frame; ``share`` is its target share of the words, in percent."""

    id: str
    name: str
    share: int
    hint: str


class ScaffoldFrame(Struct, frozen=True):
    """An answer frame.

    ``action`` is the id of the part that tells what was done, ``result`` of the part that tells what
    came of it; None when the frame has no such part.
    """

    id: FrameId
    name: str
    parts: tuple[Part, ...]
    action: str | None = None
    result: str | None = None

    def part(self, part_id: str) -> Part:
        """The part of that id; ``KeyError`` when the frame has none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


SCAFFOLDS: dict[Scaffold, ScaffoldFrame] = {
    "star_l": ScaffoldFrame(
        "star_l",
        "STAR-L",
        (
            Part("situation", "Situation", 15, "Say where and when it was, and what was at stake."),
            Part("task", "Task", 10, "Say what you were answerable for, and by when."),
            Part("action", "Action", 50, "Tell the steps you took yourself, in order, with your reasons."),
            Part("result", "Result", 15, "Give an outcome a listener could check: a figure, a date, a name."),
            Part("learning", "Learning", 10, "Name one thing you do differently since then."),
        ),
        action="action",
        result="result",
    ),
    "prep": ScaffoldFrame(
        "prep",
        "PREP",
        (
            Part("point", "Point", 15, "Answer the question in one or two sentences."),
            Part("reason", "Reason", 30, "Say why this is so, one reason after another."),
            Part("example", "Example", 40, "Show it at work in a project of yours, with its numbers."),
            Part(
                "point_again",
                "Point again, with its limit",
                15,
                "Repeat the point and say where it stops holding.",
            ),
        ),
    ),
    "pisco": ScaffoldFrame(
        "pisco",
        "PISCO",
        (
            Part("purpose", "Purpose", 10, "Say what the process is for and who relies on it."),
            Part("inputs", "Inputs", 15, "Name what must be there before you begin, and who brings it."),
            Part("steps", "Steps", 45, "Walk through the steps in order, and say who does each."),
            Part("controls", "Controls", 20, "Say what you check on the way and what would make you stop."),
            Part("output", "Output", 10, "Say what comes out, who accepts it, and where you used it."),
        ),
        action="steps",
        result="output",
    ),
    "codac": ScaffoldFrame(
        "codac",
        "CODAC",
        (
            Part(
                "clarify", "Clarify", 15, "Say what you know, what you assume, and what you would ask first."
            ),
            Part("options", "Options", 30, "Set out two or three ways to go, each with its cost and risk."),
            Part("decision", "Decision", 20, "Choose one, say why, and say who has to agree."),
            Part("actions", "Actions", 25, "Say what you do first, with whom you talk, and by when."),
            Part("check", "Check", 10, "Name the sign that would tell you it works, and when you look."),
        ),
        action="actions",
        result="check",
    ),
    "sbar": ScaffoldFrame(
        "sbar",
        "SBAR",
        (
            Part(
                "situation", "Situation", 15, "Open with what matters to the listener, not with the method."
            ),
            Part("background", "Background", 15, "Give only the facts the listener needs to follow you."),
            Part("assessment", "Assessment", 30, "Say what the facts mean, and how sure you are."),
            Part("recommendation", "Recommendation", 40, "Say what you ask for, from whom, and by when."),
        ),
        action="recommendation",
    ),
    "adkar": ScaffoldFrame(
        "adkar",
        "ADKAR",
        (
            Part(
                "awareness", "Awareness", 20, "Say how people learn why this is needed, and how you know it."
            ),
            Part("desire", "Desire", 20, "Say what is in it for them, and what holds them back."),
            Part("knowledge", "Knowledge", 15, "Say what they have to know, and how they learn it."),
            Part("ability", "Ability", 25, "Say how they get to do it in daily work, and who helps."),
            Part("reinforcement", "Reinforcement", 20, "Say how it is kept up, and which figure shows it."),
        ),
        action="ability",
        result="reinforcement",
    ),
    "kotter": ScaffoldFrame(
        "kotter",
        "Kotter",
        (
            Part("climate", "Climate", 30, "Say why it has to be now, who leads it, and where it goes."),
            Part(
                "engage_enable", "Engage and enable", 45, "Say how people are won, and what you clear away."
            ),
            Part("sustain", "Sustain", 25, "Say which early gains you show, and what makes the change stay."),
        ),
        action="engage_enable",
        result="sustain",
    ),
}

IN_ONE = Part("answer", "Answer", 100, "Write it as you would say it.")
_WHOLE_FRAME = ScaffoldFrame(WHOLE, "One box", (IN_ONE,))

# For each frame, the parts that answer for a criterion; the first is the one to write again.
PARTS_OF: dict[FrameId, dict[CriterionId, tuple[str, ...]]] = {
    "star_l": {
        "CTX": ("situation", "task"),
        "PPL": ("situation", "task"),
        "DIA": ("situation", "task"),
        "ACT": ("action",),
        "ENG": ("action",),
        "RES": ("result",),
        "REF": ("learning",),
        "ADP": ("learning",),
    },
    "prep": {"ACC": ("reason",), "APP": ("example",), "TRD": ("point_again",), "CLR": ("point",)},
    "pisco": {"ACC": ("steps",), "APP": ("output", "inputs"), "TRD": ("controls",), "CLR": ("purpose",)},
    "codac": {
        "DIA": ("clarify",),
        "DEC": ("options", "decision"),
        "COM": ("actions",),
        "PLN": ("check",),
        "PPL": ("clarify",),
        "ACT": ("actions", "options", "decision"),
        "RES": ("check",),
        "REF": ("check",),
        "ENG": ("actions", "options", "decision"),
        "ADP": ("check",),
    },
    "sbar": {
        "DIA": ("assessment", "background"),
        "DEC": ("recommendation",),
        "COM": ("situation",),
        "PLN": ("recommendation",),
    },
    "adkar": {
        "DIA": ("awareness",),
        "ENG": ("desire", "knowledge"),
        "RES": ("reinforcement",),
        "ADP": ("ability",),
    },
    "kotter": {
        "DIA": ("climate",),
        "ENG": ("engage_enable",),
        "RES": ("sustain",),
        "ADP": ("sustain",),
    },
    WHOLE: dict.fromkeys(get_args(CriterionId), (IN_ONE.id,)),
}


def frame_of(scaffold: FrameId) -> ScaffoldFrame:
    """The frame of that name."""
    return _WHOLE_FRAME if scaffold == WHOLE else SCAFFOLDS[scaffold]
