"""What a job description asks for, each finding with the very words that prove it.

Deterministic: stemmed phrases of our own lists (``job_words``) within one sentence. Nothing is found in
what the employer offers, after a "no" or "not", or about other people than the one who is looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, pairwise
from typing import Literal

from msgspec import Struct

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.text import stem
from itpm_prep.bank.types import COMPETENCIES, LEVELS, SPECIALISATIONS, Level, Specialisation
from itpm_prep.practice import job_marks as marks
from itpm_prep.practice import job_words as words
from itpm_prep.practice.target import Target
from itpm_prep.problems import PersonError

MOST_CHARACTERS = 50_000
ENOUGH = 3  # a specialisation is taken to be the job's own from this weight on
REPEATS = 3  # a phrase said more often than this weighs no more
WEIGHT_FROM = (1, 2, 4)  # a competency proved in so many places weighs 1, 2, 3

Kind = Literal["level", "specialisation", "competency", "tool"]
Span = tuple[int, int]


class JobTextError(PersonError):
    """A text that cannot be read as a job description."""


class Found(Struct, frozen=True):
    """One thing the job asks for; ``spans`` are places in the text, from 0, in order; ``weight`` from 1."""

    kind: Kind
    key: str
    weight: int
    spans: tuple[Span, ...]

    @property
    def id(self) -> str:
        """What names the finding when a person takes it away."""
        return f"{self.kind}:{self.key}"

    @property
    def name(self) -> str:
        """As a person reads it."""
        return {**SPECIALISATION_NAMES, **COMPETENCY_NAMES}.get(
            self.key, self.key.capitalize() if self.kind == "level" else self.key
        )


def check_text(text: str) -> None:
    """Raise ``JobTextError`` when ``text`` is empty, too long, or no text at all."""
    if len(text) > MOST_CHARACTERS:
        raise JobTextError(
            f"The job description has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read. "
            "Nothing of it was kept: leave out what does not describe the job, then try again."
        )
    if not text.strip():
        raise JobTextError("There is no job description yet. Paste its words into the box first.")
    odd = sum(not (one.isprintable() or one.isspace()) or one == "\ufffd" for one in text)
    if "\0" in text or odd * 50 > len(text):
        raise JobTextError(
            "This is not readable text; perhaps a file was pasted as it is on the disk. "
            "Open the job description, mark its words, copy them and paste them here."
        )
    if not any(map(str.isalpha, text)):
        raise JobTextError("There are no words in this job description. Paste its text.")


def read_job(text: str) -> tuple[Found, ...]:
    """Everything found, by kind, the weightiest first. Raises ``JobTextError``, see ``check_text``."""
    check_text(text)
    shut = _offers(text)
    hits: dict[tuple[Kind, str], list[tuple[Span, int, str]]] = defaultdict(list)
    tokens = [(each[0], each[0].lower(), *each.span()) for each in _TOKEN.finditer(text)]
    every = chain(_phrases(text, tokens), _levels(text, tokens), _tools(text, tokens))
    for kind, key, span, weight, label in every:
        if not any(start <= span[0] < end for start, end in shut) and not _denied(text, span[0]):
            hits[kind, key].append((span, weight, label))
    found = [_found(kind, key, places) for (kind, key), places in hits.items()]
    order: Sequence[Kind] = ("level", "specialisation", "competency", "tool")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.weight, one.spans[0])))


def target_of(found: Sequence[Found], removed: Collection[str], otherwise: Level = "mid") -> Target:
    """The target that the findings not ``removed`` (by ``Found.id``) suggest.

    ``otherwise`` is the level when none was found. Agile gives way to another specialisation with enough
    weight, since nearly every job description names it as a method.
    """
    kept = [one for one in found if one.id not in removed]
    levels = {one.key: one.weight for one in kept if one.kind == "level"}
    level = max(LEVELS, key=lambda one: levels.get(one, 0)) if levels else otherwise
    weights = {one.key: one.weight for one in kept if one.kind == "competency"}
    competencies = {one: weights[one] for one in COMPETENCIES if one in weights}
    return Target(level, _specialisation(kept), competencies)


def _specialisation(kept: Sequence[Found]) -> Specialisation:
    weights = {one.key: one.weight for one in kept if one.kind == "specialisation" and one.weight >= ENOUGH}
    if not weights:
        return "general"
    if "agile" in weights and len(weights) > 1:
        weights["agile"] //= 2
    return max(SPECIALISATIONS, key=lambda one: weights.get(one, 0))


def _found(kind: Kind, key: str, places: Sequence[tuple[Span, int, str]]) -> Found:
    """One finding of its places; where two overlap, the longer one stands."""
    spans: list[Span] = []
    for span, _, _ in sorted(places, key=lambda place: (place[0][0], -place[0][1])):
        if not spans or span[0] >= spans[-1][1]:
            spans.append(span)
    if kind == "competency":
        weight = sum(len(spans) >= least for least in WEIGHT_FROM)
    else:
        by_label = groupby(sorted(places, key=lambda place: place[2]), key=lambda place: place[2])
        weight = sum(sum(one[1] for one in list(group)[:REPEATS]) for _, group in by_label)
    return Found(kind, key, weight, tuple(spans))


# Phrases ------------------------------------------------------------------------------------------

Hit = tuple[Kind, str, Span, int, str]
Token = tuple[str, str, int, int]  # as written, in lower case, start, end
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019&/][^\W_]+)*", re.UNICODE)
# Between two words of a phrase: a space, a line end, a hyphen; no mark that ends a thought.
_JOINT = re.compile(r"[^\S\n]*(?:[-\u2010\u2011\u2013][^\S\n]*|\n[^\S\n]*)?")
# Phrases of letters that are also words: found in capitals or mixed case only.
_CASED = {"safe": {"SAFe", "SAFE"}, "lean": {"Lean", "LEAN"}, "raid": {"RAID"}}


class _Lexicon(Struct, frozen=True):
    """The phrases as stems, by their first stem; ``begins`` are first letters that any word of them has."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Kind, str, int], ...]]
    begins: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    lists: list[tuple[Kind, Iterable[tuple[str, Sequence[str]]], int]] = [
        ("competency", words.COMPETENCY_PHRASES.items(), 1),
        ("specialisation", words.DEFINITE_PHRASES.items(), words.DEFINITE),
        ("specialisation", words.HINT_PHRASES.items(), 1),
    ]
    phrases = defaultdict(list)
    begins: set[str] = set()
    for kind, by_key, weight in lists:
        for key, listed in by_key:
            for phrase in listed:
                tokens = [token.lower() for token in _TOKEN.findall(phrase)]
                begins.update(token[:3] for token in tokens)
                stems = tuple(map(stem, tokens))
                phrases[stems[0]].append((stems, kind, key, weight))
    return _Lexicon({one: tuple(each) for one, each in phrases.items()}, frozenset(begins))


def _phrases(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    lexicon = _lexicon()
    # Only a word that begins like one of ours is stemmed: stems keep the first letters.
    stems = [stem(low) if low[:3] in lexicon.begins else "" for _, low, _, _ in tokens]
    for at, first in enumerate(stems):
        for wanted, kind, key, weight in lexicon.phrases.get(first, ()):
            end = at + len(wanted)
            if tuple(stems[at:end]) != wanted or not _joined(text, tokens[at:end]):
                continue
            cased = _CASED.get(" ".join(wanted))
            if cased is None or tokens[at][0] in cased:
                yield kind, key, (tokens[at][2], tokens[end - 1][3]), weight, " ".join(wanted)


def _joined(text: str, tokens: Sequence[Token]) -> bool:
    return all(_JOINT.fullmatch(text, one[3], other[2]) for one, other in pairwise(tokens))


# Levels and tools ---------------------------------------------------------------------------------

_LEVELS = [
    (level, re.compile(rf"(?:{pattern})(?!\w)".replace(" ", r"\s"), re.IGNORECASE), weight)
    for level, pattern, weight in marks.LEVEL_PATTERNS
]
_YEARS = re.compile(marks.YEARS, re.IGNORECASE)
_OTHERS = re.compile(marks.ABOUT_OTHERS, re.IGNORECASE)
_COMPANY = re.compile(r"(?<!\w)(?:we|our|us|company|firm|founded)(?!\w)", re.IGNORECASE)


def _levels(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    free = 0  # up to here the text is spoken for: "Senior project manager" names no plain project manager
    for _, low, start, _ in tokens:
        if start < free:
            continue
        if low in marks.LEVEL_BEGINS:
            for level, pattern, weight in _LEVELS:
                if match := pattern.match(text, start):
                    free = match.end()
                    if not _OTHERS.search(_before(text, start)):
                        early = 2 if start < marks.TITLE_CHARACTERS else 1
                        yield "level", level, match.span(), weight * early, pattern.pattern
                    break
        elif (low[0].isdecimal() or low == "experience") and (match := _YEARS.match(text, start)):
            years = int(match["years"] or match["more"])
            if years <= marks.YEARS_MOST and not _COMPANY.search(_before(text, start)):
                level = next(level for least, level in marks.YEARS_OF if years >= least)
                yield "level", level, match.span(), marks.YEARS_WEIGHT, "years"


@cache
def _tool_patterns() -> Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]:
    """By the word they begin with."""
    patterns = defaultdict(list)
    for name, (begins, pattern) in marks.TOOLS.items():
        compiled = re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
        for begin in begins.split():
            patterns[begin].append((name, compiled))
    return patterns


def _tools(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    patterns = _tool_patterns()
    for _, low, start, _ in tokens:
        for name, pattern in patterns.get(low, ()):
            if match := pattern.match(text, start):
                yield "tool", name, match.span(), 1, name


# What does not count ------------------------------------------------------------------------------

_OFFER = re.compile(rf"(?:{marks.OFFER_HEADING})\s*[:.!?]?", re.IGNORECASE)
_OFFER_LINE = re.compile(rf"(?:{marks.OFFER_HEADING})\s*:", re.IGNORECASE)
_NEGATION = re.compile(marks.NEGATION, re.IGNORECASE)
_UNASKED = re.compile(marks.UNASKED, re.IGNORECASE)
EDGES = ".;:!?\n"
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u00b7\u2013\u25aa\u25e6\u2023]|\d+[.)])\s*")
_MARKUP = " \t#*_=:"
HEADING_CHARACTERS = 60


def _before(text: str, at: int) -> str:
    """What stands before a place in its sentence, at most eighty characters."""
    start = max(0, at - 80)
    return text[max(start, *(text.rfind(edge, start, at) + 1 for edge in EDGES)) : at]


def _denied(text: str, at: int) -> bool:
    """Whether "no", "not" or "without" stands up to three words before, or "we don't need" in the sentence.

    "Not only" does not deny.
    """
    before = _before(text, at)
    if _UNASKED.search(before):
        return True
    near = " ".join(before.rpartition(",")[2].split()[-4:])
    denial = _NEGATION.search(near)
    return denial is not None and not re.match(r"\s*(?:only|just)\b", near[denial.end() :], re.IGNORECASE)


def _offers(text: str) -> list[Span]:
    """The parts under a heading such as "What we offer", up to the next heading."""
    shut: list[Span] = []
    begun: int | None = None
    at = 0
    blank = True
    for line in text.splitlines(keepends=True):
        bare = line.strip(_MARKUP + "\r\n")
        is_offer = _OFFER.fullmatch(bare) is not None
        heading = is_offer or (blank and _is_heading(line, bare)) or line.rstrip().endswith(":")
        if begun is not None and heading and not is_offer:
            shut.append((begun, at))
            begun = None
        if is_offer and begun is None:
            begun = at
        elif begun is None and _OFFER_LINE.match(bare):  # heading and offer in one line
            shut.append((at, at + len(line)))
        blank = not bare
        at += len(line)
    return [*shut, (begun, at)] if begun is not None else shut


def _is_heading(line: str, bare: str) -> bool:
    short = 0 < len(bare) <= HEADING_CHARACTERS
    return short and not _BULLET.match(line) and bare[-1] not in ".,;!"
