"""The remarks on an answer under way: each signal with its sentence, its reason, and a name to dismiss it by.

Never a score, and never a claim that the remark is right: what the learner dismisses stays dismissed
for that answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from itpm_prep.bank.types import Question
from itpm_prep.practice.evidence import Sentence, sentences
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.signals import Kind, Signal, find_signals

NAME_WORDS = 5  # a remark is known by so many words of what it marks, so that mending the rest keeps its name

# Kind: its name, and the one sentence that says why it is worth a look.
KINDS: dict[Kind, tuple[str, str]] = {
    "vague_claim": (
        "Vague claim",
        "A listener believes what can be checked: a figure, a name or a quotation near these words.",
    ),
    "no_figure": (
        "No figure",
        "An outcome with a figure and its unit can be checked, and one without it has to be believed.",
    ),
    "we_and_i": (
        "We and I",
        "Both are fine; the listener only has to hear which steps were yours.",
    ),
    "hedge": (
        "Hedges",
        "A few are honest; above two in a hundred words they hide what you do know.",
    ),
    "long_sentence": (
        "Long sentence",
        "Over 35 words are hard to follow by ear: two sentences say the same.",
    ),
    "fillers": (
        "Fillers",
        "Everybody has them; the count only shows whether they grow fewer from one try to the next.",
    ),
    "empty_part": (
        "Still to write",
        "A part left out is the first thing that an interviewer asks about.",
    ),
}


class Remark(Struct, frozen=True):
    """One signal as it is listed.

    ``key`` names it for dismissing. ``start`` and ``end`` are its place in the part, in code points,
    both 0 for a remark on the part as a whole; ``sentence`` is the one it stands in, else empty.
    """

    key: str
    kind: Kind
    name: str
    why: str
    part: str
    part_name: str
    start: int
    end: int
    sentence: str
    words: str


def remarks(
    question: Question,
    parts: Mapping[str, str],
    dismissed: AbstractSet[str] = frozenset(),
    *,
    transcript: bool = False,
) -> tuple[Remark, ...]:
    """The remarks not dismissed, kind by kind in the order of ``KINDS``, then in the order of the answer.

    An answer without a word has none. Fillers are counted in a transcript only.
    """
    if not any(text.strip() for text in parts.values()):
        return ()
    names = {part.id: part.name for part in frame_of(question.scaffold).parts}
    signals = find_signals(question, parts, transcript=transcript)
    order = list(KINDS)
    # The sort is stable, so that within a kind the order of the answer stays.
    found = sorted(signals, key=lambda signal: order.index(signal.kind))
    return tuple(
        Remark(
            key_of(signal),
            signal.kind,
            *KINDS[signal.kind],
            signal.part,
            names[signal.part],
            signal.start,
            signal.end,
            sentence,
            signal.remark,
        )
        for signal, sentence in _with_sentences(found, parts)
        if key_of(signal) not in dismissed
    )


def key_of(signal: Signal) -> str:
    """What a remark is dismissed by: its kind, its part, and the first words that it marks."""
    return ":".join([signal.kind, signal.part, *signal.text.lower().split()[:NAME_WORDS]])


def _with_sentences(found: list[Signal], parts: Mapping[str, str]) -> Iterator[tuple[Signal, str]]:
    """Each signal with the sentence that it begins in."""
    spans: dict[str, tuple[Sentence, ...]] = {}
    for signal in found:
        if not signal.text:
            yield signal, ""
            continue
        if signal.part not in spans:
            spans[signal.part] = sentences({signal.part: parts[signal.part]})
        at = signal.start
        holder = (each.text for each in spans[signal.part] if each.start <= at < each.end)
        yield signal, next(holder, signal.text)
