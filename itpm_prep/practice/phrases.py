"""The word lists behind the signals.

The lists are strict on purpose: general ones mark about three words in a hundred of a strong answer
wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from itpm_prep.practice.words import set_of

HEDGES = (
    "i think",
    "i guess",
    "i suppose",
    "i feel like",
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "kind of",
    "sort of",
    "somewhat",
    "more or less",
    "not sure",
    "hopefully",
    "a bit",
    "a little",
)
FILLERS = (
    "um",
    "uh",
    "er",
    "erm",
    "hmm",
    "you know",
    "i mean",
    "basically",
    "actually",
    "literally",
    "or whatever",
    "and stuff",
)
VAGUE_CLAIMS = (
    "aligned stakeholders",
    "drove consensus",
    "worked closely",
    "took ownership",
    "communicated effectively",
    "hit the ground running",
    "best practice",
    "best practices",
    "various",
    "a number of",
    "in a timely manner",
    "as needed",
    "and so on",
    "everything went well",
    "very successful",
    "significant improvement",
    "significant improvements",
)
# "This kind of vendor" is a sort, not a hedge.
BEFORE_A_SORT = set_of("what which this that any some no each every the a one same other")
NUMBER_WORDS = set_of(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion half twice dozen"""
)
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
UNITS = (
    r"(?:%|per ?cent|percentage points?|points?|euros?|dollars?|pounds?|eur|usd|gbp|chf|k|m|bn|thousand"
    r"|million|billion|seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|people|persons?"
    r"|users?|customers?|colleagues?|staff|engineers?|developers?|analysts?|testers?|managers?|employees?"
    r"|handlers?|teams?|sites?|plants?|suppliers?|vendors?|tickets?|incidents?|defects?|bugs?|errors?|requests?"
    r"|complaints?|records?|orders?)"
)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the phrases as whole words, whatever the case and the white space."""
    longest_first = sorted(phrases, key=len, reverse=True)
    choice = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE)
