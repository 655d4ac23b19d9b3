"""Which questions, and which of their anchors, do not tell answers apart as they should.

A question has other anchors in every version, so each version is an item of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.reports.answers import named, titles
from itpm_prep.reports.calibration import pairs_of
from itpm_prep.reports.columns import FRAMES, shape
from itpm_prep.reports.joined import Joined, Numbers, Rows, codes, number
from itpm_prep.reports.mending import mend_criteria, mend_items, most_crossed, most_given
from itpm_prep.reports.model.agreement import agree, pair_reviewers
from itpm_prep.reports.summary import criterion_means, different

_SAME = ["question_id", "question_version", "category", "level", "specialisation", "competency"]


def item_criteria_frame(joined: Joined, attempts: pd.DataFrame) -> pd.DataFrame:
    """One row per item and criterion scored, with the anchor to mend."""
    item, example = _items(attempts)
    width = len(joined.criteria)
    attempt, criterion, score = criterion_means(joined)
    first = joined.counts[attempt]
    cell, score = (item[attempt] * width + criterion)[first], score[first]
    size = len(example) * width
    own, reviewers = pairs_of(joined), _reviewer_pairs(joined)
    for pairs in (own, reviewers):
        pairs["cell"] = item[pairs["attempt"]] * width + pairs["criterion"]
    found = pd.DataFrame(
        {
            **_spread(cell, score, size, "score"),
            **_gap(own["cell"].to_numpy(), (own["own"] - own["other"]).to_numpy(), size),
            **_agreed(reviewers, "cell", size),
            "apart_2": _count(
                reviewers.loc[(reviewers["own"] - reviewers["other"]).abs() >= 2, "cell"], size
            ),
            "parted": most_crossed(own, size),
            "reviewer_anchor": most_crossed(reviewers, size),
            **most_given(cell, score, size),
        }
    )
    met = np.flatnonzero(found[["scored", "self_pairs", "reviewer_pairs"]].sum(axis=1))
    found = found.take(met).reset_index(drop=True).assign(**_called(joined, attempts, example, met))
    return shape(found.assign(**mend_criteria(found)), FRAMES["item_criteria"])


def _called(joined: Joined, attempts: pd.DataFrame, example: Rows, cells: Rows) -> dict[str, Any]:
    """Question, version and criterion of each cell."""
    width, criteria = len(joined.criteria), pd.Series(joined.criteria, dtype="str")
    of_item = attempts[["question_id", "question_version"]].take(example[cells // width])
    criterion = criteria.take(cells % width)
    return {
        "question_id": of_item["question_id"].array,
        "question_version": of_item["question_version"].array,
        "criterion": criterion.array,
        "criterion_name": criterion.map(lambda id_: CRITERION_NAMES.get(id_, id_)).array,
    }


def items_frame(
    joined: Joined, attempts: pd.DataFrame, criteria: pd.DataFrame, bank: Bank | None
) -> pd.DataFrame:
    """One row per item, with the first of its anchors to mend; ``criteria`` is ``item_criteria``."""
    item, example = _items(attempts)
    size = len(example)
    first = joined.counts
    skipped = first & (attempts["outcome"] == "skipped").to_numpy(bool)
    q = attempts["q"].to_numpy(np.float64)
    scored = first & ~np.isnan(q)
    gap = (attempts["self_q"] - attempts["reviewer_q"]).to_numpy(np.float64)
    paired = ~np.isnan(gap)
    asked, skips = _count(item[first], size), _count(item[skipped], size)
    reviewers = _reviewer_pairs(joined)
    reviewers["item"] = item[reviewers["attempt"]]
    found = attempts[_SAME].take(example).reset_index(drop=True)
    found = found.assign(
        title=named(found["question_id"], titles(bank), otherwise=""),
        learners=different(joined.learner[first], item[first], size),
        answers=asked - skips,
        skipped=skips,
        skip_rate=_ratio(skips, asked),
        **_spread(item[scored], q[scored], size, "q"),
        **_gap(item[paired], gap[paired], size),
        **_agreed(reviewers, "item", size),
    )
    return shape(found.assign(**mend_items(found, criteria)), FRAMES["items"])


def _items(attempts: pd.DataFrame) -> tuple[Rows, Rows]:
    """The item of each attempt, numbered by question and version; and one attempt of each item."""
    question, ids = codes(attempts["question_id"])
    version = attempts["question_version"].to_numpy(np.int64)
    _, example, met = np.unique(number(question, version), return_index=True, return_inverse=True)
    by_id = np.argsort(np.argsort(np.array(ids, dtype=object)))
    order = np.lexsort((version[example], by_id[question[example]]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[met], example[order]


def _reviewer_pairs(joined: Joined) -> pd.DataFrame:
    """The criterion scores of every two reviewers of an answer: attempt and criterion, own and other."""
    others = np.flatnonzero(~joined.by_self[joined.rating])
    rating = joined.rating[others]
    given = pd.DataFrame(
        {
            "learner_id": 0,  # the attempt's row tells them apart
            "attempt_id": joined.attempt[rating],
            "criterion": joined.criterion[others],
            "rater": joined.ratings["rater"].take(rating).array,
            "score": joined.scores["score"].to_numpy()[others],
        }
    )
    return pair_reviewers(given).rename(columns={"attempt_id": "attempt"})


def _spread(group: Rows, values: Numbers, size: int, name: str) -> dict[str, Any]:
    held = _count(group, size)
    mean = _ratio(np.bincount(group, values, minlength=size), held)
    apart = np.bincount(group, (values - mean[group]) ** 2, minlength=size)
    return {
        "scored": held,
        f"mean_{name}": mean,
        f"sd_{name}": np.sqrt(_ratio(apart, np.where(held > 1, held - 1, 0))),
        "above_3": _ratio(_count(group[values > 3], size), held),
        "below_3": _ratio(_count(group[values < 3], size), held),
    }


def _gap(group: Rows, gap: Numbers, size: int) -> dict[str, Any]:
    pairs = _count(group, size)
    return {"self_pairs": pairs, "gap": _ratio(np.bincount(group, gap, minlength=size), pairs)}


def _agreed(pairs: pd.DataFrame, by: str, size: int) -> dict[str, Any]:
    found = agree(pairs, [by]).set_index(by).reindex(range(size))
    return {
        "reviewer_pairs": found["n"].fillna(0).to_numpy(np.int64),
        "reviewer_mae": found["mae"].to_numpy(),
        "kappa": found["kappa"].to_numpy(),
    }


def _count(group: Any, size: int) -> Rows:
    return np.bincount(np.asarray(group, dtype=np.int64), minlength=size).astype(np.int64)


def _ratio(part: Any, whole: Any) -> Numbers:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0))
