"""The marks of one answer by everybody who rated it, side by side, with what reviewers say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import Exhibit
from itpm_prep.practice.records import Mark, Rating
from itpm_prep.practice.review import SELF, Difference, by_rater, differences, mean_q
from itpm_prep.widgets import markup

WAITING = (
    "Reviewed by {names}. Score the answer yourself first; then the review stands here beside your scores."
)
NONE = "none"
YOU = "You"


def reviews_beside(ratings: Iterable[Rating], own: str = YOU) -> str:
    """The reviews of one answer beside the learner's own scores, as markup; "" where there is no review.

    ``ratings`` are those that may be seen (``practice.review.visible``); ``own`` is what the learner is
    called.
    """
    raters = by_rater(ratings)
    reviews = {name: one for name, one in raters.items() if name != SELF}
    if not reviews:
        return ""
    return (
        markup.text(f"Reviewed by {listed(list(reviews))}", "h2")
        + _table(raters, own)
        + "".join(_apart(one, own) for one in differences(reviews.values()))
        + "".join(_said(name, one) for name, one in reviews.items())
    )


def reviewers_of(ratings: Iterable[Rating]) -> list[str]:
    """The names of those who reviewed an answer."""
    return [name for name in by_rater(ratings) if name != SELF]


def kept_back(ratings: Iterable[Rating]) -> str:
    """That an answer was reviewed, where the marks may not be seen yet; "" where it was not."""
    names = reviewers_of(ratings)
    return markup.note(WAITING.format(names=listed(names))) if names else ""


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: "Ana", "Ana and Bo"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def difference_words(one: Difference) -> str:
    """Where two reviewers are far apart, in one sentence."""
    where = [CRITERION_NAMES.get(each, each) for each in one.criteria]
    apart = [f"by 2 or more on {listed(where)}"] if where else []
    if one.q:
        apart.append(f"by {one.q:.1f} in the score")
    return f"{listed(one.raters)} differ {listed(apart)}."


def _apart(one: Difference, own: str) -> str:
    advice = (
        "Ask what each of them heard there." if own == YOU else "Talk about what each of you heard there."
    )
    return markup.note(f"{difference_words(one)} {advice}", "warn")


def _table(ratings: Mapping[str, Rating], own: str) -> str:
    names = [own if name == SELF else name for name in ratings]
    scores = [{mark.criterion: mark.score for mark in one.marks} for one in ratings.values()]
    criteria = list(dict.fromkeys(criterion for each in scores for criterion in each))
    rows = [
        (CRITERION_NAMES.get(one, one), *(str(each.get(one, NONE)) for each in scores)) for one in criteria
    ]
    rows.append(("Score", *(f"{one.q:.1f}" for one in ratings.values())))
    columns = ("Criterion", *names)
    table = markup.table(
        Exhibit(id="marks", kind="table", title="Side by side", columns=columns, rows=tuple(rows))
    )
    mean = mean_q(ratings.values())
    if mean is None or len(ratings.keys() - {SELF}) < 2:
        return table
    return table + markup.text(f"The reviewers' score is the mean of theirs: {mean:.1f}.", "p", "quiet")


def _said(name: str, rating: Rating) -> str:
    """What a reviewer says of the whole answer and of each criterion, with the words that prove it."""
    told = markup.text(f"What {name} says", "h2")
    if rating.comment:
        told += markup.text(rating.comment, "p", "own")
    if rating.red_flags:
        told += markup.text("Red flags heard:", "p", "quiet") + markup.bullets(rating.red_flags)
    return told + marks_of(rating)


def marks_of(rating: Rating) -> str:
    """Each mark of a rating with its comment and the words that prove it."""
    return "".join(map(_mark, rating.marks))


def _mark(mark: Mark) -> str:
    name = CRITERION_NAMES.get(mark.criterion, mark.criterion)
    head = f"<p><b>{escape(f'{name}: {mark.score}')}</b>{_why(mark)}</p>"
    proof = markup.text(mark.evidence, "div", "proof") if mark.evidence.strip() else ""
    comment = markup.text(mark.comment, "p", "own") if mark.comment else ""
    return head + comment + proof


def _why(mark: Mark) -> str:
    """Why a score is not the anchor that was picked."""
    if mark.score >= mark.chosen:
        return ""
    reason = "a red flag caps it" if mark.score == mark.cap else "no words of the answer prove it"
    return markup.text(f" (picked {mark.chosen}; {reason})", "span", "quiet")
