"""A story of one's own as a draft answer: it fills the boxes that are still empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from itpm_prep.apps.mock_interview.stage import Stage
from itpm_prep.practice.records import Attempt
from itpm_prep.practice.stories import (
    KIND,
    asked,
    best_fits,
    decode,
    draft_parts,
    encode,
    is_told,
    read_words,
)
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.story_chooser import story_chooser

OFFERED = 10


def chooser_of(stage: Stage, fill: Callable[[Mapping[str, str]], None]) -> Sequence[Block]:
    """The stories that fit the question best; nothing where there are none. ``fill`` gets texts by box."""
    documents = stage.app.record.documents(KIND)
    if not documents:
        return ()  # most people have none yet: the next screen must not wait for them
    told = read_words(decode(documents)[0])
    fits = best_fits(told, asked(stage.question))[:OFFERED]
    stories = {one.story.id: one.story for one in fits}
    # Where few fit, the strongest of the others: the learner may see more in a story than its tags say.
    others = sorted((one.story for one in told), key=lambda story: (-story.strength, story.name))
    given = _given(stage)
    for story in others:
        if len(stories) < OFFERED:
            stories.setdefault(story.id, story)

    def use(story_id: str) -> None:
        story = stories[story_id]
        fill({f"part:{part}": text for part, text in draft_parts(story, stage.question).items()})
        now = stage.app.now()
        # Read again: it may have been written on in another tab since.
        stored = stage.app.record.documents(KIND).get(story_id)
        for latest in decode({story_id: stored})[0] if stored else ():
            used = replace(latest, last_used=now.astimezone().date().isoformat())
            stage.app.record.keep_document(KIND, story_id, encode(used), now)

    offered = {one.id: one.name for one in stories.values()}
    offered |= {one.story.id: f"{one.story.name} ({one.score} of 100)" for one in fits}
    # A panel compares notes: a story told to one of them is worth nothing to the next.
    gone = [one.id for one in stories.values() if is_told(one, given)]
    offered = {
        **{id_: label for id_, label in offered.items() if id_ not in gone},
        **{id_: f"{offered[id_]}: told already in this interview" for id_ in gone},
    }
    return story_chooser(offered, lambda story_id: stage.app.act(lambda: use(story_id))())


def _given(stage: Stage) -> list[str]:
    """The answers of this interview so far, part by part."""
    return [text for fact in stage.facts if isinstance(fact, Attempt) for text in fact.parts.values()]
