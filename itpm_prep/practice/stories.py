"""Stories written once, and what can be said of them: gaps, near-duplicates, and how one fits a question.

A fit is a sum of points that are all shown: tags that agree and words that both hold. Nothing is
guessed from the text, so a story without tags fits by its words alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.text import content_words, stem, tokens
from itpm_prep.bank.types import COMPETENCIES, LEVELS, Competency, Level, Question, Specialisation
from itpm_prep.bank.words import ASKING, STOP
from itpm_prep.practice.scaffolds import IN_ONE, WHOLE, frame_of

KIND = "story"  # of the documents in the record
PARTS = ("situation", "task", "action", "result", "learning")
ALIKE_AT = 0.6  # share of words in common (Jaccard) from which two stories look like one told twice
FEWEST_WORDS = 8  # below that too little stands there to call it a duplicate

# The points of a fit; they add up to 100 at most.
MAIN, OTHER, SAME_LEVEL, NEXT_LEVEL, SAME_FIELD, GENERAL_FIELD = 35, 10, 10, 5, 10, 5
WORD, MOST_WORDS = 2, 10
ENOUGH_WORDS = 3  # fewer of them are chance when no competency agrees
# Words of nearly every question and story, which say nothing about the match.
_PLAIN = """project projects time team work people first new ask asks asked line day days week weeks month
    months one two three four five six seven eight nine ten"""
_COMMON = STOP | ASKING | set(_PLAIN.split())


class Story(Struct, frozen=True, kw_only=True):
    """One story of the learner's own; ``last_used`` is an ISO date, empty when it never was used."""

    id: str
    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learning: str = ""
    competencies: tuple[Competency, ...] = ()
    level: Level = "mid"
    specialisation: Specialisation = "general"
    people: str = ""
    figures: str = ""
    strength: Annotated[int, Meta(ge=1, le=5)] = 3
    last_used: str = ""

    @property
    def told(self) -> str:
        """All STAR parts in one text."""
        return "\n".join(part for part in (getattr(self, name).strip() for name in PARTS) if part)

    @property
    def name(self) -> str:
        """The title, or the first words of a story that has none yet."""
        if self.title.strip():
            return " ".join(self.title.split())[:100]
        return " ".join(self.told.split()[:8]) or "A story without text"


def encode(story: Story) -> str:
    """The story as JSON."""
    return msgspec.json.encode(story).decode()


def decode(documents: Mapping[str, str]) -> tuple[list[Story], list[str]]:
    """The stories of stored documents, and the ids of those that cannot be read."""
    stories, unread = [], []
    for key, text in documents.items():
        try:
            stories.append(msgspec.json.decode(text, type=Story))
        except msgspec.MsgspecError:
            unread.append(key)
    return stories, unread


def usable(stories: Iterable[Story]) -> list[Story]:
    """The stories that have text: an empty one can neither fit nor be told."""
    return [story for story in stories if story.told]


# Gaps -------------------------------------------------------------------------------------------------


def count_tags(stories: Iterable[Story]) -> Counter[tuple[Competency, Level]]:
    """How many stories with text there are by competency and level; what is missing counts 0."""
    return Counter((tag, story.level) for story in usable(stories) for tag in story.competencies)


def gaps(stories: Iterable[Story]) -> list[tuple[Competency, Level]]:
    """The competencies and levels without a story, in the order of the lists."""
    counts = count_tags(stories)
    return [(tag, level) for tag in COMPETENCIES for level in LEVELS if not counts[tag, level]]


# Near-duplicates ----------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """A story with text, and the stems of its content words."""

    story: Story
    words: frozenset[str]


def read_words(stories: Iterable[Story]) -> list[Told]:
    """The stories that have text, ready to be compared and fitted."""
    return [Told(story, frozenset(content_words(f"{story.title} {story.told}"))) for story in usable(stories)]


class Alike(Struct, frozen=True):
    """A story, an earlier one that it looks like, and the share of words they have in common."""

    story: Story
    earlier: Story
    share: float


def find_alike(known: Sequence[Told]) -> list[Alike]:
    """For each story the first earlier one that shares 60 % of the words or more, if there is one.

    Every pair is looked at, which takes some seconds for 5,000 stories.
    """
    places: dict[str, int] = {}
    seen: list[tuple[Told, int, int]] = []
    found = []
    for told in known:
        size = len(told.words)
        if size < FEWEST_WORDS:
            continue
        # The words as bits of one number: to count those in common takes two operations.
        bits = sum(1 << places.setdefault(word, len(places)) for word in told.words)
        for other, count, theirs in seen:
            shared = (bits & theirs).bit_count()
            if shared >= ALIKE_AT * (size + count - shared):
                found.append(Alike(told.story, other.story, shared / (size + count - shared)))
                break
        seen.append((told, size, bits))
    return found


# Fit ----------------------------------------------------------------------------------------------------


class Asked(Struct, frozen=True):
    """What a question looks for in a story; ``words`` maps stems to the words as they stand there."""

    id: str
    title: str
    competencies: tuple[Competency, ...]
    levels: tuple[Level, ...]
    specialisation: Specialisation
    words: dict[str, str]
    stems: frozenset[str]


def asked(question: Question) -> Asked:
    """What this question looks for."""
    text = " ".join([question.title, question.stem, *question.strong_points])
    words = {stem(word): word for word in tokens(text) if word not in _COMMON}
    return Asked(
        question.id,
        question.title,
        question.competencies,
        (question.level, *question.level_also),
        question.specialisation,
        words,
        frozenset(words),
    )


class Fit(Struct, frozen=True):
    """How well a story fits a question, 0 to 100 points, and the grounds for it."""

    story: Story
    competencies: tuple[Competency, ...] = ()
    main: bool = False
    level: int = 0
    field: int = 0
    words: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """The points; 0 when no competency agrees and fewer than three words do."""
        if not self.competencies and len(self.words) < ENOUGH_WORDS:
            return 0
        tags = MAIN * self.main + OTHER * (len(self.competencies) - self.main)
        return tags + self.level + self.field + self._for_words + self.story.strength

    @property
    def _for_words(self) -> int:
        return WORD * min(len(self.words), MOST_WORDS)

    @property
    def reasons(self) -> list[str]:
        """Each ground with its points, in words."""
        if not self.score:
            return []
        tags = [
            f"{COMPETENCY_NAMES[tag]}{', the main competency' if main else ''} ({MAIN if main else OTHER})"
            for tag, main in ((tag, self.main and at == 0) for at, tag in enumerate(self.competencies))
        ]
        level = "same level" if self.level == SAME_LEVEL else "next level"
        field = SPECIALISATION_NAMES[self.story.specialisation]
        grounds = [
            (self.level, f"{level}, {self.story.level.capitalize()}"),
            (self.field, f"specialisation {field}"),
            (self._for_words, f"words: {', '.join(self.words[:MOST_WORDS])}"),
            (self.story.strength, "strength"),
        ]
        return tags + [f"{words} ({points})" for points, words in grounds if points]


def fit(told: Told, question: Asked) -> Fit:
    """How well a story fits a question."""
    story = told.story
    matched = tuple(tag for tag in question.competencies if tag in story.competencies)
    own = LEVELS.index(story.level)
    steps = min(abs(LEVELS.index(level) - own) for level in question.levels)
    return Fit(
        story,
        competencies=matched,
        main=question.competencies[0] in matched,
        level={0: SAME_LEVEL, 1: NEXT_LEVEL}.get(steps, 0),
        field=_field(story.specialisation, question.specialisation),
        words=tuple(sorted(question.words[key] for key in question.stems & told.words)),
    )


def _field(of_story: Specialisation, of_question: Specialisation) -> int:
    if of_story == of_question:
        return SAME_FIELD
    return GENERAL_FIELD if "general" in (of_story, of_question) else 0


def best_fits(known: Iterable[Told], question: Asked) -> list[Fit]:
    """The stories that fit a question at all, best first; of two alike the one used longest ago."""
    scored = [(each.score, each) for each in (fit(told, question) for told in known)]
    scored.sort(key=lambda one: (-one[0], one[1].story.last_used, one[1].story.id))
    return [each for score, each in scored if score]


# Use as a draft -----------------------------------------------------------------------------------------


def draft_parts(story: Story, question: Question) -> dict[str, str]:
    """Which text of the story goes into which part of the question's scaffold, as a draft.

    A STAR-L answer takes the parts as they are. Another frame takes what was done and what came of
    it where it asks for them, and the beginning in its first part; an example takes the whole story,
    and so does one box.
    """
    frame = frame_of(question.scaffold)
    if frame.id == "star_l":
        draft = {name: getattr(story, name) for name in PARTS}
    elif frame.id == WHOLE:
        draft = {IN_ONE.id: story.told}
    elif frame.id == "prep":
        draft = {"example": story.told}
    else:
        draft = {frame.parts[0].id: "\n".join(filter(None, (story.situation.strip(), story.task.strip())))}
        draft |= {frame.action: story.action} if frame.action else {}
        draft |= {frame.result: story.result} if frame.result else {}
    return {part: text for part, text in draft.items() if text.strip()}


def is_told(story: Story, answers: Iterable[str]) -> bool:
    """Whether one of the answers holds what was done in the story, word for word."""
    action = story.action.strip()
    return bool(action) and any(action in answer for answer in answers)
