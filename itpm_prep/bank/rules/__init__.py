"""The rules of the bank: a table of contents. Each name is explained in ``question_bank/README.md``."""

from __future__ import annotations

from itpm_prep.bank.rules import (
    acronyms,
    anchor_reuse,
    anchors,
    benchmarks,
    context,
    criteria,
    duplicate,
    exhibits,
    facts,
    fairness,
    figures,
    give_away,
    identity,
    length,
    levels,
    open_question,
    probes,
    reading,
    references,
    repeats,
    replaced,
    review,
    scaffold,
    sentence_length,
    similar,
    timing,
    topics,
    unique_id,
    weights,
)
from itpm_prep.bank.rules.case import BankRule, Rule

# What the apps rely on: a question that breaks one of these is not asked.
STRUCTURE: dict[str, Rule] = {
    "identity": identity.check,
    "criteria": criteria.check,
    "weights": weights.check,
    "references": references.check,
    "repeats": repeats.check,
    "exhibits": exhibits.check,
    "figures": figures.check,
}

# What makes it a question worth asking.
QUALITY: dict[str, Rule] = {
    "scaffold": scaffold.check,
    "levels": levels.check,
    "timing": timing.check,
    "probes": probes.check,
    "context": context.check,
    "length": length.check,
    "topics": topics.check,
    "review": review.check,
    "facts": facts.check,
    "open_question": open_question.check,
    "reading": reading.check,
    "sentence_length": sentence_length.check,
    "acronyms": acronyms.check,
    "anchors": anchors.check,
    "benchmarks": benchmarks.check,
    "give_away": give_away.check,
    "fairness": fairness.check,
}

# What only shows between questions.
ACROSS: dict[str, BankRule] = {
    "unique_id": unique_id.check,
    "replaced": replaced.check,
    "duplicate": duplicate.check,
    "anchor_reuse": anchor_reuse.check,
}

# Listed for a reader; never a failure.
NOTICES: dict[str, BankRule] = {"similar": similar.check}
