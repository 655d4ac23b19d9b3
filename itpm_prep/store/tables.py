"""The tables of the record, as they stand after the newest migration.

Attempts, replies, ratings, criterion scores, calibrations and keyed marks are append-only: triggers
(see ``migrations``) refuse to change or delete their rows. Interviews, drafts, preferences and
documents are replaced in place.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


def repair(text: str) -> str:
    """The text with every half of a broken surrogate pair replaced by U+FFFD.

    A browser sends such halves when an emoji is cut in two. They are no characters, and neither
    SQLite nor UTF-8 can hold them; two halves that belong together are joined.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware on the way in (SQLAlchemy's ``StatementError`` if not), aware UTC on the way out.

    SQLite keeps no time zone, so what is stored is UTC, and it sorts as text.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Aware to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value} must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Naive from SQLite, aware from PostgreSQL; always aware UTC to the caller."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """What a person typed: any text, broken surrogates repaired."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """See ``repair``."""
        return None if value is None else repair(value)


class Json(TypeDecorator[Any]):
    """Texts in a dict or a tuple, kept as JSON and read back as ``kind``."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002 (SQLAlchemy's signature)
        """To JSON; ``json`` because it passes broken surrogates on to ``repair``."""
        return repair(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 (SQLAlchemy's signature)
        """From JSON, checked against the kind."""
        return msgspec.json.decode(value, type=self.kind)


metadata = MetaData()

migration = Table(
    "migration",
    metadata,
    Column("name", String, primary_key=True),
    Column("applied_at", UtcTime, nullable=False),
)

# The state is JSON; the other columns are what is searched by, or changed without reading the state.
# ``holder`` is null when nobody holds the interview. ``ended`` here outranks ``ended`` in the state.
interview = Table(
    "interview",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("holder", String),
    Column("seen_at", UtcTime, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("touched_at", UtcTime, nullable=False),
    Column("ended", Boolean, nullable=False),
    Index("interview_by_touch", "ended", "touched_at"),
)

# ``seq`` is the order of arrival. An attempt from a bundle may belong to an interview held elsewhere.
attempt = Table(
    "attempt",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("interview_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("question_version", Integer, nullable=False),
    Column("bank_hash", String, nullable=False),
    Column("category", String, nullable=False),
    Column("level", String, nullable=False),
    Column("specialisation", String, nullable=False),
    Column("competency", String, nullable=False),
    Column("scaffold", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("parts", Json(dict[str, str]), nullable=False),
    Column("figures", Json(dict[str, str]), nullable=False),
    Column("notes", Words, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("submitted_at", UtcTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("retry_of", String),
    Column("retry_part", String),
    Column("take", Integer, nullable=False),
    Column("preset", Words, nullable=False),
    Column("kit", Words, nullable=False),
    Index("attempt_by_interview", "interview_id"),
    Index("attempt_by_question", "question_id", "submitted_at"),
    Index("attempt_by_time", "submitted_at"),
)

reply = Table(
    "reply",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("attempt_id", String, ForeignKey("attempt.id"), nullable=False),
    Column("probe_id", String, nullable=False),
    Column("ask", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("replied_at", UtcTime, nullable=False),
    Index("reply_by_attempt", "attempt_id"),
    Index("reply_by_time", "replied_at"),
)

rating = Table(
    "rating",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("attempt_id", String, ForeignKey("attempt.id"), nullable=False),
    Column("rater", String, nullable=False),
    Column("red_flags", Json(tuple[str, ...]), nullable=False),
    Column("q", Float, nullable=False),
    Column("rated_at", UtcTime, nullable=False),
    Column("comment", Words, nullable=False),
    Index("rating_by_attempt", "attempt_id"),
    Index("rating_by_time", "rated_at"),
)

# By far the longest table: it points at its rating by a small number, and its key holds its rows together.
criterion_score = Table(
    "criterion_score",
    metadata,
    Column("rating_seq", Integer, ForeignKey("rating.seq"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("criterion", String, nullable=False),
    Column("chosen", Integer, nullable=False),
    Column("evidence", Words, nullable=False),
    Column("cap", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("comment", Words, nullable=False),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("interview_id", String, ForeignKey("interview.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("box", String, primary_key=True),
    Column("text", Words, nullable=False),
)

preference = Table(
    "preference",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Words, nullable=False),
)

# What the learner keeps and changes: stories, targets, plans. ``seq`` is the order of first keeping.
document = Table(
    "document",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    UniqueConstraint("kind", "id"),
)

calibration = Table(
    "calibration",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("rated_at", UtcTime, nullable=False),
    Index("calibration_by_time", "rated_at"),
)

keyed_mark = Table(
    "keyed_mark",
    metadata,
    Column("calibration_seq", Integer, ForeignKey("calibration.seq"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("question_id", String, nullable=False),
    Column("question_version", Integer, nullable=False),
    Column("label", String, nullable=False),
    Column("criterion", String, nullable=False),
    Column("chosen", Integer, nullable=False),
    Column("key", Integer, nullable=False),
    sqlite_with_rowid=False,
)

APPEND_ONLY = ("attempt", "reply", "rating", "criterion_score", "calibration", "keyed_mark")
