"""Words, sentences and reading level of English text, as the rules count them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from itpm_prep.bank.types import Question
from itpm_prep.bank.words import STOP

_TOKEN = re.compile(r"[a-z]+(?:['\u2019][a-z]+)*|\d+(?:[.,]\d+)*")
# A sentence ends at . ? or ! before a space and a capital, digit or quotation mark.
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\betc)[.?!]+[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z0-9])"
)


def count_words(text: str) -> int:
    """Pieces between spaces that hold a letter or a digit."""
    return sum(1 for piece in text.split() if any(map(str.isalnum, piece)))


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; a hyphen parts two words."""
    return _TOKEN.findall(text.lower())


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its end mark."""
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [part for start, end in pairwise(ends) if (part := text[start:end].strip())]


@cache
def stem(word: str) -> str:
    """The stem of a lower-case English word (Snowball)."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # Here and not above: it loads the stemmers of 37 languages, and most kernels need none.
    import snowballstemmer  # type: ignore[import-untyped]  # the package carries no types

    return snowballstemmer.stemmer("english")


def rehearse() -> None:
    """Load what the first reading of words needs, which takes longer than the reading."""
    content_words("rehearsed")


def content_words(text: str) -> list[str]:
    """The stems of the words that carry content, in order, with repeats."""
    return [stem(word) for word in tokens(text) if word not in STOP]


def overlap(one: set[str], other: set[str]) -> float:
    """Jaccard index of two sets, 0 to 1; two empty sets share nothing."""
    return len(one & other) / len(one | other) if one or other else 0.0


def syllables(word: str) -> int:
    """Syllables of an English word by its vowel groups; at least 1. A number counts 1."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    groups += len(re.findall(r"i[ao]|[aeiou]ing\b|[^q]ua|eo\b", word))
    groups -= len(re.findall(r"[cstg]i[ao]", word))  # -tion, -cial: one group, one sound
    silent = re.search(r"[^aeiouy]e$|[^aeiouytd]ed$|[^aeiouysxzhcg]es$", word)
    if silent and not re.search(r"[^aeiou]le[sd]?$", word):
        groups -= 1
    return max(groups, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975) of a text of one sentence or more."""
    words = [piece for piece in re.split(r"[\s/-]+", text) if any(map(str.isalnum, piece))]
    per_sentence = len(words) / max(len(sentences(text)), 1)
    per_word = sum(map(syllables, words)) / max(len(words), 1)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def spoken(question: Question) -> Iterator[tuple[str, str]]:
    """Key path and text of everything that the interviewer says or shows."""
    yield "title", question.title
    if question.context:
        yield "context", question.context
    for place, exhibit in enumerate(question.exhibits):
        cells = [cell for row in exhibit.rows for cell in row if isinstance(cell, str)]
        yield f"exhibits[{place}]", " ; ".join([exhibit.title, *exhibit.columns, *cells])
    for place, figure in enumerate(question.figures):
        yield f"figures[{place}].ask", figure.ask
    yield "stem", question.stem
    for place, probe in enumerate(question.probes):
        yield f"probes[{place}].ask", probe.ask


def prose(question: Question) -> Iterator[tuple[str, str]]:
    """Key path and text of everything a person reads, answers and anchors included."""
    yield from spoken(question)
    yield "intent", question.intent
    for place, point in enumerate(question.strong_points):
        yield f"strong_points[{place}]", point
    for place, flag in enumerate(question.red_flags):
        yield f"red_flags[{place}].text", flag.text
    for place, criterion in enumerate(question.criteria):
        for score in range(1, 6):
            yield f"criteria[{place}].anchors.{score}", criterion.anchors[score]
    for place, benchmark in enumerate(question.benchmarks):
        yield f"benchmarks[{place}].text", benchmark.text
