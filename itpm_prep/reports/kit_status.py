"""Who has done which kit: the frame behind the cohort's kits and the gradebook.

The rules are those of ``practice.kits.standing_of``, worked out for a whole class at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from itpm_prep.practice.kits import Kit
from itpm_prep.reports.column import TIME, read

KITS = read("""
learner_id str one learner
kit_id str one kit
title str the kit's title
due_at time the last moment that is in time; missing when there is none
questions int questions of the kit
answered int of them answered; retries left out, of several takes the last one counts
skipped int of them passed over and not answered since
state str done; late: done after the due date; missing: due and not done; open: neither due nor done
finished_at time when the last question was answered, by the learner's own clock; missing unless all are
""")
_PLACE = ["learner_id", "kit_id"]
_TEXTS = ["learner_id", "interview_id", "question_id", "kit", "outcome"]


def kit_status(
    attempts: pd.DataFrame, learners: Sequence[str], kits: Sequence[Kit], now: datetime
) -> pd.DataFrame:
    """One row per learner and kit, in the order given; columns and dtypes as in ``KITS``.

    ``attempts`` needs learner_id, interview_id, question_id, outcome, retry_of (missing or empty: none),
    take, kit and submitted_at.
    """
    pairs = [(kit.id, one.id) for kit in kits for one in kit.questions]
    asked = pd.DataFrame(pairs, columns=["kit_id", "question_id"], dtype="str")
    about = pd.DataFrame(
        {
            "kit_id": pd.Series([kit.id for kit in kits], dtype="str"),
            "title": pd.Series([kit.title for kit in kits], dtype="str"),
            "due_at": pd.Series([kit.due_at for kit in kits], dtype=TIME),
            "questions": pd.Series([len(kit.questions) for kit in kits], dtype="int64"),
        }
    )
    rows = pd.DataFrame({"learner_id": pd.Series(list(learners), dtype="str")}).merge(about, how="cross")
    rows = rows.join(_counted(attempts, asked), on=_PLACE)
    rows["answered"] = rows["answered"].fillna(0).astype("int64")
    rows["skipped"] = rows["met"].fillna(0).astype("int64") - rows["answered"]
    rows["finished_at"] = rows["latest_at"].where(rows["answered"] == rows["questions"])
    rows["state"] = _states(rows, now)
    return rows[list(KITS)].astype({name: column.dtype for name, column in KITS.items()})


def _counted(attempts: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """By learner and kit: questions met and answered, and when the last of them was first answered."""
    retry_of = attempts["retry_of"]
    first = attempts[attempts["kit"].isin(asked["kit_id"]) & (retry_of.isna() | (retry_of == ""))]
    first = first[[*_TEXTS, "take", "submitted_at"]].astype(dict.fromkeys(_TEXTS, "str"))  # once few are left
    mine = first.rename(columns={"kit": "kit_id"}).merge(asked, on=["kit_id", "question_id"])
    mine["answered"] = mine["outcome"] == "answered"
    takes = mine.sort_values(["take", "submitted_at", "answered"], kind="stable")
    last = takes.drop_duplicates([*_PLACE, "interview_id", "question_id"], keep="last")
    answers = last[last["answered"]].groupby([*_PLACE, "question_id"], observed=True)["submitted_at"].min()
    done = answers.groupby(level=_PLACE, observed=True).agg(["size", "max"])
    met = last.groupby(_PLACE, observed=True)["question_id"].nunique()
    return done.rename(columns={"size": "answered", "max": "latest_at"}).join(met.rename("met"), how="outer")


def _states(rows: pd.DataFrame, now: datetime) -> pd.Series:
    due, finished_at = rows["due_at"], rows["finished_at"]
    states = pd.Series("open", index=rows.index, dtype="str")
    states[due < now] = "missing"  # a missing date is never less
    states[finished_at.notna()] = "done"
    states[finished_at > due] = "late"
    return states
