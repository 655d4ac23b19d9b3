"""Acronyms that not everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.text import prose
from itpm_prep.bank.words import ACRONYMS

_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?=s?(?![\w]))")


def check(case: Case) -> Iterator[Fault]:
    """An acronym outside the known list is spelled out once in the question."""
    texts = list(prose(case.question))
    everything = "\n".join(text for _, text in texts)
    seen: set[str] = set()
    for key, text in texts:
        for acronym in _ACRONYM.findall(text):
            if acronym in ACRONYMS or acronym in seen or _is_spelled_out(acronym, everything):
                continue
            seen.add(acronym)
            yield Fault(key, f"the acronym {acronym}", "be spelled out once, with the acronym in brackets")


def _is_spelled_out(acronym: str, text: str) -> bool:
    """Whether "the long words (ABC)" or "ABC (the long words)" stands in the text."""
    name = re.escape(acronym)
    return bool(re.search(rf"[a-z]+\s+\({name}s?\)|\b{name}s?\s+\([A-Za-z]+[\s-][a-z]", text, re.IGNORECASE))
