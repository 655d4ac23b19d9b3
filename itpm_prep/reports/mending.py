"""Which anchor to mend, and why: rules for the scores given on one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.joined import Numbers, Rows
from itpm_prep.reports.model.constants import STRONG

LEAST = 10
"""Scores below which nothing is said of an anchor: nobody above 3 among five is chance."""
LEAST_KAPPA = 0.6
"""Under it two reviewers read an anchor differently."""
NARROW = 0.4
"""Standard deviation under which hardly anybody was told apart: 85 % of the scores are the same."""
SKIPS = 0.25
"""Share of skips from which a question is doubted."""
ANCHORS = range(2, 6)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an anchor; the first fault in ``FAULTS`` that is found is told.

    ``words`` says when it is found, ``found`` tells it of each row, ``anchor`` which one to mend, and
    ``reason`` gives the words for a row.
    """

    id: str
    words: str
    found: Callable[[pd.DataFrame], pd.Series[bool]]
    anchor: Callable[[pd.DataFrame], Any]
    reason: Callable[[Any], str]


FAULTS = (
    Fault(
        "disagree",
        f"Reviewers disagree: weighted kappa under {LEAST_KAPPA}. To mend: the anchor they part at most.",
        lambda rows: rows["kappa"] < LEAST_KAPPA,
        lambda rows: rows["reviewer_anchor"],
        lambda row: (
            f"Reviewers disagree (kappa {row.kappa:.2f}, n = {row.reviewer_pairs}), most often "
            f"whether anchor {row.anchor} is reached: say more clearly what is heard there."
        ),
    ),
    Fault(
        "ceiling",
        f"Nobody scores above 3, of {LEAST} answers or more. To mend: anchor 4.",
        lambda rows: (rows["scored"] >= LEAST) & (rows["above_3"] == 0),
        lambda _rows: 4,
        lambda row: f"None of {row.scored} answers is above 3: is anchor 4 within reach, is it asked for?",
    ),
    Fault(
        "floor",
        f"Nobody scores below 3, of {LEAST} answers or more. To mend: anchor 3.",
        lambda rows: (rows["scored"] >= LEAST) & (rows["below_3"] == 0),
        lambda _rows: 3,
        lambda row: f"None of {row.scored} answers is below 3: anchor 3 holds nobody back.",
    ),
    Fault(
        "gap",
        f"Own scores and reviewers' are more than {STRONG} apart, over {LEAST} pairs or more. To mend: the "
        "anchor they part at most often.",
        lambda rows: (rows["self_pairs"] >= LEAST) & (rows["gap"].abs() > STRONG),
        lambda rows: rows["parted"],
        lambda row: (
            f"Learners score themselves {abs(row.gap):.1f} {'above' if row.gap > 0 else 'below'} the "
            f"reviewers (n = {row.self_pairs}), most often at anchor {row.anchor}: they read it "
            "differently."
        ),
    ),
    Fault(
        "narrow",
        f"Scores hardly differ: standard deviation under {NARROW}, of {LEAST} answers or more. To mend: the "
        "anchor nearly all get.",
        lambda rows: (rows["scored"] >= LEAST) & (rows["sd_score"] < NARROW),
        lambda rows: rows["given"],
        lambda row: (
            f"{row.times} of {row.scored} answers get {row.anchor}: anchor {row.anchor} covers too much."
        ),
    ),
)
"""Every fault, the gravest first; the words are shown beside the list."""

_KEYS = ["question_id", "question_version"]
SKIPPED = f"{SKIPS:.0%} or more skip the question, of {LEAST} or more. To mend: how it is asked."


def mend_criteria(rows: pd.DataFrame) -> dict[str, Any]:
    """The columns fault, anchor and mend of ``item_criteria``."""
    told: dict[Any, tuple[str, Any, str]] = {}
    for fault in FAULTS:
        found = rows[fault.found(rows).fillna(value=False).to_numpy(bool) & ~rows.index.isin(told)]
        at = found.assign(anchor=fault.anchor(found))
        told |= {row.Index: (fault.id, row.anchor, fault.reason(row)) for row in rows_of(at)}
    columns = [told.get(index, ("", pd.NA, "")) for index in rows.index]
    fault_ids, anchors, words = zip(*columns, strict=True) if columns else ((), (), ())
    return {
        "fault": pd.array(fault_ids, dtype="str"),
        "anchor": pd.array(anchors, dtype="Int64"),
        "mend": pd.array(words, dtype="str"),
    }


def mend_items(items: pd.DataFrame, criteria: pd.DataFrame) -> dict[str, Any]:
    """The columns fault, criterion, anchor and mend of ``items``: the gravest fault of its criteria.

    Too many skips are told after it; they are of no anchor.
    """
    order = {fault.id: place for place, fault in enumerate(FAULTS)}
    both = pd.concat([_of_question(items, criteria), criteria[criteria["fault"] != ""]])
    ranked = both.sort_values("fault", key=lambda fault: fault.map(order), kind="stable")
    worst = items[_KEYS].merge(ranked.drop_duplicates(_KEYS), on=_KEYS, how="left")
    asked = items["answers"] + items["skipped"]
    skips = ((asked >= LEAST) & (items["skip_rate"] >= SKIPS)).to_numpy(bool)
    told = [_skips(row) if often else "" for row, often in zip(rows_of(items), skips, strict=True)]
    skipping = pd.Series(np.where(skips, "skips", ""), dtype="str")
    return {
        "fault": worst["fault"].fillna(skipping),
        "criterion": worst["criterion"],
        "anchor": worst["anchor"],
        "mend": worst["mend"].fillna("").str.cat(told, sep=" ").str.strip(),
    }


def _skips(row: Any) -> str:
    return f"Skipped {row.skipped} of {row.skipped + row.answers} times: is it clear what is asked?"


def _of_question(items: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Questions on which reviewers disagree over all, each with the criterion they differ on most."""
    apart = criteria.dropna(subset="reviewer_mae").sort_values("reviewer_mae", ascending=False, kind="stable")
    over_all = items.loc[items["kappa"] < LEAST_KAPPA, [*_KEYS, "kappa", "reviewer_pairs"]]
    found = over_all.merge(
        apart.drop_duplicates(_KEYS)[[*_KEYS, "criterion", "criterion_name", "reviewer_anchor"]], on=_KEYS
    )
    mend = [
        f"Reviewers disagree (kappa {row.kappa:.2f}, n = {row.reviewer_pairs}), most of all on "
        f"{row.criterion_name} and whether anchor {row.reviewer_anchor} is reached: say more clearly what is "
        "heard there."
        for row in rows_of(found)
    ]
    return found.rename(columns={"reviewer_anchor": "anchor"})[[*_KEYS, "criterion", "anchor"]].assign(
        fault="disagree", mend=pd.Series(mend, dtype="str", index=found.index)
    )


# Anchors ------------------------------------------------------------------------------------------


def most_crossed(pairs: pd.DataFrame, size: int) -> pd.Series[int]:
    """The anchor that most often one side reached and the other did not, for each ``cell``.

    Missing where both sides always agreed; the lowest of several.
    """
    cell = pairs["cell"].to_numpy(np.int64)
    low, high = (pairs[["own", "other"]].agg(side, axis=1).to_numpy() for side in ("min", "max"))
    crossed = np.stack(
        [np.bincount(cell[(low < anchor) & (high >= anchor)], minlength=size) for anchor in ANCHORS], axis=1
    )
    anchor = pd.Series(crossed.argmax(axis=1) + ANCHORS[0], dtype="Int64")
    return anchor.where(pd.Series(crossed.sum(axis=1) > 0))


def most_given(cell: Rows, score: Numbers, size: int) -> dict[str, Any]:
    """The score given most often in each cell, means of reviewers rounded, and how often it was."""
    given = np.bincount(cell * 6 + np.rint(score).astype(np.int64), minlength=size * 6).reshape(size, 6)
    return {"given": given.argmax(axis=1), "times": given.max(axis=1)}
