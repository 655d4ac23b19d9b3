"""The stem is one open question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import sentences, tokens
from itpm_prep.bank.words import ASKING, AUXILIARIES

# A choice that ends the question: "..., Scrum or Kanban?"
_CHOICE = re.compile(r"\bor(\s+[\w'\u2019-]+){1,5}\?$", re.IGNORECASE)

_BEFORE_A_REQUEST = ("and", "now", "please", "so", "then")


def check(case: Case) -> Iterator[Fault]:
    """The stem asks once, does not begin with an auxiliary verb, and offers no "A or B?"."""
    asks = [sentence for sentence in sentences(case.question.stem) if _is_ask(sentence)]
    if len(asks) != 1:
        yield Fault(
            "stem", f"{len(asks)} asks", "hold one ask: one question, or one request such as Describe"
        )
    for ask in asks:
        first = (tokens(ask) or [""])[0]
        if first in AUXILIARIES:
            yield Fault(
                "stem", f"an ask that begins with {first!r}", "be open: what, how, tell, describe ..."
            )
        if choice := _CHOICE.search(ask):
            yield Fault("stem", f"a choice: {choice[0]!r}", "leave the options to the candidate")


def _is_ask(sentence: str) -> bool:
    if sentence.rstrip("\"'\u201d\u2019)").endswith("?"):
        return True
    clauses = (tokens(clause) for clause in re.split(r"[,:;]\s+", sentence))
    starts = (next((word for word in clause if word not in _BEFORE_A_REQUEST), "") for clause in clauses)
    return any(start in ASKING for start in starts)
