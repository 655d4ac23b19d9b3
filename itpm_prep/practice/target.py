"""The post a person prepares for."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from itpm_prep.bank.types import Competency, Level, Specialisation
from itpm_prep.practice.records import Setup

TARGET = "current"  # the id of the document of kind "target"


class Target(msgspec.Struct, frozen=True):
    """Level, specialisation, and the weight (1-3) of each competency; one not named is not asked for."""

    level: Level
    specialisation: Specialisation = "general"
    competencies: dict[Competency, int] = {}


def read_target(documents: Mapping[str, str]) -> Target | None:
    """The target among the documents of kind "target"; None when there is none that can be read."""
    try:
        return msgspec.json.decode(documents.get(TARGET, ""), type=Target)
    except msgspec.MsgspecError:
        return None


def aimed(setup: Setup, target: Target | None) -> Setup:
    """The set-up with level and specialisation of the target."""
    if target is None:
        return setup
    return msgspec.structs.replace(setup, level=target.level, specialisation=target.specialisation)
