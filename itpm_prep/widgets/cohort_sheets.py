"""One learner, one answer, one question of a class, as sheets to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from itpm_prep.bank.types import Criterion
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Input, Row
from itpm_prep.widgets.table import Column, Line, Table

COMPETENCIES = (
    Column("competency", "Competency"),
    Column("share", "Share", number=True, hint="Of the target, by the bank's plan"),
    Column("standing", "Standing", number=True, digits=1, hint="Today, 1 to 5; the bar is 3"),
    Column("questions", "Questions", number=True, hint="Different questions that count for the target"),
    Column("reviewed", "Reviewed", number=True),
    Column("words", "Where it stands", wide=True),
    Column("missing", "What is missing", wide=True),
)
CALIBRATION = (
    Column("criterion", "Criterion"),
    Column("pairs", "n", number=True, hint="Answers scored in it from both sides"),
    Column("own", "Own", number=True, digits=1),
    Column("reviewers", "Reviewers", number=True, digits=1),
    Column("bias", "Bias", number=True, digits=2, hint="Own less reviewers': above 0 is overrating"),
    Column("mae", "MAE", number=True, digits=2, hint="Mean distance between the two"),
    Column("within", "Within 1", number=True, hint="Share of the pairs at most 1 apart"),
)
ANSWERS = (
    Column("title", "Question"),
    Column("when", "Handed in", number=True),
    Column("category", "Category", choose=True),
    Column("outcome", "Outcome", choose=True),
    Column("kit", "Kit", choose=True),
    Column("words", "Words", number=True),
    Column("reviewers", "Reviews", number=True),
)
CRITERIA = (
    Column("criterion", "Criterion"),
    Column("scored", "n", number=True),
    Column("mean", "Mean", number=True, digits=1),
    Column("spread", "Spread", number=True, digits=2, hint="Standard deviation"),
    Column("ceiling", "Above 3", number=True),
    Column("floor", "Below 3", number=True),
    Column("gap", "Gap", number=True, hint="Own score less the reviewer's, with n"),
    Column("kappa", "Kappa", number=True, hint="Two reviewers, quadratic weights, with n"),
    Column("apart", "2 apart", number=True, hint="Pairs of reviewers two or more apart"),
)


def top(title: str, told: str, on_back: Callable[[], None]) -> tuple[Block, ...]:
    """The title of a sheet, and the way back."""
    head = Row(Html(markup.text(title, "h1")), Button("Back", "plain", on_back), look="row apart")
    return head, Html(markup.text(told, "p", "quiet"))


class LearnerFacts(NamedTuple):
    """What is said of a learner above the tables; ``attention`` holds the reasons."""

    sentence: str
    advice: str
    told: str
    attention: Sequence[str]
    calibration: str


def learner_head(facts: LearnerFacts) -> Html:
    """Readiness in words, what is missing for it, and reasons for attention."""
    reasons = markup.text("Attention", "h2") + markup.bullets(facts.attention) if facts.attention else ""
    return Html(
        markup.text(facts.sentence, "p", "gap")
        + (markup.text(facts.advice) if facts.advice else "")
        + markup.text(facts.told, "p", "quiet")
        + reasons
        + markup.text("Calibration", "h2")
        + markup.text(facts.calibration)
    )


def learner_tables(
    competencies: Iterable[Line],
    calibration: Sequence[Line],
    answers: Iterable[Line],
    on_answer: Callable[[str], None],
) -> tuple[Block, ...]:
    """Competencies, self against reviewers, and the answers, which can be opened."""
    compared = (Table("Own scores against reviewers", CALIBRATION, calibration, "calibration"),)
    return (
        *(compared if calibration else ()),
        Table("Competencies of the target", COMPETENCIES, competencies, "competencies"),
        Table("Answers", ANSWERS, answers, "answers", sort="-when", on_open=on_answer),
        Row(look="wide"),
    )


def print_form(on_print: Callable[[], None]) -> tuple[Block, ...]:
    """The way to a page of this learner."""
    words = (
        "One file to print or to hand on, with all answers. It shows the learner's own scores: make it after "
        "your reviews, so that they stay blind."
    )
    return (
        Html(markup.text("A page to print", "h2") + markup.text(words, "p", "quiet")),
        Row(Button("Make the page", "", on_print), look="row"),
    )


class ForgetForm:
    """Deleting a learner takes their name, typed out."""

    def __init__(self, name: str, on_forget: Callable[[], None]) -> None:
        self._name, self._on_forget = name, on_forget
        self._typed = Input("Name", "text", "")
        self._said = Html()

    def blocks(self, guard: Callable[[Callable[[], None]], Callable[[], None]]) -> tuple[Block, ...]:
        """The form, at the foot of the sheet."""
        words = (
            "Delete all that this learner handed in from this machine, reviews included. Files that were "
            "saved or handed on stay where they are. To be sure, type the name as it stands at the top."
        )
        row = Row(self._typed, Button("Delete this learner", "", guard(self._forget)), look="keep")
        return Html(markup.text("Delete", "h2") + markup.text(words, "p", "quiet")), row, self._said

    def _forget(self) -> None:
        if self._typed.value.strip() == self._name:
            self._on_forget()
        else:
            words = "Nothing was deleted: the name in the box is another one."
            self._said.update(value=f'<div role="status">{markup.note(words, "warn")}</div>')


# One answer -----------------------------------------------------------------------------------------


def answer_sheet(texts: Sequence[tuple[str, str]], stem: str) -> Html:
    """The question, and everything that was written to it."""
    asked = markup.text(stem, "p", "stem") if stem else ""
    written = "".join(
        markup.text(label, "h2") + markup.text(words, "p", "own") for label, words in texts if words.strip()
    )
    return Html(asked + (written or markup.text("Nothing was written.", "p", "quiet")))


def review_form(on_review: Callable[[], None]) -> tuple[Block, ...]:
    """The way to the review of an answer."""
    words = "Nobody's scores are shown here: a review is blind."
    return (
        Row(Html(markup.text(words, "p", "quiet")), Button("Review it", "primary", on_review), look="foot"),
    )


# One question ---------------------------------------------------------------------------------------


class Mending(NamedTuple):
    """What is wrong with a criterion, and the anchor to mend, 0 when it is none of them."""

    criterion: Criterion
    words: str
    anchor: int


def mend_sheet(found: Sequence[Mending], whole: str, place: str) -> Html:
    """What the scores say should be mended, with the anchors; ``place`` is the file that holds them."""
    parts = [markup.text("To mend", "h2")]
    parts += [_mending(one) for one in found]
    if whole and not found:
        parts.append(markup.note(whole, "warn"))
    if not found and not whole:
        parts.append(markup.text("Nothing found that should be mended.", "p", "quiet"))
    elif place:
        parts.append(
            f"<p>It stands in <code>{escape(place)}</code>; itpm-prep bank check reads it again.</p>"
        )
    return Html("".join(parts))


def _mending(one: Mending) -> str:
    anchors = "".join(_anchor(one, score) for score in range(1, 6))
    return markup.note(f"{one.criterion.name}: {one.words}", "warn") + f'<div class="mending">{anchors}</div>'


def _anchor(one: Mending, score: int) -> str:
    words = one.criterion.anchors[score]
    if score != one.anchor:
        return markup.anchor(score, words)
    flag = markup.text("Mend this line", "b", "flag")
    return f'<div class="anchor on"><span></span><b>{score}</b><span>{escape(words)} {flag}</span></div>'


def criteria_table(lines: Iterable[Line]) -> Table:
    """What the scores say of each criterion."""
    return Table("By criterion", CRITERIA, lines, "criteria")


def folded(title: str, inside: str) -> Html:
    """Something that opens on demand; ``inside`` is safe markup."""
    return Html(f"<details>{markup.text(title, 'summary')}{inside}</details>")
