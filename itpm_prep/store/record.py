"""The interface of the record: all the apps know about how practice is kept.

The local SQLite file (``store.local``) is one implementation; a remote record for classes will be
another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from itpm_prep.practice.records import Attempt, Calibration, Fact, Interview, Rating, Reply


class Holder(Struct, frozen=True):
    """The browser tab that holds an interview, and when it was last heard of."""

    tab: str
    seen_at: datetime


class Record(Protocol):
    """Append-only facts and calibrations, the interviews under way, drafts, settings and documents.

    Every writing method is one transaction and raises ``NotSaved`` when nothing could be written,
    and ``TakenOver`` when ``tab`` does not hold the interview.
    """

    def begin(self, interview: Interview, tab: str, now: datetime) -> None:
        """Store a new interview, held by ``tab``; any other unfinished interview is ended."""

    def advance(self, interview: Interview, facts: Sequence[Fact], tab: str, now: datetime) -> None:
        """Replace the state of an interview and append its facts, together."""

    def rehearse(self) -> None:
        """Prepare ``advance``, so that the first facts are stored as quickly as later ones; keeps nothing."""

    def unfinished(self) -> Interview | None:
        """The interview that was touched last and has not ended."""

    def interview(self, interview_id: str) -> Interview | None:
        """One interview in its last state."""

    def holder(self, interview_id: str) -> Holder | None:
        """Who holds an interview."""

    def hold(self, interview_id: str, tab: str, now: datetime) -> None:
        """Make ``tab`` the holder, whoever held it before."""

    def alive(self, interview: Interview, tab: str, now: datetime) -> None:
        """Keep the hold of ``tab`` fresh and store the clock of ``interview``."""

    def save_draft(self, interview_id: str, position: int, box: str, text: str, tab: str) -> None:
        """Store what stands in one box (``notes``, ``part:action``, ``figure:cpi``, ``probe:p1`` ...)."""

    def drafts(self, interview_id: str, position: int) -> dict[str, str]:
        """Box to text, for one turn."""

    def attempts(self) -> list[Attempt]:
        """All attempts, oldest first."""

    def replies(self) -> list[Reply]:
        """All replies to probes, oldest first."""

    def ratings(self) -> list[Rating]:
        """All ratings, oldest first."""

    def facts_of(self, interview_id: str) -> list[Fact]:
        """The attempts, replies and ratings of one interview, oldest first within each kind."""

    def last_seen(self) -> dict[str, datetime]:
        """Question id to the time of its latest attempt, skipped ones included."""

    def preference(self, name: str) -> str | None:
        """A setting of the learner, such as ``interview_date``."""

    def prefer(self, name: str, value: str) -> None:
        """Store a setting of the learner."""

    def documents(self, kind: str) -> dict[str, str]:
        """Id to JSON text of every document of a kind (``story``, ``plan`` ...), first kept first."""

    def keep_document(self, kind: str, document_id: str, text: str, now: datetime) -> None:
        """Store a document of at most 1 MB, in the place of the one of that kind and id."""

    def drop_document(self, kind: str, document_id: str) -> None:
        """Delete a document for good; one that is not there is no fault."""

    def calibrate(self, calibration: Calibration) -> None:
        """Append a calibration; one that is kept already is ``NotSaved``."""

    def calibrations(self) -> list[Calibration]:
        """All calibrations, oldest first."""
