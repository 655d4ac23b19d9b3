"""The learner's stories as they are stored, read anew only where something changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from itpm_prep.practice.stories import KIND, Story, Told, decode, encode, read_words
from itpm_prep.store.record import Record


class Shelf:
    """Reads and keeps stories; what could not be stored is stored with the next change."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._read: dict[str, Told] = {}
        self._unsaved: dict[str, dict[str, Any]] = {}  # by story and field

    def load(self) -> tuple[list[Story], int]:
        """All stories by name, and how many documents cannot be read (they are left as they are)."""
        stories, unread = decode(self._record.documents(KIND))
        return sorted(stories, key=lambda story: (story.name.casefold(), story.id)), len(unread)

    def story(self, story_id: str) -> Story | None:
        """One story."""
        text = self._record.documents(KIND).get(story_id)
        return next(iter(decode({story_id: text})[0]), None) if text else None

    def told(self, stories: list[Story]) -> list[Told]:
        """Those of the stories that have text, with their words."""
        kept = self._read
        fresh = [one for one in stories if one.id not in kept or kept[one.id].story != one]
        kept.update({one.story.id: one for one in read_words(fresh)})
        return [kept[one.id] for one in stories if one.told]

    def change(self, shown: Story, changes: Mapping[str, Any], now: datetime) -> Story:
        """Keep changes to a story; what another tab wrote elsewhere in it stays.

        ``shown`` is the story as the screen has it: it is stored when the record has none of that id.
        Raises ``NotSaved``.
        """
        waiting = self._unsaved.setdefault(shown.id, {})
        waiting.update(changes)
        stored = self.story(shown.id)
        story = replace(stored or shown, **waiting)
        if stored or story != Story(id=story.id):  # an untouched one is not worth keeping
            self._record.keep_document(KIND, story.id, encode(story), now)
        self._unsaved.pop(shown.id)
        return story

    def drop(self, story_id: str) -> None:
        """Delete a story."""
        self._record.drop_document(KIND, story_id)
        self._unsaved.pop(story_id, None)
