"""The frames of one learner of a class, with the words: what the page of a learner is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import pandas as pd
from msgspec import structs

from itpm_prep.problems import PersonError
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.texts import texts_frame
from itpm_prep.reports.words import names_of
from itpm_prep.store.cohort import Cohort

ID_AT_LEAST = 4
"""Characters of a learner id that may stand for the whole of it."""


def find_learner(listed: Sequence[tuple[str, str]], wanted: str) -> str:
    """Of learners with id and name, the id of the one called ``wanted``: id, its beginning, or name.

    Raises ``PersonError`` that names those who might be meant.
    """
    folded = wanted.strip().casefold()
    named = [key for key, name in listed if name.casefold() == folded]
    begun = [key for key, _ in listed if len(folded) >= ID_AT_LEAST and key.startswith(folded)]
    found = named or begun
    if len(found) == 1:
        return found[0]
    if not found:
        raise PersonError(f'Nobody in the class is called "{wanted}".')
    told = ", ".join(names_of(listed)[key] for key in found)
    raise PersonError(f"{len(found)} learners may be meant: {told}. Give the beginning of the id.")


def frames_of_learner(frames: Frames, cohort: Cohort, learner_id: str) -> Frames:
    """The frames of one learner of the class ``frames`` was made from, ``texts`` too."""
    source = frames.source
    own = {
        each.name: _of(getattr(source, each.name), learner_id)
        for each in fields(source)
        if each.name != "texts"
    }
    return replace(frames, source=replace(source, **own, texts=_texts(frames, cohort, learner_id)))


def _of(table: pd.DataFrame, learner_id: str) -> pd.DataFrame:
    own = table[table["learner_id"] == learner_id].reset_index(drop=True)
    coded = own.columns[[isinstance(dtype, pd.CategoricalDtype) for dtype in own.dtypes]]
    return own.astype(dict.fromkeys(coded, "str"))  # no trace of the others' ids among the categories


def _texts(frames: Frames, cohort: Cohort, learner_id: str) -> pd.DataFrame:
    ids = list(_of(frames.attempts, learner_id)["attempt_id"])
    read = (cohort.attempt(learner_id, one) for one in ids)
    # Notes were for the learner alone; a bundle made to move a record still holds them.
    attempts = [structs.replace(attempt, notes="") for attempt in read if attempt is not None]
    bank = frames.bank
    known = (
        {a.question_id: bank.question(a.question_id) for a in attempts if a.question_id in bank}
        if bank
        else {}
    )
    replies = [reply for one in ids for reply in cohort.replies(learner_id, one)]
    ratings = [rating for one in ids for rating in cohort.ratings(learner_id, one)]
    return texts_frame(learner_id, attempts, replies, ratings, known)
