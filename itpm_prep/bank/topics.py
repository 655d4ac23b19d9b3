"""The topics of the role, as ``topics.csv`` lists them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from itpm_prep import settings

TOPICS_FILE = "topics.csv"
Use = Literal["question", "guidance", "profile"]


class Topic(Struct, frozen=True):
    """A topic: questions are to name it, guidance speaks of it, or it filters by profile."""

    id: str
    group: str
    name: str
    use: Use


class TopicsError(ValueError):
    """The list of topics cannot be read, and why."""


def read_topics(folder: Path | None = None) -> list[Topic]:
    """The topics of a bank (default: ``settings.bank_dir()``), in the order of its file.

    Raises ``TopicsError``.
    """
    path = (folder or settings.bank_dir()) / TOPICS_FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            topics = [Topic(r["id"], r["group"], r["topic"], r["use"]) for r in csv.DictReader(file)]  # type: ignore[arg-type] # looked at below
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise TopicsError(f"not readable ({type(error).__name__})") from error
    if odd := next((topic for topic in topics if topic.use not in get_args(Use)), None):
        raise TopicsError(
            f"a list in which the use of {odd.id} is {odd.use!r}, not one of {', '.join(get_args(Use))}"
        )
    return topics
