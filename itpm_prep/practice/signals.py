"""What can be counted in an answer. A linter that never scores.

Rules that look for phrases say little about the worth of an answer, so nothing here enters a score,
and fluency, accent, mood, readability, truth and character are not judged at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from itpm_prep.bank.text import content_words
from itpm_prep.bank.types import Question
from itpm_prep.practice import evidence, phrases, words
from itpm_prep.practice.scaffolds import Part, ScaffoldFrame, frame_of

Kind = Literal["empty_part", "no_figure", "we_and_i", "vague_claim", "hedge", "fillers", "long_sentence"]

EMPTY_BELOW = 8  # words; a box with fewer counts as empty
WPM = 150
SLOWEST_WPM, FASTEST_WPM = 110, 190
LONGEST_SENTENCE = 35  # words
HEDGES_PER_100 = 2
PROOF_WITHIN = 15  # words on either side of a vague claim
TOUCHED_FROM = 0.5  # share of a strong point's content words

_HEDGES, _FILLERS, _VAGUE = map(phrases.any_of, (phrases.HEDGES, phrases.FILLERS, phrases.VAGUE_CLAIMS))
# Possessive and begun only where a number begins, so that long runs of digits are looked at once.
_NUMBER = rf"(?:(?<!\d)(?<!\d[.,])\d[\d.,]*+|(?<!\w)(?:one|{'|'.join(sorted(phrases.NUMBER_WORDS))}))"
_FIGURE = re.compile(
    rf"[€$£¥]\s?\d|\d\s?[€£%]|{_NUMBER}[\s-]*+(?:[^\W\d]++\s)?{phrases.UNITS}(?!\w)"
    rf"|\d(?:st|nd|rd|th)?\s(?:of\s)?{phrases.MONTHS}(?!\w)|(?<!\w){phrases.MONTHS}\s\d"
    r"|(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d{2})(?!\d)|(?<!\w)q[1-4](?!\w)",
    re.IGNORECASE,
)
_I = re.compile(r"(?<!\w)i(?:['\u2019](?:m|d|ve|ll))?(?![\w.])", re.IGNORECASE)
_WE = re.compile(r"(?<!\w)we(?:['\u2019](?:re|d|ve|ll))?(?!\w)", re.IGNORECASE)
_QUOTE = re.compile(r'["\u201c-\u201f\u00ab\u00bb]')


class Signal(Struct, frozen=True):
    """One remark: ``text`` is ``parts[part][start:end]``, empty when it is about the part as a whole."""

    kind: Kind
    part: str
    start: int
    end: int
    text: str
    remark: str


class Balance(Struct, frozen=True):
    """One part's words, its share of all words, and its target share, both in percent."""

    part: str
    name: str
    words: int
    share: float
    target: int


class AnswerReading(Struct, frozen=True):
    """All that was counted; ``seconds`` is the speaking time, ``touched`` the strong points touched."""

    words: int
    seconds: float
    balance: tuple[Balance, ...]
    signals: tuple[Signal, ...]
    touched: tuple[str, ...]


def read_answer(
    question: Question, parts: Mapping[str, str], wpm: int = WPM, *, transcript: bool = False
) -> AnswerReading:
    """Read an answer; ``parts`` maps the scaffold's part ids to text, a part left out is empty.

    ``wpm`` is the speaking rate in words a minute, 110 to 190, else ``ValueError``. Fillers are
    counted in a transcript only.
    """
    if not SLOWEST_WPM <= wpm <= FASTEST_WPM:
        raise ValueError(f"The speaking rate is {wpm} words a minute; choose {SLOWEST_WPM} to {FASTEST_WPM}.")
    frame, texts = frame_of(question.scaffold), _texts_of(question, parts)
    counts = {part_id: words.count(text) for part_id, text in texts.items()}
    total = sum(counts.values())
    return AnswerReading(
        words=total,
        seconds=total * 60 / wpm,
        balance=tuple(_balance(part, counts[part.id], total) for part in frame.parts),
        signals=tuple(_signals(frame, texts, total, transcript=transcript)),
        touched=touched(question.strong_points, texts),
    )


def find_signals(
    question: Question, parts: Mapping[str, str], *, transcript: bool = False
) -> tuple[Signal, ...]:
    """The signals of ``read_answer`` alone, for an answer under way."""
    texts = _texts_of(question, parts)
    total = sum(map(words.count, texts.values()))
    return tuple(_signals(frame_of(question.scaffold), texts, total, transcript=transcript))


def has_figure(text: str) -> bool:
    """Whether a number, or a number word, stands there with a unit: %, money, date, duration, people."""
    return _FIGURE.search(text) is not None


def vague_claims(part: str, text: str) -> list[Signal]:
    """Each vague phrase with no figure, name or quotation within 15 words of it."""
    hits = list(_VAGUE.finditer(text))
    spans = words.spans(text) if hits else []
    proofs = list(accumulate(_proves(text, spans), initial=0))
    starts = [start for start, _ in spans]
    found = []
    for hit in hits:
        first, last = bisect_left(starts, hit.start() + 1) - 1, bisect_left(starts, hit.end())
        before = proofs[first] - proofs[max(0, first - PROOF_WITHIN)]
        after = proofs[min(len(spans), last + PROOF_WITHIN)] - proofs[last]
        if not before + after:
            remark = "No figure, name or quotation near it: how would a listener check it?"
            found.append(_mark("vague_claim", part, hit, remark))
    return found


def hedges(text: str) -> list[re.Match[str]]:
    """Every hedge, however few there are; "a kind of" and the like are none."""
    return [hit for hit in _HEDGES.finditer(text) if not _names_a_sort(text, hit)]


def long_sentences(part: str, text: str) -> list[Signal]:
    """Each sentence of over 35 words."""
    return [
        Signal("long_sentence", part, each.start, each.end, each.text, f"{count} words in one sentence.")
        for each in evidence.sentences({part: text})
        if (count := words.count(each.text)) > LONGEST_SENTENCE
    ]


def count_we_and_i(text: str) -> tuple[int, int]:
    """How often "we" and how often "I" is said."""
    return len(_WE.findall(text)), len(_I.findall(text))


def touched(points: tuple[str, ...], texts: Mapping[str, str]) -> tuple[str, ...]:
    """The strong points of which half the content words, and at least two, stand in the texts."""
    said = {stem for text in texts.values() for stem in content_words(text)}
    return tuple(point for point in points if _is_touched(point, said))


def _names_a_sort(text: str, hit: re.Match[str]) -> bool:
    ahead = text[max(0, hit.start() - 12) : hit.start()].lower().split()
    is_sort = hit.group().lower().split()[0] in ("kind", "sort")
    return bool(is_sort and ahead and ahead[-1] in phrases.BEFORE_A_SORT)


def _texts_of(question: Question, parts: Mapping[str, str]) -> dict[str, str]:
    return {part.id: parts.get(part.id, "") for part in frame_of(question.scaffold).parts}


def _signals(
    frame: ScaffoldFrame, texts: Mapping[str, str], total: int, *, transcript: bool
) -> Iterator[Signal]:
    found = {part: hedges(text) for part, text in texts.items()}
    hedged = sum(map(len, found.values()))
    for part in frame.parts:
        text = texts[part.id]
        yield from _about_part(frame, part, text, transcript=transcript)
        marks = vague_claims(part.id, text) + long_sentences(part.id, text)
        if hedged * 100 > HEDGES_PER_100 * total:
            remark = f"{hedged} in {total} words: say what you know, and what you do not."
            marks += [_mark("hedge", part.id, hit, remark) for hit in found[part.id]]
        yield from sorted(marks, key=lambda each: (each.start, each.end))


def _about_part(frame: ScaffoldFrame, part: Part, text: str, *, transcript: bool) -> Iterator[Signal]:
    """The remarks on a part as a whole."""
    count = words.count(text)
    if count < EMPTY_BELOW and len(frame.parts) > 1:  # what is left out is one of several
        yield _whole("empty_part", part, f"{part.name} {describe_empty(count)}. {part.hint}")
    elif part.id == frame.result and not has_figure(text):
        yield _whole("no_figure", part, "No figure with a unit here: how would a listener check it?")
    if part.id == frame.action:
        we, own = count_we_and_i(text)
        if we > own:
            yield _whole("we_and_i", part, f"{we} we, {own} I: which step was yours?")
    fillers = Counter(" ".join(hit.lower().split()) for hit in _FILLERS.findall(text)) if transcript else None
    if fillers:
        listed = ", ".join(f"{filler} {times}" for filler, times in fillers.most_common())
        yield _whole("fillers", part, f"{fillers.total()} fillers: {listed}.")


def describe_empty(count: int) -> str:
    """What to say of a part with that few words."""
    return "is empty" if count == 0 else f"has {count} word{'s' if count > 1 else ''}"


def _balance(part: Part, count: int, total: int) -> Balance:
    return Balance(part.id, part.name, count, 100 * count / total if total else 0.0, part.share)


def _whole(kind: Kind, part: Part, remark: str) -> Signal:
    return Signal(kind, part.id, 0, 0, "", remark)


def _mark(kind: Kind, part: str, hit: re.Match[str], remark: str) -> Signal:
    return Signal(kind, part, hit.start(), hit.end(), hit.group(), remark)


def _proves(text: str, spans: list[tuple[int, int]]) -> Iterator[bool]:
    """For each word, whether it is a figure, a name, or opens or closes a quotation."""
    behind = 0
    for start, end in spans:
        word = text[start:end]
        opens = behind == 0 or text[behind - 1] in ".!?:" or "\n" in text[behind:start]
        bare = re.sub(r"^\W+|\W+$", "", word)
        name = bare[:1].isupper() and not opens and not _I.fullmatch(bare)
        figure = any(map(str.isdigit, word)) or bare.lower() in phrases.NUMBER_WORDS
        yield bool(name or figure or _QUOTE.search(word))
        behind = end


def _is_touched(point: str, said: set[str]) -> bool:
    stems = set(content_words(point))
    met = len(stems & said)
    return met >= min(2, len(stems)) and met >= TOUCHED_FROM * len(stems) > 0
