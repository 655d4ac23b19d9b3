"""What was counted in one answer, so that an instructor can see it without reading the answer.

The learner's own machine counts when a bundle is made, in the words as they were typed: what is blacked
out afterwards is counted all the same. Like all signals, none of it enters a score.
"""

from __future__ import annotations

from msgspec import Struct

from itpm_prep.bank.types import Question
from itpm_prep.practice import signals, words
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.records import Attempt
from itpm_prep.practice.scaffolds import frame_of


class Measures(Struct, frozen=True, kw_only=True):
    """The counts of one attempt.

    ``parts`` maps every part of the scaffold to its words and ``empty_parts`` counts those under 8 words.
    ``hedges`` counts each one; ``vague_claims`` those with no figure, name or quotation near them;
    ``long_sentences`` those over 35 words. ``says_i`` and ``says_we`` are counted in the part that tells
    what was done, 0 where the scaffold has none. ``result_figure`` is whether a figure with a unit stands
    in the part that tells what came of it. ``points`` of the question's strong points were there to be
    touched, ``touched`` of them were. ``figures_right`` of ``figures_asked`` were right.

    What needs the question is None where the bank has no such version of it, ``result_figure`` where the
    scaffold has no such part.
    """

    attempt_id: str
    words: int
    parts: dict[str, int]
    empty_parts: int
    hedges: int
    vague_claims: int
    long_sentences: int
    says_i: int
    says_we: int
    result_figure: bool | None = None
    points: int | None = None
    touched: int | None = None
    figures_right: int | None = None
    figures_asked: int | None = None


def measure(attempt: Attempt, question: Question | None) -> Measures:
    """Count in an attempt; ``question`` is the one it answers as the bank has it now, None if it has not."""
    frame = frame_of(attempt.scaffold)
    texts = {part.id: attempt.parts.get(part.id, "") for part in frame.parts}
    counts = {part: words.count(text) for part, text in texts.items()}
    we, own = signals.count_we_and_i(texts[frame.action]) if frame.action else (0, 0)
    known = question if question and question.version == attempt.question_version else None
    figures = judge_all(known, attempt.figures) if known else ()
    return Measures(
        attempt_id=attempt.id,
        words=sum(map(words.count, attempt.parts.values())),
        parts=counts,
        empty_parts=sum(count < signals.EMPTY_BELOW for count in counts.values()),
        hedges=sum(len(signals.hedges(text)) for text in texts.values()),
        vague_claims=sum(len(signals.vague_claims(part, text)) for part, text in texts.items()),
        long_sentences=sum(len(signals.long_sentences(part, text)) for part, text in texts.items()),
        says_i=own,
        says_we=we,
        result_figure=signals.has_figure(texts[frame.result]) if frame.result else None,
        points=len(known.strong_points) if known else None,
        touched=len(signals.touched(known.strong_points, texts)) if known else None,
        figures_right=sum(figure.verdict == "right" for figure in figures) if known else None,
        figures_asked=len(figures) if known else None,
    )
