"""Presets: how an interview of each mode is held, and the named sets of one's own.

A mode fixes the rules of its interviews; in the mode "own" they are chosen. A set of one's own is a
whole set-up under a name, whatever its mode.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.types import Category, Question
from itpm_prep.practice.records import Mode, Rules, Setup
from itpm_prep.practice.scaffolds import WHOLE

TAKES_AT_MOST = 3
PROBES_AT_MOST = 2
NAME_AT_MOST = 40  # characters, so that a name fits on its card
PRESETS_AT_MOST = 20

# None: the time that the question itself gives. The mode "own" starts from its line here.
RULES: dict[Mode, Rules] = {
    "practice": Rules(scores="each", aided=True),
    "mock": Rules(),
    "video": Rules(think_s=30, answer_s=120, probes=0, cut=True),
    "phone": Rules(think_s=15, answer_s=90),
    "panel": Rules(),
    "drill": Rules(scores="each"),
    "own": Rules(think_s=60, answer_s=180, takes=2, probes=1, scores="each"),
}

# A first call is about the person: what they did and how they lead.
PHONE_CATEGORIES: tuple[Category, ...] = ("behavioral", "leadership")


class Preset(Struct, frozen=True, kw_only=True):
    """A set-up that a person keeps under a name."""

    id: str
    name: str
    setup: Setup


def rules_of(setup: Setup) -> Rules:
    """How an interview of that set-up is held; those stored before there were rules go by their mode."""
    own = setup.rules if setup.mode == "own" else None
    return own or RULES[setup.mode]


def settle(setup: Setup) -> Setup:
    """The set-up with what its mode fixes in the place of what was chosen before."""
    if setup.mode == "phone":
        return replace(setup, categories=PHONE_CATEGORIES, specialisation="general", rules=None)
    return replace(setup, rules=rules_of(setup) if setup.mode == "own" else None)


def framed(question: Question, setup: Setup) -> Question:
    """The question as an interview of that set-up has it answered: in one box, its scaffold is one part."""
    # The type of a question does not hold this name: no file may use it.
    return replace(question, scaffold=WHOLE) if setup.boxes == "one" else question


def think_s(rules: Rules, question: Question) -> int:
    """Seconds to think before answering."""
    return rules.think_s if rules.think_s is not None else question.timing.prep_s


def answer_s(rules: Rules, question: Question) -> int:
    """Seconds to answer at most."""
    return rules.answer_s if rules.answer_s is not None else question.timing.max_s


def name_preset(typed: str, kept: Iterable[Preset]) -> str:
    """A name as it is kept; ``ValueError`` in plain words when it cannot be."""
    name = " ".join(typed.split())
    others = list(kept)
    if not name:
        raise ValueError("Give your set a name first, such as Panel at the bank.")
    if len(name) > NAME_AT_MOST:
        raise ValueError(f"The name has {len(name)} characters; {NAME_AT_MOST} fit on its card.")
    if any(name.casefold() == one.name.casefold() for one in others):
        raise ValueError(f"You have a set called {name} already. Choose another name, or delete that set.")
    if len(others) >= PRESETS_AT_MOST:
        raise ValueError(f"You have {len(others)} sets, as many as there may be. Delete one first.")
    return name


def encode_preset(preset: Preset) -> str:
    """What is stored of a set."""
    return msgspec.json.encode(preset).decode()


def decode_presets(stored: Mapping[str, str]) -> list[Preset]:
    """The sets that this version can read, in their order; what it cannot read stays stored, unseen."""
    found = []
    for text in stored.values():
        try:
            found.append(msgspec.json.decode(text, type=Preset))
        except msgspec.MsgspecError:
            continue
    return found
